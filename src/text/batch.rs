//! Texts that go through the network together.

use std::ops::Range;

use super::tokenizer::{Chunks, Raw, Tokenizer};
use crate::span::Span;

/// Tokens after which a batch is full.
const FULL: usize = 4_096;
/// Tokens of the longest text that is analysed in one piece, so that memory stays bounded.
const LONGEST: usize = 16_384;

/// The tokens of some texts.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) tokens: Vec<Raw>,
    /// The tokens of each text.
    pub(super) texts: Vec<Range<usize>>,
}

impl Batch {
    /// Splits parts of a text into tokens, in batches.
    pub(super) fn all(content: &str, parts: &[Span], tokenizer: &Tokenizer, chunks: &mut Chunks) -> Vec<Self> {
        let mut batches: Vec<Self> = Vec::new();
        for part in parts {
            let tokens = tokenizer.split(part.of(content), chunks);
            let mut rest = tokens.as_slice();
            loop {
                let (piece, after) = rest.split_at(cut(part.of(content), rest));
                if batches.last().is_none_or(|batch| batch.tokens.len() >= FULL) {
                    batches.push(Self::default());
                }
                if let Some(batch) = batches.last_mut() {
                    batch.push(piece, part.start);
                }
                if after.is_empty() {
                    break;
                }
                rest = after;
            }
        }
        batches
    }

    fn push(&mut self, text: &[Raw], start: usize) {
        let first = self.tokens.len();
        self.tokens.extend(text.iter().map(|token| token.shifted(start)));
        self.texts.push(first..self.tokens.len());
    }
}

/// How many tokens to take of a text: all, or up to the last line break or full stop that there is room for.
fn cut(text: &str, tokens: &[Raw]) -> usize {
    if tokens.len() <= LONGEST {
        return tokens.len();
    }
    let ends = |token: &Raw| {
        let word = &text[token.bytes.clone()];
        word == "." || word.contains('\n')
    };
    tokens[..LONGEST].iter().rposition(ends).map_or(LONGEST, |at| at + 1)
}
