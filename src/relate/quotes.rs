//! Direct quotes and their speakers.

use crate::document::{Entity, Mention, Quote};
use crate::resources::Resources;
use crate::text::Text;

/// The direct quotes of a text, in order.
#[must_use]
pub fn quotes(_text: &Text, _entities: &[Entity], _mentions: &[Mention], _resources: &Resources) -> Vec<Quote> {
    Vec::new()
}
