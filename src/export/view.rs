//! The graph of one article, by what is said of each thing.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::base::ArticleGraph;
use crate::vocab::{news, nif, rdf, rdfs};

/// What an article's graph says of each node.
pub(super) struct View {
    pub(super) article: String,
    /// Node to predicate to objects, in order, so that what is read from it is the same for the same quads.
    nodes: BTreeMap<String, BTreeMap<String, Vec<Term>>>,
}

/// Where something is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) begin: usize,
    pub(super) end: usize,
    /// The words, where the graph has them.
    pub(super) words: String,
}

impl View {
    pub(super) fn new(graph: ArticleGraph) -> Self {
        let mut nodes: BTreeMap<String, BTreeMap<String, Vec<Term>>> = BTreeMap::new();
        for Quad { subject, predicate, object, .. } in graph.quads {
            let subject = match subject {
                NamedOrBlankNode::NamedNode(node) => node.into_string(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            };
            nodes.entry(subject).or_default().entry(predicate.into_string()).or_default().push(object);
        }
        for objects in nodes.values_mut().flat_map(BTreeMap::values_mut) {
            objects.sort_by_cached_key(Term::to_string);
        }
        Self { article: graph.article.into_string(), nodes }
    }

    /// All nodes of a class, in the order of their IRIs.
    pub(super) fn instances(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.nodes.keys().map(String::as_str).filter(move |node| self.is_a(node, class))
    }

    pub(super) fn is_a(&self, node: &str, class: NamedNodeRef<'_>) -> bool {
        self.objects(node, rdf::TYPE).iter().any(|object| matches!(object, Term::NamedNode(node) if *node == class))
    }

    /// What a predicate says of a node.
    pub(super) fn objects(&self, node: &str, predicate: NamedNodeRef<'_>) -> &[Term] {
        self.nodes.get(node).and_then(|said| said.get(predicate.as_str())).map_or(&[], Vec::as_slice)
    }

    /// The first object as text, empty where there is none.
    pub(super) fn text(&self, node: &str, predicate: NamedNodeRef<'_>) -> String {
        self.objects(node, predicate).first().map_or_else(String::new, |term| text(term).to_owned())
    }

    /// All objects as text, with a semicolon between them.
    pub(super) fn texts(&self, node: &str, predicate: NamedNodeRef<'_>) -> String {
        joined(self.objects(node, predicate).iter().map(text))
    }

    /// The name of a thing: its label, or else the words for it.
    pub(super) fn label(&self, term: &Term) -> String {
        match self.text(text(term), rdfs::LABEL) {
            label if label.is_empty() && matches!(term, Term::NamedNode(_)) => String::new(),
            label if label.is_empty() => text(term).to_owned(),
            label => label,
        }
    }

    /// The names of all that a predicate says, with a semicolon between them.
    pub(super) fn labels(&self, node: &str, predicate: NamedNodeRef<'_>) -> String {
        let labels: Vec<String> = self.objects(node, predicate).iter().map(|term| self.label(term)).collect();
        joined(labels.iter().map(String::as_str))
    }

    /// The last part of the IRI that a predicate says: `denied` for `news:Denied`.
    pub(super) fn word(&self, node: &str, predicate: NamedNodeRef<'_>) -> String {
        local(&self.text(node, predicate)).to_lowercase()
    }

    /// The places where a finding is said, in the order of the text.
    pub(super) fn places(&self, node: &str) -> Vec<Place> {
        let mut places: Vec<Place> =
            self.objects(node, news::EVIDENCE).iter().filter_map(|span| self.place(text(span))).collect();
        places.sort();
        places
    }

    /// All findings of a class with their places.
    pub(super) fn located(&self, class: NamedNodeRef<'_>) -> Vec<(Vec<Place>, &str)> {
        self.instances(class).map(|node| (self.places(node), node)).collect()
    }

    /// The place that an IRI of characters names.
    pub(super) fn place(&self, span: &str) -> Option<Place> {
        let (_, numbers) = span.rsplit_once("char=")?;
        let (begin, end) = numbers.split_once(',')?;
        let words = self.text(span, nif::ANCHOR_OF);
        Some(Place { begin: begin.parse().ok()?, end: end.parse().ok()?, words })
    }
}

/// A term's value: an IRI or the text of a literal.
pub(super) fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::Triple(_) => "",
    }
}

/// What an IRI ends in, after its last `/` or `#`.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}
