//! JSON and JSONL, cut into records as they stream: never more than one article is held.

use std::io::BufRead;
use std::path::PathBuf;

use super::bytes::too_long;
use super::fields::same_name;
use crate::error::{Error, Result};

/// The bytes of one record and the line on which it begins.
pub(super) type Cut = (Vec<u8>, u64);

/// The non-empty lines of a JSONL input.
pub(super) struct Lines<R> {
    reader: R,
    path: PathBuf,
    limit: u64,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, path: PathBuf, limit: u64) -> Self {
        Self { reader, path, limit, line: 0, ended: false }
    }

    fn read(&mut self) -> Result<Option<Cut>> {
        loop {
            let mut bytes = Vec::new();
            let mut limited = std::io::Read::take(&mut self.reader, self.limit.saturating_add(1));
            if limited.read_until(b'\n', &mut bytes).map_err(Error::io(&self.path))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if bytes.len() as u64 > self.limit {
                return Err(too_long(&self.path, Some(self.line), self.limit));
            }
            let record = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
            if !record.is_empty() {
                return Ok(Some((record.to_vec(), self.line)));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Cut>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read().transpose();
        self.ended = !matches!(read, Some(Ok(_)));
        read
    }
}

/// The articles of a JSON input: the values themselves, the items of an array, or the items of an object's list of
/// articles. Values may follow one another without a comma.
pub(super) struct Values<R> {
    reader: R,
    path: PathBuf,
    limit: u64,
    line: u64,
    lists: Vec<String>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// Between values.
    Top,
    /// Inside a list of articles, in so many objects.
    List { objects: usize, after_item: bool },
    /// After the end or an error.
    Ended,
}

/// What an object turned out to be.
enum Object {
    /// An article.
    Whole,
    /// A page of results; its list begins here, in so many objects.
    List(usize),
}

/// How deep in a page of results the list may be.
const DEEPEST_LIST: usize = 3;

impl<R: BufRead> Values<R> {
    /// `lists` are the names of members that hold articles.
    pub(super) fn new(reader: R, path: PathBuf, limit: u64, lists: Vec<String>) -> Self {
        Self { reader, path, limit, line: 1, lists, place: Place::Top }
    }

    fn read(&mut self) -> Result<Option<Cut>> {
        loop {
            let next = self.skip_space()?;
            match (self.place, next) {
                (Place::Ended, _) | (Place::Top, None) => return Ok(None),
                (Place::Top, Some(b'[')) => {
                    self.bump();
                    self.place = Place::List { objects: 0, after_item: false };
                }
                (Place::Top, Some(b'{')) => {
                    let (mut record, line) = (Vec::new(), self.line);
                    match self.object(&mut record, 1)? {
                        Object::Whole => return Ok(Some((record, line))),
                        Object::List(objects) => self.place = Place::List { objects, after_item: false },
                    }
                }
                (Place::Top, Some(byte)) => return Err(self.unexpected(byte, "an object or an array")),
                (Place::List { .. }, None) => return Err(self.broken("the array ends before its “]”")),
                (Place::List { objects, .. }, Some(b']')) => {
                    self.bump();
                    for _ in 0..objects {
                        self.skip_object()?;
                    }
                    self.place = Place::Top;
                }
                (Place::List { objects, after_item: true }, Some(b',')) => {
                    self.bump();
                    self.place = Place::List { objects, after_item: false };
                }
                (Place::List { after_item: true, .. }, Some(byte)) => return Err(self.unexpected(byte, "“,” or “]”")),
                (Place::List { objects, after_item: false }, Some(_)) => {
                    let (mut record, line) = (Vec::new(), self.line);
                    self.value(&mut record, 0)?;
                    self.place = Place::List { objects, after_item: true };
                    return Ok(Some((record, line)));
                }
            }
        }
    }

    /// Reads an object into `record`, unless a list of articles begins inside it.
    fn object(&mut self, record: &mut Vec<u8>, depth: usize) -> Result<Object> {
        self.bump();
        record.push(b'{');
        loop {
            match self.skip_space()? {
                Some(b'}') => {
                    self.bump();
                    record.push(b'}');
                    return Ok(Object::Whole);
                }
                Some(b',') => {
                    self.bump();
                    record.push(b',');
                }
                Some(b'"') => {
                    if let Object::List(objects) = self.member(record, depth)? {
                        return Ok(Object::List(objects));
                    }
                }
                Some(byte) => return Err(self.unexpected(byte, "a member's name")),
                None => return Err(self.broken("the object ends before its “}”")),
            }
        }
    }

    /// Reads a member into `record`, unless it is or holds a list of articles.
    fn member(&mut self, record: &mut Vec<u8>, depth: usize) -> Result<Object> {
        let from = record.len();
        self.value(record, 0)?;
        let name = String::from_utf8_lossy(&record[from..]).trim_matches('"').to_owned();
        match self.skip_space()? {
            Some(b':') => self.bump(),
            Some(byte) => return Err(self.unexpected(byte, "“:”")),
            None => return Err(self.broken("the object ends before its “}”")),
        }
        record.push(b':');
        let may_list = depth <= DEEPEST_LIST && self.lists.iter().any(|list| same_name(list, &name));
        match self.skip_space()? {
            Some(b'{') if may_list => self.object(record, depth + 1),
            Some(b'[') if may_list => {
                self.bump();
                if self.skip_space()? == Some(b'{') {
                    return Ok(Object::List(depth));
                }
                record.push(b'[');
                self.value(record, 1).map(|()| Object::Whole)
            }
            _ => self.value(record, 0).map(|()| Object::Whole),
        }
    }

    /// Copies a value, of which `depth` brackets are already open.
    fn value(&mut self, record: &mut Vec<u8>, depth: usize) -> Result<()> {
        let mut scan = Scan { depth, ..Scan::default() };
        self.scan(&mut scan, |bytes| record.extend_from_slice(bytes))
    }

    /// Passes over what is left of an object.
    fn skip_object(&mut self) -> Result<()> {
        let mut scan = Scan { depth: 1, unlimited: true, ..Scan::default() };
        self.scan(&mut scan, |_| {})
    }

    fn scan(&mut self, scan: &mut Scan, mut take: impl FnMut(&[u8])) -> Result<()> {
        let start = self.line;
        let mut length = 0;
        loop {
            let buffer = self.reader.fill_buf().map_err(Error::io(&self.path))?;
            if buffer.is_empty() {
                return if scan.is_scalar() { Ok(()) } else { Err(self.broken("the file ends inside a value")) };
            }
            let (used, ended) = scan.run(buffer);
            take(&buffer[..used]);
            self.line += buffer[..used].iter().filter(|byte| **byte == b'\n').count() as u64;
            self.reader.consume(used);
            length += used as u64;
            if ended {
                return Ok(());
            }
            if length > self.limit && !scan.unlimited {
                return Err(too_long(&self.path, Some(start), self.limit));
            }
        }
    }

    /// The next byte that is no white space, not yet consumed. A byte order mark counts as white space.
    fn skip_space(&mut self) -> Result<Option<u8>> {
        loop {
            let buffer = self.reader.fill_buf().map_err(Error::io(&self.path))?;
            let is_space = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf\x1e".contains(byte);
            let spaces = buffer.iter().position(|byte| !is_space(byte)).unwrap_or(buffer.len());
            self.line += buffer[..spaces].iter().filter(|byte| **byte == b'\n').count() as u64;
            let next = buffer.get(spaces).copied();
            let at_end = buffer.is_empty();
            self.reader.consume(spaces);
            if next.is_some() || at_end {
                return Ok(next);
            }
        }
    }

    fn bump(&mut self) {
        self.reader.consume(1);
    }

    fn unexpected(&self, byte: u8, expected: &str) -> Error {
        self.broken(&format!("“{}” where {expected} is expected", (byte as char).escape_default()))
    }

    fn broken(&self, reason: &str) -> Error {
        Error::Malformed { path: self.path.clone(), line: Some(self.line), reason: format!("broken JSON: {reason}") }
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = Result<Cut>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read().transpose();
        if !matches!(read, Some(Ok(_))) {
            self.place = Place::Ended;
        }
        read
    }
}

/// Finds the end of a value without parsing it.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Whether a number or word has begun, outside all brackets.
    in_word: bool,
    unlimited: bool,
}

