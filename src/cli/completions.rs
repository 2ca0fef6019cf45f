//! `newsgraph completions`: completion scripts for shells.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Status, Terminal};
use crate::error::{Error, Result};
use crate::output::Output;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph completions bash > ~/.local/share/bash-completion/completions/newsgraph
  newsgraph completions zsh > ~/.zfunc/_newsgraph
  newsgraph completions fish > ~/.config/fish/completions/newsgraph.fish")]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, _terminal: &Terminal) -> Result<Status> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "newsgraph", &mut script);
        let mut output = Output::stdout();
        output.write_all(&script).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(Status::Done)
    }
}
