//! Questions to quads.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

pub(crate) fn node(iri: &str) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

pub(crate) fn kb(name: &str) -> NamedNode {
    node(&format!("https://newsgraph.example/{name}"))
}

/// The objects of a subject's property, as Turtle would have them.
pub(crate) fn objects(quads: &[Quad], subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
    let subject = NamedOrBlankNode::from(subject.clone());
    let of = quads.iter().filter(|quad| quad.subject == subject && quad.predicate == predicate);
    of.map(|quad| quad.object.clone()).collect()
}

pub(crate) fn literals(quads: &[Quad], subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let literals = objects(quads, subject, predicate).into_iter();
    literals
        .map(|object| if let Term::Literal(literal) = object { literal.value().into() } else { object.to_string() })
        .collect()
}

/// The subjects with a property of a value.
pub(crate) fn subjects(quads: &[Quad], predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Vec<NamedNode> {
    let object = object.into();
    let with = quads.iter().filter(|quad| quad.predicate == predicate && quad.object == object);
    let nodes = with.filter_map(|quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    nodes.collect()
}
