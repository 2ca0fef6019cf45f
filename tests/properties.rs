//! What holds for every text, tried on texts in many scripts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use newsgraph::Span;
use newsgraph::article::{Article, Block, BlockKind, Metadata, Origin};
use newsgraph::base::{ArticleGraph, KnowledgeBase};
use newsgraph::document::Document;
use newsgraph::graph::{self, Options};
use newsgraph::pipeline::Pipeline;
use newsgraph::vocab::nif;
use oxigraph::model::{Quad, Term};
use proptest::prelude::*;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::built_in().unwrap());

/// Sentences of news with names, titles and quotes, in which other scripts and signs stand.
fn sentence() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "Zoë Ng",
        "Łukasz Wójcik",
        "José Ñáñez",
        "李雷",
        "Ann Okafor",
        "Siân O’Brien",
        "Ольга Иванова",
        "Bo 🎉 Berg",
        "e\u{301}milie Roux",
        "Ministry of Health",
        "São Paulo",
        "the 🇫🇷 French",
    ]);
    let sign = prop_oneof!["[ a-zA-Zéü东京🎉👩‍🚒—“”'\"().,;\u{a0}\u{200d}]{0,12}", "\\PC{0,8}"];
    (name.clone(), sign, name, 0..5).prop_map(|(one, sign, two, form)| match form {
        0 => format!("Health Minister {one} told {sign} {two} on Monday."),
        1 => format!("“We {sign} won’t wait,” said {one}, the mayor of {two}."),
        2 => format!("{one} {sign} met former president {two} in Genève."),
        3 => format!("\"{sign}\" {one} said. \"{two} is wrong.\""),
        _ => format!("{sign}{one}’s lawyer, {two}, denied it."),
    })
}

/// Paragraphs of such sentences, under a headline or none.
fn article() -> impl Strategy<Value = Article> {
    (any::<bool>(), prop::collection::vec(prop::collection::vec(sentence(), 1..4), 1..4)).prop_map(
        |(titled, blocks)| {
            let mut text = String::new();
            let mut spans = Vec::new();
            for (i, sentences) in blocks.iter().enumerate() {
                text += if i == 0 { "" } else { "\n\n" };
                let kind = if i == 0 && titled { BlockKind::Headline } else { BlockKind::Paragraph };
                let start = text.len();
                text += &sentences.join(" ");
                spans.push(Block { kind, span: Span::new(start, text.len()) });
            }
            let origin = Origin { path: PathBuf::from("made"), line: None };
            Article { origin, text: text.into(), blocks: spans, metadata: Metadata::default() }
        },
    )
}

fn spans(document: &Document) -> Vec<Span> {
    let mentions = document.mentions.iter().map(|mention| mention.span);
    let quotes = document.quotes.iter().flat_map(|quote| {
        [Some(quote.span), quote.cue, quote.speaker.map(|speaker| speaker.span)].into_iter().flatten()
    });
    let attributions = document.attributions.iter().flat_map(|attribution| {
        let source = attribution.source.map(|source| source.span);
        attribution.content.iter().copied().chain(attribution.cue).chain(source)
    });
    let roles = document.roles.iter().flat_map(|role| [role.title, role.evidence]);
    let tokens = document.text.tokens().iter().map(|token| token.span);
    mentions.chain(quotes).chain(attributions).chain(roles).chain(tokens).collect()
}

/// What a subject has for a predicate.
fn objects<'a>(quads: &'a [Quad], of: &'a Quad, predicate: oxigraph::model::NamedNodeRef<'a>) -> Vec<&'a str> {
    let same = move |quad: &&Quad| quad.subject == of.subject && quad.predicate == predicate;
    quads
        .iter()
        .filter(same)
        .filter_map(|quad| match &quad.object {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_stands_on_whole_characters_inside_one_block(article in article()) {
        let text: Arc<str> = article.text.clone();
        let blocks = article.blocks.clone();
        let document = PIPELINE.read(article);
        for span in spans(&document) {
            prop_assert!(!span.is_empty(), "an empty span at {}", span.start);
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character of {text:?}");
            prop_assert!(blocks.iter().any(|block| block.span.contains(span)), "{span:?} leaves its block");
        }
    }

    #[test]
    fn offsets_in_rdf_are_code_points_of_the_words_given(article in article()) {
        let text: Vec<char> = article.text.chars().collect();
        let quads = graph::quads(&PIPELINE.read(article), &Options::default());
        for anchor in quads.iter().filter(|quad| quad.predicate == nif::ANCHOR_OF) {
            let [begin] = objects(&quads, anchor, nif::BEGIN_INDEX)[..] else { panic!("{anchor} has no one begin") };
            let [end] = objects(&quads, anchor, nif::END_INDEX)[..] else { panic!("{anchor} has no one end") };
            let (begin, end): (usize, usize) = (begin.parse()?, end.parse()?);
            let words: String = text[begin..end].iter().collect();
            let Term::Literal(stated) = &anchor.object else { panic!("{anchor} is no literal") };
            prop_assert_eq!(stated.value(), words);
            let iri = anchor.subject.to_string();
            prop_assert!(iri.ends_with(&format!("char={begin},{end}>")), "{} is at {}-{}", iri, begin, end);
        }
    }

    #[test]
    fn the_same_bytes_give_the_same_quads(article in article()) {
        let once = graph::quads(&PIPELINE.read(article.clone()), &Options::default());
        let again = graph::quads(&PIPELINE.read(article), &Options::default());
        prop_assert_eq!(once, again);
    }

    #[test]
    fn the_order_of_articles_does_not_matter_to_a_base(articles in prop::collection::vec(article(), 2..4)) {
        let graphs: Vec<ArticleGraph> = articles
            .into_iter()
            .map(|article| {
                let options = Options::default();
                let name = graph::article_iri(&article, &options);
                ArticleGraph { article: name, digest: [0; 32], quads: graph::quads(&PIPELINE.read(article), &options), profiles: Default::default() }
            })
            .collect();
        let stored = |graphs: Vec<ArticleGraph>| {
            let directory = tempfile::tempdir().unwrap();
            let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
            for graph in graphs {
                base.replace(vec![graph]).unwrap();
            }
            base.graphs().unwrap().collect::<newsgraph::Result<Vec<_>>>().unwrap()
        };
        let backwards = graphs.iter().rev().cloned().collect();
        prop_assert_eq!(stored(graphs), stored(backwards));
    }
}
