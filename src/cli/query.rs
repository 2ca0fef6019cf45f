//! `newsgraph query`.

use super::{Status, Terminal};
use crate::error::Result;

/// Query.
#[derive(Debug, clap::Args)]
pub(super) struct Query {}

impl Query {
    pub(super) fn run(self, _terminal: &Terminal) -> Result<Status> {
        Ok(Status::Done)
    }
}
