//! What is found in a few of the example articles, kept as files that a person can read.
//!
//! `UPDATE=1 cargo test --release --test golden` rewrites them; look at the difference before you commit it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use assert_cmd::cargo::cargo_bin_cmd;
use similar::TextDiff;

/// The articles, each with the name of its directory under `tests/golden`.
const ARTICLES: [(&str, &str); 10] = [
    ("beekeeper-wins-medal", "examples/articles/beekeeper-wins-medal.txt"),
    ("central-banks-hold-rates", "examples/articles/central-banks-hold-rates.txt"),
    ("connemara-minister-denies", "examples/articles/connemara-minister-denies.txt"),
    ("corvane-chief-quits", "examples/articles/corvane-chief-quits.json"),
    ("hollander-brothers-part", "examples/articles/hollander-brothers-part.txt"),
    ("minister-quits-over-bridge", "examples/articles/minister-quits-over-bridge.txt"),
    ("onyekwere-trial", "examples/articles/onyekwere-trial.txt"),
    ("princess-opens-lighthouse", "examples/articles/princess-opens-lighthouse.txt"),
    ("skerry-herald", "examples/articles/skerry-herald.atom"),
    ("turkana-walkout", "examples/articles/turkana-walkout.html"),
];

/// What is kept of each article, and the command that makes it.
const KEPT: [(&str, &[&str]); 2] = [("layers.txt", &["show"]), ("graph.trig", &["convert", "--to", "trig"])];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a command says of an article.
fn made(arguments: &[&str], article: &str) -> String {
    let output = cargo_bin_cmd!("newsgraph").current_dir(root()).args(arguments).arg(article).unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The difference to what is kept in a file, or nothing; under `UPDATE=1` the file is rewritten first.
fn difference(file: &Path, made: &str) -> String {
    if env::var_os("UPDATE").is_some_and(|update| update == "1") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, made).unwrap();
    }
    let kept = fs::read_to_string(file).unwrap_or_default();
    let name = file.strip_prefix(root()).unwrap().display().to_string();
    TextDiff::from_lines(kept.as_str(), made).unified_diff().header(&name, "found now").to_string()
}

#[test]
fn what_is_found_is_what_was_found() {
    let mut differences = String::new();
    for (slug, article) in ARTICLES {
        for (name, arguments) in KEPT {
            let file = root().join("tests/golden").join(slug).join(name);
            let made = made(arguments, article);
            assert!(!made.is_empty(), "{arguments:?} says nothing of {article}");
            differences += &difference(&file, &made);
        }
    }
    let kept: BTreeSet<PathBuf> =
        fs::read_dir(root().join("tests/golden")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let chosen = ARTICLES.iter().map(|(slug, _)| root().join("tests/golden").join(slug));
    assert_eq!(kept, chosen.collect(), "a directory without an article, or an article without a directory");
    assert!(differences.is_empty(), "\n{differences}\nIf this is right: UPDATE=1 cargo test --release --test golden\n");
}
