//! Puts articles into a knowledge base as they are read; the order in which they come does not matter.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::NamedNode;

use super::fingerprint::Fingerprint;
use super::quarantine::Quarantined;
use super::summary::{Changes, Figures};
use crate::article::Article;
use crate::base::{ArticleGraph, Digest, KnowledgeBase};
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
}

/// An article on its way into the base.
pub(super) struct Incoming {
    name: NamedNode,
    version: Version,
    content: Result<Content>,
}

/// Which of several versions of an article stands: the one changed last, and of two as old the one with the greater
/// digest, so that the order in which they come does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    changed: String,
    digest: Digest,
}

enum Content {
    /// The base holds it just so; it was not analysed.
    Known(Box<Article>),
    /// What it says.
    Read(Box<ArticleGraph>, Figures, Quarantined),
}

impl Reader {
    /// A reader for articles that are to go into `base`, and of which only what conforms to the shapes is part of it.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub(super) fn new(
        pipeline: Pipeline,
        options: graph::Options,
        fingerprint: Fingerprint,
        shapes: Shapes,
        base: &KnowledgeBase,
    ) -> Result<Self> {
        let known = base.articles()?.into_iter().map(|entry| (entry.article, entry.digest)).collect();
        Ok(Self { pipeline, options, fingerprint, shapes, known })
    }

    /// Reads an article unless the base holds it.
    pub(super) fn read(&self, article: Article) -> Incoming {
        let name = graph::article_iri(&article, &self.options);
        let digest = self.fingerprint.of(&article);
        let changed = article.metadata.modified.or(article.metadata.published);
        let version = Version { changed: changed.map_or_else(String::new, |stamp| stamp.to_string()), digest };
        let content = if self.known.get(&name) == Some(&digest) {
            Ok(Content::Known(Box::new(article)))
        } else {
            self.analyse(article, name.clone(), digest)
        };
        Incoming { name, version, content }
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
    /// The version of each article of this load that stands.
    standing: HashMap<NamedNode, Version>,
    batch: BTreeMap<NamedNode, ArticleGraph>,
    quads: usize,
    figures: Figures,
    quarantined: Quarantined,
    repeated: u64,
}

impl<'a> Load<'a> {
    /// An empty load.
    pub(super) fn new(base: &'a KnowledgeBase, reader: &'a Reader) -> Self {
        let (standing, batch) = (HashMap::new(), BTreeMap::new());
        let (figures, quarantined) = (Figures::default(), Quarantined::default());
        Self { base, reader, standing, batch, quads: 0, figures, quarantined, repeated: 0 }
    }

    /// Takes in an article, unless a later version of it stands.
    ///
    /// # Errors
    /// When the base cannot be written.
    pub(super) fn take(&mut self, Incoming { name, version, content }: Incoming) -> Result<()> {
        let earlier = self.standing.get(&name);
        self.repeated += u64::from(earlier.is_some());
        if earlier.is_some_and(|earlier| *earlier >= version) {
            return Ok(());
        }
        let digest = version.digest;
        let superseding = self.standing.insert(name.clone(), version).is_some();
        match content? {
            Content::Read(graph, figures, quarantined) => self.push(*graph, figures, quarantined),
            // An earlier version has taken its place meanwhile.
            Content::Known(article) if superseding => match self.reader.analyse(*article, name, digest)? {
                Content::Read(graph, figures, quarantined) => self.push(*graph, figures, quarantined),
                Content::Known(_) => Ok(()),
            },
            Content::Known(_) => Ok(()),
        }
    }

    fn push(&mut self, graph: ArticleGraph, figures: Figures, quarantined: Quarantined) -> Result<()> {
        self.figures.add(figures);
        self.quarantined.add(&graph.article, quarantined);
        self.quads += graph.quads.len();
        self.batch.insert(graph.article.clone(), graph);
        if self.quads >= BATCH { self.store() } else { Ok(()) }
    }

    fn store(&mut self) -> Result<()> {
        self.quads = 0;
        let batch: Vec<ArticleGraph> = std::mem::take(&mut self.batch).into_values().collect();
        if !batch.is_empty() {
            self.base.replace(batch)?;
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
        for (name, version) in &self.standing {
            if self.reader.known.get(name) != Some(&version.digest) {
                read.insert(name.as_str().to_owned());
            }
            match self.reader.known.get(name) {
                None => changes.new += 1,
                Some(known) if *known == version.digest => changes.unchanged += 1,
                Some(_) => changes.changed += 1,
            }
        }
        Ok((changes, self.figures, read, self.quarantined))
    }
}
