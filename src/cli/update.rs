//! `newsgraph update`: graphs of the user's own, by SPARQL Update.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::HumanCount;

use super::query::{given, seconds};
use super::{Status, Terminal, opening};
use crate::base::{self, Revision};
use crate::error::{Error, Result};
use crate::graph::mint::Base;
use crate::output::Output;

/// Change a knowledge base by SPARQL 1.1 Update: notes and facts of your own, in graphs of your own.
///
/// All operations of a request are one transaction. A triple without GRAPH goes to, and is deleted from, your graph
/// <BASE>graph/own. WHERE sees what a query sees: all articles and your graphs merged, each one in GRAPH; USING and WITH
/// choose. Your graphs are seen by queries and exports and take no part in who is who. CLEAR and DROP of DEFAULT, NAMED or
/// ALL are of your graphs only. LOAD reads local files: LOAD <file:notes.ttl>. Blank nodes become IRIs
/// <BASE>.well-known/genid/….
///
/// What articles say is guarded: an update that would change it is refused unless --force is given. Then what is stored of
/// the article is edited, under its own names: an edit follows an entity when identity later renames it, and what identity
/// alone says (a joint label) cannot be edited. An edit holds until the article is read again, because its text, the settings
/// or the program changed; `build` of the same article leaves it.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "newsgraph update [OPTIONS] --store <DIR> <UPDATE>
       newsgraph update [OPTIONS] --store <DIR> --file <FILE>",
    after_help = "\
Examples:
  newsgraph update --store kb 'INSERT DATA { <https://newsgraph.example/person/jane-roe> rdfs:comment \"Met in May\" }'
  newsgraph update --store kb --file changes.ru --dry-run       what would come (+) and go (-), as N-Quads
  newsgraph update --store kb 'LOAD <file:notes.ttl> INTO GRAPH <https://me.example/notes>'
  newsgraph update --store kb 'DROP GRAPH <https://me.example/notes>'

Exit status: 0 it is done, even where nothing had to change; 2 nothing was changed."
)]
pub(super) struct Update {
    /// The update; - reads it from standard input
    #[arg(value_name = "UPDATE", required_unless_present = "file")]
    update: Option<OsString>,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Read the update from this file
    #[arg(long, short, value_name = "FILE", conflicts_with = "update")]
    file: Option<PathBuf>,
    /// Print what would come and go, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Change what articles say too
    #[arg(long)]
    force: bool,
    /// What the IRIs of your default graph and of blank nodes begin with; ends in / or #
    #[arg(long, value_name = "IRI", default_value_t)]
    base: Base,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
}

impl Update {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let (text, origin) = match (&self.file, &self.update) {
            (Some(file), _) => (std::fs::read_to_string(file).map_err(Error::io(file))?, file.display().to_string()),
            (None, Some(update)) => given(update, "update")?,
            (None, None) => return Err(Error::Setting("there is no update".to_owned())),
        };
        let mut update = base::Update::parse(&text, &origin)?.with_base(self.base);
        if self.force {
            update = update.forced();
        }
        if let Some(timeout) = self.timeout {
            update = update.with_timeout(timeout);
        }
        let base = opening::open(&self.store, terminal)?;
        if self.dry_run {
            let revision = base.preview(&update)?;
            let mut output = Output::stdout();
            output.write_all(lines(&revision).as_bytes()).map_err(Error::io(output.path()))?;
            output.finish()?;
            terminal.note(&format_args!("{}; this was a dry run, nothing was changed", counts(&revision)));
        } else {
            terminal.note(&counts(&base.update(&update)?));
        }
        Ok(Status::Done)
    }
}

/// What goes and what comes, as N-Quads after a sign.
fn lines(revision: &Revision) -> String {
    let mut lines = String::new();
    for (sign, quads) in [('-', &revision.removed), ('+', &revision.added)] {
        for quad in quads {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{sign} {quad} .");
        }
    }
    lines
}

fn counts(revision: &Revision) -> String {
    let count = |count: usize, thing: &str| {
        format!("{} {thing}{}", HumanCount(count as u64), if count == 1 { "" } else { "s" })
    };
    format!(
        "{} added and {} removed in {}",
        count(revision.added.len(), "quad"),
        HumanCount(revision.removed.len() as u64),
        count(revision.graphs(), "graph")
    )
}
