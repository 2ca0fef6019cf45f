//! Constraint components of a shapes graph's own: what is asked of the shapes that have their parameters.

use oxigraph::model::{NamedNode, Term};
use spargebra::term::Variable;

use super::source::Source;

/// A component, and the nodes of its validators.
pub(super) struct Component {
    iri: NamedNode,
    parameters: Vec<Parameter>,
    of_nodes: Option<Term>,
    of_properties: Option<Term>,
}

struct Parameter {
    variable: Variable,
    predicate: NamedNode,
    is_optional: bool,
}

/// A component as one shape uses it.
pub(super) struct Use<'a> {
    pub(super) iri: &'a NamedNode,
    pub(super) validator: &'a Term,
    pub(super) parameters: Vec<(Variable, Term)>,
}

impl Component {
    /// All of a shapes graph.
    ///
    /// # Errors
    /// When a component has no name or a parameter no path: says which.
    pub(super) fn all(source: &Source) -> Result<Vec<Self>, String> {
        let validator = |node: &Term, name| source.one(node, name).or_else(|| source.one(node, "validator")).cloned();
        let components = source.subjects().iter().filter(|node| source.one(node, "parameter").is_some()).map(|node| {
            let Term::NamedNode(iri) = node else { return Err(format!("{node} has parameters and no name")) };
            Ok(Self {
                iri: iri.clone(),
                parameters: source.all(node, "parameter").map(|it| parameter(source, it)).collect::<Result<_, _>>()?,
                of_nodes: validator(node, "nodeValidator"),
                of_properties: validator(node, "propertyValidator"),
            })
        });
        components.collect()
    }

    /// How a shape uses it: not at all where a parameter is missing; once for each value of the only one.
    ///
    /// # Errors
    /// When one of several parameters has more than one value: says which.
    pub(super) fn uses(&self, source: &Source, shape: &Term, is_property: bool) -> Result<Vec<Use<'_>>, String> {
        let validator = if is_property { &self.of_properties } else { &self.of_nodes };
        let Some(validator) = validator else { return Ok(Vec::new()) };
        let mut uses = vec![Vec::new()];
        for Parameter { variable, predicate, is_optional } in &self.parameters {
            let values: Vec<&Term> = source.values(shape, predicate.as_ref()).collect();
            match (&values[..], is_optional) {
                ([], true) => {}
                ([], false) => return Ok(Vec::new()),
                ([_, _, ..], _) if self.parameters.len() > 1 => {
                    return Err(format!("{predicate} is given more than once"));
                }
                (values, _) => {
                    let with = |given: &Vec<(Variable, Term)>, value: &Term| {
                        given.iter().cloned().chain([(variable.clone(), value.clone())]).collect()
                    };
                    uses = uses.iter().flat_map(|given| values.iter().map(|value| with(given, value))).collect();
                }
            }
        }
        Ok(uses.into_iter().map(|parameters| Use { iri: &self.iri, validator, parameters }).collect())
    }
}

/// A parameter, whose variable is the last part of its path's IRI.
fn parameter(source: &Source, node: &Term) -> Result<Parameter, String> {
    let Some(Term::NamedNode(predicate)) = source.one(node, "path") else {
        return Err(format!("the parameter {node} needs an IRI as its sh:path"));
    };
    let name = predicate.as_str().rsplit(['#', '/', ':']).next().unwrap_or_default();
    let variable = Variable::new(name).map_err(|_| format!("{predicate}, a parameter, does not end in a name"))?;
    let is_optional =
        matches!(source.one(node, "optional"), Some(Term::Literal(it)) if matches!(it.value(), "true" | "1"));
    Ok(Parameter { variable, predicate: predicate.clone(), is_optional })
}
