//! What validation costs as the data grows: `cargo bench --bench validate [-- QUADS …]`.
//!
//! The worked example of the tests, which has a bit of everything, repeated as article after article: each has its own article,
//! characters, persons, claims and facts, and all share their roles, times, authors and the run. They are held against the shipped shapes, once as they are and once with a break in one article of ten.

use std::error::Error;
use std::time::Instant;

use newsgraph::base::{Dataset, DatasetBuilder};
use newsgraph::shacl::Shapes;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

const SIZES: [usize; 7] = [10_000, 40_000, 160_000, 250_000, 500_000, 1_000_000, 2_000_000];
const EXAMPLE: &str = include_str!("../tests/graph/bridge.ttl");
const BASE: &str = "https://newsgraph.example/";
const SHARED: [&str; 8] = ["run/", "software/", "model/", "agent/", "role/", "language/", "instant/", "interval/"];

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let shapes = Shapes::shipped();
    let example: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle).for_slice(EXAMPLE).collect::<Result<_, _>>()?;
    println!("    quads  articles  conforming (s)  µs/quad  broken (s)  results");
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        let articles = size.div_ceil(example.len());
        let data = repeated(&example, articles, false);
        let start = Instant::now();
        let report = shapes.validate(&data)?;
        let took = start.elapsed().as_secs_f64();
        assert_eq!(report.violations().count(), 0);
        let quads = data.len();
        drop(data);
        let data = repeated(&example, articles, true);
        let start = Instant::now();
        let report = shapes.validate(&data)?;
        println!(
            "{quads:>9}  {articles:>8}  {took:>14.2}  {:>7.2}  {:>10.2}  {:>7}",
            took * 1e6 / quads as f64,
            start.elapsed().as_secs_f64(),
            report.results.len()
        );
    }
    Ok(())
}

/// The example as so many articles, each in a graph of its own.
fn repeated(example: &[Quad], articles: usize, broken: bool) -> Dataset {
    let mut builder = DatasetBuilder::default();
    for number in 0..articles {
        let graph = NamedNode::new_unchecked(format!("{BASE}graph/{number}"));
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
            builder.add_quad(&Quad::new(subject, quad.predicate.clone(), object, graph.clone()));
        }
    }
    builder.finish()
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
