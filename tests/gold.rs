//! What newsgraph finds in articles that were annotated by hand is as good as it was, and no better without being recorded.
//!
//! `UPDATE=1 cargo test --release --test gold` records the figures; look at the difference before you commit it.

use std::env;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

const RATCHET: &str = "tests/gold/figures.toml";

#[test]
fn the_figures_on_gold_are_those_recorded() {
    let mut eval = cargo_bin_cmd!("newsgraph");
    eval.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
    eval.args(["eval", "tests/gold", "--match", "head", "--errors", "8", "--ratchet", RATCHET]);
    if env::var_os("UPDATE").is_some_and(|update| update == "1") {
        eval.arg("--record");
    }
    let output = eval.output().unwrap();
    let (report, changes) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let how = "If this is right: UPDATE=1 cargo test --release --test gold";
    assert_eq!(output.status.code(), Some(0), "\n{report}\n{changes}\n{how}\n");
}
