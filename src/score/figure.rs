//! A named figure and how sure it is.

use super::bootstrap;
use super::tally::Tally;

/// Something that is measured, with what was counted in each text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is measured ("names", "coreference").
    pub task: &'static str,
    /// How, and of what ("strict PER", "MUC").
    pub name: String,
    /// How the parts make one figure.
    pub combine: Combine,
    /// For each part, a tally a text; all parts have the same texts.
    pub parts: Vec<Vec<Tally>>,
}

/// How the parts of a [`Figure`] make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// The mean of the parts' scores; of a single part, its score (micro average).
    Mean,
    /// The mean of the scores that each text reaches by itself (macro average, as GERBIL counts it: a text with nothing to
    /// find in which nothing was found counts as 1).
    PerText,
    /// The first part's F1 divided by the second's.
    Ratio,
}

/// A figure worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// From 0 to 1.
    pub precision: f64,
    /// From 0 to 1.
    pub recall: f64,
    /// From 0 to 1; of a ratio, the ratio.
    pub f1: f64,
    /// The 95 % interval of `f1`; none with too few texts.
    pub interval: Option<(f64, f64)>,
    /// What was counted in all texts and parts.
    pub tally: Tally,
}

impl Figure {
    /// A figure of one part.
    #[must_use]
    pub fn of(task: &'static str, name: impl Into<String>, tallies: Vec<Tally>) -> Self {
        Self { task, name: name.into(), combine: Combine::Mean, parts: vec![tallies] }
    }

    /// The mean of several figures of the same texts.
    #[must_use]
    pub fn mean(task: &'static str, name: impl Into<String>, figures: &[&Self]) -> Self {
        let parts = figures.iter().flat_map(|figure| figure.parts.iter().cloned()).collect();
        Self { task, name: name.into(), combine: Combine::Mean, parts }
    }

    /// The same counts, averaged over texts.
    #[must_use]
    pub fn per_text(&self, name: impl Into<String>) -> Self {
        Self { name: name.into(), combine: Combine::PerText, ..self.clone() }
    }

    /// Precision, recall and F1 of all texts.
    #[must_use]
    pub fn of_all(&self) -> [f64; 3] {
        let texts: Vec<usize> = (0..self.parts.first().map_or(0, Vec::len)).collect();
        self.scores(&texts)
    }

    /// Works the figure out, with its interval.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let texts: Vec<usize> = (0..self.parts.first().map_or(0, Vec::len)).collect();
        let [precision, recall, f1] = self.scores(&texts);
        let interval = bootstrap::interval(texts.len(), |drawn| self.scores(drawn)[2]);
        Estimate { precision, recall, f1, interval, tally: self.parts.iter().flatten().sum() }
    }

    /// Precision, recall and F1 of these texts.
    fn scores(&self, texts: &[usize]) -> [f64; 3] {
        match self.combine {
            Combine::Mean => mean(self.parts.iter().map(|part| scores(total(part, texts)))),
            Combine::PerText => mean(self.parts.iter().flat_map(|part| texts.iter().map(|&text| alone(part[text])))),
            Combine::Ratio => {
                let f1 = |part: usize| self.parts.get(part).map_or(0.0, |part| total(part, texts).f1());
                [0.0, 0.0, if f1(1) == 0.0 { 0.0 } else { f1(0) / f1(1) }]
            }
        }
    }
}

fn total(part: &[Tally], texts: &[usize]) -> Tally {
    texts.iter().map(|&text| part[text]).sum()
}

fn scores(tally: Tally) -> [f64; 3] {
    [tally.precision(), tally.recall(), tally.f1()]
}

fn alone(tally: Tally) -> [f64; 3] {
    if tally.is_empty() { [1.0; 3] } else { scores(tally) }
}

fn mean(rows: impl Iterator<Item = [f64; 3]>) -> [f64; 3] {
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    for row in rows {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value;
        }
        count += 1.0;
    }
    sum.map(|sum| if count == 0.0 { 0.0 } else { sum / count })
}

#[cfg(test)]
mod tests {
    use super::{Combine, Figure};
    use crate::score::Tally;

    fn texts() -> Vec<Tally> {
        vec![Tally::of_counts(1, 1, 1), Tally::of_counts(0, 3, 1), Tally::default()]
    }

    #[test]
    fn micro_adds_up_first_and_macro_divides_first() {
        let micro = Figure::of("links", "strong", texts());
        assert_eq!((micro.estimate().precision, micro.estimate().recall), (0.25, 0.5));
        // 1, 0, and 1 for the text in which there was nothing to find.
        assert!((micro.per_text("macro").estimate().f1 - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_mean_of_figures_is_the_mean_of_their_scores() {
        let (good, bad) =
            (Figure::of("x", "good", vec![Tally::of_counts(1, 1, 1)]), Figure::of("x", "bad", vec![Tally::default()]));
        assert_eq!(Figure::mean("x", "both", &[&good, &bad]).estimate().f1, 0.5);
    }

    #[test]
    fn a_ratio_is_of_f1() {
        let parts = vec![vec![Tally::of_counts(1, 2, 2)], vec![Tally::of_counts(4, 5, 5)]];
        let ratio = Figure { task: "pronouns", name: "F/M".into(), combine: Combine::Ratio, parts };
        assert!((ratio.estimate().f1 - 0.625).abs() < 1e-12);
    }
}
