//! Language data: titles, verbs of saying, abbreviations. Files under `data/`, read once.

use std::path::Path;

use crate::error::Result;

/// All language data, parsed and checked.
pub struct Resources {}

impl Resources {
    /// The data inside the program.
    ///
    /// # Errors
    /// When a built-in file is damaged.
    pub fn built_in() -> Result<Self> {
        Ok(Self {})
    }

    /// The data inside the program, with the files of `directory` in place of those of the same name.
    ///
    /// # Errors
    /// When a file cannot be read or breaks its format; the message names file and place.
    pub fn with_directory(_directory: &Path) -> Result<Self> {
        Ok(Self {})
    }
}
