//! Verifies a base as far as it can be read, and names what is damaged.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use redb::{Error as Failure, ReadableTable};

use super::KnowledgeBase;
use super::edition::Edition;
use super::identity;
use super::log::{Log, Waiting};
use super::renaming::Renaming;
use super::snapshot::Snapshot;
use crate::error::{Error, Result};
use crate::identity::Article;

/// Something of a base that is not as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The article, or the file.
    pub what: String,
    /// What is wrong with it.
    pub reason: String,
    /// What to do.
    pub remedy: Remedy,
}

/// What mends a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The article is to be retracted and read again.
    ReadAgain,
    /// Identity is to be worked out anew: [`KnowledgeBase::settle_afresh`].
    SettleAfresh,
    /// The base is to be restored from a copy, or built anew.
    Restore,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkup {
    /// The graphs of articles and versions that are whole.
    pub whole: u64,
    /// Their quads.
    pub quads: u64,
    /// What is damaged, as far as the base could be read.
    pub faults: Vec<Fault>,
    /// Whether every part of the base was reached.
    pub complete: bool,
}

impl KnowledgeBase {
    /// Verifies everything a base keeps: the checksums of its file, each graph, what identity is worked out from and what
    /// is kept of it, and that one fits the other. Where the file itself is damaged, nothing else is read.
    ///
    /// # Errors
    /// When there is no base, another process does not let go of it, or it is of a format unknown to this version.
    pub fn check(directory: &Path) -> Result<Checkup> {
        let log = Log::existing(directory, Waiting::default())?;
        let mut checkup = Checkup { complete: true, ..Checkup::default() };
        match log.copied() {
            Ok(stored) => {
                if let Err(error) = checkup.read(&stored) {
                    checkup.file_fault(error.to_string());
                }
            }
            Err(Error::Base { reason, .. }) if reason.contains("damaged") => {
                // What lies behind a damaged page can take the program down, so nothing of it is read: the database panics there,
                // and again while it is dropped, which ends the process.
                checkup.file_fault(reason);
            }
            Err(error) => return Err(error),
        }
        Ok(checkup)
    }
}

impl Checkup {
    fn fault(&mut self, what: impl Into<String>, reason: impl Into<String>, remedy: Remedy) {
        self.faults.push(Fault { what: what.into(), reason: reason.into(), remedy });
    }

    fn file_fault(&mut self, reason: impl Into<String>) {
        self.fault("the file", reason, Remedy::Restore);
        self.complete = false;
    }

    fn read(&mut self, stored: &Snapshot) -> Result<(), Failure> {
        let mut articles: Vec<Article> = Vec::new();
        let mut last = String::new();
        for row in stored.articles.iter()? {
            let name = row?.0.value().to_owned();
            if name <= last && !last.is_empty() {
                return Err(Failure::Corrupted("its list of articles is out of order".to_owned()));
            }
            articles.extend(self.read_article(stored, &name));
            last = name;
        }
        self.read_leftovers(stored)?;
        self.read_identity(stored, &articles)
    }

    /// Verifies all that is kept of one article; gives its profiles where they are whole.
    fn read_article(&mut self, stored: &Snapshot, name: &str) -> Option<Article> {
        let graph = stored.find(name).map_err(|error| error.to_string()).and_then(|sealed| {
            let sealed = sealed.ok_or("its graph is missing")?;
            let graph = sealed.unseal().map_err(|damage| format!("its graph is damaged: {damage}"))?;
            graph.triples().map_err(|damage| format!("its graph is damaged: {damage}"))?;
            if graph.rows().len() as u64 != sealed.quads {
                return Err(format!("it has {} quads instead of {}", graph.rows().len(), sealed.quads));
            }
            let version = stored.versions.get(name).map_err(|error| error.to_string())?;
            if let Some(version) = version {
                let (article, changed, hash) = version.value();
                if stored.articles.get(article).map_err(|error| error.to_string())?.is_none() {
                    return Err(format!("it is a former version of {article}, which is missing"));
                }
                if Edition::of(name, &graph, &sealed.digest) != Edition::new(changed, hash) {
                    return Err("its place among the versions of its article is not what its graph says".to_owned());
                }
            }
            Ok(sealed.quads)
        });
        match graph {
            Ok(quads) => {
                self.whole += 1;
                self.quads += quads;
            }
            Err(reason) => self.fault(name, reason, Remedy::ReadAgain),
        }
        let profiles = stored.profiles.get(name).map_err(Failure::from).and_then(|bytes| match bytes {
            Some(bytes) => identity::open_profiles(name, bytes.value()),
            None => Err(Failure::Corrupted(format!("the profiles of {name} are missing"))),
        });
        match profiles {
            Ok(profiles) => Some(Article { iri: name.to_owned(), profiles }),
            Err(error) => {
                self.fault(name, error.to_string(), Remedy::ReadAgain);
                None
            }
        }
    }

    /// Looks for parts of articles that the base does not list.
    fn read_leftovers(&mut self, stored: &Snapshot) -> Result<(), Failure> {
        let mut kept: BTreeMap<String, &str> = BTreeMap::new();
        for (part, table) in [
            ("a graph", &stored.graphs),
            ("profiles", &stored.profiles),
            ("what identity makes of it", &stored.renamings),
        ] {
            for row in table.iter()? {
                kept.insert(row?.0.value().to_owned(), part);
            }
        }
        for row in stored.versions.iter()? {
            kept.insert(row?.0.value().to_owned(), "a place among versions");
        }
        for (name, part) in kept {
            if stored.articles.get(name.as_str())?.is_none() {
                self.fault(name, format!("there is {part}, and the base does not list it"), Remedy::ReadAgain);
            }
        }
        Ok(())
    }

    /// Compares what is kept of identity with what the profiles give.
    fn read_identity(&mut self, stored: &Snapshot, articles: &[Article]) -> Result<(), Failure> {
        let mut kept: HashMap<String, Vec<Renaming>> = HashMap::new();
        let mut is_whole = self.faults.is_empty();
        for row in stored.renamings.iter()? {
            let (name, bytes) = row?;
            match identity::open_renamings(name.value(), bytes.value()) {
                Ok(renamings) => drop(kept.insert(name.value().to_owned(), renamings)),
                Err(error) => {
                    is_whole = false;
                    self.fault(name.value(), error.to_string(), Remedy::SettleAfresh);
                }
            }
        }
        if !is_whole || !stored.is_settled()? {
            return Ok(());
        }
        let mut afresh = identity::work_out(articles, &stored.pins()?);
        for article in articles {
            let mut kept = kept.remove(&article.iri).unwrap_or_default();
            // What was kept of an entity that the article does not name any more means nothing.
            kept.retain(|renaming| article.profiles.entities.iter().any(|profile| profile.iri == renaming.local));
            if kept != afresh.remove(&article.iri).unwrap_or_default() {
                let reason = "what is kept of its entities' identity is not what the articles give";
                self.fault(&article.iri, reason, Remedy::SettleAfresh);
            }
        }
        Ok(())
    }
}
