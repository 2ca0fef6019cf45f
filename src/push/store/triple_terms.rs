//! Whether a store has triple terms, the part of RDF 1.2 that statements use: it is asked, whatever it says of itself.

use oxigraph::model::vocab::rdf::REIFIES;
use oxigraph::model::{NamedNode, Term, Triple};

use super::{Refusal, Store};
use crate::error::Result;
use crate::graph::write::Dialect;
use crate::push::graph::Graph;

/// The name of the graph that is put there to see what becomes of it, and of all that it says.
const TRIAL: &str = "https://w3id.org/newsgraph/trial";

impl Store {
    /// The latest dialect that the store takes and gives back: a graph with one triple term is put there, asked for, and deleted.
    ///
    /// # Errors
    /// When the store cannot be reached, or keeps the graph that it should delete.
    pub fn dialect(&mut self) -> Result<Dialect> {
        self.briefly(Self::trial)
    }

    fn trial(&mut self) -> Result<Dialect> {
        let name = NamedNode::new_unchecked(TRIAL);
        let statement = Triple::new(name.clone(), REIFIES, triple());
        let graph = Graph::new(name.clone(), std::iter::once(statement), Dialect::Rdf12);
        // How graphs get there is not to be learnt from one that it may refuse for another reason.
        let before = (self.way, self.settled);
        match self.put(&graph, &name) {
            Ok(()) => {}
            Err(Refusal::Everything(error)) => return Err(error),
            Err(Refusal::Graph(_)) => {
                (self.way, self.settled) = before;
                return Ok(Dialect::Rdf11);
            }
        }
        let is_given_back = self.gives_back(&format!("SELECT ?t {{ GRAPH {name} {{ ?s {REIFIES} ?t }} }}"));
        match self.delete(&name) {
            Ok(()) if is_given_back => Ok(Dialect::Rdf12),
            Ok(()) => Ok(Dialect::Rdf11),
            Err(Refusal::Graph(error) | Refusal::Everything(error)) => Err(error),
        }
    }

    /// The latest dialect that the store speaks, as far as can be told without writing: it is asked for a triple term of our own.
    pub fn spoken_dialect(&mut self) -> Dialect {
        let query = format!("SELECT ({} AS ?t) {{}}", Term::from(triple()));
        if self.briefly(|store| store.gives_back(&query)) { Dialect::Rdf12 } else { Dialect::Rdf11 }
    }

    /// Tries twice at most: some stores answer as if they had failed for now to what they will never take.
    fn briefly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let tries = self.client.patience.tries;
        self.client.patience.tries = tries.min(2);
        let done = work(self);
        self.client.patience.tries = tries;
        done
    }

    /// A store that knows no triple terms may say so in any way, so each failure is a no.
    fn gives_back(&mut self, query: &str) -> bool {
        let expected = Term::from(triple());
        self.query(query).is_ok_and(|rows| rows.iter().any(|row| row.get("t") == Some(&expected)))
    }
}

fn triple() -> Triple {
    let name = NamedNode::new_unchecked(TRIAL);
    Triple::new(name.clone(), name.clone(), name)
}
