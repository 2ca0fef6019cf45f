//! What queries see: all graphs of a knowledge base, indexed in memory for Oxigraph's SPARQL evaluator.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use rayon::prelude::*;

use super::terms::{self, DEFAULT_GRAPH, Id, Terms};

/// Subject, predicate, object and graph.
pub(super) type Row = [Id; 4];

/// An immutable RDF dataset, read from memory.
///
/// Its default graph is the merge of all graphs but those that were set apart
/// ([`DatasetBuilder::set_apart`](super::DatasetBuilder::set_apart)), and in it a triple that several articles state stands
/// once; its named graphs are the articles. It is indexed for every pattern, takes about a sixth of the memory of an Oxigraph `Store`
/// of the same quads, and is built several times as fast.
///
/// ```
/// use newsgraph::base::{Dataset, Query};
/// use oxigraph::io::{RdfFormat, RdfParser};
///
/// let data = r#"<https://a.example/1> { <https://a.example/p> a <https://schema.org/Person> }
///               <https://a.example/2> { <https://a.example/p> a <https://schema.org/Person> }"#;
/// let quads: Result<Vec<_>, _> = RdfParser::from_format(RdfFormat::TriG).for_slice(data).collect();
/// let dataset: Dataset = quads?.into_iter().collect();
/// let query = Query::parse("ASK { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } FILTER(?n = 1) }", "query")?;
/// assert!(query.ask(&dataset)?);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Dataset {
    terms: Terms,
    /// The quads in each [`Order`], sorted, each once.
    rows: [Vec<Row>; 4],
    graphs: Vec<Id>,
    /// The named graphs that are no part of the default graph, sorted.
    apart: Vec<Id>,
}

/// In which order an index holds the parts of its quads: position in the index to position in the quad.
pub(super) const ORDERS: [[usize; 4]; 4] = [[S, P, O, G], [P, O, S, G], [O, S, P, G], [G, S, P, O]];

/// The positions of a quad's parts.
pub(super) const S: usize = 0;
pub(super) const P: usize = 1;
pub(super) const O: usize = 2;
pub(super) const G: usize = 3;

impl Dataset {
    /// Sorts and indexes quads; `apart` are the named graphs that are no part of the default graph, sorted, and `known` graphs
    /// that are there though they may be empty.
    pub(super) fn new(terms: Terms, rows: &[Row], apart: Vec<Id>, known: impl IntoIterator<Item = Id>) -> Self {
        let rows = ORDERS.map(|order| {
            let mut sorted: Vec<Row> = rows.par_iter().map(|row| order.map(|part| row[part])).collect();
            sorted.par_sort_unstable();
            sorted.dedup();
            sorted
        });
        let mut graphs: Vec<Id> = rows[3].iter().map(|row| row[0]).filter(|graph| *graph != DEFAULT_GRAPH).collect();
        graphs.dedup();
        graphs.extend(known);
        graphs.sort_unstable();
        graphs.dedup();
        Self { terms, rows, graphs, apart }
    }

