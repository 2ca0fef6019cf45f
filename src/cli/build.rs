//! `newsgraph build`: articles into a knowledge base.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::fingerprint::Fingerprint;
use super::load::{Load, Reader};
use super::pins;
use super::reading::{Event, Reading};
use super::summary::{Stored, Summary};
use super::writing::Writing;
use super::{Status, Terminal, opening};
use crate::base::KnowledgeBase;
use crate::error::{Error, Result};
use crate::graph::write::Format;
use crate::output::Output;
use crate::shacl::Shapes;

/// Read articles into a knowledge base.
///
/// An article that is in the base already is not read again; one that has changed takes the place of what it said
/// before, or with --keep-versions stands beside it. Of several versions of an article in the input, the latest stands.
/// Every article is either in the base whole or not at all, also when the program is killed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph build articles/ --store kb                      a folder, whatever its formats
  newsgraph build articles/ --store kb --turtle kb.ttl      and the whole base as one Turtle file
  newsgraph build 'wire/*.jsonl.gz' --store kb --export kb.nq.zst
  newsgraph build corrected/ --store kb --keep-versions     what articles said before stays, as former versions
  newsgraph build articles/ --store kb --shapes house-rules.ttl
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
    /// Let a changed article take the place of what it said before: the default
    #[arg(long)]
    replace: bool,
    /// Keep what a changed article said before, as a former version in a graph of its own that plain queries do not see
    #[arg(long, conflicts_with = "replace")]
    keep_versions: bool,
    /// Keep apart and join what this CSV file says, besides what the base has pinned (see newsgraph pins)
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Set apart what does not conform to the SHACL shapes of this file, besides the shipped ones (see newsgraph validate)
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

impl Build {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let start = Instant::now();
        let exports = self.exports()?;
        let pipeline = self.reading.analysis.pipeline()?;
        let options = self.writing.options(&pipeline);
        let analysis = &self.reading.analysis;
        let mut fingerprint = Fingerprint::new(&options, analysis.data.as_deref(), &analysis.gazetteers)?;
        self.shapes.iter().try_for_each(|file| fingerprint.add_file(file))?;
        let shapes = Shapes::shipped_and(&self.shapes)?;
        let pins = self.pins.as_deref().map(pins::read).transpose()?;
        let base = opening::open_or_create(&self.store, terminal)?;
        if let Some(pins) = pins {
            pins::add(&base, pins.iter().cloned())?;
        }
        let reader = Reader::new(pipeline, options, fingerprint, shapes, &base, self.keep_versions)?;

        let mut load = Load::new(&base, &reader);
        let tally = self.reading.each(
            terminal,
            |article| reader.read(article),
            |event| match event {
                Event::Read(incoming) => load.take(incoming),
                Event::Waiting => Ok(()),
            },
        )?;
        let (changes, figures, read, quarantined) = load.finish()?;
        base.settle()?;
        let census = base.census(&read)?;
        for (file, format) in &exports {
            export(&base, file, *format)?;
        }
        let stored = Stored::of(&base.articles()?);
        let took = start.elapsed();
        let summary = Summary { tally, changes, figures, census, took, stored, quarantined: quarantined.count() };
        quarantined.warnings().for_each(|warning| terminal.warning(&warning));
        terminal.note(&summary.table(terminal.width()).trim_end());
        if let Some(question) = summary.question() {
            terminal.note(&format_args!("\nA question to try next:\n  {}", ask(&self.store, question)));
        }
        Ok(tally.status())
    }

    /// The files to be written in the end, known to be possible before the work begins.
    fn exports(&self) -> Result<Vec<(PathBuf, Format)>> {
        let told = |file: &PathBuf| {
            let format = Format::of_path(file).ok_or_else(|| {
                let extensions = Format::ALL.map(|format| format!(".{}", format.extension())).join(", ");
                Error::Setting(format!("{}: its name tells no format; known are {extensions}", file.display()))
            })?;
            Ok((file.clone(), format))
        };
        let turtle = self.turtle.iter().map(|file| Ok((file.clone(), Format::Turtle)));
        turtle.chain(self.exports.iter().map(told)).collect()
    }
}

fn export(base: &KnowledgeBase, file: &Path, format: Format) -> Result<()> {
    let output = Output::create(file)?;
    base.export(format, &output).map_err(|error| error.in_output(output.path()))?;
    output.finish()
}

/// The command that asks a base an example query, ready for a shell.
fn ask(store: &Path, question: &str) -> String {
    let store = store.display().to_string();
    let is_plain = store.chars().all(|c| c.is_alphanumeric() || "/._-+@%".contains(c));
    let store = if is_plain { store } else { format!("'{}'", store.replace('\'', r"'\''")) };
    format!("newsgraph query --store {store} --example {question}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::ask;

    #[test]
    fn the_question_can_be_pasted_into_a_shell() {
        assert_eq!(ask(Path::new("out/kb"), "posts"), "newsgraph query --store out/kb --example posts");
        assert_eq!(ask(Path::new("it's mine"), "posts"), r"newsgraph query --store 'it'\''s mine' --example posts");
    }
}
