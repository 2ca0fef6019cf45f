//! `src/vocab.rs` is made here, from `ontology/news.ttl` and `ontology/terms.toml`. After a change to either:
//! `UPDATE=1 cargo test --release --test vocab`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Dataset, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use serde::Deserialize;

const ONTOLOGY: &str = "https://w3id.org/newsgraph/ontology";
const OWN: &str = "https://w3id.org/newsgraph/ontology#";

/// A vocabulary of which newsgraph writes some terms.
#[derive(Deserialize)]
struct Vocabulary {
    iri: String,
    terms: Vec<String>,
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn outside() -> BTreeMap<String, Vocabulary> {
    toml::from_str(&fs::read_to_string(path("ontology/terms.toml")).unwrap()).unwrap()
}

fn ontology() -> Dataset {
    let file = fs::read(path("ontology/news.ttl")).unwrap();
    RdfParser::from_format(RdfFormat::Turtle).for_slice(&file).map(Result::unwrap).collect()
}

/// The subjects in our own namespace.
fn own_terms(ontology: &Dataset) -> BTreeSet<NamedNode> {
    let subjects = ontology.iter().filter_map(|quad| match quad.subject {
        NamedOrBlankNodeRef::NamedNode(node) if node.as_str().starts_with(OWN) => Some(node.into_owned()),
        _ => None,
    });
    subjects.collect()
}

/// The literal values of a property of a term.
fn values<'a>(ontology: &'a Dataset, term: &NamedNode, property: NamedNodeRef<'_>) -> Vec<&'a str> {
    let quads = ontology.quads_for_subject(term.as_ref()).filter(|quad| quad.predicate == property);
    let literals = quads.filter_map(|quad| match quad.object {
        TermRef::Literal(literal) => Some(literal.value()),
        _ => None,
    });
    literals.collect()
}

/// `taIdentRef` as `TA_IDENT_REF`.
fn constant(term: &str) -> String {
    let mut name = String::new();
    let mut previous = None;
    let term = term.replace("XSD", "Xsd_"); // inXSDgYear
    let mut letters = term.chars().peekable();
    while let Some(letter) = letters.next() {
        let starts = letter.is_uppercase()
            && (previous.is_some_and(|p: char| p.is_lowercase() || p.is_ascii_digit())
                || previous.is_some() && letters.peek().is_some_and(|next| next.is_lowercase()));
        if starts {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
        previous = Some(letter);
    }
    name.replace("__", "_")
}

/// One module: its constants, a class marked where a property has the same name (`org:Role`, `org:role`).
fn module(prefix: &str, iri: &str, terms: &[(String, String)]) -> String {
    let mut lines =
        format!("\n/// `{prefix}:`, <{iri}>.\npub mod {prefix} {{\n    use oxigraph::model::NamedNodeRef;\n");
    for (term, comment) in terms {
        let mut name = constant(term);
        let is_class = term.starts_with(char::is_uppercase);
        if is_class && terms.iter().any(|(other, _)| other != term && constant(other) == name) {
            name.push_str("_CLASS");
        }
        let declaration = format!("    pub const {name}: NamedNodeRef<'_> =");
        let value = format!("NamedNodeRef::new_unchecked(\"{iri}{term}\");");
        let join = if declaration.len() + value.len() + 1 > 120 { "\n        " } else { " " };
        write!(lines, "\n    /// {comment}\n{declaration}{join}{value}\n").unwrap();
    }
    lines + "}\n"
}

fn generated() -> String {
    let ontology = ontology();
    let outside = outside();
    let own = own_terms(&ontology);
    let mut text = String::from(
        "//! The terms that newsgraph writes, a module for each vocabulary, named by its prefix.\n//!\n\
         //! Made by `tests/vocab.rs` from `ontology/news.ttl` and `ontology/terms.toml`: change those, then run\n\
         //! `UPDATE=1 cargo test --release --test vocab`.\n\n\
         /// The prefix and IRI of each vocabulary.\npub const PREFIXES: &[(&str, &str)] = &[\n",
    );
    writeln!(text, "    (\"news\", \"{OWN}\"),").unwrap();
    for (prefix, vocabulary) in &outside {
        writeln!(text, "    (\"{prefix}\", \"{}\"),", vocabulary.iri).unwrap();
    }
    text.push_str("];\n");
    let terms: Vec<_> = own
        .iter()
        .map(|term| (term.as_str()[OWN.len()..].to_owned(), values(&ontology, term, rdfs::COMMENT).concat()))
        .collect();
    text.push_str(&module("news", OWN, &terms));
    for (prefix, vocabulary) in &outside {
        let terms: Vec<_> = vocabulary.terms.iter().map(|term| (term.clone(), format!("`{prefix}:{term}`"))).collect();
        text.push_str(&module(prefix, &vocabulary.iri, &terms));
    }
    text
}

#[test]
fn the_vocabulary_is_that_of_the_ontology() {
    let generated = generated();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path("src/vocab.rs"), &generated).unwrap();
    }
    let written = fs::read_to_string(path("src/vocab.rs")).unwrap();
    assert!(written == generated, "src/vocab.rs is out of date: UPDATE=1 cargo test --release --test vocab");
}

