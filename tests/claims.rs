//! What is only claimed is never asserted: over all example articles, and over pairs of articles in a knowledge base.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use newsgraph::article::{Article, Block, BlockKind, Metadata, Origin};
use newsgraph::base::{Answer, ArticleGraph, KnowledgeBase, Query};
use newsgraph::document::Document;
use newsgraph::graph::{self, Options};
use newsgraph::pipeline::Pipeline;
use newsgraph::source;
use newsgraph::span::{CodePoints, Span};
use newsgraph::vocab::{news, org, rdf, schema, sem};
use oxigraph::model::{NamedNodeRef, Quad, Term};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::built_in().expect("the built-in files are sound"));

/// Every example article, read.
static EXAMPLES: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let options = source::Options::built_in().unwrap();
    let records = source::records(&[PathBuf::from("examples/articles")], &options);
    let articles = records.map(|record| record.unwrap().article(&options).unwrap());
    newsgraph::parallel::map(articles, |article| PIPELINE.read(article)).collect()
});

/// A graph as subject, predicate and object in Turtle.
struct Triples(BTreeSet<[String; 3]>);

impl Triples {
    fn of(quads: &[Quad]) -> Self {
        let parts = |quad: &Quad| [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string()];
        Self(quads.iter().map(parts).collect())
    }

    fn objects(&self, subject: &str, predicate: NamedNodeRef<'_>) -> Vec<&str> {
        let predicate = predicate.to_string();
        self.0.iter().filter(|[s, p, _]| s == subject && *p == predicate).map(|[.., object]| object.as_str()).collect()
    }

    fn of_type(&self, class: NamedNodeRef<'_>) -> Vec<&str> {
        let (predicate, class) = (rdf::TYPE.to_string(), class.to_string());
        self.0.iter().filter(|[_, p, o]| *p == predicate && *o == class).map(|[subject, ..]| subject.as_str()).collect()
    }

    /// The triple of a statement or claim.
    fn reified(&self, node: &str) -> [String; 3] {
        [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|part| self.objects(node, part).concat())
    }

    fn holds(&self, triple: &[String; 3]) -> bool {
        self.0.contains(triple)
    }
}

fn read(text: &str, address: &str) -> Document {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
    let origin = Origin { path: "test".into(), line: None };
    let metadata = Metadata { url: Some(address.parse().unwrap()), ..Metadata::default() };
    PIPELINE.read(Article { origin, text: Arc::from(text), blocks, metadata })
}

/// The code points of a piece of evidence.
fn place(evidence: &str) -> Range<usize> {
    let (_, place) = evidence.trim_end_matches('>').rsplit_once("char=").unwrap();
    let (start, end) = place.split_once(',').unwrap();
    start.parse().unwrap()..end.parse().unwrap()
}

#[test]
fn no_claimed_triple_is_asserted_unless_the_article_also_states_it() {
    let mut claims = 0;
    for document in EXAMPLES.iter() {
        let triples = Triples::of(&graph::quads(document, &Options::default()));
        let stated: BTreeSet<_> = triples.of_type(news::STATEMENT).iter().map(|node| triples.reified(node)).collect();
        for claim in triples.of_type(news::CLAIM) {
            let triple = triples.reified(claim);
            let is_event = triple[2] == sem::EVENT.to_string();
            // That an event took place is stated at its own node, with the words that tell it.
            let told = is_event && !triples.objects(&triple[0], news::EVIDENCE).is_empty();
            assert!(
                !triples.holds(&triple) || stated.contains(&triple) || told,
                "{}: {triple:?}",
                document.article.origin
            );
            claims += 1;
        }
    }
    assert!(claims > 50, "the examples hold {claims} claims only");
}

#[test]
fn what_did_perhaps_not_happen_has_nothing_that_events_have() {
    let mut reported = 0;
    for document in EXAMPLES.iter() {
        let triples = Triples::of(&graph::quads(document, &Options::default()));
        for event in triples.of_type(news::REPORTED_EVENT) {
            let of_events = triples.0.iter().find(|[s, p, o]| {
                let predicates =
                    [news::AGENT, news::PATIENT, news::RECIPIENT, news::INSTRUMENT, news::PARTICIPANT, sem::HAS_PLACE];
                s == event
                    && (*o == sem::EVENT.to_string() || predicates.iter().any(|predicate| *p == predicate.to_string()))
            });
            assert_eq!(of_events, None, "{}", document.article.origin);
            reported += 1;
        }
    }
    assert!(reported > 20, "the examples hold {reported} reported events only");
}

