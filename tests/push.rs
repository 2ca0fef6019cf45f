//! Pushing a base into a store that this test plays: faults, fallbacks, and what arrives.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use newsgraph::base::{ArticleGraph, KnowledgeBase};
use newsgraph::push::{self, Credentials, Patience, Report, Store, Target, Way};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, Quad};

/// What the played store holds and how it behaves.
#[derive(Default)]
struct Played {
    /// Graphs to the number of their triples.
    graphs: BTreeMap<String, usize>,
    /// "PUT https://news.example/1", "update", "query".
    log: Vec<String>,
    /// How many of the next PUTs are answered with 503.
    busy: usize,
    /// The graph that is counted wrong.
    wrong: Option<String>,
    /// Whether PUT is unknown.
    only_updates: bool,
    /// Whether a Digest is asked for.
    guarded: bool,
}

type Shared = Arc<Mutex<Played>>;

fn play(played: Played) -> (Shared, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let shared = Arc::new(Mutex::new(played));
    let state = Arc::clone(&shared);
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), &state);
        }
    });
    (shared, url)
}

/// Answers one request and closes the connection.
fn answer(mut stream: TcpStream, state: &Shared) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let (status, extra, text) = state.lock().unwrap().serve(&head[0], header("authorization"), &body);
    let reply =
        format!("HTTP/1.1 {status} Said\r\n{extra}Connection: close\r\nContent-Length: {}\r\n\r\n{text}", text.len());
    let _ = stream.write_all(reply.as_bytes());
}

impl Played {
    fn serve(&mut self, line: &str, authorization: Option<String>, body: &[u8]) -> (u16, &'static str, String) {
        let nothing = |status| (status, "", String::new());
        if self.guarded && authorization.is_none_or(|header| !header.starts_with("Digest ")) {
            return (401, "WWW-Authenticate: Digest realm=\"s\", nonce=\"n\", qop=\"auth\"\r\n", "who?".to_owned());
        }
        let body = String::from_utf8_lossy(body).into_owned();
        let graph = line.split_once("?graph=").map(|(_, rest)| decode(rest.split(' ').next().unwrap()));
        match (line.split(' ').next().unwrap(), graph) {
            ("PUT" | "DELETE", _) if self.only_updates => nothing(405),
            ("PUT", _) if self.busy > 0 => {
                self.busy -= 1;
                (503, "", "too busy".to_owned())
            }
            ("PUT", Some(graph)) => {
                self.log.push(format!("PUT {graph}"));
                self.graphs.insert(graph, body.lines().count());
                nothing(204)
            }
            ("DELETE", Some(graph)) => {
                self.log.push(format!("DELETE {graph}"));
                self.graphs.remove(&graph);
                nothing(204)
            }
            _ if body.starts_with("query=") => (200, "", self.count(&decode(&body))),
            _ if body.starts_with("DROP") || body.starts_with("INSERT") => {
                let graph = body.split(['<', '>']).nth(1).unwrap().to_owned();
                self.log.push(format!("{} {graph}", body.split(' ').next().unwrap()));
                if body.starts_with("DROP") {
                    self.graphs.remove(&graph);
                } else {
                    *self.graphs.entry(graph).or_default() += body.lines().count() - 2;
                }
                nothing(204)
            }
            _ => (400, "", "not understood".to_owned()),
        }
    }

    fn count(&self, query: &str) -> String {
        if query.contains("SELECT (1 AS ?n)") {
            return "{\"head\":{\"vars\":[\"n\"]},\"results\":{\"bindings\":[{\"n\":{\"type\":\"literal\",\"value\":\"1\"}}]}}".into();
        }
        let asked = self.graphs.iter().filter(|(graph, _)| query.contains(&format!("<{graph}>")));
        let rows = asked.map(|(graph, count)| {
            let count = count + usize::from(self.wrong.as_ref() == Some(graph));
            format!("{{\"g\":{{\"type\":\"uri\",\"value\":\"{graph}\"}},\"n\":{{\"type\":\"literal\",\"value\":\"{count}\"}}}}")
        });
        let rows = rows.collect::<Vec<_>>().join(",");
        format!("{{\"head\":{{\"vars\":[\"g\",\"n\"]}},\"results\":{{\"bindings\":[{rows}]}}}}")
    }
}

fn decode(text: &str) -> String {
    url::form_urlencoded::parse(format!("x={}", text.trim_start_matches("query=")).as_bytes()).next().unwrap().1.into()
}

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
    let dataset = base.dataset().unwrap();
    let plan = push::plan(base, &dataset, target.address.as_str(), false).unwrap();
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
