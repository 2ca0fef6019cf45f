//! Reads and writes analysed text as CoNLL-U, the format of the Universal Dependencies treebanks.
//!
//! Names stand in the last column as `Name=B-PERSON`, `Name=I-PERSON`; white space that is not a single space stands there
//! too, escaped as UDPipe does it (`SpaceAfter=No`, `SpacesAfter=\n\n`), so that a text comes back byte for byte.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::labels::intern;
use crate::text::{Name, Text, Token};

/// Reads a CoNLL-U file. `path` is for messages only.
///
/// Ranges (`1-2`) lend their white space and, where their words do not add up to the written form, that form to the first
/// word; empty nodes (`1.1`) are left out. A `# newpar` begins a new paragraph.
///
/// # Errors
/// [`Error::Malformed`] with the line, when a line does not have ten columns or a number is none.
pub fn read(path: &Path, conllu: &str) -> Result<Text> {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(conllu.lines()) {
        reader.line(line.trim_end_matches('\r')).map_err(|reason| Error::Malformed {
            path: path.to_owned(),
            line: Some(number),
            reason,
        })?;
    }
    reader.end_sentence().map_err(|reason| Error::Malformed { path: path.to_owned(), line: None, reason })?;
    let Reader { content, tokens, sentences, names, .. } = reader;
    Ok(Text::new(content.into(), tokens, sentences, names))
}

#[derive(Default)]
struct Reader {
    content: String,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    names: Vec<Name>,
    /// Heads as written, for the sentence that is being read.
    heads: Vec<usize>,
    /// The range that is being read: its last word, its written form as far as not yet used, its last column.
    joined: Option<(usize, String, String)>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        if let Some(comment) = line.strip_prefix('#') {
            if comment.trim_start().starts_with("newpar") {
                self.begin_paragraph();
            }
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, pos, tag, _, head, dep, _, misc] = columns.as_slice() else {
            return Err(format!("{} columns where CoNLL-U has 10", columns.len()));
        };
        if id.contains('.') {
            return Ok(());
        }
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| format!("the range {id} does not end in a number"))?;
            self.joined = Some((last, unescape(form), misc.to_owned()));
            return Ok(());
        }
        let head = head.parse().map_err(|_| format!("the head of {form} is {head}, not a number"))?;
        self.heads.push(head);
        self.word(&unescape(form), misc);
        self.name(misc);
        let span = self.tokens.last().map_or(Span::new(0, 0), |token| token.span);
        if let Some(token) = self.tokens.last_mut() {
            let tag = if tag == "_" { pos } else { tag };
            let dep = if head == 0 { "ROOT" } else { dep };
            let lemma = Arc::from(unescape(lemma));
            *token = Token { span, tag: intern(tag), pos: intern(pos), lemma, head: 0, dep: intern(dep) };
        }
        Ok(())
    }

    /// Adds a token of the given form, still without its labels, and the white space after it.
    fn word(&mut self, form: &str, misc: &str) {
        let start = self.content.len();
        let number = self.heads.len();
        let mut spaces = spaces_after(misc);
        if let Some((last, rest, joined_misc)) = self.joined.take() {
            let written = match rest.strip_prefix(form) {
                Some(_) if number < last => form.to_owned(),
                _ => rest.clone(),
            };
            self.content.push_str(&written);
            if number < last {
                self.joined = Some((last, rest[written.len()..].to_owned(), joined_misc));
                spaces = String::new();
            } else {
                spaces = spaces_after(&joined_misc);
            }
        } else {
            if let Some(before) = feature(misc, "SpacesBefore") {
                self.content.push_str(&unescape(before));
            }
            self.content.push_str(form);
        }
        let start = if feature(misc, "SpacesBefore").is_some() { self.content.len() - form.len() } else { start };
        let span = Span::new(start, self.content.len());
        self.content.push_str(&spaces);
        self.tokens.push(Token { span, tag: "", pos: "", lemma: Arc::from(""), head: 0, dep: "" });
    }

    fn name(&mut self, misc: &str) {
        let token = self.tokens.len() - 1;
        match feature(misc, "Name").and_then(|name| name.split_once('-')) {
            Some(("I", _)) if self.names.last().is_some_and(|name| name.tokens.end == token) => {
                if let Some(name) = self.names.last_mut() {
                    name.tokens.end = token + 1;
                }
            }
            Some((_, label)) => self.names.push(Name { tokens: token..token + 1, label: intern(label) }),
            None => {}
        }
    }

    fn begin_paragraph(&mut self) {
        if !self.content.is_empty() && !self.content.ends_with('\n') {
            self.content.truncate(self.content.trim_end_matches(' ').len());
            self.content.push_str("\n\n");
        }
    }

    fn end_sentence(&mut self) -> Result<(), String> {
        let first = self.tokens.len() - self.heads.len();
        for (i, &head) in self.heads.iter().enumerate() {
            if head > self.heads.len() {
                return Err(format!("a head is word {head} of a sentence of {}", self.heads.len()));
            }
            self.tokens[first + i].head = if head == 0 { first + i } else { first + head - 1 };
        }
        if first < self.tokens.len() {
            self.sentences.push(first..self.tokens.len());
        }
        self.heads.clear();
        self.joined = None;
        Ok(())
    }
}

fn feature<'a>(misc: &'a str, key: &str) -> Option<&'a str> {
    misc.split('|').find_map(|feature| feature.strip_prefix(key)?.strip_prefix('='))
}

