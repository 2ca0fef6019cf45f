//! Decides which mentions speak of the same thing.

use crate::detect::Candidate;
use crate::document::{Entity, Mention};
use crate::text::Text;

/// The entities of an article, in the order of their first mention, and the mentions that speak of them.
#[must_use]
pub fn entities(_text: &Text, _candidates: &[Candidate]) -> (Vec<Entity>, Vec<Mention>) {
    (Vec::new(), Vec::new())
}
