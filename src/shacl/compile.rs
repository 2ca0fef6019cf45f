//! Shapes out of a shapes graph: everything that is wrong with it is found here, and named with its shape.

use std::collections::HashMap;

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use regex::{Regex, RegexBuilder};

use super::path::Path;
use super::sh;
use super::shape::{Bound, Constant, Constraint, Kinds, Set, SetId, Shape, ShapeId, Target};
use super::source::Source;
use super::{Shapes, sparql};
use crate::error::{Error, Result};

/// How deep shapes and paths may lie in one another.
const DEPTH: usize = 64;

const OWL_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Class");

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
    refuse_other_rules(source).map_err(|message| Error::Shapes { origin: origin.to_owned(), message })?;
    let mut compiler = Compiler::new(source, origin);
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
    let component = sh::term("ConstraintComponent");
    for node in source.subjects() {
        let validators = ["validator", "nodeValidator", "propertyValidator"];
        if source.is_a(node, component.as_ref()) || validators.iter().any(|name| source.one(node, name).is_some()) {
            return Err(format!("{node} is a constraint component of its own, which is not supported: use sh:sparql"));
        }
        if let Some(regime) = source.one(node, "entailment") {
            return Err(format!("{node} asks for the entailment {regime}, which is not supported"));
        }
    }
    Ok(())
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
}

