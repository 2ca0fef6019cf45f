//! Which claims support and which dispute one another.
//!
//! Claims, statements and events of one article or of many meet in what they say: the same triple, held at the same time, or an
//! event of the same verb, agents and patients. The same said by another source supports; the opposite disputes. What is
//! asked, planned or supposed does neither.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use oxigraph::model::NamedNodeRef;

use crate::vocab::{news, org, rdf, sem};

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
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) kind: Option<Kind>,
    /// Subject, predicate and object; of a membership the member, the role and the organisation.
    pub(crate) triple: [Option<u32>; 3],
    pub(crate) source: Option<u32>,
    pub(crate) is_denied: bool,
    pub(crate) has_mode: bool,
    pub(crate) tenure: Option<u32>,
    pub(crate) when: Option<u32>,
    pub(crate) evidence: Option<u32>,
    lemma: Option<u32>,
    agents: Vec<u32>,
    patients: Vec<u32>,
    times: Vec<u32>,
    pub(crate) graph: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Claim,
    Statement,
    Event,
    Membership,
    UnnamedSource,
}

/// Something that is said, to be compared with others of the same key.
pub(crate) struct Said<'a> {
    pub(crate) number: u32,
    pub(crate) node: &'a Node,
    /// The event that it is about, or itself.
    event: Option<&'a Node>,
    /// Who says it: the article, where it is nobody else.
    pub(crate) source: u32,
    /// Whether the source is known by what it said only.
    pub(crate) is_unnamed: bool,
}

/// The nodes of some graphs that say something.
pub(crate) struct Nodes {
    pub(crate) all: HashMap<u32, Node>,
    of_type: Option<u32>,
}

/// The links between the claims of some groups, each of what is said of one thing. What one graph has copied from another
/// is not said twice: `is_copy` tells of two graphs whether they are of one text.
pub(crate) fn links<'a>(
    groups: &[Vec<Said<'_>>],
    text: impl Fn(u32) -> &'a str,
    is_copy: impl Fn(u32, u32) -> bool,
) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for group in groups.iter().filter(|group| group.len() > 1) {
        let mut group: Vec<&Said<'_>> = group.iter().collect();
        group.sort_by_key(|said| text(said.number));
        for said in group.iter().filter(|said| said.node.kind == Some(Kind::Claim)) {
            for disputes in [true, false] {
                let others = group.iter().filter(|other| other.number != said.number);
                let related = others.filter_map(|other| link(said, other, &is_copy));
                links.extend(related.filter(|link| link.disputes == disputes).take(MOST));
            }
        }
    }
    links.sort();
    links
}

