//! Writes quads in the formats of the RDF family.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphName, Quad};

use super::order;
use super::reify::Reifier;
use crate::error::{Error, Result};
use crate::vocab::PREFIXES;

/// A format to write RDF in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Turtle: one graph, for people.
    #[default]
    Turtle,
    /// TriG: Turtle with named graphs.
    TriG,
    /// N-Triples: one graph, a triple a line.
    NTriples,
    /// N-Quads: a quad a line.
    NQuads,
    /// RDF/XML: one graph.
    RdfXml,
    /// JSON-LD, expanded, in its streaming profile.
    JsonLd,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Turtle, Self::TriG, Self::NTriples, Self::NQuads, Self::RdfXml, Self::JsonLd];

    /// The format of a file by its extension, seen through `.gz` and `.zst`.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        if matches!(extension.as_str(), "gz" | "zst") {
            return Self::of_path(Path::new(path.file_stem()?));
        }
        Some(match RdfFormat::from_extension(&extension)? {
            RdfFormat::Turtle => Self::Turtle,
            RdfFormat::TriG => Self::TriG,
            RdfFormat::NTriples => Self::NTriples,
            RdfFormat::NQuads => Self::NQuads,
            RdfFormat::RdfXml => Self::RdfXml,
            RdfFormat::JsonLd { .. } => Self::JsonLd,
            _ => return None,
        })
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::TriG => "trig",
            Self::NTriples => "ntriples",
            Self::NQuads => "nquads",
            Self::RdfXml => "rdfxml",
            Self::JsonLd => "jsonld",
        }
    }

    /// The extension of its files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.rdf().file_extension()
    }

    /// Whether it keeps named graphs apart; the others hold the merged view of all.
    #[must_use]
    pub fn has_graphs(self) -> bool {
        self.rdf().supports_datasets()
    }

    /// The same format for Oxigraph's readers and writers.
    #[must_use]
    pub fn rdf(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::TriG => RdfFormat::TriG,
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfile::Streaming.into() },
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    /// Reads a name ("turtle", "N-Quads", "RDF/XML") or an extension ("ttl", "nq").
    ///
    /// # Errors
    /// [`Error::Setting`] that lists the names.
    fn from_str(name: &str) -> Result<Self> {
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let named = Self::ALL.into_iter().find(|format| format.name() == letters);
        named.or_else(|| Self::of_path(Path::new(&format!("x.{letters}")))).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::Setting(format!("unknown format {name:?}; known: {names}"))
        })
    }
}

/// Writes quads to a file or stream, batch by batch: the same batches give the same bytes.
///
/// Each batch is sorted as [`quads`](super::quads) sorts, so a batch should be an article, or everything. Memory is
/// that of one batch. Wrap a file in a [`BufWriter`](io::BufWriter): writes are small.
///
/// ```
/// use newsgraph::graph::write::{Format, QuadWriter};
/// use oxigraph::model::{GraphName, NamedNode, Quad};
///
/// let node = |iri: &str| NamedNode::new(iri).unwrap();
/// let quad = Quad::new(
///     node("https://kb.example/person/ann-roe"),
///     newsgraph::vocab::rdf::TYPE,
///     newsgraph::vocab::schema::PERSON,
///     GraphName::NamedNode(node("https://news.example/1")),
/// );
/// let mut writer = QuadWriter::new(Format::Turtle, Vec::new());
/// writer.write(vec![quad])?;
/// let turtle = String::from_utf8(writer.finish()?).unwrap();
/// assert!(turtle.ends_with("\n\n<https://kb.example/person/ann-roe> a schema:Person .\n"));
/// # Ok::<_, std::io::Error>(())
/// ```
pub struct QuadWriter<W: Write> {
    format: Format,
    serializer: WriterQuadSerializer<Spaced<W>>,
    /// Only where statements are to name their triple as RDF 1.2 does.
    reifier: Option<Reifier>,
}

/// How a statement names the triple that it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// By its three parts: `rdf:subject`, `rdf:predicate`, `rdf:object`. Every store reads it.
    #[default]
    Rdf11,
    /// By a triple term: `rdf:reifies <<( s p o )>>`.
    Rdf12,
}

impl Dialect {
    /// Whether a format can be written in this dialect.
    ///
    /// # Errors
    /// [`Error::Setting`] that lists those that can.
    pub fn check(self, format: Format) -> Result<()> {
        match (self, format) {
            (Self::Rdf12, Format::RdfXml | Format::JsonLd) => Err(Error::Setting(format!(
                "{} has no triple terms of RDF 1.2: choose turtle, trig, ntriples or nquads, or leave out --rdf12",
                format.name()
            ))),
            _ => Ok(()),
        }
    }
}

