//! CSV and its kin: a header line, then one article a row.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use super::bytes::too_long;
use super::encoding;
use crate::error::{Error, Result};

/// One row and the header above it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    header: Arc<ByteRecord>,
    cells: ByteRecord,
}

impl Row {
    /// The row as an object of strings; empty cells are left out.
    pub(super) fn object(&self) -> Result<Value, String> {
        let mut object = Map::new();
        // Judged together: a single cell may be too short to tell its encoding by.
        let joined = self.cells.iter().collect::<Vec<_>>().join(&b'\n');
        let windows = std::str::from_utf8(&joined).is_err();
        for (name, cell) in self.header.iter().zip(&self.cells) {
            let name = encoding::decode(name, None)?.trim().trim_start_matches('\u{feff}').to_owned();
            let cell = if windows { decode_like(cell, &joined)? } else { encoding::decode(cell, None)?.into_owned() };
            if !cell.trim().is_empty() {
                object.entry(name).or_insert(Value::String(cell));
            }
        }
        Ok(Value::Object(object))
    }
}

/// Decodes `cell` in the encoding that the whole row seems to have.
fn decode_like(cell: &[u8], row: &[u8]) -> Result<String, String> {
    let text = encoding::decode(row, None)?;
    match std::str::from_utf8(cell) {
        Ok(cell) => Ok(cell.to_owned()),
        Err(_) if text.contains('\u{fffd}') => Ok(String::from_utf8_lossy(cell).into_owned()),
        Err(_) => encoding::decode_as_detected(cell, row),
    }
}

/// The rows of a table.
pub(super) struct Rows<R> {
    reader: csv::Reader<Metered<R>>,
    header: Arc<ByteRecord>,
    path: PathBuf,
    limit: u64,
    since: Arc<AtomicU64>,
    /// What the reader's line counts fall short of: it takes the line feed of a CR LF for the next row's.
    behind: u64,
    ended: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header. `head` is the beginning of the input, which tells the separator.
    pub(super) fn new(reader: R, head: &[u8], path: PathBuf, limit: u64) -> Result<Self> {
        let since = Arc::new(AtomicU64::new(0));
        let metered = Metered { reader, since: since.clone(), limit };
        let mut reader = ReaderBuilder::new().delimiter(separator(head)).flexible(true).from_reader(metered);
        let header = reader.byte_headers().cloned().map_err(|error| failed(&path, limit, error))?;
        if header.len() < 2 && header.iter().all(<[u8]>::is_empty) {
            return Err(Error::Malformed { path, line: Some(1), reason: "the table has no header line".to_owned() });
        }
        let behind =
            u64::from(head.iter().position(|byte| *byte == b'\n').is_some_and(|end| head[..end].ends_with(b"\r")));
        Ok(Self { reader, header: Arc::new(header), path, limit, since, behind, ended: false })
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<(Row, u64)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.since.store(0, Ordering::Relaxed);
        let mut cells = ByteRecord::new();
        match self.reader.read_byte_record(&mut cells) {
            Ok(true) => {
                let line = cells.position().map_or(0, csv::Position::line) + self.behind;
                Some(Ok((Row { header: self.header.clone(), cells }, line)))
            }
            Ok(false) => None,
            Err(error) => {
                self.ended = true;
                Some(Err(failed(&self.path, self.limit, error)))
            }
        }
    }
}

fn failed(path: &std::path::Path, limit: u64, error: csv::Error) -> Error {
    let line = error.position().map(csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error)
            if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<OverLimit>) =>
        {
            too_long(path, line, limit)
        }
        csv::ErrorKind::Io(error) => Error::io(path)(error),
        kind => Error::Malformed { path: path.to_owned(), line, reason: format!("{kind:?}") },
    }
}

/// The separator of a table: the one of the usual four that is most frequent in its header line, outside quotation marks.
fn separator(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| separator == byte).for_each(|(_, count)| *count += 1),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// Stops a reader that has read more than the limit since the last row: a quotation mark left open would else swallow
/// the whole file.
struct Metered<R> {
    reader: R,
    since: Arc<AtomicU64>,
    limit: u64,
}

#[derive(Debug, thiserror::Error)]
#[error("a row over the size limit")]
struct OverLimit;

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        if self.since.fetch_add(count as u64, Ordering::Relaxed) > self.limit {
            return Err(io::Error::other(OverLimit));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(table: &[u8]) -> Vec<(Value, u64)> {
        let rows = Rows::new(table, table, "t.csv".into(), 1000).unwrap();
        rows.map(|row| row.map(|(row, line)| (row.object().unwrap(), line)).unwrap()).collect()
    }

    #[test]
    fn rows_are_objects_whatever_the_separator() {
        let expected = (serde_json::json!({"title": "A, b", "text": "C"}), 2);
        assert_eq!(objects(b"title,text\n\"A, b\",C\n"), std::slice::from_ref(&expected));
        assert_eq!(objects(b"\xef\xbb\xbftitle;text\nA, b;C\n"), std::slice::from_ref(&expected));
        assert_eq!(objects(b"title\ttext\r\nA, b\tC\r\n"), [expected]);
    }

    #[test]
    fn rows_know_their_lines_and_encoding() {
        let rows = objects(b"title,text\nA,\"one\ntwo\"\nCaf\xe9,Fran\xe7ois said it was na\xefve\n");
        assert_eq!(rows[1], (serde_json::json!({"title": "Café", "text": "François said it was naïve"}), 4));
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_file() {
        let table = format!("title,text\nA,\"{}", "x ".repeat(50_000));
        let mut rows = Rows::new(table.as_bytes(), table.as_bytes(), "t.csv".into(), 1000).unwrap();
        assert!(rows.next().unwrap().unwrap_err().to_string().contains("more than 1000 bytes"));
        assert!(rows.next().is_none());
    }
}
