//! The data that a command asks or checks: a knowledge base, and RDF files and further bases.

use std::path::Path;

use super::Terminal;
#[cfg(feature = "rocksdb")]
use super::progress::Graphs;
#[cfg(feature = "rocksdb")]
use crate::base::DiskDataset;
use crate::base::{Asked, Dataset, DatasetBuilder, KnowledgeBase};
use crate::error::{Error, Result};

/// What queries are asked of.
pub(super) enum Data {
    /// All that was named, in memory.
    Memory(Dataset),
    /// A knowledge base, on disk.
    #[cfg(feature = "rocksdb")]
    Disk(DiskDataset),
}

impl Data {
    /// Opens what a query is asked of; none after everything that cannot be read was named. A knowledge base alone stays
    /// on disk where the program was built with a store for it.
    ///
    /// # Errors
    /// When there is nothing to ask.
    pub(super) fn open(store: Option<&Path>, more: &[&Path], terminal: &Terminal) -> Result<Option<Self>> {
        #[cfg(feature = "rocksdb")]
        if let (Some(path), &[]) | (None, &[path]) = (store, more)
            && (store.is_some() || path.is_dir())
        {
            return Ok(Some(Self::Disk(on_disk(path, terminal)?)));
        }
        Ok(dataset(store, more.iter().copied(), "ask", terminal)?.map(Self::Memory))
    }

    pub(super) fn asked(&self) -> Asked<'_> {
        match self {
            Self::Memory(dataset) => dataset.into(),
            #[cfg(feature = "rocksdb")]
            Self::Disk(dataset) => dataset.into(),
        }
    }
}

/// A base on disk, which is brought up to date under the eyes of who waits for it.
#[cfg(feature = "rocksdb")]
fn on_disk(path: &Path, terminal: &Terminal) -> Result<DiskDataset> {
    let progress = Graphs::start(terminal);
    KnowledgeBase::open(path)?.on_disk(&mut |done, all| progress.update(done, all))
}

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
