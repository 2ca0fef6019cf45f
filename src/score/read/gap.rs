//! Pronouns with two names each, in the tab-separated columns of GAP.

use std::path::Path;

use super::builder::Builder;
use super::malformed;
use crate::error::Result;
use crate::score::sample::{Annotations, Pronoun, Sample};
use crate::span::Span;

/// The masculine pronouns of GAP; the others are feminine.
const MASCULINE: [&str; 3] = ["he", "him", "his"];

/// Reads a GAP file. Its offsets are in Unicode code points.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let lines = (1..).zip(content.lines()).skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| row(path, number, line).map_err(|reason| malformed(path, Some(number), reason)))
        .collect()
}

fn row(path: &Path, number: usize, line: &str) -> Result<Sample, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[id, text, pronoun, pronoun_at, a, a_at, a_coref, b, b_at, b_coref, ..] = cells.as_slice() else {
        return Err(format!("{} columns where GAP has 11", cells.len()));
    };
    let pronoun_span = place(text, pronoun, pronoun_at)?;
    let candidates = [(place(text, a, a_at)?, truth(a_coref)?), (place(text, b, b_at)?, truth(b_coref)?)];
    let is_masculine = MASCULINE.contains(&pronoun.to_lowercase().as_str());
    let pronouns = vec![Pronoun { span: pronoun_span, is_masculine, candidates }];
    let mut builder = Builder::default();
    builder.sentence(text, &[]);
    Ok(builder.finish(id.to_owned(), path, number, Annotations { pronouns: Some(pronouns), ..Annotations::default() }))
}

/// Where words stand that begin at a code point.
fn place(text: &str, words: &str, at: &str) -> Result<Span, String> {
    let points: usize = at.parse().map_err(|_| format!("{at} is no offset"))?;
    let start = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(points);
    match start {
        Some(start) if text[start..].starts_with(words) => Ok(Span::new(start, start + words.len())),
        _ => Err(format!("{words} does not stand at character {at}")),
    }
}

fn truth(cell: &str) -> Result<bool, String> {
    match cell.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(format!("{cell} is neither TRUE nor FALSE")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_characters() {
        let content =
            "ID\tText\tPronoun\nx-1\tZoë met Eve; she left.\tshe\t13\tZoë\t0\tTRUE\tEve\t8\tFALSE\thttp://x\n";
        let samples = read(Path::new("gap.tsv"), content).unwrap();
        let pronoun = &samples[0].gold.pronouns.as_ref().unwrap()[0];
        assert_eq!(pronoun.span.of(samples[0].text()), "she");
        assert_eq!(pronoun.candidates, [(Span::new(0, 4), true), (Span::new(9, 12), false)]);
        assert!(!pronoun.is_masculine);
    }

    #[test]
    fn words_that_are_not_there_are_named() {
        let content = "ID\tText\tPronoun\nx-1\tZoë left.\tshe\t0\tZoë\t0\tTRUE\tEve\t8\tFALSE\t-\n";
        let error = read(Path::new("gap.tsv"), content).unwrap_err();
        assert_eq!(error.to_string(), "gap.tsv:2: she does not stand at character 0");
    }
}
