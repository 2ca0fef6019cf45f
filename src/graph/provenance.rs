//! Writes where something is said and what found it.

use oxigraph::model::NamedNode;

use super::{Detail, Graph, literal};
use crate::span::Span;
use crate::vocab::{news, nif, prov, rdf, schema};

/// The version of newsgraph, part of its provenance.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where something is said and what found it.
#[derive(Clone, Copy)]
pub(super) struct Finding<'a> {
    pub(super) evidence: Span,
    pub(super) rule: &'a str,
    pub(super) confidence: f32,
}

/// Says where `node` is said and what found it.
pub(super) fn write_finding(graph: &mut Graph<'_>, node: &NamedNode, finding: &Finding<'_>) {
    write_evidence(graph, node, finding.evidence);
    graph.add(node, news::RULE, literal::plain(finding.rule));
    let confidence = graph.confidences.entry(node.clone()).or_insert(finding.confidence);
    *confidence = confidence.max(finding.confidence);
    graph.add(node, prov::WAS_GENERATED_BY, run(graph));
}

/// Says of each finding how sure it is, where it is found in several places the surest.
pub(super) fn write_confidences(graph: &mut Graph<'_>) {
    for (node, confidence) in std::mem::take(&mut graph.confidences) {
        if let Some(confidence) = literal::confidence(confidence) {
            graph.add(&node, news::CONFIDENCE, confidence);
        }
    }
}

/// Says where `node` is said.
pub(super) fn write_evidence(graph: &mut Graph<'_>, node: &NamedNode, span: Span) {
    let evidence = write_span(graph, span, nif::STRING.into_owned());
    graph.add(node, news::EVIDENCE, evidence);
}

/// Describes characters of the article, unless only facts are asked for, and gives their IRI, which says enough.
pub(super) fn write_span(graph: &mut Graph<'_>, span: Span, class: NamedNode) -> NamedNode {
    let node = graph.mint.span(graph.points, span);
    if graph.options.detail == Detail::Full {
        describe(graph, &node, span, class);
        graph.add(&node, nif::ANCHOR_OF, graph.words.copy(span));
        graph.add(&node, nif::REFERENCE_CONTEXT, graph.mint.span(graph.points, whole(graph)));
    }
    node
}

/// Describes the whole text, the context of all spans.
pub(super) fn write_context(graph: &mut Graph<'_>) {
    let span = whole(graph);
    let context = graph.mint.span(graph.points, span);
    describe(graph, &context, span, nif::CONTEXT.into_owned());
    graph.add(&context, nif::SOURCE_URL, graph.mint.article().clone());
    if graph.options.with_text {
        graph.add(&context, nif::IS_STRING, graph.words.copy(span));
    }
}

fn describe(graph: &mut Graph<'_>, node: &NamedNode, span: Span, class: NamedNode) {
    let range = graph.points.range(span);
    graph.add(node, rdf::TYPE, class);
    graph.add(node, nif::BEGIN_INDEX, literal::index(range.start));
    graph.add(node, nif::END_INDEX, literal::index(range.end));
}

fn whole(graph: &Graph<'_>) -> Span {
    Span::new(0, graph.words.text().len())
}

fn run(graph: &Graph<'_>) -> NamedNode {
    graph.mint.run(VERSION, &graph.options.model)
}

/// Describes the run: one activity for all articles that this version read with this model, and no clock.
pub(super) fn write_run(graph: &mut Graph<'_>) {
    let run = run(graph);
    let software = graph.mint.software(VERSION);
    graph.add(&run, rdf::TYPE, prov::ACTIVITY);
    graph.add(&run, prov::USED, graph.mint.article().clone());
    graph.add(&run, prov::WAS_ASSOCIATED_WITH, software.clone());
    graph.add(&software, rdf::TYPE, prov::SOFTWARE_AGENT);
    graph.add(&software, schema::SOFTWARE_VERSION, literal::plain(VERSION));
    let digest = &graph.options.model;
    if !digest.is_empty() {
        let model = graph.mint.model(digest);
        graph.add(&run, prov::USED, model.clone());
        graph.add(&model, rdf::TYPE, prov::ENTITY);
        graph.add(&model, news::CONTENT_HASH, literal::plain(digest));
    }
}
