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
use super::component::Use;
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
    let query = algebra(source, node, select.value(), path, &[], &wrong)?;
    let messages = source.all(node, "message").cloned().collect();
    let at_once = at_once::for_all(&query);
    Ok(Some(Sparql { node: node.clone(), component: None, query, asks_values: false, messages, at_once }))
}

/// What a validator of a component asks of a shape that has its parameters.
pub(super) fn validator(
    source: &Source,
    component: &Use<'_>,
    path: Option<&str>,
    wrong: impl Fn(String) -> Error,
) -> Result<Sparql> {
    let Use { validator: node, parameters, .. } = component;
    let text = |name| match source.one(node, name) {
        Some(Term::Literal(text)) => Some(text.value()),
        _ => None,
    };
    let (text, asks_values) = match (text("select"), text("ask")) {
        (Some(select), _) => (select, false),
        (None, Some(ask)) => (ask, true),
        (None, None) => {
            return Err(wrong(format!("a validator of {} has neither sh:select nor sh:ask", component.iri)));
        }
    };
    let mut query = algebra(source, node, text, path, parameters, &wrong)?;
    for (variable, value) in parameters {
        query = prebound(&query, variable, value)
            .ok_or_else(|| wrong(format!("the parameter {variable} of {} has no name: {value}", component.iri)))?;
    }
    let named: Vec<(&str, &Term)> = parameters.iter().map(|(variable, value)| (variable.as_str(), value)).collect();
    let messages = source.all(node, "message").map(|message| filled(message, &named)).collect();
    let at_once = if asks_values { None } else { at_once::for_all(&query) };
    let component = Some(component.iri.clone());
    Ok(Sparql { node: (*node).clone(), component, query, asks_values, messages, at_once })
}

/// The query of a node of a shapes graph; ASK as the SELECT that answers something where ASK answers yes.
fn algebra(
    source: &Source,
    node: &Term,
    text: &str,
    path: Option<&str>,
    parameters: &[(Variable, Term)],
    wrong: &impl Fn(String) -> Error,
) -> Result<Algebra> {
    let mut given: Vec<Variable> = [this()].into_iter().chain(parameters.iter().map(|(it, _)| it.clone())).collect();
    let mut text = prologue(source, node) + text;
    if let Some(path) = path {
        text = text.replace("$PATH", path).replace("?PATH", path);
    }
    let query = match Query::algebra(&text, "its query").map_err(|error| wrong(error.to_string()))? {
        Algebra::Ask { dataset, pattern, base_iri } => {
            let inner = match pattern {
                GraphPattern::Project { inner, .. } => inner,
                other => Box::new(other),
            };
            given.push(value());
            let pattern = GraphPattern::Project { inner, variables: vec![this(), value()] };
            Algebra::Select { dataset, pattern, base_iri }
        }
        other => other,
    };
    match refused(&query, given) {
        Some(what) => Err(wrong(what)),
        None => Ok(query),
    }
}

/// The variable of a value that is asked about.
fn value() -> Variable {
    Variable::new_unchecked("value")
}

/// What SHACL forbids in a query to which variables are given beforehand, or leaves to implementers.
fn refused(query: &Algebra, given: Vec<Variable>) -> Option<String> {
    let Algebra::Select { pattern, .. } = query else { return Some("its query neither selects nor asks".to_owned()) };
    let mut refused = Refused { given, what: None };
    refused.pattern(pattern.clone());
    refused.what
}

struct Refused {
    given: Vec<Variable>,
    what: Option<String>,
}

impl Fold for Refused {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let word = match &pattern {
            GraphPattern::Minus { .. } => Some("MINUS"),
            GraphPattern::Service { .. } => Some("SERVICE"),
            GraphPattern::Values { .. } => Some("VALUES"),
            GraphPattern::Extend { variable, .. } if self.given.contains(variable) => Some("AS for what is given"),
            _ => None,
        };
        if let Some(word) = word {
            self.what = Some(format!("its query uses {word}, which is not supported there"));
        }
        if matches!(&pattern, GraphPattern::Project { variables, .. } if !variables.contains(&this())) {
            self.what = Some("a SELECT of its query does not select $this".to_owned());
        }
        let of_shapes = ["shapesGraph", "currentShape"].map(Variable::new_unchecked);
        if let Some(variable) = of_shapes.iter().find(|variable| mentioned(&pattern).contains(variable)) {
            self.what = Some(format!("its query uses ${}, which is not supported there", variable.as_str()));
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
    /// What the query answers for a focus node, or for a value of it, each row once.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn rows(&self, focus: &Term, of: Option<&Term>, data: &Dataset) -> Result<Vec<Row>> {
        let given = [(this(), focus)].into_iter().chain(of.map(|of| (value(), of)));
        let (mut query, mut without_name) = (self.query.clone(), Vec::new());
        for (variable, term) in given {
            match prebound(&query, &variable, term) {
                Some(prebound) => query = prebound,
                None if is_seen_unbound(&query, &variable) => {
                    let reason = "a group of it looks at it in an expression and in no triple";
                    let message = format!("{variable} is {term}, which a query cannot name, and {reason}");
                    return Err(Error::Query { origin: "a query of the shapes".to_owned(), message });
                }
                None => without_name.push((variable, term)),
            }
        }
        let query = without_name
            .into_iter()
            .try_fold(Query::of_algebra(query, "a query of the shapes"), |query, (variable, term)| {
                query.with_value(variable.as_str(), term.clone())
            })?;
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
            _ => {
                let named = row.iter().map(|(variable, value)| (variable.as_str(), value));
                let named: Vec<(&str, &Term)> = named.chain([("this", focus)]).collect();
                self.messages.iter().map(|message| filled(message, &named)).collect()
            }
        };
        Row { path, value: row.get("value").cloned(), messages }
    }
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_cached_key(|row| format!("{:?} {:?}", row.path, row.value));
    rows.dedup_by(|a, b| a.value == b.value && a.path == b.path && a.messages == b.messages);
    rows
}

/// A message with values in place of `{?variable}` and `{$variable}`.
fn filled(message: &Term, values: &[(&str, &Term)]) -> Term {
    let Term::Literal(literal) = message else { return message.clone() };
    if !literal.value().contains('{') {
        return message.clone();
    }
    let mut text = literal.value().to_owned();
    for (name, value) in values {
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
