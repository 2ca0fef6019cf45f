//! `newsgraph convert`: articles to RDF, one after the other.

use std::io::Write;
use std::path::PathBuf;

use oxigraph::model::Quad;

use super::conformity::{Conformity, Refused};
use super::names::Names;
use super::reading::{Event, Reading, Tally};
use super::writing::Writing;
use super::{Status, Terminal, format};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::graph;
use crate::graph::write::{Dialect, Format, QuadWriter};
use crate::output::Output;
use crate::pipeline::Pipeline;

/// Convert articles to RDF, on standard output, in one file, or in one file an article.
///
/// Articles are read and written one after the other, in the order of the input, whatever the number of threads: memory
/// stays the same however many there are. With --format jsonl a line is answered before the next one comes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph convert article.html                               Turtle on standard output
  newsgraph convert articles/ --output all.nq.gz               one compressed file, its format told by its name
  newsgraph convert articles/ --out-dir rdf --to trig          one file an article
  cat feed.jsonl | newsgraph convert - --to nquads > feed.nq   a filter
  newsgraph convert news.csv --map text=body --map published=day
  newsgraph convert articles/ --output all.ttl --shapes house-rules.ttl

Exit status: 0 all went well, 1 some article could not be read or does not conform, 2 nothing could be done.")]
pub(super) struct Convert {
    #[command(flatten)]
    reading: Reading,
    /// The format [default: told by the name of the output, else turtle]
    #[arg(long, short, value_name = "FORMAT", value_parser = format::parser())]
    to: Option<Format>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// Write one file an article into this directory, named like the file that it was read from
    #[arg(long, visible_alias = "out", value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Name the triple of each statement and claim as RDF 1.2 does, by rdf:reifies (Turtle, TriG, N-Triples, N-Quads)
    #[arg(long, help_heading = "RDF")]
    rdf12: bool,
    /// Name each article that does not conform to the SHACL shapes of this file, or to the shipped ones; all is written all the same
    #[arg(long, value_name = "FILE", help_heading = "RDF")]
    shapes: Vec<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

impl Convert {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let format = self.to.or_else(|| Format::of_path(self.output.as_deref()?)).unwrap_or_default();
        let dialect = if self.rdf12 { Dialect::Rdf12 } else { Dialect::Rdf11 };
        dialect.check(format)?;
        let pipeline = self.reading.analysis.pipeline()?;
        let options = self.writing.options(&pipeline);
        let conformity = Conformity::to(&self.shapes)?;
        let conversion = Conversion { pipeline, options, format, dialect, conformity };
        let mut refused = Refused::new(terminal);
        let tally = match (self.out_dir, self.output) {
            (Some(directory), _) => {
                let names = Names::new(directory, &self.reading.inputs, format.extension());
                conversion.to_directory(names, &self.reading, terminal, &mut refused)?
            }
            (None, Some(file)) => {
                conversion.to_output(Output::create(&file)?, &self.reading, terminal, &mut refused)?
            }
            (None, None) => conversion.to_output(Output::stdout(), &self.reading, terminal, &mut refused)?,
        };
        Ok(refused.finish(tally.read, tally.status()))
    }
}

/// How articles become RDF.
struct Conversion {
    pipeline: Pipeline,
    options: graph::Options,
    format: Format,
    dialect: Dialect,
    conformity: Conformity,
}

impl Conversion {
    /// The quads of an article, and what is wrong with them.
    fn quads(&self, article: Article) -> Result<(Vec<Quad>, Option<String>)> {
        let quads = graph::quads(&self.pipeline.read(article), &self.options);
        let refusal = self.conformity.refusal(&quads)?;
        Ok((quads, refusal))
    }

    fn to_output(
        &self,
        output: Output,
        reading: &Reading,
        terminal: &Terminal,
        refused: &mut Refused<'_>,
    ) -> Result<Tally> {
        let mut writer = QuadWriter::new(self.format, &output).in_dialect(self.dialect);
        let tally = reading.each(
            terminal,
            |article| self.quads(article),
            |event| match event {
                Event::Read(made) => {
                    let (quads, refusal) = made?;
                    refused.tell(refusal);
                    writer.write(quads).map_err(Error::io(output.path()))
                }
                Event::Waiting => output.pass_on(),
            },
        )?;
        writer.finish().map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(tally)
    }

    fn to_directory(
        &self,
        mut names: Names,
        reading: &Reading,
        terminal: &Terminal,
        refused: &mut Refused<'_>,
    ) -> Result<Tally> {
        let make = |article: Article| {
            let origin = article.origin.clone();
            let (quads, refusal) = self.quads(article)?;
            let mut writer = QuadWriter::new(self.format, Vec::new()).in_dialect(self.dialect);
            let written = writer.write(quads).and_then(|()| writer.finish());
            Ok((origin, written, refusal))
        };
        reading.each(terminal, make, |event| {
            let Event::Read(made) = event else { return Ok(()) };
            let (origin, rdf, refusal) = made?;
            refused.tell(refusal);
            let file = names.next(&origin);
            if let Some(directory) = file.parent() {
                std::fs::create_dir_all(directory).map_err(Error::io(directory))?;
            }
            let mut output = Output::create(&file)?;
            rdf.and_then(|rdf| output.write_all(&rdf)).map_err(Error::io(&file))?;
            output.finish()
        })
    }
}
