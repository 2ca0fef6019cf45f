//! Which articles can still be read where the file itself is damaged.
//!
//! The checksum of a page says that something on it is damaged, not what. Each graph and each article's profiles have a checksum of
//! their own, which tells whether they are what was stored, whatever became of the pages around them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use redb::ReadableTable;

use super::check::{Checkup, Remedy};
use super::log::Log;
use super::snapshot::Snapshot;

impl Checkup {
    /// Counts the articles that are whole and names those that are not, as far as the file still lists them.
    pub(super) fn salvage(&mut self, log: &Log) {
        let Some(Ok(stored)) = guarded(|| log.unverified()) else { return };
        for name in listed(&stored) {
            let mut article = Self::default();
            let is_read = guarded(|| article.read_article(&stored, &name).is_some()).unwrap_or(false);
            if is_read && article.faults.is_empty() {
                self.whole += article.whole;
                self.quads += article.quads;
            } else {
                let fault = article.faults.into_iter().next();
                let reason = fault.map_or_else(|| "it lies behind a damaged page".to_owned(), |fault| fault.reason);
                self.fault(name, reason, Remedy::Restore);
            }
        }
        guarded(|| drop(stored));
    }
}

/// The articles in the order of their names, up to where the list is damaged.
fn listed(stored: &Snapshot) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    guarded(|| {
        for row in stored.articles.iter().into_iter().flatten().map_while(Result::ok) {
            let name = row.0.value().to_owned();
            if names.last().is_some_and(|last| *last >= name) {
                break;
            }
            names.push(name);
        }
    });
    names
}

/// What a step comes to that may meet a damaged page, where the database may panic; then nothing.
fn guarded<T>(step: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(step)).ok()
}
