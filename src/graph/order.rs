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
        let by_predicate = by_subject.then_with(|| predicate(x).cmp(&predicate(y)));
        by_predicate.then_with(|| object(&x.object).cmp(&object(&y.object))).then_with(|| nested(x).cmp(&nested(y)))
    });
    quads.extend(placed.into_iter().map(|(_, quad)| quad));
    quads.dedup();
}

/// Where a subject stands among others: by its sort, then by where it stands in the text, for what is read in that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) sort: u8,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Place {
    /// Of a subject of which nothing is known but its IRI.
    pub(crate) fn of(subject: &str) -> Self {
        let (start, end) = position(subject).unwrap_or((usize::MAX, usize::MAX));
        Self { sort: LAST, start, end }
    }

    /// Takes in what is said of the subject: its types and its evidence tell its place.
    pub(crate) fn note(&mut self, predicate: NamedNodeRef<'_>, object: &Term) {
        let Term::NamedNode(object) = object else { return };
        if predicate == rdf::TYPE {
            self.sort = self.sort.min(rank(object.as_ref()));
        } else if predicate == news::EVIDENCE
            && let Some(place) = position(object.as_str())
        {
            (self.start, self.end) = (self.start, self.end).min(place);
        }
    }

    /// Whether what a predicate says can tell a place.
    pub(crate) fn depends_on(predicate: NamedNodeRef<'_>) -> bool {
        predicate == rdf::TYPE || predicate == news::EVIDENCE
    }
}

/// Each quad's place: that of its subject.
fn places(quads: &[Quad]) -> Vec<Place> {
    let mut places: HashMap<&str, Place> = HashMap::new();
    for quad in quads {
        let place = places.entry(subject(quad)).or_insert_with(|| Place::of(subject(quad)));
        place.note(quad.predicate.as_ref(), &quad.object);
    }
    quads.iter().map(|quad| places.get(subject(quad)).copied().unwrap_or(Place::of(subject(quad)))).collect()
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

fn predicate(quad: &Quad) -> (u8, &str) {
    (predicate_rank(quad.predicate.as_ref()), quad.predicate.as_str())
}

/// The place of a predicate among those that come first.
pub(crate) fn predicate_rank(predicate: NamedNodeRef<'_>) -> u8 {
    let first = FIRST.iter().position(|first| predicate == *first).unwrap_or(FIRST.len());
    u8::try_from(first).unwrap_or(u8::MAX)
}

/// Characters of the text by their numbers, all else by what it says.
pub(crate) fn object(object: &Term) -> (Option<(usize, usize)>, &str, &str, Option<&str>) {
    match object {
        Term::NamedNode(node) => (position(node.as_str()), node.as_str(), "", None),
        Term::BlankNode(node) => (None, node.as_str(), "", None),
        Term::Literal(literal) => (None, literal.value(), literal.datatype().as_str(), literal.language()),
        Term::Triple(_) => (None, "", "", None),
    }
}

/// A triple term of RDF 1.2 as text.
fn nested(quad: &Quad) -> Option<String> {
    matches!(quad.object, Term::Triple(_)).then(|| quad.object.to_string())
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
