//! The encoder's network, as in BERT: layers in which every piece attends to every other and is then worked on by itself.

use super::super::layers::{Linear, Matrix};
use super::super::weights::Weights;
use super::attention::{HEAD, attend};
use super::eight_bits::{ByteRows, EightBits};
use super::functions::{add, gelu, normalise};
use super::processor::{Processor, Work, work_out};

/// The network, without the tables that make numbers of pieces.
pub(super) struct Transformer {
    width: usize,
    embedding_norm: Norm,
    layers: Vec<Layer>,
    /// Below which layer the features are added.
    join: usize,
    scores: Linear,
}

struct Layer {
    /// The query, the key and the value of a piece, for all heads.
    projection: EightBits,
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
        let layers = (0..layers).map(|number| Layer::read(weights, &format!("layers.{number}"), width));
        Ok(Self {
            width,
            embedding_norm: Norm::read(weights, "embedding_norm", width)?,
            layers: layers.collect::<Result<_, _>>()?,
            join,
            scores: Linear::read(weights, "scores", width, tags)?,
        })
    }

    /// The scores of each tag for each piece, given the pieces' numbers and those of their features, a row each.
    pub(super) fn scores(&self, pieces: Vec<f32>, features: &[f32]) -> Matrix {
        let pieces = work_out(Reading { transformer: self, pieces, features });
        self.scores.apply(&Matrix { width: self.width, data: pieces })
    }
}

/// What the last layer makes of some pieces.
struct Reading<'a> {
    transformer: &'a Transformer,
    pieces: Vec<f32>,
    features: &'a [f32],
}

impl Work for Reading<'_> {
    type Answer = Vec<f32>;

    #[inline(always)]
    fn on<P: Processor>(self) -> Vec<f32> {
        let Self { transformer, mut pieces, features } = self;
        let mut scratch = Scratch::new(transformer.width);
        transformer.embedding_norm.apply(&mut pieces);
        for (number, layer) in transformer.layers.iter().enumerate() {
            if number == transformer.join {
                add(&mut pieces, features);
            }
            layer.apply::<P>(&mut pieces, &mut scratch);
        }
        pieces
    }
}

impl Layer {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self, String> {
        let norm = |part: &str| Norm::read(weights, &format!("{name}.{part}"), width);
        let linear = |part: &str, inputs, outputs| EightBits::read(weights, &format!("{name}.{part}"), inputs, outputs);
        Ok(Self {
            projection: linear("projection", width, 3 * width)?,
            attention: linear("attention", width, width)?,
            attention_norm: norm("attention_norm")?,
            intermediate: linear("intermediate", width, 4 * width)?,
            output: linear("output", 4 * width, width)?,
            output_norm: norm("output_norm")?,
        })
    }

    #[inline(always)]
    fn apply<P: Processor>(&self, pieces: &mut [f32], scratch: &mut Scratch) {
        let Scratch { rows, wide_rows, projected, gathered, answer, wide } = scratch;
        rows.fill(pieces);
        self.projection.apply::<P>(rows, projected);
        gathered.resize(pieces.len(), 0.0);
        attend::<P>(projected, rows.width(), gathered);
        rows.fill(gathered);
        self.attention.apply::<P>(rows, answer);
        add(pieces, answer);
        self.attention_norm.apply(pieces);
        rows.fill(pieces);
        self.intermediate.apply::<P>(rows, wide);
        gelu::<P>(wide);
        wide_rows.fill(wide);
        self.output.apply::<P>(wide_rows, answer);
        add(pieces, answer);
        self.output_norm.apply(pieces);
    }
}

/// Memory that the layers use one after the other.
struct Scratch {
    rows: ByteRows,
    wide_rows: ByteRows,
    projected: Vec<f32>,
    gathered: Vec<f32>,
    answer: Vec<f32>,
    wide: Vec<f32>,
}

impl Scratch {
    fn new(width: usize) -> Self {
        let (projected, gathered, answer, wide) = Default::default();
        Self { rows: ByteRows::new(width), wide_rows: ByteRows::new(4 * width), projected, gathered, answer, wide }
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
