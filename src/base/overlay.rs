//! A database file under a reader, who must not change it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

const PAGE: usize = 4096;

/// A file whose changes stay in memory.
///
/// The database writes even for a reader: it marks the file as open, and repairs it after a crash. On this backend a
/// reader can let it, on a read-only disk and beside other readers, and so gets its full integrity check.
#[derive(Debug)]
pub(super) struct Overlay(Mutex<State>);

#[derive(Debug)]
struct State {
    file: File,
    /// How much of the file still shows: what was cut off and regrown is zero.
    file_len: u64,
    len: u64,
    /// The pages that were written, by number.
    written: BTreeMap<u64, Box<[u8; PAGE]>>,
}

impl Overlay {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self(Mutex::new(State { file, file_len: len, len, written: BTreeMap::new() })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Fills `out` with what the file holds from `offset` on, and zeros behind its end.
    fn read_file(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let left = usize::try_from(self.file_len.saturating_sub(offset)).unwrap_or(usize::MAX);
        let (held, beyond) = out.split_at_mut(left.min(out.len()));
        beyond.fill(0);
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.read_exact(held)
    }
}

/// The pages that a range touches: each page's number, the range within the page, and the range within the buffer.
fn pages(offset: u64, len: usize) -> impl Iterator<Item = (u64, std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let at = offset + done as u64;
        let start = usize::try_from(at % PAGE as u64).expect("less than a page");
        let count = (PAGE - start).min(len - done);
        let range = done..done + count;
        done += count;
        (count > 0).then_some((at / PAGE as u64, start..start + count, range))
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut state = self.state();
        if offset.checked_add(out.len() as u64).is_none_or(|end| end > state.len) {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file is cut short"));
        }
        state.read_file(offset, out)?;
        if !state.written.is_empty() {
            for (number, inside, outside) in pages(offset, out.len()) {
                if let Some(page) = state.written.get(&number) {
                    out[outside].copy_from_slice(&page[inside]);
                }
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.state();
        state.written.split_off(&len.div_ceil(PAGE as u64));
        let kept = usize::try_from(len % PAGE as u64).expect("less than a page");
        if let Some(page) = state.written.get_mut(&(len / PAGE as u64)) {
            page[kept..].fill(0);
        }
        state.file_len = state.file_len.min(len);
        state.len = len;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        for (number, inside, outside) in pages(offset, data.len()) {
            if !state.written.contains_key(&number) {
                let mut page = Box::new([0; PAGE]);
                state.read_file(number * PAGE as u64, page.as_mut_slice())?;
                state.written.insert(number, page);
            }
            if let Some(page) = state.written.get_mut(&number) {
                page[inside].copy_from_slice(&data[outside]);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn changes_show_to_the_reader_and_not_in_the_file() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[7; 10_000]).unwrap();
        let overlay = Overlay::new(file.try_clone().unwrap()).unwrap();
        overlay.write(4_090, &[1; 20]).unwrap();
        let mut seen = [0; 24];
        overlay.read(4_088, &mut seen).unwrap();
        assert_eq!(seen, [7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7, 7]);
        let mut kept = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut kept).unwrap();
        assert_eq!(kept, [7; 10_000]);
    }

    #[test]
    fn what_was_cut_off_and_regrown_is_zero() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[7; 10_000]).unwrap();
        let overlay = Overlay::new(file).unwrap();
        overlay.write(5_000, &[1; 10]).unwrap();
        overlay.set_len(5_005).unwrap();
        overlay.set_len(20_000).unwrap();
        let mut seen = [9; 8];
        overlay.read(4_998, &mut seen).unwrap();
        assert_eq!(seen, [7, 7, 1, 1, 1, 1, 1, 0]);
        assert!(overlay.read(19_999, &mut seen).is_err());
    }
}
