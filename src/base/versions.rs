//! The versions of articles that a base keeps: which is current, and which came before which.
//!
//! The newest version of an article is its graph. Each former one that is kept is a graph under a name of its own
//! ([`Edition::name`]), which no plain query sees.

use std::collections::{BTreeSet, HashMap};

use redb::{Error, ReadableTable, Table, WriteTransaction};

use super::edition::Edition;
use super::identity;
use super::packed::Packed;
use super::quarantine;
use super::sealed::Sealed;
use super::snapshot::Snapshot;
use super::tables::{ARTICLES, GRAPHS, PROFILES, SKETCHES, VERSIONS};
use super::{Digest, damaged};
use crate::copies::Sketch;
use crate::graph::mint;
use crate::identity::Profiles;

/// What the base keeps of one version, sealed under the name of its graph.
pub(super) struct Stored {
    pub(super) sealed: Sealed,
    pub(super) profiles: Vec<u8>,
    /// What of it shapes refuse. It is kept of the current version only.
    pub(super) apart: Option<Sealed>,
}

/// What came of a version that was put into the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// The base held nothing of its article.
    Added,
    /// It took the place of what was there.
    Replaced,
    /// It stands beside what was there.
    Beside,
}

impl Stored {
    fn unseal(&self) -> Result<Packed, Error> {
        self.sealed.unseal().map_err(|damage| Error::Corrupted(damaged(&self.sealed.article, damage)))
    }

    fn sketch(&self) -> Result<Sketch, Error> {
        self.sealed.sketch().map_err(|damage| Error::Corrupted(damaged(&self.sealed.article, damage)))
    }

    fn edition(&self) -> Result<Edition, Error> {
        Ok(Edition::of(&self.sealed.article, &self.unseal()?, &self.sealed.digest))
    }

    /// The same under another name, with its graph changed accordingly.
    fn moved(&self, to: &str, change: impl FnOnce(Packed) -> Packed) -> Result<Self, Error> {
        let profiles: Profiles = identity::open_profiles(&self.sealed.article, &self.profiles)?;
        Ok(Self {
            sealed: Sealed::of(to, self.sealed.digest, &change(self.unseal()?), &self.sketch()?)?,
            profiles: identity::sealed_profiles(to, &profiles)?,
            apart: None,
        })
    }

    fn into_version(self, version: &str) -> Result<Self, Error> {
        self.moved(version, |graph| graph.into_version(&self.sealed.article, version))
    }

    fn into_current(self, article: &str) -> Result<Self, Error> {
        self.moved(article, |graph| graph.into_current(&self.sealed.article, article))
    }
}

/// The graphs of a base while a transaction changes them.
pub(super) struct Shelf<'t> {
    transaction: &'t WriteTransaction,
    articles: Table<'t, &'static str, (Digest, u64)>,
    graphs: Table<'t, &'static str, &'static [u8]>,
    sketches: Table<'t, &'static str, &'static [u8]>,
    versions: Table<'t, &'static str, (&'static str, &'static str, &'static str)>,
}

impl<'t> Shelf<'t> {
    pub(super) fn open(transaction: &'t WriteTransaction) -> Result<Self, Error> {
        Ok(Self {
            transaction,
            articles: transaction.open_table(ARTICLES)?,
            graphs: transaction.open_table(GRAPHS)?,
            sketches: transaction.open_table(SKETCHES)?,
            versions: transaction.open_table(VERSIONS)?,
        })
    }

    /// Puts a version of an article in its place: it is current unless the base keeps a newer one. What was current gives
    /// way to it, or with `keep` stays as a former version unless it is the same one read anew.
    pub(super) fn place(&mut self, new: &Stored, keep: bool) -> Result<Placed, Error> {
        let article = new.sealed.article.as_str();
        if self.articles.get(article)?.is_none() {
            self.put(new)?;
            return Ok(Placed::Added);
        }
        let former = self.former(article)?;
        if !keep && former.is_empty() {
            self.put(new)?;
            return Ok(Placed::Replaced);
        }
        let edition = new.edition()?;
        let name = version(article, &edition);
        if keep {
            let current = self.get(article)?;
            let current_edition = current.edition()?;
            if edition < current_edition {
                let is_known = former.iter().any(|(known, _)| *known == edition);
                self.shelve(&new.moved(&name, |graph| graph.into_version(article, &name))?, article, &edition)?;
                return Ok(if is_known { Placed::Replaced } else { Placed::Beside });
            }
            if edition > current_edition {
                self.shelve(&current.into_version(&version(article, &current_edition))?, article, &current_edition)?;
                self.put(new)?;
                return Ok(Placed::Beside);
            }
        }
        // It takes the place of the current version, and the newest of what is left becomes current.
        match former.last() {
            Some((newest, kept)) if *newest > edition => {
                let promoted = self.get(kept)?.into_current(article)?;
                self.remove(kept)?;
                self.put(&promoted)?;
                self.shelve(&new.moved(&name, |graph| graph.into_version(article, &name))?, article, &edition)?;
            }
            _ => {
                self.remove(&name)?;
                self.put(new)?;
            }
        }
        Ok(Placed::Replaced)
    }

