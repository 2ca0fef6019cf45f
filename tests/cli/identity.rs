//! Namesakes and surnames across articles, on the example articles about two men called David Brennock: `newsgraph why`,
//! `same`, `different` and `pins`.

use serde_json::Value;

use crate::Desk;

const TRIAL: &str = "brennock-inquest.txt";
const MATCH: &str = "brennock-hat-trick.txt";
const SEQUEL: &str = "harrowby-inquest-opens.txt";
const SUPPER: &str = "ferrybridge-supper.txt";

/// A desk with the example articles in a base.
fn desk(articles: &[&str]) -> Desk {
    let desk = Desk::new();
    for article in articles {
        let text = std::fs::read_to_string(format!("{}/examples/articles/{article}", env!("CARGO_MANIFEST_DIR")));
        desk.write(article, text.unwrap());
    }
    desk.run(&format!("build {} --store kb", articles.join(" "))).well();
    desk
}

/// The things of a name: IRI without the base, and the names of their articles' outlets or first words.
fn things(desk: &Desk, name: &str) -> Vec<(String, usize)> {
    let json: Value = serde_json::from_str(&why(desk, name, &["--json"])).unwrap();
    let things = json.as_array().unwrap().iter().map(|thing| {
        let iri = thing["iri"].as_str().unwrap().replace("https://newsgraph.example/", "");
        (iri, thing["articles"].as_array().unwrap().len())
    });
    things.collect()
}

fn why(desk: &Desk, name: &str, options: &[&str]) -> String {
    let output = desk.command("why --store kb").arg(name).args(options).output().unwrap();
    crate::Run::from(output).well()
}

fn named(things: &[(&str, usize)]) -> Vec<(String, usize)> {
    things.iter().map(|(iri, articles)| ((*iri).to_owned(), *articles)).collect()
}

#[test]
fn the_judge_and_the_striker_of_one_name_are_two() {
    let desk = desk(&[TRIAL, MATCH]);
    let expected = named(&[("person/david-brennock", 1), ("person/david-brennock--striker", 1)]);
    assert_eq!(things(&desk, "David Brennock"), expected);
    let why = why(&desk, "person/david-brennock", &[]);
    assert!(why.contains("kept apart") && why.contains("other fields: sport and courts"), "{why}");
    let query = "query --store kb --to csv";
    let ask = "SELECT ?label (COUNT(*) AS ?n) { ?p a schema:Person ; rdfs:label ?label } GROUP BY ?label HAVING (COUNT(*) > 1)";
    let answer = crate::Run::from(desk.command(query).arg(ask).output().unwrap()).well();
    assert_eq!(answer, "label,n\r\nDavid Brennock,2\r\n");
}

#[test]
fn a_surname_joins_the_one_person_whose_context_it_shares() {
    let desk = desk(&[TRIAL, MATCH, SEQUEL]);
    let expected = named(&[("person/david-brennock", 2), ("person/david-brennock--striker", 1)]);
    assert_eq!(things(&desk, "David Brennock"), expected);
    assert!(why(&desk, "person/david-brennock", &[]).contains("one is named by a short name only"));
    // One label over all articles; what the sequel calls him stays as another name.
    let export = desk.run("export --store kb --to ntriples").well();
    let says = |predicate: &str, name: &str| {
        export.contains(&format!("<https://newsgraph.example/person/david-brennock> <{predicate}> \"{name}\""))
    };
    assert!(says("http://www.w3.org/2000/01/rdf-schema#label", "David Brennock"));
    assert!(says("http://www.w3.org/2004/02/skos/core#altLabel", "Brennock"));
    assert!(!says("http://www.w3.org/2000/01/rdf-schema#label", "Brennock"));
}

#[test]
fn a_surname_that_two_persons_bear_stays_by_itself() {
    let desk = desk(&[TRIAL, MATCH, SUPPER]);
    let expected =
        named(&[("person/brennock", 1), ("person/david-brennock", 1), ("person/david-brennock--striker", 1)]);
    assert_eq!(things(&desk, "Brennock"), expected);
}

