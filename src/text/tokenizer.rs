//! Splits text into tokens exactly as spaCy's tokenizer does.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::affixes::Affixes;
use super::characters::is_space;
use super::lexeme::Vocabulary;
use super::spec::TokenizerSpec;

/// A token before it is analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    /// Its bytes in the text.
    pub(super) bytes: Range<usize>,
    /// The norm that an exception gives it.
    pub(super) norm: Option<u64>,
    /// Whether a single space follows, which is no token.
    pub(super) spaced: bool,
}

impl Raw {
    /// The same token `by` bytes further on.
    pub(super) fn shifted(&self, by: usize) -> Self {
        Self { bytes: self.bytes.start + by..self.bytes.end + by, ..self.clone() }
    }
}

/// One word of an exception: its length in bytes and its norm.
#[derive(Clone, Debug)]
struct Word {
    length: usize,
    norm: Option<u64>,
}

/// Chunks already split, with the bytes of their tokens counted from the chunk's start. Makes splitting faster, never different.
#[derive(Default)]
pub(super) struct Chunks {
    known: HashMap<Box<str>, Vec<Raw>>,
}

impl Chunks {
    /// Chunks kept at most; then all are forgotten.
    const MOST: usize = 20_000;
    /// Longer chunks, in bytes, are not worth keeping.
    const LONGEST: usize = 40;

    fn keep(&mut self, chunk: &str, tokens: &[Raw]) {
        if chunk.len() > Self::LONGEST {
            return;
        }
        if self.known.len() >= Self::MOST {
            self.known.clear();
        }
        self.known.insert(chunk.into(), tokens.to_vec());
    }
}

