//! Describes what is published, in VoID and DCAT: how much of what is in it, under which licence, in which files.
//!
//! Counts are those of the merge of all articles, as a query without GRAPH sees it. Nothing depends on a clock.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use crate::base::KnowledgeBase;
use crate::error::{Error, Result};
use crate::graph::merge::Merge;
use crate::graph::write::Format;
use crate::spill::Sorter;
use crate::vocab::{self, rdf, schema, xsd};

/// What only the publisher knows.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The IRI of the dataset.
    pub dataset: NamedNode,
    /// Its name.
    pub title: Option<String>,
    /// Who publishes it: an IRI or a name.
    pub publisher: Option<String>,
    /// The IRI of its licence.
    pub licence: Option<NamedNode>,
    /// What the addresses of its files begin with.
    pub download: Option<NamedNode>,
}

/// A file that holds the dataset or a part of it.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// Its name.
    pub name: String,
    /// The format of its content.
    pub format: Format,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Triples of the merge, each once.
    pub triples: u64,
    /// Different subjects.
    pub subjects: u64,
    /// Different objects.
    pub objects: u64,
    /// The things that articles name.
    pub entities: u64,
    /// The articles.
    pub documents: u64,
    /// Class to its instances.
    pub classes: BTreeMap<String, u64>,
    /// Property to its triples, subjects and objects.
    pub properties: BTreeMap<String, [u64; 3]>,
}

impl Counts {
    /// Counts what a base holds, in little memory.
    ///
    /// # Errors
    /// When the base cannot be read or a temporary file cannot be written.
    pub fn of(base: &KnowledgeBase) -> Result<Self> {
        Self::of_merge(base.merge(|quad| quad)?).map_err(Error::output)
    }

    fn of_merge(merge: Merge) -> io::Result<Self> {
        let mut counts = Self::default();
        let (mut objects, mut pairs) = (Sorter::default(), Sorter::default());
        let mut subject: Option<NamedOrBlankNode> = None;
        let mut predicates: Vec<NamedNode> = Vec::new();
        for triple in merge.subjects()? {
            let Triple { subject: of, predicate, object } = triple?;
            if subject.as_ref() != Some(&of) {
                counts.subjects += 1;
                subject = Some(of);
                predicates.clear();
            }
            counts.triples += 1;
            let property = counts.properties.entry(predicate.as_str().to_owned()).or_default();
            property[0] += 1;
            property[1] += u64::from(!predicates.contains(&predicate));
            if predicate == rdf::TYPE
                && let Term::NamedNode(class) = &object
            {
                *counts.classes.entry(class.as_str().to_owned()).or_default() += 1;
            }
            let text = object.to_string();
            objects.push(text.as_bytes())?;
            pairs.push(format!("{}\0{text}", predicate.as_str()).as_bytes())?;
            if predicates.last() != Some(&predicate) {
                predicates.push(predicate);
            }
        }
        counts.objects = count(objects)?;
        for pair in pairs.finish()? {
            let pair = pair?;
            let end = pair.iter().position(|byte| *byte == 0).unwrap_or(pair.len());
            if let Some(property) = counts.properties.get_mut(String::from_utf8_lossy(&pair[..end]).as_ref()) {
                property[2] += 1;
            }
        }
        counts.entities = counts.properties.get(schema::MENTIONS.as_str()).map_or(0, |property| property[2]);
        counts.documents = counts.classes.get(schema::NEWS_ARTICLE.as_str()).copied().unwrap_or_default();
        Ok(counts)
    }
}

fn count(sorter: Sorter) -> io::Result<u64> {
    sorter.finish()?.try_fold(0, |count, record| record.map(|_| count + 1))
}

/// The vocabularies of descriptions, beside those of articles.
const PREFIXES: [(&str, &str); 5] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("void", "http://rdfs.org/ns/void#"),
];

/// Where the media types have their IRIs.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// Writes the description as Turtle.
///
/// # Errors
/// When `out` cannot be written.
pub fn write<W: Write>(
    counts: &Counts,
    publication: &Publication,
    distributions: &[Distribution],
    out: W,
) -> io::Result<W> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, iri) in PREFIXES.iter().chain(vocab::PREFIXES) {
        serializer = serializer.with_prefix(*prefix, *iri).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples(counts, publication, distributions) {
        writer.serialize_triple(&triple)?;
    }
    let mut out = writer.finish()?;
    out.flush()?;
    Ok(out)
}

/// The triples of the description, subject by subject.
#[must_use]
pub fn triples(counts: &Counts, publication: &Publication, distributions: &[Distribution]) -> Vec<Triple> {
    let mut graph = Graph { dataset: publication.dataset.clone(), triples: Vec::new() };
    graph.write_publication(publication);
    graph.write_totals(counts);
    let files: Vec<NamedNode> = distributions.iter().map(|file| graph.part("file", &file.name)).collect();
    let mut dumps = Vec::new();
    for (file, node) in distributions.iter().zip(&files) {
        graph.of_dataset("dcat:distribution", node.clone());
        dumps.extend(address(publication, file));
    }
    dumps.into_iter().for_each(|url| graph.of_dataset("void:dataDump", url));
    graph.write_partitions(counts);
    if let Some(name) = publication.publisher.as_deref().filter(|name| NamedNode::new(*name).is_err()) {
        let node = graph.part("publisher", name);
        graph.add(&node, "rdf:type", term("foaf:Agent"));
        graph.add(&node, "foaf:name", Literal::from(name));
    }
    for (file, node) in distributions.iter().zip(&files) {
        graph.write_distribution(publication, file, node);
    }
    graph.triples
}

