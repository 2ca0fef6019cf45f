//! Writes what a knowledge base holds, the same bytes for the same articles, in whatever order they came.

use std::collections::HashSet;
use std::io::Write;

use oxigraph::model::{GraphName, NamedNode, Quad};

use super::{ArticleGraph, Contents, Dataset, DatasetBuilder, KnowledgeBase, OwnGraph, across};
use crate::copies::Sketch;
use crate::error::{Error, Result};
use crate::graph::merge::Merge;
use crate::graph::write::{Format, QuadWriter};
use crate::identity::Profiles;
use crate::parallel;

impl KnowledgeBase {
    /// Writes the whole base. Formats with named graphs get article after article, sorted by IRI, in the memory of a few
    /// articles, then the user's own graphs; the others get the merge of all, each triple once, with what follows from all
    /// articles together. Former versions and what was set apart are in neither. The merge is sorted in temporary files where it is large; of it only what the links follow from is held in memory.
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
            for graph in self.current()? {
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
        Ok(self.sketched()?.map(|graph| graph.map(|(graph, _)| graph)))
    }

    /// The same, with what tells the copies of each.
    fn sketched(&self) -> Result<impl Iterator<Item = Result<(ArticleGraph, Sketch)>>> {
        let Contents { articles, own, names, .. } = self.contents()?;
        let former: HashSet<String> = names.succession.former().map(str::to_owned).collect();
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
        Ok(articles.chain(own))
    }

    /// The default graph, to be read in order: the merge of the current graphs, with what follows from all of them together.
    ///
    /// # Errors
    /// When the base cannot be read or a temporary file cannot be written.
    pub fn merge(&self, change: impl Fn(Quad) -> Quad) -> Result<Merge> {
        let mut merge = Merge::default();
        let mut telling = DatasetBuilder::default();
        for graph in self.sketched()? {
            let (graph, sketch) = graph?;
            telling.add_sketch(graph.article.as_ref(), sketch);
            for quad in graph.quads {
                if across::matters(quad.predicate.as_ref()) {
                    telling.add_quad(&quad);
                }
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
