//! `newsgraph export`: a knowledge base as RDF, as tables, or for other tools.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use oxigraph::model::{NamedNode, Quad};

use super::description::Describing;
use super::splitting::Splitting;
use super::{Status, Terminal, format, opening};
use crate::base::{ArticleGraph, KnowledgeBase};
use crate::error::{Error, Result};
use crate::export::description::Distribution;
use crate::export::rebase::Rebase;
use crate::export::split::{self, Splitter};
use crate::export::tables::{self, Form};
use crate::export::{nif, property_graph};
use crate::graph::mint::Base;
use crate::graph::write::{Dialect, Format, QuadWriter};
use crate::output::Output;

/// Write a knowledge base, or one of its articles, as RDF, as tables, or as a property graph.
///
/// The same articles give the same bytes, in whatever order they came. Formats with named graphs (TriG, N-Quads,
/// JSON-LD) keep the articles apart; the others hold the merge of all, each triple once. Both hold what follows from all articles
/// together: which claims support and dispute one another, what conflicts, which articles are copies. Only that is held in memory,
/// however large the base: what does not fit is sorted in temporary files.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph export --store kb > kb.ttl                    all articles merged, as Turtle
  newsgraph export --store kb --output kb.nq.zst          a named graph an article, compressed
  newsgraph export --store kb --output kb.nq --versions   former versions too, as build --keep-versions kept them
  newsgraph export --store kb --article https://news.example/2026/11/some-story --to trig
  newsgraph export --store kb --to nquads --out-dir parts --split-size 100MB --compress gz
  newsgraph export --store kb --output kb.ttl --describe dataset.ttl --licence https://creativecommons.org/licenses/by/4.0/
  newsgraph export --store kb --base https://data.paper.example/ --output kb.ttl
  newsgraph export --store kb --tables tables             CSV files for a spreadsheet
  newsgraph export --store kb --tables tables --tables-format parquet   the same for DuckDB or pandas
  newsgraph export --store kb --property-graph graph      nodes and edges for Neo4j
  newsgraph export --store kb --only nif --output names.ttl   texts and names, for GERBIL

Exit status: 0 all was written, 2 nothing was: a file that stood there before is as it was.")]
pub(super) struct Export {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Only what this article says
    #[arg(long, short, value_name = "IRI", value_parser = |iri: &str| NamedNode::new(iri))]
    article: Option<NamedNode>,
    /// The format [default: told by the name of the output, else turtle]
    #[arg(long, short, value_name = "FORMAT", value_parser = format::parser(), help_heading = "RDF")]
    to: Option<Format>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE", help_heading = "RDF", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// Also write former versions of articles, each in a named graph of its own (TriG, N-Quads, JSON-LD)
    #[arg(long, help_heading = "RDF", conflicts_with_all = ["article", "only", "tables", "property_graph"])]
    versions: bool,
    /// Let IRIs that newsgraph made begin with this in place of what they begin with in the base; ends in / or #
    #[arg(long, value_name = "IRI", help_heading = "RDF")]
    base: Option<Base>,
    /// Name the triple of each statement and claim as RDF 1.2 does, by rdf:reifies (Turtle, TriG, N-Triples, N-Quads)
    #[arg(long, help_heading = "RDF")]
    rdf12: bool,
    /// Only the texts and the names in them, for benchmarks; of a base that was built --with-text
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "RDF")]
    only: Option<Part>,
    #[command(flatten)]
    splitting: Splitting,
    #[command(flatten)]
    describing: Describing,
    /// Write tables into this directory; docs/TABLES.md says what stands in them
    #[arg(long, value_name = "DIR", help_heading = "Other forms")]
    tables: Option<PathBuf>,
    /// What files the tables are: csv, or parquet with typed columns
    #[arg(long, value_name = "FORMAT", value_parser = form(), default_value = "csv", requires = "tables", help_heading = "Other forms")]
    tables_format: Form,
    /// Write nodes.csv and edges.csv, as Neo4j imports them, into this directory
    #[arg(long, value_name = "DIR", help_heading = "Other forms")]
    property_graph: Option<PathBuf>,
}

fn form() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.map(Form::name))
        .map(|name| Form::ALL.into_iter().find(|form| form.name() == name).unwrap_or_default())
}

/// A part of what articles say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Contexts and phrases in NIF, with itsrdf:taIdentRef
    Nif,
}

