//! Coreference in the columns of CoNLL-2012: `(3`, `3)` and `(3)` in the last one.

use std::collections::BTreeMap;
use std::path::Path;

use super::builder::Builder;
use super::chains::Brackets;
use super::detokenise::detokenise;
use super::malformed;
use crate::error::Result;
use crate::score::sample::{Annotations, Chain, Form, Mention, Sample};
use crate::span::Span;

/// Reads a file of `#begin document` … `#end document`. The word is in the fourth column, or in the last but one of fewer.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let mut text: Option<(usize, String, Reader)> = None;
    for (number, line) in (1..).zip(content.lines()) {
        let fail = |reason: String| malformed(path, Some(number), reason);
        if let Some(name) = line.strip_prefix("#begin document") {
            text = Some((number, name.trim().to_owned(), Reader::default()));
        } else if line.starts_with("#end document") {
            let Some((begin, name, mut reader)) = text.take() else {
                return Err(fail("a document ends that never began".to_owned()));
            };
            reader.end_sentence();
            reader.brackets.check_closed().map_err(fail)?;
            samples.push(reader.finish(name, path, begin));
        } else if let Some((.., reader)) = &mut text {
            reader.line(line).map_err(fail)?;
        }
    }
    match text {
        Some((begin, ..)) => Err(malformed(path, Some(begin), "this document never ends".to_owned())),
        None => Ok(samples),
    }
}

#[derive(Default)]
struct Reader<'a> {
    words: Vec<&'a str>,
    tokens: usize,
    builder: Builder,
    brackets: Brackets<()>,
    mentions: BTreeMap<u64, Vec<std::ops::Range<usize>>>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) -> Result<(), String> {
        if line.trim().is_empty() {
            self.end_sentence();
            return Ok(());
        }
        let cells: Vec<&str> = line.split_whitespace().collect();
        let word = if cells.len() > 4 { cells.get(3) } else { cells.len().checked_sub(2).and_then(|at| cells.get(at)) };
        let (Some(word), Some(chains)) = (word, cells.last()) else {
            return Err(format!("{} columns where a word and its chains are needed", cells.len()));
        };
        self.words.push(word);
        for part in chains.split('|').filter(|part| !matches!(*part, "-" | "_" | "*")) {
            self.part(part)?;
        }
        self.tokens += 1;
        Ok(())
    }

    fn part(&mut self, part: &str) -> Result<(), String> {
        let chain = part.trim_start_matches('(').trim_end_matches(')');
        let number: u64 = chain.parse().map_err(|_| format!("{part} is no chain; expected (3, 3) or (3)"))?;
        if part.starts_with('(') {
            self.brackets.open(chain, self.tokens, ());
        }
        if part.ends_with(')') {
            let (tokens, ()) = self.brackets.close(chain, self.tokens)?;
            self.mentions.entry(number).or_default().push(tokens);
        }
        Ok(())
    }

    fn end_sentence(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            let (text, spans) = detokenise(&words);
            self.builder.sentence(&text, &spans);
        }
    }

    fn finish(self, name: String, path: &Path, line: usize) -> Sample {
        let mut chains = Vec::new();
        for ranges in self.mentions.into_values() {
            let mut spans: Vec<Span> = ranges.into_iter().map(|range| self.builder.span(range)).collect();
            spans.sort();
            let mentions = spans.into_iter().map(|span| Mention::whole(span, Form::Nominal)).collect();
            chains.push(Chain { label: String::new(), mentions });
        }
        let gold = Annotations { chains: Some(chains), ..Annotations::default() };
        self.builder.finish(name, path, line, gold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_mentions_of_one_chain() {
        let content = "#begin document (a); part 000\na 0 0 Ada (0|(1\na 0 1 's -\na 0 2 son 1)|(2)\n\na 0 0 left 0)\n#end document\n";
        let samples = read(Path::new("a.conll"), content).unwrap();
        let spans: Vec<Vec<&str>> = samples[0]
            .gold
            .chains
            .iter()
            .flatten()
            .map(|chain| chain.mentions.iter().map(|mention| mention.span.of(samples[0].text())).collect())
            .collect();
        assert_eq!(spans, [vec!["Ada's son left"], vec!["Ada's son"], vec!["son"]]);
    }

    #[test]
    fn brackets_that_do_not_match_are_named() {
        let fails = |lines: &str| {
            let content = format!("#begin document (a)\n{lines}#end document\n");
            read(Path::new("a.conll"), &content).unwrap_err().to_string()
        };
        assert_eq!(fails("a 0 0 Ada 3)\n"), "a.conll:2: a mention of 3 ends that never began");
        assert_eq!(fails("a 0 0 Ada (3\n"), "a.conll:3: a mention of 3 never ends");
        assert_eq!(fails("a 0 0 Ada (x)\n"), "a.conll:2: (x) is no chain; expected (3, 3) or (3)");
    }
}
