//! Writes what happens.
//!
//! What the article itself tells as a fact is a `sem:Event`. What is denied, doubted, planned, asked or said by somebody is a
//! `news:ReportedEvent`, which is none, with the claims that speak of it; of an event that the article tells in one place and a source
//! denies in another, there is the `sem:Event` and the claim.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::attributions::Attributions;
use super::claims::{self, Claim};
use super::entities::Entities;
use super::provenance::{self, Finding};
use super::{Graph, literal, times};
use crate::document::{Attribution, Document};
use crate::event::{Event, EventClass, EventMention, Participant, ParticipantRole};
use crate::span::Span;
use crate::vocab::{news, rdf, sem};

/// A label is cut after so many characters.
const LONGEST: usize = 120;

/// Writes every event that says something of a thing of the article: an entity takes part in it. Words of a state ("is", "has") and
/// words that only lend themselves to others are none; that somebody says something is written with the attribution.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities, attributions: &Attributions) {
    for event in &document.events {
        let told = || event.mentions.iter().filter(|mention| tells(document, event, mention));
        let has_entity = |mention: &EventMention| mention.participants.iter().any(|it| it.entity.is_some());
        if !told().any(has_entity) {
            continue;
        }
        let stated: Vec<&EventMention> = told().filter(|mention| mention.standing.is_asserted()).collect();
        let node = mint(graph, document, event);
        let scene = Scene { document, entities, event, node: &node };
        if stated.is_empty() {
            scene.describe(graph, &told().collect::<Vec<_>>(), &REPORTED);
            graph.add(&node, rdf::TYPE, news::REPORTED_EVENT);
        } else {
            scene.describe(graph, &stated, &STATED);
            graph.add(&node, rdf::TYPE, sem::EVENT);
            if stated.iter().all(|mention| mention.is_future) {
                graph.add(&node, rdf::TYPE, news::UPCOMING_EVENT);
            }
            for mention in &stated {
                provenance::write_finding(graph, &node, &scene.finding(mention));
            }
        }
        for mention in told().filter(|mention| !mention.standing.is_asserted()) {
            scene.write_claim(graph, mention, attributions);
        }
    }
}

/// The node of the event that the article states with a word, where one is written.
pub(super) fn stated_at(graph: &Graph<'_>, document: &Document, trigger: Span) -> Option<NamedNode> {
    let is_stated = |event: &&Event| {
        let told = || event.mentions.iter().filter(|mention| tells(document, event, mention));
        told().any(|mention| mention.standing.is_asserted() && mention.trigger.overlaps(trigger))
            && told().any(|mention| mention.participants.iter().any(|it| it.entity.is_some()))
    };
    document.events.iter().find(is_stated).map(|event| mint(graph, document, event))
}

/// Whether a mention tells something that is worth a node.
fn tells(document: &Document, event: &Event, mention: &EventMention) -> bool {
    let cues = |attribution: &Attribution| attribution.cue.is_some_and(|cue| cue.overlaps(mention.trigger));
    let is_saying = event.class == Some(EventClass::PublicStatement) && document.attributions.iter().any(cues);
    !mention.is_bare && !is_saying
}

/// The predicates of an event.
struct Predicates {
    class: NamedNodeRef<'static>,
    roles: [NamedNodeRef<'static>; 6],
    time: NamedNodeRef<'static>,
}

/// Of an event that the article states; in the order of [`ParticipantRole::ALL`].
const STATED: Predicates = Predicates {
    class: rdf::TYPE,
    roles: [news::AGENT, news::PATIENT, news::RECIPIENT, news::INSTRUMENT, sem::HAS_PLACE, news::PARTICIPANT],
    time: sem::HAS_TIME_STAMP,
};

/// Of one that it only reports.
const REPORTED: Predicates = Predicates {
    class: news::REPORTED_CLASS,
    roles: [
        news::REPORTED_AGENT,
        news::REPORTED_PATIENT,
        news::REPORTED_RECIPIENT,
        news::REPORTED_INSTRUMENT,
        news::REPORTED_PLACE,
        news::REPORTED_PARTICIPANT,
    ],
    time: news::REPORTED_TIME,
};

/// An event while it is written.
struct Scene<'a> {
    document: &'a Document,
    entities: &'a Entities,
    event: &'a Event,
    node: &'a NamedNode,
}

