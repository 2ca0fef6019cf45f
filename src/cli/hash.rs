//! `newsgraph hash`: one number for what a base or a file says.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Status, Terminal};
use crate::base::{self, KnowledgeBase};
use crate::error::{Error, Result};
use crate::export::canonical::Canonical;
use crate::output::Output;

/// Print the SHA-256 of the canonical N-Quads (RDFC-1.0) of knowledge bases and RDF files.
///
/// Two that say the same have the same hash, whatever their format, order and names of blank nodes. Of a base it is that of
/// all articles in their named graphs, as `newsgraph export --to nquads` writes them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph hash --store kb                    of a knowledge base
  newsgraph hash kb.nq.gz kb.trig              the same, of files

Exit status: 0 all have one, 1 some file could not be read, 2 none could.")]
pub(super) struct Hash {
    /// RDF files and knowledge bases
    #[arg(value_name = "DATA")]
    data: Vec<PathBuf>,
    /// The directory of a knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl Hash {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let all: Vec<PathBuf> = self.store.into_iter().chain(self.data).collect();
        if all.is_empty() {
            return Err(Error::Setting(
                "there is nothing to hash: name a knowledge base (--store DIR) or RDF files".into(),
            ));
        }
        let mut output = Output::stdout();
        let mut failed = 0;
        for path in &all {
            match hash(path) {
                Ok(hash) => writeln!(output, "{hash}  {}", path.display()).map_err(Error::io(output.path()))?,
                Err(error) => {
                    terminal.error(&error);
                    failed += 1;
                }
            }
        }
        output.finish()?;
        Ok(match failed {
            0 => Status::Done,
            failed if failed < all.len() => Status::Partial,
            _ => Status::Failed,
        })
    }
}

fn hash(path: &Path) -> Result<String> {
    let mut canonical = Canonical::default();
    if path.is_dir() {
        for graph in KnowledgeBase::open(path)?.linked(false)? {
            for quad in &graph?.quads {
                canonical.add(quad).map_err(Error::io(path))?;
            }
        }
    } else {
        for quad in base::read_file(path)? {
            canonical.add(&quad?).map_err(Error::io(path))?;
        }
    }
    canonical.finish().map_err(Error::io(path))
}
