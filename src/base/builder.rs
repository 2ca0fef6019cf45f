//! Puts a dataset together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term};
use url::Url;

use super::dataset::{Dataset, G, O, P, Row, S};
use super::packed::Packed;
use super::sealed::Sealed;
use super::terms::{self, DEFAULT_GRAPH, Id, Terms};
use super::{Contents, KnowledgeBase, across};
use crate::copies::Sketch;
use crate::error::{Error, Result};
use crate::graph::reify;
use crate::graph::write::Format;
use crate::parallel;
use crate::vocab::prov;

/// Collects a [`Dataset`] from knowledge bases, RDF files and quads.
#[derive(Default)]
pub struct DatasetBuilder {
    terms: Terms,
    rows: Vec<Row>,
    apart: BTreeSet<Id>,
    /// The user's graphs, which are there also where they are empty.
    own: BTreeSet<Id>,
    /// What tells copies of the articles that have it.
    sketches: BTreeMap<Id, Sketch>,
}

/// A graph with the hashes of its terms, which another thread computed.
struct Hashed {
    packed: Packed,
    hashes: Vec<u64>,
}

impl DatasetBuilder {
    /// Adds what a knowledge base holds now.
    ///
    /// # Errors
    /// When the base cannot be read or a graph is damaged.
    pub fn add_base(&mut self, base: &KnowledgeBase) -> Result<()> {
        self.add_contents(base, base.contents()?)
    }

    pub(super) fn add_contents(
        &mut self,
        base: &KnowledgeBase,
        contents: Contents<impl Iterator<Item = Result<Sealed>> + Send>,
    ) -> Result<()> {
        let hasher = self.terms.hasher().clone();
        for graph in base.quarantined()? {
            self.set_apart(graph.article.as_ref());
            graph.quads.iter().for_each(|quad| self.add_quad(quad));
        }
        let hashed = |packed: Packed| {
            let hashes = packed.keys().iter().map(|key| hasher.hash_one(key)).collect();
            Hashed { packed, hashes }
        };
        let Contents { articles, own, names, .. } = contents;
        let graphs = parallel::map(articles, |sealed| {
            let sealed = sealed?;
            let packed = base.unseal(&sealed, &names)?;
            let sketch = sealed.sketch().map_err(|damage| base.damaged(&sealed.article, damage))?;
            let is_former = names.succession.article(&sealed.article).is_some();
            Ok((sealed.article, is_former, hashed(packed), sketch))
        });
        for graph in graphs {
            let (article, is_former, graph, sketch) = graph?;
            let id = self.add_packed(&article, &graph);
            if is_former {
                self.set_apart(NamedNodeRef::new_unchecked(&article));
            } else {
                self.sketches.insert(id, sketch);
            }
        }
        for sealed in own {
            let id = self.add_packed(&sealed.article, &hashed(base.unseal_own(&sealed)?));
            self.own.insert(id);
        }
        Ok(())
    }

    /// Adds a graph, and says what stands for its name.
    fn add_packed(&mut self, article: &str, Hashed { packed, hashes }: &Hashed) -> Id {
        let graph = self.terms.add(&terms::iri_key(NamedNode::new_unchecked(article).as_ref()));
        let keys = packed.keys().iter().zip(hashes);
        let ids: Vec<Id> = keys.map(|(key, hash)| self.terms.add_hashed(key, *hash)).collect();
        self.rows.extend(packed.rows().iter().map(|row| {
            let [s, p, o] = row.map(|position| ids[position as usize]);
            [s, p, o, graph]
        }));
        graph
    }

    /// Adds an RDF file. Its format is told by its name, and `.gz` and `.zst` are read through. Triples in no named graph
    /// form one that is named by the file's `file:` IRI; the blank nodes of two files are never the same. What RDF 1.2
    /// reifies is held in parts, as RDF 1.1 says it, so that one query answers from both.
    ///
    /// # Errors
    /// When the file cannot be read or breaks its format; says the line where the parser knows it.
    pub fn add_file(&mut self, path: &Path) -> Result<()> {
        read_rdf(path, |quad| reify::in_parts(quad).iter().for_each(|quad| self.add_quad(quad)))
    }

