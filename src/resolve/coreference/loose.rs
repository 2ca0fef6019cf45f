//! Names that stand in no phrase of their own: inside longer names, as "Kenya" does in "Bank of Kenya", and beside a name that they
//! only look to explain, as "Texas" does in "Austin, Texas".

use std::collections::BTreeMap;
use std::ops::Range;

use super::phrase::{Phrase, Scene};
use crate::detect::key::{is_capitals, key};
use crate::document::{EntityId, Form, Kind, Mention, Reference};

/// The references by name that phrases leave out, each with the entity that it names, in the order of the text.
pub(super) fn names(scene: &Scene<'_>, phrases: &[Phrase], mentions: &[Mention]) -> Vec<(EntityId, Reference)> {
    let known = Known::new(scene, mentions);
    let mut found = Vec::new();
    for mention in mentions {
        let own = scene.text.tokens_in(mention.span);
        if let Some(tokens) = outside(scene, phrases, mention, &own) {
            found.push((mention.entity, reference(scene, tokens)));
        }
        found.extend(known.inside(scene, &own, mention.entity));
    }
    found
}

/// The tokens of a name that no phrase of its entity holds; adjectives and peoples before a noun are no references.
fn outside(scene: &Scene<'_>, phrases: &[Phrase], mention: &Mention, own: &Range<usize>) -> Option<Range<usize>> {
    let holds = |phrase: &&Phrase| phrase.tokens.start < own.end && own.start < phrase.tokens.end;
    let after = phrases.partition_point(|phrase| phrase.tokens.start < own.end);
    let held = phrases[..after].iter().filter(holds).any(|phrase| phrase.entity == Some(mention.entity));
    let head = scene.text.top(own)?;
    let is_people = scene.entities[mention.entity].kind == Kind::Group || scene.tag(head).starts_with("JJ");
    if held || is_people {
        return None;
    }
    let stands_alone = matches!(scene.dep(head), "appos" | "conj");
    let whole = if stands_alone { scene.extent(head) } else { own.clone() };
    Some(whole.start.min(own.start)..whole.end.max(own.end))
}

fn reference(scene: &Scene<'_>, tokens: Range<usize>) -> Reference {
    let head = scene.text.top(&tokens);
    Reference {
        span: scene.text.span(tokens.clone()),
        head: scene.text.tokens()[head.unwrap_or(tokens.end - 1)].span,
        form: Form::Name,
        confidence: 1.0,
        is_sure: true,
    }
}

/// What the article names, by the first words of its names; longer names first.
struct Known {
    names: BTreeMap<String, Vec<(Vec<String>, EntityId)>>,
}

impl Known {
    fn new(scene: &Scene<'_>, mentions: &[Mention]) -> Self {
        let mut names: BTreeMap<String, Vec<(Vec<String>, EntityId)>> = BTreeMap::new();
        let mut add = |words: Vec<String>, entity: EntityId| {
            let Some(first) = words.first() else { return };
            let known = names.entry(first.clone()).or_default();
            if !known.iter().any(|(other, _)| *other == words) {
                known.push((words, entity));
            }
        };
        for mention in mentions {
            let words: Vec<&str> = scene.text.tokens_in(mention.span).map(|token| scene.text.word(token)).collect();
            add(words.iter().copied().map(known_as).collect(), mention.entity);
            // "US" where the article speaks of the United States.
            if words.len() > 1 && scene.entities[mention.entity].kind == Kind::Region {
                let initials = words.iter().filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
                add(vec![initials.collect()], mention.entity);
            }
        }
        for known in names.values_mut() {
            known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { names }
    }

    /// The names of other entities inside a longer name, with the article before them.
    fn inside(&self, scene: &Scene<'_>, own: &Range<usize>, entity: EntityId) -> Vec<(EntityId, Reference)> {
        let mut found = Vec::new();
        let mut at = own.start;
        while at < own.end {
            let begins = |words: &[String]| {
                at + words.len() <= own.end
                    && words.len() < own.len()
                    && words.iter().zip(at..).all(|(word, token)| *word == known_as(scene.text.word(token)))
            };
            let before = (at > own.start).then(|| scene.text.word(at - 1));
            let is_apart = |(words, other): &&(Vec<String>, EntityId)| {
                let (inner, outer) = (scene.entities[*other].kind, scene.entities[entity].kind);
                *other != entity && begins(words) && stands_apart(inner, words.len(), outer, before)
            };
            let known = self.names.get(&known_as(scene.text.word(at))).into_iter().flatten();
            if let Some((words, other)) = known.clone().find(is_apart) {
                let start = if before == Some("the") { at - 1 } else { at };
                found.push((*other, reference(scene, start..at + words.len())));
                at += words.len();
            } else {
                at += 1;
            }
        }
        found
    }
}

/// A word as names inside names are compared: without full stops, and without case where it is not all capitals.
fn known_as(word: &str) -> String {
    if is_capitals(word) { word.replace('.', "") } else { key(word) }
}

/// Whether a name inside a longer one, `before` it a word of that, still speaks of what it names: a place in what is no place, a town in a street or bay
/// ("Kenya Airways", "Bank of Kenya", but not "Southern Indiana"), or after "of" in a place ("Republic of Kenya"); a person's full
/// name in what is called after him or her. Kindred names have words in common without speaking of one another ("Red Sox").
fn stands_apart(inner: Kind, words: usize, outer: Kind, before: Option<&str>) -> bool {
    let is_place = |kind: Kind| matches!(kind, Kind::Region | Kind::Place | Kind::Facility);
    let after_small = before.is_none_or(|word| word.starts_with(char::is_lowercase));
    match inner {
        Kind::Person => outer != Kind::Person && words > 1,
        Kind::Organization => !matches!(outer, Kind::Organization | Kind::Person | Kind::Region) && after_small,
        Kind::Region if matches!(outer, Kind::Place | Kind::Facility) => after_small,
        inner if is_place(inner) && is_place(outer) => matches!(before, Some("of" | "the")),
        inner if is_place(inner) => !matches!(outer, Kind::Person | Kind::Group) && after_small,
        _ => false,
    }
}
