//! Writes entities: their types and names.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::{Graph, literal};
use crate::document::{Document, EntityId, Kind};
use crate::vocab::{news, rdf, schema};

/// The nodes of a document's entities.
pub(super) struct Entities(Vec<NamedNode>);

impl Entities {
    /// The node of an entity. Entities whose names are one name spelled twice share a node.
    pub(super) fn node(&self, entity: EntityId) -> Option<&NamedNode> {
        self.0.get(entity)
    }

    /// The nodes of all, in the order of the document.
    pub(super) fn nodes(&self) -> &[NamedNode] {
        &self.0
    }
}

/// The class of a kind.
pub(super) fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Person => schema::PERSON,
        Kind::Organization => schema::ORGANIZATION,
        Kind::Region => schema::ADMINISTRATIVE_AREA,
        Kind::Place => schema::PLACE,
        Kind::Facility => news::FACILITY,
        Kind::Group => news::GROUP,
        Kind::Event => schema::EVENT,
        Kind::Work => schema::CREATIVE_WORK,
        Kind::Product => schema::PRODUCT,
        Kind::Law => schema::LEGISLATION,
        Kind::Language => schema::LANGUAGE,
    }
}

/// Writes every entity: its type, its label and its other names.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document) -> Entities {
    let mut nodes = Vec::new();
    for entity in &document.entities {
        let name = literal::one_line(&entity.name);
        let node = graph.mint.entity(entity.kind, &name);
        graph.add(&node, rdf::TYPE, class(entity.kind));
        graph.name(&node, literal::plain(&name));
        for other in &entity.other_names {
            graph.name(&node, literal::plain(&literal::one_line(other)));
        }
        nodes.push(node);
    }
    Entities(nodes)
}