impl<'a> Compiler<'a> {
    fn new(source: &'a Source, origin: &'a str) -> Self {
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
            self.shapes.iter().enumerate().filter_map(|(id, shape)| Some((id, parts(shape.as_ref()?)))).collect();
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

    fn targets(&mut self, node: &Term) -> Result<Vec<Target>> {
        let mut targets = Vec::new();
        for (predicate, object) in self.source.facts(node) {
            targets.push(match sh::name(predicate.as_ref()) {
                Some("targetNode") => Target::Node(self.constant(object)),
                Some("targetClass") => Target::Class(self.class(object)),
                Some("targetSubjectsOf") => {
                    self.iri(node, "targetSubjectsOf", object)?;
                    Target::SubjectsOf(self.constant(object))
                }
                Some("targetObjectsOf") => {
                    self.iri(node, "targetObjectsOf", object)?;
                    Target::ObjectsOf(self.constant(object))
                }
                _ => continue,
            });
        }
        if self.is_class(node) {
            targets.push(Target::Class(self.class(node)));
        }
        Ok(targets)
    }

    /// Whether a shape is a class as well, whose instances it is for.
    fn is_class(&self, node: &Term) -> bool {
        self.source.values(node, rdf::TYPE).any(|class| {
            class.as_ref() == rdfs::CLASS.into()
                || class.as_ref() == OWL_CLASS.into()
                || self.source.values(class, rdfs::SUB_CLASS_OF).any(|above| above.as_ref() == rdfs::CLASS.into())
        })
    }

    fn path(&mut self, shape: &Term, node: &Term, depth: usize) -> Result<Path> {
        if depth > DEPTH {
            return Err(self.wrong(shape, "its sh:path contains itself, or is too deep"));
        }
        if matches!(node, Term::NamedNode(_)) && node.as_ref() != rdf::NIL.into() {
            return Ok(Path::Predicate(self.constant(node)));
        }
        let source = self.source;
        if source.values(node, rdf::FIRST).next().is_some() {
            return Ok(Path::Sequence(self.paths(shape, node, depth)?));
        }
        let steps: Vec<&(NamedNode, Term)> =
            source.facts(node).iter().filter(|(predicate, _)| sh::name(predicate.as_ref()).is_some()).collect();
        let [(predicate, inner)] = steps[..] else {
            return Err(self.wrong(shape, format!("its sh:path has a part that is no path: {node}")));
        };
        let boxed = |path| Ok(Box::new(path?));
        match sh::name(predicate.as_ref()) {
            Some("alternativePath") => Ok(Path::Alternative(self.paths(shape, inner, depth)?)),
            Some("inversePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::Inverse),
            Some("zeroOrMorePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::ZeroOrMore),
            Some("oneOrMorePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::OneOrMore),
            Some("zeroOrOnePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::ZeroOrOne),
            _ => Err(self.wrong(shape, format!("its sh:path uses {predicate}, which is no kind of path"))),
        }
    }

    fn paths(&mut self, shape: &Term, head: &Term, depth: usize) -> Result<Vec<Path>> {
        let members = self.source.list(head).filter(|members| members.len() > 1);
        let members = members.ok_or_else(|| self.wrong(shape, "a list in its sh:path is broken or too short"))?;
        members.iter().map(|member| self.path(shape, member, depth + 1)).collect()
    }

    fn constraints(&mut self, node: &Term, path: Option<&Path>) -> Result<Vec<Constraint>> {
        let source = self.source;
        let mut constraints = Vec::new();
        for (predicate, object) in source.facts(node) {
            let Some(name) = sh::name(predicate.as_ref()) else { continue };
            if path.is_none() && needs_path(name) {
                return Err(self.wrong(node, format!("sh:{name} is for property shapes, and it has no sh:path")));
            }
            self.constraint(node, path, name, object, &mut constraints)?;
        }
        Ok(constraints)
    }

    /// Adds the constraints that one triple of a shape makes.
    fn constraint(
        &mut self,
        node: &Term,
        path: Option<&Path>,
        name: &str,
        object: &Term,
        found: &mut Vec<Constraint>,
    ) -> Result<()> {
        found.push(match name {
            "class" => Constraint::Class(self.class(object), self.constant(object)),
            "datatype" => Constraint::Datatype(self.iri(node, name, object)?),
            "nodeKind" => Constraint::NodeKind(self.kinds(node, object)?),
            "minCount" => Constraint::MinCount(self.count(node, name, object)?),
            "maxCount" => Constraint::MaxCount(self.count(node, name, object)?),
            "minExclusive" => Constraint::Range(Bound::MinExclusive, self.literal(node, name, object)?),
            "minInclusive" => Constraint::Range(Bound::MinInclusive, self.literal(node, name, object)?),
            "maxExclusive" => Constraint::Range(Bound::MaxExclusive, self.literal(node, name, object)?),
            "maxInclusive" => Constraint::Range(Bound::MaxInclusive, self.literal(node, name, object)?),
            "minLength" => Constraint::MinLength(self.count(node, name, object)?),
            "maxLength" => Constraint::MaxLength(self.count(node, name, object)?),
            "pattern" => self.pattern(node, object)?,
            "languageIn" => Constraint::LanguageIn(self.languages(node, object)?),
            // SHACL asks for the word: "1" is a boolean too, and asks for nothing.
            "uniqueLang" if self.boolean(node, name, object)? && self.text(node, name, object)? == "true" => {
                Constraint::UniqueLanguage
            }
            "equals" => Constraint::Equals(self.property(node, name, object)?),
            "disjoint" => Constraint::Disjoint(self.property(node, name, object)?),
            "lessThan" => Constraint::LessThan(self.property(node, name, object)?),
            "lessThanOrEquals" => Constraint::LessThanOrEquals(self.property(node, name, object)?),
            "not" => Constraint::Not(self.shape(object)?),
            "and" => Constraint::And(self.shapes(node, name, object)?),
            "or" => Constraint::Or(self.shapes(node, name, object)?),
            "xone" => Constraint::Xone(self.shapes(node, name, object)?),
            "node" => Constraint::Node(self.shape(object)?),
            "property" => {
                let shape = self.shape(object)?;
                if self.shapes[shape].as_ref().is_some_and(|shape| shape.path.is_none()) {
                    return Err(self.wrong(object, "it is used with sh:property, and it has no sh:path"));
                }
                Constraint::Property(shape)
            }
            "qualifiedValueShape" => return self.qualified(node, object, found),
            "closed" if self.boolean(node, name, object)? => Constraint::Closed(self.allowed(node)?),
            "hasValue" => Constraint::HasValue(self.constant(object)),
            "in" => {
                let values = self.list(node, name, object)?;
                Constraint::In(self.terms(&values))
            }
            "sparql" => {
                let path = path.map(|path| path.sparql(&self.constants));
                let wrong = |what: String| self.wrong(node, what);
                let query = sparql::compile(self.source, object, path.as_deref(), wrong)?;
                if let Some(query) = query { Constraint::Sparql(Box::new(query)) } else { return Ok(()) }
            }
            "flags" if self.source.one(node, "pattern").is_none() => {
                return Err(self.wrong(node, "sh:flags needs a sh:pattern"));
            }
            _ if is_silent(name) => return Ok(()),
            _ => return Err(self.wrong(node, format!("sh:{name} is not supported, or no term of SHACL"))),
        });
        Ok(())
    }

    fn qualified(&mut self, node: &Term, object: &Term, found: &mut Vec<Constraint>) -> Result<()> {
        let source = self.source;
        let shape = self.shape(object)?;
        let disjoint = match source.one(node, "qualifiedValueShapesDisjoint") {
            None => false,
            Some(value) => self.boolean(node, "qualifiedValueShapesDisjoint", value)?,
        };
        let mut siblings = Vec::new();
        for owner in self.owners.get(node).filter(|_| disjoint).cloned().unwrap_or_default() {
            for property in source.all(&owner, "property") {
                for sibling in source.all(property, "qualifiedValueShape").filter(|sibling| *sibling != object) {
                    siblings.push(self.shape(sibling)?);
                }
            }
        }
        let mut bounds = 0;
        for (name, is_minimum) in [("qualifiedMinCount", true), ("qualifiedMaxCount", false)] {
            for value in source.all(node, name) {
                let limit = self.count(node, name, value)?;
                found.push(Constraint::Qualified { shape, siblings: siblings.clone(), limit, is_minimum });
                bounds += 1;
            }
        }
        if bounds == 0 {
            return Err(self.wrong(node, "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount"));
        }
        Ok(())
    }

    /// The properties that a closed shape knows.
    fn allowed(&mut self, node: &Term) -> Result<SetId> {
        let source = self.source;
        let mut allowed: Vec<Term> = source
            .all(node, "property")
            .filter_map(|property| source.one(property, "path"))
            .filter(|path| matches!(path, Term::NamedNode(_)))
            .cloned()
            .collect();
        if let Some(ignored) = source.one(node, "ignoredProperties") {
            allowed.extend(self.list(node, "ignoredProperties", ignored)?);
        }
        Ok(self.terms(&allowed))
    }

    fn shapes(&mut self, node: &Term, name: &str, head: &Term) -> Result<Vec<ShapeId>> {
        let members = self.list(node, name, head)?;
        members.iter().map(|member| self.shape(member)).collect()
    }

    fn list(&self, node: &Term, name: &str, head: &Term) -> Result<Vec<Term>> {
        self.source.list(head).ok_or_else(|| self.wrong(node, format!("sh:{name} needs a well-formed list")))
    }

    fn iri(&self, node: &Term, name: &str, value: &Term) -> Result<NamedNode> {
        match value {
            Term::NamedNode(iri) => Ok(iri.clone()),
            other => Err(self.wrong(node, format!("sh:{name} needs an IRI, not {other}"))),
        }
    }

    fn property(&mut self, node: &Term, name: &str, value: &Term) -> Result<Constant> {
        self.iri(node, name, value)?;
        Ok(self.constant(value))
    }

    fn literal(&self, node: &Term, name: &str, value: &Term) -> Result<Term> {
        match value {
            Term::Literal(_) => Ok(value.clone()),
            other => Err(self.wrong(node, format!("sh:{name} needs a literal, not {other}"))),
        }
    }

    fn text<'t>(&self, node: &Term, name: &str, value: &'t Term) -> Result<&'t str> {
        match value {
            Term::Literal(literal) => Ok(literal.value()),
            other => Err(self.wrong(node, format!("sh:{name} needs a text, not {other}"))),
        }
    }

    fn count(&self, node: &Term, name: &str, value: &Term) -> Result<u64> {
        match value {
            Term::Literal(literal) if literal.datatype() == xsd::INTEGER => literal.value().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| self.wrong(node, format!("sh:{name} needs a whole number from 0 on, not {value}")))
    }

    fn boolean(&self, node: &Term, name: &str, value: &Term) -> Result<bool> {
        match value {
            Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
                "true" | "1" => Ok(true),
                "false" | "0" => Ok(false),
                _ => Err(()),
            },
            _ => Err(()),
        }
        .map_err(|()| self.wrong(node, format!("sh:{name} is true or false, not {value}")))
    }

    fn kinds(&self, node: &Term, value: &Term) -> Result<Kinds> {
        let kind = self.iri(node, "nodeKind", value)?;
        let (iri, blank, literal) = match sh::name(kind.as_ref()) {
            Some("IRI") => (true, false, false),
            Some("BlankNode") => (false, true, false),
            Some("Literal") => (false, false, true),
            Some("BlankNodeOrIRI") => (true, true, false),
            Some("IRIOrLiteral") => (true, false, true),
            Some("BlankNodeOrLiteral") => (false, true, true),
            _ => return Err(self.wrong(node, format!("sh:nodeKind {kind} is no kind of node"))),
        };
        Ok(Kinds { iri, blank, literal })
    }

    fn languages(&self, node: &Term, head: &Term) -> Result<Vec<String>> {
        let members = self.list(node, "languageIn", head)?;
        members.iter().map(|member| self.text(node, "languageIn", member).map(str::to_lowercase)).collect()
    }

    fn pattern(&self, node: &Term, value: &Term) -> Result<Constraint> {
        let pattern = self.text(node, "pattern", value)?;
        let flags = match self.source.one(node, "flags") {
            None => "",
            Some(flags) => self.text(node, "flags", flags)?,
        };
        let regex = expression(pattern, flags).map_err(|reason| {
            let reason = reason.lines().last().unwrap_or_default().to_owned();
            self.wrong(node, format!("sh:pattern {pattern:?} cannot be used: {reason}"))
        })?;
        Ok(Constraint::Pattern(regex, pattern.to_owned()))
    }
}

/// A regular expression with the flags of SPARQL.
fn expression(pattern: &str, flags: &str) -> Result<Regex, String> {
    let is_plain = flags.contains('q');
    let escaped = regex::escape(pattern);
    let mut builder = RegexBuilder::new(if is_plain { &escaped } else { pattern });
    for flag in flags.chars() {
        match flag {
            'i' => builder.case_insensitive(true),
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            other => return Err(format!("sh:flags {other:?} is none of i, s, m, x, q")),
        };
    }
    builder.build().map_err(|error| error.to_string())
}

/// The shapes that a shape contains.
fn parts(shape: &Shape) -> Vec<ShapeId> {
    shape
        .constraints
        .iter()
        .flat_map(|constraint| match constraint {
            Constraint::Not(id) | Constraint::Node(id) | Constraint::Property(id) => vec![*id],
            Constraint::And(ids) | Constraint::Or(ids) | Constraint::Xone(ids) => ids.clone(),
            Constraint::Qualified { shape, .. } => vec![*shape],
            _ => Vec::new(),
        })
        .collect()
}

fn needs_path(name: &str) -> bool {
    matches!(name, "minCount" | "maxCount" | "uniqueLang" | "lessThan" | "lessThanOrEquals" | "qualifiedValueShape")
}

/// Terms of a shape that check nothing by themselves.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "path"
            | "targetNode"
            | "targetClass"
            | "targetSubjectsOf"
            | "targetObjectsOf"
            | "severity"
            | "message"
            | "deactivated"
            | "name"
            | "description"
            | "order"
            | "group"
            | "defaultValue"
            | "flags"
            | "closed"
            | "uniqueLang"
            | "ignoredProperties"
            | "qualifiedMinCount"
            | "qualifiedMaxCount"
            | "qualifiedValueShapesDisjoint"
            | "prefixes"
            | "select"
            | "declare"
    )
}
