//! Links into a knowledge base against links, counted as GERBIL does.

use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Linked, Sample};
use super::tally::Tally;

/// What links are measured as.
pub const TASK: &str = "linking";

/// When two links are at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// They have the same words (strong annotation match).
    Strong,
    /// They have some characters in common (weak annotation match).
    Weak,
}

/// The target of a link whose thing is known to be in the knowledge base, but not under which name: what is found there is neither
/// right nor wrong.
pub const UNKNOWN: &str = "?";

/// Which links count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All mentions; one that stands for nothing in the knowledge base (NIL) is right when both say so.
    WithNil,
    /// Only links into the knowledge base.
    InBase,
    /// Only links into the knowledge base, and of those found only the ones on a head of the gold's: how good the choice is. "The
    /// United States" inside "Emperor of the United States" is not held against the emperor.
    Choice,
}

/// Strong and weak, with and without NIL, micro and macro.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (matching, place) in [(Match::Strong, "strong"), (Match::Weak, "weak")] {
        for (scope, what) in [(Scope::WithNil, "with NIL"), (Scope::InBase, "in the base"), (Scope::Choice, "choice")] {
            if (matching, scope) == (Match::Strong, Scope::Choice) {
                continue;
            }
            let pairs = samples.iter().zip(found);
            let tallies = pairs.map(|(sample, found)| compare(links(&sample.gold), links(found), matching, scope));
            let micro = Figure::of(TASK, format!("{place}, {what}"), tallies.collect());
            let per_text = micro.per_text(format!("{place}, {what}, macro"));
            figures.push(micro);
            figures.extend((scope != Scope::Choice).then_some(per_text));
        }
    }
    figures
}

fn links(annotations: &Annotations) -> &[Linked] {
    annotations.links.as_deref().unwrap_or_default()
}

/// Counts the links of one text that agree: in the order of the gold, each takes the first that fits and is not yet taken.
#[must_use]
pub fn compare(gold: &[Linked], found: &[Linked], matching: Match, scope: Scope) -> Tally {
    let counted = |links: &'_ [Linked]| -> Vec<Linked> {
        links.iter().filter(|link| scope == Scope::WithNil || !link.targets.is_empty()).cloned().collect()
    };
    let (mut gold, mut free) = (counted(gold), counted(found));
    free.retain(|link| !gold.iter().any(|other| is_unknown(other) && is_at(other, link, Match::Weak)));
    gold.retain(|link| !is_unknown(link));
    if scope == Scope::Choice {
        free.retain(|link| gold.iter().any(|other| is_at(other, link, matching) && is_headed(other, link)));
    }
    let found = free.len();
    let mut right = 0;
    for link in &gold {
        if let Some(at) = free.iter().position(|other| is_at(link, other, matching) && is_same(link, other)) {
            free.remove(at);
            right += 1;
        }
    }
    Tally::of_counts(right, found, gold.len())
}

fn is_unknown(link: &Linked) -> bool {
    link.targets.iter().any(|target| target == UNKNOWN)
}

fn is_at(gold: &Linked, found: &Linked, matching: Match) -> bool {
    match matching {
        Match::Strong => gold.span == found.span,
        Match::Weak => gold.span.overlaps(found.span),
    }
}

/// Whether what was found has one of the words that the gold's mention cannot do without.
fn is_headed(gold: &Linked, found: &Linked) -> bool {
    gold.heads.is_empty() || gold.heads.iter().any(|head| head.overlaps(found.span))
}

fn is_same(gold: &Linked, found: &Linked) -> bool {
    let both_nil = gold.targets.is_empty() && found.targets.is_empty();
    both_nil || gold.targets.iter().any(|target| found.targets.contains(target))
}

