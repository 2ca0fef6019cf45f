//! Which country a demonym stands for: "French" for France.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use crate::error::Result;

/// Demonyms and the countries they stand for.
#[derive(Clone, Debug)]
pub struct Demonyms {
    countries: BTreeMap<String, String>,
    names: BTreeSet<String>,
}

impl Demonyms {
    /// The usual name of the country ("France" for "French").
    #[must_use]
    pub fn country(&self, demonym: &str) -> Option<&str> {
        self.countries.get(demonym).map(String::as_str)
    }

    /// Whether a word stands for one person of a country ("the Italian", "the Dane"), and not for its people ("the French", "the Japanese").
    #[must_use]
    pub fn is_person(&self, word: &str) -> bool {
        let is_people = ["sh", "ch", "ese", "ss"].iter().any(|ending| word.ends_with(ending));
        !is_people && !word.contains(' ') && self.countries.contains_key(word)
    }

    /// Whether a name is the usual one of a country ("France").
    #[must_use]
    pub fn is_country(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn read(file: &File) -> Result<Self> {
        let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(file.content().as_bytes());
        let mut countries = BTreeMap::new();
        for row in table.records() {
            let row = row.map_err(|error| file.malformed(None, error.to_string()))?;
            let (2, Some(demonym), Some(country)) = (row.len(), row.get(0), row.get(1)) else {
                let reason = format!("{} columns where there should be 2", row.len());
                return Err(file.malformed(row.position().map(csv::Position::line), reason));
            };
            countries.insert(demonym.to_owned(), country.to_owned());
        }
        let names = countries.values().cloned().collect();
        Ok(Self { countries, names })
    }
}
