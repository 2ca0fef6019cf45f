//! Acronyms: "International Atomic Energy Agency (IAEA)", or "US" beside "United States".

use super::{Links, Name};
use crate::detect::Candidate;
use crate::detect::key::{initials, is_capitals};
use crate::document::Kind;
use crate::text::Text;

pub(super) fn link(text: &Text, candidates: &[Candidate], names: &[Name], of_candidate: &[usize], same: &mut Links) {
    let mut introduced = vec![false; names.len()];
    for (pair, of_pair) in candidates.windows(2).zip(of_candidate.windows(2)) {
        let (&[first, second], &[a, b]) = (pair, of_pair) else { continue };
        if is_set_off(text, &first, &second) {
            same.link(b, a);
            introduced[b] = true;
        }
        if !is_in_brackets(text, &first, &second) {
            continue;
        }
        let (short, long) = if names[a].key.len() < names[b].key.len() { (a, b) } else { (b, a) };
        let fits = |spelling: &String| {
            stands_for(spelling, &names[long]) || is_introduced(spelling, &names[short], &names[long])
        };
        if names[short].spellings.iter().any(fits) {
            same.link(short, long);
            introduced[short] = true;
        }
    }
    for short in (0..names.len()).filter(|&short| !introduced[short]) {
        let mut fuller = (0..names.len()).filter(|&long| is_initials(&names[short], &names[long]));
        if let (Some(long), None) = (fuller.next(), fuller.next()) {
            same.link(short, long);
        }
    }
}

fn is_in_brackets(text: &Text, first: &Candidate, second: &Candidate) -> bool {
    let content = text.content();
    let between = content.get(first.span.end..second.span.start).unwrap_or("");
    let between = between.trim_start_matches(['\'', '’', 's']).trim();
    between == "(" && content[second.span.end..].starts_with(')')
}

/// Whether letters between commas after an organisation are its acronym, in whatever language: "the European Consumer Organisation, BEUC,".
fn is_set_off(text: &Text, first: &Candidate, second: &Candidate) -> bool {
    let content = text.content();
    let letters = second.span.of(content);
    let is_acronym =
        (3..=8).contains(&letters.chars().count()) && is_capitals(letters) && letters.chars().all(char::is_alphabetic);
    let between = content.get(first.span.end..second.span.start).unwrap_or("");
    let whole = text.tokens_in(first.span);
    let is_apposed = text
        .top(&text.tokens_in(second.span))
        .is_some_and(|top| text.tokens()[top].dep == "appos" && whole.contains(&text.tokens()[top].head));
    let are_bodies = first.kind == Kind::Organization && second.kind == Kind::Organization && whole.len() > 1;
    let is_closed = content[second.span.end..].starts_with([',', ';', '.', ')']);
    is_acronym && matches!(between, ", " | ", the ") && is_closed && is_apposed && are_bodies
}

/// Whether letters in brackets after an organisation are its acronym though they come in another order, or from another
/// language: the first of them begins a word of the name, or they come again on their own.
fn is_introduced(spelling: &str, short: &Name, long: &Name) -> bool {
    let letters = spelling.chars().count();
    let is_acronym = (3..=9).contains(&letters) && is_capitals(spelling) && spelling.chars().all(char::is_alphabetic);
    let first = short.key.chars().next();
    let begins_word = long.key.split(' ').any(|word| word.chars().next() == first);
    let is_whole = long.kind == Kind::Organization && long.key.contains(' ');
    is_acronym && is_whole && (begins_word || short.uses.len() > 1)
}

/// Whether the letters of `short` come in `long` in this order, the first at its beginning.
fn stands_for(short: &str, long: &Name) -> bool {
    if !short.starts_with(char::is_uppercase) || short.contains(' ') || short.chars().count() < 2 {
        return false;
    }
    let mut letters = long.key.chars();
    let mut wanted = short.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    long.key.chars().next() == wanted.clone().next() && wanted.all(|c| letters.any(|letter| letter == c))
}

/// Whether the one name is made of the initials of the other's capitalised words, and both are of one kind.
fn is_initials(short: &Name, long: &Name) -> bool {
    let of_acronyms = matches!(short.kind, Kind::Organization | Kind::Region | Kind::Place | Kind::Facility);
    let Some(spelling) = short.spellings.first() else { return false };
    if !of_acronyms || short.kind != long.kind || !is_capitals(spelling) || spelling.contains(' ') {
        return false;
    }
    short.key.chars().count() > 1 && long.spellings.iter().any(|long| initials(long) == short.key)
}
