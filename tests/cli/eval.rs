//! `newsgraph eval`: figures, errors, ratchets, and what is said of gold that is none.

use serde_json::Value;

use crate::Desk;

const GOLD: &str = "\
-DOCSTART- O

Ann B-PER
Okafor I-PER
leads O
Northsea B-ORG
Lines I-ORG
. O

She O
lives O
in O
Bonn B-LOC
. O
";

/// One name right, one of the wrong type, one missed.
const THEIRS: &str = "\
-DOCSTART- O

Ann B-PER
Okafor I-PER
leads O
Northsea B-LOC
Lines I-LOC
. O

She O
lives O
in O
Bonn O
. O
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("gold.conll", GOLD);
    desk.write("theirs.conll", THEIRS);
    desk
}

#[test]
fn another_programs_names_are_scored_with_their_errors() {
    let shown = desk().run("eval gold.conll --system theirs.conll --errors 5").well();
    assert_eq!(
        shown,
        "\
1 texts

Names
                     P      R     F1  95 %  gold  found  right
  LOC              0.0    0.0    0.0           1      1      0
  ORG              0.0    0.0    0.0           1      0      0
  PER            100.0  100.0  100.0           1      1      1
  all             50.0   33.3   40.0           3      2      1
  mean of types   33.3   33.3   33.3
  words alone    100.0   66.7   80.0           3      2      2
  overlap         50.0   33.3   40.0           3      2      1

  1× wrong type  Northsea Lines (ORG, found as LOC)
      Ann Okafor leads »Northsea Lines«.
      gold.conll:3

  1× missed  Bonn (LOC)
      She lives in »Bonn«.
      gold.conll:3
"
    );
}

#[test]
fn newsgraph_reads_the_running_text_by_itself() {
    let desk = desk();
    let json: Value = serde_json::from_str(&desk.run("eval gold.conll --json").well()).unwrap();
    let figures = json["figures"].as_array().unwrap();
    let all = figures.iter().find(|figure| figure["figure"] == "all").unwrap();
    assert_eq!((&all["gold"], &all["f1"]), (&3.0.into(), &1.0.into()), "{json:#}");
}

#[test]
fn types_can_be_renamed_left_out_and_chosen() {
    let desk = desk();
    let all = |flags: &str| {
        let shown = desk.run(&format!("eval gold.conll --system theirs.conll --markdown {flags}")).well();
        shown.lines().find(|line| line.starts_with("| all ")).unwrap().to_owned()
    };
    assert_eq!(all("--types ORG=LOC"), "| all | 100.0 | 66.7 | 80.0 |  | 3 | 2 | 2 |");
    assert_eq!(all("--types ORG=-,LOC=-"), "| all | 100.0 | 100.0 | 100.0 |  | 1 | 1 | 1 |");
    assert_eq!(all("--only PER,ORG"), "| all | 100.0 | 50.0 | 66.7 |  | 2 | 1 | 1 |");
}

#[test]
fn a_ratchet_fails_both_ways_until_it_is_recorded() {
    let desk = desk();
    let theirs = "eval gold.conll --system theirs.conll --ratchet figures.toml";
    assert_eq!(desk.run(theirs).status, 1);
    desk.run(&format!("{theirs} --record")).well();
    desk.run(theirs).well();
    let better = desk.run("eval gold.conll --system gold.conll --ratchet figures.toml");
    assert_eq!(better.status, 1);
    let said = "names all: 100.0 was 40.0: better, which is to be recorded";
    assert!(better.err.contains(said), "{}", better.err);
    desk.run("eval gold.conll --system gold.conll --ratchet figures.toml --record").well();
    let worse = desk.run(theirs);
    assert_eq!(worse.status, 1);
    assert!(worse.err.contains("names all: 40.0 was 100.0: worse"), "{}", worse.err);
}

#[test]
fn a_page_is_written_of_a_plan_and_sets_that_are_not_there_are_named() {
    let desk = desk();
    desk.write("data/gold.conll", GOLD);
    desk.write(
        "plan.toml",
        "about = \"# How good\"\n\
         [[sets]]\nname = \"market\"\nabout = \"Two sentences.\"\ntask = \"names\"\nfiles = [\"gold.conll\"]\n\
         [[sets]]\nname = \"moon\"\nabout = \"None.\"\ntask = \"names\"\nfiles = [\"moon/*.conllu\"]\n",
    );
    let run = desk.run("eval --card plan.toml data");
    assert!(run.err.contains("moon: not at hand in data"), "{}", run.err);
    let page = run.well();
    assert!(page.starts_with("# How good\n\n## Names\n"), "{page}");
    assert!(page.contains("| market | newsgraph | 100.0 | 100.0 | 100.0 |"), "{page}");
    assert!(page.contains("Not at hand, so not measured: moon."), "{page}");
}

#[test]
fn what_was_compared_is_written_for_other_scorers() {
    let desk = desk();
    desk.run("eval gold.conll --system theirs.conll --write out").well();
    assert_eq!(
        desk.read("out/names.tsv"),
        "-DOCSTART-\tO\tO\n\nAnn\tB-PER\tB-PER\nOkafor\tI-PER\tI-PER\nleads\tO\tO\nNorthsea\tB-ORG\tB-LOC\nLines\tI-ORG\tI-LOC\n.\tO\tO\n\n\
         She\tO\tO\nlives\tO\tO\nin\tO\tO\nBonn\tB-LOC\tO\n.\tO\tO\n\n"
    );
}

#[test]
fn bad_gold_is_named_with_its_line() {
    let desk = desk();
    desk.write("bad.conll", "Ann B-PER\nOkafor PERSON\n");
    desk.write("other.conll", GOLD.replace("Bonn", "Cologne"));
    desk.write("two.conll", format!("{GOLD}\n{GOLD}"));
    desk.write("empty.conll", "");
    for (arguments, reason) in [
        ("bad.conll", "error: bad.conll:2: column 2 is PERSON, which is no tag"),
        ("gold.conll --system other.conll", "error: other.conll:3: another text than that of gold.conll:3"),
        ("gold.conll --system two.conll", "error: the system's files hold 2 texts and the gold 1"),
        ("empty.conll", "error: empty.conll: holds no annotated text"),
        ("missing.conll", "error: missing.conll: "),
        ("gold.conll --task linking", "error: the gold is annotated for nothing that --task asks for"),
        ("gold.conll --types PER", "error: PER is not LABEL=TYPE"),
    ] {
        let run = desk.run(&format!("eval {arguments}"));
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments}: {}", run.err);
        assert!(run.err.starts_with(reason), "{arguments}: {}", run.err);
    }
}
