//! Known things under their names: a table of facts in one file, mapped into memory and read in place.
//!
//! The one inside the program and those that a user [imports](import) have the same form and are read in the same way.

mod builder;
mod fact;
pub mod import;
mod layout;
pub(crate) mod spelling;

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use sha2::{Digest, Sha256};

use crate::class::Class;
use crate::document::Kind;
use crate::error::{Error, Result};
pub use builder::{Builder, Size};
pub use fact::{Fact, prior};
use layout::{CLASS, COUNTRY, Cursor, DESCRIPTION, ENTRY, FROM, HEADER, ITEM, KIND, MAGIC, TO, UNIT, USUAL};

/// The gazetteer inside the program.
static BUILT_IN: &[u8] = include_bytes!("../../data/gazetteer/world.gaz");

/// Known things under their names.
pub struct Gazetteer {
    path: PathBuf,
    bytes: Bytes,
    /// Where each section begins, and where the last one ends.
    sections: [usize; 5],
}

enum Bytes {
    Static(&'static [u8]),
    Mapped(Mmap),
}

/// A thing that goes by a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// Its IRI.
    pub iri: Cow<'a, str>,
    /// Its usual name.
    pub name: &'a str,
    /// Whether that is the name it was looked up by.
    pub is_usual: bool,
    /// What sort of thing it is, where that is known.
    pub kind: Option<Kind>,
    /// What sort of thing it is more closely.
    pub class: Option<Class>,
    /// Its country: a name, or an identifier in Wikidata.
    pub country: Option<&'a str>,
    /// A few words that tell it from its namesakes.
    pub description: Option<&'a str>,
    /// The year from which on it held its office, or existed.
    pub from: Option<i16>,
    /// The year in which that ended.
    pub to: Option<i16>,
    /// How often it is meant among all the things of its names: see [`Fact::prior`].
    pub prior: u8,
}

impl Candidate<'_> {
    /// Its identifier in Wikidata, if it is there.
    #[must_use]
    pub fn qid(&self) -> Option<&str> {
        self.iri.strip_prefix(fact::WIKIDATA)
    }
}

impl Gazetteer {
    /// The gazetteer inside the program.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn built_in() -> Result<Self> {
        Self::new(PathBuf::from("built-in gazetteer"), Bytes::Static(BUILT_IN))
    }

    /// Opens a file that [`Builder`] wrote. It is mapped into memory, not read: opening takes no longer for millions of names.
    ///
    /// The file must not be changed while it is open; `newsgraph gazetteer import` replaces files by new ones.
    ///
    /// # Errors
    /// When the file cannot be read, or is no gazetteer, one of another version, or cut short.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io(path))?;
        #[expect(
            unsafe_code,
            reason = "mapping is the one way to open gigabytes at once; files are replaced, not changed"
        )]
        let map = unsafe { Mmap::map(&file) }.map_err(Error::io(path))?;
        Self::new(path.to_owned(), Bytes::Mapped(map))
    }

    fn new(path: PathBuf, bytes: Bytes) -> Result<Self> {
        match sections(bytes.get()) {
            Ok(sections) => Ok(Self { path, bytes, sections }),
            Err(reason) => Err(Error::Malformed { path, line: None, reason: reason.to_owned() }),
        }
    }

    /// Where it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What made it.
    #[must_use]
    pub fn about(&self) -> &str {
        std::str::from_utf8(self.section(0)).unwrap_or("")
    }

    /// How many names of things it holds.
    #[must_use]
    pub fn names(&self) -> usize {
        self.section(3).len() / ENTRY
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.get().len()
    }

    /// A digest of all it holds, as it was written.
    #[must_use]
    pub fn digest(&self) -> &[u8] {
        &self.bytes.get()[HEADER - 32..HEADER]
    }

    /// Whether every byte is as it was written. This reads the whole file.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        Sha256::digest(&self.bytes.get()[HEADER..]).as_slice() == self.digest()
    }

    /// The things that go by a name, in no order that means anything.
    #[must_use]
    pub fn candidates(&self, name: &str) -> Vec<Candidate<'_>> {
        let wanted = spelling::hash(name);
        let (names, _) = self.section(3).as_chunks::<ENTRY>();
        let from = first_not_below(names, wanted);
        let entries = names.iter().skip(from).map(parts).take_while(|(hash, _)| *hash == wanted);
        entries.filter_map(|(_, place)| self.candidate(place)).collect()
    }

    /// All things, in the order in which they were written; a thing may come in several parts.
    pub fn things(&self) -> impl Iterator<Item = Candidate<'_>> {
        let mut places: Vec<u32> = self.section(3).as_chunks().0.iter().map(|entry| parts(entry).1).collect();
        places.retain(|place| place & USUAL != 0);
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.candidate(place))
    }

    fn candidate(&self, place: u32) -> Option<Candidate<'_>> {
        let record = self.section(2).get((place & !USUAL) as usize * UNIT..)?;
        let mut record = Cursor(record);
        let (parts, prior) = (record.byte()?, record.byte()?);
        let iri = if parts & ITEM != 0 {
            Cow::Owned(format!("{}Q{}", fact::WIKIDATA, record.number()?))
        } else {
            Cow::Borrowed(record.text()?)
        };
        let name = record.text()?;
        let mut shared = |part| -> Option<&str> {
            let place = Some(()).filter(|()| parts & part != 0).and_then(|()| record.number())?;
            Cursor(self.section(1).get(usize::try_from(place).ok()?..)?).text()
        };
        let kind = shared(KIND).and_then(|kind| kind.parse().ok());
        let class = shared(CLASS).and_then(|class| class.parse().ok());
        let (country, description) = (shared(COUNTRY), shared(DESCRIPTION));
        let mut year = |part| Some(()).filter(|()| parts & part != 0).and_then(|()| record.year());
        let (from, to) = (year(FROM), year(TO));
        let is_usual = place & USUAL != 0;
        Some(Candidate { iri, name, is_usual, kind, class, country, description, from, to, prior })
    }

    fn section(&self, number: usize) -> &[u8] {
        &self.bytes.get()[self.sections[number]..self.sections[number + 1]]
    }
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Mapped(map) => map,
        }
    }
}

