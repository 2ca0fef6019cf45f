//! Property paths of SHACL: read from a shapes graph, followed in the data, written as SPARQL and as RDF.

use std::collections::HashSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};

use super::sh;
use super::shape::Constant;

/// A way from a node to its values.
#[derive(Clone, Debug)]
pub(super) enum Path {
    Predicate(Constant),
    Inverse(Box<Self>),
    Sequence(Vec<Self>),
    Alternative(Vec<Self>),
    ZeroOrMore(Box<Self>),
    OneOrMore(Box<Self>),
    ZeroOrOne(Box<Self>),
}

/// One step along a predicate, forwards or backwards.
pub(super) trait Steps {
    /// The nodes that one step leads to.
    fn step(&self, from: u32, predicate: Constant, backwards: bool) -> Vec<u32>;
}

impl Path {
    /// The nodes that it leads to, each once.
    pub(super) fn follow(&self, data: &impl Steps, from: u32, backwards: bool) -> Vec<u32> {
        match self {
            Self::Predicate(predicate) => data.step(from, *predicate, backwards),
            Self::Inverse(path) => path.follow(data, from, !backwards),
            Self::Sequence(paths) => {
                let mut nodes = vec![from];
                let follow = |nodes: Vec<u32>, path: &Self| {
                    distinct(nodes.into_iter().flat_map(|node| path.follow(data, node, backwards)))
                };
                if backwards {
                    nodes = paths.iter().rev().fold(nodes, follow);
                } else {
                    nodes = paths.iter().fold(nodes, follow);
                }
                nodes
            }
            Self::Alternative(paths) => distinct(paths.iter().flat_map(|path| path.follow(data, from, backwards))),
            Self::ZeroOrOne(path) => distinct(std::iter::once(from).chain(path.follow(data, from, backwards))),
            Self::ZeroOrMore(path) => closure(vec![from], |node| path.follow(data, node, backwards)),
            Self::OneOrMore(path) => {
                closure(path.follow(data, from, backwards), |node| path.follow(data, node, backwards))
            }
        }
    }

    /// The path in SPARQL.
    pub(super) fn sparql(&self, constants: &[Term]) -> String {
        let join = |paths: &[Self], sign: &str| {
            let parts: Vec<String> = paths.iter().map(|path| path.sparql(constants)).collect();
            format!("({})", parts.join(sign))
        };
        match self {
            Self::Predicate(predicate) => constants[*predicate].to_string(),
            Self::Inverse(path) => format!("^({})", path.sparql(constants)),
            Self::Sequence(paths) => join(paths, "/"),
            Self::Alternative(paths) => join(paths, "|"),
            Self::ZeroOrMore(path) => format!("({})*", path.sparql(constants)),
            Self::OneOrMore(path) => format!("({})+", path.sparql(constants)),
            Self::ZeroOrOne(path) => format!("({})?", path.sparql(constants)),
        }
    }

    /// The path as SHACL writes it; adds the triples that it takes.
    pub(super) fn rdf(&self, constants: &[Term], triples: &mut Vec<Triple>, blanks: &mut Blanks) -> Term {
        let (name, path) = match self {
            Self::Predicate(predicate) => return constants[*predicate].clone(),
            Self::Sequence(paths) => return list(paths, constants, triples, blanks),
            Self::Alternative(paths) => {
                let object = list(paths, constants, triples, blanks);
                return node("alternativePath", object, triples, blanks);
            }
            Self::Inverse(path) => ("inversePath", path),
            Self::ZeroOrMore(path) => ("zeroOrMorePath", path),
            Self::OneOrMore(path) => ("oneOrMorePath", path),
            Self::ZeroOrOne(path) => ("zeroOrOnePath", path),
        };
        let object = path.rdf(constants, triples, blanks);
        node(name, object, triples, blanks)
    }
}

fn node(name: &str, object: Term, triples: &mut Vec<Triple>, blanks: &mut Blanks) -> Term {
    let node = blanks.next();
    triples.push(Triple::new(node.clone(), sh::term(name), object));
    node.into()
}

fn list(paths: &[Path], constants: &[Term], triples: &mut Vec<Triple>, blanks: &mut Blanks) -> Term {
    let members: Vec<Term> = paths.iter().map(|path| path.rdf(constants, triples, blanks)).collect();
    members.into_iter().rev().fold(NamedNode::from(rdf::NIL).into(), |rest: Term, member| {
        let cell = blanks.next();
        triples.push(Triple::new(cell.clone(), rdf::FIRST, member));
        triples.push(Triple::new(cell.clone(), rdf::REST, rest));
        cell.into()
    })
}

/// New blank nodes, numbered.
#[derive(Default)]
pub(super) struct Blanks(usize);

impl Blanks {
    pub(super) fn next(&mut self) -> NamedOrBlankNode {
        self.0 += 1;
        BlankNode::new_unchecked(format!("b{}", self.0)).into()
    }
}

fn distinct(nodes: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut nodes: Vec<u32> = nodes.collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// Everything that steps lead to from some nodes, and these.
fn closure(start: Vec<u32>, steps: impl Fn(u32) -> Vec<u32>) -> Vec<u32> {
    let mut seen: HashSet<u32> = start.iter().copied().collect();
    let mut open = start;
    while let Some(node) = open.pop() {
        open.extend(steps(node).into_iter().filter(|next| seen.insert(*next)));
    }
    distinct(seen.into_iter())
}