/// Wrong links first of all; then those missed, and those where the gold has none.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (sample, (text, found)) in samples.iter().zip(found).enumerate() {
        let (gold, found) = (links(&text.gold), links(found));
        let fault = |kind, link: &Linked, gold: &[String], found: &[String]| {
            let (gold, found) = (gold.join(" "), found.join(" "));
            Fault { task: TASK, kind, sample, span: link.span, gold, found }
        };
        let touching = |link: &Linked, others: &'_ [Linked]| -> Vec<Linked> {
            others
                .iter()
                .filter(|other| !other.targets.is_empty() && is_at(link, other, Match::Weak))
                .cloned()
                .collect()
        };
        for link in found.iter().filter(|link| !link.targets.is_empty()) {
            let others = touching(link, gold);
            match others.first() {
                Some(first) if is_unknown(first) => {}
                None => faults.push(fault(FaultKind::Invented, link, &[], &link.targets)),
                Some(first) if !others.iter().any(|other| is_same(other, link)) => {
                    faults.push(fault(FaultKind::WrongTarget, link, &first.targets, &link.targets));
                }
                Some(_) => {}
            }
        }
        for link in
            gold.iter().filter(|link| !link.targets.is_empty() && !is_unknown(link) && touching(link, found).is_empty())
        {
            faults.push(fault(FaultKind::Missed, link, &link.targets, &[]));
        }
    }
    faults.sort_by_key(|fault| fault.kind != FaultKind::WrongTarget);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn link(start: usize, end: usize, targets: &[&str]) -> Linked {
        let span = Span::new(start, end);
        Linked { span, heads: vec![span], targets: targets.iter().map(|&target| target.to_owned()).collect() }
    }

    #[test]
    fn strong_and_weak_with_and_without_nil() {
        let gold = [link(0, 5, &["Q1"]), link(10, 15, &["Q2", "Q20"]), link(20, 25, &[]), link(30, 35, &["Q3"])];
        // Right; right but too long; right that there is nothing; wrong; and one where the gold has none.
        let found = [
            link(0, 5, &["Q1"]),
            link(9, 15, &["Q20"]),
            link(20, 25, &[]),
            link(30, 35, &["Q4"]),
            link(50, 55, &["Q5"]),
        ];
        let count = |matching, scope| compare(&gold, &found, matching, scope);
        assert_eq!(count(Match::Strong, Scope::WithNil), Tally::of_counts(2, 5, 4));
        assert_eq!(count(Match::Weak, Scope::WithNil), Tally::of_counts(3, 5, 4));
        assert_eq!(count(Match::Strong, Scope::InBase), Tally::of_counts(1, 4, 3));
        assert_eq!(count(Match::Weak, Scope::InBase), Tally::of_counts(2, 4, 3));
        assert_eq!(count(Match::Weak, Scope::Choice), Tally::of_counts(2, 3, 3));
    }

    #[test]
    fn a_name_inside_a_longer_one_is_no_choice_for_it() {
        // "Emperor of the United States", headed by its first word.
        let emperor = Linked { heads: vec![Span::new(0, 7)], ..link(0, 28, &["Q1"]) };
        let inside = [link(15, 28, &["Q2"])];
        assert_eq!(
            compare(std::slice::from_ref(&emperor), &inside, Match::Weak, Scope::Choice),
            Tally::of_counts(0, 0, 1)
        );
        assert_eq!(compare(&[emperor], &[link(0, 7, &["Q2"])], Match::Weak, Scope::Choice), Tally::of_counts(0, 1, 1));
    }

    #[test]
    fn where_the_gold_knows_no_name_nothing_counts() {
        let gold = [link(0, 5, &["Q1"]), link(10, 15, &[UNKNOWN])];
        let found = [link(0, 5, &["Q1"]), link(10, 15, &["Q7"])];
        for scope in [Scope::WithNil, Scope::InBase] {
            assert_eq!(compare(&gold, &found, Match::Strong, scope), Tally::of_counts(1, 1, 1));
        }
    }

    #[test]
    fn a_link_can_be_right_once_only() {
        let gold = [link(0, 5, &["Q1"])];
        let found = [link(0, 2, &["Q1"]), link(3, 5, &["Q1"])];
        assert_eq!(compare(&gold, &found, Match::Weak, Scope::InBase), Tally::of_counts(1, 2, 1));
    }
}
