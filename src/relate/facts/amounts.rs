//! Amounts: sums of money, parts of a whole, numbers of people and things.

use super::clauses::Clauses;
use crate::document::{Amount, AmountUnit};
use crate::resources::relations::Words;
use crate::times::value::Modifier;

/// How many tokens of one amount may stand before or after its head.
const REACH: usize = 4;

/// The amount that a token belongs to as its number, its unit or the noun that is counted.
pub(super) fn at(tree: &Clauses<'_>, token: usize, words: &Words) -> Option<Amount> {
    let number = number_of(tree, token)?;
    let sentence = tree.text.sentence_of(number);
    let mut start = number;
    while start > sentence.start && number - start < REACH && is_part(tree, start - 1, words) {
        start -= 1;
    }
    let mut end = number + 1;
    while end < sentence.end && end - number < REACH && is_part(tree, end, words) {
        end += 1;
    }
    let value = value(tree, start, end, words)?;
    let word = |token: usize| tree.text.word(token).to_lowercase();
    let currency = |token: usize| {
        let near = sentence.contains(&token).then(|| word(token))?;
        words.currencies.get(&near).or_else(|| words.currencies.get(near.trim_end_matches('s')))
    };
    // "$5bn", "US$5bn", "5 million euros".
    let before = start.checked_sub(1).and_then(currency);
    let (first, last, unit) = match (before, currency(end)) {
        (Some(code), _) => (start - 1, end, money(code)?),
        (None, Some(code)) => (start, end + 1, money(code)?),
        _ if sentence.contains(&end) && words.percent.contains(&word(end)) => {
            let two = word(end) == "per" && sentence.contains(&(end + 1));
            (start, if two { end + 2 } else { end + 1 }, AmountUnit::Percent)
        }
        _ => (start, end, AmountUnit::Count),
    };
    let span = tree.text.span(first..last);
    Some(Amount { span, value, unit, modifier: modifier(tree, first, sentence.start) })
}

/// The number itself, or that which counts a noun.
fn number_of(tree: &Clauses<'_>, token: usize) -> Option<usize> {
    if tree.token(token).tag == "CD" {
        return Some(token);
    }
    tree.children_by(token, &["nummod", "quantmod", "compound"]).find(|&child| tree.token(child).tag == "CD")
}

fn is_part(tree: &Clauses<'_>, token: usize, words: &Words) -> bool {
    let word = tree.text.word(token).to_lowercase();
    tree.token(token).tag == "CD" || words.multipliers.contains_key(&word)
}

/// "1.5 million", "twelve", "3bn", "two hundred".
fn value(tree: &Clauses<'_>, start: usize, end: usize, words: &Words) -> Option<f64> {
    let mut total = 0.0;
    let mut current: Option<f64> = None;
    for token in start..end {
        let word = tree.text.word(token).to_lowercase().replace(',', "");
        if let Some(factor) = words.multipliers.get(&word) {
            let counted = current.take().unwrap_or(1.0) * factor;
            if *factor >= 1000.0 { total += counted } else { current = Some(counted) }
        } else {
            current = Some(current.unwrap_or(0.0) + figure(&word, words)?);
        }
    }
    Some(total + current.unwrap_or(0.0))
}

fn figure(word: &str, words: &Words) -> Option<f64> {
    if let Some(number) = words.numbers.get(word) {
        return Some(*number);
    }
    let digits = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    let (figure, unit) = word.split_at(digits);
    let factor = if unit.is_empty() { 1.0 } else { *words.multipliers.get(unit)? };
    figure.parse::<f64>().ok().map(|figure| figure * factor)
}

fn money(code: &str) -> Option<AmountUnit> {
    code.as_bytes().try_into().ok().map(AmountUnit::Money)
}

fn modifier(tree: &Clauses<'_>, first: usize, floor: usize) -> Option<Modifier> {
    let word = |back: usize| first.checked_sub(back).filter(|&it| it >= floor).map_or("", |it| tree.text.word(it));
    match (word(2).to_lowercase().as_str(), word(1).to_lowercase().as_str()) {
        ("more", "than") | ("at", "least") | (_, "over") => Some(Modifier::More),
        ("less" | "fewer", "than") | ("at", "most") | (_, "nearly" | "almost" | "under") => Some(Modifier::Less),
        (_, "about" | "around" | "some" | "roughly" | "approximately") => Some(Modifier::About),
        _ => None,
    }
}
