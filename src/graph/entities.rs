//! Writes entities: their types and names.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::{Graph, literal};
use crate::document::{Document, EntityId, Kind};
use crate::vocab::{news, rdf, rdfs, schema, skos};

/// The entities of a document as they are written.
pub(super) struct Entities {
    nodes: Vec<NamedNode>,
    /// What each is labelled with. Two entities whose names are one name spelled twice share a node and a label.
    labels: BTreeMap<NamedNode, String>,
}

impl Entities {
    /// The node of an entity.
    pub(super) fn node(&self, entity: EntityId) -> Option<&NamedNode> {
        self.nodes.get(entity)
    }

    /// The nodes of all, in the order of the document.
    pub(super) fn nodes(&self) -> &[NamedNode] {
        &self.nodes
    }

    /// Whether a node is one of them.
    pub(super) fn has(&self, node: &NamedNode) -> bool {
        self.labels.contains_key(node)
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

/// Writes every entity: one label each, and its other names.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document) -> Entities {
    let mut entities = Entities { nodes: Vec::new(), labels: BTreeMap::new() };
    for entity in &document.entities {
        let name = literal::one_line(&entity.name);
        let node = graph.mint.entity(entity.kind, &name);
        graph.add(&node, rdf::TYPE, class(entity.kind));
        let label = entities.labels.entry(node.clone()).or_insert_with(|| name.clone());
        graph.add(&node, rdfs::LABEL, literal::plain(label));
        for other in entity.other_names.iter().chain([&name]) {
            let other = literal::one_line(other);
            if other != *label {
                graph.add(&node, skos::ALT_LABEL, literal::plain(&other));
            }
        }
        entities.nodes.push(node);
    }
    entities
}
