//! Every format carries every document.

use std::collections::BTreeSet;

use newsgraph::Span;
use newsgraph::article::{BlockKind, Metadata};
use newsgraph::document::{Document, Entity, Kind, Mention, Quote, Speaker, Tenure};
use newsgraph::graph;
use newsgraph::graph::write::{Format, QuadWriter};
use newsgraph::vocab::{itsrdf, nif};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;
use proptest::prelude::*;

use crate::documents::{Builder, bridge, full, said_in};
use crate::query::literals;

pub(crate) fn written(quads: Vec<Quad>, format: Format) -> Vec<u8> {
    let mut writer = QuadWriter::new(format, Vec::new());
    writer.write(quads).unwrap();
    writer.finish().unwrap()
}

fn read(bytes: &[u8], format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(bytes).map(|quad| quad.unwrap().to_string()).collect()
}

#[test]
fn every_format_says_the_same() {
    let quads = graph::quads(&bridge(), &full());
    let all: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
    let merged = quads.iter().cloned().map(|mut quad| {
        quad.graph_name = GraphName::DefaultGraph;
        quad.to_string()
    });
    let merged: BTreeSet<String> = merged.collect();
    for format in Format::ALL {
        let bytes = written(quads.clone(), format);
        let expected = if format.has_graphs() { &all } else { &merged };
        assert_eq!(&read(&bytes, format.rdf()), expected, "{format}");
        let mut reversed = quads.clone();
        reversed.reverse();
        assert_eq!(written(reversed, format), bytes, "{format} does not depend on the order given");
    }
}

#[test]
fn every_format_of_nothing_can_be_read() {
    for format in Format::ALL {
        assert!(read(&written(Vec::new(), format), format.rdf()).is_empty(), "{format}");
    }
}

/// Any character, the troublesome ones often.
fn letters() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        3 => any::<char>(),
        2 => proptest::char::range('a', 'z'),
        2 => proptest::sample::select(vec!['\0', '\r', '\n', '\t', '"', '\\', '<', '&', ']', '\u{b}', '\u{85}', '\u{2028}', '\u{ffff}', '李', '🎉', ' ']),
    ];
    proptest::collection::vec(letter, 1..24).prop_map(String::from_iter)
}

/// A document of any words at all: one entity, quote and role over all its text.
fn any_document() -> impl Strategy<Value = Document> {
    (letters(), letters(), letters(), proptest::option::of("[a-z|%\\[\\]{}^\"# ]{0,12}"), any::<f32>()).prop_map(
        |(text, name, keyword, path, confidence)| {
            let mut b = Builder::new(&text);
            let span = Span::new(0, text.len());
            b.block(BlockKind::Headline, &text, &text);
            let other_names = vec![keyword.clone()];
            b.document.entities.push(Entity { other_names, ..Entity::new(Kind::Person, name.clone()) });
            b.document.mentions.push(Mention { span, entity: 0, confidence });
            b.document.quotes.push(Quote { span, cue: Some(span), speaker: Some(Speaker { span, entity: None }) });
            b.role(0, &text, Tenure::Current, &text).confidence = confidence;
            b.role(0, &text, Tenure::Current, &text).standing = said_in(0);
            b.document.article.metadata = Metadata {
                url: path.and_then(|path| format!("https://news.example/{path}").parse().ok()),
                authors: vec![name.clone()],
                publisher: Some(keyword.clone()),
                section: Some(name),
                keywords: vec![keyword.clone()],
                language: Some(if confidence > 0.5 { "en-GB".into() } else { keyword }),
                ..Metadata::default()
            };
            b.document
        },
    )
}

proptest! {
    #[test]
    fn any_words_survive_every_format(document in any_document()) {
        let quads = graph::quads(&document, &full());
        let all: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
        for quad in &quads {
            let Term::NamedNode(object) = &quad.object else { continue };
            prop_assert!(NamedNode::new(object.as_str()).is_ok(), "{}", object);
        }
        for format in Format::ALL {
            let read = read(&written(quads.clone(), format), format.rdf());
            if format.has_graphs() {
                prop_assert_eq!(&read, &all, "{}", format);
            } else {
                let merged = quads.iter().map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object));
                prop_assert_eq!(&read, &merged.collect(), "{}", format);
            }
        }
    }

    #[test]
    fn any_words_keep_their_characters(document in any_document()) {
        let quads = graph::quads(&document, &full());
        for quad in quads.iter().filter(|quad| quad.predicate == itsrdf::TA_IDENT_REF) {
            let NamedOrBlankNode::NamedNode(mention) = &quad.subject else { continue };
            let words = &literals(&quads, mention, nif::ANCHOR_OF)[0];
            prop_assert_eq!(words.chars().count(), document.article.text.chars().count());
        }
    }
}

#[test]
fn a_store_gives_back_what_was_written_but_for_the_type_of_counts() {
    let quads = graph::quads(&bridge(), &full());
    let store = Store::new().unwrap();
    store.extend(quads.clone()).unwrap();
    // Oxigraph keeps the value of a count and not which kind of integer it was declared to be.
    let count = |text: String| text.replace("XMLSchema#nonNegativeInteger", "XMLSchema#integer");
    let kept: BTreeSet<String> = store.iter().map(|quad| count(quad.unwrap().to_string())).collect();
    assert_eq!(kept, quads.iter().map(|quad| count(quad.to_string())).collect());
}
