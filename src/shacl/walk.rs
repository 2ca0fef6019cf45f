//! Applies shapes to data: from focus nodes along paths to values, and what each must be.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, Term};
use rayon::prelude::*;

use super::at_once::{self, Answers};
use super::bindings::Bindings;
use super::literal;
use super::shape::{Constraint, SetId, Shape, ShapeId, Sparql};
use crate::error::Result;

/// How many focus nodes one thread takes at a time.
const CHUNK: usize = 512;

/// What a shape refuses: numbers of the data and of the shapes, which cost little where nobody asks what they are.
pub(super) struct Finding {
    pub(super) shape: ShapeId,
    /// The place among the shape's constraints.
    pub(super) constraint: usize,
    pub(super) focus: u32,
    pub(super) path: Option<NamedNode>,
    pub(super) value: Option<Value>,
    /// In place of the shape's.
    pub(super) messages: Vec<Term>,
}

pub(super) enum Value {
    Node(u32),
    Computed(Term),
}

/// All that the shapes refuse, shape by shape.
///
/// # Errors
/// When a constraint in SPARQL cannot be evaluated.
pub(super) fn findings(bindings: &Bindings<'_>) -> Result<Vec<Finding>> {
    let shapes = &bindings.shapes.shapes;
    let active = bindings.shapes.roots.par_iter().filter(|root| !shapes[**root].deactivated);
    let focus: Vec<(ShapeId, Vec<u32>)> = active.map(|root| (*root, bindings.focus_nodes(&shapes[*root]))).collect();
    let answers = Answers::new(&constraints_in_sparql(shapes, &focus), bindings.data)?;
    let chunks: Vec<(ShapeId, &[u32])> =
        focus.iter().flat_map(|(root, nodes)| nodes.chunks(CHUNK).map(|chunk| (*root, chunk))).collect();
    let found: Vec<Vec<Finding>> = chunks
        .into_par_iter()
        .map(|(root, chunk)| {
            let mut walk = Walk { bindings, answers: &answers, verdicts: HashMap::new(), found: Vec::new() };
            chunk.iter().try_for_each(|node| walk.shape(root, *node))?;
            Ok(walk.found)
        })
        .collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The constraints in SPARQL of the shapes that have focus nodes, and of those that they contain.
fn constraints_in_sparql<'s>(shapes: &'s [Shape], focus: &[(ShapeId, Vec<u32>)]) -> Vec<(at_once::Place, &'s Sparql)> {
    let mut open: Vec<ShapeId> = focus.iter().filter(|(_, nodes)| !nodes.is_empty()).map(|(root, _)| *root).collect();
    let mut seen: HashSet<ShapeId> = open.iter().copied().collect();
    let mut constraints = Vec::new();
    while let Some(id) = open.pop() {
        let shape = &shapes[id];
        constraints.extend((0..).zip(&shape.constraints).filter_map(|(at, constraint)| match constraint {
            Constraint::Sparql(sparql) => Some(((id, at), &**sparql)),
            _ => None,
        }));
        open.extend(shape.parts().into_iter().filter(|part| seen.insert(*part)));
    }
    constraints
}

/// One thread's way through focus nodes.
struct Walk<'b, 'a> {
    bindings: &'b Bindings<'a>,
    answers: &'b Answers,
    /// What was found out of shapes that cost something to apply: hubs are asked about again and again.
    verdicts: HashMap<(ShapeId, u32), bool>,
    found: Vec<Finding>,
}

impl Walk<'_, '_> {
    /// Applies a shape to a focus node.
    fn shape(&mut self, id: ShapeId, focus: u32) -> Result<()> {
        let shapes = self.bindings.shapes;
        let shape = &shapes.shapes[id];
        if shape.deactivated {
            return Ok(());
        }
        let values = match &shape.path {
            None => vec![focus],
            Some(path) => path.follow(self.bindings, focus, false),
        };
        let place = |constraint| Place { id, constraint, focus };
        (0..).zip(&shape.constraints).try_for_each(|(at, it)| self.constraint(place(at), it, &values))
    }

