//! `newsgraph export`: a knowledge base as RDF.

use std::path::PathBuf;

use oxigraph::model::NamedNode;

use super::{Status, Terminal, format};
use crate::base::KnowledgeBase;
use crate::error::Result;
use crate::graph::write::Format;
use crate::output::Output;

/// Write a knowledge base, or one of its articles, as RDF.
///
/// The same articles give the same bytes, in whatever order they came. Formats with named graphs (TriG, N-Quads,
/// JSON-LD) keep the articles apart and are written article by article in little memory; the others hold the merge of
/// all, each triple once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph export --store kb > kb.ttl                    all articles merged, as Turtle
  newsgraph export --store kb --output kb.nq.zst          a named graph an article, compressed
  newsgraph export --store kb --article https://news.example/2026/11/some-story --to trig

Exit status: 0 all was written, 2 nothing was: a file that stood there before is as it was.")]
pub(super) struct Export {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Only what this article says
    #[arg(long, short, value_name = "IRI", value_parser = |iri: &str| NamedNode::new(iri))]
    article: Option<NamedNode>,
    /// The format [default: told by the name of the output, else turtle]
    #[arg(long, short, value_name = "FORMAT", value_parser = format::parser())]
    to: Option<Format>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(self, _terminal: &Terminal) -> Result<Status> {
        let told = || Format::of_path(self.output.as_deref()?);
        let format = self.to.or_else(told).unwrap_or_default();
        let base = KnowledgeBase::open(&self.store)?;
        let output = self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
        let written = match &self.article {
            None => base.export(format, &output),
            Some(article) => base.export_article(article, format, &output),
        };
        written.map_err(|error| error.in_output(output.path()))?;
        output.finish()?;
        Ok(Status::Done)
    }
}
