//! The knowledge base: a durable log of what each article says, and the dataset that answers queries.

mod builder;
mod dataset;
mod examples;
mod export;
mod identity;
mod log;
mod overlay;
mod packed;
mod patterns;
mod query;
mod renaming;
mod sealed;
mod syntax;
mod terms;

use std::collections::HashMap;
use std::path::Path;

use oxigraph::model::{NamedNode, Quad};
use rayon::prelude::*;
use redb::ReadableTable;

use crate::error::{Error, Result};
use crate::identity::Profiles;
use crate::{parallel, vocab};
use log::{ARTICLES, GRAPHS, Log};
use packed::{Damage, Packed};
use renaming::Renaming;
use sealed::Sealed;

pub use builder::{DatasetBuilder, read_file};
pub use dataset::Dataset;
pub use examples::{EXAMPLES, Example};
pub use identity::{Account, Census};
pub use query::{Answer, Query};

/// The prefixes that every query and result knows besides those of [`vocab`](crate::vocab).
const COMMON_PREFIXES: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
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
    /// Its quads, in any order, all in the graph of that name.
    pub quads: Vec<Quad>,
    /// What it says of the things it names, under the IRIs of its quads: from these it is worked out which things of
    /// different articles are one. A graph that is read from a base has none, and its things are already those of the base.
    pub profiles: Profiles,
}

/// What [`KnowledgeBase::replace`] did, in articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// New ones.
    pub added: usize,
    /// Those that were stored with another digest.
    pub replaced: usize,
    /// Those that were stored with the same digest.
    pub unchanged: usize,
}

/// An article of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The article's IRI.
    pub article: NamedNode,
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

impl KnowledgeBase {
    /// Opens a knowledge base for reading.
    ///
    /// # Errors
    /// When there is none, it is damaged, or another version of the program wrote it in a format unknown to this one.
    pub fn open(directory: &Path) -> Result<Self> {
        Ok(Self { log: Log::open(directory)? })
    }

