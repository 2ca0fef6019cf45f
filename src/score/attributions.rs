//! Attributions against attributions: sources, cues and contents by their words, and all three together.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Attributed, Sample};
use super::tally::Tally;
use crate::span::Span;

/// What attributions are measured as.
pub const TASK: &str = "attributions";

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who says it.
    Source,
    /// The words that attribute it.
    Cue,
    /// What is said.
    Content,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Source, Self::Cue, Self::Content];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }

    /// The spans of this part; several where other words interrupt it.
    #[must_use]
    pub fn of(self, attributed: &Attributed) -> &[Span] {
        match self {
            Self::Source => &attributed.source,
            Self::Cue => &attributed.cue,
            Self::Content => &attributed.content,
        }
    }
}

/// Of each part, exactly the same words and at least one in common; then whole attributions, of which all parts are the same or
/// overlap.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations]) -> Vec<Figure> {
    let pairs = pairs(samples, found);
    let of = |name: String, count: &dyn Fn(&[Attributed], &[Attributed]) -> Tally| {
        Figure::of(TASK, name, pairs.iter().map(|(gold, found)| count(gold, found)).collect())
    };
    let mut figures = Vec::new();
    for part in Part::ALL {
        figures.push(of(format!("{}, exact", part.name()), &|gold, found| exact(gold, found, part)));
        figures.push(of(format!("{}, overlap", part.name()), &|gold, found| overlap(gold, found, part)));
    }
    figures.push(of("whole, exact".to_owned(), &|gold, found| pair(gold, found, |one, other| one == other)));
    figures.push(of("whole, overlap".to_owned(), &|gold, found| pair(gold, found, touches)));
    figures
}

/// Gold and found of each text. Where no attribution of the gold is without a source, or without a cue, those found without one are
/// of a sort that was not annotated, and do not count.
fn pairs(samples: &[Sample], found: &[Annotations]) -> Vec<(Vec<Attributed>, Vec<Attributed>)> {
    let gold: Vec<Vec<Attributed>> = samples.iter().map(|sample| said(&sample.gold)).collect();
    let is_always = |part: Part| gold.iter().flatten().all(|attributed| !part.of(attributed).is_empty());
    let needed: Vec<Part> = [Part::Source, Part::Cue].into_iter().filter(|part| is_always(*part)).collect();
    let counted = |found: &Annotations| {
        let mut found = said(found);
        found.retain(|attributed| needed.iter().all(|part| !part.of(attributed).is_empty()));
        found
    };
    let found: Vec<Vec<Attributed>> = found.iter().map(counted).collect();
    gold.into_iter().zip(found).collect()
}

fn said(annotations: &Annotations) -> Vec<Attributed> {
    let mut said = annotations.attributions.clone().unwrap_or_default();
    said.sort();
    said.dedup();
    said
}

/// Each distinct run of words counts once: one source may have said two things.
fn exact(gold: &[Attributed], found: &[Attributed], part: Part) -> Tally {
    let (gold, found) = (parts(gold, part), parts(found, part));
    Tally::of_counts(gold.intersection(&found).count(), found.len(), gold.len())
}

fn overlap(gold: &[Attributed], found: &[Attributed], part: Part) -> Tally {
    let (gold, found) = (parts(gold, part), parts(found, part));
    matched(&gold.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>(), |one, other| share(one, other))
}

fn parts(said: &[Attributed], part: Part) -> BTreeSet<Vec<Span>> {
    said.iter().map(|attributed| part.of(attributed).to_vec()).filter(|spans| !spans.is_empty()).collect()
}

fn pair(gold: &[Attributed], found: &[Attributed], fits: impl Fn(&Attributed, &Attributed) -> bool) -> Tally {
    matched(gold, found, fits)
}

