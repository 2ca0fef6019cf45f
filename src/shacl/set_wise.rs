//! A query for all focus nodes at once, put so that its work grows with the data and no faster.
//!
//! The evaluator looks anew for each solution at what NOT EXISTS excludes, and there at one triple after the other whether or not
//! anything leads to it. Where that gives the same, what is excluded is worked out once and taken away (MINUS), and a list
//! of IRIs becomes a table that the rest begins with (VALUES).

use std::collections::HashSet;

use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, Variable};

use super::algebra::{Fold, parts_of_pattern};

/// The pattern, put so.
pub(super) fn set_wise(pattern: GraphPattern) -> GraphPattern {
    SetWise.pattern(pattern)
}

struct SetWise;

impl Fold for SetWise {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let GraphPattern::Filter { expr, inner } = pattern else { return parts_of_pattern(self, pattern) };
        let mut inner = self.pattern(*inner);
        let mut rest = None;
        for condition in conjuncts(expr) {
            match within(condition, inner) {
                Ok(narrowed) => inner = narrowed,
                Err((condition, same)) => {
                    inner = same;
                    rest = Some(match rest {
                        None => condition,
                        Some(rest) => Expression::And(Box::new(rest), Box::new(condition)),
                    });
                }
            }
        }
        match rest {
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

/// The solutions of a pattern that satisfy a condition, as a pattern; both as they came where there is no way.
fn within(
    condition: Expression,
    pattern: GraphPattern,
) -> Result<GraphPattern, (Expression, GraphPattern)> {
    match condition {
        Expression::In(value, list) => match table(&value, &list, &pattern) {
            Some(table) => Ok(GraphPattern::Join { left: Box::new(pattern), right: Box::new(table) }),
            None => Err((Expression::In(value, list), pattern)),
        },
        Expression::Not(inner) => match *inner {
            Expression::Exists(excluded) if is_independent(&excluded, &pattern) => {
                Ok(GraphPattern::Minus { left: Box::new(pattern), right: excluded })
            }
            other => Err((Expression::Not(Box::new(other)), pattern)),
        },
        other => Err((other, pattern)),
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
            let mut seen = Mentioned::default();
            seen.expression(expr.clone());
            looks_inside(inner, outside)
                && seen.0.iter().all(|variable| own.contains(variable) || !outside.contains(variable))
        }
        _ => true,
    }
}

/// The variables that have a value in every solution.
pub(super) fn bound(pattern: &GraphPattern) -> HashSet<Variable> {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => mentioned(pattern),
        GraphPattern::Join { left, right } => &bound(left) | &bound(right),
        GraphPattern::Union { left, right } => &bound(left) & &bound(right),
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Graph { inner, .. } => bound(inner),
        _ => HashSet::new(),
    }
}

/// The variables that occur anywhere in a pattern.
fn mentioned(pattern: &GraphPattern) -> HashSet<Variable> {
    let mut mentioned = Mentioned::default();
    mentioned.pattern(pattern.clone());
    mentioned.0
}

#[derive(Default)]
struct Mentioned(HashSet<Variable>);

impl Fold for Mentioned {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match &pattern {
            GraphPattern::Extend { variable, .. } => _ = self.0.insert(variable.clone()),
            GraphPattern::Values { variables, .. } | GraphPattern::Project { variables, .. } => {
                self.0.extend(variables.iter().cloned());
            }
            _ => {}
        }
        parts_of_pattern(self, pattern)
    }

    fn expression(&mut self, expression: Expression) -> Expression {
        if let Expression::Variable(variable) | Expression::Bound(variable) = &expression {
            self.0.insert(variable.clone());
        }
        super::algebra::parts_of_expression(self, expression)
    }

    fn term(&mut self, term: TermPattern) -> TermPattern {
        if let TermPattern::Variable(variable) = &term {
            self.0.insert(variable.clone());
        }
        term
    }

    fn predicate(&mut self, predicate: NamedNodePattern) -> NamedNodePattern {
        if let NamedNodePattern::Variable(variable) = &predicate {
            self.0.insert(variable.clone());
        }
        predicate
    }
}
