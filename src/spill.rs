//! Sorts more than memory holds: runs are sorted, written to temporary files, and merged while they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use rayon::prelude::*;

/// The bytes of a run.
const RUN: usize = 32 << 20;
/// How many runs are merged at once; when there are so many, they become one.
const RUNS: usize = 64;

/// Collects records and hands them back sorted byte by byte, each once.
///
/// It holds some 64 MB at most, however many records come; the rest waits in temporary files, which nobody else can open and
/// which go with it.
pub struct Sorter {
    limit: usize,
    bytes: Vec<u8>,
    /// Where each record begins and ends.
    records: Vec<(usize, usize)>,
    runs: Vec<File>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self::with_limit(RUN)
    }
}

impl Sorter {
    /// One that holds about so many bytes.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self { limit, bytes: Vec::new(), records: Vec::new(), runs: Vec::new() }
    }

    /// Takes a record.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(record);
        self.records.push((start, self.bytes.len()));
        if self.bytes.len() + self.records.len() * size_of::<(usize, usize)>() >= self.limit {
            self.spill()?;
        }
        Ok(())
    }

    /// All records, sorted.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read; so do the items.
    pub fn finish(mut self) -> io::Result<Sorted> {
        self.sort();
        let mut sources = runs(self.runs)?;
        sources.push(Run::Memory { bytes: self.bytes, records: self.records.into_iter() });
        Sorted::new(sources)
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.records.par_sort_unstable_by(|a, b| bytes[a.0..a.1].cmp(&bytes[b.0..b.1]));
        self.records.dedup_by(|a, b| bytes[a.0..a.1] == bytes[b.0..b.1]);
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let records = self.records.drain(..).map(|(start, end)| Ok(&self.bytes[start..end]));
        self.runs.push(write_run(records)?);
        self.bytes.clear();
        if self.runs.len() == RUNS {
            let merged = Sorted::new(runs(std::mem::take(&mut self.runs))?)?;
            self.runs.push(write_run(merged)?);
        }
        Ok(())
    }
}

/// Writes records to a temporary file, each after its length.
fn write_run<R: AsRef<[u8]>>(records: impl Iterator<Item = io::Result<R>>) -> io::Result<File> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    for record in records {
        let record = record?;
        out.write_all(&(record.as_ref().len() as u64).to_le_bytes())?;
        out.write_all(record.as_ref())?;
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

fn runs(files: Vec<File>) -> io::Result<Vec<Run>> {
    Ok(files.into_iter().map(|file| Run::File(BufReader::new(file))).collect())
}

/// Records in order.
enum Run {
    Memory { bytes: Vec<u8>, records: std::vec::IntoIter<(usize, usize)> },
    File(BufReader<File>),
}

impl Run {
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Memory { bytes, records } => Ok(records.next().map(|(start, end)| bytes[start..end].to_vec())),
            Self::File(file) => {
                let mut length = [0; 8];
                match file.read_exact(&mut length) {
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    read => read?,
                }
                let mut record = vec![0; usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX)];
                file.read_exact(&mut record)?;
                Ok(Some(record))
            }
        }
    }
}

/// What a [`Sorter`] took, sorted, each record once.
pub struct Sorted {
    runs: Vec<Run>,
    /// The next record of each run that has one.
    heads: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    previous: Option<Vec<u8>>,
}

impl Sorted {
    fn new(runs: Vec<Run>) -> io::Result<Self> {
        let mut sorted = Self { heads: BinaryHeap::with_capacity(runs.len()), runs, previous: None };
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }

    fn advance(&mut self, run: usize) -> io::Result<()> {
        if let Some(record) = self.runs[run].next()? {
            self.heads.push(Reverse((record, run)));
        }
        Ok(())
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(Reverse((record, run))) = self.heads.pop() {
            if let Err(error) = self.advance(run) {
                return Some(Err(error));
            }
            if self.previous.as_ref() != Some(&record) {
                self.previous = Some(record.clone());
                return Some(Ok(record));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_records_come_back_sorted_and_once_however_little_is_held(
            records in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..6), 0..300),
            limit in 1_usize..4000,
        ) {
            let mut sorter = Sorter::with_limit(limit);
            for record in &records {
                sorter.push(record).unwrap();
            }
            let sorted: Vec<Vec<u8>> = sorter.finish().unwrap().collect::<io::Result<_>>().unwrap();
            let expected: Vec<Vec<u8>> = records.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
            prop_assert_eq!(sorted, expected);
        }
    }
}
