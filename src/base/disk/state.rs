//! What the store on disk holds, as it was last written down.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::Digest;
use crate::error::{Error, Result};
use crate::output::Output;

/// What the store holds. It is written after the store, so it is never ahead of it: where it is behind, a graph is written
/// once more.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct State {
    /// Tells the state of the base that the store was made from.
    pub(super) whole: Digest,
    /// Tells what each graph was made from.
    pub(super) graphs: BTreeMap<String, Digest>,
}

impl State {
    /// None where it was never written, or is damaged.
    pub(super) fn read(path: &Path) -> Option<Self> {
        postcard::from_bytes(&fs::read(path).ok()?).ok()
    }

    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let bytes = postcard::to_stdvec(self).map_err(|error| Error::Setting(error.to_string()))?;
        let mut file = Output::create(path)?;
        file.write_all(&bytes).map_err(Error::io(path))?;
        file.finish()
    }
}
