//! Attributions in brat standoff: `NAME.ann` beside `NAME.txt`, as PolNeAR and conversions of PARC have them.
//!
//! ```text
//! T1    Source 0 14    Ms. Ada Okafor
//! T2    Cue 15 19    said
//! T3    Content 20 32;40 45    the bridge is … closed
//! R1    Attribution Arg1:T1 Arg2:T2
//! R2    Attribution Arg1:T2 Arg2:T3
//! ```
//!
//! A text-bound annotation is a source, a cue or a content by its type, whatever else that says ("Cue-Verb"). Relations (`R`),
//! events (`E`) and equivalences (`*`) join them: what is joined to one cue is one attribution, and so is what is joined without a cue. Offsets are
//! Unicode code points. Fields are set apart by tabs, which stand as spaces here.

use std::collections::BTreeMap;
use std::path::Path;

use super::builder::Builder;
use super::malformed;
use crate::article::BlockKind;
use crate::error::{Error, Result};
use crate::score::attributions::Part;
use crate::score::sample::{Annotations, Attributed, Sample};
use crate::span::Span;

/// Reads an annotation file and the text beside it.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let file = path.with_extension("txt");
    let text = std::fs::read_to_string(&file).map_err(Error::io(&file))?;
    let mut standoff = Standoff::new(&text);
    for (number, line) in (1..).zip(content.lines()) {
        standoff.line(line).map_err(|reason| malformed(path, Some(number), reason))?;
    }
    let gold = Annotations { attributions: Some(standoff.attributions()), ..Annotations::default() };
    let mut sample = sample(path, &text);
    sample.gold = gold;
    Ok(vec![sample])
}

/// The text in blocks: paragraphs, which an empty line sets apart or, where there is none, a new line.
fn sample(path: &Path, text: &str) -> Sample {
    let mut sample = Builder::default().finish(id(path), path, 1, Annotations::default());
    let separator = if text.trim_end().contains("\n\n") { "\n\n" } else { "\n" };
    let mut start = 0;
    for paragraph in text.split(separator) {
        let words = paragraph.trim();
        let first = start + (paragraph.len() - paragraph.trim_start().len());
        if !words.is_empty() {
            let span = Span::new(first, first + words.len());
            sample.article.blocks.push(crate::article::Block { kind: BlockKind::Paragraph, span });
            sample.sentences.push(span);
        }
        start += paragraph.len() + separator.len();
    }
    sample.article.text = text.into();
    sample
}

fn id(path: &Path) -> String {
    path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned())
}

/// The annotations of a file.
struct Standoff {
    /// The byte at which each code point begins, and the end of the text.
    bytes: Vec<usize>,
    /// What each text-bound annotation is, and its words.
    bound: BTreeMap<String, (Part, Vec<Span>)>,
    /// What each event stands for: its trigger.
    triggers: BTreeMap<String, String>,
    /// Pairs of annotations that belong together.
    pairs: Vec<(String, String)>,
}

