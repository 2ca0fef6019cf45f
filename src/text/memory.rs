//! What a thread remembers from the texts it read, so that it meets each word only once. It makes reading faster, never
//! different.

use std::collections::HashMap;

use super::layers::Matrix;
use super::lexeme::Vocabulary;
use super::tok2vec::{Tok2Vec, VectorRows, Word};
use super::tokenizer::{Chunks, Raw};

/// Words kept at most; before the next text, all are forgotten.
const MOST: usize = 12_000;

/// Chunks already split and words already embedded.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) chunks: Chunks,
    /// The number of each word, by its id, its own norm and whether a space follows.
    numbers: HashMap<(u64, Option<u64>, bool), usize>,
    words: Vec<Word>,
    /// The vectors of the words without their context, for each tok2vec.
    embedded: Vec<Matrix>,
}

impl Memory {
    /// Forgets the words where there are too many.
    pub(super) fn tidy(&mut self) {
        if self.words.len() > MOST {
            self.numbers.clear();
            self.words.clear();
            self.embedded.clear();
        }
    }

    /// The number of a token's word.
    pub(super) fn number(&mut self, token: &Raw, word: &str, vocabulary: &Vocabulary) -> usize {
        let orth = vocabulary.id(word);
        *self.numbers.entry((orth, token.norm, token.spaced)).or_insert_with(|| {
            self.words.push(Word { lexeme: vocabulary.lexeme(word, token.norm), spaced: token.spaced });
            self.words.len() - 1
        })
    }

    /// The word of a number.
    pub(super) fn word(&self, number: usize) -> &Word {
        &self.words[number]
    }

    /// Embeds the words met since the last time.
    pub(super) fn embed(&mut self, tok2vecs: &[Tok2Vec], rows: Option<&VectorRows>) -> &[Matrix] {
        self.embedded.resize_with(tok2vecs.len(), Matrix::default);
        for (tok2vec, embedded) in tok2vecs.iter().zip(&mut self.embedded) {
            tok2vec.embed(&self.words, rows, embedded);
        }
        &self.embedded
    }
}