/// Each of the gold takes the first found one that fits and is not yet taken.
fn matched<T>(gold: &[T], found: &[T], fits: impl Fn(&T, &T) -> bool) -> Tally {
    let mut free: Vec<&T> = found.iter().collect();
    let mut right = 0;
    for one in gold {
        if let Some(at) = free.iter().position(|other| fits(one, other)) {
            free.remove(at);
            right += 1;
        }
    }
    Tally::of_counts(right, found.len(), gold.len())
}

fn share(one: &[Span], other: &[Span]) -> bool {
    one.iter().any(|span| other.iter().any(|other| other.overlaps(*span)))
}

/// Whether all parts of two attributions overlap, or both lack them.
fn touches(one: &Attributed, other: &Attributed) -> bool {
    Part::ALL.iter().all(|part| {
        let (one, other) = (part.of(one), part.of(other));
        one.is_empty() && other.is_empty() || share(one, other)
    })
}

/// Attributions that were missed or invented, by their cue, and parts that have other words.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, (sample, (gold, found))) in samples.iter().zip(pairs(samples, found)).enumerate() {
        let anchor = |attributed: &Attributed| attributed.cue.first().or(attributed.content.first()).copied();
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(sample.text())).collect::<Vec<_>>().join(" … ");
        let fault =
            |kind, span, gold: String, found: String| Fault { task: TASK, kind, sample: number, span, gold, found };
        let same = |one: &Attributed, other: &Attributed| {
            share(&one.cue, &other.cue) || one.cue.is_empty() && share(&one.content, &other.content)
        };
        for one in &gold {
            let Some(span) = anchor(one) else { continue };
            match found.iter().find(|other| same(one, other)) {
                None => faults.push(fault(FaultKind::Missed, span, words(&one.content), String::new())),
                Some(other) => {
                    for part in Part::ALL.into_iter().filter(|part| part.of(one) != part.of(other)) {
                        faults.push(fault(FaultKind::WrongBounds, span, words(part.of(one)), words(part.of(other))));
                    }
                }
            }
        }
        for other in found.iter().filter(|other| !gold.iter().any(|one| same(one, other))) {
            let Some(span) = anchor(other) else { continue };
            faults.push(fault(FaultKind::Invented, span, String::new(), words(&other.content)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &[(usize, usize)], cue: (usize, usize), content: &[(usize, usize)]) -> Attributed {
        let spans = |spans: &[(usize, usize)]| spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
        Attributed { source: spans(source), cue: spans(&[cue]), content: spans(content) }
    }

    #[test]
    fn parts_count_by_themselves_and_together() {
        let gold = [said(&[(0, 5)], (6, 10), &[(11, 30)]), said(&[(40, 45)], (46, 50), &[(51, 60), (70, 80)])];
        // The first with a shorter source; the second without the end of its content; and one that is not there.
        let found = [
            said(&[(3, 5)], (6, 10), &[(11, 30)]),
            said(&[(40, 45)], (46, 50), &[(51, 60)]),
            said(&[], (90, 95), &[(96, 99)]),
        ];
        assert_eq!(exact(&gold, &found, Part::Source), Tally::of_counts(1, 2, 2));
        assert_eq!(exact(&gold, &found, Part::Cue), Tally::of_counts(2, 3, 2));
        assert_eq!(exact(&gold, &found, Part::Content), Tally::of_counts(1, 3, 2));
        assert_eq!(overlap(&gold, &found, Part::Content), Tally::of_counts(2, 3, 2));
        assert_eq!(pair(&gold, &found, |one, other| one == other), Tally::of_counts(0, 3, 2));
        assert_eq!(pair(&gold, &found, touches), Tally::of_counts(2, 3, 2));
    }

    #[test]
    fn a_source_of_two_attributions_is_one_source() {
        let gold = [said(&[(0, 5)], (6, 10), &[(11, 30)]), said(&[(0, 5)], (31, 35), &[(36, 40)])];
        assert_eq!(exact(&gold, &gold, Part::Source), Tally::of_counts(1, 1, 1));
        assert_eq!(exact(&gold, &gold, Part::Cue), Tally::of_counts(2, 2, 2));
    }
}
