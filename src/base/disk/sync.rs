//! Brings the store on disk to what it must hold.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad};
use oxigraph::store::{StorageError, Store, Transaction};

use super::state::State;
use super::wanted::{Derived, Graph, Wanted};
use super::{NEW_STORE, STATE, STORE};
use crate::base::{Digest, KnowledgeBase};
use crate::error::{Error, Result};

/// One run. Whoever makes it holds the lock alone.
pub(super) struct Syncing<'b, 'p> {
    base: &'b KnowledgeBase,
    wanted: &'b Wanted<'b>,
    progress: &'p mut dyn FnMut(usize, usize),
}

/// Why a store could not be filled.
enum Failure {
    Store(StorageError),
    Base(Error),
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Store(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Base(error)
    }
}

impl<'b, 'p> Syncing<'b, 'p> {
    pub(super) fn new(
        base: &'b KnowledgeBase,
        wanted: &'b Wanted<'b>,
        progress: &'p mut dyn FnMut(usize, usize),
    ) -> Self {
        Self { base, wanted, progress }
    }

    pub(super) fn run(mut self) -> Result<()> {
        let derived = self.wanted.derived()?;
        let prints = self.wanted.prints(&derived);
        let known = self.known();
        let changed: Vec<&String> =
            prints.iter().filter(|(name, print)| known.get(*name) != Some(*print)).map(|(name, _)| name).collect();
        let gone: Vec<&String> = known.keys().filter(|name| !prints.contains_key(*name)).collect();
        // Loading all of it is the quicker way where more than half would be written anew.
        let store = (2 * (changed.len() + gone.len()) <= known.len())
            .then(|| Store::open(self.base.beside(STORE)).ok())
            .flatten();
        let done = match store {
            Some(store) => self.change(&store, &changed, &gone, &derived),
            None => self.load(&prints, &derived),
        };
        done.map_err(|failure| match failure {
            Failure::Store(error) => self.base.stored(&error),
            Failure::Base(error) => error,
        })?;
        State { whole: self.wanted.whole, graphs: prints }.write(&self.base.beside(STATE))
    }

    /// What the store holds, by graph: nothing where it is lost, whatever is written of it.
    fn known(&self) -> BTreeMap<String, Digest> {
        let is_there = Store::open_read_only(self.base.beside(STORE)).is_ok();
        let state = State::read(&self.base.beside(STATE)).filter(|_| is_there);
        state.unwrap_or_default().graphs
    }

    /// Fills a new store, which takes the place of the one that is there.
    fn load(&mut self, prints: &BTreeMap<String, Digest>, derived: &Derived) -> Result<(), Failure> {
        let [new, place, state] = [NEW_STORE, STORE, STATE].map(|name| self.base.beside(name));
        remove(&new)?;
        let store = Store::open(&new)?;
        let (mut done, all) = (0, prints.len());
        let progress = &mut self.progress;
        let mut empty = Vec::new();
        let quads = self.wanted.graphs(prints.keys(), derived).flat_map(|graph| {
            done += 1;
            progress(done, all);
            if let Ok(Graph { name, quads, .. }) = &graph
                && quads.is_empty()
            {
                empty.push(name.clone());
            }
            rows(graph)
        });
        let mut loader = store.bulk_loader().without_atomicity();
        loader.load_ok_quads::<Error, Failure>(quads)?;
        loader.commit()?;
        empty.iter().try_for_each(|graph| store.insert_named_graph(graph))?;
        store.flush()?;
        drop(store);
        // Without a state the store is made anew, whatever becomes of this from here.
        remove_file(&state)?;
        remove(&place)?;
        fs::rename(&new, &place).map_err(Error::io(&place))?;
        Ok(())
    }

    /// Writes the graphs that changed and removes those that are gone, each in a transaction of its own.
    fn change(
        &mut self,
        store: &Store,
        changed: &[&String],
        gone: &[&String],
        derived: &Derived,
    ) -> Result<(), Failure> {
        let all = changed.len() + gone.len();
        for (done, name) in gone.iter().enumerate() {
            self.put(store, &NamedNode::new_unchecked(name.as_str()), None)?;
            (self.progress)(done + 1, all);
        }
        for (done, graph) in self.wanted.graphs(changed.iter().copied(), derived).enumerate() {
            let graph = graph?;
            self.put(store, &graph.name.clone(), Some(graph))?;
            (self.progress)(gone.len() + done + 1, all);
        }
        Ok(store.flush()?)
    }

    /// Puts a graph, or none, in the place of the one of a name.
    fn put(&self, store: &Store, name: &NamedNode, graph: Option<Graph>) -> Result<(), StorageError> {
        let mut transaction = store.start_transaction()?;
        let before = quads_of(&transaction, name)?;
        before.iter().for_each(|quad| transaction.remove(quad));
        match graph {
            None => transaction.remove_named_graph(name)?,
            Some(graph) => {
                transaction.insert_named_graph(name);
                graph_rows(graph).for_each(|quad| transaction.insert(&quad));
            }
        }
        for quad in before {
            if !self.is_told(&transaction, &quad)? {
                transaction.remove(&in_default_graph(quad));
            }
        }
        transaction.commit()
    }

    /// Whether a graph of the default graph holds a triple.
    fn is_told(&self, transaction: &Transaction<'_>, quad: &Quad) -> Result<bool, StorageError> {
        let told = transaction.quads_for_pattern(
            Some(quad.subject.as_ref()),
            Some(quad.predicate.as_ref()),
            Some(quad.object.as_ref()),
            None,
        );
        for quad in told {
            if let GraphName::NamedNode(graph) = quad?.graph_name
                && !self.wanted.is_apart(graph.as_str())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn quads_of(transaction: &Transaction<'_>, graph: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    let graph = GraphNameRef::NamedNode(graph.as_ref());
    transaction.quads_for_pattern(None, None, None, Some(graph)).collect()
}

/// The rows of a graph, or why it cannot be read.
fn rows(graph: Result<Graph>) -> Box<dyn Iterator<Item = Result<Quad>>> {
    match graph {
        Ok(graph) => Box::new(graph_rows(graph).map(Ok)),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

/// The quads of a graph, each in the default graph too unless it is set apart.
fn graph_rows(Graph { is_apart, quads, .. }: Graph) -> impl Iterator<Item = Quad> {
    quads.into_iter().flat_map(move |quad| {
        let merged = (!is_apart).then(|| in_default_graph(quad.clone()));
        std::iter::once(quad).chain(merged)
    })
}

fn in_default_graph(quad: Quad) -> Quad {
    Quad { graph_name: GraphName::DefaultGraph, ..quad }
}

/// Removes a directory with all that is in it, if it is there.
fn remove(directory: &Path) -> Result<()> {
    missing_is_fine(fs::remove_dir_all(directory)).map_err(Error::io(directory))
}

fn remove_file(path: &Path) -> Result<()> {
    missing_is_fine(fs::remove_file(path)).map_err(Error::io(path))
}

fn missing_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
