//! One article's bytes on their way from an input to an [`Article`].

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::bytes::{self, HEAD};
use super::encoding::{self, Utf8Stream};
use super::format::{Format, Named, by_content, by_name};
use super::options::Options;
use super::{draft::Draft, feed, fields, html, json, plain, table, walk};
use crate::article::{Article, Origin};
use crate::error::{Error, Result};

/// The unread bytes of one article, and where they come from.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it was found.
    pub origin: Origin,
    body: Body,
}

#[derive(Clone, Debug)]
enum Body {
    Text(Vec<u8>),
    Html(Vec<u8>),
    Json(Vec<u8>),
    Row(table::Row),
    Item(feed::Item),
}

type Records = Box<dyn Iterator<Item = Result<Record>> + Send>;

/// The records of all inputs (files, directories, globs, `-`), in a stable order.
///
/// An input that cannot be opened or breaks off is an error among the records; the other inputs go on.
pub fn records(inputs: &[PathBuf], options: &Options) -> impl Iterator<Item = Result<Record>> + Send + use<> {
    let options = options.clone();
    let files = walk::files(inputs.to_vec(), options.format().is_some());
    files.flat_map(move |file| file.and_then(|path| of_file(path, &options)).unwrap_or_else(|error| one(Err(error))))
}

fn one(record: Result<Record>) -> Records {
    Box::new(std::iter::once(record))
}

/// The records of one file.
fn of_file(path: PathBuf, options: &Options) -> Result<Records> {
    of_reader(bytes::open(&path)?, path, options)
}

/// The records of a stream of bytes; `path` stands for it in messages, and its extension may tell the format.
///
/// ```
/// use newsgraph::source::{Options, records_in};
///
/// let options = Options::built_in()?;
/// let text = "Piers close\n\nLONDON — Two piers closed on Monday.";
/// let record = records_in(text.as_bytes(), "piers.txt".into(), &options).next().unwrap()?;
/// let article = record.article(&options)?;
/// assert_eq!(article.headline(), Some("Piers close"));
/// assert_eq!(article.metadata.dateline.unwrap().place.of(&article.text), "LONDON");
/// # Ok::<(), newsgraph::Error>(())
/// ```
pub fn records_in(
    reader: impl Read + Send + 'static,
    path: PathBuf,
    options: &Options,
) -> Box<dyn Iterator<Item = Result<Record>> + Send> {
    of_reader(Box::new(reader), path, options).unwrap_or_else(|error| one(Err(error)))
}

fn of_reader(reader: Box<dyn Read + Send>, path: PathBuf, options: &Options) -> Result<Records> {
    let reader = bytes::decompressed(reader, &path)?;
    let peek = if options.format() == Some(Format::Jsonl) { bytes::peek_line } else { bytes::peek };
    let (head, reader) = peek(reader, HEAD).map_err(Error::io(&path))?;
    let stream_encoding = encoding::of_stream(&head, options.encoding());
    let head = stream_encoding.map_or(head.clone(), |encoding| encoding.decode(&head).0.into_owned().into_bytes());
    let format = options.format().unwrap_or_else(|| format_of(&path, &head));
    let limit = options.size_limit();
    match format {
        Format::Text | Format::Html | Format::Feed => {
            let bytes = bytes::read_whole(&mut BufReader::new(reader), limit, &path)?;
            whole(format, bytes, path, options)
        }
        Format::Json => {
            let lists = options.rules().fields.lists.names.clone();
            let text = BufReader::with_capacity(HEAD, Utf8Stream::new(reader, stream_encoding));
            let cuts = json::Values::new(text, path.clone(), limit, lists);
            Ok(Box::new(
                cuts.map(move |cut| cut.map(|(bytes, line)| Record::new(&path, Some(line), Body::Json(bytes)))),
            ))
        }
        Format::Jsonl => {
            let text = BufReader::with_capacity(HEAD, Utf8Stream::new(reader, stream_encoding));
            let cuts = json::Lines::new(text, path.clone(), limit);
            Ok(Box::new(
                cuts.map(move |cut| cut.map(|(bytes, line)| Record::new(&path, Some(line), Body::Json(bytes)))),
            ))
        }
        Format::Csv => {
            let rows = table::Rows::new(Utf8Stream::new(reader, stream_encoding), &head, path.clone(), limit)?;
            Ok(Box::new(rows.map(move |row| row.map(|(row, line)| Record::new(&path, Some(line), Body::Row(row))))))
        }
    }
}

/// The records of a file that is read whole.
fn whole(format: Format, bytes: Vec<u8>, path: PathBuf, options: &Options) -> Result<Records> {
    let body = match format {
        Format::Html => Body::Html(bytes),
        Format::Feed => {
            let malformed = |reason| Error::Malformed { path: path.clone(), line: None, reason };
            let xml = encoding::decode(&bytes, options.encoding()).map_err(malformed)?;
            let items = feed::items(&xml).map_err(malformed)?;
            return Ok(Box::new(
                items.into_iter().map(move |(item, line)| Ok(Record::new(&path, line, Body::Item(item)))),
            ));
        }
        _ => Body::Text(bytes),
    };
    Ok(one(Ok(Record::new(&path, None, body))))
}

fn format_of(path: &Path, head: &[u8]) -> Format {
    match by_name(path) {
        Named::Format(format) => format,
        Named::Open | Named::Unknown => by_content(head),
    }
}

impl Record {
    fn new(path: &Path, line: Option<u64>, body: Body) -> Self {
        Self { origin: Origin { path: path.to_owned(), line }, body }
    }

    /// Reads the article.
    ///
    /// # Errors
    /// When the record breaks its format, or is left out on purpose ([`Error::is_skip`](crate::Error::is_skip)).
    pub fn article(self, options: &Options) -> Result<Article> {
        let Origin { path, line } = self.origin.clone();
        let draft = self.body.draft(options, line).map_err(|(line, reason)| Error::Malformed { path, line, reason })?;
        draft.article(self.origin, options)
    }
}

type Broken = (Option<u64>, String);

impl Body {
    fn draft(self, options: &Options, line: Option<u64>) -> Result<Draft, Broken> {
        let here = |reason| (line, reason);
        match self {
            Self::Text(bytes) => {
                let text = encoding::decode(&bytes, options.encoding()).map_err(here)?;
                Ok(plain::read(&text, options.rules()))
            }
            Self::Html(bytes) => {
                let text = encoding::decode(&bytes, options.encoding()).map_err(here)?;
                html::read(&text, options.rules()).map_err(here)
            }
            Self::Json(bytes) => json_draft(&bytes, options, line),
            Self::Row(row) => row.object().and_then(|object| fields::draft(&object, options)).map_err(here),
            Self::Item(item) => feed::draft(item, options).map_err(here),
        }
    }
}

fn json_draft(bytes: &[u8], options: &Options, line: Option<u64>) -> Result<Draft, Broken> {
    let text = encoding::decode(bytes, None).map_err(|reason| (line, reason))?;
    let record: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
        let line = line.map(|line| line + (error.line().max(1) - 1) as u64);
        (line, format!("broken JSON: {}", without_line(&error)))
    })?;
    if !record.is_object() {
        return Err((line, "an article must be a JSON object".to_owned()));
    }
    fields::draft(&record, options).map_err(|reason| (line, reason))
}

/// What the parser found, and in which column; its own line counts from the record's first.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!("{what} in column {}", error.column())
}
