//! A shapes graph as it was read: what it says of each node, in the order of its files.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::sh;
use crate::base::read_rdf;
use crate::error::Result;

/// The triples of shapes by their subject.
#[derive(Default)]
pub(super) struct Source {
    facts: HashMap<Term, Vec<(NamedNode, Term)>>,
    /// The subjects as they first came.
    subjects: Vec<Term>,
    /// New names for blank nodes, which readers name at random.
    names: HashMap<BlankNode, BlankNode>,
    seen: HashSet<(Term, NamedNode, Term)>,
}

impl Source {
    /// Adds a file of RDF; graph names are not looked at.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn add_file(&mut self, path: &Path) -> Result<()> {
        read_rdf(path, |quad| self.add(quad))
    }

    /// Adds a triple.
    pub(super) fn add(&mut self, quad: Quad) {
        let subject = match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into(),
            NamedOrBlankNode::BlankNode(node) => self.renamed(node),
        };
        let object = match quad.object {
            Term::BlankNode(node) => self.renamed(node),
            other => other,
        };
        if self.seen.insert((subject.clone(), quad.predicate.clone(), object.clone())) {
            if !self.facts.contains_key(&subject) {
                self.subjects.push(subject.clone());
            }
            self.facts.entry(subject).or_default().push((quad.predicate, object));
        }
    }

    fn renamed(&mut self, node: BlankNode) -> Term {
        let next = self.names.len() + 1;
        self.names.entry(node).or_insert_with(|| BlankNode::new_unchecked(format!("shape{next}"))).clone().into()
    }

    pub(super) fn subjects(&self) -> &[Term] {
        &self.subjects
    }

    /// What is said of a node.
    pub(super) fn facts(&self, node: &Term) -> &[(NamedNode, Term)] {
        self.facts.get(node).map_or(&[], Vec::as_slice)
    }

    /// The values of a property.
    pub(super) fn values(&self, node: &Term, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.facts(node).iter().filter(move |(known, _)| known.as_ref() == predicate).map(|(_, value)| value)
    }

    /// The values of a property of SHACL.
    pub(super) fn all(&self, node: &Term, name: &str) -> impl Iterator<Item = &Term> {
        self.facts(node).iter().filter(move |(known, _)| sh::name(known.as_ref()) == Some(name)).map(|(_, value)| value)
    }

    /// The first value of a property of SHACL.
    pub(super) fn one(&self, node: &Term, name: &str) -> Option<&Term> {
        self.all(node, name).next()
    }

    pub(super) fn is_a(&self, node: &Term, class: NamedNodeRef<'_>) -> bool {
        self.values(node, rdf::TYPE).any(|value| value.as_ref() == class.into())
    }

    /// The members of a list; none where it is no well-formed one.
    pub(super) fn list(&self, head: &Term) -> Option<Vec<Term>> {
        let (mut members, mut cells) = (Vec::new(), HashSet::new());
        let mut cell = head;
        while cell.as_ref() != rdf::NIL.into() {
            let mut first = self.values(cell, rdf::FIRST);
            let mut rest = self.values(cell, rdf::REST);
            members.push(first.next()?.clone());
            if !cells.insert(cell) || first.next().is_some() {
                return None;
            }
            cell = rest.next()?;
            if rest.next().is_some() {
                return None;
            }
        }
        Some(members)
    }
}
