//! Pushing a base into a store that these tests play: faults, fallbacks, and what arrives.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod played;
mod tls;

use std::time::Duration;

use newsgraph::base::{ArticleGraph, KnowledgeBase};
use newsgraph::graph::write::Dialect;
use newsgraph::push::{self, Credentials, Patience, Report, Store, Target, Way};
use newsgraph::vocab::rdf;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, Quad};
use played::{Played, Shared, Terms, play};

fn article(n: u32, label: &str) -> ArticleGraph {
    let article = NamedNode::new(format!("https://news.example/{n}")).unwrap();
    let quads = vec![Quad::new(article.clone(), rdfs::LABEL, Literal::from(label), article.clone())];
    let mut digest = [0; 32];
    digest[..label.len()].copy_from_slice(label.as_bytes());
    ArticleGraph { article, digest, quads, profiles: Default::default() }
}

fn base(directory: &tempfile::TempDir) -> KnowledgeBase {
    let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
    base.replace((1..=3).map(|n| article(n, "first")).collect()).unwrap();
    base
}

fn target(url: &str) -> Target {
    Target {
        address: push::address(url).unwrap(),
        kind: None,
        query: None,
        update: None,
        graph_store: None,
        way: None,
        credentials: None,
        patience: Patience { timeout: Duration::from_secs(20), tries: 3, pause: Duration::ZERO },
    }
}

fn push_to(base: &KnowledgeBase, target: &Target) -> (Report, Store) {
    push_in(Dialect::Rdf11, base, target)
}

fn push_in(dialect: Dialect, base: &KnowledgeBase, target: &Target) -> (Report, Store) {
    let dataset = base.dataset().unwrap();
    let plan = push::plan(base, &dataset, target.address.as_str(), dialect, false).unwrap();
    let mut store = Store::connect(target).unwrap();
    let report = push::send(base, &dataset, target.address.as_str(), &plan, &mut store, |_| ()).unwrap();
    (report, store)
}

#[test]
fn only_what_changed_is_sent_and_what_is_gone_is_deleted() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    let (played, url) = play(Played { busy: 2, ..Played::default() });
    played.lock().unwrap().graphs.insert("https://others.example/".into(), 7);
    let (report, store) = push_to(&base, &target(&url));
    assert_eq!((report.sent, report.triples, store.way(), store.retries()), (3, 3, Way::GraphStore, 2));
    played.lock().unwrap().log.clear();

    base.replace(vec![article(2, "second")]).unwrap();
    base.retract(&[NamedNode::new("https://news.example/3").unwrap()]).unwrap();
    let (report, _) = push_to(&base, &target(&url));
    assert_eq!((report.sent, report.deleted), (1, 1));
    assert_eq!(played.lock().unwrap().log, ["PUT https://news.example/2", "DELETE https://news.example/3"]);
    assert_eq!(played.lock().unwrap().graphs["https://others.example/"], 7);
}

#[test]
fn without_the_graph_store_protocol_updates_are_sent() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    let (played, url) = play(Played { only_updates: true, ..Played::default() });
    let (report, store) = push_to(&base, &target(&url));
    assert_eq!((report.sent, store.way()), (3, Way::Update));
    assert_eq!(played.lock().unwrap().log[..2], ["DROP https://news.example/1", "INSERT https://news.example/1"]);
}

#[test]
fn what_is_counted_otherwise_is_named_and_sent_again() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    let (played, url) = play(Played { wrong: Some("https://news.example/2".into()), ..Played::default() });
    let (report, _) = push_to(&base, &target(&url));
    assert_eq!(report.sent, 2);
    let message = report.failures[0].to_string();
    assert!(message.ends_with("graph <https://news.example/2>: 1 triples were sent, and it holds 2"), "{message}");
    played.lock().unwrap().wrong = None;
    played.lock().unwrap().log.clear();
    assert_eq!(push_to(&base, &target(&url)).0.sent, 1);
    assert_eq!(played.lock().unwrap().log, ["PUT https://news.example/2"]);
}

