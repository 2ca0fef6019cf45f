//! `newsgraph export`.

use super::{Status, Terminal};
use crate::error::Result;

/// Export.
#[derive(Debug, clap::Args)]
pub(super) struct Export {}

impl Export {
    pub(super) fn run(self, _terminal: &Terminal) -> Result<Status> {
        Ok(Status::Done)
    }
}
