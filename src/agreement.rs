//! Which claims support and which dispute one another.
//!
//! Claims, statements and events of one article or of many meet in what they say: the same triple, held at the same time, or an
//! event of the same verb, agents and patients. The same said by another source supports; the opposite disputes. What is
//! asked, planned or supposed does neither.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{NamedNodeRef, Quad, Term};

use crate::vocab::{news, rdf, sem};

/// How many others one claim is linked with at most, so that what everybody says costs no more than its length.
const MOST: usize = 32;

/// A triple and its graph, each term as a number.
pub(crate) type Row = [u32; 4];

/// That a claim speaks for or against another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// The graph in which the first one stands.
    pub(crate) graph: u32,
    pub(crate) disputes: bool,
}

/// What is written of a node, as far as it matters here.
#[derive(Default)]
struct Node {
    kind: Option<Kind>,
    triple: [Option<u32>; 3],
    source: Option<u32>,
    is_denied: bool,
    has_mode: bool,
    tenure: Option<u32>,
    lemma: Option<u32>,
    agents: Vec<u32>,
    patients: Vec<u32>,
    times: Vec<u32>,
    graph: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Claim,
    Statement,
    Event,
}

/// Something that is said, to be compared with others of the same key.
struct Said<'a> {
    number: u32,
    node: &'a Node,
    /// The event that it is about, or itself.
    event: Option<&'a Node>,
    source: u32,
}

/// The links between the claims of some graphs. `find` gives the number of an IRI, `text` what orders terms.
pub(crate) fn links<'a>(
    rows: impl Iterator<Item = Row>,
    find: impl Fn(&str) -> Option<u32>,
    text: impl Fn(u32) -> &'a str,
) -> Vec<Link> {
    let nodes = nodes(rows, &find);
    let of_type = find(rdf::TYPE.as_str());
    let mut groups: BTreeMap<Vec<&str>, Vec<Said<'_>>> = BTreeMap::new();
    for (&number, node) in &nodes {
        let Some(said) = said(number, node, &nodes, of_type) else { continue };
        groups.entry(key(&said, &text)).or_default().push(said);
    }
    let mut links: Vec<Link> = Vec::new();
    for group in groups.values_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|said| text(said.number));
        for said in group.iter() {
            let others = group.iter().filter(|other| other.number != said.number);
            let related = others.filter_map(|other| link(said, other));
            let (against, mut with): (Vec<Link>, Vec<Link>) = related.partition(|link| link.disputes);
            with.truncate(MOST);
            links.extend(against.into_iter().take(MOST).chain(with));
        }
    }
    links.sort();
    links
}

