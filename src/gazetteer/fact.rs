//! What a gazetteer knows of a thing.

use crate::class::Class;
use crate::document::Kind;

/// A thing that is known under one or more names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fact {
    /// Its IRI, `http://www.wikidata.org/entity/Q…` for a thing that Wikidata has.
    pub iri: String,
    /// Its usual name in English.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What sort of thing it is; none where that is not known, and then it may be of any kind.
    pub kind: Option<Kind>,
    /// What sort of thing it is more closely.
    pub class: Option<Class>,
    /// The country it belongs to: its name, or its identifier in Wikidata ("Q30").
    pub country: Option<String>,
    /// A few words that tell it from its namesakes: "President of France", "city in Texas".
    pub description: Option<String>,
    /// The year from which on it held its office, or existed.
    pub from: Option<i16>,
    /// The year in which that ended.
    pub to: Option<i16>,
    /// How often it is meant among all the things of its names, from 0 to 255 on a scale that is logarithmic: a village is
    /// at 40, New York at 200.
    pub prior: u8,
}

impl Fact {
    /// A thing of which nothing is known but identifier and name.
    #[must_use]
    pub fn new(iri: impl Into<String>, name: impl Into<String>) -> Self {
        Self { iri: iri.into(), name: name.into(), ..Self::default() }
    }

    /// Its identifier in Wikidata, where that is where it is from.
    #[must_use]
    pub fn qid(&self) -> Option<&str> {
        self.iri.strip_prefix(WIKIDATA)
    }
}

/// What Wikidata's IRIs begin with.
pub(super) const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// The number of a Wikidata item, "Q30" or its IRI; none where it is written in any other way.
pub(super) fn item_number(identifier: &str) -> Option<u64> {
    let digits = identifier.strip_prefix(WIKIDATA).unwrap_or(identifier).strip_prefix('Q')?;
    let plain = !digits.starts_with('0') && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// The prior of a thing that is named `times` often: in that many articles, by that many Wikipedias, by its inhabitants.
#[must_use]
pub fn prior(times: f64) -> u8 {
    // A value of 10 for each doubling: 2 to the 25th is 33 million.
    (times.max(1.0).log2() * 10.0).clamp(0.0, 255.0) as u8
}
