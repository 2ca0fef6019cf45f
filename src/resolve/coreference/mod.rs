//! Whole coreference: which names, noun phrases and pronouns of an article speak of one thing.

mod chain;
mod evident;
mod extent;
mod features;
mod loose;
mod nature;
mod phrase;
mod profile;
mod ranker;

use crate::document::{Chain, Entity, EntityId, Form, Kind, Mention, Quote};
use crate::resources::Resources;
use crate::resources::coreference::Pronoun;
use crate::resources::names::Gender;
use crate::text::Text;
use chain::Chains;
use features::Rows;
use nature::Sort;
use phrase::Scene;
use profile::Profiles;
pub use ranker::Ranker;
use ranker::{Hidden, Part};

/// Sentences back in which a pronoun, and a noun phrase, looks for what it stands for.
const PRONOUN_REACH: usize = 5;
const SPOKEN_REACH: usize = 12;
const PHRASE_REACH: usize = 4;
/// How sure is what a phrase plainly stands for, where the model would not link it.
const EVIDENT: f32 = 0.7;
/// How sure it is that "I" in a quote is who speaks it.
const SPOKEN: f32 = 0.9;
/// Candidates at most.
const MOST: usize = 60;

/// What is known when phrases are linked.
pub struct Layers<'a> {
    /// The analysed text.
    pub text: &'a Text,
    /// What it names.
    pub entities: &'a [Entity],
    /// Where it names them.
    pub mentions: &'a [Mention],
    /// What it quotes.
    pub quotes: &'a [Quote],
    /// The gender that the text tells of each entity.
    pub genders: &'a [Option<Gender>],
}

/// The phrases of an article that speak of one thing, two at least in each chain, in the order of the text.
///
/// Every phrase is compared with those before it that agree with it in kind, number and gender and that the trees allow; a
/// model ranks them, and the phrase joins the chain of the best one unless it more likely speaks of something new. What
/// names two different entities is never joined.
#[must_use]
pub fn chains(layers: &Layers<'_>, resources: &Resources) -> Vec<Chain> {
    let scene = Scene::new(layers.text, layers.entities, layers.mentions, layers.genders, resources);
    let phrases = scene.phrases(layers.mentions);
    let profiles = Profiles::new(&scene, &phrases, layers.quotes, &resources.ranker);
    let mut chains = Chains::new(&profiles);
    let mut rater = Rater::new(&profiles, &resources.ranker);
    for later in 0..phrases.len() {
        // Who "I" is, the words tell that say who speaks, which may stand behind it.
        if chains.holds(later) || profiles.spoken_by(later).is_some() {
            continue;
        }
        if let Some(named) = chains.named_before(later) {
            chains.join(later, named, 1.0);
            continue;
        }
        let speaker = profiles.goes_on_speaking(&scene, later);
        let is_told =
            |&speaker: &usize| profiles.all[speaker].form == Form::Nominal || profiles.speaks_at_once(speaker, later);
        let plain = speaker.filter(is_told).or_else(|| profiles.with_officers(&scene, later));
        if let Some(plain) = plain.filter(|&plain| chains.may_join(later, plain)) {
            chains.join(later, plain, EVIDENT);
            continue;
        }
        let candidates = candidates(&scene, &profiles, later);
        let rated = rater.rate(later, &candidates, &chains);
        chains.link(later, &rated);
        if let Some(speaker) = speaker {
            chains.assure(later, speaker, EVIDENT);
        }
        if !chains.holds(later)
            && let Some(evident) = profiles.evident(&scene, later)
        {
            chains.join(later, evident, EVIDENT);
        }
    }
    for later in 0..phrases.len() {
        let Some(speaker) = profiles.spoken_by(later).filter(|_| !chains.holds(later)) else { continue };
        if !chains.state(speaker).is_named {
            // "I was disappointed," replied the defendant: who that is may be told elsewhere.
            chains.link(later, &rater.rate(later, &candidates(&scene, &profiles, later), &chains));
        }
        if !chains.holds(later) {
            chains.join(later, speaker, SPOKEN);
        }
    }
    let loose = loose::names(&scene, &phrases, layers.mentions);
    chains.finish(layers, &phrases, loose, resources.coreference.threshold())
}

/// What the model is trained on: for each phrase its rows, and its candidates with theirs.
#[derive(Debug)]
pub struct Choice {
    /// Where the phrase stands in the text.
    pub span: crate::span::Span,
    /// Where the word that heads it stands.
    pub head: crate::span::Span,
    /// Whether it joins several phrases.
    pub joined: bool,
    /// Its rows as a phrase that may refer back, as the later and as the earlier one of a pair, and the place of its vector.
    pub rows: [Vec<u16>; 3],
    /// The place of its vector.
    pub vector: Option<usize>,
    /// Whether it names an entity that is named before, so that nothing is to be decided.
    pub is_named: bool,
    /// The candidates, by their place among the phrases, with the rows of the pair.
    pub candidates: Vec<(usize, Vec<u16>)>,
}

