//! Tells whether an article would be read as it was read before, without reading it again.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use crate::article::Article;
use crate::base::Digest;
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::graph::Options;

/// A digest of everything but the article that its quads depend on: the program, its model, data and options.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of this program with these options, which name the model, the files of this directory of language data, and these
    /// gazetteers besides the built-in one.
    ///
    /// # Errors
    /// When a file of language data or a gazetteer cannot be read.
    pub(super) fn new(options: &Options, data: Option<&Path>, gazetteers: &[PathBuf]) -> Result<Self> {
        let mut hasher = Sha256::new();
        hasher.update(concat!(env!("CARGO_PKG_VERSION"), " ", env!("NEWSGRAPH_FINGERPRINT")));
        hasher.update(format!("{options:?}"));
        for entry in data.into_iter().flat_map(|directory| WalkDir::new(directory).sort_by_file_name()) {
            let entry = entry.map_err(|error| Error::Setting(error.to_string()))?;
            if entry.file_type().is_file() {
                hasher.update(format!("{:?}", entry.path()));
                hasher.update(std::fs::read(entry.path()).map_err(Error::io(entry.path()))?);
            }
        }
        for gazetteer in gazetteers {
            hasher.update(Gazetteer::open(gazetteer)?.digest());
        }
        Ok(Self(hasher))
    }

    /// Takes in a file by its content.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn add_file(&mut self, file: &Path) -> Result<()> {
        self.0.update(std::fs::read(file).map_err(Error::io(file))?);
        Ok(())
    }

    /// The digest of what an article's quads are made from. Where the article was found is no part of it.
    pub(super) fn of(&self, article: &Article) -> Digest {
        let Article { origin: _, text, blocks, metadata } = article;
        let mut hasher = self.0.clone();
        hasher.update(format!("{text:?} {blocks:?} {metadata:?}"));
        hasher.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use crate::article::{Article, Metadata, Origin};
    use crate::graph::Options;

    fn article(path: &str, text: &str) -> Article {
        let origin = Origin { path: path.into(), line: None };
        Article { origin, text: text.into(), blocks: Vec::new(), metadata: Metadata::default() }
    }

    #[test]
    fn it_changes_with_what_is_read_and_how_and_not_with_where() {
        let full = Fingerprint::new(&Options::default(), None, &[]).unwrap();
        let with_text = Fingerprint::new(&Options { with_text: true, ..Options::default() }, None, &[]).unwrap();
        let known = full.of(&article("a.txt", "Fire in Lindow"));
        assert_eq!(known, full.of(&article("b.txt", "Fire in Lindow")));
        assert_ne!(known, full.of(&article("a.txt", "Flood in Lindow")));
        assert_ne!(known, with_text.of(&article("a.txt", "Fire in Lindow")));
    }

    #[test]
    fn it_changes_with_the_language_data() {
        let data = tempfile::tempdir().unwrap();
        let digest = || {
            let fingerprint = Fingerprint::new(&Options::default(), Some(data.path()), &[]).unwrap();
            fingerprint.of(&article("a.txt", "Fire"))
        };
        std::fs::write(data.path().join("titles.toml"), "a = 1").unwrap();
        let before = digest();
        assert_eq!(before, digest());
        std::fs::write(data.path().join("titles.toml"), "a = 2").unwrap();
        assert_ne!(before, digest());
    }
}
