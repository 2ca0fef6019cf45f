//! `newsgraph query` and `newsgraph export` as a user meets them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use newsgraph::base::{ArticleGraph, KnowledgeBase};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};

const NEWSROOM: &str = "tests/queries/newsroom.trig";

/// Status, standard output and standard error of the program.
fn newsgraph(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("newsgraph").unwrap();
    let output = command.env_remove("COLUMNS").args(arguments).write_stdin(input).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), out, err)
}

/// A knowledge base of the newsroom's articles.
fn base(directory: &Path) -> KnowledgeBase {
    let base = KnowledgeBase::open_or_create(directory).unwrap();
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::TriG)
        .for_reader(fs::File::open(NEWSROOM).unwrap())
        .map(Result::unwrap)
        .collect();
    let graphs = quads.chunk_by(|a, b| a.graph_name == b.graph_name).map(|quads| {
        let GraphName::NamedNode(article) = quads[0].graph_name.clone() else { panic!("a triple in no article") };
        ArticleGraph { article, digest: [1; 32], quads: quads.to_vec(), profiles: Default::default() }
    });
    base.replace(graphs.collect()).unwrap();
    base
}

#[test]
fn rows_are_a_table() {
    let (status, out, err) = newsgraph(&["query", "--example", "most-quoted", NEWSROOM], "");
    assert_eq!(
        out,
        "\
speaker  quotes  articles
──────── ─────── ────────
Ann Roe       2         1
Gil Orr       1         1
"
    );
    assert!(err.starts_with("2 rows in "), "{err}");
    assert_eq!(status, 0);
}

#[test]
fn a_table_says_what_it_leaves_out() {
    let (_, out, err) = newsgraph(&["query", "SELECT ?s { ?s ?p ?o } ORDER BY ?s", NEWSROOM, "--limit", "3"], "");
    assert_eq!(out.lines().count(), 2 + 3);
    assert!(err.starts_with("… ") && err.contains(" more rows (--limit 0 shows all)"), "{err}");
}

#[test]
fn rows_are_written_in_each_format() {
    let query = "SELECT ?who ?name { ?who a schema:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 1";
    for (format, expected) in [
        ("csv", "who,name\r\nhttps://newsgraph.example/roe,Ann Roe\r\n"),
        ("tsv", "?who\t?name\n<https://newsgraph.example/roe>\t\"Ann Roe\"\n"),
        (
            "json",
            "{\"head\":{\"vars\":[\"who\",\"name\"]},\"results\":{\"bindings\":[{\"who\":{\"type\":\"uri\",\"value\":\
             \"https://newsgraph.example/roe\"},\"name\":{\"type\":\"literal\",\"value\":\"Ann Roe\"}}]}}",
        ),
    ] {
        let (status, out, _) = newsgraph(&["query", "-", NEWSROOM, "--to", format], query);
        assert_eq!((status, out.as_str()), (0, expected), "{format}");
    }
    let (_, out, _) = newsgraph(&["query", "-", NEWSROOM, "--to", "xml"], query);
    assert!(out.contains("<binding name=\"name\"><literal>Ann Roe</literal></binding>"), "{out}");
}

#[test]
fn triples_and_booleans_are_answers_too() {
    let construct = "CONSTRUCT { ?who a schema:Person } WHERE { GRAPH ?article { ?who a schema:Person } }";
    let (_, out, err) = newsgraph(&["query", construct, NEWSROOM, "--to", "ntriples"], "");
    let people = ["ek", "fox", "gil", "lund", "roe"].map(|name| {
        format!(
            "<https://newsgraph.example/{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
             <https://schema.org/Person> .\n"
        )
    });
    assert_eq!(out, people.concat());
    assert!(err.starts_with("5 triples in "), "{err}");
    let describe = newsgraph(&["query", "DESCRIBE <https://newsgraph.example/gil>", NEWSROOM], "").1;
    assert!(describe.contains("@prefix schema: <https://schema.org/> ."), "{describe}");
    assert!(describe.contains("schema:jobTitle \"forecaster\"@en"), "{describe}");
    assert_eq!(newsgraph(&["query", "ASK { ?who rdfs:label 'Gil Orr' }", NEWSROOM], "").1, "true\n");
}