/// All the choices of an article, in the order of the text.
#[must_use]
pub fn choices(layers: &Layers<'_>, resources: &Resources) -> Vec<Choice> {
    let scene = Scene::new(layers.text, layers.entities, layers.mentions, layers.genders, resources);
    let phrases = scene.phrases(layers.mentions);
    let profiles = Profiles::new(&scene, &phrases, layers.quotes, &resources.ranker);
    let mut chains = Chains::new(&profiles);
    let mut rater = Rater::new(&profiles, &resources.ranker);
    let mut choices = Vec::with_capacity(phrases.len());
    for (later, phrase) in phrases.iter().enumerate() {
        let candidates = candidates(&scene, &profiles, later);
        let pair = |(at, row): (usize, &mut Rows)| (candidates[at], std::mem::take(row));
        let mut pairs = vec![Rows::new(); candidates.len()];
        let ranks = ranks(&profiles, &candidates);
        for ((&earlier, rank), rows) in candidates.iter().zip(ranks).zip(&mut pairs) {
            features::of_pair(&profiles, &chains, earlier, later, rank, rows);
        }
        let named = chains.named_before(later);
        match named {
            _ if chains.holds(later) => {}
            Some(named) => chains.join(later, named, 1.0),
            None => chains.link(later, &rater.rate(later, &candidates, &chains)),
        }
        choices.push(Choice {
            span: phrase.span(layers.text),
            head: layers.text.tokens()[phrase.word].span,
            joined: phrase.joined,
            rows: [
                features::of_anaphor(&profiles, later),
                features::of_later(&profiles, later),
                features::of_earlier(&profiles, later),
            ],
            vector: profiles.all[later].vector,
            is_named: named.is_some(),
            candidates: pairs.iter_mut().enumerate().map(pair).collect(),
        });
    }
    choices
}

/// How many candidates are nearer, how many names of persons among them, and how many of these there are in all.
#[derive(Clone, Copy)]
struct Rank {
    any: usize,
    persons: usize,
    total: usize,
}

fn ranks(profiles: &Profiles<'_>, candidates: &[usize]) -> Vec<Rank> {
    let mut persons: Vec<u32> = Vec::new();
    let mut ranks = Vec::with_capacity(candidates.len());
    for (any, &at) in candidates.iter().enumerate() {
        let profile = &profiles.all[at];
        let known = persons.iter().position(|&words| words == profile.lemma);
        ranks.push(Rank { any, persons: known.unwrap_or(persons.len()), total: 0 });
        let is_person = profile.form == Form::Name && matches!(profile.nature.sort, Sort::Person | Sort::Unknown);
        if is_person && known.is_none() {
            persons.push(profile.lemma);
        }
    }
    for rank in &mut ranks {
        rank.total = persons.len();
    }
    ranks
}

/// The phrases that a later one may refer back to, the nearest first.
fn candidates(scene: &Scene<'_>, profiles: &Profiles<'_>, later: usize) -> Vec<usize> {
    let two = &profiles.all[later];
    let reach = match two.nature.pronoun {
        Some(Pronoun::Speaker | Pronoun::Speakers | Pronoun::Addressee) => SPOKEN_REACH,
        Some(_) => PRONOUN_REACH,
        None => PHRASE_REACH,
    };
    let mut barred = named_below(scene, profiles, later);
    barred.extend(no_owner(scene, profiles, later));
    let mut found = Vec::new();
    for earlier in (0..later).rev() {
        let one = &profiles.all[earlier];
        let near = two.sentence - one.sentence <= reach;
        let alike = two.form != Form::Pronoun
            && one.form != Form::Pronoun
            && (one.lemma == two.lemma || profiles.is_described(earlier, two.lemma));
        if !near && !alike {
            if two.form == Form::Pronoun {
                break;
            }
            continue;
        }
        let cataphora = two.form == Form::Name && one.form == Form::Pronoun && !one.nature.is_he_or_she();
        let two_names = one.entity.is_some() && two.entity.is_some() && one.entity != two.entity;
        let is_barred = one.entity.is_some_and(|entity| barred.contains(&entity));
        let is_people = one.form == Form::Name && one.entity.is_some_and(|it| scene.entities[it].kind == Kind::Group);
        if cataphora
            || is_people && two.nature.is_he_or_she()
            || two_names
            || is_barred
            || is_other_speaker(profiles, earlier, later)
            || profiles.is_said_by(earlier, later)
            || !one.nature.agrees(&two.nature)
            || one.excludes(two, scene)
        {
            continue;
        }
        found.push(earlier);
        if found.len() == MOST {
            break;
        }
    }
    found.extend(subject_ahead(scene, profiles, later));
    found
}

/// Whether an "I" stands in a quote whose speaker is named, and a phrase before it is neither that speaker nor the "I" of another quote
/// of the same one. A speaker that is a pronoun ("he wrote") bars nobody: who it is may stand before.
fn is_other_speaker(profiles: &Profiles<'_>, earlier: usize, later: usize) -> bool {
    let (one, two) = (&profiles.all[earlier], &profiles.all[later]);
    let Some(quote) = two.quote.filter(|_| two.nature.pronoun == Some(Pronoun::Speaker)) else { return false };
    let is_speakers = |other: usize| other == quote || profiles.speak_alike(other, quote);
    let is_i = one.nature.pronoun == Some(Pronoun::Speaker) && one.quote.is_some_and(is_speakers);
    let is_named = profiles.speaker_of(quote).is_some_and(|speaker| profiles.all[speaker].entity.is_some());
    is_named && !is_i && !profiles.speaks(earlier, quote)
}