#[test]
fn the_ontology_says_what_it_is() {
    let ontology = ontology();
    let header = NamedNode::new_unchecked(ONTOLOGY);
    for (property, value) in [
        ("http://purl.org/dc/terms/creator", "newsgraph"),
        ("http://www.w3.org/2002/07/owl#versionInfo", env!("CARGO_PKG_VERSION")),
    ] {
        assert_eq!(values(&ontology, &header, NamedNodeRef::new_unchecked(property)), [value]);
    }
}

#[test]
fn every_own_term_is_labelled_explained_and_placed() {
    let ontology = ontology();
    for term in own_terms(&ontology) {
        assert_eq!(values(&ontology, &term, rdfs::LABEL).len(), 1, "{term} has one label");
        assert_eq!(values(&ontology, &term, rdfs::COMMENT).len(), 1, "{term} has one comment");
        let has = |property| ontology.quads_for_subject(term.as_ref()).any(|quad| quad.predicate == property);
        let types: Vec<_> =
            ontology.quads_for_subject(term.as_ref()).filter(|quad| quad.predicate == rdf::TYPE).collect();
        assert_eq!(types.len(), 1, "{term} has one type");
        let class = types[0].object.to_string();
        if class.ends_with("Property>") {
            assert!(has(rdfs::DOMAIN) && has(rdfs::RANGE), "{term} has a domain and a range");
        } else if class.ends_with("#Class>") {
            assert!(has(rdfs::SUB_CLASS_OF), "{term} is placed under a class");
        } else {
            assert!(class.starts_with(&format!("<{OWN}")), "{term} is one of our own values");
        }
    }
}

#[test]
fn constants_are_named_like_constants() {
    for (term, name) in [
        ("taIdentRef", "TA_IDENT_REF"),
        ("gYearMonth", "G_YEAR_MONTH"),
        ("inXSDDate", "IN_XSD_DATE"),
        ("inXSDgYear", "IN_XSD_G_YEAR"),
        ("url", "URL"),
    ] {
        assert_eq!(constant(term), name);
    }
}

/// Every IRI of `src/vocab.rs`.
fn declared() -> BTreeSet<String> {
    let vocabulary = fs::read_to_string(path("src/vocab.rs")).unwrap();
    let iris = vocabulary.split("new_unchecked(\"").skip(1).filter_map(|rest| rest.split('"').next());
    iris.map(str::to_owned).collect()
}

#[test]
fn the_context_names_every_term_by_its_own_name() {
    let context: serde_json::Value =
        serde_json::from_slice(&fs::read(path("ontology/context.jsonld")).unwrap()).unwrap();
    let context = context["@context"].as_object().unwrap();
    let expand = |compact: &str| {
        let (prefix, local) = compact.split_once(':').unwrap();
        format!("{}{local}", context[prefix].as_str().unwrap())
    };
    let is_term = |key: &str| !key.starts_with('@') && !["id", "type"].contains(&key);
    let named: BTreeSet<String> = context
        .iter()
        .filter(|(key, value)| is_term(key) && !value.as_str().is_some_and(|iri| iri.ends_with(['#', '/'])))
        .map(|(key, value)| {
            let iri = expand(value["@id"].as_str().or(value.as_str()).unwrap());
            assert!(iri.ends_with(&format!("#{key}")) || iri.ends_with(&format!("/{key}")), "{key} stands for {iri}");
            iri
        })
        .collect();
    // Not keys or classes of nodes: rdf:type is a keyword, the rest are values.
    let mut expected = declared();
    expected.retain(|iri| !iri.starts_with("http://www.w3.org/2001/XMLSchema#") && *iri != rdf::TYPE.as_str());
    // schema.org's Event has the name: this one is written sem:Event.
    assert!(expected.remove("http://semanticweb.cs.vu.nl/2009/11/sem/Event"));
    for value in [
        ["MentionForm", "NominalMention", "PronounMention"].as_slice(),
        &["Polarity", "Affirmed", "Denied", "Certainty", "Certain", "Probable", "Possible"],
        &["Mode", "Asked", "Planned", "Supposed", "Wording", "Direct", "Indirect", "Mixed"],
        &["Bound", "MoreThan", "LessThan", "Roughly"],
        &["TenureStatus", "Current", "Former", "Future", "Acting"],
    ]
    .concat()
    {
        assert!(expected.remove(&format!("{OWN}{value}")), "{value}");
    }
    assert_eq!(named, expected);
}

#[test]
fn json_with_the_context_is_rdf() {
    let context = fs::read_to_string(path("ontology/context.jsonld")).unwrap();
    let body = r#""id": "https://news.example/1#char=4,9", "type": "Phrase", "anchorOf": "spoke", "beginIndex": "4",
        "taIdentRef": "https://newsgraph.example/person/ann-roe" }"#;
    let json = format!("{}, {body}", context.trim_end().trim_end_matches('}'));
    let format = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    let triples: BTreeSet<String> =
        RdfParser::from_format(format).for_slice(&json).map(|quad| quad.unwrap().to_string()).collect();
    let expected = [
        "a <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Phrase>",
        "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf> \"spoke\"",
        "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex> \"4\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>",
        "<http://www.w3.org/2005/11/its/rdf#taIdentRef> <https://newsgraph.example/person/ann-roe>",
    ];
    let expected = expected.map(|said| {
        let said = said.replacen("a <", &format!("{} <", rdf::TYPE), usize::from(said.starts_with("a ")));
        format!("<https://news.example/1#char=4,9> {said}")
    });
    assert_eq!(triples, BTreeSet::from(expected));
}
