//! A query for all focus nodes at once, put so that its work grows with the data and no faster.
//!
//! The evaluator looks anew for each solution at what NOT EXISTS excludes, and there at one triple after the other whether or not
//! anything leads to it. Where that gives the same, what is excluded is worked out once and taken away (MINUS), and a list
//! of IRIs becomes a table that the rest begins with (VALUES).

use std::collections::HashSet;

use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, Variable};

use super::algebra::{Fold, parts_of_pattern};
use super::variables::{bound, mentioned, mentioned_by};

/// The pattern, put so.
pub(super) fn set_wise(pattern: GraphPattern) -> GraphPattern {
    SetWise.pattern(pattern)
}

struct SetWise;

impl Fold for SetWise {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let GraphPattern::Filter { expr, inner } = pattern else { return parts_of_pattern(self, pattern) };
        let mut inner = self.pattern(*inner);
        let mut left = Vec::new();
        for condition in conjuncts(expr) {
            let unmet;
            (inner, unmet) = within(inner, condition);
            left.extend(unmet);
        }
        match left.into_iter().reduce(|one, other| Expression::And(Box::new(one), Box::new(other))) {
            None => inner,
            Some(expr) => GraphPattern::Filter { expr, inner: Box::new(inner) },
        }
    }

    /// What stands inside an expression is asked of one solution.
    fn expression(&mut self, expression: Expression) -> Expression {
        expression
    }
}

fn conjuncts(expression: Expression) -> Vec<Expression> {
    match expression {
        Expression::And(left, right) => [*left, *right].into_iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// The solutions of a pattern that satisfy a condition, as a pattern; where there is no way, the pattern and the condition.
fn within(pattern: GraphPattern, condition: Expression) -> (GraphPattern, Option<Expression>) {
    match condition {
        Expression::In(value, list) => match table(&value, &list, &pattern) {
            Some(table) => (GraphPattern::Join { left: Box::new(pattern), right: Box::new(table) }, None),
            None => (pattern, Some(Expression::In(value, list))),
        },
        Expression::Not(inner) => match *inner {
            Expression::Exists(excluded) if is_independent(&excluded, &pattern) => {
                (GraphPattern::Minus { left: Box::new(pattern), right: excluded }, None)
            }
            other => (pattern, Some(Expression::Not(Box::new(other)))),
        },
        other => (pattern, Some(other)),
    }
}

/// The IRIs that a variable which always has a value may have.
fn table(value: &Expression, list: &[Expression], pattern: &GraphPattern) -> Option<GraphPattern> {
    let Expression::Variable(variable) = value else { return None };
    let mut rows: Vec<Vec<Option<GroundTerm>>> = Vec::new();
    for member in list {
        let Expression::NamedNode(iri) = member else { return None };
        let row = vec![Some(iri.clone().into())];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let table = || GraphPattern::Values { variables: vec![variable.clone()], bindings: rows };
    bound(pattern).contains(variable).then(table)
}

/// Whether what a pattern excludes can be worked out by itself: it shares a variable that always has a value, and looks at no
/// other of the solution's than its own triples give it. A single triple is found more quickly in an index.
fn is_independent(excluded: &GraphPattern, pattern: &GraphPattern) -> bool {
    let (own, given) = (bound(excluded), bound(pattern));
    triples(excluded).is_some_and(|count| count > 1)
        && own.iter().any(|variable| given.contains(variable))
        && looks_inside(excluded, &mentioned(pattern))
}

/// The number of triples; none where there is more than triples and conditions.
fn triples(pattern: &GraphPattern) -> Option<usize> {
    match pattern {
        GraphPattern::Bgp { patterns } => Some(patterns.len()),
        GraphPattern::Join { left, right } => Some(triples(left)? + triples(right)?),
        GraphPattern::Filter { inner, .. } => triples(inner),
        _ => None,
    }
}

/// Whether each condition looks at no variable from outside but those that the triples it is about give a value.
fn looks_inside(pattern: &GraphPattern, outside: &HashSet<Variable>) -> bool {
    match pattern {
        GraphPattern::Join { left, right } => looks_inside(left, outside) && looks_inside(right, outside),
        GraphPattern::Filter { expr, inner } => {
            let own = bound(inner);
            let is_own = |variable: &Variable| own.contains(variable) || !outside.contains(variable);
            looks_inside(inner, outside) && mentioned_by(expr).iter().all(is_own)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Query;

    /// What follows `$this schema:about ?what` in a query, put set-wise.
    fn put(condition: &str) -> String {
        let text = format!("SELECT $this {{ $this schema:about ?what ; rdfs:label ?label {condition} }}");
        let spargebra::Query::Select { pattern, .. } = Query::algebra(&text, "test").unwrap() else { unreachable!() };
        set_wise(pattern).to_string()
    }

    #[test]
    fn what_is_excluded_by_several_triples_is_taken_away_where_nothing_else_matters() {
        let joined = "?x schema:mentions ?what ; a schema:NewsArticle";
        assert!(put(&format!("FILTER NOT EXISTS {{ {joined} }}")).contains("MINUS"));
        assert!(
            put(&format!("FILTER NOT EXISTS {{ {joined} FILTER NOT EXISTS {{ ?x a schema:Place }} }}"))
                .contains("MINUS")
        );
        for kept in [
            "FILTER NOT EXISTS { ?x schema:mentions ?what }".to_owned(),
            "FILTER NOT EXISTS { ?x a schema:NewsArticle ; schema:url ?url }".to_owned(),
            format!("FILTER EXISTS {{ {joined} }}"),
            format!("FILTER NOT EXISTS {{ {joined} FILTER(?label != \"\") }}"),
            format!("FILTER NOT EXISTS {{ {joined} FILTER NOT EXISTS {{ ?x rdfs:label ?label }} }}"),
            format!("FILTER NOT EXISTS {{ {joined} OPTIONAL {{ ?x rdfs:label ?label }} }}"),
            format!("FILTER(?label = \"\" || NOT EXISTS {{ {joined} }})"),
        ] {
            assert!(!put(&kept).contains("MINUS"), "{kept}");
        }
    }

    #[test]
    fn a_list_of_iris_becomes_a_table() {
        assert!(put("FILTER(?what IN (schema:Person, schema:Place, schema:Person))").contains("VALUES"));
        assert!(!put("FILTER(?what IN (schema:Person, \"Ann\"))").contains("VALUES"));
        assert!(!put("OPTIONAL { $this schema:url ?url } FILTER(?url IN (schema:Person))").contains("VALUES"));
    }
}
