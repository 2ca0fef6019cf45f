//! The encoder's network, as in BERT: layers in which every piece attends to every other and is then worked on by itself. Only
//! some pieces go through all of them: a gate holds back those that can be of no name, and what it holds back is attended to as it is.

use std::iter::once;

use super::super::layers::{Linear, Matrix};
use super::super::weights::Weights;
use super::attention::{HEAD, attend};
use super::eight_bits::{ByteRows, EightBits};
use super::functions::{add, gelu, normalise};
use super::processor::{Processor, Work, work_out};

/// Pieces of a window that is too short to hold any of them back.
const FEW: usize = 60;

/// The network, without the tables that make numbers of pieces.
pub(super) struct Transformer {
    width: usize,
    embedding_norm: Norm,
    layers: Vec<Layer>,
    /// Below which layer the features are added, and the gate is.
    join: usize,
    /// What a piece says of the next one, of itself and of the one before; in all more than nothing for one that may be of a name.
    gate: Linear,
    scores: Linear,
}

/// What the network says of some pieces.
pub(super) struct Scores {
    /// The pieces that went through the gate.
    pieces: Vec<usize>,
    /// The scores of each tag for each of those.
    rows: Matrix,
}

impl Scores {
    /// The scores of each tag for a piece, unless it was held back.
    pub(super) fn of(&self, piece: usize) -> Option<&[f32]> {
        self.pieces.binary_search(&piece).ok().map(|row| self.rows.row(row))
    }
}

struct Layer {
    /// The query of a piece, for all heads.
    queries: EightBits,
    /// The key and the value of a piece, for all heads.
    keys_values: EightBits,
    attention: EightBits,
    attention_norm: Norm,
    intermediate: EightBits,
    output: EightBits,
    output_norm: Norm,
}

impl Transformer {
    /// Reads a network of so many layers that answers with `tags` scores.
    pub(super) fn read(
        weights: &Weights,
        width: usize,
        layers: usize,
        join: usize,
        tags: usize,
    ) -> Result<Self, String> {
        if width == 0 || !width.is_multiple_of(2 * HEAD) {
            return Err(format!("pieces of {width} numbers cannot be shared out among heads of {HEAD}"));
        }
        if join > layers {
            return Err(format!("no layer {join} of {layers}, where the features join"));
        }
        let layers = (0..layers).map(|number| Layer::read(weights, &format!("layers.{number}"), width));
        Ok(Self {
            width,
            embedding_norm: Norm::read(weights, "embedding_norm", width)?,
            layers: layers.collect::<Result<_, _>>()?,
            join,
            gate: Linear::read(weights, "gate", width, 3)?,
            scores: Linear::read(weights, "scores", width, tags)?,
        })
    }

    /// The scores of each tag, given the pieces' numbers and those of their features, a row each.
    pub(super) fn scores(&self, pieces: Vec<f32>, features: &[f32]) -> Scores {
        let (pieces, numbers) = work_out(Reading { transformer: self, pieces, features });
        Scores { pieces, rows: self.scores.apply(&Matrix { width: self.width, data: numbers }) }
    }

    /// The pieces that may be of a name, and those at both ends, which hold what all share; all of a short window.
    fn through(&self, pieces: &[f32]) -> Vec<usize> {
        let count = pieces.len() / self.width;
        if count < FEW {
            return (0..count).collect();
        }
        let mut row = Vec::new();
        let said = pieces.chunks_exact(self.width).map(|piece| {
            self.gate.row(piece, &mut row);
            [row[0], row[1], row[2]]
        });
        // Nothing stands before the first piece and after the last.
        let said: Vec<[f32; 3]> = once([0.0; 3]).chain(said).chain(once([0.0; 3])).collect();
        let open = said.windows(3).map(|around| around[0][0] + around[1][1] + around[2][2]);
        let passes = |&(piece, open): &(usize, f32)| open > 0.0 || piece == 0 || piece + 1 == count;
        open.enumerate().filter(passes).map(|(piece, _)| piece).collect()
    }
}

/// The pieces that go through the gate, and what the last layer makes of them.
struct Reading<'a> {
    transformer: &'a Transformer,
    pieces: Vec<f32>,
    features: &'a [f32],
}

impl Work for Reading<'_> {
    type Answer = (Vec<usize>, Vec<f32>);

    #[inline(always)]
    fn on<P: Processor>(self) -> Self::Answer {
        let Self { transformer, mut pieces, features } = self;
        let width = transformer.width;
        let mut scratch = Scratch::new(width);
        transformer.embedding_norm.apply(&mut pieces);
        let (lower, upper) = transformer.layers.split_at(transformer.join);
        let all: Vec<usize> = (0..pieces.len() / width).collect();
        for layer in lower {
            layer.apply::<P>(&mut pieces, &all, &mut scratch);
        }
        add(&mut pieces, features);
        let through = transformer.through(&pieces);
        for layer in upper {
            layer.apply::<P>(&mut pieces, &through, &mut scratch);
        }
        let numbers = through.iter().flat_map(|&piece| &pieces[piece * width..][..width]).copied().collect();
        (through, numbers)
    }
}

