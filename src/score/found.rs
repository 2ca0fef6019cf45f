//! What the program found, as annotations. The one place to change when documents hold more.

use std::collections::{BTreeMap, BTreeSet};

use super::aliases::aliases;
use super::sample::{
    Annotations, Attributed, Chain, Facts, Form, Happening, Linked, Mention, Named, Part, Related, Timed,
};
use crate::document::{self, Argument, Document, Entity, EntityId, Kind, Object};
use crate::relation::Relation;
use crate::span::Span;
use crate::standing::{Certainty, Mode, Polarity, Standing};
use crate::text::Text;

/// All that a document says about its text.
#[must_use]
pub fn annotations(document: &Document) -> Annotations {
    let entity = |id: usize| document.entities.get(id);
    let mentions =
        || document.mentions.iter().filter_map(|mention| Some((mention.span, mention.entity, entity(mention.entity)?)));
    let names = mentions().map(|(span, _, entity)| Named { span, label: label(entity.kind).to_owned() });
    let links = mentions().map(|(span, _, entity)| Linked {
        span,
        heads: vec![head(&document.text, span)],
        targets: targets(entity),
    });
    let mut chains: Vec<Chain> = document.chains.iter().map(|found| chain(document, found)).collect();
    // Things that are spoken of by name only, all in one form.
    let in_chains: BTreeSet<usize> = document.chains.iter().filter_map(|chain| chain.entity).collect();
    let mut named: BTreeMap<usize, Chain> = BTreeMap::new();
    for (span, id, entity) in mentions().filter(|(_, id, _)| !in_chains.contains(id)) {
        let chain =
            named.entry(id).or_insert_with(|| Chain { label: label(entity.kind).to_owned(), mentions: Vec::new() });
        chain.mentions.push(mention(&document.text, span, Form::Name));
    }
    chains.extend(named.into_values());
    // Words between quotation marks that nobody is given as the source of are no attribution.
    let said = document.attributions.iter().filter(|it| it.source.is_some() || it.cue.is_some());
    let attributions = said.map(attributed).collect();
    Annotations {
        names: Some(names.collect()),
        chains: Some(chains),
        links: Some(links.collect()),
        pronouns: None,
        attributions: Some(attributions),
        facts: Some(facts(document)),
        happenings: Some(happenings(document)),
        times: Some(times(document)),
    }
}

fn attributed(attribution: &document::Attribution) -> Attributed {
    let source = attribution.source.map(|source| source.span);
    Attributed {
        source: source.into_iter().collect(),
        cue: attribution.cue.into_iter().collect(),
        content: attribution.content.clone(),
    }
}

/// What the language model alone finds: its names, without articles before and possessive endings after them, which corpora leave
/// out; those of the same words are one thing.
#[must_use]
pub fn recognised(text: &Text) -> Annotations {
    let mut names = Vec::new();
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    for name in text.names() {
        let mut tokens = name.tokens.clone();
        while tokens.len() > 1 && text.tokens()[tokens.start].tag == "DT" {
            tokens.start += 1;
        }
        while tokens.len() > 1 && text.tokens()[tokens.end - 1].tag == "POS" {
            tokens.end -= 1;
        }
        let span = text.span(tokens);
        names.push(Named { span, label: name.label.to_owned() });
        let words = span.of(text.content()).to_owned();
        let chain = chains.entry(words).or_insert_with(|| Chain { label: name.label.to_owned(), mentions: Vec::new() });
        chain.mentions.push(mention(text, span, Form::Name));
    }
    Annotations { names: Some(names), chains: Some(chains.into_values().collect()), ..Annotations::default() }
}

/// The mentions of events, in order. What is asked or supposed has no certainty of its own.
fn happenings(document: &Document) -> Vec<Happening> {
    let mentions = document.events.iter().flat_map(|event| &event.mentions);
    let mut happenings: Vec<Happening> = mentions
        .map(|mention| {
            let Standing { polarity, certainty, mode, .. } = mention.standing;
            let certainty = match (mode, certainty) {
                (Mode::Asked | Mode::Supposed, _) => "UNDERSPECIFIED",
                (_, Certainty::Certain) => "CERTAIN",
                (_, Certainty::Probable) => "PROBABLE",
                (_, Certainty::Possible) => "POSSIBLE",
            };
            let polarity = if polarity == Polarity::Denied { "NEG" } else { "POS" };
            Happening {
                span: mention.trigger,
                polarity: Some(polarity.to_owned()),
                certainty: Some(certainty.to_owned()),
                participants: mention
                    .participants
                    .iter()
                    .map(|it| Part { span: it.span, head: it.head, role: it.role.name().to_owned() })
                    .collect(),
            }
        })
        .collect();
    happenings.sort_by_key(|happening| happening.span);
    happenings
}

