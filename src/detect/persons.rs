//! Persons' names that the recogniser cut short, missed beside a surname, or took together with what stands before them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Candidate;
use super::key::key;
use crate::document::Kind;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// What makes a name before which it stands any of several.
const COUNTING: [&str; 6] = ["one", "another", "no", "any", "every", "two"];

/// Makes persons' names whole.
pub(super) fn complete(text: &Text, resources: &Resources, found: &mut Vec<Candidate>) {
    let taken = taken(text, found);
    let scene = Scene { text, resources, taken };
    for candidate in found.iter_mut().filter(|candidate| candidate.kind == Kind::Person) {
        let tokens = text.tokens_in(candidate.span);
        candidate.span = text.span(tokens.start..scene.end_of(tokens));
    }
    let split: Vec<Candidate> = found.iter().flat_map(|candidate| scene.parts(*candidate)).collect();
    *found = split;
    let whole: Vec<Candidate> = scene.with_given_name(&addressed(text, resources, found), &surnames(text, found));
    found.extend(whole);
    *found = super::without_overlaps(std::mem::take(found));
}

/// The surnames that stand after an honorific ("Ms Roe").
pub(super) fn addressed(text: &Text, resources: &Resources, found: &[Candidate]) -> BTreeSet<String> {
    let single = found.iter().filter(|candidate| {
        let tokens = text.tokens_in(candidate.span);
        tokens.len() == 1 && is_addressed(text, resources, tokens.start)
    });
    single.map(|candidate| key(candidate.span.of(text.content()))).collect()
}

/// The persons' names of one word.
fn surnames(text: &Text, found: &[Candidate]) -> BTreeSet<String> {
    let persons = found.iter().filter(|candidate| candidate.kind == Kind::Person);
    let single =
        persons.map(|candidate| candidate.span.of(text.content())).filter(|name| !name.contains(char::is_whitespace));
    single.map(key).collect()
}

/// Whether an honorific that only persons bear stands before a token.
pub(super) fn is_addressed(text: &Text, resources: &Resources, token: usize) -> bool {
    let Some(before) = token.checked_sub(1).filter(|before| text.sentence_of(token).contains(before)) else {
        return false;
    };
    let word = text.word(before);
    resources.names.is_courtesy(word) && word.starts_with(char::is_uppercase)
}

/// What the recogniser named, for each token.
fn taken(text: &Text, found: &[Candidate]) -> Vec<Option<Kind>> {
    let mut taken = vec![None; text.tokens().len()];
    for candidate in found {
        taken[text.tokens_in(candidate.span)].fill(Some(candidate.kind));
    }
    taken
}

struct Scene<'a> {
    text: &'a Text,
    resources: &'a Resources,
    taken: Vec<Option<Kind>>,
}

