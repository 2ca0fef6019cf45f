//! Writes who is given as the source of what: quotations, word for word or not.

use oxigraph::model::NamedNode;

use super::entities::Entities;
use super::{Graph, provenance};
use crate::document::{Attribution, AttributionId, Document, EntityId, Kind, Speaker, Wording, only_named};
use crate::span::Span;
use crate::vocab::{news, prov, rdf, rdfs, schema};

/// The attributions of a document as they are written.
pub(super) struct Attributions(Vec<Attributed>);

/// An attribution as it is written.
pub(super) struct Attributed {
    /// The quotation.
    pub(super) node: NamedNode,
    /// Who is given as the source, where the article says so.
    source: Option<NamedNode>,
    /// The attributions in whose content it lies, the nearest first.
    outer: Vec<AttributionId>,
    content: Span,
}

impl Attributed {
    /// The source; where the article gives none, one of which nothing is known but what it said.
    pub(super) fn source(&self, graph: &mut Graph<'_>) -> NamedNode {
        self.source.clone().unwrap_or_else(|| write_unnamed(graph, self.content))
    }
}

impl Attributions {
    /// An attribution by its place in the document.
    pub(super) fn get(&self, id: AttributionId) -> Option<&Attributed> {
        self.0.get(id)
    }

    /// The sources through whom an attribution comes, the nearest first: in "the Times says officials said …" the Times.
    pub(super) fn via(&self, graph: &mut Graph<'_>, attributed: &Attributed) -> Vec<NamedNode> {
        attributed.outer.iter().filter_map(|&id| Some(self.get(id)?.source(graph))).collect()
    }
}

/// Writes every attribution as a quotation.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities) -> Attributions {
    let all = &document.attributions;
    let attributed = all.iter().enumerate().map(|(id, attribution)| Attributed {
        node: mint(graph, attribution),
        source: attribution.source.map(|source| write_source(graph, document, (source, attribution.behalf), entities)),
        outer: outer(all, id).collect(),
        content: first(attribution),
    });
    let attributed = Attributions(attributed.collect());
    for (attribution, written) in all.iter().zip(&attributed.0) {
        write_quotation(graph, document, attribution, &written.node);
        if let Some(source) = &written.source {
            graph.add(&written.node, schema::CREATOR, source.clone());
        }
        if let Some(outer) = written.outer.first().and_then(|&id| attributed.get(id)) {
            graph.add(&written.node, news::WITHIN, outer.node.clone());
        }
    }
    attributed
}

/// The attributions in whose content one lies, the nearest first.
fn outer(all: &[Attribution], id: AttributionId) -> impl Iterator<Item = AttributionId> + '_ {
    // No chain is longer than all of them: one that ran in a circle would end too.
    std::iter::successors(Some(id), |&id| all.get(id)?.within.filter(|&outer| outer < all.len()))
        .skip(1)
        .take(all.len())
}

fn mint(graph: &Graph<'_>, attribution: &Attribution) -> NamedNode {
    let first = first(attribution);
    let cue = attribution.cue.map_or(String::new(), |cue| cue.start.to_string());
    graph.mint.quote(first, &format!("{cue}{}", graph.words.of(first)))
}

/// Where what is attributed begins.
fn first(attribution: &Attribution) -> Span {
    attribution.content.first().copied().unwrap_or(Span::new(0, 0))
}

fn write_quotation(graph: &mut Graph<'_>, document: &Document, attribution: &Attribution, node: &NamedNode) {
    let words = graph.words;
    let wording = match attribution.wording {
        Wording::Direct => news::DIRECT,
        Wording::Indirect => news::INDIRECT,
        Wording::Mixed => news::MIXED,
    };
    let content = spoken(document, attribution);
    let text = content.iter().map(|span| words.of(*span)).collect::<Vec<_>>().join(" ");
    graph.add(node, rdf::TYPE, schema::QUOTATION);
    graph.add(node, schema::TEXT, words.prose(&text));
    graph.add(node, schema::IS_PART_OF, graph.mint.article().clone());
    graph.add(node, news::WORDING, wording);
    if attribution.wording == Wording::Mixed {
        for quote in attribution.quotes.iter().filter_map(|&id| document.quotes.get(id)) {
            graph.add(node, news::OWN_WORDS, words.prose(words.of(quote.span)));
        }
    }
    if let Some(cue) = attribution.cue {
        graph.add(node, news::CUE, words.prose(words.of(cue)));
    }
    let rule = provenance::Finding {
        evidence: content.first().copied().unwrap_or(first(attribution)),
        rule: &attribution.rule,
        confidence: attribution.confidence,
    };
    provenance::write_finding(graph, node, &rule);
    for span in content.iter().skip(1) {
        provenance::write_evidence(graph, node, *span);
    }
}

/// The words that are attributed: of a direct quotation those between the marks.
fn spoken(document: &Document, attribution: &Attribution) -> Vec<Span> {
    let quotes: Vec<Span> = attribution.quotes.iter().filter_map(|&id| Some(document.quotes.get(id)?.span)).collect();
    let is_direct = attribution.wording == Wording::Direct && !quotes.is_empty();
    if is_direct { quotes } else { attribution.content.clone() }
}

/// The source's entity, or a source known only by the words that stand for it, with whom it speaks for.
fn write_source(
    graph: &mut Graph<'_>,
    document: &Document,
    (source, behalf): (Speaker, Option<EntityId>),
    entities: &Entities,
) -> NamedNode {
    if let Some(node) = source.entity.and_then(|entity| entities.node(entity)) {
        return node.clone();
    }
    let node = write_unnamed(graph, source.span);
    graph.add(&node, rdfs::LABEL, graph.words.prose(graph.words.of(source.span)));
    if let Some(voiced) = behalf.and_then(|id| entities.node(id)) {
        graph.add(&node, prov::ACTED_ON_BEHALF_OF, voiced.clone());
    }
    if let Some(organization) = affiliation(document, source.span).and_then(|id| entities.node(id)) {
        graph.add(&node, schema::AFFILIATION, organization.clone());
    }
    node
}

fn write_unnamed(graph: &mut Graph<'_>, span: Span) -> NamedNode {
    let source = graph.mint.source(span, graph.words.of(span));
    graph.add(&source, rdf::TYPE, news::UNNAMED_SOURCE);
    provenance::write_evidence(graph, &source, span);
    source
}

/// The organisation to which an unnamed source belongs: the only one that its words name ("two officials at the bank").
fn affiliation(document: &Document, source: Span) -> Option<EntityId> {
    let is_one = |id: EntityId| document.entities.get(id).is_some_and(|it| it.kind == Kind::Organization);
    only_named(&document.mentions, source, is_one)
}
