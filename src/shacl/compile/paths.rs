//! The way from a focus node to its values.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, Term};

use super::{Compiler, DEPTH};
use crate::error::Result;
use crate::shacl::path::Path;
use crate::shacl::sh;

impl Compiler<'_> {
    pub(super) fn path(&mut self, shape: &Term, node: &Term, depth: usize) -> Result<Path> {
        if depth > DEPTH {
            return Err(self.wrong(shape, "its sh:path contains itself, or is too deep"));
        }
        if matches!(node, Term::NamedNode(_)) && node.as_ref() != rdf::NIL.into() {
            return Ok(Path::Predicate(self.constant(node)));
        }
        let source = self.source;
        if source.values(node, rdf::FIRST).next().is_some() {
            return Ok(Path::Sequence(self.paths(shape, node, depth)?));
        }
        let steps: Vec<&(NamedNode, Term)> =
            source.facts(node).iter().filter(|(predicate, _)| sh::name(predicate.as_ref()).is_some()).collect();
        let [(predicate, inner)] = steps[..] else {
            return Err(self.wrong(shape, format!("its sh:path has a part that is no path: {node}")));
        };
        let boxed = |path| Ok(Box::new(path?));
        match sh::name(predicate.as_ref()) {
            Some("alternativePath") => Ok(Path::Alternative(self.paths(shape, inner, depth)?)),
            Some("inversePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::Inverse),
            Some("zeroOrMorePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::ZeroOrMore),
            Some("oneOrMorePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::OneOrMore),
            Some("zeroOrOnePath") => boxed(self.path(shape, inner, depth + 1)).map(Path::ZeroOrOne),
            _ => Err(self.wrong(shape, format!("its sh:path uses {predicate}, which is no kind of path"))),
        }
    }

    fn paths(&mut self, shape: &Term, head: &Term, depth: usize) -> Result<Vec<Path>> {
        let members = self.source.list(head).filter(|members| members.len() > 1);
        let members = members.ok_or_else(|| self.wrong(shape, "a list in its sh:path is broken or too short"))?;
        members.iter().map(|member| self.path(shape, member, depth + 1)).collect()
    }
}
