//! What of the findings is kept: each fact once, and nothing that a post says already.

use std::collections::BTreeSet;

use super::{Layers, learned};
use crate::document::{Fact, Object, Role, TimeMention};
use crate::relation::Relation;
use crate::span::Span;

/// The facts to keep, in the order of the text.
pub(super) fn settled(facts: Vec<Fact>, layers: &Layers<'_>) -> Vec<Fact> {
    distinct(without_posts(facts, layers.roles), layers.times)
}

/// The facts without memberships that a post or a closer relation says too; what else a post says of when it is held, holds of them.
fn without_posts(mut facts: Vec<Fact>, roles: &[Role]) -> Vec<Fact> {
    let ends = |fact: &Fact| match &fact.object {
        Object::Thing(object) if fact.relation == Relation::ChiefExecutive => Some((object.span, fact.subject.span)),
        Object::Thing(object) => Some((fact.subject.span, object.span)),
        _ => None,
    };
    let closer: BTreeSet<(Span, Span)> =
        facts.iter().filter(|fact| fact.relation.is_membership()).filter_map(ends).collect();
    facts.retain_mut(|fact| {
        let is_plain = fact.relation == Relation::MemberOf;
        if !is_plain && !fact.relation.is_membership() {
            return true;
        }
        let Object::Thing(object) = &fact.object else { return true };
        let turned = fact.relation == Relation::ChiefExecutive;
        let (person, place) =
            if turned { (object.entity, fact.subject.entity) } else { (fact.subject.entity, object.entity) };
        let is_it = |role: &&Role| {
            Some(role.person) == person && role.organization == place && role.evidence.overlaps(fact.evidence)
        };
        let post = roles.iter().find(is_it).filter(|_| place.is_some());
        if let Some(post) = post {
            fact.tenure = post.tenure;
        }
        !is_plain || post.is_none() && !ends(fact).is_some_and(|ends| closer.contains(&ends))
    });
    facts
}

/// Each fact once: of those with the same words in the same relation the surest.
fn distinct(mut facts: Vec<Fact>, times: &[TimeMention]) -> Vec<Fact> {
    let object_span = |fact: &Fact| object_span(fact, times);
    facts.sort_by(|a, b| {
        let key = |fact: &Fact| (fact.evidence, fact.relation, fact.subject.span, object_span(fact));
        key(a).cmp(&key(b)).then(b.confidence.total_cmp(&a.confidence))
    });
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Fact> = facts;
    let mut order: Vec<usize> = (0..kept.len()).collect();
    // Of two rules that say the same, a pattern explains itself better than what was learned.
    let is_learned = |number: &usize| &*kept[*number].rule == learned::RULE;
    order.sort_by(|a, b| {
        let by_confidence = kept[*b].confidence.total_cmp(&kept[*a].confidence);
        is_learned(a).cmp(&is_learned(b)).then(by_confidence).then(a.cmp(b))
    });
    let mut keep = vec![false; kept.len()];
    for number in order {
        let fact = &kept[number];
        let (mut one, mut other) = (fact.subject.span, object_span(fact));
        if fact.relation.is_symmetric() && other < one {
            std::mem::swap(&mut one, &mut other);
        }
        keep[number] = seen.insert((fact.relation, one, other));
    }
    let mut flags = keep.into_iter();
    kept.retain(|_| flags.next().unwrap_or(false));
    kept
}

fn object_span(fact: &Fact, times: &[TimeMention]) -> Span {
    match &fact.object {
        Object::Thing(argument) => argument.span,
        Object::Time(time) => times[*time].span,
        Object::Amount(amount) => amount.span,
        Object::Words(span) => *span,
    }
}
