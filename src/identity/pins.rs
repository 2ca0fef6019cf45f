//! What the user has settled: these two are one, those two are not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::profile::Profile;

/// Settled pairs, without contradiction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins(BTreeSet<Pin>);

/// A settled pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pin {
    relation: Relation,
    /// The lesser of the two, so that a pair is one pin whichever way round it is given.
    one: Anchor,
    other: Anchor,
}

/// What is settled of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They are one.
    Same,
    /// They are two.
    Different,
}

/// A thing as the articles name it, which stays what it is when articles are read again or others are added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// A name, the end of an IRI (`person/jane-roe`) or a whole IRI, as an article alone gives it.
    pub entity: String,
    /// The IRI of the article; none for every article that names it so.
    pub article: Option<String>,
}

/// Why a pin is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Two pins say opposite things.
    #[error("{different} contradicts what is pinned as the same: {}", list(same))]
    Contradiction {
        /// The pair that is said to be two.
        different: Box<Pin>,
        /// The pairs that make them one.
        same: Vec<Pin>,
    },
    /// A line of CSV that is no pin.
    #[error("line {line}: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

fn list(pins: &[Pin]) -> String {
    pins.iter().map(Pin::to_string).collect::<Vec<_>>().join("; ")
}

const HEADER: [&str; 5] = ["relation", "entity", "article", "other", "other_article"];

impl Pins {
    /// The pins in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Pin> {
        self.0.iter()
    }

    /// Whether nothing is settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pins with those of `other` besides.
    ///
    /// # Errors
    /// When they contradict each other.
    pub fn with(&self, other: impl IntoIterator<Item = Pin>) -> Result<Self, PinError> {
        let pins = Self(self.0.iter().cloned().chain(other).collect());
        match pins.contradiction() {
            None => Ok(pins),
            Some(error) => Err(error),
        }
    }

    /// Reads CSV with the columns of [`to_csv`](Self::to_csv), in any order; a column of articles may be missing.
    ///
    /// # Errors
    /// When a line is no pin, or the pins contradict each other.
    pub fn from_csv(text: &str) -> Result<Self, PinError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let failed = |line: u64, reason: String| PinError::Line { line, reason };
        let header = reader.headers().map_err(|error| failed(1, error.to_string()))?.clone();
        let column = |name: &str| header.iter().position(|given| given.eq_ignore_ascii_case(name));
        if let Some(missing) = ["relation", "entity", "other"].into_iter().find(|name| column(name).is_none()) {
            let reason = format!("there is no column {missing:?}: the columns are {}", HEADER.join(", "));
            return Err(failed(1, reason));
        }
        let mut pins = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| failed(line_of(error.position()), error.to_string()))?;
            let cell = |name: &str| column(name).and_then(|at| row.get(at)).unwrap_or("");
            let anchor = |entity: &str, article: &str| {
                let article = Some(cell(article).to_owned()).filter(|article| !article.is_empty());
                Anchor { entity: cell(entity).to_owned(), article }
            };
            let relation = match cell("relation") {
                "same" => Relation::Same,
                "different" => Relation::Different,
                other => {
                    let reason = format!("the relation is {other:?}, and may be \"same\" or \"different\"");
                    return Err(failed(line_of(row.position()), reason));
                }
            };
            let pin = Pin::new(relation, anchor("entity", "article"), anchor("other", "other_article"));
            if pin.one.entity.is_empty() || pin.one == pin.other {
                return Err(failed(line_of(row.position()), "it does not name two things".to_owned()));
            }
            pins.push(pin);
        }
        Self::default().with(pins)
    }

    /// The pins as CSV, sorted: `relation,entity,article,other,other_article`.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let rows = self.0.iter().map(|pin| {
            let article = |anchor: &Anchor| anchor.article.clone().unwrap_or_default();
            let relation = pin.relation.to_string();
            [relation, pin.one.entity.clone(), article(&pin.one), pin.other.entity.clone(), article(&pin.other)]
        });
        for row in std::iter::once(HEADER.map(str::to_owned)).chain(rows) {
            writer.write_record(row).expect("rows of one length go into memory");
        }
        let bytes = writer.into_inner().expect("memory takes all");
        String::from_utf8(bytes).expect("only text was written")
    }

    /// The first pair that is said to be two and follows to be one.
    fn contradiction(&self) -> Option<PinError> {
        let same: Vec<&Pin> = self.0.iter().filter(|pin| pin.relation == Relation::Same).collect();
        let different = self.0.iter().filter(|pin| pin.relation == Relation::Different);
        different.into_iter().find_map(|pin| {
            let path = path(&same, &pin.one, &pin.other)?;
            Some(PinError::Contradiction {
                different: Box::new(pin.clone()),
                same: path.into_iter().cloned().collect(),
            })
        })
    }
}

