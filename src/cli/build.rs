//! `newsgraph build`: articles into a knowledge base.

use std::path::PathBuf;
use std::time::Instant;

use super::fingerprint::Fingerprint;
use super::load::{Load, Reader};
use super::reading::{Event, Reading};
use super::summary::Summary;
use super::writing::Writing;
use super::{Status, Terminal};
use crate::base::KnowledgeBase;
use crate::error::Result;

/// Read articles into a knowledge base.
///
/// An article that is in the base already is not read again; one that has changed takes the place of what it said
/// before. Of several versions of an article in the input, the latest stands. Every article is either in the base whole
/// or not at all, also when the program is killed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph build articles/ --store kb                      a folder, whatever its formats
  newsgraph build articles/ --store kb --turtle kb.ttl      and the whole base as one Turtle file
  newsgraph build 'wire/*.jsonl.gz' --store kb --export kb.nq.zst
  curl -s https://news.example/feed.xml | newsgraph build - --store kb

Exit status: 0 all went well, 1 some article could not be read, 2 nothing could be done.")]
pub(super) struct Build {
    #[command(flatten)]
    reading: Reading,
    /// The directory of the knowledge base, made if it is not there
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Then write the whole base to this file as Turtle; - for standard output, .gz and .zst are compressed
    #[arg(long, value_name = "FILE")]
    turtle: Option<PathBuf>,
    /// Then write the whole base to this file in the format that its name tells
    #[arg(long = "export", value_name = "FILE")]
    exports: Vec<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

impl Build {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let start = Instant::now();
        let pipeline = self.reading.pipeline()?;
        let options = self.writing.options(&pipeline);
        let fingerprint = Fingerprint::new(&options, self.reading.data.as_deref())?;
        let base = KnowledgeBase::open_or_create(&self.store)?;
        let reader = Reader::new(pipeline, options, fingerprint, &base)?;

        let mut load = Load::new(&base, &reader);
        let tally = self.reading.each(
            terminal,
            |article| reader.read(article),
            |event| match event {
                Event::Read(incoming) => load.take(incoming),
                Event::Waiting => Ok(()),
            },
        )?;
        let (changes, figures) = load.finish()?;
        let summary = Summary { tally, changes, figures, took: start.elapsed() };
        terminal.note(&summary.table(terminal.width()));
        Ok(tally.status())
    }
}
