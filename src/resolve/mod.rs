//! Decides which mentions speak of the same thing.

mod acronym;
mod company;
mod person;

use std::collections::BTreeMap;

use crate::detect::Candidate;
use crate::detect::key::{is_capitals, key};
use crate::document::{Entity, EntityId, Kind, Mention};
use crate::resources::Resources;
use crate::text::Text;

/// The entities of an article, in the order of their first mention, and the mentions that speak of them.
///
/// Two mentions are of one entity when their names are spelled alike, when one is the surname of exactly one person, the
/// acronym of exactly one name, or the name of a company without its legal form. In doubt they stay apart.
#[must_use]
pub fn entities(text: &Text, candidates: &[Candidate], resources: &Resources) -> (Vec<Entity>, Vec<Mention>) {
    let (names, of_candidate) = distinct(text, candidates);
    let mut same = Links::new(names.len());
    company::link(&names, resources, &mut same);
    acronym::link(text, candidates, &names, &of_candidate, &mut same);
    person::link(&names, resources, &mut same);
    let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut mentions = Vec::with_capacity(candidates.len());
    for (candidate, &name) in candidates.iter().zip(&of_candidate) {
        let bearer = person::bearer_at(&names, name, candidate.span.start, resources, &same).unwrap_or(name);
        let entity = *ids.entry(same.root(bearer)).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        if !members[entity].contains(&name) {
            members[entity].push(name);
        }
        mentions.push(Mention { span: candidate.span, entity, confidence: candidate.confidence });
    }
    let entities = members.iter().map(|members| entity(&names, members)).collect();
    (entities, mentions)
}

/// A name of a kind, in all its spellings.
struct Name {
    kind: Kind,
    key: String,
    /// The spellings, in the order of the text, each once.
    spellings: Vec<String>,
    /// Where it is first used.
    from: usize,
}

/// The distinct names, and for each candidate which of them it is.
fn distinct(text: &Text, candidates: &[Candidate]) -> (Vec<Name>, Vec<usize>) {
    let mut numbers = BTreeMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut of_candidate = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let spelling = shown(candidate.span.of(text.content()), candidate.kind);
        let key = key(&spelling);
        let number = *numbers.entry((candidate.kind, key.clone())).or_insert_with(|| {
            names.push(Name { kind: candidate.kind, key, spellings: Vec::new(), from: candidate.span.start });
            names.len() - 1
        });
        if !names[number].spellings.contains(&spelling) {
            names[number].spellings.push(spelling);
        }
        of_candidate.push(number);
    }
    (names, of_candidate)
}

/// A spelling as it is shown: single spaces, no possessive ending, and no capitals only because of a dateline.
fn shown(words: &str, kind: Kind) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_place = matches!(kind, Kind::Region | Kind::Place);
    if !is_place || !is_capitals(&words) || words.contains('.') || words.chars().count() < 5 {
        return words;
    }
    let mut lower = String::with_capacity(words.len());
    for c in words.chars() {
        if lower.is_empty() || lower.ends_with([' ', '-']) {
            lower.push(c);
        } else {
            lower.extend(c.to_lowercase());
        }
    }
    lower
}

/// The entity of some names: the fullest one gives its kind and best name.
fn entity(names: &[Name], members: &[usize]) -> Entity {
    let mut spellings: Vec<(&str, Kind)> = Vec::new();
    for &member in members {
        spellings.extend(names[member].spellings.iter().map(|spelling| (spelling.as_str(), names[member].kind)));
    }
    let fullness =
        |name: &str| (!(is_capitals(name) && name.contains(' ')), name.split(' ').count(), name.chars().count());
    let best = spellings.iter().rev().max_by_key(|(name, _)| fullness(name)).copied();
    let (name, kind) = best.unwrap_or(("", Kind::Work));
    let mut other_names: Vec<String> =
        spellings.iter().filter(|(other, _)| *other != name).map(|(other, _)| (*other).to_owned()).collect();
    other_names.sort();
    other_names.dedup();
    Entity { kind, name: name.to_owned(), other_names }
}

/// Which names are the same thing's.
struct Links(Vec<usize>);

impl Links {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&self, mut name: usize) -> usize {
        while self.0[name] != name {
            name = self.0[name];
        }
        name
    }

    /// States that `name` is another name of `fuller`.
    fn link(&mut self, name: usize, fuller: usize) {
        let (name, fuller) = (self.root(name), self.root(fuller));
        self.0[name] = fuller;
    }
}