/// A predicate that matters here, and what its object becomes.
type Field = (NamedNodeRef<'static>, fn(&mut Node, u32));

const FIELDS: [Field; 13] = [
    (rdf::SUBJECT, |node, object| node.triple[0] = Some(object)),
    (rdf::PREDICATE, |node, object| node.triple[1] = Some(object)),
    (rdf::OBJECT, |node, object| node.triple[2] = Some(object)),
    (news::SOURCE, |node, object| node.source = Some(object)),
    (news::MODE, |node, _| node.has_mode = true),
    (news::TENURE, |node, object| node.tenure = Some(object)),
    (news::LEMMA, |node, object| node.lemma = Some(object)),
    (news::AGENT, |node, object| node.agents.push(object)),
    (news::REPORTED_AGENT, |node, object| node.agents.push(object)),
    (news::PATIENT, |node, object| node.patients.push(object)),
    (news::REPORTED_PATIENT, |node, object| node.patients.push(object)),
    (sem::HAS_TIME_STAMP, |node, object| node.times.push(object)),
    (news::REPORTED_TIME, |node, object| node.times.push(object)),
];

/// Whether quads of a predicate tell who agrees with whom.
pub(crate) fn matters(predicate: NamedNodeRef<'_>) -> bool {
    predicate == rdf::TYPE || predicate == news::POLARITY || FIELDS.iter().any(|(field, _)| *field == predicate)
}

/// Whether a quad tells who agrees with whom; the type of an entity does not.
pub(crate) fn tells(quad: &Quad) -> bool {
    let kinds = [news::CLAIM, news::STATEMENT, sem::EVENT].map(|class| Term::from(class.into_owned()));
    matters(quad.predicate.as_ref()) && (quad.predicate != rdf::TYPE || kinds.contains(&quad.object))
}

fn nodes(rows: impl Iterator<Item = Row>, find: &impl Fn(&str) -> Option<u32>) -> HashMap<u32, Node> {
    let kinds = [(news::CLAIM, Kind::Claim), (news::STATEMENT, Kind::Statement), (sem::EVENT, Kind::Event)];
    let kinds: HashMap<u32, Kind> =
        kinds.into_iter().filter_map(|(class, kind)| Some((find(class.as_str())?, kind))).collect();
    let fields: HashMap<u32, fn(&mut Node, u32)> =
        FIELDS.into_iter().filter_map(|(predicate, set)| Some((find(predicate.as_str())?, set))).collect();
    let [of_type, polarity, denied] = [rdf::TYPE, news::POLARITY, news::DENIED].map(|term| find(term.as_str()));
    let mut nodes: HashMap<u32, Node> = HashMap::new();
    for [subject, predicate, object, graph] in rows {
        let kind = kinds.get(&object).filter(|_| Some(predicate) == of_type);
        let field = fields.get(&predicate);
        let is_denial = Some(predicate) == polarity && Some(object) == denied;
        if kind.is_none() && field.is_none() && !is_denial {
            continue;
        }
        let node = nodes.entry(subject).or_default();
        node.graph = graph;
        node.is_denied |= is_denial;
        // A claim is a statement too, where a reasoner said so.
        node.kind = kind.copied().filter(|_| node.kind != Some(Kind::Claim)).or(node.kind);
        if let Some(set) = field {
            set(node, object);
        }
    }
    nodes
}

/// What a node says; none of what only asks, plans or supposes.
fn said<'a>(number: u32, node: &'a Node, nodes: &'a HashMap<u32, Node>, of_type: Option<u32>) -> Option<Said<'a>> {
    let kind = node.kind.filter(|_| !node.has_mode)?;
    let source = node.source.unwrap_or(node.graph);
    let event = match kind {
        Kind::Event => Some(node),
        _ if of_type.is_some() && node.triple[1] == of_type => {
            nodes.get(&node.triple[0]?).filter(|event| event.lemma.is_some())
        }
        _ => None,
    };
    let is_whole = event.is_some() || node.triple.iter().all(Option::is_some);
    is_whole.then_some(Said { number, node, event, source })
}

/// What those that say the same have in common.
fn key<'a>(said: &Said<'_>, text: &impl Fn(u32) -> &'a str) -> Vec<&'a str> {
    let sorted = |terms: &[u32]| {
        let mut texts: Vec<&str> = terms.iter().map(|term| text(*term)).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    };
    match said.event {
        Some(event) if !event.agents.is_empty() || !event.patients.is_empty() => {
            let lemma = event.lemma.map_or("", text);
            [vec!["event", lemma], sorted(&event.agents), vec![""], sorted(&event.patients)].concat()
        }
        // An event of which nobody is known to take part is like no other.
        Some(_) => vec![
            "event",
            text(if said.node.kind == Some(Kind::Event) {
                said.number
            } else {
                said.node.triple[0].unwrap_or(said.number)
            }),
        ],
        None => said.node.triple.iter().flatten().map(|term| text(*term)).chain(said.node.tenure.map(text)).collect(),
    }
}

/// How one speaks of what another says: not at all where both are the article's own words, where the times differ, or where one
/// source says the same twice.
fn link(one: &Said<'_>, other: &Said<'_>) -> Option<Link> {
    let is_claim = |said: &Said<'_>| said.node.kind == Some(Kind::Claim);
    let disputes = one.node.is_denied != other.node.is_denied;
    let speaks = is_claim(one) && (disputes || one.source != other.source);
    let same_time = match (one.event, other.event) {
        (Some(one), Some(other)) => {
            one.times.is_empty() || other.times.is_empty() || one.times.iter().any(|time| other.times.contains(time))
        }
        _ => true,
    };
    (speaks && same_time).then_some(Link { from: one.number, to: other.number, graph: one.node.graph, disputes })
}
