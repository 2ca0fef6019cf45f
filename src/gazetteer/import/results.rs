//! Results of SPARQL queries in JSON, XML and TSV; those in CSV are a table.

use std::io::BufRead;
use std::path::Path;

use oxigraph::model::Term;
use sparesults::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};

use super::layout::Layout;
use super::rows::{Columns, Mapping};
use super::{Sink, malformed};
use crate::error::Result;

/// Reads the solutions of a query, each of which is a row.
pub(super) fn read(
    input: impl BufRead,
    format: QueryResultsFormat,
    path: &Path,
    mappings: &[Mapping],
    layout: &Layout,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let failed = |error: sparesults::QueryResultsParseError| malformed(path, None, error.to_string());
    let results = QueryResultsParser::from_format(format).for_reader(input).map_err(failed)?;
    let ReaderQueryResultsParserOutput::Solutions(solutions) = results else {
        return Err(malformed(path, None, "the answer is yes or no; a gazetteer needs rows".to_owned()));
    };
    let columns: Vec<String> = solutions.variables().iter().map(|name| name.as_str().to_owned()).collect();
    let columns = Columns::new(&columns, mappings, layout).map_err(|reason| malformed(path, None, reason))?;
    for (number, solution) in solutions.enumerate() {
        let solution = solution.map_err(failed)?;
        let value = |column: usize| match solution.get(column)? {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            Term::BlankNode(_) | Term::Triple(_) => None,
        };
        let wrong = |reason| malformed(path, None, format!("row {}: {reason}", number + 1));
        match columns.fact(value, layout).map_err(wrong)? {
            Some(fact) => sink.add(&fact)?,
            None => sink.left_out += 1,
        }
    }
    Ok(())
}
