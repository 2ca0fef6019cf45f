//! Chains as they grow: which phrase joins which, and what keeps two chains apart.

use std::collections::BTreeMap;

use super::phrase::Phrase;
use super::profile::{Profile, Profiles};
use super::{Layers, Rated};
use crate::document::{Chain, EntityId, Form, Reference};
use crate::resources::names::Gender;

/// The chains of the phrases so far.
pub(super) struct Chains<'a> {
    profiles: &'a Profiles<'a>,
    /// The chain of each phrase, and how sure that is.
    of: Vec<Option<(usize, f32)>>,
    known: Vec<Known>,
    /// The states of phrases by themselves.
    alone: Vec<State>,
    of_entity: BTreeMap<EntityId, usize>,
}

/// What is known of a chain.
#[derive(Clone, Default)]
struct Known {
    entity: Option<EntityId>,
    male: bool,
    female: bool,
    state: State,
}

/// What the model sees of a chain, or of a phrase that is in none yet.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) size: usize,
    pub(super) is_named: bool,
    pub(super) sort: u32,
    /// The kinds of its pronouns, a bit each.
    pub(super) pronouns: u32,
    /// Its nouns.
    pub(super) nouns: Vec<u32>,
    /// Its last phrase, and the sentence of that.
    pub(super) last: usize,
    pub(super) last_sentence: usize,
    /// Whether the last phrase is a subject.
    pub(super) is_subject: bool,
}

impl State {
    fn add(&mut self, at: usize, profile: &Profile) {
        self.size += 1;
        self.is_named |= profile.entity.is_some();
        if profile.form == Form::Pronoun {
            self.pronouns |= 1 << (profile.kind % 32);
        } else {
            if self.sort == 0 || profile.entity.is_some() {
                self.sort = profile.sort + 1;
            }
            if !self.nouns.contains(&profile.lemma) {
                self.nouns.push(profile.lemma);
            }
        }
        self.last = at;
        self.last_sentence = profile.sentence;
        self.is_subject = profile.is_subject;
    }
}

impl<'a> Chains<'a> {
    pub(super) fn new(profiles: &'a Profiles<'a>) -> Self {
        let alone = |(at, profile): (usize, &Profile)| {
            let mut state = State::default();
            state.add(at, profile);
            state
        };
        let alone = profiles.all.iter().enumerate().map(alone).collect();
        let of = vec![None; profiles.all.len()];
        Self { profiles, of, known: Vec::new(), alone, of_entity: BTreeMap::new() }
    }

    /// The state of the chain in which a phrase stands.
    pub(super) fn state(&self, at: usize) -> &State {
        self.chain_of(at).map_or(&self.alone[at], |chain| &self.known[chain].state)
    }