/// Where a file can be had, if the publisher says where files are.
fn address(publication: &Publication, file: &Distribution) -> Option<NamedNode> {
    NamedNode::new(format!("{}{}", publication.download.as_ref()?.as_str(), encoded(&file.name))).ok()
}

struct Graph {
    dataset: NamedNode,
    triples: Vec<Triple>,
}

impl Graph {
    fn add(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), term(predicate), object));
    }

    fn of_dataset(&mut self, predicate: &str, object: impl Into<Term>) {
        let dataset = self.dataset.clone();
        self.add(&dataset, predicate, object);
    }

    /// A node of the description: the dataset's IRI and what it is of it.
    fn part(&self, kind: &str, name: &str) -> NamedNode {
        let mark = if self.dataset.as_str().contains('#') { '/' } else { '#' };
        NamedNode::new_unchecked(format!("{}{mark}{kind}-{}", self.dataset.as_str(), encoded(name)))
    }

    fn write_publication(&mut self, publication: &Publication) {
        for class in ["void:Dataset", "dcat:Dataset"] {
            self.of_dataset("rdf:type", term(class));
        }
        if let Some(title) = &publication.title {
            self.of_dataset("dcterms:title", Literal::from(title.as_str()));
        }
        if let Some(publisher) = &publication.publisher {
            match NamedNode::new(publisher) {
                Ok(node) => self.of_dataset("dcterms:publisher", node),
                Err(_) => self.of_dataset("dcterms:publisher", self.part("publisher", publisher)),
            }
        }
        if let Some(licence) = &publication.licence {
            self.of_dataset("dcterms:license", licence.clone());
        }
    }

    fn write_totals(&mut self, counts: &Counts) {
        for (predicate, number) in [
            ("void:triples", counts.triples),
            ("void:entities", counts.entities),
            ("void:documents", counts.documents),
            ("void:distinctSubjects", counts.subjects),
            ("void:distinctObjects", counts.objects),
            ("void:classes", counts.classes.len() as u64),
            ("void:properties", counts.properties.len() as u64),
        ] {
            self.of_dataset(predicate, integer(number));
        }
        let used = || counts.classes.keys().chain(counts.properties.keys());
        let mut vocabularies: Vec<&str> = vocab::PREFIXES.iter().map(|(_, iri)| *iri).collect();
        vocabularies.sort_unstable();
        for vocabulary in vocabularies.into_iter().filter(|iri| used().any(|term| term.starts_with(iri))) {
            self.of_dataset("void:vocabulary", NamedNode::new_unchecked(vocabulary));
        }
    }

    fn write_partitions(&mut self, counts: &Counts) {
        let classes = counts.classes.iter().map(|(iri, number)| (iri, "class", [*number, 0, 0]));
        let properties = counts.properties.iter().map(|(iri, numbers)| (iri, "property", *numbers));
        let partitions: Vec<_> =
            classes.chain(properties).map(|(iri, kind, numbers)| (self.part(kind, iri), iri, kind, numbers)).collect();
        for (node, _, kind, _) in &partitions {
            self.of_dataset(&format!("void:{kind}Partition"), node.clone());
        }
        for (node, iri, kind, [first, subjects, objects]) in partitions {
            self.add(&node, &format!("void:{kind}"), NamedNode::new_unchecked(iri));
            if kind == "class" {
                self.add(&node, "void:entities", integer(first));
            } else {
                self.add(&node, "void:triples", integer(first));
                self.add(&node, "void:distinctSubjects", integer(subjects));
                self.add(&node, "void:distinctObjects", integer(objects));
            }
        }
    }

    fn write_distribution(&mut self, publication: &Publication, file: &Distribution, node: &NamedNode) {
        let checksum = self.part("checksum", &file.name);
        self.add(node, "rdf:type", term("dcat:Distribution"));
        self.add(node, "dcterms:title", Literal::from(file.name.as_str()));
        if let Some(licence) = &publication.licence {
            self.add(node, "dcterms:license", licence.clone());
        }
        if let Some(url) = address(publication, file) {
            self.add(node, "dcat:downloadURL", url);
        }
        self.add(node, "dcat:mediaType", media_type(file.format.rdf().media_type()));
        if let Some(compression) = compression(&file.name) {
            self.add(node, "dcat:compressFormat", media_type(compression));
        }
        self.add(node, "dcat:byteSize", Literal::new_typed_literal(file.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER));
        self.add(node, "spdx:checksum", checksum.clone());
        self.add(&checksum, "rdf:type", term("spdx:Checksum"));
        self.add(&checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"));
        let hex = oxigraph::model::vocab::xsd::HEX_BINARY;
        self.add(&checksum, "spdx:checksumValue", Literal::new_typed_literal(file.sha256.as_str(), hex));
    }
}

/// The media type of the compression that a name asks for.
fn compression(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "gz" => Some("application/gzip"),
        "zst" => Some("application/zstd"),
        _ => None,
    }
}

fn media_type(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{MEDIA_TYPES}{name}"))
}

fn integer(number: u64) -> Literal {
    Literal::new_typed_literal(number.to_string(), oxigraph::model::vocab::xsd::INTEGER)
}

/// The IRI of `void:triples` and the like.
fn term(name: &str) -> NamedNode {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let known = PREFIXES.iter().chain(vocab::PREFIXES).find(|(known, _)| *known == prefix);
    NamedNode::new_unchecked(format!("{}{local}", known.map_or("", |(_, iri)| iri)))
}

/// A text as part of an IRI.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}
