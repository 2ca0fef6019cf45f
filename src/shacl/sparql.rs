//! Constraints in SPARQL (`sh:sparql`): each row that the query answers is a result.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::QuerySolution;
use regex::Regex;

use super::at_once;
use super::shape::Sparql;
use super::source::Source;
use crate::base::{Answer, Dataset, Query};
use crate::error::{Error, Result};

/// What SHACL forbids in a query whose variables are given values beforehand, and what it leaves to implementers. Texts,
/// IRIs and comments are matched first, so that nothing inside them counts.
static FORBIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?is)"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|\#[^\n]*|(?P<word>\b(?:MINUS|SERVICE|VALUES)\b|[$?](?:shapesGraph|currentShape)\b|\bAS\s+[$?]this\b)"#,
    )
    .expect("a constant expression")
});

static THIS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[$?]this\b").expect("a constant expression"));

const OWL_IMPORTS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#imports");

/// How many nodes that declare prefixes are looked at.
const IMPORTS: usize = 64;

pub(super) static SUBSELECT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)\{\s*SELECT\s(?P<head>[^{]*?)(?:WHERE\s*)?\{").expect("a constant expression"));

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
    let mut text = select.value().to_owned();
    if let Some(word) = FORBIDDEN.captures_iter(&text).find_map(|found| found.name("word")) {
        return Err(wrong(format!("its sh:sparql uses {}, which is not supported there", word.as_str())));
    }
    let forgets = |head: &str| !head.contains('*') && !head.contains("$this") && !head.contains("?this");
    if SUBSELECT.captures_iter(&text).any(|found| forgets(&found["head"])) {
        return Err(wrong("a SELECT inside its sh:sparql does not select $this".to_owned()));
    }
    if filters_unbound(&text) {
        return Err(wrong("a group of its sh:sparql uses $this in an expression and in no triple".to_owned()));
    }
    if let Some(path) = path {
        text = text.replace("$PATH", path).replace("?PATH", path);
    }
    let text = prologue(source, node) + &text;
    let query = Query::parse(&text, "sh:select").map_err(|error| wrong(error.to_string()))?;
    let messages = source.all(node, "message").cloned().collect();
    let is_asked_once = at_once::is_possible(&text);
    Ok(Some(Sparql { node: node.clone(), query, messages, is_asked_once }))
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

/// Whether a group of a query filters by `$this`, or computes with it, and has no triple with it. The evaluator gives
/// it no value there, and would answer nothing without a word.
fn filters_unbound(text: &str) -> bool {
    let plain = FORBIDDEN.replace_all(text, " ");
    // Of each group that is open: what stands between parentheses, what does not, and how many are open.
    let mut groups = vec![(String::new(), String::new(), 0_usize)];
    for c in plain.chars() {
        match c {
            '{' => groups.push((String::new(), String::new(), 0)),
            '}' => {
                if groups.pop().is_some_and(|(inside, outside, _)| THIS.is_match(&inside) && !THIS.is_match(&outside)) {
                    return true;
                }
            }
            _ => {
                let Some((inside, outside, depth)) = groups.last_mut() else { return false };
                match c {
                    '(' => *depth += 1,
                    ')' => *depth = depth.saturating_sub(1),
                    _ => {}
                }
                if *depth > 0 { inside.push(c) } else { outside.push(c) }
            }
        }
    }
    false
}

impl Sparql {
    /// What the query answers for a focus node, each row once.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn rows(&self, focus: &Term, data: &Dataset) -> Result<Vec<Row>> {
        let query = self.query.clone().with_value("this", focus.clone())?;
        let Answer::Rows { rows, .. } = query.run(data)? else { return Ok(Vec::new()) };
        Ok(sorted(rows.map(|row| Ok(self.row(&row?, focus))).collect::<Result<_>>()?))
    }

    /// What the query answers for any focus node, each row once.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn all_rows(&self, data: &Dataset) -> Result<HashMap<Term, Vec<Row>>> {
        let Answer::Rows { rows, .. } = self.query.clone().run(data)? else { return Ok(HashMap::new()) };
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
