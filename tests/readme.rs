//! The README tells the truth: every command in its `console` blocks is run, and what it shows is what is printed.
//!
//! The blocks run in order in one temporary directory that holds the examples and the gold. In shown output a line `...` stands
//! for any lines and `[..]` for any characters of a line; a command without shown output need only succeed.
//! `UPDATE=1 cargo test --release --test readme` writes shown output anew and keeps what is elided line by line.
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// A piece of the README: lines that are left alone, or a command with the output shown below it.
enum Piece {
    Prose(String),
    Step { line: usize, command: String, shown: String },
}

#[test]
fn commands_of_the_readme_print_what_it_shows() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for folder in ["examples", "tests/gold"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &directory.path().join(folder));
    }
    let update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let mut rewritten = String::new();
    let mut failures = String::new();
    for piece in pieces(&fs::read_to_string(README).expect("README.md")) {
        match piece {
            Piece::Prose(prose) => rewritten.push_str(&prose),
            Piece::Step { line, command, shown } => {
                let (success, printed) = run(&command, directory.path());
                let right = shown.is_empty() || agrees(&shown, &printed);
                if !success || !(right || update) {
                    let _ = writeln!(failures, "README.md:{line}: {command}\n--- shown\n{shown}--- printed\n{printed}");
                }
                let _ = writeln!(rewritten, "$ {command}");
                rewritten += &if right { shown } else { anew(&shown, &printed) };
            }
        }
    }
    if update {
        fs::write(README, rewritten).expect("README.md is rewritten");
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn elided_output_agrees_and_changed_output_does_not() {
    assert!(agrees("18 articles in [..] s\n...\ndone\n", "18 articles in 0.4 s\na\nb\ndone\n"));
    assert!(!agrees("18 articles in [..] s\n", "17 articles in 0.4 s\n"));
    assert!(!agrees("one\n", "one\ntwo\n"));
    assert_eq!(
        anew("18 articles in [..] s\n7 quotes\n", "18 articles in 0.4 s\n8 quotes\n"),
        "18 articles in [..] s\n8 quotes\n"
    );
}

fn pieces(readme: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut in_console = false;
    for (number, line) in readme.lines().enumerate() {
        if line.starts_with("```") {
            in_console = line == "```console";
        }
        match (in_console, line.strip_prefix("$ "), pieces.last_mut()) {
            (true, Some(command), _) => {
                let (command, shown) = (command.to_owned(), String::new());
                pieces.push(Piece::Step { line: number + 1, command, shown });
            }
            (true, None, Some(Piece::Step { command, shown, .. })) if !line.starts_with("```") => {
                if shown.is_empty() && command.ends_with('\\') {
                    let _ = write!(command, "\n{line}");
                } else {
                    let _ = writeln!(shown, "{line}");
                }
            }
            (_, _, Some(Piece::Prose(prose))) => {
                let _ = writeln!(prose, "{line}");
            }
            _ => pieces.push(Piece::Prose(format!("{line}\n"))),
        }
    }
    pieces
}

/// Runs a command line with the built program on the path; what it prints on both streams, without trailing blanks.
fn run(command: &str, directory: &Path) -> (bool, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_newsgraph")).parent().expect("the program lies in a directory");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(directory)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env_remove("NO_COLOR")
        .output()
        .expect("sh runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    (output.status.success(), printed.lines().map(|line| format!("{}\n", line.trim_end())).collect())
}

fn agrees(shown: &str, printed: &str) -> bool {
    let mut pattern = String::from("^");
    for line in shown.lines() {
        match line {
            "..." => pattern.push_str("(?:.*\n)*?"),
            line => pattern.push_str(&(regex::escape(line).replace(r"\[\.\.\]", ".*?") + "\n")),
        }
    }
    Regex::new(&(pattern + "$")).expect("an escaped pattern is valid").is_match(printed)
}

/// What is printed, with the elided lines that still hold as they were shown.
fn anew(shown: &str, printed: &str) -> String {
    let elided: Vec<&str> = shown.lines().filter(|line| line.contains("[..]")).collect();
    let keep = |line| elided.iter().copied().find(|elided| agrees(elided, &format!("{line}\n"))).unwrap_or(line);
    printed.lines().map(|line| format!("{}\n", keep(line))).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory is made");
    for entry in fs::read_dir(from).expect("the examples can be listed") {
        let from = entry.expect("an entry can be read").path();
        let to = to.join(from.file_name().expect("an entry has a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a file is copied");
        }
    }
}
