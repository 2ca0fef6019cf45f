//! The durable side of a knowledge base: what each article says, in one file under transactions.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use redb::{Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, TableDefinition, TableError, WriteTransaction};

use super::overlay::Overlay;
use super::sealed::Sealed;
use crate::error::{Error, Result};

/// The version of the file's layout. It grows with every change that an older program would misread.
const FORMAT: u64 = 3;

const ABOUT: TableDefinition<&str, u64> = TableDefinition::new("newsgraph");
/// Article IRI to the digest of what was read and the number of its quads.
pub(super) const ARTICLES: TableDefinition<&str, ([u8; 32], u64)> = TableDefinition::new("articles");
/// Article IRI to its sealed graph.
pub(super) const GRAPHS: TableDefinition<&str, &[u8]> = TableDefinition::new("graphs");

/// Article IRI to its sealed profiles, from which identity is worked out.
pub(super) const PROFILES: TableDefinition<&str, &[u8]> = TableDefinition::new("profiles");
/// Article IRI to what identity makes of its entities, sealed: only those whose IRI or label changes.
pub(super) const RENAMINGS: TableDefinition<&str, &[u8]> = TableDefinition::new("renamings");
/// The articles that changed since identity was worked out, to what linked their former profiles to others.
pub(super) const CHANGED: TableDefinition<&str, &[u8]> = TableDefinition::new("changed");
/// Article IRI to the digest, the number of quads and the sealed graph of what it said and shapes refuse.
pub(super) const QUARANTINE: TableDefinition<&str, ([u8; 32], u64, &[u8])> = TableDefinition::new("quarantine");
/// The user's pins, under [`PINS`], as CSV.
pub(super) const SETTINGS: TableDefinition<&str, &str> = TableDefinition::new("settings");
pub(super) const PINS: &str = "pins";

const FILE: &str = "articles.redb";
/// Under this name a new file is made, so that a half-made one is never taken for a base.
const NEW_FILE: &str = "articles.redb.new";
const LOCK: &str = "lock";

/// How long to wait for another process. A writer holds the lock for one batch at a time.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(10);

/// Each page is read once, so a cache gains nothing.
const CACHE: usize = 16 << 20;

/// The file of a knowledge base. It is opened and locked for each transaction and read, and free in between.
#[derive(Debug)]
pub(super) struct Log {
    directory: PathBuf,
    patience: Duration,
    /// Whether this process has verified the checksums of the whole file.
    verified: AtomicBool,
}

/// What the log held at one moment. No writer gets in while it lives.
pub(super) struct Snapshot {
    pub(super) articles: ReadOnlyTable<&'static str, ([u8; 32], u64)>,
    pub(super) graphs: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) profiles: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) renamings: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) changed: ReadOnlyTable<&'static str, &'static [u8]>,
    pub(super) quarantine: ReadOnlyTable<&'static str, ([u8; 32], u64, &'static [u8])>,
    pub(super) settings: ReadOnlyTable<&'static str, &'static str>,
    _transaction: ReadTransaction,
    _database: Database,
    _lock: Option<File>,
}

impl Snapshot {
    pub(super) fn find(&self, article: &str) -> Result<Option<Sealed>, redb::Error> {
        match (self.articles.get(article)?, self.graphs.get(article)?) {
            (None, None) => Ok(None),
            (Some(head), Some(bytes)) => {
                let (digest, quads) = head.value();
                let renaming = self.renamings.get(article)?.map(|bytes| bytes.value().to_vec());
                let (article, bytes) = (article.to_owned(), bytes.value().to_vec());
                Ok(Some(Sealed { article, digest, quads, bytes, renaming }))
            }
            _ => Err(redb::Error::Corrupted(format!("half of {article} is missing"))),
        }
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

impl Log {
    fn at(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), patience: PATIENCE, verified: AtomicBool::new(false) }
    }

    /// The log of an existing knowledge base.
    pub(super) fn open(directory: &Path) -> Result<Self> {
        let log = Self::at(directory);
        if !log.file().exists() {
            return Err(log.error("there is none here: `newsgraph build` makes one"));
        }
        log.snapshot()?;
        Ok(log)
    }

