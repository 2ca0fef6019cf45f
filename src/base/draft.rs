//! What an update makes of a dataset, operation by operation, before any of it is stored.

use std::collections::{BTreeSet, HashMap};
use std::env;
use std::path::PathBuf;

use oxigraph::model::{
    BlankNode, GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef, Triple, Variable,
};
use oxigraph::sparql::QueryEvaluationError;
use spareval::{DeleteInsertQuad, QueryEvaluator};
use spargebra::GraphUpdateOperation;
use spargebra::algebra::{GraphPattern, GraphTarget, QueryDataset};
use spargebra::term::{self as parsed, GroundQuad, GroundTerm, QuadPattern, TriplePattern};
use url::Url;

use super::builder;
use super::dataset::Dataset;
use super::patterns::View;
use super::terms;
use super::update::Update;

/// A dataset under change.
pub(super) struct Draft<'a> {
    update: &'a Update,
    /// Where triples go, and are deleted from, that name no graph.
    default: NamedNode,
    /// What operations see, but for the changes in `pending` and graphs that came or went since.
    dataset: Dataset,
    pending: HashMap<Quad, bool>,
    is_stale: bool,
    /// All changes that did not undo one another: whether each quad came or went.
    changes: HashMap<Quad, bool>,
    /// The graphs of the user's own, also those without quads.
    own: BTreeSet<String>,
    /// All other graphs.
    others: BTreeSet<String>,
    blank_nodes: BlankNodes,
}

/// Why an operation cannot be done.
pub(super) enum Refusal {
    Evaluation(QueryEvaluationError),
    Reason(String),
}

impl From<QueryEvaluationError> for Refusal {
    fn from(error: QueryEvaluationError) -> Self {
        Self::Evaluation(error)
    }
}

fn refusal(reason: impl Into<String>) -> Refusal {
    Refusal::Reason(reason.into())
}

impl<'a> Draft<'a> {
    /// A draft of what an update does to a dataset in which the graphs `own` are the user's.
    pub(super) fn new(update: &'a Update, dataset: Dataset, own: BTreeSet<String>) -> Self {
        let others = dataset.graph_names().filter(|name| !own.contains(name)).collect();
        let blank_nodes = BlankNodes::new(update.genid());
        let (pending, changes) = (HashMap::new(), HashMap::new());
        let (default, is_stale) = (update.own_graph(), false);
        Self { update, default, dataset, pending, is_stale, changes, own, others, blank_nodes }
    }

    /// The changes, in no order, and the graphs of the user's own that there are then.
    pub(super) fn finish(self) -> (HashMap<Quad, bool>, BTreeSet<String>) {
        (self.changes, self.own)
    }

