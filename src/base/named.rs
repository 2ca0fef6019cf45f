//! The named graphs of a dataset, one by one: what articles say, what was worked out beside it, and users' own.

use oxigraph::model::{NamedNode, Term, Triple};

use super::dataset::{Dataset, Row};
use super::terms::{self, Id};

/// A named graph of a [`Dataset`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedGraph {
    /// Its name.
    pub name: NamedNode,
    /// Whether it is no part of the default graph.
    pub is_apart: bool,
    id: Id,
}

impl Dataset {
    /// All named graphs, sorted by name.
    pub fn named_graphs(&self) -> impl Iterator<Item = NamedGraph> {
        let mut graphs: Vec<NamedGraph> = self.graphs().iter().filter_map(|id| self.with_id(*id)).collect();
        graphs.sort_by(|one, other| one.name.cmp(&other.name));
        graphs.into_iter()
    }

    /// The graph of a name.
    #[must_use]
    pub fn named_graph(&self, name: &NamedNode) -> Option<NamedGraph> {
        self.with_id(self.terms().find(&terms::iri_key(name.as_ref()))?)
    }

    fn with_id(&self, id: Id) -> Option<NamedGraph> {
        let Term::NamedNode(name) = self.terms().term(id) else { return None };
        Some(NamedGraph { name, is_apart: self.apart().binary_search(&id).is_ok(), id })
    }

    /// The triples of a graph, each once, with those that were worked out beside what articles say.
    pub fn triples_of(&self, graph: &NamedGraph) -> impl Iterator<Item = Triple> {
        let (rows, order) = self.candidates([None, None, None, Some(graph.id)]);
        let id = graph.id;
        let quads = rows.iter().map(move |row| {
            let mut quad: Row = [0; 4];
            for (place, part) in order.into_iter().enumerate() {
                quad[part] = row[place];
            }
            quad
        });
        quads.filter(move |quad| quad[super::dataset::G] == id).map(|quad| self.triple(quad))
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Quad;

    use super::*;
    use crate::base::DatasetBuilder;

    #[test]
    fn graphs_come_by_name_each_with_its_own_triples() {
        let node = |name: &str| NamedNode::new(format!("https://a.example/{name}")).unwrap();
        let mut builder = DatasetBuilder::default();
        for (subject, graph) in [("bob", "2"), ("ann", "1"), ("ann", "2"), ("ann", "old")] {
            builder.add_quad(&Quad::new(node(subject), node("is"), node("here"), node(graph)));
        }
        builder.set_apart(node("old").as_ref());
        let dataset = builder.finish();
        let shown: Vec<String> = dataset
            .named_graphs()
            .map(|graph| {
                let mut subjects: Vec<String> =
                    dataset.triples_of(&graph).map(|triple| triple.subject.to_string()).collect();
                subjects.sort();
                format!("{} {} {}", graph.name, graph.is_apart, subjects.join(" ")).replace("https://a.example/", "")
            })
            .collect();
        assert_eq!(shown, ["<1> false <ann>", "<2> false <ann> <bob>", "<old> true <ann>"]);
        assert_eq!(dataset.named_graph(&node("ann")).map(|graph| dataset.triples_of(&graph).count()), Some(0));
    }
}
