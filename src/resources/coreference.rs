//! What words say of the thing that they stand for.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::document::Kind;

/// The words of `coreference.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coreference {
    threshold: f32,
    pronouns: Pronouns,
    nouns: Nouns,
    of_others: OfOthers,
    examples: Vec<Example>,
}

/// Verbs whose subject does not own these nouns where they are objects.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfOthers {
    verbs: BTreeSet<String>,
    nouns: BTreeSet<String>,
}

/// A text and what its phrases refer to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `words = entity`, in the order of the text; `-` where the words surely refer to nothing that is named.
    pub references: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    male: BTreeSet<String>,
    female: BTreeSet<String>,
    thing: BTreeSet<String>,
    plural: BTreeSet<String>,
    speaker: BTreeSet<String>,
    speakers: BTreeSet<String>,
    addressee: BTreeSet<String>,
    demonstrative: BTreeSet<String>,
    place: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    organization: BTreeSet<String>,
    general: BTreeSet<String>,
    place: BTreeSet<String>,
    person: BTreeSet<String>,
    either: BTreeSet<String>,
    collective: BTreeSet<String>,
}

/// What a pronoun stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pronoun {
    /// "he".
    Male,
    /// "she".
    Female,
    /// "it".
    Thing,
    /// "they".
    Plural,
    /// "I".
    Speaker,
    /// "we".
    Speakers,
    /// "you".
    Addressee,
    /// "this".
    Demonstrative,
    /// "here".
    Place,
}

impl Coreference {
    /// How likely a phrase must be to speak of its entity for the graph to hold it.
    #[must_use]
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// What must be found, and what must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// What a pronoun, in small letters, stands for.
    #[must_use]
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        let of = &self.pronouns;
        let sets = [
            (&of.male, Pronoun::Male),
            (&of.female, Pronoun::Female),
            (&of.thing, Pronoun::Thing),
            (&of.plural, Pronoun::Plural),
            (&of.speaker, Pronoun::Speaker),
            (&of.speakers, Pronoun::Speakers),
            (&of.addressee, Pronoun::Addressee),
            (&of.demonstrative, Pronoun::Demonstrative),
            (&of.place, Pronoun::Place),
        ];
        sets.into_iter().find(|(words, _)| words.contains(word)).map(|(_, pronoun)| pronoun)
    }

    /// Which kind of name a noun stands for: a person, an organisation or a region.
    #[must_use]
    pub fn kind_of_noun(&self, noun: &str) -> Option<Kind> {
        let of = &self.nouns;
        let sets = [(&of.organization, Kind::Organization), (&of.place, Kind::Region), (&of.person, Kind::Person)];
        sets.into_iter().find(|(words, _)| words.contains(noun)).map(|(_, kind)| kind)
    }

    /// Whether any organisation may be called by a noun ("the group").
    #[must_use]
    pub fn is_general(&self, noun: &str) -> bool {
        self.nouns.general.contains(noun)
    }

    /// Whether a noun may stand for a person as well as for an organisation ("the owner").
    #[must_use]
    pub fn is_either(&self, noun: &str) -> bool {
        self.nouns.either.contains(noun)
    }

    /// Whether what is done to something tells that it is another's ("accepted her resignation").
    #[must_use]
    pub fn is_of_another(&self, verb: &str, noun: &str) -> bool {
        self.of_others.verbs.contains(verb) && self.of_others.nouns.contains(noun)
    }

    /// Whether "they" may stand for a singular noun.
    #[must_use]
    pub fn is_collective(&self, noun: &str) -> bool {
        self.nouns.collective.contains(noun)
    }
}
