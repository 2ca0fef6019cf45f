//! Shapes that are known to be well formed: what [`compile`](super::compile) makes and [`walk`](super::walk) applies.

use oxigraph::model::{NamedNode, Term};
use regex::Regex;

use super::path::Path;
use super::sh;
use crate::base::Query;

/// A term that shapes speak of, by its place in [`Shapes::constants`](super::Shapes).
pub(super) type Constant = usize;

/// A shape, by its place among all.
pub(super) type ShapeId = usize;

/// A set of terms, by its place among all.
pub(super) type SetId = usize;

/// A node shape, or with a path a property shape.
pub(super) struct Shape {
    /// Its node in the shapes graph.
    pub(super) node: Term,
    /// The nearest shape with a name: itself, or the one that it is a part of.
    pub(super) named: Term,
    pub(super) targets: Vec<Target>,
    pub(super) path: Option<Path>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) severity: NamedNode,
    /// What is said of each result instead of our own words.
    pub(super) messages: Vec<Term>,
    pub(super) deactivated: bool,
    /// Whether to apply it follows paths, so that its verdict on a node is worth remembering.
    pub(super) costly: bool,
}

/// Which nodes a shape is for.
pub(super) enum Target {
    Node(Constant),
    /// Instances of a class and its subclasses.
    Class(SetId),
    SubjectsOf(Constant),
    ObjectsOf(Constant),
}

/// A set of terms that depends on the data.
pub(super) enum Set {
    Terms(Vec<Constant>),
    /// A class with its subclasses.
    Classes(Constant),
}

/// What the values of a shape must be.
pub(super) enum Constraint {
    Class(SetId, Constant),
    Datatype(NamedNode),
    NodeKind(Kinds),
    MinCount(u64),
    MaxCount(u64),
    Range(Bound, Term),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Regex, String),
    LanguageIn(Vec<String>),
    UniqueLanguage,
    Equals(Constant),
    Disjoint(Constant),
    LessThan(Constant),
    LessThanOrEquals(Constant),
    Not(ShapeId),
    And(Vec<ShapeId>),
    Or(Vec<ShapeId>),
    Xone(Vec<ShapeId>),
    Node(ShapeId),
    Property(ShapeId),
    Qualified { shape: ShapeId, siblings: Vec<ShapeId>, limit: u64, is_minimum: bool },
    Closed(SetId),
    HasValue(Constant),
    In(SetId),
    Sparql(Box<Sparql>),
}

/// Which sorts of terms are allowed.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) iri: bool,
    pub(super) blank: bool,
    pub(super) literal: bool,
}

/// On which side of a number or date values must lie.
#[derive(Clone, Copy)]
pub(super) enum Bound {
    MinExclusive,
    MinInclusive,
    MaxExclusive,
    MaxInclusive,
}

/// A constraint in SPARQL: each row of its answer is a result.
pub(super) struct Sparql {
    pub(super) node: Term,
    /// The component of the shapes graph's own that it validates, where it is one's validator.
    pub(super) component: Option<NamedNode>,
    pub(super) query: spargebra::Query,
    /// Whether it is asked of each value, `$value`, and the values for which it answers nothing are results.
    pub(super) asks_values: bool,
    pub(super) messages: Vec<Term>,
    /// The query for all focus nodes at once, where there is one.
    pub(super) at_once: Option<Query>,
}

impl Shape {
    /// The shapes that it contains.
    pub(super) fn parts(&self) -> Vec<ShapeId> {
        self.constraints
            .iter()
            .flat_map(|constraint| match constraint {
                Constraint::Not(id) | Constraint::Node(id) | Constraint::Property(id) => vec![*id],
                Constraint::And(ids) | Constraint::Or(ids) | Constraint::Xone(ids) => ids.clone(),
                Constraint::Qualified { shape, .. } => vec![*shape],
                _ => Vec::new(),
            })
            .collect()
    }
}

impl Constraint {
    /// Its component.
    pub(super) fn component(&self) -> NamedNode {
        match self {
            Self::Sparql(sparql) => sparql.component.clone(),
            _ => None,
        }
        .unwrap_or_else(|| sh::term(self.component_name()))
    }

