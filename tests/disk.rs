//! A knowledge base on disk in Oxigraph's own store: it answers as the one in memory does, after whatever happened to either.

#![cfg(feature = "rocksdb")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use newsgraph::base::{Answer, ArticleGraph, Asked, EXAMPLES, KnowledgeBase, Query, Update, read_file};
use newsgraph::identity::Profiles;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, Term};
use proptest::prelude::*;

/// Everything that a query can tell apart: each quad of each graph, the merge, two graphs merged, and the graphs.
const QUESTIONS: [&str; 6] = [
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o }",
    "SELECT ?s ?p ?o FROM <https://a.example/denial> FROM <https://b.example/meeting> { ?s ?p ?o }",
    "SELECT ?g ?o FROM NAMED <https://a.example/denial> FROM <https://b.example/plan> { ?s a ?o . GRAPH ?g { ?s a ?o } }",
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g { GRAPH ?g {} }",
];

/// Articles with claims that dispute, figures that differ, and shared things.
fn articles() -> Vec<ArticleGraph> {
    let mut graphs: BTreeMap<String, ArticleGraph> = BTreeMap::new();
    for file in ["dispute", "differing", "newsroom"] {
        for quad in read_file(Path::new(&format!("tests/queries/{file}.trig"))).unwrap() {
            let quad = quad.unwrap();
            let GraphName::NamedNode(article) = quad.graph_name.clone() else { panic!("{quad} lies in no graph") };
            let graph = graphs.entry(article.as_str().to_owned()).or_insert_with(|| ArticleGraph {
                article,
                digest: [0; 32],
                quads: Vec::new(),
                profiles: Profiles::default(),
            });
            graph.quads.push(quad);
        }
    }
    graphs.into_values().collect()
}

/// An article as a later look read it: without some of what it said.
fn reread(article: &ArticleGraph, version: u8) -> ArticleGraph {
    let mut read = article.clone();
    read.digest[0] = version;
    let kept = read.quads.len() - usize::from(version) % 5;
    read.quads.truncate(kept);
    read
}

/// The rows of an answer, sorted, with numbers by their value: Oxigraph's store does not keep how they were written.
fn answer<'a>(question: &str, asked: impl Into<Asked<'a>>) -> Vec<String> {
    let Answer::Rows { rows, .. } = Query::parse(question, "question").unwrap().run(asked).unwrap() else {
        panic!("{question} asks for rows")
    };
    let by_value = |term: &Term| match term {
        Term::Literal(literal) if literal.datatype().as_str().ends_with("nteger") => {
            Literal::from(literal.value().parse::<i64>().unwrap()).to_string()
        }
        Term::Literal(literal) if literal.datatype() == xsd::DECIMAL => {
            Literal::from(literal.value().parse::<f64>().unwrap()).to_string()
        }
        term => term.to_string(),
    };
    let mut rows: Vec<String> = rows
        .map(|row| row.unwrap().iter().map(|(name, term)| format!("{name} {} ", by_value(term))).collect())
        .collect();
    rows.sort();
    rows
}

fn assert_same(base: &KnowledgeBase) {
    let memory = base.dataset().unwrap();
    let disk = base.on_disk(&mut |_, _| {}).unwrap();
    for question in QUESTIONS {
        assert_eq!(answer(question, &disk), answer(question, &memory), "{question}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Replace(usize, u8),
    Revise(usize, u8),
    Retract(usize),
    Own(u8),
    DropOwn,
    Empty,
    LoseState,
    CutState,
    LoseStore,
    LoseFile,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..11usize, 0..6u8).prop_map(|(n, version)| Step::Replace(n, version)),
        3 => (0..11usize, 0..6u8).prop_map(|(n, version)| Step::Revise(n, version)),
        2 => (0..11usize).prop_map(Step::Retract),
        2 => any::<u8>().prop_map(Step::Own),
        1 => Just(Step::DropOwn),
        1 => Just(Step::Empty),
        1 => Just(Step::LoseState),
        1 => Just(Step::CutState),
        1 => Just(Step::LoseStore),
        1 => Just(Step::LoseFile),
    ]
}

fn update(base: &KnowledgeBase, text: &str) {
    base.update(&Update::parse(text, "update").unwrap()).unwrap();
}

