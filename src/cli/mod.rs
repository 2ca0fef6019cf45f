//! The command line: flags become values, one library call does the work, results are printed.
//!
//! Each command is one file: a struct of its flags, and a `run` that uses them up.

mod analysis;
mod answer;
mod build;
mod check;
mod columns;
mod completions;
mod conformity;
mod convert;
mod data;
mod deadline;
mod description;
mod disputes;
mod eval;
mod export;
mod fingerprint;
mod format;
mod gazetteer;
mod hash;
mod info;
mod layers;
mod load;
mod names;
mod opening;
mod pin;
mod pins;
mod plan;
mod progress;
mod push;
mod quarantine;
mod query;
mod reading;
mod retract;
mod rows;
mod show;
mod splitting;
mod summary;
mod terminal;
mod update;
mod validate;
mod why;
mod writing;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::Parser;

use crate::error::Result;

pub use terminal::Terminal;

/// Reads news articles and writes what they say, who says it and who denies it as linked data.
#[derive(Debug, Parser)]
#[command(name = "newsgraph", version, max_term_width = 100, propagate_version = true, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print no progress, no warnings and no summary; errors are still printed.
    #[arg(long, short, global = true, display_order = 900)]
    quiet: bool,
    /// Work on so many threads [default: one a core]
    #[arg(long, global = true, value_name = "N", display_order = 902)]
    threads: Option<NonZeroUsize>,
    /// When to use colours; NO_COLOR is honoured.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 901)]
    color: clap::ColorChoice,
}

const EXAMPLES: &str = "\
Examples:
  newsgraph build articles/ --store kb --turtle kb.ttl          read a folder into a knowledge base
  newsgraph query --store kb --example most-quoted              ask it one of the questions that ship
  newsgraph query --store kb 'SELECT ?p { ?p a schema:Person }' ask it your own, in SPARQL
  newsgraph convert article.html                                one article as Turtle
  newsgraph validate --store kb                                 whether it is as its shapes say
  newsgraph show article.txt                                    what was found in it, and where
  newsgraph eval gold.iob2                                      how good it is, against annotated texts
  newsgraph disputes --store kb                                 what is denied, and where figures and dates differ
  newsgraph why 'Jane Roe' --store kb                           why two articles' names are one person, or two

Exit status: 0 all went well, 1 some article could not be read, 2 nothing could be done.";

#[derive(Debug, clap::Subcommand)]
enum Command {
    Build(build::Build),
    Convert(convert::Convert),
    Query(query::Query),
    Update(update::Update),
    Export(export::Export),
    Push(push::Push),
    Retract(retract::Retract),
    Info(info::Info),
    Check(check::Check),
    Validate(validate::Validate),
    Hash(hash::Hash),
    Show(show::Show),
    Eval(eval::Eval),
    #[command(subcommand)]
    Gazetteer(gazetteer::Gazetteer),
    Disputes(disputes::Disputes),
    Why(why::Why),
    Same(pin::Same),
    Different(pin::Different),
    Pins(pins::Pins),
    Completions(completions::Completions),
}

/// How a command ended; the program's exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All went well (0).
    Done,
    /// Part of the work failed, and the rest was done (1): some article could not be read, or data does not conform.
    Partial,
    /// Nothing could be done (2): wrong usage, no such knowledge base, a bad query, a full disk.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Partial => 1,
            Status::Failed => 2,
        })
    }
}

/// Runs the program with the given arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Status {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Nobody left to read the help is no failure.
            let _ = usage.print();
            return if usage.use_stderr() { Status::Failed } else { Status::Done };
        }
    };
    let terminal = Terminal::new(cli.quiet, cli.color);
    // 0 is one a core. It fails only for a caller that has set up the pool already, and then its number stands.
    let threads = cli.threads.map_or(0, std::num::NonZero::get);
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    match cli.command.run(&terminal) {
        Ok(status) => status,
        Err(error) if error.is_broken_pipe() => Status::Done,
        Err(error) => {
            terminal.error(&error);
            Status::Failed
        }
    }
}

impl Command {
    fn run(self, terminal: &Terminal) -> Result<Status> {
        match self {
            Self::Build(build) => build.run(terminal),
            Self::Convert(convert) => convert.run(terminal),
            Self::Query(query) => query.run(terminal),
            Self::Update(update) => update.run(terminal),
            Self::Export(export) => export.run(terminal),
            Self::Push(push) => push.run(terminal),
            Self::Retract(retract) => retract.run(terminal),
            Self::Info(info) => info.run(terminal),
            Self::Check(check) => check.run(terminal),
            Self::Validate(validate) => validate.run(terminal),
            Self::Hash(hash) => hash.run(terminal),
            Self::Show(show) => show.run(terminal),
            Self::Eval(eval) => eval.run(terminal),
            Self::Gazetteer(gazetteer) => gazetteer.run(terminal),
            Self::Disputes(disputes) => disputes.run(terminal),
            Self::Why(why) => why.run(terminal),
            Self::Same(same) => same.run(terminal),
            Self::Different(different) => different.run(terminal),
            Self::Pins(pins) => pins.run(terminal),
            Self::Completions(completions) => completions.run(terminal),
        }
    }
}
