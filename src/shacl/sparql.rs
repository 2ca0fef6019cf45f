//! Constraints in SPARQL (`sh:sparql`): each row that the query answers is a result.

use std::collections::HashMap;
use std::fmt::Write;

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::QuerySolution;
use spargebra::Query as Algebra;
use spargebra::algebra::GraphPattern;
use spargebra::term::Variable;

use super::algebra::{Fold, parts_of_pattern};
use super::at_once;
use super::prebinding::{is_seen_unbound, prebound, this};
use super::shape::Sparql;
use super::source::Source;
use super::variables::mentioned;
use crate::base::{Answer, Dataset, Query};
use crate::error::{Error, Result};

const OWL_IMPORTS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#imports");

/// How many nodes that declare prefixes are looked at.
const IMPORTS: usize = 64;

/// One row of an answer, as far as SHACL looks at it.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) path: Option<NamedNode>,
    pub(super) value: Option<Term>,
    pub(super) messages: Vec<Term>,
}

/// The constraint of a node of a shapes graph; none when it is deactivated. `path` takes the place of `$PATH`.
pub(super) fn compile(
    source: &Source,
    node: &Term,
    path: Option<&str>,
    wrong: impl Fn(String) -> Error,
) -> Result<Option<Sparql>> {
    if matches!(source.one(node, "deactivated"), Some(Term::Literal(value)) if matches!(value.value(), "true" | "1")) {
        return Ok(None);
    }
    let Some(Term::Literal(select)) = source.one(node, "select") else {
        return Err(wrong("its sh:sparql has no sh:select".to_owned()));
    };
    let mut text = prologue(source, node) + select.value();
    if let Some(path) = path {
        text = text.replace("$PATH", path).replace("?PATH", path);
    }
    let query = Query::algebra(&text, "sh:select").map_err(|error| wrong(error.to_string()))?;
    if let Some(what) = refused(&query) {
        return Err(wrong(what));
    }
    let messages = source.all(node, "message").cloned().collect();
    let at_once = at_once::for_all(&query);
    Ok(Some(Sparql { node: node.clone(), query, messages, at_once }))
}

/// What SHACL forbids in a query whose variables are given values beforehand, or leaves to implementers.
fn refused(query: &Algebra) -> Option<String> {
    let Algebra::Select { pattern, .. } = query else { return Some("its sh:select is no SELECT query".to_owned()) };
    let mut refused = Refused { this: this(), what: None };
    refused.pattern(pattern.clone());
    refused.what
}

struct Refused {
    this: Variable,
    what: Option<String>,
}

impl Fold for Refused {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let word = match &pattern {
            GraphPattern::Minus { .. } => Some("MINUS"),
            GraphPattern::Service { .. } => Some("SERVICE"),
            GraphPattern::Values { .. } => Some("VALUES"),
            GraphPattern::Extend { variable, .. } if *variable == self.this => Some("AS $this"),
            _ => None,
        };
        if let Some(word) = word {
            self.what = Some(format!("its sh:sparql uses {word}, which is not supported there"));
        }
        if matches!(&pattern, GraphPattern::Project { variables, .. } if !variables.contains(&self.this)) {
            self.what = Some("a SELECT of its sh:sparql does not select $this".to_owned());
        }
        let of_shapes = ["shapesGraph", "currentShape"].map(Variable::new_unchecked);
        if let Some(variable) = of_shapes.iter().find(|variable| mentioned(&pattern).contains(variable)) {
            self.what = Some(format!("its sh:sparql uses ${}, which is not supported there", variable.as_str()));
        }
        parts_of_pattern(self, pattern)
    }
}

/// The prefixes that a constraint declares with `sh:prefixes`, and those of what the declaring node imports.
fn prologue(source: &Source, node: &Term) -> String {
    let mut open: Vec<&Term> = source.all(node, "prefixes").collect();
    let mut seen = Vec::new();
    let mut text = String::new();
    while let Some(ontology) = open.pop().filter(|_| seen.len() < IMPORTS) {
        if seen.contains(&ontology) {
            continue;
        }
        seen.push(ontology);
        open.extend(source.values(ontology, OWL_IMPORTS));
        for declaration in source.all(ontology, "declare") {
            let part = |name| match source.one(declaration, name) {
                Some(Term::Literal(value)) => Some(value.value()),
                Some(Term::NamedNode(iri)) => Some(iri.as_str()),
                _ => None,
            };
            if let (Some(prefix), Some(namespace)) = (part("prefix"), part("namespace")) {
                let _ = writeln!(text, "PREFIX {prefix}: <{namespace}>");
            }
        }
    }
    text
}

impl Sparql {
    /// What the query answers for a focus node, each row once.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn rows(&self, focus: &Term, data: &Dataset) -> Result<Vec<Row>> {
        let query = match prebound(&self.query, focus) {
            Some(query) => Query::of_algebra(query, "sh:select"),
            None if is_seen_unbound(&self.query) => {
                let reason =
                    format!("a group of it looks at $this in an expression and in no triple, and {focus} has no name");
                return Err(Error::Query { origin: "sh:select".to_owned(), message: reason });
            }
            None => Query::of_algebra(self.query.clone(), "sh:select").with_value("this", focus.clone())?,
        };
        let Answer::Rows { rows, .. } = query.run(data)? else { return Ok(Vec::new()) };
        Ok(sorted(rows.map(|row| Ok(self.row(&row?, focus))).collect::<Result<_>>()?))
    }

    /// What the query for all focus nodes answers for each, each row once.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn all_rows(&self, query: &Query, data: &Dataset) -> Result<HashMap<Term, Vec<Row>>> {
        let Answer::Rows { rows, .. } = query.clone().run(data)? else { return Ok(HashMap::new()) };
        let mut all: HashMap<Term, Vec<Row>> = HashMap::new();
        for row in rows {
            let row = row?;
            if let Some(focus) = row.get("this") {
                all.entry(focus.clone()).or_default().push(self.row(&row, focus));
            }
        }
        Ok(all.into_iter().map(|(focus, rows)| (focus, sorted(rows))).collect())
    }

    fn row(&self, row: &QuerySolution, focus: &Term) -> Row {
        let path = match row.get("path") {
            Some(Term::NamedNode(path)) => Some(path.clone()),
            _ => None,
        };
        let messages = match row.get("message") {
            Some(message) if self.messages.is_empty() => vec![message.clone()],
            _ => self.messages.iter().map(|message| filled(message, row, focus)).collect(),
        };
        Row { path, value: row.get("value").cloned(), messages }
    }
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_cached_key(|row| format!("{:?} {:?}", row.path, row.value));
    rows.dedup_by(|a, b| a.value == b.value && a.path == b.path && a.messages == b.messages);
    rows
}

/// A message with the values of a row in place of `{?variable}` and `{$variable}`.
fn filled(message: &Term, row: &QuerySolution, focus: &Term) -> Term {
    let Term::Literal(literal) = message else { return message.clone() };
    if !literal.value().contains('{') {
        return message.clone();
    }
    let mut text = literal.value().to_owned();
    let this = ("this", focus);
    for (name, value) in row.iter().map(|(variable, value)| (variable.as_str(), value)).chain([this]) {
        let words = match value {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        text = text.replace(&format!("{{?{name}}}"), &words).replace(&format!("{{${name}}}"), &words);
    }
    match literal.language() {
        Some(language) => oxigraph::model::Literal::new_language_tagged_literal_unchecked(text, language).into(),
        None => oxigraph::model::Literal::from(text).into(),
    }
}
