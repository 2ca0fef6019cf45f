//! Counts of what was right.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// How much of what was found is right, and how much of the gold was found.
///
/// Numerators are not always whole numbers nor always alike: coreference measures give parts of mentions, and B³ other ones
/// for precision than for recall. Tallies of several texts are added up before anything is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// The right part of what was found.
    pub right_of_found: f64,
    /// All that was found.
    pub found: f64,
    /// The part of the gold that was found.
    pub right_of_gold: f64,
    /// All that the gold holds.
    pub gold: f64,
}

impl Tally {
    /// A tally of things that are right or wrong as a whole.
    #[must_use]
    pub fn of_counts(right: usize, found: usize, gold: usize) -> Self {
        let right = right as f64;
        Self { right_of_found: right, found: found as f64, right_of_gold: right, gold: gold as f64 }
    }

    /// The share of what was found that is right, from 0 to 1; 0 when nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right_of_found, self.found)
    }

    /// The share of the gold that was found, from 0 to 1; 0 when there is none.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right_of_gold, self.gold)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        ratio(2.0 * precision * recall, precision + recall)
    }

    /// Whether there was nothing to find and nothing was found.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.found == 0.0 && self.gold == 0.0
    }

    /// The tally with gold and found in each other's place.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            right_of_found: self.right_of_gold,
            found: self.gold,
            right_of_gold: self.right_of_found,
            gold: self.found,
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            right_of_found: self.right_of_found + other.right_of_found,
            found: self.found + other.found,
            right_of_gold: self.right_of_gold + other.right_of_gold,
            gold: self.gold + other.gold,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl<'a> Sum<&'a Tally> for Tally {
    fn sum<I: Iterator<Item = &'a Self>>(tallies: I) -> Self {
        tallies.copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn three_right_of_four_found_and_six_in_the_gold() {
        let tally = Tally::of_counts(3, 4, 6);
        assert_eq!((tally.precision(), tally.recall()), (0.75, 0.5));
        assert!((tally.f1() - 0.6).abs() < 1e-12);
        assert_eq!(tally.swapped().precision(), 0.5);
    }

    #[test]
    fn nothing_found_scores_nothing() {
        assert_eq!(Tally::of_counts(0, 0, 6).f1(), 0.0);
        assert!(Tally::default().is_empty());
    }
}
