//! Which nodes a shape is for.

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, Term};

use super::Compiler;
use crate::error::Result;
use crate::shacl::sh;
use crate::shacl::shape::Target;

const OWL_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Class");

impl Compiler<'_> {
    pub(super) fn targets(&mut self, node: &Term) -> Result<Vec<Target>> {
        let mut targets = Vec::new();
        for (predicate, object) in self.source.facts(node) {
            targets.push(match sh::name(predicate.as_ref()) {
                Some("targetNode") => Target::Node(self.constant(object)),
                Some("targetClass") => Target::Class(self.class(object)),
                Some("targetSubjectsOf") => {
                    self.iri(node, "targetSubjectsOf", object)?;
                    Target::SubjectsOf(self.constant(object))
                }
                Some("targetObjectsOf") => {
                    self.iri(node, "targetObjectsOf", object)?;
                    Target::ObjectsOf(self.constant(object))
                }
                _ => continue,
            });
        }
        if self.is_class(node) {
            targets.push(Target::Class(self.class(node)));
        }
        Ok(targets)
    }

    /// Whether a shape is a class as well, whose instances it is for.
    fn is_class(&self, node: &Term) -> bool {
        self.source.values(node, rdf::TYPE).any(|class| {
            class.as_ref() == rdfs::CLASS.into()
                || class.as_ref() == OWL_CLASS.into()
                || self.source.values(class, rdfs::SUB_CLASS_OF).any(|above| above.as_ref() == rdfs::CLASS.into())
        })
    }
}
