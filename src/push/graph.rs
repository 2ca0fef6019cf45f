//! A graph as it is sent: N-Triples, which every reader of Turtle and, between braces, of SPARQL Update takes.

use oxigraph::model::{NamedNode, Triple};
use sha2::{Digest as _, Sha256};

use crate::base::{Digest, Mark};
use crate::graph::reify;
use crate::graph::write::Dialect;

/// How many triples one update inserts: the compilers of some stores do not take many more.
const CHUNK: usize = 1000;

/// A named graph, its triples as sorted lines of N-Triples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Graph {
    name: NamedNode,
    lines: Vec<String>,
}

impl Graph {
    pub(super) fn new(name: NamedNode, triples: impl Iterator<Item = Triple>, dialect: Dialect) -> Self {
        let line = |triple: Triple| format!("{triple} .\n");
        let mut lines: Vec<String> = match dialect {
            Dialect::Rdf11 => triples.map(line).collect(),
            Dialect::Rdf12 => reify::reified(triples).into_iter().map(line).collect(),
        };
        lines.sort_unstable();
        Self { name, lines }
    }

    /// By what it is known whether it was sent just so.
    pub(super) fn mark(&self) -> Mark {
        let mut hash = Sha256::new();
        self.lines.iter().for_each(|line| hash.update(line));
        Mark { digest: Digest::from(hash.finalize()), triples: self.lines.len() as u64 }
    }

    /// The whole as a document.
    pub(super) fn document(&self) -> String {
        self.lines.concat()
    }

    /// The updates that put it in place of what its name held.
    pub(super) fn updates(&self) -> impl Iterator<Item = String> {
        let name = &self.name;
        let inserts = self.lines.chunks(CHUNK).map(move |lines| {
            let lines = lines.concat();
            format!("INSERT DATA {{ GRAPH {name} {{\n{lines}}} }}")
        });
        std::iter::once(drop_graph(name)).chain(inserts)
    }
}

/// The update that deletes a graph.
pub(super) fn drop_graph(name: &NamedNode) -> String {
    format!("DROP SILENT GRAPH {name}")
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;

    #[test]
    fn a_large_graph_is_inserted_in_parts_after_the_old_one_is_gone() {
        let node = |name: &str| NamedNode::new(format!("https://a.example/{name}")).unwrap();
        let triple = |n: usize| Triple::new(node("s"), node("p"), Literal::from(format!("{n:04}")));
        let graph = Graph::new(node("g"), (0..2500).rev().map(triple), Dialect::Rdf11);
        let updates: Vec<String> = graph.updates().collect();
        assert_eq!(updates[0], "DROP SILENT GRAPH <https://a.example/g>");
        assert_eq!(updates[1..].iter().map(|update| update.lines().count() - 2).collect::<Vec<_>>(), [1000, 1000, 500]);
        assert!(updates[1].starts_with(
            "INSERT DATA { GRAPH <https://a.example/g> {\n<https://a.example/s> <https://a.example/p> \"0000\" .\n"
        ));
        let again = Graph::new(node("g"), (0..2500).map(triple), Dialect::Rdf11);
        assert_eq!(graph.mark(), again.mark());
        assert_ne!(graph.mark(), Graph::new(node("g"), (0..2499).map(triple), Dialect::Rdf11).mark());
    }
}