    /// Takes out a graph and what belongs to it: with an article its former versions. Says what went.
    pub(super) fn retract(&mut self, name: &str) -> Result<Vec<(String, Digest, u64)>, Error> {
        let mut names: Vec<String> = self.former(name)?.into_iter().map(|(_, version)| version).collect();
        names.insert(0, name.to_owned());
        let mut gone = Vec::new();
        for name in names {
            gone.extend(self.remove(&name)?.map(|(digest, quads)| (name, digest, quads)));
        }
        Ok(gone)
    }

    /// The former versions of an article that are kept, the oldest first, and the names of their graphs.
    fn former(&self, article: &str) -> Result<Vec<(Edition, String)>, Error> {
        let prefix = mint::before_version(article);
        let mut former = Vec::new();
        for row in self.versions.range(prefix.as_str()..)? {
            let (name, row) = row?;
            if !name.value().starts_with(&prefix) {
                break;
            }
            let (_, changed, hash) = row.value();
            former.push((Edition::new(changed, hash), name.value().to_owned()));
        }
        former.sort();
        Ok(former)
    }

    fn get(&self, name: &str) -> Result<Stored, Error> {
        let head = self.articles.get(name)?.map(|head| head.value());
        let graph = self.graphs.get(name)?.map(|bytes| bytes.value().to_vec());
        let profiles = self.transaction.open_table(PROFILES)?.get(name)?.map(|bytes| bytes.value().to_vec());
        let sketch = self.sketches.get(name)?.map_or_else(Vec::new, |bytes| bytes.value().to_vec());
        let (Some((digest, quads)), Some(bytes), Some(profiles)) = (head, graph, profiles) else {
            return Err(Error::Corrupted(format!("a part of {name} is missing")));
        };
        let sealed = Sealed { article: name.to_owned(), digest, quads, bytes, sketch, renaming: None };
        Ok(Stored { sealed, profiles, apart: None })
    }

    fn put(&mut self, stored: &Stored) -> Result<(), Error> {
        let name = stored.sealed.article.as_str();
        identity::put(self.transaction, name, Some(&stored.profiles))?;
        quarantine::put(self.transaction, name, stored.apart.as_ref())?;
        self.graphs.insert(name, stored.sealed.bytes.as_slice())?;
        self.sketches.insert(name, stored.sealed.sketch.as_slice())?;
        self.articles.insert(name, (stored.sealed.digest, stored.sealed.quads))?;
        Ok(())
    }

    fn shelve(&mut self, version: &Stored, article: &str, edition: &Edition) -> Result<(), Error> {
        let (changed, hash) = edition.parts();
        self.versions.insert(version.sealed.article.as_str(), (article, changed, hash))?;
        self.put(version)
    }

    fn remove(&mut self, name: &str) -> Result<Option<(Digest, u64)>, Error> {
        self.graphs.remove(name)?;
        self.sketches.remove(name)?;
        self.versions.remove(name)?;
        quarantine::put(self.transaction, name, None)?;
        let head = self.articles.remove(name)?.map(|head| head.value());
        if head.is_some() {
            identity::put(self.transaction, name, None)?;
        }
        Ok(head)
    }
}

fn version(article: &str, edition: &Edition) -> String {
    edition.name(&oxigraph::model::NamedNode::new_unchecked(article)).into_string()
}

/// Which graphs are former versions, and which version came before each.
#[derive(Debug, Default)]
pub(super) struct Succession {
    /// The graph of each version that is not the first to that of the one before.
    before: HashMap<String, String>,
    /// The graph of each former version to its article.
    of: HashMap<String, String>,
}

impl Succession {
    pub(super) fn read(stored: &Snapshot) -> Result<Self, Error> {
        let mut chains: HashMap<String, BTreeSet<(Edition, String)>> = HashMap::new();
        let mut succession = Self::default();
        for row in stored.versions.range::<&str>(..)? {
            let (name, row) = row?;
            let (article, changed, hash) = row.value();
            let version = (Edition::new(changed, hash), name.value().to_owned());
            chains.entry(article.to_owned()).or_default().insert(version);
            succession.of.insert(name.value().to_owned(), article.to_owned());
        }
        for (article, chain) in chains {
            let names: Vec<String> = chain.into_iter().map(|(_, name)| name).chain([article]).collect();
            succession.before.extend(names.windows(2).map(|pair| (pair[1].clone(), pair[0].clone())));
        }
        Ok(succession)
    }

    /// The graph of the version before that of a graph.
    pub(super) fn before(&self, graph: &str) -> Option<&str> {
        self.before.get(graph).map(String::as_str)
    }

    /// The article of which a graph is a former version.
    pub(super) fn article(&self, graph: &str) -> Option<&str> {
        self.of.get(graph).map(String::as_str)
    }

    /// The graphs of former versions, in no order.
    pub(super) fn former(&self) -> impl Iterator<Item = &str> {
        self.of.keys().map(String::as_str)
    }

    /// How many former versions there are.
    pub(super) fn len(&self) -> usize {
        self.of.len()
    }
}
