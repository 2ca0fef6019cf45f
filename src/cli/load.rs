//! Puts articles into a knowledge base as they are read; the order in which they come does not matter.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::NamedNode;

use super::fingerprint::Fingerprint;
use super::quarantine::Quarantined;
use super::summary::{Changes, Figures};
use crate::article::Article;
use crate::base::{ArticleGraph, Change, Digest, Edition, KnowledgeBase};
use crate::error::Result;
use crate::graph;
use crate::pipeline::Pipeline;
use crate::shacl::{self, Shapes};

/// How many quads are stored at a time: enough that forcing them to disk costs little, few enough to stay small.
const BATCH: usize = 100_000;

/// Turns articles into graphs, but for those that the base holds already. Works on any thread.
pub(super) struct Reader {
    pipeline: Pipeline,
    options: graph::Options,
    fingerprint: Fingerprint,
    shapes: Shapes,
    known: HashMap<NamedNode, Digest>,
    keep_versions: bool,
}

/// An article on its way into the base.
pub(super) struct Incoming {
    name: NamedNode,
    /// What no two articles of a load may share: the name, or where versions are kept that of the version.
    key: NamedNode,
    version: Version,
    content: Result<Content>,
}

/// Which of several versions of an article stands: the newest, and of one that was read in two ways that with the greater
/// digest, so that the order in which they come does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    edition: Edition,
    digest: Digest,
}

enum Content {
    /// The base holds it just so; it was not analysed.
    Known(Box<Article>),
    /// What it says.
    Read(Box<ArticleGraph>, Figures, Quarantined),
}

impl Reader {
    /// A reader for articles that are to go into `base`, beside their former versions or in place of them, and of which only
    /// what conforms to the shapes is part of it.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub(super) fn new(
        pipeline: Pipeline,
        options: graph::Options,
        fingerprint: Fingerprint,
        shapes: Shapes,
        base: &KnowledgeBase,
        keep_versions: bool,
    ) -> Result<Self> {
        let known = base.articles()?.into_iter().map(|entry| (entry.article, entry.digest)).collect();
        Ok(Self { pipeline, options, fingerprint, shapes, known, keep_versions })
    }

    /// Reads an article unless the base holds it.
    pub(super) fn read(&self, article: Article) -> Incoming {
        let name = graph::article_iri(&article, &self.options);
        let digest = self.fingerprint.of(&article);
        let changed = article.metadata.modified.or(article.metadata.published);
        let changed = changed.map_or_else(String::new, |stamp| stamp.to_string());
        let edition = Edition::new(&changed, &graph::content_hash(&article));
        let key = if self.keep_versions { edition.name(&name) } else { name.clone() };
        let version = Version { edition, digest };
        let content = if self.holds(&name, &key, &digest) {
            Ok(Content::Known(Box::new(article)))
        } else {
            self.analyse(article, name.clone(), digest)
        };
        Incoming { name, key, version, content }
    }

    /// Whether the base held an article just so before the load, as the current or a former version.
    fn holds(&self, name: &NamedNode, key: &NamedNode, digest: &Digest) -> bool {
        [name, key].into_iter().any(|graph| self.known.get(graph) == Some(digest))
    }

    fn analyse(&self, article: Article, name: NamedNode, digest: Digest) -> Result<Content> {
        let document = self.pipeline.read(article);
        let quads = graph::quads(&document, &self.options);
        let mut profiles = graph::profiles(&document, &self.options, self.pipeline.resources());
        let sifted = shacl::sift(&self.shapes, &name, quads)?;
        let kept = &sifted.quads[..sifted.kept];
        if !sifted.reasons.is_empty() {
            let left: HashSet<String> = kept.iter().map(|quad| quad.subject.to_string()).collect();
            profiles.entities.retain(|profile| left.contains(&format!("<{}>", profile.iri)));
        }
        let figures = Figures::of(&document, kept);
        let quarantined = Quarantined::of(&name, sifted.apart, &sifted.reasons);
        let graph = ArticleGraph { article: name, digest, quads: sifted.quads, profiles };
        Ok(Content::Read(Box::new(graph), figures, quarantined))
    }
}

