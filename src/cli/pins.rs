//! `newsgraph pins`: what the user has settled, as a file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Status, Terminal, opening};
use crate::base::KnowledgeBase;
use crate::error::{Error, Result};
use crate::identity::{self, Pin, PinError};
use crate::output::Output;

/// Print what is pinned with `same` and `different`, or put what a file says in its place.
///
/// The file is CSV with the columns relation (same or different), entity, article, other, other_article. An entity is a
/// name, the end of an IRI (person/jane-roe) or an IRI, as the article gives it; without an article it is meant in all.
/// `build --pins FILE` brings such a file to another base.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph pins --store kb > pins.csv                keep what is pinned
  newsgraph pins --store kb --replace pins.csv        take it back, after editing
  newsgraph build articles/ --store kb2 --pins pins.csv

Exit status: 0 all went well, 2 nothing was done.")]
pub(super) struct Pins {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Put the pins of this file in place of those of the base
    #[arg(long, value_name = "FILE")]
    replace: Option<PathBuf>,
}

impl Pins {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let base = opening::open(&self.store, terminal)?;
        if let Some(file) = &self.replace {
            let pins = read(file)?;
            base.set_pins(&pins)?;
            base.settle()?;
            terminal.note(&format_args!("{} pins", pins.iter().count()));
            return Ok(Status::Done);
        }
        let mut output = Output::stdout();
        output.write_all(base.pins()?.to_csv().as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(Status::Done)
    }
}

/// The pins of a file.
///
/// # Errors
/// When it cannot be read, a line is no pin, or pins contradict each other.
pub(super) fn read(file: &Path) -> Result<identity::Pins> {
    let text = fs::read_to_string(file).map_err(Error::io(file))?;
    identity::Pins::from_csv(&text).map_err(|error| {
        let line = if let PinError::Line { line, .. } = &error { Some(*line) } else { None };
        let reason = if let PinError::Line { reason, .. } = error { reason } else { error.to_string() };
        Error::Malformed { path: file.to_owned(), line, reason }
    })
}

/// Adds pins to those of a base.
///
/// # Errors
/// When they contradict what is pinned, or the base cannot be written.
pub(super) fn add(base: &KnowledgeBase, pins: impl IntoIterator<Item = Pin>) -> Result<()> {
    let all = base.pins()?.with(pins).map_err(|error| Error::Setting(error.to_string()))?;
    base.set_pins(&all)
}
