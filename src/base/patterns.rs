//! A [`Dataset`] under Oxigraph's SPARQL evaluator: the quads that fit a pattern.

use std::convert::Infallible;
use std::sync::Arc;

use oxigraph::model::{GraphName, Term};
use spareval::{CancellationToken, InternalQuad, QueryableDataset};

use super::dataset::{Dataset, G, O, P, Row, S};
use super::terms::{self, DEFAULT_GRAPH, Id};

/// A term while a query runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum QueryTerm {
    /// One of the dataset's.
    Stored(u32),
    /// One that the query brought or computed and that the dataset does not hold.
    Other(Arc<Term>),
}

/// A dataset as one query sees it.
pub(super) struct View<'a> {
    dataset: &'a Dataset,
    merged: Merged,
    /// Once it is cancelled no pattern gives anything more, so that what collects all of them ends.
    cancellation: CancellationToken,
}

/// The graphs that make a default graph.
#[derive(Clone)]
enum Merged {
    /// These, sorted.
    Only(Arc<[Id]>),
    /// All but these, sorted.
    AllBut(Arc<[Id]>),
}

impl Merged {
    fn holds(&self, graph: Id) -> bool {
        match self {
            Self::Only(some) => some.binary_search(&graph).is_ok(),
            Self::AllBut(some) => some.binary_search(&graph).is_err(),
        }
    }
}

impl<'a> View<'a> {
    /// The view whose default graph is the merge of the named graphs, or where none are named the dataset's own.
    pub(super) fn new(dataset: &'a Dataset, merged: Option<Vec<GraphName>>, cancellation: CancellationToken) -> Self {
        let id = |graph| match graph {
            GraphName::DefaultGraph => Some(DEFAULT_GRAPH),
            GraphName::NamedNode(node) => dataset.terms().find(&terms::key(node.as_ref().into())),
            GraphName::BlankNode(node) => dataset.terms().find(&terms::key(node.as_ref().into())),
        };
        let merged = match merged {
            None => Merged::AllBut(dataset.apart().into()),
            Some(graphs) => {
                let mut ids: Vec<Id> = graphs.into_iter().filter_map(id).collect();
                ids.sort_unstable();
                Merged::Only(ids.into())
            }
        };
        Self { dataset, merged, cancellation }
    }
}

impl<'a> QueryableDataset<'a> for View<'a> {
    type InternalTerm = QueryTerm;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&QueryTerm>,
        predicate: Option<&QueryTerm>,
        object: Option<&QueryTerm>,
        graph: Option<Option<&QueryTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<QueryTerm>, Infallible>> + use<'a> {
        let graphs = match graph {
            Some(None) => Graphs::Merged(self.merged.clone()),
            _ => Graphs::Named,
        };
        let found = matches(self.dataset, [subject, predicate, object, graph.flatten()], graphs);
        let cancellation = self.cancellation.clone();
        let mut over = false;
        // The evaluator sees that it is cancelled at the first quad after; there is no second.
        let rest = move |_: &_| !std::mem::replace(&mut over, cancellation.is_cancelled());
        found.into_iter().flatten().take_while(rest).map(Ok)
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<QueryTerm, Infallible>> + use<'a> {
        self.dataset.graphs().iter().map(|graph| Ok(QueryTerm::Stored(*graph)))
    }

    fn contains_internal_graph_name(&self, graph: &QueryTerm) -> Result<bool, Infallible> {
        Ok(matches!(graph, QueryTerm::Stored(id) if self.dataset.graphs().binary_search(id).is_ok()))
    }

    fn internalize_term(&self, term: Term) -> Result<QueryTerm, Infallible> {
        Ok(match self.dataset.terms().find(&terms::key(term.as_ref())) {
            Some(id) => QueryTerm::Stored(id),
            None => QueryTerm::Other(Arc::new(term)),
        })
    }

    fn externalize_term(&self, term: QueryTerm) -> Result<Term, Infallible> {
        Ok(match term {
            QueryTerm::Stored(id) => self.dataset.terms().term(id),
            QueryTerm::Other(term) => Arc::unwrap_or_clone(term),
        })
    }
}

/// The quads that fit; none where a term of the pattern does not occur in the dataset.
fn matches<'a>(dataset: &'a Dataset, pattern: [Option<&QueryTerm>; 4], graphs: Graphs) -> Option<Matches<'a>> {
    let mut bound = [None; 4];
    for (slot, term) in bound.iter_mut().zip(pattern) {
        *slot = match term {
            Some(QueryTerm::Stored(id)) => Some(*id),
            Some(QueryTerm::Other(_)) => return None,
            None => None,
        };
    }
    let (rows, order) = dataset.candidates(bound);
    Some(Matches { rows: rows.iter(), order, bound, graphs, previous: None })
}

struct Matches<'a> {
    rows: std::slice::Iter<'a, Row>,
    order: [usize; 4],
    bound: [Option<Id>; 4],
    graphs: Graphs,
    /// The triple before, of which the merge shows no copy.
    previous: Option<[Id; 3]>,
}

/// Which graphs are asked for.
enum Graphs {
    /// The default graph, in which each triple stands once.
    Merged(Merged),
    /// Each by its name.
    Named,
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
            let triple = [quad[S], quad[P], quad[O]];
            let graph = match &self.graphs {
                Graphs::Named if quad[G] == DEFAULT_GRAPH => continue,
                Graphs::Named => Some(QueryTerm::Stored(quad[G])),
                Graphs::Merged(merged) if !merged.holds(quad[G]) => continue,
                // Where no graph is bound the index ends with the graph, so that equal triples are neighbours.
                Graphs::Merged(_) if self.previous.replace(triple) == Some(triple) => continue,
                Graphs::Merged(_) => None,
            };
            let [subject, predicate, object] = triple.map(QueryTerm::Stored);
            return Some(InternalQuad { subject, predicate, object, graph_name: graph });
        }
    }
}
