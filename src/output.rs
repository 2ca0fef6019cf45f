//! Where results go: standard output or a file, compressed when its name says so.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// A place that results are written to. Nothing counts as written before [`finish`](Self::finish).
///
/// Like a file it is written through `&Output` too, so that a writer can hold it while its owner
/// [passes on](Self::pass_on) what came so far.
///
/// A regular file appears under its name whole or not at all: it is written beside its place, forced to disk and
/// renamed. `-` is standard output; names that end in `.gz` or `.zst` are compressed.
pub struct Output {
    path: PathBuf,
    stream: RefCell<Stream>,
}

enum Stream {
    Plain(BufWriter<Sink>),
    Gzip(BufWriter<GzEncoder<Sink>>),
    Zstd(BufWriter<zstd::Encoder<'static, Sink>>),
}

/// What the bytes end in.
enum Sink {
    Stdout(Stdout),
    /// A device or pipe, which has no place beside it and must not be renamed over.
    Special(File),
    /// A regular file under its temporary name, and the name it is to have.
    Regular(NamedTempFile, PathBuf),
}

const BUFFER: usize = 1 << 16;

impl Output {
    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        let stream = Stream::Plain(BufWriter::with_capacity(BUFFER, Sink::Stdout(io::stdout())));
        Self { path: PathBuf::from("standard output"), stream: RefCell::new(stream) }
    }

    /// A file, whose directory must exist; `-` is standard output.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::stdout());
        }
        let sink = Sink::create(path).map_err(Error::io(path))?;
        let stream = match Compression::of(path) {
            None => Stream::Plain(BufWriter::with_capacity(BUFFER, sink)),
            Some(Compression::Gzip) => {
                let encoder = GzEncoder::new(sink, flate2::Compression::default());
                Stream::Gzip(BufWriter::with_capacity(BUFFER, encoder))
            }
            Some(Compression::Zstd) => {
                let encoder = zstd::Encoder::new(sink, zstd::DEFAULT_COMPRESSION_LEVEL).map_err(Error::io(path))?;
                Stream::Zstd(BufWriter::with_capacity(BUFFER, encoder))
            }
        };
        Ok(Self { path: path.to_owned(), stream: RefCell::new(stream) })
    }

    /// Its name, for messages and [`Error::io`].
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hands on what was written so far when somebody may be waiting for it at the other end of a pipe; a file waits.
    ///
    /// # Errors
    /// When writing fails.
    pub fn pass_on(&self) -> Result<()> {
        match &mut *self.stream.borrow_mut() {
            Stream::Plain(stream) if matches!(stream.get_ref(), Sink::Stdout(_)) => {
                stream.flush().map_err(Error::io(&self.path))
            }
            _ => Ok(()),
        }
    }

    /// Writes out everything, and gives a file its name.
    ///
    /// # Errors
    /// When writing fails; then a file that stood there before is as it was.
    pub fn finish(self) -> Result<()> {
        let finished = match self.stream.into_inner() {
            Stream::Plain(stream) => stream.into_inner().map_err(io::IntoInnerError::into_error).and_then(Sink::finish),
            Stream::Gzip(stream) => stream
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(GzEncoder::finish)
                .and_then(Sink::finish),
            Stream::Zstd(stream) => stream
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(zstd::Encoder::finish)
                .and_then(Sink::finish),
        };
        finished.map_err(Error::io(self.path))
    }
}

impl Write for &Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *self.stream.borrow_mut() {
            Stream::Plain(stream) => stream.write(bytes),
            Stream::Gzip(stream) => stream.write(bytes),
            Stream::Zstd(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut *self.stream.borrow_mut() {
            Stream::Plain(stream) => stream.flush(),
            Stream::Gzip(stream) => stream.flush(),
            Stream::Zstd(stream) => stream.flush(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }
}

impl Sink {
    fn create(path: &Path) -> io::Result<Self> {
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = fs::metadata(&target).ok();
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return OpenOptions::new().write(true).open(target).map(Self::Special);
        }
        let directory = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = new_file(directory)?;
        if let Some(known) = known {
            file.as_file().set_permissions(known.permissions())?;
        }
        Ok(Self::Regular(file, target))
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush(),
            Self::Special(mut file) => file.flush(),
            Self::Regular(file, name) => {
                file.as_file().sync_all()?;
                file.persist(name).map(drop).map_err(|error| error.error)
            }
        }
    }
}

/// A temporary file with the permissions that any new file of this user has.
fn new_file(directory: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgraph-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(directory)
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::Special(file) => file.write(bytes),
            Self::Regular(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::Special(file) => file.flush(),
            Self::Regular(file, _) => file.flush(),
        }
    }
}

/// A way of compressing that a file name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstd,
}

impl Compression {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "gz" => Some(Self::Gzip),
            "zst" => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// The path without the ending that asks for compression: `kb.csv.gz` is a `kb.csv`.
#[must_use]
pub fn uncompressed(path: &Path) -> PathBuf {
    if Compression::of(path).is_some() { path.with_extension("") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::path::Path;

    use flate2::read::GzDecoder;
    use tempfile::tempdir;

    use super::Output;

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let directory = tempdir().unwrap();
        let file = directory.path().join("kb.ttl");
        fs::write(&file, "old").unwrap();

        let mut given_up = Output::create(&file).unwrap();
        given_up.write_all(b"half of the n").unwrap();
        given_up.flush().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        drop(given_up);
        assert_eq!(names(directory.path()), ["kb.ttl"], "something was left behind");

        let mut finished = Output::create(&file).unwrap();
        finished.write_all(b"new").unwrap();
        finished.finish().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[test]
    fn the_name_tells_the_compression() {
        let directory = tempdir().unwrap();
        for name in ["a.nq", "a.nq.gz", "a.nq.zst"] {
            let mut output = Output::create(&directory.path().join(name)).unwrap();
            output.write_all(b"quads").unwrap();
            output.finish().unwrap();
        }
        let bytes = |name: &str| fs::read(directory.path().join(name)).unwrap();
        let mut unzipped = String::new();
        GzDecoder::new(&bytes("a.nq.gz")[..]).read_to_string(&mut unzipped).unwrap();
        assert_eq!(bytes("a.nq"), b"quads");
        assert_eq!(unzipped, "quads");
        assert_eq!(zstd::decode_all(&bytes("a.nq.zst")[..]).unwrap(), b"quads");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let directory = tempdir().unwrap();
        let (file, link) = (directory.path().join("real.ttl"), directory.path().join("link.ttl"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();

        let mut output = Output::create(&link).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn an_error_names_the_file() {
        let Err(error) = Output::create(Path::new("no/such/directory/kb.ttl")) else { panic!("it was made") };
        assert!(error.to_string().starts_with("no/such/directory/kb.ttl: "), "{error}");
    }
}
