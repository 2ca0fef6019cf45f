//! Reads annotated texts in the formats of the field.

mod brat;
mod builder;
mod cat;
mod chains;
mod columns;
mod conll;
mod detokenise;
mod gap;
mod gum;
mod gum_attributions;
mod gum_chains;
mod gum_names;
pub mod identities;
mod inline;
mod knowledge_net;
mod nif;
mod tags;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use walkdir::WalkDir;

use super::sample::Sample;
use crate::error::{Error, Result};
use identities::Identities;

/// A format of annotated texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Names, a token and its tags a line: CoNLL-2003, UNER, WNUT, CrossNER; IOB1, IOB2 or BIOES.
    Columns,
    /// Coreference and identity in CoNLL-U: GUM, CorefUD.
    Conllu,
    /// Coreference in the columns of CoNLL-2012.
    Conll,
    /// Links, in Turtle or N-Triples.
    Nif,
    /// Pronouns, as GAP has them.
    Gap,
    /// Facts, as KnowledgeNet has them.
    Facts,
    /// Events and times in the XML of CAT, as MEANTIME has them.
    Cat,
    /// Names, chains and links in brackets inside the text.
    Inline,
    /// Attributions in brat standoff: PolNeAR, PARC.
    Brat,
}

/// How annotated texts are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format; told by name and content where none is given.
    pub format: Option<Format>,
    /// The column of the tags, from 1; otherwise the last one that looks like tags.
    pub column: Option<usize>,
    /// How many sentences make a text where a file of columns does not say where one ends.
    pub sentences: Option<usize>,
    /// Take GUM's coreference as OntoNotes has it: an apposition and a relative clause belong to their mention, and predicates and
    /// references to what was said are none.
    pub ontonotes: bool,
    /// The identifiers of what corpora name by Wikipedia title.
    pub identities: Identities,
}

impl Format {
    /// The names of the formats, as [`FromStr`] reads them.
    pub const NAMES: [&'static str; 9] = ["columns", "conllu", "conll", "nif", "gap", "cat", "facts", "inline", "brat"];

    /// The format of a file.
    fn of(path: &Path, content: &str) -> Self {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension {
            "conllu" => Self::Conllu,
            "ttl" | "nt" | "nif" => Self::Nif,
            "gold" => Self::Inline,
            "jsonl" => Self::Facts,
            "ann" => Self::Brat,
            "xml" => Self::Cat,
            _ if content.starts_with("ID\tText\tPronoun") => Self::Gap,
            _ if content.starts_with("#begin document") => Self::Conll,
            _ => Self::Columns,
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Ok(match name {
            "columns" => Self::Columns,
            "conllu" => Self::Conllu,
            "conll" => Self::Conll,
            "nif" => Self::Nif,
            "gap" => Self::Gap,
            "facts" => Self::Facts,
            "cat" => Self::Cat,
            "inline" => Self::Inline,
            "brat" => Self::Brat,
            _ => {
                return Err(Error::Setting(format!(
                    "{name} is no format of gold; there are {}",
                    Self::NAMES.join(", ")
                )));
            }
        })
    }
}

/// The extensions that are read from directories.
const EXTENSIONS: [&str; 15] = [
    "jsonl",
    "conllu",
    "xml",
    "ttl",
    "nt",
    "nif",
    "gold",
    "ann",
    "iob",
    "iob2",
    "bio",
    "bioes",
    "conll",
    "conll03",
    "v4_gold_conll",
];

/// Reads annotated texts from files and directories, in the order given; inside a directory, sorted by name.
///
/// # Errors
/// [`Error::Io`] for a file that cannot be read, [`Error::Malformed`] with the line for one that is not what its format asks,
/// or when there is no text at all.
pub fn samples(inputs: &[PathBuf], options: &Options) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for input in inputs {
        for path in files(input)? {
            samples.extend(file(&path, options)?);
        }
    }
    match inputs.first() {
        Some(first) if samples.is_empty() => Err(malformed(first, None, "holds no annotated text".to_owned())),
        _ => Ok(samples),
    }
}

fn files(input: &Path) -> Result<Vec<PathBuf>> {
    if !input.is_dir() {
        return Ok(vec![input.to_owned()]);
    }
    let entries = WalkDir::new(input).sort_by_file_name().into_iter();
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(input)(error.into()))?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        if entry.file_type().is_file() && extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn file(path: &Path, options: &Options) -> Result<Vec<Sample>> {
    let content = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => malformed(path, None, "is not UTF-8".to_owned()),
        _ => Error::io(path)(error),
    })?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    match options.format.unwrap_or_else(|| Format::of(path, content)) {
        Format::Columns => columns::read(path, content, options),
        Format::Conllu => gum::read(path, content, options),
        Format::Conll => conll::read(path, content),
        Format::Nif => nif::read(path, content, options),
        Format::Gap => gap::read(path, content),
        Format::Facts => knowledge_net::read(path, content),
        Format::Cat => cat::read(path, content),
        Format::Inline => inline::read(path, content),
        Format::Brat => brat::read(path, content),
    }
}

fn malformed(path: &Path, line: Option<usize>, reason: String) -> Error {
    Error::Malformed { path: path.to_owned(), line: line.map(|line| line as u64), reason }
}
