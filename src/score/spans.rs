//! Names against names.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Named, Sample};
use super::tally::Tally;
use super::types::Types;
use crate::span::Span;

/// What names are measured as.
pub const TASK: &str = "names";

/// With fewer texts than this, sentences are what is drawn for intervals.
const FEW_TEXTS: usize = 10;

/// How two names are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The same words and the same type: what is usually reported.
    Strict,
    /// The same words.
    Span,
    /// The same type, and at least one character in common; each counts once.
    Overlap,
}

/// What was found of the names of many texts.
pub struct Names<'a> {
    samples: &'a [Sample],
    /// For each text, gold and found, in order and each once.
    pairs: Vec<[Vec<Named>; 2]>,
    types: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Compares the names of texts, in as far as their types count. Only types that the gold uses count.
    ///
    /// `found` has one entry a sample. Samples without annotated names are passed over.
    #[must_use]
    pub fn new(samples: &'a [Sample], found: &[Annotations], types: &Types) -> Self {
        let gold: Vec<_> = samples.iter().map(|sample| typed(&sample.gold, types)).collect();
        let used: BTreeSet<String> = gold.iter().flatten().map(|name| name.label.clone()).collect();
        let pairs = gold.into_iter().zip(found).zip(samples).map(|((gold, found), sample)| {
            let mut found = if sample.gold.names.is_some() { typed(found, types) } else { Vec::new() };
            found.retain(|name| used.contains(&name.label));
            [gold, found]
        });
        Self { samples, pairs: pairs.collect(), types: used }
    }

    /// Whether there are annotated names at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// Strict figures for each type, of all of them (micro) and their mean (macro); then by words alone and by overlap.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let of = |label: &str| Figure::of(TASK, label, self.tallies(Match::Strict, Some(label)));
        let mut figures: Vec<Figure> = self.types.iter().map(|label| of(label)).collect();
        let all = Figure::of(TASK, "all", self.tallies(Match::Strict, None));
        let mean = Figure::mean(TASK, "mean of types", &figures.iter().collect::<Vec<_>>());
        let span = Figure::of(TASK, "words alone", self.tallies(Match::Span, None));
        let overlap = Figure::of(TASK, "overlap", self.tallies(Match::Overlap, None));
        figures.extend([all, mean, span, overlap]);
        figures
    }

    /// A tally a text, or a sentence where there are few texts.
    fn tallies(&self, by: Match, label: Option<&str>) -> Vec<Tally> {
        let kept = |names: &[Named]| -> Vec<Named> {
            names.iter().filter(|name| label.is_none_or(|label| name.label == label)).cloned().collect()
        };
        let mut tallies = Vec::new();
        for (sample, [gold, found]) in self.samples.iter().zip(&self.pairs) {
            let (gold, found) = (kept(gold), kept(found));
            if self.samples.len() >= FEW_TEXTS {
                tallies.push(compare(&gold, &found, by));
                continue;
            }
            for sentence in 0..sample.sentences.len() {
                let here = |names: &[Named]| -> Vec<Named> {
                    names.iter().filter(|name| sample.sentence_of(name.span) == sentence).cloned().collect()
                };
                tallies.push(compare(&here(&gold), &here(&found), by));
            }
        }
        tallies
    }

    /// Everything that is not strictly right, in the order of the texts.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (sample, [gold, found]) in self.pairs.iter().enumerate() {
            let fault = |kind, span, gold: &str, found: &str| {
                let (gold, found) = (gold.to_owned(), found.to_owned());
                Fault { task: TASK, kind, sample, span, gold, found }
            };
            for name in gold.iter().filter(|name| !found.contains(name)) {
                let touching = found.iter().filter(|other| other.span.overlaps(name.span));
                let (kind, label) =
                    match touching.max_by_key(|other| (other.span == name.span, other.label == name.label)) {
                        None => (FaultKind::Missed, ""),
                        Some(other) => (disagreement(name, other), other.label.as_str()),
                    };
                faults.push(fault(kind, name.span, &name.label, label));
            }
            for name in found.iter().filter(|name| !gold.iter().any(|other| other.span.overlaps(name.span))) {
                faults.push(fault(FaultKind::Invented, name.span, "", &name.label));
            }
        }
        faults
    }
}

