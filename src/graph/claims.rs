//! Writes claims: what an article does not vouch for itself, with who does, and how firmly.
//!
//! Roles, facts and events all come here with what is not asserted. A claim is written without its proposition standing
//! by itself: no plain triple, no event of its own.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::Graph;
use super::attributions::Attributions;
use super::provenance::{self, Finding};
use crate::agreement;
use crate::standing::{Certainty, Mode, Polarity, Standing};
use crate::vocab::{news, rdf, schema};

/// A proposition that is not asserted, and how it stands.
pub(super) struct Claim<'a> {
    /// The triple that is not written by itself. That something happened is `event rdf:type sem:Event`.
    pub(super) triple: (&'a NamedNode, &'a NamedNode, &'a Term),
    /// What else belongs to it and is written at the claim: when it is said to hold, how much.
    pub(super) qualifiers: &'a [(NamedNodeRef<'static>, Term)],
    pub(super) standing: Standing,
    pub(super) finding: Finding<'a>,
}

/// Writes a claim and gives its node. Its source is that of the attribution in which it stands, or else the article.
pub(super) fn write(graph: &mut Graph<'_>, claim: &Claim<'_>, attributions: &Attributions) -> NamedNode {
    let attributed = claim.standing.attribution.and_then(|id| attributions.get(id));
    let source = attributed.map_or_else(|| graph.mint.article().clone(), |attributed| attributed.source(graph));
    let via = attributed.map_or_else(Vec::new, |attributed| attributions.via(graph, attributed));
    let node = mint(graph, claim, &source, &via);
    graph.add(&node, rdf::TYPE, news::CLAIM);
    write_proposition(graph, &node, claim);
    graph.add(&node, news::SOURCE, source);
    write_standing(graph, &node, claim.standing);
    if let Some(attributed) = attributed {
        graph.add(&node, schema::APPEARANCE, attributed.node.clone());
    }
    for outer in via {
        graph.add(&node, news::ATTRIBUTED_VIA, outer);
    }
    provenance::write_finding(graph, &node, &claim.finding);
    node
}

/// What one source claims in the same way and under the same outer sources is one claim, wherever it says so.
fn mint(graph: &Graph<'_>, claim: &Claim<'_>, source: &NamedNode, via: &[NamedNode]) -> NamedNode {
    let (subject, predicate, object) = claim.triple;
    let mut parts = vec![subject.to_string(), predicate.to_string(), object.to_string()];
    parts.extend(claim.qualifiers.iter().flat_map(|(predicate, value)| [predicate.to_string(), value.to_string()]));
    let Standing { polarity, certainty, mode, .. } = claim.standing;
    parts.push(format!("{polarity:?} {certainty:?} {mode:?}"));
    parts.extend(via.iter().map(ToString::to_string));
    graph.mint.claim(source, &parts)
}

fn write_proposition(graph: &mut Graph<'_>, node: &NamedNode, claim: &Claim<'_>) {
    let (subject, predicate, object) = claim.triple;
    graph.add(node, rdf::SUBJECT, subject.clone());
    graph.add(node, rdf::PREDICATE, predicate.clone());
    graph.add(node, rdf::OBJECT, object.clone());
    for (predicate, value) in claim.qualifiers {
        graph.add(node, *predicate, value.clone());
    }
}

/// Polarity and certainty always, the mode where something is not told but asked, planned or supposed.
fn write_standing(graph: &mut Graph<'_>, node: &NamedNode, standing: Standing) {
    graph.add(node, news::POLARITY, polarity(standing.polarity));
    graph.add(node, news::CERTAINTY, certainty(standing.certainty));
    if let Some(mode) = mode(standing.mode) {
        graph.add(node, news::MODE, mode);
    }
}

fn polarity(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Affirmed => news::AFFIRMED,
        Polarity::Denied => news::DENIED,
    }
}

fn certainty(certainty: Certainty) -> NamedNodeRef<'static> {
    match certainty {
        Certainty::Certain => news::CERTAIN,
        Certainty::Probable => news::PROBABLE,
        Certainty::Possible => news::POSSIBLE,
    }
}

fn mode(mode: Mode) -> Option<NamedNodeRef<'static>> {
    match mode {
        Mode::Told => None,
        Mode::Asked => Some(news::ASKED),
        Mode::Planned => Some(news::PLANNED),
        Mode::Supposed => Some(news::SUPPOSED),
    }
}

/// Says which claims of the article support and which dispute one another, as far as its own names for things tell: a
/// knowledge base, which knows what the names of all articles stand for, says it of all claims.
pub(super) fn link(graph: &mut Graph<'_>) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut texts: Vec<String> = Vec::new();
    let mut number = |text: String| {
        *numbers.entry(text).or_insert_with_key(|text| {
            texts.push(text.clone());
            u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let mut rows: Vec<agreement::Row> = Vec::with_capacity(graph.quads.len());
    for quad in graph.quads.iter().filter(|quad| agreement::matters(quad.predicate.as_ref())) {
        let parts = [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string()];
        let [subject, predicate, object] = parts.map(&mut number);
        rows.push([subject, predicate, object, number(quad.graph_name.to_string())]);
    }
    let find = |iri: &str| numbers.get(&format!("<{iri}>")).copied();
    let text = |term: u32| texts[term as usize].as_str();
    let nodes = agreement::Nodes::read(rows.into_iter(), find);
    let links = agreement::links(&nodes.groups(text), text, |_, _| false);
    for link in links {
        let [from, to] = [link.from, link.to].map(|term| texts[term as usize].trim_matches(['<', '>']));
        let [from, to] = [from, to].map(NamedNode::new_unchecked);
        graph.add(&from, if link.disputes { news::DISPUTES } else { news::SUPPORTS }, to);
    }
}
