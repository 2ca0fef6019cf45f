//! `newsgraph validate`: a knowledge base or RDF files, held against SHACL shapes.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::PathBuf;

use indicatif::HumanCount;
use oxigraph::model::{Quad, Term};

use super::columns::Columns;
use super::data;
use super::{Status, Terminal, answer, format, rows};
use crate::base::{Dataset, KnowledgeBase};
use crate::error::{Error, Result};
use crate::graph::write::Format;
use crate::output::Output;
use crate::shacl::{Report, Severity, Shapes, ValidationResult};

/// Check a knowledge base, or RDF files, against SHACL shapes.
///
/// Without --shapes the shapes that ship with the program are applied: what newsgraph's own output must be. All of SHACL Core,
/// constraints in SPARQL and components of one's own are supported; what is not is an error that names it. All graphs are looked at as one, and each
/// result names the graphs (articles) that it comes from. The classes of the ontology are known without being in the data.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph validate --store kb                                 against the shipped shapes
  newsgraph validate --store kb --shapes house-rules.ttl        against your own
  newsgraph validate kb.ttl more.nq.gz --to turtle > report.ttl a validation report in RDF
  newsgraph validate --store kb --quarantined                   what build refused, and why

Exit status: 0 nothing violates a shape, 1 something does, 2 nothing could be checked.")]
pub(super) struct Validate {
    /// RDF files and knowledge bases to check
    #[arg(value_name = "DATA")]
    data: Vec<PathBuf>,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Apply the shapes of this RDF file in place of the shipped ones; may be given several times
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,
    /// List what build set apart in the base because it did not conform, and check nothing
    #[arg(long, requires = "store", conflicts_with_all = ["data", "shapes", "to"])]
    quarantined: bool,
    /// Write a SHACL validation report in this format [default: told by the name of the output, else text]
    #[arg(long, short, value_name = "FORMAT", value_parser = format::parser())]
    to: Option<Format>,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show at most so many results of each kind, 0 for all
    #[arg(long, value_name = "RESULTS", default_value_t = 5)]
    limit: usize,
}

impl Validate {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        if let Some(store) = self.store.as_deref().filter(|_| self.quarantined) {
            let lines: Vec<Line> =
                KnowledgeBase::open(store)?.quarantined()?.iter().flat_map(|it| reasons(&it.quads)).collect();
            let verdict = match lines.len() {
                0 => "nothing is in quarantine".to_owned(),
                count => format!("{} in quarantine", counted(count, "violation")),
            };
            self.print(&lines, &verdict, terminal)?;
            return Ok(if lines.is_empty() { Status::Done } else { Status::Partial });
        }
        let shapes = if self.shapes.is_empty() { Shapes::shipped() } else { Shapes::read(&self.shapes)? };
        let Some(dataset) =
            data::dataset(self.store.as_deref(), self.data.iter().map(PathBuf::as_path), "check", terminal)?
        else {
            return Ok(Status::Failed);
        };
        let report = shapes.validate(&dataset)?;
        match self.to.or_else(|| Format::of_path(self.output.as_deref()?)) {
            Some(format) => {
                let output = self.output()?;
                let path = output.path().to_owned();
                report.write(format, output).map_err(Error::io(&path))?.finish()?;
                terminal.note(&verdict(&report, &dataset));
            }
            None => {
                let lines: Vec<Line> = report.results.iter().map(Line::of).collect();
                self.print(&lines, &verdict(&report, &dataset), terminal)?;
            }
        }
        Ok(if report.violations().next().is_some() { Status::Partial } else { Status::Done })
    }

    fn output(&self) -> Result<Output> {
        self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)
    }

    fn print(&self, lines: &[Line], verdict: &str, terminal: &Terminal) -> Result<()> {
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let text = grouped(lines, limit, answer::width(terminal)) + verdict + "\n";
        let mut output = self.output()?;
        output.write_all(text.as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()
    }
}

/// A result in words.
struct Line {
    kind: Kind,
    focus: String,
    value: String,
    graphs: String,
}

/// What results have in common that are shown together.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Kind {
    severity: &'static str,
    message: String,
    shape: String,
    path: String,
}

