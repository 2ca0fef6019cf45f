//! Which variables occur in a part of a query, and which of them always have a value.

use std::collections::HashSet;

use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, Variable};

use super::algebra::{Fold, parts_of_expression, parts_of_pattern};

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
pub(super) fn mentioned(pattern: &GraphPattern) -> HashSet<Variable> {
    let mut mentioned = Mentioned::default();
    mentioned.pattern(pattern.clone());
    mentioned.0
}

/// The variables that occur anywhere in an expression.
pub(super) fn mentioned_by(expression: &Expression) -> HashSet<Variable> {
    let mut mentioned = Mentioned::default();
    mentioned.expression(expression.clone());
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
        parts_of_expression(self, expression)
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