#[test]
fn what_cannot_be_answered_is_explained() {
    for (arguments, expected) in [
        (
            &["query", "SELECT ?x {\n  ?x a schem:Person }", NEWSROOM][..],
            "error: query: line 2, column 8: the prefix schem: is not declared\n  2 |   ?x a schem:Person }\n    |        ^\n",
        ),
        (&["query", "DELETE WHERE { ?s ?p ?o }", NEWSROOM], "error: query: this is an update, and a query only reads"),
        (
            &["query", NEWSROOM, "ASK {}"],
            "error: tests/queries/newsroom.trig is a file or directory, and the query comes first",
        ),
        (&["query", "ASK {}"], "error: there is nothing to ask: name a knowledge base (--store DIR) or RDF files"),
        (&["query", "--example", "all", NEWSROOM], "error: there is no example query all; there are posts, "),
        (&["query", "ASK {}", "no.ttl"], "error: no.ttl: No such file or directory"),
        (&["query", "ASK {}", "Cargo.toml"], "error: Cargo.toml: its name does not tell a format of RDF"),
        (&["query", "ASK {}", "--store", "src"], "error: knowledge base src: there is none here"),
        (
            &["query", "SELECT * { ?s ?p ?o }", NEWSROOM, "--to", "turtle"],
            "error: the query answers with rows, which are not written as turtle",
        ),
        (
            &["query", "SELECT * { SERVICE <https://x.example/> { ?s ?p ?o } }", NEWSROOM],
            "error: query: SERVICE <https://x.example/>: queries do not reach out to other servers",
        ),
        (
            &[
                "query",
                "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a",
                NEWSROOM,
                "--timeout",
                "0.2",
            ],
            "error: query: no answer within 0.2 s",
        ),
    ] {
        let (status, out, err) = newsgraph(arguments, "");
        assert!(err.starts_with(expected), "{arguments:?}: {err}");
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn a_broken_rdf_file_is_named_with_its_line() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("broken.nt");
    fs::write(&file, "<https://a.example/s> <https://a.example/p> \"o\" .\n<https://a.example/s> oops\n").unwrap();
    let (status, _, err) = newsgraph(&["query", "ASK {}", file.to_str().unwrap()], "");
    assert!(err.starts_with(&format!("error: {}:2: ", file.display())), "{err}");
    assert_eq!(status, 2);
}

#[test]
fn a_base_and_its_exports_answer_alike() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("kb");
    base(&store);
    let store = store.to_str().unwrap();
    let ask = |data: &[&str]| newsgraph(&[&["query", "--example", "posts", "--to", "csv"], data].concat(), "").1;
    let expected = ask(&[NEWSROOM]);
    assert_eq!(expected.lines().count(), 4);
    assert_eq!(ask(&["--store", store]), expected);
    for name in ["kb.nq.gz", "kb.trig.zst", "kb.jsonld"] {
        let file = directory.path().join(name);
        let (status, _, err) = newsgraph(&["export", "--store", store, "--output", file.to_str().unwrap()], "");
        assert_eq!((status, err.as_str()), (0, ""), "{name}");
        assert_eq!(ask(&[file.to_str().unwrap()]), expected, "{name}");
    }
    let merged = directory.path().join("kb.ttl.gz");
    newsgraph(&["export", "--store", store, "--output", merged.to_str().unwrap()], "");
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let of = |data: &[&str]| newsgraph(&[&["query", count, "--to", "csv"], data].concat(), "").1;
    assert_eq!(of(&[merged.to_str().unwrap()]), of(&["--store", store]));
}

#[test]
fn one_article_is_exported() {
    let directory = tempfile::tempdir().unwrap();
    base(directory.path());
    let store = directory.path().to_str().unwrap();
    let article = "https://newsgraph.example/article/1";
    let (status, out, _) = newsgraph(&["export", "--store", store, "--article", article, "--to", "nt"], "");
    assert_eq!(status, 0);
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "<https://newsgraph.example/article/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/NewsArticle> .",
            "<https://newsgraph.example/article/1> <https://schema.org/mentions> <https://newsgraph.example/port> .",
            "<https://newsgraph.example/port> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Organization> .",
            "<https://newsgraph.example/port> <http://www.w3.org/2000/01/rdf-schema#label> \"Port Authority\" .",
            "<https://newsgraph.example/port> <http://www.w3.org/2004/02/skos/core#altLabel> \"the Port\" .",
        ]
    );
    let (status, out, err) = newsgraph(&["export", "--store", store, "--article", "https://a.example/none"], "");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("it does not hold <https://a.example/none>"), "{err}");
}

#[test]
fn examples_are_listed_and_shown() {
    let (_, list, _) = newsgraph(&["query", "--list"], "");
    assert!(
        list.lines().any(|line| line.starts_with("most-quoted ") && line.contains("Who is quoted most. ")),
        "{list}"
    );
    let (_, shown, _) = newsgraph(&["query", "--show", "most-quoted"], "");
    assert_eq!(shown, fs::read_to_string("queries/most-quoted.rq").unwrap());
}
