//! SPARQL's algebra, part by part: what is put in place of the patterns, expressions and terms of a query.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// What is put in place of the parts of a query; of what is not said otherwise, the parts are looked at in turn.
pub(super) trait Fold: Sized {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        parts_of_pattern(self, pattern)
    }

    fn expression(&mut self, expression: Expression) -> Expression {
        parts_of_expression(self, expression)
    }

    fn term(&mut self, term: TermPattern) -> TermPattern {
        term
    }

    fn predicate(&mut self, predicate: NamedNodePattern) -> NamedNodePattern {
        predicate
    }
}

/// A pattern of folded parts.
pub(super) fn parts_of_pattern(fold: &mut impl Fold, pattern: GraphPattern) -> GraphPattern {
    use GraphPattern as P;
    let mut one = |pattern: Box<P>| Box::new(fold.pattern(*pattern));
    match pattern {
        P::Bgp { patterns } => {
            P::Bgp { patterns: patterns.into_iter().map(|triple| triple_of(fold, triple)).collect() }
        }
        P::Path { subject, path, object } => P::Path { subject: fold.term(subject), path, object: fold.term(object) },
        P::Join { left, right } => P::Join { left: one(left), right: one(right) },
        P::LeftJoin { left, right, expression } => P::LeftJoin {
            left: one(left),
            right: one(right),
            expression: expression.map(|expression| fold.expression(expression)),
        },
        P::Lateral { left, right } => P::Lateral { left: one(left), right: one(right) },
        P::Filter { expr, inner } => P::Filter { inner: one(inner), expr: fold.expression(expr) },
        P::Union { left, right } => P::Union { left: one(left), right: one(right) },
        P::Graph { name, inner } => P::Graph { inner: one(inner), name: fold.predicate(name) },
        P::Extend { inner, variable, expression } => {
            P::Extend { inner: one(inner), variable, expression: fold.expression(expression) }
        }
        P::Minus { left, right } => P::Minus { left: one(left), right: one(right) },
        P::Values { .. } => pattern,
        P::OrderBy { inner, expression } => P::OrderBy {
            inner: one(inner),
            expression: expression
                .into_iter()
                .map(|order| match order {
                    OrderExpression::Asc(expression) => OrderExpression::Asc(fold.expression(expression)),
                    OrderExpression::Desc(expression) => OrderExpression::Desc(fold.expression(expression)),
                })
                .collect(),
        },
        P::Project { inner, variables } => P::Project { inner: one(inner), variables },
        P::Distinct { inner } => P::Distinct { inner: one(inner) },
        P::Reduced { inner } => P::Reduced { inner: one(inner) },
        P::Slice { inner, start, length } => P::Slice { inner: one(inner), start, length },
        P::Group { inner, variables, aggregates } => P::Group {
            inner: one(inner),
            variables,
            aggregates: aggregates
                .into_iter()
                .map(|(variable, aggregate)| match aggregate {
                    AggregateExpression::FunctionCall { name, expr, distinct } => {
                        let expr = fold.expression(expr);
                        (variable, AggregateExpression::FunctionCall { name, expr, distinct })
                    }
                    count @ AggregateExpression::CountSolutions { .. } => (variable, count),
                })
                .collect(),
        },
        P::Service { name, inner, silent } => P::Service { inner: one(inner), name: fold.predicate(name), silent },
    }
}

fn triple_of(fold: &mut impl Fold, triple: TriplePattern) -> TriplePattern {
    let TriplePattern { subject, predicate, object } = triple;
    let mut term = |term: TermPattern| match term {
        TermPattern::Triple(inner) => TermPattern::Triple(Box::new(triple_of(fold, *inner))),
        term => fold.term(term),
    };
    let (subject, object) = (term(subject), term(object));
    TriplePattern { subject, predicate: fold.predicate(predicate), object }
}

/// An expression of folded parts.
pub(super) fn parts_of_expression(fold: &mut impl Fold, expression: Expression) -> Expression {
    use Expression as E;
    let mut one = |expression: Box<E>| Box::new(fold.expression(*expression));
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => expression,
        E::Or(a, b) => E::Or(one(a), one(b)),
        E::And(a, b) => E::And(one(a), one(b)),
        E::Equal(a, b) => E::Equal(one(a), one(b)),
        E::SameTerm(a, b) => E::SameTerm(one(a), one(b)),
        E::Greater(a, b) => E::Greater(one(a), one(b)),
        E::GreaterOrEqual(a, b) => E::GreaterOrEqual(one(a), one(b)),
        E::Less(a, b) => E::Less(one(a), one(b)),
        E::LessOrEqual(a, b) => E::LessOrEqual(one(a), one(b)),
        E::In(a, list) => E::In(one(a), list.into_iter().map(|it| fold.expression(it)).collect()),
        E::Add(a, b) => E::Add(one(a), one(b)),
        E::Subtract(a, b) => E::Subtract(one(a), one(b)),
        E::Multiply(a, b) => E::Multiply(one(a), one(b)),
        E::Divide(a, b) => E::Divide(one(a), one(b)),
        E::UnaryPlus(a) => E::UnaryPlus(one(a)),
        E::UnaryMinus(a) => E::UnaryMinus(one(a)),
        E::Not(a) => E::Not(one(a)),
        E::Exists(pattern) => E::Exists(Box::new(fold.pattern(*pattern))),
        E::If(a, b, c) => E::If(one(a), one(b), one(c)),
        E::Coalesce(list) => E::Coalesce(list.into_iter().map(|it| fold.expression(it)).collect()),
        E::FunctionCall(function, list) => {
            E::FunctionCall(function, list.into_iter().map(|it| fold.expression(it)).collect())
        }
    }
}
