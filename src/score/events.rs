//! Mentions of events: their words, who and what takes part, and whether they are said to be so and how surely.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Happening, Part, Sample};
use super::tally::Tally;

/// What events are measured as.
pub const TASK: &str = "events";

/// Mentions by their words and by any word in common; participants of mentions by a word in common, where our head lies in the gold's phrase; and
/// polarity and certainty of the mentions that were found.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations]) -> Vec<Figure> {
    let of = |name: &str, compare: &dyn Fn(&[Happening], &[Happening]) -> Tally| {
        let tallies = samples.iter().zip(found).filter_map(|(sample, found)| {
            let gold = sample.gold.happenings.as_deref()?;
            Some(compare(gold, found.happenings.as_deref().unwrap_or_default()))
        });
        Figure::of(TASK, name, tallies.collect())
    };
    vec![
        of("mentions", &|gold, found| {
            let spans = |all: &[Happening]| all.iter().map(|one| one.span).collect::<BTreeSet<_>>();
            let (gold, found) = (spans(gold), spans(found));
            Tally::of_counts(gold.intersection(&found).count(), found.len(), gold.len())
        }),
        of("mentions, overlap", &|gold, found| Tally::of_counts(pairs(gold, found).len(), found.len(), gold.len())),
        of("participants", &|gold, found| participants(gold, found, true)),
        of("participants of right mentions", &|gold, found| {
            let pairs = pairs(gold, found);
            let tallies = pairs
                .iter()
                .map(|&(one, other)| participants(std::slice::from_ref(one), std::slice::from_ref(other), false));
            tallies.sum()
        }),
        of("polarity", &|gold, found| agreement(gold, found, |one| one.polarity.as_deref())),
        of("certainty", &|gold, found| agreement(gold, found, |one| one.certainty.as_deref())),
    ]
}

/// Mentions of gold and found that are one: the same words first, then those that share some; each counts once.
fn pairs<'a>(gold: &'a [Happening], found: &'a [Happening]) -> Vec<(&'a Happening, &'a Happening)> {
    let mut free: Vec<&Happening> = found.iter().collect();
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for one in gold {
        match free.iter().position(|other| other.span == one.span) {
            Some(at) => pairs.push((one, free.remove(at))),
            None => left.push(one),
        }
    }
    for one in left {
        if let Some(at) = free.iter().position(|other| other.span.overlaps(one.span)) {
            pairs.push((one, free.remove(at)));
        }
    }
    pairs
}

/// Counts the participants of mentions; `all` counts those of mentions that were missed or invented too.
fn participants(gold: &[Happening], found: &[Happening], all: bool) -> Tally {
    let count = |mentions: &[Happening]| mentions.iter().map(|one| one.participants.len()).sum::<usize>();
    let pairs = pairs(gold, found);
    let right = pairs.iter().map(|(one, other)| met(one, other).len());
    let right = right.sum();
    if all || !pairs.is_empty() { Tally::of_counts(right, count(found), count(gold)) } else { Tally::default() }
}

/// The participants of gold and found that are one: the head of what was found lies in the phrase of the gold.
fn met<'a>(gold: &'a Happening, found: &'a Happening) -> Vec<(&'a Part, &'a Part)> {
    let mut free: Vec<&Part> = found.participants.iter().collect();
    let pair = |part: &'a Part| {
        let at = free.iter().position(|other| part.span.contains(other.head))?;
        Some((part, free.remove(at)))
    };
    gold.participants.iter().filter_map(pair).collect()
}

/// In how many of the mentions that were found, and of which the gold says something, the same is said.
fn agreement<'a>(
    gold: &'a [Happening],
    found: &'a [Happening],
    of: impl Fn(&'a Happening) -> Option<&'a str>,
) -> Tally {
    let stated = pairs(gold, found).into_iter().filter_map(|(one, other)| Some((of(one)?, of(other))));
    let stated: Vec<_> = stated.collect();
    let right = stated.iter().filter(|(gold, found)| Some(*gold) == *found).count();
    Tally::of_counts(right, stated.len(), stated.len())
}

/// Mentions missed, invented or cut wrong, and those with the wrong polarity or certainty.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (sample, (text, found)) in samples.iter().zip(found).enumerate() {
        let Some(gold) = text.gold.happenings.as_deref() else { continue };
        let found = found.happenings.as_deref().unwrap_or_default();
        let mut fault = |kind, span, gold: &str, found: &str| {
            faults.push(Fault { task: TASK, kind, sample, span, gold: gold.to_owned(), found: found.to_owned() });
        };
        let pairs = pairs(gold, found);
        for (one, other) in &pairs {
            if one.span != other.span {
                fault(FaultKind::WrongBounds, one.span, one.span.of(text.text()), other.span.of(text.text()));
            }
            let met = met(one, other);
            for part in one.participants.iter().filter(|part| !met.iter().any(|(gold, _)| std::ptr::eq(*gold, *part))) {
                fault(FaultKind::Missed, part.span, &part.role, "");
            }
            for part in
                other.participants.iter().filter(|part| !met.iter().any(|(_, found)| std::ptr::eq(*found, *part)))
            {
                fault(FaultKind::Invented, part.head, "", &part.role);
            }
            for (gold, found) in [(&one.polarity, &other.polarity), (&one.certainty, &other.certainty)] {
                if let (Some(gold), Some(found)) = (gold, found)
                    && gold != found
                {
                    fault(FaultKind::WrongType, one.span, gold, found);
                }
            }
        }
        for one in gold.iter().filter(|one| !pairs.iter().any(|(other, _)| std::ptr::eq(*one, *other))) {
            fault(FaultKind::Missed, one.span, "", "");
        }
        for one in found.iter().filter(|one| !pairs.iter().any(|(_, other)| std::ptr::eq(*one, *other))) {
            fault(FaultKind::Invented, one.span, "", "");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn happening(start: usize, end: usize, certainty: &str, participants: &[(usize, usize)]) -> Happening {
        Happening {
            span: Span::new(start, end),
            polarity: Some("POS".to_owned()),
            certainty: Some(certainty.to_owned()),
            participants: participants
                .iter()
                .map(|&(start, end)| Part {
                    span: Span::new(start, end),
                    head: Span::new(end - 1, end),
                    role: String::new(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_mention_that_shares_a_word_counts_once() {
        let gold = [happening(0, 5, "CERTAIN", &[(10, 20)]), happening(30, 35, "POSSIBLE", &[])];
        let found = [happening(0, 8, "CERTAIN", &[(15, 20), (22, 25)]), happening(0, 3, "CERTAIN", &[])];
        assert_eq!(pairs(&gold, &found).len(), 1);
        assert_eq!(participants(&gold, &found, true), Tally::of_counts(1, 2, 1));
        assert_eq!(agreement(&gold, &found, |one| one.certainty.as_deref()), Tally::of_counts(1, 1, 1));
    }
}