    /// The local name of its component in SHACL.
    fn component_name(&self) -> &'static str {
        match self {
            Self::Class(..) => "ClassConstraintComponent",
            Self::Datatype(_) => "DatatypeConstraintComponent",
            Self::NodeKind(_) => "NodeKindConstraintComponent",
            Self::MinCount(_) => "MinCountConstraintComponent",
            Self::MaxCount(_) => "MaxCountConstraintComponent",
            Self::Range(Bound::MinExclusive, _) => "MinExclusiveConstraintComponent",
            Self::Range(Bound::MinInclusive, _) => "MinInclusiveConstraintComponent",
            Self::Range(Bound::MaxExclusive, _) => "MaxExclusiveConstraintComponent",
            Self::Range(Bound::MaxInclusive, _) => "MaxInclusiveConstraintComponent",
            Self::MinLength(_) => "MinLengthConstraintComponent",
            Self::MaxLength(_) => "MaxLengthConstraintComponent",
            Self::Pattern(..) => "PatternConstraintComponent",
            Self::LanguageIn(_) => "LanguageInConstraintComponent",
            Self::UniqueLanguage => "UniqueLangConstraintComponent",
            Self::Equals(_) => "EqualsConstraintComponent",
            Self::Disjoint(_) => "DisjointConstraintComponent",
            Self::LessThan(_) => "LessThanConstraintComponent",
            Self::LessThanOrEquals(_) => "LessThanOrEqualsConstraintComponent",
            Self::Not(_) => "NotConstraintComponent",
            Self::And(_) => "AndConstraintComponent",
            Self::Or(_) => "OrConstraintComponent",
            Self::Xone(_) => "XoneConstraintComponent",
            Self::Node(_) => "NodeConstraintComponent",
            Self::Property(_) => "PropertyConstraintComponent",
            Self::Qualified { is_minimum: true, .. } => "QualifiedMinCountConstraintComponent",
            Self::Qualified { is_minimum: false, .. } => "QualifiedMaxCountConstraintComponent",
            Self::Closed(_) => "ClosedConstraintComponent",
            Self::HasValue(_) => "HasValueConstraintComponent",
            Self::In(_) => "InConstraintComponent",
            Self::Sparql(_) => "SPARQLConstraintComponent",
        }
    }

    /// What it asks, in words, for results whose shape has no message.
    pub(super) fn wish(&self, constants: &[Term]) -> String {
        let name = |constant: &Constant| constants[*constant].to_string();
        match self {
            Self::Class(_, class) => format!("must be of the class {}", name(class)),
            Self::Datatype(datatype) => format!("must be a well-formed literal of {datatype}"),
            Self::NodeKind(kinds) => format!("must be {}", kinds.words()),
            Self::MinCount(count) => format!("must have at least {count} values"),
            Self::MaxCount(count) => format!("must have at most {count} values"),
            Self::Range(Bound::MinExclusive, bound) => format!("must be greater than {bound}"),
            Self::Range(Bound::MinInclusive, bound) => format!("must be no less than {bound}"),
            Self::Range(Bound::MaxExclusive, bound) => format!("must be less than {bound}"),
            Self::Range(Bound::MaxInclusive, bound) => format!("must be no greater than {bound}"),
            Self::MinLength(length) => format!("must have at least {length} characters"),
            Self::MaxLength(length) => format!("must have at most {length} characters"),
            Self::Pattern(_, pattern) => format!("must match {pattern:?}"),
            Self::LanguageIn(languages) => format!("must be in one of the languages {}", languages.join(", ")),
            Self::UniqueLanguage => "must have one value a language".to_owned(),
            Self::Equals(other) => format!("must have the values of {}", name(other)),
            Self::Disjoint(other) => format!("must have no value of {}", name(other)),
            Self::LessThan(other) => format!("must be less than {}", name(other)),
            Self::LessThanOrEquals(other) => format!("must be no greater than {}", name(other)),
            Self::Not(_) => "must not conform to a shape that is excluded".to_owned(),
            Self::And(_) => "must conform to each of several shapes".to_owned(),
            Self::Or(_) => "must conform to one of several shapes".to_owned(),
            Self::Xone(_) => "must conform to exactly one of several shapes".to_owned(),
            Self::Node(_) | Self::Property(_) => "must conform to another shape".to_owned(),
            Self::Qualified { limit, is_minimum, .. } => {
                let bound = if *is_minimum { "least" } else { "most" };
                format!("must have at {bound} {limit} values that conform to another shape")
            }
            Self::Closed(_) => "must have no other property than those of the shape".to_owned(),
            Self::HasValue(value) => format!("must have the value {}", name(value)),
            Self::In(_) => "must be one of the values that the shape lists".to_owned(),
            Self::Sparql(_) => "is found by a query for what must not be".to_owned(),
        }
    }
}

impl Kinds {
    fn words(self) -> String {
        let sorts = [(self.iri, "an IRI"), (self.blank, "a blank node"), (self.literal, "a literal")];
        sorts.into_iter().filter(|(allowed, _)| *allowed).map(|(_, sort)| sort).collect::<Vec<_>>().join(" or ")
    }
}