    /// Adds a quad.
    pub fn add_quad(&mut self, quad: &Quad) {
        self.rows.push(terms::keys_of_quad(quad).map(|key| key.map_or(DEFAULT_GRAPH, |key| self.terms.add(&key))));
    }

    /// Keeps a named graph out of the default graph: GRAPH and FROM see it, a plain query does not.
    pub fn set_apart(&mut self, graph: NamedNodeRef<'_>) {
        let graph = self.terms.add(&terms::iri_key(graph));
        self.apart.insert(graph);
    }

    /// The dataset, indexed, with what follows from all articles of the default graph together: which claims support or
    /// dispute one another, what conflicts, which articles are copies, and how many independent ones say the same.
    #[must_use]
    pub fn finish(mut self) -> Dataset {
        self.set_former_apart();
        let counted = across::counted(&self.terms);
        let derived = self.derived_rows();
        if !counted.is_empty() {
            let anew: HashSet<[Id; 2]> =
                derived.iter().filter(|row| counted.contains(&row[P])).map(|row| [row[S], row[P]]).collect();
            self.rows.retain(|row| !anew.contains(&[row[S], row[P]]));
        }
        self.rows.extend(derived);
        Dataset::new(self.terms, &self.rows, self.apart.into_iter().collect(), self.own)
    }

    /// Sets graphs apart of which others say that they are revisions, as files with former versions do.
    fn set_former_apart(&mut self) {
        let Some(revision) = self.terms.find(&terms::iri_key(prov::WAS_REVISION_OF)) else { return };
        let revisions = self.rows.iter().filter(|row| row[P] == revision && row[S] == row[G]);
        self.apart.extend(revisions.map(|row| row[O]));
    }

    /// What follows from all articles together, each quad in the graph of its subject.
    pub(super) fn derived(mut self) -> Vec<Quad> {
        let rows = self.derived_rows();
        let node = |id: Id| match self.terms.term(id) {
            Term::NamedNode(node) => Some(node),
            _ => None,
        };
        let quads = rows.into_iter().map(|[s, p, o, g]| {
            let graph = if g == DEFAULT_GRAPH { None } else { node(g) };
            let graph = graph.map_or(GraphName::DefaultGraph, GraphName::NamedNode);
            Some(Quad::new(node(s)?, node(p)?, self.terms.term(o), graph))
        });
        quads.flatten().collect()
    }

    /// The same, under the names of their graphs.
    pub(super) fn derived_by_graph(self) -> HashMap<String, Vec<Quad>> {
        let mut derived: HashMap<String, Vec<Quad>> = HashMap::new();
        for quad in self.derived() {
            if let GraphName::NamedNode(graph) = &quad.graph_name {
                derived.entry(graph.as_str().to_owned()).or_default().push(quad);
            }
        }
        derived
    }

    fn derived_rows(&mut self) -> Vec<Row> {
        let merged = self.rows.iter().copied().filter(|row| !self.apart.contains(&row[G]));
        across::derive(&mut self.terms, merged, &self.sketches)
    }

    /// Adds of some quads those that what is derived follows from.
    pub(super) fn add_telling(&mut self, quads: &[Quad]) {
        quads.iter().filter(|quad| across::matters(quad.predicate.as_ref())).for_each(|quad| self.add_quad(quad));
    }

    /// Adds what tells the copies of an article.
    pub(super) fn add_sketch(&mut self, article: NamedNodeRef<'_>, sketch: Sketch) {
        let article = self.terms.add(&terms::iri_key(article));
        self.sketches.insert(article, sketch);
    }
}

/// The quads of an RDF file, as they stand in it. Its format is told by its name, and `.gz` and `.zst` are read through.
///
/// # Errors
/// When the file cannot be opened; an item, when it cannot be read or breaks its format.
pub fn read_file(path: &Path) -> Result<impl Iterator<Item = Result<Quad>> + '_> {
    quads(path, parser_of(path)?)
}

