//! `newsgraph convert`: articles to RDF, one after the other.

use std::io::Write;
use std::path::PathBuf;

use oxigraph::io::RdfFormat;

use super::names::Names;
use super::reading::{Event, Reading, Tally};
use super::writing::Writing;
use super::{Status, Terminal, format};
use crate::article::Origin;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::graph;
use crate::graph::write::Writer;
use crate::output::Output;
use crate::pipeline::Pipeline;

/// Convert articles to RDF, on standard output, in one file, or in one file an article.
///
/// Articles are read and written one after the other, in the order of the input, whatever the number of threads: memory
/// stays the same however many there are.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph convert article.html                               Turtle on standard output
  newsgraph convert articles/ --output all.nq.gz               one compressed file, its format told by its name
  newsgraph convert articles/ --out-dir rdf --to trig          one file an article
  cat feed.jsonl | newsgraph convert - --to nquads > feed.nq   a filter: each article is passed on once it is read
  newsgraph convert news.csv --map text=body --map published=day

Exit status: 0 all went well, 1 some article could not be read, 2 nothing could be done.")]
pub(super) struct Convert {
    #[command(flatten)]
    reading: Reading,
    /// The format [default: told by the name of the output, else turtle]
    #[arg(long, short, value_name = "FORMAT", value_parser = format::parser())]
    to: Option<RdfFormat>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// Write one file an article into this directory, named like the file that it was read from
    #[arg(long, visible_alias = "out", value_name = "DIR")]
    out_dir: Option<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

impl Convert {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let format = self.to.or_else(|| format::of_file(self.output.as_deref()?)).unwrap_or(RdfFormat::Turtle);
        let pipeline = self.reading.pipeline()?;
        let options = self.writing.options(&pipeline);
        let tally = match self.out_dir {
            Some(directory) => {
                let names = Names::new(directory, &self.reading.inputs, format.file_extension());
                to_directory(&self.reading, &pipeline, &options, format, names, terminal)?
            }
            None => {
                let output = self.output.map_or_else(|| Ok(Output::stdout()), |file| Output::create(&file))?;
                to_output(&self.reading, &pipeline, &options, format, output, terminal)?
            }
        };
        Ok(tally.status())
    }
}

fn to_output(
    reading: &Reading,
    pipeline: &Pipeline,
    options: &graph::Options,
    format: RdfFormat,
    output: Output,
    terminal: &Terminal,
) -> Result<Tally> {
    let name = output.path().to_owned();
    let mut writer = Writer::new(output, format);
    let tally = reading.each(
        pipeline,
        terminal,
        |document| Ok(graph::quads(&document, options)),
        |event| match event {
            Event::Read(quads) => writer.write(&quads).map_err(Error::io(&name)),
            Event::Waiting => writer.get_mut().pass_on(),
        },
    )?;
    writer.finish().map_err(Error::io(&name))?.finish()?;
    Ok(tally)
}

fn to_directory(
    reading: &Reading,
    pipeline: &Pipeline,
    options: &graph::Options,
    format: RdfFormat,
    mut names: Names,
    terminal: &Terminal,
) -> Result<Tally> {
    let make = |document: Document| -> Result<(Origin, Vec<u8>)> {
        let mut writer = Writer::new(Vec::new(), format);
        let written = writer.write(&graph::quads(&document, options)).and_then(|()| writer.finish());
        Ok((document.article.origin, written.map_err(Error::io("memory"))?))
    };
    reading.each(pipeline, terminal, make, |event| {
        let Event::Read((origin, rdf)) = event else { return Ok(()) };
        let file = names.next(&origin);
        if let Some(directory) = file.parent() {
            std::fs::create_dir_all(directory).map_err(Error::io(directory))?;
        }
        let mut output = Output::create(&file)?;
        output.write_all(&rdf).map_err(Error::io(&file))?;
        output.finish()
    })
}
