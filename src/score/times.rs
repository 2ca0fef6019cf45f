//! Time expressions: their words, and what they denote.

use std::collections::BTreeMap;

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Sample, Timed};
use super::tally::Tally;
use crate::span::Span;

/// What time expressions are measured as.
pub const TASK: &str = "times";

/// The words exactly, and of those that are right how many have the value of the gold.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations]) -> Vec<Figure> {
    let (mut words, mut values) = (Vec::new(), Vec::new());
    for (sample, found) in samples.iter().zip(found) {
        let Some(gold) = sample.gold.times.as_deref() else { continue };
        let found = found.times.as_deref().unwrap_or_default();
        let pairs = pairs(gold, found);
        let right = pairs.iter().filter(|(gold, found)| gold.value == found.value).count();
        words.push(Tally::of_counts(pairs.len(), found.len(), gold.len()));
        values.push(Tally::of_counts(right, pairs.len(), pairs.len()));
    }
    vec![Figure::of(TASK, "words", words), Figure::of(TASK, "values", values)]
}

fn pairs<'a>(gold: &'a [Timed], found: &'a [Timed]) -> Vec<(&'a Timed, &'a Timed)> {
    let by_span: BTreeMap<Span, &Timed> = found.iter().map(|time| (time.span, time)).collect();
    gold.iter().filter_map(|time| Some((time, *by_span.get(&time.span)?))).collect()
}

/// Expressions that were missed, invented or cut wrong, and wrong values.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (sample, (text, found)) in samples.iter().zip(found).enumerate() {
        let Some(gold) = text.gold.times.as_deref() else { continue };
        let found = found.times.as_deref().unwrap_or_default();
        let mut fault = |kind, span, gold: &str, found: &str| {
            faults.push(Fault { task: TASK, kind, sample, span, gold: gold.to_owned(), found: found.to_owned() });
        };
        for time in gold {
            match found.iter().find(|other| other.span.overlaps(time.span)) {
                None => fault(FaultKind::Missed, time.span, &time.value, ""),
                Some(other) if other.span != time.span => {
                    fault(FaultKind::WrongBounds, time.span, &time.value, other.span.of(text.text()));
                }
                Some(other) if other.value != time.value => {
                    fault(FaultKind::WrongType, time.span, &time.value, &other.value);
                }
                Some(_) => {}
            }
        }
        for time in found.iter().filter(|time| !gold.iter().any(|other| other.span.overlaps(time.span))) {
            fault(FaultKind::Invented, time.span, "", &time.value);
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_counts_where_the_words_are_right() {
        let time =
            |start: usize, end: usize, value: &str| Timed { span: Span::new(start, end), value: value.to_owned() };
        let gold = [time(0, 5, "2011-05-02"), time(10, 15, "P2D"), time(20, 25, "2011")];
        let found = [time(0, 5, "2011-05-02"), time(10, 15, "P3D"), time(20, 24, "2011")];
        let pairs = pairs(&gold, &found);
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs.iter().filter(|(gold, found)| gold.value == found.value).count(), 1);
    }
}
