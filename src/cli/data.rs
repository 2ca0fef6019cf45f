//! The data that a command asks or checks: a knowledge base, and RDF files and further bases.

use std::path::Path;

use super::Terminal;
use crate::base::{Dataset, DatasetBuilder, KnowledgeBase};
use crate::error::{Error, Result};

/// Reads all of it; none after everything that cannot be read was named. `verb` is what it is for ("ask").
///
/// # Errors
/// When there is nothing to read.
pub(super) fn dataset<'a>(
    store: Option<&'a Path>,
    more: impl Iterator<Item = &'a Path>,
    verb: &str,
    terminal: &Terminal,
) -> Result<Option<Dataset>> {
    let data: Vec<&Path> = store.into_iter().chain(more).collect();
    if data.is_empty() {
        return Err(Error::Setting(format!(
            "there is nothing to {verb}: name a knowledge base (--store DIR) or RDF files"
        )));
    }
    let mut builder = DatasetBuilder::default();
    let mut whole = true;
    for path in data {
        let added = match store == Some(path) || path.is_dir() {
            true => KnowledgeBase::open(path).and_then(|base| builder.add_base(&base)),
            false => builder.add_file(path),
        };
        if let Err(error) = added {
            terminal.error(&error);
            whole = false;
        }
    }
    Ok(whole.then(|| builder.finish()))
}
