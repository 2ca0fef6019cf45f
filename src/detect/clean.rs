//! Takes off a name what does not belong to it.

use std::ops::Range;

use super::key::is_capitals;
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

/// The tokens of a name without articles, titles, honorifics, possessive endings, quotation marks and brackets; none when
/// what remains names nothing.
pub(super) fn trimmed(text: &Text, mut name: Range<usize>, kind: Kind, resources: &Resources) -> Option<Range<usize>> {
    if kind == Kind::Person {
        name.start = after_title(text, &name, resources);
    } else {
        name.end = before_title(text, &name, resources)?;
    }
    while name.start < name.end && is_before_names(text, name.start, name.end, resources) {
        name.start += 1;
    }
    let given = |word: &str| resources.names.is_given_name(word) || resources.given_names.gender(word).is_some();
    if ends_title(text, &name, resources) && (kind == Kind::Person || given(text.word(name.start + 1))) {
        name.start += 1;
    }
    while name.len() > 1 && kind == Kind::Person && resources.names.is_rank(text.word(name.start)) {
        name.start += 1;
    }
    while name.len() > 2 && kind == Kind::Person && resources.names.is_post_nominal(text.word(name.end - 1)) {
        name.end -= 1;
    }
    while name.start < name.end && is_after_names(text, name.end - 1) {
        name.end -= 1;
    }
    let named = !name.is_empty() && is_name(text, &name, kind, resources);
    named.then_some(name)
}

/// Where a person's name begins after the last title inside the recogniser's span.
fn after_title(text: &Text, name: &Range<usize>, resources: &Resources) -> usize {
    let words: Vec<&str> = name.clone().map(|token| text.word(token)).collect();
    let mut start = 0;
    for end in 1..words.len() {
        let Some(length) = resources.titles.head_length(&words[start..end]) else { continue };
        let (last, single) = (words[end - 1], words.len() - end < 2);
        let rest = &words[start..end - length];
        let is_whole =
            rest.iter().all(|word| resources.titles.is_modifier(word)) && last.starts_with(char::is_uppercase);
        let is_common = length > 1 || last.starts_with(char::is_lowercase) || is_capitals(last);
        if (is_whole || is_common) && !(single && resources.names.is_given_name(last)) {
            start = end;
        }
    }
    name.start + start
}

/// Whether the first word of what may be a person's name is the last of a title that began before it ("Minister for the [Marine Fergal
/// Tuohy]"): a given name and another stay.
pub(super) fn ends_title(text: &Text, name: &Range<usize>, resources: &Resources) -> bool {
    if name.len() < 3 {
        return false;
    }
    let floor = text.sentence_of(name.start).start;
    let word = |back: usize| name.start.checked_sub(back).filter(|&token| token >= floor).map(|token| text.word(token));
    let article = usize::from(word(1).is_some_and(|word| word.eq_ignore_ascii_case("the")));
    let joins = word(1 + article).is_some_and(|word| matches!(word, "for" | "of"));
    let is_head = |title: &str| resources.titles.head_length(&[title]).is_some();
    joins
        && word(2 + article).is_some_and(is_head)
        && !resources.names.is_given_name(text.word(name.start))
        && text.word(name.start + 1).starts_with(char::is_uppercase)
}

/// Where any other name ends before a title ("White House Press Secretary"); none when it is a title and nothing else.
fn before_title(text: &Text, name: &Range<usize>, resources: &Resources) -> Option<usize> {
    let words: Vec<&str> = name.clone().map(|token| text.word(token)).collect();
    let titles = &resources.titles;
    let Some(length) = titles.head_length(&words).filter(|_| !words.last().is_some_and(|last| titles.is_plural(last)))
    else {
        return Some(name.end);
    };
    if words[..words.len() - length].contains(&"of") {
        return Some(name.end);
    }
    let mut end = name.end - length;
    while end > name.start && titles.is_modifier(text.word(end - 1)) {
        end -= 1;
    }
    let remains = (name.start..end).any(|token| !matches!(text.tokens()[token].pos, "DET" | "PUNCT" | "ADJ"));
    remains.then_some(end)
}

fn is_before_names(text: &Text, token: usize, end: usize, resources: &Resources) -> bool {
    let word = text.word(token);
    let more = token + 1 < end;
    matches!(word.to_lowercase().as_str(), "the" | "a" | "an" | "and" | "of" | "both" | "'s" | "’s")
        || !word.contains(char::is_alphanumeric)
        || (more && resources.names.is_honorific(word) && text.word(token + 1).starts_with(char::is_uppercase))
            && !is_saint_of_a_place(word)
}

/// "St. Louis", "San Marino": a saint before a place stays.
fn is_saint_of_a_place(word: &str) -> bool {
    matches!(word, "St" | "St." | "Saint")
}

fn is_after_names(text: &Text, token: usize) -> bool {
    let word = text.word(token);
    matches!(word, "'s" | "’s" | "'S" | "’S" | "and" | "the" | "of" | "in" | "at" | "for" | "'" | "’")
        || !word.contains(|c: char| c.is_alphanumeric() || c == '+' || c == '!')
}

fn is_name(text: &Text, name: &Range<usize>, kind: Kind, resources: &Resources) -> bool {
    let span = text.span(name.clone());
    let words = span.of(text.content());
    let is_address = words.contains("://") || words.contains("www.") || words.contains('@') || words.starts_with('#');
    let is_long = words.chars().count() > 100 || words.contains('\n');
    if is_address || is_long || !words.contains(char::is_alphabetic) {
        return false;
    }
    let may_be_lower =
        matches!(kind, Kind::Work | Kind::Person | Kind::Organization | Kind::Region | Kind::Place | Kind::Facility);
    if !words.contains(char::is_uppercase) && !may_be_lower {
        return false;
    }
    let stance = ["anti-", "pro-", "non-"].iter().any(|prefix| words.to_lowercase().starts_with(prefix));
    let is_mark = name.len() == 1 && (words.chars().count() < 2 || resources.names.is_no_name(words));
    let is_honour = name.start > 0 && text.word(name.start - 1) == "," && resources.names.is_post_nominal(words);
    let is_bare_title = kind == Kind::Person
        && name.len() == 1
        && words.ends_with('.')
        && resources.titles.head_length(&[words]).is_some();
    !(is_mark
        || is_honour
        || is_bare_title
        || is_party_of_seat(words)
        || has_open_bracket(words)
        || stance && kind == Kind::Group)
}

/// "D-Cleveland": the party and the seat of a lawmaker.
fn is_party_of_seat(words: &str) -> bool {
    words.split_once('-').is_some_and(|(party, seat)| {
        matches!(party, "D" | "R" | "I") && seat.starts_with(char::is_uppercase) && seat.contains(char::is_lowercase)
    })
}

fn has_open_bracket(words: &str) -> bool {
    words.matches('(').count() != words.matches(')').count() || words.contains(['[', ']', '{', '}', '|', '<', '>'])
}
