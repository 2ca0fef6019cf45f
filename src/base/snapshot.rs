//! What the file of a knowledge base held at one moment.

use std::fs::File;

#[cfg(feature = "rocksdb")]
use redb::ReadableTable;
use redb::{Database, ReadOnlyTable, ReadTransaction};

use super::Digest;
use super::sealed::Sealed;
use super::tables::{self, ABOUT};
use super::tables::{
    ARTICLES, CHANGED, GRAPHS, OWN_GRAPHS, PROFILES, PUSHED, QUARANTINE, RENAMINGS, SETTINGS, SKETCHES, VERSIONS,
};

/// What the file held at one moment. While it holds the lock, no writer gets in.
pub(super) struct Snapshot {
    /// The layout of the file.
    pub(super) format: u64,
    pub(super) articles: ReadOnlyTable<&'static str, (Digest, u64)>,
    pub(super) graphs: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) versions: ReadOnlyTable<&'static str, (&'static str, &'static str, &'static str)>,
    pub(super) own_graphs: ReadOnlyTable<&'static str, (u64, &'static [u8])>,
    pub(super) profiles: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) sketches: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) renamings: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) changed: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) quarantine: ReadOnlyTable<&'static str, (Digest, u64, &'static [u8])>,
    pub(super) settings: ReadOnlyTable<&'static str, &'static str>,
    pub(super) pushed: ReadOnlyTable<(&'static str, &'static str), (Digest, u64)>,
    about: ReadOnlyTable<&'static str, u64>,
    _transaction: ReadTransaction,
    _database: Database,
    _lock: Option<File>,
}

impl Snapshot {
    pub(super) fn new(
        format: u64,
        transaction: ReadTransaction,
        database: Database,
        lock: Option<File>,
    ) -> Result<Self, redb::Error> {
        Ok(Self {
            format,
            articles: transaction.open_table(ARTICLES)?,
            graphs: transaction.open_table(GRAPHS)?,
            versions: transaction.open_table(VERSIONS)?,
            own_graphs: transaction.open_table(OWN_GRAPHS)?,
            profiles: transaction.open_table(PROFILES)?,
            sketches: transaction.open_table(SKETCHES)?,
            renamings: transaction.open_table(RENAMINGS)?,
            changed: transaction.open_table(CHANGED)?,
            quarantine: transaction.open_table(QUARANTINE)?,
            settings: transaction.open_table(SETTINGS)?,
            pushed: transaction.open_table(PUSHED)?,
            about: transaction.open_table(ABOUT)?,
            _transaction: transaction,
            _database: database,
            _lock: lock,
        })
    }

    /// How many transactions have changed the file.
    pub(super) fn changes(&self) -> Result<u64, redb::Error> {
        tables::changes(&self.about)
    }

    pub(super) fn find(&self, article: &str) -> Result<Option<Sealed>, redb::Error> {
        match (self.articles.get(article)?, self.graphs.get(article)?) {
            (None, None) => Ok(None),
            (Some(head), Some(bytes)) => {
                let (digest, quads) = head.value();
                let renaming = self.renamings.get(article)?.map(|bytes| bytes.value().to_vec());
                let sketch = self.sketches.get(article)?.map_or_else(Vec::new, |bytes| bytes.value().to_vec());
                let (article, bytes) = (article.to_owned(), bytes.value().to_vec());
                Ok(Some(Sealed { article, digest, quads, bytes, sketch, renaming }))
            }
            _ => Err(redb::Error::Corrupted(format!("half of {article} is missing"))),
        }
    }

    /// The IRIs of all articles and former versions, sorted.
    #[cfg(feature = "rocksdb")]
    pub(super) fn article_names(&self) -> Result<Vec<String>, redb::Error> {
        self.articles.iter()?.map(|row| Ok(row?.0.value().to_owned())).collect()
    }

    /// All articles in the order of their IRIs.
    pub(super) fn into_sealed(self) -> Result<impl Iterator<Item = Result<Sealed, redb::Error>>, redb::Error> {
        let mut rows = self.articles.range_owned::<&str>(..)?;
        Ok(std::iter::from_fn(move || match rows.next()? {
            Ok((article, _)) => self.find(article.value()).transpose(),
            Err(error) => Some(Err(error.into())),
        }))
    }
}