fn disagreement(gold: &Named, found: &Named) -> FaultKind {
    match (gold.span == found.span, gold.label == found.label) {
        (true, _) => FaultKind::WrongType,
        (false, true) => FaultKind::WrongBounds,
        (false, false) => FaultKind::WrongBoth,
    }
}

fn typed(annotations: &Annotations, types: &Types) -> Vec<Named> {
    let names = annotations.names.iter().flatten();
    let mut typed: Vec<Named> =
        names.filter_map(|name| Some(Named { span: name.span, label: types.of(&name.label)? })).collect();
    typed.sort();
    typed.dedup();
    typed
}

/// Counts the names of one text that agree; both sides in order.
#[must_use]
pub fn compare(gold: &[Named], found: &[Named], by: Match) -> Tally {
    let right = match by {
        Match::Strict => gold.iter().filter(|name| found.contains(name)).count(),
        Match::Span => {
            let spans = |names: &[Named]| names.iter().map(|name| name.span).collect::<BTreeSet<Span>>();
            let (gold, found) = (spans(gold), spans(found));
            return Tally::of_counts(gold.intersection(&found).count(), found.len(), gold.len());
        }
        Match::Overlap => overlapping(gold, found),
    };
    Tally::of_counts(right, found.len(), gold.len())
}

fn overlapping(gold: &[Named], found: &[Named]) -> usize {
    let mut free: Vec<&Named> = found.iter().collect();
    let mut right = 0;
    for name in gold {
        let fits = |other: &&Named| other.label == name.label && other.span.overlaps(name.span);
        if let Some(at) = free.iter().position(fits) {
            free.remove(at);
            right += 1;
        }
    }
    right
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(names: &[(usize, usize, &str)]) -> Vec<Named> {
        let mut names: Vec<Named> = names
            .iter()
            .map(|&(start, end, label)| Named { span: Span::new(start, end), label: label.into() })
            .collect();
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn each_way_of_comparing_has_its_own_count() {
        // One right, one of the wrong type, one too long, one missed; one invented.
        let gold = names(&[(0, 5, "PER"), (10, 15, "ORG"), (20, 25, "LOC"), (30, 35, "PER")]);
        let found = names(&[(0, 5, "PER"), (10, 15, "LOC"), (19, 25, "LOC"), (40, 45, "PER")]);
        assert_eq!(compare(&gold, &found, Match::Strict), Tally::of_counts(1, 4, 4));
        assert_eq!(compare(&gold, &found, Match::Span), Tally::of_counts(2, 4, 4));
        assert_eq!(compare(&gold, &found, Match::Overlap), Tally::of_counts(2, 4, 4));
    }

    #[test]
    fn one_long_name_cannot_stand_for_two() {
        let gold = names(&[(0, 5, "PER"), (6, 10, "PER")]);
        assert_eq!(compare(&gold, &names(&[(0, 10, "PER")]), Match::Overlap), Tally::of_counts(1, 1, 2));
    }

    fn any_names() -> impl Strategy<Value = Vec<Named>> {
        let name = (0_usize..30, 1_usize..6, 0_usize..3);
        prop::collection::vec(name, 0..12).prop_map(|all| {
            let all: Vec<_> =
                all.into_iter().map(|(at, len, label)| (at, at + len, ["PER", "ORG", "LOC"][label])).collect();
            names(&all)
        })
    }

    proptest! {
        #[test]
        fn gold_against_itself_is_all_right(gold in any_names()) {
            for by in [Match::Strict, Match::Span] {
                let tally = compare(&gold, &gold, by);
                prop_assert_eq!(tally.f1(), if gold.is_empty() { 0.0 } else { 1.0 });
            }
        }

        #[test]
        fn swapping_gold_and_found_swaps_precision_and_recall(gold in any_names(), found in any_names()) {
            for by in [Match::Strict, Match::Span] {
                prop_assert_eq!(compare(&found, &gold, by), compare(&gold, &found, by).swapped());
            }
        }

        #[test]
        fn looser_matches_find_no_less(gold in any_names(), found in any_names()) {
            let right = |by| compare(&gold, &found, by).right_of_gold;
            prop_assert!(right(Match::Strict) <= right(Match::Overlap));
        }
    }
}
