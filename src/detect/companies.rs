//! Companies taken for places: what a noun beside them ("the lender Fjordkreditt"), their own last word ("Berg Cement"), their shares
//! or their seat ("Acme, which is based in Bergen") tells to be organisations, and nobody knows as a place.

use std::collections::BTreeSet;

use super::Candidate;
use super::beside;
use super::key::key;
use crate::document::Kind;
use crate::gazetteer::Gazetteers;
use crate::resources::Resources;
use crate::text::Text;

/// Makes organisations of those places, wherever the article names them.
pub(super) fn settle(text: &Text, resources: &Resources, gazetteers: &Gazetteers, found: &mut [Candidate]) {
    let words = |candidate: &Candidate| candidate.span.of(text.content());
    let is_place = |candidate: &Candidate| matches!(candidate.kind, Kind::Region | Kind::Place);
    let is_company = |candidate: &&Candidate| {
        is_place(candidate)
            && (is_told(text, resources, candidate)
                || words(candidate).contains(' ')
                    && resources.classes.of_name(Kind::Organization, words(candidate)).is_some())
    };
    let is_known = |name: &str| {
        let mut known = gazetteers.candidates(name).into_iter();
        known.any(|known| matches!(known.kind, Some(Kind::Region | Kind::Place | Kind::Facility)))
    };
    let stands_for_place = |candidate: &&Candidate| {
        let first = text.tokens_in(candidate.span).start;
        let before = |back: usize| first.checked_sub(back).map_or("", |token| text.word(token));
        is_place(candidate)
            && matches!(before(1), "in" | "In" | "near" | "across" | "into")
            && !resources.names.is_held(&before(2).to_lowercase())
    };
    let mut companies: BTreeSet<String> =
        found.iter().filter(is_company).map(words).filter(|name| !is_known(name)).map(key).collect();
    for place in found.iter().filter(stands_for_place) {
        companies.remove(&key(words(place)));
    }
    for candidate in found.iter_mut().filter(|candidate| is_place(candidate)) {
        if companies.contains(&key(words(candidate))) {
            let kind = Kind::Organization;
            *candidate = Candidate { kind, confidence: resources.names.confidence(kind), ..*candidate };
        }
    }
}

/// Whether what stands beside a name tells that it is an organisation's.
fn is_told(text: &Text, resources: &Resources, candidate: &Candidate) -> bool {
    let tokens = text.tokens();
    let within = text.tokens_in(candidate.span);
    let Some(head) = text.top(&within) else { return false };
    let is_share =
        |token: usize| matches!(&*tokens[token].lemma, "share" | "stock") && tokens[token].tag.starts_with("NN");
    let above = tokens[head].head;
    let is_owned = matches!(tokens[head].dep, "poss" | "compound") && is_share(above) && above > head;
    let is_held = tokens[head].dep == "pobj" && text.word(above) == "in" && is_share(tokens[above].head);
    let is_seated = text.children_by(head, &["relcl"]).any(|verb| {
        let has_which = text.children_by(verb, &["nsubjpass", "nsubj"]).any(|subject| text.word(subject) == "which");
        has_which && matches!(&*tokens[verb].lemma, "base" | "headquarter" | "employ")
    });
    let is_called = || {
        let nouns = beside::nouns(text, candidate.span);
        let mut kinds = nouns.iter().filter_map(|noun| resources.classes.kind_of_noun(noun));
        kinds.next() == Some(Kind::Organization)
    };
    is_owned || is_held || is_seated || is_called()
}
