//! A small transformer that reads persons, organisations and places from word pieces, letter case and what the
//! convolutional recogniser said: fewer mistakes than that one, at several times its cost.
//!
//! Its tables are looked up here; its layers are those of `transformer`, whose weights `eight_bits` multiplies by whatever
//! `processor` there is. A window goes through them by itself, so that what is found in it depends on nothing else.

mod attention;
mod decode;
mod eight_bits;
mod functions;
mod pieces;
mod processor;
mod transformer;
mod windows;

use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Deserialize;

use self::decode::Tag;
use self::pieces::Pieces;
use self::transformer::Transformer;
use super::labels::intern;
use super::weights::Weights;
use super::{Name, Token};

/// The form of the file that is read here.
const FORMAT: u32 = 3;

/// What the file says about itself.
#[derive(Deserialize)]
struct Spec {
    format: u32,
    /// Numbers a piece.
    width: usize,
    /// Layers, and below which of them letter case and tags join the pieces and the gate is.
    layers: usize,
    join: usize,
    /// Pieces of a window at most.
    longest: usize,
    /// Tags in the order of the scores ("O", "B-PER", "I-PER").
    tags: Vec<String>,
    /// Tags of the recogniser in the order of the rows of its table ("O", "B-CARDINAL").
    recognised: Vec<String>,
    /// The word pieces, one a line.
    pieces: String,
}

/// The encoder, ready to read. Shared freely between threads.
pub(super) struct Encoder {
    pieces: Pieces,
    tags: Vec<Tag>,
    /// The scores of a word that can be no name.
    no_name: Vec<f32>,
    /// The rows of the recogniser's table, by its tags.
    recognised: HashMap<String, usize>,
    tables: Tables,
    transformer: Transformer,
}

/// What pieces and their features are as numbers, a row each.
struct Tables {
    width: usize,
    /// Words in eight bits.
    words: &'static [u8],
    /// What each row of `words` is to be multiplied by.
    scales: Vec<f32>,
    positions: Vec<f32>,
    cases: Vec<f32>,
    recognised: Vec<f32>,
}

impl Encoder {
    /// Reads a file written by `tools/names/export_encoder.py`.
    pub(super) fn read(bytes: &'static [u8]) -> Result<Self, String> {
        let (weights, description) = Weights::read(bytes)?;
        let spec: Spec = serde_json::from_str(&description).map_err(|e| format!("its description: {e}"))?;
        if spec.format != FORMAT {
            return Err(format!("it is of format {}; this program reads format {FORMAT}", spec.format));
        }
        let pieces = Pieces::new(&spec.pieces)?;
        let width = spec.width;
        let tables = Tables {
            width,
            words: weights.bytes("words", &[pieces.len(), width])?,
            scales: weights.floats("scales", &[pieces.len()])?,
            positions: weights.floats("positions", &[spec.longest, width])?,
            cases: weights.floats("cases", &[Case::COUNT, width])?,
            recognised: weights.floats("recognised", &[spec.recognised.len(), width])?,
        };
        let tags: Vec<Tag> = spec.tags.iter().map(|tag| parse(tag)).collect();
        Ok(Self {
            transformer: Transformer::read(&weights, width, spec.layers, spec.join, spec.tags.len())?,
            no_name: tags.iter().map(|&tag| if tag == Tag::Outside { 0.0 } else { f32::NEG_INFINITY }).collect(),
            tags,
            recognised: spec.recognised.into_iter().zip(0..).collect(),
            pieces,
            tables,
        })
    }

    /// The persons ("PER"), organisations ("ORG") and places ("LOC") of a text, given what the recogniser found in it.
    pub(super) fn names(
        &self,
        content: &str,
        tokens: &[Token],
        sentences: &[Range<usize>],
        recognised: &[Name],
    ) -> Vec<Name> {
        let features = self.features(content, tokens, recognised);
        let mut pieces = Vec::new();
        let mut ends = Vec::with_capacity(tokens.len());
        for token in tokens {
            self.pieces.cut(token.span.of(content), &mut pieces);
            ends.push(pieces.len());
        }
        let windows = windows::windows(sentences, &ends);
        let read = |window: &Range<usize>| self.read_window(window.clone(), &pieces, &ends, &features);
        if rayon::current_thread_index().is_none() {
            return windows.par_iter().flat_map_iter(read).collect();
        }
        // A thread that works through articles would take up its next one while it waits for others to read this one's
        // windows, and so on within that one until its stack is full.
        windows.iter().flat_map(read).collect()
    }

