//! Scores the moves of a transition system by the words that its state looks at.

use super::layers::{Linear, Matrix, by_piece};
use super::weights::Weights;

/// The network over states: a linear layer a feature, their sum through maxout, and a linear layer over moves.
pub(super) struct Scorer {
    project: Linear,
    lower: Linear,
    features: usize,
    hidden: usize,
    /// What a feature adds where the state has no word for it.
    pad: Vec<f32>,
    /// The bias of the hidden layer, by piece.
    bias: Vec<f32>,
    upper: Linear,
}

/// What each word of a batch adds to the hidden layer for each feature, worked out before parsing starts.
pub(super) struct Prepared<'a> {
    scorer: &'a Scorer,
    added: Matrix,
}

impl Scorer {
    /// Reads the layers of `name`, over vectors of `width` numbers, for a system of `moves`.
    pub(super) fn read(weights: &Weights, name: &str, width: usize, moves: usize) -> Result<Self, String> {
        let shape = weights.shape(&format!("{name}.lower.weight"))?;
        let &[features, hidden, pieces, inner] = shape else {
            return Err(format!("tensor `{name}.lower.weight` has the shape {shape:?}, not four numbers"));
        };
        if shape.contains(&0) {
            return Err(format!("tensor `{name}.lower.weight` is empty"));
        }
        let size = hidden * pieces;
        let weight = weights.floats(&format!("{name}.lower.weight"), &[features, hidden, pieces, inner])?;
        let weight: Vec<f32> =
            weight.chunks_exact(size * inner).flat_map(|w| by_piece(w, hidden, pieces, inner)).collect();
        let pad = weights.floats(&format!("{name}.lower.pad"), &[features, hidden, pieces])?;
        let bias = weights.floats(&format!("{name}.lower.bias"), &[hidden, pieces])?;
        Ok(Self {
            project: Linear::read(weights, &format!("{name}.project"), width, inner)?,
            lower: Linear::new(&weight, vec![0.0; features * size], inner),
            features,
            hidden,
            pad: pad.chunks_exact(size).flat_map(|p| by_piece(p, hidden, pieces, 1)).collect(),
            bias: by_piece(&bias, hidden, pieces, 1),
            upper: Linear::read(weights, &format!("{name}.upper"), hidden, moves)?,
        })
    }

    /// The number of words that a state looks at.
    pub(super) fn features(&self) -> usize {
        self.features
    }

    /// Works out what each of the words adds for each feature.
    pub(super) fn prepare(&self, vectors: &Matrix) -> Prepared<'_> {
        Prepared { scorer: self, added: self.lower.apply(&self.project.apply(vectors)) }
    }
}

impl Prepared<'_> {
    /// The score of each move in a state that looks at the given words.
    pub(super) fn scores(&self, words: &[Option<usize>], scores: &mut Vec<f32>) {
        let size = self.scorer.bias.len();
        let mut sum = self.scorer.bias.clone();
        for (feature, word) in words.iter().enumerate() {
            let added = match word {
                Some(word) => &self.added.row(*word)[feature * size..(feature + 1) * size],
                None => &self.scorer.pad[feature * size..(feature + 1) * size],
            };
            for (sum, added) in sum.iter_mut().zip(added) {
                *sum += added;
            }
        }
        let (best, rest) = sum.split_at_mut(self.scorer.hidden);
        for piece in rest.chunks_exact(self.scorer.hidden) {
            for (best, value) in best.iter_mut().zip(piece) {
                *best = best.max(*value);
            }
        }
        self.scorer.upper.row(best, scores);
    }
}