/// Where the sections lie, or why these bytes are no gazetteer.
fn sections(bytes: &[u8]) -> Result<[usize; 5], &'static str> {
    let (magic, rest) = bytes.split_first_chunk().ok_or("not a gazetteer: too short")?;
    if magic[..7] != MAGIC[..7] {
        return Err("not a gazetteer; `newsgraph gazetteer import` makes one");
    }
    if magic != MAGIC {
        return Err("a gazetteer of another version of newsgraph: import it again");
    }
    let mut sections = [HEADER; 5];
    let (ends, _) = rest.as_chunks::<8>();
    for (number, end) in ends.iter().take(4).enumerate() {
        sections[number + 1] = usize::try_from(u64::from_le_bytes(*end)).unwrap_or(usize::MAX);
    }
    match (sections.is_sorted(), sections[4] == bytes.len() && bytes.len() >= HEADER) {
        (true, true) => Ok(sections),
        _ => Err("the gazetteer is damaged or cut short"),
    }
}

/// The first of the sorted names whose number is not below `wanted`: numbers are spread evenly, so it is near where its size
/// says.
fn first_not_below(names: &[[u8; ENTRY]], wanted: u64) -> usize {
    let guess = ((u128::from(wanted) * names.len() as u128) >> 64) as usize;
    let (mut low, mut high) = (guess, guess);
    let mut step = 16;
    while low > 0 && parts(&names[low.min(names.len() - 1)]).0 >= wanted {
        low = low.saturating_sub(step);
        step *= 2;
    }
    step = 16;
    while high < names.len() && parts(&names[high]).0 < wanted {
        high = (high + step).min(names.len());
        step *= 2;
    }
    let low = low.min(high);
    low + names[low..high].partition_point(|entry| parts(entry).0 < wanted)
}

fn parts(entry: &[u8; ENTRY]) -> (u64, u32) {
    let (hash, place) = entry.split_at(8);
    let hash = hash.try_into().map_or(0, u64::from_le_bytes);
    (hash, place.try_into().map_or(0, u32::from_le_bytes))
}

/// Several gazetteers, the later of which know better.
pub struct Gazetteers(Vec<Gazetteer>);

impl Gazetteers {
    /// These, in this order.
    #[must_use]
    pub fn new(gazetteers: Vec<Gazetteer>) -> Self {
        Self(gazetteers)
    }

    /// The one inside the program.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn built_in() -> Result<Self> {
        Ok(Self(vec![Gazetteer::built_in()?]))
    }

    /// Each of them.
    #[must_use]
    pub fn all(&self) -> &[Gazetteer] {
        &self.0
    }

    /// The things that go by a name in any of them, in the order of the gazetteers and then of their IRIs.
    ///
    /// What several say of one thing is one candidate: each part of it is the last one's that has it.
    #[must_use]
    pub fn candidates(&self, name: &str) -> Vec<Candidate<'_>> {
        let mut merged: Vec<Candidate<'_>> = Vec::new();
        for gazetteer in &self.0 {
            let mut candidates = gazetteer.candidates(name);
            candidates.sort_by(|one, other| one.iri.cmp(&other.iri));
            for candidate in candidates {
                match merged.iter_mut().find(|known| known.iri == candidate.iri) {
                    Some(known) => known.merge(&candidate),
                    None => merged.push(candidate),
                }
            }
        }
        merged
    }
}

impl<'a> Candidate<'a> {
    fn merge(&mut self, later: &Self) {
        let Self { iri: _, name, is_usual, kind, class, country, description, from, to, prior } = *later;
        self.name = name;
        self.is_usual |= is_usual;
        self.kind = kind.or(self.kind);
        self.class = class.or(self.class).filter(|class| self.kind.is_none_or(|kind| class.kind() == kind));
        self.country = country.or(self.country);
        self.description = description.or(self.description);
        self.from = from.or(self.from);
        self.to = to.or(self.to);
        self.prior = self.prior.max(prior);
    }
}
