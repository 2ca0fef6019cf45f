//! What validation costs as the data grows: `cargo bench --bench validate [-- QUADS …]`.
//!
//! The worked example of the tests, which has a bit of everything, repeated as article after article: each has its own article,
//! characters, persons, claims and facts, and all share their roles, times, authors and the run. They are held against the shipped
//! shapes, once as they are and once with a break in one article of ten. With `PYSHACL=path/to/pyshacl` in the environment that
//! program checks the smallest file too.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use newsgraph::base::DatasetBuilder;
use newsgraph::shacl::Shapes;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

const SIZES: [usize; 6] = [10_000, 40_000, 160_000, 500_000, 1_000_000, 2_000_000];
const EXAMPLE: &str = include_str!("../tests/graph/bridge.ttl");
const BASE: &str = "https://newsgraph.example/";
const SHARED: [&str; 8] = ["run/", "software/", "model/", "agent/", "role/", "language/", "instant/", "interval/"];

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let shapes = Shapes::shipped();
    let example: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle).for_slice(EXAMPLE).collect::<Result<_, _>>()?;
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("articles.nt");
    let mut pyshacl = std::env::var("PYSHACL").ok();
    println!("    quads  articles  read (s)  validate (s)    quads/s  broken (s)  results  peak memory");
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        let articles = size.div_ceil(example.len());
        write(&file, &example, articles, true)?;
        let broken = check(&shapes, &file)?;
        write(&file, &example, articles, false)?;
        let whole = check(&shapes, &file)?;
        assert_eq!(whole.results, 0);
        println!(
            "{:>9}  {articles:>8}  {:>8.2}  {:>12.2}  {:>9.0}  {:>10.2}  {:>7}  {:>11}",
            whole.quads,
            whole.read.as_secs_f64(),
            whole.took.as_secs_f64(),
            whole.quads as f64 / whole.took.as_secs_f64(),
            broken.took.as_secs_f64(),
            broken.results,
            peak_memory(),
        );
        if let Some(pyshacl) = pyshacl.take() {
            let theirs = run(&pyshacl, &file)?.as_secs_f64();
            let ours = (whole.read + whole.took).as_secs_f64();
            println!("           the same file by pyshacl: {theirs:.1} s, {:.0} times as long", theirs / ours);
        }
    }
    Ok(())
}

/// A file, read and held against the shapes.
struct Checked {
    quads: usize,
    read: Duration,
    took: Duration,
    results: usize,
}

fn check(shapes: &Shapes, file: &Path) -> Result<Checked, Box<dyn Error>> {
    let start = Instant::now();
    let mut builder = DatasetBuilder::default();
    builder.add_file(file)?;
    let data = builder.finish();
    let read = start.elapsed();
    let results = shapes.validate(&data)?.results.len();
    Ok(Checked { quads: data.len(), read, took: start.elapsed() - read, results })
}

/// How long pyshacl takes for a file that conforms, its start included.
fn run(pyshacl: &str, file: &Path) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let ontology = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology");
    let mut command = Command::new(pyshacl);
    command.arg("--shapes").arg(ontology.join("shapes.ttl")).arg("--ont-graph").arg(ontology.join("news.ttl"));
    let status = command.arg(file).stdout(Stdio::null()).status()?;
    if status.success() { Ok(start.elapsed()) } else { Err(format!("pyshacl ended with {status}").into()) }
}

/// Writes the example as so many articles.
fn write(file: &Path, example: &[Quad], articles: usize, broken: bool) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(file)?);
    for number in 0..articles {
        for quad in example {
            let without = broken && number % 10 == 0 && quad.predicate.as_str().ends_with("#contentHash");
            if without {
                continue;
            }
            let subject = match &quad.subject {
                NamedOrBlankNode::NamedNode(node) => NamedOrBlankNode::from(renamed(node, number)),
                other => other.clone(),
            };
            let object = match &quad.object {
                Term::NamedNode(node) => renamed(node, number).into(),
                other => other.clone(),
            };
            writeln!(out, "{subject} {} {object} .", quad.predicate)?;
        }
    }
    Ok(out.flush()?)
}

/// A node of one article's own by another name in each.
fn renamed(node: &NamedNode, number: usize) -> NamedNode {
    let Some(rest) = ["https://news.example/", BASE].iter().find_map(|base| node.as_str().strip_prefix(base)) else {
        return node.clone();
    };
    if SHARED.iter().any(|kind| rest.starts_with(kind)) {
        return node.clone();
    }
    NamedNode::new_unchecked(format!("{BASE}{number}/{rest}"))
}

/// The most memory that was held so far, as Linux counts it.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.map_or("unknown".to_owned(), |kilobytes: u64| format!("{} MB", kilobytes / 1000))
}
