//! What is written of some nodes, at hand.

use hashbrown::{HashMap, HashSet};
use oxigraph::model::NamedNodeRef;

use super::super::dataset::Row;
use super::super::terms::{self, Id, Terms};
use crate::vocab::{news, rdf, rdfs, schema};

/// The predicates that matter.
pub(super) const PREDICATES: [NamedNodeRef<'static>; 10] = [
    rdf::TYPE,
    rdfs::LABEL,
    schema::DATE_PUBLISHED,
    schema::PUBLISHER,
    schema::URL,
    schema::VALUE,
    schema::CURRENCY,
    schema::UNIT_CODE,
    news::BOUND,
    news::NEAR_DUPLICATE_OF,
];

/// Of some nodes what these predicates say.
pub(super) struct About {
    predicates: HashMap<&'static str, Id>,
    objects: HashMap<(Id, Id), Vec<Id>>,
    sorts: HashMap<Id, Vec<Id>>,
    nodes: Vec<Id>,
}

impl About {
    /// Of the nodes that are wanted.
    pub(super) fn read(terms: &Terms, rows: impl Iterator<Item = Row>, wanted: HashSet<Id>) -> Self {
        let known = PREDICATES.into_iter();
        let predicates: HashMap<&'static str, Id> =
            known.filter_map(|term| Some((term.as_str(), terms.find(&terms::iri_key(term))?))).collect();
        let of_interest: HashSet<Id> = predicates.values().copied().collect();
        let mut objects: HashMap<(Id, Id), Vec<Id>> = HashMap::new();
        for [subject, predicate, object, _] in rows {
            if of_interest.contains(&predicate) && wanted.contains(&subject) {
                objects.entry((subject, predicate)).or_default().push(object);
            }
        }
        for objects in objects.values_mut() {
            objects.sort_by_key(|object| terms.key(*object));
            objects.dedup();
        }
        let wide = [schema::PLACE, schema::PERSON, schema::ORGANIZATION, schema::LANDFORM, news::FACILITY];
        let wide = wide.map(|class| terms.find(&terms::iri_key(class)));
        let of_type = predicates.get(rdf::TYPE.as_str());
        let types = objects.iter().filter(|((_, predicate), _)| Some(predicate) == of_type);
        let narrow = |types: &[Id]| types.iter().copied().filter(|class| !wide.contains(&Some(*class))).collect();
        let sorts = types.map(|((node, _), types)| (*node, narrow(types))).collect();
        let mut nodes: Vec<Id> = wanted.into_iter().collect();
        nodes.sort_unstable();
        Self { predicates, objects, sorts, nodes }
    }

    /// The classes of a node but for those that hold things of all sorts.
    pub(super) fn sorts(&self, node: Id) -> &[Id] {
        self.sorts.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The nodes that were wanted, in the order of their numbers.
    pub(super) fn nodes(&self) -> &[Id] {
        &self.nodes
    }

    /// All objects, in the order of their texts.
    pub(super) fn all(&self, node: Id, predicate: NamedNodeRef<'static>) -> &[Id] {
        let predicate = self.predicates.get(predicate.as_str());
        predicate.and_then(|predicate| self.objects.get(&(node, *predicate))).map_or(&[], Vec::as_slice)
    }

    /// The first object.
    pub(super) fn first(&self, node: Id, predicate: NamedNodeRef<'static>) -> Option<Id> {
        self.all(node, predicate).first().copied()
    }

    /// The text of the first object.
    pub(super) fn text<'a>(&self, terms: &'a Terms, node: Id, predicate: NamedNodeRef<'static>) -> Option<&'a str> {
        self.first(node, predicate).map(|object| terms::lexical(terms.key(object)))
    }
}