fn take(step: &Step, base: &KnowledgeBase, articles: &[ArticleGraph]) {
    let beside = |name: &str| base.directory().join(name);
    match step {
        Step::Replace(n, version) => {
            base.replace(vec![reread(&articles[n % articles.len()], *version)]).unwrap();
        }
        Step::Revise(n, version) => {
            base.revise(vec![reread(&articles[n % articles.len()], *version)]).unwrap();
        }
        Step::Retract(n) => {
            base.retract(&[articles[n % articles.len()].article.clone()]).unwrap();
        }
        Step::Own(n) => update(
            base,
            &format!(
                "INSERT DATA {{ GRAPH <https://me.example/notes> {{ <https://newsgraph.example/ek> rdfs:comment {n} }} }}"
            ),
        ),
        Step::DropOwn => update(base, "DROP SILENT GRAPH <https://me.example/notes>"),
        Step::Empty => update(base, "CREATE SILENT GRAPH <https://me.example/empty>"),
        Step::LoseState => drop(fs::remove_file(beside("oxigraph.state"))),
        Step::CutState => drop(fs::write(beside("oxigraph.state"), [7; 9])),
        Step::LoseStore => drop(fs::remove_dir_all(beside("oxigraph"))),
        Step::LoseFile => drop(fs::remove_file(beside("oxigraph/CURRENT"))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_store_on_disk_answers_as_the_one_in_memory_whatever_happens(
        steps in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..6),
    ) {
        let articles = articles();
        let directory = tempfile::tempdir().unwrap();
        let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
        for batch in steps {
            batch.iter().for_each(|step| take(step, &base, &articles));
            assert_same(&base);
        }
    }
}

#[test]
fn only_graphs_that_changed_are_written() {
    let articles = articles();
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles.clone()).unwrap();
    let written = || {
        let mut steps = Vec::new();
        drop(base.on_disk(&mut |done, all| steps.push((done, all))).unwrap());
        steps.last().copied()
    };
    assert_eq!(written(), Some((articles.len(), articles.len())));
    assert_eq!(written(), None);
    update(&base, "INSERT DATA { GRAPH <https://me.example/notes> { <https://me.example/1> rdfs:label \"Mine\" } }");
    assert_eq!(written(), Some((1, 1)));
    // A claim that nobody disputes any more changes the graphs of those who did.
    base.retract(&[articles.iter().find(|graph| graph.article.as_str().ends_with("denial")).unwrap().article.clone()])
        .unwrap();
    let (done, all) = written().unwrap();
    assert!(done == all && all > 1 && all < articles.len(), "{done} of {all}");
    assert_same(&base);
}

#[test]
fn a_store_that_is_lost_is_made_anew() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles()).unwrap();
    for loss in [Step::LoseStore, Step::LoseFile, Step::LoseState, Step::CutState] {
        assert_same(&base);
        take(&loss, &base, &[]);
        assert_same(&base);
        // The same where little has changed since.
        take(&loss, &base, &[]);
        take(&Step::Own(7), &base, &[]);
        assert_same(&base);
        take(&Step::DropOwn, &base, &[]);
    }
}

#[test]
fn ready_questions_are_answered_alike() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles()).unwrap();
    let (memory, disk) = (base.dataset().unwrap(), base.on_disk(&mut |_, _| {}).unwrap());
    let mut rows = 0;
    for example in EXAMPLES {
        let found = answer(example.text, &disk);
        assert_eq!(found, answer(example.text, &memory), "{}", example.name);
        rows += found.len();
    }
    assert!(rows > 50, "the ready questions found only {rows} rows");
}

#[test]
fn two_readers_share_the_store_and_none_sees_it_change() {
    let articles = articles();
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles[..2].to_vec()).unwrap();
    let one = base.on_disk(&mut |_, _| {}).unwrap();
    let other = base.on_disk(&mut |_, _| {}).unwrap();
    let before = answer(QUESTIONS[0], &one);
    base.replace(articles[2..4].to_vec()).unwrap();
    assert_eq!(answer(QUESTIONS[0], &other), before);
    drop((one, other));
    assert_same(&base);
}
