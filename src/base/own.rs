//! Graphs of the user's own, which stand in a base beside what its articles say.

use oxigraph::model::{NamedNode, Quad};
use redb::ReadableTable;

use super::packed::Packed;
use super::sealed::{SealError, Sealed};
use super::snapshot::Snapshot;
use super::{ArticleGraph, Digest, KnowledgeBase};
use crate::error::Result;
use crate::identity::Profiles;

/// A graph of the user's own, as [`KnowledgeBase::update`] wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGraph {
    /// Its IRI.
    pub name: NamedNode,
    /// Its quads, sorted.
    pub quads: Vec<Quad>,
}

impl OwnGraph {
    /// Packs and seals it, as an article's graph is.
    pub(super) fn seal(self) -> Result<Sealed, SealError> {
        let Self { name: article, quads } = self;
        Sealed::new(&ArticleGraph { article, digest: Digest::default(), quads, profiles: Profiles::default() })
    }
}

impl Snapshot {
    /// The user's graphs, sealed, sorted by IRI.
    pub(super) fn own(&self) -> Result<Vec<Sealed>, redb::Error> {
        let rows = self.own_graphs.iter()?;
        rows.map(|row| {
            let (name, graph) = row?;
            Ok(sealed(name.value(), graph.value()))
        })
        .collect()
    }

    /// A graph of the user's, sealed.
    pub(super) fn own_graph(&self, name: &str) -> Result<Option<Sealed>, redb::Error> {
        Ok(self.own_graphs.get(name)?.map(|graph| sealed(name, graph.value())))
    }
}

/// A row of the table.
fn sealed(name: &str, (quads, bytes): (u64, &[u8])) -> Sealed {
    Sealed {
        article: name.to_owned(),
        digest: Digest::default(),
        quads,
        bytes: bytes.to_vec(),
        sketch: Vec::new(),
        renaming: None,
    }
}

impl KnowledgeBase {
    /// The graphs of the user's own, sorted by IRI, the quads of each sorted too.
    ///
    /// # Errors
    /// When the base cannot be read or a graph is damaged.
    pub fn own_graphs(&self) -> Result<Vec<OwnGraph>> {
        let own = self.log.snapshot()?.own().map_err(|error| self.log.redb(error))?;
        own.iter().map(|sealed| self.own_graph(sealed)).collect()
    }

    pub(super) fn own_graph(&self, sealed: &Sealed) -> Result<OwnGraph> {
        let name = NamedNode::new_unchecked(sealed.article.as_str());
        let triples = self.unseal_own(sealed)?.triples().map_err(|damage| self.own_damaged(&sealed.article, damage))?;
        let quads = triples.into_iter().map(|triple| triple.in_graph(name.clone())).collect();
        Ok(OwnGraph { name, quads })
    }

    pub(super) fn unseal_own(&self, sealed: &Sealed) -> Result<Packed> {
        sealed.unseal().map_err(|damage| self.own_damaged(&sealed.article, damage))
    }

    fn own_damaged(&self, name: &str, damage: super::Damage) -> crate::Error {
        self.log.error(format!("your graph {name} is damaged: {damage}; DROP SILENT GRAPH <{name}> removes it"))
    }
}