impl Scene<'_> {
    /// What the mentions say of the event.
    fn describe(&self, graph: &mut Graph<'_>, mentions: &[&EventMention], predicates: &Predicates) {
        let label = self.label(graph, mentions);
        graph.name(self.node, label);
        graph.add(self.node, news::LEMMA, literal::plain(&self.event.lemma));
        if let Some(class) = self.event.class {
            graph.add(self.node, predicates.class, class_iri(class));
        }
        for mention in mentions {
            for Participant { role, entity, .. } in &mention.participants {
                let Some(node) = entity.and_then(|id| self.entities.node(id)) else { continue };
                let at = ParticipantRole::ALL.iter().position(|other| other == role).unwrap_or_default();
                graph.add(self.node, predicates.roles[at], node.clone());
            }
            let values = mention.times.iter().filter_map(|&time| self.document.times.get(time)?.value);
            for stamp in values.filter_map(times::stamp) {
                let stamp = stamp.day().map_or(stamp, crate::date::Stamp::Day);
                graph.add(self.node, predicates.time, literal::stamp(stamp));
            }
        }
    }

    /// Who, what, whom, by name or in the words of the mention that says most.
    fn label(&self, graph: &Graph<'_>, mentions: &[&EventMention]) -> oxigraph::model::Literal {
        let words = |span: Span| literal::one_line(span.of(&self.document.article.text));
        let parts = |mention: &EventMention| {
            let of = |role: ParticipantRole| {
                let first = mention.participants.iter().find(|participant| participant.role == role);
                first.map(|participant| match participant.entity.and_then(|id| self.document.entities.get(id)) {
                    Some(entity) => literal::one_line(&entity.name),
                    None => words(participant.span),
                })
            };
            [of(ParticipantRole::Agent), Some(words(mention.trigger)), of(ParticipantRole::Patient)]
        };
        let most = mentions.iter().map(|mention| parts(mention)).max_by_key(|parts| parts.iter().flatten().count());
        let mut label = most.into_iter().flatten().flatten().collect::<Vec<_>>().join(" ");
        if let Some((cut, _)) = label.char_indices().nth(LONGEST) {
            label.truncate(cut);
            label.push('…');
        }
        graph.words.term(&label)
    }

    fn write_claim(&self, graph: &mut Graph<'_>, mention: &EventMention, attributions: &Attributions) {
        let (predicate, object) = (rdf::TYPE.into_owned(), Term::from(sem::EVENT.into_owned()));
        let claim = Claim {
            triple: (self.node, &predicate, &object),
            qualifiers: &[],
            standing: mention.standing,
            finding: self.finding(mention),
        };
        claims::write(graph, &claim, attributions);
    }

    /// The words from the first to the last of those who do it and to whom it is done.
    fn finding<'a>(&self, mention: &'a EventMention) -> Finding<'a> {
        let core = mention.participants.iter().filter(|it| it.entity.is_some());
        let evidence = core.map(|it| it.head).fold(mention.trigger, Span::cover);
        Finding { evidence, rule: mention.rule, confidence: mention.confidence }
    }
}

/// The event that is first told at a place, by its words.
fn mint(graph: &Graph<'_>, document: &Document, event: &Event) -> NamedNode {
    let first = event.mentions.first().map_or(Span::new(0, 0), |mention| mention.trigger);
    graph.mint.happening(first, first.of(&document.article.text))
}

/// The class in RDF.
fn class_iri(class: EventClass) -> NamedNodeRef<'static> {
    match class {
        EventClass::PublicStatement => news::PUBLIC_STATEMENT,
        EventClass::Appeal => news::APPEAL,
        EventClass::CooperationIntent => news::COOPERATION_INTENT,
        EventClass::Consultation => news::CONSULTATION,
        EventClass::DiplomaticCooperation => news::DIPLOMATIC_COOPERATION,
        EventClass::MaterialCooperation => news::MATERIAL_COOPERATION,
        EventClass::Aid => news::AID,
        EventClass::Yielding => news::YIELDING,
        EventClass::Investigation => news::INVESTIGATION,
        EventClass::Demand => news::DEMAND,
        EventClass::Disapproval => news::DISAPPROVAL,
        EventClass::Rejection => news::REJECTION,
        EventClass::Threat => news::THREAT,
        EventClass::Protest => news::PROTEST,
        EventClass::ForcePosture => news::FORCE_POSTURE,
        EventClass::ReducedRelations => news::REDUCED_RELATIONS,
        EventClass::Coercion => news::COERCION,
        EventClass::Assault => news::ASSAULT,
        EventClass::Fight => news::FIGHT,
        EventClass::MassViolence => news::MASS_VIOLENCE,
        EventClass::Transaction => news::TRANSACTION,
        EventClass::Accident => news::ACCIDENT,
        EventClass::LegalCase => news::LEGAL_CASE,
        EventClass::Crime => news::CRIME,
        EventClass::Contest => news::CONTEST,
        EventClass::Birth => news::BIRTH,
        EventClass::Death => news::DEATH,
        EventClass::PersonalEvent => news::PERSONAL_EVENT,
        EventClass::CareerChange => news::CAREER_CHANGE,
        EventClass::Launch => news::LAUNCH,
        EventClass::Change => news::CHANGE,
        EventClass::Movement => news::MOVEMENT,
        EventClass::Decision => news::DECISION,
    }
}
