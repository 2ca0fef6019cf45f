//! Places taken for organisations before a noun that says what another organisation is: "the Galway investor Rourke Holdings".

use std::collections::BTreeSet;

use super::Candidate;
use super::key::key;
use crate::document::Kind;
use crate::gazetteer::Gazetteers;
use crate::text::Text;

/// Makes places of the names of one word that no known organisation has, and a known place does.
pub(super) fn settle(text: &Text, gazetteers: &Gazetteers, found: &mut [Candidate]) {
    let bodies: BTreeSet<usize> = found
        .iter()
        .filter(|candidate| candidate.kind == Kind::Organization)
        .map(|candidate| text.tokens_in(candidate.span).start)
        .collect();
    let is_origin = |candidate: &&Candidate| {
        let tokens = text.tokens_in(candidate.span);
        let is_noun = text.tokens().get(tokens.end).is_some_and(|noun| noun.pos == "NOUN");
        candidate.kind == Kind::Organization && tokens.len() == 1 && is_noun && bodies.contains(&(tokens.end + 1))
    };
    let is_place = |name: &str| {
        let known = gazetteers.candidates(name);
        known.iter().any(|known| known.kind == Some(Kind::Region))
            && known.iter().all(|known| known.kind != Some(Kind::Organization))
    };
    let words = |candidate: &Candidate| candidate.span.of(text.content());
    let origins = found.iter().filter(is_origin).filter(|candidate| is_place(words(candidate)));
    let origins: BTreeSet<String> = origins.map(|candidate| key(words(candidate))).collect();
    for candidate in found.iter_mut().filter(|candidate| candidate.kind == Kind::Organization) {
        if origins.contains(&key(words(candidate))) {
            candidate.kind = Kind::Region;
        }
    }
}
