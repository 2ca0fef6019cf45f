//! The durable side of a knowledge base: what each article says, in one file under transactions.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fmt, io};

use redb::{Database, ReadTransaction, ReadableDatabase, TableError, WriteTransaction};

use super::overlay::Overlay;
use super::snapshot::Snapshot;
use super::tables::{self, ABOUT, Layout};
use crate::error::{Error, Result};

const FILE: &str = "articles.redb";
/// Under this name a new file is made, so that a half-made one is never taken for a base.
const NEW_FILE: &str = "articles.redb.new";
const LOCK: &str = "lock";

/// How long to wait for another process. A writer holds the lock for one batch at a time, or while it settles identity; a
/// reader for one look, or while it copies the file.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);
/// A wait that is shorter is not worth a word.
const SILENCE: Duration = Duration::from_secs(1);

/// Each page is read once, so a cache gains nothing.
const CACHE: usize = 16 << 20;

/// The file of a knowledge base. It is opened and locked for each transaction and read, and free in between.
#[derive(Debug)]
pub(super) struct Log {
    directory: PathBuf,
    patience: Duration,
    silence: Duration,
    waiting: Waiting,
    /// Whether this process has verified the checksums of the whole file.
    verified: AtomicBool,
}

/// Who is told when another process must be waited for, and how long that may take at most.
#[derive(Clone, Default)]
pub struct Waiting(Option<Arc<dyn Fn(Duration) + Send + Sync>>);

impl Waiting {
    /// Tells this of each wait of more than a second.
    pub fn new(tell: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(tell)))
    }

    fn tell(&self, patience: Duration) {
        if let Some(tell) = &self.0 {
            tell(patience);
        }
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&self.0.is_some()).finish()
    }
}

impl Log {
    fn at(directory: &Path, waiting: Waiting) -> Self {
        Self {
            directory: directory.to_owned(),
            patience: PATIENCE,
            silence: SILENCE,
            waiting,
            verified: AtomicBool::new(false),
        }
    }

    /// The log of an existing knowledge base.
    pub(super) fn open(directory: &Path, waiting: Waiting) -> Result<Self> {
        let log = Self::existing(directory, waiting)?;
        log.snapshot()?;
        Ok(log)
    }

    /// The log of an existing knowledge base, whether it is whole or not.
    pub(super) fn existing(directory: &Path, waiting: Waiting) -> Result<Self> {
        let log = Self::at(directory, waiting);
        if !log.file().exists() {
            return Err(log.error("there is none here: `newsgraph build` makes one"));
        }
        Ok(log)
    }

    /// The log of a knowledge base, which is made where there is none.
    pub(super) fn open_or_create(directory: &Path, waiting: Waiting) -> Result<Self> {
        let log = Self::at(directory, waiting);
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
        self.transact(&database, tables::make)?;
        database.close().map_err(|error| self.redb(error))?;
        fs::rename(&new, self.file()).map_err(Error::io(self.file()))?;
        sync_directory(&self.directory).map_err(Error::io(&self.directory))
    }

