//! What a reader hands on: a headline and paragraphs as found. Here they become an [`Article`].
//!
//! Bylines, credits, captions, date lines and notices are told from prose, repeated paragraphs are dropped, the dateline
//! is set apart, and the clean text is put together with its blocks.

use std::collections::HashSet;

use super::options::Options;
use super::rules::{DatelineFound, Furniture, Rules};
use super::{clean, language, opening};
use crate::article::{Article, Block, BlockKind, Dateline, Metadata, Origin};
use crate::error::{Error, Result};
use crate::span::Span;

/// Among how many paragraphs, from the first, the dateline stands.
const DATELINE_WITHIN: usize = 6;

/// An article as a reader found it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The title.
    pub(super) headline: Option<String>,
    /// The paragraphs in order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// What is known besides.
    pub(super) metadata: Metadata,
}

/// A paragraph as a reader found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether it is a sub-heading.
    pub(super) heading: bool,
}

/// A block on its way into the text.
struct Piece {
    kind: BlockKind,
    text: String,
    dateline: Option<DatelineFound>,
}

impl Draft {
    /// The article, or why it is left out.
    pub(super) fn article(self, origin: Origin, options: &Options) -> Result<Article> {
        let skipped = |reason: String| Error::Skipped { path: origin.path.clone(), line: origin.line, reason };
        let mut metadata = self.metadata;
        let headline = self.headline.map(|words| clean::line(&words)).filter(|words| !words.is_empty());
        let pieces = arrange(headline, &self.paragraphs, &mut metadata, options.rules());
        if !pieces.iter().any(|piece| piece.kind == BlockKind::Paragraph) {
            let reason = if pieces.is_empty() { "it holds no text" } else { "it holds a title but no text" };
            return Err(skipped(reason.to_owned()));
        }
        let (text, blocks) = compose(&pieces, &mut metadata, options.rules());
        let prose: Vec<&str> = blocks.iter().filter(|b| b.kind.is_prose()).map(|b| b.span.of(&text)).collect();
        let verdict = language::judge(&prose.join("\n"), metadata.language.as_deref());
        if let (true, language::Verdict::Other(name)) = (options.checks_language(), &verdict) {
            return Err(skipped(format!("it is in {name}, and only English is read")));
        }
        if let (None, language::Verdict::English) = (&metadata.language, &verdict) {
            metadata.language = Some("en".to_owned());
        }
        Ok(Article { origin, text: text.into(), blocks, metadata })
    }
}

/// Says of each paragraph what it is, and leaves out what is none of the article's words.
fn arrange(headline: Option<String>, paragraphs: &[Paragraph], metadata: &mut Metadata, rules: &Rules) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut seen = HashSet::new();
    let (mut in_prose, mut dated, mut prose) = (false, false, 0);
    if let Some(text) = headline {
        pieces.push(Piece { kind: BlockKind::Headline, text, dateline: None });
    }
    let lines: Vec<String> = paragraphs.iter().map(|p| without_bullet(&clean::line(&p.text)).to_owned()).collect();
    let title = pieces.first().map(|piece| piece.text.clone());
    let captions = opening::captions(&lines, title.as_deref(), rules);
    for (i, (paragraph, text)) in paragraphs.iter().zip(&lines).enumerate() {
        let text = text.as_str();
        let is_title = pieces.first().is_some_and(|first| first.kind == BlockKind::Headline && first.text == text);
        if text.is_empty()
            || is_title
            || captions.contains(text)
            || (is_repeatable(text) && !seen.insert(text.to_owned()))
        {
            continue;
        }
        let kind = match rules.furniture(text) {
            Some(furniture) => match place_furniture(furniture, in_prose, metadata) {
                Some(kind) => kind,
                None => continue,
            },
            None if !in_prose && follows_byline(&pieces) && rules.is_signature(text) => BlockKind::Byline,
            None if !in_prose && sign(text, lines.get(i + 1), title.as_deref(), metadata, rules) => BlockKind::Byline,
            None if paragraph.heading => BlockKind::Heading,
            None => BlockKind::Paragraph,
        };
        in_prose |= kind == BlockKind::Paragraph;
        // Bullets may stand before the paragraph with the dateline.
        prose += usize::from(kind == BlockKind::Paragraph);
        let may_have = kind == BlockKind::Paragraph && prose <= DATELINE_WITHIN && !dated;
        let dateline = if may_have { rules.dateline(text) } else { None };
        dated |= dateline.is_some();
        pieces.push(Piece { kind, text: text.to_owned(), dateline });
    }
    while pieces.last().is_some_and(|piece| piece.kind == BlockKind::Heading) {
        pieces.pop();
    }
    pieces
}

fn follows_byline(pieces: &[Piece]) -> bool {
    pieces.last().is_some_and(|piece| piece.kind == BlockKind::Byline)
}

/// Takes the author from a byline without "By"; whether `line` is one.
fn sign(line: &str, next: Option<&String>, headline: Option<&str>, metadata: &mut Metadata, rules: &Rules) -> bool {
    let name = opening::signed(line, next, headline, rules);
    if let (Some(name), true) = (name, metadata.authors.is_empty()) {
        metadata.authors = vec![name.to_owned()];
    }
    name.is_some()
}

/// Whether a second paragraph of the same words is an echo of the first (a caption, a summary) and no answer or refrain.
fn is_repeatable(text: &str) -> bool {
    const SHORTEST: usize = 20;
    text.len() >= SHORTEST
}

fn place_furniture(furniture: Furniture, in_prose: bool, metadata: &mut Metadata) -> Option<BlockKind> {
    match furniture {
        Furniture::Byline(authors) => {
            if metadata.authors.is_empty() {
                metadata.authors = authors;
            }
            return Some(BlockKind::Byline);
        }
        Furniture::Credit if !in_prose => return Some(BlockKind::Byline),
        Furniture::Credit | Furniture::Signature | Furniture::Caption | Furniture::Notice => {}
        Furniture::Published(date) => metadata.published = metadata.published.or(Some(date)),
        Furniture::Updated(date) => metadata.modified = metadata.modified.or(Some(date)),
    }
    None
}

fn without_bullet(text: &str) -> &str {
    let bare = text.trim_start_matches(['•', '▪', '◦', '‣', '●', '■', '*']).trim_start();
    if bare.is_empty() { text } else { bare }
}

/// Puts the text together and says where each block stands.
fn compose(pieces: &[Piece], metadata: &mut Metadata, rules: &Rules) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for piece in pieces {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&piece.text);
        let mut prose = Span::new(start, text.len());
        if let Some(found) = piece.dateline {
            let dateline = found.whole.shifted(start);
            blocks.push(Block { kind: BlockKind::Dateline, span: dateline });
            metadata.dateline = found.place.map(|place| Dateline {
                place: place.shifted(start),
                date: found.date.map(|span| span.shifted(start)),
                agency: found.agency.map(|span| span.shifted(start)),
            });
            // A dateline with its year dates the article.
            let stated = found.date.and_then(|span| rules.calendar.read(span.of(&piece.text)));
            metadata.published = metadata.published.or(stated.filter(|date| date.day().is_some()));
            let rest = &text[dateline.end..];
            prose.start = dateline.end + (rest.len() - rest.trim_start().len());
        }
        blocks.push(Block { kind: piece.kind, span: prose });
    }
    (text, blocks)
}
