//! `newsgraph convert`.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use crate::{Desk, FIRE, STRIKE, record};

#[test]
fn an_article_becomes_turtle_on_standard_output() {
    let turtle = Desk::new().run("convert fire.txt").well();
    assert!(turtle.contains("@prefix schema: <https://schema.org/>"), "{turtle}");
    assert!(turtle.contains("a schema:NewsArticle"), "{turtle}");
    assert!(turtle.contains("\"Ann Okafor\""), "{turtle}");
}

#[test]
fn the_format_is_told_by_flag_or_file_name() {
    let desk = Desk::new();
    let quads = desk.run("convert fire.txt --to nquads").well();
    assert!(quads.lines().all(|line| line.starts_with('<') && line.ends_with("> .")), "{quads}");
    for name in ["fire.nq", "fire.nq.gz", "fire.nq.zst"] {
        assert_eq!(desk.run(&format!("convert fire.txt --output {name}")).well(), "");
    }
    assert_eq!(desk.read("fire.nq"), quads);

    let mut unzipped = String::new();
    let zipped = std::fs::File::open(desk.path().join("fire.nq.gz")).unwrap();
    flate2::read::GzDecoder::new(zipped).read_to_string(&mut unzipped).unwrap();
    assert_eq!(unzipped, quads);
    let zipped = std::fs::read(desk.path().join("fire.nq.zst")).unwrap();
    assert_eq!(zstd::decode_all(&zipped[..]).unwrap(), quads.as_bytes());
}

#[test]
fn standard_input_says_the_same_as_a_file() {
    let desk = Desk::new();
    assert_eq!(desk.run_on(FIRE, "convert -").well(), desk.run("convert fire.txt").well());
}

#[test]
fn every_format_can_be_read_back_to_the_same_triples() {
    use oxigraph::io::{RdfFormat, RdfParser};
    let desk = Desk::new();
    let triples = |name: &str| {
        let text = desk.run(&format!("convert fire.txt strike.txt --to {name}")).well();
        let format = match name {
            "jsonld" => RdfFormat::from_extension("jsonld"),
            "rdfxml" => RdfFormat::from_extension("rdf"),
            "ntriples" => Some(RdfFormat::NTriples),
            "nquads" => Some(RdfFormat::NQuads),
            "trig" => Some(RdfFormat::TriG),
            _ => Some(RdfFormat::Turtle),
        };
        let quads = RdfParser::from_format(format.unwrap()).for_slice(text.as_bytes());
        let triples = quads.map(|quad| oxigraph::model::Triple::from(quad.unwrap()).to_string());
        triples.collect::<std::collections::BTreeSet<String>>()
    };
    let turtle = triples("turtle");
    assert!(turtle.len() > 50, "{turtle:?}");
    for name in ["trig", "ntriples", "nquads", "rdfxml", "jsonld"] {
        assert_eq!(triples(name), turtle, "{name} says something else than turtle");
    }
}

#[test]
fn a_directory_gets_a_file_an_article() {
    let desk = Desk::new();
    desk.write("in/may/fire.txt", FIRE);
    desk.write("in/june/fire.txt", STRIKE);
    desk.write(
        "in/wire.jsonl",
        record("https://a.example/1", "2026-05-01", "Ann Roe wins", "Ann Roe won in Lindow.").repeat(2),
    );
    assert_eq!(desk.run("convert in --out-dir out --to nquads").well(), "");
    let files = walkdir::WalkDir::new(desk.path().join("out")).sort_by_file_name();
    let names: Vec<String> = files
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(desk.path()).unwrap().display().to_string())
        .collect();
    assert_eq!(names, ["out/june/fire.txt.nq", "out/may/fire.txt.nq", "out/wire.jsonl.1.nq", "out/wire.jsonl.2.nq"]);
    assert_eq!(desk.read("out/may/fire.txt.nq"), desk.run("convert fire.txt --to nquads").well());
}

#[test]
fn it_is_a_filter_that_answers_each_line_before_the_next() {
    let mut filter = Command::new(assert_cmd::cargo::cargo_bin!("newsgraph"))
        .args(["convert", "-", "--format", "jsonl", "--to", "nquads"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = filter.stdin.take().unwrap();
    let mut answers = BufReader::new(filter.stdout.take().unwrap());
    for url in ["https://a.example/1", "https://a.example/2"] {
        questions.write_all(record(url, "2026-05-01", "Ann Roe wins", "Ann Roe won in Lindow.").as_bytes()).unwrap();
        let mut answer = String::new();
        while !answer.contains(url) {
            assert_ne!(answers.read_line(&mut answer).unwrap(), 0, "no answer for {url}: {answer}");
        }
    }
    drop(questions);
    answers.read_to_end(&mut Vec::new()).unwrap();
    assert!(filter.wait().unwrap().success());
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let desk = Desk::new();
    let once = desk.run("convert fire.txt strike.txt --to trig").well();
    assert_eq!(desk.run("convert fire.txt strike.txt --to trig").well(), once);
    for threads in [1, 2, 5] {
        assert_eq!(desk.run(&format!("convert fire.txt strike.txt --to trig --threads {threads}")).well(), once);
    }
}

#[test]
fn minted_iris_begin_with_the_base() {
    let desk = Desk::new();
    let quads = desk.run("convert fire.txt --to nquads --base https://kb.example/news/").well();
    assert!(quads.contains("<https://kb.example/news/person/ann-okafor>"), "{quads}");
    assert!(!quads.contains("https://newsgraph.example/"), "{quads}");
    assert_eq!(desk.run("convert fire.txt --base news").status, 2);
}

#[test]
fn detail_and_text_are_a_choice() {
    let desk = Desk::new();
    let full = desk.run("convert fire.txt").well();
    let facts = desk.run("convert fire.txt --detail facts").well();
    assert!(full.contains("nif:anchorOf") && !facts.contains("nif:anchorOf"));
    assert!(facts.contains("#char="), "the evidence is gone: {facts}");
    assert!(!full.contains("nif:isString"));
    assert!(desk.run("convert fire.txt --with-text").well().contains("nif:isString"));
}

#[test]
fn fast_finds_the_plain_names_too_and_says_that_another_model_read_them() {
    let desk = Desk::new();
    let (default, fast) =
        (desk.run("convert strike.txt --to nquads").well(), desk.run("convert strike.txt --to nquads --fast").well());
    for quads in [&default, &fast] {
        assert!(quads.contains("<https://newsgraph.example/person/siri-dahl>"), "{quads}");
        assert!(quads.contains("<https://newsgraph.example/region/norway>"), "{quads}");
    }
    let model = |quads: &str| quads.lines().find(|line| line.contains("prov#used")).map(str::to_owned);
    assert_ne!(model(&default), model(&fast));
    assert_eq!(desk.run("convert strike.txt --fast --model other.safetensors").status, 2);
}
