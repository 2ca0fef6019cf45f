//! Documents, built by hand, as RDF.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;
mod formats;
mod meaning;
mod query;
mod told;

use std::fs;
use std::path::Path;

use newsgraph::graph;
use newsgraph::graph::write::Format;

use documents::{bridge, facts, full, harbour};
use formats::written;

/// Compares with a file under `tests/graph`, which `UPDATE=1` rewrites.
fn assert_golden(name: &str, bytes: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graph").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert!(expected.as_bytes() == bytes, "{name} differs; look at it with UPDATE=1 and git diff");
}

#[test]
fn a_document_in_full_as_turtle() {
    assert_golden("bridge.ttl", &written(graph::quads(&bridge(), &full()), Format::Turtle));
}

#[test]
fn a_document_in_facts_as_trig() {
    assert_golden("bridge-facts.trig", &written(graph::quads(&bridge(), &facts()), Format::TriG));
}

#[test]
fn the_readme_shows_what_is_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let turtle = written(graph::quads(&harbour(), &facts()), Format::Turtle);
    let turtle = String::from_utf8(turtle).unwrap().replace('\t', "    ");
    let (before, rest) = readme.split_once("```turtle\n").unwrap();
    let (_, after) = rest.split_once("```\n").unwrap();
    let expected = format!("{before}```turtle\n{turtle}```\n{after}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == expected,
        "ontology/README.md differs; look at it with UPDATE=1 and git diff"
    );
}
