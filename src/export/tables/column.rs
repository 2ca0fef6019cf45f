//! A column of a table.

use std::fmt;

/// A column: its name, what sort of values it has, and what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
    pub(super) meaning: &'static str,
}

/// What sort of values a column has, beside empty ones. In rows all of them are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// A year, a month, a day or a moment, as RDF writes them.
    Date,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
        })
    }
}

impl Column {
    pub(super) const fn text(name: &'static str, meaning: &'static str) -> Self {
        Self { name, sort: Sort::Text, meaning }
    }

    pub(super) const fn integer(name: &'static str, meaning: &'static str) -> Self {
        Self { name, sort: Sort::Integer, meaning }
    }

    pub(super) const fn number(name: &'static str, meaning: &'static str) -> Self {
        Self { name, sort: Sort::Number, meaning }
    }

    pub(super) const fn date(name: &'static str, meaning: &'static str) -> Self {
        Self { name, sort: Sort::Date, meaning }
    }
}
