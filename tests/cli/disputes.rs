//! `newsgraph disputes`.

use crate::{Desk, record};

/// Two outlets on one meeting: it is denied in one, and claimed in both.
fn desk() -> Desk {
    let desk = Desk::new();
    let denied = "The minister, Bo Ek, denied that he had met Cy Lund. Anna Lind said that Mr Ek had met Cy Lund.";
    let claimed = "The governor, Dee Fox, said that Bo Ek had met Cy Lund. Mr Lund lives in Oslo.";
    let first = record("https://a.example/1", "2026-03-01", "Minister denies meeting investor", denied);
    let second = record("https://b.example/2", "2026-03-02", "Investor met minister", claimed);
    desk.write("news.jsonl", first + &second);
    desk.run("build news.jsonl --store kb").well();
    desk
}

#[test]
fn both_sides_stand_with_their_words_and_how_widely_they_are_held() {
    assert_eq!(
        desk().run("-q disputes --store kb").well(),
        "\
denial: Bo Ek met Cy Lund
  claimed  Anna Lind, 2026-03-01  2 articles of 2 outlets  “Ek had met Cy Lund” https://a.example/1#char=110,128
  claimed  Dee Fox, 2026-03-02    2 articles of 2 outlets  “Ek had met Cy Lund” https://b.example/2#char=59,77
  denied   Bo Ek, 2026-03-01                               “he had met Cy Lund” https://a.example/1#char=67,85
"
    );
}

#[test]
fn matters_are_chosen_by_name_and_kind() {
    let desk = desk();
    let rows = |flags: &str| desk.run(&format!("-q disputes --store kb --to csv {flags}")).well().lines().count();
    assert_eq!(rows(""), 4, "a header and three who speak");
    assert_eq!(rows("--about lund --kind denial"), 4);
    assert_eq!(rows("--kind figure"), 1);
    assert_eq!(rows("--about Okafor"), 1);
    assert_eq!(desk.run("-q disputes --store kb --about Okafor --to json").well(), "[]\n");
}

#[test]
fn without_a_base_nothing_can_be_done() {
    let run = Desk::new().run("disputes --store kb");
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("there is none here"), "{}", run.err);
}
