//! Names in headlines that are set in capitals, where the recogniser cannot tell a name from any other word.

use super::Candidate;
use super::key::{is_capitals, key};
use crate::article::Article;
use crate::document::Kind;
use crate::span::Span;
use crate::text::Text;

/// Where the body begins: after a first paragraph that does not end like a sentence.
pub(crate) fn end(content: &str) -> usize {
    let end = content.find("\n\n").unwrap_or(0);
    if content[..end].trim_end().ends_with(['.', '”', '"', '?', '!']) { 0 } else { end }
}

/// In blocks set in capitals, keeps only names that the rest of the article knows, and finds all of those.
pub(super) fn settle(article: &Article, text: &Text, found: &mut Vec<Candidate>) {
    let shouted: Vec<Span> =
        article.blocks.iter().map(|block| block.span).filter(|block| is_shouted(block.of(text.content()))).collect();
    let inside = |span: Span| shouted.iter().any(|block| block.contains(span));
    let body: Vec<Candidate> = found.iter().filter(|candidate| !inside(candidate.span)).copied().collect();
    if shouted.is_empty() || body.is_empty() {
        return;
    }
    let known = known_names(text, &body);
    found.retain(|candidate| !inside(candidate.span));
    for block in shouted {
        found.extend(named_in(text, block, &known));
    }
    found.sort_by_key(|candidate| candidate.span.start);
}

/// More than one word, and no small letter.
fn is_shouted(block: &str) -> bool {
    is_capitals(block) && block.split_whitespace().nth(1).is_some()
}

/// The names of the body and the last words of its persons' names, longest first.
fn known_names(text: &Text, body: &[Candidate]) -> Vec<(Vec<String>, Candidate)> {
    let mut known = Vec::new();
    for candidate in body {
        let words: Vec<String> = text.tokens_in(candidate.span).map(|token| key(text.word(token))).collect();
        if candidate.kind == Kind::Person && words.len() > 1 {
            known.push((words[words.len() - 1..].to_vec(), *candidate));
        }
        known.push((words, *candidate));
    }
    known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    known
}

fn named_in(text: &Text, block: Span, known: &[(Vec<String>, Candidate)]) -> Vec<Candidate> {
    let tokens = text.tokens_in(block);
    let words: Vec<String> = tokens.clone().map(|token| key(text.word(token))).collect();
    let mut named = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = known.iter().find(|(name, _)| words[at..].starts_with(name));
        if let Some((name, candidate)) = hit {
            let span = text.span(tokens.start + at..tokens.start + at + name.len());
            named.push(Candidate { span, ..*candidate });
            at += name.len();
        } else {
            at += 1;
        }
    }
    named
}
