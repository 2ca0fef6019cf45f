//! Chains as they grow: which phrase joins which, and what keeps two chains apart.

use std::collections::BTreeMap;

use super::phrase::Phrase;
use super::profile::Profiles;
use super::{Layers, Rated};
use crate::document::{Chain, EntityId, Reference};
use crate::resources::names::Gender;

/// The chains of the phrases so far.
pub(super) struct Chains<'a> {
    profiles: &'a Profiles<'a>,
    /// The chain of each phrase, and how sure that is.
    of: Vec<Option<(usize, f32)>>,
    known: Vec<Known>,
    of_entity: BTreeMap<EntityId, usize>,
}

/// What is known of a chain.
#[derive(Clone, Copy, Default)]
struct Known {
    entity: Option<EntityId>,
    male: bool,
    female: bool,
}

impl<'a> Chains<'a> {
    pub(super) fn new(profiles: &'a Profiles<'a>) -> Self {
        Self { profiles, of: vec![None; profiles.all.len()], known: Vec::new(), of_entity: BTreeMap::new() }
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
        let chain = self.of[earlier].map(|(chain, _)| chain);
        let same = |at: usize| at == earlier || chain.is_some() && self.of[at].map(|(chain, _)| chain) == chain;
        let confidence = rated.candidates.iter().filter(|(at, _)| same(*at)).map(|(_, likely)| likely).sum();
        self.join(later, earlier, confidence);
    }

    fn may_join(&self, later: usize, earlier: usize) -> bool {
        let Some((chain, _)) = self.of[earlier] else { return true };
        let (known, profile) = (self.known[chain], &self.profiles.all[later]);
        let two_names = known.entity.is_some() && profile.entity.is_some() && known.entity != profile.entity;
        let two_genders = known.male && profile.is_gendered(Gender::Female)
            || known.female && profile.is_gendered(Gender::Male);
        !two_names && !two_genders
    }

    /// The chains of two phrases at least.
    pub(super) fn finish(self, layers: &Layers<'_>, phrases: &[Phrase], threshold: f32) -> Vec<Chain> {
        let mut chains: Vec<Chain> =
            self.known.iter().map(|known| Chain { entity: known.entity, references: Vec::new() }).collect();
        for (phrase, of) in phrases.iter().zip(&self.of) {
            if let &Some((chain, confidence)) = of {
                let head = layers.text.tokens()[phrase.head].span;
                let (span, form) = (phrase.span(layers.text), phrase.form);
                let is_sure = confidence >= threshold;
                chains[chain].references.push(Reference { span, head, form, confidence, is_sure });
            }
        }
        chains.retain(|chain| chain.references.len() > 1);
        chains.sort_by_key(|chain| chain.references[0].span.start);
        chains
    }
}
