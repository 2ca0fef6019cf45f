//! A store that a test plays, with the faults that it is told to have.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// What the played store holds and how it behaves.
#[derive(Default)]
pub(crate) struct Played {
    /// Graphs to the number of their triples.
    pub(crate) graphs: BTreeMap<String, usize>,
    /// "PUT https://news.example/1", "update", "query".
    pub(crate) log: Vec<String>,
    /// How many of the next PUTs are answered with 503.
    pub(crate) busy: usize,
    /// The graph that is counted wrong.
    pub(crate) wrong: Option<String>,
    /// Whether PUT is unknown.
    pub(crate) only_updates: bool,
    /// Whether a Digest is asked for.
    pub(crate) guarded: bool,
    /// What becomes of triple terms.
    pub(crate) terms: Terms,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Terms {
    /// A graph with one is no Turtle.
    #[default]
    Refused,
    /// They are taken, and nothing of them is found again.
    Lost,
    Kept,
}

/// What RDF 1.2 writes before a triple term.
const TERM: &str = "reifies> <<(";

pub(crate) type Shared = Arc<Mutex<Played>>;

pub(crate) fn play(played: Played) -> (Shared, String) {
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

/// Answers one request, after which the connection is to be closed.
pub(crate) fn answer(stream: impl Read + Write, state: &Shared) {
    let mut reader = BufReader::new(stream);
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
    let _ = reader.get_mut().write_all(reply.as_bytes());
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
            _ if self.terms == Terms::Refused && body.contains(TERM) => nothing(400),
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
        let asks_for_term = query.contains("reifies> ?t") || query.contains("<<(");
        if asks_for_term && self.terms == Terms::Kept {
            let node = "{\"type\":\"uri\",\"value\":\"https://w3id.org/newsgraph/trial\"}";
            let term = format!(
                "{{\"type\":\"triple\",\"value\":{{\"subject\":{node},\"predicate\":{node},\"object\":{node}}}}}"
            );
            return format!("{{\"head\":{{\"vars\":[\"t\"]}},\"results\":{{\"bindings\":[{{\"t\":{term}}}]}}}}");
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
