//! Opens inputs and reads through gzip, zstd and bzip2, whatever the name says, within limits.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::walk::STANDARD_INPUT;
use crate::error::{Error, Result};

/// How much of an input is looked at to tell what it is.
pub(super) const HEAD: usize = 64 << 10;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const BZIP2: &[u8] = b"BZh";

/// Opens `path`, or standard input for `-`.
pub(super) fn open(path: &Path) -> Result<Box<dyn Read + Send>> {
    if path.as_os_str() == STANDARD_INPUT {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(path).map_err(Error::io(path))?))
}

/// The bytes of `raw` after decompression.
pub(super) fn decompressed(raw: Box<dyn Read + Send>, path: &Path) -> Result<Box<dyn Read + Send>> {
    let (head, raw) = peek(raw, ZSTD.len()).map_err(Error::io(path))?;
    if head.starts_with(GZIP) {
        let data = flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(HEAD, raw));
        return Ok(Box::new(Archive { name: "gzip", data }));
    }
    if head.starts_with(ZSTD) {
        let data = zstd::stream::read::Decoder::new(raw).map_err(Error::io(path))?;
        return Ok(Box::new(Archive { name: "zstd", data }));
    }
    if head.starts_with(BZIP2) {
        let data = bzip2::bufread::MultiBzDecoder::new(BufReader::with_capacity(HEAD, raw));
        return Ok(Box::new(Archive { name: "bzip2", data }));
    }
    Ok(raw)
}

/// The first bytes of a file, or of standard input for `-`, and a reader of all of it; decompressed.
pub(crate) fn opened(path: &Path) -> Result<(Vec<u8>, Box<dyn Read + Send>)> {
    peek(decompressed(open(path)?, path)?, HEAD).map_err(Error::io(path))
}

/// Up to `count` first bytes of `reader`, and a reader that still yields them.
pub(super) fn peek(mut reader: Box<dyn Read + Send>, count: usize) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    reader.by_ref().take(count as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(reader))))
}

/// As [`peek`], but no further than the line that comes first: what feeds a filter may wait for an answer before the next.
pub(super) fn peek_line(mut reader: Box<dyn Read + Send>, count: usize) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = vec![0; count];
    let mut filled = 0;
    while filled < count && !head[..filled].contains(&b'\n') {
        match reader.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    head.truncate(filled);
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(reader))))
}

/// All of `bytes`, which may be `limit` long and no longer.
pub(super) fn read_whole(bytes: &mut impl BufRead, limit: u64, path: &Path) -> Result<Vec<u8>> {
    let mut whole = Vec::new();
    bytes.take(limit.saturating_add(1)).read_to_end(&mut whole).map_err(Error::io(path))?;
    if whole.len() as u64 > limit {
        return Err(too_long(path, None, limit));
    }
    Ok(whole)
}

/// The error for what is longer than `limit`.
pub(super) fn too_long(path: &Path, line: Option<u64>, limit: u64) -> Error {
    let reason = format!("an article of more than {limit} bytes; the size limit can be raised");
    Error::Malformed { path: path.to_owned(), line, reason }
}

/// A decompressor that says so when it fails.
struct Archive<R> {
    name: &'static str,
    data: R,
}

impl<R: Read> Read for Archive<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.data.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            kind => io::Error::new(kind, format!("the {} data is damaged or cut short ({error})", self.name)),
        })
    }
}
