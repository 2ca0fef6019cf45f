//! What each example query answers on the four articles of `queries/newsroom.trig`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use newsgraph::base::{Answer, Dataset, DatasetBuilder, EXAMPLES, Example, Query};
use oxigraph::model::{Literal, Term};

fn dataset(file: &str) -> Dataset {
    let mut builder = DatasetBuilder::default();
    builder.add_file(Path::new(file)).unwrap();
    builder.finish()
}

fn newsroom() -> Dataset {
    dataset("tests/queries/newsroom.trig")
}

/// The rows of an answer, cells between bars, IRIs without what all of their kind share.
fn rows(query: Query, dataset: &Dataset) -> Vec<String> {
    let Answer::Rows { rows, .. } = query.run(dataset).unwrap() else { panic!("not a SELECT query") };
    let cell = |cell: &Option<Term>| match cell {
        Some(Term::NamedNode(node)) => {
            node.as_str().rsplit_once("example/").map_or(node.as_str(), |(_, name)| name).to_owned()
        }
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(other) => other.to_string(),
        None => "-".to_owned(),
    };
    rows.map(|row| row.unwrap().values().iter().map(cell).collect::<Vec<_>>().join(" | ")).collect()
}

fn answers_of(dataset: &Dataset, name: &str, expected: &[&str]) {
    let query = Query::parse(Example::find(name).unwrap().text, name).unwrap();
    assert_eq!(rows(query, dataset), expected, "{name}");
}

fn answers(name: &str, expected: &[&str]) {
    answers_of(&newsroom(), name, expected);
}

/// What each example query answers on the three articles of `queries/dispute.trig`.
fn answers_of_dispute(name: &str, expected: &[&str]) {
    answers_of(&dataset("tests/queries/dispute.trig"), name, expected);
}

const HAPPENED: &str =
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type | http://semanticweb.cs.vu.nl/2009/11/sem/Event";

#[test]
fn disputed() {
    answers_of_dispute(
        "disputed",
        &[
            &format!("Ek met Lund | {HAPPENED} | Bo Ek | denial | the article itself | meeting"),
            &format!("Ek met Lund | {HAPPENED} | Bo Ek | denial | two officials | denial"),
        ],
    );
}

#[test]
fn outlets_differ() {
    answers_of_dispute(
        "outlets-differ",
        &[&format!("Ek met Lund | {HAPPENED} | A Wire | Bo Ek | B Post | the outlet itself")],
    );
}

/// A year holds the days in it, and a later, greater toll is an update.
#[test]
fn differing() {
    answers_on(
        "differing.trig",
        "differing",
        &[
            "Ann Roe | https://schema.org/birthDate | 1961-03-02 | first | Ann Roe | 1961-04-02 | second",
            "Ann Roe | https://schema.org/birthDate | 1961-04-02 | second | Ann Roe | 1961-03-02 | fourth",
            "Orre flood | https://w3id.org/newsgraph/ontology#deathToll | 31 | second | Orre flood | 40 | third",
        ],
    );
}

/// Two articles of one outlet count as two articles and one outlet.
#[test]
fn corroborated() {
    answers_on("differing.trig", "corroborated", &["Ann Roe | https://schema.org/birthDate | 1961-03-02 | 2 | 1"]);
}

#[test]
fn a_later_toll_updates_and_two_mayors_conflict() {
    let dataset = dataset("tests/queries/differing.trig");
    let pairs = |link: &str| {
        let query = format!(
            "SELECT ?one ?other {{ ?one {link} ?other FILTER(STR(?one) < STR(?other) || {link} = news:updates) }} ORDER BY ?one ?other"
        );
        rows(Query::parse(&query, "test").unwrap(), &dataset)
    };
    assert_eq!(pairs("news:updates"), ["b1 | a1", "c1 | a1"]);
    assert_eq!(pairs("news:conflictsWith"), ["a2 | b2", "b1 | c1", "b2 | d2", "m1 | m2"]);
}

/// That the two met is told by another article too, so only what the officials say of the dam is left.
#[test]
fn unnamed_only() {
    answers_of_dispute(
        "unnamed-only",
        &["two officials | Ministry of Water | Norden Dam | https://schema.org/founder | Bo Ek | denial"],
    );
}

/// Cy Lund is named inside the quotation, the dam behind it.
#[test]
fn said_about() {
    answers_of_dispute("said-about", &["Bo Ek | Cy Lund | direct | I never met Cy Lund. | denial"]);
}

