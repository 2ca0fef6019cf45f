//! What the parameters of constraints must be: lists, IRIs, numbers, texts.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNode, Term};
use regex::{Regex, RegexBuilder};

use super::Compiler;
use crate::error::Result;
use crate::shacl::sh;
use crate::shacl::shape::{Constant, Constraint, Kinds};

impl Compiler<'_> {
    pub(super) fn list(&self, node: &Term, name: &str, head: &Term) -> Result<Vec<Term>> {
        self.source.list(head).ok_or_else(|| self.wrong(node, format!("sh:{name} needs a well-formed list")))
    }

    pub(super) fn iri(&self, node: &Term, name: &str, value: &Term) -> Result<NamedNode> {
        match value {
            Term::NamedNode(iri) => Ok(iri.clone()),
            other => Err(self.wrong(node, format!("sh:{name} needs an IRI, not {other}"))),
        }
    }

    pub(super) fn property(&mut self, node: &Term, name: &str, value: &Term) -> Result<Constant> {
        self.iri(node, name, value)?;
        Ok(self.constant(value))
    }

    pub(super) fn literal(&self, node: &Term, name: &str, value: &Term) -> Result<Term> {
        match value {
            Term::Literal(_) => Ok(value.clone()),
            other => Err(self.wrong(node, format!("sh:{name} needs a literal, not {other}"))),
        }
    }

    pub(super) fn text<'t>(&self, node: &Term, name: &str, value: &'t Term) -> Result<&'t str> {
        match value {
            Term::Literal(literal) => Ok(literal.value()),
            other => Err(self.wrong(node, format!("sh:{name} needs a text, not {other}"))),
        }
    }

    pub(super) fn count(&self, node: &Term, name: &str, value: &Term) -> Result<u64> {
        match value {
            Term::Literal(literal) if literal.datatype() == xsd::INTEGER => literal.value().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| self.wrong(node, format!("sh:{name} needs a whole number from 0 on, not {value}")))
    }

    pub(super) fn boolean(&self, node: &Term, name: &str, value: &Term) -> Result<bool> {
        match value {
            Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
                "true" | "1" => Ok(true),
                "false" | "0" => Ok(false),
                _ => Err(()),
            },
            _ => Err(()),
        }
        .map_err(|()| self.wrong(node, format!("sh:{name} is true or false, not {value}")))
    }

    pub(super) fn kinds(&self, node: &Term, value: &Term) -> Result<Kinds> {
        let kind = self.iri(node, "nodeKind", value)?;
        let (iri, blank, literal) = match sh::name(kind.as_ref()) {
            Some("IRI") => (true, false, false),
            Some("BlankNode") => (false, true, false),
            Some("Literal") => (false, false, true),
            Some("BlankNodeOrIRI") => (true, true, false),
            Some("IRIOrLiteral") => (true, false, true),
            Some("BlankNodeOrLiteral") => (false, true, true),
            _ => return Err(self.wrong(node, format!("sh:nodeKind {kind} is no kind of node"))),
        };
        Ok(Kinds { iri, blank, literal })
    }

    pub(super) fn languages(&self, node: &Term, head: &Term) -> Result<Vec<String>> {
        let members = self.list(node, "languageIn", head)?;
        members.iter().map(|member| self.text(node, "languageIn", member).map(str::to_lowercase)).collect()
    }

    pub(super) fn pattern(&self, node: &Term, value: &Term) -> Result<Constraint> {
        let pattern = self.text(node, "pattern", value)?;
        let flags = match self.source.one(node, "flags") {
            None => "",
            Some(flags) => self.text(node, "flags", flags)?,
        };
        let regex = expression(pattern, flags).map_err(|reason| {
            let reason = reason.lines().last().unwrap_or_default().to_owned();
            self.wrong(node, format!("sh:pattern {pattern:?} cannot be used: {reason}"))
        })?;
        Ok(Constraint::Pattern(regex, pattern.to_owned()))
    }
}

/// A regular expression with the flags of SPARQL.
fn expression(pattern: &str, flags: &str) -> Result<Regex, String> {
    let is_plain = flags.contains('q');
    let escaped = regex::escape(pattern);
    let mut builder = RegexBuilder::new(if is_plain { &escaped } else { pattern });
    for flag in flags.chars() {
        match flag {
            'i' => builder.case_insensitive(true),
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            other => return Err(format!("sh:flags {other:?} is none of i, s, m, x, q")),
        };
    }
    builder.build().map_err(|error| error.to_string())
}
