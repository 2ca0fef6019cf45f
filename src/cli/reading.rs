//! The flags that say what is read and how, and the reading itself: shared by every command that takes articles.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::analysis::Analysis;
use super::progress::Progress;
use super::{Status, Terminal};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::parallel;
use crate::source::{self, Format, Options, Record};

/// What is read, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// Files, directories, quoted globs, or - for standard input; .gz and .zst are read through
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Read every input in this format [default: told by name, then by content]
    #[arg(long, short, value_name = "FORMAT", value_parser = format_parser(), help_heading = "Reading")]
    format: Option<Format>,
    /// Take a field of JSON and CSV records from this path or column (text=article.body); may be given again
    ///
    /// Fields: text, html, headline, url, published, modified, authors, publisher, language, section, keywords.
    #[arg(long, short, value_name = "FIELD=PATH", help_heading = "Reading")]
    map: Vec<String>,
    /// Decode every input from this encoding (windows-1252) [default: stated or detected]
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    encoding: Option<String>,
    /// Read articles in other languages too, as if they were English
    #[arg(long, help_heading = "Reading")]
    any_language: bool,
    #[command(flatten)]
    pub(super) analysis: Analysis,
}

/// What happens while articles are read.
pub(super) enum Event<R> {
    /// An article was read, and this was made of it.
    Read(R),
    /// The next article is not there yet: a good moment to hand on what there is.
    Waiting,
}

/// What became of the articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Articles read.
    pub(super) read: u64,
    /// Articles left out on purpose.
    pub(super) skipped: u64,
    /// Articles and files that could not be read.
    pub(super) failed: u64,
}

impl Tally {
    pub(super) fn status(self) -> Status {
        match (self.failed, self.read) {
            (0, _) => Status::Done,
            (_, 0) => Status::Failed,
            _ => Status::Partial,
        }
    }
}

impl Reading {
    fn options(&self) -> Result<Options> {
        let mut options = Options::built_in()?.with_language_check(!self.any_language);
        if let Some(format) = self.format {
            options = options.with_format(format);
        }
        if let Some(encoding) = &self.encoding {
            options = options.with_encoding(encoding)?;
        }
        self.map.iter().try_fold(options, |options, setting| options.with_mapping(setting))
    }

    /// Reads every article, makes something of each on any thread, and gives it to `take` in the order of the input.
    ///
    /// An article that cannot be read is reported as its turn comes, and the rest goes on.
    ///
    /// # Errors
    /// When `take` fails; then reading stops.
    pub(super) fn each<R: Send>(
        &self,
        terminal: &Terminal,
        make: impl Fn(Article) -> R + Sync,
        mut take: impl FnMut(Event<R>) -> Result<()>,
    ) -> Result<Tally> {
        let options = self.options()?;
        let progress = Progress::start(terminal, &self.inputs, &options);
        let read = |record: Result<Record>| Ok(make(record?.article(&options)?));
        let records = source::records(&self.inputs, &options);
        parallel::stream(records, read, |mut results| {
            let mut tally = Tally::default();
            loop {
                let result = match results.ready() {
                    Some(result) => result,
                    None => {
                        take(Event::Waiting)?;
                        let Some(result) = results.next() else { return Ok(tally) };
                        result
                    }
                };
                match result {
                    Ok(made) => {
                        tally.read += 1;
                        take(Event::Read(made))?;
                    }
                    Err(reason) => tally.leave_out(&reason, terminal),
                }
                progress.update(tally);
            }
        })
    }
}

impl Tally {
    fn leave_out(&mut self, reason: &Error, terminal: &Terminal) {
        if reason.is_skip() {
            self.skipped += 1;
            terminal.warning(reason);
        } else {
            self.failed += 1;
            terminal.error(reason);
        }
    }
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES).try_map(|name| name.parse::<Format>())
}
