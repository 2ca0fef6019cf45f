//! The expressions by which a tokenizer takes words apart.

use std::ops::Range;

use fancy_regex::Regex;

use super::spec::TokenizerSpec;

/// A model's expressions for prefixes, suffixes, infixes, URLs and tokens to leave whole.
pub(super) struct Affixes {
    prefix: Option<Regex>,
    suffix: Option<Regex>,
    infix: Option<Regex>,
    token: Option<Regex>,
    url: Option<Regex>,
}

impl Affixes {
    pub(super) fn new(spec: &TokenizerSpec) -> Result<Self, String> {
        Ok(Self {
            prefix: compiled(spec.prefix.as_deref())?,
            suffix: compiled(spec.suffix.as_deref())?,
            infix: compiled(spec.infix.as_deref())?,
            token: compiled(spec.token_match.as_deref())?,
            url: compiled(spec.url_match.as_deref())?,
        })
    }

    /// The length of the prefix of a word in bytes; 0 for none.
    pub(super) fn prefix(&self, word: &str) -> usize {
        found(self.prefix.as_ref(), word).map_or(0, |range| range.len())
    }

    /// The length of the suffix of a word in bytes; 0 for none.
    pub(super) fn suffix(&self, word: &str) -> usize {
        found(self.suffix.as_ref(), word).map_or(0, |range| range.len())
    }

    /// Where a word is to be split in the middle.
    pub(super) fn infixes<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let matches = self.infix.as_ref().map(|infix| infix.find_iter(word));
        matches.into_iter().flatten().map_while(Result::ok).map(|m| m.range())
    }

    /// Whether a word is to stay whole.
    pub(super) fn is_token(&self, word: &str) -> bool {
        found(self.token.as_ref(), word).is_some_and(|range| range.start == 0)
    }

    /// Whether a word is a URL.
    pub(super) fn is_url(&self, word: &str) -> bool {
        found(self.url.as_ref(), word).is_some_and(|range| range.start == 0)
    }
}

fn compiled(expression: Option<&str>) -> Result<Option<Regex>, String> {
    expression.map(|e| Regex::new(e).map_err(|reason| format!("tokenizer expression: {reason}"))).transpose()
}

/// Where an expression matches; an expression that costs too much matches nowhere.
fn found(expression: Option<&Regex>, word: &str) -> Option<Range<usize>> {
    expression?.find(word).ok().flatten().map(|m| m.range())
}
