//! Tables: CSV, and TSV where the first line has tabs.

use std::io::BufRead;
use std::path::Path;

use super::layout::Layout;
use super::rows::{Columns, Mapping};
use super::{Sink, malformed};
use crate::error::Result;

/// Reads a table whose first row names its columns.
pub(super) fn read(
    mut input: impl BufRead,
    path: &Path,
    mappings: &[Mapping],
    layout: &Layout,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let head = input.fill_buf().map_err(super::cut(path, None))?;
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let separator = if first.contains(&b'\t') { b'\t' } else { b',' };
    let mut table = csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(input);
    let columns = table.headers().map_err(|error| failed(&error, path))?;
    let columns: Vec<String> = columns.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let columns = Columns::new(&columns, mappings, layout).map_err(|reason| malformed(path, Some(1), reason))?;
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row).map_err(|error| failed(&error, path))? {
        let line = row.position().map(csv::Position::line);
        let fact = columns.fact(|column| row.get(column), layout).map_err(|reason| malformed(path, line, reason))?;
        match fact {
            Some(fact) => sink.add(&fact)?,
            None => sink.left_out += 1,
        }
    }
    Ok(())
}

fn failed(error: &csv::Error, path: &Path) -> crate::error::Error {
    malformed(path, error.position().map(csv::Position::line), error.to_string())
}
