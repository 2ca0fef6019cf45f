//! Writes what a knowledge base holds, the same bytes for the same articles, in whatever order they came.

use std::collections::HashSet;
use std::io::Write;

use oxigraph::model::{GraphName, NamedNode, Quad};

use super::sealed::Sealed;
use super::{ArticleGraph, Contents, Dataset, DatasetBuilder, KnowledgeBase, OwnGraph};
use crate::copies::Sketch;
use crate::error::{Error, Result};
use crate::graph::merge::Merge;
use crate::graph::write::{Format, QuadWriter};
use crate::identity::Profiles;
use crate::parallel;

/// How often the base is read anew because another process changed it between two readings.
const ATTEMPTS: usize = 5;

impl KnowledgeBase {
    /// Writes the whole base. Formats with named graphs get article after article, sorted by IRI, then the user's own
    /// graphs; the others get the merge of all, each triple once. Both hold what follows from all articles together, as a query
    /// sees it. Former versions and what was set apart are in neither. The merge is sorted in temporary files where it is large;
    /// only what the links follow from, and these, are held in memory.
    ///
    /// # Errors
    /// When the base cannot be read, `out` or a temporary file cannot be written.
    pub fn export<W: Write>(&self, format: Format, out: W) -> Result<W> {
        self.write_all(QuadWriter::new(format, out), format, |quad| quad)
    }

    /// Writes the whole base with a writer of a format, each quad as `change` has it, which must keep different quads different.
    ///
    /// # Errors
    /// As [`export`](Self::export).
    pub fn write_all<W: Write>(
        &self,
        mut writer: QuadWriter<W>,
        format: Format,
        change: impl Fn(Quad) -> Quad,
    ) -> Result<W> {
        if format.has_graphs() {
            for graph in self.linked(false)? {
                writer.write(graph?.quads.into_iter().map(&change).collect()).map_err(Error::output)?;
            }
        } else {
            for triple in self.merge(change)?.finish().map_err(Error::output)? {
                let quad = triple.map_err(Error::output)?.in_graph(GraphName::DefaultGraph);
                writer.write_next(quad).map_err(Error::output)?;
            }
        }
        writer.finish().map_err(Error::output)
    }

    /// The graphs of which the default graph is the merge: what each article says now, sorted by IRI, then the user's own.
    ///
    /// # Errors
    /// When the base cannot be read; an item, when its graph is damaged.
    pub fn current(&self) -> Result<impl Iterator<Item = Result<ArticleGraph>>> {
        let contents = self.contents()?;
        Ok(self.sketched(contents, false).map(|graph| graph.map(|(graph, _)| graph)))
    }

    /// The graphs as queries see them: what each article says now, with what follows from all articles together, sorted by
    /// IRI, then the user's own. With `former`, former versions too, each after its article.
    ///
    /// # Errors
    /// When the base cannot be read, or other processes keep changing it; an item, when its graph is damaged.
    pub fn linked(&self, former: bool) -> Result<impl Iterator<Item = Result<ArticleGraph>>> {
        for _ in 0..ATTEMPTS {
            let contents = self.contents()?;
            let seen = contents.changes;
            let mut telling = DatasetBuilder::default();
            for graph in self.sketched(contents, false) {
                let (graph, sketch) = graph?;
                tell(&mut telling, &graph, sketch);
            }
            let mut links = telling.derived_by_graph();
            let contents = self.contents()?;
            if contents.changes != seen {
                continue;
            }
            return Ok(self.sketched(contents, former).map(move |graph| {
                let (mut graph, _) = graph?;
                if let Some(links) = links.remove(graph.article.as_str()) {
                    let stated: HashSet<&Quad> = graph.quads.iter().collect();
                    let new: Vec<Quad> = links.into_iter().filter(|quad| !stated.contains(quad)).collect();
                    graph.quads.extend(new);
                }
                Ok(graph)
            }));
        }
        Err(self.log.error("other processes keep changing it; try again when they are done"))
    }

    /// The graphs of some contents with what tells the copies of each, with former versions or without.
    fn sketched(
        &self,
        contents: Contents<impl Iterator<Item = Result<Sealed>> + Send>,
        with_former: bool,
    ) -> impl Iterator<Item = Result<(ArticleGraph, Sketch)>> {
        let Contents { articles, own, names, .. } = contents;
        let former: HashSet<String> = names.succession.former().filter(|_| !with_former).map(str::to_owned).collect();
        let current = articles.filter(move |sealed| !sealed.as_ref().is_ok_and(|it| former.contains(&it.article)));
        let articles = parallel::map(current, move |sealed| {
            let sealed = sealed?;
            let sketch = sealed.sketch().map_err(|damage| self.damaged(&sealed.article, damage))?;
            Ok((self.article_graph(&sealed, &names)?, sketch))
        });
        let own = own.into_iter().map(|sealed| {
            let OwnGraph { name: article, quads } = self.own_graph(&sealed)?;
            let graph = ArticleGraph { article, digest: sealed.digest, quads, profiles: Profiles::default() };
            Ok((graph, Sketch::default()))
        });
        articles.chain(own)
    }

    /// The default graph, to be read in order: the merge of the current graphs, with what follows from all of them together.
    ///
    /// # Errors
    /// When the base cannot be read or a temporary file cannot be written.
    pub fn merge(&self, change: impl Fn(Quad) -> Quad) -> Result<Merge> {
        let mut merge = Merge::default();
        let mut telling = DatasetBuilder::default();
        for graph in self.sketched(self.contents()?, false) {
            let (graph, sketch) = graph?;
            tell(&mut telling, &graph, sketch);
            for quad in graph.quads {
                merge.add(&change(quad).into()).map_err(Error::output)?;
            }
        }
        for quad in telling.derived() {
            merge.add(&change(quad).into()).map_err(Error::output)?;
        }
        Ok(merge)
    }

    /// Writes what one article says.
    ///
    /// # Errors
    /// When the base does not hold the article or cannot be read, or `out` cannot be written.
    pub fn export_article<W: Write>(&self, article: &NamedNode, format: Format, out: W) -> Result<W> {
        let mut writer = QuadWriter::new(format, out);
        writer.write(self.existing_graph(article)?.quads).map_err(Error::output)?;
        writer.finish().map_err(Error::output)
    }

    /// What an article says that the base must hold.
    ///
    /// # Errors
    /// When the base does not hold the article or cannot be read.
    pub fn existing_graph(&self, article: &NamedNode) -> Result<ArticleGraph> {
        self.graph(article)?.ok_or_else(|| self.log.error(format!("it does not hold {article}")))
    }
}

/// Adds what of a graph tells something of all articles together.
fn tell(telling: &mut DatasetBuilder, graph: &ArticleGraph, sketch: Sketch) {
    telling.add_sketch(graph.article.as_ref(), sketch);
    telling.add_telling(&graph.quads);
}

impl Dataset {
    /// Writes the merge of all graphs.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn export<W: Write>(&self, format: Format, out: W) -> std::io::Result<W> {
        let mut writer = QuadWriter::new(format, out);
        let quads = self.triples().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect::<Vec<Quad>>();
        writer.write(quads)?;
        writer.finish()
    }
}
