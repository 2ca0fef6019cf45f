//! The knowledge base: a durable log of what each article says, and the dataset that answers queries.

mod across;
mod builder;
mod check;
mod dataset;
#[cfg(feature = "rocksdb")]
mod disk;
mod disputes;
mod draft;
mod edit;
mod edition;
mod examples;
mod export;
mod identity;
mod log;
mod lookup;
mod named;
mod overlay;
mod own;
mod packed;
mod patterns;
mod pushed;
mod quarantine;
mod query;
mod renaming;
mod sealed;
mod snapshot;
mod survey;
mod syntax;
mod tables;
mod terms;
mod update;
mod versions;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use rayon::prelude::*;
use redb::ReadableTable;

use crate::error::{Error, Result};
use crate::identity::Profiles;
use crate::parallel;
use crate::vocab::{self, prov};
use log::Log;
use packed::{Damage, Packed};
use renaming::Renaming;
use sealed::Sealed;
use snapshot::Snapshot;
use versions::{Placed, Shelf, Stored, Succession};

pub(crate) use builder::read_rdf;

pub use builder::{DatasetBuilder, read_file};
pub use check::{Checkup, Fault, Remedy};
pub use dataset::Dataset;
#[cfg(feature = "rocksdb")]
pub use disk::DiskDataset;
pub use disputes::{Matter, MatterKind, Voice};
pub use edition::Edition;
pub use examples::{EXAMPLES, Example};
pub use identity::{Account, Census};
pub use log::Waiting;
pub use named::NamedGraph;
pub use own::OwnGraph;
pub use pushed::Mark;
pub use query::{Answer, Asked, Plan, Query};
pub use survey::Survey;
pub use update::{Revision, Update};

/// The prefixes that every query and result knows besides those of [`vocab`](crate::vocab).
const COMMON_PREFIXES: [(&str, &str); 7] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("void", "http://rdfs.org/ns/void#"),
];

/// The prefixes that every query knows, and their IRIs.
pub fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    vocab::PREFIXES.iter().copied().chain(COMMON_PREFIXES)
}

/// SHA-256 of everything that an article's quads were made from.
pub type Digest = [u8; 32];

/// What one article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleGraph {
    /// The article's IRI, which names its graph.
    pub article: NamedNode,
    /// While this stays the same, the stored graph is not touched.
    pub digest: Digest,
    /// Its quads, in any order, all in the graph of that name, but for those that [`sift`](crate::shacl::sift) set apart.
    pub quads: Vec<Quad>,
    /// What it says of the things it names, under the IRIs of its quads: from these it is worked out which things of
    /// different articles are one. A graph that is read from a base has none, and its things are already those of the base.
    pub profiles: Profiles,
}

/// What [`KnowledgeBase::replace`] or [`KnowledgeBase::revise`] did, in articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// New ones.
    pub added: usize,
    /// Those that were stored with another digest.
    pub replaced: usize,
    /// Those that stand beside another version of the same article.
    pub beside: usize,
    /// Those that were stored with the same digest.
    pub unchanged: usize,
}

/// An article of the base, or a former version of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The article's IRI, or that of the version's graph.
    pub article: NamedNode,
    /// The article of which it is a former version.
    pub version_of: Option<NamedNode>,
    /// The digest it was stored with.
    pub digest: Digest,
    /// How many quads it has.
    pub quads: u64,
}

/// A knowledge base: a directory that keeps what each article says.
///
/// Any number of processes may use one at the same time. A writer holds its lock for one batch at a time, and each
/// reader sees the base as one batch left it. Killed at any moment, it opens as before or after the last batch.
///
/// ```
/// use newsgraph::base::{ArticleGraph, Change, KnowledgeBase, Query};
/// use oxigraph::model::{NamedNode, Quad, vocab::rdf};
///
/// let directory = tempfile::tempdir()?;
/// let base = KnowledgeBase::open_or_create(&directory.path().join("kb"))?;
/// let article = NamedNode::new("https://news.example/1")?;
/// let person = NamedNode::new("https://schema.org/Person")?;
/// let quads = vec![Quad::new(NamedNode::new("https://news.example/ann")?, rdf::TYPE, person, article.clone())];
/// let graph = ArticleGraph { article, digest: [1; 32], quads, profiles: Default::default() };
/// assert_eq!(base.replace(vec![graph.clone()])?, Change { added: 1, ..Change::default() });
/// assert_eq!(base.replace(vec![graph])?, Change { unchanged: 1, ..Change::default() });
///
/// let dataset = base.dataset()?;
/// assert!(Query::parse("ASK { ?somebody a schema:Person }", "query")?.ask(&dataset)?);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct KnowledgeBase {
    log: Log,
}

/// What a base holds at one moment.
struct Contents<I> {
    /// The graphs of articles, sorted by IRI.
    articles: I,
    /// The user's own graphs, sorted by IRI.
    own: Vec<Sealed>,
    /// What the graphs of articles are read with.
    names: Names,
    /// How many transactions have changed the base.
    changes: u64,
}

