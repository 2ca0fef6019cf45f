//! Facts counted as KnowledgeNet's own evaluation of text does.
//!
//! A fact of the gold counts as found when one of the same property has a subject and an object whose words overlap its own. A
//! fact that was found counts as wrong when it matches none of the gold, and its property is one for which that passage was
//! annotated exhaustively; otherwise nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Facts, Related, Sample};
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::span::Span;

/// What facts are measured as.
pub const TASK: &str = "facts";

const BUILT_IN: &str = include_str!("../../data/formats/annotations.toml");

/// Which relations count as which property of a corpus.
#[derive(Clone, Debug)]
pub struct Properties {
    /// Of each relation, the properties, and whether subject and object change places.
    of: BTreeMap<String, Vec<(String, bool)>>,
}

#[derive(Deserialize)]
struct Rules {
    properties: BTreeMap<String, Vec<String>>,
}

impl Properties {
    /// The properties of the usual corpora.
    ///
    /// # Errors
    /// When the built-in table is damaged.
    pub fn built_in() -> Result<Self> {
        let rules: Rules = toml::from_str(BUILT_IN)
            .map_err(|reason| Error::Setting(format!("data/formats/annotations.toml: {reason}")))?;
        let mut of: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for (property, relation) in rules.properties.iter().flat_map(|(p, rs)| rs.iter().map(move |r| (p, r))) {
            let (name, turned) =
                relation.strip_suffix(" turned").map_or((relation.as_str(), false), |name| (name, true));
            of.entry(name.to_owned()).or_default().push((property.clone(), turned));
        }
        Ok(Self { of })
    }

    /// The facts that one counts as; a relation without properties counts as itself.
    fn all(&self, fact: &Related) -> Vec<Related> {
        let Some(properties) = self.of.get(&fact.relation) else { return vec![fact.clone()] };
        let turned = |fact: &Related| Related { subject: fact.object, object: fact.subject, ..fact.clone() };
        let counted = properties.iter().map(|(property, is_turned)| {
            let fact = if *is_turned { turned(fact) } else { fact.clone() };
            Related { relation: property.clone(), ..fact }
        });
        counted.collect()
    }
}

/// Over all properties and for each.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations], properties: &Properties) -> Vec<Figure> {
    let compared: Vec<Compared> = compare_all(samples, found, properties);
    let tallies = |counts: &dyn Fn(&str) -> bool| compared.iter().map(|it| it.tally(counts)).collect();
    let names: BTreeSet<&str> = samples.iter().flat_map(asked).collect();
    let mut figures = vec![Figure::of(TASK, "all", tallies(&|_| true))];
    figures.extend(names.into_iter().map(|name| Figure::of(TASK, name, tallies(&|property| property == name))));
    figures
}

/// Facts that were missed, and those that are none.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations], properties: &Properties) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (sample, compared) in compare_all(samples, found, properties).into_iter().enumerate() {
        let fault = |kind, fact: Related, is_gold: bool| {
            let said = fact.relation.clone();
            let (gold, found) = if is_gold { (said, String::new()) } else { (String::new(), said) };
            Fault { task: TASK, kind, sample, span: fact.subject.cover(fact.object), gold, found }
        };
        faults.extend(compared.missed.into_iter().map(|fact| fault(FaultKind::Missed, fact, true)));
        faults.extend(compared.invented.into_iter().map(|fact| fault(FaultKind::Invented, fact, false)));
    }
    faults
}

fn asked(sample: &Sample) -> impl Iterator<Item = &str> {
    let facts = sample.gold.facts.iter();
    facts.flat_map(|facts| facts.asked.iter()).flat_map(|(_, properties)| properties.iter().map(String::as_str))
}

/// The facts of a text, by whether they match.
#[derive(Default)]
struct Compared {
    matched: Vec<Related>,
    missed: Vec<Related>,
    invented: Vec<Related>,
}

impl Compared {
    fn tally(&self, counts: &dyn Fn(&str) -> bool) -> Tally {
        let number = |facts: &[Related]| facts.iter().filter(|fact| counts(&fact.relation)).count();
        let (right, missed, wrong) = (number(&self.matched), number(&self.missed), number(&self.invented));
        Tally::of_counts(right, right + wrong, right + missed)
    }
}

fn compare_all(samples: &[Sample], found: &[Annotations], properties: &Properties) -> Vec<Compared> {
    let none = Facts::default();
    let pairs = samples.iter().zip(found);
    pairs
        .map(|(sample, found)| {
            let (gold, found) = (sample.gold.facts.as_ref().unwrap_or(&none), found.facts.as_ref().unwrap_or(&none));
            compare(gold, found, properties)
        })
        .collect()
}

fn compare(gold: &Facts, found: &Facts, properties: &Properties) -> Compared {
    let found: BTreeSet<Related> = found.facts.iter().flat_map(|fact| properties.all(fact)).collect();
    let is_asked = |fact: &Related| {
        let words: Span = fact.subject.cover(fact.object);
        gold.asked.iter().any(|(span, names)| span.contains(words) && names.contains(&fact.relation))
    };
    let (matched, missed) = gold.facts.iter().cloned().partition(|fact| found.iter().any(|it| it.matches(fact)));
    let wrong = |fact: &Related| is_asked(fact) && !gold.facts.iter().any(|it| it.matches(fact));
    let invented = found.iter().filter(|fact| wrong(fact)).cloned().collect();
    Compared { matched, missed, invented }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn related(relation: &str, subject: (usize, usize), object: (usize, usize)) -> Related {
        let span = |(start, end)| Span::new(start, end);
        Related { relation: relation.to_owned(), subject: span(subject), object: span(object) }
    }

    #[test]
    fn words_that_overlap_match_and_what_nobody_annotated_is_not_wrong() {
        // "Ada Berg, born in Oslo, married Bo Ek." annotated for births only.
        let gold = Facts {
            facts: vec![related("PLACE_OF_BIRTH", (0, 8), (18, 22))],
            asked: vec![(Span::new(0, 38), vec!["PLACE_OF_BIRTH".to_owned()])],
        };
        let found = Facts {
            facts: vec![
                related("birthPlace", (4, 8), (18, 22)),
                related("birthPlace", (32, 37), (18, 22)),
                related("spouse", (0, 8), (32, 37)),
            ],
            asked: Vec::new(),
        };
        let compared = compare(&gold, &found, &Properties::built_in().unwrap());
        assert_eq!(compared.tally(&|_| true), Tally::of_counts(1, 2, 1));
        assert_eq!(compared.invented, [related("PLACE_OF_BIRTH", (32, 37), (18, 22))]);
    }

    #[test]
    fn a_property_that_runs_the_other_way_is_turned() {
        let properties = Properties::built_in().unwrap();
        let counted = properties.all(&related("chiefExecutive", (0, 4), (9, 12)));
        assert!(counted.contains(&related("CEO", (0, 4), (9, 12))));
        assert!(counted.contains(&related("EMPLOYEE_OR_MEMBER_OF", (9, 12), (0, 4))));
    }
}
