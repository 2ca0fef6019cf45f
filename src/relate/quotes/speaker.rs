//! Finds who does the saying: the subject of a verb, and the words and entity that name it.

use std::ops::Range;

use super::Scene;
use crate::document::{Kind, Mention, Speaker};
use crate::span::Span;

impl Scene<'_> {
    /// The speaker of a verb of saying, found in the tree, or else by the name right after or before it in its clause.
    pub(super) fn speaker_of(&self, verb: usize, clause: &Range<usize>) -> Option<Speaker> {
        if self.is_told_passively(verb) {
            return None;
        }
        if let Some(named) = self.named_without_tree(verb) {
            return Some(named);
        }
        if let Some(subject) = self.subject(verb, 0) {
            let named = self.named_before(verb, subject).unwrap_or_else(|| self.speaker_at(subject));
            return (!self.quoted[subject]).then_some(named);
        }
        if self.text.children_by(verb, &["nsubjpass", "auxpass"]).next().is_some() {
            return None;
        }
        let beside = self.mentions.iter().find(|mention| {
            let tokens = self.text.tokens_in(mention.span);
            let after = tokens.start > verb && tokens.start - verb <= 6 && self.is_plain(verb + 1..tokens.start);
            let before = tokens.end <= verb && tokens.start >= clause.start && verb - tokens.end <= 1;
            clause.contains(&tokens.start) && (after || before) && self.is_speaking(mention)
        })?;
        Some(Speaker { span: beside.span, entity: Some(beside.entity) })
    }

    /// "…, court told": who is told something does not say it.
    fn is_told_passively(&self, verb: usize) -> bool {
        let next = self.text.tokens().get(verb + 1);
        let ends = next.is_none_or(|next| !self.text.sentence_of(verb).contains(&(verb + 1)) || next.pos == "PUNCT");
        self.lemma(verb) == "tell" && ends && self.text.children_by(verb, &["dobj", "dative"]).next().is_none()
    }

    /// A person right before a verb for which the tree has no subject.
    fn named_without_tree(&self, verb: usize) -> Option<Speaker> {
        let has_subject = self.text.children_by(verb, &["nsubj", "nsubjpass", "agent"]).next().is_some();
        let named = self.mentions.iter().find(|mention| self.text.tokens_in(mention.span).end == verb)?;
        let is_person = self.entities[named.entity].kind == Kind::Person && !self.quoted[verb - 1];
        let is_finite = matches!(self.text.tokens()[verb].tag, "VBD" | "VBZ" | "VBP");
        (is_person && is_finite && !has_subject)
            .then(|| Speaker { span: self.with_honorific(named.span), entity: Some(named.entity) })
    }

    /// A person named between the noun that heads the subject and its verb: "the chief economist at Acme, Jane Roe, said".
    fn named_before(&self, verb: usize, subject: usize) -> Option<Speaker> {
        let end = if verb > 0 && self.word(verb - 1) == "," { verb - 1 } else { verb };
        let is_title = self.text.tokens()[subject].pos != "PRON" && subject < end && self.mention_at(subject).is_none();
        let named = self.mentions.iter().find(|mention| {
            let tokens = self.text.tokens_in(mention.span);
            tokens.end == end && tokens.start > subject && self.entities[mention.entity].kind == Kind::Person
        })?;
        let is_part = self.text.is_under(self.text.tokens_in(named.span).start, verb);
        (is_title && is_part).then_some(Speaker { span: named.span, entity: Some(named.entity) })
    }

    /// Whether tokens hold neither verbs nor marks nor prepositions.
    fn is_plain(&self, tokens: Range<usize>) -> bool {
        tokens
            .into_iter()
            .all(|token| !matches!(self.text.tokens()[token].pos, "VERB" | "AUX" | "PUNCT" | "ADP" | "SCONJ"))
    }

    /// The token that heads the subject of a verb, its own or the one it shares with the verb above it.
    fn subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(agent) = self.agent(verb) {
            return Some(agent);
        }
        let own = self.text.children_by(verb, &["nsubj"]).find(|&child| !self.quoted[child]);
        let head = self.head(verb);
        match own {
            Some(own) if matches!(self.text.tokens()[own].tag, "WP" | "WDT") => {
                return if self.dep(verb) == "relcl" { Some(head) } else { None };
            }
            Some(own) => return Some(own),
            None => {}
        }
        let passive = self.text.children_by(verb, &["nsubjpass"]).next();
        if let Some(passive) = passive {
            return (depth > 0 && self.lemma(verb) == "quote").then_some(passive);
        }
        if head == verb || depth > 3 || self.quoted[head] {
            return None;
        }
        match self.dep(verb) {
            "conj" | "xcomp" | "advcl" | "pcomp" | "prep" | "dep" => self.subject(head, depth + 1),
            "acl" if self.text.tokens()[verb].tag != "VBN" => Some(head),
            _ => None,
        }
    }

    /// "told by Jane Roe".
    fn agent(&self, verb: usize) -> Option<usize> {
        let by = self.text.children_by(verb, &["agent"]).next()?;
        self.text.children_by(by, &["pobj"]).next()
    }

    /// The speaker whom a token stands for: by name, by pronoun, or in words that name nobody.
    pub(super) fn speaker_at(&self, token: usize) -> Speaker {
        if self.resources.sayings.gender(self.word(token)).is_some() {
            return Speaker { span: self.text.tokens()[token].span, entity: None };
        }
        let named = self.named(token);
        match named {
            Some(mention) => Speaker { span: self.with_honorific(mention.span), entity: Some(mention.entity) },
            None => Speaker { span: self.phrase_of(token), entity: None },
        }
    }

    /// The mention that names what a token heads: over it, in apposition to it, or right after it ("spokesman Jim Doe").
    fn named(&self, token: usize) -> Option<&Mention> {
        if let Some(mention) = self.mention_at(token).filter(|mention| self.is_speaking(mention)) {
            return Some(mention);
        }
        let is_person = |mention: &&Mention| self.entities[mention.entity].kind == Kind::Person;
        let next = self.mention_at_start(token + 1).filter(is_person);
        let mut apposed = self.text.children_by(token, &["appos"]);
        next.or_else(|| apposed.find_map(|child| self.mention_at(child).filter(is_person)))
    }

    fn mention_at_start(&self, token: usize) -> Option<&Mention> {
        let start = self.text.tokens().get(token)?.span.start;
        self.mentions.iter().find(|mention| mention.span.start == start)
    }

    /// Whether a mention is of something that can speak: a person, an organisation, a government.
    pub(super) fn is_speaking(&self, mention: &Mention) -> bool {
        matches!(
            self.entities[mention.entity].kind,
            Kind::Person | Kind::Organization | Kind::Region | Kind::Facility | Kind::Product | Kind::Work
        )
    }

    fn with_honorific(&self, span: Span) -> Span {
        let first = self.text.tokens_in(span).start;
        let before = first.checked_sub(1).filter(|&before| self.is_form_of_address(before));
        before.map_or(span, |before| self.text.tokens()[before].span.cover(span))
    }

    fn is_form_of_address(&self, token: usize) -> bool {
        let names = &self.resources.names;
        names.is_honorific(self.word(token)) || names.is_rank(self.word(token))
    }

    /// The words of a noun phrase up to its first comma or verb: "a spokeswoman for the ministry".
    fn phrase_of(&self, head: usize) -> Span {
        let left = ["det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet"];
        let start =
            self.text.children_by(head, &left).map(|child| self.text.subtree(child).start).min().unwrap_or(head);
        let start = start.min(head);
        let stops = |token: &usize| {
            let tokens = self.text.tokens();
            matches!(tokens[*token].pos, "VERB" | "AUX" | "PUNCT" | "SCONJ" | "SPACE") || self.quoted[*token]
        };
        let after = self.text.children_by(head, &["prep"]).find(|&child| child == head + 1 && self.is_attached(child));
        let end = after.map_or(head + 1, |prep| self.text.subtree(prep).end);
        let end = (head + 1..end).find(stops).unwrap_or(end);
        self.text.span(start..end.max(head + 1))
    }

    fn is_attached(&self, preposition: usize) -> bool {
        matches!(self.word(preposition), "of" | "for" | "at" | "from" | "with" | "in")
    }
}