impl Line {
    fn of(result: &ValidationResult) -> Self {
        let severity = match result.severity {
            Severity::Violation(_) => "Violation",
            Severity::Warning => "Warning",
            Severity::Info => "Info",
        };
        let path = result.path.as_ref().map(|path| match path.predicate() {
            Some(predicate) => rows::show(&predicate.clone().into()),
            None => path.to_string(),
        });
        let (message, shape) = (result.message().to_owned(), rows::show(&result.named_shape));
        let graphs = match &result.graphs[..] {
            [] => String::new(),
            [graph] => graph.as_str().to_owned(),
            [graph, others @ ..] => format!("{} and {} more", graph.as_str(), others.len()),
        };
        Self {
            kind: Kind { severity, message, shape, path: path.unwrap_or_default() },
            focus: rows::show(&result.focus),
            value: result.value.as_ref().map(rows::show).unwrap_or_default(),
            graphs,
        }
    }
}

/// The results that a quarantine graph holds.
fn reasons(quads: &[Quad]) -> Vec<Line> {
    let mut nodes: BTreeMap<String, HashMap<&str, &Term>> = BTreeMap::new();
    for quad in quads {
        if let Some((_, name)) = quad.predicate.as_str().split_once("/shacl#") {
            nodes.entry(quad.subject.to_string()).or_default().insert(name, &quad.object);
        }
    }
    let graph = quads.first().map(|quad| quad.graph_name.to_string()).unwrap_or_default();
    let lines = nodes.into_values().filter(|facts| facts.contains_key("focusNode")).map(|facts| {
        let text = |name: &str| facts.get(name).map(|term| rows::show(term)).unwrap_or_default();
        Line {
            kind: Kind {
                severity: "Violation",
                message: text("resultMessage"),
                shape: text("sourceShape"),
                path: text("resultPath"),
            },
            focus: text("focusNode"),
            value: text("value"),
            graphs: graph.trim_matches(['<', '>']).to_owned(),
        }
    });
    lines.collect()
}

/// Results under what they have in common, at most so many of each, in lines of a width.
fn grouped(lines: &[Line], limit: usize, width: usize) -> String {
    let mut kinds: Vec<(&Kind, Vec<&Line>)> = Vec::new();
    let mut places: HashMap<&Kind, usize> = HashMap::new();
    for line in lines {
        let place = *places.entry(&line.kind).or_insert_with(|| {
            kinds.push((&line.kind, Vec::new()));
            kinds.len() - 1
        });
        kinds[place].1.push(line);
    }
    let mut text = String::new();
    for (kind, lines) in kinds {
        let mut heading = Columns::new("", Some(width));
        heading.row([format!("{}: {}", kind.severity, kind.message)]);
        text += &heading.lines();
        let along = if kind.path.is_empty() { String::new() } else { format!(", {}", kind.path) };
        let mut place = Columns::new("  ", Some(width));
        place.row([format!("{}{along}: {}", kind.shape, counted(lines.len(), "result"))]);
        text += &place.lines();
        let mut table = Columns::new("    ", Some(width));
        table.row(["focus node", "value", "article"].map(str::to_owned));
        for line in lines.iter().take(limit) {
            table.row([&line.focus, &line.value, &line.graphs].map(String::clone));
        }
        text += &table.lines();
        if lines.len() > limit {
            text += &format!("    … {} more (--limit 0 shows all)\n", HumanCount((lines.len() - limit) as u64));
        }
        text.push('\n');
    }
    text
}

/// What it comes to.
fn verdict(report: &Report, data: &Dataset) -> String {
    let violations = report.violations().count();
    let others = report.results.len() - violations;
    let quads = HumanCount(data.len() as u64);
    match (violations, others) {
        (0, 0) => format!("conforms: {quads} quads"),
        (0, _) => format!("conforms, with {}: {quads} quads", counted(others, "warning")),
        (_, 0) => format!("does not conform: {} in {quads} quads", counted(violations, "violation")),
        _ => format!(
            "does not conform: {} and {} in {quads} quads",
            counted(violations, "violation"),
            counted(others, "warning")
        ),
    }
}

/// "1 result", "2,000 results".
fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", HumanCount(count as u64), if count == 1 { "" } else { "s" })
}
