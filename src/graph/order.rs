//! The order in which quads are written: as a person would read them.

use std::collections::HashMap;

use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::vocab::{news, nif, org, prov, rdf, rdfs, schema, skos, time};

/// Sorts quads and drops repeated ones: graph by graph, the article first, then entities by name, what is said of
/// them, what is quoted in the order of the text, mentions in the order of the text, and last what made the graph.
/// Of each subject its type comes first.
pub(super) fn sort(quads: &mut Vec<Quad>) {
    let places = places(quads);
    let mut placed: Vec<(Place, Quad)> = places.into_iter().zip(quads.drain(..)).collect();
    placed.sort_unstable_by(|(a, x), (b, y)| {
        let by_subject = graph(x).cmp(graph(y)).then(a.cmp(b)).then_with(|| subject(x).cmp(subject(y)));
        by_subject.then_with(|| predicate(x).cmp(&predicate(y))).then_with(|| object(x).cmp(&object(y)))
    });
    quads.extend(placed.into_iter().map(|(_, quad)| quad));
    quads.dedup();
}

/// A subject's sort, then where it stands in the text, for what is read in that order.
type Place = (u8, usize, usize);

/// Each quad's place: that of its subject, which follows from the subject's types and evidence.
fn places(quads: &[Quad]) -> Vec<Place> {
    let mut places: HashMap<&str, Place> = HashMap::new();
    for quad in quads {
        let place = places.entry(subject(quad)).or_insert_with(|| {
            let (start, end) = position(subject(quad)).unwrap_or((usize::MAX, usize::MAX));
            (LAST, start, end)
        });
        let Term::NamedNode(object) = &quad.object else { continue };
        if quad.predicate == rdf::TYPE {
            place.0 = place.0.min(rank(object.as_ref()));
        } else if quad.predicate == news::EVIDENCE
            && let Some((start, end)) = position(object.as_str())
        {
            (place.1, place.2) = (place.1, place.2).min((start, end));
        }
    }
    quads.iter().map(|quad| places.get(subject(quad)).copied().unwrap_or((LAST, 0, 0))).collect()
}

fn graph(quad: &Quad) -> &str {
    match &quad.graph_name {
        GraphName::NamedNode(node) => node.as_str(),
        GraphName::BlankNode(node) => node.as_str(),
        GraphName::DefaultGraph => "",
    }
}

fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// The predicates that come first of a subject, in this order; the others follow by their IRI.
const FIRST: [NamedNodeRef<'static>; 6] =
    [rdf::TYPE, rdfs::LABEL, skos::ALT_LABEL, rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT];

fn predicate(quad: &Quad) -> (usize, &str) {
    let first = FIRST.iter().position(|first| quad.predicate == *first);
    (first.unwrap_or(FIRST.len()), quad.predicate.as_str())
}

/// Characters of the text by their numbers, all else by what it says.
fn object(quad: &Quad) -> (Option<(usize, usize)>, &str, &str, Option<&str>) {
    match &quad.object {
        Term::NamedNode(node) => (position(node.as_str()), node.as_str(), "", None),
        Term::BlankNode(node) => (None, node.as_str(), "", None),
        Term::Literal(literal) => (None, literal.value(), literal.datatype().as_str(), literal.language()),
    }
}

const LAST: u8 = u8::MAX;

/// The sorts of subjects in reading order; what is not listed is an entity.
const SORTS: [&[NamedNodeRef<'static>]; 8] = [
    &[schema::NEWS_ARTICLE],
    &[], // entities
    &[org::MEMBERSHIP],
    &[news::STATEMENT],
    &[schema::QUOTATION, news::UNNAMED_SOURCE, news::CLAIM],
    &[org::ROLE_CLASS, time::INTERVAL, time::INSTANT],
    &[nif::CONTEXT, nif::PHRASE, nif::STRING],
    &[prov::ACTIVITY, prov::SOFTWARE_AGENT, prov::ENTITY],
];
const ENTITY: u8 = 1;

fn rank(class: NamedNodeRef<'_>) -> u8 {
    let at = SORTS.iter().position(|sort| sort.contains(&class));
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(ENTITY)
}

/// Where a `char=43,52` fragment stands: by its first number, then the longer before what lies in it.
fn position(iri: &str) -> Option<(usize, usize)> {
    let (_, numbers) = iri.rsplit_once("char=")?;
    let (start, end) = numbers.split_once(',')?;
    Some((start.parse().ok()?, usize::MAX - end.parse::<usize>().ok()?))
}
