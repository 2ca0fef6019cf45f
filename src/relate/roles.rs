//! Posts stated by a title before or after a name.

use crate::document::{Entity, Mention, Quote, Role};
use crate::resources::Resources;
use crate::text::Text;

/// The roles that a text states, in order.
#[must_use]
pub fn roles(
    _text: &Text,
    _entities: &[Entity],
    _mentions: &[Mention],
    _quotes: &[Quote],
    _resources: &Resources,
) -> Vec<Role> {
    Vec::new()
}
