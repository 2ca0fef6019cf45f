//! What one article says of each thing it names, as far as that tells it from its namesakes.

use serde::{Deserialize, Serialize};

use crate::copies::Sketch;

/// What one article says of the things it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profiles {
    /// When it was published, as an ISO 8601 date of any precision; empty where that is not known.
    pub published: String,
    /// The countries that it is mostly about.
    pub countries: Vec<String>,
    /// The things it names, each local IRI once.
    pub entities: Vec<Profile>,
    /// What tells copies of its text. A base keeps it by itself, since opening one needs nothing else of the profiles.
    #[serde(skip)]
    pub sketch: Sketch,
}

/// What one article says of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The IRI that the article's quads give it: base, sort and slug of the name.
    pub iri: String,
    /// Things of two families are never one.
    pub family: Family,
    /// Its best name in this article.
    pub name: String,
    /// Its other names there.
    pub other_names: Vec<String>,
    /// The names that make it a candidate for being one with another: that of its best name first. Of a person the
    /// surname; of others the name without legal form, in small ASCII letters.
    pub keys: Vec<String>,
    /// Of a person's given name, the names it may be short for ("william" for Bill).
    pub formal: Vec<String>,
    /// How many bear such a name, as far as can be told without any article.
    pub commonness: Commonness,
    /// The gender, where the words tell it.
    pub gender: Option<Gender>,
    /// The posts that it holds or held.
    pub posts: Vec<Post>,
    /// The fields in which its posts lie ("courts").
    pub fields: Vec<String>,
    /// Further fields in which the same person may well have posts.
    pub near_fields: Vec<String>,
    /// The countries it belongs to.
    pub countries: Vec<String>,
    /// What a place is said to lie in, from the place outwards: "Birmingham, Alabama" in Alabama, in the United States.
    pub within: Vec<String>,
    /// Whether the name is one that many countries have one of ("Supreme Court").
    pub shared: bool,
    /// The Wikidata item it was linked to.
    pub item: Option<String>,
    /// How often it is named.
    pub mentions: u32,
    /// Where it is first named; none where it is not named itself.
    pub evidence: Option<Evidence>,
}

/// What sort of thing can be one with what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Family {
    /// A human being.
    Person,
    /// A company, institution or team.
    Organization,
    /// A country, city, river or mountain.
    Place,
    /// Anything else: one when sort and name are.
    #[default]
    Other,
}

impl Family {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Other => "thing",
        }
    }
}

/// How many bear a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Commonness {
    /// Hardly two people in the news.
    #[default]
    Rare,
    /// The given name or the surname is a common one.
    Usual,
    /// Both are.
    Common,
}

/// A person's gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// "he", "Mr".
    Male,
    /// "she", "Mrs".
    Female,
}

/// A post that a person holds or held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The words of the title in small letters.
    pub title: String,
    /// The key of the organisation or country where it is held.
    pub organization: Option<String>,
    /// The words that say so.
    pub evidence: Evidence,
}

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where they begin, in Unicode code points of the clean text.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// The words.
    pub words: String,
}
