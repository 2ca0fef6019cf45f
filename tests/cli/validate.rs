//! `newsgraph validate`, and what `build` sets apart.

use crate::Desk;

/// A newsroom's own rule, which the mayor of the article breaks: the text does not say of what she is the mayor.
const HOUSE: &str = r#"
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix org: <http://www.w3.org/ns/org#> .
<https://desk.example/rules#Post> a sh:NodeShape ;
    sh:targetClass org:Membership ;
    sh:property [ sh:path org:organization ; sh:minCount 1 ; sh:message "A post is at a named organisation." ] .
"#;

const PEOPLE: &str = r#"
@prefix schema: <https://schema.org/> .
<https://a.example/ann> a schema:Person ; schema:name "Ann", "Anna" .
<https://a.example/bob> a schema:Person .
"#;

const ONE_NAME: &str = r#"
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
<https://a.example/Named> a sh:NodeShape ; sh:targetClass schema:Person ;
    sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:message "A person has one name." ] .
"#;

#[test]
fn what_the_program_writes_conforms_to_its_shapes() {
    let desk = Desk::new();
    desk.run("build fire.txt strike.txt --store kb --export kb.nq.gz").well();
    for data in ["--store kb", "kb.nq.gz"] {
        let out = desk.run(&format!("validate {data}")).well();
        assert!(out.lines().last().unwrap().starts_with("conforms"), "{out}");
    }
    assert_eq!(desk.run("validate --store kb --quarantined").well(), "nothing is in quarantine\n");
}

#[test]
fn a_report_says_what_is_wrong_and_where() {
    let desk = Desk::new();
    desk.write("people.ttl", PEOPLE);
    desk.write("one-name.ttl", ONE_NAME);
    let run = desk.run("validate people.ttl --shapes one-name.ttl");
    assert_eq!(run.status, 1);
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Violation: A person has one name.",
        "https://a.example/Named, schema:name: 2 results",
        "https://a.example/ann",
        "https://a.example/bob",
        "does not conform: 2 violations in 4 quads",
    ] {
        assert!(words.contains(part), "no {part:?} in\n{}", run.out);
    }
    let narrow = desk.command("validate people.ttl --shapes one-name.ttl").env("COLUMNS", "60").output().unwrap();
    let narrow = String::from_utf8(narrow.stdout).unwrap();
    assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
}

#[test]
fn a_report_in_rdf_is_the_same_each_time_and_can_be_asked() {
    let desk = Desk::new();
    desk.write("people.ttl", PEOPLE);
    desk.write("one-name.ttl", ONE_NAME);
    let command = "validate people.ttl --shapes one-name.ttl --to ntriples";
    let run = desk.run(command);
    assert_eq!((run.status, &run.out), (1, &desk.run(command).out));
    desk.write("report.nt", &run.out);
    let question = "SELECT ?focus { ?r sh:conforms false ; sh:result [ sh:focusNode ?focus ; \
                    sh:sourceConstraintComponent sh:MinCountConstraintComponent ] }";
    let answer = desk.command("query --to csv").args([question, "report.nt"]).output().unwrap();
    assert_eq!(String::from_utf8(answer.stdout).unwrap(), "focus\r\nhttps://a.example/bob\r\n");
}

#[test]
fn what_cannot_be_used_is_named() {
    let desk = Desk::new();
    desk.write("people.ttl", PEOPLE);
    desk.write("typo.ttl", ONE_NAME.replace("sh:minCount", "sh:minCout"));
    for (command, message) in [
        ("validate people.ttl --shapes typo.ttl", "sh:minCout is not supported, or no term of SHACL"),
        ("validate people.ttl --shapes people.ttl", "there are no SHACL shapes in it"),
        ("validate missing.ttl", "missing.ttl"),
        ("validate", "there is nothing to check"),
    ] {
        let run = desk.run(command);
        assert_eq!(run.status, 2, "{command}");
        assert!(run.err.contains(message), "{command}: {}", run.err);
    }
}

#[test]
fn what_breaks_a_house_rule_is_set_apart_and_comes_back_with_the_rule_gone() {
    let desk = Desk::new();
    desk.write("house.ttl", HOUSE);
    let posts = "SELECT ?post { ?post a org:Membership FILTER NOT EXISTS { ?post org:organization ?where } }";
    let ask = || {
        let answer = desk.command("query --to csv --store kb").arg(posts).output().unwrap();
        String::from_utf8(answer.stdout).unwrap().lines().count() - 1
    };
    let run = desk.run("build fire.txt strike.txt --store kb --shapes house.ttl");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("do not conform and were set apart: A post is at a named organisation."), "{}", run.err);
    assert!(run.err.contains("quarantine"), "{}", run.err);
    assert_eq!(ask(), 0);

    let list = desk.run("validate --store kb --quarantined");
    assert_eq!(list.status, 1);
    assert!(list.out.contains("A post is at a named organisation."), "{}", list.out);
    for shapes in ["", "--shapes house.ttl"] {
        desk.run(&format!("validate --store kb {shapes}")).well();
    }
    assert!(!desk.run("export --store kb --to nquads").well().contains("quarantine"));

    desk.run("build fire.txt strike.txt --store kb").well();
    assert!(ask() > 0);
    assert_eq!(desk.run("validate --store kb --quarantined").well(), "nothing is in quarantine\n");
}

#[test]
fn convert_names_the_articles_that_break_a_house_rule_and_writes_all() {
    let desk = Desk::new();
    desk.write("house.ttl", HOUSE);
    let run = desk.run("convert fire.txt strike.txt --to nquads --shapes house.ttl");
    assert_eq!(run.status, 1);
    let reason = "does not conform: A post is at a named organisation. (https://desk.example/rules#Post)";
    assert!(run.err.contains(reason), "{}", run.err);
    assert!(run.err.contains("articles that do not conform to the shapes: "), "{}", run.err);
    assert_eq!(run.out, desk.run("convert fire.txt strike.txt --to nquads").well());

    desk.run("convert fire.txt strike.txt --out-dir rdf --shapes house.ttl");
    assert!(desk.path().join("rdf/fire.txt.ttl").exists() && desk.path().join("rdf/strike.txt.ttl").exists());
    assert_eq!(desk.run("convert fire.txt --shapes fire.txt").status, 2);
}
