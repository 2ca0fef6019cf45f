//! Makes a gazetteer's file.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use sha2::{Digest, Sha256};

use super::fact::{Fact, WIKIDATA, item_number};
use super::layout::{
    CLASS, COUNTRY, DESCRIPTION, FROM, HEADER, ITEM, KIND, MAGIC, TO, UNIT, USUAL, push_number, push_text,
};
use super::spelling;
use crate::class::Class;
use crate::document::Kind;

/// Takes facts in any order and writes the file. It keeps 16 bytes a name in memory; all else waits on disk.
pub struct Builder {
    about: String,
    texts: Spool,
    /// Where words that came before lie in the texts.
    known: HashMap<String, u64>,
    records: Spool,
    names: Vec<(u64, u32)>,
    things: u64,
}

/// How many words are remembered, so that memory stays bounded; those that come again after it are written again.
const REMEMBERED: usize = 1 << 17;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Records: things, or parts of what is said of them where a source tells it in several places.
    pub things: u64,
    /// Different names of different things.
    pub names: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Builder {
    /// A builder of a file that says of itself what `about` says.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn new(about: impl Into<String>) -> io::Result<Self> {
        let (texts, records) = (Spool::new()?, Spool::new()?);
        Ok(Self { about: about.into(), texts, known: HashMap::new(), records, names: Vec::new(), things: 0 })
    }

    /// Adds a thing. Names that are empty are left out, and a thing without any is none.
    ///
    /// # Errors
    /// When a disk is full, or the file would exceed 8 GB.
    pub fn add(&mut self, fact: &Fact) -> io::Result<()> {
        let place = u32::try_from(self.records.length / UNIT as u64).ok().filter(|place| *place < USUAL);
        let place = place.ok_or_else(|| io::Error::other("a gazetteer cannot hold more than 8 GB"))?;
        let mut names = vec![(spelling::hash(&fact.name), place | USUAL)];
        names.extend(fact.aliases.iter().map(|alias| (spelling::hash(alias), place)));
        names.retain(|(hash, _)| *hash != spelling::hash(""));
        names.sort_by_key(|(hash, place)| (*hash, *place & USUAL == 0));
        names.dedup_by_key(|(hash, _)| *hash);
        if names.is_empty() {
            return Ok(());
        }
        let mut record = self.record(fact)?;
        record.resize(record.len().next_multiple_of(UNIT), 0);
        self.records.write(&record)?;
        self.names.extend(names);
        self.things += 1;
        Ok(())
    }

    /// Writes the file. The same facts in the same order give the same bytes.
    ///
    /// # Errors
    /// When `output` or a temporary file fails.
    pub fn write(mut self, output: &mut impl Write) -> io::Result<Size> {
        self.names.sort_unstable();
        let names_length = self.names.len() as u64 * super::layout::ENTRY as u64;
        let lengths = [self.about.len() as u64, self.texts.length, self.records.length, names_length];
        let digest = self.each_part(io::sink())?;
        output.write_all(MAGIC)?;
        let mut end = HEADER as u64;
        for length in lengths {
            end += length;
            output.write_all(&end.to_le_bytes())?;
        }
        output.write_all(&digest)?;
        self.each_part(output)?;
        Ok(Size { things: self.things, names: self.names.len() as u64, bytes: end })
    }

    /// Writes all after the header, and says what its digest is.
    fn each_part(&mut self, output: impl Write) -> io::Result<[u8; 32]> {
        let mut output = Hashed { output: BufWriter::new(output), hasher: Sha256::new() };
        output.write_all(self.about.as_bytes())?;
        self.texts.copy_to(&mut output)?;
        self.records.copy_to(&mut output)?;
        for (hash, place) in &self.names {
            let mut entry = [0; super::layout::ENTRY];
            entry[..8].copy_from_slice(&hash.to_le_bytes());
            entry[8..].copy_from_slice(&place.to_le_bytes());
            output.write_all(&entry)?;
        }
        output.flush()?;
        Ok(output.hasher.finalize().into())
    }

    fn record(&mut self, fact: &Fact) -> io::Result<Vec<u8>> {
        let mut record = vec![0, fact.prior];
        let mut parts = 0;
        match item_number(&fact.iri).filter(|_| fact.iri.starts_with(WIKIDATA)) {
            Some(number) => {
                parts |= ITEM;
                push_number(&mut record, number);
            }
            None => push_text(&mut record, &fact.iri),
        }
        push_text(&mut record, &fact.name);
        let (kind, class) = (fact.kind.map(Kind::name), fact.class.map(Class::name));
        let shared = [
            (KIND, kind),
            (CLASS, class),
            (COUNTRY, fact.country.as_deref()),
            (DESCRIPTION, fact.description.as_deref()),
        ];
        for (part, text) in shared {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                parts |= part;
                let place = self.shared(text)?;
                push_number(&mut record, place);
            }
        }
        for (part, year) in [(FROM, fact.from), (TO, fact.to)] {
            if let Some(year) = year {
                parts |= part;
                record.extend(year.to_le_bytes());
            }
        }
        record[0] = parts;
        Ok(record)
    }

    /// Where a text lies among those that records share.
    fn shared(&mut self, text: &str) -> io::Result<u64> {
        if let Some(place) = self.known.get(text) {
            return Ok(*place);
        }
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let place = self.texts.length;
        let mut bytes = Vec::new();
        push_text(&mut bytes, text);
        self.texts.write(&bytes)?;
        self.known.insert(text.to_owned(), place);
        Ok(place)
    }
}

/// Bytes that wait on disk until their length is known.
struct Spool {
    file: BufWriter<File>,
    length: u64,
}

impl Spool {
    fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), length: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn copy_to(&mut self, output: &mut impl Write) -> io::Result<()> {
        self.file.flush()?;
        let mut file = self.file.get_ref();
        file.rewind()?;
        io::copy(&mut BufReader::new(file.take(self.length)), output)?;
        Ok(())
    }
}

/// A writer that takes a digest of what passes.
struct Hashed<W> {
    output: W,
    hasher: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