impl Scan {
    fn is_scalar(&self) -> bool {
        self.in_word && self.depth == 0 && !self.in_string
    }

    /// How many bytes belong to the value, and whether it ends with them.
    fn run(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (i, byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.in_string = false;
                        if self.depth == 0 {
                            return (i + 1, true);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' if self.is_scalar() => return (i, true),
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (i + 1, true);
                    }
                }
                _ => self.in_word |= self.depth == 0,
            }
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(json: &str) -> Vec<Result<(String, u64), String>> {
        let lists = ["articles", "response", "results"].map(str::to_owned).to_vec();
        let reader = std::io::BufReader::with_capacity(3, json.as_bytes());
        let text = |(bytes, line): Cut| (String::from_utf8(bytes).unwrap(), line);
        Values::new(reader, "a.json".into(), 1000, lists).map(|cut| cut.map(text).map_err(|e| e.to_string())).collect()
    }

    fn whole(json: &str) -> Vec<(String, u64)> {
        cuts(json).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn arrays_objects_and_lists_are_cut_into_records() {
        let record = |text: &str, line| (text.to_owned(), line);
        assert_eq!(whole("{\"a\": \"}\\\"\"}"), [record("{\"a\":\"}\\\"\"}", 1)]);
        assert_eq!(whole("[{\"a\":1},\n {\"a\":[2]}]"), [record("{\"a\":1}", 1), record("{\"a\":[2]}", 2)]);
        assert_eq!(
            whole("{\"n\":2,\"articles\":[\n{\"a\":1},{\"b\":2}],\"x\":{}}"),
            [record("{\"a\":1}", 2), record("{\"b\":2}", 2)]
        );
        assert_eq!(
            whole("{\"response\":{\"ok\":1,\"results\":[{\"a\":1}],\"y\":[]},\"z\":0}"),
            [record("{\"a\":1}", 1)]
        );
        assert_eq!(whole("{\"a\":1}\n{\"b\":2}"), [record("{\"a\":1}", 1), record("{\"b\":2}", 2)]);
        assert_eq!(whole("{\"articles\":[1,2],\"a\":3}"), [record("{\"articles\":[1,2],\"a\":3}", 1)]);
        assert_eq!(whole("[]"), []);
    }

    #[test]
    fn broken_json_ends_the_file_with_its_line() {
        let last = |json| cuts(json).pop().unwrap().unwrap_err();
        assert_eq!(last("[{\"a\":1}\n{"), "a.json:2: broken JSON: “{” where “,” or “]” is expected");
        assert_eq!(last("[{\"a\":1},\n{\"b\""), "a.json:2: broken JSON: the file ends inside a value");
        assert_eq!(last("nonsense"), "a.json:1: broken JSON: “n” where an object or an array is expected");
        assert!(
            last(&format!("[\"{}\"]", "x".repeat(2000))).starts_with("a.json:1: an article of more than 1000 bytes")
        );
    }
}