/// The rows of an example's answer on one of the files of `tests/queries`.
fn answers_on(file: &str, name: &str, expected: &[&str]) {
    let mut builder = DatasetBuilder::default();
    builder.add_file(&Path::new("tests/queries").join(file)).unwrap();
    let query = Query::parse(Example::find(name).unwrap().text, name).unwrap();
    assert_eq!(rows(query, &builder.finish()), expected, "{name}");
}

/// The meeting that Ann Roe denies and the visit that she plans are no events.
#[test]
fn events_of_a_person() {
    answers_on(
        "events.trig",
        "events-of-a-person",
        &[
            "Ann Roe | 2025 | Ann Roe sold the mine | agent | happened | mine",
            "Cy Lund | 2025 | Ann Roe sold the mine | recipient | happened | mine",
            "Cy Lund | told 2026-03-01 | Cy Lund will open the mine | agent | to come | mine",
        ],
    );
}

#[test]
fn planned() {
    answers_on("events.trig", "planned", &["Ann Roe visit Norden Bank | Ann Roe | the article | mine"]);
}

#[test]
fn every_query_file_is_listed_with_title_and_description() {
    let files: BTreeSet<String> = fs::read_dir("queries")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".rq", ""))
        .collect();
    assert_eq!(EXAMPLES.iter().map(|example| example.name.to_owned()).collect::<BTreeSet<_>>(), files);
    for example in EXAMPLES {
        assert!(!example.title().is_empty() && !example.title().ends_with('.'), "{}", example.name);
        assert!(example.description().ends_with(['.', '\'']), "{}", example.name);
        assert!(example.text.lines().all(|line| line.chars().count() <= 120), "{}", example.name);
    }
}

#[test]
fn posts() {
    answers(
        "posts",
        &[
            "Ann Roe | governor | Norden Bank | bank",
            "Dee Fox | governor | Norden Bank | port",
            "Gil Orr | forecaster | - | rain",
        ],
    );
}

#[test]
fn former_posts() {
    answers("former-posts", &["Bo Ek | governor | Norden Bank | 2026-03-01 | bank"]);
}

#[test]
fn rival_holders() {
    answers("rival-holders", &["governor | Norden Bank | Dee Fox | Ann Roe"]);
}

#[test]
fn who_is() {
    answers(
        "who-is",
        &[
            "Ann Roe | http://www.w3.org/ns/org#memberOf | Norden Bank | stated | bank",
            "Ann Roe | https://schema.org/jobTitle | governor | stated | bank",
            "Cy Lund | http://www.w3.org/ns/org#memberOf | Port Authority | claimed | bank",
            "Cy Lund | https://schema.org/jobTitle | chairman | claimed | bank",
            "Gil Orr | https://schema.org/jobTitle | forecaster | stated | rain",
        ],
    );
}

#[test]
fn most_quoted() {
    answers("most-quoted", &["Ann Roe | 2 | 1", "Gil Orr | 1 | 1"]);
}

#[test]
fn quotes() {
    answers(
        "quotes",
        &[
            "2026-02-27T09:00:00Z | two officials | It will pay. | port",
            "2026-03-01 | Ann Roe | We talked to the port's chairman, Cy Lund. | bank",
            "2026-03-01 | Ann Roe | Rates stay. | bank",
            "2026-03-02 | Gil Orr | Take a coat. | rain",
        ],
    );
}

#[test]
fn quotes_of_one_speaker() {
    let query = Query::parse(Example::find("quotes").unwrap().text, "quotes").unwrap();
    let query = query.with_value("speaker", Literal::from("Gil Orr").into()).unwrap();
    assert_eq!(rows(query, &newsroom()), ["2026-03-02 | Gil Orr | Take a coat. | rain"]);
}

#[test]
fn unnamed_sources() {
    answers("unnamed-sources", &["two officials | It will pay. | port"]);
}

/// That Cy Lund belongs to the port is stated by another article, so only his title is left.
#[test]
fn posts_over_time() {
    answers(
        "posts-over-time",
        &[
            "Gil Orr | forecaster | - | current | - | - | - | rain",
            "Ann Roe | governor | Norden Bank | current | - | - | - | bank",
            "Dee Fox | governor | Norden Bank | current | - | - | - | port",
            "Bo Ek | governor | Norden Bank | former | - | 2024 | until 2024 | bank",
        ],
    );
}

