//! Writes quotes and who said them.

use oxigraph::model::NamedNode;

use super::entities::Entities;
use super::{Graph, provenance};
use crate::document::{Document, Quote};
use crate::span::Span;
use crate::vocab::{news, rdf, rdfs, schema};

/// A quote as it is written, by [`QuoteId`](crate::document::QuoteId).
pub(super) struct Quoted {
    pub(super) node: NamedNode,
    /// Who said it, where the article says so.
    speaker: Option<NamedNode>,
    span: Span,
}

impl Quoted {
    /// The source of what the quote claims: its speaker, or an unnamed source where the article gives none.
    pub(super) fn source(&self, graph: &mut Graph<'_>) -> NamedNode {
        self.speaker.clone().unwrap_or_else(|| write_unnamed(graph, self.span))
    }
}

/// Writes every quote.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities) -> Vec<Quoted> {
    document.quotes.iter().map(|quote| write_quote(graph, quote, entities)).collect()
}

fn write_quote(graph: &mut Graph<'_>, quote: &Quote, entities: &Entities) -> Quoted {
    let words = graph.words;
    let text = words.of(quote.span);
    let node = graph.mint.quote(quote.span, text);
    graph.add(&node, rdf::TYPE, schema::QUOTATION);
    graph.add(&node, schema::TEXT, words.prose(text));
    graph.add(&node, schema::IS_PART_OF, graph.mint.article().clone());
    provenance::write_evidence(graph, &node, quote.span);
    if let Some(cue) = quote.cue {
        graph.add(&node, news::CUE, words.prose(words.of(cue)));
    }
    let speaker = write_speaker(graph, quote, entities);
    if let Some(speaker) = &speaker {
        graph.add(&node, schema::CREATOR, speaker.clone());
    }
    Quoted { node, speaker, span: quote.span }
}

/// The speaker's entity, or a source known only by the words that stand for it.
fn write_speaker(graph: &mut Graph<'_>, quote: &Quote, entities: &Entities) -> Option<NamedNode> {
    let speaker = quote.speaker?;
    if let Some(node) = speaker.entity.and_then(|entity| entities.node(entity)) {
        return Some(node.clone());
    }
    let source = write_unnamed(graph, speaker.span);
    graph.add(&source, rdfs::LABEL, graph.words.prose(graph.words.of(speaker.span)));
    Some(source)
}

fn write_unnamed(graph: &mut Graph<'_>, span: Span) -> NamedNode {
    let source = graph.mint.source(span, graph.words.of(span));
    graph.add(&source, rdf::TYPE, news::UNNAMED_SOURCE);
    provenance::write_evidence(graph, &source, span);
    source
}
