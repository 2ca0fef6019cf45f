//! A knowledge base on disk in Oxigraph's own store, for what does not fit in memory.
//!
//! The file of the base stays the truth. Beside it lies `oxigraph/`, an Oxigraph store that is brought up to date before it
//! is asked: each graph under its name and, unless it is set apart, in the default graph too, so that a plain query sees
//! each triple once. Only graphs that changed are written anew. It may be deleted at any time.

mod merged;
mod state;
mod sync;
mod wanted;

use std::fs::File;
use std::path::PathBuf;

use oxigraph::store::{StorageError, Store};

pub(super) use merged::Merged;

use self::state::State;
use self::sync::Syncing;
use self::wanted::Wanted;
use super::KnowledgeBase;
use crate::error::{Error, Result};

/// The directory of the store, beside the file of the base.
const STORE: &str = "oxigraph";
/// Under this name a new store is made, so that a half-made one is never asked.
const NEW_STORE: &str = "oxigraph.new";
/// Says what the store holds.
const STATE: &str = "oxigraph.state";
/// Held by whoever asks the store, and alone by who changes it.
const LOCK: &str = "oxigraph.lock";

/// A knowledge base as queries see it, read from disk while they run.
///
/// It answers as a [`Dataset`](super::Dataset) does, with one difference: Oxigraph's store keeps numbers and dates by their
/// value. An `xsd:nonNegativeInteger` comes back as an `xsd:integer`, and `1.50` as `1.5`.
pub struct DiskDataset {
    store: Store,
    /// Keeps others from changing the store.
    _lock: File,
}

impl DiskDataset {
    pub(super) fn store(&self) -> &Store {
        &self.store
    }
}

impl KnowledgeBase {
    /// What queries see, left on disk. Brings the store beside the base up to date first, which for a new one takes about
    /// as long as loading all of it; `progress` hears how many graphs are written, and of how many.
    ///
    /// # Errors
    /// When the base cannot be read, a graph is damaged, or the disk is full or not to be written.
    pub fn on_disk(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<DiskDataset> {
        let wanted = Wanted::read(self)?;
        let lock = self.log.lock_beside(LOCK, false)?;
        if self.holds(&wanted)
            && let Ok(store) = Store::open_read_only(self.beside(STORE))
        {
            return Ok(DiskDataset { store, _lock: lock });
        }
        drop(lock);
        let lock = self.log.lock_beside(LOCK, true)?;
        // Another may have done it meanwhile.
        if !self.holds(&wanted) || Store::open_read_only(self.beside(STORE)).is_err() {
            Syncing::new(self, &wanted, progress).run()?;
        }
        // What another writes between the two locks is as good: a base as it was a moment later.
        drop(lock);
        let lock = self.log.lock_beside(LOCK, false)?;
        let store = Store::open_read_only(self.beside(STORE)).map_err(|error| self.stored(&error))?;
        Ok(DiskDataset { store, _lock: lock })
    }

    /// Whether the store is as the base is.
    fn holds(&self, wanted: &Wanted<'_>) -> bool {
        State::read(&self.beside(STATE)).is_some_and(|state| state.whole == wanted.whole)
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.directory().join(name)
    }

    /// Says what Oxigraph's store said.
    fn stored(&self, error: &StorageError) -> Error {
        self.log.error(format!("{STORE}: {error}; the directory can be deleted, and is made anew by the next query"))
    }
}
