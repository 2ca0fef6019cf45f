//! Puts the text of a sample together, sentence by sentence.

use std::path::Path;

use crate::article::{Article, Block, BlockKind, Metadata, Origin};
use crate::score::sample::{Annotations, Sample};
use crate::span::Span;

/// A text that grows. Sentences of a paragraph are set apart by a space, paragraphs by an empty line.
#[derive(Default)]
pub(super) struct Builder {
    text: String,
    blocks: Vec<Block>,
    sentences: Vec<Span>,
    tokens: Vec<Span>,
    begins: Option<BlockKind>,
}

impl Builder {
    pub(super) fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The number of tokens so far.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Begins a block with the next sentence.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.begins = Some(kind);
    }

    /// Adds a sentence and its tokens, whose places are within the sentence.
    pub(super) fn sentence(&mut self, text: &str, tokens: &[Span]) {
        let begins = self.begins.take();
        match begins {
            _ if self.sentences.is_empty() => {}
            Some(_) => self.text.push_str("\n\n"),
            None => self.text.push(' '),
        }
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len());
        self.sentences.push(span);
        self.tokens.extend(tokens.iter().map(|token| token.shifted(start)));
        match (begins, self.blocks.last_mut()) {
            (None, Some(block)) => block.span = block.span.cover(span),
            (kind, _) => self.blocks.push(Block { kind: kind.unwrap_or(BlockKind::Paragraph), span }),
        }
    }

    /// Adds text as it stands, line feed and all: a block of its own unless it is blank.
    pub(super) fn verbatim(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        let words = text.trim_end();
        if !words.is_empty() {
            let span = Span::new(start, start + words.len());
            self.sentences.push(span);
            self.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }

    /// The sentence added last.
    pub(super) fn last(&self) -> Option<Span> {
        self.sentences.last().copied()
    }

    /// The same, beginning a block of its own.
    pub(super) fn block(&mut self, kind: BlockKind, text: &str, tokens: &[Span]) {
        self.begin(kind);
        self.sentence(text, tokens);
    }

    /// The place of a run of tokens.
    pub(super) fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        let first = self.tokens.get(tokens.start).copied().unwrap_or(Span::new(0, 0));
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).copied().unwrap_or(first);
        first.cover(last)
    }

    /// The finished sample.
    pub(super) fn finish(mut self, id: String, path: &Path, line: usize, gold: Annotations) -> Sample {
        self.blocks.retain(|block| !block.span.is_empty());
        let origin = Origin { path: path.to_owned(), line: Some(line as u64) };
        let article = Article { origin, text: self.text.into(), blocks: self.blocks, metadata: Metadata::default() };
        Sample { id, article, sentences: self.sentences, tokens: self.tokens, gold }
    }
}
