//! The phrases of a text that may speak of something: names, noun phrases, pronouns.

use std::ops::Range;

use super::nature::{self, Nature};
use crate::detect;
use crate::document::{Entity, EntityId, Form, Kind, Mention};
use crate::resources::Resources;
use crate::resources::names::Gender;
use crate::span::Span;
use crate::text::Text;

/// A name, noun phrase or pronoun, with all that belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// All its tokens, determiners, relative clauses and a possessive ending among them.
    pub(super) tokens: Range<usize>,
    /// The noun, name or pronoun that heads it.
    pub(super) head: usize,
    /// The word that says what it stands for: the head, or the name in apposition to it ("her brother, John").
    pub(super) word: usize,
    /// Whether it joins several phrases ("Jane and John"); then the head is the first one's.
    pub(super) joined: bool,
    pub(super) form: Form,
    /// The entity that it names.
    pub(super) entity: Option<EntityId>,
    pub(super) nature: Nature,
}

impl Phrase {
    pub(super) fn span(&self, text: &Text) -> Span {
        text.span(self.tokens.clone())
    }
}

/// What phrases are found in.
pub(super) struct Scene<'a> {
    pub(super) text: &'a Text,
    pub(super) entities: &'a [Entity],
    pub(super) genders: &'a [Option<Gender>],
    pub(super) resources: &'a Resources,
    /// The first and last token of the tree under each token.
    edges: Vec<(usize, usize)>,
    /// The children of each token, in order.
    children: Vec<Vec<usize>>,
    /// The mention that each token is part of.
    named: Vec<Option<usize>>,
    /// The tokens of each mention, and its entity.
    mentions: Vec<(Range<usize>, EntityId)>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        text: &'a Text,
        entities: &'a [Entity],
        mentions: &[Mention],
        genders: &'a [Option<Gender>],
        resources: &'a Resources,
    ) -> Self {
        let tokens = text.tokens();
        let mut edges: Vec<_> = (0..tokens.len()).map(|token| (token, token)).collect();
        let mut children = vec![Vec::new(); tokens.len()];
        for token in 0..tokens.len() {
            let mut at = token;
            if tokens[token].head != token {
                children[tokens[token].head].push(token);
            }
            while tokens[at].head != at {
                at = tokens[at].head;
                let (left, right) = edges[at];
                edges[at] = (left.min(token), right.max(token));
            }
        }
        let mut named = vec![None; tokens.len()];
        let mentions: Vec<_> = mentions.iter().map(|mention| (text.tokens_in(mention.span), mention.entity)).collect();
        for (number, (tokens, _)) in mentions.iter().enumerate() {
            named[tokens.clone()].fill(Some(number));
        }
        Self { text, entities, genders, resources, edges, children, named, mentions }
    }

    pub(super) fn lower(&self, token: usize) -> String {
        self.text.word(token).to_lowercase()
    }

    pub(super) fn dep(&self, token: usize) -> &'static str {
        self.text.tokens()[token].dep
    }

    pub(super) fn tag(&self, token: usize) -> &'static str {
        self.text.tokens()[token].tag
    }

    pub(super) fn head(&self, token: usize) -> usize {
        self.text.tokens()[token].head
    }

    pub(super) fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// The first and last token of the tree under a token.
    pub(super) fn edges(&self, token: usize) -> (usize, usize) {
        self.edges[token]
    }

    /// The tokens of the name that a token is part of, and what it names.
    pub(super) fn name_at(&self, token: usize) -> Option<(Range<usize>, EntityId)> {
        self.named.get(token).copied().flatten().map(|number| self.mentions[number].clone())
    }

    /// All phrases, in the order of the text, wider ones first.
    pub(super) fn phrases(&self, mentions: &[Mention]) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        for token in 0..self.text.tokens().len() {
            phrases.extend(self.pronoun(token));
            if let Some(phrase) = self.noun_phrase(token, mentions) {
                phrases.extend(self.joined(token, &phrase));
                phrases.push(phrase);
            }
        }
        let names = mentions.iter().enumerate().filter_map(|(number, mention)| self.modifier(number, mention));
        phrases.extend(names);
        phrases.sort_by_key(|phrase| (phrase.tokens.start, std::cmp::Reverse(phrase.tokens.end), phrase.joined));
        phrases.dedup_by(|second, first| second.tokens == first.tokens);
        phrases
    }

    fn pronoun(&self, token: usize) -> Option<Phrase> {
        let (tag, dep) = (self.tag(token), self.dep(token));
        let word = self.lower(token);
        let pronoun = self.resources.coreference.pronoun(&word)?;
        let fits = match tag {
            "PRP" | "PRP$" => dep != "expl",
            "DT" => matches!(dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "dative" | "ROOT"),
            "RB" => dep == "advmod",
            _ => false,
        };
        (fits && self.named[token].is_none()).then(|| Phrase {
            tokens: token..token + 1,
            head: token,
            word: token,
            joined: false,
            form: Form::Pronoun,
            entity: None,
            nature: nature::of_pronoun(pronoun),
        })
    }

    /// The phrase that a noun or a name heads.
    fn noun_phrase(&self, head: usize, mentions: &[Mention]) -> Option<Phrase> {
        let (tag, dep) = (self.tag(head), self.dep(head));
        let number = self.named[head];
        let is_noun =
            tag.starts_with("NN") || number.is_some() || tag == "CD" && matches!(dep, "pobj" | "nsubj" | "dobj");
        let is_national = number.is_none() && detect::nationals::is_one(self.text, self.resources, head);
        let own = number.map(|number| self.text.tokens_in(mentions[number].span));
        let is_inside = own.as_ref().is_some_and(|own| own.contains(&self.head(head)) && self.head(head) != head);
        if !(is_noun || is_national) || is_inside || matches!(dep, "compound" | "amod" | "nmod" | "appos") {
            return None;
        }
        let mut tokens = self.extent(head);
        if let Some(own) = own.clone() {
            tokens = tokens.start.min(own.start)..tokens.end.max(own.end);
        }
        let proper = (tag.starts_with("NNP") || number.is_some()) && !is_national;
        let word = if proper { head } else { self.apposed(head).unwrap_or(head) };
        let number = self.named[word];
        let entity = number.map(|number| mentions[number].entity);
        let form = if proper || word != head { Form::Name } else { Form::Nominal };
        let tag = self.tag(word);
        let nature = match entity {
            Some(entity) => nature::of_entity(&self.entities[entity], self.genders[entity], tag),
            None if form == Form::Name && self.is_figure(word) => nature::OF_FIGURE,
            None if form == Form::Name => {
                let before = self.children(word).iter().copied();
                let first = before.filter(|&child| child < word).find(|&child| self.dep(child) == "compound");
                nature::of_unknown_name(self.text.word(first.unwrap_or(word)), tag, self.resources)
            }
            None if is_national => nature::OF_NATIONAL,
            None => nature::of_noun(&self.text.tokens()[head].lemma.to_lowercase(), tag, self.resources),
        };
        Some(Phrase { tokens, head, word, joined: false, form, entity, nature })
    }

    /// Whether a token is part of a date, an amount or a count.
    pub(super) fn is_figure(&self, token: usize) -> bool {
        self.text.name_at(token).is_some_and(|name| detect::kind_of_label(name.label).is_none())
    }

    /// The token that heads a name in apposition to a noun: "her brother, John".
    fn apposed(&self, head: usize) -> Option<usize> {
        let mut apposed = self.children(head).iter().filter(|&&child| self.dep(child) == "appos" && child > head);
        let is_name = |child: usize| self.tag(child).starts_with("NNP") || self.named[child].is_some();
        apposed.next().copied().filter(|&child| is_name(child) && self.explains(head, child))
    }

    /// A name that stands before a noun and says something of it: "the Obama administration".
    fn modifier(&self, number: usize, mention: &Mention) -> Option<Phrase> {
        let own = self.text.tokens_in(mention.span);
        let head = own.clone().find(|&token| !own.contains(&self.head(token)))?;
        let is_adjective = self.tag(head).starts_with("JJ") || self.entities[mention.entity].kind == Kind::Group;
        if !matches!(self.dep(head), "compound" | "nmod" | "amod") || is_adjective || self.named[head] != Some(number) {
            return None;
        }
        let nature = nature::of_entity(&self.entities[mention.entity], self.genders[mention.entity], self.tag(head));
        Some(Phrase {
            tokens: own,
            head,
            word: head,
            joined: false,
            form: Form::Name,
            entity: Some(mention.entity),
            nature,
        })
    }

    /// The phrase that joins a noun with those after it: "Jane Roe and her brother".
    fn joined(&self, head: usize, first: &Phrase) -> Option<Phrase> {
        if matches!(self.dep(head), "conj") {
            return None;
        }
        let mut last = head;
        while let Some(&next) = self.children(last).iter().find(|&&child| child > last && self.dep(child) == "conj") {
            last = next;
        }
        let is_and = self.children(head).iter().any(|&child| self.dep(child) == "cc" && self.lower(child) == "and");
        let is_noun = self.tag(last).starts_with("NN") || self.tag(last).starts_with("PRP");
        if last == head || !is_noun || !(is_and || self.head(last) != head) {
            return None;
        }
        let end = self.extent(last).end;
        Some(Phrase {
            tokens: first.tokens.start..end,
            head,
            word: head,
            joined: true,
            form: Form::Nominal,
            entity: None,
            nature: nature::of_several(&first.nature),
        })
    }
}
