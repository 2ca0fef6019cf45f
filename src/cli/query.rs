//! `newsgraph query`: questions in SPARQL, answers as a table or a file.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oxigraph::model::{Literal, NamedNode, Term};

use super::answer::Answering;
use super::columns::Columns;
use super::data::Data;
use super::deadline::Deadline;
use super::plan;
use super::{Status, Terminal};
use crate::base::{self, EXAMPLES, Example};
use crate::error::{Error, Result};
use crate::output::Output;

/// Ask a knowledge base, or RDF files, in SPARQL 1.1.
///
/// Without FROM or GRAPH a query sees all articles and your own graphs merged, each triple once; GRAPH ?article { … } sees
/// what each one says. SERVICE is refused: nothing leaves this machine. The prefixes of the ontology and the usual ones (schema:, org:, nif:, rdfs:, …) need no declaration.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "newsgraph query [OPTIONS] <QUERY> [DATA]...
       newsgraph query [OPTIONS] --file <FILE> [DATA]...
       newsgraph query [OPTIONS] --example <NAME> [DATA]...",
    after_help = "\
Examples:
  newsgraph query --list                                          the questions that ship with the program
  newsgraph query --store kb --example most-quoted                ask one of them
  newsgraph query --store kb --example quotes --set speaker='Jane Roe'
  newsgraph query 'SELECT ?who { ?who a schema:Person }' a.ttl b.nq.gz
  newsgraph query --store kb --file question.rq --to csv > answer.csv
  newsgraph query --store kb --file slow.rq --explain --timeout 60
  newsgraph query --store kb 'DESCRIBE <https://news.example/1>' --output article.ttl

Exit status: 0 there is an answer, even an empty one; 2 there is none."
)]
pub(super) struct Query {
    /// The query (- reads it from standard input), then RDF files and knowledge bases to ask
    #[arg(value_name = "QUERY] [DATA")]
    arguments: Vec<OsString>,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Read the query from this file
    #[arg(long, short, value_name = "FILE", conflicts_with = "example")]
    file: Option<PathBuf>,
    /// Ask one of the example queries
    #[arg(long, short, value_name = "NAME")]
    example: Option<String>,
    /// Give a variable of SELECT a value: an IRI as <https://…>, anything else is text
    #[arg(long, value_name = "VARIABLE=VALUE", value_parser = assignment)]
    set: Vec<(String, Term)>,
    /// Name the example queries and say what they answer
    #[arg(long)]
    list: bool,
    /// Print one of the example queries, to learn from and to change
    #[arg(long, value_name = "NAME")]
    show: Option<String>,
    /// Answer in full, and print how instead of what: each step, its rows and the seconds it took with the steps below it
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    answering: Answering,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
}

impl Query {
    pub(super) fn run(mut self, terminal: &Terminal) -> Result<Status> {
        if self.list {
            return print(&list(terminal.width()));
        }
        if let Some(name) = &self.show {
            return print(example(name)?.text);
        }
        let query = self.query()?;
        let more: Vec<&Path> = self.arguments.iter().map(Path::new).collect();
        let Some(data) = Data::open(self.store.as_deref(), &more, terminal)? else {
            return Ok(Status::Failed);
        };
        let _deadline = self.timeout.map(|timeout| Deadline::new(timeout, "query"));
        if self.explain {
            return print(&plan::lines(&query.plan(data.asked())?));
        }
        let start = Instant::now();
        if let Some(note) = self.answering.write(query.run(data.asked())?, terminal)? {
            terminal.note(&format_args!("{note} in {:.2} s", start.elapsed().as_secs_f64()));
        }
        Ok(Status::Done)
    }

    /// The parsed query; takes its text from the arguments where no flag gives it.
    fn query(&mut self) -> Result<base::Query> {
        let (text, origin) = match (&self.file, &self.example) {
            (Some(file), _) => (fs::read_to_string(file).map_err(Error::io(file))?, file.display().to_string()),
            (None, Some(name)) => (example(name)?.text.to_owned(), format!("{name}.rq")),
            (None, None) if self.arguments.is_empty() => {
                return Err(Error::Setting("there is no query; `newsgraph query --list` names some".to_owned()));
            }
            (None, None) => given(&self.arguments.remove(0), "query")?,
        };
        let mut query = base::Query::parse(&text, &origin)?;
        if let Some(timeout) = self.timeout {
            query = query.with_timeout(timeout);
        }
        self.set.drain(..).try_fold(query, |query, (variable, value)| query.with_value(&variable, value))
    }
}

/// The text of an argument, and its name for messages; `what` it is.
pub(super) fn given(argument: &OsString, what: &str) -> Result<(String, String)> {
    if argument == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map_err(Error::io("standard input"))?;
        return Ok((text, "standard input".to_owned()));
    }
    let text = argument.to_str().ok_or_else(|| Error::Setting(format!("the {what} is not UTF-8")))?;
    if !text.contains(char::is_whitespace) && Path::new(text).exists() {
        return Err(Error::Setting(format!(
            "{text} is a file or directory, and the {what} comes first; --file {text} reads it from there, and \
             --store {text} names a knowledge base"
        )));
    }
    Ok((text.to_owned(), what.to_owned()))
}

fn example(name: &str) -> Result<Example> {
    Example::find(name).ok_or_else(|| {
        let names: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
        Error::Setting(format!("there is no example query {name}; there are {}", names.join(", ")))
    })
}

fn print(text: &str) -> Result<Status> {
    let mut output = Output::stdout();
    output.write_all(text.as_bytes()).map_err(Error::io(output.path()))?;
    output.finish()?;
    Ok(Status::Done)
}

fn list(width: Option<usize>) -> String {
    let mut columns = Columns::new("", width);
    for example in EXAMPLES {
        columns.row([example.name.to_owned(), format!("{}. {}", example.title(), example.description())]);
    }
    columns.lines()
}

fn assignment(text: &str) -> Result<(String, Term), String> {
    let (variable, value) = text.split_once('=').ok_or("it must be VARIABLE=VALUE")?;
    let iri = value.strip_prefix('<').and_then(|value| value.strip_suffix('>'));
    let value = match iri {
        Some(iri) => NamedNode::new(iri).map_err(|error| format!("not an IRI: {error}"))?.into(),
        None => Literal::from(value).into(),
    };
    Ok((variable.trim_start_matches('?').to_owned(), value))
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number")?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