/// A tokenizer made of a model's expressions and exceptions.
pub(super) struct Tokenizer {
    affixes: Affixes,
    exceptions: HashMap<String, Vec<Word>>,
    longest: usize,
    /// Exceptions to look for after splitting, by the first of the words that splitting makes of them.
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Tokenizer {
    pub(super) fn new(spec: TokenizerSpec, vocabulary: &Vocabulary) -> Result<Self, String> {
        let affixes = Affixes::new(&spec)?;
        let longest = spec.exceptions.keys().map(String::len).max().unwrap_or(0);
        let word = |(word, norm): (String, Option<String>)| Word {
            length: word.len(),
            norm: norm.map(|norm| vocabulary.id(&norm)),
        };
        let mut exceptions = HashMap::new();
        for (chunk, words) in spec.exceptions {
            if words.iter().map(|(word, _)| word.as_str()).collect::<String>() != chunk {
                return Err(format!("the tokens of the exception `{chunk}` do not add up to it"));
            }
            exceptions.insert(chunk, words.into_iter().map(word).collect());
        }
        let mut phrases: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in spec.phrases {
            if let Some(first) = phrase.first() {
                phrases.entry(first.clone()).or_default().push(phrase);
            }
        }
        Ok(Self { affixes, exceptions, longest, phrases })
    }

    /// The tokens of a text.
    pub(super) fn split(&self, text: &str, chunks: &mut Chunks) -> Vec<Raw> {
        let mut tokens: Vec<Raw> = Vec::with_capacity(text.len() / 4);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (at, c) in text.char_indices() {
            if is_space(c) != in_space {
                if start < at {
                    self.push_chunk(text, start..at, chunks, &mut tokens);
                }
                start = at;
                if c == ' ' {
                    if let Some(last) = tokens.last_mut() {
                        last.spaced = true;
                    }
                    start += 1;
                }
                in_space = !in_space;
            }
        }
        if start < text.len() {
            self.push_chunk(text, start..text.len(), chunks, &mut tokens);
        }
        self.rejoin(text, tokens)
    }

    fn push_chunk(&self, text: &str, bytes: Range<usize>, chunks: &mut Chunks, tokens: &mut Vec<Raw>) {
        let chunk = &text[bytes.clone()];
        let place = |token: &Raw| token.shifted(bytes.start);
        if let Some(known) = chunks.known.get(chunk) {
            tokens.extend(known.iter().map(place));
        } else {
            let split = self.split_chunk(chunk);
            chunks.keep(chunk, &split);
            tokens.extend(split.iter().map(place));
        }
    }

    /// Splits what stands between two single spaces, or a run of white space.
    fn split_chunk(&self, chunk: &str) -> Vec<Raw> {
        let mut tokens = Vec::new();
        if let Some(words) = self.exception(chunk) {
            push_words(words, 0, &mut tokens);
            return tokens;
        }
        let mut suffixes = Vec::new();
        let rest = self.strip(chunk, &mut tokens, &mut suffixes);
        self.split_rest(chunk, rest, &mut tokens);
        tokens.extend(suffixes.into_iter().rev().map(raw));
        tokens
    }

    /// Takes prefixes and suffixes off a chunk, one of each at a time, until an exception or nothing more is found.
    fn strip(&self, chunk: &str, tokens: &mut Vec<Raw>, suffixes: &mut Vec<Range<usize>>) -> Range<usize> {
        let mut rest = 0..chunk.len();
        while !rest.is_empty() {
            let Range { start, end } = rest;
            let word = &chunk[start..end];
            if self.affixes.is_token(word) || self.exception(word).is_some() {
                break;
            }
            let prefix = self.affixes.prefix(word);
            if prefix > 0 && self.exception(&word[prefix..]).is_some() {
                tokens.push(raw(start..start + prefix));
                return start + prefix..end;
            }
            let suffix = self.affixes.suffix(&word[prefix..]);
            if suffix > 0 && self.exception(&word[..word.len() - suffix]).is_some() {
                suffixes.push(end - suffix..end);
                return start..end - suffix;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                tokens.push(raw(start..start + prefix));
            }
            if suffix > 0 {
                suffixes.push(end - suffix..end);
            }
            rest = start + prefix..end - suffix;
        }
        rest
    }

    /// Splits what is left between the affixes.
    fn split_rest(&self, chunk: &str, rest: Range<usize>, tokens: &mut Vec<Raw>) {
        let word = &chunk[rest.clone()];
        if word.is_empty() {
            return;
        }
        if let Some(words) = self.exception(word) {
            return push_words(words, rest.start, tokens);
        }
        if self.affixes.is_token(word) || self.affixes.is_url(word) {
            return tokens.push(raw(rest));
        }
        let mut start = 0;
        for infix in self.affixes.infixes(word) {
            if infix.start == 0 {
                continue;
            }
            for part in [start..infix.start, infix.clone()] {
                if !part.is_empty() {
                    tokens.push(raw(rest.start + part.start..rest.start + part.end));
                }
            }
            start = infix.end;
        }
        if start < word.len() {
            tokens.push(raw(rest.start + start..rest.end));
        }
    }

    /// Puts exceptions back together that splitting tore apart, the longest first.
    fn rejoin(&self, text: &str, tokens: Vec<Raw>) -> Vec<Raw> {
        let found = self.torn(text, &tokens);
        if found.is_empty() {
            return tokens;
        }
        let mut joined = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for run in found {
            joined.extend_from_slice(&tokens[at..run.start]);
            let bytes = tokens[run.start].bytes.start..tokens[run.end - 1].bytes.end;
            match self.exception(&text[bytes.clone()]) {
                Some(words) => {
                    push_words(words, bytes.start, &mut joined);
                    if let Some(last) = joined.last_mut() {
                        last.spaced = tokens[run.end - 1].spaced;
                    }
                }
                None => joined.extend_from_slice(&tokens[run.clone()]),
            }
            at = run.end;
        }
        joined.extend_from_slice(&tokens[at..]);
        joined
    }

    /// Runs of tokens that read like a torn exception, without overlaps, in order.
    fn torn(&self, text: &str, tokens: &[Raw]) -> Vec<Range<usize>> {
        let word = |at: usize| tokens.get(at).map(|token| &text[token.bytes.clone()]);
        let mut found: Vec<Range<usize>> = Vec::new();
        for start in 0..tokens.len() {
            let Some(phrases) = word(start).and_then(|word| self.phrases.get(word)) else { continue };
            for phrase in phrases {
                if phrase.iter().enumerate().all(|(i, part)| word(start + i) == Some(part)) {
                    found.push(start..start + phrase.len());
                }
            }
        }
        found.sort_by_key(|run| (usize::MAX - run.len(), run.start));
        let mut seen = HashSet::new();
        found.retain(|run| {
            let free = !seen.contains(&run.start) && !seen.contains(&(run.end - 1));
            seen.extend(run.clone());
            free
        });
        found.sort_by_key(|run| run.start);
        found
    }

    fn exception(&self, word: &str) -> Option<&[Word]> {
        if word.len() > self.longest { None } else { self.exceptions.get(word).map(Vec::as_slice) }
    }
}

fn raw(bytes: Range<usize>) -> Raw {
    Raw { bytes, norm: None, spaced: false }
}

fn push_words(words: &[Word], mut start: usize, tokens: &mut Vec<Raw>) {
    for word in words {
        tokens.push(Raw { bytes: start..start + word.length, norm: word.norm, spaced: false });
        start += word.length;
    }
}
