//! An article as it was read: one clean text, the blocks it is made of, and what is known about it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use crate::date::Stamp;
use crate::span::Span;

/// One news article. All offsets of the program refer to its [`text`](Self::text).
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Where it was read from, for messages.
    pub origin: Origin,
    /// The clean text: headline first where there is one, blocks set apart by an empty line, no mark-up.
    pub text: Arc<str>,
    /// The blocks of the text in order; they do not overlap, and what lies between them is white space.
    pub blocks: Vec<Block>,
    /// What its mark-up or record says about it.
    pub metadata: Metadata,
}

/// Where an article was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file; `-` for standard input.
    pub path: PathBuf,
    /// The line, from 1, at which it begins, in a file of many articles.
    pub line: Option<u64>,
}

impl fmt::Display for Origin {
    /// `path`, or `path:line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path.display()),
            None => write!(f, "{}", self.path.display()),
        }
    }
}

/// A run of the text with one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// "By Jane Roe", "Jane Roe, Reuters": who wrote it; not analysed as prose.
    Byline,
    /// "GENEVA, Feb 14 (Reuters) -": stands before its paragraph, on the same line; not analysed as prose.
    Dateline,
    /// A sub-heading.
    Heading,
    /// Prose, a list item or a block quotation.
    Paragraph,
}

impl BlockKind {
    /// Whether the language analysis reads it.
    #[must_use]
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Headline | Self::Heading | Self::Paragraph)
    }
}

/// What is known about an article besides its text. Every field may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The canonical address, absolute, without fragment.
    pub url: Option<Url>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// Its authors, as named.
    pub authors: Vec<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// A BCP 47 language tag, stated or detected.
    pub language: Option<String>,
    /// The section of the outlet.
    pub section: Option<String>,
    /// Keywords, as given.
    pub keywords: Vec<String>,
    /// The parts of the dateline, where one was found.
    pub dateline: Option<Dateline>,
}

/// The parts of a dateline ("GENEVA, Feb 14 (Reuters) -").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The words that name the place ("GENEVA").
    pub place: Span,
    /// The words that name the day ("Feb 14").
    pub date: Option<Span>,
    /// The words that name the agency ("Reuters").
    pub agency: Option<Span>,
}

impl Article {
    /// The words of the headline.
    #[must_use]
    pub fn headline(&self) -> Option<&str> {
        let block = self.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
        Some(block.span.of(&self.text))
    }
}
