//! Writes what a knowledge base holds, the same bytes for the same articles, in whatever order they came.

use std::io::Write;

use oxigraph::model::{GraphName, NamedNode, Quad};

use super::{Contents, Dataset, KnowledgeBase};
use crate::error::{Error, Result};
use crate::graph::write::{Format, QuadWriter};
use crate::parallel;

impl KnowledgeBase {
    /// Writes the whole base. Formats with named graphs get article after article, sorted by IRI, in the memory of a few
    /// articles, then the user's own graphs; the others get the merge of all, each triple once, in the memory of the whole.
    ///
    /// # Errors
    /// When the base cannot be read or `out` cannot be written.
    pub fn export<W: Write>(&self, format: Format, out: W) -> Result<W> {
        if !format.has_graphs() {
            return self.dataset()?.export(format, out).map_err(Error::output);
        }
        let mut writer = QuadWriter::new(format, out);
        let Contents { articles, own, names, .. } = self.contents()?;
        for graph in parallel::map(articles, |sealed| self.article_graph(&sealed?, &names)) {
            writer.write(graph?.quads).map_err(Error::output)?;
        }
        for sealed in &own {
            writer.write(self.own_graph(sealed)?.quads).map_err(Error::output)?;
        }
        writer.finish().map_err(Error::output)
    }

    /// Writes what one article says.
    ///
    /// # Errors
    /// When the base does not hold the article or cannot be read, or `out` cannot be written.
    pub fn export_article<W: Write>(&self, article: &NamedNode, format: Format, out: W) -> Result<W> {
        let graph = self.graph(article)?.ok_or_else(|| self.log.error(format!("it does not hold {article}")))?;
        let mut writer = QuadWriter::new(format, out);
        writer.write(graph.quads).map_err(Error::output)?;
        writer.finish().map_err(Error::output)
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
