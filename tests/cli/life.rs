//! How a knowledge base lives: versions, `newsgraph retract`, `info` and `check`.

use serde_json::Value;

use crate::{Desk, record};

const MAYOR: &str = "https://wire.example/mayor";

/// Writes a version of the article about the mayor, and gives the name of its file.
fn mayor(desk: &Desk, day: &str, name: &str) -> String {
    let text = format!("{name} is the mayor of Lindow. Mayor {name} spoke on Monday.");
    let file = format!("{day}.jsonl");
    desk.write(&file, record(MAYOR, day, &format!("{name} is mayor"), &text));
    file
}

fn export(desk: &Desk, store: &str, to: &str) -> String {
    desk.run(&format!("export --store {store} --to {to}")).well()
}

fn ask(desk: &Desk, query: &str) -> Vec<String> {
    let output = desk.command("query --store kb --to csv").arg(query).output().unwrap();
    crate::Run::from(output).well().lines().skip(1).map(str::to_owned).collect()
}

fn info(desk: &Desk) -> Value {
    serde_json::from_str(&desk.run("info --store kb --to json").well()).unwrap()
}

#[test]
fn former_versions_are_kept_apart_on_request() {
    let desk = Desk::new();
    let [first, second, third] = [("2026-05-01", "Ann Roe"), ("2026-05-02", "Eve Doe"), ("2026-05-03", "Ida Orr")]
        .map(|(day, name)| mayor(&desk, day, name));
    desk.run(&format!("build {first} fire.txt --store kb")).well();
    let run = desk.run(&format!("build {third} --store kb --keep-versions"));
    assert!(
        run.err.contains("1 further versions") && run.err.contains("articles and 1 former versions"),
        "{}",
        run.err
    );
    // The second one comes late, and is not the current one.
    desk.run(&format!("build {second} {first} --store kb --keep-versions")).well();

    // A plain query sees the current version, GRAPH all of them, each with its own evidence.
    assert_eq!(
        ask(
            &desk,
            "SELECT ?name { <https://wire.example/mayor> schema:mentions/rdfs:label ?name FILTER(CONTAINS(?name, ' ')) }"
        ),
        ["Ida Orr"]
    );
    let names = "SELECT ?day ?name { GRAPH ?g { ?g schema:url <https://wire.example/mayor> ; schema:datePublished ?day ; \
                 schema:mentions/rdfs:label ?name FILTER(CONTAINS(?name, ' ')) } } ORDER BY ?day";
    assert_eq!(ask(&desk, names), ["2026-05-01,Ann Roe", "2026-05-02,Eve Doe", "2026-05-03,Ida Orr"]);
    let before =
        "SELECT ?day { <https://wire.example/mayor> prov:wasRevisionOf ?v GRAPH ?v { ?v schema:datePublished ?day } }";
    assert_eq!(ask(&desk, before), ["2026-05-02"]);
    assert_eq!(
        ask(&desk, "SELECT ?g { GRAPH ?g { ?it news:evidence ?e FILTER(!STRSTARTS(STR(?e), STR(?g))) } }"),
        [""; 0]
    );
    let changes = desk.run("query --store kb --example versions --to csv").well();
    assert!(
        changes.contains("2026-05-02,added,Eve Doe") && changes.contains("2026-05-02,dropped,Ann Roe"),
        "{changes}"
    );
    assert!(desk.run("query --store kb --example posts --to csv").well().contains("Ida Orr"));
    assert!(!desk.run("query --store kb --example posts --to csv").well().contains("Eve Doe"));

    // A file holds them on request, and answers as the base does.
    desk.run("export --store kb --versions --output kb.nq").well();
    assert_eq!(desk.run("query --example versions --to csv kb.nq").well(), changes);
    assert!(!desk.run("query --example posts --to csv kb.nq").well().contains("Eve Doe"));
    assert!(!export(&desk, "kb", "nquads").contains("2026-05-02"));
    let refused = desk.run("export --store kb --versions --to turtle");
    assert!(refused.status == 2 && refused.err.contains("turtle would merge former versions"), "{}", refused.err);

    // Nor does the order matter in which they come.
    desk.run(&format!("build {third} {first} fire.txt {second} --store other --keep-versions")).well();
    for format in ["nquads", "turtle"] {
        assert_eq!(export(&desk, "kb", format), export(&desk, "other", format));
    }
    let again = desk.run(&format!("build {first} {second} {third} --store kb --keep-versions"));
    assert!(again.err.contains("articles 3 3 unchanged") || again.err.contains("3 unchanged"), "{}", again.err);
    assert!(desk.run("check --store kb").err.contains("kb is whole: 4 graphs"));
}