impl Scene<'_> {
    /// Where a person's name ends, past a second surname ("Gebre-Egziabher", "van Dorn", "d'Aubry").
    fn end_of(&self, tokens: Range<usize>) -> usize {
        let limit = self.text.sentence_of(tokens.start).end;
        let mut end = tokens.end;
        loop {
            let length = self.further(&(tokens.start..end));
            if length == 0 || end + length > limit {
                return end;
            }
            end += length;
        }
    }

    /// How many tokens after a name belong to it.
    fn further(&self, name: &Range<usize>) -> usize {
        let end = name.end;
        let is_linked = |at: usize| self.is_hyphen(at) && self.is_free(at + 1) && self.is_capital(at + 1);
        if is_linked(end) {
            return 2;
        }
        if self.is_free(end) && self.resources.names.is_particle(self.word(end)) && self.may_be_surname(end + 1) {
            return 2;
        }
        if name.len() > 1 && self.is_free(end) && self.is_capital(end) && is_linked(end + 1) {
            return 3;
        }
        let elided = self.word(end).strip_prefix("d'").or_else(|| self.word(end).strip_prefix("d’"));
        usize::from(self.is_free(end) && elided.is_some_and(|rest| rest.starts_with(char::is_uppercase)))
    }

    fn may_be_surname(&self, token: usize) -> bool {
        let named = self.taken.get(token).copied().flatten();
        self.is_capital(token) && !matches!(named, Some(Kind::Region | Kind::Place | Kind::Group | Kind::Facility))
    }

    /// A hyphen without white space on either side.
    fn is_hyphen(&self, token: usize) -> bool {
        let tokens = self.text.tokens();
        let touches = |one: usize, other: usize| {
            let pair = (tokens.get(one), tokens.get(other));
            matches!(pair, (Some(one), Some(other)) if one.span.end == other.span.start)
        };
        matches!(self.word(token), "-" | "‑" | "‐")
            && token.checked_sub(1).is_some_and(|before| touches(before, token))
            && touches(token, token + 1)
    }

    fn word(&self, token: usize) -> &str {
        if token < self.taken.len() { self.text.word(token) } else { "" }
    }

    fn is_free(&self, token: usize) -> bool {
        self.taken.get(token).is_some_and(Option::is_none)
    }

    fn is_capital(&self, token: usize) -> bool {
        self.word(token).starts_with(char::is_uppercase)
    }

    /// "The mayor of Dunmere, Jane Roe," taken for one name is two.
    fn parts(&self, candidate: Candidate) -> Vec<Candidate> {
        let tokens = self.text.tokens_in(candidate.span);
        let commas: Vec<usize> = tokens.clone().filter(|&token| self.word(token) == ",").collect();
        let floor = self.text.sentence_of(tokens.start).start;
        let &[comma] = commas.as_slice() else { return vec![candidate] };
        let before: Vec<&str> = (floor..tokens.start).map(|token| self.word(token)).collect();
        let after_title = before
            .split_last()
            .is_some_and(|(last, title)| *last == "of" && self.resources.titles.head_length(title).is_some());
        let is_full_name = tokens.end - comma == 3 && (comma + 1..tokens.end).all(|token| self.is_capital(token));
        if candidate.kind == Kind::Person || !after_title || !is_full_name || comma == tokens.start {
            return vec![candidate];
        }
        let part = |tokens: Range<usize>, kind: Kind| Candidate {
            span: self.text.span(tokens),
            kind,
            confidence: candidate.confidence.min(self.resources.names.confidence(kind)),
        };
        vec![part(tokens.start..comma, Kind::Region), part(comma + 1..tokens.end, Kind::Person)]
    }

    /// A given name that was missed before a surname which stands after an honorific elsewhere ("Fergal" of "Mr Tuohy"), or
    /// between a title and a surname that stands alone elsewhere ("Director of Planning Lorna Pickett").
    fn with_given_name(&self, addressed: &BTreeSet<String>, surnames: &BTreeSet<String>) -> Vec<Candidate> {
        let confidence = self.resources.names.confidence(Kind::Person);
        let whole = (1..self.taken.len()).filter(|&token| {
            let fits = matches!(self.taken[token], None | Some(Kind::Person)) && self.is_capital(token);
            let surname = fits.then(|| key(self.word(token)));
            let is_titled = token > 1 && self.is_capital(token - 2);
            surname.is_some_and(|surname| addressed.contains(&surname) || is_titled && surnames.contains(&surname))
                && self.is_given_name(token - 1)
        });
        whole
            .map(|token| Candidate { span: self.text.span(token - 1..token + 1), kind: Kind::Person, confidence })
            .collect()
    }

    fn is_given_name(&self, token: usize) -> bool {
        let sentence = self.text.sentence_of(token);
        let word = self.word(token);
        let names = &self.resources.names;
        let is_name = self.is_free(token)
            && self.is_capital(token)
            && self.text.tokens()[token].pos == "PROPN"
            && word.contains(char::is_lowercase)
            && sentence.contains(&(token + 1));
        let is_other = names.is_honorific(word)
            || names.is_courtesy(word)
            || names.is_rank(word)
            || names.is_no_name(word)
            || names.is_no_given_name(word)
            || names.is_generic(word)
            || self.resources.titles.is_modifier(word)
            || self.resources.titles.head_length(&[word]).is_some();
        is_name && !is_other && (token == sentence.start || self.is_after_title(token, sentence.start))
    }

    /// Whether no further capitalised word stands before a token, or only those of a title ("Minister for the Marine").
    fn is_after_title(&self, token: usize, floor: usize) -> bool {
        if !self.is_capital(token - 1) {
            return true;
        }
        let is_inside = |token: &usize| self.is_capital(*token) || matches!(self.word(*token), "the" | "and" | "&");
        let Some(first) = (floor..token).rev().take(6).take_while(is_inside).last() else { return false };
        let whole: Vec<&str> = (floor..token).map(|token| self.word(token)).collect();
        let titles = &self.resources.titles;
        let named = titles.head_length(&whole).is_some();
        let words: Vec<&str> = (floor..first.saturating_sub(1)).map(|token| self.word(token)).collect();
        let joined = first > floor && matches!(self.word(first - 1), "of" | "for");
        named || joined && titles.head_length(&words).is_some()
    }
}

/// The surnames that stand for any of those who bear them: "there is more than one Roe", where the article names a Roe in full.
pub(super) fn counted(text: &Text, found: &[Candidate]) -> BTreeSet<Span> {
    let full = found.iter().filter(|candidate| candidate.kind == Kind::Person).map(|it| text.tokens_in(it.span));
    let borne: BTreeSet<String> =
        full.filter(|tokens| tokens.len() > 1).map(|tokens| key(text.word(tokens.end - 1))).collect();
    let is_counted = |candidate: &&Candidate| {
        let tokens = text.tokens_in(candidate.span);
        let before = tokens.start.checked_sub(1).filter(|before| text.sentence_of(tokens.start).contains(before));
        tokens.len() == 1
            && before.is_some_and(|before| COUNTING.contains(&text.word(before)))
            && text.tokens()[tokens.start].dep != "compound"
            && borne.contains(&key(candidate.span.of(text.content())))
    };
    found.iter().filter(is_counted).map(|candidate| candidate.span).collect()
}
