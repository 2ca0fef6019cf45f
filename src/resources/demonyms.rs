//! Which country a demonym stands for: "French" for France.

use std::collections::BTreeMap;

use super::File;
use crate::error::Result;

/// Demonyms and the countries they stand for.
#[derive(Clone, Debug)]
pub struct Demonyms(BTreeMap<String, String>);

impl Demonyms {
    /// The usual name of the country ("France" for "French").
    #[must_use]
    pub fn country(&self, demonym: &str) -> Option<&str> {
        self.0.get(demonym).map(String::as_str)
    }

    /// Whether this is the usual name of a country that some demonym stands for.
    #[must_use]
    pub fn is_country(&self, name: &str) -> bool {
        self.0.values().any(|country| country == name)
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
        Ok(Self(countries))
    }
}
