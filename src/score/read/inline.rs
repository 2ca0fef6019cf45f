//! Annotations in brackets inside the text: what is easiest to write by hand and to look through.
//!
//! ```text
//! # article = ../../examples/articles/pilot.txt
//! [Ada Okafor|PER 1 Q42], [the harbour master|nom 1], said [she|pro 1] would stay in [Bonn|LOC].
//! ```
//!
//! After the bar stands the type of a name, or `nom` and `pro` for common nouns and pronouns; then, if anything else speaks of
//! the same thing, the number of its chain; then its Wikidata identifier, or `Q?` where it has one that is not at hand. `[`, `]` and `|` of the text itself are written `\[`, `\]`
//! and `\|`. With `# article`, the text is that of the article file (relative to this one), read as any article is, and must
//! agree with the words here, white space aside.

use std::collections::BTreeMap;
use std::path::Path;

use super::builder::Builder;
use super::malformed;
use crate::article::BlockKind;
use crate::error::Result;
use crate::score::linking::UNKNOWN;
use crate::score::sample::{Annotations, Chain, Form, Linked, Mention, Named, Sample};
use crate::source;
use crate::span::Span;

/// Reads a file of one text.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let mut marks = Marks::default();
    let mut article = None;
    for (number, line) in (1..).zip(content.lines()) {
        if let Some(comment) = line.strip_prefix("# ") {
            article = article.or(comment.strip_prefix("article =").map(|file| (number, file.trim().to_owned())));
        } else {
            marks.line(line).map_err(|reason| malformed(path, Some(number), reason))?;
        }
    }
    if let Some((words, _)) = marks.open.last() {
        return Err(malformed(path, None, format!("a bracket never ends: [{}", &marks.text[*words..].trim())));
    }
    let mut sample = match article {
        Some((line, file)) => of_article(path, line, &file, &mut marks)?,
        None => of_itself(path, &marks.text),
    };
    sample.gold = marks.annotations();
    Ok(vec![sample])
}

fn of_itself(path: &Path, text: &str) -> Sample {
    let mut builder = Builder::default();
    // The text is exactly what the builder makes of its paragraphs: they are set apart by an empty line.
    for paragraph in text.split("\n\n") {
        builder.block(BlockKind::Paragraph, paragraph, &[]);
    }
    builder.finish(path.display().to_string(), path, 1, Annotations::default())
}

/// The article that is annotated, and the marks moved to their places in it.
fn of_article(path: &Path, line: usize, file: &str, marks: &mut Marks) -> Result<Sample> {
    let file = path.parent().unwrap_or(Path::new("")).join(file);
    let options = source::Options::built_in()?;
    let record = source::records(std::slice::from_ref(&file), &options).next();
    let record = record.ok_or_else(|| malformed(path, Some(line), format!("{} holds no article", file.display())))?;
    let article = record?.article(&options)?;
    let places = aligned(&marks.text, &article.text).map_err(|at| {
        let rest: String = marks.text[at..].chars().take(40).collect();
        malformed(path, None, format!("the words here are not those of {}, from \"{rest}\"", file.display()))
    })?;
    for mark in &mut marks.marks {
        let (start, last) =
            (places.get(&mark.span.start), marks.text[mark.span.start..mark.span.end].char_indices().last());
        let last = last.map(|(at, c)| (mark.span.start + at, c.len_utf8()));
        if let (Some(start), Some((end, len))) = (start, last.and_then(|(at, len)| Some((places.get(&at)?, len)))) {
            mark.span = Span::new(*start, end + len);
        }
    }
    let sentences = article.blocks.iter().map(|block| block.span).collect();
    Ok(Sample { id: path.display().to_string(), article, sentences, tokens: Vec::new(), gold: Annotations::default() })
}

/// Where each character of one text that is no white space stands in the other; the error is the first that differs.
fn aligned(ours: &str, theirs: &str) -> Result<BTreeMap<usize, usize>, usize> {
    let mut rest = theirs.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut places = BTreeMap::new();
    for (at, c) in ours.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        match rest.next() {
            Some((place, other)) if other == c => places.insert(at, place),
            _ => return Err(at),
        };
    }
    if rest.next().is_some() { Err(ours.len()) } else { Ok(places) }
}

struct Mark {
    span: Span,
    /// The type of a name; none for other mentions.
    label: Option<String>,
    form: Form,
    chain: Option<u64>,
    target: Option<String>,
}

#[derive(Default)]
struct Marks {
    text: String,
    /// The brackets that are open: where they begin, and where what follows the bar begins, once it was read.
    open: Vec<(usize, Option<usize>)>,
    marks: Vec<Mark>,
}

