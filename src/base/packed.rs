//! An article's triples as the log stores them: each term once, front-coded, and the triples as columns of numbers.
//!
//! N-Quads text under the same zstd is about as small, but would have to be parsed, and each term of each quad looked
//! up; here each term of an article is decoded and looked up once.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple, TripleRef};

use super::terms::{self, Key, Keys};

/// The level of zstd.
const LEVEL: i32 = 6;

/// The most that one article may unpack to, in bytes: far more than any article needs, and less than a machine has.
const LIMIT: usize = 1 << 30;

/// What is wrong with bytes that do not unpack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Damage(pub(super) &'static str);

/// A set of triples over a list of terms.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    /// The terms in the order of their keys, each once.
    keys: Keys,
    /// Subject, predicate and object as positions in `keys`; sorted, each triple once.
    triples: Vec<[u32; 3]>,
}

impl Packed {
    pub(super) fn new<'a>(triples: impl Iterator<Item = TripleRef<'a>> + Clone) -> Self {
        let mut positions: BTreeMap<Key, u32> = BTreeMap::new();
        for triple in triples.clone() {
            positions.extend(terms::keys_of(triple).map(|key| (key, 0)));
        }
        for (position, slot) in (0..).zip(positions.values_mut()) {
            *slot = position;
        }
        let mut triples: Vec<[u32; 3]> =
            triples.map(|triple| terms::keys_of(triple).map(|key| positions[&key])).collect();
        triples.sort_unstable();
        triples.dedup();
        let mut keys = Keys::default();
        positions.keys().for_each(|key| keys.push(key));
        Self { keys, triples }
    }

    /// A set of its parts, which must be in order, each once.
    pub(super) fn from_parts(keys: Keys, triples: Vec<[u32; 3]>) -> Self {
        Self { keys, triples }
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(super) fn rows(&self) -> &[[u32; 3]] {
        &self.triples
    }

    /// The first object of a subject and predicate.
    pub(super) fn object(&self, subject: &str, predicate: &str) -> Option<&str> {
        let [subject, predicate] = [subject, predicate].map(|key| self.keys.find_sorted(key));
        let start = [u32::try_from(subject?).ok()?, u32::try_from(predicate?).ok()?];
        let at = self.triples.partition_point(|row| row[..2] < start[..]);
        let row = self.triples.get(at).filter(|row| row[..2] == start[..])?;
        Some(self.keys.at(row[2] as usize))
    }

    /// The triples, in the order of their terms' keys.
    pub(super) fn triples(&self) -> Result<Vec<Triple>, Damage> {
        let terms: Option<Vec<Term>> = self.keys.iter().map(terms::term).collect();
        let terms = terms.ok_or(Damage("a term of an unknown kind"))?;
        self.triples
            .iter()
            .map(|row| {
                let [s, p, o] = row.map(|position| terms[position as usize].clone());
                Ok(Triple::new(subject(s)?, predicate(p)?, o))
            })
            .collect()
    }

    pub(super) fn encode(&self) -> std::io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        write_number(&mut raw, self.keys.len() as u64);
        let mut previous: &[u8] = &[];
        for key in self.keys.iter() {
            let key = key.as_bytes();
            let shared = previous.iter().zip(key).take_while(|(a, b)| a == b).count();
            write_number(&mut raw, shared as u64);
            write_number(&mut raw, (key.len() - shared) as u64);
            raw.extend_from_slice(&key[shared..]);
            previous = key;
        }
        write_number(&mut raw, self.triples.len() as u64);
        let mut subject = 0;
        for row in &self.triples {
            write_number(&mut raw, u64::from(row[0] - subject));
            subject = row[0];
        }
        for column in [1, 2] {
            for row in &self.triples {
                write_number(&mut raw, u64::from(row[column]));
            }
        }
        zstd::bulk::compress(&raw, LEVEL)
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Damage> {
        let raw = zstd::bulk::decompress(bytes, LIMIT).map_err(|_| Damage("it does not decompress"))?;
        let mut rest = Numbers(&raw);
        let keys = rest.keys()?;
        let count = rest.count()?;
        let mut triples = vec![[0; 3]; count];
        let mut subject = 0u32;
        for row in &mut triples {
            let step = rest.below(keys.len())?;
            subject = subject.checked_add(step).filter(|s| (*s as usize) < keys.len()).ok_or(SHORT)?;
            row[0] = subject;
        }
        for column in [1, 2] {
            for row in &mut triples {
                row[column] = rest.below(keys.len())?;
            }
        }
        if rest.0.is_empty() { Ok(Self { keys, triples }) } else { Err(SHORT) }
    }
}

fn subject(term: Term) -> Result<NamedOrBlankNode, Damage> {
    match term {
        Term::NamedNode(node) => Ok(node.into()),
        Term::BlankNode(node) => Ok(node.into()),
        Term::Literal(_) => Err(Damage("a literal as a subject")),
        Term::Triple(_) => Err(Damage("a triple term as a subject")),
    }
}

fn predicate(term: Term) -> Result<NamedNode, Damage> {
    match term {
        Term::NamedNode(node) => Ok(node),
        _ => Err(Damage("a predicate that is no IRI")),
    }
}

const SHORT: Damage = Damage("its parts do not fit together");

/// Writes seven bits a byte, lowest first, the high bit set on all but the last (LEB128).
fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// What is left to decode.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn next(&mut self) -> Result<u64, Damage> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(SHORT)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(SHORT)
    }

    /// A number of things of which each takes at least one byte.
    fn count(&mut self) -> Result<usize, Damage> {
        let count = usize::try_from(self.next()?).map_err(|_| SHORT)?;
        if count <= self.0.len() { Ok(count) } else { Err(SHORT) }
    }

    fn below(&mut self, limit: usize) -> Result<u32, Damage> {
        let number = u32::try_from(self.next()?).map_err(|_| SHORT)?;
        if (number as usize) < limit { Ok(number) } else { Err(SHORT) }
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(SHORT)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn keys(&mut self) -> Result<Keys, Damage> {
        let terms = self.count()?;
        let mut ends = Vec::with_capacity(terms);
        let mut text: Vec<u8> = Vec::new();
        let mut previous = 0;
        for _ in 0..terms {
            let shared = usize::try_from(self.next()?).map_err(|_| SHORT)?;
            let start = text.len();
            if shared > start - previous {
                return Err(SHORT);
            }
            text.extend_from_within(previous..previous + shared);
            let count = self.count()?;
            text.extend_from_slice(self.bytes(count)?);
            ends.push(text.len());
            previous = start;
        }
        let text = String::from_utf8(text).map_err(|_| Damage("a term is not UTF-8"))?;
        Keys::new(text, ends).ok_or(SHORT)
    }
}
