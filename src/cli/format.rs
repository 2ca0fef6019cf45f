//! The RDF formats by the names that users give them.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};

use crate::output::uncompressed;

/// Each format with its name, other names for it, and whether it keeps the articles apart.
const FORMATS: [(RdfFormat, &str, &[&str], &str); 6] = [
    (RdfFormat::Turtle, "turtle", &["ttl"], "Turtle: all articles merged"),
    (RdfFormat::TriG, "trig", &[], "TriG: a named graph for each article"),
    (RdfFormat::NTriples, "ntriples", &["nt", "n-triples"], "N-Triples: a triple a line, all articles merged"),
    (RdfFormat::NQuads, "nquads", &["nq", "n-quads"], "N-Quads: a quad a line, the last word being the article"),
    (RdfFormat::RdfXml, "rdfxml", &["rdf", "xml"], "RDF/XML: all articles merged"),
    (JSON_LD, "jsonld", &["json-ld", "json"], "JSON-LD: a named graph for each article"),
];

const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

/// Reads the name of a format from the command line.
pub(super) fn parser() -> impl TypedValueParser<Value = RdfFormat> {
    let names =
        FORMATS.map(|(_, name, aliases, help)| PossibleValue::new(name).aliases(aliases.iter().copied()).help(help));
    PossibleValuesParser::new(names).try_map(|name| by_name(&name).ok_or("no such format"))
}

fn by_name(name: &str) -> Option<RdfFormat> {
    FORMATS.into_iter().find(|(_, known, aliases, _)| *known == name || aliases.contains(&name)).map(|(f, ..)| f)
}

/// The format that a file name asks for, whether compressed or not.
pub(super) fn of_file(path: &Path) -> Option<RdfFormat> {
    RdfFormat::from_extension(uncompressed(path).extension()?.to_str()?)
}
