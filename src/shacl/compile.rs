//! Shapes out of a shapes graph: everything that is wrong with it is found here, and named with its shape.

mod constraints;
mod parameters;
mod paths;
mod targets;

use std::collections::HashMap;

use oxigraph::model::Term;
use oxigraph::model::vocab::{rdf, rdfs};

use super::component::Component;
use super::shape::{Constant, Constraint, Set, SetId, Shape, ShapeId};
use super::source::Source;
use super::{Shapes, sh};
use crate::error::{Error, Result};

/// How deep shapes and paths may lie in one another.
const DEPTH: usize = 64;

/// What the parameters of a shape may be given once only.
const ONCE: [&str; 20] = [
    "path",
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minExclusive",
    "minInclusive",
    "maxExclusive",
    "maxInclusive",
    "minLength",
    "maxLength",
    "flags",
    "languageIn",
    "uniqueLang",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "closed",
    "ignoredProperties",
    "in",
    "severity",
];

/// Makes shapes of what was read; `origin` names it in messages.
///
/// # Errors
/// When a shape is ill-formed, refers to itself, or asks for what is not supported: names the shape.
pub(super) fn compile(source: &Source, origin: &str) -> Result<Shapes> {
    let error = |message| Error::Shapes { origin: origin.to_owned(), message };
    refuse_other_rules(source).map_err(error)?;
    let components = Component::all(source).map_err(error)?;
    let mut compiler = Compiler::new(source, origin, &components);
    let subjects: Vec<Term> = source.subjects().iter().filter(|node| is_shape(source, node)).cloned().collect();
    let mut roots = Vec::new();
    for node in &subjects {
        let id = compiler.shape(node)?;
        if compiler.shapes[id].as_ref().is_some_and(|shape| !shape.targets.is_empty()) {
            roots.push(id);
        }
    }
    if roots.is_empty() {
        let message = if subjects.is_empty() { "there are no SHACL shapes in it" } else { "no shape has a target" };
        return Err(compiler.error(message.to_owned()));
    }
    compiler.name_parts();
    Ok(compiler.finish(roots))
}

/// Refuses what would change the meaning of shapes and is not supported.
fn refuse_other_rules(source: &Source) -> Result<(), String> {
    let regime = source.subjects().iter().find_map(|node| Some((node, source.one(node, "entailment")?)));
    match regime {
        Some((node, regime)) => Err(format!("{node} asks for the entailment {regime}, which is not supported")),
        None => Ok(()),
    }
}

/// Whether a node says itself that it is a shape.
fn is_shape(source: &Source, node: &Term) -> bool {
    source.facts(node).iter().any(|(predicate, object)| match sh::name(predicate.as_ref()) {
        Some(name) => name.starts_with("target"),
        None => {
            *predicate == rdf::TYPE
                && [sh::term("NodeShape"), sh::term("PropertyShape")]
                    .iter()
                    .any(|shape| object == &shape.clone().into())
        }
    })
}

struct Compiler<'a> {
    source: &'a Source,
    origin: &'a str,
    shapes: Vec<Option<Shape>>,
    /// The shapes that were begun; those without a shape lie around the current one.
    ids: HashMap<Term, ShapeId>,
    constants: Vec<Term>,
    places: HashMap<Term, Constant>,
    sets: Vec<Set>,
    depth: usize,
    /// Of each property shape, the shapes that it is a property of.
    owners: HashMap<Term, Vec<Term>>,
    components: &'a [Component],
}

impl<'a> Compiler<'a> {
    fn new(source: &'a Source, origin: &'a str, components: &'a [Component]) -> Self {
        let mut owners: HashMap<Term, Vec<Term>> = HashMap::new();
        for node in source.subjects() {
            for property in source.all(node, "property") {
                owners.entry(property.clone()).or_default().push(node.clone());
            }
        }
        Self {
            source,
            origin,
            shapes: Vec::new(),
            ids: HashMap::new(),
            constants: Vec::new(),
            places: HashMap::new(),
            sets: Vec::new(),
            depth: 0,
            owners,
            components,
        }
    }

    fn finish(mut self, roots: Vec<ShapeId>) -> Shapes {
        let type_ = self.constant(&rdf::TYPE.into());
        let subclass = self.constant(&rdfs::SUB_CLASS_OF.into());
        let shapes = self.shapes.into_iter().flatten().collect();
        Shapes { shapes, roots, constants: self.constants, sets: self.sets, type_, subclass, known: Vec::new() }
    }

    fn error(&self, message: String) -> Error {
        Error::Shapes { origin: self.origin.to_owned(), message }
    }

