//! `newsgraph eval`: how good what is found is, against what people annotated.

mod card;
mod report;
mod system;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::analysis::Analysis;
use super::{Status, Terminal};
use crate::error::{Error, Result};
use crate::output::Output;
use crate::pipeline::Pipeline;
use crate::resources::Resources;
use crate::score::coreference::{self, Match};
use crate::score::evaluation::{Settings, Task, evaluate};
use crate::score::facts::Properties;
use crate::score::ratchet::Ratchet;
use crate::score::read::identities::Identities;
use crate::score::read::{self, Format};
use crate::score::sample::Form;
use crate::score::types::Types;
use crate::score::{Annotations, Sample, write};
use crate::text::model::Model;
use card::Card;
use report::{Report, Shape};
use system::System;

/// Score what newsgraph finds, or another program's output, against annotated texts.
///
/// newsgraph reads the running text of the gold files, nothing of their annotations, tokens or sentences, and what it finds is
/// compared by characters. F1 comes with its 95 % interval: the texts (or, of few texts, their sentences) are drawn with replacement
/// a thousand times.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph eval dev.iob2                            names: strict by type, micro, macro, words alone, overlap
  newsgraph eval dev.iob2 --errors 20                and the most frequent errors with their sentences
  newsgraph eval dev.iob2 --system theirs.iob2       another program's output
  newsgraph eval --types misc=- --only PER,ORG,LOC crossner.txt
  newsgraph eval gum/dev --task coreference --ontonotes
  newsgraph eval meantime/stock                      events with participants and how they stand, and times
  newsgraph eval gum/dev --task linking --identities wiki_map.tab
  newsgraph eval --ratchet tests/gold/figures.toml tests/gold
  newsgraph eval --card docs/evaluation.toml DATA --baseline models/en_core_web_md.safetensors > docs/EVALUATION.md

Formats (told by name and content): columns of tokens and tags (CoNLL, UNER, CrossNER; IOB1, IOB2, BIOES), CoNLL-U with Entity=
(GUM, CorefUD), CoNLL-2012 columns, NIF (Turtle, N-Triples), GAP, the XML of CAT (MEANTIME), brackets inside the text (.gold),
and brat standoff of attributions (.ann beside .txt).

Exit status: 0 all went well, 1 a figure is not what --ratchet says, 2 nothing could be done.")]
pub(super) struct Eval {
    /// Files with annotations, or directories of them
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Score these files, of the same format and texts, instead of reading the texts
    #[arg(long, value_name = "FILE", num_args = 1..)]
    system: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    measuring: Measuring,
    /// List the most frequent errors, so many of each task, with their first sentence
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Write figures and errors as JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write a Markdown table
    #[arg(long)]
    markdown: bool,
    /// Fail when a figure is not what this file says, worse or better
    #[arg(long, value_name = "FILE")]
    ratchet: Option<PathBuf>,
    /// Evaluate the sets that this file plans, which lie in the directory GOLD, and write the result as a page of Markdown
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["system", "json", "markdown", "write", "errors"])]
    card: Option<PathBuf>,
    /// The model whose own names are put beside newsgraph's on the page
    #[arg(long, value_name = "FILE", requires = "card")]
    baseline: Option<PathBuf>,
    /// Write the figures into the file of --ratchet
    #[arg(long, requires = "ratchet")]
    record: bool,
    /// Write what was compared into this directory, in the formats that other scorers read
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// How gold is read, and what reads the texts.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reading")]
struct Reading {
    /// The format of the gold [default: told by name and content]
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<Format>,
    /// The column of the tags, from 1 [default: the last that holds tags]
    #[arg(long, value_name = "N")]
    column: Option<usize>,
    /// Take so many sentences for a text where a file of columns marks none [default: 1]
    #[arg(long, value_name = "N")]
    sentences: Option<usize>,
    /// A table of Wikipedia titles and their QIDs, for identities by title
    #[arg(long, value_name = "FILE")]
    identities: Option<PathBuf>,
    /// Take GUM's coreference as OntoNotes has it: appositions are part of their mention, predicates are none
    #[arg(long)]
    ontonotes: bool,
    /// Score the language model's own names, without anything that newsgraph makes of them
    #[arg(long)]
    model_only: bool,
    #[command(flatten)]
    analysis: Analysis,
}

