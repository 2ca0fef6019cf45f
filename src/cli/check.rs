//! `newsgraph check`: whether a knowledge base is whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use indicatif::HumanCount;

use super::{Status, Terminal};
use crate::base::{Fault, KnowledgeBase, Remedy};
use crate::error::{Error, Result};
use crate::output::Output;

/// Verify everything that a knowledge base keeps, and name what is damaged.
///
/// Verified are the checksums of the file, each article's graph and what it tells of its entities, the order of versions,
/// and that what is kept of who is who is what the articles give.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph check --store kb
  newsgraph check --store kb --mend    and work out anew who is who, where that is what is damaged

Exit status: 0 it is whole, 1 it is damaged, 2 there is no base.")]
pub(super) struct Check {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Work out anew which names are one thing where what is kept of that is damaged
    #[arg(long)]
    mend: bool,
}

impl Check {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let mut checkup = KnowledgeBase::check(&self.store)?;
        let is_mendable = |fault: &Fault| fault.remedy == Remedy::SettleAfresh;
        if self.mend && checkup.faults.iter().any(is_mendable) {
            KnowledgeBase::open(&self.store)?.settle_afresh()?;
            checkup = KnowledgeBase::check(&self.store)?;
        }
        let mut output = Output::stdout();
        for fault in &checkup.faults {
            let Fault { what, reason, remedy } = fault;
            writeln!(output, "{what}: {reason}\n  {}", advice(*remedy, what, &self.store))
                .map_err(Error::io(output.path()))?;
        }
        output.finish()?;
        let extent = if checkup.complete { "" } else { "; the file is too damaged to read on" };
        let (whole, quads) = (HumanCount(checkup.whole), HumanCount(checkup.quads));
        if checkup.faults.is_empty() {
            terminal.note(&format_args!("{} is whole: {whole} graphs of {quads} quads", self.store.display()));
            return Ok(Status::Done);
        }
        let damages = HumanCount(checkup.faults.len() as u64);
        terminal.note(&format_args!("{damages} damages; {whole} graphs of {quads} quads are whole{extent}"));
        Ok(Status::Partial)
    }
}

fn advice(remedy: Remedy, what: &str, store: &Path) -> String {
    let store = store.display();
    match remedy {
        Remedy::ReadAgain => {
            format!("newsgraph retract {what} --store {store}, then newsgraph build with the article again")
        }
        Remedy::SettleAfresh => format!("newsgraph check --store {store} --mend"),
        Remedy::Restore => "restore it from a copy, or build a new base from the articles".to_owned(),
    }
}