    /// The row of the table of cases and that of the recogniser's table for each token.
    fn features(&self, content: &str, tokens: &[Token], recognised: &[Name]) -> Vec<(usize, usize)> {
        let case = |token: &Token| (Case::of(token.span.of(content)) as usize, 0);
        let mut features: Vec<(usize, usize)> = tokens.iter().map(case).collect();
        for name in recognised {
            for token in name.tokens.clone() {
                let place = if token == name.tokens.start { "B" } else { "I" };
                let tag = format!("{place}-{}", name.label);
                features[token].1 = self.recognised.get(&tag).copied().unwrap_or(0);
            }
        }
        features
    }

    fn read_window(
        &self,
        window: Range<usize>,
        pieces: &[u32],
        ends: &[usize],
        features: &[(usize, usize)],
    ) -> Vec<Name> {
        let begin = window.start.checked_sub(1).map_or(0, |at| ends[at]);
        let mut rows = Rows::new(&self.tables);
        rows.push(self.pieces.first, (0, 0));
        let mut firsts = Vec::with_capacity(window.len());
        let mut at = begin;
        for token in window.clone() {
            firsts.push(rows.count);
            for piece in &pieces[at..ends[token]] {
                rows.push(*piece, features[token]);
            }
            at = ends[token];
        }
        rows.push(self.pieces.last, (0, 0));
        let scores = self.transformer.scores(rows.words, &rows.features);
        let scores: Vec<&[f32]> = firsts.iter().map(|&first| scores.of(first).unwrap_or(&self.no_name)).collect();
        let shift = |tokens: Range<usize>| tokens.start + window.start..tokens.end + window.start;
        let names = decode::names(&scores, &self.tags);
        names.into_iter().map(|(tokens, label)| Name { tokens: shift(tokens), label }).collect()
    }
}

/// The rows of numbers that the layers read, while they are gathered.
struct Rows<'a> {
    tables: &'a Tables,
    words: Vec<f32>,
    features: Vec<f32>,
    count: usize,
}

impl<'a> Rows<'a> {
    fn new(tables: &'a Tables) -> Self {
        Self { tables, words: Vec::new(), features: Vec::new(), count: 0 }
    }

    fn push(&mut self, piece: u32, (case, recognised): (usize, usize)) {
        let width = self.tables.width;
        let row = |number: usize| number * width..(number + 1) * width;
        let piece = piece as usize;
        let scale = self.tables.scales[piece];
        let word = self.tables.words[row(piece)].iter().map(|&byte| f32::from(byte.cast_signed()) * scale);
        self.words.extend(word.zip(&self.tables.positions[row(self.count)]).map(|(word, position)| word + position));
        let case = &self.tables.cases[row(case)];
        self.features.extend(case.iter().zip(&self.tables.recognised[row(recognised)]).map(|(a, b)| a + b));
        self.count += 1;
    }
}

/// The letter case of a word, as rows of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Lower,
    Initial,
    Upper,
    Mixed,
    Digits,
    Letter,
}

impl Case {
    const COUNT: usize = 6;

    fn of(word: &str) -> Self {
        let has_lower = word.contains(char::is_lowercase);
        let has_upper = word.contains(char::is_uppercase);
        if !word.is_empty() && word.chars().all(char::is_numeric) {
            Self::Digits
        } else if has_upper && !has_lower {
            if word.chars().nth(1).is_some() { Self::Upper } else { Self::Letter }
        } else if word.starts_with(char::is_uppercase) {
            Self::Initial
        } else if has_upper {
            Self::Mixed
        } else {
            Self::Lower
        }
    }
}

fn parse(tag: &str) -> Tag {
    match tag.split_once('-') {
        Some(("B", kind)) => Tag::Begin(intern(kind)),
        Some(("I", kind)) => Tag::Inside(intern(kind)),
        _ => Tag::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn letter_case_tells_acronyms_initials_and_names_apart() {
        let cases = ["said", "Rome", "U.S.", "iPhone", "2019", "J", "McKay", "'s", "—"].map(Case::of);
        use Case::{Digits, Initial, Letter, Lower, Mixed, Upper};
        assert_eq!(cases, [Lower, Initial, Upper, Mixed, Digits, Letter, Initial, Lower, Lower]);
    }
}