/// What counts.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Measuring")]
struct Measuring {
    /// What is measured [default: all that the gold has]
    #[arg(long = "task", value_name = "TASK", value_delimiter = ',', value_parser = task_parser())]
    tasks: Vec<Task>,
    /// What labels count as, gold or found (politician=PER); LABEL=- leaves one out
    #[arg(long, value_name = "LABEL=TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// Count only these types, of names and of chains
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    only: Vec<String>,
    /// When a mention of a chain is the gold's
    #[arg(long = "match", value_enum, value_name = "HOW", default_value_t)]
    matching: Matching,
    /// Count things that are mentioned once
    #[arg(long)]
    singletons: bool,
    /// Of chains, count only the mentions by name
    #[arg(long)]
    names_only: bool,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Matching {
    /// The same words
    #[default]
    Exact,
    /// The same head
    Head,
}

impl Eval {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        if let Some(plan) = &self.card {
            return self.card(plan, terminal);
        }
        let options = self.reading.options()?;
        let settings = self.measuring.settings()?;
        let samples = read::samples(&self.gold, &options)?;
        let found = if self.system.is_empty() {
            self.reading.system()?.read(&samples)
        } else {
            paired(&samples, read::samples(&self.system, &options)?)?
        };
        let evaluation = evaluate(&samples, &found, &settings);
        if evaluation.figures.is_empty() {
            return Err(Error::Setting("the gold is annotated for nothing that --task asks for".to_owned()));
        }
        if let Some(directory) = &self.write {
            write_compared(directory, &samples, &found, &settings)?;
        }
        let shape = match (self.json, self.markdown) {
            (true, _) => Shape::Json,
            (_, true) => Shape::Markdown,
            _ => Shape::Table(terminal.width()),
        };
        let report = Report { samples: &samples, evaluation: &evaluation, errors: self.errors };
        print(&report.write(shape))?;
        let mut measured = Ratchet::default();
        measured.record(&self.gold.iter().map(|gold| name_of(gold)).collect::<Vec<_>>().join(" "), &evaluation.figures);
        self.check(measured, terminal)
    }

    /// Writes the page of all the sets that are planned.
    fn card(&self, plan: &Path, terminal: &Terminal) -> Result<Status> {
        let [data] = self.gold.as_slice() else {
            return Err(Error::Setting("--card takes one directory, in which the sets lie".to_owned()));
        };
        let mut systems = Vec::new();
        if let Some(model) = &self.baseline {
            systems.push(System::model_of("base model", Pipeline::new(Model::open(model)?, Resources::built_in()?)));
            systems.push(System::new("newsgraph --fast", Pipeline::fast()?));
        }
        systems.push(self.reading.system()?);
        let card = Card::measure(plan, data, &systems, terminal)?;
        print(&card.markdown())?;
        self.check(card.figures(), terminal)
    }

    /// Compares the figures with those recorded, or records them.
    fn check(&self, measured: Ratchet, terminal: &Terminal) -> Result<Status> {
        let Some(file) = &self.ratchet else { return Ok(Status::Done) };
        let mut recorded = Ratchet::open(file)?;
        if self.record {
            recorded.extend(measured);
            std::fs::write(file, recorded.to_toml()).map_err(Error::io(file))?;
            return Ok(Status::Done);
        }
        let changes = recorded.changes(&measured);
        for change in &changes {
            terminal.error(change);
        }
        if !changes.is_empty() {
            terminal.note(&format!("If this is right, run it again with --record to write {}", file.display()));
        }
        Ok(if changes.is_empty() { Status::Done } else { Status::Partial })
    }
}

