//! Opens knowledge bases so that nobody waits for another process without knowing it.

use std::path::Path;
use std::time::Duration;

use super::Terminal;
use crate::base::{KnowledgeBase, Waiting};
use crate::error::Result;

/// Opens a knowledge base.
pub(super) fn open(directory: &Path, terminal: &Terminal) -> Result<KnowledgeBase> {
    KnowledgeBase::open_telling(directory, waiting(directory, terminal))
}

/// Opens a knowledge base, which is made where there is none.
pub(super) fn open_or_create(directory: &Path, terminal: &Terminal) -> Result<KnowledgeBase> {
    KnowledgeBase::open_or_create_telling(directory, waiting(directory, terminal))
}

fn waiting(directory: &Path, terminal: &Terminal) -> Waiting {
    let (name, terminal) = (directory.display().to_string(), terminal.clone());
    Waiting::new(move |patience: Duration| {
        let most = patience.as_secs();
        terminal.note(&format_args!("{name}: waiting for another process that has it in use, {most} s at most"));
    })
}