    /// Runs one transaction: all of it is durable when this returns, or none of it ever was. A file of an older format is
    /// brought up to date in it.
    pub(super) fn write<T>(&self, work: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>) -> Result<T> {
        let _lock = self.lock_for_writing()?;
        let database = Database::builder().set_cache_size(CACHE).open(self.file()).map_err(|error| self.redb(error))?;
        let is_older = self.layout(&database)? != Layout::Current;
        let done = self.transact(&database, |transaction| {
            if is_older {
                tables::make(transaction)?;
            }
            tables::count_change(transaction)?;
            work(transaction)
        })?;
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

    /// Opens the file for reading, verified. No writer gets in while the snapshot lives, so it must be short.
    pub(super) fn snapshot(&self) -> Result<Snapshot> {
        let lock = self.lock_for_reading()?;
        self.read(self.open_file()?, lock, !self.verified.load(Ordering::Relaxed))
    }

    /// A snapshot for a long read, on a copy of the file, so that no writer waits for the reader's end. Where the system
    /// has no room for a copy, writers wait.
    pub(super) fn copied(&self) -> Result<Snapshot> {
        let lock = self.lock_for_reading()?;
        let file = self.open_file()?;
        let is_known = self.verified.load(Ordering::Relaxed);
        match copy(&file) {
            Ok(copy) => {
                drop(lock);
                self.read(copy, None, !is_known)
            }
            Err(_) => self.read(file, lock, !is_known),
        }
    }

    fn open_file(&self) -> Result<File> {
        let file = File::open(self.file()).map_err(Error::io(self.file()))?;
        match file.metadata().map_err(Error::io(self.file()))?.len() {
            0 => Err(self.error(format!("{FILE} is empty: it was damaged, or is no knowledge base"))),
            _ => Ok(file),
        }
    }

    fn read(&self, file: File, lock: Option<File>, verify: bool) -> Result<Snapshot> {
        let overlay = Overlay::new(file).map_err(Error::io(self.file()))?;
        let database = Database::builder()
            .set_cache_size(CACHE)
            .set_check_integrity_on_open(verify)
            .create_with_backend(overlay)
            .map_err(|error| self.redb(error))?;
        let layout = self.layout(&database)?;
        if layout != Layout::Current {
            // On the overlay, so that the file stays as it is.
            self.transact(&database, tables::make)?;
        }
        let transaction = database.begin_read().map_err(|error| self.redb(error))?;
        let snapshot = Snapshot::new(layout.format(), transaction, database, lock).map_err(|error| self.redb(error))?;
        if verify {
            self.verified.store(true, Ordering::Relaxed);
        }
        Ok(snapshot)
    }

    /// The layout of the file, when this program can read it.
    fn layout(&self, database: &Database) -> Result<Layout> {
        let transaction: ReadTransaction = database.begin_read().map_err(|error| self.redb(error))?;
        let about = match transaction.open_table(ABOUT) {
            Ok(about) => about,
            Err(TableError::Storage(error)) => return Err(self.redb(error)),
            Err(_) => return Err(self.error(format!("{FILE} is a database of another program"))),
        };
        let layout = Layout::of(&about).map_err(|error| self.redb(error))?;
        match layout.refusal() {
            Some(refusal) => Err(self.error(format!("{FILE} {refusal}"))),
            None => Ok(layout),
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

    /// Locks a file beside that of the base, alone or with others.
    #[cfg(feature = "rocksdb")]
    pub(super) fn lock_beside(&self, name: &str, alone: bool) -> Result<File> {
        let path = self.directory.join(name);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(Error::io(&path))?;
        self.wait(&path, || if alone { file.try_lock() } else { file.try_lock_shared() })?;
        Ok(file)
    }

    fn wait(&self, path: &Path, mut lock: impl FnMut() -> Result<(), TryLockError>) -> Result<()> {
        let start = Instant::now();
        let mut is_told = false;
        loop {
            match lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(Error::io(path)(error)),
                Err(TryLockError::WouldBlock) if start.elapsed() < self.patience => {
                    if !is_told && start.elapsed() >= self.silence {
                        self.waiting.tell(self.patience);
                        is_told = true;
                    }
                    std::thread::sleep(PAUSE);
                }
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

/// A copy without a name, which goes with its last reader.
fn copy(mut file: &File) -> io::Result<File> {
    let mut copy = tempfile::tempfile()?;
    io::copy(&mut file, &mut copy)?;
    Ok(copy)
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
        let (told, waits) = std::sync::mpsc::channel();
        let waiting = Waiting::new(move |patience| told.send(patience).unwrap());
        let mut log = Log::open_or_create(directory.path(), waiting).unwrap();
        (log.patience, log.silence) = (Duration::from_millis(50), Duration::ZERO);
        let other = log.lock_for_writing().unwrap();
        assert!(waits.try_recv().is_err(), "nobody was waited for");
        let message = log.write(|_| Ok(())).unwrap_err().to_string();
        assert_eq!(waits.try_iter().collect::<Vec<_>>(), [log.patience], "each wait is told of once");
        assert!(message.ends_with("another process has held it for 0.05 s; try again when it is done"), "{message}");
        assert!(log.snapshot().is_err());
        drop(other);
        log.write(|_| Ok(())).unwrap();
        log.snapshot().unwrap();
    }

    #[test]
    fn readers_do_not_wait_for_each_other() {
        let directory = tempfile::tempdir().unwrap();
        let mut log = Log::open_or_create(directory.path(), Waiting::default()).unwrap();
        log.patience = Duration::ZERO;
        let _reader = log.snapshot().unwrap();
        log.snapshot().unwrap();
        assert!(log.write(|_| Ok(())).is_err());
    }

    #[test]
    fn a_long_read_holds_no_writer_off_and_sees_what_was_there() {
        let directory = tempfile::tempdir().unwrap();
        let mut log = Log::open_or_create(directory.path(), Waiting::default()).unwrap();
        log.patience = Duration::ZERO;
        let reader = log.copied().unwrap();
        log.write(|transaction| {
            transaction.open_table(tables::SETTINGS)?.insert("a", "b")?;
            Ok(())
        })
        .unwrap();
        assert!(reader.settings.get("a").unwrap().is_none());
        assert!(log.snapshot().unwrap().settings.get("a").unwrap().is_some());
    }
}
