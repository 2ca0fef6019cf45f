//! What users of a command line expect of any program: help, exit statuses, pipes, silence.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
#[cfg(unix)]
use std::os::unix::fs::FileTypeExt;
use std::process::{Command, Stdio};

use crate::Desk;

const COMMANDS: [&str; 8] = ["build", "convert", "query", "update", "export", "show", "eval", "completions"];

#[test]
fn the_help_of_every_command_shows_examples() {
    let desk = Desk::new();
    let help = desk.run("--help").well();
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command}")), "{command} is not in\n{help}");
        let help = desk.run(&format!("{command} --help")).well();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("no examples in\n{help}"));
        assert!(examples.contains(&format!("newsgraph {command} ")), "{examples}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Desk::new().run("--version").well(), concat!("newsgraph ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn wrong_usage_ends_with_2_and_says_why() {
    let desk = Desk::new();
    for (arguments, reason) in [
        ("", "Usage:"),
        ("convert", "<INPUT>"),
        ("convert fire.txt --to docx", "docx"),
        ("convert fire.txt --no-such-flag", "--no-such-flag"),
        ("convert missing.txt", "missing.txt"),
        ("convert fire.txt --model fire.txt", "fire.txt: not a usable model"),
        ("convert fire.txt --output no/such/place.ttl", "no/such/place.ttl"),
        ("query --store no-base --example posts", "no-base"),
        ("export --store no-base", "no-base"),
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.status, 2, "{arguments}: {}", run.err);
        assert!(run.err.contains(reason), "{arguments}: {}", run.err);
        assert_eq!(run.out, "", "{arguments}");
    }
}

#[test]
fn a_bad_article_among_good_ones_ends_with_1() {
    let desk = Desk::new();
    desk.write("bad.json", "{\"text\": ");
    for command in ["convert", "show"] {
        let run = desk.run(&format!("{command} bad.json fire.txt"));
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.starts_with("error: bad.json"), "{}", run.err);
        assert!(run.out.contains("Ann Okafor"), "{}", run.out);
    }
}

#[test]
fn quiet_prints_errors_and_nothing_else() {
    let desk = Desk::new();
    let run = desk.run("build fire.txt --store kb --quiet");
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (0, "", ""));
    let run = desk.run("build missing.txt fire.txt --store kb -q");
    assert_eq!(run.status, 1);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn no_progress_and_no_colours_are_drawn_in_a_pipe() {
    let desk = Desk::new();
    let run = desk.run("build fire.txt strike.txt missing.txt --store kb");
    assert!(run.err.contains("articles"), "{}", run.err);
    assert!(!run.err.contains(['\r', '\u{1b}']), "{:?}", run.err);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let desk = Desk::new();
    let records: String = (0..200)
        .map(|n| crate::record(&format!("https://a.example/{n}"), "2026-05-01", "Ann Roe wins", crate::FIRE))
        .collect();
    desk.write("wire.jsonl", records);
    let mut convert = Command::new(assert_cmd::cargo::cargo_bin!("newsgraph"))
        .current_dir(desk.path())
        .args(["convert", "wire.jsonl", "--to", "nquads"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(convert.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = convert.wait_with_output().unwrap();
    assert!(line.ends_with(" .\n"), "{line}");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_the_name_of_the_file() {
    let desk = Desk::new();
    let run = desk.run("convert fire.txt --output /dev/full --to turtle");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("/dev/full: No space left"), "{}", run.err);
    assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device());

    let run = desk.run("build fire.txt --store kb --turtle /dev/full");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("/dev/full: No space left"), "{}", run.err);

    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [&["convert", "fire.txt"][..], &["show", "fire.txt"], &["export", "--store", "kb"]] {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("newsgraph"))
            .current_dir(desk.path())
            .args(arguments)
            .stdout(full.try_clone().unwrap())
            .output()
            .unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(err.contains("standard output: No space left"), "{err}");
    }
}

#[test]
fn completions_name_the_commands() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = desk.run(&format!("completions {shell}")).well();
        for command in COMMANDS {
            assert!(script.contains(command), "{command} is not in the script for {shell}");
        }
    }
}
