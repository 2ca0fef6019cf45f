//! newsgraph reads news articles and writes what they say, who says it and who denies it as linked data.

mod agreement;
pub mod article;
pub mod base;
pub mod class;
pub mod cli;
pub mod copies;
pub mod date;
pub mod detect;
pub mod document;
pub mod error;
pub mod event;
pub mod export;
pub mod gazetteer;
pub mod graph;
pub mod identity;
pub mod output;
pub mod parallel;
pub mod pipeline;
pub mod push;
pub mod relate;
pub mod relation;
pub mod resolve;
pub mod resources;
pub mod score;
pub mod shacl;
pub mod source;
pub mod span;
pub mod spill;
pub mod standing;
mod syntax;
pub mod text;
pub mod times;
pub mod vocab;

pub use error::{Error, Result};
pub use span::Span;

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
