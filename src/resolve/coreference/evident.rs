//! What a phrase plainly stands for, where the model may not see it: the only minister that the text speaks of, who spoke last, the only
//! company near.

use std::collections::BTreeSet;

use super::nature::{Number, OF_NATIONAL, Sort};
use super::phrase::Scene;
use super::profile::{Profile, Profiles};
use crate::class::Class;
use crate::document::{EntityId, Form, Kind};
use crate::resources::Resources;
use crate::resources::attributions::Cue;
use crate::resources::coreference::Pronoun;

/// Sentences back in which the only organisation is looked for.
const NEAR: usize = 3;

impl Profiles<'_> {
    /// What stands before a phrase that the model links with nothing and is what it plainly stands for.
    pub(super) fn evident(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let described = || self.only_described(scene, later);
        let national = || self.told_by_nationality(scene, later);
        described().or_else(national).or_else(|| self.only_organization(scene, later))
    }

    /// The last name before a definite noun phrase ("the minister") of the only entity that the text has called that, or whose name ends so
    /// ("the agency" of "Norland Ports Agency").
    fn only_described(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let two = &self.all[later];
        if !two.is_definite() || two.is_modified || two.nature.number == Number::Several {
            return None;
        }
        let by_noun = self.of_entity.iter().filter(|(_, nouns)| nouns.contains(&two.lemma)).map(|(entity, _)| *entity);
        let ends = |one: &&Profile| {
            one.form == Form::Name
                && one.lemma == two.lemma
                && one.nature.sort != Sort::Person
                && !one.modifiers.is_empty()
        };
        let by_name = self.all.iter().filter(ends).filter_map(|one| one.entity);
        let called: BTreeSet<EntityId> = by_noun.chain(by_name).collect();
        let (Some(&entity), 1) = (called.first(), called.len()) else { return None };
        let last = (0..later).rev().find(|&at| self.all[at].entity == Some(entity))?;
        let one = &self.all[last];
        let noun = scene.text.tokens()[two.head].lemma.to_lowercase();
        let fits = one.nature.agrees(&two.nature) || scene.resources.coreference.is_either(&noun);
        (two.sentence - one.sentence <= 8 && fits).then_some(last)
    }

    /// For "the Dane", the person who is the first subject of the last sentence that has one such.
    pub(super) fn told_by_nationality(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let two = &self.all[later];
        if two.form != Form::Nominal || two.nature != OF_NATIONAL {
            return None;
        }
        let near = self.all[..later].iter().rev().take_while(|one| two.sentence - one.sentence < 3).count();
        let is_other = |at: usize| self.spoken_of(later).any(|spoken| self.is_same(at, spoken));
        let is_subject = |&at: &usize| {
            let one = &self.all[at];
            let is_person = one.entity.is_some() && one.nature.sort == Sort::Person && one.nature.number == Number::One;
            one.is_subject && is_person && one.sentence < two.sentence && !one.excludes(two, scene) && !is_other(at)
        };
        let last = (later - near..later).rev().find(is_subject)?;
        (later - near..later).find(|at| self.all[*at].sentence == self.all[last].sentence && is_subject(at))
    }

    /// The phrase that speaks the quote in which "I" stands; in a quote inside that one somebody else may say it.
    pub(super) fn spoken_by(&self, later: usize) -> Option<usize> {
        let two = &self.all[later];
        let quote = two.quote.filter(|_| two.nature.pronoun == Some(Pronoun::Speaker))?;
        self.speaker_of(quote).filter(|&speaker| self.all[speaker].nature.number != Number::Several)
    }

    /// Who was said to speak last, for "he" or "she" who goes on speaking: "a spokesman said. He declined to".
    pub(super) fn goes_on_speaking(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let two = &self.all[later];
        if !two.nature.is_he_or_she() || !self.speaks_in_main_clause(scene, later) {
            return None;
        }
        let before = self.all[..later].iter().rposition(|one| one.sentence < two.sentence && one.quote.is_none())?;
        let last = self.all[before].sentence;
        let of_last = |at: &usize| self.all[*at].sentence == last;
        let speaker = (0..=before).rev().take_while(of_last).find(|&at| self.speaks_in_main_clause(scene, at))?;
        let one = &self.all[speaker];
        let fits =
            one.nature.sort == Sort::Person && one.nature.number == Number::One && one.nature.agrees(&two.nature);
        (fits && two.sentence - last < NEAR).then_some(speaker)
    }

    /// Whether who is named for a speaker goes on in the next sentence with a quote of the same paragraph: "Roe accused him. “…,” she said."
    pub(super) fn speaks_at_once(&self, speaker: usize, later: usize) -> bool {
        let (one, two) = (&self.all[speaker], &self.all[later]);
        let is_speaker = self.speaks_any(later);
        one.form == Form::Name && is_speaker && one.paragraph == two.paragraph && two.sentence == one.sentence + 1
    }

    /// Whether a phrase is the subject of a verb of saying that stands above its sentence.
    fn speaks_in_main_clause(&self, scene: &Scene<'_>, at: usize) -> bool {
        let one = &self.all[at];
        let Some(verb) = one.verb.filter(|&verb| one.is_subject && scene.head(verb) == verb) else { return false };
        let is_saying = |verb: usize| {
            let lemma = scene.text.tokens()[verb].lemma.to_lowercase();
            scene.resources.attributions.class(Cue::Verb, &lemma).is_some()
        };
        // "Declined to say".
        let mut children = scene.children(verb).iter();
        is_saying(verb) || children.any(|&child| scene.dep(child) == "xcomp" && is_saying(child))
    }

    /// For "its" before an officer ("its chairwoman"), the organisation that the sentence before is about.
    pub(super) fn with_officers(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let two = &self.all[later];
        let officer = scene.head(two.head);
        let is_its = two.nature.pronoun == Some(Pronoun::Thing) && scene.dep(two.head) == "poss";
        let lemma = scene.text.tokens()[officer].lemma.to_lowercase();
        let is_officer = scene.resources.titles.head_length(&[&lemma]).is_some();
        let last = two.sentence.checked_sub(1).filter(|_| is_its && is_officer)?;
        let before = (0..later).rev().skip_while(|&at| self.all[at].sentence > last);
        let about = before.take_while(|&at| self.all[at].sentence == last).filter(|&at| {
            let (one, verb) = (&self.all[at], self.all[at].verb);
            one.is_subject && verb.is_some_and(|verb| scene.head(verb) == verb)
        });
        about
            .last()
            .filter(|&at| self.all[at].nature.sort == Sort::Organization && self.all[at].nature.agrees(&two.nature))
    }

    /// The only organisation that is named near "the company", where nothing else has been called so.
    fn only_organization(&self, scene: &Scene<'_>, later: usize) -> Option<usize> {
        let two = &self.all[later];
        let noun = &*scene.text.tokens()[two.head].lemma.to_lowercase();
        let is_set_off = !two.is_modified || matches!(scene.text.word(two.head + 1), "," | "'s" | "’s");
        let is_organization = scene.resources.coreference.kind_of_noun(noun) == Some(Kind::Organization);
        if !two.is_definite()
            || !two.modifiers.is_empty()
            || !is_set_off
            || !is_organization
            || two.nature.number == Number::Several
        {
            return None;
        }
        let near = || (0..later).rev().take_while(|&at| two.sentence - self.all[at].sentence <= NEAR);
        let is_called_so = |at: usize| self.all[at].form == Form::Nominal && self.all[at].lemma == two.lemma;
        let is_body = |&at: &usize| self.all[at].form == Form::Name && self.all[at].nature.sort == Sort::Organization;
        let named: BTreeSet<EntityId> = near().filter(is_body).filter_map(|at| self.all[at].entity).collect();
        let (Some(&entity), 1, false) = (named.first(), named.len(), near().any(is_called_so)) else { return None };
        let last = near().find(|&at| self.all[at].entity == Some(entity))?;
        let fits =
            is_called(scene.resources, noun, &scene.entities[entity].name) && !self.all[last].excludes(two, scene);
        fits.then_some(last)
    }
}

/// Whether an organisation may be called by a noun: a company by its words, or where nothing in its name says that it is something else; any
/// body is a group.
fn is_called(resources: &Resources, noun: &str, name: &str) -> bool {
    let (classes, nouns) = (&resources.classes, &resources.coreference);
    let told = classes.of_noun(Kind::Organization, noun);
    let own = classes.of_name(Kind::Organization, name);
    let is_other = |word: &str| {
        let word = word.to_lowercase();
        word != noun && nouns.kind_of_noun(&word) == Some(Kind::Organization)
    };
    let is_opaque = own.is_none() && !name.split([' ', '-']).any(is_other);
    match told {
        Some(Class::Corporation) => own == told || is_opaque,
        // One ministry or court stands beside others.
        Some(Class::GovernmentOrganization) => false,
        Some(_) => own == told,
        None => nouns.is_general(noun) && !matches!(own, Some(Class::GovernmentOrganization | Class::PoliticalParty)),
    }
}