/// The pins that lead from one anchor to another.
fn path<'a>(same: &[&'a Pin], from: &Anchor, to: &Anchor) -> Option<Vec<&'a Pin>> {
    let mut reached: BTreeMap<&Anchor, Vec<&Pin>> = BTreeMap::from([(from, Vec::new())]);
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        let so_far = reached[at].clone();
        if at.meets(to) {
            return Some(so_far);
        }
        for pin in same {
            for (near, far) in [(&pin.one, &pin.other), (&pin.other, &pin.one)] {
                if near.meets(at) && !reached.contains_key(far) {
                    reached.insert(far, so_far.iter().copied().chain([*pin]).collect());
                    waiting.push(far);
                }
            }
        }
    }
    None
}

fn line_of(position: Option<&csv::Position>) -> u64 {
    position.map_or(1, csv::Position::line)
}

impl Pin {
    /// A settled pair.
    #[must_use]
    pub fn new(relation: Relation, one: Anchor, other: Anchor) -> Self {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        Self { relation, one, other }
    }

    /// What is settled.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The pair.
    #[must_use]
    pub fn anchors(&self) -> [&Anchor; 2] {
        [&self.one, &self.other]
    }
}

impl Anchor {
    /// Whether it means what this profile of this article describes.
    #[must_use]
    pub fn is_of(&self, article: &str, profile: &Profile) -> bool {
        self.article.as_deref().is_none_or(|own| own == article) && names(profile).any(|name| name == self.entity)
    }

    /// Whether the two may mean one thing of one article.
    fn meets(&self, other: &Self) -> bool {
        let articles = [&self.article, &other.article];
        self.entity == other.entity && (articles[0] == articles[1] || articles.contains(&&None))
    }
}

/// What an anchor may call a profile: its local IRI, sort and slug, and names.
pub(super) fn names(profile: &Profile) -> impl Iterator<Item = &str> {
    let mut slashes = profile.iri.rmatch_indices(['/', '#']).map(|(at, _)| at);
    let path = slashes.nth(1).map(|at| &profile.iri[at + 1..]);
    let names = profile.other_names.iter().map(String::as_str);
    [profile.iri.as_str(), profile.name.as_str()].into_iter().chain(path).chain(names)
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "same",
            Self::Different => "different",
        })
    }
}

impl fmt::Display for Anchor {
    /// As the command line takes it: the thing, and after an @ the article.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.article {
            Some(article) => write!(f, "{}@{article}", self.entity),
            None => f.write_str(&self.entity),
        }
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.relation, self.one, self.other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_read_as_it_was_written() {
        let csv = "relation,entity,article,other,other_article\n\
                   same,Bob Roe,,Robert Roe,\n\
                   different,person/jane-roe,https://a.example/1,person/jane-roe,https://a.example/2\n";
        let pins = Pins::from_csv(csv).unwrap();
        assert_eq!(pins.to_csv(), csv);
        assert_eq!(Pins::from_csv("other,relation,entity\nBob Roe,same,Robert Roe\n").unwrap().iter().count(), 1);
    }

    #[test]
    fn errors_say_where_and_what() {
        let message = |csv: &str| Pins::from_csv(csv).unwrap_err().to_string();
        assert_eq!(
            message("relation,entity\nsame,a\n"),
            "line 1: there is no column \"other\": the columns are relation, entity, article, other, other_article"
        );
        assert_eq!(
            message("relation,entity,other\nsame,a,b\nmerge,a,c\n"),
            "line 3: the relation is \"merge\", and may be \"same\" or \"different\""
        );
        assert_eq!(message("relation,entity,other\nsame,a,a\n"), "line 2: it does not name two things");
    }

    #[test]
    fn contradictions_are_refused_with_the_pins_that_make_them() {
        let message = |csv: &str| Pins::from_csv(csv).unwrap_err().to_string();
        assert_eq!(
            message("relation,entity,other\nsame,a,b\nsame,b,c\ndifferent,c,a\n"),
            "different a c contradicts what is pinned as the same: same a b; same b c"
        );
        let one_article = "relation,entity,article,other,other_article\nsame,a,,b,\ndifferent,a,x,b,y\n";
        assert_eq!(message(one_article), "different a@x b@y contradicts what is pinned as the same: same a b");
        Pins::from_csv("relation,entity,article,other,other_article\nsame,a,x,b,x\ndifferent,a,y,b,y\n").unwrap();
    }
}
