//! A knowledge base as plain tables, for people without SPARQL: articles, entities, mentions, facts, claims, quotes, events
//! and posts as CSV.
//!
//! `docs/TABLES.md` is made from what is here: `UPDATE=1 cargo test --release --test export`.

mod articles;
mod claims;
mod entities;
mod events;
mod facts;
mod mentions;
mod posts;
mod quotes;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use csv::{Terminator, WriterBuilder};

use super::view::{Place, View};
use crate::base::ArticleGraph;
use crate::error::{Error, Result};
use crate::output::Output;

/// A column: its name, and what stands in it.
pub type Column = (&'static str, &'static str);

/// A row, a text for each column.
type Row = Vec<String>;

/// A table of which each article gives some rows.
struct Table {
    name: &'static str,
    /// What a row is.
    about: &'static str,
    columns: &'static [Column],
    /// Whether the columns of the article follow.
    has_article: bool,
    rows: fn(&View) -> Vec<Row>,
}

const TABLES: [Table; 7] =
    [articles::TABLE, mentions::TABLE, facts::TABLE, claims::TABLE, quotes::TABLE, events::TABLE, posts::TABLE];

/// The last columns of every row that one article gives.
const ARTICLE: &[Column] = &[
    ("article", "the IRI of the article"),
    ("headline", "its headline"),
    ("published", "its date, as precisely as it is known"),
    ("publisher", "the name of who published it"),
    ("url", "its address, where it has one"),
];

/// The columns that say where something is said. Of several places the first; the words of all.
const EVIDENCE: &[Column] = &[
    ("begin", "where the evidence begins in the text, in Unicode characters from 0"),
    ("end", "where it ends, not included"),
    ("evidence", "the words of the article that say it, where the base has them (not with --detail facts)"),
];

/// Writes all tables into a directory, which is made if it is not there, each sorted, in UTF-8 as RFC 4180 has it.
///
/// Memory is that of a few articles; `graphs` must come sorted by article.
///
/// # Errors
/// When a graph cannot be read or a file cannot be written.
pub fn write(graphs: impl Iterator<Item = Result<ArticleGraph>>, directory: &Path) -> Result<()> {
    fs::create_dir_all(directory).map_err(Error::io(directory))?;
    let mut files = TABLES.iter().map(|table| File::new(directory, table.name, &columns(table)));
    let mut files: Vec<File> = files.by_ref().collect::<Result<_>>()?;
    let mut entities = entities::Entities::default();
    for graph in graphs {
        let view = View::new(graph?);
        entities.add(&view).map_err(Error::io(directory))?;
        let context = articles::context(&view);
        for (table, file) in TABLES.iter().zip(&mut files) {
            for mut row in (table.rows)(&view) {
                if table.has_article {
                    row.extend(context.iter().cloned());
                }
                file.write(&row)?;
            }
        }
    }
    let mut file = File::new(directory, entities::NAME, entities::COLUMNS)?;
    for row in entities.finish().map_err(Error::io(directory))? {
        file.write(&row.map_err(Error::io(directory))?)?;
    }
    files.into_iter().chain([file]).try_for_each(File::finish)
}

/// All columns of a table.
fn columns(table: &Table) -> Vec<Column> {
    let article = if table.has_article { ARTICLE } else { &[] };
    table.columns.iter().chain(article).copied().collect()
}

/// What the tables hold, as Markdown.
#[must_use]
pub fn description() -> String {
    let mut text = String::from(
        "# The tables\n\n`newsgraph export --store kb --tables DIR` writes a knowledge base as CSV files: UTF-8, comma, a \
         header line, as\n[RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) has it, so that spreadsheets, pandas, DuckDB and \
         databases read them. Rows are sorted; the same articles give\nthe same bytes. A cell with several values has a \
         semicolon and a space between them, and what is not known is empty.\n\n`facts` and `posts` hold what articles state in \
         their own voice. What somebody only claims, denies, doubts or plans is in `claims`,\nwith who says so.\n",
    );
    let mut table = |name: &str, about: &str, columns: &[Column]| {
        let _ = write!(text, "\n## {name}.csv\n\n{about}\n\n| column | what stands in it |\n|---|---|\n");
        for (column, meaning) in columns {
            let _ = writeln!(text, "| `{column}` | {meaning} |");
        }
    };
    let [articles, others @ ..] = &TABLES;
    table(articles.name, articles.about, &columns(articles));
    table(entities::NAME, entities::ABOUT, entities::COLUMNS);
    for other in others {
        table(other.name, other.about, &columns(other));
    }
    text
}

/// A table that is being written.
struct File {
    writer: csv::Writer<Output>,
    path: std::path::PathBuf,
}

impl File {
    fn new(directory: &Path, name: &str, columns: &[Column]) -> Result<Self> {
        let path = directory.join(name).with_extension("csv");
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Output::create(&path)?);
        let mut file = Self { writer, path };
        let header: Row = columns.iter().map(|(column, _)| (*column).to_owned()).collect();
        file.write(&header)?;
        Ok(file)
    }

    fn write(&mut self, row: &Row) -> Result<()> {
        self.writer.write_record(row).map_err(|error| Error::io(&self.path)(error.into()))
    }

    fn finish(self) -> Result<()> {
        let output = self.writer.into_inner().map_err(|error| Error::io(&self.path)(error.into_error()))?;
        output.finish()
    }
}

/// The columns of [`EVIDENCE`].
fn evidence(places: &[Place]) -> [String; 3] {
    let Some(first) = places.first() else { return Default::default() };
    let words: Vec<&str> = places.iter().map(|place| place.words.as_str()).filter(|words| !words.is_empty()).collect();
    [first.begin.to_string(), first.end.to_string(), words.join(" … ")]
}

/// The rows of findings, each with its places, in the order of the text, then of their IRIs.
fn in_reading_order<'a>(
    mut findings: Vec<(Vec<Place>, &'a str)>,
    row: impl Fn(&'a str, [String; 3]) -> Row,
) -> Vec<Row> {
    findings.sort();
    findings.into_iter().map(|(places, node)| row(node, evidence(&places))).collect()
}
