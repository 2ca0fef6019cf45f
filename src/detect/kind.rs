//! Settles what sort of thing a name stands for by what the whole article says.

use std::collections::{BTreeMap, BTreeSet};

use super::Candidate;
use super::key::{is_capitals, key};
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// The kind of an OntoNotes type; none for dates, amounts and counts.
pub(super) fn of_label(label: &str) -> Option<Kind> {
    Some(match label {
        "PERSON" | "PER" => Kind::Person,
        "ORG" => Kind::Organization,
        "GPE" => Kind::Region,
        "LOC" => Kind::Place,
        "FAC" => Kind::Facility,
        "NORP" => Kind::Group,
        "EVENT" => Kind::Event,
        "WORK_OF_ART" => Kind::Work,
        "PRODUCT" => Kind::Product,
        "LAW" => Kind::Law,
        "LANGUAGE" => Kind::Language,
        _ => return None,
    })
}

/// Gives every occurrence of a name the same kind: a surname its bearer's, an acronym no person's, any other the most
/// frequent one. Drops capitalised words that are common nouns elsewhere in the article.
pub(super) fn settle(text: &Text, resources: &Resources, found: &mut Vec<Candidate>) {
    found.retain(|candidate| !is_common_noun(text, candidate) && !is_part_of_title(text, resources, candidate));
    let titled = titled_only(text, resources, found);
    found.retain(|candidate| !titled.contains(&candidate.span));
    let companies = first_words(text, found, Kind::Organization);
    let persons = surnames(text, resources, found);
    let kinds = majorities(text, found);
    let places = named_as_places(text, found);
    for candidate in found.iter_mut() {
        let words = candidate.span.of(text.content());
        let key = key(words);
        let bearer = persons.get(&key).is_some_and(|&first| first < candidate.span.start && !places.contains(&key));
        let kind = if bearer && candidate.kind != Kind::Work {
            Kind::Person
        } else if resources.demonyms.country(words).is_some()
            && matches!(candidate.kind, Kind::Region | Kind::Organization)
        {
            Kind::Group
        } else if candidate.kind == Kind::Person && (is_acronym(words) || companies.contains(&key)) {
            Kind::Organization
        } else {
            kinds.get(&key).copied().unwrap_or(candidate.kind)
        };
        if kind != candidate.kind {
            candidate.kind = kind;
            candidate.confidence = candidate.confidence.min(resources.names.confidence(kind));
        }
    }
}

