//! The page that says how good the program is: many sets, base model and newsgraph side by side.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::report::percent;
use super::system::System;
use crate::cli::Terminal;
use crate::error::{Error, Result};
use crate::score::coreference::{self, Match};
use crate::score::evaluation::{Evaluation, Settings, Task, evaluate};
use crate::score::facts::Properties;
use crate::score::fault::{self, Group};
use crate::score::ratchet::Ratchet;
use crate::score::read::{self, identities::Identities};
use crate::score::sample::Form;
use crate::score::types::Types;
use crate::score::{Figure, Sample};

/// The sets to evaluate; the file of a plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    /// Markdown that opens the page.
    about: String,
    sets: Vec<Set>,
}

/// A set and how it is measured. Names are those of the flags.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    name: String,
    /// What it is, and what of it was seen in training.
    about: String,
    task: String,
    /// Files, directories and globs below the directory of the data.
    files: Vec<String>,
    /// Only so large a last part of the texts.
    #[serde(default)]
    last: Option<f64>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    identities: Option<String>,
    #[serde(default)]
    ontonotes: bool,
    #[serde(default)]
    singletons: bool,
    #[serde(default)]
    names_only: bool,
    #[serde(default)]
    heads: bool,
}

/// All that was measured.
pub(super) struct Card {
    about: String,
    sets: Vec<Measured>,
    /// Sets whose files are not there.
    missing: Vec<String>,
    speeds: Vec<Speed>,
}

struct Measured {
    set: Set,
    task: Task,
    samples: Vec<Sample>,
    /// One a system, with its name.
    evaluations: Vec<(&'static str, Evaluation)>,
}

struct Speed {
    system: &'static str,
    words: usize,
    time: Duration,
}

/// A column of a table: its title, the figure it shows, and what of it.
type Column = (&'static str, &'static str, Part);

/// The columns of each task's table.
const COLUMNS: [(Task, &[Column]); 8] = [
    (
        Task::Names,
        &[
            ("P", "all", Part::Precision),
            ("R", "all", Part::Recall),
            ("F1", "all", Part::F1),
            ("95 %", "all", Part::Interval),
            ("PER", "PER", Part::F1),
            ("ORG", "ORG", Part::F1),
            ("LOC", "LOC", Part::F1),
            ("words alone", "words alone", Part::F1),
        ],
    ),
    (
        Task::Coreference,
        &[
            ("MUC", "MUC", Part::F1),
            ("B³", "B³", Part::F1),
            ("CEAF-e", "CEAF-e", Part::F1),
            ("CoNLL", "CoNLL", Part::F1),
            ("95 %", "CoNLL", Part::Interval),
            ("LEA", "LEA", Part::F1),
            ("mentions", "mentions", Part::F1),
        ],
    ),
    (
        Task::Linking,
        &[
            ("strong F1", "strong, in the base", Part::F1),
            ("strong with NIL F1", "strong, with NIL", Part::F1),
            ("weak P", "weak, in the base", Part::Precision),
            ("weak R", "weak, in the base", Part::Recall),
            ("weak F1", "weak, in the base", Part::F1),
            ("95 %", "weak, in the base", Part::Interval),
            ("choice P", "weak, choice", Part::Precision),
        ],
    ),
    (
        Task::Pronouns,
        &[
            ("P", "all", Part::Precision),
            ("R", "all", Part::Recall),
            ("F1", "all", Part::F1),
            ("95 %", "all", Part::Interval),
            ("masculine", "masculine", Part::F1),
            ("feminine", "feminine", Part::F1),
            ("ratio", "feminine / masculine", Part::Ratio),
        ],
    ),
    (
        Task::Attributions,
        &[
            ("source F1", "source, exact", Part::F1),
            ("overlap", "source, overlap", Part::F1),
            ("cue F1", "cue, exact", Part::F1),
            ("overlap", "cue, overlap", Part::F1),
            ("content F1", "content, exact", Part::F1),
            ("overlap", "content, overlap", Part::F1),
            ("95 %", "content, exact", Part::Interval),
            ("whole F1", "whole, exact", Part::F1),
        ],
    ),
    (
        Task::Facts,
        &[
            ("P", "all", Part::Precision),
            ("R", "all", Part::Recall),
            ("F1", "all", Part::F1),
            ("95 %", "all", Part::Interval),
            ("employee or member", "EMPLOYEE_OR_MEMBER_OF", Part::F1),
            ("residence", "PLACE_OF_RESIDENCE", Part::F1),
            ("spouse", "SPOUSE", Part::F1),
            ("founder", "FOUNDED_BY", Part::F1),
        ],
    ),
    (
        Task::Events,
        &[
            ("P", "mentions", Part::Precision),
            ("R", "mentions", Part::Recall),
            ("F1", "mentions", Part::F1),
            ("95 %", "mentions", Part::Interval),
            ("overlap F1", "mentions, overlap", Part::F1),
            ("participants F1", "participants", Part::F1),
            ("polarity", "polarity", Part::F1),
            ("certainty", "certainty", Part::F1),
        ],
    ),
    (
        Task::Times,
        &[
            ("P", "words", Part::Precision),
            ("R", "words", Part::Recall),
            ("F1", "words", Part::F1),
            ("95 %", "words", Part::Interval),
            ("values", "values", Part::F1),
        ],
    ),
];

#[derive(Clone, Copy)]
enum Part {
    Precision,
    Recall,
    F1,
    Interval,
    Ratio,
}

/// How many names a list of failures holds, and of how many words at most: names, not texts. Addresses are left out.
const SHOWN: (usize, usize) = (12, 4);

impl Card {
    /// Reads the texts of every set of a plan with every system. A set whose files are not there is named and passed over.
    pub(super) fn measure(plan: &Path, data: &Path, systems: &[System], terminal: &Terminal) -> Result<Self> {
        let content = std::fs::read_to_string(plan).map_err(Error::io(plan))?;
        let plan: Plan = toml::from_str(&content).map_err(|error| {
            let line = error.span().map(|span| content[..span.start].matches('\n').count() as u64 + 1);
            Error::Malformed { path: plan.to_owned(), line, reason: error.message().to_owned() }
        })?;
        let mut card = Self { about: plan.about, sets: Vec::new(), missing: Vec::new(), speeds: Vec::new() };
        for system in systems {
            card.speeds.push(Speed { system: system.name, words: 0, time: Duration::ZERO });
        }
        for set in plan.sets {
            let Some(files) = set.files(data)? else {
                terminal.warning(&format!("{}: not at hand in {}", set.name, data.display()));
                card.missing.push(set.name);
                continue;
            };
            card.add(set, &files, data, systems)?;
        }
        Ok(card)
    }