/// Whatever is stated, stands somewhere outside of all that is attributed to somebody: found without looking at how a
/// proposition stands, from the places alone.
#[test]
fn what_an_article_asserts_it_says_outside_of_what_it_attributes() {
    let mut wrong = Vec::new();
    for document in EXAMPLES.iter() {
        let triples = Triples::of(&graph::quads(document, &Options::default()));
        let points = CodePoints::new(&document.article.text);
        let contents = document.attributions.iter().flat_map(|it| &it.content).map(|span| points.range(*span));
        let contents: Vec<Range<usize>> = contents.collect();
        let quotes: Vec<Range<usize>> = document.quotes.iter().map(|quote| points.range(quote.span)).collect();
        for node in triples.of_type(news::STATEMENT).into_iter().chain(triples.of_type(sem::EVENT)) {
            let evidence: Vec<Range<usize>> =
                triples.objects(node, news::EVIDENCE).iter().map(|it| place(it)).collect();
            // In its own words, the article names people by their posts itself: "she said that Mayor Jon Dahl had left".
            let predicate = &triples.reified(node)[1];
            let is_post = [schema::JOB_TITLE, org::MEMBER_OF].iter().any(|it| *predicate == it.to_string());
            let others = if is_post { &quotes } else { &contents };
            let is_attributed =
                |place: &Range<usize>| others.iter().any(|other| other.start <= place.start && place.end <= other.end);
            if evidence.iter().all(is_attributed) {
                let text: Vec<char> = document.article.text.chars().collect();
                let words: String = evidence.first().map(|it| text[it.clone()].iter().collect()).unwrap_or_default();
                wrong.push(format!("{}: {words}: {:?}", document.article.origin, triples.reified(node)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every plain triple about a person's post or organisation is backed by a statement.
#[test]
fn plain_posts_have_statements() {
    for document in EXAMPLES.iter() {
        let triples = Triples::of(&graph::quads(document, &Options::default()));
        let stated: BTreeSet<_> = triples.of_type(news::STATEMENT).iter().map(|node| triples.reified(node)).collect();
        let plain = [schema::JOB_TITLE, org::MEMBER_OF].map(|predicate| predicate.to_string());
        for triple in triples.0.iter().filter(|[_, predicate, _]| plain.contains(predicate)) {
            assert!(stated.contains(triple), "{}: {triple:?}", document.article.origin);
        }
    }
}

fn base_of(articles: &[(&str, &str)]) -> (tempfile::TempDir, KnowledgeBase) {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
    let graphs = articles.iter().enumerate().map(|(number, (address, text))| {
        let document = read(text, address);
        let options = Options::default();
        ArticleGraph {
            article: graph::article_iri(&document.article, &options),
            digest: [u8::try_from(number).unwrap(); 32],
            quads: graph::quads(&document, &options),
            profiles: graph::profiles(&document, &options, PIPELINE.resources()),
        }
    });
    base.replace(graphs.collect()).unwrap();
    (directory, base)
}

/// Which claims are linked: by source, link and source.
fn linked(base: &KnowledgeBase) -> BTreeSet<String> {
    let query = "SELECT ?one ?link ?other { VALUES ?link { news:supports news:disputes } \
        ?a ?link ?b . ?a news:source/rdfs:label ?one . ?b news:source/rdfs:label ?other }";
    let dataset = base.dataset().unwrap();
    let Answer::Rows { rows, .. } = Query::parse(query, "test").unwrap().run(&dataset).unwrap() else { panic!() };
    let cell = |cell: &Option<Term>| match cell {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(Term::NamedNode(node)) => node.as_str().rsplit_once('#').unwrap().1.to_owned(),
        _ => String::new(),
    };
    rows.map(|row| row.unwrap().values().iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn claims_of_two_articles_meet_in_a_base() {
    let holm = "“Karin Holm, the president of Norden Bank, is well,” Anna Lind said. Ms Lind spoke in Oslo.";
    let other = "“Karin Holm, the president of Norden Bank, is ill,” said Bo Ek. Mr Ek spoke in Bergen.";
    let articles = [("https://a.example/1", holm), ("https://b.example/2", other)];
    let (_directory, base) = base_of(&articles);
    let links = linked(&base);
    assert_eq!(links, BTreeSet::from(["Anna Lind supports Bo Ek", "Bo Ek supports Anna Lind"].map(str::to_owned)));
    let (_directory, reversed) = base_of(&[articles[1], articles[0]]);
    assert_eq!(linked(&reversed), links, "whatever the order");
}

#[test]
fn what_one_source_says_twice_supports_nothing() {
    let text = "“Karin Holm, the president of Norden Bank, is ill,” said Bo Ek.";
    let (_directory, base) = base_of(&[("https://a.example/1", text), ("https://b.example/2", text)]);
    assert_eq!(linked(&base), BTreeSet::new());
}

#[test]
fn a_denial_and_what_it_denies_are_claims_that_dispute_each_other() {
    let text = "The minister, Bo Ek, denied that he had met Cy Lund. Anna Lind said that Mr Ek had met Cy Lund.";
    let document = read(text, "https://a.example/1");
    let triples = Triples::of(&graph::quads(&document, &Options::default()));
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for claim in triples.of_type(news::CLAIM) {
        if triples.reified(claim)[2] == sem::EVENT.to_string() {
            let polarity = triples.objects(claim, news::POLARITY).concat();
            told.insert(triples.objects(claim, news::SOURCE).concat(), polarity);
        }
    }
    let kb = |name: &str| format!("<https://newsgraph.example/person/{name}>");
    let expected = [(kb("anna-lind"), news::AFFIRMED.to_string()), (kb("bo-ek"), news::DENIED.to_string())];
    assert_eq!(told, BTreeMap::from(expected));
    let disputes = news::DISPUTES.to_string();
    assert_eq!(triples.0.iter().filter(|[_, predicate, _]| *predicate == disputes).count(), 2, "both ways");
    assert!(triples.of_type(sem::EVENT).is_empty(), "the meeting is no fact");
}

/// Whatever negates the word that tells an event, in the article's own voice too, keeps it from being one: read off the tree alone.
#[test]
fn no_event_is_told_by_a_negated_word() {
    let mut told = 0;
    for document in EXAMPLES.iter() {
        let triples = Triples::of(&graph::quads(document, &Options::default()));
        let points = CodePoints::new(&document.article.text);
        let (text, all) = (&document.text, document.text.tokens());
        for event in triples.of_type(sem::EVENT) {
            let lemma = triples.objects(event, news::LEMMA).concat();
            let places: Vec<Range<usize>> = triples.objects(event, news::EVIDENCE).iter().map(|it| place(it)).collect();
            let is_told = |token: &usize| {
                let own = points.range(all[*token].span);
                let is_verb = all[*token].pos == "VERB" && lemma == format!("\"{}\"", all[*token].lemma);
                is_verb && places.iter().any(|place| place.start <= own.start && own.end <= place.end)
            };
            let tellers: Vec<usize> = (0..all.len()).filter(is_told).collect();
            let is_negated = |&token: &usize| text.children_by(token, &["neg"]).next().is_some();
            told += tellers.len();
            assert!(
                tellers.is_empty() || !tellers.iter().all(is_negated),
                "{}: {event} {lemma} is negated",
                document.article.origin
            );
        }
    }
    assert!(told > 100, "the examples tell {told} events by a verb only");
}

/// By which events a membership of the only person in a text has ended, and whether the post is current.
fn ended(text: &str) -> (usize, bool) {
    let triples = Triples::of(&graph::quads(&read(text, "https://a.example/1"), &Options::default()));
    let posts = triples.of_type(org::MEMBERSHIP);
    let ends = posts.iter().flat_map(|post| triples.objects(post, news::ENDED_BY));
    let ends: Vec<&str> = ends.collect();
    let events = triples.of_type(sem::EVENT);
    assert!(ends.iter().all(|end| events.contains(end)), "what ends a post is an event: {text}");
    let current = posts.iter().any(|post| triples.objects(post, news::TENURE).concat() == news::CURRENT.to_string());
    (ends.len(), current)
}

#[test]
fn a_post_ends_by_what_the_article_states() {
    assert_eq!(ended("Chairman Anna Lind spoke in Oslo. Ms Lind resigned."), (1, false));
    assert_eq!(ended("Chairman Anna Lind resigned in Oslo."), (1, false));
}

#[test]
fn a_post_does_not_end_by_what_is_denied_claimed_or_planned() {
    let texts = [
        "Chairman Anna Lind spoke in Oslo. Ms Lind did not resign.",
        "Chairman Anna Lind spoke in Oslo. Ms Lind denied that she had resigned.",
        "Chairman Anna Lind spoke in Oslo. Ms Lind plans to resign.",
        "Chairman Anna Lind spoke in Oslo. Ms Lind has reportedly resigned.",
        "Chairman Anna Lind spoke in Oslo. The Herald said that Ms Lind had resigned.",
        "Chairman Anna Lind spoke in Oslo. Ms Lind resigned from the army.",
    ];
    for text in texts {
        assert_eq!(ended(text), (0, true), "{text}");
    }
}
