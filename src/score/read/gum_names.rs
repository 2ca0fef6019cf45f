//! The names inside GUM's mentions. GUM annotates whole noun phrases; the name is their part of proper nouns.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;

use super::gum::Raw;
use crate::error::{Error, Result};
use crate::score::sample::Named;
use crate::text::Text;

#[derive(Deserialize)]
struct Rules {
    gum: Words,
}

/// The words that tell a name from what stands around it in GUM's mentions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    links: BTreeSet<String>,
    particles: BTreeSet<String>,
    titles: BTreeSet<String>,
}

impl Words {
    pub(super) fn built_in() -> Result<Self> {
        let rules: Rules = toml::from_str(include_str!("../../../data/formats/annotations.toml"))
            .map_err(|reason| Error::Setting(format!("data/formats/annotations.toml: {reason}")))?;
        Ok(rules.gum)
    }

    /// Whether a word is a title, which is no part of a name.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word.to_lowercase().trim_end_matches('.'))
    }
}

/// The named part of each mention of a person, organisation or place whose head is a proper noun, in order, never overlapping:
/// without titles, and of mentions inside one another, the outer one's.
pub(super) fn names<'a>(text: &Text, words: &Words, mentions: impl Iterator<Item = &'a Raw>) -> Vec<Named> {
    let mut mentions: Vec<&Raw> = mentions.collect();
    mentions.sort_by_key(|mention| (std::cmp::Reverse(mention.tokens.len()), mention.tokens.start));
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut names = Vec::new();
    for mention in &mentions {
        let Some(label) = label(&mention.label) else { continue };
        let inner =
            |token: usize| mentions.iter().any(|other| other.tokens.start == token && other.label == mention.label);
        let phrase = Phrase { text, words, tokens: mention.tokens.clone(), is_person: label == "PER" };
        let Some(name) = phrase.name(inner).filter(|name| name.clone().all(|token| !taken.contains(&token))) else {
            continue;
        };
        taken.extend(name.clone());
        // Arabs, Democrats: persons by the dozen are a group.
        let is_group = label == "PER" && text.tokens()[name.end - 1].tag == "NNPS";
        names.push(Named { span: text.span(name), label: if is_group { "NORP" } else { label }.to_owned() });
    }
    names.sort();
    names
}

fn label(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "person" => "PER",
        "organization" => "ORG",
        "place" => "LOC",
        _ => return None,
    })
}

struct Phrase<'a> {
    text: &'a Text,
    words: &'a Words,
    tokens: Range<usize>,
    is_person: bool,
}

impl Phrase<'_> {
    /// The run of proper nouns around the head. `inner` says whether a mention of the same type begins at a token.
    fn name(&self, inner: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let tokens = self.text.tokens();
        let is_top = |&token: &usize| tokens[token].head == token || !self.tokens.contains(&tokens[token].head);
        let head = self.tokens.clone().find(is_top)?;
        if tokens[head].pos != "PROPN" {
            return None;
        }
        let mut start = head;
        while start > self.tokens.start && self.goes_on_before(start) {
            start -= 1;
        }
        let mut end = head + 1;
        while let Some(next) = self.next(end) {
            let is_joined = next > end && matches!(self.text.word(end), "and" | "in");
            if is_joined && inner(next) {
                break;
            }
            end = next + 1;
        }
        if self.is_person {
            let titled = (start..end).rfind(|&token| self.words.is_title(self.text.word(token)));
            start = titled.map_or(start, |title| title + 1);
        }
        (start < end).then_some(start..end)
    }

    fn goes_on_before(&self, start: usize) -> bool {
        let joins = matches!(self.text.word(start - 1), "-" | "." | "&");
        self.is_proper(start - 1) || joins && start - 1 > self.tokens.start && self.is_proper(start - 2)
    }

    /// The next proper noun after the name so far, over small words.
    fn next(&self, end: usize) -> Option<usize> {
        let small = if self.is_person { &self.words.particles } else { &self.words.links };
        let next = (end..self.tokens.end).find(|&token| !small.contains(self.text.word(token)))?;
        self.is_proper(next).then_some(next)
    }

    fn is_proper(&self, token: usize) -> bool {
        let is_capitalised = self.text.word(token).starts_with(char::is_uppercase);
        match self.text.tokens()[token].pos {
            "PROPN" => true,
            "ADJ" | "NOUN" | "VERB" => is_capitalised,
            _ => false,
        }
    }
}