    fn add(&mut self, set: Set, files: &[PathBuf], data: &Path, systems: &[System]) -> Result<()> {
        let (task, settings) = set.settings()?;
        let mut samples = read::samples(files, &set.options(data)?)?;
        if let Some(last) = set.last {
            samples.drain(..samples.len() - (samples.len() as f64 * last.clamp(0.0, 1.0)).round() as usize);
        }
        let words: usize = samples.iter().map(|sample| sample.text().split_whitespace().count()).sum();
        let mut evaluations = Vec::new();
        for (system, speed) in systems.iter().zip(&mut self.speeds) {
            let (found, time) = system.read_timed(&samples);
            speed.words += words;
            speed.time += time;
            evaluations.push((system.name, evaluate(&samples, &found, &settings)));
        }
        self.sets.push(Measured { set, task, samples, evaluations });
        Ok(())
    }

    /// The figures of the last system, which is newsgraph.
    pub(super) fn figures(&self) -> Ratchet {
        let mut ratchet = Ratchet::default();
        for measured in &self.sets {
            if let Some((_, evaluation)) = measured.evaluations.last() {
                ratchet.record(&measured.set.name, &evaluation.figures);
            }
        }
        ratchet
    }

    pub(super) fn markdown(&self) -> String {
        let mut page = format!("{}\n", self.about.trim());
        for (task, columns) in COLUMNS {
            let sets: Vec<&Measured> = self.sets.iter().filter(|measured| measured.task == task).collect();
            if !sets.is_empty() {
                let _ = write!(page, "\n## {}\n\n{}", title(task), table(&sets, columns));
            }
        }
        page.push_str(&self.speed());
        page.push_str(
            "\n## Where newsgraph errs\n\nThe sorts of errors, and the words that are most often concerned.\n",
        );
        for measured in &self.sets {
            page.push_str(&measured.failures());
        }
        if !self.missing.is_empty() {
            let _ = writeln!(page, "\nNot at hand, so not measured: {}.", self.missing.join(", "));
        }
        page
    }

    fn speed(&self) -> String {
        let threads = rayon::current_num_threads();
        let mut shown = format!(
            "\n## Speed\n\nAll texts above, analysed on {threads} threads of the machine on which this page was written; \
             starting and reading the model's file are not counted.\n\n| | words | seconds | words/s |\n|---|--:|--:|--:|\n"
        );
        for Speed { system, words, time } in &self.speeds {
            let seconds = time.as_secs_f64();
            let rate = (*words as f64 / seconds.max(1e-9) / 10.0).round() * 10.0;
            let _ = writeln!(shown, "| {system} | {words} | {seconds:.1} | {rate:.0} |");
        }
        shown
    }
}

impl Set {
    /// Its files; none when one of them is not there.
    fn files(&self, data: &Path) -> Result<Option<Vec<PathBuf>>> {
        let mut files = Vec::new();
        for file in &self.files {
            let pattern = data.join(file);
            let matches = glob::glob(&pattern.to_string_lossy())
                .map_err(|error| Error::Setting(format!("{file} is no glob: {error}")))?;
            let before = files.len();
            files.extend(matches.filter_map(Result::ok));
            if files.len() == before {
                return Ok(None);
            }
        }
        Ok(Some(files))
    }

