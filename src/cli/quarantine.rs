//! What a build set apart, as it tells it.

use std::collections::BTreeMap;

use indicatif::HumanCount;
use oxigraph::model::NamedNode;

use super::rows;
use crate::shacl::ValidationResult;

/// How many articles are named one by one.
const NAMED: usize = 20;

/// What does not conform, by article.
#[derive(Debug, Default)]
pub(super) struct Quarantined(BTreeMap<String, Apart>);

#[derive(Debug)]
struct Apart {
    quads: u64,
    /// The shape and the words of the first result.
    reason: String,
}

impl Quarantined {
    /// Of one article: how many quads were set apart, and why.
    pub(super) fn of(article: &NamedNode, quads: usize, reasons: &[ValidationResult]) -> Self {
        let apart = reasons.first().map(|first| {
            let reason = format!("{} ({})", first.message(), rows::show(&first.named_shape));
            (article.as_str().to_owned(), Apart { quads: quads as u64, reason })
        });
        Self(apart.into_iter().collect())
    }

    /// Adds those of an article, in place of those of an earlier version of it.
    pub(super) fn add(&mut self, article: &NamedNode, other: Self) {
        self.0.remove(article.as_str());
        self.0.extend(other.0);
    }

    /// How many quads, and of how many articles.
    pub(super) fn count(&self) -> (u64, u64) {
        (self.0.values().map(|apart| apart.quads).sum(), self.0.len() as u64)
    }

    /// A sentence an article, and one for those that would be too many to name.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        let named = self.0.iter().take(NAMED).map(|(article, apart)| {
            format!("{article}: {} quads do not conform and were set apart: {}", HumanCount(apart.quads), apart.reason)
        });
        let others = self.0.len().saturating_sub(NAMED);
        let rest = (others > 0).then(|| format!("{} more articles do not conform in part", HumanCount(others as u64)));
        named.chain(rest)
    }
}
