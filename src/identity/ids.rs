//! Numbers for strings, so that comparing many is cheap.

use std::collections::HashMap;

/// A string's number.
pub type Id = u32;

/// Strings by number.
#[derive(Debug, Default)]
pub struct Ids<'a> {
    numbers: HashMap<&'a str, Id>,
    strings: Vec<&'a str>,
}

impl<'a> Ids<'a> {
    /// The number of a string, which is new or known.
    pub(super) fn add(&mut self, string: &'a str) -> Id {
        let next = self.strings.len();
        *self.numbers.entry(string).or_insert_with(|| {
            self.strings.push(string);
            Id::try_from(next).unwrap_or(Id::MAX)
        })
    }

    /// The number of a string that was added.
    pub(super) fn find(&self, string: &str) -> Option<Id> {
        self.numbers.get(string).copied()
    }

    /// The string of a number.
    #[must_use]
    pub fn string(&self, id: Id) -> &'a str {
        self.strings.get(id as usize).copied().unwrap_or("")
    }

    pub(super) fn len(&self) -> usize {
        self.strings.len()
    }
}
