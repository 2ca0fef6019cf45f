//! Settles what two readers found: the encoder knows best which words are persons, organisations and places, the recogniser
//! what sort of place a place is and where dates, amounts, peoples, events and works stand.

use super::{Name, Token};

/// The types for which the encoder's word stands.
const DECIDED: [&str; 5] = ["PERSON", "ORG", "GPE", "LOC", "FAC"];
/// The types of places.
const PLACES: [&str; 3] = ["GPE", "LOC", "FAC"];

/// The encoder's names under the recogniser's types, and of the recogniser's names those of other types that overlap none of
/// them; in order.
pub(super) fn settle(encoded: &[Name], recognised: &[Name]) -> Vec<Name> {
    let overlaps = |a: &Name, b: &Name| a.tokens.start < b.tokens.end && b.tokens.start < a.tokens.end;
    let label = |name: &Name| match name.label {
        "PER" => "PERSON",
        "LOC" => {
            let seen = recognised.iter().find(|other| overlaps(name, other) && PLACES.contains(&other.label));
            seen.map_or("GPE", |other| other.label)
        }
        other => other,
    };
    let mut names: Vec<Name> =
        encoded.iter().map(|name| Name { tokens: name.tokens.clone(), label: label(name) }).collect();
    let is_free = |name: &Name| !DECIDED.contains(&name.label) && !encoded.iter().any(|other| overlaps(name, other));
    names.extend(recognised.iter().filter(|name| is_free(name)).cloned());
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// A name without the article before it and the possessive ending, quotation marks and white space around it, as the
/// encoder was taught; none when nothing is left. Dates, amounts and the like stay as they are.
pub(super) fn trimmed(content: &str, tokens: &[Token], name: &Name) -> Option<Name> {
    if !DECIDED.contains(&name.label) {
        return Some(name.clone());
    }
    let word = |token: usize| tokens[token].span.of(content);
    let is_mark = |word: &str| word.chars().all(|c| c.is_whitespace() || "\"'“”‘’«»`„‚‹›".contains(c));
    let is_lead = |word: &str| word.eq_ignore_ascii_case("the") || is_mark(word);
    let is_tail = |word: &str| matches!(word, "'s" | "’s") || is_mark(word);
    let (mut start, mut end) = (name.tokens.start, name.tokens.end);
    while start < end && is_lead(word(start)) {
        start += 1;
    }
    while start < end && is_tail(word(end - 1)) {
        end -= 1;
    }
    (start < end).then_some(Name { tokens: start..end, label: name.label })
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::{Name, Token};
    use super::{settle, trimmed};
    use crate::span::Span;

    fn name(tokens: Range<usize>, label: &'static str) -> Name {
        Name { tokens, label }
    }

    #[test]
    fn the_encoder_decides_on_names_and_the_recogniser_on_the_rest() {
        let encoded = vec![name(0..2, "PER"), name(4..5, "ORG")];
        // It took a person for a place, missed the organisation, and saw one that is none.
        let recognised = vec![name(0..1, "GPE"), name(2..4, "DATE"), name(6..7, "ORG"), name(8..9, "NORP")];
        let expected = [name(0..2, "PERSON"), name(2..4, "DATE"), name(4..5, "ORG"), name(8..9, "NORP")];
        assert_eq!(settle(&encoded, &recognised), expected);
    }

    #[test]
    fn the_recogniser_says_what_sort_of_place_it_is() {
        let encoded = vec![name(0..2, "LOC"), name(3..4, "LOC"), name(5..6, "LOC")];
        let recognised = vec![name(0..2, "FAC"), name(3..4, "PERSON")];
        assert_eq!(settle(&encoded, &recognised), [name(0..2, "FAC"), name(3..4, "GPE"), name(5..6, "GPE")]);
    }

    #[test]
    fn of_two_that_overlap_the_encoders_stays() {
        let settled = settle(&[name(1..3, "ORG")], &[name(0..2, "WORK_OF_ART"), name(3..4, "NORP")]);
        assert_eq!(settled, [name(1..3, "ORG"), name(3..4, "NORP")]);
    }

    #[test]
    fn articles_possessives_and_quotation_marks_are_outside_a_name() {
        let content = "the \" Times \" 's the second";
        let mut at = 0;
        let tokens: Vec<Token> = content
            .split(' ')
            .enumerate()
            .map(|(number, word)| {
                let span = Span::new(at, at + word.len());
                at += word.len() + 1;
                Token { span, tag: "NN", pos: "NOUN", lemma: word.into(), head: number, dep: "ROOT" }
            })
            .collect();
        assert_eq!(trimmed(content, &tokens, &name(0..5, "ORG")), Some(name(2..3, "ORG")));
        assert_eq!(trimmed(content, &tokens, &name(5..7, "DATE")), Some(name(5..7, "DATE")));
        assert_eq!(trimmed(content, &tokens, &name(0..2, "ORG")), None);
    }
}
