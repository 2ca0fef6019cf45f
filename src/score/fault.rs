//! What went wrong, the most frequent first.

use std::collections::BTreeMap;

use super::sample::Sample;
use crate::span::Span;

/// Something that is not as the gold has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What was measured ("names").
    pub task: &'static str,
    /// What sort of error it is.
    pub kind: FaultKind,
    /// The number of the text.
    pub sample: usize,
    /// The words that show it.
    pub span: Span,
    /// What the gold says of them; empty when nothing.
    pub gold: String,
    /// What was found; empty when nothing.
    pub found: String,
}

/// The sorts of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The gold has it and nothing was found there.
    Missed,
    /// Something was found where the gold has nothing.
    Invented,
    /// The right words with the wrong type.
    WrongType,
    /// The right type with too many or too few words.
    WrongBounds,
    /// Other words and another type.
    WrongBoth,
    /// Mentions of one thing that were not joined.
    Split,
    /// Mentions of two things that were joined.
    Merged,
    /// A link to the wrong thing.
    WrongTarget,
}

impl FaultKind {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Invented => "invented",
            Self::WrongType => "wrong type",
            Self::WrongBounds => "wrong bounds",
            Self::WrongBoth => "wrong bounds and type",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::WrongTarget => "wrong target",
        }
    }
}

/// Faults that are alike: same sort, words and types.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The first of them.
    pub first: Fault,
    /// The words, white space evened.
    pub words: String,
    /// How many there are.
    pub count: usize,
}

/// Groups faults that are alike: the most frequent first, and of those alike often, in the order of the text.
#[must_use]
pub fn groups(faults: &[Fault], samples: &[Sample]) -> Vec<Group> {
    let mut numbers = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for fault in faults {
        let words = words(fault, samples);
        let key = (fault.task, fault.kind, words.clone(), fault.gold.clone(), fault.found.clone());
        let number = *numbers.entry(key).or_insert(groups.len());
        match groups.get_mut(number) {
            Some(group) => group.count += 1,
            None => groups.push(Group { first: fault.clone(), words, count: 1 }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}

/// How many faults of each sort there are, in the order of the sorts.
#[must_use]
pub fn kinds(faults: &[Fault]) -> Vec<(FaultKind, usize)> {
    let mut counts = BTreeMap::new();
    for fault in faults {
        *counts.entry(fault.kind).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

/// The sentence of a fault on one line, the words between `»` and `«`.
#[must_use]
pub fn marked(fault: &Fault, samples: &[Sample]) -> String {
    let Some(sample) = samples.get(fault.sample) else { return String::new() };
    let whole = Span::new(0, sample.text().len());
    let sentence = sample.sentences.get(sample.sentence_of(fault.span)).map_or(whole, |s| s.cover(fault.span));
    let (before, after) =
        (&sample.text()[sentence.start..fault.span.start], &sample.text()[fault.span.end..sentence.end]);
    one_line(&format!("{before}»{}«{after}", fault.span.of(sample.text())))
}

fn words(fault: &Fault, samples: &[Sample]) -> String {
    samples.get(fault.sample).map_or_else(String::new, |sample| one_line(fault.span.of(sample.text())))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
