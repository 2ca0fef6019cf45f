//! Writes a base into numbered files of a directory, each a valid file by itself, with a list of them.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use oxigraph::model::Quad;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::graph::write::{Dialect, Format, QuadWriter};
use crate::output::Output;

/// The list of the files, beside them.
pub const MANIFEST: &str = "manifest.json";

/// When a new file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// After so many articles.
    Articles(u64),
    /// After the article with which a file has so many bytes, before compression.
    Bytes(u64),
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the directory.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// How many articles are in it.
    pub articles: u64,
    /// How many quads are in it; in a format without graphs a triple counts for each article that has it.
    pub quads: u64,
    /// The IRI of its first article.
    pub first: String,
    /// The IRI of its last one.
    pub last: String,
}

/// What the list of files holds.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    articles: u64,
    quads: u64,
    files: Vec<Part>,
}

/// Writes articles into the files of a directory.
pub struct Splitter {
    directory: PathBuf,
    format: Format,
    dialect: Dialect,
    split: Split,
    /// The ending for compression, with its dot.
    compression: &'static str,
    /// The files of an earlier export, which go when the new ones are there.
    former: Vec<String>,
    parts: Vec<Part>,
    open: Option<Open>,
}

/// The file that is being written.
struct Open {
    writer: QuadWriter<Counted>,
    written: Rc<Cell<u64>>,
    part: Part,
}

impl Splitter {
    /// Into a directory that is missing, empty or holds an earlier export; `compression` is "", ".gz" or ".zst".
    ///
    /// # Errors
    /// When the directory holds other files or cannot be made or read.
    pub fn new(
        directory: &Path,
        format: Format,
        dialect: Dialect,
        split: Split,
        compression: &'static str,
    ) -> Result<Self> {
        fs::create_dir_all(directory).map_err(Error::io(directory))?;
        Ok(Self {
            directory: directory.to_owned(),
            format,
            dialect,
            split,
            compression,
            former: former(directory)?,
            parts: Vec::new(),
            open: None,
        })
    }

    /// Writes an article.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&mut self, article: &str, quads: Vec<Quad>) -> Result<()> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin(article)?,
        };
        open.part.articles += 1;
        open.part.quads += quads.len() as u64;
        open.part.last = article.to_owned();
        let path = self.directory.join(&open.part.name);
        open.writer.write(quads).map_err(Error::io(path))?;
        let is_full = match self.split {
            Split::Articles(most) => open.part.articles >= most,
            Split::Bytes(most) => open.written.get() >= most,
        };
        if is_full {
            return self.close(open);
        }
        self.open = Some(open);
        Ok(())
    }

    /// Writes the list of the files, removes those of an earlier export that are not among them, and gives the files.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self) -> Result<Vec<Part>> {
        if let Some(open) = self.open.take() {
            self.close(open)?;
        }
        let manifest = Manifest {
            format: self.format.name().to_owned(),
            articles: self.parts.iter().map(|part| part.articles).sum(),
            quads: self.parts.iter().map(|part| part.quads).sum(),
            files: self.parts,
        };
        let path = self.directory.join(MANIFEST);
        let mut output = Output::create(&path)?;
        let json = serde_json::to_string_pretty(&manifest).map_err(|error| Error::io(&path)(error.into()))?;
        writeln!(output, "{json}").map_err(Error::io(&path))?;
        output.finish()?;
        for name in self.former.iter().filter(|name| manifest.files.iter().all(|part| part.name != **name)) {
            let stale = self.directory.join(name);
            fs::remove_file(&stale).map_err(Error::io(&stale))?;
        }
        Ok(manifest.files)
    }

    fn begin(&self, article: &str) -> Result<Open> {
        let number = self.parts.len() + 1;
        let name = format!("part-{number:05}.{}{}", self.format.extension(), self.compression);
        let output = Output::create(&self.directory.join(&name))?;
        let written = Rc::new(Cell::new(0));
        let counted = Counted { output, written: Rc::clone(&written) };
        let writer = QuadWriter::new(self.format, counted).in_dialect(self.dialect);
        let (first, last) = (article.to_owned(), String::new());
        let part = Part { name, bytes: 0, sha256: String::new(), articles: 0, quads: 0, first, last };
        Ok(Open { writer, written, part })
    }

    fn close(&mut self, open: Open) -> Result<()> {
        let Open { writer, mut part, .. } = open;
        let path = self.directory.join(&part.name);
        writer.finish().map_err(Error::io(&path))?.output.finish()?;
        (part.bytes, part.sha256) = digest(&path)?;
        self.parts.push(part);
        Ok(())
    }
}

/// An output that knows how much was written.
struct Counted {
    output: Output,
    written: Rc<Cell<u64>>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.written.set(self.written.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// The files of an earlier export in a directory.
fn former(directory: &Path) -> Result<Vec<String>> {
    let path = directory.join(MANIFEST);
    if path.exists() {
        let text = fs::read(&path).map_err(Error::io(&path))?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| Error::Malformed {
            path,
            line: u64::try_from(error.line()).ok(),
            reason: format!("it is no list of an export: {error}; name a new or empty directory"),
        })?;
        // A name that leads elsewhere is none of ours.
        let own = |name: &String| name.starts_with("part-") && !name.contains(['/', '\\']);
        let there = |name: &String| directory.join(name).exists();
        return Ok(manifest.files.into_iter().map(|part| part.name).filter(|name| own(name) && there(name)).collect());
    }
    match fs::read_dir(directory).map_err(Error::io(directory))?.next() {
        None => Ok(Vec::new()),
        Some(_) => Err(Error::Setting(format!(
            "{}: the directory holds other files and no earlier export; name a new or empty one",
            directory.display()
        ))),
    }
}

/// The size of a file and the SHA-256 of its bytes in hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn digest(path: &Path) -> Result<(u64, String)> {
    let mut file = File::open(path).map_err(Error::io(path))?;
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(Error::io(path))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        digest.update(&buffer[..read]);
    }
    Ok((bytes, digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}
