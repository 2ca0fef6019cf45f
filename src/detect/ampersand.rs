//! Names that an ampersand makes one: a firm is called after its partners ("Lind, Berg & Roe").

use super::Candidate;
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// Puts the names of partners together, given names in order that do not overlap. Who are called by given names or by their full ones are
/// persons still ("Ada & Olav").
pub(super) fn join(text: &Text, resources: &Resources, found: &mut Vec<Candidate>) {
    let content = text.content();
    let is_partner = |candidate: &Candidate| match candidate.kind {
        Kind::Organization => true,
        Kind::Person => !candidate.span.of(content).contains(' '),
        _ => false,
    };
    let is_given = |candidate: &Candidate| {
        let name = candidate.span.of(content);
        resources.names.is_given_name(name) || resources.given_names.gender(name).is_some()
    };
    let is_before = |one: &Candidate, mark: &str, start: usize| {
        is_partner(one) && Span::new(one.span.end, start).of(content) == mark
    };
    let mut joined: Vec<Candidate> = Vec::with_capacity(found.len());
    for last in found.drain(..) {
        let mut start = last.span.start;
        let is_firm = joined.last().is_some_and(|one| {
            is_before(one, " & ", start) && is_partner(&last) && !(is_given(one) && is_given(&last))
        });
        if !is_firm {
            joined.push(last);
            continue;
        }
        let mut mark = " & ";
        while let Some(partner) = joined.pop_if(|one| is_before(one, mark, start)) {
            start = partner.span.start;
            mark = ", ";
        }
        let kind = Kind::Organization;
        let confidence = resources.names.confidence(kind);
        joined.push(Candidate { span: Span::new(start, last.span.end), kind, confidence });
    }
    *found = joined;
}
