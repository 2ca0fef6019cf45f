//! Constraints in SPARQL whose query is asked once for all focus nodes, rather than once for each: what it answers with `$this`
//! left free, and with `$this` a focus node, is the same where a triple of the outermost group binds `$this`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::model::{Term, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern};
use spargebra::{Query, SparqlParser};

use super::shape::{ShapeId, Sparql};
use super::sparql::{Row, SUBSELECT};
use crate::base::{Dataset, prefixes};
use crate::error::Result;

/// Whether a query, which must select `$this`, may be asked once.
pub(super) fn is_possible(text: &str) -> bool {
    // It may be bounded or grouped, also inside EXISTS.
    if SUBSELECT.is_match(text) {
        return false;
    }
    let parser = prefixes().try_fold(SparqlParser::new(), |parser, (prefix, iri)| parser.with_prefix(prefix, iri));
    let Ok(Ok(Query::Select { pattern, .. })) = parser.map(|parser| parser.parse_query(text)) else { return false };
    let this = Variable::new_unchecked("this");
    let mut pattern = &pattern;
    while let GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } = pattern {
        pattern = inner;
    }
    matches!(pattern, GraphPattern::Project { inner, variables }
        if variables.contains(&this) && is_plain(inner) && binds(inner, &this))
}

/// Whether each solution follows from the data alone: no subquery, group, table or difference.
fn is_plain(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right } => is_plain(left) && is_plain(right),
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } | GraphPattern::Graph { inner, .. } => {
            is_plain(inner)
        }
        _ => false,
    }
}

/// Whether a triple of the outermost group gives a variable its value in every solution.
fn binds(pattern: &GraphPattern, variable: &Variable) -> bool {
    let is = |term: &TermPattern| matches!(term, TermPattern::Variable(found) if found == variable);
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|triple| {
            let is_predicate = matches!(&triple.predicate, NamedNodePattern::Variable(found) if found == variable);
            is(&triple.subject) || is_predicate || is(&triple.object)
        }),
        GraphPattern::Path { subject, object, .. } => is(subject) || is(object),
        GraphPattern::Join { left, right } => binds(left, variable) || binds(right, variable),
        GraphPattern::Union { left, right } => binds(left, variable) && binds(right, variable),
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Graph { inner, .. } => binds(inner, variable),
        _ => false,
    }
}

/// The rows of one constraint, by focus node.
type Rows = HashMap<Term, Vec<Row>>;

/// The answers over one dataset of the constraints that were asked once, each for the place where it stands.
#[derive(Default)]
pub(super) struct Answers(Mutex<HashMap<(ShapeId, usize), Arc<Rows>>>);

impl Answers {
    /// The rows of a constraint for a focus node; the query runs when it is first asked for.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn rows(
        &self,
        place: (ShapeId, usize),
        sparql: &Sparql,
        focus: &Term,
        data: &Dataset,
    ) -> Result<Vec<Row>> {
        if !sparql.is_asked_once {
            return sparql.rows(focus, data);
        }
        let answers = {
            // A thread that panicked while it held the lock has stored nothing.
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match known.get(&place) {
                Some(answers) => Arc::clone(answers),
                None => {
                    let answers = Arc::new(sparql.all_rows(data)?);
                    known.insert(place, Arc::clone(&answers));
                    answers
                }
            }
        };
        Ok(answers.get(focus).cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::is_possible;

    #[test]
    fn a_query_is_asked_once_where_a_triple_binds_this() {
        for (query, possible) in [
            (
                "SELECT $this ?value { $this schema:about ?value FILTER NOT EXISTS { $this schema:mentions ?value } }",
                true,
            ),
            ("SELECT DISTINCT $this { ?value nif:referenceContext? $this OPTIONAL { $this rdfs:label ?label } }", true),
            ("SELECT $this { { $this a schema:Person } UNION { ?x schema:about $this } }", true),
            ("SELECT $this { { $this a schema:Person } UNION { ?x a schema:Person } }", false),
            ("SELECT ?value { $this schema:about ?value }", false),
            ("SELECT $this { ?x a schema:Person FILTER(?x != $this) }", false),
            ("SELECT $this (COUNT(?x) AS ?n) { $this schema:about ?x } GROUP BY $this", false),
            ("SELECT $this { $this schema:about ?x } LIMIT 1", false),
            ("SELECT $this { $this a ?class FILTER EXISTS { SELECT $this { $this schema:about ?x } LIMIT 1 } }", false),
            ("SELECT $this { $this a ?class { SELECT $this { $this schema:about ?x } LIMIT 1 } }", false),
        ] {
            assert_eq!(is_possible(query), possible, "{query}");
        }
    }
}