impl Marks {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        let mut is_escaped = false;
        for c in line.chars() {
            match c {
                _ if is_escaped => {
                    is_escaped = false;
                    self.text.push(c);
                }
                '\\' => is_escaped = true,
                '[' if matches!(self.open.last(), Some((_, Some(_)))) => {
                    return Err("a bracket begins after the bar of another".to_owned());
                }
                '[' => self.open.push((self.text.len(), None)),
                '|' => self.bar()?,
                ']' => self.close()?,
                _ => self.text.push(c),
            }
        }
        Ok(())
    }

    fn bar(&mut self) -> Result<(), String> {
        let at = self.text.len();
        match self.open.last_mut() {
            Some((_, bar @ None)) => *bar = Some(at),
            _ => return Err("a bar that is in no bracket; write \\|".to_owned()),
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some((start, bar)) = self.open.pop() else {
            return Err("a bracket that never began; write \\]".to_owned());
        };
        let Some(bar) = bar else { return Err(format!("[{}] has no bar and type", &self.text[start..])) };
        let about = self.text.split_off(bar);
        let span = Span::new(start, bar);
        let mut parts = about.split_whitespace();
        let (label, form) = match parts.next() {
            Some("nom") => (None, Form::Nominal),
            Some("pro") => (None, Form::Pronoun),
            Some(label) => (Some(label.to_owned()), Form::Name),
            None => return Err(format!("[{}|] has no type after the bar", &self.text[start..])),
        };
        let (mut chain, mut target) = (None, None);
        for part in parts {
            match part.parse::<u64>() {
                Ok(number) => chain = Some(number),
                Err(_) if part == "Q?" => target = Some(UNKNOWN.to_owned()),
                Err(_) if part.starts_with('Q') => target = Some(part.to_owned()),
                Err(_) => return Err(format!("{part} is neither the number of a chain nor a QID")),
            }
        }
        self.marks.push(Mark { span, label, form, chain, target });
        Ok(())
    }

    fn annotations(mut self) -> Annotations {
        self.marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        let mut chains: BTreeMap<u64, Chain> = BTreeMap::new();
        let mut alone: Vec<Chain> = Vec::new();
        let mut targets: BTreeMap<u64, String> = BTreeMap::new();
        for mark in &self.marks {
            let mention = Mention::whole(mark.span, mark.form);
            let label = mark.label.clone().unwrap_or_default();
            let Some(number) = mark.chain else {
                alone.push(Chain { label, mentions: vec![mention] });
                continue;
            };
            let chain = chains.entry(number).or_insert_with(|| Chain { label: String::new(), mentions: Vec::new() });
            if chain.label.is_empty() {
                chain.label = label;
            }
            chain.mentions.push(mention);
            if let Some(target) = &mark.target {
                targets.entry(number).or_insert_with(|| target.clone());
            }
        }
        let named = || self.marks.iter().filter_map(|mark| Some((mark, mark.label.clone()?)));
        let links = named().map(|(mark, _)| {
            let target = mark.target.clone().or_else(|| targets.get(&mark.chain?).cloned());
            Linked { span: mark.span, heads: vec![mark.span], targets: target.into_iter().collect() }
        });
        Annotations {
            names: Some(named().map(|(mark, label)| Named { span: mark.span, label }).collect()),
            links: Some(links.collect()),
            chains: Some(chains.into_values().chain(alone).collect()),
            ..Annotations::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> Result<Vec<Sample>> {
        super::read(Path::new("a.gold"), content)
    }

    #[test]
    fn brackets_hold_names_chains_and_links() {
        let samples =
            read("[Zoë Okafor|PER 1 Q42] \\[r\\] left [Bonn|LOC].\n\n[[Bonn|LOC]'s mayor|nom 2] saw [her|pro 1].\n")
                .unwrap();
        let sample = &samples[0];
        assert_eq!(sample.text().trim_end(), "Zoë Okafor [r] left Bonn.\n\nBonn's mayor saw her.");
        let names: Vec<_> =
            sample.gold.names.iter().flatten().map(|n| (n.span.of(sample.text()), n.label.as_str())).collect();
        assert_eq!(names, [("Zoë Okafor", "PER"), ("Bonn", "LOC"), ("Bonn", "LOC")]);
        let first = &sample.gold.chains.as_ref().unwrap()[0];
        let spoken: Vec<_> = first.mentions.iter().map(|m| (m.span.of(sample.text()), m.form)).collect();
        assert_eq!(spoken, [("Zoë Okafor", Form::Name), ("her", Form::Pronoun)]);
        assert_eq!(sample.gold.links.as_ref().unwrap()[0].targets, ["Q42"]);
    }

    #[test]
    fn bad_brackets_are_named() {
        let fails = |content: &str| read(content).unwrap_err().to_string();
        assert_eq!(fails("fine\n[Ada] left"), "a.gold:2: [Ada] has no bar and type");
        assert_eq!(fails("Ada] left"), "a.gold:1: a bracket that never began; write \\]");
        assert_eq!(fails("[Ada|PER x] left"), "a.gold:1: x is neither the number of a chain nor a QID");
        assert_eq!(fails("[Ada|PER [Bonn|LOC]]"), "a.gold:1: a bracket begins after the bar of another");
        assert_eq!(fails("[Ada|PER left"), "a.gold: a bracket never ends: [AdaPER left");
    }
}
