//! Writes a document as RDF quads.

pub mod write;

use oxigraph::model::Quad;

use crate::document::Document;

/// How a document is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What minted IRIs begin with, ending in `/` or `#`.
    pub base: String,
    /// How much is written.
    pub detail: Detail,
    /// Whether the clean text itself is written (`nif:isString`).
    pub with_text: bool,
    /// The digest of the model that read the article, for its provenance.
    pub model: String,
}

/// How much is written of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// No mention nodes: evidence stays as the `#char=` IRI alone.
    Facts,
}

/// The quads of a document, sorted, each once, all in the graph named by the article's IRI.
#[must_use]
pub fn quads(_document: &Document, _options: &Options) -> Vec<Quad> {
    Vec::new()
}

/// The IRI of an article, which names its graph.
#[must_use]
pub fn article(article: &crate::article::Article, options: &Options) -> oxigraph::model::NamedNode {
    oxigraph::model::NamedNode::new_unchecked(format!("{}{}", options.base, article.text.len()))
}
