//! A dataset's default graph by the numbers of its terms, for what walks it without SPARQL.

use oxigraph::model::{NamedNode, Term, TermRef};

use super::dataset::{Dataset, G, Row};
use super::terms::{self, DEFAULT_GRAPH, Id};

/// The place of SPOG and POSG among the orders of the indexes.
const SPOG: usize = 0;
const POSG: usize = 1;

impl Dataset {
    /// The number of a term; none where no quad holds it.
    pub(crate) fn find(&self, term: TermRef<'_>) -> Option<Id> {
        self.terms().find(&terms::key(term))
    }

    /// The term of a number.
    pub(crate) fn term(&self, id: Id) -> Term {
        self.terms().term(id)
    }

    /// The greatest number of a term.
    pub(crate) fn last_id(&self) -> Id {
        Id::try_from(self.terms().len()).unwrap_or(Id::MAX)
    }

    /// The objects of a subject and predicate, each once.
    pub(crate) fn objects(&self, subject: Id, predicate: Id) -> impl Iterator<Item = Id> + '_ {
        self.distinct(SPOG, &[subject, predicate])
    }

    /// The subjects of a predicate and object, each once.
    pub(crate) fn subjects(&self, predicate: Id, object: Id) -> impl Iterator<Item = Id> + '_ {
        self.distinct(POSG, &[predicate, object])
    }

    /// The predicates of a subject, each once.
    pub(crate) fn predicates(&self, subject: Id) -> impl Iterator<Item = Id> + '_ {
        self.distinct(SPOG, &[subject])
    }

    /// All objects of a predicate, each once.
    pub(crate) fn all_objects(&self, predicate: Id) -> impl Iterator<Item = Id> + '_ {
        self.distinct(POSG, &[predicate])
    }

    /// All subjects of a predicate, sorted, each once.
    pub(crate) fn all_subjects(&self, predicate: Id) -> Vec<Id> {
        let rows = prefix(self.sorted(POSG), &[predicate]);
        let merged = rows.iter().filter(|row| self.apart().binary_search(&row[G]).is_err());
        let mut subjects: Vec<Id> = merged.map(|row| row[2]).collect();
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// The named graphs of the default graph in which a subject has this predicate and object, as far as they are given.
    pub(crate) fn graphs_with(&self, subject: Id, predicate: Option<Id>, object: Option<Id>) -> Vec<NamedNode> {
        let (rows, order) = self.candidates([Some(subject), predicate, object, None]);
        let parts = |row: &Row| {
            let mut quad = [DEFAULT_GRAPH; 4];
            order.into_iter().zip(row).for_each(|(part, id)| quad[part] = *id);
            quad
        };
        let fits = |quad: &Row| {
            quad[0] == subject
                && predicate.is_none_or(|predicate| quad[1] == predicate)
                && object.is_none_or(|object| quad[2] == object)
        };
        let mut graphs: Vec<Id> = rows.iter().map(parts).filter(fits).map(|quad| quad[G]).collect();
        graphs.sort_unstable();
        graphs.dedup();
        graphs.retain(|graph| *graph != DEFAULT_GRAPH && self.apart().binary_search(graph).is_err());
        let named = graphs.into_iter().filter_map(|graph| match self.term(graph) {
            Term::NamedNode(node) => Some(node),
            _ => None,
        });
        named.collect()
    }

    fn distinct(&self, order: usize, start: &[Id]) -> Distinct<'_> {
        Distinct { rows: prefix(self.sorted(order), start), place: start.len(), apart: self.apart() }
    }
}

/// The rows that begin so.
fn prefix<'a>(rows: &'a [Row], start: &[Id]) -> &'a [Row] {
    let begin = rows.partition_point(|row| row[..start.len()] < *start);
    let length = rows[begin..].partition_point(|row| row[..start.len()] == *start);
    &rows[begin..begin + length]
}

/// What stands at a place of sorted rows that agree before it, each once. A thing that many articles speak of costs no
/// more than its different values.
struct Distinct<'a> {
    rows: &'a [Row],
    place: usize,
    apart: &'a [Id],
}

impl Iterator for Distinct<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        loop {
            let id = self.rows.first()?[self.place];
            let (same, rest) = self.rows.split_at(run_length(self.rows, |row| row[self.place] == id));
            self.rows = rest;
            if self.apart.is_empty() || same.iter().any(|row| self.apart.binary_search(&row[G]).is_err()) {
                return Some(id);
            }
        }
    }
}

/// How many rows at the start satisfy a condition that none satisfies after them: quick where they are few.
fn run_length(rows: &[Row], holds: impl Fn(&Row) -> bool) -> usize {
    let mut step = 1;
    while step < rows.len() && holds(&rows[step]) {
        step *= 2;
    }
    let known = step / 2;
    known + rows[known..rows.len().min(step)].partition_point(|row| holds(row))
}
