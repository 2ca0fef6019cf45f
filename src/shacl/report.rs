//! What validation found: in words, and as a validation report in RDF.

use std::fmt;
use std::io::{self, Write};

use oxigraph::io::RdfSerializer;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, Term, Triple};

use super::bindings::Bindings;
use super::path::{Blanks, Path};
use super::sh;
use super::walk::{Finding, Value};
use crate::base;
use crate::graph::write::Format;

/// What shapes refuse, the gravest first, then shape by shape; the same data and shapes give the same report.
#[derive(Debug)]
pub struct Report {
    /// Each thing that was found.
    pub results: Vec<ValidationResult>,
    /// What paths are made of.
    constants: Vec<Term>,
}

/// One thing that a shape refuses.
#[derive(Clone, Debug)]
pub struct ValidationResult {
    /// The node that was looked at.
    pub focus: Term,
    /// The way from it to the value; none where the node itself is meant.
    pub path: Option<ResultPath>,
    /// The value that is refused; none where values are missing or too many.
    pub value: Option<Term>,
    /// The shape that refuses it, by its node in the shapes graph.
    pub shape: Term,
    /// The shape with a name that this shape is a part of, or the shape itself.
    pub named_shape: Term,
    /// The constraint in SPARQL that refuses it.
    pub constraint: Option<Term>,
    /// The component that refuses it, such as `sh:MinCountConstraintComponent`.
    pub component: NamedNode,
    /// How grave it is.
    pub severity: Severity,
    /// The shape's words, one a language; our own where it has none.
    pub messages: Vec<Term>,
    /// The named graphs, which are articles, that say it.
    pub graphs: Vec<NamedNode>,
}

/// How grave a result is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Severity {
    /// `sh:Violation`, and what is neither of the others.
    Violation(NamedNode),
    /// `sh:Warning`.
    Warning,
    /// `sh:Info`.
    Info,
}

/// A property path.
#[derive(Clone, Debug)]
pub struct ResultPath {
    text: String,
    path: PathKind,
}

#[derive(Clone, Debug)]
enum PathKind {
    Predicate(NamedNode),
    Other(Path),
}

impl ResultPath {
    /// The predicate, where the path is just that.
    #[must_use]
    pub fn predicate(&self) -> Option<&NamedNode> {
        match &self.path {
            PathKind::Predicate(predicate) => Some(predicate),
            PathKind::Other(_) => None,
        }
    }
}

impl fmt::Display for ResultPath {
    /// As SPARQL writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Severity {
    fn of(node: &NamedNode) -> Self {
        match sh::name(node.as_ref()) {
            Some("Warning") => Self::Warning,
            Some("Info") => Self::Info,
            _ => Self::Violation(node.clone()),
        }
    }

    pub(super) fn node(&self) -> NamedNode {
        match self {
            Self::Violation(node) => node.clone(),
            Self::Warning => sh::term("Warning"),
            Self::Info => sh::term("Info"),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Violation(_) => 0,
            Self::Warning => 1,
            Self::Info => 2,
        }
    }

    /// Whether data with such a result is refused.
    #[must_use]
    pub fn is_violation(&self) -> bool {
        matches!(self, Self::Violation(_))
    }
}

impl ValidationResult {
    fn new(bindings: &Bindings<'_>, finding: Finding) -> Self {
        let constants = &bindings.shapes.constants;
        let shape = &bindings.shapes.shapes[finding.shape];
        let constraint = &shape.constraints[finding.constraint];
        let path = match (finding.path, &shape.path) {
            (Some(predicate), _) => {
                Some(ResultPath { text: predicate.to_string(), path: PathKind::Predicate(predicate) })
            }
            (None, Some(path)) => Some(ResultPath {
                text: path.sparql(constants),
                path: match path {
                    Path::Predicate(constant) => match &constants[*constant] {
                        Term::NamedNode(predicate) => PathKind::Predicate(predicate.clone()),
                        _ => PathKind::Other(path.clone()),
                    },
                    _ => PathKind::Other(path.clone()),
                },
            }),
            (None, None) => None,
        };
        let value = finding.value.map(|value| match value {
            Value::Node(id) => bindings.term(id),
            Value::Computed(term) => term,
        });
        let own = || vec![Literal::from(constraint.wish(constants)).into()];
        let messages = [&finding.messages, &shape.messages].into_iter().find(|messages| !messages.is_empty());
        let messages = messages.cloned().unwrap_or_else(own);
        let id = |term: &Term| bindings.data.find(term.as_ref());
        let predicate = path.as_ref().and_then(ResultPath::predicate).and_then(|path| id(&path.clone().into()));
        let stated = value
            .as_ref()
            .and_then(&id)
            .zip(predicate)
            .map(|(value, predicate)| bindings.data.graphs_with(finding.focus, Some(predicate), Some(value)));
        let graphs = stated.filter(|graphs| !graphs.is_empty());
        Self {
            focus: bindings.term(finding.focus),
            path,
            value,
            shape: shape.node.clone(),
            named_shape: shape.named.clone(),
            constraint: match constraint {
                super::shape::Constraint::Sparql(sparql) if sparql.component.is_none() => Some(sparql.node.clone()),
                _ => None,
            },
            component: constraint.component(),
            severity: Severity::of(&shape.severity),
            messages,
            graphs: graphs.unwrap_or_else(|| bindings.data.graphs_with(finding.focus, None, None)),
        }
    }