impl<W: Write> QuadWriter<W> {
    /// A writer of a format, with the prefixes of all vocabularies where the format has prefixes.
    pub fn new(format: Format, out: W) -> Self {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(*prefix, *iri).expect("the vocabularies' IRIs are valid");
        }
        Self { format, serializer: serializer.for_writer(Spaced::new(format, out)), reifier: None }
    }

    /// The same in a dialect that the format [has](Dialect::check).
    #[must_use]
    pub fn in_dialect(mut self, dialect: Dialect) -> Self {
        self.reifier = (dialect == Dialect::Rdf12).then(Reifier::default);
        self
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn write(&mut self, mut quads: Vec<Quad>) -> io::Result<()> {
        if !self.format.has_graphs() {
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        }
        order::sort(&mut quads);
        quads.into_iter().try_for_each(|quad| self.write_next(quad))
    }

    /// Writes a quad that comes after all others in the order of the format, as [`Merge`](super::merge::Merge) gives them.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn write_next(&mut self, quad: Quad) -> io::Result<()> {
        match &mut self.reifier {
            None => self.serializer.serialize_quad(&quad),
            Some(reifier) => {
                let ready = reifier.next(quad);
                ready.iter().try_for_each(|quad| self.serializer.serialize_quad(quad))
            }
        }
    }

    /// Writes what closes the file, and gives the stream back, flushed.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if let Some(mut reifier) = self.reifier.take() {
            reifier.flush().iter().try_for_each(|quad| self.serializer.serialize_quad(quad))?;
        }
        let mut out = self.serializer.finish()?.out;
        out.flush()?;
        Ok(out)
    }
}

/// Puts an empty line before each subject and graph of Turtle and TriG, where they begin a line with few enough tabs.
struct Spaced<W> {
    out: W,
    /// The most tabs before a subject; none where the format is not for people.
    depth: Option<usize>,
    /// The tabs since the line began; none inside a line.
    tabs: Option<usize>,
}

impl<W: Write> Spaced<W> {
    fn new(format: Format, out: W) -> Self {
        let depth = match format {
            Format::Turtle => Some(0),
            Format::TriG => Some(1),
            _ => None,
        };
        Self { out, depth, tabs: Some(0) }
    }

    /// How many tabs begin the line that `byte` is the first letter of, where that is a new subject.
    fn opens(&self, byte: u8) -> bool {
        let shallow = self.tabs.zip(self.depth).is_some_and(|(tabs, depth)| tabs <= depth);
        shallow && !matches!(byte, b'@' | b'}' | b'\n' | b'\t')
    }
}

impl<W: Write> Write for Spaced<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.depth.is_none() {
            return self.out.write(bytes);
        }
        for &byte in bytes {
            if self.opens(byte) {
                self.out.write_all(b"\n")?;
            }
            match (byte, self.tabs) {
                // Tabs wait until it is known whether an empty line goes before them.
                (b'\t', Some(tabs)) => self.tabs = Some(tabs + 1),
                (b'\n', _) => {
                    self.out.write_all(b"\n")?;
                    self.tabs = Some(0);
                }
                (_, tabs) => {
                    for _ in 0..tabs.unwrap_or(0) {
                        self.out.write_all(b"\t")?;
                    }
                    self.out.write_all(&[byte])?;
                    self.tabs = None;
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_and_extension() {
        for (name, format) in [
            ("turtle", Format::Turtle),
            ("ttl", Format::Turtle),
            ("TriG", Format::TriG),
            ("N-Triples", Format::NTriples),
            ("nt", Format::NTriples),
            ("nq", Format::NQuads),
            ("RDF/XML", Format::RdfXml),
            ("json-ld", Format::JsonLd),
        ] {
            assert_eq!(name.parse::<Format>().unwrap(), format, "{name}");
        }
        let message = "parquet".parse::<Format>().unwrap_err().to_string();
        assert_eq!(message, "unknown format \"parquet\"; known: turtle, trig, ntriples, nquads, rdfxml, jsonld");
    }

    #[test]
    fn formats_are_known_by_path_through_compression() {
        for (path, format) in [
            ("out/kb.ttl", Some(Format::Turtle)),
            ("kb.nq.gz", Some(Format::NQuads)),
            ("kb.TRIG.zst", Some(Format::TriG)),
            ("kb.jsonld", Some(Format::JsonLd)),
            ("kb.gz", None),
            ("kb", None),
        ] {
            assert_eq!(Format::of_path(Path::new(path)), format, "{path}");
        }
        for format in Format::ALL {
            assert_eq!(format.extension().parse::<Format>().unwrap(), format);
        }
    }
}
