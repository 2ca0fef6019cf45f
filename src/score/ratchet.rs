//! Figures that must not get worse, and that are written down when they get better.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;

use super::figure::Figure;
use crate::error::{Error, Result};

/// The figures of a file, by set and name, in per cent with one decimal ("68.8").
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Ratchet {
    #[serde(flatten)]
    sets: BTreeMap<String, BTreeMap<String, f64>>,
}

/// A figure that is not what the file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The set and the figure.
    pub name: String,
    /// What the file says; none for a figure that it does not have.
    pub recorded: Option<f64>,
    /// What was measured; none for a figure that was not.
    pub measured: Option<f64>,
}

impl Change {
    /// Whether the figure got worse, or was not measured any more.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.measured.is_none_or(|measured| self.recorded.is_some_and(|recorded| measured < recorded))
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.recorded, self.measured) {
            (Some(recorded), Some(measured)) => {
                let way = if self.is_worse() { "worse" } else { "better, which is to be recorded" };
                write!(f, "{}: {measured:.1} was {recorded:.1}: {way}", self.name)
            }
            (None, Some(measured)) => write!(f, "{}: {measured:.1} is not recorded", self.name),
            (recorded, None) => write!(f, "{}: was {:.1} and is not measured", self.name, recorded.unwrap_or_default()),
        }
    }
}

impl Ratchet {
    /// Reads a file of figures; one that does not exist holds none.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Malformed`] when it is not TOML of tables of numbers.
    pub fn open(path: &Path) -> Result<Self> {
        let content = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            content => content.map_err(Error::io(path))?,
        };
        toml::from_str(&content).map_err(|error| {
            let line = error.span().map(|span| content[..span.start].matches('\n').count() as u64 + 1);
            Error::Malformed { path: path.to_owned(), line, reason: error.message().to_owned() }
        })
    }

    /// Puts the figures of a set in place of those that are there.
    pub fn record(&mut self, set: &str, figures: &[Figure]) {
        self.sets.insert(set.to_owned(), figures.iter().map(|figure| (name(figure), value(figure))).collect());
    }

    /// Puts all sets of another file in place of those that are there.
    pub fn extend(&mut self, other: Self) {
        self.sets.extend(other.sets);
    }

    /// The figures that are not as this file has them, for the sets that were `measured`.
    #[must_use]
    pub fn changes(&self, measured: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (set, figures) in &measured.sets {
            let recorded = self.sets.get(set);
            let known = recorded.into_iter().flat_map(BTreeMap::keys);
            let names: std::collections::BTreeSet<&String> = known.chain(figures.keys()).collect();
            for name in names {
                let (was, is) = (recorded.and_then(|figures| figures.get(name)).copied(), figures.get(name).copied());
                if was != is {
                    changes.push(Change { name: format!("{set}: {name}"), recorded: was, measured: is });
                }
            }
        }
        changes
    }

    /// The file, with what its figures are.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut toml = String::from(
            "# F1 times 100. A figure that gets worse fails; one that gets better is to be recorded here.\n",
        );
        for (set, figures) in &self.sets {
            let _ = write!(toml, "\n[\"{set}\"]\n");
            for (name, value) in figures {
                let _ = writeln!(toml, "\"{name}\" = {value:.1}");
            }
        }
        toml
    }
}

fn name(figure: &Figure) -> String {
    format!("{} {}", figure.task, figure.name)
}

/// F1 times 100, to one decimal.
fn value(figure: &Figure) -> f64 {
    let [.., f1] = figure.of_all();
    (f1 * 1000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Tally;

    fn ratchet(right: usize) -> Ratchet {
        let mut ratchet = Ratchet::default();
        ratchet.record("news", &[Figure::of("names", "all", vec![Tally::of_counts(right, 3, 3)])]);
        ratchet
    }

    #[test]
    fn both_ways_are_changes_and_one_is_worse() {
        let said = |recorded: &Ratchet, measured: &Ratchet| {
            recorded.changes(measured).iter().map(|change| (change.is_worse(), change.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(said(&ratchet(2), &ratchet(1)), [(true, "news: names all: 33.3 was 66.7: worse".to_owned())]);
        assert_eq!(
            said(&ratchet(1), &ratchet(2)),
            [(false, "news: names all: 66.7 was 33.3: better, which is to be recorded".to_owned())]
        );
        assert_eq!(
            said(&Ratchet::default(), &ratchet(2)),
            [(false, "news: names all: 66.7 is not recorded".to_owned())]
        );
        assert_eq!(said(&ratchet(2), &ratchet(2)), []);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), ratchet(2).to_toml()).unwrap();
        assert_eq!(Ratchet::open(file.path()).unwrap(), ratchet(2));
    }
}
