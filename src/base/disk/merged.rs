//! Several graphs of the store as one default graph, in which each triple stands once: what FROM asks for, and what the
//! evaluator would chain.

use std::collections::HashSet;
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, Triple};
use oxigraph::store::{StorageError, Store};
use spareval::{CancellationToken, InternalQuad, QueryableDataset};

/// The store as a query with FROM sees it.
pub(in crate::base) struct Merged {
    store: Store,
    graphs: Arc<[GraphName]>,
    /// Once it is cancelled no pattern gives anything more, so that what collects all of them ends.
    cancellation: CancellationToken,
}

impl Merged {
    pub(in crate::base) fn new(store: &Store, graphs: Vec<GraphName>, cancellation: CancellationToken) -> Self {
        Self { store: store.clone(), graphs: graphs.into(), cancellation }
    }

    /// The quads of a graph, or of all named ones, that fit a pattern; none where no triple can.
    fn quads(
        &self,
        [subject, predicate, object]: [Option<&Term>; 3],
        graph: Option<GraphNameRef<'_>>,
    ) -> Option<impl Iterator<Item = Result<Quad, StorageError>> + use<>> {
        let subject = subject.map(as_subject);
        let predicate = predicate.map(as_predicate);
        if subject == Some(None) || predicate == Some(None) {
            return None;
        }
        let object = object.map(Term::as_ref);
        Some(self.store.quads_for_pattern(subject.flatten(), predicate.flatten(), object, graph))
    }
}

fn as_subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        _ => None,
    }
}

fn as_predicate(term: &Term) -> Option<NamedNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref()),
        _ => None,
    }
}

type Found = Box<dyn Iterator<Item = Result<InternalQuad<Term>, StorageError>>>;

impl QueryableDataset<'static> for Merged {
    type InternalTerm = Term;
    type Error = StorageError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Term>,
        predicate: Option<&Term>,
        object: Option<&Term>,
        graph: Option<Option<&Term>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Term>, StorageError>> + use<> {
        let pattern = [subject, predicate, object];
        let found: Found = match graph {
            None => Box::new(self.quads(pattern, None).into_iter().flatten().filter_map(named)),
            Some(Some(Term::NamedNode(graph))) => {
                Box::new(self.quads(pattern, Some(graph.as_ref().into())).into_iter().flatten().filter_map(named))
            }
            Some(Some(_)) => Box::new(std::iter::empty()),
            Some(None) => {
                let quads: Vec<_> =
                    self.graphs.iter().filter_map(|graph| self.quads(pattern, Some(graph.as_ref()))).collect();
                let mut seen = HashSet::new();
                Box::new(quads.into_iter().flatten().filter_map(move |quad| {
                    let triple = match quad {
                        Ok(quad) => Triple::from(quad),
                        Err(error) => return Some(Err(error)),
                    };
                    seen.insert(triple.clone()).then(|| Ok(internal(triple.in_graph(GraphName::DefaultGraph))))
                }))
            }
        };
        let cancellation = self.cancellation.clone();
        found.take_while(move |_| !cancellation.is_cancelled())
    }

    fn internalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(term)
    }

    fn externalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(term)
    }
}

/// A quad of a named graph.
fn named(quad: Result<Quad, StorageError>) -> Option<Result<InternalQuad<Term>, StorageError>> {
    match quad {
        Ok(quad) if quad.graph_name == GraphName::DefaultGraph => None,
        quad => Some(quad.map(internal)),
    }
}

fn internal(quad: Quad) -> InternalQuad<Term> {
    let graph_name = match quad.graph_name {
        GraphName::NamedNode(graph) => Some(graph.into()),
        GraphName::BlankNode(graph) => Some(graph.into()),
        GraphName::DefaultGraph => None,
    };
    InternalQuad { subject: quad.subject.into(), predicate: quad.predicate.into(), object: quad.object, graph_name }
}
