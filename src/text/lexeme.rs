//! A word without its context, as the network sees it.

use std::collections::HashMap;

use super::characters::{is_digit, is_letter, is_space};
use super::hash::string_id;
use super::spec::Feature;

/// From this many characters on, the shape of a word is just "LONG".
const LONG: usize = 100;
/// How many characters of a kind in a row the shape of a word keeps.
const SAME: usize = 4;

/// Ids of strings: small fixed numbers for a few names, hashes for all else.
pub(super) struct Strings {
    symbols: HashMap<String, u64>,
    longest: usize,
}

impl Strings {
    pub(super) fn new(symbols: HashMap<String, u64>) -> Self {
        let longest = symbols.keys().map(String::len).max().unwrap_or(0);
        Self { symbols, longest }
    }

    /// The id of a string; 0 for the empty one.
    pub(super) fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let symbol = if text.len() <= self.longest { self.symbols.get(text) } else { None };
        symbol.copied().unwrap_or_else(|| string_id(text.as_bytes()))
    }
}

/// A word's id and features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) orth: u64,
    norm: u64,
    lower: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
    pub(super) is_space: bool,
}

/// Makes lexemes of words.
pub(super) struct Vocabulary {
    strings: Strings,
    norms: HashMap<u64, u64>,
}

impl Vocabulary {
    pub(super) fn new(strings: Strings, norms: &[(u64, String)]) -> Self {
        let norms = norms.iter().map(|(orth, norm)| (*orth, strings.id(norm))).collect();
        Self { strings, norms }
    }

    /// The id of a string.
    pub(super) fn id(&self, text: &str) -> u64 {
        self.strings.id(text)
    }

    /// The lexeme of a word; a tokenizer's exception may bring a norm of its own.
    pub(super) fn lexeme(&self, word: &str, norm: Option<u64>) -> Lexeme {
        let orth = self.id(word);
        let lower = if word.is_ascii() && !word.bytes().any(|b| b.is_ascii_uppercase()) {
            orth
        } else {
            self.id(&word.to_lowercase())
        };
        let norm = norm.or_else(|| self.norms.get(&orth).copied()).unwrap_or(lower);
        Lexeme {
            orth,
            norm,
            lower,
            prefix: self.id(&word[..word.chars().next().map_or(0, char::len_utf8)]),
            suffix: self.id(&word[word.char_indices().rev().take(3).last().map_or(0, |(at, _)| at)..]),
            shape: self.id(&shape(word)),
            is_space: is_blank(word),
        }
    }
}

impl Lexeme {
    /// The number that stands for a feature of this word in a text, where it may be `spaced`: followed by a space.
    pub(super) fn feature(&self, feature: Feature, spaced: bool) -> u64 {
        match feature {
            Feature::Orth => self.orth,
            Feature::Norm => self.norm,
            Feature::Lower => self.lower,
            Feature::Prefix => self.prefix,
            Feature::Suffix => self.suffix,
            Feature::Shape => self.shape,
            Feature::Spacy => u64::from(spaced),
            Feature::IsSpace => u64::from(self.is_space),
        }
    }
}

/// Whether a word is all white space.
pub(super) fn is_blank(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_space)
}

/// Its letters as x and X, its digits as d, runs cut short.
fn shape(word: &str) -> String {
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(word.len());
    let mut last = None;
    let mut run = 0;
    for c in word.chars() {
        let kind = match c {
            _ if is_letter(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(c) => 'd',
            _ => c,
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < SAME {
            shape.push(kind);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_cut_runs_at_four() {
        assert_eq!(shape("Reuters"), "Xxxxx");
        assert_eq!(shape("F-16s"), "X-ddx");
        assert_eq!(shape("2026-11-23"), "dddd-dd-dd");
        assert_eq!(shape("......"), "....");
        assert_eq!(shape("Łódź"), "Xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
