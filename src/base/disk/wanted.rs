//! What the store on disk must hold.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{NamedNode, Quad};
use sha2::{Digest as _, Sha256};

use crate::base::sealed::Sealed;
use crate::base::snapshot::Snapshot;
use crate::base::{DatasetBuilder, Digest, KnowledgeBase, Names};
use crate::error::Result;
use crate::parallel;

/// The base at one moment.
pub(super) struct Wanted<'b> {
    base: &'b KnowledgeBase,
    stored: Snapshot,
    names: Names,
    graphs: BTreeMap<String, Listed>,
    /// Tells the state of the base, and the program that reads it.
    pub(super) whole: Digest,
}

/// A graph of the base.
struct Listed {
    kind: Kind,
    /// Tells what it is made from.
    print: Digest,
}

enum Kind {
    Article,
    Former,
    Own(Sealed),
    Quarantine(Sealed),
}

/// A graph as the store holds it.
pub(super) struct Graph {
    pub(super) name: NamedNode,
    pub(super) is_apart: bool,
    pub(super) quads: Vec<Quad>,
}

/// What follows from all articles together, by graph.
pub(super) type Derived = HashMap<String, Vec<Quad>>;

impl<'b> Wanted<'b> {
    /// Lists the graphs of a base.
    pub(super) fn read(base: &'b KnowledgeBase) -> Result<Self> {
        let stored = base.log.copied()?;
        let names = base.names(&stored)?;
        let mut wanted = Self { base, stored, names, graphs: BTreeMap::new(), whole: Digest::default() };
        let redb = |error: redb::Error| base.log.redb(error);
        let articles = wanted.stored.article_names().map_err(redb)?;
        for article in articles {
            let Some(sealed) = wanted.stored.find(&article).map_err(redb)? else { continue };
            let is_former = wanted.names.succession.article(&article).is_some();
            let kind = if is_former { Kind::Former } else { Kind::Article };
            let print = wanted.print(&sealed, is_former)?;
            wanted.graphs.insert(article, Listed { kind, print });
        }
        for sealed in wanted.stored.own().map_err(redb)? {
            let print = wanted.print(&sealed, false)?;
            wanted.graphs.insert(sealed.article.clone(), Listed { kind: Kind::Own(sealed), print });
        }
        for sealed in wanted.stored.quarantined().map_err(redb)? {
            let print = wanted.print(&sealed, true)?;
            let name = sealed.article.clone();
            wanted.graphs.insert(name, Listed { kind: Kind::Quarantine(sealed), print });
        }
        wanted.whole = whole(&wanted.graphs);
        Ok(wanted)
    }

    /// A digest of what a graph is made from: its own checksum covers what it says.
    fn print(&self, sealed: &Sealed, is_apart: bool) -> Result<Digest> {
        let mut hash = Sha256::new();
        hash.update(sealed.head());
        hash.update(&sealed.sketch);
        hash.update([u8::from(is_apart)]);
        hash.update(self.names.succession.before(&sealed.article).unwrap_or_default());
        hash.update(format!("{:?}", self.base.renamings_of(sealed, &self.names)?));
        Ok(hash.finalize().into())
    }

    /// What tells each graph, with what was derived beside it.
    pub(super) fn prints(&self, derived: &Derived) -> BTreeMap<String, Digest> {
        let with = |(name, listed): (&String, &Listed)| {
            let mut hash = Sha256::new();
            hash.update(listed.print);
            let mut beside: Vec<String> = derived.get(name).into_iter().flatten().map(Quad::to_string).collect();
            beside.sort_unstable();
            beside.iter().for_each(|quad| hash.update(quad));
            (name.clone(), hash.finalize().into())
        };
        self.graphs.iter().map(with).collect()
    }

    /// What follows from all articles together. Of the articles, only what that follows from is held in memory.
    pub(super) fn derived(&self) -> Result<Derived> {
        let mut telling = DatasetBuilder::default();
        let told = self.graphs.iter().filter(|(_, listed)| matches!(listed.kind, Kind::Article | Kind::Own(_)));
        let graphs = parallel::map(told, |(name, listed)| {
            let (sealed, graph) = self.unsealed(name, listed)?;
            let sketch = match listed.kind {
                Kind::Article => Some(sealed.sketch().map_err(|damage| self.base.damaged(name, damage))?),
                _ => None,
            };
            Ok((graph, sketch))
        });
        for graph in graphs {
            let (graph, sketch) = graph?;
            telling.add_telling(&graph.quads);
            if let Some(sketch) = sketch {
                telling.add_sketch(graph.name.as_ref(), sketch);
            }
        }
        Ok(telling.derived_by_graph())
    }

    /// Graphs by their names, with what was derived beside them, in the order of the names.
    pub(super) fn graphs<'a>(
        &'a self,
        names: impl Iterator<Item = &'a String> + 'a,
        derived: &'a Derived,
    ) -> impl Iterator<Item = Result<Graph>> + 'a {
        let listed = names.filter_map(|name| Some((name, self.graphs.get(name)?)));
        parallel::map(listed, |(name, listed)| {
            let (_, mut graph) = self.unsealed(name, listed)?;
            graph.quads.extend(derived.get(name).into_iter().flatten().cloned());
            Ok(graph)
        })
    }

    /// Whether a graph is no part of the default graph; what the base does not hold is none either.
    pub(super) fn is_apart(&self, graph: &str) -> bool {
        self.graphs.get(graph).is_none_or(|listed| listed.kind.is_apart())
    }

    fn unsealed(&self, name: &str, listed: &Listed) -> Result<(Sealed, Graph)> {
        let none = Names::none();
        let (sealed, names) = match &listed.kind {
            Kind::Own(sealed) | Kind::Quarantine(sealed) => (sealed.clone(), &none),
            Kind::Article | Kind::Former => {
                let found = self.stored.find(name).map_err(|error| self.base.log.redb(error))?;
                (found.ok_or_else(|| self.base.log.error(format!("it does not hold {name}")))?, &self.names)
            }
        };
        let graph = self.base.article_graph(&sealed, names)?;
        Ok((sealed, Graph { name: graph.article, is_apart: listed.kind.is_apart(), quads: graph.quads }))
    }
}

impl Kind {
    fn is_apart(&self) -> bool {
        matches!(self, Self::Former | Self::Quarantine(_))
    }
}

fn whole(graphs: &BTreeMap<String, Listed>) -> Digest {
    let mut hash = Sha256::new();
    hash.update(concat!(env!("CARGO_PKG_VERSION"), " ", env!("NEWSGRAPH_FINGERPRINT")));
    for (name, listed) in graphs {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update(listed.print);
    }
    hash.finalize().into()
}
