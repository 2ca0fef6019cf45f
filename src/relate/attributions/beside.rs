//! Who a source is by a name that stands beside the noun heading its phrase: "the mayor of Oslo, Jane Roe, who", "the weekly
//! Herald", "Minister for the Marine Jane Roe", "Jane Roe KC".

use std::ops::Range;

use super::source::{Sources, Words};
use crate::document::{EntityId, Kind, Mention};
use crate::resolve::class::by_names;

/// An apposition with more words than this is read by the tree only.
const LONGEST: usize = 8;

impl Sources<'_> {
    /// The entity named beside the head of a phrase, of a kind that the head may stand for.
    pub(super) fn beside(&self, words: &Words) -> Option<EntityId> {
        let found = self.apposed(words).or_else(|| self.set_off(words)).or_else(|| self.titled(words));
        found.or_else(|| self.before_letters(words)).or_else(|| self.before_sort(words))
    }

    /// What is named in apposition to the head, or right after it.
    fn apposed(&self, words: &Words) -> Option<EntityId> {
        let is_beside = |token: usize| {
            let analysis = &self.layers.text.tokens()[token];
            analysis.head == words.head && (analysis.dep == "appos" || token == words.head + 1)
        };
        let beside = (words.head + 1..words.tokens.end.min(words.head + 40)).filter(|&token| is_beside(token));
        let mut named = beside.filter_map(|token| self.mention_at(token));
        named.find(|mention| self.may_stand_for(words.head, mention.entity)).map(|mention| mention.entity)
    }

    /// A name set off by commas from a phrase on whose last word the tree hangs it: "the mayor of Oslo, Jane Roe, who".
    fn set_off(&self, words: &Words) -> Option<EntityId> {
        let comma = (words.head..words.tokens.end).find(|&token| self.layers.text.word(token) == ",")?;
        // "The sister of the mayor, Jane Roe": whose name it is cannot be told.
        let noun = self.layers.text.tokens()[words.head].lemma.to_lowercase();
        let is_body = self.resources.coreference.kind_of_noun(&noun) == Some(Kind::Organization);
        if (words.head + 1..comma).any(|token| self.is_person(token)) {
            return None;
        }
        let end = (comma + 1..words.tokens.end).find(|&token| self.ends_name(token)).unwrap_or(words.tokens.end);
        let named = self.named_at_end(comma + 1..end, words.head)?;
        (!is_body || self.kind(named) != Some(Kind::Person)).then_some(named)
    }

    /// "Minister for the Marine Jane Roe": a name behind the capitalised words of a title.
    fn titled(&self, words: &Words) -> Option<EntityId> {
        let text = self.layers.text;
        let end = (words.head..words.tokens.end).find(|&token| self.ends_name(token)).unwrap_or(words.tokens.end);
        let last = self.mention_at(end.checked_sub(1)?)?;
        let name = text.tokens_in(last.span);
        let field = words.head + 2..name.start;
        let is_joined = matches!(text.word(words.head + 1), "of" | "for") && !field.is_empty() && name.end == end;
        let is_capitalised = |token: usize| text.word(token).starts_with(char::is_uppercase);
        let is_field = |token: usize| is_capitalised(token) || matches!(text.word(token), "the" | "of" | "and" | "&");
        // "A spokesman for President Jane Roe", "for Acme and Jane Roe": what stands before the name is another title, or joins it.
        let is_free = field.end > field.start && is_capitalised(field.end - 1) && !self.is_person(field.end - 1);
        let is_title = self.resources.titles.head_length(&[text.word(words.head)]).is_some();
        let fits = is_title && is_joined && is_free && field.into_iter().all(is_field);
        (fits && self.kind(last.entity) == Some(Kind::Person)).then_some(last.entity)
    }

    /// "Jane Roe KC": letters behind a name that the tree takes for its head.
    fn before_letters(&self, words: &Words) -> Option<EntityId> {
        let word = self.layers.text.word(words.head);
        let are_letters = (2..=4).contains(&word.len()) && word.chars().all(char::is_uppercase);
        let before = words.head.checked_sub(1).filter(|before| are_letters && words.tokens.contains(before))?;
        let named = self.mention_at(before)?;
        (self.kind(named.entity) == Some(Kind::Person)).then_some(named.entity)
    }

    /// "The Reuters news agency": a name before the noun for what it is known to be.
    fn before_sort(&self, words: &Words) -> Option<EntityId> {
        let text = self.layers.text;
        let is_part = |token: &usize| text.tokens()[*token].pos == "NOUN" && self.mention_at(*token).is_none();
        let first = (words.tokens.start..=words.head).rev().take_while(is_part).last()?;
        let named = self.mention_at(first.checked_sub(1).filter(|before| words.tokens.contains(before))?)?;
        let entity = self.layers.entities.get(named.entity)?;
        let whole = named.span.cover(text.tokens()[words.head].span).of(text.content());
        let called = self.resources.classes.of_name(entity.kind, whole)?;
        (by_names(entity, self.resources) == Some(called)).then_some(named.entity)
    }

    /// What is named by the last words of an apposition that is a name with words before it: "General Jane Roe",
    /// "Bergen-based Acme".
    fn named_at_end(&self, apposition: Range<usize>, head: usize) -> Option<EntityId> {
        let last = apposition.clone().next_back().filter(|_| apposition.len() <= LONGEST)?;
        let is_joint = |token: usize| matches!(self.layers.text.tokens()[token].pos, "ADP" | "CCONJ" | "AUX" | "PRON");
        let named = self.mention_at(last)?;
        let before = apposition.start..self.layers.text.tokens_in(named.span).start;
        let fits = !before.into_iter().any(is_joint) && self.may_stand_for(head, named.entity);
        fits.then_some(named.entity)
    }

    /// Whether a word cannot belong to a name or the words before it.
    fn ends_name(&self, token: usize) -> bool {
        let analysis = &self.layers.text.tokens()[token];
        matches!(analysis.tag, "WP" | "WDT" | "WRB" | "WP$" | "," | ":" | "-LRB-" | "VBD" | "VBZ" | "VBP")
    }

    /// Whether a noun may stand for something of a kind: one person for a person's noun, an organisation or a work for others.
    fn may_stand_for(&self, head: usize, entity: EntityId) -> bool {
        let analysis = &self.layers.text.tokens()[head];
        let is_one = !matches!(analysis.tag, "NNS" | "NNPS");
        match self.kind(entity) {
            Some(Kind::Person) => is_one,
            Some(Kind::Organization | Kind::Work) => is_one && analysis.pos == "NOUN" && self.may_be_no_person(head),
            _ => false,
        }
    }

    fn may_be_no_person(&self, head: usize) -> bool {
        let lemma = self.layers.text.tokens()[head].lemma.to_lowercase();
        self.resources.coreference.is_either(&lemma) || !self.is_person(head)
    }

    /// Whether a word stands for a human being: a title, a form of address, or a noun for persons.
    pub(super) fn is_person(&self, token: usize) -> bool {
        let (word, lemma) = (self.layers.text.word(token), self.layers.text.tokens()[token].lemma.to_lowercase());
        let resources = self.resources;
        resources.titles.head_length(&[word]).is_some()
            || resources.names.is_honorific(word)
            || resources.names.is_rank(word)
            || resources.names.is_person_noun(&lemma)
            || resources.coreference.kind_of_noun(&lemma) == Some(Kind::Person)
    }

    fn mention_at(&self, token: usize) -> Option<&Mention> {
        self.mention_over(self.layers.text.tokens().get(token)?.span)
    }

    /// The kind of what a token names or surely refers to.
    pub(super) fn kind_at(&self, token: usize) -> Option<Kind> {
        self.named(self.layers.text.tokens()[token].span).and_then(|entity| self.kind(entity))
    }

    pub(super) fn kind(&self, entity: EntityId) -> Option<Kind> {
        self.layers.entities.get(entity).map(|entity| entity.kind)
    }
}