impl Export {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let told = || Format::of_path(self.output.as_deref()?);
        let format = self.to.or_else(told).unwrap_or_default();
        self.dialect().check(format)?;
        let base = opening::open(&self.store, terminal)?;
        let rebase = self.base.clone().map(|to| Rebase::new(&base, to)).transpose()?;
        if self.versions && !format.has_graphs() {
            return Err(Error::Setting(format!(
                "{format} would merge former versions with what articles say now: choose trig, nquads or jsonld"
            )));
        }
        let (article, dialect) = (self.article.as_ref(), self.dialect());
        let export = Exporting { base: &base, rebase, article, dialect, former: self.versions };
        if let Some(directory) = &self.tables {
            tables::write(export.graphs()?, directory, self.tables_format)?;
        }
        if let Some(directory) = &self.property_graph {
            property_graph::write(export.graphs()?, directory)?;
        }
        let files = self.write_rdf(&export, format)?;
        self.describing.write(&base, self.base.as_ref(), &files)?;
        Ok(Status::Done)
    }

    fn dialect(&self) -> Dialect {
        if self.rdf12 { Dialect::Rdf12 } else { Dialect::Rdf11 }
    }

    /// Writes RDF, unless only something else was asked for, and gives the files.
    fn write_rdf(&self, export: &Exporting<'_>, format: Format) -> Result<Vec<Distribution>> {
        let is_asked = self.output.is_some() || self.to.is_some() || self.only.is_some();
        let has_other = self.tables.is_some() || self.property_graph.is_some() || self.describing.is_asked();
        if let Some((directory, split)) = self.splitting.asked()? {
            let compression = self.splitting.ending();
            let mut splitter = Splitter::new(directory, format, export.dialect, split, compression)?;
            for graph in export.graphs()? {
                let graph = graph?;
                let name = graph.article.as_str().to_owned();
                splitter.write(&name, self.part(graph)?)?;
            }
            let parts = splitter.finish()?.into_iter();
            return Ok(parts
                .map(|part| Distribution { name: part.name, format, bytes: part.bytes, sha256: part.sha256 })
                .collect());
        }
        if !is_asked && has_other {
            return Ok(Vec::new());
        }
        let output = self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
        let written = self.write_to(export, format, &output);
        written.map_err(|error| error.in_output(output.path()))?;
        output.finish()?;
        self.output.iter().filter(|path| path.is_file()).map(|path| distribution(path, format)).collect()
    }

    fn write_to(&self, export: &Exporting<'_>, format: Format, output: &Output) -> Result<()> {
        let mut writer = QuadWriter::new(format, output).in_dialect(export.dialect);
        if self.only.is_none() && self.article.is_none() && !self.versions {
            return export.base.write_all(writer, format, |quad| export.quad(quad)).map(drop);
        }
        for graph in export.graphs()? {
            writer.write(self.part(graph?)?).map_err(Error::io(output.path()))?;
        }
        writer.finish().map(drop).map_err(Error::io(output.path()))
    }

    /// What of an article is asked for.
    fn part(&self, graph: ArticleGraph) -> Result<Vec<Quad>> {
        if self.only.is_none() {
            return Ok(graph.quads);
        }
        let article = graph.article.clone();
        nif::annotations(graph).ok_or_else(|| Error::Base {
            path: self.store.clone(),
            reason: format!("it does not hold the text of {article}: build it with --with-text"),
        })
    }
}

fn distribution(path: &Path, format: Format) -> Result<Distribution> {
    let (bytes, sha256) = split::digest(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Distribution { name, format, bytes, sha256 })
}

/// What is exported, and how.
struct Exporting<'a> {
    base: &'a KnowledgeBase,
    rebase: Option<Rebase>,
    article: Option<&'a NamedNode>,
    dialect: Dialect,
    /// Whether former versions are exported too.
    former: bool,
}

impl Exporting<'_> {
    fn quad(&self, quad: Quad) -> Quad {
        match &self.rebase {
            Some(rebase) => rebase.quad(quad),
            None => quad,
        }
    }

    /// The articles that are asked for, as queries see them, with the IRIs that they are to have.
    fn graphs(&self) -> Result<Box<dyn Iterator<Item = Result<ArticleGraph>> + '_>> {
        let graphs: Box<dyn Iterator<Item = Result<ArticleGraph>> + '_> = match self.article {
            Some(article) => Box::new(std::iter::once(self.base.existing_graph(article))),
            None => Box::new(self.base.linked(self.former)?),
        };
        let Some(rebase) = &self.rebase else { return Ok(graphs) };
        Ok(Box::new(graphs.map(|graph| {
            let graph = graph?;
            let quads = graph.quads.into_iter().map(|quad| rebase.quad(quad)).collect();
            Ok(ArticleGraph { article: rebase.node(graph.article), quads, ..graph })
        })))
    }
}