    pub(super) fn run(&mut self, evaluator: &QueryEvaluator, operation: &GraphUpdateOperation) -> Result<(), Refusal> {
        self.blank_nodes.known.clear();
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                data.iter().try_for_each(|quad| self.set(from_data(quad), true))
            }
            GraphUpdateOperation::DeleteData { data } => {
                data.iter().try_for_each(|quad| self.set(from_ground(quad), false))
            }
            GraphUpdateOperation::DeleteInsert { .. } => self.delete_insert(evaluator, operation),
            GraphUpdateOperation::Load { silent, source, destination } => match self.load(source, destination) {
                Ok(quads) => quads.into_iter().try_for_each(|quad| self.set(quad, true)),
                Err(_) if *silent => Ok(()),
                Err(reason) => Err(refusal(reason)),
            },
            GraphUpdateOperation::Clear { silent, graph } => self.clear(graph, *silent, false),
            GraphUpdateOperation::Drop { silent, graph } => self.clear(graph, *silent, true),
            GraphUpdateOperation::Create { silent, graph } => self.create(graph, *silent),
        }
    }

    fn delete_insert(&mut self, evaluator: &QueryEvaluator, operation: &GraphUpdateOperation) -> Result<(), Refusal> {
        let GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } = operation else { return Ok(()) };
        self.flush();
        let merged = match using {
            Some(QueryDataset { default, .. }) => {
                Some(default.iter().map(|graph| GraphName::from(graph.clone())).collect())
            }
            None if self.update.copies_default() && is_copy_of_default(operation) => {
                Some(vec![GraphName::from(self.default.clone())])
            }
            None => None,
        };
        let mut prepared = evaluator.prepare_delete_insert(
            delete.clone(),
            insert.clone(),
            self.update.request().base_iri.clone(),
            None,
            pattern,
        );
        if let Some(named) = using.as_ref().and_then(|using| using.named.clone()) {
            let named = named.into_iter().map(NamedOrBlankNode::from).collect();
            prepared.dataset_mut().set_available_named_graphs(named);
        }
        let view = View::new(&self.dataset, merged, self.update.cancellation());
        let mutations = prepared.execute(view)?.collect::<Result<Vec<_>, _>>()?;
        // Where its time is over the evaluator is given no more quads, and may end as if there were none.
        if self.update.cancellation().is_cancelled() {
            return Err(QueryEvaluationError::Cancelled.into());
        }
        let (gone, new): (Vec<_>, Vec<_>) =
            mutations.into_iter().partition(|mutation| matches!(mutation, DeleteInsertQuad::Delete(_)));
        for mutation in gone.into_iter().chain(new) {
            match mutation {
                DeleteInsertQuad::Delete(quad) => self.set(quad, false)?,
                DeleteInsertQuad::Insert(quad) => self.set(quad, true)?,
            }
        }
        Ok(())
    }

    /// The quads of a local file.
    fn load(&self, source: &NamedNode, destination: &parsed::GraphName) -> Result<Vec<Quad>, String> {
        let path = local_path(source)?;
        let into = match destination {
            parsed::GraphName::NamedNode(node) => Some(node.clone()),
            parsed::GraphName::DefaultGraph => None,
        };
        builder::read(&path, into.as_ref()).map_err(|error| error.to_string())
    }

    fn clear(&mut self, target: &GraphTarget, silent: bool, drop: bool) -> Result<(), Refusal> {
        let graphs: Vec<String> = match target {
            GraphTarget::NamedNode(node) if self.own.contains(node.as_str()) => vec![node.as_str().to_owned()],
            GraphTarget::NamedNode(node) if self.others.contains(node.as_str()) => {
                return Err(refusal(format!(
                    "{node} is no graph of your own; `newsgraph retract` takes an article out of the base"
                )));
            }
            GraphTarget::NamedNode(_) if silent => Vec::new(),
            GraphTarget::NamedNode(node) => return Err(refusal(format!("there is no graph {node}"))),
            GraphTarget::DefaultGraph => vec![self.default.as_str().to_owned()],
            GraphTarget::NamedGraphs => {
                self.own.iter().filter(|name| *name != self.default.as_str()).cloned().collect()
            }
            GraphTarget::AllGraphs => self.own.iter().cloned().collect(),
        };
        for graph in graphs {
            for quad in self.quads_of(&graph) {
                self.set(quad, false)?;
            }
            if drop {
                self.is_stale |= self.own.remove(&graph);
            }
        }
        Ok(())
    }

    fn create(&mut self, graph: &NamedNode, silent: bool) -> Result<(), Refusal> {
        let exists = self.own.contains(graph.as_str()) || self.others.contains(graph.as_str());
        if exists && !silent {
            return Err(refusal(format!("there is a graph {graph} already")));
        }
        if !exists {
            self.is_stale |= self.own.insert(graph.as_str().to_owned());
        }
        Ok(())
    }

    /// The quads of a graph as they are now.
    fn quads_of(&mut self, graph: &str) -> Vec<Quad> {
        self.flush();
        self.dataset.quads_of(graph)
    }

    /// Lets a quad be there or not. Only what changes anything is held against the guard.
    fn set(&mut self, quad: Quad, present: bool) -> Result<(), Refusal> {
        let quad = self.settled(quad);
        let was = self.pending.get(&quad).copied().unwrap_or_else(|| self.dataset.holds(&quad));
        if was == present {
            return Ok(());
        }
        if let GraphName::NamedNode(graph) = &quad.graph_name {
            if self.others.contains(graph.as_str()) {
                if !self.update.is_forced() {
                    let done = if present { "written to" } else { "changed" };
                    return Err(refusal(format!(
                        "{graph} is what an article says, and would be {done}: name a graph of your own, or --force it"
                    )));
                }
            } else {
                self.own.insert(graph.as_str().to_owned());
            }
        }
        // A quad that comes back after it went, or goes after it came, has not changed.
        if self.changes.remove(&quad).is_none() {
            self.changes.insert(quad.clone(), present);
        }
        self.pending.insert(quad, present);
        self.is_stale = true;
        Ok(())
    }

    /// The quad in a named graph and without blank nodes.
    fn settled(&mut self, quad: Quad) -> Quad {
        let Self { dataset, blank_nodes, default, .. } = self;
        let mut name = |node: BlankNode| blank_nodes.name(node, dataset);
        Quad {
            subject: match quad.subject {
                NamedOrBlankNode::BlankNode(node) => name(node).into(),
                named @ NamedOrBlankNode::NamedNode(_) => named,
            },
            predicate: quad.predicate,
            object: match quad.object {
                Term::BlankNode(node) => name(node).into(),
                other => other,
            },
            graph_name: match quad.graph_name {
                GraphName::BlankNode(node) => name(node).into(),
                GraphName::DefaultGraph => default.clone().into(),
                named @ GraphName::NamedNode(_) => named,
            },
        }
    }

    /// Lets operations see all changes.
    fn flush(&mut self) {
        if std::mem::take(&mut self.is_stale) {
            let dataset = std::mem::take(&mut self.dataset);
            let own = self.own.iter().map(|name| NamedNodeRef::new_unchecked(name));
            self.dataset = dataset.edited(std::mem::take(&mut self.pending), own);
        }
    }
}

