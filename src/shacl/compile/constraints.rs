//! What the values of a shape must be.

use oxigraph::model::Term;

use super::Compiler;
use crate::error::Result;
use crate::shacl::path::Path;
use crate::shacl::shape::{Bound, Constraint, SetId, ShapeId};
use crate::shacl::{sh, sparql};

impl Compiler<'_> {
    pub(super) fn constraints(&mut self, node: &Term, path: Option<&Path>) -> Result<Vec<Constraint>> {
        let source = self.source;
        let mut constraints = Vec::new();
        for (predicate, object) in source.facts(node) {
            let Some(name) = sh::name(predicate.as_ref()) else { continue };
            if path.is_none() && needs_path(name) {
                return Err(self.wrong(node, format!("sh:{name} is for property shapes, and it has no sh:path")));
            }
            self.constraint(node, path, name, object, &mut constraints)?;
        }
        let path = path.map(|path| path.sparql(&self.constants));
        for component in self.components {
            let uses = component.uses(source, node, path.is_some()).map_err(|what| self.wrong(node, what))?;
            for used in uses {
                let query = sparql::validator(source, &used, path.as_deref(), |what| self.wrong(node, what))?;
                constraints.push(Constraint::Sparql(Box::new(query)));
            }
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
