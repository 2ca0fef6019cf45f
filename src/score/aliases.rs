//! The words of a sentence that speak of one thing, as corpora annotate facts: of every one of them.

use std::collections::BTreeSet;

use crate::document::{Argument, Document, Form};
use crate::span::Span;
use crate::text::Text;

/// The words of an argument, and all others of its sentence that surely speak of the same thing: names, pronouns, and the relative
/// pronouns of clauses that hang on them.
#[must_use]
pub fn aliases(document: &Document, argument: Argument) -> Vec<Span> {
    let text = &document.text;
    let tokens = text.tokens_in(argument.span);
    if tokens.is_empty() {
        return vec![argument.span];
    }
    let sentence = text.span(text.sentence_of(tokens.start));
    let mut found: BTreeSet<Span> = [argument.span].into();
    let named = document.mentions.iter().filter(|mention| Some(mention.entity) == argument.entity);
    found.extend(named.map(|mention| mention.span));
    for chain in &document.chains {
        let sure = || chain.references.iter().filter(|it| it.is_sure);
        let is_of_it = chain.entity.is_some() && chain.entity == argument.entity
            || sure().any(|it| it.head.overlaps(argument.span));
        if is_of_it {
            // Corpora of facts annotate names and pronouns.
            found.extend(sure().filter(|it| it.form != Form::Nominal).map(|it| it.head));
        }
    }
    found.retain(|span| sentence.contains(*span));
    let relatives: Vec<Span> = text
        .sentence_of(tokens.start)
        .filter_map(|token| Some((token, antecedent(text, token)?)))
        .filter(|(_, noun)| found.iter().any(|span| span.contains(text.tokens()[*noun].span)))
        .map(|(token, _)| text.tokens()[token].span)
        .collect();
    found.extend(relatives);
    found.into_iter().collect()
}

/// The noun for which a relative pronoun or "where" stands.
fn antecedent(text: &Text, token: usize) -> Option<usize> {
    if !matches!(text.tokens()[token].tag, "WP" | "WDT" | "WP$" | "WRB") {
        return None;
    }
    let mut at = token;
    loop {
        let head = text.tokens()[at].head;
        if head == at {
            return None;
        }
        if text.tokens()[at].dep == "relcl" {
            return Some(head);
        }
        at = head;
    }
}
