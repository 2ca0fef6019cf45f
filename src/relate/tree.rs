//! The dependency trees of a text, to be walked downwards too.

use std::ops::Range;

use crate::text::{Text, Token};

/// A text with the children of each token listed once, so that walking down costs no search.
pub(super) struct Tree<'a> {
    pub(super) text: &'a Text,
    /// Where the children of each token begin in `children`; one more than there are tokens.
    starts: Vec<usize>,
    children: Vec<usize>,
    /// From the first to the last token under each token.
    bounds: Vec<Range<usize>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        let tokens = text.tokens();
        let mut starts = vec![0; tokens.len() + 1];
        for (token, analysis) in tokens.iter().enumerate() {
            if analysis.head != token {
                starts[analysis.head + 1] += 1;
            }
        }
        for token in 0..tokens.len() {
            starts[token + 1] += starts[token];
        }
        let mut next = starts.clone();
        let mut children = vec![0; starts[tokens.len()]];
        for (token, analysis) in tokens.iter().enumerate() {
            if analysis.head != token {
                children[next[analysis.head]] = token;
                next[analysis.head] += 1;
            }
        }
        Self { text, starts, children, bounds: bounds(tokens) }
    }

    pub(super) fn token(&self, token: usize) -> &'a Token {
        &self.text.tokens()[token]
    }

    pub(super) fn word(&self, token: usize) -> &'a str {
        self.token(token).span.of(self.text.content())
    }

    /// The dictionary form, in lower case.
    pub(super) fn lemma(&self, token: usize) -> String {
        self.token(token).lemma.to_lowercase()
    }

    pub(super) fn dep(&self, token: usize) -> &'static str {
        self.token(token).dep
    }

    /// The token on which one depends; none for the root of a sentence.
    pub(super) fn head(&self, token: usize) -> Option<usize> {
        Some(self.token(token).head).filter(|&head| head != token)
    }

    /// The token on which one depends; the root of a sentence depends on itself.
    pub(super) fn above(&self, token: usize) -> usize {
        self.token(token).head
    }

    /// The tokens that depend directly on one, in order.
    pub(super) fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.starts[token]..self.starts[token + 1]].iter().copied()
    }

    /// Those that depend on it in one of the given ways.
    pub(super) fn children_by<'b, S: AsRef<str>>(
        &'b self,
        token: usize,
        deps: &'b [S],
    ) -> impl DoubleEndedIterator<Item = usize> + 'b {
        self.children(token).filter(move |&child| deps.iter().any(|dep| dep.as_ref() == self.dep(child)))
    }

    pub(super) fn child(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.children_by(token, deps).next()
    }

    /// From the first to the last token under a token.
    pub(super) fn under(&self, token: usize) -> Range<usize> {
        self.bounds[token].clone()
    }

    /// Whether `token` is `ancestor` or depends on it, directly or not.
    pub(super) fn is_under(&self, token: usize, ancestor: usize) -> bool {
        self.text.is_under(token, ancestor)
    }
}

/// What each token reaches to, worked out from the leaves upwards.
fn bounds(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut bounds: Vec<Range<usize>> = (0..tokens.len()).map(|token| token..token + 1).collect();
    for token in 0..tokens.len() {
        // Each token widens all above it; trees of sentences are shallow.
        let mut at = token;
        while tokens[at].head != at {
            at = tokens[at].head;
            let above = &mut bounds[at];
            if above.start <= token && token < above.end {
                continue;
            }
            *above = above.start.min(token)..above.end.max(token + 1);
        }
    }
    bounds
}
