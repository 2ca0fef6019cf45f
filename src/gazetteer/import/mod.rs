//! Other forms of knowledge, made into gazetteers: tables, Wikidata's dumps, N-Triples of labels, results of queries.
//!
//! Files are read once, from their beginning, through gzip, zstd and bzip2, and nothing of them is kept but the names. Only
//! a dump of Wikidata is read twice, since subclasses may come after their things; a table of subclasses saves that.

mod classes;
mod entity;
mod layout;
mod results;
mod rows;
mod table;
mod triples;
mod wikidata;

use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sparesults::QueryResultsFormat;

use super::{Builder, Fact};
use crate::error::{Error, Result};
use crate::source;
use classes::Classes;
use layout::Layout;
pub use rows::Mapping;

/// A form that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV or TSV with the names of the columns in the first row; SPARQL results in CSV are such a table.
    Table,
    /// Wikidata's JSON dump.
    Wikidata,
    /// N-Triples of labels.
    Triples,
    /// SPARQL results in JSON.
    JsonResults,
    /// SPARQL results in XML.
    XmlResults,
    /// SPARQL results in TSV.
    TsvResults,
}

impl Format {
    /// Every form and its name.
    pub const NAMES: [(&str, Self); 6] = [
        ("csv", Self::Table),
        ("wikidata", Self::Wikidata),
        ("ntriples", Self::Triples),
        ("sparql-json", Self::JsonResults),
        ("sparql-xml", Self::XmlResults),
        ("sparql-tsv", Self::TsvResults),
    ];

    /// The form that a file's name and first bytes tell.
    fn of(path: &Path, head: &[u8]) -> Option<Self> {
        let mut path = path.to_owned();
        if path.extension().is_some_and(|ending| ["gz", "bz2", "zst"].iter().any(|packed| ending == *packed)) {
            path.set_extension("");
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        match (path.extension().and_then(|ending| ending.to_str()), head) {
            (Some("nt"), _) => Some(Self::Triples),
            (Some("srj"), _) => Some(Self::JsonResults),
            (Some("srx"), _) => Some(Self::XmlResults),
            (_, [b'?', ..]) => Some(Self::TsvResults),
            (_, [b'[', ..]) => Some(Self::Wikidata),
            (_, [b'{', ..]) if head.windows(6).take(200).any(|part| part == b"\"head\"") => Some(Self::JsonResults),
            (_, [b'{', ..]) => Some(Self::Wikidata),
            (_, [b'<', rest @ ..]) if rest.starts_with(b"?xml") || rest.starts_with(b"sparql") => {
                Some(Self::XmlResults)
            }
            (_, [b'<', ..]) => Some(Self::Triples),
            (_, []) => None,
            _ => Some(Self::Table),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Self::NAMES.iter().find(|(_, format)| format == self).map_or("", |(name, _)| name))
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, format)| *format).ok_or_else(|| Error::Setting(format!("there is no format {name}")))
    }
}

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The form of all files; none where each one's name and content tell it.
    pub format: Option<Format>,
    /// Which columns hold which fields, where their names do not tell.
    pub mappings: Vec<Mapping>,
    /// Of Wikidata's things only those of these kinds and classes; all where there are none.
    pub only: Vec<String>,
    /// A table of Wikidata's subclasses, to read a dump once instead of twice: two columns, a class and one above it.
    pub subclasses: Option<PathBuf>,
}

/// What became of what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was taken.
    pub taken: u64,
    /// What is of no class that is wanted, or without a name.
    pub left_out: u64,
}

/// Where facts go.
struct Sink<'a> {
    builder: &'a mut Builder,
    taken: u64,
    left_out: u64,
}

impl Sink<'_> {
    fn add(&mut self, fact: &Fact) -> Result<()> {
        self.taken += 1;
        self.builder.add(fact).map_err(Error::io(std::env::temp_dir()))
    }
}

/// Reads a file into a gazetteer; `-` is standard input.
///
/// # Errors
/// When the file cannot be read or breaks its format; the message names file and line. Nothing is passed over in silence
/// but things of classes that are not wanted or without a name, which the tally counts.
pub fn read(path: &Path, options: &Options, builder: &mut Builder) -> Result<Tally> {
    let layout = Layout::built_in()?;
    let (format, input) = open(path, options.format)?;
    let sink = &mut Sink { builder, taken: 0, left_out: 0 };
    let results = |format| (format, path, options.mappings.as_slice());
    let (query, path, mappings) = match format {
        Format::Table => return table::read(input, path, &options.mappings, &layout, sink).map(|()| sink.tally()),
        Format::Triples => return triples::read(input, path, &layout, sink).map(|()| sink.tally()),
        Format::Wikidata => return dump(input, path, options, &layout, sink).map(|()| sink.tally()),
        Format::JsonResults => results(QueryResultsFormat::Json),
        Format::XmlResults => results(QueryResultsFormat::Xml),
        Format::TsvResults => results(QueryResultsFormat::Tsv),
    };
    results::read(input, query, path, mappings, &layout, sink).map(|()| sink.tally())
}

impl Sink<'_> {
    fn tally(&self) -> Tally {
        Tally { taken: self.taken, left_out: self.left_out }
    }
}

fn dump(
    input: impl BufRead + Send,
    path: &Path,
    options: &Options,
    layout: &Layout,
    sink: &mut Sink<'_>,
) -> Result<()> {
    // What `only` names is checked before hours are spent on reading.
    Classes::new(&layout.wikidata, Vec::new(), &options.only)?;
    let pairs = match &options.subclasses {
        Some(table) => subclass_table(table)?,
        None if path.as_os_str() == "-" => {
            let reason = "a dump from standard input cannot be read twice: give a table of subclasses";
            return Err(Error::Setting(reason.to_owned()));
        }
        None => wikidata::subclasses(open(path, Some(Format::Wikidata))?.1, path)?,
    };
    let classes = Classes::new(&layout.wikidata, pairs, &options.only)?;
    wikidata::read(input, path, &layout.wikidata.languages, &classes, sink)
}

/// The pairs of a table of classes and those above them, as numbers or IRIs of Wikidata; the first row names the columns.
fn subclass_table(path: &Path) -> Result<Vec<(u32, u32)>> {
    let (_, input) = open(path, Some(Format::Table))?;
    let mut table = csv::ReaderBuilder::new().from_reader(input);
    let number = |identifier: &str| u32::try_from(super::fact::item_number(identifier)?).ok();
    let pairs = table.records().map(|row| {
        let row = row.map_err(|error| malformed(path, None, error.to_string()))?;
        let pair = row.get(0).and_then(number).zip(row.get(1).and_then(number));
        let line = row.position().map(csv::Position::line);
        pair.ok_or_else(|| malformed(path, line, "not two identifiers of Wikidata such as Q515".to_owned()))
    });
    pairs.collect()
}

/// A file as a stream of bytes, and its form.
fn open(path: &Path, format: Option<Format>) -> Result<(Format, Box<dyn BufRead + Send>)> {
    let (head, input) = source::opened(path)?;
    let format = format.or_else(|| Format::of(path, &head));
    let format = format.ok_or_else(|| malformed(path, None, "the file is empty".to_owned()))?;
    Ok((format, Box::new(BufReader::with_capacity(1 << 18, input))))
}

fn malformed(path: &Path, line: Option<u64>, reason: String) -> Error {
    Error::Malformed { path: path.to_owned(), line, reason }
}

/// The error that reading stopped at a line, to use with `map_err`.
fn cut(path: &Path, line: Option<u64>) -> impl FnOnce(io::Error) -> Error {
    move |error| malformed(path, line, error.to_string())
}
