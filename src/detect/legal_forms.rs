//! Companies by their legal form, which the recogniser left out or took for something else: "Halden Havn AS".

use super::Candidate;
use super::key::is_capitals;
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

/// Makes a company of any name right before a legal form, which belongs to it. Before another name the letters may be a title's ("Texas AG Ada
/// Berg"), and after a town a state's ("Bristol, PA").
pub(super) fn settle(text: &Text, resources: &Resources, found: &mut [Candidate]) {
    let starts: Vec<usize> = found.iter().map(|candidate| candidate.span.start).collect();
    for candidate in found {
        let tokens = text.tokens_in(candidate.span);
        let sentence = text.sentence_of(tokens.start);
        let word = |token: usize| if sentence.contains(&token) { text.word(token) } else { "" };
        let is_form = |token: usize| {
            let word = word(token);
            word.starts_with(char::is_uppercase) && resources.names.is_legal_form(word)
        };
        let behind = tokens.end + usize::from(word(tokens.end) == "," && word(tokens.end + 1).len() > 2);
        let form = if tokens.len() > 1 && is_form(tokens.end - 1) { tokens.end - 1 } else { behind };
        let names_another = sentence.contains(&(form + 1)) && starts.contains(&text.tokens()[form + 1].span.start);
        if is_form(form) && !names_another && !is_capitals(text.span(sentence.clone()).of(text.content())) {
            let end =
                if form == behind && word(form + 1) == "." && form + 2 < sentence.end { form + 2 } else { form + 1 };
            candidate.span = text.span(tokens.start..end);
            candidate.kind = Kind::Organization;
            candidate.confidence = resources.names.confidence(Kind::Organization);
        }
    }
}