    /// What is wrong, in the first of its words.
    #[must_use]
    pub fn message(&self) -> &str {
        match self.messages.first() {
            Some(Term::Literal(literal)) => literal.value(),
            _ => "",
        }
    }
}

impl Report {
    pub(super) fn new(bindings: &Bindings<'_>, findings: Vec<Finding>) -> Self {
        let mut results: Vec<(usize, usize, ValidationResult)> = findings
            .into_iter()
            .map(|finding| (finding.shape, finding.constraint, ValidationResult::new(bindings, finding)))
            .collect();
        results.sort_by_cached_key(|(shape, constraint, result)| {
            let value = result.value.as_ref().map(Term::to_string);
            (result.severity.rank(), *shape, *constraint, result.focus.to_string(), value)
        });
        let results = results.into_iter().map(|(_, _, result)| result).collect();
        Self { results, constants: bindings.shapes.constants.clone() }
    }

    /// Whether nothing was found, not even a warning.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.results.is_empty()
    }

    /// What was found that refuses the data.
    pub fn violations(&self) -> impl Iterator<Item = &ValidationResult> {
        self.results.iter().filter(|result| result.severity.is_violation())
    }

    /// The report as SHACL has it; blank nodes are numbered.
    #[must_use]
    pub fn triples(&self) -> Vec<Triple> {
        let blanks = &mut Blanks::default();
        let report = blanks.next();
        let mut triples = vec![
            Triple::new(report.clone(), rdf::TYPE, sh::term("ValidationReport")),
            Triple::new(report.clone(), sh::term("conforms"), Literal::from(self.conforms())),
        ];
        for result in &self.results {
            let node = blanks.next();
            triples.push(Triple::new(report.clone(), sh::term("result"), node.clone()));
            let mut say = |name: &str, object: Term| triples.push(Triple::new(node.clone(), sh::term(name), object));
            say("focusNode", result.focus.clone());
            say("resultSeverity", result.severity.node().into());
            say("sourceConstraintComponent", result.component.clone().into());
            say("sourceShape", result.shape.clone());
            result.value.iter().for_each(|value| say("value", value.clone()));
            result.constraint.iter().for_each(|constraint| say("sourceConstraint", constraint.clone()));
            result.messages.iter().for_each(|message| say("resultMessage", message.clone()));
            triples.push(Triple::new(node.clone(), rdf::TYPE, sh::term("ValidationResult")));
            if let Some(path) = &result.path {
                let object = match &path.path {
                    PathKind::Predicate(predicate) => predicate.clone().into(),
                    PathKind::Other(path) => path.rdf(&self.constants, &mut triples, blanks),
                };
                triples.push(Triple::new(node, sh::term("resultPath"), object));
            }
        }
        triples.sort_by_cached_key(order);
        triples
    }

    /// Writes the report in a format of RDF.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn write<W: Write>(&self, format: Format, out: W) -> io::Result<W> {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (prefix, iri) in base::prefixes() {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(out);
        for triple in self.triples() {
            writer.serialize_quad(&triple.in_graph(GraphName::DefaultGraph))?;
        }
        let mut out = writer.finish()?;
        out.flush()?;
        Ok(out)
    }
}

/// Keeps what is said of a node together, and nodes in the order of their numbers.
fn order(triple: &Triple) -> (usize, String) {
    let subject = triple.subject.to_string();
    (subject.len(), subject)
}
