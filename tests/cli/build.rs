//! `newsgraph build`.

use crate::{Desk, record};

const EXPORT: &str = "export --store kb --to nquads";

fn wire(desk: &Desk, day: &str, headline: &str) -> String {
    let line = record("https://wire.example/mayor", day, headline, &format!("{headline}, she said on Monday."));
    let name = format!("{day}.jsonl");
    desk.write(&name, line);
    name
}

#[test]
fn a_summary_tells_what_was_read() {
    let desk = Desk::new();
    let run = desk.run("build fire.txt strike.txt --store kb");
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    let summary = run.err.split_whitespace().collect::<Vec<_>>().join(" ");
    for row in ["articles 2 2 new", " 3 Person", "facts 2 ", " 2 with words of the speaker", "base 2 articles of "] {
        assert!(summary.contains(row), "no {row:?} in\n{}", run.err);
    }
}

#[test]
fn the_question_to_try_next_has_an_answer() {
    let desk = Desk::new();
    let run = desk.run("build fire.txt --store kb");
    let question = run.err.lines().find_map(|line| line.trim().strip_prefix("newsgraph query ")).unwrap();
    let answer = desk.run(&format!("query {question} --to csv")).well();
    assert!(answer.lines().count() > 1, "{question} gives only {answer:?}");
}

#[test]
fn the_whole_base_can_be_written_at_once() {
    let desk = Desk::new();
    desk.run("build fire.txt strike.txt --store kb --turtle kb.ttl --export kb.nq --export kb.trig.gz").well();
    assert!(desk.read("kb.ttl").contains("\"Siri Dahl\""));
    assert_eq!(desk.read("kb.nq"), desk.run(EXPORT).well());
    assert!(desk.path().join("kb.trig.gz").exists());
    let run = desk.run("build fire.txt --store other --export kb.docx");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("kb.docx") && !desk.path().join("other").exists(), "{}", run.err);
}

#[test]
fn reading_the_same_again_changes_nothing() {
    let desk = Desk::new();
    desk.run("build fire.txt strike.txt --store kb").well();
    let before = desk.run(EXPORT).well();
    let again = desk.run("build strike.txt fire.txt --store kb");
    assert!(again.err.contains("2 unchanged"), "{}", again.err);
    assert_eq!(desk.run(EXPORT).well(), before);
}

#[test]
fn other_options_read_the_same_article_anew() {
    let desk = Desk::new();
    desk.run("build fire.txt --store kb --detail facts").well();
    let run = desk.run("build fire.txt --store kb");
    assert!(run.err.contains("1 changed"), "{}", run.err);
    assert!(desk.run(EXPORT).well().contains("anchorOf"));
}

#[test]
fn a_changed_article_takes_the_place_of_what_it_said() {
    let desk = Desk::new();
    let (first, second) =
        (wire(&desk, "2026-05-01", "Ann Roe is mayor"), wire(&desk, "2026-05-02", "Eve Doe is mayor"));
    desk.run(&format!("build {first} fire.txt --store kb")).well();
    let run = desk.run(&format!("build {second} --store kb"));
    assert!(run.err.contains("1 changed"), "{}", run.err);
    let quads = desk.run(EXPORT).well();
    assert!(quads.contains("Eve Doe") && !quads.contains("Ann Roe") && quads.contains("Okafor"), "{quads}");
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let desk = Desk::new();
    let (old, new) = (wire(&desk, "2026-05-01", "Ann Roe is mayor"), wire(&desk, "2026-05-02", "Eve Doe is mayor"));
    desk.run(&format!("build {old} fire.txt {new} strike.txt --store one")).well();
    desk.run(&format!("build strike.txt {new} {old} fire.txt --store two")).well();
    let one = desk.run("export --store one --to nquads").well();
    assert!(one.contains("Eve Doe") && !one.contains("Ann Roe"), "an old version stands: {one}");
    assert_eq!(desk.run("export --store two --to nquads").well(), one);

    let again = desk.run(&format!("build {old} {new} --store one"));
    assert!(again.err.contains("1 unchanged, 1 repeated"), "{}", again.err);
    assert_eq!(desk.run("export --store one --to nquads").well(), one);
}

#[test]
fn a_bad_article_is_reported_and_the_rest_goes_on() {
    let desk = Desk::new();
    let good = record("https://a.example/1", "2026-05-01", "Ann Roe wins", "Ann Roe won the vote in Lindow on Monday.");
    desk.write("wire.jsonl", format!("{good}{{\"text\": broken\n"));
    let run = desk.run("build wire.jsonl fire.txt missing.txt --store kb");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("error: wire.jsonl:2: "), "{}", run.err);
    assert!(run.err.contains("error: missing.txt: "), "{}", run.err);
    assert!(run.err.contains("2 new, 2 failed"), "{}", run.err);
    let quads = desk.run(EXPORT).well();
    assert!(quads.contains("Ann Roe") && quads.contains("Okafor"));
}

#[test]
fn another_language_is_skipped_with_a_warning() {
    let desk = Desk::new();
    desk.write(
        "feu.txt",
        "Le maire de la ville a déclaré lundi que personne n’avait été blessé dans l’incendie du marché. ".repeat(5),
    );
    let run = desk.run("build feu.txt fire.txt --store kb");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("warning: feu.txt: skipped: "), "{}", run.err);
    assert!(run.err.contains("1 new, 1 skipped"), "{}", run.err);
}