impl Standoff {
    fn new(text: &str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { bytes, bound: BTreeMap::new(), triggers: BTreeMap::new(), pairs: Vec::new() }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let Some((id, rest)) = line.split_once('\t') else { return Ok(()) };
        match id.chars().next() {
            Some('T') => self.text_bound(id, rest.split('\t').next().unwrap_or_default())?,
            Some('R') => {
                let mut ends = arguments(rest.split_whitespace().skip(1));
                if let (Some(one), Some(other)) = (ends.next(), ends.next()) {
                    self.pairs.push((one, other));
                }
            }
            Some('E') => {
                let mut arguments = arguments(rest.split_whitespace());
                let Some(trigger) = arguments.next() else { return Err("an event without trigger".to_owned()) };
                self.pairs.extend(arguments.map(|argument| (trigger.clone(), argument)));
                self.triggers.insert(id.to_owned(), trigger);
            }
            Some('*') => {
                let joined: Vec<String> = rest.split_whitespace().skip(1).map(str::to_owned).collect();
                self.pairs.extend(joined.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
            }
            _ => {}
        }
        Ok(())
    }

    /// `Source 0 14;20 25`.
    fn text_bound(&mut self, id: &str, said: &str) -> Result<(), String> {
        let (kind, places) = said.split_once(' ').ok_or_else(|| format!("{id} has no place"))?;
        let kind = kind.to_lowercase();
        let part = Part::ALL.into_iter().find(|part| kind.contains(part.name()));
        let Some(part) = part else { return Ok(()) };
        let mut spans = Vec::new();
        for place in places.split(';') {
            let ends =
                place.split_once(' ').and_then(|(start, end)| Some((start.parse().ok()?, end.trim().parse().ok()?)));
            let byte = |point: usize| self.bytes.get(point).copied();
            let span =
                ends.and_then(|(start, end)| Some((byte(start)?, byte(end)?))).filter(|(start, end)| start < end);
            let (start, end) = span.ok_or_else(|| format!("{place} is no place in the text"))?;
            spans.push(Span::new(start, end));
        }
        spans.sort();
        self.bound.insert(id.to_owned(), (part, joined(spans)));
        Ok(())
    }

    /// An attribution for each cue with what is joined to it; then what is joined without a cue; then what stands alone.
    fn attributions(mut self) -> Vec<Attributed> {
        self.resolve_events();
        let is = |id: &String, part: Part| self.bound.get(id).is_some_and(|(kind, _)| *kind == part);
        let joined_to = |id: &String| {
            let others = self.pairs.iter().filter_map(move |(one, other)| {
                if one == id {
                    Some(other)
                } else if other == id {
                    Some(one)
                } else {
                    None
                }
            });
            others.collect::<Vec<_>>()
        };
        let mut used: Vec<&String> = Vec::new();
        let mut found = Vec::new();
        for part in [Part::Cue, Part::Content, Part::Source] {
            for id in self.bound.keys().filter(|id| is(id, part)) {
                if used.contains(&id) {
                    continue;
                }
                let mut members = vec![id];
                let direct = joined_to(id);
                // A source may be joined to the content and not to the cue, and the other way about.
                let further =
                    direct.iter().flat_map(|id| joined_to(id)).filter(|id| !is(id, Part::Cue) && !is(id, part));
                for other in direct.iter().copied().chain(further) {
                    let is_free = !members
                        .iter()
                        .any(|member| self.bound.get(*member).map(|b| b.0) == self.bound.get(other).map(|b| b.0));
                    if is_free {
                        members.push(other);
                    }
                }
                used.extend(members.iter().copied());
                found.push(self.attributed(&members));
            }
        }
        found.sort();
        found
    }

    fn attributed(&self, members: &[&String]) -> Attributed {
        let mut attributed = Attributed::default();
        for (part, spans) in members.iter().filter_map(|id| self.bound.get(*id)) {
            let place = match part {
                Part::Source => &mut attributed.source,
                Part::Cue => &mut attributed.cue,
                Part::Content => &mut attributed.content,
            };
            place.clone_from(spans);
        }
        attributed
    }

    /// An event as an argument stands for its trigger.
    fn resolve_events(&mut self) {
        let of = |id: &String| self.triggers.get(id).unwrap_or(id).clone();
        self.pairs = self.pairs.iter().map(|(one, other)| (of(one), of(other))).collect();
    }
}

/// `Arg1:T1` as `T1`.
fn arguments<'a>(words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    words.filter_map(|word| Some(word.rsplit_once(':')?.1.to_owned()))
}

/// Runs of words that touch are one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for span in spans {
        match all.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => all.push(span),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, annotations: &str) -> Vec<String> {
        let mut standoff = Standoff::new(text);
        annotations.lines().for_each(|line| standoff.line(line).unwrap());
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" … ");
        let attributions = standoff.attributions();
        attributions
            .iter()
            .map(|a| format!("{} | {} | {}", words(&a.source), words(&a.cue), words(&a.content)))
            .collect()
    }

    const TEXT: &str = "“No,” Zoë said, “never.” Officials warned it was late.";
    const BOUND: &str = "T1\tSource 6 9\tZoë\nT2\tCue 10 14\tsaid\nT3\tContent 0 5;16 24\tNo never\n\
                         T4\tSource 25 34\tOfficials\nT5\tCue 35 41\twarned\nT6\tContent 42 53\tit was late\n";

    #[test]
    fn relations_events_and_equivalences_join_what_belongs_together() {
        let expected = ["Zoë | said | “No,” … “never.”", "Officials | warned | it was late"];
        for joined in [
            "R1\tAttribution Arg1:T1 Arg2:T2\nR2\tAttribution Arg1:T2 Arg2:T3\nR3\tx Arg1:T5 Arg2:T6\nR4\tx Arg1:T5 Arg2:T4",
            "R1\tsource Arg1:T3 Arg2:T1\nR2\tcue Arg1:T3 Arg2:T2\nR3\tx Arg1:T4 Arg2:T6\nR4\tx Arg1:T6 Arg2:T5",
            "E1\tCue:T2 Source:T1 Content:T3\nE2\tCue:T5 Source:T4 Content:T6",
            "*\tAttribution T1 T2 T3\n*\tAttribution T4 T5 T6",
        ] {
            assert_eq!(shown(TEXT, &format!("{BOUND}{joined}")), expected, "{joined}");
        }
    }

    #[test]
    fn what_is_joined_to_nothing_counts_by_itself() {
        assert_eq!(
            shown(TEXT, "T1\tSource 6 9\tZoë\nT2\tCue 10 14\tsaid\n"),
            ["| said |", "Zoë |  |"].map(|s| if s.starts_with('|') { format!(" {s} ") } else { format!("{s} ") })
        );
    }

    #[test]
    fn a_place_outside_the_text_is_named() {
        let error = Standoff::new("Zoë").line("T1\tSource 0 9\tZoë").unwrap_err();
        assert_eq!(error, "0 9 is no place in the text");
    }
}
