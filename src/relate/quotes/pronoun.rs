//! Whom "he" or "she" stands for beside a quote, where that is clear.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Scene;
use crate::document::{EntityId, Kind};
use crate::resources::names::Gender;

impl Scene<'_> {
    /// The only person of that gender named before in the paragraph, or the last one that was a subject there; failing
    /// those, the only one of the paragraph before, or its last subject. None where another gender or nobody is known.
    pub(super) fn antecedent(&self, pronoun: usize, gender: Gender) -> Option<EntityId> {
        let content = self.text.content();
        let at = self.text.tokens()[pronoun].span.start;
        let start = content[..at].rfind("\n\n").map_or(0, |start| start + 2);
        let here = self.tokens_between(start, at);
        let previous = content[..start].trim_end();
        let previous_start = previous.rfind("\n\n").map_or(0, |start| start + 2);
        let before = self.tokens_between(previous_start, previous.len());
        self.clear_person(here, gender).unwrap_or_else(|| self.clear_person(before, gender).flatten())
    }

    fn tokens_between(&self, start: usize, end: usize) -> Range<usize> {
        let tokens = self.text.tokens();
        tokens.partition_point(|token| token.span.start < start)..tokens.partition_point(|token| token.span.start < end)
    }

    /// The person meant among those named in a stretch: `None` when nobody is named there, `Some(None)` when it is unclear.
    fn clear_person(&self, tokens: Range<usize>, gender: Gender) -> Option<Option<EntityId>> {
        let named: Vec<(usize, EntityId)> =
            self.persons(tokens).filter(|(_, person)| self.fits(*person, gender)).collect();
        let distinct: BTreeSet<EntityId> = named.iter().map(|(_, person)| *person).collect();
        if distinct.is_empty() {
            return None;
        }
        if distinct.len() == 1 {
            return Some(distinct.first().copied());
        }
        let mut subjects = named.iter().rev().filter(|(head, _)| self.is_subject(*head));
        Some(subjects.next().map(|(_, person)| *person))
    }

    /// The persons named outside quotations, by the token that heads their name; no possessives.
    fn persons(&self, tokens: Range<usize>) -> impl Iterator<Item = (usize, EntityId)> + '_ {
        let mentions = self.mentions.iter().filter(|mention| self.entities[mention.entity].kind == Kind::Person);
        mentions.filter_map(move |mention| {
            let own = self.text.tokens_in(mention.span);
            let head = own.clone().find(|&token| !own.contains(&self.head(token))).unwrap_or(own.start);
            let inside = tokens.contains(&own.start) && !self.quoted[own.start] && self.dep(head) != "poss";
            inside.then_some((head, mention.entity))
        })
    }

    /// Whether a token heads a subject, or stands in apposition to one ("her husband Ivan said").
    fn is_subject(&self, token: usize) -> bool {
        match self.dep(token) {
            "nsubj" | "nsubjpass" => true,
            "appos" | "compound" => self.head(token) != token && self.is_subject(self.head(token)),
            _ => false,
        }
    }

    /// Whether nothing in the text tells the other gender.
    fn fits(&self, person: EntityId, gender: Gender) -> bool {
        self.genders[person].is_none_or(|told| told == gender)
    }
}