/// What is named in the clause of which a pronoun is the subject: in "he said that Mr Roe had joked", he is not Mr Roe.
fn named_below(scene: &Scene<'_>, profiles: &Profiles<'_>, later: usize) -> Vec<EntityId> {
    let two = &profiles.all[later];
    let Some(verb) = two.verb.filter(|_| two.form == Form::Pronoun && two.is_subject) else { return Vec::new() };
    let after = profiles.all[later + 1..].iter().take_while(|other| other.sentence == two.sentence);
    after.filter(|other| scene.text.is_under(other.head, verb)).filter_map(|other| other.entity).collect()
}

/// Whose "her resignation" cannot be: who accepts it.
fn no_owner(scene: &Scene<'_>, profiles: &Profiles<'_>, later: usize) -> Option<EntityId> {
    let owner = profiles.all[later].head;
    let noun = Some(scene.head(owner)).filter(|_| scene.dep(owner) == "poss")?;
    let verb = Some(scene.head(noun)).filter(|_| scene.dep(noun) == "dobj")?;
    let lemma = |token: usize| scene.text.tokens()[token].lemma.to_lowercase();
    let is_anothers = scene.resources.coreference.is_of_another(&lemma(verb), &lemma(noun));
    let mut subjects = scene.children(verb).iter().filter(|&&child| is_anothers && scene.dep(child) == "nsubj");
    profiles.headed_by(*subjects.next()?).and_then(|subject| profiles.all[subject].entity)
}

/// The subject that follows in the same sentence, where a pronoun stands in a phrase or clause before it: "In her speech, Jane
/// Roe said".
fn subject_ahead(scene: &Scene<'_>, profiles: &Profiles<'_>, later: usize) -> Option<usize> {
    let two = &profiles.all[later];
    if !matches!(two.nature.pronoun, Some(Pronoun::Male | Pronoun::Female | Pronoun::Thing | Pronoun::Plural)) {
        return None;
    }
    let mut at = two.head;
    while !matches!(scene.dep(at), "prep" | "advcl") || !scene.tag(scene.head(at)).starts_with("VB") {
        if scene.head(at) == at {
            return None;
        }
        at = scene.head(at);
    }
    let verb = scene.children(scene.head(at));
    let subject = *verb.iter().find(|&&child| matches!(scene.dep(child), "nsubj" | "nsubjpass"))?;
    let ahead = profiles.headed_by(subject).filter(|&ahead| ahead > later && subject > two.head)?;
    let one = &profiles.all[ahead];
    let fits = one.form != Form::Pronoun && one.nature.agrees(&two.nature) && !two.excludes(one, scene);
    fits.then_some(ahead)
}

/// Rates candidates, keeping what each phrase adds to the hidden layer.
struct Rater<'a> {
    profiles: &'a Profiles<'a>,
    ranker: &'a Ranker,
    earlier: Vec<Hidden>,
    pair: Rows,
}

/// How likely each candidate is what a phrase refers back to, and that none is.
struct Rated {
    none: f32,
    /// With the place of each candidate.
    candidates: Vec<(usize, f32)>,
}

impl<'a> Rater<'a> {
    fn new(profiles: &'a Profiles<'a>, ranker: &'a Ranker) -> Self {
        let hidden =
            |at: usize| ranker.hidden(Part::Earlier, &features::of_earlier(profiles, at), profiles.all[at].vector);
        let earlier = (0..profiles.all.len()).map(hidden).collect();
        Self { profiles, ranker, earlier, pair: Rows::new() }
    }

    fn rate(&mut self, later: usize, candidates: &[usize], chains: &Chains<'_>) -> Rated {
        let vector = self.profiles.all[later].vector;
        let anaphor = self.ranker.hidden(Part::Anaphor, &features::of_anaphor(self.profiles, later), vector);
        let none = self.ranker.score_none(&anaphor);
        let hidden = self.ranker.hidden(Part::Later, &features::of_later(self.profiles, later), vector);
        let mut scores = Vec::with_capacity(candidates.len());
        for (&earlier, rank) in candidates.iter().zip(ranks(self.profiles, candidates)) {
            features::of_pair(self.profiles, chains, earlier, later, rank, &mut self.pair);
            scores.push((earlier, self.ranker.score_pair(&hidden, &self.earlier[earlier], &self.pair)));
        }
        let most = scores.iter().map(|(_, score)| *score).fold(none, f32::max);
        let sum: f32 = scores.iter().map(|(_, score)| (score - most).exp()).sum::<f32>() + (none - most).exp();
        let share = |score: f32| (score - most).exp() / sum;
        Rated { none: share(none), candidates: scores.iter().map(|&(at, score)| (at, share(score))).collect() }
    }
}