/// The time expressions, in order.
fn times(document: &Document) -> Vec<Timed> {
    let value = |time: &document::TimeMention| time.value.map_or_else(String::new, |value| value.to_string());
    document.times.iter().map(|time| Timed { span: time.span, value: value(time) }).collect()
}

/// The facts, posts among them, of all words of a sentence that speak of the same things; those that are not asserted too.
fn facts(document: &Document) -> Facts {
    let mut facts = Vec::new();
    for fact in &document.facts {
        let objects = match &fact.object {
            Object::Thing(argument) => aliases(document, *argument),
            Object::Time(time) => document.times.get(*time).map(|time| time.span).into_iter().collect(),
            Object::Amount(amount) => vec![amount.span],
            Object::Words(span) => vec![*span],
        };
        for subject in aliases(document, fact.subject) {
            let of = |&object: &Span| Related { relation: fact.relation.name().to_owned(), subject, object };
            facts.extend(objects.iter().map(of));
        }
    }
    for role in &document.roles {
        let Some(organization) = role.organization else { continue };
        let named = |entity: EntityId| {
            document.mentions.iter().find(|it| it.entity == entity && role.evidence.contains(it.span))
        };
        let (Some(person), Some(place)) = (named(role.person), named(organization)) else { continue };
        let argument = Argument { span: person.span, entity: Some(role.person) };
        for subject in aliases(document, argument) {
            facts.push(Related { relation: Relation::MemberOf.name().to_owned(), subject, object: place.span });
        }
    }
    Facts { facts, asked: Vec::new() }
}

/// What an entity is known as in a knowledge base.
fn targets(entity: &Entity) -> Vec<String> {
    entity.link.iter().map(|link| link.qid().unwrap_or(&link.iri).to_owned()).collect()
}

/// A chain of a document with the whole phrases that are its mentions.
fn chain(document: &Document, found: &document::Chain) -> Chain {
    let entity = found.entity.and_then(|id| document.entities.get(id));
    let mentions = found.references.iter();
    Chain {
        label: entity.map_or("", |entity| label(entity.kind)).to_owned(),
        mentions: mentions.map(|r| Mention { span: r.span, heads: vec![r.head], form: r.form }).collect(),
    }
}

fn mention(text: &Text, span: Span, form: Form) -> Mention {
    Mention { span: phrase(text, span), heads: vec![head(text, span)], form }
}

/// The word of a span on which its others depend.
fn head(text: &Text, span: Span) -> Span {
    let top = text.top(&text.tokens_in(span));
    top.map_or(span, |token| text.tokens()[token].span)
}

/// The noun phrase of which a name is the core: with its determiner, titles and what else depends on it, as corpora of
/// coreference annotate mentions, but without appositions and what it is joined to by "and".
fn phrase(text: &Text, span: Span) -> Span {
    let tokens = text.tokens_in(span);
    let Some(top) = tokens.clone().find(|&token| !tokens.contains(&text.tokens()[token].head)) else { return span };
    let before = text.children(top).filter(|&child| child < tokens.start);
    let start = before.map(|child| text.subtree(child).start).min().unwrap_or(tokens.start);
    let belongs = |token: usize| start <= token && !matches!(text.tokens()[token].dep, "punct" | "cc");
    let first = (start..tokens.start).find(|&token| belongs(token)).unwrap_or(tokens.start);
    text.span(first..tokens.end.max(first + 1)).cover(span)
}

/// The name of a kind, as `newsgraph show` writes it.
fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Organization => "Organization",
        Kind::Region => "Region",
        Kind::Place => "Place",
        Kind::Facility => "Facility",
        Kind::Group => "Group",
        Kind::Event => "Event",
        Kind::Work => "Work",
        Kind::Product => "Product",
        Kind::Law => "Law",
        Kind::Language => "Language",
    }
}
