//! Names that the recogniser found once and missed when they came again.

use std::collections::BTreeMap;
use std::ops::Range;

use super::key::{initials, is_capitals, key};
use super::{Candidate, kind, persons};
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// How far a repeat is trusted, compared with a name that the recogniser found itself.
const TRUST: f32 = 0.9;

/// The repeats of known names, of an organisation's initials and, after a full name, of its bare surname, outside what was found already.
pub(super) fn missed(text: &Text, resources: &Resources, found: &[Candidate]) -> Vec<Candidate> {
    let known = known_names(text, resources, found);
    let longest = known.keys().map(Vec::len).max().unwrap_or(0);
    let mut taken = vec![false; text.tokens().len()];
    for candidate in found {
        taken[text.tokens_in(candidate.span)].fill(true);
    }
    let mut repeats = Vec::new();
    let mut token = 0;
    while token < text.tokens().len() {
        let end = text.sentence_of(token).end.min(token + longest);
        let hit = (token + 1..=end).rev().find_map(|end| {
            let known = known.get(&words(text, token..end))?;
            is_repeat(text, resources, found, &taken, token..end, known).then_some((end, known))
        });
        if let Some((end, known)) = hit {
            let confidence = resources.names.confidence(known.kind) * TRUST;
            repeats.push(Candidate { span: text.span(token..end), kind: known.kind, confidence });
            token = end;
        } else {
            token += 1;
        }
    }
    repeats
}

struct Known {
    kind: Kind,
    /// Where it was first named; a surname counts only after that.
    from: usize,
    /// Whether it is the initials of a name, which count in capitals only.
    is_initials: bool,
}

fn known_names(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeMap<Vec<String>, Known> {
    let mut known = BTreeMap::new();
    for candidate in found.iter().filter(|candidate| candidate.kind != Kind::Work) {
        let words = words(text, text.tokens_in(candidate.span));
        known.entry(words).or_insert(Known { kind: candidate.kind, from: 0, is_initials: false });
    }
    for candidate in found.iter().filter(|candidate| candidate.kind == Kind::Organization) {
        let initials = initials(candidate.span.of(text.content()));
        if initials.chars().count() > 2 {
            known.entry(vec![initials]).or_insert(Known { kind: Kind::Organization, from: 0, is_initials: true });
        }
    }
    for (surname, from) in kind::surnames(text, resources, found) {
        known.entry(vec![surname]).or_insert(Known { kind: Kind::Person, from, is_initials: false });
    }
    known
}

fn words(text: &Text, tokens: Range<usize>) -> Vec<String> {
    tokens.map(|token| key(text.word(token))).collect()
}

/// Whether the tokens stand alone as a name: capitalised, not part of a longer one, and for a single word tagged as a name.
fn is_repeat(
    text: &Text,
    resources: &Resources,
    found: &[Candidate],
    taken: &[bool],
    tokens: Range<usize>,
    known: &Known,
) -> bool {
    let Span { start, .. } = text.span(tokens.clone());
    let free = taken[tokens.clone()].iter().all(|taken| !taken) || is_longer(text, found, tokens.clone());
    let capitalised = |token: usize| text.word(token).starts_with(char::is_uppercase);
    if known.is_initials && !is_acronym(text, tokens.start) {
        return false;
    }
    if !free || start < known.from || !capitalised(tokens.start) || !capitalised(tokens.end - 1) {
        return false;
    }
    let tag = text.tokens()[tokens.start].tag;
    let is_named = match known.kind {
        _ if tokens.len() > 1 => true,
        Kind::Organization if is_acronym(text, tokens.start) => true,
        _ if matches!(tag, "NNP" | "NNPS") => true,
        Kind::Person if persons::is_addressed(text, resources, tokens.start) => return true,
        Kind::Group => tag == "JJ",
        Kind::Person | Kind::Organization => {
            matches!(text.tokens()[tokens.start].dep, "nsubj" | "poss" | "nsubjpass")
                && is_never_lower(text, tokens.start)
        }
        _ => false,
    };
    let is_part = |token: usize| {
        let same_sentence = text.sentence_of(tokens.start).contains(&token);
        same_sentence && !taken[token] && capitalised(token) && text.tokens()[token].pos == "PROPN"
    };
    let before = tokens.start > 0 && tokens.len() == 1 && known.kind == Kind::Person && is_part(tokens.start - 1);
    let before = before && !is_title(text, resources, tokens.start - 1);
    let after = tokens.end < taken.len() && is_part(tokens.end);
    is_named && !before && !after
}

/// Three capitals or more in a sentence that is not all in capitals.
fn is_acronym(text: &Text, token: usize) -> bool {
    let word = text.word(token);
    word.chars().count() > 2 && is_capitals(word) && !is_capitals(text.span(text.sentence_of(token)).of(text.content()))
}

/// Whether a word stands nowhere in the text without its capital.
fn is_never_lower(text: &Text, token: usize) -> bool {
    let word = text.word(token).to_lowercase();
    (0..text.tokens().len()).all(|token| text.word(token) != word)
}

/// Whether a capitalised word before a surname is an abbreviated or full form of address, which never is a given name.
fn is_title(text: &Text, resources: &Resources, token: usize) -> bool {
    let word = text.word(token);
    let names = &resources.names;
    word.ends_with('.') && word.len() > 2 || names.is_courtesy(word) || names.is_rank(word)
}

/// Whether tokens hold a shorter name that was found, and cut none.
fn is_longer(text: &Text, found: &[Candidate], tokens: Range<usize>) -> bool {
    let span = text.span(tokens);
    let mut inside = found.iter().filter(|candidate| candidate.span.overlaps(span));
    inside.all(|candidate| span.contains(candidate.span) && candidate.span.len() < span.len())
}
