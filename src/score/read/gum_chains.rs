//! The chains of GUM's mentions: as GUM has them, or in the manner of OntoNotes, as the published conversion (OntoGUM) makes them.

use std::ops::Range;

use super::gum::Raw;
use super::gum_names::Words;
use crate::document::Form;
use crate::score::sample::{Chain, Mention};
use crate::text::Text;

/// What closes an apposition: "the International Atomic Energy Agency (IAEA)".
const CLOSING: [&str; 8] = ["'", "\"", ")", "]", "’", "”", "）", "}"];

/// A chain with its mentions, in the order of the text.
pub(super) fn chain(text: &Text, words: &Words, raw: &[Raw], ontonotes: bool) -> Chain {
    let kind = raw.first().map_or("", |mention| mention.label.as_str());
    // Americans, the Tagbanuas: persons by the dozen are a group, as among the names.
    let label = if kind == "person" && is_people(text, words, raw) { "NORP" } else { kind }.to_owned();
    let parts = if ontonotes { as_ontonotes(text, words, raw) } else { as_annotated(text, words, raw) };
    let mentions = parts.into_iter().map(|part| part.mention(text)).collect();
    Chain { label, mentions }
}

/// A mention in the making.
struct Part {
    tokens: Range<usize>,
    heads: Vec<usize>,
    form: Form,
}

impl Part {
    fn mention(self, text: &Text) -> Mention {
        let span = text.span(self.tokens);
        let heads: Vec<_> = self.heads.iter().map(|&head| text.tokens()[head].span).collect();
        Mention { span, heads: if heads.is_empty() { vec![span] } else { heads }, form: self.form }
    }
}

fn as_annotated(text: &Text, words: &Words, raw: &[Raw]) -> Vec<Part> {
    let part = |mention: &Raw| Part {
        tokens: mention.tokens.clone(),
        heads: mention.heads.clone(),
        form: form(text, words, mention),
    };
    raw.iter().map(part).collect()
}

/// Predicates, what stands for clauses or points forward, and common nouns that modify another one are no mentions; a mention holds
/// its relative clauses and its appositions, and is by name when one of these is.
fn as_ontonotes(text: &Text, words: &Words, raw: &[Raw]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(raw.len());
    for mention in raw.iter().filter(|mention| is_mention(text, mention)) {
        let (tokens, form) = (with_clauses(text, &mention.tokens), form(text, words, mention));
        match parts.last_mut().filter(|_| mention.link == "appos") {
            Some(explained) => {
                explained.tokens.end = explained.tokens.end.max(closed(text, tokens.end));
                if form == Form::Name {
                    explained.form = form;
                }
            }
            None => parts.push(Part { tokens, heads: mention.heads.clone(), form }),
        }
    }
    parts
}

fn is_mention(text: &Text, mention: &Raw) -> bool {
    let is_common_modifier = || {
        let head = &text.tokens()[top(text, &mention.tokens)];
        head.dep == "compound" && !mention.tokens.clone().any(|token| text.tokens()[token].tag.starts_with("NNP"))
    };
    !matches!(mention.link.as_str(), "pred" | "disc" | "cata") && !is_common_modifier()
}

/// The word on which all others of a mention depend.
fn top(text: &Text, tokens: &Range<usize>) -> usize {
    let is_top = |&token: &usize| {
        let head = text.tokens()[token].head;
        head == token || !tokens.contains(&head)
    };
    tokens.clone().find(is_top).unwrap_or(tokens.start)
}

/// A mention's tokens with those of the clauses that say more of it: GUM leaves out "where he stayed" after a comma.
fn with_clauses(text: &Text, tokens: &Range<usize>) -> Range<usize> {
    let clauses = text.children(top(text, tokens)).filter(|&child| text.tokens()[child].dep.starts_with("acl"));
    clauses
        .map(|clause| text.subtree(clause))
        .fold(tokens.clone(), |whole, clause| whole.start.min(clause.start)..whole.end.max(clause.end))
}

/// The end of an apposition with the bracket or quotation mark that closes it.
fn closed(text: &Text, end: usize) -> usize {
    let closes = text.tokens().get(end).is_some_and(|_| CLOSING.contains(&text.word(end)));
    if closes { end + 1 } else { end }
}

/// What sort of words a mention is, by those it cannot do without. One proper noun among them makes a name (the first word of
/// "United States" is tagged as a verb), but a title alone does not ("the Secretary").
pub(super) fn form(text: &Text, words: &Words, mention: &Raw) -> Form {
    let names = |&head: &usize| text.tokens()[head].pos == "PROPN" && !words.is_title(text.word(head));
    let head = mention.heads.first().copied().unwrap_or(mention.tokens.start);
    if mention.heads.iter().any(names) || mention.heads.is_empty() && names(&head) {
        return Form::Name;
    }
    match text.tokens()[head].pos {
        "PRON" => Form::Pronoun,
        "DET" if mention.tokens.len() == 1 => Form::Pronoun,
        _ => Form::Nominal,
    }
}

/// Whether all that names a chain is a proper noun in the plural.
fn is_people(text: &Text, words: &Words, raw: &[Raw]) -> bool {
    let mut named = raw.iter().filter(|mention| form(text, words, mention) == Form::Name).peekable();
    let is_plural = |mention: &Raw| text.tokens()[top(text, &mention.tokens)].tag == "NNPS";
    named.peek().is_some() && named.all(is_plural)
}