fn print(shown: &str) -> Result<()> {
    let mut output = Output::stdout();
    output.write_all(shown.as_bytes()).map_err(Error::io(output.path()))?;
    output.finish()
}

/// The last two parts of a path: what a set is called, wherever it lies.
fn name_of(path: &Path) -> String {
    let parts: Vec<_> = path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

impl Reading {
    fn options(&self) -> Result<read::Options> {
        let identities = match &self.identities {
            Some(file) => Identities::open(file)?,
            None => Identities::default(),
        };
        let Self { format, column, sentences, ontonotes, .. } = *self;
        Ok(read::Options { format, column, sentences, ontonotes, identities })
    }

    fn system(&self) -> Result<System> {
        let pipeline = self.analysis.pipeline()?;
        Ok(if self.model_only { System::model_of("model alone", pipeline) } else { System::new("newsgraph", pipeline) })
    }
}

impl Measuring {
    fn settings(&self) -> Result<Settings> {
        let types = self.types.iter().try_fold(Types::built_in()?, |types, rule| types.with_rule(rule))?;
        let coreference = coreference::Options {
            matching: match self.matching {
                Matching::Exact => Match::Exact,
                Matching::Head => Match::Head,
            },
            singletons: self.singletons,
            form: self.names_only.then_some(Form::Name),
            typed: !self.only.is_empty(),
        };
        let tasks = if self.tasks.is_empty() { Task::ALL.to_vec() } else { self.tasks.clone() };
        let types = types.with_only(self.only.iter().map(String::as_str));
        Ok(Settings { tasks, types, coreference, properties: Properties::built_in()? })
    }
}

/// The other program's annotations in the order of the gold: by name where the names agree, else by place.
fn paired(gold: &[Sample], mut system: Vec<Sample>) -> Result<Vec<Annotations>> {
    if gold.len() != system.len() {
        let (theirs, ours) = (system.len(), gold.len());
        return Err(Error::Setting(format!("the system's files hold {theirs} texts and the gold {ours}")));
    }
    if gold.iter().zip(&system).any(|(gold, other)| gold.id != other.id) {
        let place = |sample: &Sample| gold.iter().position(|gold| gold.id == sample.id);
        if system.iter().all(|sample| place(sample).is_some()) {
            system.sort_by_key(place);
        }
    }
    let pairs = gold.iter().zip(system).map(|(gold, other)| {
        if gold.text().trim_end() == other.text().trim_end() {
            return Ok(other.gold);
        }
        let origin = &other.article.origin;
        let reason = format!("another text than that of {}", gold.article.origin);
        Err(Error::Malformed { path: origin.path.clone(), line: origin.line, reason })
    });
    pairs.collect()
}

fn write_compared(directory: &Path, samples: &[Sample], found: &[Annotations], settings: &Settings) -> Result<()> {
    std::fs::create_dir_all(directory).map_err(Error::io(directory))?;
    let save = |name: &str, content: String| {
        let file = directory.join(name);
        std::fs::write(&file, content).map_err(Error::io(file))
    };
    let wants = |task: Task| settings.tasks.contains(&task) && task.is_in(samples);
    if wants(Task::Names) {
        save("names.tsv", write::columns(samples, found, &settings.types))?;
    }
    if wants(Task::Coreference) {
        save("key.conll", write::conll(samples, |i| samples[i].gold.chains.clone().unwrap_or_default()))?;
        save("response.conll", write::conll(samples, |i| found[i].chains.clone().unwrap_or_default()))?;
    }
    Ok(())
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES).try_map(|name| name.parse::<Format>())
}

fn task_parser() -> impl TypedValueParser<Value = Task> {
    let of_name = |name: String| Task::ALL.into_iter().find(|task| task.name() == name).unwrap_or(Task::Names);
    PossibleValuesParser::new(Task::ALL.map(Task::name)).map(of_name)
}
