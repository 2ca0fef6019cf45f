//! The expressions by which a tokenizer takes words apart.

use std::ops::Range;

use super::expression::{Expression, char_boundary};
use super::spec::TokenizerSpec;

/// Bytes of a long word in which an affix is looked for first. Affixes are short, so this seldom has to grow.
const WINDOW: usize = 64;
/// A match this near the inner end of the window may depend on what lies beyond it.
const MARGIN: usize = 24;

/// A model's expressions for prefixes, suffixes, infixes, URLs and tokens to leave whole.
pub(super) struct Affixes {
    prefix: Option<Expression>,
    suffix: Option<Expression>,
    infix: Option<Expression>,
    token: Option<Expression>,
    url: Option<Expression>,
}

impl Affixes {
    pub(super) fn new(spec: &TokenizerSpec) -> Result<Self, String> {
        let expression = |e: &Option<String>| e.as_deref().map(Expression::new).transpose();
        let affix = |e| Ok::<_, String>(expression(e)?.map(Expression::with_outline));
        Ok(Self {
            prefix: affix(&spec.prefix)?,
            suffix: affix(&spec.suffix)?,
            infix: affix(&spec.infix)?,
            token: expression(&spec.token_match)?,
            url: expression(&spec.url_match)?,
        })
    }

    /// The length of the prefix of a word in bytes; 0 for none.
    pub(super) fn prefix(&self, word: &str) -> usize {
        let Some(prefix) = &self.prefix else { return 0 };
        let mut window = WINDOW;
        loop {
            let end = char_boundary(word, window);
            match prefix.find(&word[..end]) {
                Some(range) if end < word.len() && range.end + MARGIN > end => window *= 2,
                found => return found.filter(|range| range.start == 0).map_or(0, |range| range.end),
            }
        }
    }

    /// The length of the suffix of a word in bytes; 0 for none.
    pub(super) fn suffix(&self, word: &str) -> usize {
        let Some(suffix) = &self.suffix else { return 0 };
        let mut window = WINDOW;
        loop {
            let start = char_boundary(word, word.len().saturating_sub(window));
            match suffix.find(&word[start..]) {
                Some(range) if start > 0 && range.start < MARGIN => window *= 2,
                found => {
                    let at_end = found.filter(|range| start + range.end == word.len());
                    return at_end.map_or(0, |range| range.len());
                }
            }
        }
    }

    /// Where a word is to be split in the middle.
    pub(super) fn infixes<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.infix.iter().flat_map(|infix| infix.find_all(word))
    }

    /// Whether a word is to stay whole.
    pub(super) fn is_token(&self, word: &str) -> bool {
        self.token.as_ref().is_some_and(|token| token.starts(word))
    }

    /// Whether a word is a URL.
    pub(super) fn is_url(&self, word: &str) -> bool {
        self.url.as_ref().is_some_and(|url| url.starts(word))
    }
}
