//! Writes what is known of an article as a whole.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::entities::Entities;
use super::{Graph, literal};
use crate::article::{Article, BlockKind};
use crate::document::{Document, Kind};
use crate::span::Span;
use crate::vocab::{news, prov, rdf, schema};

/// Writes the article: its metadata, the digest of its text, and what it mentions and is about.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities, digest: &str) {
    let article = graph.mint.article().clone();
    graph.add(&article, rdf::TYPE, schema::NEWS_ARTICLE);
    graph.add(&article, news::CONTENT_HASH, literal::plain(digest));
    write_metadata(graph, &article, &document.article);
    write_makers(graph, &article, &document.article);
    write_dateline(graph, &article, &document.article);
    write_subjects(graph, &article, document, entities);
}

fn write_metadata(graph: &mut Graph<'_>, node: &NamedNode, article: &Article) {
    let metadata = &article.metadata;
    let mut add = |predicate: NamedNodeRef<'_>, literal: Literal| graph.add(node, predicate, literal);
    if let Some(stamp) = metadata.published {
        add(schema::DATE_PUBLISHED, literal::stamp(stamp));
    }
    if let Some(stamp) = metadata.modified {
        add(schema::DATE_MODIFIED, literal::stamp(stamp));
    }
    if let Some(section) = &metadata.section {
        add(schema::ARTICLE_SECTION, literal::plain(&literal::one_line(section)));
    }
    for keyword in &metadata.keywords {
        add(schema::KEYWORDS, literal::plain(&literal::one_line(keyword)));
    }
    if let Some(language) = graph.words.language() {
        graph.add(node, schema::IN_LANGUAGE, literal::plain(language));
    }
    if let Some(headline) = article.headline() {
        graph.add(node, schema::HEADLINE, graph.words.prose(&literal::one_line(headline)));
    }
    if graph.mint.is_address() {
        graph.add(node, schema::URL, node.clone());
    }
}

/// The authors, of whom a byline does not say whether they are people, and the outlet, which is an organisation.
fn write_makers(graph: &mut Graph<'_>, article: &NamedNode, source: &Article) {
    for name in source.metadata.authors.iter().map(|author| literal::one_line(author)).filter(|name| !name.is_empty()) {
        let node = graph.mint.agent(&name);
        graph.add(article, schema::AUTHOR, node.clone());
        graph.add(&node, rdf::TYPE, prov::AGENT);
        graph.name(&node, literal::plain(&name));
    }
    let publisher = source.metadata.publisher.as_deref().map(literal::one_line);
    if let Some(name) = publisher.filter(|name| !name.is_empty()) {
        let node = graph.mint.entity(Kind::Organization, &name);
        graph.add(article, schema::PUBLISHER, node.clone());
        graph.add(&node, rdf::TYPE, schema::NEWS_MEDIA_ORGANIZATION);
        graph.name(&node, literal::plain(&name));
    }
}

/// The words of the dateline, and its place where the article speaks of that place too.
fn write_dateline(graph: &mut Graph<'_>, article: &NamedNode, source: &Article) {
    let Some(dateline) = source.metadata.dateline else { return };
    let block = source.blocks.iter().find(|b| b.kind == BlockKind::Dateline && b.span.contains(dateline.place));
    let words = graph.words.of(block.map_or(dateline.place, |block| block.span));
    let words = literal::one_line(words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')));
    graph.add(article, schema::DATELINE, graph.words.prose(&words));
    let place = literal::one_line(graph.words.of(dateline.place));
    let known = [Kind::Region, Kind::Place].map(|kind| graph.mint.entity(kind, &place));
    if let Some(node) = known.into_iter().find(|node| graph.is_named(node)) {
        graph.add(article, schema::LOCATION_CREATED, node);
    }
}

/// Writes what the article mentions, and what it is about: a thing named at least twice, and at least once in the
/// headline or the first paragraph.
fn write_subjects(graph: &mut Graph<'_>, article: &NamedNode, document: &Document, entities: &Entities) {
    let opening = opening(&document.article);
    let mut mentions: BTreeMap<&NamedNode, (usize, bool)> = BTreeMap::new();
    for mention in &document.mentions {
        let Some(node) = entities.node(mention.entity) else { continue };
        let (count, opens) = mentions.entry(node).or_default();
        *count += 1;
        *opens |= opening.iter().any(|span| span.contains(mention.span));
    }
    for node in entities.nodes() {
        graph.add(article, schema::MENTIONS, node.clone());
        if mentions.get(node).is_some_and(|(count, opens)| *count > 1 && *opens) {
            graph.add(article, schema::ABOUT, node.clone());
        }
    }
}

/// The headline and the first paragraph.
fn opening(article: &Article) -> Vec<Span> {
    let first = |kind| article.blocks.iter().find(move |block| block.kind == kind);
    [BlockKind::Headline, BlockKind::Paragraph].into_iter().filter_map(first).map(|block| block.span).collect()
}
