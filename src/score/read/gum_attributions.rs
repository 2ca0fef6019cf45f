//! Attributions in GUM: its discourse relations of that name, with the signals that name source and cue.
//!
//! `Discourse=attribution-positive:4->3:0:sem-atsrc-28-_+lex-indwd-29-_` at the first token of a unit says that unit 4
//! attributes unit 3, that the source is token 28 of the text and the cue token 29. The source is the whole noun
//! phrase of the words annotated; the cue with its auxiliaries, negation, particle, copula and adverbs beside it, as PARC has it; the content is the unit with
//! all that depends on it below the attribution or in its clause. Relations without a cue and a verb (credits of pictures,
//! entries of bibliographies) and those without a source are left out.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::score::sample::Attributed;
use crate::span::Span;
use crate::text::Text;

/// A unit of discourse and what it depends on.
struct Unit {
    tokens: Range<usize>,
    relation: String,
    head: Option<usize>,
    /// How far from the head in its tree the unit is joined to it.
    depth: usize,
    signals: String,
}

/// The attributions that the lines of a text annotate.
pub(super) fn attributions(text: &Text, lines: &[&str]) -> Vec<Attributed> {
    let units = units(text, lines);
    let of_unit = |unit: &usize| attribution(text, &units, *unit);
    let mut found: Vec<Attributed> = units.keys().filter_map(of_unit).collect();
    found.sort();
    found
}

fn units(text: &Text, lines: &[&str]) -> BTreeMap<usize, Unit> {
    let mut units: BTreeMap<usize, Unit> = BTreeMap::new();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut token = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(misc)) = (cells.first(), cells.get(9)) else { continue };
        if id.parse::<usize>().is_err() {
            continue;
        }
        let discourse = misc.split('|').find_map(|feature| feature.strip_prefix("Discourse="));
        // Further relations of a unit stand behind the first.
        if let Some((number, unit)) = discourse.and_then(|said| unit(said.split(';').next()?, token)) {
            starts.push((token, number));
            units.insert(number, unit);
        }
        token += 1;
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.tokens().len()]);
    for ((start, number), end) in starts.iter().zip(ends) {
        if let Some(unit) = units.get_mut(number) {
            unit.tokens = *start..end.max(*start + 1).min(text.tokens().len());
        }
    }
    units
}

/// `relation:4->3:0:signals`, or `ROOT:3:0`.
fn unit(said: &str, token: usize) -> Option<(usize, Unit)> {
    let mut fields = said.splitn(4, ':');
    let relation = fields.next()?.to_owned();
    let ends = fields.next()?;
    let depth = fields.next()?.parse().ok()?;
    let signals = fields.next().unwrap_or_default().to_owned();
    let (number, head) = match ends.split_once("->") {
        Some((number, head)) => (number.parse().ok()?, head.parse().ok()),
        None => (ends.parse().ok()?, None),
    };
    Some((number, Unit { tokens: token..token + 1, relation, head, depth, signals }))
}

fn attribution(text: &Text, units: &BTreeMap<usize, Unit>, number: usize) -> Option<Attributed> {
    let unit = units.get(&number).filter(|unit| unit.relation.starts_with("attribution"))?;
    let about = unit.head?;
    let cue = cue(text, unit)?;
    let source: Vec<usize> =
        signalled(&unit.signals, "sem-atsrc").into_iter().filter(|token| *token < text.tokens().len()).collect();
    let source = nearest(ranges(source), cue.start).map(|words| noun_phrase(text, &words, &cue));
    let content = content(text, units, number, about);
    let content = ranges(content).into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty());
    let content: Vec<Span> = content.map(|range| text.span(range)).collect();
    let source = source.map(|range| text.span(range))?;
    (!content.is_empty()).then(|| Attributed { source: vec![source], cue: vec![text.span(cue)], content })
}

/// Of a source said twice ("I think, I think"), the words nearest to the cue.
fn nearest(ranges: Vec<Range<usize>>, cue: usize) -> Option<Range<usize>> {
    ranges.into_iter().min_by_key(|range| range.start.abs_diff(cue))
}

/// The whole noun phrase of which some words are the source: with appositions, conjuncts and what else depends on it, but for the clause of the
/// cue; of the "who" of a relative clause, what that stands for.
fn noun_phrase(text: &Text, words: &Range<usize>, cue: &Range<usize>) -> Range<usize> {
    let tokens = text.tokens();
    let is_top = |&token: &usize| !words.contains(&tokens[token].head) || tokens[token].head == token;
    let mut head = words.clone().find(is_top).unwrap_or(words.start);
    if words.len() == 1 && tokens[head].tag.starts_with('W') {
        let relative =
            std::iter::successors(Some(cue.end - 1), |&token| Some(tokens[token].head).filter(|&above| above != token));
        head = relative.take(8).find(|&token| tokens[token].dep == "acl:relcl").map_or(head, |verb| tokens[verb].head);
    }
    while matches!(tokens[head].dep, "appos" | "conj" | "flat") && !text.is_under(cue.start, tokens[head].head) {
        head = tokens[head].head;
    }
    let is_part = |token: usize| {
        let of_cue = |at: usize| at != head && text.is_under(cue.end - 1, at) && text.is_under(at, head);
        let up =
            std::iter::successors(Some(token), |&at| Some(tokens[at].head).filter(|&above| above != at && at != head));
        text.is_under(token, head) && !up.into_iter().any(of_cue)
    };
    let sentence = text.sentence_of(head);
    let start = (sentence.start..head).rev().take_while(|&token| is_part(token)).last().unwrap_or(head);
    let end = (head + 1..sentence.end).take_while(|&token| is_part(token)).last().unwrap_or(head) + 1;
    let range = trimmed(text, start..end);
    if range.contains(&head) { range } else { words.clone() }
}

