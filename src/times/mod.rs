//! Finds time expressions and tells what stretch of the calendar, or how much time, they denote.

mod grammar;
mod resolve;
mod tense;
pub mod value;

use crate::article::Article;
use crate::document::TimeMention;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;
use resolve::Clock;

/// The time expressions of an article in the order of the text, never overlapping.
///
/// What needs a date to count from ("last month") counts from when the article was published. Without that such expressions have no value: a
/// day that the article names may lie long before it.
#[must_use]
pub fn times(article: &Article, text: &Text, resources: &Resources) -> Vec<TimeMention> {
    let times = &resources.times;
    let is_time = |span: Span| {
        let mut names = text.names().iter().filter(|name| matches!(name.label, "DATE" | "TIME"));
        names.any(|name| text.span(name.tokens.clone()).overlaps(span)) || is_year(text, span)
    };
    let mut matches = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind.is_prose()) {
        let words = block.span.of(text.content());
        matches.extend(grammar::matches(words, block.span.start, times, is_time));
    }
    let published = article.metadata.published.and_then(super::date::Stamp::day);
    let mut clock = Clock::new(published);
    let mut found = Vec::new();
    for one in matches {
        let direction = || tense::direction(text, outermost(text, one.span), times);
        if let Some(value) = clock.value(&one, direction) {
            found.push(TimeMention { span: one.span, value, modifier: one.fields.modifier });
        }
    }
    found
}

/// Whether words are a year for the preposition before them ("in 2021"), whatever the recogniser took them for.
fn is_year(text: &Text, span: Span) -> bool {
    let tokens = text.tokens_in(span);
    let token = &text.tokens()[tokens.start.min(text.tokens().len() - 1)];
    let preposition = text.word(token.head).to_lowercase();
    let may_be = span.of(text.content()).parse().is_ok_and(|year: u16| (1500..2100).contains(&year));
    let is_of_time =
        matches!(&*preposition, "in" | "since" | "until" | "till" | "from" | "by" | "before" | "after" | "during");
    // "From 2018 to 2022".
    let is_end = preposition == "to"
        && tokens.start.checked_sub(3).is_some_and(|from| {
            text.word(from).eq_ignore_ascii_case("from")
                && text.word(from + 1).len() == 4
                && text.tokens()[from + 1].tag == "CD"
        });
    may_be && tokens.len() == 1 && token.tag == "CD" && token.dep == "pobj" && (is_of_time || is_end)
}

/// The token of a span on which the others depend.
fn outermost(text: &Text, span: Span) -> usize {
    let tokens = text.tokens_in(span);
    let last = text.tokens().len().saturating_sub(1);
    tokens.clone().find(|&token| !tokens.contains(&text.tokens()[token].head)).unwrap_or(tokens.start.min(last))
}