/// The quads of a file; those in no named graph, which are all where a graph is given, go to that.
pub(super) fn read(path: &Path, into: Option<&NamedNode>) -> Result<Vec<Quad>> {
    let mut parser = parser_of(path)?;
    if let Some(graph) = into {
        parser = parser.without_named_graphs().with_default_graph(graph.clone());
    }
    quads(path, parser)?.collect()
}

/// Hands on the quads of an RDF file, as [`DatasetBuilder::add_file`] reads it.
pub(crate) fn read_rdf(path: &Path, mut take: impl FnMut(Quad)) -> Result<()> {
    let parser = parser_of(path)?.rename_blank_nodes().with_default_graph(file_iri(path));
    quads(path, parser)?.try_for_each(|quad| quad.map(&mut take))
}

/// What a parser reads of a file.
fn quads(path: &Path, parser: RdfParser) -> Result<impl Iterator<Item = Result<Quad>> + '_> {
    let quads = parser.for_reader(open(path).map_err(Error::io(path))?);
    Ok(quads.map(move |quad| quad.map_err(|error| explain(path, error))))
}

/// A parser of a file, which resolves relative IRIs against that of the file.
fn parser_of(path: &Path) -> Result<RdfParser> {
    let format = Format::of_path(path).ok_or_else(|| Error::Malformed {
        path: path.to_owned(),
        line: None,
        reason: format!(
            "its name does not tell a format of RDF: none of {}, with or without .gz or .zst",
            Format::ALL.map(|format| format!(".{}", format.extension())).join(", ")
        ),
    })?;
    let parser = RdfParser::from_format(format.rdf());
    match file_iri(path) {
        GraphName::NamedNode(file) => {
            parser.with_base_iri(file.as_str()).map_err(|error| Error::Setting(format!("{file}: {error}")))
        }
        _ => Ok(parser),
    }
}

/// The `file:` IRI of a path, or the default graph for the rare path that has none.
fn file_iri(path: &Path) -> GraphName {
    let url = std::path::absolute(path).ok().and_then(|path| Url::from_file_path(path).ok());
    url.and_then(|url| NamedNode::new(url.as_str()).ok()).map_or(GraphName::DefaultGraph, GraphName::NamedNode)
}

fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    let file = BufReader::new(File::open(path)?);
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        Some("zst") => Box::new(BufReader::new(zstd::Decoder::with_buffer(file)?)),
        _ => Box::new(file),
    })
}

fn explain(path: &Path, error: RdfParseError) -> Error {
    match error {
        RdfParseError::Io(error) => Error::io(path)(error),
        RdfParseError::Syntax(error) => Error::Malformed {
            path: path.to_owned(),
            line: error.location().map(|place| place.start.line + 1),
            reason: error.to_string(),
        },
    }
}

impl FromIterator<Quad> for Dataset {
    fn from_iter<I: IntoIterator<Item = Quad>>(quads: I) -> Self {
        let mut builder = DatasetBuilder::default();
        quads.into_iter().for_each(|quad| builder.add_quad(&quad));
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Query;

    #[test]
    fn what_is_set_apart_is_seen_by_its_name_only() {
        let node = |name: &str| NamedNode::new(format!("https://a.example/{name}")).unwrap();
        let mut builder = DatasetBuilder::default();
        for (subject, graph) in [("ann", "1"), ("ann", "old"), ("bob", "old")] {
            builder.add_quad(&Quad::new(node(subject), node("is"), node("here"), node(graph)));
        }
        builder.set_apart(node("old").as_ref());
        let dataset = builder.finish();
        for (question, answer) in [
            ("{ <https://a.example/ann> ?p ?o }", true),
            ("{ <https://a.example/bob> ?p ?o }", false),
            ("{ GRAPH <https://a.example/old> { <https://a.example/bob> ?p ?o } }", true),
            ("FROM <https://a.example/old> { <https://a.example/bob> ?p ?o }", true),
        ] {
            assert_eq!(
                Query::parse(&format!("ASK {question}"), "q").unwrap().ask(&dataset).unwrap(),
                answer,
                "{question}"
            );
        }
        assert_eq!(dataset.triples().count(), 1);
        assert_eq!(dataset.len(), 3);
    }
}
