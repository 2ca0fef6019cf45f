//! Constraints in SPARQL whose query is asked once for all focus nodes, rather than once for each: what it answers with `$this`
//! left free, and with `$this` a focus node, is the same where a triple of the outermost group binds `$this`.

use std::collections::HashMap;

use oxigraph::model::Term;
use rayon::prelude::*;
use spargebra::Query as Algebra;
use spargebra::algebra::GraphPattern;

use super::algebra::{Fold, parts_of_pattern};
use super::prebinding::{is_seen_unbound, this};
use super::set_wise::set_wise;
use super::shape::{ShapeId, Sparql};
use super::sparql::Row;
use super::variables::bound;
use crate::base::{Dataset, Query};
use crate::error::Result;

/// The query that answers for all focus nodes what a query, which must select `$this`, answers for each; none where that
/// may not be the same.
pub(super) fn for_all(query: &Algebra) -> Option<Query> {
    let Algebra::Select { dataset, pattern, base_iri } = query.clone() else { return None };
    let mut inside = &pattern;
    while let GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } = inside {
        inside = inner;
    }
    let GraphPattern::Project { inner, .. } = inside else { return None };
    let is_possible =
        is_plain(inner) && bound(inner).contains(&this()) && !has_subquery(inner) && !is_seen_unbound(query, &this());
    is_possible
        .then(|| Query::of_algebra(Algebra::Select { dataset, pattern: set_wise(pattern), base_iri }, "sh:select"))
}

/// Whether a subquery, which may be bounded or grouped, stands anywhere in a pattern, also inside EXISTS.
fn has_subquery(pattern: &GraphPattern) -> bool {
    struct Subquery(bool);
    impl Fold for Subquery {
        fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
            self.0 |= matches!(pattern, GraphPattern::Project { .. });
            parts_of_pattern(self, pattern)
        }
    }
    let mut subquery = Subquery(false);
    subquery.pattern(pattern.clone());
    subquery.0
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

/// The rows of one constraint, by focus node.
type Rows = HashMap<Term, Vec<Row>>;

/// A constraint, by its shape and its place there.
pub(super) type Place = (ShapeId, usize);

/// The answers over one dataset of the constraints that are asked once.
pub(super) struct Answers(HashMap<Place, Rows>);

impl Answers {
    /// Asks all that are asked once, on all threads.
    ///
    /// # Errors
    /// When one cannot be evaluated.
    pub(super) fn new(constraints: &[(Place, &Sparql)], data: &Dataset) -> Result<Self> {
        let asked =
            constraints.par_iter().filter_map(|(place, sparql)| Some((place, sparql, sparql.at_once.as_ref()?)));
        let answers = asked.map(|(place, sparql, query)| Ok((*place, sparql.all_rows(query, data)?)));
        Ok(Self(answers.collect::<Result<_>>()?))
    }

    /// The rows of a constraint for a focus node; one that is not asked once is asked now.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub(super) fn rows(&self, place: Place, sparql: &Sparql, focus: &Term, data: &Dataset) -> Result<Vec<Row>> {
        match self.0.get(&place) {
            Some(rows) => Ok(rows.get(focus).cloned().unwrap_or_default()),
            None => sparql.rows(focus, None, data),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::for_all;
    use crate::base::Query;

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
            ("SELECT $this { ?x a schema:Person FILTER(?x != $this) }", false),
            ("SELECT $this { { FILTER(BOUND($this)) } $this a schema:Person }", false),
            ("SELECT $this (COUNT(?x) AS ?n) { $this schema:about ?x } GROUP BY $this", false),
            ("SELECT $this { $this schema:about ?x } LIMIT 1", false),
            ("SELECT $this { $this a ?class FILTER EXISTS { SELECT $this { $this schema:about ?x } LIMIT 1 } }", false),
            ("SELECT $this { $this a ?class { SELECT $this { $this schema:about ?x } LIMIT 1 } }", false),
        ] {
            let algebra = Query::algebra(query, "test").unwrap();
            assert_eq!(for_all(&algebra).is_some(), possible, "{query}");
        }
    }
}
