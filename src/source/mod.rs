//! Reads articles: plain text, HTML, JSON, JSONL, CSV, RSS and Atom, compressed or not.
//!
//! Reading has two halves. [`records`] walks the inputs in a stable order and cuts each into records, one an article,
//! without keeping more than one file's share in memory. [`Record::article`] does the costly part (decoding mark-up,
//! finding the main text) and runs on any thread.
//!
//! The text of an article is cleaned of characters that print nothing, white space is made even, and what is no part of
//! the article (credits, captions, notices, links) is left out; words, quotation marks and dashes stay as they are.

mod bytes;
mod clean;
mod dates;
mod draft;
mod encoding;
mod feed;
mod fields;
mod format;
mod html;
mod json;
mod language;
mod layout;
mod metadata;
mod opening;
mod options;
mod page;
mod plain;
mod record;
mod rules;
mod table;
mod walk;

pub(crate) use bytes::opened;
pub use format::Format;
pub use options::{Options, SIZE_LIMIT};
pub use record::{Record, records, records_in};
