//! What can be said over all articles of a dataset only: which are copies, how many independent ones say the same, and which
//! contradict one another.
//!
//! It is worked out from what the articles say whenever a dataset is put together, so neither the order in which they came
//! nor what has been taken away since can matter.

mod about;
mod conflicts;
mod outlets;
mod rules;
mod support;
mod values;

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNodeRef};

use self::about::About;
use self::outlets::Outlets;
use super::dataset::{G, Row};
use super::terms::{self, Id, Terms};
use crate::agreement::{self, Nodes};
use crate::copies::Sketch;
use crate::vocab::{news, xsd};

pub(super) use rules::{Comparison, RULES, Relation};

/// A quad that follows from what several articles say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Derived {
    subject: Id,
    predicate: NamedNodeRef<'static>,
    object: Object,
    graph: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
    Node(Id),
    Count(usize),
}

/// Whether quads of a predicate tell anything here.
pub(super) fn matters(predicate: NamedNodeRef<'_>) -> bool {
    agreement::matters(predicate) || about::PREDICATES.contains(&predicate)
}

/// The predicates of counts that quads were read with. Such a count, of fewer articles or of more, gives way to what is worked out.
pub(super) fn counted(terms: &Terms) -> Vec<Id> {
    let counts = [news::INDEPENDENT_ARTICLES, news::INDEPENDENT_PUBLISHERS, news::INDEPENDENT_SOURCES];
    counts.into_iter().filter_map(|predicate| terms.find(&terms::iri_key(predicate))).collect()
}

/// The quads that follow from those of the articles, each in the graph of its subject. `sketches` tell copies.
pub(super) fn derive(
    terms: &mut Terms,
    rows: impl Iterator<Item = Row> + Clone,
    sketches: &BTreeMap<Id, Sketch>,
) -> Vec<Row> {
    let derived = find(terms, rows, sketches);
    let mut row = |Derived { subject, predicate, object, graph }| {
        let object = match object {
            Object::Node(node) => node,
            Object::Count(count) => {
                let literal = Literal::new_typed_literal(count.to_string(), xsd::NON_NEGATIVE_INTEGER);
                terms.add(&terms::key((&literal).into()))
            }
        };
        [subject, terms.add(&terms::iri_key(predicate)), object, graph]
    };
    derived.into_iter().map(&mut row).collect()
}

fn find(terms: &Terms, rows: impl Iterator<Item = Row> + Clone, sketches: &BTreeMap<Id, Sketch>) -> Vec<Derived> {
    let find = |iri: &str| terms.find(&terms::iri_key(NamedNodeRef::new_unchecked(iri)));
    let text = |term: Id| terms.key(term);
    let nodes = Nodes::read(rows.clone(), find);
    let about = About::read(terms, rows.clone(), conflicts::wanted(&nodes, rows.map(|row| row[G])));
    let outlets = Outlets::new(terms, &about, sketches);
    let groups = nodes.groups(text);
    let mut derived: Vec<Derived> = outlets.copies().collect();
    let links = agreement::links(&groups, text, |one, other| outlets.is_copy(one, other));
    derived.extend(links.into_iter().map(|link| Derived {
        subject: link.from,
        predicate: if link.disputes { news::DISPUTES } else { news::SUPPORTS },
        object: Object::Node(link.to),
        graph: link.graph,
    }));
    derived.extend(support::counts(&groups, &outlets));
    derived.extend(conflicts::find(terms, &nodes, &about, &outlets));
    derived
}
