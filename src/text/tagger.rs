//! Tags each word by its vector.

use super::labels::intern;
use super::layers::{Linear, Matrix};
use super::spec::TaggerSpec;
use super::weights::Weights;

/// A linear layer over the vectors of words, one output a tag.
pub(super) struct Tagger {
    linear: Linear,
    labels: Vec<&'static str>,
}

impl Tagger {
    pub(super) fn read(weights: &Weights, spec: &TaggerSpec, width: usize) -> Result<Self, String> {
        let labels: Vec<_> = spec.labels.iter().map(|label| intern(label)).collect();
        Ok(Self { linear: Linear::read(weights, "tagger", width, labels.len())?, labels })
    }

    /// The best tag of each word.
    pub(super) fn tags(&self, vectors: &Matrix) -> Vec<&'static str> {
        let scores = self.linear.apply(vectors);
        scores.data.chunks_exact(self.labels.len()).map(|scores| self.labels[best(scores)]).collect()
    }
}

/// The place of the first of the highest scores.
fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}
