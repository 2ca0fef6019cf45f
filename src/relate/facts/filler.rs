//! What words stand for: a thing, by its name, a noun phrase or a pronoun; a time; an amount.

use std::collections::BTreeMap;

use super::clauses::Clauses;
use super::{Layers, amounts};
use crate::class::Class;
use crate::document::{Amount, Argument, Entity, EntityId, Form, Kind, Mention, TimeId, TimeMention};
use crate::resolve::class::by_names;
use crate::resources::Resources;
use crate::resources::coreference::Pronoun;
use crate::times::value::TimeValue;

/// What sort of thing words stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A thing of this kind.
    Of(Kind),
    /// A human being, unresolved.
    Human,
    /// Something else, unresolved ("it").
    Thing,
    /// Anything, unresolved ("they").
    Any,
}

impl Sort {
    /// Whether a thing of this sort may be of one of these kinds.
    pub(super) fn is_among(self, kinds: &[Kind]) -> bool {
        match self {
            Self::Of(kind) => kinds.contains(&kind),
            Self::Human => kinds.contains(&Kind::Person),
            Self::Thing => kinds.iter().any(|kind| *kind != Kind::Person),
            Self::Any => true,
        }
    }
}

/// A thing that words stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thing {
    pub(super) argument: Argument,
    pub(super) sort: Sort,
}

/// What each word of a text stands for.
pub(super) struct Fillers<'a> {
    tree: &'a Clauses<'a>,
    entities: &'a [Entity],
    mentions: &'a [Mention],
    resources: &'a Resources,
    /// The mention that holds a token.
    named: Vec<Option<usize>>,
    /// The sure references by the first byte of their head.
    referring: BTreeMap<usize, Thing>,
    /// The chain of each sure reference, by the first byte of its head.
    chains: BTreeMap<usize, usize>,
    /// The class that each entity's names tell.
    classes: Vec<Option<Class>>,
    /// The time expression that holds a token.
    times: Vec<Option<TimeId>>,
}

impl<'a> Fillers<'a> {
    pub(super) fn new(tree: &'a Clauses<'a>, layers: &Layers<'a>, resources: &'a Resources) -> Self {
        let Layers { entities, mentions, chains, times, .. } = *layers;
        let text = tree.text;
        let mut named = vec![None; text.tokens().len()];
        for (number, mention) in mentions.iter().enumerate() {
            named[text.tokens_in(mention.span)].fill(Some(number));
        }
        let mut when = vec![None; text.tokens().len()];
        // How long or how often is no date, nor is "recently".
        let is_date = |time: &TimeMention| matches!(time.value, None | Some(TimeValue::Period(_)));
        for (number, time) in times.iter().enumerate().filter(|(_, time)| is_date(time)) {
            when[text.tokens_in(time.span)].fill(Some(number));
        }
        let mut chain_of = BTreeMap::new();
        let mut referring = BTreeMap::new();
        for (number, chain) in chains.iter().enumerate() {
            chain_of.extend(chain.references.iter().filter(|it| it.is_sure).map(|it| (it.head.start, number)));
            let Some(entity) = chain.entity else { continue };
            for reference in chain.references.iter().filter(|it| it.is_sure && it.form != Form::Name) {
                let argument = Argument { span: reference.head, entity: Some(entity) };
                referring.insert(reference.head.start, Thing { argument, sort: Sort::Of(entities[entity].kind) });
            }
        }
        let classes = entities.iter().map(|entity| by_names(entity, resources)).collect();
        Self { chains: chain_of, classes, tree, entities, mentions, resources, named, referring, times: when }
    }

    /// The number of the mention that holds a token.
    pub(super) fn mention_at(&self, token: usize) -> Option<usize> {
        self.named.get(token).copied().flatten()
    }

    /// The kind of the thing named at a token.
    pub(super) fn kind_at(&self, token: usize) -> Option<Kind> {
        self.mention_at(token).map(|mention| self.entities[self.mentions[mention].entity].kind)
    }

    /// Whether a token is the head of a person's name.
    pub(super) fn heads_person(&self, token: usize) -> bool {
        let head = self.tree.above(token);
        let is_inside = head != token && self.mention_at(head) == self.mention_at(token);
        self.kind_at(token) == Some(Kind::Person) && !is_inside
    }

    /// The class of an entity, as far as its names tell.
    pub(super) fn class(&self, entity: EntityId) -> Option<Class> {
        self.classes.get(entity).copied().flatten()
    }