/// The surnames of the persons named in full, with the place of the first full name; those that also belong to the name of
/// something else ("Ford Motor") are left out.
pub(super) fn surnames(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeMap<String, usize> {
    let mut surnames = BTreeMap::new();
    for candidate in found.iter().filter(|candidate| candidate.kind == Kind::Person) {
        let words: Vec<&str> = candidate.span.of(text.content()).split_whitespace().collect();
        let named = words.iter().rposition(|word| !resources.names.is_generation(word));
        if let Some(last) = named.filter(|&last| last > 0) {
            surnames.entry(key(words[last])).or_insert(candidate.span.start);
        }
    }
    for candidate in found.iter().filter(|candidate| candidate.kind == Kind::Organization) {
        let words: Vec<&str> = candidate.span.of(text.content()).split_whitespace().collect();
        if words.len() > 1 {
            surnames.remove(&key(words[0]));
        }
    }
    surnames
}

/// The most frequent kind of each name; of equally frequent ones, that of the first occurrence.
fn majorities(text: &Text, found: &[Candidate]) -> BTreeMap<String, Kind> {
    let mut counts: BTreeMap<String, Vec<(Kind, usize)>> = BTreeMap::new();
    for candidate in found {
        let kinds = counts.entry(key(candidate.span.of(text.content()))).or_default();
        match kinds.iter_mut().find(|(kind, _)| *kind == candidate.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((candidate.kind, 1)),
        }
    }
    let majority =
        |kinds: Vec<(Kind, usize)>| kinds.into_iter().rev().max_by_key(|(_, count)| *count).map(|(kind, _)| kind);
    counts.into_iter().filter_map(|(key, kinds)| Some((key, majority(kinds)?))).collect()
}

/// The names that stand for a place beyond doubt: taken for one and after a preposition of place.
fn named_as_places(text: &Text, found: &[Candidate]) -> Vec<String> {
    let is_place = |candidate: &&Candidate| {
        let first = text.tokens_in(candidate.span).start;
        let after_preposition = first > 0 && matches!(text.word(first - 1), "in" | "In" | "near" | "into" | "across");
        after_preposition && matches!(candidate.kind, Kind::Region | Kind::Place)
    };
    found.iter().filter(is_place).map(|candidate| key(candidate.span.of(text.content()))).collect()
}

fn is_acronym(words: &str) -> bool {
    is_capitals(words) && words.len() <= 6 && words.chars().all(|c| c.is_alphanumeric() || c == '&' || c == '-')
}

/// The first words of the longer names of a kind ("Acme" of "Acme Shipping"), unless a person bears one as a name.
fn first_words(text: &Text, found: &[Candidate], kind: Kind) -> BTreeSet<String> {
    let words = |kind: Kind| {
        let longer = found.iter().filter(move |candidate| candidate.kind == kind);
        longer.map(|candidate| candidate.span.of(text.content()).split_whitespace().map(key).collect::<Vec<_>>())
    };
    let firsts = words(kind).filter(|words| words.len() > 1).filter_map(|words| words.into_iter().next());
    let borne: BTreeSet<String> = words(Kind::Person).filter(|words| words.len() > 1).flatten().collect();
    firsts.filter(|first| !borne.contains(first)).collect()
}

/// The last word of a title of several words ("Secretary of State").
fn is_part_of_title(text: &Text, resources: &Resources, candidate: &Candidate) -> bool {
    let tokens = text.tokens_in(candidate.span);
    let words: Vec<&str> = (text.sentence_of(tokens.start).start..tokens.end).map(|token| text.word(token)).collect();
    resources
        .titles
        .head_length(&words)
        .is_some_and(|length| length > tokens.len() && words[words.len() - tokens.len() - 1] == "of")
}

/// The words of a title taken for a name ("Home" of "Home Secretary"), unless they also stand elsewhere.
fn titled_only(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<Span> {
    let titles = &resources.titles;
    let is_titled = |candidate: &&Candidate| {
        let tokens = text.tokens_in(candidate.span);
        let modifies =
            candidate.kind != Kind::Group && tokens.clone().all(|token| titles.is_modifier(text.word(token)));
        let next: Vec<&str> = text.tokens().get(tokens.end).map(|_| text.word(tokens.end)).into_iter().collect();
        modifies && titles.head_length(&next).is_some()
    };
    let (titled, free): (Vec<&Candidate>, Vec<&Candidate>) = found.iter().partition(is_titled);
    let free: BTreeSet<String> = free.iter().map(|candidate| key(candidate.span.of(text.content()))).collect();
    titled.iter().filter(|one| !free.contains(&key(one.span.of(text.content())))).map(|one| one.span).collect()
}

/// A single word at the start of a sentence that is not tagged as a name, or stands elsewhere without its capital ("Court …
/// the court").
fn is_common_noun(text: &Text, candidate: &Candidate) -> bool {
    let tokens = text.tokens_in(candidate.span);
    let first = text.sentence_of(tokens.start).find(|&token| text.word(token).contains(char::is_alphabetic));
    if tokens.len() != 1 || first != Some(tokens.start) {
        return false;
    }
    if candidate.kind == Kind::Person && text.tokens()[tokens.start].pos != "PROPN" {
        return true;
    }
    let word = text.word(tokens.start).to_lowercase();
    (0..text.tokens().len()).any(|token| text.word(token) == word)
}