impl Layer {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self, String> {
        let norm = |part: &str| Norm::read(weights, &format!("{name}.{part}"), width);
        let linear = |part: &str, inputs, outputs| EightBits::read(weights, &format!("{name}.{part}"), inputs, outputs);
        Ok(Self {
            queries: linear("queries", width, width)?,
            keys_values: linear("keys_values", width, 2 * width)?,
            attention: linear("attention", width, width)?,
            attention_norm: norm("attention_norm")?,
            intermediate: linear("intermediate", width, 4 * width)?,
            output: linear("output", 4 * width, width)?,
            output_norm: norm("output_norm")?,
        })
    }

    /// Works on `some` of the pieces, which attend to all.
    #[inline(always)]
    fn apply<P: Processor>(&self, pieces: &mut [f32], some: &[usize], scratch: &mut Scratch) {
        let Scratch { rows, wide_rows, numbers, queries, keys_values, gathered, answer, wide } = scratch;
        let width = rows.width();
        rows.fill(pieces);
        self.keys_values.apply::<P>(rows, keys_values);
        rows.keep(some);
        self.queries.apply::<P>(rows, queries);
        gathered.resize(queries.len(), 0.0);
        attend::<P>(queries, keys_values, width, gathered);
        rows.fill(gathered);
        self.attention.apply::<P>(rows, answer);
        numbers.clear();
        for piece in some {
            numbers.extend_from_slice(&pieces[piece * width..][..width]);
        }
        add(numbers, answer);
        self.attention_norm.apply(numbers);
        rows.fill(numbers);
        self.intermediate.apply::<P>(rows, wide);
        gelu::<P>(wide);
        wide_rows.fill(wide);
        self.output.apply::<P>(wide_rows, answer);
        add(numbers, answer);
        self.output_norm.apply(numbers);
        for (piece, numbers) in some.iter().zip(numbers.chunks_exact(width)) {
            pieces[piece * width..][..width].copy_from_slice(numbers);
        }
    }
}

/// Memory that the layers use one after the other.
struct Scratch {
    rows: ByteRows,
    wide_rows: ByteRows,
    numbers: Vec<f32>,
    queries: Vec<f32>,
    keys_values: Vec<f32>,
    gathered: Vec<f32>,
    answer: Vec<f32>,
    wide: Vec<f32>,
}

impl Scratch {
    fn new(width: usize) -> Self {
        let (numbers, queries, keys_values, gathered, answer, wide) = Default::default();
        let (rows, wide_rows) = (ByteRows::new(width), ByteRows::new(4 * width));
        Self { rows, wide_rows, numbers, queries, keys_values, gathered, answer, wide }
    }
}

struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self, String> {
        let part = |part: &str| weights.floats(&format!("{name}.{part}"), &[width]);
        Ok(Self { gain: part("weight")?, shift: part("bias")? })
    }

    #[inline(always)]
    fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.gain.len()) {
            normalise(row, &self.gain, &self.shift);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::layers::{Linear, Matrix};
    use super::{FEW, HEAD, Norm, Scores, Transformer};

    #[test]
    fn the_gate_listens_to_a_piece_and_its_neighbours() {
        let width = 2 * HEAD;
        // A piece speaks by its first number for the next one, by its second for itself, by its third for the one before.
        let mut weight = vec![0.0; 3 * width];
        (0..3).for_each(|number| weight[number * width + number] = 1.0);
        let transformer = Transformer {
            width,
            embedding_norm: Norm { gain: vec![1.0; width], shift: vec![0.0; width] },
            layers: Vec::new(),
            join: 0,
            gate: Linear::new(&weight, vec![0.0, -0.5, 0.0], width),
            scores: Linear::new(&vec![0.0; width], vec![0.0], width),
        };
        let through = |spoken: [[f32; 3]; 4]| {
            let mut pieces = vec![0.0; FEW * width];
            for (piece, numbers) in pieces.chunks_exact_mut(width).skip(1).zip(spoken) {
                piece[..3].copy_from_slice(&numbers);
            }
            transformer.through(&pieces)
        };
        let (silent, last) = ([0.0; 3], FEW - 1);
        assert_eq!(through([silent; 4]), [0, last]);
        assert_eq!(through([silent, [0.0, 1.0, 0.0], silent, silent]), [0, 2, last]);
        assert_eq!(through([[1.0, 0.0, 1.0], silent, [1.0, 0.0, 1.0], silent]), [0, 2, 4, last]);
        assert_eq!(through([silent, [0.0, 1.0, 0.0], [0.0, 1.0, -1.0], silent]), [0, 3, last]);
        assert_eq!(through([silent, silent, silent, [1.0, 1.0, 1.0]]), [0, 3, 4, 5, last]);
        assert_eq!(transformer.through(&vec![0.0; 5 * width]), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn pieces_that_were_held_back_have_no_scores() {
        let scores = Scores { pieces: vec![1, 4], rows: Matrix { width: 2, data: vec![1.0, 2.0, 3.0, 4.0] } };
        let rows: Vec<_> = (0..6).map(|piece| scores.of(piece)).collect();
        assert_eq!(rows, [None, Some(&[1.0, 2.0][..]), None, None, Some(&[3.0, 4.0]), None]);
    }
}