/// A predicate that matters here, and what its object becomes.
type Field = (NamedNodeRef<'static>, fn(&mut Node, u32));

const FIELDS: [Field; 18] = [
    (rdf::SUBJECT, |node, object| node.triple[0] = Some(object)),
    (rdf::PREDICATE, |node, object| node.triple[1] = Some(object)),
    (rdf::OBJECT, |node, object| node.triple[2] = Some(object)),
    (org::MEMBER, |node, object| node.triple[0] = Some(object)),
    (org::ROLE, |node, object| node.triple[1] = Some(object)),
    (org::ORGANIZATION, |node, object| node.triple[2] = Some(object)),
    (news::SOURCE, |node, object| node.source = Some(object)),
    (news::MODE, |node, _| node.has_mode = true),
    (news::TENURE, |node, object| node.tenure = Some(object)),
    (news::WHEN, |node, object| node.when = Some(object)),
    (news::EVIDENCE, |node, object| node.evidence = node.evidence.or(Some(object))),
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

impl Nodes {
    /// What some rows say; `find` gives the number of an IRI.
    pub(crate) fn read(rows: impl Iterator<Item = Row>, find: impl Fn(&str) -> Option<u32>) -> Self {
        let kinds = [
            (news::CLAIM, Kind::Claim),
            (news::STATEMENT, Kind::Statement),
            (sem::EVENT, Kind::Event),
            (org::MEMBERSHIP, Kind::Membership),
            (news::UNNAMED_SOURCE, Kind::UnnamedSource),
        ];
        let kinds: HashMap<u32, Kind> =
            kinds.into_iter().filter_map(|(class, kind)| Some((find(class.as_str())?, kind))).collect();
        let fields: HashMap<u32, fn(&mut Node, u32)> =
            FIELDS.into_iter().filter_map(|(predicate, set)| Some((find(predicate.as_str())?, set))).collect();
        let [of_type, polarity, denied] = [rdf::TYPE, news::POLARITY, news::DENIED].map(|term| find(term.as_str()));
        let mut all: HashMap<u32, Node> = HashMap::new();
        for [subject, predicate, object, graph] in rows {
            let kind = kinds.get(&object).filter(|_| Some(predicate) == of_type);
            let field = fields.get(&predicate);
            let is_denial = Some(predicate) == polarity && Some(object) == denied;
            if kind.is_none() && field.is_none() && !is_denial {
                continue;
            }
            let node = all.entry(subject).or_default();
            node.graph = graph;
            node.is_denied |= is_denial;
            // A claim is a statement too, where a reasoner said so.
            node.kind = kind.copied().filter(|_| node.kind != Some(Kind::Claim)).or(node.kind);
            if let Some(set) = field {
                set(node, object);
            }
        }
        Self { all, of_type }
    }

    /// What is said, in groups of what is said of the same; none of what is only asked, planned or supposed. `text` orders
    /// terms.
    pub(crate) fn groups<'a>(&self, text: impl Fn(u32) -> &'a str) -> Vec<Vec<Said<'_>>> {
        let mut groups: BTreeMap<Vec<&str>, Vec<Said<'_>>> = BTreeMap::new();
        for (&number, node) in &self.all {
            let Some(said) = self.said(number, node) else { continue };
            groups.entry(key(&said, &text)).or_default().push(said);
        }
        groups.into_values().collect()
    }

    fn said<'a>(&'a self, number: u32, node: &'a Node) -> Option<Said<'a>> {
        let kind =
            node.kind.filter(|kind| !node.has_mode && !matches!(kind, Kind::Membership | Kind::UnnamedSource))?;
        let source = node.source.unwrap_or(node.graph);
        let event = match kind {
            Kind::Event => Some(node),
            _ if self.of_type.is_some() && node.triple[1] == self.of_type => {
                self.all.get(&node.triple[0]?).filter(|event| event.lemma.is_some())
            }
            _ => None,
        };
        let is_whole = event.is_some() || node.triple.iter().all(Option::is_some);
        let is_unnamed = self.all.get(&source).is_some_and(|node| node.kind == Some(Kind::UnnamedSource));
        is_whole.then_some(Said { number, node, event, source, is_unnamed })
    }
}

impl Said<'_> {
    /// When the event happened, sorted; none of what is no event, or of one too bare to be known again without a time.
    pub(crate) fn times(&self) -> Option<Vec<u32>> {
        let event = self.event?;
        let mut times = event.times.clone();
        times.sort_unstable();
        let is_known = !event.agents.is_empty() && !event.patients.is_empty();
        (is_known || !times.is_empty()).then_some(times)
    }

    pub(crate) fn is_event(&self) -> bool {
        self.event.is_some()
    }
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

/// How a claim speaks of what another says: not at all where the times differ, where one source says the same twice or an
/// article both ways, and where a copy repeats it.
fn link(claim: &Said<'_>, other: &Said<'_>, is_copy: impl Fn(u32, u32) -> bool) -> Option<Link> {
    let disputes = claim.node.is_denied != other.node.is_denied;
    let is_elsewhere = claim.node.graph != other.node.graph;
    let speaks = claim.source != other.source || disputes && is_elsewhere;
    let same_time = match (claim.event, other.event) {
        (Some(one), Some(other)) => {
            one.times.is_empty() || other.times.is_empty() || one.times.iter().any(|time| other.times.contains(time))
        }
        _ => true,
    };
    let is_repeated = is_elsewhere && is_copy(claim.node.graph, other.node.graph);
    let link = Link { from: claim.number, to: other.number, graph: claim.node.graph, disputes };
    (speaks && same_time && !is_repeated).then_some(link)
}