    fn options(&self, data: &Path) -> Result<read::Options> {
        let table = self.identities.as_ref().map(|file| Identities::open(&data.join(file))).transpose()?;
        let identities = table.unwrap_or_default();
        Ok(read::Options { ontonotes: self.ontonotes, identities, ..read::Options::default() })
    }

    fn settings(&self) -> Result<(Task, Settings)> {
        let task = Task::ALL.into_iter().find(|task| task.name() == self.task);
        let task = task.ok_or_else(|| Error::Setting(format!("{}: {} is no task", self.name, self.task)))?;
        let types = self.types.iter().try_fold(Types::built_in()?, |types, rule| types.with_rule(rule))?;
        let types = types.with_only(self.only.iter().map(String::as_str));
        let coreference = coreference::Options {
            matching: if self.heads { Match::Head } else { Match::Exact },
            singletons: self.singletons,
            form: self.names_only.then_some(Form::Name),
            typed: !self.only.is_empty(),
        };
        Ok((task, Settings { tasks: vec![task], types, coreference, properties: Properties::built_in()? }))
    }
}

impl Measured {
    /// The sorts of errors with their counts and the names they fall on most, in a few words each.
    fn failures(&self) -> String {
        let Some((_, evaluation)) = self.evaluations.last() else { return String::new() };
        let kinds = fault::kinds(&evaluation.faults);
        let groups = fault::groups(&evaluation.faults, &self.samples);
        let mut shown = format!("\n### {}\n\n| | | most often |\n|---|--:|---|\n", self.set.name);
        for (kind, count) in kinds {
            let words = most_frequent(groups.iter().filter(|group| group.first.kind == kind));
            let _ = writeln!(shown, "| {} | {count} | {} |", kind.name(), words.join(", "));
        }
        shown
    }
}

/// The words that most of these faults fall on, whatever was said of them.
fn most_frequent<'a>(groups: impl Iterator<Item = &'a Group>) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let is_shown = |words: &str| words.split(' ').count() <= SHOWN.1 && !words.contains('@');
    for group in groups.filter(|group| is_shown(&group.words)) {
        match counts.iter_mut().find(|(words, _)| *words == group.words) {
            Some((_, count)) => *count += group.count,
            None => counts.push((&group.words, group.count)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shown = counts.into_iter().take(SHOWN.0).map(|(words, count)| match count {
        1 => escaped(words),
        count => format!("{} ({count})", escaped(words)),
    });
    shown.collect()
}

fn title(task: Task) -> &'static str {
    match task {
        Task::Names => "Names",
        Task::Coreference => "Coreference",
        Task::Linking => "Linking to Wikidata",
        Task::Pronouns => "Pronouns",
        Task::Facts => "Facts",
        Task::Attributions => "Attributions",
        Task::Events => "Events",
        Task::Times => "Times",
    }
}

fn table(sets: &[&Measured], columns: &[Column]) -> String {
    let titles: Vec<&str> = columns.iter().map(|(title, ..)| *title).collect();
    let mut table = format!("| set | | {} |\n|---|---|{}\n", titles.join(" | "), "--:|".repeat(columns.len()));
    for measured in sets {
        for (i, (system, evaluation)) in measured.evaluations.iter().enumerate() {
            let cells: Vec<String> =
                columns.iter().map(|(_, figure, part)| cell(&evaluation.figures, figure, *part)).collect();
            let name = if i == 0 { measured.set.name.as_str() } else { "" };
            let _ = writeln!(table, "| {name} | {system} | {} |", cells.join(" | "));
        }
    }
    table.push('\n');
    for measured in sets {
        let Measured { set, samples, .. } = measured;
        let _ = writeln!(table, "- **{}** ({} texts): {}", set.name, samples.len(), set.about);
    }
    table
}

fn cell(figures: &[Figure], name: &str, part: Part) -> String {
    let Some(figure) = figures.iter().find(|figure| figure.name == name) else { return String::new() };
    let estimate = figure.estimate();
    match part {
        Part::Precision => percent(estimate.precision),
        Part::Recall => percent(estimate.recall),
        Part::F1 => percent(estimate.f1),
        Part::Ratio => format!("{:.2}", estimate.f1),
        Part::Interval => {
            estimate.interval.map_or_else(String::new, |(low, high)| format!("{}–{}", percent(low), percent(high)))
        }
    }
}

/// Words that Markdown takes for words.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '|' | '*' | '_' | '`' | '<' | '[' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
