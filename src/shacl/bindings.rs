//! Shapes over one dataset: the numbers of their constants and sets of terms, their focus nodes, and what holds for one value.

use std::collections::{HashMap, HashSet};

use oxigraph::model::Term;

use super::Shapes;
use super::literal;
use super::path::Steps;
use super::shape::{Bound, Constant, Constraint, Set, SetId, Shape, Target};
use crate::base::Dataset;

/// Shapes over one dataset. Its terms are numbers; a constant that the dataset lacks has a number beyond the last.
pub(super) struct Bindings<'a> {
    pub(super) shapes: &'a Shapes,
    pub(super) data: &'a Dataset,
    ids: Vec<u32>,
    pub(super) sets: Vec<HashSet<u32>>,
}

impl<'a> Bindings<'a> {
    pub(super) fn new(shapes: &'a Shapes, data: &'a Dataset) -> Self {
        let missing = data.last_id() + 1;
        let ids = (missing..)
            .zip(&shapes.constants)
            .map(|(beyond, constant)| data.find(constant.as_ref()).unwrap_or(beyond))
            .collect();
        let mut bindings = Self { shapes, data, ids, sets: Vec::new() };
        let mut known: HashMap<u32, Vec<u32>> = HashMap::new();
        for (below, above) in &shapes.known {
            known.entry(bindings.id(*above)).or_default().push(bindings.id(*below));
        }
        bindings.sets = shapes
            .sets
            .iter()
            .map(|set| match set {
                Set::Terms(terms) => terms.iter().map(|term| bindings.id(*term)).collect(),
                Set::Classes(class) => bindings.classes(*class, &known),
            })
            .collect();
        bindings
    }

    /// A class and all that are below it, in the data and in what is known besides.
    fn classes(&self, class: Constant, known: &HashMap<u32, Vec<u32>>) -> HashSet<u32> {
        let subclass = self.id(self.shapes.subclass);
        let mut open = vec![self.id(class)];
        let mut classes = HashSet::from([self.id(class)]);
        while let Some(class) = open.pop() {
            let below = known.get(&class).into_iter().flatten().copied();
            open.extend(self.data.subjects(subclass, class).chain(below).filter(|below| classes.insert(*below)));
        }
        classes
    }

    pub(super) fn id(&self, constant: Constant) -> u32 {
        self.ids[constant]
    }

    /// The term of a number, be it of the data or of the shapes.
    pub(super) fn term(&self, id: u32) -> Term {
        match id.checked_sub(self.data.last_id() + 1) {
            None => self.data.term(id),
            Some(constant) => self.shapes.constants[constant as usize].clone(),
        }
    }

    /// The nodes that a shape is for, each once.
    pub(super) fn focus_nodes(&self, shape: &Shape) -> Vec<u32> {
        let mut nodes = Vec::new();
        for target in &shape.targets {
            match target {
                Target::Node(node) => nodes.push(self.id(*node)),
                Target::Class(set) => {
                    let mut classes: Vec<&u32> = self.sets[*set].iter().collect();
                    classes.sort_unstable();
                    let type_ = self.id(self.shapes.type_);
                    nodes.extend(classes.into_iter().flat_map(|class| self.data.subjects(type_, *class)));
                }
                Target::SubjectsOf(predicate) => nodes.extend(self.data.all_subjects(self.id(*predicate))),
                Target::ObjectsOf(predicate) => nodes.extend(self.data.all_objects(self.id(*predicate))),
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    pub(super) fn is_a(&self, node: u32, set: SetId) -> bool {
        self.data.objects(node, self.id(self.shapes.type_)).any(|class| self.sets[set].contains(&class))
    }

    /// Whether a constraint on single values holds for one; constraints of other sorts hold.
    pub(super) fn holds(&self, constraint: &Constraint, value: u32) -> bool {
        match constraint {
            Constraint::Class(set, _) => return self.is_a(value, *set),
            Constraint::In(set) => return self.sets[*set].contains(&value),
            _ => {}
        }
        let term = self.term(value);
        let text = || match &term {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            Term::BlankNode(_) | Term::Triple(_) => None,
        };
        let length = |fits: &dyn Fn(u64) -> bool| text().is_some_and(|text| fits(text.chars().count() as u64));
        match constraint {
            Constraint::Datatype(datatype) => matches!(&term, Term::Literal(literal)
                if literal.datatype() == datatype.as_ref() && literal::is_well_formed(literal.as_ref())),
            Constraint::NodeKind(kinds) => match &term {
                Term::NamedNode(_) => kinds.iri,
                Term::BlankNode(_) => kinds.blank,
                Term::Literal(_) => kinds.literal,
                Term::Triple(_) => false,
            },
            Constraint::Range(bound, limit) => {
                let order = literal::compare(term.as_ref(), limit.as_ref());
                order.is_some_and(|order| match bound {
                    Bound::MinExclusive => order.is_gt(),
                    Bound::MinInclusive => order.is_ge(),
                    Bound::MaxExclusive => order.is_lt(),
                    Bound::MaxInclusive => order.is_le(),
                })
            }
            Constraint::MinLength(least) => length(&|length| length >= *least),
            Constraint::MaxLength(most) => length(&|length| length <= *most),
            Constraint::Pattern(regex, _) => text().is_some_and(|text| regex.is_match(text)),
            Constraint::LanguageIn(ranges) => matches!(&term, Term::Literal(literal)
                if literal.language().is_some_and(|tag| ranges.iter().any(|range| speaks(tag, range)))),
            _ => true,
        }
    }
}

/// Whether a language tag lies in a range such as `en`.
fn speaks(tag: &str, range: &str) -> bool {
    let tag = tag.to_lowercase();
    range == "*" || tag.strip_prefix(range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

impl Steps for Bindings<'_> {
    fn step(&self, from: u32, predicate: Constant, backwards: bool) -> Vec<u32> {
        let predicate = self.id(predicate);
        if backwards {
            self.data.subjects(predicate, from).collect()
        } else {
            self.data.objects(from, predicate).collect()
        }
    }
}
