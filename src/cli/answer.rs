//! Writes the answer of a query in the format asked for.

use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use indicatif::HumanCount;
use oxigraph::model::{GraphName, Quad, Triple, Variable};
use oxigraph::sparql::QuerySolution;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::Terminal;
use super::rows::Rows;
use crate::base::Answer;
use crate::error::{Error, Result};
use crate::graph::write::{Format, QuadWriter};
use crate::output::Output;

/// The width of a table where there is no terminal.
const WIDTH: usize = 100;

/// The rows of a table when no number is given.
const LIMIT: u64 = 100;

/// How an answer is written.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Answer")]
pub(super) struct Answering {
    /// The format: table, csv, tsv, json or xml for rows; turtle, trig, ntriples, nquads, rdfxml or jsonld for triples
    /// [default: told by the name of the output, else table or turtle]
    #[arg(long, short, value_name = "FORMAT")]
    to: Option<String>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write at most so many rows or triples, 0 for all [default: 100 in a table, else all]; says when it cuts off
    #[arg(long, value_name = "ROWS")]
    limit: Option<u64>,
}

/// What was written, for the note at the end.
pub(super) enum Note {
    Rows {
        shown: u64,
        all: Option<u64>,
    },
    /// So many rows, and there are more.
    Cut(u64),
    Triples {
        shown: u64,
        all: u64,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Rows { shown, all: Some(all) } if shown < all => {
                write!(f, "… {} more rows (--limit 0 shows all), {} in all,", HumanCount(all - shown), HumanCount(all))
            }
            Self::Rows { shown: 1, .. } => write!(f, "1 row"),
            Self::Rows { shown, .. } => write!(f, "{} rows", HumanCount(shown)),
            Self::Cut(shown) => {
                write!(f, "{} rows; the answer was cut off there (--limit 0 writes all)", HumanCount(shown))
            }
            Self::Triples { shown, all } if shown < all => {
                write!(f, "{} of {} triples (--limit 0 writes all)", HumanCount(shown), HumanCount(all))
            }
            Self::Triples { shown: 1, .. } => write!(f, "1 triple"),
            Self::Triples { shown, .. } => write!(f, "{} triples", HumanCount(shown)),
        }
    }
}

impl Answering {
    /// Writes an answer; a file appears when all of it was written. Says what was written where that is worth a note.
    pub(super) fn write(&self, answer: Answer<'_>, terminal: &Terminal) -> Result<Option<Note>> {
        match answer {
            Answer::Boolean(answer) => {
                let format = self.results_format()?;
                let mut output = self.output()?;
                let text = match format {
                    None => format!("{answer}\n").into_bytes(),
                    Some(format) => QueryResultsSerializer::from_format(format)
                        .serialize_boolean_to_writer(Vec::new(), answer)
                        .map_err(Error::io(output.path()))?,
                };
                output.write_all(&text).map_err(Error::io(output.path()))?;
                output.finish()?;
                Ok(None)
            }
            Answer::Rows { variables, rows } => match self.results_format()? {
                None => self.write_table(&variables, rows, width(terminal)).map(Some),
                Some(format) => self.write_rows(format, variables, rows).map(Some),
            },
            Answer::Triples(triples) => self.write_triples(triples).map(Some),
        }
    }

    fn output(&self) -> Result<Output> {
        self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)
    }

    /// The name of the format, as given or told by the output.
    fn format_name(&self) -> Option<String> {
        let told = || {
            let name = self.output.as_deref()?.file_name()?.to_str()?;
            let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
            Some(name.rsplit_once('.')?.1.to_owned())
        };
        self.to.clone().or_else(told).map(|name| name.to_ascii_lowercase())
    }

    /// The format of rows; none for a table.
    fn results_format(&self) -> Result<Option<QueryResultsFormat>> {
        Ok(match self.format_name().as_deref() {
            None | Some("table" | "txt") => None,
            Some("csv") => Some(QueryResultsFormat::Csv),
            Some("tsv") => Some(QueryResultsFormat::Tsv),
            Some("json" | "srj") => Some(QueryResultsFormat::Json),
            Some("xml" | "srx") => Some(QueryResultsFormat::Xml),
            Some(other) => {
                return Err(Error::Setting(format!(
                    "the query answers with rows, which are not written as {other}: choose table, csv, tsv, json or xml"
                )));
            }
        })
    }

    fn write_table(
        &self,
        variables: &[Variable],
        rows: impl Iterator<Item = Result<QuerySolution>>,
        width: usize,
    ) -> Result<Note> {
        let limit = self.limit.unwrap_or(LIMIT);
        let mut table = Rows::new(variables, width);
        let (mut shown, mut all) = (0, 0);
        for row in rows {
            let row = row?;
            if limit == 0 || shown < limit {
                table.add(&row);
                shown += 1;
            }
            all += 1;
        }
        let mut output = self.output()?;
        output.write_all(table.lines().as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(Note::Rows { shown, all: Some(all) })
    }

    fn write_rows(
        &self,
        format: QueryResultsFormat,
        variables: Vec<Variable>,
        rows: impl Iterator<Item = Result<QuerySolution>>,
    ) -> Result<Note> {
        let output = self.output()?;
        let path = output.path().to_owned();
        let mut writer = QueryResultsSerializer::from_format(format)
            .serialize_solutions_to_writer(output, variables)
            .map_err(Error::io(&path))?;
        let limit = self.most();
        let mut shown = 0;
        let mut is_cut = false;
        for row in rows {
            let row = row?;
            is_cut = shown == limit;
            if is_cut {
                break;
            }
            writer.serialize(&row).map_err(Error::io(&path))?;
            shown += 1;
        }
        writer.finish().map_err(Error::io(&path))?.finish()?;
        Ok(if is_cut { Note::Cut(shown) } else { Note::Rows { shown, all: None } })
    }

    /// The most rows or triples that are written for programs.
    fn most(&self) -> u64 {
        self.limit.filter(|limit| *limit > 0).unwrap_or(u64::MAX)
    }

    fn write_triples(&self, triples: impl Iterator<Item = Result<Triple>>) -> Result<Note> {
        let format = match self.format_name().as_deref() {
            None => Format::Turtle,
            Some("json") => Format::JsonLd,
            Some("xml") => Format::RdfXml,
            Some(name) => name.parse().map_err(|_| {
                let names = Format::ALL.map(Format::name).join(", ");
                Error::Setting(format!(
                    "the query answers with triples, which are not written as {name}: choose {names}"
                ))
            })?,
        };
        let mut quads: Vec<Quad> =
            triples.map(|triple| Ok(triple?.in_graph(GraphName::DefaultGraph))).collect::<Result<_>>()?;
        quads.sort_by_cached_key(Quad::to_string);
        quads.dedup();
        let all = quads.len() as u64;
        quads.truncate(usize::try_from(self.most()).unwrap_or(usize::MAX));
        let shown = quads.len() as u64;
        let output = self.output()?;
        let path = output.path().to_owned();
        let mut writer = QuadWriter::new(format, output);
        writer.write(quads).map_err(Error::io(&path))?;
        writer.finish().map_err(Error::io(&path))?.finish()?;
        Ok(Note::Triples { shown, all })
    }
}

/// The columns that a table may take.
pub(super) fn width(terminal: &Terminal) -> usize {
    let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.width().or_else(asked).unwrap_or(WIDTH)
}
