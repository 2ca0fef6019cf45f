//! A line that shows how far long work has come.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Terminal;
use super::reading::Tally;
use crate::source;

const UNKNOWN_END: &str = "{spinner} {pos} articles  {per_sec}  {elapsed}";
const GRAPHS: &str = "{wide_bar:.cyan/dim} {pos}/{len} graphs  {per_sec}  {eta} left";
const KNOWN_END: &str = "{wide_bar:.cyan/dim} {pos}/{len} articles  {per_sec}  {eta} left";

/// Shows progress to a person at a terminal until dropped; elsewhere, nothing.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Starts to show progress. How many articles there are is counted meanwhile, so that reading need not wait.
    pub(super) fn start(terminal: &Terminal, inputs: &[PathBuf], options: &source::Options) -> Self {
        if !terminal.shows_progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = terminal.bars().add(ProgressBar::no_length());
        bar.set_style(style(UNKNOWN_END));
        bar.enable_steady_tick(Duration::from_millis(100));
        if !inputs.iter().any(|input| input == Path::new("-")) {
            let (bar, inputs, options) = (bar.clone(), inputs.to_vec(), options.clone());
            thread::spawn(move || {
                let records = source::records(&inputs, &options).count();
                bar.set_length(records as u64);
                bar.set_style(style(KNOWN_END));
            });
        }
        Self(bar)
    }

    /// Shows how far the reading has come.
    pub(super) fn update(&self, tally: Tally) {
        self.0.set_position(tally.read + tally.skipped + tally.failed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Shows a person at a terminal how many graphs were sent or written until dropped; elsewhere, nothing.
pub(super) struct Graphs(ProgressBar);

impl Graphs {
    pub(super) fn start(terminal: &Terminal) -> Self {
        if !terminal.shows_progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = terminal.bars().add(ProgressBar::new(0));
        bar.set_style(style(GRAPHS));
        Self(bar)
    }

    pub(super) fn update(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Graphs {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