    /// Whether a phrase stands in a chain.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.of[at].is_some()
    }

    /// The chain of a phrase, or of what it names.
    fn chain_of(&self, at: usize) -> Option<usize> {
        let of_entity = || self.profiles.all[at].entity.and_then(|entity| self.of_entity.get(&entity)).copied();
        self.of[at].map(|(chain, _)| chain).or_else(of_entity)
    }

    /// An earlier phrase that names the same entity.
    pub(super) fn named_before(&self, later: usize) -> Option<usize> {
        let entity = self.profiles.all[later].entity?;
        (0..later).rev().find(|&earlier| self.profiles.all[earlier].entity == Some(entity))
    }

    /// Puts a phrase into the chain of an earlier one.
    pub(super) fn join(&mut self, later: usize, earlier: usize, confidence: f32) {
        let chain = match self.of[earlier] {
            Some((chain, _)) => chain,
            None => self.start(earlier),
        };
        self.add(later, chain, confidence);
    }

    fn start(&mut self, first: usize) -> usize {
        let entity = self.profiles.all[first].entity;
        let chain = entity.and_then(|entity| self.of_entity.get(&entity).copied()).unwrap_or(self.known.len());
        if chain == self.known.len() {
            self.known.push(Known::default());
        }
        self.add(first, chain, 1.0);
        chain
    }

    fn add(&mut self, phrase: usize, chain: usize, confidence: f32) {
        self.of[phrase] = Some((chain, confidence));
        let profile = &self.profiles.all[phrase];
        let known = &mut self.known[chain];
        known.entity = known.entity.or(profile.entity);
        known.state.add(phrase, profile);
        known.male |= profile.is_gendered(Gender::Male);
        known.female |= profile.is_gendered(Gender::Female);
        if let Some(entity) = known.entity {
            self.of_entity.entry(entity).or_insert(chain);
        }
    }

    /// Puts a phrase into the chain of its likeliest candidate, unless it more likely refers to none or the chain cannot hold
    /// it.
    pub(super) fn link(&mut self, later: usize, rated: &Rated) {
        let mut best: Option<(usize, f32)> = None;
        for &(earlier, likely) in &rated.candidates {
            if likely > rated.none && best.is_none_or(|(_, most)| likely > most) && self.may_join(later, earlier) {
                best = Some((earlier, likely));
            }
        }
        let Some((earlier, _)) = best else { return };
        let chain = self.chain_of(earlier);
        let same = |at: usize| at == earlier || chain.is_some() && self.chain_of(at) == chain;
        let confidence = rated.candidates.iter().filter(|(at, _)| same(*at)).map(|(_, likely)| likely).sum();
        self.join(later, earlier, confidence);
    }

    /// Makes it at least so sure that a phrase stands in the chain of another one, where it does.
    pub(super) fn assure(&mut self, later: usize, earlier: usize, confidence: f32) {
        let chain = self.chain_of(earlier);
        if let Some((own, sure)) = &mut self.of[later]
            && chain == Some(*own)
        {
            *sure = sure.max(confidence);
        }
    }

    pub(super) fn may_join(&self, later: usize, earlier: usize) -> bool {
        let entity = |at: usize| self.profiles.all[at].entity;
        let mut spoken_of = self.profiles.spoken_of(later);
        let is_earlier = |at: usize| {
            at == earlier
                || entity(at).is_some() && entity(at) == entity(earlier)
                || self.chain_of(at).is_some() && self.chain_of(at) == self.chain_of(earlier)
        };
        if spoken_of.any(is_earlier) || self.profiles.all[earlier].is_likened(&self.profiles.all[later]) {
            return false;
        }
        let Some(chain) = self.chain_of(earlier) else { return true };
        let (known, profile) = (&self.known[chain], &self.profiles.all[later]);
        let two_names = known.entity.is_some() && profile.entity.is_some() && known.entity != profile.entity;
        let two_genders =
            known.male && profile.is_gendered(Gender::Female) || known.female && profile.is_gendered(Gender::Male);
        !two_names && !two_genders
    }

    /// The chains of two references at least: phrases, and the names of what they speak of that stand in no phrase.
    pub(super) fn finish(
        mut self,
        layers: &Layers<'_>,
        phrases: &[Phrase],
        loose: Vec<(EntityId, Reference)>,
        threshold: f32,
    ) -> Vec<Chain> {
        for (entity, _) in &loose {
            let first = self.profiles.all.iter().position(|profile| profile.entity == Some(*entity));
            if let Some(first) = first.filter(|&first| self.of[first].is_none()) {
                self.start(first);
            }
            self.of_entity.entry(*entity).or_insert_with(|| {
                self.known.push(Known { entity: Some(*entity), ..Known::default() });
                self.known.len() - 1
            });
        }
        let mut chains: Vec<Chain> =
            self.known.iter().map(|known| Chain { entity: known.entity, references: Vec::new() }).collect();
        for (phrase, of) in phrases.iter().zip(&self.of) {
            if let &Some((chain, confidence)) = of {
                let head = layers.text.tokens()[phrase.word].span;
                let (span, form) = (phrase.span(layers.text), phrase.form);
                let is_sure = confidence >= threshold;
                chains[chain].references.push(Reference { span, head, form, confidence, is_sure });
            }
        }
        for (entity, reference) in loose {
            if let Some(&chain) = self.of_entity.get(&entity) {
                chains[chain].references.push(reference);
            }
        }
        for chain in &mut chains {
            chain.references.sort_by_key(|reference| (reference.span.start, std::cmp::Reverse(reference.span.end)));
        }
        chains.retain(|chain| chain.references.len() > 1);
        chains.sort_by_key(|chain| chain.references[0].span.start);
        chains
    }
}
