//! Finds what happens in an article: the words that tell an event, who and what takes part, where and when.
//!
//! Verbs and nouns that tell an event (`trigger`) are found one by one, each with what takes part in it by the tree (`arguments`) and its times;
//! then those that tell one event are put together (`same`).

mod arguments;
mod place;
mod same;
mod shared;
mod trigger;

use jiff::civil::Date;

use crate::document::{Chain, Entity, EntityId, Mention, TimeMention};
use crate::event::{Event, EventClass, EventMention, Participant, ParticipantRole};
use crate::resources::Resources;
use crate::standing::Standing;
use crate::text::Text;
use crate::times::value::TimeValue;
use trigger::Triggers;

/// What events are found from.
pub struct Layers<'a> {
    /// The analysed text.
    pub text: &'a Text,
    /// The things it speaks of.
    pub entities: &'a [Entity],
    /// Where it names them.
    pub mentions: &'a [Mention],
    /// Where it speaks of them otherwise.
    pub chains: &'a [Chain],
    /// How what each token says stands.
    pub standings: &'a [Standing],
    /// Its time expressions.
    pub times: &'a [TimeMention],
    /// When it was written.
    pub published: Option<Date>,
}

/// The events of a text, in the order of their first mentions.
#[must_use]
pub fn events(layers: &Layers<'_>, resources: &Resources) -> Vec<Event> {
    let scene = Scene::new(layers, resources);
    let triggers = scene.triggers();
    let times = scene.times(&triggers);
    let told = times.into_iter().enumerate().map(|(trigger, times)| scene.told(trigger, &triggers, times));
    same::events(&scene, &triggers, told.collect())
}

/// A text and what is known about it.
struct Scene<'a> {
    text: &'a Text,
    layers: &'a Layers<'a>,
    resources: &'a Resources,
    /// The entity that each token's phrase stands for, by its name or by a sure reference that the token heads.
    entity_of: Vec<Option<EntityId>>,
    /// Whether a token lies in a name.
    is_named: Vec<bool>,
    /// Whether a token lies in a time expression.
    is_time: Vec<bool>,
}

/// A trigger with all that belongs to it.
struct Told {
    class: Option<EventClass>,
    lemma: std::sync::Arc<str>,
    mention: EventMention,
    head: usize,
}

impl<'a> Scene<'a> {
    fn new(layers: &'a Layers<'a>, resources: &'a Resources) -> Self {
        let text = layers.text;
        let count = text.tokens().len();
        let mut scene = Self {
            text,
            layers,
            resources,
            entity_of: vec![None; count],
            is_named: vec![false; count],
            is_time: vec![false; count],
        };
        for chain in layers.chains {
            let sure = chain.references.iter().filter(|reference| reference.is_sure);
            for token in sure.flat_map(|reference| text.tokens_in(reference.head)) {
                scene.entity_of[token] = chain.entity;
            }
        }
        for mention in layers.mentions {
            for token in text.tokens_in(mention.span) {
                scene.entity_of[token] = Some(mention.entity);
                scene.is_named[token] = true;
            }
        }
        for token in layers.times.iter().flat_map(|time| text.tokens_in(time.span)) {
            scene.is_time[token] = true;
        }
        scene
    }

    fn told(&self, id: usize, triggers: &Triggers, times: Vec<usize>) -> Told {
        let trigger = &triggers.all[id];
        let standing = self.layers.standings[trigger.head];
        let mention = EventMention {
            trigger: trigger.span,
            standing,
            is_future: self.is_future(trigger.head) || self.is_later(trigger.head, &times),
            is_bare: trigger.is_bare,
            participants: self.participants(id, triggers),
            times,
            rule: trigger.rule,
            confidence: self.resources.events.confidence(trigger.rule),
        };
        Told { class: trigger.class, lemma: trigger.lemma.clone(), mention, head: trigger.head }
    }

    /// The times that tell when each trigger's event takes place: each belongs to the nearest trigger above it in the tree.
    fn times(&self, triggers: &Triggers) -> Vec<Vec<usize>> {
        let mut of_trigger = vec![Vec::new(); triggers.all.len()];
        for (id, time) in self.layers.times.iter().enumerate() {
            let tokens = self.text.tokens_in(time.span);
            let all = self.text.tokens();
            let Some(top) = self.text.top(&tokens) else { continue };
            let mut at = top;
            while all[at].head != at {
                at = all[at].head;
                if let Some(found) = triggers.at(at) {
                    of_trigger[found].push(id);
                    break;
                }
                if !matches!(
                    all[at].dep,
                    "prep"
                        | "pobj"
                        | "npadvmod"
                        | "advmod"
                        | "nummod"
                        | "compound"
                        | "quantmod"
                        | "amod"
                        | "pcomp"
                        | "nmod"
                ) {
                    break;
                }
            }
        }
        of_trigger
    }

    /// Whether the times of a mention that is not told in the past lie after the article's date.
    fn is_later(&self, token: usize, times: &[usize]) -> bool {
        let Some(published) = self.layers.published else { return false };
        let is_past = self.text.tokens()[token].tag == "VBD"
            || self.text.children_by(token, &["aux", "auxpass"]).any(|aux| {
                matches!(self.text.word(aux).to_lowercase().as_str(), "was" | "were" | "had" | "has" | "have" | "did")
            });
        let begins_later = |&time: &usize| match self.layers.times.get(time).and_then(|time| time.value) {
            Some(TimeValue::Period(period)) => period.days().is_some_and(|(first, _)| first > published),
            value => value == Some(TimeValue::Future),
        };
        !is_past && times.iter().any(begins_later)
    }

    /// Whether an event is told as something to come: "will open", and what is governed by such a verb or joined to it.
    fn is_future(&self, token: usize) -> bool {
        let all = self.text.tokens();
        let mut at = token;
        loop {
            let will = |child: usize| {
                matches!(
                    self.text.word(child).to_lowercase().as_str(),
                    "will" | "'ll" | "’ll" | "shall" | "wo" | "would"
                )
            };
            if self.text.children_by(at, &["aux"]).any(will) {
                return true;
            }
            let going = &*all[at].lemma == "go" && all[at].tag == "VBG" && at != token;
            if going {
                return true;
            }
            // "when they come" of something that will be
            let is_present = all[at].dep == "advcl" && matches!(all[at].tag, "VBP" | "VBZ" | "VB");
            let is_known = all[at].pos == "NOUN"
                && self.text.children_by(at, &["det", "poss"]).any(|child| self.text.word(child) != "a");
            if all[at].head == at
                || is_known
                || !(is_present || matches!(all[at].dep, "conj" | "xcomp" | "dobj" | "nsubjpass"))
            {
                return false;
            }
            at = all[at].head;
        }
    }

    fn lemma(&self, token: usize) -> &'a str {
        &self.text.tokens()[token].lemma
    }

    fn dep(&self, token: usize) -> &'static str {
        self.text.tokens()[token].dep
    }

    fn child(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.text.children_by(token, deps).next()
    }
}
