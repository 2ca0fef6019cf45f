//! The lines between the headline and the prose: captions and signatures that nothing but their place gives away.

use std::collections::HashSet;

use super::layout::ends_sentence;
use super::rules::{Furniture, Rules};

/// Among how many lines, from the first, a caption stands twice.
const TOP: usize = 8;
/// How many bytes a caption has at least.
const SHORTEST_CAPTION: usize = 20;

/// The captions among the first lines that stand there twice, once for the picture and once for the gallery.
///
/// A summary may be repeated too, as the first paragraph: that one ends as a sentence and no byline or dateline follows.
pub(super) fn captions<'a>(lines: &'a [String], headline: Option<&str>, rules: &Rules) -> HashSet<&'a str> {
    let top = &lines[..lines.len().min(TOP)];
    let prose = top.iter().position(|line| rules.dateline(line).is_some());
    let is_caption = |(first, line): (usize, &'a String)| {
        let last = first + 1 + top.get(first + 1..)?.iter().rposition(|other| other == line)?;
        let in_prose = prose.is_some_and(|prose| prose < last);
        let outside = !ends_sentence(line) || lines[last + 1..].iter().take(TOP).any(|line| opens(line, rules));
        let found = line.len() >= SHORTEST_CAPTION && Some(line.as_str()) != headline && !in_prose && outside;
        found.then_some(line.as_str())
    };
    top.iter().enumerate().filter_map(is_caption).collect()
}

/// Whether an article opens with `line`: a byline, its date, its dateline.
fn opens(line: &str, rules: &Rules) -> bool {
    let signed = matches!(rules.furniture(line), Some(Furniture::Byline(_) | Furniture::Published(_)));
    signed && !line.starts_with('(') || rules.dateline(line).is_some()
}

/// The name of who signed, where `line` is a byline without "By": a name with a job, outlet or date below it, or with the
/// place the name reports from.
pub(super) fn signed<'a>(
    line: &'a str,
    next: Option<&String>,
    headline: Option<&str>,
    rules: &Rules,
) -> Option<&'a str> {
    let name = rules.lone_name(line)?;
    let below = next
        .is_some_and(|next| rules.is_signature(next) || matches!(rules.furniture(next), Some(Furniture::Published(_))));
    let reports = name.len() < line.len() && headline.is_some_and(is_sentence_case);
    (below || reports).then_some(name)
}

/// Whether capitals in the article tell names from other words, as they do not where headlines Look Like This.
fn is_sentence_case(headline: &str) -> bool {
    const LONG: usize = 5;
    headline.split(' ').any(|word| word.len() >= LONG && word.chars().all(char::is_lowercase))
}