#[test]
fn what_the_user_pins_holds_and_comes_along_to_another_base() {
    let desk = desk(&[TRIAL, MATCH, SUPPER]);
    desk.run("same person/brennock person/david-brennock--striker --store kb").well();
    let pinned = named(&[("person/david-brennock", 1), ("person/david-brennock--striker", 2)]);
    assert_eq!(things(&desk, "Brennock"), pinned);
    assert!(why(&desk, "person/david-brennock--striker", &[]).contains("pinned as the same"));

    let pins = desk.run("pins --store kb").well();
    assert!(pins.starts_with("relation,entity,article,other,other_article\nsame,"), "{pins}");
    desk.write("pins.csv", &pins);
    desk.run(&format!("build {SUPPER} {MATCH} {TRIAL} --store rebuilt --pins pins.csv")).well();
    let [one, other] = ["kb", "rebuilt"].map(|kb| desk.run(&format!("export --store {kb} --to nquads")).well());
    assert_eq!(one, other);

    desk.write("none.csv", "relation,entity,other\n");
    desk.run("pins --store kb --replace none.csv").well();
    assert_eq!(things(&desk, "Brennock").len(), 3);
}

#[test]
fn one_entity_can_be_taken_apart() {
    let desk = desk(&[TRIAL, SEQUEL]);
    let json: Value = serde_json::from_str(&why(&desk, "Tariq Lodhi", &["--json"])).unwrap();
    let articles: Vec<String> = json[0]["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|article| format!("Tariq Lodhi@{}", article["article"].as_str().unwrap()))
        .collect();
    assert_eq!(articles.len(), 2, "{json}");
    let run =
        |arguments: &[&str]| crate::Run::from(desk.command("different --store kb").args(arguments).output().unwrap());
    let refused = run(&["Tariq Lodhi", "person/tariq-lodhi"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("to take it apart, name two of its articles"), "{}", refused.err);
    run(&[&articles[0], &articles[1]]).well();
    assert_eq!(things(&desk, "Tariq Lodhi").len(), 2);
    assert!(why(&desk, "person/tariq-lodhi", &[]).contains("pinned as different"));
    let same = crate::Run::from(desk.command("same --store kb").args(&articles).output().unwrap());
    assert_eq!(same.status, 2);
    assert!(same.err.contains("contradicts what is pinned as the same"), "{}", same.err);
}

#[test]
fn what_is_not_there_or_not_clear_is_said() {
    let desk = desk(&[TRIAL, MATCH]);
    let message = |arguments: &str| {
        let run = desk.run(arguments);
        assert_eq!(run.status, 2, "{}", run.out);
        run.err
    };
    assert!(message("why Nobody --store kb").contains("the base has no Nobody"));
    assert!(message("same Brennock person/imelda-stray --store kb").contains("name one by its IRI"));
    assert!(
        message("same person/imelda-stray organization/harrowby-aggregates --store kb").contains("of different sorts")
    );
    desk.write("pins.csv", "relation,entity,other\nmerge,a,b\n");
    assert!(message("pins --store kb --replace pins.csv").contains("pins.csv:2: the relation is \"merge\""));
}

const ARREST: &str = "\
President's brother arrested in Kampala

KAMPALA, Nov 12 - President Okello's brother, Gen. Peter Okello, was arrested on Monday, police said. Okello said he would not
stand in the way of the law. Gen. Okello denied the charges.
";
const COURT: &str = "\
General appears in court

KAMPALA, Nov 14 - Gen. Peter Okello appeared in court in Kampala on Wednesday. His lawyer said Gen. Okello would plead not guilty.
";
const ELECTION: &str = "\
President vows to run again

KAMPALA, Nov 15 - President Moses Okello said on Thursday he would run again. Okello has been in office since 2006.
";

#[test]
fn a_relative_is_somebody_else_in_the_article_and_across_articles() {
    let desk = Desk::new();
    for (name, text) in [("arrest.txt", ARREST), ("court.txt", COURT), ("election.txt", ELECTION)] {
        desk.write(name, text);
    }
    desk.run("build arrest.txt court.txt election.txt --store kb").well();
    assert_eq!(things(&desk, "Peter Okello"), named(&[("person/peter-okello", 2)]));
    assert_eq!(things(&desk, "Moses Okello"), named(&[("person/moses-okello", 2)]));
    let why = why(&desk, "Peter Okello", &[]);
    assert!(why.contains("kept apart") && why.contains("-5 one article names both"), "{why}");
    // The general of the first article, by his rank.
    assert!(why.contains("also Okello"), "{why}");
}
