//! `docs/PRECISION.md` says what the judgements of `docs/judged.csv` add up to.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How many were read, and how many of them were right, by layer, sample and set, each with `all` its sets together.
type Counts = BTreeMap<[String; 3], (u32, u32)>;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).join(name)).unwrap()
}

fn judged() -> Counts {
    let mut counts = Counts::new();
    let page = page("judged.csv");
    let mut reader = csv::Reader::from_reader(page.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let [layer, sample, set, verdict] = ["layer", "sample", "set", "verdict"].map(column);
    for line in reader.records() {
        let line = line.unwrap();
        let is_right = match &line[verdict] {
            "right" => 1,
            "wrong" => 0,
            other => panic!("{other} is no verdict: {line:?}"),
        };
        for set in [&line[set], "all"] {
            let (read, right) = counts.entry([&line[layer], &line[sample], set].map(str::to_owned)).or_default();
            *read += 1;
            *right += is_right;
        }
    }
    counts
}

/// The rows of the page's table of counts: layer, sample, set, read, right and precision in per cent.
fn told() -> Vec<[String; 6]> {
    let rows = page("PRECISION.md");
    let cells = rows.lines().map(|line| {
        let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('*').to_owned());
        cells.collect::<Vec<_>>()
    });
    let is_table = |cells: &Vec<String>| cells.len() == 6 && cells[3].parse::<u32>().is_ok();
    cells.filter(is_table).map(|cells| cells.try_into().unwrap()).collect()
}

#[test]
fn the_page_says_what_the_judgements_add_up_to() {
    let judged = judged();
    let told = told();
    let sums = judged.iter().map(|([layer, sample, set], (read, right))| {
        let precision = 100.0 * f64::from(*right) / f64::from(*read);
        [layer.clone(), sample.clone(), set.clone(), read.to_string(), right.to_string(), format!("{precision:.1}")]
    });
    let sums: Vec<[String; 6]> = sums.collect();
    for row in &told {
        assert!(sums.contains(row), "docs/judged.csv does not add up to this row of docs/PRECISION.md: {row:?}");
    }
    for row in sums.iter().filter(|row| row[2] == "all") {
        assert!(told.contains(row), "docs/PRECISION.md lacks this row: | {} |", row.join(" | "));
    }
}

#[test]
fn each_thing_is_judged_once() {
    let page = page("judged.csv");
    let mut lines: Vec<&str> = page.lines().collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), count, "a line of docs/judged.csv stands there twice");
}
