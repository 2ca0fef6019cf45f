//! Headlines that name their source beside a colon or dash: "Bank: no plans to cut", "Bridge unsafe – inspectors".

use std::ops::Range;

use super::source::Words;
use super::{Found, Scene};
use crate::article::BlockKind;
use crate::document::{Act, Kind};
use crate::span::Span;

/// The most words that name a source.
const LONGEST: usize = 6;

impl Scene<'_> {
    pub(super) fn headlines(&self) -> Vec<Found> {
        let is_heading = |kind: BlockKind| matches!(kind, BlockKind::Headline | BlockKind::Heading);
        let blocks = self.layers.article.blocks.iter().filter(|block| is_heading(block.kind));
        let tokens = blocks.map(|block| self.tree.text.tokens_in(block.span));
        tokens.filter_map(|tokens| self.headline(tokens)).collect()
    }

    /// The source before a colon, or behind the last dash.
    fn headline(&self, tokens: Range<usize>) -> Option<Found> {
        let is_colon = |&token: &usize| self.tree.word(token) == ":";
        let is_dash =
            |&token: &usize| matches!(self.tree.word(token), "-" | "–" | "—" | "--") && self.stands_free(token);
        if let Some(colon) = tokens.clone().find(is_colon) {
            return self.split(tokens.start..colon, colon, colon + 1..tokens.end);
        }
        let dash = tokens.clone().rev().find(is_dash)?;
        self.split(dash + 1..tokens.end, dash, tokens.start..dash)
    }

    fn split(&self, source: Range<usize>, mark: usize, content: Range<usize>) -> Option<Found> {
        let source = self.trimmed(source);
        let content = self.trimmed(content);
        let is_plain = source.clone().all(|token| !matches!(self.tree.token(token).pos, "VERB" | "AUX" | "NUM"));
        let has_clause = content.len() >= 2;
        if source.is_empty() || source.len() > LONGEST || !is_plain || !has_clause {
            return None;
        }
        let head = self.speaking(source.clone())?;
        let span = self.tree.text.span(source.clone());
        Some(Found {
            content: vec![self.tree.text.span(content)],
            cue: Some(self.tree.token(mark).span),
            word: None,
            source: Some(Words { head, tokens: source, span }),
            act: Act::Says,
            quotes: Vec::new(),
            rule: "headline".into(),
            likelihood: 0.8,
        })
    }

    /// Whether a dash has space on both sides, as none between two scores or names has.
    fn stands_free(&self, dash: usize) -> bool {
        let (text, span) = (self.tree.text.content(), self.tree.token(dash).span);
        text[..span.start].ends_with(char::is_whitespace) && text[span.end..].starts_with(char::is_whitespace)
    }

    /// Who is named behind a dash after a quotation: "“It is a long game.” – Jane Roe".
    pub(super) fn signed(&self, end: usize) -> Option<Words> {
        let blocks = &self.layers.article.blocks;
        let block =
            blocks.get(blocks.partition_point(|block| block.span.end < end)).filter(|block| block.span.start < end)?;
        let rest = self.tree.text.tokens_in(Span::new(end, block.span.end));
        let dash = rest.clone().next().filter(|&token| matches!(self.tree.word(token), "-" | "–" | "—" | "--"))?;
        let tokens = self.trimmed(dash + 1..rest.end);
        if tokens.is_empty() || tokens.len() > LONGEST {
            return None;
        }
        let head = self.speaking(tokens.clone())?;
        Some(Words { head, span: self.tree.text.span(tokens.clone()), tokens })
    }

    /// The word that heads a source which may speak: the last of a person's, an organisation's or a state's name that ends
    /// there, or a noun for such.
    fn speaking(&self, source: Range<usize>) -> Option<usize> {
        let last = source.end - 1;
        let is_named = matches!(self.sources.kind_at(last), Some(Kind::Person | Kind::Organization | Kind::Region));
        (is_named || self.data.is_speaker(&self.tree.word(last).to_lowercase())).then_some(last)
    }
}
