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
    /// Whether it is a noun made from the verb of the lemma.
    pub(super) is_verbal: bool,
    pub(super) rule: &'static str,
}

/// The words that tell an event, in the order of the text.
pub(super) struct Triggers {
    pub(super) all: Vec<Trigger>,
    /// The trigger that each token heads.
    at: Vec<Option<usize>>,
    /// Of a verb that only lends itself to a noun, that noun's trigger, and of the noun the verb's: "held talks".
    partners: Vec<Option<usize>>,
}

impl Triggers {
    /// The trigger that a token heads.
    pub(super) fn at(&self, token: usize) -> Option<usize> {
        self.at[token]
    }

    /// The noun of a verb that lends itself, or its verb.
    pub(super) fn partner(&self, trigger: usize) -> Option<usize> {
        self.partners[trigger]
    }

    /// Whether a token is a noun that tells an event.
    pub(super) fn is_noun(&self, token: usize) -> bool {
        self.at(token).is_some_and(|id| self.all[id].is_noun)
    }
}

impl Scene<'_> {
    /// All words that tell an event.
    pub(super) fn triggers(&self) -> Triggers {
        let count = self.text.tokens().len();
        let of_token = |token: usize| self.verb(token).or_else(|| self.noun(token));
        let all: Vec<Trigger> = (0..count).filter_map(of_token).collect();
        let mut triggers = Triggers { at: vec![None; count], partners: vec![None; all.len()], all };
        for (id, trigger) in triggers.all.iter().enumerate() {
            triggers.at[trigger.head] = Some(id);
        }
        for verb in 0..triggers.all.len() {
            if let Some(noun) = self.noun_of_light(verb, &triggers) {
                triggers.partners[verb] = Some(noun);
                triggers.partners[noun].get_or_insert(verb);
                triggers.all[verb].is_bare = true;
            }
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
            is_verbal: false,
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
        let before = self.text.children_by(token, &["compound", "amod"]).rfind(|&child| child + 1 == token);
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
            is_verbal: found.is_verbal,
            rule: if found.class.is_some() { "noun.class" } else { "noun" },
        })
    }

    /// The noun to which a verb only lends itself: "held talks", "talks took place".
    fn noun_of_light(&self, verb: usize, triggers: &Triggers) -> Option<usize> {
        let verb = &triggers.all[verb];
        let events = &self.resources.events;
        if verb.is_noun || !events.is_light(self.lemma(verb.head)) && !events.is_light(&verb.lemma) {
            return None;
        }
        let nouns = self.text.children_by(verb.head, &["dobj", "nsubjpass", "nsubj"]);
        nouns.filter(|&noun| triggers.is_noun(noun)).filter_map(|noun| triggers.at(noun)).next_back()
    }
}
