//! The tables of a knowledge base's file, and the versions of its layout.
//!
//! A new table is defined here, opened in [`make`], and opened in [`Snapshot`](super::snapshot::Snapshot) where a reader
//! needs it.

use redb::{Error, ReadableTable, TableDefinition, WriteTransaction};

use super::Digest;

/// The version of the layout. It grows with every change that an older program would misread.
///
/// 2 keeps identity beside what articles say; 3 adds [`VERSIONS`], [`OWN_GRAPHS`] and [`PUSHED`].
pub(super) const FORMAT: u64 = 3;
/// The oldest version of the layout that is read, and brought up to date when it is next written to.
const OLDEST: u64 = 2;

/// The version of the layout, under [`FORMAT_KEY`].
pub(super) const ABOUT: TableDefinition<&str, u64> = TableDefinition::new("newsgraph");
const FORMAT_KEY: &str = "format";
/// How many transactions changed the file, under [`CHANGES_KEY`]: while it stays the same, so does the base.
const CHANGES_KEY: &str = "changes";

/// Article IRI to the digest of what was read and the number of its quads.
pub(super) const ARTICLES: TableDefinition<&str, (Digest, u64)> = TableDefinition::new("articles");
/// Article IRI to its sealed graph.
pub(super) const GRAPHS: TableDefinition<&str, &[u8]> = TableDefinition::new("graphs");
/// The graph of a former version to its article, when it was last changed, and the hash of its text.
pub(super) const VERSIONS: TableDefinition<&str, (&str, &str, &str)> = TableDefinition::new("versions");

/// The IRI of a graph of the user's own to the number of its quads and the graph, sealed.
pub(super) const OWN_GRAPHS: TableDefinition<&str, (u64, &[u8])> = TableDefinition::new("own graphs");

/// Another store and the name of a graph that was sent to it, to the digest of its triples and their number.
pub(super) const PUSHED: TableDefinition<(&str, &str), (Digest, u64)> = TableDefinition::new("pushed");

/// Article IRI to its sealed profiles, from which identity is worked out.
pub(super) const PROFILES: TableDefinition<&str, &[u8]> = TableDefinition::new("profiles");
/// Article IRI to the sealed sketch of its text, from which copies are told.
pub(super) const SKETCHES: TableDefinition<&str, &[u8]> = TableDefinition::new("sketches");
/// Article IRI to what identity makes of its entities, sealed: only those whose IRI or label changes.
pub(super) const RENAMINGS: TableDefinition<&str, &[u8]> = TableDefinition::new("renamings");
/// The articles that changed since identity was worked out, to what linked their former profiles to others.
pub(super) const CHANGED: TableDefinition<&str, &[u8]> = TableDefinition::new("changed");
/// Article IRI to the digest, the number of quads and the sealed graph of what it said and shapes refuse.
pub(super) const QUARANTINE: TableDefinition<&str, (Digest, u64, &[u8])> = TableDefinition::new("quarantine");
/// The user's pins, under [`PINS`], as CSV.
pub(super) const SETTINGS: TableDefinition<&str, &str> = TableDefinition::new("settings");
pub(super) const PINS: &str = "pins";

/// Makes every table that is not there, and sets the format.
pub(super) fn make(transaction: &WriteTransaction) -> Result<(), Error> {
    transaction.open_table(ARTICLES)?;
    transaction.open_table(GRAPHS)?;
    transaction.open_table(VERSIONS)?;
    transaction.open_table(OWN_GRAPHS)?;
    transaction.open_table(PUSHED)?;
    transaction.open_table(PROFILES)?;
    transaction.open_table(SKETCHES)?;
    transaction.open_table(RENAMINGS)?;
    transaction.open_table(CHANGED)?;
    transaction.open_table(QUARANTINE)?;
    transaction.open_table(SETTINGS)?;
    transaction.open_table(ABOUT)?.insert(FORMAT_KEY, FORMAT)?;
    Ok(())
}

/// How many transactions have changed the file, by its table [`ABOUT`].
pub(super) fn changes(about: &impl ReadableTable<&'static str, u64>) -> Result<u64, Error> {
    Ok(about.get(CHANGES_KEY)?.map_or(0, |changes| changes.value()))
}

/// Counts a transaction that changes the file.
pub(super) fn count_change(transaction: &WriteTransaction) -> Result<(), Error> {
    let mut about = transaction.open_table(ABOUT)?;
    let changes = changes(&about)?;
    about.insert(CHANGES_KEY, changes + 1)?;
    Ok(())
}

/// How a file's layout relates to this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// It is this program's.
    Current,
    /// It is older, and this one; [`make`] brings it up to date.
    Older(u64),
    /// It is of another version of the program that this one cannot read: which, where it says so.
    Unreadable(Option<u64>),
}

impl Layout {
    /// The layout of a file, by its table [`ABOUT`].
    pub(super) fn of(about: &impl ReadableTable<&'static str, u64>) -> Result<Self, Error> {
        Ok(match about.get(FORMAT_KEY)?.map(|format| format.value()) {
            Some(FORMAT) => Self::Current,
            Some(format @ OLDEST..FORMAT) => Self::Older(format),
            other => Self::Unreadable(other),
        })
    }

    /// Its number; this program's where it has none.
    pub(super) fn format(self) -> u64 {
        match self {
            Self::Older(format) | Self::Unreadable(Some(format)) => format,
            Self::Current | Self::Unreadable(None) => FORMAT,
        }
    }

    /// Why it cannot be read and what to do, where that is so.
    pub(super) fn refusal(self) -> Option<String> {
        let Self::Unreadable(format) = self else { return None };
        let reads = format!("this version of newsgraph reads formats {OLDEST} to {FORMAT}");
        Some(match format {
            Some(format) if format > FORMAT => {
                format!("has format {format}, and {reads}: use the newer version that wrote it")
            }
            Some(format) => format!("has format {format}, and {reads}: build the base anew from its articles"),
            None => format!("does not say its format, and {reads}: build the base anew from its articles"),
        })
    }
}
