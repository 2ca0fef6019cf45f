//! The model: a small network that says how well each earlier phrase fits a later one, and how well none does.

use half::f16;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::features::{ROWS, Rows};

static BUILT_IN: &[u8] = include_bytes!("../../../models/coreference.safetensors");

/// Numbers in the hidden layer.
const WIDTH: usize = 32;

/// The hidden layer before its bend.
pub(super) type Hidden = [f32; WIDTH];

/// Scores pairs of phrases.
#[derive(Clone, Debug)]
pub struct Ranker {
    table: Vec<Hidden>,
    pair: Output,
    none: Output,
    /// How the meaning of a phrase's head adds to the hidden layer, for each of its parts.
    of_vector: [Vec<Hidden>; 3],
    /// Words, as hashes in rising order, and their vectors.
    words: Vec<u32>,
    vectors: Vec<i8>,
    dimensions: usize,
}

#[derive(Clone, Debug)]
struct Output {
    bias: Hidden,
    weights: Hidden,
    constant: f32,
}

/// The part that a phrase plays.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Anaphor,
    Later,
    Earlier,
}

impl Ranker {
    /// The model inside the program.
    ///
    /// # Errors
    /// When the built-in file is damaged; the text says how.
    pub fn built_in() -> Result<Self, String> {
        Self::read(BUILT_IN)
    }

    /// A model that `tools/coref` wrote.
    ///
    /// # Errors
    /// When the bytes are no such model; the text says how.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let file = SafeTensors::deserialize(bytes).map_err(|error| error.to_string())?;
        let tensor = |name: &str| file.tensor(name).map_err(|error| format!("{name}: {error}"));
        let floats = |name: &str| tensor(name).and_then(|tensor| floats(&tensor));
        let rows = |name: &str| floats(name).map(|numbers| hidden_rows(&numbers));
        let output = |name: &str| {
            let numbers = rows(name)?;
            let [bias, weights, rest] = numbers.as_slice() else { return Err(format!("{name}: not three rows")) };
            Ok(Output { bias: *bias, weights: *weights, constant: rest[0] })
        };
        let vectors = tensor("vectors")?;
        let dimensions = vectors.shape().get(1).copied().unwrap_or(0);
        let words =
            tensor("words")?.data().as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect::<Vec<_>>();
        let ranker = Self {
            table: scaled(&tensor("table")?, &floats("scale")?),
            pair: output("pair")?,
            none: output("none")?,
            of_vector: [rows("of_vector.anaphor")?, rows("of_vector.later")?, rows("of_vector.earlier")?],
            vectors: vectors.data().iter().map(|byte| byte.cast_signed()).collect(),
            words,
            dimensions,
        };
        let fits = ranker.table.len() == ROWS as usize
            && ranker.vectors.len() == ranker.words.len() * dimensions
            && ranker.of_vector.iter().all(|rows| rows.len() == dimensions);
        if fits { Ok(ranker) } else { Err("tensors of wrong shapes".into()) }
    }

    /// The vector of a word, by its place.
    pub(super) fn vector(&self, word: &str) -> Option<usize> {
        self.words.binary_search(&super::profile::number(word)).ok()
    }

    fn numbers(&self, vector: usize) -> &[i8] {
        &self.vectors[vector * self.dimensions..(vector + 1) * self.dimensions]
    }

    /// How alike two vectors are, in steps from 1.
    pub(super) fn similarity(&self, one: usize, two: usize) -> u32 {
        let dot = |a: &[i8], b: &[i8]| -> i32 { a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum() };
        let (one, two) = (self.numbers(one), self.numbers(two));
        let lengths = (dot(one, one) as f32 * dot(two, two) as f32).sqrt().max(1.0);
        let cosine = dot(one, two) as f32 / lengths;
        [0.1, 0.25, 0.4, 0.55, 0.7, 0.99].iter().filter(|&&step| cosine >= step).count() as u32 + 1
    }

    /// What a phrase adds to the hidden layer by its features and the meaning of its head.
    pub(super) fn hidden(&self, part: Part, rows: &Rows, vector: Option<usize>) -> Hidden {
        let mut hidden = [0.0; WIDTH];
        self.add(rows, &mut hidden);
        if let Some(vector) = vector {
            for (number, weights) in self.numbers(vector).iter().zip(&self.of_vector[part as usize]) {
                add(&mut hidden, weights, f32::from(*number) / 127.0);
            }
        }
        hidden
    }

    fn add(&self, rows: &Rows, hidden: &mut Hidden) {
        for &row in rows {
            add(hidden, &self.table[usize::from(row)], 1.0);
        }
    }

    /// How well no candidate fits.
    pub(super) fn score_none(&self, anaphor: &Hidden) -> f32 {
        self.none.score(anaphor)
    }

    /// How well a candidate fits, from what both phrases and the features of the pair add.
    pub(super) fn score_pair(&self, later: &Hidden, earlier: &Hidden, pair: &Rows) -> f32 {
        let mut hidden = *later;
        add(&mut hidden, earlier, 1.0);
        self.add(pair, &mut hidden);
        self.pair.score(&hidden)
    }
}

impl Output {
    fn score(&self, hidden: &Hidden) -> f32 {
        let bent = hidden.iter().zip(&self.bias).map(|(number, bias)| (number + bias).max(0.0));
        bent.zip(&self.weights).map(|(number, weight)| number * weight).sum::<f32>() + self.constant
    }
}

fn add(hidden: &mut Hidden, row: &Hidden, times: f32) {
    for (sum, number) in hidden.iter_mut().zip(row) {
        *sum += number * times;
    }
}

fn floats(tensor: &TensorView<'_>) -> Result<Vec<f32>, String> {
    match tensor.dtype() {
        Dtype::F16 => Ok(tensor.data().as_chunks().0.iter().map(|b| f16::from_le_bytes(*b).to_f32()).collect()),
        Dtype::F32 => Ok(tensor.data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
        other => Err(format!("{other:?} where F16 or F32 should be")),
    }
}

/// Rows of bytes, each times its scale.
fn scaled(tensor: &TensorView<'_>, scales: &[f32]) -> Vec<Hidden> {
    let rows = tensor.data().as_chunks::<WIDTH>().0;
    rows.iter().zip(scales).map(|(row, scale)| row.map(|byte| f32::from(byte.cast_signed()) * scale)).collect()
}

fn hidden_rows(numbers: &[f32]) -> Vec<Hidden> {
    numbers.as_chunks().0.to_vec()
}
