//! The values that variables such as `$this` have beforehand: in every group, subquery and expression of a query, as SHACL
//! asks.

use oxigraph::model::{Literal, NamedNode, Term};
use spargebra::Query as Algebra;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, Variable};

use super::algebra::{Fold, parts_of_expression, parts_of_pattern};
use super::variables::{bound, mentioned_by};

/// The variable of the focus node.
pub(super) fn this() -> Variable {
    Variable::new_unchecked("this")
}

/// A query of SELECT in which a term stands for a variable; none where it is no term that a query can name.
pub(super) fn prebound(query: &Algebra, variable: &Variable, value: &Term) -> Option<Algebra> {
    let Algebra::Select { dataset, pattern, base_iri } = query.clone() else { return None };
    let value = match value {
        Term::NamedNode(iri) => Value::Iri(iri.clone()),
        Term::Literal(literal) => Value::Literal(literal.clone()),
        Term::BlankNode(_) | Term::Triple(_) => return None,
    };
    let pattern = Prebound { variable, value }.pattern(pattern);
    Some(Algebra::Select { dataset, pattern, base_iri })
}

/// Whether a group of a query looks at a variable in an expression and in no triple, so that the evaluator would give it
/// no value there.
pub(super) fn is_seen_unbound(query: &Algebra, variable: &Variable) -> bool {
    let mut seen = SeenUnbound { variable, found: false };
    if let Algebra::Select { pattern, .. } = query {
        seen.pattern(pattern.clone());
    }
    seen.found
}

enum Value {
    Iri(NamedNode),
    Literal(Literal),
}

struct Prebound<'a> {
    variable: &'a Variable,
    value: Value,
}

impl Prebound<'_> {
    fn expression(&self) -> Expression {
        match &self.value {
            Value::Iri(iri) => iri.clone().into(),
            Value::Literal(literal) => literal.clone().into(),
        }
    }

    /// The solutions of a pattern, in which the variable has its value.
    fn with_value(&self, inner: GraphPattern) -> GraphPattern {
        GraphPattern::Extend { inner: Box::new(inner), variable: self.variable.clone(), expression: self.expression() }
    }
}

impl Fold for Prebound<'_> {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Project { inner, variables } if variables.contains(self.variable) => {
                let inner = self.pattern(*inner);
                GraphPattern::Project { inner: Box::new(self.with_value(inner)), variables }
            }
            GraphPattern::Group { inner, variables, aggregates } if variables.contains(self.variable) => {
                let inner = Box::new(self.with_value(*inner));
                parts_of_pattern(self, GraphPattern::Group { inner, variables, aggregates })
            }
            other => parts_of_pattern(self, other),
        }
    }

    fn expression(&mut self, expression: Expression) -> Expression {
        match expression {
            Expression::Variable(variable) if variable == *self.variable => Prebound::expression(self),
            Expression::Bound(variable) if variable == *self.variable => Literal::from(true).into(),
            other => parts_of_expression(self, other),
        }
    }

    fn term(&mut self, term: TermPattern) -> TermPattern {
        match (term, &self.value) {
            (TermPattern::Variable(variable), Value::Iri(iri)) if variable == *self.variable => iri.clone().into(),
            (TermPattern::Variable(variable), Value::Literal(literal)) if variable == *self.variable => {
                literal.clone().into()
            }
            (term, _) => term,
        }
    }

    fn predicate(&mut self, predicate: NamedNodePattern) -> NamedNodePattern {
        match (predicate, &self.value) {
            (NamedNodePattern::Variable(variable), Value::Iri(iri)) if variable == *self.variable => iri.clone().into(),
            (predicate, _) => predicate,
        }
    }
}

struct SeenUnbound<'a> {
    variable: &'a Variable,
    found: bool,
}

impl Fold for SeenUnbound<'_> {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let (expression, has_value) = match &pattern {
            GraphPattern::Filter { expr, inner } => (Some(expr), bound(inner).contains(self.variable)),
            GraphPattern::Extend { expression, inner, .. } => (Some(expression), bound(inner).contains(self.variable)),
            GraphPattern::LeftJoin { left, right, expression } => {
                (expression.as_ref(), bound(left).contains(self.variable) || bound(right).contains(self.variable))
            }
            _ => (None, true),
        };
        self.found |=
            !has_value && expression.is_some_and(|expression| mentioned_by(expression).contains(self.variable));
        parts_of_pattern(self, pattern)
    }
}
