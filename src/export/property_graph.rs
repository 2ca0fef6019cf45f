//! A knowledge base as nodes and edges with properties, in the CSV that Neo4j's bulk import and its kin read.
//!
//! Nodes are articles, entities, claims, posts' and facts' other ends; a fact that an article states is an edge between its two
//! ends. A claim is a node with edges to its source, its subject and its object, so that nothing that is only said becomes an
//! edge that reads as a fact.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use csv::{Writer, WriterBuilder};
use oxigraph::model::{NamedNodeRef, Term};
use serde::{Deserialize, Serialize};

use super::view::{View, local, text};
use crate::base::ArticleGraph;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::spill::Sorter;
use crate::vocab::{news, nif, owl, rdf, rdfs, schema, sem};

/// The files that are written.
pub const FILES: [&str; 2] = ["nodes.csv", "edges.csv"];

const NODE_HEADER: [&str; 12] = [
    "iri:ID",
    "name",
    ":LABEL",
    "sameAs",
    "published",
    "publisher",
    "url",
    "polarity",
    "certainty",
    "mode",
    "relation",
    "confidence:double",
];

const EDGE_HEADER: [&str; 9] =
    [":START_ID", ":END_ID", ":TYPE", "article", "tenure", "when", "confidence:double", "evidence", "statement"];

/// A node as one article knows it.
#[derive(Default, Serialize, Deserialize)]
struct Node {
    iri: String,
    labels: BTreeSet<String>,
    /// All columns but the IRI and the labels, in the order of the header.
    values: [String; NODE_HEADER.len() - 2],
}

/// Writes `nodes.csv` and `edges.csv` into a directory, which is made if it is not there; each node stands once, and each
/// edge's ends are among the nodes.
///
/// # Errors
/// When a graph cannot be read or a file cannot be written.
pub fn write(graphs: impl Iterator<Item = Result<ArticleGraph>>, directory: &Path) -> Result<()> {
    fs::create_dir_all(directory).map_err(Error::io(directory))?;
    let [nodes, edges] = FILES.map(|name| directory.join(name));
    let failed = |error: csv::Error| Error::io(directory)(error.into());
    let mut edge_file = file(&edges, &EDGE_HEADER)?;
    let mut sorter = Sorter::default();
    for graph in graphs {
        let view = View::new(graph?);
        let mut scene = Scene { view: &view, nodes: BTreeMap::new(), edges: BTreeSet::new() };
        scene.add_article();
        scene.add_facts();
        scene.add_claims();
        scene.add_events();
        for node in scene.nodes.values() {
            sorter.push(&scene.record(node).map_err(Error::io(directory))?).map_err(Error::io(directory))?;
        }
        for edge in &scene.edges {
            edge_file.write_record(edge).map_err(failed)?;
        }
    }
    let mut node_file = file(&nodes, &NODE_HEADER)?;
    let mut previous = Node::default();
    for record in sorter.finish().map_err(Error::io(directory))? {
        let node = read(&record.map_err(Error::io(directory))?).map_err(Error::io(directory))?;
        if node.iri == previous.iri {
            previous.join(node);
        } else {
            let done = std::mem::replace(&mut previous, node);
            write_node(&mut node_file, done).map_err(failed)?;
        }
    }
    write_node(&mut node_file, previous).map_err(failed)?;
    for (writer, path) in [(node_file, &nodes), (edge_file, &edges)] {
        writer.into_inner().map_err(|error| Error::io(path)(error.into_error()))?.finish()?;
    }
    Ok(())
}

fn file(path: &Path, header: &[&str]) -> Result<Writer<Output>> {
    let mut writer = WriterBuilder::new().from_writer(Output::create(path)?);
    writer.write_record(header).map_err(|error| Error::io(path)(error.into()))?;
    Ok(writer)
}

