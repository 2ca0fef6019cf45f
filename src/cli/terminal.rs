//! What the user sees besides results: errors, warnings, notes and progress, all on standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressDrawTarget};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The user's terminal, or whatever stands in its place.
#[derive(Clone, Debug)]
pub struct Terminal {
    quiet: bool,
    bars: MultiProgress,
}

impl Terminal {
    /// The terminal of this process. `color` rules every stream; `Auto` honours `NO_COLOR` and pipes.
    #[must_use]
    pub fn new(quiet: bool, color: clap::ColorChoice) -> Self {
        match color {
            clap::ColorChoice::Auto => ColorChoice::Auto,
            clap::ColorChoice::Always => ColorChoice::Always,
            clap::ColorChoice::Never => ColorChoice::Never,
        }
        .write_global();
        let shown = !quiet && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { quiet, bars: MultiProgress::with_draw_target(target) }
    }

    /// Prints an error, quiet or not.
    pub fn error(&self, error: &dyn Display) {
        self.bars.suspend(|| anstream::eprintln!("{ERROR}error:{ERROR:#} {error}"));
    }

    /// Prints a warning unless quiet.
    pub fn warning(&self, warning: &dyn Display) {
        if !self.quiet {
            self.bars.suspend(|| anstream::eprintln!("{WARNING}warning:{WARNING:#} {warning}"));
        }
    }

    /// Prints a note (a summary, a hint) unless quiet.
    pub fn note(&self, note: &dyn Display) {
        if !self.quiet {
            self.bars.suspend(|| anstream::eprintln!("{note}"));
        }
    }

    /// Whether progress is drawn: only for a person at a terminal.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        !self.bars.is_hidden()
    }

    /// Where progress bars are drawn; errors and notes are printed above them.
    #[must_use]
    pub fn bars(&self) -> &MultiProgress {
        &self.bars
    }

    /// The columns of standard output where it is a terminal: what a table must fit. None in a pipe or file.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
    }

    /// Whether results on standard output are coloured.
    #[must_use]
    pub fn colors(&self) -> bool {
        AutoStream::choice(&io::stdout()) != ColorChoice::Never
    }
}