impl KnowledgeBase {
    /// Opens a knowledge base for reading.
    ///
    /// # Errors
    /// When there is none, it is damaged, or another version of the program wrote it in a format unknown to this one.
    pub fn open(directory: &Path) -> Result<Self> {
        Self::open_telling(directory, Waiting::default())
    }

    /// Opens a knowledge base, and tells of each wait for another process, now and later.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_telling(directory: &Path, waiting: Waiting) -> Result<Self> {
        Ok(Self { log: Log::open(directory, waiting)? })
    }

    /// Opens a knowledge base, and makes an empty one first in a directory that is missing or empty.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when the directory holds other files or cannot be written.
    pub fn open_or_create(directory: &Path) -> Result<Self> {
        Self::open_or_create_telling(directory, Waiting::default())
    }

    /// As [`open_or_create`](Self::open_or_create), and tells of each wait for another process, now and later.
    ///
    /// # Errors
    /// As [`open_or_create`](Self::open_or_create).
    pub fn open_or_create_telling(directory: &Path, waiting: Waiting) -> Result<Self> {
        Ok(Self { log: Log::open_or_create(directory, waiting)? })
    }

    /// Its directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.log.directory()
    }

    /// Stores what articles say, in place of what they said before, in one transaction: all of the batch is durable
    /// when this returns, and none of it is seen before.
    ///
    /// # Errors
    /// When the disk is full or fails, when another process does not let go of the base, and when a quad lies outside
    /// its article's graph. Then the base is as it was.
    pub fn replace(&self, batch: Vec<ArticleGraph>) -> Result<Change> {
        self.store(batch, false)
    }

    /// Stores what articles say as [`replace`](Self::replace) does, and keeps what they said before: each version is a
    /// graph under a name of its own ([`Edition::name`]), set apart from what plain queries see, and the newest is the
    /// article. Which is the newest follows from what they say, not from the order in which they come.
    ///
    /// # Errors
    /// As [`replace`](Self::replace).
    pub fn revise(&self, batch: Vec<ArticleGraph>) -> Result<Change> {
        self.store(batch, true)
    }

    fn store(&self, batch: Vec<ArticleGraph>, keep: bool) -> Result<Change> {
        let given = batch.len();
        let fresh = self.differing(batch)?;
        let unchanged = given - fresh.len();
        let sealed: Vec<Stored> = fresh
            .into_par_iter()
            .map(|graph| {
                let (graph, apart) = quarantine::parted(graph);
                let seal = |graph| Sealed::new(graph).map_err(|error| self.log.error(error.to_string()));
                let sealed = seal(&graph)?;
                let profiles = identity::sealed_profiles(&sealed.article, &graph.profiles);
                let profiles = profiles.map_err(|error| self.log.error(error.to_string()))?;
                Ok(Stored { sealed, profiles, apart: apart.as_ref().map(seal).transpose()? })
            })
            .collect::<Result<_>>()?;
        let mut change = Change { unchanged, ..Change::default() };
        if sealed.is_empty() {
            return Ok(change);
        }
        self.log.write(|transaction| {
            let mut shelf = Shelf::open(transaction)?;
            for stored in &sealed {
                match shelf.place(stored, keep)? {
                    Placed::Added => change.added += 1,
                    Placed::Replaced => change.replaced += 1,
                    Placed::Beside => change.beside += 1,
                }
            }
            Ok(change)
        })
    }

    /// The graphs of a batch that are not stored as they are.
    fn differing(&self, batch: Vec<ArticleGraph>) -> Result<Vec<ArticleGraph>> {
        let stored = self.log.snapshot()?;
        let mut differing = Vec::with_capacity(batch.len());
        for graph in batch {
            let known = stored.articles.get(graph.article.as_str()).map_err(|error| self.log.redb(error))?;
            if known.is_none_or(|known| known.value().0 != graph.digest) {
                differing.push(graph);
            }
        }
        Ok(differing)
    }

    /// Removes articles with their former versions, or former versions alone, in one transaction, and says which were
    /// there, in the order given.
    ///
    /// # Errors
    /// As [`replace`](Self::replace).
    pub fn retract(&self, retracted: &[NamedNode]) -> Result<Vec<Entry>> {
        let known = Succession::read(&self.log.snapshot()?).map_err(|error| self.log.redb(error))?;
        let gone = self.log.write(|transaction| {
            let mut shelf = Shelf::open(transaction)?;
            let gone = retracted.iter().map(|name| shelf.retract(name.as_str())).collect::<Result<Vec<_>, _>>()?;
            Ok(gone.into_iter().flatten())
        })?;
        Ok(gone.map(|(name, digest, quads)| entry(&name, (digest, quads), &known)).collect())
    }

    /// The articles of the base and their former versions, sorted by IRI.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub fn articles(&self) -> Result<Vec<Entry>> {
        let stored = self.log.snapshot()?;
        let entries = || -> Result<Vec<Entry>, redb::Error> {
            let known = Succession::read(&stored)?;
            let rows = stored.articles.iter()?;
            rows.map(|row| {
                let (name, head) = row?;
                Ok(entry(name.value(), head.value(), &known))
            })
            .collect()
        };
        entries().map_err(|error| self.log.redb(error))
    }

    /// What one article says; none where the base does not hold it.
    ///
    /// # Errors
    /// When the base cannot be read or the graph is damaged.
    pub fn graph(&self, article: &NamedNode) -> Result<Option<ArticleGraph>> {
        let stored = self.log.snapshot()?;
        let names = self.names(&stored)?;
        let sealed = stored.find(article.as_str()).map_err(|error| self.log.redb(error))?;
        sealed.map(|sealed| self.article_graph(&sealed, &names)).transpose()
    }

    /// What each article and each former version says, sorted by IRI, the quads of each sorted too; reads the graphs one
    /// after the other, as they were when it was called.
    ///
    /// # Errors
    /// When the base cannot be read; an item, when its graph is damaged.
    pub fn graphs(&self) -> Result<impl Iterator<Item = Result<ArticleGraph>>> {
        let Contents { articles, names, .. } = self.contents()?;
        Ok(parallel::map(articles, move |sealed| self.article_graph(&sealed?, &names)))
    }

    /// What queries see: the base as it is now.
    ///
    /// # Errors
    /// When the base cannot be read or a graph is damaged.
    pub fn dataset(&self) -> Result<Dataset> {
        let mut builder = DatasetBuilder::default();
        builder.add_base(self)?;
        Ok(builder.finish())
    }

    /// All that is there at one moment, sealed.
    fn contents(&self) -> Result<Contents<impl Iterator<Item = Result<Sealed>>>> {
        let stored = self.log.copied()?;
        let names = self.names(&stored)?;
        let changes = stored.changes().map_err(|error| self.log.redb(error))?;
        let own = stored.own().map_err(|error| self.log.redb(error))?;
        let articles = stored.into_sealed().map_err(|error| self.log.redb(error))?;
        let articles = articles.map(|sealed| sealed.map_err(|error| self.log.redb(error)));
        Ok(Contents { articles, own, names, changes })
    }

    fn names(&self, stored: &Snapshot) -> Result<Names> {
        let succession = Succession::read(stored).map_err(|error| self.log.redb(error))?;
        Ok(Names { unsettled: self.unsettled(stored)?, succession })
    }

    /// A graph with the names of the base, and with the version before it.
    fn unseal(&self, sealed: &Sealed, names: &Names) -> Result<Packed> {
        let packed = sealed.unseal().map_err(|damage| self.damaged(&sealed.article, damage))?;
        let renamings = self.renamings_of(sealed, names)?;
        let packed = if renamings.is_empty() { packed } else { packed.renamed(&renamings) };
        Ok(match names.succession.before(&sealed.article) {
            None => packed,
            Some(before) => {
                let revision = [&sealed.article, prov::WAS_REVISION_OF.as_str(), before];
                packed.with([revision.map(NamedNodeRef::new_unchecked)])
            }
        })
    }

    /// What identity makes of an article, kept or worked out.
    fn renamings_of<'n>(&self, sealed: &Sealed, names: &'n Names) -> Result<Cow<'n, [Renaming]>> {
        Ok(match &names.unsettled {
            Some(unsettled) => Cow::Borrowed(unsettled.get(&sealed.article).map_or(&[], Vec::as_slice)),
            None => Cow::Owned(self.renamings(&sealed.article, sealed.renaming.as_deref())?),
        })
    }

    fn article_graph(&self, sealed: &Sealed, names: &Names) -> Result<ArticleGraph> {
        let article = NamedNode::new_unchecked(sealed.article.as_str());
        let packed = self.unseal(sealed, names)?;
        let triples = packed.triples().map_err(|damage| self.damaged(&sealed.article, damage))?;
        let quads = triples.into_iter().map(|triple| triple.in_graph(article.clone())).collect();
        Ok(ArticleGraph { article, digest: sealed.digest, quads, profiles: Profiles::default() })
    }

    fn damaged(&self, article: &str, damage: Damage) -> Error {
        self.log.error(damaged(article, damage))
    }
}

/// What the graphs of a base are read with, as far as it does not lie beside each.
struct Names {
    /// What identity makes of each article, where the base does not keep it.
    unsettled: Option<HashMap<String, Vec<Renaming>>>,
    succession: Succession,
}

impl Names {
    /// For a graph that is read as it stands.
    fn none() -> Self {
        Self { unsettled: Some(HashMap::new()), succession: Succession::default() }
    }
}

fn entry(name: &str, (digest, quads): (Digest, u64), known: &Succession) -> Entry {
    let version_of = known.article(name).map(NamedNode::new_unchecked);
    Entry { article: NamedNode::new_unchecked(name), version_of, digest, quads }
}

fn damaged(article: &str, damage: Damage) -> String {
    format!("the graph of {article} is damaged: {damage}; retract it or read the article again")
}
