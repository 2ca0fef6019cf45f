//! The text, one sentence a line, with what refers to things marked in it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{Layers, one_line};
use crate::article::{Block, BlockKind};
use crate::document::{Document, EntityId, Form, Kind};
use crate::span::Span;

/// What is marked in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Name(EntityId),
    /// A noun phrase or pronoun that surely refers to an entity.
    Reference(EntityId),
}

/// The mentions, and the phrases that refer to entities and do not overlap them; of two such that overlap the shorter one.
pub(super) fn marks(document: &Document) -> Vec<(Span, Mark)> {
    let mut marks: Vec<(Span, Mark)> =
        document.mentions.iter().map(|mention| (mention.span, Mark::Name(mention.entity))).collect();
    let mut referring: Vec<(Span, EntityId)> = Vec::new();
    for chain in &document.chains {
        let sure = chain.references.iter().filter(|reference| reference.is_sure && reference.form != Form::Name);
        referring.extend(chain.entity.iter().flat_map(|&entity| sure.clone().map(move |it| (it.span, entity))));
    }
    referring.sort_by_key(|(span, _)| (span.len(), span.start));
    for (span, entity) in referring {
        if marks.iter().all(|(other, _)| !other.overlaps(span)) {
            marks.push((span, Mark::Reference(entity)));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

impl Layers<'_> {
    pub(super) fn text(&self) -> String {
        let mut shown = String::new();
        for block in &self.document.article.blocks {
            let kind = match block.kind {
                BlockKind::Headline => "headline",
                BlockKind::Byline => "byline",
                BlockKind::Dateline => "dateline",
                BlockKind::Heading => "heading",
                BlockKind::Paragraph => "paragraph",
            };
            for (i, line) in self.lines_of(block).into_iter().enumerate() {
                let label = if i == 0 { kind } else { "" };
                let _ = writeln!(shown, "  {label:<9}  {}", self.marked(line));
            }
        }
        shown
    }

    /// A block cut before each sentence that begins in it, except inside a mention.
    fn lines_of(&self, block: &Block) -> Vec<Span> {
        let text = &self.document.text;
        let mut lines = Vec::new();
        let mut start = block.span.start;
        for sentence in text.sentences().iter().filter(|sentence| !sentence.is_empty()) {
            let cut = text.span(sentence.clone()).start;
            let inside = |(span, _): &(Span, Mark)| span.start < cut && cut < span.end;
            if start < cut && cut < block.span.end && !self.marks.iter().any(inside) {
                lines.push(Span::new(start, cut));
                start = cut;
            }
        }
        lines.push(Span::new(start, block.span.end));
        lines
    }

    fn marked(&self, line: Span) -> String {
        let text = &self.document.article.text;
        let mut marked = String::new();
        let mut at = line.start;
        for (span, mark) in self.marks.iter().filter(|(span, _)| line.contains(*span)) {
            marked.push_str(&text[at..span.start]);
            marked.push_str(&self.mark(*span, *mark));
            at = span.end;
        }
        marked.push_str(&text[at..line.end]);
        one_line(&marked)
    }

    fn mark(&self, span: Span, mark: Mark) -> String {
        let words = self.words(span);
        let (entity, is_name) = match mark {
            Mark::Name(entity) => (entity, true),
            Mark::Reference(entity) => (entity, false),
        };
        let number = entity + 1;
        match self.document.entities.get(entity) {
            Some(entity) if self.colors => {
                let (style, dim) = (style_of(entity.kind), Style::new().dimmed());
                let style = if is_name { style.bold() } else { style };
                format!("{style}{words}{style:#}{dim}:{number}{dim:#}")
            }
            Some(entity) if is_name => format!("[{words}|{:?}:{number}]", entity.kind),
            Some(_) => format!("[{words}|:{number}]"),
            None => words,
        }
    }
}

fn style_of(kind: Kind) -> Style {
    match kind {
        Kind::Person => AnsiColor::Green,
        Kind::Organization => AnsiColor::Blue,
        Kind::Region | Kind::Place | Kind::Facility => AnsiColor::Magenta,
        Kind::Group | Kind::Language => AnsiColor::Cyan,
        Kind::Event | Kind::Work | Kind::Product | Kind::Law => AnsiColor::Yellow,
    }
    .on_default()
}
