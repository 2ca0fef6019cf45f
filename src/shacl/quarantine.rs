//! Sets apart what of an article's graph does not conform, so that the rest does.

use std::collections::HashSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use super::report::ValidationResult;
use super::{Shapes, sh};
use crate::base::Dataset;
use crate::error::Result;
use crate::graph::mint;

/// How often what is left is looked at again before the whole graph is set apart.
const ROUNDS: usize = 16;

/// An article's graph, parted.
#[derive(Debug)]
pub struct Sifted {
    /// What conforms, in the article's graph; then in its quarantine graph what does not, and why, as results of SHACL.
    pub quads: Vec<Quad>,
    /// How many of them, at the beginning, conform.
    pub kept: usize,
    /// How many quads of the article do not; the reasons come on top.
    pub apart: usize,
    /// Why something was set apart; empty when all conforms.
    pub reasons: Vec<ValidationResult>,
}

/// Parts an article's graph by shapes. A triple that leads to a refused value goes; where there is none, the refused
/// value's description and all that points at it; where nothing else is refused, so does the focus node's. Then what is left is
/// looked at again, until it conforms: a description of which a part is missing follows it. The article is its own
/// graph, so one that is itself refused goes whole. Warnings take nothing away.
///
/// # Errors
/// When a constraint in SPARQL cannot be evaluated.
pub fn sift(shapes: &Shapes, article: &NamedNode, quads: Vec<Quad>) -> Result<Sifted> {
    let mut kept = quads;
    let (mut apart, mut reasons) = (Vec::new(), Vec::new());
    for round in 0.. {
        let dataset: Dataset = kept.iter().cloned().collect();
        let report = shapes.validate(&dataset)?;
        let refused: Vec<ValidationResult> = report.violations().cloned().collect();
        if refused.is_empty() {
            break;
        }
        let doomed = Doomed::new(article, &refused, &kept);
        reasons.extend(refused);
        let (gone, left): (Vec<Quad>, Vec<Quad>) = kept.into_iter().partition(|quad| doomed.holds(quad));
        // What no quad of the article can mend is refused as a whole.
        let hopeless = gone.is_empty() || round == ROUNDS;
        apart.extend(gone);
        kept = left;
        if hopeless {
            apart.append(&mut kept);
        }
        if kept.is_empty() {
            break;
        }
    }
    let (count, gone) = (kept.len(), apart.len());
    if !reasons.is_empty() {
        let quarantine = mint::quarantine(article);
        apart.iter_mut().for_each(|quad| quad.graph_name = quarantine.clone().into());
        kept.extend(apart);
        kept.extend(reasons.iter().enumerate().flat_map(|(number, reason)| described(&quarantine, number, reason)));
    }
    Ok(Sifted { quads: kept, kept: count, apart: gone, reasons })
}

/// What goes in one round.
struct Doomed {
    quads: HashSet<Quad>,
    nodes: HashSet<Term>,
    everything: bool,
}

impl Doomed {
    fn new(article: &NamedNode, refused: &[ValidationResult], quads: &[Quad]) -> Self {
        let subjects: HashSet<Term> = quads.iter().map(|quad| term(&quad.subject)).collect();
        let mut doomed = Self { quads: HashSet::new(), nodes: HashSet::new(), everything: false };
        for result in refused {
            let other = result.value.as_ref().filter(|value| **value != result.focus);
            let links: Vec<&Quad> =
                quads.iter().filter(|quad| other.is_some_and(|value| leads(result, quad, value))).collect();
            let described = other.filter(|value| result.path.is_none() && subjects.contains(value));
            match described {
                _ if !links.is_empty() => doomed.quads.extend(links.into_iter().cloned()),
                Some(value) => _ = doomed.nodes.insert(value.clone()),
                None => _ = doomed.nodes.insert(result.focus.clone()),
            }
        }
        doomed.everything = doomed.nodes.contains(&article.clone().into());
        doomed
    }

    fn holds(&self, quad: &Quad) -> bool {
        self.everything
            || self.quads.contains(quad)
            || self.nodes.contains(&quad.object)
            || self.nodes.contains(&term(&quad.subject))
    }
}

/// Whether a quad leads from the focus node of a result to its value.
fn leads(result: &ValidationResult, quad: &Quad, value: &Term) -> bool {
    let along = result.path.as_ref().is_none_or(|path| path.predicate() == Some(&quad.predicate));
    along && quad.object == *value && term(&quad.subject) == result.focus
}

fn term(node: &NamedOrBlankNode) -> Term {
    node.clone().into()
}

/// A result in the quarantine graph, as SHACL has it.
fn described(quarantine: &NamedNode, number: usize, result: &ValidationResult) -> Vec<Quad> {
    let node = mint::quarantine_reason(quarantine, number + 1);
    let graph = GraphName::NamedNode(quarantine.clone());
    let quad = |predicate: NamedNode, object: Term| Quad::new(node.clone(), predicate, object, graph.clone());
    let mut quads = vec![
        quad(rdf::TYPE.into(), sh::term("ValidationResult").into()),
        quad(sh::term("focusNode"), result.focus.clone()),
        quad(sh::term("resultSeverity"), result.severity.node().into()),
        quad(sh::term("sourceConstraintComponent"), result.component.clone().into()),
        quad(sh::term("sourceShape"), result.named_shape.clone()),
    ];
    let path = result.path.as_ref().and_then(|path| path.predicate());
    quads.extend(path.map(|path| quad(sh::term("resultPath"), path.clone().into())));
    quads.extend(result.value.iter().map(|value| quad(sh::term("value"), value.clone())));
    quads.extend(result.messages.iter().map(|message| quad(sh::term("resultMessage"), message.clone())));
    quads
}
