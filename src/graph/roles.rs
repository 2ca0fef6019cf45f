//! Writes who holds, held or will hold which post.
//!
//! A post is a membership: who, where, as what, when. What the article states of the present it also says in plain
//! triples, each with its statement. What a quote says of a post is only claimed: it gives no membership and no plain
//! triple.

use oxigraph::model::{NamedNode, Term};

use super::attributions::Attributions;
use super::claims::{self, Claim};
use super::entities::Entities;
use super::provenance::{self, Finding};
use super::{Graph, events, literal, times};
use crate::date::Stamp;
use crate::document::{self, Document, Kind, Role, Tenure, TimeId};
use crate::span::Span;
use crate::vocab::{news, org, rdf, schema, time};

/// A role with the nodes it speaks of.
struct Post<'a> {
    role: &'a Role,
    person: &'a NamedNode,
    organization: Option<&'a NamedNode>,
    /// Whether it is one of which somebody can be a member: "the cook at the Palm Room" is not.
    has_members: bool,
    title: String,
    finding: Finding<'a>,
}

/// Writes every role.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities, attributions: &Attributions) {
    for role in &document.roles {
        let Some(person) = entities.node(role.person) else { continue };
        let organization = role.organization.and_then(|id| entities.node(id));
        let kind = role.organization.map(|id| document.entities[id].kind);
        let has_members = matches!(kind, Some(Kind::Organization | Kind::Region));
        let finding = Finding { evidence: role.evidence, rule: &role.rule, confidence: role.confidence };
        let post = Post { role, person, organization, has_members, title: title(document, role.title), finding };
        if role.standing.is_asserted() {
            write_stated(graph, document, &post);
        } else {
            write_claimed(graph, &post, attributions);
        }
    }
}

/// What the article says in its own voice.
fn write_stated(graph: &mut Graph<'_>, document: &Document, post: &Post<'_>) {
    write_membership(graph, document, post);
    for (predicate, object) in plain_triples(graph, post) {
        // "Acting" is part of the title in that post, and a post that is over or to come is no present fact.
        let holds = match post.role.tenure {
            Tenure::Current => true,
            Tenure::Acting => predicate == org::MEMBER_OF.into_owned(),
            Tenure::Former | Tenure::Future => false,
        };
        if holds {
            write_statement(graph, post, &predicate, &object);
        }
    }
}

fn write_membership(graph: &mut Graph<'_>, document: &Document, post: &Post<'_>) {
    let tenure = post.role.tenure;
    let role = graph.mint.role(&post.title);
    graph.add(&role, rdf::TYPE, org::ROLE_CLASS);
    graph.name(&role, graph.words.term(&post.title));
    let time = Time::of(document, post.role);
    let node = graph.mint.membership(post.person, &role, post.organization, &time.key());
    graph.add(&node, rdf::TYPE, org::MEMBERSHIP);
    graph.add(&node, org::MEMBER, post.person.clone());
    graph.add(&node, org::ROLE, role);
    graph.add(&node, news::TENURE, tenure_status(tenure));
    if let Some(organization) = post.organization {
        graph.add(&node, org::ORGANIZATION, organization.clone());
    }
    if !time.is_unknown() {
        let interval = write_interval(graph, &time);
        graph.add(&node, org::MEMBER_DURING, interval);
    }
    if let Some(words) = post.role.term.words {
        graph.add(&node, news::TERM_WORDS, graph.words.prose(graph.words.of(words)));
    }
    let document::Term { begun_by, ended_by, .. } = post.role.term;
    for (predicate, verb) in [(news::BEGUN_BY, begun_by), (news::ENDED_BY, ended_by)] {
        if let Some(event) = verb.and_then(|verb| events::stated_at(graph, document, verb)) {
            graph.add(&node, predicate, event);
        }
    }
    provenance::write_finding(graph, &node, &post.finding);
}

/// The time of a post, as far as it is known: on which side of the article's date it lies, and its bounds.
struct Time {
    tenure: Tenure,
    date: Option<Stamp>,
    begin: Option<Stamp>,
    end: Option<Stamp>,
    inside: Option<Stamp>,
    length: Option<String>,
}

impl Time {
    fn of(document: &Document, role: &Role) -> Self {
        let value = |id: Option<TimeId>| document.times.get(id?)?.value;
        let stamp = |id: Option<TimeId>| value(id).and_then(times::stamp);
        let date = document.article.metadata.published;
        let document::Term { begin, end, inside, length, .. } = role.term;
        Self {
            tenure: role.tenure,
            date: date.map(|date| date.day().map_or(date, Stamp::Day)),
            begin: stamp(begin),
            end: stamp(end),
            // Without the article's date, a time inside does not tell on which side of it the post lies.
            inside: stamp(inside).filter(|_| date.is_some()),
            length: value(length).map(|value| value.to_string()).filter(|length| !length.contains('X')),
        }
    }

    fn is_unknown(&self) -> bool {
        self.date.is_none()
            && self.begin.is_none()
            && self.end.is_none()
            && self.inside.is_none()
            && self.length.is_none()
    }

