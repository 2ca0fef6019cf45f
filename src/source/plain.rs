//! Plain text, as newsrooms and scrapers leave it: one article a file, a title line perhaps, no mark-up.

use url::Url;

use super::draft::{Draft, Paragraph};
use super::layout::{ends_sentence, paragraphs};
use super::rules::{Furniture, HeaderField, Rules, people};
use crate::article::Metadata;

/// The longest headline, in characters and in words.
const LONGEST_HEADLINE: (usize, usize) = (220, 32);
/// The longest sub-heading in the body, in words.
const LONGEST_HEADING: usize = 12;

/// Reads a text.
pub(super) fn read(text: &str, rules: &Rules) -> Draft {
    let mut draft = Draft::default();
    let body = take_head(text, &mut draft, rules);
    read_body(body, &mut draft, rules);
    draft
}

/// Reads a text whose metadata, and perhaps headline, the draft already has.
pub(super) fn read_body(text: &str, draft: &mut Draft, rules: &Rules) {
    let found = join_title(paragraphs(text), rules);
    let title = if draft.headline.is_none() { title(&found, rules) } else { None };
    if let Some(at) = title {
        draft.headline = Some(found[at].clone());
    }
    let mut after_title = draft.headline.is_some();
    for (i, text) in found.iter().enumerate() {
        if title == Some(i) {
            continue;
        }
        let furniture = rules.furniture(text).is_some();
        let follows = found.get(i + 1).is_some();
        let heading = !furniture && follows && is_heading(text, found.get(i + 1), after_title, rules);
        after_title &= furniture;
        draft.paragraphs.push(Paragraph { text: text.clone(), heading });
    }
}

/// The paragraph that is the headline: the first that is neither byline nor credit, if it does not read as prose.
fn title(paragraphs: &[String], rules: &Rules) -> Option<usize> {
    let at = paragraphs.iter().position(|text| rules.furniture(text).is_none())?;
    let text = &paragraphs[at];
    let next = paragraphs[at + 1..].iter().find(|text| rules.furniture(text).is_none())?;
    (is_title(text, next) && rules.dateline(text).is_none()).then_some(at)
}

fn is_title(text: &str, next: &str) -> bool {
    let (characters, words) = LONGEST_HEADLINE;
    let short = text.chars().count() <= characters && text.split(' ').count() <= words;
    let opens =
        text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘«$£€[".contains(c) || is_camel(text));
    short && opens && !reads_as_prose(text) && (!ends_sentence(text) || next.len() > text.len())
}

/// "iPhone sales fall".
fn is_camel(text: &str) -> bool {
    text.split(' ').next().is_some_and(|word| word.chars().skip(1).any(char::is_uppercase))
}

/// Whether a line ends as prose does. A question, an exclamation and a whole quotation may still be a headline.
fn reads_as_prose(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let abbreviated =
        bare.rsplit(' ').next().and_then(|word| word.strip_suffix('.')).is_some_and(|word| word.contains('.'));
    let sentences = text.contains(". ") && ends_sentence(text);
    sentences || (bare.ends_with('.') && !abbreviated && !bare.ends_with("..")) || bare.ends_with([',', ';', ':'])
}

fn is_heading(text: &str, next: Option<&String>, after_title: bool, rules: &Rules) -> bool {
    let next = next.map_or("", String::as_str);
    let few = text.split(' ').count() <= if after_title { LONGEST_HEADLINE.1 } else { LONGEST_HEADING };
    let quoted = text.starts_with(['"', '“', '‘']);
    few && !quoted && !ends_sentence(text) && is_title(text, next) && rules.dateline(text).is_none() && !is_item(text)
}

fn is_item(text: &str) -> bool {
    text.starts_with(['•', '*', '▪', '◦', '-', '–'])
}

/// Puts a title that runs over two lines back together: the second begins in lower case, or the first ends open.
fn join_title(mut paragraphs: Vec<String>, rules: &Rules) -> Vec<String> {
    const OPEN: [&str; 16] =
        ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "by", "and", "after", "as", "over"];
    let [first, second, _, ..] = &paragraphs[..] else { return paragraphs };
    let lines = [first, second];
    let plain = lines.iter().all(|line| !ends_sentence(line) && line.len() < 120 && rules.furniture(line).is_none());
    let open = first.rsplit(' ').next().is_some_and(|word| OPEN.contains(&word));
    if plain && (open || second.starts_with(char::is_lowercase)) {
        let title = format!("{first} {second}");
        paragraphs.splice(..2, [title]);
    }
    paragraphs
}

/// Reads a head of "Key: value" lines into the draft, and returns what comes after it.
fn take_head<'a>(text: &'a str, draft: &mut Draft, rules: &Rules) -> &'a str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let fenced = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']));
    let mut rest = fenced.map_or(text, str::trim_start);
    let mut head = Vec::new();
    while let Some((field, value, after)) = head_line(rest, rules) {
        head.push((field, value));
        rest = after;
    }
    let telling = head.first().is_some_and(|(field, _)| matches!(field, HeaderField::Headline | HeaderField::Url));
    if head.len() < 2 && !(telling && rest.starts_with(['\n', '\r'])) {
        return text;
    }
    for (field, value) in head {
        fill(field, value.trim().trim_matches(['"', '\'']), draft, rules);
    }
    if fenced.is_some() { rest.strip_prefix("---").unwrap_or(rest) } else { rest }
}

fn head_line<'a>(text: &'a str, rules: &Rules) -> Option<(HeaderField, &'a str, &'a str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (key, value) = line.split_once(':')?;
    let key = key.trim().to_lowercase();
    let (field, _) = rules.headers.iter().find(|(_, keys)| keys.contains(&key))?;
    Some((*field, value, rest))
}

fn fill(field: HeaderField, value: &str, draft: &mut Draft, rules: &Rules) {
    let Metadata { url, published, modified, authors, publisher, language, section, keywords, .. } =
        &mut draft.metadata;
    let some = (!value.is_empty()).then(|| value.to_owned());
    match field {
        HeaderField::Headline => draft.headline = some,
        HeaderField::Url => *url = Url::parse(value).ok(),
        HeaderField::Published => *published = rules.calendar.read(value),
        HeaderField::Modified => *modified = rules.calendar.read(value),
        HeaderField::Authors => *authors = byline_names(value, rules),
        HeaderField::Publisher => *publisher = some,
        HeaderField::Language => *language = some,
        HeaderField::Section => *section = some,
        HeaderField::Keywords => {
            *keywords = value.split([',', ';']).map(|word| word.trim().to_owned()).filter(|w| !w.is_empty()).collect();
        }
    }
}

/// The names of a byline, with or without "By", agencies and jobs left out where the byline is understood.
pub(super) fn byline_names(value: &str, rules: &Rules) -> Vec<String> {
    let value = super::clean::line(value);
    let with_by = if value.to_lowercase().starts_with("by ") { value.clone() } else { format!("By {value}") };
    match rules.furniture(&with_by) {
        Some(Furniture::Byline(names)) => names,
        _ => people(value.trim()).unwrap_or_default(),
    }
}