fn spaces_after(misc: &str) -> String {
    match (feature(misc, "SpaceAfter"), feature(misc, "SpacesAfter")) {
        (_, Some(spaces)) => unescape(spaces),
        (Some("No"), None) => String::new(),
        _ => " ".to_owned(),
    }
}

const ESCAPES: [(char, char); 6] = [(' ', 's'), ('\t', 't'), ('\n', 'n'), ('\r', 'r'), ('|', 'p'), ('\\', '\\')];

fn unescape(written: &str) -> String {
    let mut plain = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let rest = chars.clone();
        match chars.next().and_then(|next| ESCAPES.iter().find(|(_, escape)| *escape == next)) {
            Some((meant, _)) => plain.push(*meant),
            None => {
                plain.push('\\');
                chars = rest;
            }
        }
    }
    plain
}

fn escape(plain: &str) -> String {
    let mut written = String::with_capacity(plain.len());
    for c in plain.chars() {
        match ESCAPES.iter().find(|(meant, _)| *meant == c) {
            Some((_, escape)) => written.extend(['\\', *escape]),
            None => written.push(c),
        }
    }
    written
}

/// Writes a text so that [`read`] gives back an equal one.
#[must_use]
pub fn write(text: &Text) -> String {
    let mut written = String::new();
    for sentence in text.sentences() {
        let whole = text.span(sentence.clone()).of(text.content());
        written.push_str(&format!("# text = {}\n", whole.split_whitespace().collect::<Vec<_>>().join(" ")));
        for token in sentence.clone() {
            written.push_str(&row(text, sentence.start, token));
        }
        written.push('\n');
    }
    written
}

fn row(text: &Text, first: usize, number: usize) -> String {
    let token = &text.tokens()[number];
    let head = if token.head == number { 0 } else { token.head - first + 1 };
    let (form, lemma) = (escape(text.word(number)), escape(&token.lemma));
    let (id, pos, tag, dep) = (number - first + 1, token.pos, token.tag, token.dep);
    format!("{id}\t{form}\t{lemma}\t{pos}\t{tag}\t_\t{head}\t{dep}\t_\t{}\n", misc(text, number))
}

fn misc(text: &Text, number: usize) -> String {
    let mut features = Vec::new();
    let content = text.content();
    let span = text.tokens()[number].span;
    if number == 0 && span.start > 0 {
        features.push(format!("SpacesBefore={}", escape(&content[..span.start])));
    }
    if let Some(name) = text.names().iter().find(|name| name.tokens.contains(&number)) {
        let place = if name.tokens.start == number { 'B' } else { 'I' };
        features.push(format!("Name={place}-{}", name.label));
    }
    let next = text.tokens().get(number + 1).map_or(content.len(), |next| next.span.start);
    match &content[span.end..next] {
        " " => {}
        "" => features.push("SpaceAfter=No".to_owned()),
        spaces => features.push(format!("SpacesAfter={}", escape(spaces))),
    }
    if features.is_empty() { "_".to_owned() } else { features.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# text = Zoë Okafor can't wait.
1\tZoë\tZoë\tPROPN\tNNP\t_\t2\tcompound\t_\tName=B-PERSON
2\tOkafor\tOkafor\tPROPN\tNNP\t_\t5\tnsubj\t_\tName=I-PERSON
3\tca\tcan\tAUX\tMD\t_\t5\taux\t_\tSpaceAfter=No
4\tn't\tnot\tPART\tRB\t_\t5\tneg\t_\t_
5\twait\twait\tVERB\tVB\t_\t0\tROOT\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\tSpacesAfter=\\n\\n

# text = Geneva shook.
1\tGeneva\tGeneva\tPROPN\tNNP\t_\t2\tnsubj\t_\tName=B-GPE
2\tshook\tshake\tVERB\tVBD\t_\t0\tROOT\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No

";

    fn text(conllu: &str) -> Text {
        read(Path::new("sample.conllu"), conllu).unwrap()
    }

    #[test]
    fn words_names_and_trees_are_read() {
        let text = text(SAMPLE);
        assert_eq!(text.content(), "Zoë Okafor can't wait.\n\nGeneva shook.");
        assert_eq!(text.sentences(), [0..6, 6..9]);
        assert_eq!(text.names()[0], Name { tokens: 0..2, label: "PERSON" });
        assert_eq!((text.tokens()[1].head, text.tokens()[7].head), (4, 7));
        assert_eq!(text.span(0..2).of(text.content()), "Zoë Okafor");
    }

    #[test]
    fn what_is_read_is_written_back() {
        assert_eq!(write(&text(SAMPLE)), SAMPLE);
    }

    #[test]
    fn ranges_of_treebanks_keep_the_written_form() {
        let joined = "# newpar\n1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n\
                      2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n3\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n\
                      # newpar\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\tIN\t_\t0\troot\t_\t_\n\
                      2\tle\tle\tDET\tDT\t_\t1\tdet\t_\t_\n";
        let text = text(joined);
        assert_eq!(text.content(), "can't.\n\ndu ");
        assert_eq!((0..5).map(|i| text.word(i)).collect::<Vec<_>>(), ["ca", "n't", ".", "du", ""]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read(Path::new("a.conllu"), "1\tx\n").unwrap_err();
        assert_eq!(error.to_string(), "a.conllu:1: 2 columns where CoNLL-U has 10");
        let error = read(Path::new("a.conllu"), "1\tx\tx\tX\tX\t_\t7\tdep\t_\t_\n\n").unwrap_err();
        assert_eq!(error.to_string(), "a.conllu:2: a head is word 7 of a sentence of 1");
    }
}
