//! What stands around names, and what only looks like one.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::document::Kind;

/// The words of `names.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    honorifics: BTreeSet<String>,
    male: BTreeSet<String>,
    female: BTreeSet<String>,
    courtesies: BTreeSet<String>,
    ranks: BTreeSet<String>,
    post_nominals: BTreeSet<String>,
    male_persons: BTreeSet<String>,
    female_persons: BTreeSet<String>,
    male_names: BTreeSet<String>,
    female_names: BTreeSet<String>,
    address: BTreeSet<String>,
    persons: BTreeSet<String>,
    kin: BTreeSet<String>,
    no_given_names: BTreeSet<String>,
    storms: BTreeSet<String>,
    vessels: BTreeSet<String>,
    naval: BTreeSet<String>,
    particles: BTreeSet<String>,
    generic: BTreeSet<String>,
    held: BTreeSet<String>,
    ventures: BTreeSet<String>,
    generations: BTreeSet<String>,
    given_names: BTreeSet<String>,
    legal_forms: BTreeSet<String>,
    no_names: BTreeSet<String>,
    confidence: Confidence,
    examples: Vec<Example>,
}

/// A text and all that it names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Its names in order, each with its kind ("Okafor = Person").
    pub names: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Confidence {
    person: f32,
    organization: f32,
    region: f32,
    place: f32,
    facility: f32,
    group: f32,
    event: f32,
    work: f32,
    product: f32,
    law: f32,
    language: f32,
}

/// The grammatical gender of a pronoun or honorific.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// "he", "Mr".
    Male,
    /// "she", "Mrs".
    Female,
}

impl Names {
    /// Whether a word stands before a person's name and is neither part of it nor a post ("Mr", "Dr.").
    #[must_use]
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains(bare(word))
    }

    /// The gender that an honorific tells.
    #[must_use]
    pub fn gender(&self, honorific: &str) -> Option<Gender> {
        let word = bare(honorific);
        if self.male.contains(word) {
            return Some(Gender::Male);
        }
        self.female.contains(word).then_some(Gender::Female)
    }

    /// Whether only a person's name stands after a word ("Ms", "Dr").
    #[must_use]
    pub fn is_courtesy(&self, word: &str) -> bool {
        self.courtesies.contains(bare(word))
    }

    /// Whether a word before a person's name is a rank in letters ("DI").
    #[must_use]
    pub fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains(bare(word))
    }

    /// Whether a word after a person's name is the letters of a post, an honour or a degree ("KC").
    #[must_use]
    pub fn is_post_nominal(&self, word: &str) -> bool {
        self.post_nominals.contains(bare(word))
    }

    /// The gender of the person for whom a noun stands ("brother").
    #[must_use]
    pub fn gender_of_noun(&self, noun: &str) -> Option<Gender> {
        if self.male_persons.contains(noun) {
            return Some(Gender::Male);
        }
        self.female_persons.contains(noun).then_some(Gender::Female)
    }

    /// The gender of those who bear a given name ("Susan").
    #[must_use]
    pub fn gender_of_name(&self, given: &str) -> Option<Gender> {
        if self.male_names.contains(given) {
            return Some(Gender::Male);
        }
        self.female_names.contains(given).then_some(Gender::Female)
    }

    /// Texts with what they name, for tests.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Whether a capitalised word before a name is no given name ("Cyclone").
    #[must_use]
    pub fn is_no_given_name(&self, word: &str) -> bool {
        self.no_given_names.contains(word)
    }

    /// Whether a word before a title is a form of address ("Her Honour Judge").
    #[must_use]
    pub fn is_address(&self, word: &str) -> bool {
        self.address.contains(bare(word))
    }

    /// Whether a noun stands for a person and, set off by a comma, comes before the name ("predecessor").
    #[must_use]
    pub fn is_person_noun(&self, noun: &str) -> bool {
        self.persons.contains(noun) || self.gender_of_noun(noun).is_some()
    }

    /// Whether a noun stands for what only organisations are part of ("venture").
    #[must_use]
    pub fn is_venture(&self, noun: &str) -> bool {
        self.ventures.contains(noun)
    }

    /// Whether a capitalised word stands before the name of a storm ("Cyclone").
    #[must_use]
    pub fn is_storm(&self, word: &str) -> bool {
        self.storms.contains(word)
    }

    /// Whether letters before a name tell that it is a ship's ("MV").
    #[must_use]
    pub fn is_vessel(&self, word: &str) -> bool {
        self.vessels.contains(word) || self.is_naval(word)
    }

    /// Whether such letters stand before the name of a warship and nothing else ("HMS").
    #[must_use]
    pub fn is_naval(&self, word: &str) -> bool {
        self.naval.contains(word)
    }

    /// Whether a noun makes two persons of itself and of whoever it belongs to ("brother").
    #[must_use]
    pub fn is_kin(&self, noun: &str) -> bool {
        self.kin.contains(noun)
    }

    /// Whether a word without a capital stands inside persons' names ("van").
    #[must_use]
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether the first word of an organisation's name cannot stand for it alone ("University").
    #[must_use]
    pub fn is_generic(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// Whether "in" after a noun names an organisation and no place ("shares").
    #[must_use]
    pub fn is_held(&self, noun: &str) -> bool {
        self.held.contains(noun)
    }

    /// Whether a word after a name tells namesakes of one family apart ("Jr.", "III").
    #[must_use]
    pub fn is_generation(&self, word: &str) -> bool {
        self.generations.contains(bare(word))
    }

    /// Whether a title is also a given name ("Dean").
    #[must_use]
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// Whether a word at the end of a company's name says only of which legal form it is ("Inc.").
    #[must_use]
    pub fn is_legal_form(&self, word: &str) -> bool {
        self.legal_forms.contains(bare(word))
    }

    /// Whether a capitalised word names nothing that an article speaks of ("Tuesday").
    #[must_use]
    pub fn is_no_name(&self, word: &str) -> bool {
        self.no_names.contains(bare(word))
    }

    /// How often the recogniser is right about names of a kind.
    #[must_use]
    pub fn confidence(&self, kind: Kind) -> f32 {
        let by_kind = &self.confidence;
        match kind {
            Kind::Person => by_kind.person,
            Kind::Organization => by_kind.organization,
            Kind::Region => by_kind.region,
            Kind::Place => by_kind.place,
            Kind::Facility => by_kind.facility,
            Kind::Group => by_kind.group,
            Kind::Event => by_kind.event,
            Kind::Work => by_kind.work,
            Kind::Product => by_kind.product,
            Kind::Law => by_kind.law,
            Kind::Language => by_kind.language,
        }
    }
}

fn bare(word: &str) -> &str {
    word.strip_suffix('.').unwrap_or(word)
}
