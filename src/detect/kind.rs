//! Settles what sort of thing a name stands for by what the whole article says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::key::{is_capitals, key};
use super::{Candidate, beside, headline, persons};
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// The kind of an OntoNotes type; none for dates, amounts and counts.
pub(crate) fn of_label(label: &str) -> Option<Kind> {
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

/// Gives every occurrence of a name the same kind: a surname its bearer's, what an honorific or an age goes with a person's,
/// a storm's an event's, an acronym and the short name of an organisation that organisation's, any other the most frequent one. Drops capitalised words that are common nouns elsewhere in the article.
pub(super) fn settle(text: &Text, resources: &Resources, found: &mut Vec<Candidate>) {
    found.retain(|candidate| !is_common_noun(text, candidate) && !is_part_of_title(text, resources, candidate));
    let titled = titled_only(text, resources, found);
    found.retain(|candidate| !titled.contains(&candidate.span));
    let persons = surnames(text, resources, found);
    let places = named_as_places(text, resources, found);
    let organizations = organizations(text, resources, found);
    let human = human(text, resources, found);
    let kinds = settled(text, resources, found, &human, &places);
    let storms = storms(text, resources);
    let mut homes = based_in(text, found);
    homes.extend(lived_in(text, resources, found));
    homes.extend(parts_of_places(text, found));
    let headline_end = headline::end(text.content());
    for candidate in found.iter_mut() {
        let words = candidate.span.of(text.content());
        let key = key(words);
        let bearer = persons.get(&key).is_some_and(|&first| {
            (first < candidate.span.start || candidate.span.start < headline_end) && !places.contains(&key)
        });
        let kind = if human.contains(&candidate.span) || bearer && !is_quoted_title(text, candidate) {
            Kind::Person
        } else if storms.contains(&key) && !bearer {
            Kind::Event
        } else if homes.contains(&key) {
            Kind::Region
        } else if organizations.contains(&key) && candidate.kind == Kind::Person {
            Kind::Organization
        } else if resources.demonyms.country(words).is_some()
            && matches!(candidate.kind, Kind::Region | Kind::Organization)
        {
            Kind::Group
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

/// A work whose name stands between quotation marks.
fn is_quoted_title(text: &Text, candidate: &Candidate) -> bool {
    let before = text.content()[..candidate.span.start].chars().next_back();
    candidate.kind == Kind::Work && before.is_some_and(|c| matches!(c, '“' | '‘' | '"' | '\''))
}

/// The occurrences that stand for a person by what is beside them: after an honorific ("Ms Roe"), before an age ("Jane Roe,
/// 41,"), after a word for a person ("her predecessor, Jane Roe,"), and full names whose surname has an honorific elsewhere.
fn human(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<Span> {
    let addressed = persons::addressed(text, resources, found);
    let is_human = |candidate: &&Candidate| {
        let tokens = text.tokens_in(candidate.span);
        if persons::is_addressed(text, resources, tokens.start) {
            return true;
        }
        let is_place = matches!(candidate.kind, Kind::Region | Kind::Place | Kind::Group);
        let is_full = (2..=3).contains(&tokens.len())
            && tokens.clone().all(|token| text.word(token).starts_with(char::is_uppercase));
        let surname = text.word(tokens.end - 1);
        is_full
            && !is_place
            && (addressed.contains(&key(surname))
                || has_age(text, tokens.end)
                || is_apposed(text, resources, tokens.start))
    };
    found.iter().filter(is_human).map(|candidate| candidate.span).collect()
}

/// The names taken for persons' that a noun beside them tells to be of organisations ("the newspaper Lindhaven Tidings"), or one
/// that they are part of.
fn organizations(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<String> {
    let is_told = |candidate: &&Candidate| {
        let nouns = beside::nouns(text, candidate.span);
        let mut kinds = nouns
            .iter()
            .filter_map(|noun| resources.classes.kind_of_noun(noun).filter(|_| !resources.names.is_person_noun(noun)));
        let is_body = kinds.next() == Some(Kind::Organization)
            || is_partner(text, resources, candidate)
            || is_named_as_body(text, resources, candidate);
        candidate.kind == Kind::Person && is_body
    };
    found.iter().filter(is_told).map(|candidate| key(candidate.span.of(text.content()))).collect()
}

/// "Council for Harbour Research", "Norden Bank of Bergen Staff Federation": no person is called so.
fn is_named_as_body(text: &Text, resources: &Resources, candidate: &Candidate) -> bool {
    let tokens = text.tokens_in(candidate.span);
    let is_long = tokens.len() > 3 && resources.names.is_generic(text.word(tokens.end - 1));
    is_long || tokens.into_iter().any(|token| text.word(token) == "for")
}

/// What only organisations are part of: "a joint venture of Denmark's Acme and Rourke Holdings".
fn is_partner(text: &Text, resources: &Resources, candidate: &Candidate) -> bool {
    let tokens = text.tokens();
    let Some(top) = text.top(&text.tokens_in(candidate.span)) else { return false };
    let at = text.first_of_list(top);
    let preposition = tokens[at].head;
    let noun = tokens[preposition].head;
    tokens[at].dep == "pobj"
        && matches!(text.word(preposition), "of" | "between" | "with")
        && resources.names.is_venture(&tokens[noun].lemma)
}

/// What storms are called: "Cyclone Ida" makes "Ida" one.
fn storms(text: &Text, resources: &Resources) -> BTreeSet<String> {
    let is_storm = |token: &usize| {
        let is_next = text.sentence_of(*token).contains(&(token + 1));
        is_next && resources.names.is_storm(text.word(*token)) && text.word(token + 1).starts_with(char::is_uppercase)
    };
    let storms = (0..text.tokens().len()).filter(is_storm);
    storms.flat_map(|token| [key(text.word(token + 1)), key(text.span(token..token + 2).of(text.content()))]).collect()
}

/// The names before "-based", which are of places, where the recogniser took them for something else.
fn based_in(text: &Text, found: &[Candidate]) -> BTreeSet<String> {
    let based = found.iter().filter(|candidate| {
        is_based(text, candidate) && !matches!(candidate.kind, Kind::Region | Kind::Place | Kind::Facility)
    });
    based.map(|candidate| key(candidate.span.of(text.content()))).collect()
}

/// The names taken for persons' or organisations' that are of places: where somebody of that trade is from ("a baker from
/// Skibbereen"), and what a prince is prince of ("Princess Adelheid of Grenmark").
fn lived_in(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<String> {
    let person_at = |token: usize| {
        found.iter().find(|other| other.kind == Kind::Person && text.tokens_in(other.span).contains(&token))
    };
    let is_trade = |noun: usize| {
        let explains = text.tokens()[noun].dep == "appos" && person_at(text.tokens()[noun].head).is_some();
        explains || resources.names.is_person_noun(text.word(noun))
    };
    let is_royal = |token: usize| {
        let before = person_at(token).and_then(|bearer| text.tokens_in(bearer.span).start.checked_sub(1));
        before.is_some_and(|title| resources.titles.fields(&[text.word(title)]).any(|field| field == "royalty"))
    };
    let is_place = |candidate: &&Candidate| {
        let first = text.tokens_in(candidate.span).start;
        let Some(before) = first.checked_sub(2).filter(|_| first >= text.sentence_of(first).start + 2) else {
            return false;
        };
        match (text.word(first - 1), candidate.kind) {
            ("from", Kind::Person) => is_trade(before),
            ("of", Kind::Person | Kind::Organization) => is_royal(before),
            _ => false,
        }
    };
    found.iter().filter(is_place).map(|candidate| key(candidate.span.of(text.content()))).collect()
}

/// The names taken for persons' that stand before a noun, and whose one word is part of a place's name in the article ("Turkana talks",
/// "Lake Turkana"), but of no person's.
fn parts_of_places(text: &Text, found: &[Candidate]) -> BTreeSet<String> {
    let parts = |is_of: fn(Kind) -> bool| -> BTreeSet<String> {
        let longer = found.iter().filter(|candidate| is_of(candidate.kind)).map(|it| text.tokens_in(it.span));
        longer.filter(|tokens| tokens.len() > 1).flatten().map(|token| key(text.word(token))).collect()
    };
    let (of_places, of_persons) =
        (parts(|kind| matches!(kind, Kind::Region | Kind::Place | Kind::Facility)), parts(|kind| kind == Kind::Person));
    let is_part = |candidate: &&Candidate| {
        let tokens = text.tokens_in(candidate.span);
        let name = key(candidate.span.of(text.content()));
        candidate.kind == Kind::Person
            && tokens.len() == 1
            && text.tokens()[tokens.start].dep == "compound"
            && of_places.contains(&name)
            && !of_persons.contains(&name)
    };
    found.iter().filter(is_part).map(|candidate| key(candidate.span.of(text.content()))).collect()
}

/// "Toronto-based": the name is a place's.
fn is_based(text: &Text, candidate: &Candidate) -> bool {
    text.content()[candidate.span.end..].starts_with("-based")
}

/// Whether an age between commas stands at a token.
fn has_age(text: &Text, token: usize) -> bool {
    let word = |token: usize| if token < text.tokens().len() { text.word(token) } else { "" };
    let is_age = word(token + 1).parse().is_ok_and(|age: u8| (16..=110).contains(&age));
    word(token) == "," && is_age && word(token + 1).len() < 4 && word(token + 2) == ","
}

/// Whether a noun for a person and a comma stand before a token.
fn is_apposed(text: &Text, resources: &Resources, token: usize) -> bool {
    let floor = text.sentence_of(token).start;
    token >= floor + 3
        && text.word(token - 1) == ","
        && resources.names.is_person_noun(text.word(token - 2))
        && matches!(text.tokens()[token - 3].tag, "PRP$" | "POS")
}

/// The kind of each name, those of persons by what is beside them left out.
fn settled(
    text: &Text,
    resources: &Resources,
    found: &[Candidate],
    human: &BTreeSet<Span>,
    places: &[String],
) -> BTreeMap<String, Kind> {
    let others: Vec<Candidate> = found.iter().filter(|one| !human.contains(&one.span)).copied().collect();
    let companies = short_names(text, resources, &others);
    let mut kinds = majorities(text, &others);
    for (key, kind) in &mut kinds {
        let may_be_company = !matches!(kind, Kind::Region | Kind::Group | Kind::Law | Kind::Language);
        if may_be_company && companies.contains(key) && !places.contains(key) {
            *kind = Kind::Organization;
        }
    }
    for candidate in others {
        let words = candidate.span.of(text.content());
        if is_acronym(words) {
            kinds.entry(key(words)).and_modify(|kind| {
                *kind = if *kind == Kind::Person { Kind::Organization } else { *kind };
            });
        }
    }
    kinds
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
fn named_as_places(text: &Text, resources: &Resources, found: &[Candidate]) -> Vec<String> {
    let is_place = |candidate: &&Candidate| {
        let first = text.tokens_in(candidate.span).start;
        let after_preposition = first > 0 && matches!(text.word(first - 1), "in" | "In" | "near" | "into" | "across");
        let is_held = first > 1 && resources.names.is_held(text.word(first - 2));
        let based = is_based(text, candidate);
        (after_preposition && !is_held || based) && matches!(candidate.kind, Kind::Region | Kind::Place)
    };
    found.iter().filter(is_place).map(|candidate| key(candidate.span.of(text.content()))).collect()
}

fn is_acronym(words: &str) -> bool {
    is_capitals(words) && words.len() <= 6 && words.chars().all(|c| c.is_alphanumeric() || c == '&' || c == '-')
}

/// The short names of organisations: their first word ("Acme" of "Acme Shipping"), unless a person bears it as a name, and
/// what comes before their legal form ("Acme Shipping" of "Acme Shipping Inc").
fn short_names(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<String> {
    let words = |kind: Kind| {
        let longer = found.iter().filter(move |candidate| candidate.kind == kind);
        longer.map(|candidate| candidate.span.of(text.content()).split_whitespace().collect::<Vec<_>>())
    };
    let longer = || words(Kind::Organization).filter(|words| words.len() > 1);
    let firsts = longer().map(|words| key(words[0]));
    let persons = words(Kind::Person).filter(|words| words.len() > 1);
    let borne: BTreeSet<String> = persons.flatten().map(key).collect();
    let mut short: BTreeSet<String> = firsts.filter(|first| !borne.contains(first)).collect();
    let formal = longer().filter(|words| words.last().is_some_and(|last| resources.names.is_legal_form(last)));
    short.extend(formal.map(|words| key(&words[..words.len() - 1].join(" "))).filter(|name| !borne.contains(name)));
    short
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
        if begins_head(text, resources, tokens.clone()) || is_bare_title(text, resources, candidate) {
            return true;
        }
        let modifies =
            candidate.kind != Kind::Group && tokens.clone().all(|token| titles.is_modifier(text.word(token)));
        modifies && is_before_head(text, resources, tokens.end)
    };
    let (titled, free): (Vec<&Candidate>, Vec<&Candidate>) = found.iter().partition(is_titled);
    let free: BTreeSet<String> = free.iter().map(|candidate| key(candidate.span.of(text.content()))).collect();
    titled.iter().filter(|one| !free.contains(&key(one.span.of(text.content())))).map(|one| one.span).collect()
}

/// Whether a name is the first part of a title of several words ("Adjutant" of "Adjutant General").
fn begins_head(text: &Text, resources: &Resources, tokens: Range<usize>) -> bool {
    let limit = text.sentence_of(tokens.start).end.min(tokens.end + 2);
    let is_head = |end: usize| {
        let words: Vec<&str> = (tokens.start..end).map(|token| text.word(token)).collect();
        resources.titles.head_length(&words) == Some(words.len())
    };
    tokens.len() == 1 && (tokens.end + 1..=limit).any(is_head)
}

/// "The Taoiseach" or "Emperor of" taken for a person's name.
fn is_bare_title(text: &Text, resources: &Resources, candidate: &Candidate) -> bool {
    let tokens = text.tokens_in(candidate.span);
    let words: Vec<&str> = tokens.clone().map(|token| text.word(token)).collect();
    let determined = tokens.start > 0 && text.word(tokens.start - 1).eq_ignore_ascii_case("the");
    let is_of = tokens.end < text.tokens().len() && text.word(tokens.end) == "of";
    candidate.kind == Kind::Person && (determined || is_of) && resources.titles.head_length(&words) == Some(words.len())
}

/// Whether the head of a title follows, past its other modifiers ("and Mines Minister").
fn is_before_head(text: &Text, resources: &Resources, token: usize) -> bool {
    let limit = text.sentence_of(token.saturating_sub(1)).end.min(token + 4);
    let is_joint =
        |token: usize| matches!(text.word(token), "and" | "&") || resources.titles.is_modifier(text.word(token));
    let head = (token..limit).find(|&token| !is_joint(token));
    let first_head = (token..limit).find(|&token| resources.titles.head_length(&[text.word(token)]).is_some());
    first_head
        .is_some_and(|first| head.is_none_or(|head| first <= head) && (first == token || text.word(first - 1) != "and"))
}

/// A single word at the start of a sentence that is not tagged as a name, or stands elsewhere without its capital ("Court …
/// the court").
fn is_common_noun(text: &Text, candidate: &Candidate) -> bool {
    let tokens = text.tokens_in(candidate.span);
    let first = text.sentence_of(tokens.start).find(|&token| text.word(token).contains(char::is_alphabetic));
    if tokens.len() != 1 || first != Some(tokens.start) {
        return false;
    }
    let word = text.word(tokens.start).to_lowercase();
    (0..text.tokens().len()).any(|token| text.word(token) == word)
}
