//! How a proposition stands in an article: who vouches for it, and how firmly.

use crate::document::AttributionId;

/// How what a clause or a noun says stands: "Lind did not meet the minister" is denied, "may have met" possible, and inside "the
/// bank said that …" it is the bank's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standing {
    /// Whether it is said to be so or said not to be so, as its source has it: inside "he denied that …" it is denied.
    pub polarity: Polarity,
    /// How sure it is made out to be.
    pub certainty: Certainty,
    /// Whether it is told, asked, wanted or supposed.
    pub mode: Mode,
    /// The innermost attribution in whose content it lies; none where the article speaks in its own voice.
    pub attribution: Option<AttributionId>,
}

impl Standing {
    /// Whether the article itself states it as a fact: then, and only then, it may be a plain triple.
    #[must_use]
    pub fn is_asserted(self) -> bool {
        self == Self::default()
    }
}

/// Whether something is said to be so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Denied,
}

/// How sure something is made out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Without reserve.
    #[default]
    Certain,
    /// Likely ("is expected to", "reportedly", "appears to").
    Probable,
    /// Open ("may", "could", "it was unclear whether").
    Possible,
}

/// In what mode something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// Told as having been, being or (with certainty) going to be so.
    #[default]
    Told,
    /// Asked ("whether she knew").
    Asked,
    /// Planned, promised, wanted, ordered: not yet so ("plans to", "urged him to").
    Planned,
    /// Supposed ("if the talks fail").
    Supposed,
}