/// IRIs for blank nodes, which a base never holds.
struct BlankNodes {
    prefix: String,
    last: usize,
    /// Those of the operation.
    known: HashMap<BlankNode, NamedNode>,
}

impl BlankNodes {
    fn new(prefix: String) -> Self {
        Self { prefix, last: 0, known: HashMap::new() }
    }

    /// The IRI of a blank node: the next that the dataset does not know.
    fn name(&mut self, node: BlankNode, dataset: &Dataset) -> NamedNode {
        let Self { prefix, last, known } = self;
        known
            .entry(node)
            .or_insert_with(|| {
                loop {
                    *last += 1;
                    let iri = NamedNode::new_unchecked(format!("{prefix}-{last}"));
                    if dataset.terms().find(&terms::key(TermRef::from(iri.as_ref()))).is_none() {
                        return iri;
                    }
                }
            })
            .clone()
    }
}

/// Whether it is what the parser makes of ADD, COPY or MOVE of the default graph.
fn is_copy_of_default(operation: &GraphUpdateOperation) -> bool {
    let [s, p, o] = ["s", "p", "o"].map(Variable::new_unchecked);
    let triple = TriplePattern { subject: s.clone().into(), predicate: p.clone().into(), object: o.clone().into() };
    let bgp = GraphPattern::Bgp { patterns: vec![triple] };
    match operation {
        GraphUpdateOperation::DeleteInsert { delete, insert, using: None, pattern } => {
            let is_whole = |quad: &QuadPattern| {
                quad.subject == s.clone().into()
                    && quad.predicate == p.clone().into()
                    && quad.object == o.clone().into()
            };
            delete.is_empty() && **pattern == bgp && matches!(insert.as_slice(), [quad] if is_whole(quad))
        }
        _ => false,
    }
}

/// The path of a `file:` IRI, which may be relative to where the program was started.
fn local_path(source: &NamedNode) -> Result<PathBuf, String> {
    let refused = |why: &str| format!("LOAD {source}: {why}");
    if !source.as_str().starts_with("file:") {
        return Err(refused("updates do not reach out to the network; fetch it, and LOAD <file:NAME>"));
    }
    let here = env::current_dir().ok().and_then(|here| Url::from_directory_path(here).ok());
    let url = Url::options().base_url(here.as_ref()).parse(source.as_str());
    url.ok().and_then(|url| url.to_file_path().ok()).ok_or_else(|| refused("this is not the name of a file"))
}

fn from_data(quad: &parsed::Quad) -> Quad {
    Quad {
        subject: quad.subject.clone(),
        predicate: quad.predicate.clone(),
        object: quad.object.clone(),
        graph_name: graph_name(&quad.graph_name),
    }
}

fn from_ground(quad: &GroundQuad) -> Quad {
    Quad {
        subject: quad.subject.clone().into(),
        predicate: quad.predicate.clone(),
        object: ground_term(&quad.object),
        graph_name: graph_name(&quad.graph_name),
    }
}

fn ground_term(term: &GroundTerm) -> Term {
    match term {
        GroundTerm::NamedNode(node) => node.clone().into(),
        GroundTerm::Literal(literal) => literal.clone().into(),
        GroundTerm::Triple(triple) => {
            Triple::new(triple.subject.clone(), triple.predicate.clone(), ground_term(&triple.object)).into()
        }
    }
}

fn graph_name(name: &parsed::GraphName) -> GraphName {
    match name {
        parsed::GraphName::NamedNode(node) => node.clone().into(),
        parsed::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}
