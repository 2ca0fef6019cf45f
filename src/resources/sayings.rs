//! How news attributes what it quotes.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::names::Gender;

/// The words of `quotes.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sayings {
    verbs: BTreeSet<String>,
    weak: BTreeSet<String>,
    silent: BTreeSet<String>,
    no_cues: BTreeSet<String>,
    things: BTreeSet<String>,
    phrases: Vec<String>,
    works: BTreeSet<String>,
    naming: BTreeSet<String>,
    male: BTreeSet<String>,
    female: BTreeSet<String>,
    examples: Vec<Example>,
}

/// A text and the quotes that it holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `words quoted | words that attribute them | speaker`, in the order of the text; `-` where there is none.
    pub quotes: Vec<String>,
}

impl Sayings {
    /// Whether a verb, in its dictionary form, is one of saying.
    #[must_use]
    pub fn is_verb(&self, lemma: &str) -> bool {
        self.verbs.contains(lemma)
    }

    /// Whether a verb of saying attributes only whole clauses ("read", "sing").
    #[must_use]
    pub fn is_weak(&self, lemma: &str) -> bool {
        self.weak.contains(lemma)
    }

    /// Whether a verb of saying, when it is denied, says that somebody was silent ("would not comment").
    #[must_use]
    pub fn is_silent(&self, lemma: &str) -> bool {
        self.silent.contains(lemma)
    }

    /// Whether a verb with its particle is none of saying ("rule out").
    #[must_use]
    pub fn is_no_cue(&self, verb: &str) -> bool {
        self.no_cues.contains(verb)
    }

    /// Whether a noun stands for a thing or an act, which speaks for nobody ("letter").
    #[must_use]
    pub fn is_thing(&self, lemma: &str) -> bool {
        self.things.contains(lemma)
    }

    /// The words that attribute without a verb ("according to"), lower-case.
    #[must_use]
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// Whether a noun is a thing whose title stands between quotation marks ("film").
    #[must_use]
    pub fn is_work(&self, lemma: &str) -> bool {
        self.works.contains(lemma)
    }

    /// Whether the participle of a verb gives a name ("entitled").
    #[must_use]
    pub fn is_naming(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// What must be found, and what must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The gender of a pronoun that stands for one person.
    #[must_use]
    pub fn gender(&self, pronoun: &str) -> Option<Gender> {
        let word = pronoun.to_lowercase();
        if self.male.contains(&word) {
            return Some(Gender::Male);
        }
        self.female.contains(&word).then_some(Gender::Female)
    }
}