    fn wrong(&self, shape: &Term, what: impl AsRef<str>) -> Error {
        let name = self.describe(shape);
        self.error(format!("the shape {name}: {}", what.as_ref()))
    }

    /// A shape's name; for a blank node, what it belongs to.
    fn describe(&self, shape: &Term) -> String {
        let mut node = shape;
        let mut trail = String::new();
        for _ in 0..DEPTH {
            if matches!(node, Term::NamedNode(_)) {
                return format!("{node}{trail}");
            }
            if let Some(path) = self.source.one(node, "path") {
                trail = format!(", property {path}{trail}");
            }
            let part_of = |subject: &&Term| self.source.facts(subject).iter().any(|(_, object)| object == node);
            let Some(whole) = self.source.subjects().iter().find(part_of) else { break };
            node = whole;
        }
        format!("without a name{trail}")
    }

    fn constant(&mut self, term: &Term) -> Constant {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        self.constants.push(term.clone());
        self.places.insert(term.clone(), self.constants.len() - 1);
        self.constants.len() - 1
    }

    fn set(&mut self, set: Set) -> SetId {
        self.sets.push(set);
        self.sets.len() - 1
    }

    fn class(&mut self, class: &Term) -> SetId {
        let class = self.constant(class);
        self.set(Set::Classes(class))
    }

    fn terms(&mut self, terms: &[Term]) -> SetId {
        let terms = terms.iter().map(|term| self.constant(term)).collect();
        self.set(Set::Terms(terms))
    }

    /// The shape of a node, compiled when it is met first.
    fn shape(&mut self, node: &Term) -> Result<ShapeId> {
        if let Some(id) = self.ids.get(node) {
            if self.shapes[*id].is_none() {
                return Err(self.wrong(node, "it refers to itself, and what recursive shapes mean is not defined"));
            }
            return Ok(*id);
        }
        if self.source.facts(node).is_empty() || matches!(node, Term::Literal(_)) {
            return Err(self.error(format!("{node} is referred to as a shape, and there is no such shape")));
        }
        if self.depth >= DEPTH {
            return Err(self.wrong(node, format!("shapes lie more than {DEPTH} deep in one another")));
        }
        let id = self.shapes.len();
        self.shapes.push(None);
        self.ids.insert(node.clone(), id);
        self.depth += 1;
        let shape = self.body(node)?;
        self.depth -= 1;
        self.shapes[id] = Some(shape);
        Ok(id)
    }

    fn body(&mut self, node: &Term) -> Result<Shape> {
        for name in ONCE {
            if self.source.all(node, name).nth(1).is_some() {
                return Err(self.wrong(node, format!("sh:{name} is given more than once")));
            }
        }
        let source = self.source;
        let path = source.one(node, "path").map(|path| self.path(node, path, 0)).transpose()?;
        if path.is_none() && source.is_a(node, sh::term("PropertyShape").as_ref()) {
            return Err(self.wrong(node, "a property shape needs a sh:path"));
        }
        let severity = match source.one(node, "severity") {
            None => sh::term("Violation"),
            Some(severity) => self.iri(node, "severity", severity)?,
        };
        let deactivated = match source.one(node, "deactivated") {
            None => false,
            Some(value) => self.boolean(node, "deactivated", value)?,
        };
        let messages: Vec<Term> = source.all(node, "message").cloned().collect();
        if let Some(other) = messages.iter().find(|message| !matches!(message, Term::Literal(_))) {
            return Err(self.wrong(node, format!("sh:message {other} is no text")));
        }
        let constraints = self.constraints(node, path.as_ref())?;
        let targets = self.targets(node)?;
        let costly = path.is_some()
            || constraints.iter().any(|it| matches!(it, Constraint::Property(_) | Constraint::Sparql(_)));
        Ok(Shape {
            node: node.clone(),
            named: node.clone(),
            targets,
            path,
            constraints,
            severity,
            messages,
            deactivated,
            costly,
        })
    }

    /// Gives each shape without a name that of the shape it is a part of.
    fn name_parts(&mut self) {
        let parts: Vec<(ShapeId, Vec<ShapeId>)> =
            self.shapes.iter().enumerate().filter_map(|(id, shape)| Some((id, shape.as_ref()?.parts()))).collect();
        // What contains a shape was begun before it, or has a name of its own.
        for (id, parts) in parts {
            let Some(named) = self.shapes[id].as_ref().map(|shape| shape.named.clone()) else { continue };
            for part in parts {
                let Some(part) = self.shapes[part].as_mut() else { continue };
                if matches!(part.named, Term::BlankNode(_)) {
                    part.named = named.clone();
                }
            }
        }
    }
}
