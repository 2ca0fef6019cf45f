//! Writes gold and found side by side in the formats that other scorers read.

use std::fmt::Write;

use super::sample::{Annotations, Chain, Named, Sample};
use super::types::Types;
use crate::span::Span;

/// Names as `token gold found`, tab-separated, in IOB2: what conlleval reads. A found name that ends within a token takes the
/// whole token here.
#[must_use]
pub fn columns(samples: &[Sample], found: &[Annotations], types: &Types) -> String {
    let mut written = String::new();
    for (sample, found) in samples.iter().zip(found) {
        let (gold, found) = (typed(&sample.gold, types), typed(found, types));
        let mut sentence = 0;
        written.push_str("-DOCSTART-\tO\tO\n\n");
        for &token in &sample.tokens {
            if sample.sentence_of(token) != sentence {
                sentence = sample.sentence_of(token);
                written.push('\n');
            }
            let _ = writeln!(written, "{}\t{}\t{}", token.of(sample.text()), tag(token, &gold), tag(token, &found));
        }
        written.push('\n');
    }
    written
}

fn typed(annotations: &Annotations, types: &Types) -> Vec<Named> {
    let names = annotations.names.iter().flatten();
    names.filter_map(|name| Some(Named { span: name.span, label: types.of(&name.label)? })).collect()
}

/// The tag of one token in IOB2.
fn tag(token: Span, names: &[Named]) -> String {
    match names.iter().find(|name| name.span.overlaps(token)) {
        None => "O".to_owned(),
        Some(name) if name.span.start >= token.start => format!("B-{}", name.label),
        Some(name) => format!("I-{}", name.label),
    }
}

/// Chains in the columns of CoNLL-2012. A mention that begins or ends within a token takes the whole token here.
#[must_use]
pub fn conll(samples: &[Sample], said: impl Fn(usize) -> Vec<Chain>) -> String {
    let mut written = String::new();
    for (number, sample) in samples.iter().enumerate() {
        let _ = writeln!(written, "#begin document ({}); part 000", sample.id);
        let brackets = brackets(sample, &said(number));
        let (mut sentence, mut in_sentence) = (0, 0);
        for (i, &token) in sample.tokens.iter().enumerate() {
            if sample.sentence_of(token) != sentence {
                (sentence, in_sentence) = (sample.sentence_of(token), 0);
                written.push('\n');
            }
            let word = token.of(sample.text()).replace(char::is_whitespace, "_");
            let chains = if brackets[i].is_empty() { "-".to_owned() } else { brackets[i].join("|") };
            let _ = writeln!(written, "{}\t0\t{in_sentence}\t{word}\t-\t{chains}", sample.id);
            in_sentence += 1;
        }
        written.push_str("\n#end document\n");
    }
    written
}

/// The brackets at each token: those that close, innermost first, then those that open, outermost first.
fn brackets(sample: &Sample, chains: &[Chain]) -> Vec<Vec<String>> {
    let mut mentions: Vec<(usize, usize, usize)> = Vec::new();
    for (number, chain) in chains.iter().enumerate() {
        for mention in &chain.mentions {
            let start = sample.tokens.partition_point(|token| token.end <= mention.span.start);
            let end = sample.tokens.partition_point(|token| token.start < mention.span.end);
            if start < end {
                mentions.push((start, end - 1, number));
            }
        }
    }
    mentions.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut brackets = vec![Vec::new(); sample.tokens.len()];
    for &(_, end, number) in mentions.iter().rev().filter(|(start, end, _)| start < end) {
        brackets[end].push(format!("{number})"));
    }
    for &(start, end, number) in &mentions {
        brackets[start].push(if start == end { format!("({number})") } else { format!("({number}") });
    }
    brackets
}