    /// Opens a knowledge base, and makes an empty one first in a directory that is missing or empty.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when the directory holds other files or cannot be written.
    pub fn open_or_create(directory: &Path) -> Result<Self> {
        Ok(Self { log: Log::open_or_create(directory)? })
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
        let given = batch.len();
        let fresh = self.differing(batch)?;
        let unchanged = given - fresh.len();
        let sealed: Vec<(Sealed, Vec<u8>)> = fresh
            .par_iter()
            .map(|graph| {
                let sealed = Sealed::new(graph).map_err(|error| self.log.error(error.to_string()))?;
                let profiles = identity::sealed_profiles(&sealed.article, &graph.profiles);
                Ok((sealed, profiles.map_err(|error| self.log.error(error.to_string()))?))
            })
            .collect::<Result<_>>()?;
        if sealed.is_empty() {
            return Ok(Change { unchanged, ..Change::default() });
        }
        self.log.write(|transaction| {
            let mut change = Change { unchanged, ..Change::default() };
            let mut articles = transaction.open_table(ARTICLES)?;
            let mut graphs = transaction.open_table(GRAPHS)?;
            for (sealed, profiles) in &sealed {
                let article = sealed.article.as_str();
                identity::put(transaction, article, Some(profiles))?;
                graphs.insert(article, sealed.bytes.as_slice())?;
                match articles.insert(article, (sealed.digest, sealed.quads))? {
                    None => change.added += 1,
                    Some(_) => change.replaced += 1,
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

    /// Removes articles and what they say, in one transaction, and says how many of them were there.
    ///
    /// # Errors
    /// As [`replace`](Self::replace).
    pub fn retract(&self, retracted: &[NamedNode]) -> Result<usize> {
        self.log.write(|transaction| {
            let mut articles = transaction.open_table(ARTICLES)?;
            let mut graphs = transaction.open_table(GRAPHS)?;
            let mut count = 0;
            for article in retracted {
                if articles.get(article.as_str())?.is_some() {
                    identity::put(transaction, article.as_str(), None)?;
                }
                graphs.remove(article.as_str())?;
                count += usize::from(articles.remove(article.as_str())?.is_some());
            }
            Ok(count)
        })
    }

    /// The articles of the base, sorted by IRI.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub fn articles(&self) -> Result<Vec<Entry>> {
        let stored = self.log.snapshot()?;
        let rows = stored.articles.iter().map_err(|error| self.log.redb(error))?;
        rows.map(|row| {
            let (article, head) = row.map_err(|error| self.log.redb(error))?;
            let (digest, quads) = head.value();
            Ok(Entry { article: NamedNode::new_unchecked(article.value()), digest, quads })
        })
        .collect()
    }

    /// What one article says; none where the base does not hold it.
    ///
    /// # Errors
    /// When the base cannot be read or the graph is damaged.
    pub fn graph(&self, article: &NamedNode) -> Result<Option<ArticleGraph>> {
        let stored = self.log.snapshot()?;
        let unsettled = self.unsettled(&stored)?;
        let sealed = stored.find(article.as_str()).map_err(|error| self.log.redb(error))?;
        sealed.map(|sealed| self.article_graph(&sealed, unsettled.as_ref())).transpose()
    }

    /// What each article says, sorted by IRI, the quads of each sorted too; reads the graphs one after the other.
    ///
    /// No writer gets in before the iterator is dropped.
    ///
    /// # Errors
    /// When the base cannot be read; an item, when its graph is damaged.
    pub fn graphs(&self) -> Result<impl Iterator<Item = Result<ArticleGraph>>> {
        let (sealed, unsettled) = self.sealed()?;
        Ok(parallel::map(sealed, move |sealed| self.article_graph(&sealed?, unsettled.as_ref())))
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

    /// All sealed graphs, and what identity makes of them where the base does not keep it.
    #[expect(clippy::type_complexity, reason = "the parts are used together and at once")]
    fn sealed(&self) -> Result<(impl Iterator<Item = Result<Sealed>>, Option<HashMap<String, Vec<Renaming>>>)> {
        let stored = self.log.snapshot()?;
        let unsettled = self.unsettled(&stored)?;
        let sealed = stored.into_sealed().map_err(|error| self.log.redb(error))?;
        Ok((sealed.map(|sealed| sealed.map_err(|error| self.log.redb(error))), unsettled))
    }

    /// A graph with the names of the base.
    fn unseal(&self, sealed: &Sealed, unsettled: Option<&HashMap<String, Vec<Renaming>>>) -> Result<Packed> {
        let packed = sealed.unseal().map_err(|damage| self.damaged(&sealed.article, damage))?;
        let kept;
        let renamings = match unsettled {
            Some(unsettled) => unsettled.get(&sealed.article).map_or(&[][..], Vec::as_slice),
            None => {
                kept = self.renamings(&sealed.article, sealed.renaming.as_deref())?;
                &kept
            }
        };
        Ok(if renamings.is_empty() { packed } else { packed.renamed(renamings) })
    }

    fn article_graph(
        &self,
        sealed: &Sealed,
        unsettled: Option<&HashMap<String, Vec<Renaming>>>,
    ) -> Result<ArticleGraph> {
        let article = NamedNode::new_unchecked(sealed.article.as_str());
        let packed = self.unseal(sealed, unsettled)?;
        let triples = packed.triples().map_err(|damage| self.damaged(&sealed.article, damage))?;
        let quads = triples.into_iter().map(|triple| triple.in_graph(article.clone())).collect();
        Ok(ArticleGraph { article, digest: sealed.digest, quads, profiles: Profiles::default() })
    }

    fn damaged(&self, article: &str, damage: Damage) -> Error {
        self.log.error(format!("the graph of {article} is damaged: {damage}; retract it or read the article again"))
    }
}