#[test]
fn an_article_goes_with_its_versions_and_a_version_goes_alone() {
    let desk = Desk::new();
    let files =
        [("2026-05-01", "Ann Roe"), ("2026-05-02", "Eve Doe")].map(|(day, name)| mayor(&desk, day, name)).join(" ");
    desk.run("build fire.txt --store kb").well();
    let alone = export(&desk, "kb", "nquads");
    desk.run(&format!("build {files} --store kb --keep-versions")).well();
    let both = export(&desk, "kb", "nquads");
    let version = ask(&desk, "SELECT ?v { ?article prov:wasRevisionOf ?v }").concat();
    assert!(version.starts_with("https://wire.example/mayor#version="), "{version}");

    let run = desk.run(&format!("retract {version} --store kb"));
    assert!(run.err.contains(&version) && run.err.contains("a former version"), "{}", run.err);
    assert_eq!(info(&desk)["versions"], 0);
    desk.run(&format!("build {files} --store kb --keep-versions")).well();
    assert_eq!(export(&desk, "kb", "nquads"), both);

    let run = desk.run("retract mayor --store kb");
    assert_eq!((run.status, run.err.lines().count()), (0, 2), "{}", run.err);
    assert_eq!(export(&desk, "kb", "nquads"), alone);
}

#[test]
fn what_is_not_there_is_said_and_the_rest_goes() {
    let desk = Desk::new();
    let day = mayor(&desk, "2026-05-01", "Ann Roe");
    desk.run(&format!("build {day} fire.txt strike.txt --store kb")).well();
    let run = desk.run("retract nowhere --store kb");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("error: knowledge base kb: it holds no article nowhere"), "{}", run.err);
    desk.write("gone.txt", "https://wire.example/mayor\n\nnowhere\n");
    let run = desk.run("retract --from gone.txt --store kb");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("retracted https://wire.example/mayor ("), "{}", run.err);
    assert_eq!(info(&desk)["articles"], 2);
    assert_eq!(desk.run("retract --store kb").status, 2);
}

#[test]
fn what_a_base_holds_is_told() {
    let desk = Desk::new();
    let day = mayor(&desk, "2026-05-01", "Ann Roe");
    desk.run(&format!("build {day} fire.txt --store kb")).well();
    let json = info(&desk);
    assert_eq!((&json["format"], &json["articles"], &json["settled"]), (&3.into(), &2.into(), &true.into()));
    assert_eq!(json["published"], serde_json::json!(["2026-05-01", "2026-05-01"]));
    assert_eq!(json["programs"], serde_json::json!({ env!("CARGO_PKG_VERSION"): 2 }));
    // The counts of independent articles are worked out, not held.
    let lines = export(&desk, "kb", "nquads").lines().filter(|line| !line.contains("#independent")).count();
    assert_eq!(json["quads"], lines);
    assert!(json["entities"]["person"].as_u64() > Some(1) && json["memory"].as_u64() > Some(0), "{json}");
    let table = desk.run("info --store kb").well();
    assert!(table.contains("  articles         2\n") && table.contains(" person, "), "{table}");
    assert_eq!(desk.run("info --store nowhere").status, 2);
}

#[test]
fn damage_is_found_and_named() {
    let desk = Desk::new();
    desk.run("build fire.txt strike.txt --store kb").well();
    assert_eq!(desk.run("check --store kb").status, 0);
    let file = desk.path().join("kb/articles.redb");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle - 16_000..middle + 16_000].iter_mut().for_each(|byte| *byte ^= 0x55);
    std::fs::write(&file, bytes).unwrap();
    let run = desk.run("check --store kb");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.contains("damaged") && run.out.contains("restore it from a copy"), "{}", run.out);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let query = desk.run("query --store kb --example posts");
    assert_eq!(query.status, 2);
    assert!(query.err.contains("damaged"), "{}", query.err);
    assert_eq!(desk.run("check --store nowhere").status, 2);
}
