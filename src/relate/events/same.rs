//! Which mentions tell one event.
//!
//! Two mentions of one verb (or a noun of it) are one event if nobody who takes part in the one speaks against the other, their times agree, and
//! they share a participant, or the later one is definite ("the attack"). What people say is never one event: they say many things.

use std::collections::HashMap;
use std::sync::Arc;

use super::trigger::Triggers;
use super::{Event, EventClass, EventMention, Participant, ParticipantRole, Scene, Told};
use crate::times::value::{Period, TimeValue};

/// How many events of one verb, back from a mention, it may tell again.
const RECENT: usize = 50;

/// Puts mentions that tell one event together; events come in the order of their first mentions.
pub(super) fn events(scene: &Scene<'_>, triggers: &Triggers, told: Vec<Told>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut event_of: Vec<usize> = Vec::with_capacity(told.len());
    let mut by_lemma: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
    for (at, one) in told.into_iter().enumerate() {
        // "held talks": the verb and the noun tell one event, whichever comes first.
        let known = triggers.partner(at).filter(|&partner| partner < at).map(|partner| event_of[partner]);
        let known = known.or_else(|| earlier(scene, &events, by_lemma.get(&one.lemma)?, &one));
        let id = known.unwrap_or(events.len());
        by_lemma.entry(one.lemma.clone()).or_default().push(id);
        match events.get_mut(id) {
            Some(event) => {
                if event.mentions.iter().all(|mention| mention.is_bare) && !one.mention.is_bare {
                    (event.class, event.lemma) = (one.class, one.lemma);
                }
                event.mentions.push(one.mention);
            }
            None => events.push(Event { class: one.class, lemma: one.lemma, mentions: vec![one.mention] }),
        }
        event_of.push(id);
    }
    events
}

/// The last event of the same lemma that a mention tells again.
fn earlier(scene: &Scene<'_>, events: &[Event], alike: &[usize], told: &Told) -> Option<usize> {
    if told.mention.is_bare || matches!(told.class, Some(EventClass::PublicStatement)) {
        return None;
    }
    let is_same = |&&id: &&usize| {
        let event = &events[id];
        event.lemma == told.lemma
            && event.mentions.iter().all(|mention| is_compatible(scene, mention, &told.mention))
            && event.mentions.iter().any(|mention| !mention.is_bare && is_linked(scene, mention, told))
    };
    alike.iter().rev().take(RECENT).find(is_same).copied()
}

/// The participants by role that must not differ.
const CORE: [ParticipantRole; 3] = [ParticipantRole::Agent, ParticipantRole::Patient, ParticipantRole::Recipient];

fn is_compatible(scene: &Scene<'_>, one: &EventMention, other: &EventMention) -> bool {
    CORE.iter().all(|&role| {
        let of = |mention: &'_ EventMention| -> Vec<Participant> {
            mention.participants.iter().filter(|participant| participant.role == role).cloned().collect()
        };
        let (one, other) = (of(one), of(other));
        one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| is_same(scene, a, b)))
    }) && times_agree(scene, one, other)
}

/// Whether two phrases speak of one thing: one entity, or nothing named and the same noun.
fn is_same(scene: &Scene<'_>, one: &Participant, other: &Participant) -> bool {
    match (one.entity, other.entity) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            let lemma = |participant: &Participant| {
                let tokens = scene.text.tokens_in(participant.head);
                tokens.clone().next().map(|token| scene.lemma(token).to_lowercase())
            };
            lemma(one) == lemma(other)
        }
        _ => false,
    }
}

/// Whether something speaks for two mentions being one: a participant of both, or that the second one speaks of something known.
fn is_linked(scene: &Scene<'_>, earlier: &EventMention, told: &Told) -> bool {
    let shared = earlier.participants.iter().any(|one| {
        told.mention
            .participants
            .iter()
            .any(|other| one.role == other.role && CORE.contains(&one.role) && is_same(scene, one, other))
    });
    let is_definite = || {
        scene
            .text
            .children_by(told.head, &["det"])
            .any(|child| matches!(scene.text.word(child).to_lowercase().as_str(), "the" | "this" | "that"))
            && scene.text.tokens()[told.head].pos == "NOUN"
            && told.mention.participants.is_empty()
    };
    shared || is_definite()
}

fn times_agree(scene: &Scene<'_>, one: &EventMention, other: &EventMention) -> bool {
    let periods = |mention: &EventMention| -> Vec<Period> {
        let values = mention.times.iter().filter_map(|&time| scene.layers.times.get(time)?.value);
        values.filter_map(|value| if let TimeValue::Period(period) = value { Some(period) } else { None }).collect()
    };
    let (one, other) = (periods(one), periods(other));
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| overlap(*a, *b)))
}

fn overlap(one: Period, other: Period) -> bool {
    match (one.days(), other.days()) {
        (Some(one), Some(other)) => one.0 <= other.1 && other.0 <= one.1,
        _ => true,
    }
}
