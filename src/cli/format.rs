//! The RDF formats on the command line.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::graph::write::Format;

/// Reads the name of a format: those of [`Format`], and the extensions of its files.
pub(super) fn parser() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.map(|format| {
        let kept = if format.has_graphs() { "the articles as named graphs" } else { "all articles merged" };
        PossibleValue::new(format.name()).alias(format.extension()).help(format!("{}: {kept}", format.rdf().name()))
    });
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Format>())
}
