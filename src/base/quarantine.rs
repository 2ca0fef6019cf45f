//! What articles said and shapes refuse: kept beside their graphs, in graphs of their own, and seen by no plain query.

use oxigraph::model::{GraphName, NamedNode};
use redb::{ReadableTable, WriteTransaction};

use super::sealed::Sealed;
use super::snapshot::Snapshot;
use super::tables::QUARANTINE;
use super::{ArticleGraph, KnowledgeBase, Names};
use crate::error::Result;
use crate::graph::mint;
use crate::identity::Profiles;

/// Parts what an article says from what lies in its quarantine graph, if anything does.
pub(super) fn parted(mut graph: ArticleGraph) -> (ArticleGraph, Option<ArticleGraph>) {
    let name = mint::quarantine(&graph.article);
    let in_quarantine = GraphName::NamedNode(name.clone());
    let (apart, quads): (Vec<_>, Vec<_>) = graph.quads.into_iter().partition(|quad| quad.graph_name == in_quarantine);
    graph.quads = quads;
    let digest = graph.digest;
    let apart = (!apart.is_empty()).then(|| ArticleGraph {
        article: name,
        digest,
        quads: apart,
        profiles: Profiles::default(),
    });
    (graph, apart)
}

/// Keeps the quarantine graph of an article in place of the one before; none removes it.
pub(super) fn put(transaction: &WriteTransaction, article: &str, apart: Option<&Sealed>) -> Result<(), redb::Error> {
    let mut table = transaction.open_table(QUARANTINE)?;
    match apart {
        Some(sealed) => table.insert(article, (sealed.digest, sealed.quads, sealed.bytes.as_slice()))?,
        None => table.remove(article)?,
    };
    Ok(())
}

impl Snapshot {
    /// The quarantine graphs, sealed, by the order of their articles.
    pub(super) fn quarantined(&self) -> Result<Vec<Sealed>, redb::Error> {
        let rows = self.quarantine.iter()?;
        rows.map(|row| {
            let (article, value) = row?;
            let (digest, quads, bytes) = value.value();
            let article = mint::quarantine(&NamedNode::new_unchecked(article.value())).into_string();
            Ok(Sealed { article, digest, quads, bytes: bytes.to_vec(), sketch: Vec::new(), renaming: None })
        })
        .collect()
    }
}

impl KnowledgeBase {
    /// The quarantine graphs, by the order of their articles: what articles said and shapes refuse, and the results of SHACL
    /// that say why. Each is named by its own IRI.
    ///
    /// # Errors
    /// When the base cannot be read or a graph is damaged.
    pub fn quarantined(&self) -> Result<Vec<ArticleGraph>> {
        let sealed = self.log.snapshot()?.quarantined().map_err(|error| self.log.redb(error))?;
        sealed.iter().map(|sealed| self.article_graph(sealed, &Names::none())).collect()
    }
}
