//! Brings a knowledge base into another store, and keeps it there as it is here.
//!
//! Each named graph of the base is a named graph of the store. What was sent, and confirmed by counting it there, is noted in the
//! base for each store; so a push sends what changed since, deletes what is gone, and goes on where an earlier one
//! stopped. A graph that is under way is noted as well, so that it is never taken for somebody else's. A graph in another dialect of RDF
//! is another graph, if it names triples at all, so it is sent anew.

mod address;
mod client;
mod credentials;
mod graph;
mod store;
mod tls;

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use crate::base::{Dataset, KnowledgeBase, Mark};
use crate::error::{Error, Result};
use crate::graph::write::Dialect;
use graph::Graph;
use store::Refusal;

pub use address::{Endpoints, Kind, address};
pub use client::Patience;
pub use credentials::Credentials;
pub use store::{Store, Target, Way};

/// How many graphs are sent before they are counted and noted.
const BATCH: usize = 50;

/// A graph and what it holds.
pub type Marked = (NamedNode, Mark);

/// What a push has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How statements are to name their triple there.
    pub dialect: Dialect,
    /// Graphs that the store does not have, or not as they are, sorted by name.
    pub send: Vec<Marked>,
    /// Graphs that were sent earlier and that the base does not hold any more.
    pub delete: Vec<NamedNode>,
    /// Graphs that were sent earlier as they are.
    pub unchanged: Vec<Marked>,
    /// How many graphs stay here, since they are no part of what a plain query sees.
    pub apart: usize,
}

/// What a push came to.
#[derive(Debug, Default)]
pub struct Report {
    /// How many graphs were sent and counted.
    pub sent: usize,
    /// How many triples they hold.
    pub triples: u64,
    /// How many graphs were deleted.
    pub deleted: usize,
    /// What went wrong with single graphs. They will be sent again.
    pub failures: Vec<Error>,
    /// Why the push stopped before its end.
    pub stopped: Option<Error>,
}

/// A graph that the store holds otherwise than the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name.
    pub graph: NamedNode,
    /// How many triples the base holds.
    pub here: u64,
    /// How many triples the store holds.
    pub there: u64,
}

/// Works out what a push to a store has to do for it to hold the base in a dialect; `all` sends what was sent already, too.
///
/// # Errors
/// When the base cannot be read.
pub fn plan(base: &KnowledgeBase, dataset: &Dataset, target: &str, dialect: Dialect, all: bool) -> Result<Plan> {
    let mut known = base.pushed(target)?;
    let apart = dataset.named_graphs().filter(|graph| graph.is_apart).count();
    let mut plan = Plan { dialect, apart, ..Plan::default() };
    for named in dataset.named_graphs().filter(|graph| !graph.is_apart) {
        let mark = Graph::new(named.name.clone(), dataset.triples_of(&named), dialect).mark();
        match known.remove(named.name.as_str()) {
            Some(sent) if sent == mark && !all => plan.unchanged.push((named.name, mark)),
            _ => plan.send.push((named.name, mark)),
        }
    }
    plan.delete = known.into_keys().map(NamedNode::new_unchecked).collect();
    Ok(plan)
}

/// Carries out a plan; `watch` is told how many graphs are done.
///
/// # Errors
/// When the base cannot be written. What goes wrong at the store is in the report.
pub fn send(
    base: &KnowledgeBase,
    dataset: &Dataset,
    target: &str,
    plan: &Plan,
    store: &mut Store,
    mut watch: impl FnMut(usize),
) -> Result<Report> {
    let mut report = Report::default();
    for batch in plan.send.chunks(BATCH) {
        base.note_pushed(target, batch.iter().map(|(name, mark)| (name, Some(mark.under_way()))))?;
        let confirmed = report.send(dataset, batch, plan.dialect, store);
        base.note_pushed(target, confirmed.iter().map(|(name, mark)| (name, Some(*mark))))?;
        report.sent += confirmed.len();
        report.triples += confirmed.iter().map(|(_, mark)| mark.triples).sum::<u64>();
        watch(report.sent + report.failures.len());
        if confirmed.is_empty() || report.stopped.is_some() {
            return Ok(report);
        }
    }
    for batch in plan.delete.chunks(BATCH) {
        let gone = report.delete(batch, store);
        base.note_pushed(target, gone.iter().map(|name| (name, None)))?;
        report.deleted += gone.len();
        watch(report.sent + report.deleted + report.failures.len());
        if gone.is_empty() || report.stopped.is_some() {
            break;
        }
    }
    Ok(report)
}