fn write_node(writer: &mut Writer<Output>, node: Node) -> csv::Result<()> {
    if node.iri.is_empty() {
        return Ok(());
    }
    let [name, rest @ ..] = node.values;
    let labels = node.labels.into_iter().collect::<Vec<_>>().join(";");
    let row = [node.iri, name, labels].into_iter().chain(rest);
    writer.write_record(row)
}

impl Node {
    /// Takes in what another article knows of the same node.
    fn join(&mut self, other: Self) {
        self.labels.extend(other.labels);
        for (known, more) in self.values.iter_mut().zip(other.values) {
            if known.is_empty() {
                *known = more;
            }
        }
    }
}

fn read(record: &[u8]) -> io::Result<Node> {
    let start = record.iter().position(|byte| *byte == 0).map_or(0, |end| end + 1);
    postcard::from_bytes(&record[start..]).map_err(io::Error::other)
}

type Edge = [String; EDGE_HEADER.len()];

/// The nodes and edges of an article.
struct Scene<'a> {
    view: &'a View,
    /// The nodes that are written, by what names them.
    nodes: BTreeMap<String, Term>,
    edges: BTreeSet<Edge>,
}

/// Participants of an event, stated or reported, and the types of their edges.
const ROLES: [(NamedNodeRef<'static>, &str); 12] = [
    (news::AGENT, "AGENT"),
    (news::PATIENT, "PATIENT"),
    (news::RECIPIENT, "RECIPIENT"),
    (news::INSTRUMENT, "INSTRUMENT"),
    (sem::HAS_PLACE, "PLACE"),
    (news::PARTICIPANT, "PARTICIPANT"),
    (news::REPORTED_AGENT, "REPORTED_AGENT"),
    (news::REPORTED_PATIENT, "REPORTED_PATIENT"),
    (news::REPORTED_RECIPIENT, "REPORTED_RECIPIENT"),
    (news::REPORTED_INSTRUMENT, "REPORTED_INSTRUMENT"),
    (news::REPORTED_PLACE, "REPORTED_PLACE"),
    (news::REPORTED_PARTICIPANT, "REPORTED_PARTICIPANT"),
];

impl Scene<'_> {
    fn article(&self) -> Term {
        oxigraph::model::NamedNode::new_unchecked(self.view.article.as_str()).into()
    }

    fn add_article(&mut self) {
        let article = self.article();
        self.nodes.insert(id(&article), article.clone());
        for (predicate, kind) in [
            (schema::MENTIONS, "MENTIONS"),
            (schema::ABOUT, "ABOUT"),
            (schema::PUBLISHER, "PUBLISHED_BY"),
            (schema::AUTHOR, "WRITTEN_BY"),
        ] {
            for object in self.view.objects(&self.view.article, predicate) {
                self.connect(&article, object, kind, None);
            }
        }
    }

    fn add_facts(&mut self) {
        for node in self.view.instances(news::STATEMENT) {
            let [subject, object] = [rdf::SUBJECT, rdf::OBJECT].map(|part| self.view.objects(node, part).first());
            if let (Some(subject), Some(object)) = (subject, object) {
                let kind = edge_type(&self.view.text(node, rdf::PREDICATE));
                self.connect(subject, object, &kind, Some(node));
            }
        }
    }

    fn add_claims(&mut self) {
        for node in self.view.instances(news::CLAIM) {
            let claim: Term = oxigraph::model::NamedNode::new_unchecked(node).into();
            self.nodes.insert(id(&claim), claim.clone());
            let ends = [
                (news::SOURCE, "CLAIMED_BY"),
                (news::ATTRIBUTED_VIA, "ATTRIBUTED_VIA"),
                (rdf::SUBJECT, "SUBJECT"),
                (rdf::OBJECT, "OBJECT"),
                (news::DISPUTES, "DISPUTES"),
                (news::SUPPORTS, "SUPPORTS"),
            ];
            for (predicate, kind) in ends {
                for object in self.view.objects(node, predicate) {
                    self.connect(&claim, object, kind, None);
                }
            }
            self.connect(&claim, &self.article(), "IN_ARTICLE", Some(node));
        }
    }

    fn add_events(&mut self) {
        for node in self.view.instances(sem::EVENT).chain(self.view.instances(news::REPORTED_EVENT)) {
            let event: Term = oxigraph::model::NamedNode::new_unchecked(node).into();
            for (predicate, kind) in ROLES {
                for object in self.view.objects(node, predicate) {
                    self.connect(&event, object, kind, None);
                }
            }
            self.connect(&event, &self.article(), "IN_ARTICLE", Some(node));
        }
    }

    /// An edge, and both its ends; `finding` is the node that says where it is said.
    fn connect(&mut self, from: &Term, to: &Term, kind: &str, finding: Option<&str>) {
        self.nodes.extend([from, to].map(|end| (id(end), end.clone())));
        let said = |predicate| finding.map_or_else(String::new, |node| self.view.text(node, predicate));
        let word = |predicate| finding.map_or_else(String::new, |node| self.view.word(node, predicate));
        let when = said(news::WHEN);
        let when = when.rsplit_once("instant/").map_or("", |(_, date)| date).to_owned();
        self.edges.insert([
            id(from),
            id(to),
            kind.to_owned(),
            self.view.article.clone(),
            word(news::TENURE),
            when,
            said(news::CONFIDENCE),
            said(news::EVIDENCE),
            finding.unwrap_or_default().to_owned(),
        ]);
    }

    /// What the article knows of a node, under its IRI, so that records sort by it.
    fn record(&self, term: &Term) -> io::Result<Vec<u8>> {
        let iri = id(term);
        let mut bytes = iri.replace('\0', "").into_bytes();
        bytes.push(0);
        bytes.extend(postcard::to_stdvec(&self.node(term, iri)).map_err(io::Error::other)?);
        Ok(bytes)
    }

    fn node(&self, term: &Term, iri: String) -> Node {
        let Term::NamedNode(node) = term else {
            let mut values: [String; NODE_HEADER.len() - 2] = Default::default();
            values[0] = text(term).to_owned();
            return Node { iri, labels: BTreeSet::from(["Value".to_owned()]), values };
        };
        let (view, node) = (self.view, node.as_str());
        let mut labels: BTreeSet<String> =
            view.objects(node, rdf::TYPE).iter().map(|class| local(text(class)).to_owned()).collect();
        if labels.is_empty() {
            // A class that is the object of a claim, or a thing of which the article says no more.
            labels.insert("Resource".to_owned());
        }
        let name = match [rdfs::LABEL, schema::HEADLINE, nif::ANCHOR_OF].map(|said| view.text(node, said)) {
            [label, ..] if !label.is_empty() => label,
            [_, headline, ..] if !headline.is_empty() => headline,
            _ => local(node).to_owned(),
        };
        let is_claim = view.is_a(node, news::CLAIM);
        let relation = if is_claim { local(&view.text(node, rdf::PREDICATE)).to_owned() } else { String::new() };
        let values = [
            name,
            view.text(node, owl::SAME_AS),
            view.text(node, schema::DATE_PUBLISHED),
            view.labels(node, schema::PUBLISHER),
            view.text(node, schema::URL),
            view.word(node, news::POLARITY),
            view.word(node, news::CERTAINTY),
            view.word(node, news::MODE),
            relation,
            view.text(node, news::CONFIDENCE),
        ];
        Node { iri, labels, values }
    }
}

/// What names a node: an IRI, or a literal as N-Triples has it.
fn id(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

/// `jobTitle` as `JOB_TITLE`.
fn edge_type(predicate: &str) -> String {
    let mut kind = String::new();
    for letter in local(predicate).chars() {
        if letter.is_uppercase() && !kind.is_empty() {
            kind.push('_');
        }
        kind.extend(letter.to_uppercase());
    }
    kind
}