    /// Whether a node conforms to a shape.
    fn conforms(&mut self, shape: ShapeId, node: u32) -> Result<bool> {
        let costly = self.bindings.shapes.shapes[shape].costly;
        if let Some(verdict) = self.verdicts.get(&(shape, node)).filter(|_| costly) {
            return Ok(*verdict);
        }
        let before = self.found.len();
        self.shape(shape, node)?;
        let verdict = self.found.len() == before;
        self.found.truncate(before);
        if costly {
            self.verdicts.insert((shape, node), verdict);
        }
        Ok(verdict)
    }

    fn refuse(&mut self, place: Place, value: Option<u32>) {
        let Place { id, constraint, focus } = place;
        let value = value.map(Value::Node);
        self.found.push(Finding { shape: id, constraint, focus, path: None, value, messages: Vec::new() });
    }

    fn constraint(&mut self, place: Place, constraint: &Constraint, values: &[u32]) -> Result<()> {
        let bindings = self.bindings;
        let count = values.len() as u64;
        match constraint {
            Constraint::MinCount(least) if count < *least => self.refuse(place, None),
            Constraint::MaxCount(most) if count > *most => self.refuse(place, None),
            Constraint::MinCount(_) | Constraint::MaxCount(_) => {}
            Constraint::HasValue(value) if values.contains(&bindings.id(*value)) => {}
            Constraint::HasValue(_) => self.refuse(place, None),
            Constraint::UniqueLanguage => self.unique_languages(place, values),
            Constraint::Equals(_)
            | Constraint::Disjoint(_)
            | Constraint::LessThan(_)
            | Constraint::LessThanOrEquals(_) => self.pair(place, constraint, values),
            Constraint::Closed(allowed) => self.closed(place, *allowed, values),
            Constraint::Property(shape) => {
                for value in values {
                    self.shape(*shape, *value)?;
                }
            }
            Constraint::Qualified { shape, siblings, limit, is_minimum } => {
                let mut fitting = 0;
                for value in values {
                    fitting += u64::from(self.conforms(*shape, *value)? && self.none_conforms(siblings, *value)?);
                }
                if if *is_minimum { fitting < *limit } else { fitting > *limit } {
                    self.refuse(place, None);
                }
            }
            Constraint::Sparql(sparql) if sparql.asks_values => {
                let focus = bindings.term(place.focus);
                for value in values {
                    if sparql.rows(&focus, Some(&bindings.term(*value)), bindings.data)?.is_empty() {
                        self.refuse(place, Some(*value));
                        if let Some(finding) = self.found.last_mut() {
                            finding.messages.clone_from(&sparql.messages);
                        }
                    }
                }
            }
            Constraint::Sparql(sparql) => {
                let focus = bindings.term(place.focus);
                let is_node_shape = bindings.shapes.shapes[place.id].path.is_none();
                for row in self.answers.rows((place.id, place.constraint), sparql, &focus, bindings.data)? {
                    let value = row.value.map(Value::Computed);
                    let value = value.or_else(|| is_node_shape.then_some(Value::Node(place.focus)));
                    let Place { id, constraint, focus } = place;
                    self.found.push(Finding {
                        shape: id,
                        constraint,
                        focus,
                        path: row.path,
                        value,
                        messages: row.messages,
                    });
                }
            }
            _ => {
                for value in values {
                    if !self.accepts(constraint, *value)? {
                        self.refuse(place, Some(*value));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a constraint that looks at each value by itself holds for one.
    fn accepts(&mut self, constraint: &Constraint, value: u32) -> Result<bool> {
        Ok(match constraint {
            Constraint::Not(shape) => !self.conforms(*shape, value)?,
            Constraint::Node(shape) => self.conforms(*shape, value)?,
            Constraint::And(shapes) => self.conforming(shapes, value, shapes.len())? == shapes.len(),
            Constraint::Or(shapes) => self.conforms_to_any(shapes, value)?,
            Constraint::Xone(shapes) => self.conforming(shapes, value, 2)? == 1,
            _ => self.bindings.holds(constraint, value),
        })
    }

    fn conforms_to_any(&mut self, shapes: &[ShapeId], value: u32) -> Result<bool> {
        for shape in shapes {
            if self.conforms(*shape, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn none_conforms(&mut self, shapes: &[ShapeId], value: u32) -> Result<bool> {
        Ok(!self.conforms_to_any(shapes, value)?)
    }

    /// To how many of some shapes a node conforms; does not count beyond `most`.
    fn conforming(&mut self, shapes: &[ShapeId], value: u32, most: usize) -> Result<usize> {
        let mut count = 0;
        for shape in shapes {
            count += usize::from(self.conforms(*shape, value)?);
            if count == most {
                break;
            }
        }
        Ok(count)
    }

    /// Refuses each language in which there is more than one text.
    fn unique_languages(&mut self, place: Place, values: &[u32]) {
        let mut texts: HashMap<String, usize> = HashMap::new();
        for value in values {
            if let Term::Literal(literal) = self.bindings.term(*value)
                && let Some(language) = literal.language()
            {
                *texts.entry(language.to_lowercase()).or_default() += 1;
            }
        }
        for _ in texts.values().filter(|count| **count > 1) {
            self.refuse(place, None);
        }
    }

    /// Constraints between the values and those of another property.
    fn pair(&mut self, place: Place, constraint: &Constraint, values: &[u32]) {
        let bindings = self.bindings;
        let (Constraint::Equals(other)
        | Constraint::Disjoint(other)
        | Constraint::LessThan(other)
        | Constraint::LessThanOrEquals(other)) = constraint
        else {
            return;
        };
        let others: Vec<u32> = bindings.data.objects(place.focus, bindings.id(*other)).collect();
        let fits = |value: u32, other: u32| {
            let order = literal::compare(bindings.term(value).as_ref(), bindings.term(other).as_ref());
            let equal_is_well = matches!(constraint, Constraint::LessThanOrEquals(_));
            order.is_some_and(|order| order == Ordering::Less || equal_is_well && order == Ordering::Equal)
        };
        // Of the two lists at least one is short in practice; a set keeps it linear where none is.
        let is_among = |list: &[u32]| -> HashSet<u32> { list.iter().copied().collect() };
        match constraint {
            Constraint::Equals(_) => {
                let (left, right) = (is_among(values), is_among(&others));
                let only = values.iter().filter(|value| !right.contains(value));
                only.chain(others.iter().filter(|other| !left.contains(other)))
                    .for_each(|value| self.refuse(place, Some(*value)));
            }
            Constraint::Disjoint(_) => {
                let right = is_among(&others);
                values.iter().filter(|value| right.contains(value)).for_each(|value| self.refuse(place, Some(*value)));
            }
            _ => {
                for value in values {
                    others.iter().filter(|other| !fits(*value, **other)).for_each(|_| self.refuse(place, Some(*value)));
                }
            }
        }
    }

    /// Refuses the properties that a closed shape does not know.
    fn closed(&mut self, place: Place, allowed: SetId, values: &[u32]) {
        let bindings = self.bindings;
        for value in values {
            for predicate in bindings.data.predicates(*value) {
                if bindings.sets[allowed].contains(&predicate) {
                    continue;
                }
                let path = match bindings.term(predicate) {
                    Term::NamedNode(path) => Some(path),
                    _ => None,
                };
                for object in bindings.data.objects(*value, predicate) {
                    self.refuse(place, Some(object));
                    if let Some(finding) = self.found.last_mut() {
                        finding.path.clone_from(&path);
                    }
                }
            }
        }
    }
}

/// Which constraint of which shape looks at which node.
#[derive(Clone, Copy)]
struct Place {
    id: ShapeId,
    constraint: usize,
    focus: u32,
}