    /// The number of quads over all graphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows[0].len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes it takes in memory.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.terms.bytes() + self.rows.iter().map(|rows| rows.capacity() * size_of::<Row>()).sum::<usize>()
    }

    /// The default graph: each triple once, sorted by the text of its terms whatever the order they came in.
    pub fn triples(&self) -> impl Iterator<Item = Triple> {
        let ranks = self.ranks();
        let merged = self.rows[0].iter().filter(|row| self.apart.binary_search(&row[G]).is_err());
        let mut rows: Vec<[Id; 3]> = merged.map(|[s, p, o, _]| [s, p, o].map(|id| ranks[*id as usize])).collect();
        rows.par_sort_unstable();
        rows.dedup();
        let mut by_rank = vec![0; ranks.len()];
        for (id, rank) in (0..).zip(&ranks) {
            by_rank[*rank as usize] = id;
        }
        rows.into_iter().map(move |row| {
            let [s, p, o] = row.map(|rank| self.terms.term(by_rank[rank as usize]));
            Triple::new(subject(s), predicate(p), o)
        })
    }

    /// The triple of a quad.
    pub(super) fn triple(&self, [s, p, o, _]: Row) -> Triple {
        let [s, p, o] = [s, p, o].map(|id| self.terms.term(id));
        Triple::new(subject(s), predicate(p), o)
    }

    /// Each term's place in the order of the keys; number 0, which is no term, comes first.
    fn ranks(&self) -> Vec<Id> {
        let mut sorted: Vec<Id> = (1..).take(self.terms.len()).collect();
        sorted.par_sort_unstable_by_key(|id| self.terms.key(*id));
        let mut ranks = vec![0; sorted.len() + 1];
        for (rank, id) in (1..).zip(sorted) {
            ranks[id as usize] = rank;
        }
        ranks
    }

    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    pub(super) fn graphs(&self) -> &[Id] {
        &self.graphs
    }

    /// The named graphs that are no part of the default graph, sorted.
    pub(super) fn apart(&self) -> &[Id] {
        &self.apart
    }

    /// The quads in one of the [`ORDERS`], sorted.
    pub(super) fn sorted(&self, order: usize) -> &[Row] {
        &self.rows[order]
    }

    /// The IRIs of its named graphs.
    pub(super) fn graph_names(&self) -> impl Iterator<Item = String> {
        self.graphs.iter().map(|graph| match self.terms.term(*graph) {
            Term::NamedNode(node) => node.into_string(),
            other => other.to_string(),
        })
    }

    /// The quads of a named graph.
    pub(super) fn quads_of(&self, graph: &str) -> Vec<Quad> {
        let name = NamedNode::new_unchecked(graph);
        let id = self.terms.find(&terms::iri_key(name.as_ref()));
        let rows = id.map_or(&[][..], |id| run(&self.rows[3], ORDERS[3], [None, None, None, Some(id)]));
        rows.iter()
            .map(|[_, s, p, o]| {
                let [s, p, o] = [s, p, o].map(|id| self.terms.term(*id));
                Quad::new(subject(s), predicate(p), o, name.clone())
            })
            .collect()
    }

    /// Whether it holds a quad.
    pub(super) fn holds(&self, quad: &Quad) -> bool {
        let row = terms::keys_of_quad(quad).map(|key| key.map_or(Some(DEFAULT_GRAPH), |key| self.terms.find(&key)));
        let [Some(s), Some(p), Some(o), Some(g)] = row else { return false };
        self.rows[0].binary_search(&[s, p, o, g]).is_ok()
    }

    /// The dataset after some quads came (true) and went (false). Of its graphs without quads only those of `known` are left.
    pub(super) fn edited<'a>(
        self,
        changes: HashMap<Quad, bool>,
        known: impl IntoIterator<Item = NamedNodeRef<'a>>,
    ) -> Self {
        let Self { mut terms, rows: [mut rows, ..], apart, .. } = self;
        let mut gone = HashSet::new();
        for (quad, present) in changes {
            let row = terms::keys_of_quad(&quad).map(|key| key.map_or(DEFAULT_GRAPH, |key| terms.add(&key)));
            if present {
                rows.push(row);
            } else {
                gone.insert(row);
            }
        }
        rows.retain(|row| !gone.contains(row));
        let known: Vec<Id> = known.into_iter().map(|graph| terms.add(&terms::iri_key(graph))).collect();
        Self::new(terms, &rows, apart, known)
    }

    /// The smallest run of an index that holds all quads which agree with `pattern` where it is bound.
    pub(super) fn candidates(&self, pattern: [Option<Id>; 4]) -> (&[Row], [usize; 4]) {
        ORDERS
            .into_iter()
            .zip(&self.rows)
            .filter(|(order, _)| order[0] == S || pattern[order[0]].is_some())
            .map(|(order, rows)| (run(rows, order, pattern), order))
            .min_by_key(|(rows, _)| rows.len())
            .unwrap_or_default()
    }
}

/// The rows that begin with the bound parts of a pattern.
fn run(mut rows: &[Row], order: [usize; 4], pattern: [Option<Id>; 4]) -> &[Row] {
    for (place, part) in order.into_iter().enumerate() {
        let Some(id) = pattern[part] else { break };
        let start = rows.partition_point(|row| row[place] < id);
        let end = start + rows[start..].partition_point(|row| row[place] == id);
        rows = &rows[start..end];
    }
    rows
}

fn subject(term: Term) -> NamedOrBlankNode {
    match term {
        Term::BlankNode(node) => node.into(),
        other => predicate(other).into(),
    }
}

fn predicate(term: Term) -> NamedNode {
    match term {
        Term::NamedNode(node) => node,
        other => unreachable!("{other} as a subject or predicate"),
    }
}