    /// What tells it from others, readable in an IRI.
    fn key(&self) -> String {
        let side = match self.tenure {
            Tenure::Former => "before",
            Tenure::Current | Tenure::Acting => "around",
            Tenure::Future => "after",
        };
        let mut key = self.date.map_or_else(String::new, |date| format!("{side}-{date}"));
        for (word, bound) in [("from", self.begin), ("to", self.end), ("in", self.inside)] {
            if let Some(bound) = bound {
                let gap = if key.is_empty() { "" } else { "-" };
                key.push_str(&format!("{gap}{word}-{bound}"));
            }
        }
        if let Some(length) = &self.length {
            let gap = if key.is_empty() { "" } else { "-" };
            key.push_str(&format!("{gap}for-{length}"));
        }
        key
    }
}

fn write_interval(graph: &mut Graph<'_>, known: &Time) -> NamedNode {
    let interval = graph.mint.interval(&known.key());
    graph.add(&interval, rdf::TYPE, time::INTERVAL);
    let relation = match known.tenure {
        Tenure::Former => time::BEFORE,
        Tenure::Current | Tenure::Acting => time::INSIDE,
        Tenure::Future => time::AFTER,
    };
    let bounds = [
        (relation, known.date),
        (time::HAS_BEGINNING, known.begin),
        (time::HAS_END, known.end),
        (time::INSIDE, known.inside),
    ];
    for (relation, stamp) in bounds {
        if let Some(stamp) = stamp {
            let instant = times::write_instant(graph, stamp);
            graph.add(&interval, relation, instant);
        }
    }
    if let Some(length) = &known.length {
        graph.add(&interval, time::HAS_XSD_DURATION, literal::duration(length));
    }
    interval
}

fn write_statement(graph: &mut Graph<'_>, post: &Post<'_>, predicate: &NamedNode, object: &Term) {
    let node = graph.mint.statement((post.person, predicate, object));
    graph.add(post.person, predicate.clone(), object.clone());
    graph.add(&node, rdf::TYPE, news::STATEMENT);
    write_triple(graph, &node, post.person, predicate, object);
    provenance::write_finding(graph, &node, &post.finding);
}

/// What is not asserted: its source claims it.
fn write_claimed(graph: &mut Graph<'_>, post: &Post<'_>, attributions: &Attributions) {
    let standing = post.role.standing;
    let qualifiers = [(news::TENURE, tenure_status(post.role.tenure).into())];
    for (predicate, object) in plain_triples(graph, post) {
        let triple = (post.person, &predicate, &object);
        let claim = Claim { triple, qualifiers: &qualifiers, standing, finding: post.finding };
        claims::write(graph, &claim, attributions);
    }
}

pub(super) fn write_triple(
    graph: &mut Graph<'_>,
    node: &NamedNode,
    subject: &NamedNode,
    predicate: &NamedNode,
    object: &Term,
) {
    graph.add(node, rdf::SUBJECT, subject.clone());
    graph.add(node, rdf::PREDICATE, predicate.clone());
    graph.add(node, rdf::OBJECT, object.clone());
}

/// A post in plain triples: the title, and the organisation where it is known.
///
/// `org:memberOf` is what the ORG ontology has for a membership without its detail; `schema:worksFor` would say more
/// than a title does of senators, chairmen and captains.
fn plain_triples(graph: &Graph<'_>, post: &Post<'_>) -> Vec<(NamedNode, Term)> {
    let mut triples = vec![(schema::JOB_TITLE.into_owned(), graph.words.term(&post.title).into())];
    if let Some(organization) = post.organization.filter(|_| post.has_members) {
        triples.push((org::MEMBER_OF.into_owned(), organization.clone().into()));
    }
    triples
}

pub(super) fn tenure_status(tenure: Tenure) -> NamedNode {
    match tenure {
        Tenure::Current => news::CURRENT,
        Tenure::Former => news::FORMER,
        Tenure::Future => news::FUTURE,
        Tenure::Acting => news::ACTING,
    }
    .into_owned()
}

/// The words of a title with the capitals of headlines and forms of address taken away, so that "Press Secretary" and
/// "press secretary" are one: "CEO" keeps its own, and so does a name ("Archbishop of Canterbury").
pub(super) fn title(document: &Document, span: Span) -> String {
    let text = span.of(&document.article.text);
    let mut title = String::with_capacity(text.len());
    let mut at = span.start;
    for word in text.split_inclusive(char::is_whitespace) {
        let place = Span::new(at, at + word.trim_end().len());
        at += word.len();
        let named = document.mentions.iter().any(|mention| mention.span.overlaps(place));
        if !named && is_capitalised(word) {
            title.push_str(&word.to_lowercase());
        } else {
            title.push_str(word);
        }
    }
    literal::one_line(&title)
}

/// Whether each part of a word ("Vice-President") has a capital first and none after.
fn is_capitalised(word: &str) -> bool {
    word.trim().split('-').all(|part| {
        let mut letters = part.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && part.chars().filter(|c| c.is_alphabetic()).count() > 1
            && letters.all(char::is_lowercase)
    })
}