    /// Whether two phrases surely stand for one thing.
    pub(super) fn are_one(&self, one: Argument, other: Argument) -> bool {
        let chain = |argument: Argument| self.chains.get(&argument.span.start);
        one.span == other.span
            || one.entity.is_some() && one.entity == other.entity
            || chain(one).is_some() && chain(one) == chain(other)
    }

    /// The thing that a mention names.
    pub(super) fn named(&self, mention: usize) -> Thing {
        let Mention { span, entity, .. } = self.mentions[mention];
        Thing { argument: Argument { span, entity: Some(entity) }, sort: Sort::Of(self.entities[entity].kind) }
    }

    /// The thing that the phrase with this head stands for.
    pub(super) fn thing(&self, token: usize) -> Option<Thing> {
        if let Some(mention) = self.mention_at(token) {
            return Some(self.named(mention));
        }
        // "his wife, Laura", "the bank Lloyds".
        if self.tree.token(token).pos == "NOUN" {
            let apposed =
                self.tree.children_by(token, &["appos"]).find(|&name| name > token && self.mention_at(name).is_some());
            if let Some(mention) = apposed.and_then(|name| self.mention_at(name)) {
                return Some(self.named(mention));
            }
        }
        if self.tree.is_relative(token) {
            let noun = self.tree.antecedent(token).filter(|&noun| noun != token)?;
            return self.person_above(token, noun).or_else(|| self.thing(noun));
        }
        self.own(token)
    }

    /// The person of whom "who" speaks behind the name of an organisation: "Jane Roe of the Labour Party, who".
    fn person_above(&self, pronoun: usize, noun: usize) -> Option<Thing> {
        if self.tree.token(pronoun).lemma.as_ref() != "who" || self.kind_at(noun) != Some(Kind::Organization) {
            return None;
        }
        let above = self.tree.above(self.tree.above(noun));
        let mention = self.mention_at(above).filter(|_| self.tree.dep(noun) == "pobj" && self.heads_person(above))?;
        Some(self.named(mention))
    }

    /// The thing that a noun or pronoun stands for by itself.
    pub(super) fn own(&self, token: usize) -> Option<Thing> {
        let span = self.tree.token(token).span;
        if let Some(thing) = self.referring.get(&span.start) {
            return Some(*thing);
        }
        let sort = self.pronoun(token)?;
        Some(Thing { argument: Argument { span, entity: None }, sort })
    }

    /// What an unresolved pronoun may stand for.
    fn pronoun(&self, token: usize) -> Option<Sort> {
        if !matches!(self.tree.token(token).tag, "PRP" | "PRP$") {
            return None;
        }
        let word = self.tree.text.word(token).to_lowercase();
        Some(match self.resources.coreference.pronoun(&word)? {
            Pronoun::Male | Pronoun::Female | Pronoun::Speaker => Sort::Human,
            Pronoun::Thing => Sort::Thing,
            Pronoun::Plural | Pronoun::Speakers => Sort::Any,
            Pronoun::Addressee | Pronoun::Demonstrative | Pronoun::Place => return None,
        })
    }

    /// The time expression that holds a token.
    pub(super) fn time(&self, token: usize) -> Option<TimeId> {
        self.times.get(token).copied().flatten()
    }

    /// The amount whose number or unit a token is.
    pub(super) fn amount(&self, token: usize) -> Option<Amount> {
        if self.time(token).is_some() {
            return None;
        }
        amounts::at(self.tree, token, self.resources.relations.words())
    }

    /// The number at a token, be it part of a time expression ("54-year-old") or not.
    pub(super) fn number(&self, token: usize) -> Option<Amount> {
        amounts::at(self.tree, token, self.resources.relations.words())
    }

    /// Whether a noun stands for a human being.
    pub(super) fn is_person_noun(&self, token: usize) -> bool {
        let analysed = self.tree.token(token);
        let lemma = &*analysed.lemma;
        if analysed.pos != "NOUN" {
            return false;
        }
        self.resources.names.is_person_noun(lemma)
            || self.resources.titles.head_length(&[lemma]).is_some()
            || self.resources.names.gender_of_noun(lemma).is_some()
            || self.resources.coreference.kind_of_noun(lemma) == Some(Kind::Person)
    }

    /// Whether a noun is the head of a title.
    pub(super) fn is_title(&self, token: usize) -> bool {
        let analysed = self.tree.token(token);
        if !analysed.tag.starts_with("NN") || self.mention_at(token).is_some() {
            return false;
        }
        let start = token.saturating_sub(3).max(self.tree.text.sentence_of(token).start);
        let words: Vec<&str> = (start..=token).map(|it| self.tree.text.word(it)).collect();
        self.resources.titles.head_length(&words).is_some()
    }
}
