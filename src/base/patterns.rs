//! A [`Dataset`] under Oxigraph's SPARQL evaluator: the quads that fit a pattern.

use std::convert::Infallible;
use std::sync::Arc;

use oxigraph::model::Term;
use spareval::{InternalQuad, QueryableDataset};

use super::dataset::{Dataset, G, O, P, Row, S};
use super::terms::{self, DEFAULT_GRAPH, Id};

/// A term while a query runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QueryTerm {
    /// One of the dataset's.
    Stored(u32),
    /// One that the query brought or computed and that the dataset does not hold.
    Other(Arc<Term>),
}

impl<'a> QueryableDataset<'a> for &'a Dataset {
    type InternalTerm = QueryTerm;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&QueryTerm>,
        predicate: Option<&QueryTerm>,
        object: Option<&QueryTerm>,
        graph: Option<Option<&QueryTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<QueryTerm>, Infallible>> + use<'a> {
        let merged = graph == Some(None);
        matches(self, [subject, predicate, object, graph.flatten()], merged).into_iter().flatten().map(Ok)
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<QueryTerm, Infallible>> + use<'a> {
        self.graphs().iter().map(|graph| Ok(QueryTerm::Stored(*graph)))
    }

    fn contains_internal_graph_name(&self, graph: &QueryTerm) -> Result<bool, Infallible> {
        Ok(matches!(graph, QueryTerm::Stored(id) if self.graphs().binary_search(id).is_ok()))
    }

    fn internalize_term(&self, term: Term) -> Result<QueryTerm, Infallible> {
        Ok(match self.terms().find(&terms::key(term.as_ref())) {
            Some(id) => QueryTerm::Stored(id),
            None => QueryTerm::Other(Arc::new(term)),
        })
    }

    fn externalize_term(&self, term: QueryTerm) -> Result<Term, Infallible> {
        Ok(match term {
            QueryTerm::Stored(id) => self.terms().term(id),
            QueryTerm::Other(term) => Arc::unwrap_or_clone(term),
        })
    }
}

/// The quads that fit; none where a term of the pattern does not occur in the dataset.
fn matches<'a>(dataset: &'a Dataset, pattern: [Option<&QueryTerm>; 4], merged: bool) -> Option<Matches<'a>> {
    let mut bound = [None; 4];
    for (slot, term) in bound.iter_mut().zip(pattern) {
        *slot = match term {
            Some(QueryTerm::Stored(id)) => Some(*id),
            Some(QueryTerm::Other(_)) => return None,
            None => None,
        };
    }
    let (rows, order) = dataset.candidates(bound);
    Some(Matches { rows: rows.iter(), order, bound, merged, previous: None })
}

struct Matches<'a> {
    rows: std::slice::Iter<'a, Row>,
    order: [usize; 4],
    bound: [Option<Id>; 4],
    /// Whether the default graph is asked for: the merge of all graphs, in which each triple stands once.
    merged: bool,
    previous: Option<[Id; 3]>,
}

impl Iterator for Matches<'_> {
    type Item = InternalQuad<QueryTerm>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let row = self.rows.next()?;
            let mut quad = [0; 4];
            for (place, part) in self.order.into_iter().enumerate() {
                quad[part] = row[place];
            }
            if self.bound.iter().zip(quad).any(|(bound, id)| bound.is_some_and(|bound| bound != id)) {
                continue;
            }
            if !self.merged && quad[G] == DEFAULT_GRAPH {
                continue;
            }
            // Where no graph is bound the index ends with the graph, so that equal triples are neighbours.
            let triple = [quad[S], quad[P], quad[O]];
            if self.merged && self.previous.replace(triple) == Some(triple) {
                continue;
            }
            return Some(InternalQuad {
                subject: QueryTerm::Stored(quad[S]),
                predicate: QueryTerm::Stored(quad[P]),
                object: QueryTerm::Stored(quad[O]),
                graph_name: (!self.merged).then_some(QueryTerm::Stored(quad[G])),
            });
        }
    }
}
