//! A knowledge base as plain tables, for people without SPARQL: articles, entities, mentions, facts, claims, quotes, events
//! and posts as CSV or Parquet.
//!
//! `docs/TABLES.md` is made from what is here: `UPDATE=1 cargo test --release --test export`.

mod articles;
mod claims;
mod column;
mod entities;
mod events;
mod facts;
mod file;
mod mentions;
mod parquet;
mod posts;
mod quotes;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::view::{Place, View};
use crate::base::ArticleGraph;
use crate::error::{Error, Result};
use column::Column;
use file::File;

pub use file::Form;

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
    Column::text("article", "the IRI of the article"),
    Column::text("headline", "its headline"),
    Column::date("published", "its date, as precisely as it is known"),
    Column::text("publisher", "the name of who published it"),
    Column::text("url", "its address, where it has one"),
];

/// The columns that say where something is said. Of several places the first; the words of all.
const EVIDENCE: &[Column] = &[
    Column::integer("begin", "where the evidence begins in the text, in Unicode characters from 0"),
    Column::integer("end", "where it ends, not included"),
    Column::text("evidence", "the words of the article that say it, where the base has them (not with --detail facts)"),
];

/// Writes all tables into a directory, which is made if it is not there, each sorted.
///
/// Memory is that of a few articles, for Parquet also of a group of rows a table; `graphs` must come sorted by article.
///
/// # Errors
/// When a graph cannot be read or a file cannot be written.
pub fn write(graphs: impl Iterator<Item = Result<ArticleGraph>>, directory: &Path, form: Form) -> Result<()> {
    fs::create_dir_all(directory).map_err(Error::io(directory))?;
    let create = |name: &str, columns: &[Column]| File::create(&directory.join(name), columns, form);
    let mut files: Vec<File> = TABLES.iter().map(|table| create(table.name, &columns(table))).collect::<Result<_>>()?;
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
                file.write(row)?;
            }
        }
    }
    let mut file = create(entities::NAME, entities::COLUMNS)?;
    for row in entities.finish().map_err(Error::io(directory))? {
        file.write(row.map_err(Error::io(directory))?)?;
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
    let mut text = INTRODUCTION.to_owned();
    let mut table = |name: &str, about: &str, columns: &[Column]| {
        let _ = write!(text, "\n## {name}\n\n{about}\n\n| column | | what stands in it |\n|---|---|---|\n");
        for Column { name, sort, meaning } in columns {
            let _ = writeln!(text, "| `{name}` | {sort} | {meaning} |");
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

const INTRODUCTION: &str = "\
# The tables

`newsgraph export --store kb --tables DIR` writes a knowledge base as CSV files: UTF-8, comma, a header line, as
[RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) has it, so that spreadsheets, pandas, DuckDB and databases read them. Rows are sorted; the same
articles give the same bytes. A cell with several values has a semicolon and a space between them, and what is not known is empty.

With `--tables-format parquet` the same tables are [Parquet](https://parquet.apache.org) files, packed with zstd, for DuckDB, pandas, Polars and
Spark. There integers are `INT64`, numbers `DOUBLE`, and what is not known is null. A date is a text too, since it may be a year, a month or a
moment; beside it, under its name and `_day`, stands a `DATE` wherever the day is known, as it is at the place that the text is of.

`facts` and `posts` hold what articles state in their own voice. What somebody only claims, denies, doubts or plans is in `claims`,
with who says so.
";

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
