//! How long the ready questions take as the base grows: `cargo bench --bench queries [-- COPIES …]`.
//!
//! The example articles over and over, each time by other names: every copy has its own articles, people, organisations,
//! events and claims, and all share publishers, places, peoples and posts, as the articles of years do. Each question is asked
//! in full, and its rows are counted. `growth` is how the time grew beside the data from the first size to the last: 1 is linear.

use std::collections::HashSet;
use std::error::Error;
use std::time::Instant;

use newsgraph::base::{Answer, Dataset, DatasetBuilder, EXAMPLES, Query};
use newsgraph::{graph, pipeline::Pipeline, source};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, vocab::rdfs};

const COPIES: [usize; 2] = [10, 30];
const SHARED: [&str; 4] = ["region/", "place/", "group/", "role/"];
const BASE: &str = "https://newsgraph.example/";

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { COPIES.to_vec() } else { asked };
    let examples = Examples::read()?;
    let mut columns = Vec::new();
    for copies in sizes {
        let start = Instant::now();
        let dataset = examples.copied(copies);
        println!("{copies} copies: {} quads, indexed in {:.1} s", dataset.len(), start.elapsed().as_secs_f64());
        let measured = EXAMPLES.map(|example| measure(example.text, &dataset));
        columns.push((dataset.len(), measured.into_iter().collect::<Result<Vec<_>, _>>()?));
    }
    print(&columns);
    Ok(())
}

/// The rows of a question and the seconds they took.
fn measure(question: &str, dataset: &Dataset) -> Result<(usize, f64), Box<dyn Error>> {
    let start = Instant::now();
    let Answer::Rows { rows, .. } = Query::parse(question, "bench")?.run(dataset)? else {
        return Err("a ready question that is no SELECT".into());
    };
    let count = rows.collect::<Result<Vec<_>, _>>()?.len();
    Ok((count, start.elapsed().as_secs_f64()))
}

fn print(columns: &[(usize, Vec<(usize, f64)>)]) {
    let sizes: Vec<String> = columns.iter().map(|(quads, _)| format!("{quads:>9} quads (rows, s)")).collect();
    println!("{:<20}  {}   growth", "", sizes.join("  "));
    for (number, example) in EXAMPLES.iter().enumerate() {
        let cells: Vec<String> =
            columns.iter().map(|(_, all)| format!("{:>13}  {:>9.3}", all[number].0, all[number].1)).collect();
        let growth = match columns {
            [(small, first), .., (large, last)] => {
                format!("{:.1}", last[number].1 / first[number].1 / (*large as f64 / *small as f64))
            }
            _ => "-".to_owned(),
        };
        println!("{:<20}  {}   {growth:>6}", example.name, cells.join("  "));
    }
}

/// What the example articles say.
struct Examples {
    quads: Vec<Quad>,
    publishers: HashSet<Term>,
}

impl Examples {
    fn read() -> Result<Self, Box<dyn Error>> {
        let pipeline = Pipeline::built_in()?;
        let options = source::Options::built_in()?;
        let mut quads = Vec::new();
        for record in source::records(&["examples/articles".into()], &options) {
            let document = pipeline.read(record?.article(&options)?);
            quads.extend(graph::quads(&document, &graph::Options::default()));
        }
        let publisher = |quad: &&Quad| quad.predicate.as_str() == "https://schema.org/publisher";
        let publishers = quads.iter().filter(publisher).map(|quad| quad.object.clone()).collect();
        Ok(Self { quads, publishers })
    }

    fn copied(&self, copies: usize) -> Dataset {
        let mut builder = DatasetBuilder::default();
        for copy in 0..copies {
            self.quads.iter().for_each(|quad| builder.add_quad(&self.renamed(quad, copy)));
        }
        builder.finish()
    }

    /// A quad as a copy has it.
    fn renamed(&self, quad: &Quad, copy: usize) -> Quad {
        let node = |node: &NamedNode| match self.is_shared(node) {
            true => node.clone(),
            false => NamedNode::new_unchecked(node.as_str().replacen(".example/", &format!(".example/{copy}/"), 1)),
        };
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(subject) => NamedOrBlankNode::from(node(subject)),
            blank @ NamedOrBlankNode::BlankNode(_) => blank.clone(),
        };
        let object = match &quad.object {
            Term::NamedNode(object) => node(object).into(),
            Term::Literal(label) if quad.predicate == rdfs::LABEL && subject != quad.subject => {
                Literal::from(format!("{} {copy}", label.value())).into()
            }
            other => other.clone(),
        };
        let graph = match &quad.graph_name {
            GraphName::NamedNode(graph) => node(graph).into(),
            other => other.clone(),
        };
        Quad::new(subject, quad.predicate.clone(), object, graph)
    }

    fn is_shared(&self, node: &NamedNode) -> bool {
        let rest = node.as_str().strip_prefix(BASE).unwrap_or_default();
        SHARED.iter().any(|kind| rest.starts_with(kind)) || self.publishers.contains(&node.clone().into())
    }
}
