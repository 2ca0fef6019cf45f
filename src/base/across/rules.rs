//! What cannot be true of a thing twice, as `data/en/conflicts.toml` has it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::base;

/// The rules.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::base) struct Rules {
    pub(in crate::base) relations: Vec<Relation>,
    pub(in crate::base) posts: Posts,
}

/// A relation in which a thing stands to one other only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::base) struct Relation {
    predicate: String,
    pub(in crate::base) compare: Comparison,
    /// How far apart articles may be, in days; for good where there is no limit.
    pub(super) within_days: Option<i32>,
    #[serde(default)]
    pub(super) grows: bool,
    #[serde(default)]
    pub(in crate::base) of_object: bool,
    #[serde(default)]
    pub(super) same_sort: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "they are tests"))]
    examples: Vec<String>,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::base) enum Comparison {
    /// Dates, of which a less precise one may hold the other.
    Date,
    /// Numbers, up to rounding.
    Figure,
    /// Ages, by the dates of birth that they leave.
    Age,
    /// Things.
    Thing,
}

/// The posts that one person at a time holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::base) struct Posts {
    pub(super) within_days: i32,
    pub(super) titles: BTreeSet<String>,
}

impl Relation {
    /// The IRI of its property.
    pub(in crate::base) fn predicate(&self) -> String {
        let (prefix, name) = self.predicate.split_once(':').unwrap_or_default();
        let namespace = base::prefixes().find(|(known, _)| *known == prefix).map_or("", |(_, namespace)| namespace);
        format!("{namespace}{name}")
    }
}

/// The rules inside the program.
pub(in crate::base) static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/en/conflicts.toml")).expect("a test reads the file"));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::values::{Bound, Figure, Given, Value, Verdict, compare};
    use super::*;
    use crate::graph;
    use crate::relation;

    fn given<'a>(comparison: Comparison, text: &'a str, sorts: &'a [u32]) -> Given<'a> {
        let (value, published) = text.split_once(" at ").unwrap();
        let value = match comparison {
            Comparison::Date => Value::Date(value),
            Comparison::Thing => Value::Thing { label: value, sorts },
            Comparison::Figure | Comparison::Age => {
                let bounds =
                    [("about ", Bound::Roughly), ("more than ", Bound::MoreThan), ("less than ", Bound::LessThan)];
                let bounded = bounds.into_iter().find_map(|(words, bound)| Some((value.strip_prefix(words)?, bound)));
                let (number, bound) = bounded.map_or((value, None), |(number, bound)| (number, Some(bound)));
                Value::Figure(Figure { number, bound })
            }
        };
        Given { value, published }
    }

    #[test]
    fn every_rule_does_what_its_examples_say() {
        for rule in &RULES.relations {
            assert!(!rule.examples.is_empty(), "{}", rule.predicate);
            for example in &rule.examples {
                let parts: Vec<&str> = example.split(" | ").collect();
                let [one, other, expected] = parts[..] else { panic!("{example}") };
                let [one, other] = [one, other].map(|text| given(rule.compare, text, &[1]));
                let found = match compare(rule, &one, &other) {
                    Verdict::Nothing => "nothing",
                    Verdict::Conflict => "conflict",
                    Verdict::Update => "update",
                };
                assert_eq!(found, expected, "{}: {example}", rule.predicate);
            }
        }
    }

    #[test]
    fn every_rule_is_of_a_relation_that_is_written() {
        let written: BTreeSet<String> =
            relation::Relation::ALL.iter().map(|it| graph::property(*it).to_owned()).collect();
        for rule in &RULES.relations {
            assert!(written.contains(&rule.predicate()), "{}", rule.predicate);
        }
    }
}
