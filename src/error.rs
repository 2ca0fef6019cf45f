//! What can go wrong, and where.

use std::path::{Path, PathBuf};

/// Every error of the library. Each says where: a file and line, a place in a query, a directory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or directory could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file was read, but what it holds is not what its format promises.
    #[error("{}: {reason}", place(path, *line))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where one is known.
        line: Option<u64>,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// An article that was read well and left out on purpose (another language, no text).
    #[error("{}: skipped: {reason}", place(path, *line))]
    Skipped {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where one is known.
        line: Option<u64>,
        /// Why.
        reason: String,
    },
    /// A language model that this program cannot run.
    #[error("{}: not a usable model: {reason}", path.display())]
    Model {
        /// The file; `built-in` for the model inside the program.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A query that cannot be parsed or evaluated; the message holds line and column.
    #[error("{origin}: {message}")]
    Query {
        /// The file the query came from, or `query`.
        origin: String,
        /// What is wrong and where.
        message: String,
    },
    /// Shapes that cannot be used; the message names the shape.
    #[error("{origin}: {message}")]
    Shapes {
        /// The file or files they came from.
        origin: String,
        /// What is wrong, and with which shape.
        message: String,
    },
    /// A knowledge base that cannot be opened, read or written.
    #[error("knowledge base {}: {reason}", path.display())]
    Base {
        /// Its directory.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another store that cannot be reached, refuses what is sent, or holds something else than was sent.
    #[error("{url}: {reason}")]
    Store {
        /// The address that was asked.
        url: String,
        /// What happened: the graph where there is one, the HTTP status, the store's first words.
        reason: String,
    },
    /// A setting that makes no sense: a bad base IRI, an unknown field in a mapping.
    #[error("{0}")]
    Setting(String),
}

/// The name of a stream that has none.
const UNNAMED: &str = "output";

/// The result of everything in this library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An [`Error::Io`] for `path`, to use with `map_err`.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// An [`Error::Io`] met while writing to a stream that has no name, to use with `map_err`.
    pub(crate) fn output(source: std::io::Error) -> Self {
        Self::Io { path: PathBuf::from(UNNAMED), source }
    }

    /// The error with the name of the file behind a stream that had none.
    #[must_use]
    pub fn in_output(self, name: &Path) -> Self {
        match self {
            Self::Io { path, source } if path == Path::new(UNNAMED) => Self::Io { path: name.to_owned(), source },
            other => other,
        }
    }

    /// Whether the other end of a pipe went away, which is no failure of ours.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// Whether the article was left out on purpose rather than failed.
    #[must_use]
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::Skipped { .. })
    }
}

fn place(path: &Path, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}:{line}", path.display()),
        None => path.display().to_string(),
    }
}
