//! Words in context as vectors: hash embeddings, a mixer, and an encoder that looks at neighbours.

use std::ops::Range;

use super::hash::embedding_rows;
use super::layers::{Matrix, Maxout};
use super::lexeme::Lexeme;
use super::spec::{Feature, Tok2VecSpec};
use super::weights::Weights;

/// Rows worked on at a time: few enough that their products stay in a core's cache.
const BLOCK: usize = 128;

/// A word of a batch: its lexeme, and whether a space follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) lexeme: Lexeme,
    pub(super) spaced: bool,
}

/// Finds the row of a word's static vector.
pub(super) struct VectorRows {
    keys: Vec<u64>,
    rows: Vec<u64>,
}

impl VectorRows {
    pub(super) fn read(weights: &Weights) -> Result<Self, String> {
        let (keys, rows) = (weights.whole("vectors.keys")?, weights.whole("vectors.rows")?);
        if keys.len() != rows.len() || !keys.is_sorted() {
            return Err("its vector keys are not sorted, one a row".into());
        }
        Ok(Self { keys, rows })
    }

    fn find(&self, orth: u64) -> Option<usize> {
        self.keys.binary_search(&orth).ok().map(|at| self.rows[at] as usize)
    }
}

/// Hash embeddings, mixer and encoder of one pipeline component.
pub(super) struct Tok2Vec {
    width: usize,
    window: usize,
    embeddings: Vec<Embedding>,
    vectors: Option<Matrix>,
    mixer: Maxout,
    encoder: Vec<Maxout>,
}

struct Embedding {
    feature: Feature,
    seed: u32,
    table: Matrix,
}

impl Tok2Vec {
    /// Whether it looks up static vectors.
    pub(super) fn has_vectors(&self) -> bool {
        self.vectors.is_some()
    }

    pub(super) fn read(weights: &Weights, name: &str, spec: &Tok2VecSpec) -> Result<Self, String> {
        let width = spec.width;
        if spec.seeds.len() != spec.features.len() {
            return Err(format!("{name}: {} hash seeds for {} features", spec.seeds.len(), spec.features.len()));
        }
        let mut embeddings = Vec::new();
        for (i, (feature, seed)) in spec.features.iter().zip(&spec.seeds).enumerate() {
            let table = table(weights, &format!("{name}.embed.{i}"), width)?;
            embeddings.push(Embedding { feature: *feature, seed: *seed, table });
        }
        if width == 0 || embeddings.is_empty() {
            return Err(format!("{name}: {} features of {width} numbers", embeddings.len()));
        }
        let vectors = if spec.vectors { Some(table(weights, &format!("{name}.vectors"), width)?) } else { None };
        let mixed = width * (embeddings.len() + usize::from(spec.vectors));
        let seen = width * (2 * spec.window + 1);
        let layer = |i| Maxout::read(weights, &format!("{name}.encoder.{i}"), seen, width);
        Ok(Self {
            width,
            window: spec.window,
            embeddings,
            vectors,
            mixer: Maxout::read(weights, &format!("{name}.mixer"), mixed, width)?,
            encoder: (0..spec.depth).map(layer).collect::<Result<_, _>>()?,
        })
    }

    /// Adds the vectors, without their context, of those words that `embedded` does not have yet.
    pub(super) fn embed(&self, words: &[Word], rows: Option<&VectorRows>, embedded: &mut Matrix) {
        let known = embedded.data.len() / self.width;
        embedded.width = self.width;
        embedded.data.resize(words.len() * self.width, 0.0);
        let width = self.width * (self.embeddings.len() + usize::from(self.vectors.is_some()));
        let mut input = vec![0.0; BLOCK * width];
        let mut scratch = Vec::new();
        let fresh = &mut embedded.data[known * self.width..];
        for (block, out) in words[known..].chunks(BLOCK).zip(fresh.chunks_mut(BLOCK * self.width)) {
            input.fill(0.0);
            for (word, input) in block.iter().zip(input.chunks_exact_mut(width)) {
                self.embed_word(word, rows, input);
            }
            self.mixer.add(&input, width, out, &mut scratch);
        }
    }

    fn embed_word(&self, word: &Word, rows: Option<&VectorRows>, input: &mut [f32]) {
        let mut slots = input.chunks_exact_mut(self.width);
        for (embedding, slot) in self.embeddings.iter().zip(slots.by_ref()) {
            let table = &embedding.table;
            let count = (table.data.len() / table.width) as u32;
            for hash in embedding_rows(word.lexeme.feature(embedding.feature, word.spaced), embedding.seed) {
                for (sum, value) in slot.iter_mut().zip(table.row((hash % count) as usize)) {
                    *sum += value;
                }
            }
        }
        if let (Some(vectors), Some(slot)) = (&self.vectors, slots.next())
            && let Some(row) = rows.and_then(|rows| rows.find(word.lexeme.orth))
            && let Some(vector) = vectors.data.chunks_exact(self.width).nth(row)
        {
            slot.copy_from_slice(vector);
        }
    }

    /// The vectors of all words of some texts in context. `kinds` gives the row of `embedded` for each word; `texts` are
    /// ranges of words, which do not see one another.
    pub(super) fn encode(&self, embedded: &Matrix, kinds: &[usize], texts: &[Range<usize>]) -> Matrix {
        let width = self.width;
        // Empty rows between texts, so far apart that no layer sees across; one more window at both ends never changes.
        let pad = self.window * self.encoder.len();
        let rows = kinds.len() + pad * (texts.len() + 1);
        let edge = self.window * width;
        let mut now = vec![0.0; rows * width + 2 * edge];
        let start = |text: usize| texts[text].start + pad * (text + 1);
        for (t, text) in texts.iter().enumerate() {
            for (i, kind) in kinds[text.clone()].iter().enumerate() {
                let at = edge + (start(t) + i) * width;
                now[at..at + width].copy_from_slice(embedded.row(*kind));
            }
        }
        let mut next = now.clone();
        let mut scratch = Vec::new();
        for layer in &self.encoder {
            for first in (0..rows).step_by(BLOCK) {
                let count = BLOCK.min(rows - first);
                let seen = &now[first * width..(first + count) * width + 2 * edge];
                let out = edge + first * width..edge + (first + count) * width;
                layer.add(seen, width, &mut next[out], &mut scratch);
            }
            now.copy_from_slice(&next);
        }
        let mut output = Matrix::zeros(kinds.len(), width);
        for (t, text) in texts.iter().enumerate() {
            let from = edge + start(t) * width;
            let size = text.len() * width;
            output.data[text.start * width..text.end * width].copy_from_slice(&now[from..from + size]);
        }
        output
    }
}

fn table(weights: &Weights, name: &str, width: usize) -> Result<Matrix, String> {
    let rows = weights.shape(name)?.first().copied().unwrap_or(0);
    if rows == 0 {
        return Err(format!("tensor `{name}` is empty"));
    }
    Ok(Matrix { width, data: weights.floats(name, &[rows, width])? })
}
