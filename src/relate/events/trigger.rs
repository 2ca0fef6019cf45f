//! The words that tell an event.

use std::sync::Arc;

use super::Scene;
use crate::event::EventClass;
use crate::span::Span;

/// A word that tells an event.
pub(super) struct Trigger {
    pub(super) head: usize,
    pub(super) span: Span,
    pub(super) class: Option<EventClass>,
    pub(super) lemma: Arc<str>,
    pub(super) is_bare: bool,
    pub(super) is_noun: bool,
    pub(super) rule: &'static str,
}

impl Scene<'_> {
    /// All words that tell an event, in the order of the text.
    pub(super) fn triggers(&self) -> Vec<Trigger> {
        let of_token = |token: usize| self.verb(token).or_else(|| self.noun(token));
        let mut triggers: Vec<Trigger> = (0..self.text.tokens().len()).filter_map(of_token).collect();
        let lends: Vec<bool> = triggers.iter().map(|verb| self.lends_itself(verb, &triggers)).collect();
        for (trigger, lends) in triggers.iter_mut().zip(lends) {
            trigger.is_bare |= lends;
        }
        triggers
    }

    fn verb(&self, token: usize) -> Option<Trigger> {
        let analysis = &self.text.tokens()[token];
        let is_copula = analysis.pos == "AUX" && &*analysis.lemma == "be" && !matches!(analysis.dep, "aux" | "auxpass");
        let is_verb = analysis.pos == "VERB"
            && !matches!(analysis.dep, "aux" | "auxpass" | "amod" | "compound" | "prep" | "mark" | "cc" | "case")
            && analysis.tag.starts_with("VB")
            && !self.is_time[token];
        if !(is_copula || is_verb) || self.is_named[token] || self.resources.events.is_silent(&analysis.lemma) {
            return None;
        }
        let events = &self.resources.events;
        let particle = self.text.children_by(token, &["prt"]).find(|&child| child > token);
        let phrase = particle.map(|particle| format!("{} {}", analysis.lemma, self.text.word(particle).to_lowercase()));
        let class = phrase.as_deref().and_then(|phrase| events.class(phrase)).or_else(|| events.class(&analysis.lemma));
        let span = match particle {
            Some(particle) if particle == token + 1 => self.text.span(token..particle + 1),
            _ => analysis.span,
        };
        let is_state =
            events.is_state(&analysis.lemma) && phrase.as_deref().and_then(|phrase| events.class(phrase)).is_none();
        Some(Trigger {
            head: token,
            span,
            class: if is_state { None } else { class },
            lemma: phrase.map_or_else(|| analysis.lemma.clone(), Arc::from),
            is_bare: is_state || is_copula,
            is_noun: false,
            rule: match (is_state || is_copula, class) {
                (true, _) => "verb.state",
                (_, Some(_)) => "verb.class",
                _ => "verb",
            },
        })
    }

    fn noun(&self, token: usize) -> Option<Trigger> {
        let analysis = &self.text.tokens()[token];
        if !matches!(analysis.pos, "NOUN" | "PROPN")
            || self.is_named[token]
            || self.is_time[token]
            || analysis.dep == "compound"
        {
            return None;
        }
        let word = analysis.lemma.to_lowercase();
        let before =
            self.text.children_by(token, &["compound", "amod"]).filter(|&child| child + 1 == token).next_back();
        let phrase = before.map(|before| format!("{} {word}", self.text.word(before).to_lowercase()));
        let events = &self.resources.events;
        let of_phrase = phrase.as_deref().and_then(|phrase| events.noun(phrase));
        let (found, span) = match (of_phrase, before) {
            (Some(found), Some(before)) => (found, self.text.span(before..token + 1)),
            _ => (events.noun(&word)?, analysis.span),
        };
        Some(Trigger {
            head: token,
            span,
            class: found.class,
            lemma: found.lemma.clone(),
            is_bare: false,
            is_noun: true,
            rule: if found.class.is_some() { "noun.class" } else { "noun" },
        })
    }

    /// Whether a verb only lends itself to a noun that tells the event: "held talks", "talks took place".
    fn lends_itself(&self, verb: &Trigger, triggers: &[Trigger]) -> bool {
        !verb.is_noun && self.noun_of_light(verb, triggers).is_some()
    }

    /// The trigger of the noun to which a verb lends itself.
    pub(super) fn noun_of_light(&self, verb: &Trigger, triggers: &[Trigger]) -> Option<usize> {
        if verb.is_noun
            || !self.resources.events.is_light(self.lemma(verb.head)) && !self.resources.events.is_light(&verb.lemma)
        {
            return None;
        }
        let nouns = self.text.children_by(verb.head, &["dobj", "nsubjpass", "nsubj"]);
        let mut found =
            nouns.filter_map(|noun| triggers.iter().position(|trigger| trigger.is_noun && trigger.head == noun));
        found.next_back()
    }
}