impl Report {
    /// Sends a batch, counts it there, and gives what arrived whole.
    fn send(&mut self, dataset: &Dataset, batch: &[Marked], dialect: Dialect, store: &mut Store) -> Vec<Marked> {
        let mut accepted = Vec::new();
        for (name, mark) in batch {
            let Some(named) = dataset.named_graph(name) else { continue };
            let graph = Graph::new(name.clone(), dataset.triples_of(&named), dialect);
            if self.accepts(store.put(&graph, name)) {
                accepted.push((name.clone(), *mark));
            }
            if self.stopped.is_some() {
                break;
            }
        }
        let names: Vec<&NamedNode> = accepted.iter().map(|(name, _)| name).collect();
        let Some(counts) = self.counts(&names, store) else { return Vec::new() };
        accepted.retain(|(name, mark)| self.agrees(name, mark.triples, &counts, store));
        accepted
    }

    /// Deletes a batch, and gives the graphs of which nothing is left.
    fn delete(&mut self, batch: &[NamedNode], store: &mut Store) -> Vec<NamedNode> {
        let mut accepted = Vec::new();
        for name in batch {
            if self.accepts(store.delete(name)) {
                accepted.push(name.clone());
            }
            if self.stopped.is_some() {
                break;
            }
        }
        let Some(counts) = self.counts(&accepted.iter().collect::<Vec<_>>(), store) else { return Vec::new() };
        accepted.retain(|name| self.agrees(name, 0, &counts, store));
        accepted
    }

    fn accepts(&mut self, answer: Result<(), Refusal>) -> bool {
        match answer {
            Ok(()) => return true,
            Err(Refusal::Graph(error)) => self.failures.push(error),
            Err(Refusal::Everything(error)) => self.stopped = Some(error),
        }
        false
    }

    /// What the store holds of some graphs; none where it does not say.
    fn counts(&mut self, names: &[&NamedNode], store: &mut Store) -> Option<BTreeMap<String, u64>> {
        if names.is_empty() {
            return Some(BTreeMap::new());
        }
        match store.counts(names) {
            Ok(counts) => Some(counts),
            Err(error) => {
                self.stopped.get_or_insert(error);
                None
            }
        }
    }

    fn agrees(&mut self, name: &NamedNode, here: u64, counts: &BTreeMap<String, u64>, store: &Store) -> bool {
        let there = counts.get(name.as_str()).copied().unwrap_or(0);
        if there != here {
            let reason = format!("graph {name}: {here} triples were sent, and it holds {there}");
            self.failures.push(store.error(reason));
        }
        there == here
    }
}

/// Counts every graph in the store, and names those that it does not hold as the base does.
///
/// # Errors
/// When the store does not answer.
pub fn check(plan: &Plan, store: &mut Store) -> Result<Vec<Difference>> {
    let held = plan.send.iter().chain(&plan.unchanged).map(|(name, mark)| (name, mark.triples));
    let all: Vec<(&NamedNode, u64)> = held.chain(plan.delete.iter().map(|name| (name, 0))).collect();
    let mut differences = Vec::new();
    for batch in all.chunks(BATCH) {
        let names: Vec<&NamedNode> = batch.iter().map(|(name, _)| *name).collect();
        let counts = store.counts(&names)?;
        let differing = batch.iter().filter_map(|(name, here)| {
            let there = counts.get(name.as_str()).copied().unwrap_or(0);
            (there != *here).then(|| Difference { graph: (*name).clone(), here: *here, there })
        });
        differences.extend(differing);
    }
    differences.sort_by(|one, other| one.graph.cmp(&other.graph));
    Ok(differences)
}
