//! How what a word governs stands: as a fact, as not so, as likely, possible, planned, asked or supposed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::File;
use crate::error::Result;

/// The words of `factuality.toml`.
#[derive(Clone, Debug)]
pub struct Factuality {
    data: Data,
    /// What becomes of what a word governs, by the form of that and the word.
    governors: BTreeMap<(Frame, String), Outcome>,
}

/// How a proposition stands, seen from the words around it. The data file says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the data file says what each is")]
pub enum Effect {
    Holds,
    Fails,
    Open,
    Likely,
    Unlikely,
    Wanted,
    Unwanted,
    Asked,
    Supposed,
    Counterfactual,
    Presumed,
    Said,
}

/// What becomes of what a word governs, where the word is affirmed and where it is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where it is affirmed.
    pub so: Effect,
    /// Where it is denied.
    pub not: Effect,
}

/// In what form something is governed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// A clause with "that" or without.
    That,
    /// "to" and a verb.
    To,
    /// "to" and a verb after a passive ("is said to").
    Passive,
    /// A participle, also after a preposition.
    Ing,
    /// A clause with "whether" or "if".
    Whether,
    /// A noun that stands for an event, also after a preposition.
    Thing,
}

/// Which words have which effect.
pub type Effects = BTreeMap<Effect, BTreeSet<String>>;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    negations: BTreeSet<String>,
    spared_by: BTreeSet<String>,
    nobody: BTreeSet<String>,
    no: BTreeSet<String>,
    no_matter: BTreeSet<String>,
    no_after: BTreeSet<String>,
    aims: BTreeSet<String>,
    auxiliaries: Effects,
    auxiliaries_of_past: Effects,
    adverbs: Effects,
    adjectives: Effects,
    clauses: Clauses,
    prepositions: Effects,
    governors: Vec<Governors>,
    examples: Vec<Example>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clauses {
    supposed: BTreeSet<String>,
    wanted: BTreeSet<String>,
    unconditional: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Governors {
    name: String,
    so: Effect,
    not: Effect,
    #[serde(default)]
    that: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    passive: Vec<String>,
    #[serde(default)]
    ing: Vec<String>,
    #[serde(default)]
    whether: Vec<String>,
    #[serde(default)]
    thing: Vec<String>,
}

/// A text and how some of its words stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `word = denied possible planned`, or `word = asserted`, in the order of the text.
    pub standings: Vec<String>,
}

impl Factuality {
    pub(super) fn read(file: &File) -> Result<Self> {
        let data: Data = file.toml()?;
        let mut governors = BTreeMap::new();
        for group in &data.governors {
            let outcome = Outcome { so: group.so, not: group.not };
            let frames = [
                (Frame::That, &group.that),
                (Frame::To, &group.to),
                (Frame::Passive, &group.passive),
                (Frame::Ing, &group.ing),
                (Frame::Whether, &group.whether),
                (Frame::Thing, &group.thing),
            ];
            for (frame, words) in frames {
                for word in words {
                    // The first group that has a word counts.
                    governors.entry((frame, word.clone())).or_insert(outcome);
                }
            }
            if group.name.is_empty() {
                return Err(file.malformed(None, "governors without a name".to_owned()));
            }
        }
        Ok(Self { data, governors })
    }

    /// What becomes of what a word, in its dictionary form, governs in some form; none for a word that is not listed.
    #[must_use]
    pub fn outcome(&self, frame: Frame, lemma: &str) -> Option<Outcome> {
        self.governors.get(&(frame, lemma.to_owned())).copied()
    }

    /// Whether a word denies what it belongs to ("not").
    #[must_use]
    pub fn is_negation(&self, word: &str) -> bool {
        self.data.negations.contains(word)
    }

    /// Whether a word takes the denial before it back ("not only").
    #[must_use]
    pub fn is_spared_by(&self, word: &str) -> bool {
        self.data.spared_by.contains(word)
    }

    /// Whether a pronoun denies its clause ("nobody").
    #[must_use]
    pub fn is_nobody(&self, word: &str) -> bool {
        self.data.nobody.contains(word)
    }

    /// Whether a determiner denies the clause of its noun ("no").
    #[must_use]
    pub fn is_no(&self, word: &str) -> bool {
        self.data.no.contains(word)
    }

    /// Whether a noun with "no" denies nothing ("no doubt").
    #[must_use]
    pub fn is_no_matter(&self, word: &str) -> bool {
        self.data.no_matter.contains(word)
    }

    /// Whether "no …" after a preposition denies the clause ("at no time").
    #[must_use]
    pub fn denies_after(&self, preposition: &str) -> bool {
        self.data.no_after.contains(preposition)
    }

    /// Whether a preposition before a participle says what for, and not when or how ("a place for meeting").
    #[must_use]
    pub fn is_aim(&self, preposition: &str) -> bool {
        self.data.aims.contains(preposition)
    }

    /// The effect of an auxiliary verb, where "have" and a participle follow it or not.
    #[must_use]
    pub fn auxiliary(&self, word: &str, is_past: bool) -> Option<Effect> {
        let past = is_past.then(|| effect(&self.data.auxiliaries_of_past, word)).flatten();
        past.or_else(|| effect(&self.data.auxiliaries, word))
    }

    /// The effect of an adverb on its verb.
    #[must_use]
    pub fn adverb(&self, word: &str) -> Option<Effect> {
        effect(&self.data.adverbs, word)
    }

    /// The effect of an adjective or participle on its noun.
    #[must_use]
    pub fn adjective(&self, word: &str) -> Option<Effect> {
        effect(&self.data.adjectives, word)
    }

    /// The effect of a preposition, or of several in a row ("instead of"), on what follows.
    #[must_use]
    pub fn preposition(&self, words: &str) -> Option<Effect> {
        effect(&self.data.prepositions, words)
    }

    /// The effect of the words that open an adverbial clause on the clause.
    #[must_use]
    pub fn opening(&self, words: &str) -> Option<Effect> {
        if self.data.clauses.supposed.contains(words) {
            return Some(Effect::Supposed);
        }
        self.data.clauses.wanted.contains(words).then_some(Effect::Wanted)
    }

    /// Whether a word before "if" takes the condition off the main clause ("even if").
    #[must_use]
    pub fn is_unconditional(&self, word: &str) -> bool {
        self.data.clauses.unconditional.contains(word)
    }

    /// What must be found.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.data.examples
    }
}

fn effect(effects: &Effects, word: &str) -> Option<Effect> {
    effects.iter().find(|(_, words)| words.contains(word)).map(|(effect, _)| *effect)
}
