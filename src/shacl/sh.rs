//! The terms of SHACL.

use oxigraph::model::{NamedNode, NamedNodeRef};

/// What all terms of SHACL begin with.
pub(super) const NAMESPACE: &str = "http://www.w3.org/ns/shacl#";

/// A term of SHACL by its local name.
pub(super) fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{name}"))
}

/// The local name of a term of SHACL.
pub(super) fn name(node: NamedNodeRef<'_>) -> Option<&str> {
    node.as_str().strip_prefix(NAMESPACE)
}