#[test]
fn facts() {
    answers(
        "facts",
        &[
            "Ann Roe | jobTitle | governor | - | - | - | Governor Ann Roe | bank",
            "Ann Roe | memberOf | Norden Bank | - | - | - | Governor Ann Roe | bank",
            "Gil Orr | jobTitle | forecaster | - | - | - | - | rain",
        ],
    );
}

#[test]
fn only_claimed() {
    answers("only-claimed", &["Ann Roe | Cy Lund | https://schema.org/jobTitle | chairman | bank"]);
}

#[test]
fn evidence() {
    answers(
        "evidence",
        &[
            "Ann Roe | http://www.w3.org/ns/org#memberOf | Norden Bank | Governor Ann Roe | 20 | 36 | bank",
            "Ann Roe | https://schema.org/jobTitle | governor | Governor Ann Roe | 20 | 36 | bank",
            "Gil Orr | https://schema.org/jobTitle | forecaster | - | - | - | rain",
        ],
    );
}

#[test]
fn top_entities() {
    answers(
        "top-entities",
        &[
            "Port Authority | https://schema.org/Organization | 3",
            "Ann Roe | https://schema.org/Person | 2",
            "Cy Lund | https://schema.org/Person | 2",
            "Norden Bank | https://schema.org/Organization | 2",
            "Bo Ek | https://schema.org/Person | 1",
            "Dee Fox | https://schema.org/Person | 1",
            "Gil Orr | https://schema.org/Person | 1",
        ],
    );
}

#[test]
fn mentioned_together() {
    answers(
        "mentioned-together",
        &[
            "Norden Bank | Cy Lund | 2",
            "Port Authority | Cy Lund | 2",
            "Norden Bank | Ann Roe | 1",
            "Norden Bank | Bo Ek | 1",
            "Norden Bank | Dee Fox | 1",
            "Port Authority | Ann Roe | 1",
            "Port Authority | Bo Ek | 1",
            "Port Authority | Dee Fox | 1",
        ],
    );
}

#[test]
fn other_names() {
    answers("other-names", &["Ann Roe | Roe", "Port Authority | the Port"]);
}

#[test]
fn timeline() {
    answers(
        "timeline",
        &[
            "2026-02-27T09:00:00Z | Port to grow | port",
            "2026-03-01 | Bank holds rate | bank",
            "2026-03-02 | Rain expected | rain",
        ],
    );
}

#[test]
fn publishers() {
    answers(
        "publishers",
        &["A Wire | 2 | 2026-03-01 | 2026-03-02", "B Post | 1 | 2026-02-27T09:00:00Z | 2026-02-27T09:00:00Z"],
    );
}

#[test]
fn versions() {
    let title = "https://schema.org/jobTitle";
    answers_of(
        &dataset("tests/queries/versions.trig"),
        "versions",
        &[
            &format!("bank | 2026-03-02 | added | Ann Roe | {title} | chair | fact"),
            &format!("bank | 2026-03-02 | dropped | Ann Roe | {title} | governor | fact"),
            &format!("bank | 2026-03-03 | added | Ann Roe | {title} | chair | claim"),
            &format!("bank | 2026-03-03 | dropped | Ann Roe | {title} | chair | fact"),
            "bank | 2026-03-03 | dropped | Ann Roe | https://schema.org/worksFor | Norden Bank | fact",
        ],
    );
}

/// Cy Lund is a person in two articles, and one triple in the merge of all.
#[test]
fn the_default_graph_is_the_merge_of_what_is_asked() {
    let dataset = newsroom();
    let count = |from: &str, graph: &str| {
        let pattern = "?who a schema:Person ; rdfs:label \"Cy Lund\"";
        let pattern = if graph.is_empty() { pattern.to_owned() } else { format!("GRAPH {graph} {{ {pattern} }}") };
        rows(Query::parse(&format!("SELECT (COUNT(*) AS ?n) {from} {{ {pattern} }}"), "q").unwrap(), &dataset).concat()
    };
    assert_eq!(count("", ""), "1");
    assert_eq!(count("", "?article"), "2");
    assert_eq!(count("FROM <https://a.example/bank> FROM <https://b.example/port>", ""), "1");
    assert_eq!(count("FROM <https://a.example/rain>", ""), "0");
    assert_eq!(count("FROM NAMED <https://a.example/bank>", "?article"), "1");
    assert_eq!(count("FROM NAMED <https://a.example/bank>", ""), "0");
    assert_eq!(count("", "<https://b.example/port>"), "1");
}