    /// The log of a knowledge base, which is made where there is none.
    pub(super) fn open_or_create(directory: &Path) -> Result<Self> {
        let log = Self::at(directory);
        fs::create_dir_all(directory).map_err(Error::io(directory))?;
        if !log.file().exists() {
            log.refuse_foreign_directory()?;
            let _lock = log.lock_for_writing()?;
            if !log.file().exists() {
                log.create()?;
            }
        }
        log.snapshot()?;
        Ok(log)
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    fn file(&self) -> PathBuf {
        self.directory.join(FILE)
    }

    /// An error of this base.
    pub(super) fn error(&self, reason: impl Into<String>) -> Error {
        Error::Base { path: self.directory.clone(), reason: reason.into() }
    }

    /// A base is not made among other files: the directory would be a slip of the keyboard.
    fn refuse_foreign_directory(&self) -> Result<()> {
        for entry in fs::read_dir(&self.directory).map_err(Error::io(&self.directory))? {
            let name = entry.map_err(Error::io(&self.directory))?.file_name();
            if name != NEW_FILE && name != LOCK {
                return Err(self.error(format!(
                    "the directory holds other files ({}) and no knowledge base; name a new or empty one",
                    name.display()
                )));
            }
        }
        Ok(())
    }

    fn create(&self) -> Result<()> {
        let new = self.directory.join(NEW_FILE);
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::io(&new)(error)),
            _ => {}
        }
        let database = Database::create(&new).map_err(|error| self.redb(error))?;
        self.transact(&database, |transaction| {
            transaction.open_table(ABOUT)?.insert("format", FORMAT)?;
            transaction.open_table(ARTICLES)?;
            transaction.open_table(GRAPHS)?;
            transaction.open_table(PROFILES)?;
            transaction.open_table(RENAMINGS)?;
            transaction.open_table(CHANGED)?;
            transaction.open_table(QUARANTINE)?;
            transaction.open_table(SETTINGS)?;
            Ok(())
        })?;
        database.close().map_err(|error| self.redb(error))?;
        fs::rename(&new, self.file()).map_err(Error::io(self.file()))?;
        sync_directory(&self.directory).map_err(Error::io(&self.directory))
    }

    /// Runs one transaction: all of it is durable when this returns, or none of it ever was.
    pub(super) fn write<T>(&self, work: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>) -> Result<T> {
        let _lock = self.lock_for_writing()?;
        let database = Database::builder().set_cache_size(CACHE).open(self.file()).map_err(|error| self.redb(error))?;
        let done = self.transact(&database, work)?;
        database.close().map_err(|error| self.redb(error))?;
        Ok(done)
    }

    fn transact<T>(
        &self,
        database: &Database,
        work: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T> {
        let transaction = database.begin_write().map_err(|error| self.redb(error))?;
        let done = work(&transaction).map_err(|error| self.redb(error))?;
        transaction.commit().map_err(|error| self.redb(error))?;
        Ok(done)
    }

    /// Opens the file for reading, verified.
    pub(super) fn snapshot(&self) -> Result<Snapshot> {
        let lock = self.lock_for_reading()?;
        let file = File::open(self.file()).map_err(Error::io(self.file()))?;
        if file.metadata().map_err(Error::io(self.file()))?.len() == 0 {
            return Err(self.error(format!("{FILE} is empty: it was damaged, or is no knowledge base")));
        }
        let overlay = Overlay::new(file).map_err(Error::io(self.file()))?;
        let database = Database::builder()
            .set_cache_size(CACHE)
            .set_check_integrity_on_open(!self.verified.load(Ordering::Relaxed))
            .create_with_backend(overlay)
            .map_err(|error| self.redb(error))?;
        let transaction = database.begin_read().map_err(|error| self.redb(error))?;
        self.check_format(&transaction)?;
        let articles = transaction.open_table(ARTICLES).map_err(|error| self.redb(error))?;
        let snapshot = Snapshot {
            articles,
            graphs: transaction.open_table(GRAPHS).map_err(|error| self.redb(error))?,
            profiles: transaction.open_table(PROFILES).map_err(|error| self.redb(error))?,
            renamings: transaction.open_table(RENAMINGS).map_err(|error| self.redb(error))?,
            changed: transaction.open_table(CHANGED).map_err(|error| self.redb(error))?,
            quarantine: transaction.open_table(QUARANTINE).map_err(|error| self.redb(error))?,
            settings: transaction.open_table(SETTINGS).map_err(|error| self.redb(error))?,
            _transaction: transaction,
            _database: database,
            _lock: lock,
        };
        self.verified.store(true, Ordering::Relaxed);
        Ok(snapshot)
    }

    fn check_format(&self, transaction: &ReadTransaction) -> Result<()> {
        let about = match transaction.open_table(ABOUT) {
            Ok(about) => about,
            Err(TableError::Storage(error)) => return Err(self.redb(error)),
            Err(_) => return Err(self.error(format!("{FILE} is a database of another program"))),
        };
        match about.get("format").map_err(|error| self.redb(error))?.map(|format| format.value()) {
            Some(FORMAT) => Ok(()),
            found => Err(self.error(format!(
                "{FILE} has format {}, and this version of newsgraph reads format {FORMAT}: use the version that \
                 wrote it, or build the base anew",
                found.map_or("none".to_owned(), |found| found.to_string())
            ))),
        }
    }

    fn lock_for_writing(&self) -> Result<File> {
        let path = self.directory.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(Error::io(&path))?;
        self.wait(&path, || file.try_lock())?;
        Ok(file)
    }

    /// None where the lock file is missing: then the base was copied without it and has had no writer since.
    fn lock_for_reading(&self) -> Result<Option<File>> {
        let path = self.directory.join(LOCK);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io(path)(error)),
        };
        self.wait(&path, || file.try_lock_shared())?;
        Ok(Some(file))
    }

    fn wait(&self, path: &Path, mut lock: impl FnMut() -> Result<(), TryLockError>) -> Result<()> {
        let start = Instant::now();
        loop {
            match lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(Error::io(path)(error)),
                Err(TryLockError::WouldBlock) if start.elapsed() < self.patience => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(self.error(format!(
                        "another process has held it for {} s; try again when it is done",
                        self.patience.as_secs_f64()
                    )));
                }
            }
        }
    }

    /// Says what the database said, in the user's words.
    pub(super) fn redb(&self, error: impl Into<redb::Error>) -> Error {
        match error.into() {
            redb::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                self.error(format!("{FILE} is damaged, or is no knowledge base ({error})"))
            }
            redb::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                self.error(format!("{FILE} is damaged: {error}"))
            }
            redb::Error::Io(error) => Error::io(self.file())(error),
            redb::Error::Corrupted(reason) => self.error(format!("{FILE} is damaged: {reason}")),
            other => self.error(format!("{FILE}: {other}")),
        }
    }
}

/// Makes a rename durable where the system needs that.
fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_waits_for_another_and_gives_up_with_a_clear_word() {
        let directory = tempfile::tempdir().unwrap();
        let mut log = Log::open_or_create(directory.path()).unwrap();
        log.patience = Duration::from_millis(50);
        let other = log.lock_for_writing().unwrap();
        let message = log.write(|_| Ok(())).unwrap_err().to_string();
        assert!(message.ends_with("another process has held it for 0.05 s; try again when it is done"), "{message}");
        assert!(log.snapshot().is_err());
        drop(other);
        log.write(|_| Ok(())).unwrap();
        log.snapshot().unwrap();
    }

    #[test]
    fn readers_do_not_wait_for_each_other() {
        let directory = tempfile::tempdir().unwrap();
        let mut log = Log::open_or_create(directory.path()).unwrap();
        log.patience = Duration::ZERO;
        let _reader = log.snapshot().unwrap();
        log.snapshot().unwrap();
        assert!(log.write(|_| Ok(())).is_err());
    }
}
