//! Finds where a text names something.

use crate::article::Article;
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// A stretch of text that names something, before it is known what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The words, without titles, possessive endings, leading "the" or quotation marks.
    pub span: Span,
    /// What sort of thing they name.
    pub kind: Kind,
    /// How sure the detector is, from 0 to 1.
    pub confidence: f32,
}

/// All candidates of an article in the order of the text, never overlapping.
#[must_use]
pub fn candidates(_article: &Article, _text: &Text, _resources: &Resources) -> Vec<Candidate> {
    Vec::new()
}
