//! Given names that tell a person's gender.

use std::collections::BTreeMap;

use super::File;
use super::names::Gender;
use crate::error::Result;

/// Given names and the gender of those who bear them.
#[derive(Clone, Debug)]
pub struct GivenNames(BTreeMap<String, Gender>);

impl GivenNames {
    /// The gender of nearly all who bear a given name ("Solveig").
    #[must_use]
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.0.get(name).copied()
    }

    pub(super) fn read(file: &File) -> Result<Self> {
        let lines = file.content().lines().enumerate().skip(1);
        let names = lines.map(|(at, line)| match line.split_once(',') {
            Some((name, "male")) => Ok((name.to_owned(), Gender::Male)),
            Some((name, "female")) => Ok((name.to_owned(), Gender::Female)),
            _ => Err(file.malformed(Some(at as u64 + 1), "not `name,male` or `name,female`".to_owned())),
        });
        names.collect::<Result<_>>().map(Self)
    }
}
