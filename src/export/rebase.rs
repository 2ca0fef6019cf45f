//! Gives what newsgraph minted another base, as when a base that was built at home is published under one's own name.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use crate::base::KnowledgeBase;
use crate::error::Result;
use crate::graph::mint::Base;
use crate::vocab::prov;

/// Turns IRIs under the bases that articles were read with into IRIs under another one.
///
/// Only the beginning of an IRI changes: the digits that some end in stay, so that two exports name a thing alike.
#[derive(Clone, Debug)]
pub struct Rebase {
    /// The longest first.
    from: Vec<String>,
    to: Base,
}

/// How the IRI of the program that read an article goes on after the base.
const SOFTWARE: &str = "software/newsgraph-";

impl Rebase {
    /// From every base that the articles of a knowledge base were read with: each names the program that read it.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub fn new(base: &KnowledgeBase, to: Base) -> Result<Self> {
        let mut from = BTreeSet::new();
        for graph in base.current()? {
            from.extend(graph?.quads.iter().filter_map(base_of).map(str::to_owned));
        }
        Ok(Self::from_bases(from, to))
    }

    /// From these bases.
    pub fn from_bases(from: impl IntoIterator<Item = String>, to: Base) -> Self {
        let mut from: Vec<String> = from.into_iter().collect();
        from.sort_by_key(|base| std::cmp::Reverse(base.len()));
        Self { from, to }
    }

    /// The quad with every IRI under the new base.
    #[must_use]
    pub fn quad(&self, quad: Quad) -> Quad {
        Quad {
            subject: match quad.subject {
                NamedOrBlankNode::NamedNode(node) => self.node(node).into(),
                blank => blank,
            },
            predicate: self.node(quad.predicate),
            object: match quad.object {
                Term::NamedNode(node) => self.node(node).into(),
                other => other,
            },
            graph_name: match quad.graph_name {
                GraphName::NamedNode(node) => self.node(node).into(),
                other => other,
            },
        }
    }

    /// The IRI under the new base, if it was under one of the old.
    #[must_use]
    pub fn node(&self, node: NamedNode) -> NamedNode {
        let Some((old, rest)) = self.from.iter().find_map(|old| Some((old, node.as_str().strip_prefix(old.as_str())?)))
        else {
            return node;
        };
        // An IRI has one '#' at most: where the base holds it, characters of an article follow '&'.
        let rest = match (old.contains('#'), self.to.as_str().contains('#')) {
            (false, true) => rest.replacen("#char=", "&char=", 1),
            (true, false) => rest.replacen("&char=", "#char=", 1),
            _ => rest.to_owned(),
        };
        NamedNode::new_unchecked(format!("{}{rest}", self.to))
    }
}

/// The base with which the article of a quad was read, where the quad tells it.
fn base_of(quad: &Quad) -> Option<&str> {
    let Term::NamedNode(agent) = &quad.object else { return None };
    if quad.predicate != prov::WAS_ASSOCIATED_WITH {
        return None;
    }
    agent.as_str().rsplit_once(SOFTWARE).map(|(base, _)| base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_move_to_the_new_base_and_characters_keep_a_valid_mark() {
        for (from, to, iri, expected) in [
            (
                "https://a.example/",
                "https://b.example/kb/",
                "https://a.example/person/x",
                "https://b.example/kb/person/x",
            ),
            (
                "https://a.example/",
                "https://b.example/",
                "https://news.example/1#char=1,2",
                "https://news.example/1#char=1,2",
            ),
            (
                "https://a.example/",
                "https://b.example/#",
                "https://a.example/article/1#char=1,2",
                "https://b.example/#article/1&char=1,2",
            ),
            (
                "https://a.example/#",
                "https://b.example/",
                "https://a.example/#article/1&char=1,2",
                "https://b.example/article/1#char=1,2",
            ),
        ] {
            let rebase = Rebase::from_bases([from.to_owned()], to.parse().unwrap());
            let moved = rebase.node(NamedNode::new(iri).unwrap());
            assert_eq!(moved.as_str(), expected);
            assert!(NamedNode::new(moved.as_str()).is_ok());
        }
    }
}