/// A load of a base: articles go in, batch by batch.
pub(super) struct Load<'a> {
    base: &'a KnowledgeBase,
    reader: &'a Reader,
    /// The version of each article of this load that stands, by its key, with the article's name.
    standing: HashMap<NamedNode, (NamedNode, Version)>,
    batch: BTreeMap<NamedNode, ArticleGraph>,
    quads: usize,
    figures: Figures,
    quarantined: Quarantined,
    repeated: u64,
    done: Change,
}

impl<'a> Load<'a> {
    /// An empty load.
    pub(super) fn new(base: &'a KnowledgeBase, reader: &'a Reader) -> Self {
        let (standing, batch, done) = (HashMap::new(), BTreeMap::new(), Change::default());
        let (figures, quarantined) = (Figures::default(), Quarantined::default());
        Self { base, reader, standing, batch, quads: 0, figures, quarantined, repeated: 0, done }
    }

    /// Takes in an article, unless a later version of it stands.
    ///
    /// # Errors
    /// When the base cannot be written.
    pub(super) fn take(&mut self, Incoming { name, key, version, content }: Incoming) -> Result<()> {
        let earlier = self.standing.get(&key);
        self.repeated += u64::from(earlier.is_some());
        if earlier.is_some_and(|(_, earlier)| *earlier >= version) {
            return Ok(());
        }
        let digest = version.digest;
        let superseding = self.standing.insert(key.clone(), (name.clone(), version)).is_some();
        match content? {
            Content::Read(graph, figures, quarantined) => self.push(key, *graph, figures, quarantined),
            // An earlier version has taken its place meanwhile.
            Content::Known(article) if superseding => match self.reader.analyse(*article, name, digest)? {
                Content::Read(graph, figures, quarantined) => self.push(key, *graph, figures, quarantined),
                Content::Known(_) => Ok(()),
            },
            Content::Known(_) => Ok(()),
        }
    }

    fn push(&mut self, key: NamedNode, graph: ArticleGraph, figures: Figures, quarantined: Quarantined) -> Result<()> {
        self.figures.add(figures);
        self.quarantined.add(&graph.article, quarantined);
        self.quads += graph.quads.len();
        self.batch.insert(key, graph);
        if self.quads >= BATCH { self.store() } else { Ok(()) }
    }

    fn store(&mut self) -> Result<()> {
        self.quads = 0;
        let batch: Vec<ArticleGraph> = std::mem::take(&mut self.batch).into_values().collect();
        if !batch.is_empty() {
            let keep = self.reader.keep_versions;
            let change = if keep { self.base.revise(batch)? } else { self.base.replace(batch)? };
            self.done.added += change.added;
            self.done.replaced += change.replaced;
            self.done.beside += change.beside;
        }
        Ok(())
    }

    /// Stores what is left, and says what became of the articles, what they hold, which of them were read, and what of
    /// them did not conform.
    ///
    /// # Errors
    /// When the base cannot be written.
    pub(super) fn finish(mut self) -> Result<(Changes, Figures, HashSet<String>, Quarantined)> {
        self.store()?;
        let mut changes = Changes { repeated: self.repeated, ..Changes::default() };
        let mut read = HashSet::new();
        for (key, (name, version)) in &self.standing {
            if self.reader.holds(name, key, &version.digest) {
                changes.unchanged += 1;
                continue;
            }
            read.insert(name.as_str().to_owned());
            if !self.reader.known.contains_key(name) {
                changes.new += 1;
            } else {
                changes.changed += 1;
            }
        }
        if self.reader.keep_versions {
            changes.new = self.done.added as u64;
            changes.changed = self.done.replaced as u64;
            changes.versions = self.done.beside as u64;
        }
        Ok((changes, self.figures, read, self.quarantined))
    }
}
