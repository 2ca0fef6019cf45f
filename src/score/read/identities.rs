//! What corpora and knowledge bases call the same thing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Result};

/// A table from Wikipedia titles to Wikidata identifiers; without one, titles stand for themselves.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    of_title: BTreeMap<String, String>,
}

/// What the addresses of known knowledge bases begin with, before a title.
const TITLED: [&str; 8] = [
    "http://dbpedia.org/resource/",
    "https://dbpedia.org/resource/",
    "http://en.wikipedia.org/wiki/",
    "https://en.wikipedia.org/wiki/",
    "http://en.dbpedia.org/resource/",
    "https://en.dbpedia.org/resource/",
    "http://www.wikipedia.org/wiki/",
    "https://www.wikipedia.org/wiki/",
];

/// What the addresses of Wikidata begin with.
const NUMBERED: [&str; 4] = [
    "http://www.wikidata.org/entity/",
    "https://www.wikidata.org/entity/",
    "http://www.wikidata.org/wiki/",
    "https://www.wikidata.org/wiki/",
];

impl Identities {
    /// Reads a table with a title in the first column and its QID in the last column that holds one; tabs between them.
    /// Lines that begin with `#` and titles without a QID are passed over.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Malformed`] when no line has a QID.
    pub fn open(path: &Path) -> Result<Self> {
        let content = std::fs::read_to_string(path).map_err(Error::io(path))?;
        let mut of_title = BTreeMap::new();
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if let Some(qid) = cells.iter().skip(1).rev().map(|cell| cell.trim()).find(|cell| is_qid(cell)) {
                of_title.insert(decode(cells[0]), qid.to_owned());
            }
        }
        if of_title.is_empty() {
            let reason = "holds no title with a Wikidata identifier (Q42), set apart by a tab".to_owned();
            return Err(Error::Malformed { path: path.to_owned(), line: None, reason });
        }
        Ok(Self { of_title })
    }

    /// The identifier of what a title names: its QID where the table has one, else the title itself with spaces.
    #[must_use]
    pub fn of(&self, title: &str) -> String {
        let title = decode(title);
        self.of_title.get(&title).cloned().unwrap_or(title)
    }

    /// The identifier of what an IRI names; none when the IRI is of no knowledge base that is known here (NIL).
    #[must_use]
    pub fn of_iri(&self, iri: &str) -> Option<String> {
        if let Some(number) = NUMBERED.iter().find_map(|base| iri.strip_prefix(base)) {
            return is_qid(number).then(|| number.to_owned());
        }
        TITLED.iter().find_map(|base| iri.strip_prefix(base)).map(|title| self.of(title))
    }
}

fn is_qid(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A title with its spaces and its special characters: `Paris%2C_Texas` is `Paris, Texas`.
pub(super) fn decode(title: &str) -> String {
    let mut bytes = Vec::with_capacity(title.len());
    let mut rest = title.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%').then(|| after.get(..2)).flatten();
        let escaped = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match escaped {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(if byte == b'_' { b' ' } else { byte });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_iris_of_one_thing_have_one_identifier() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "#Title\tQID\nParis,_Texas\tParis,_Texas\tQ830149\t2025\n").unwrap();
        let identities = Identities::open(file.path()).unwrap();
        assert_eq!(identities.of("Paris%2C_Texas"), "Q830149");
        assert_eq!(identities.of_iri("http://dbpedia.org/resource/Paris,_Texas").as_deref(), Some("Q830149"));
        assert_eq!(identities.of_iri("http://www.wikidata.org/entity/Q830149").as_deref(), Some("Q830149"));
        assert_eq!(identities.of_iri("http://dbpedia.org/resource/S%C3%A3o_Paulo").as_deref(), Some("São Paulo"));
        assert_eq!(identities.of_iri("http://aksw.org/notInWiki/Ada"), None);
    }
}
