//! Merges the triples of any number of articles: each once, in reading order, in little memory.

use std::io;

use oxigraph::model::Triple;

use super::key;
use super::order::Place;
use crate::spill::{Sorted, Sorter};

/// Collects triples and hands them back as [`QuadWriter`](super::write::QuadWriter) would sort them all at once, each once.
///
/// They are sorted twice, by subject and then by the place of the subject, which follows from all that is said of it. What
/// does not fit in memory waits in temporary files.
#[derive(Default)]
pub struct Merge {
    by_subject: Sorter,
    limit: Option<usize>,
}

/// Before what tells a subject's place, and before all else of the subject.
const TELLING: [u8; 2] = [0, 1];

impl Merge {
    /// One that holds about so many bytes.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self { by_subject: Sorter::with_limit(limit), limit: Some(limit) }
    }

    /// Takes a triple.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, triple: &Triple) -> io::Result<()> {
        let mut record = Vec::with_capacity(256);
        key::push_subject(&mut record, &triple.subject);
        record.push(TELLING[usize::from(!Place::depends_on(triple.predicate.as_ref()))]);
        key::push_rest(&mut record, triple);
        self.by_subject.push(&record)
    }

    /// The triples in the order of their subjects, which do not stand in reading order.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read; so do the items.
    pub fn subjects(self) -> io::Result<impl Iterator<Item = io::Result<Triple>>> {
        Ok(self.by_subject.finish()?.map(|record| read(&without_mark(&record?).1)))
    }

    /// All triples in reading order.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read; so do the items.
    pub fn finish(self) -> io::Result<impl Iterator<Item = io::Result<Triple>>> {
        let mut by_place = self.limit.map_or_else(Sorter::default, Sorter::with_limit);
        place(self.by_subject.finish()?, &mut by_place)?;
        Ok(by_place.finish()?.map(|record| read(&record?[key::PLACE..])))
    }
}

/// Puts its subject's place before each record. What tells the place comes first of a subject.
fn place(sorted: Sorted, by_place: &mut Sorter) -> io::Result<()> {
    let mut subject: Vec<u8> = Vec::new();
    let mut known = Place::of("");
    let mut waiting: Vec<Vec<u8>> = Vec::new();
    for record in sorted {
        let record = record?;
        let length = key::text_length(&record);
        let (mark, bare) = without_mark(&record);
        if record[..length] != subject[..] {
            push_all(by_place, known, &mut waiting)?;
            subject = record[..length].to_vec();
            known = Place::of(&subject_iri(&bare)?);
        }
        if mark == TELLING[0] {
            let triple = read(&bare)?;
            known.note(triple.predicate.as_ref(), &triple.object);
            waiting.push(bare);
        } else {
            push_all(by_place, known, &mut waiting)?;
            push(by_place, known, &bare)?;
        }
    }
    push_all(by_place, known, &mut waiting)
}

fn subject_iri(record: &[u8]) -> io::Result<String> {
    Ok(match read(record)?.subject {
        oxigraph::model::NamedOrBlankNode::NamedNode(node) => node.into_string(),
        oxigraph::model::NamedOrBlankNode::BlankNode(node) => node.into_string(),
    })
}

fn push_all(by_place: &mut Sorter, place: Place, waiting: &mut Vec<Vec<u8>>) -> io::Result<()> {
    waiting.drain(..).try_for_each(|record| push(by_place, place, &record))
}

fn push(by_place: &mut Sorter, place: Place, record: &[u8]) -> io::Result<()> {
    let mut placed = Vec::with_capacity(key::PLACE + record.len());
    key::push_place(&mut placed, place);
    placed.extend_from_slice(record);
    by_place.push(&placed)
}

/// The mark after the subject, and the record without it.
fn without_mark(record: &[u8]) -> (u8, Vec<u8>) {
    let length = key::text_length(record);
    (record[length], [&record[..length], &record[length + 1..]].concat())
}

fn read(record: &[u8]) -> io::Result<Triple> {
    key::read(record).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a temporary file was changed"))
}
