//! What tells namesakes apart, and what does not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::File;
use crate::error::Result;
use crate::graph::mint::slug;

/// The words of `namesakes.toml`.
#[derive(Clone, Debug)]
pub struct Namesakes {
    /// Slug of a short form to those of the names it may stand for.
    formal: BTreeMap<String, BTreeSet<String>>,
    given_names: BTreeSet<String>,
    surnames: BTreeSet<String>,
    institutions: BTreeSet<String>,
    near_fields: BTreeMap<String, BTreeSet<String>>,
    /// Another name of a country to its usual one.
    usual: BTreeMap<String, String>,
    /// What a place lies in.
    within: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    short_forms: Vec<Vec<String>>,
    common_given_names: BTreeSet<String>,
    common_surnames: BTreeSet<String>,
    institutions: BTreeSet<String>,
    near_fields: Vec<[String; 2]>,
    also_called: BTreeMap<String, Vec<String>>,
    within: BTreeMap<String, Vec<String>>,
}

impl Namesakes {
    pub(super) fn read(file: &File) -> Result<Self> {
        let layout: Layout = file.toml()?;
        let mut formal: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for forms in &layout.short_forms {
            let [full, short @ ..] = forms.as_slice() else { continue };
            for short in short {
                formal.entry(slug(short)).or_default().insert(slug(full));
            }
        }
        let mut near_fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for [one, other] in layout.near_fields {
            near_fields.entry(one.clone()).or_default().insert(other.clone());
            near_fields.entry(other).or_default().insert(one);
        }
        let slugs = |names: BTreeSet<String>| names.iter().map(|name| slug(name)).collect();
        let inverted = |table: BTreeMap<String, Vec<String>>| {
            let pairs = table.into_iter().flat_map(|(one, many)| many.into_iter().map(move |each| (each, one.clone())));
            pairs.collect::<BTreeMap<String, String>>()
        };
        Ok(Self {
            formal,
            given_names: slugs(layout.common_given_names),
            surnames: slugs(layout.common_surnames),
            institutions: layout.institutions,
            near_fields,
            usual: inverted(layout.also_called),
            within: inverted(layout.within),
        })
    }

    /// The names that a given name may be short for, as slugs: "william" for "Bill".
    pub fn formal(&self, given: &str) -> impl Iterator<Item = &str> {
        self.formal.get(&slug(given)).into_iter().flatten().map(String::as_str)
    }

    /// Whether very many bear a given name, given as a slug.
    #[must_use]
    pub fn is_common_given_name(&self, slug: &str) -> bool {
        self.given_names.contains(slug)
    }

    /// Whether very many bear a surname, given as a slug.
    #[must_use]
    pub fn is_common_surname(&self, slug: &str) -> bool {
        self.surnames.contains(slug)
    }

    /// Whether many countries have an organisation of such a name: "Supreme Court".
    #[must_use]
    pub fn is_institution(&self, name: &str) -> bool {
        let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase) && *word != "The");
        let mut words = words.peekable();
        words.peek().is_some() && words.all(|word| self.institutions.contains(word))
    }

    /// The fields in which somebody with a post in this one may have posts too.
    pub fn near_fields(&self, field: &str) -> impl Iterator<Item = &str> {
        self.near_fields.get(field).into_iter().flatten().map(String::as_str)
    }

    /// The usual name of a country: "United Kingdom" for "UK". Any other name is its own.
    #[must_use]
    pub fn usual<'a>(&'a self, place: &'a str) -> &'a str {
        self.usual.get(place).map_or(place, String::as_str)
    }

    /// What a place lies in, where that is known: the United States for Alabama.
    #[must_use]
    pub fn within(&self, place: &str) -> Option<&str> {
        self.within.get(place).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use crate::resources::Resources;

    #[test]
    fn names_and_institutions_are_known() {
        let namesakes = Resources::built_in().unwrap().namesakes;
        assert_eq!(namesakes.formal("Bill").collect::<Vec<_>>(), ["william"]);
        assert_eq!(namesakes.formal("Ted").collect::<Vec<_>>(), ["edward", "theodore"]);
        assert!(namesakes.is_institution("Supreme Court") && namesakes.is_institution("Ministry of Health"));
        assert!(!namesakes.is_institution("Bank of England") && !namesakes.is_institution("of"));
        assert_eq!(namesakes.within("Alabama"), Some("United States"));
    }
}