#[test]
fn a_push_that_was_stopped_goes_on_where_it_stopped() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    let (played, url) = play(Played { busy: 100, ..Played::default() });
    let (report, _) = push_to(&base, &target(&url));
    let message = report.stopped.unwrap().to_string();
    assert!(message.contains("HTTP 503") && message.ends_with("too busy, tried 3 times"), "{message}");
    played.lock().unwrap().busy = 0;
    assert_eq!(push_to(&base, &target(&url)).0.sent, 3);
}

#[test]
fn a_digest_is_answered_and_the_password_stays_here() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    let (_played, url) = play(Played { guarded: true, ..Played::default() });
    let refused = Store::connect(&target(&url)).err().unwrap().to_string();
    assert!(refused.contains("HTTP 401") && refused.contains("set NEWSGRAPH_PUSH_USER"), "{refused}");
    let variable = |name: &str| match name {
        "NEWSGRAPH_PUSH_USER" => Some("ann".to_owned()),
        "NEWSGRAPH_PUSH_PASSWORD" => Some("hunter2".to_owned()),
        _ => None,
    };
    let credentials = Credentials::from_environment(variable).unwrap();
    let guarded = Target { credentials, ..target(&url) };
    assert!(!format!("{guarded:?}").contains("hunter2"));
    assert_eq!(push_to(&base, &guarded).0.sent, 3);
}

/// An article that states one thing, in five triples.
fn stating(n: u32) -> ArticleGraph {
    let article = article(n, "stating");
    let node = |name: &str| NamedNode::new(format!("https://news.example/{n}/{name}")).unwrap();
    let parts = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT]
        .map(|part| Quad::new(node("statement"), part, node("thing"), article.article.clone()));
    let plain = Quad::new(node("thing"), node("thing"), node("thing"), article.article.clone());
    let quads = [article.quads.clone(), parts.to_vec(), vec![plain]].concat();
    ArticleGraph { quads, ..article }
}

#[test]
fn in_another_dialect_only_what_it_says_otherwise_is_sent_anew() {
    let directory = tempfile::tempdir().unwrap();
    let base = base(&directory);
    base.replace(vec![stating(2)]).unwrap();
    let (played, url) = play(Played { terms: Terms::Kept, ..Played::default() });
    assert_eq!(push_to(&base, &target(&url)).0.triples, 1 + 5 + 1);
    let second = |played: &Shared| played.lock().unwrap().graphs["https://news.example/2"];
    for (dialect, triples) in [(Dialect::Rdf12, 3), (Dialect::Rdf11, 5)] {
        played.lock().unwrap().log.clear();
        let (report, _) = push_in(dialect, &base, &target(&url));
        assert_eq!((report.sent, report.triples), (1, triples));
        assert_eq!(played.lock().unwrap().log, ["PUT https://news.example/2"]);
        assert_eq!(second(&played) as u64, triples);
        assert_eq!(push_in(dialect, &base, &target(&url)).0.sent, 0);
    }
}

#[test]
fn a_store_is_asked_for_triple_terms_and_nothing_of_that_stays() {
    for (terms, dialect) in
        [(Terms::Kept, Dialect::Rdf12), (Terms::Lost, Dialect::Rdf11), (Terms::Refused, Dialect::Rdf11)]
    {
        let (played, url) = play(Played { terms, ..Played::default() });
        let mut store = Store::connect(&target(&url)).unwrap();
        assert_eq!(store.spoken_dialect(), dialect, "{terms:?}");
        assert!(played.lock().unwrap().log.is_empty(), "{terms:?}: asking without writing");
        assert_eq!(store.dialect().unwrap(), dialect, "{terms:?}");
        assert!(played.lock().unwrap().graphs.is_empty(), "{terms:?}");
        assert_eq!(store.way(), Way::GraphStore, "{terms:?}");
    }
}
