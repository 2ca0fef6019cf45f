//! Wikidata's JSON dump: an array with one entity a line, as `latest-all.json.gz` and `.bz2` have it.

use std::io::BufRead;
use std::path::Path;

use super::classes::Classes;
use super::entity::Entity;
use super::{Sink, cut, malformed};
use crate::error::Result;
use crate::gazetteer::fact::Fact;
use crate::parallel;

/// How many bytes of lines a thread takes at a time.
const BATCH: usize = 1 << 20;
/// The longest line there may be; the longest of Wikidata's are under 10 MB.
const LONGEST: u64 = 1 << 26;

/// Lines that follow each other, and the number of the first.
struct Batch {
    first: u64,
    lines: Vec<Vec<u8>>,
}

/// Reads the things of these classes.
pub(super) fn read(
    input: impl BufRead + Send,
    path: &Path,
    languages: &[String],
    classes: &Classes,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let made = |entity: &Entity| entity.fact(languages, classes);
    each(input, path, made, |fact: Option<Fact>| match fact {
        Some(fact) => sink.add(&fact),
        None => {
            sink.left_out += 1;
            Ok(())
        }
    })
}

/// Reads which classes are subclasses of which, by their numbers.
pub(super) fn subclasses(input: impl BufRead + Send, path: &Path) -> Result<Vec<(u32, u32)>> {
    let mut pairs = Vec::new();
    each(input, path, Entity::superclasses, |of_one: Vec<(u32, u32)>| {
        pairs.extend(of_one);
        Ok(())
    })?;
    Ok(pairs)
}

/// Makes something of each entity, on all threads, and gives it to `take` in order.
fn each<R: Send>(
    input: impl BufRead + Send,
    path: &Path,
    make: impl Fn(&Entity) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let work = |batch: Result<Batch>| {
        let Batch { first, lines } = batch?;
        let numbered = (first..).zip(&lines);
        let parsed = numbered.filter_map(|(number, line)| parse(line, number, path).transpose());
        parsed.map(|entity| entity.map(|entity| make(&entity))).collect::<Result<Vec<R>>>()
    };
    parallel::stream(batches(input, path), work, |mut results| {
        results.try_for_each(|made| made?.into_iter().try_for_each(&mut take))
    })
}

/// The entity of a line; none for the brackets of the array.
fn parse(line: &[u8], number: u64, path: &Path) -> Result<Option<Entity>> {
    let line = line.trim_ascii();
    let line = line.strip_suffix(b",").unwrap_or(line);
    if matches!(line, b"" | b"[" | b"]") {
        return Ok(None);
    }
    let wrong = |error: serde_json::Error| {
        let column = error.column();
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        malformed(path, Some(number), format!("no entity of Wikidata's JSON dump: {what} at column {column}"))
    };
    serde_json::from_slice(line).map(Some).map_err(wrong)
}

/// The lines of a dump, of which the last must close the array that the first opens.
fn batches(mut input: impl BufRead + Send, path: &Path) -> impl Iterator<Item = Result<Batch>> + Send {
    let (mut number, mut opened, mut over, mut failure) = (1, false, false, None);
    std::iter::from_fn(move || {
        let (first, mut lines, mut size) = (number, Vec::new(), 0);
        while size < BATCH && !over {
            match next_line(&mut input, number, path) {
                Ok(line) if line.is_empty() => {
                    let reason = "the dump is cut short: the array that its first line opens is not closed";
                    failure = Some(malformed(path, Some(number), reason.to_owned())).filter(|_| opened);
                    over = true;
                }
                Ok(line) => {
                    let content = line.trim_ascii();
                    opened |= number == 1 && content.starts_with(b"[");
                    over = opened && content.ends_with(b"]") && content.len() < 3;
                    size += line.len();
                    number += 1;
                    lines.push(line);
                }
                Err(error) => (failure, over) = (Some(error), true),
            }
        }
        match lines.is_empty() {
            false => Some(Ok(Batch { first, lines })),
            true => failure.take().map(Err),
        }
    })
}

fn next_line(input: &mut impl BufRead, number: u64, path: &Path) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    std::io::Read::take(input, LONGEST).read_until(b'\n', &mut line).map_err(cut(path, Some(number)))?;
    match line.len() as u64 {
        LONGEST.. => Err(malformed(path, Some(number), format!("a line of more than {LONGEST} bytes"))),
        _ => Ok(line),
    }
}
