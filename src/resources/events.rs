//! What tells of an event, and of which.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use super::File;
use crate::error::Result;
use crate::event::EventClass;

/// The words of `events.toml` and `event_verbs.csv`.
#[derive(Clone, Debug)]
pub struct Events {
    verbs: HashMap<String, EventClass>,
    nouns: HashMap<String, Noun>,
    data: Data,
}

/// A noun that tells of an event.
#[derive(Clone, Debug)]
pub struct Noun {
    /// What sort of event.
    pub class: Option<EventClass>,
    /// The verb that tells the same ("resign" of "resignation"), or the noun itself.
    pub lemma: Arc<str>,
    /// Whether it is made from that verb.
    pub is_verbal: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    states: BTreeSet<String>,
    light: BTreeSet<String>,
    silent: BTreeSet<String>,
    empty: BTreeSet<String>,
    intransitive: BTreeSet<String>,
    undergone: BTreeSet<String>,
    others: Others,
    classes: Vec<ClassWords>,
    unclassed: Unclassed,
    places: BTreeSet<String>,
    confidences: BTreeMap<String, f32>,
    #[serde(default)]
    examples: Vec<Example>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Others {
    nouns: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassWords {
    name: String,
    verbs: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unclassed {
    verbs: BTreeSet<String>,
}

/// A text and the events that it tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `class lemma: role words; role words`, or `- lemma: …` for an event of no class; bare ones are left out.
    pub events: Vec<String>,
}

impl Events {
    pub(super) fn read(file: &File, table: &File) -> Result<Self> {
        let data: Data = file.toml()?;
        let class = |name: &str| name.parse::<EventClass>();
        let mut verbs = HashMap::new();
        let mut nouns: HashMap<String, Noun> = HashMap::new();
        for words in &data.classes {
            let class = class(&words.name).map_err(|reason| file.malformed(None, reason))?;
            for verb in &words.verbs {
                // The first class that has a word counts.
                verbs.entry(verb.clone()).or_insert(class);
            }
            add_nouns(&mut nouns, &words.nouns, Some(class));
        }
        add_nouns(&mut nouns, &data.others.nouns, None);
        for (number, line) in table.content().lines().enumerate().skip(1) {
            let wrong = |reason: String| table.malformed(Some(number as u64 + 1), reason);
            let (verb, name) = line.split_once(',').ok_or_else(|| wrong("no class".to_owned()))?;
            let class = class(name).map_err(wrong)?;
            if !data.unclassed.verbs.contains(verb) && !data.states.contains(verb) {
                verbs.entry(verb.to_owned()).or_insert(class);
            }
        }
        Ok(Self { verbs, nouns, data })
    }

    /// The class of event that a verb, in its dictionary form, tells of.
    #[must_use]
    pub fn class(&self, verb: &str) -> Option<EventClass> {
        self.verbs.get(verb).copied()
    }

    /// What a noun, in its dictionary form, tells of; none for a noun that tells of no event.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> Option<&Noun> {
        self.nouns.get(lemma)
    }

    /// Whether a verb tells of a state and not of something that happens.
    #[must_use]
    pub fn is_state(&self, verb: &str) -> bool {
        self.data.states.contains(verb)
    }

    /// Whether a verb only lends itself to a noun that tells the event.
    #[must_use]
    pub fn is_light(&self, verb: &str) -> bool {
        self.data.light.contains(verb)
    }

    /// Whether a verb is no event of its own.
    #[must_use]
    pub fn is_silent(&self, verb: &str) -> bool {
        self.data.silent.contains(verb)
    }

    /// Whether "of" after a noun of this verb has before it who does it ("the resignation of").
    #[must_use]
    pub fn is_intransitive(&self, verb: &str) -> bool {
        self.data.intransitive.contains(verb)
    }

    /// Whether the possessor of a noun of this verb has it done to them ("her arrest").
    #[must_use]
    pub fn is_undergone(&self, verb: &str) -> bool {
        self.data.undergone.contains(verb)
    }

    /// Whether an object belongs to the verb before it and takes no part ("take place").
    #[must_use]
    pub fn is_empty(&self, phrase: &str) -> bool {
        self.data.empty.contains(phrase)
    }

    /// Whether a noun, in its dictionary form, speaks of a place.
    #[must_use]
    pub fn is_place(&self, lemma: &str) -> bool {
        self.data.places.contains(lemma)
    }

    /// How often a rule was right on development data, from 0 to 1.
    #[must_use]
    pub fn confidence(&self, rule: &str) -> f32 {
        self.data.confidences.get(rule).copied().unwrap_or(0.5)
    }

    /// What must be found.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.data.examples
    }
}

fn add_nouns(nouns: &mut HashMap<String, Noun>, words: &[String], class: Option<EventClass>) {
    for entry in words {
        let (noun, verb) = entry.split_once('/').unwrap_or((entry, entry));
        let is_verbal = entry.contains('/');
        nouns.entry(noun.to_owned()).or_insert_with(|| Noun { class, lemma: verb.into(), is_verbal });
    }
}
