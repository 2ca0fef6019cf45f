//! Figures and errors as a table, as Markdown or as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::columns::Columns;
use crate::score::evaluation::Evaluation;
use crate::score::fault::{self, Group};
use crate::score::figure::Combine;
use crate::score::{Estimate, Figure, Sample};

/// What is shown of an evaluation.
pub(super) struct Report<'a> {
    pub(super) samples: &'a [Sample],
    pub(super) evaluation: &'a Evaluation,
    /// How many errors of each task.
    pub(super) errors: usize,
}

/// How it is shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// For a person, as wide as the terminal.
    Table(Option<usize>),
    Markdown,
    Json,
}

impl Report<'_> {
    pub(super) fn write(&self, shape: Shape) -> String {
        match shape {
            Shape::Table(width) => self.table(width),
            Shape::Markdown => self.markdown(),
            Shape::Json => format!("{:#}\n", self.json()),
        }
    }

    fn tasks(&self) -> Vec<&'static str> {
        let mut tasks: Vec<&str> = self.evaluation.figures.iter().map(|figure| figure.task).collect();
        tasks.dedup();
        tasks
    }

    fn rows(&self, task: &str) -> Vec<[String; 8]> {
        self.evaluation.figures.iter().filter(|figure| figure.task == task).map(row).collect()
    }

    fn groups(&self, task: &str) -> Vec<Group> {
        let groups = fault::groups(&self.evaluation.faults, self.samples);
        groups.into_iter().filter(|group| group.first.task == task).take(self.errors).collect()
    }

    fn table(&self, width: Option<usize>) -> String {
        let mut shown = format!("{} texts\n", self.samples.len());
        for task in self.tasks() {
            let mut columns = Columns::new("  ", width);
            columns.row(["", "P", "R", "F1", "95 %", "gold", "found", "right"].map(str::to_owned));
            for row in self.rows(task) {
                columns.row(row);
            }
            columns.align_right(&[1, 2, 3, 5, 6, 7]);
            let _ = write!(shown, "\n{}\n{}", capitalised(task), columns.lines());
            for group in self.groups(task) {
                let _ = write!(shown, "{}", self.error(&group));
            }
        }
        shown
    }

    fn error(&self, group: &Group) -> String {
        let fault = &group.first;
        let origin =
            self.samples.get(fault.sample).map_or_else(String::new, |sample| sample.article.origin.to_string());
        let said = said(group);
        format!(
            "\n  {}× {}  {}{said}\n      {}\n      {origin}\n",
            group.count,
            fault.kind.name(),
            group.words,
            fault::marked(fault, self.samples)
        )
    }

    fn markdown(&self) -> String {
        let mut shown = String::new();
        for task in self.tasks() {
            let _ = writeln!(
                shown,
                "| {task} | P | R | F1 | 95 % | gold | found | right |\n|---|--:|--:|--:|---|--:|--:|--:|"
            );
            for row in self.rows(task) {
                let _ = writeln!(shown, "| {} |", row.join(" | "));
            }
            shown.push('\n');
            for group in self.groups(task) {
                let said = said(&group);
                let _ = writeln!(shown, "- {}× {}: {}{said}", group.count, group.first.kind.name(), group.words);
            }
        }
        shown
    }

    fn json(&self) -> Value {
        let figures = self.evaluation.figures.iter().map(|figure| {
            let Estimate { precision, recall, f1, interval, tally } = figure.estimate();
            let interval = interval.map(|(low, high)| json!([low, high]));
            let mut value = json!({"task": figure.task, "figure": figure.name, "f1": f1, "interval": interval});
            if figure.combine != Combine::Ratio {
                value["precision"] = precision.into();
                value["recall"] = recall.into();
            }
            if is_counted(figure) {
                value["gold"] = tally.gold.into();
                value["found"] = tally.found.into();
                value["right"] = tally.right_of_found.into();
            }
            value
        });
        let mut errors = Vec::new();
        for group in self.tasks().into_iter().flat_map(|task| self.groups(task)) {
            let fault = &group.first;
            errors.push(json!({
                "task": fault.task, "kind": fault.kind.name(), "count": group.count, "words": group.words,
                "gold": fault.gold, "found": fault.found, "sentence": fault::marked(fault, self.samples),
                "at": self.samples.get(fault.sample).map(|sample| sample.article.origin.to_string()),
            }));
        }
        json!({"texts": self.samples.len(), "figures": figures.collect::<Vec<_>>(), "errors": errors})
    }
}

/// What gold and found say of the words of an error.
fn said(group: &Group) -> String {
    let fault = &group.first;
    match (fault.gold.as_str(), fault.found.as_str()) {
        ("", "") => String::new(),
        (gold, "") => format!(" ({gold})"),
        ("", found) => format!(" (found as {found})"),
        (gold, found) => format!(" ({gold}, found as {found})"),
    }
}

/// The cells of a figure: name, P, R, F1, interval, gold, found, right.
fn row(figure: &Figure) -> [String; 8] {
    let Estimate { precision, recall, f1, interval, tally } = figure.estimate();
    let ratio = figure.combine == Combine::Ratio;
    let score = |value: f64| if ratio { String::new() } else { percent(value) };
    let best = if ratio { format!("{f1:.2}") } else { percent(f1) };
    let interval = interval.map_or_else(String::new, |(low, high)| match ratio {
        true => format!("{low:.2}–{high:.2}"),
        false => format!("{}–{}", percent(low), percent(high)),
    });
    let is_counted = is_counted(figure);
    let count = |value: f64| if is_counted { ((value * 10.0).round() / 10.0).to_string() } else { String::new() };
    let [gold, found, right] = [tally.gold, tally.found, tally.right_of_found].map(count);
    [figure.name.clone(), score(precision), score(recall), best, interval, gold, found, right]
}

/// Whether the counts of a figure mean something: not those of means.
fn is_counted(figure: &Figure) -> bool {
    figure.combine == Combine::Mean && figure.parts.len() == 1
}

pub(super) fn percent(value: f64) -> String {
    format!("{:.1}", 100.0 * value)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
