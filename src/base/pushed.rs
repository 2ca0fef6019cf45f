//! What was sent to other stores, so that only changes need to be sent.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::tables::PUSHED;
use super::{Digest, KnowledgeBase};
use crate::error::Result;

/// By what a graph is known that was sent to another store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Of its triples.
    pub digest: Digest,
    /// How many it has.
    pub triples: u64,
}

impl Mark {
    /// The mark of a graph of which nobody knows whether it arrived: it is ours, and will be sent again.
    #[must_use]
    pub fn under_way(self) -> Self {
        Self { digest: Digest::default(), ..self }
    }
}

impl KnowledgeBase {
    /// The graphs that were sent to a store, by name.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub fn pushed(&self, target: &str) -> Result<BTreeMap<String, Mark>> {
        let stored = self.log.snapshot()?;
        let rows = stored.pushed.range((target, "")..).map_err(|error| self.log.redb(error))?;
        let mut pushed = BTreeMap::new();
        for row in rows {
            let (key, value) = row.map_err(|error| self.log.redb(error))?;
            let (of, graph) = key.value();
            if of != target {
                break;
            }
            let (digest, triples) = value.value();
            pushed.insert(graph.to_owned(), Mark { digest, triples });
        }
        Ok(pushed)
    }

    /// Notes what was sent to a store, and with no mark what was deleted there, in one transaction.
    ///
    /// # Errors
    /// When the base cannot be written.
    pub fn note_pushed<'a>(
        &self,
        target: &str,
        graphs: impl IntoIterator<Item = (&'a NamedNode, Option<Mark>)>,
    ) -> Result<()> {
        let mut graphs = graphs.into_iter().peekable();
        if graphs.peek().is_none() {
            return Ok(());
        }
        self.log.write(|transaction| {
            let mut pushed = transaction.open_table(PUSHED)?;
            for (graph, mark) in graphs {
                match mark {
                    Some(Mark { digest, triples }) => pushed.insert((target, graph.as_str()), (digest, triples))?,
                    None => pushed.remove((target, graph.as_str()))?,
                };
            }
            Ok(())
        })
    }
}