/// The tokens, numbered from 0, that a kind of signal names: `sem-atsrc-16-17-_` or `syn-rpr-215,218-gold`.
fn signalled(signals: &str, kind: &str) -> Vec<usize> {
    let named = signals.split('+').filter_map(|signal| signal.strip_prefix(kind)?.strip_prefix('-'));
    let mut tokens = Vec::new();
    for signal in named {
        let places = signal.rsplit_once('-').map_or(signal, |(places, _)| places);
        for place in places.split(',') {
            let (first, last) = place.split_once('-').unwrap_or((place, place));
            if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) {
                tokens.extend((first..=last).filter_map(|token| token.checked_sub(1)));
            }
        }
    }
    tokens
}

/// The cue: the last words that are signalled as such in the unit, or else its verb; with what belongs to it.
fn cue(text: &Text, unit: &Unit) -> Option<Range<usize>> {
    let phrases = [signalled(&unit.signals, "lex-indph"), signalled(&unit.signals, "dm-according to")];
    if let Some(phrase) =
        phrases.into_iter().map(|tokens| within(tokens, &unit.tokens)).find(|tokens| !tokens.is_empty())
    {
        return ranges(phrase).into_iter().next_back();
    }
    let words = within(signalled(&unit.signals, "lex-indwd"), &unit.tokens);
    let word = words.last().copied().or_else(|| {
        let verbs = unit.tokens.clone().filter(|&token| text.tokens()[token].pos == "VERB");
        verbs.min_by_key(|&token| depth(text, token))
    })?;
    let belongs = |token: usize| {
        let analysis = &text.tokens()[token];
        let kind = matches!(analysis.dep, "aux" | "aux:pass" | "advmod" | "compound:prt" | "cop")
            && !analysis.tag.starts_with('W');
        kind && analysis.head == word && text.children(token).next().is_none()
    };
    let (mut start, mut end) = (word, word + 1);
    while start > unit.tokens.start && belongs(start - 1) {
        start -= 1;
    }
    while end < unit.tokens.end && belongs(end) {
        end += 1;
    }
    Some(start..end)
}

fn within(tokens: Vec<usize>, unit: &Range<usize>) -> Vec<usize> {
    tokens.into_iter().filter(|token| unit.contains(token)).collect()
}

fn depth(text: &Text, token: usize) -> usize {
    let mut at = token;
    let mut depth = 0;
    while text.tokens()[at].head != at {
        at = text.tokens()[at].head;
        depth += 1;
    }
    depth
}

/// The tokens of what is attributed.
fn content(text: &Text, units: &BTreeMap<usize, Unit>, attributing: usize, about: usize) -> Vec<usize> {
    let Some(unit) = units.get(&about) else { return Vec::new() };
    let limit = units[&attributing].depth;
    let top = unit.tokens.clone().min_by_key(|&token| depth(text, token)).unwrap_or(unit.tokens.start);
    let mut tokens: Vec<usize> = unit.tokens.clone().collect();
    let mut open: Vec<usize> = Vec::new();
    for (number, child) in units.iter().filter(|(number, child)| child.head == Some(about) && **number != attributing) {
        let head = child.tokens.clone().min_by_key(|&token| depth(text, token)).unwrap_or(child.tokens.start);
        if child.depth < limit || child.relation.starts_with("same-unit") || text.is_under(head, top) {
            open.push(*number);
        }
    }
    while let Some(number) = open.pop() {
        tokens.extend(units[&number].tokens.clone());
        open.extend(units.iter().filter(|(_, child)| child.head == Some(number)).map(|(number, _)| *number));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

fn ranges(mut tokens: Vec<usize>) -> Vec<Range<usize>> {
    tokens.sort_unstable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for token in tokens {
        match ranges.last_mut() {
            Some(last) if last.end >= token => last.end = last.end.max(token + 1),
            _ => ranges.push(token..token + 1),
        }
    }
    ranges
}

/// Without marks at the ends, except quotation marks and brackets in pairs.
fn trimmed(text: &Text, mut range: Range<usize>) -> Range<usize> {
    let is_quotation = |token: usize| text.word(token).chars().all(|c| "\"“”‘’'`".contains(c));
    while !range.is_empty() {
        let pairs = range.clone().filter(|&token| is_quotation(token)).count() % 2 == 0;
        let has = |mark: &str| range.clone().any(|token| text.word(token) == mark);
        let is_paired = |token: usize| match text.word(token) {
            ")" => has("("),
            "(" => has(")"),
            _ => pairs && is_quotation(token),
        };
        let is_loose = |token: usize| text.tokens()[token].pos == "PUNCT" && !is_paired(token);
        if is_loose(range.end - 1) {
            range.end -= 1;
        } else if is_loose(range.start) {
            range.start += 1;
        } else {
            break;
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::signalled;

    #[test]
    fn signals_name_tokens_one_by_one_and_in_runs() {
        let signals = "sem-atsrc-16-17-_+lex-indwd-19-gold+syn-rpr-215,218-_";
        assert_eq!(signalled(signals, "sem-atsrc"), [15, 16]);
        assert_eq!(signalled(signals, "lex-indwd"), [18]);
        assert_eq!(signalled(signals, "syn-rpr"), [214, 217]);
    }
}
