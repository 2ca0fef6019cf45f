//! Acronyms in brackets right after an organisation, which the recogniser missed: "National Harbour Institute (INAPO)".

use super::Candidate;
use super::key::{is_capitals, key};
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

/// Letters that begin like one of the words of the name, or that come again elsewhere in the article; a country code after
/// a team does neither.
pub(super) fn acronyms(text: &Text, resources: &Resources, found: &[Candidate]) -> Vec<Candidate> {
    let confidence = resources.names.confidence(Kind::Organization);
    let organizations = found.iter().filter(|candidate| candidate.kind == Kind::Organization);
    let bracketed = organizations.filter_map(|candidate| {
        let end = text.tokens_in(candidate.span).end;
        let in_brackets = end + 2 < text.tokens().len() && text.word(end) == "(" && text.word(end + 2) == ")";
        let span = in_brackets.then(|| text.tokens()[end + 1].span)?;
        let letters = span.of(text.content());
        let name = key(candidate.span.of(text.content()));
        let first = letters.chars().next().map(|first| first.to_lowercase().collect::<String>())?;
        let is_acronym = (3..=9).contains(&letters.chars().count())
            && is_capitals(letters)
            && letters.chars().all(char::is_alphabetic)
            && name.contains(' ');
        let begins_word = name.split(' ').any(|word| word.starts_with(&first));
        let again = (0..text.tokens().len()).filter(|&token| text.word(token) == letters).count() > 1;
        let is_new = found.iter().all(|other| !other.span.overlaps(span));
        (is_acronym && is_new && (begins_word || again)).then_some(Candidate {
            span,
            kind: Kind::Organization,
            confidence,
        })
    });
    bracketed.collect()
}
