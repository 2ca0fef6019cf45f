//! Applies shapes to data: from targets to focus nodes, from these along paths to values, and what each must be.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, Term};
use rayon::prelude::*;

use super::Shapes;
use super::at_once::Answers;
use super::literal;
use super::path::Steps;
use super::shape::{Bound, Constant, Constraint, Set, SetId, Shape, ShapeId, Target};
use crate::base::Dataset;
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

/// Shapes over one dataset. Its terms are numbers; a constant that the dataset lacks has a number beyond the last.
pub(super) struct Bindings<'a> {
    pub(super) shapes: &'a Shapes,
    pub(super) data: &'a Dataset,
    ids: Vec<u32>,
    sets: Vec<HashSet<u32>>,
    answers: Answers,
}

impl<'a> Bindings<'a> {
    pub(super) fn new(shapes: &'a Shapes, data: &'a Dataset) -> Self {
        let missing = data.last_id() + 1;
        let ids = (missing..)
            .zip(&shapes.constants)
            .map(|(beyond, constant)| data.find(constant.as_ref()).unwrap_or(beyond))
            .collect();
        let mut bindings = Self { shapes, data, ids, sets: Vec::new(), answers: Answers::default() };
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

    /// All that the shapes refuse, shape by shape.
    ///
    /// # Errors
    /// When a constraint in SPARQL cannot be evaluated.
    pub(super) fn findings(&self) -> Result<Vec<Finding>> {
        let mut all = Vec::new();
        for root in &self.shapes.roots {
            if self.shapes.shapes[*root].deactivated {
                continue;
            }
            let focus = self.focus_nodes(&self.shapes.shapes[*root]);
            let chunks: Vec<Vec<Finding>> = focus
                .par_chunks(CHUNK)
                .map(|chunk| {
                    let mut walk = Walk { bindings: self, verdicts: HashMap::new(), found: Vec::new() };
                    chunk.iter().try_for_each(|node| walk.shape(*root, *node))?;
                    Ok(walk.found)
                })
                .collect::<Result<_>>()?;
            all.extend(chunks.into_iter().flatten());
        }
        Ok(all)
    }

    /// The nodes that a shape is for, each once.
    fn focus_nodes(&self, shape: &Shape) -> Vec<u32> {
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

    fn is_a(&self, node: u32, set: SetId) -> bool {
        self.data.objects(node, self.id(self.shapes.type_)).any(|class| self.sets[set].contains(&class))
    }

    /// Whether a constraint on single values holds for one; constraints of other sorts hold.
    fn holds(&self, constraint: &Constraint, value: u32) -> bool {
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

/// One thread's way through focus nodes.
struct Walk<'b, 'a> {
    bindings: &'b Bindings<'a>,
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
            Constraint::Sparql(sparql) => {
                let focus = bindings.term(place.focus);
                let is_node_shape = bindings.shapes.shapes[place.id].path.is_none();
                for row in bindings.answers.rows((place.id, place.constraint), sparql, &focus, bindings.data)? {
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
