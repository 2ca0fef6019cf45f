//! N-Triples of labels. Triples of one thing that follow each other are put together; so nothing need be kept in memory.

use std::io::BufRead;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

use super::layout::Layout;
use super::{Sink, malformed};
use crate::error::Result;
use crate::gazetteer::fact::{Fact, WIKIDATA};

/// Reads labels of things. Those in other languages than English are left out; those without a language are taken.
pub(super) fn read(input: impl BufRead, path: &Path, layout: &Layout, sink: &mut Sink<'_>) -> Result<()> {
    let mut thing = Fact::default();
    for (number, triple) in RdfParser::from_format(RdfFormat::NTriples).for_reader(input).enumerate() {
        let triple = triple.map_err(|error| {
            // A place in N-Triples says the line already.
            malformed(path, Some(number as u64 + 1), error.to_string())
        })?;
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else { continue };
        let Term::Literal(label) = triple.object else { continue };
        let iri = subject.as_str().replacen("https://www.wikidata.org/", "http://www.wikidata.org/", 1);
        if iri != thing.iri {
            add(std::mem::replace(&mut thing, Fact { iri, ..Fact::default() }), sink)?;
        }
        let predicate = triple.predicate.as_str();
        let (is_usual, is_other) = (layout.labels.usual.contains(predicate), layout.labels.other.contains(predicate));
        let is_english =
            label.language().is_none_or(|language| layout.wikidata.languages.iter().any(|l| l == language));
        if !is_english || !(is_usual || is_other) {
            continue;
        }
        if is_usual && thing.name.is_empty() {
            label.value().clone_into(&mut thing.name);
        } else if label.value() != thing.name {
            thing.aliases.push(label.value().to_owned());
        }
    }
    add(thing, sink)
}

fn add(mut thing: Fact, sink: &mut Sink<'_>) -> Result<()> {
    if thing.name.is_empty() && !thing.aliases.is_empty() {
        thing.name = thing.aliases.remove(0);
    }
    debug_assert!(thing.qid().is_none() || thing.iri.starts_with(WIKIDATA));
    match thing.name.is_empty() {
        true => sink.left_out += u64::from(!thing.iri.is_empty()),
        false => sink.add(&thing)?,
    }
    Ok(())
}
