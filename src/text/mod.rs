//! English analysis: tokens, sentences, tags, lemmas, dependency trees and names.

mod affixes;
mod batch;
mod characters;
pub mod conllu;
mod encoder;
mod expression;
mod hash;
pub mod labels;
mod layers;
mod lemmatizer;
mod lexeme;
mod memory;
pub mod model;
mod names;
mod network;
mod parser;
mod recogniser;
mod ruler;
mod scorer;
mod spec;
mod tagger;
mod tok2vec;
mod tokenizer;
mod tree;
mod weights;

use std::ops::Range;
use std::sync::Arc;

use crate::span::Span;

/// An analysed text. Tokens are numbered from 0 over the whole text; every range below is one of token numbers.
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<str>,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    names: Vec<Name>,
    dependents: Dependents,
}

/// A word, number, punctuation mark or run of extra white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its Penn Treebank tag ("NNP").
    pub tag: &'static str,
    /// Its Universal Dependencies part of speech ("PROPN").
    pub pos: &'static str,
    /// Its dictionary form.
    pub lemma: Arc<str>,
    /// The token it depends on; the root of a sentence depends on itself.
    pub head: usize,
    /// How it depends on its head ("nsubj"). CLEAR labels, as spaCy's English models use them; the root has `ROOT`, or
    /// `dep` where it is white space, so test `head` to find it.
    pub dep: &'static str,
}

/// A name or figure as the recogniser found it, before any decision about what it denotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its OntoNotes type ("PERSON", "GPE", "DATE").
    pub label: &'static str,
}

/// The tokens that depend on each token, in order: those of token `i` are `all[starts[i]..starts[i + 1]]`.
#[derive(Clone, Debug)]
struct Dependents {
    all: Vec<usize>,
    starts: Vec<usize>,
}

impl Dependents {
    fn of(tokens: &[Token]) -> Self {
        let depends = |&(at, token): &(usize, &Token)| token.head != at && token.head < tokens.len();
        let mut starts = vec![0; tokens.len() + 1];
        for (_, token) in tokens.iter().enumerate().filter(depends) {
            starts[token.head + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut all = vec![0; starts[tokens.len()]];
        for (at, token) in tokens.iter().enumerate().filter(depends) {
            all[free[token.head]] = at;
            free[token.head] += 1;
        }
        Self { all, starts }
    }

    fn of_token(&self, token: usize) -> &[usize] {
        &self.all[self.starts[token]..self.starts[token + 1]]
    }
}

impl Text {
    /// Puts a text together from its layers, which must agree with one another.
    #[must_use]
    pub fn new(content: Arc<str>, tokens: Vec<Token>, sentences: Vec<Range<usize>>, names: Vec<Name>) -> Self {
        let dependents = Dependents::of(&tokens);
        Self { content, tokens, sentences, names, dependents }
    }

    /// The same text with other trees over its tokens.
    pub(crate) fn with_trees(self, tokens: Vec<Token>) -> Self {
        Self { dependents: Dependents::of(&tokens), tokens, ..self }
    }

    /// The text itself.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Its tokens in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Its sentences in order; together they hold every token.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// Its names in order, never overlapping.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The name that holds a token.
    #[must_use]
    pub fn name_at(&self, token: usize) -> Option<&Name> {
        let after = self.names.partition_point(|name| name.tokens.end <= token);
        self.names.get(after).filter(|name| name.tokens.contains(&token))
    }

    /// The words of a token.
    #[must_use]
    pub fn word(&self, token: usize) -> &str {
        self.tokens[token].span.of(&self.content)
    }

    /// The span of a run of tokens; the run must not be empty.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// The tokens that lie at least partly inside a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.end <= token);
        self.sentences[after].clone()
    }

    /// The tokens that depend directly on a token, in order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.dependents.of_token(token).iter().copied()
    }

    /// The children of a token that depend on it in one of the given ways.
    pub fn children_by<'a>(&'a self, token: usize, deps: &'a [&str]) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.children(token).filter(move |&child| deps.contains(&self.tokens[child].dep))
    }

    /// Whether `token` is `ancestor` or depends on it, directly or not.
    #[must_use]
    pub fn is_under(&self, token: usize, ancestor: usize) -> bool {
        let mut at = token;
        loop {
            if at == ancestor {
                return true;
            }
            let head = self.tokens[at].head;
            if head == at {
                return false;
            }
            at = head;
        }
    }

    /// The first token of some that depends on none of the others: the head of a phrase.
    #[must_use]
    pub fn top(&self, tokens: &Range<usize>) -> Option<usize> {
        let is_top = |&token: &usize| {
            let head = self.tokens()[token].head;
            head == token || !tokens.contains(&head)
        };
        tokens.clone().find(is_top)
    }

    /// The first of the list that a token is part of, as the tree has it: "Roe" of "Lind" in "Roe, Berg and Lind".
    pub(crate) fn first_of_list(&self, token: usize) -> usize {
        let mut first = token;
        while self.tokens[first].dep == "conj" && self.tokens[first].head != first {
            first = self.tokens[first].head;
        }
        first
    }

    /// From the first to the last token of the tree under a token.
    #[must_use]
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let (mut start, mut end) = (token, token);
        let mut open = vec![token];
        while let Some(at) = open.pop() {
            (start, end) = (start.min(at), end.max(at));
            open.extend(self.children(at));
        }
        start..end + 1
    }
}
