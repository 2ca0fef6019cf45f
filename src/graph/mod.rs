//! Writes a document as RDF quads: what an article states, what it only reports, and the characters that say so.
//!
//! `ontology/README.md` shows the model. Each file here writes one part of it; [`mint`] makes every IRI.

mod article;
mod attributions;
mod claims;
mod entities;
mod events;
mod facts;
mod key;
mod literal;
mod mentions;
pub mod merge;
pub mod mint;
mod order;
mod profiles;
mod provenance;
pub mod reify;
mod roles;
mod times;
pub mod write;

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{Literal, NamedNode, Quad, Term};

use crate::article::Article;
use crate::document::Document;
use crate::span::CodePoints;
use crate::vocab::{rdfs, skos};
use literal::Words;
use mint::{Base, Mint};

pub use profiles::profiles;

/// How a document is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What minted IRIs begin with.
    pub base: Base,
    /// How much is written.
    pub detail: Detail,
    /// Whether the clean text itself is written (`nif:isString`).
    pub with_text: bool,
    /// The digest of the model that read the article, for its provenance; empty where there is none.
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

/// The IRI of an article, which names its graph; it can be told before the article is analysed.
#[must_use]
pub fn article_iri(article: &Article, options: &Options) -> NamedNode {
    Mint::new(&options.base, article.metadata.url.as_ref(), &content_hash(article)).article().clone()
}

/// The SHA-256 of an article's clean text in hexadecimal, its `news:contentHash`.
#[must_use]
pub fn content_hash(article: &Article) -> String {
    mint::digest(&literal::clean(&article.text))
}

/// The IRI of a relation's property.
#[cfg(test)]
pub(crate) fn property(relation: crate::relation::Relation) -> &'static str {
    facts::predicate(relation).as_str()
}

/// The quads of a document, each once, in reading order, all in the graph named by the article's IRI.
///
/// They depend on nothing but the arguments and the version of this program; none holds a blank node.
#[must_use]
pub fn quads(document: &Document, options: &Options) -> Vec<Quad> {
    let text = &document.article.text;
    let hash = content_hash(&document.article);
    let graph = &mut Graph {
        mint: &Mint::new(&options.base, document.article.metadata.url.as_ref(), &hash),
        words: &Words::new(text, document.article.metadata.language.as_deref()),
        points: &CodePoints::new(text),
        options,
        quads: Vec::new(),
        labels: HashMap::new(),
        confidences: BTreeMap::new(),
    };
    let entities = entities::write(graph, document);
    article::write(graph, document, &entities, &hash);
    mentions::write(graph, document, &entities);
    let attributions = attributions::write(graph, document, &entities);
    times::write(graph, document);
    roles::write(graph, document, &entities, &attributions);
    facts::write(graph, document, &entities, &attributions);
    events::write(graph, document, &entities, &attributions);
    provenance::write_confidences(graph);
    provenance::write_run(graph);
    claims::link(graph);
    order::sort(&mut graph.quads);
    std::mem::take(&mut graph.quads)
}

/// The graph of one article while it is written, and what its parts are written with.
struct Graph<'a> {
    mint: &'a Mint<'a>,
    words: &'a Words<'a>,
    points: &'a CodePoints<'a>,
    options: &'a Options,
    quads: Vec<Quad>,
    labels: HashMap<NamedNode, Literal>,
    /// Of each finding, the highest seen: what is said in several places is found several times.
    confidences: BTreeMap<NamedNode, f32>,
}

impl Graph<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: impl Into<NamedNode>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.mint.article().clone()));
    }

    /// Names a node: its first name is its label, and others (names spelled otherwise share a node) stand beside it.
    fn name(&mut self, node: &NamedNode, name: Literal) {
        let label = self.labels.entry(node.clone()).or_insert_with(|| name.clone());
        let predicate = if *label == name { rdfs::LABEL } else { skos::ALT_LABEL };
        self.add(node, predicate, name);
    }

    fn is_named(&self, node: &NamedNode) -> bool {
        self.labels.contains_key(node)
    }
}
