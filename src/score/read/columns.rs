//! Names in columns: a token a line, its tag in one of the columns, an empty line after a sentence.

use std::path::Path;

use super::builder::Builder;
use super::detokenise::{align, detokenise};
use super::{Options, malformed, tags};
use crate::article::BlockKind;
use crate::error::Result;
use crate::score::sample::{Annotations, Named, Sample};

/// Reads a file of columns, set apart by tabs or by spaces.
///
/// `-DOCSTART-` and `# newdoc` begin a text, and so does another document in `# sent_id`; `# text` gives the running text of a
/// sentence. Sentences follow one another after a space; what ends without punctuation is a paragraph. A file without any of these is cut after every so many sentences as the options say, or after each.
pub(super) fn read(path: &Path, content: &str, options: &Options) -> Result<Vec<Sample>> {
    let rows = || content.lines().map(str::trim_end).filter(|line| is_row(line));
    let layout = Layout::of(rows().take(2000), options.column).map_err(|(row, reason)| {
        let at = content.lines().enumerate().filter(|(_, line)| is_row(line.trim_end())).nth(row);
        malformed(path, at.map(|(line, _)| line + 1), reason)
    })?;
    let mut reader = Reader::new(path, layout, options.sentences);
    for (number, line) in (1..).zip(content.lines()) {
        reader.line(number, line.trim_end())?;
    }
    reader.end_sentence()?;
    reader.end_text();
    Ok(reader.samples)
}

/// Whether a sentence ends as running prose does. One that does not is a heading, a signature or an item of a list, which had a line of
/// its own before the text was cut into sentences.
fn ends_in_punctuation(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    text.ends_with(['.', '!', '?', ':', ';', ',', '…'])
}

fn is_row(line: &str) -> bool {
    !line.trim().is_empty() && !is_comment(line) && !line.starts_with("-DOCSTART-")
}

/// A line that says something about what follows; a token `#` has a tag beside it.
fn is_comment(line: &str) -> bool {
    line.starts_with("# ") && !line.split_whitespace().next_back().is_some_and(tags::is_tag)
}

fn cells(line: &str) -> Vec<&str> {
    if line.contains('\t') { line.split('\t').collect() } else { line.split_whitespace().collect() }
}

/// Which column holds what, from 0.
#[derive(Clone, Copy, Default)]
struct Layout {
    token: usize,
    tag: usize,
}

impl Layout {
    /// Tells the layout by the first rows; the error is the number of the row that does not fit.
    fn of<'a>(rows: impl Iterator<Item = &'a str>, column: Option<usize>) -> Result<Self, (usize, String)> {
        let rows: Vec<Vec<&str>> = rows.map(cells).collect();
        let Some(first) = rows.first() else { return Ok(Self { token: 0, tag: 1 }) };
        let is_number = |row: &Vec<&str>| row.first().is_some_and(|cell| cell.parse::<u32>().is_ok());
        let token = usize::from(first.len() > 2 && rows.iter().all(is_number));
        if let Some(column) = column {
            return Ok(Self { token, tag: column.saturating_sub(1) });
        }
        let is_tags = |&column: &usize| rows.iter().all(|row| row.get(column).is_some_and(|cell| tags::is_tag(cell)));
        if let Some(tag) = (token + 1..first.len()).rev().find(is_tags) {
            return Ok(Self { token, tag });
        }
        let most = (token + 1..first.len().max(2)).max_by_key(|&column| {
            rows.iter().filter(|row| row.get(column).is_some_and(|cell| tags::is_tag(cell))).count()
        });
        let column = most.unwrap_or(token + 1);
        let bad = rows.iter().position(|row| !row.get(column).is_some_and(|cell| tags::is_tag(cell)));
        let row = bad.unwrap_or(0);
        let reason = match rows[row].get(column) {
            Some(cell) => format!("column {} is {cell}, which is no tag (O, or B-, I-, E-, S- and a type)", column + 1),
            None => format!("{} columns where {} were expected", rows[row].len(), column + 1),
        };
        Err((row, reason))
    }
}

struct Reader<'a> {
    path: &'a Path,
    layout: Layout,
    length: Option<usize>,
    /// Whether anything in the file says where texts begin.
    is_marked: bool,
    id: Option<String>,
    text: Option<&'a str>,
    first_line: usize,
    rows: Vec<(usize, &'a str, &'a str)>,
    builder: Builder,
    names: Vec<Named>,
    samples: Vec<Sample>,
}

impl<'a> Reader<'a> {
    fn new(path: &'a Path, layout: Layout, length: Option<usize>) -> Self {
        Self {
            path,
            layout,
            length,
            is_marked: false,
            id: None,
            text: None,
            first_line: 1,
            rows: Vec::new(),
            builder: Builder::default(),
            names: Vec::new(),
            samples: Vec::new(),
        }
    }

    fn line(&mut self, number: usize, line: &'a str) -> Result<()> {
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        if line.starts_with("-DOCSTART-") {
            self.end_sentence()?;
            self.begin_text(None);
            return Ok(());
        }
        if is_comment(line) {
            return self.comment(line);
        }
        let cells = cells(line);
        let (Some(&token), Some(&tag)) = (cells.get(self.layout.token), cells.get(self.layout.tag)) else {
            let reason = format!("{} columns where at least {} are needed", cells.len(), self.layout.tag + 1);
            return Err(malformed(self.path, Some(number), reason));
        };
        self.rows.push((number, token, tag));
        Ok(())
    }

    fn comment(&mut self, line: &'a str) -> Result<()> {
        let Some((key, value)) = line[1..].split_once('=') else {
            if line[1..].trim().starts_with("newdoc") {
                self.end_sentence()?;
                self.begin_text(None);
            }
            return Ok(());
        };
        let value = value.trim();
        match key.trim() {
            "newdoc id" | "newdoc" => {
                self.end_sentence()?;
                self.begin_text(Some(value.to_owned()));
            }
            "sent_id" => {
                self.end_sentence()?;
                let document = value.rsplit_once('-').map_or(value, |(document, _)| document);
                if self.id.as_deref() != Some(document) {
                    self.begin_text(Some(document.to_owned()));
                }
            }
            "text" => self.text = Some(value),
            _ => {}
        }
        Ok(())
    }

    fn begin_text(&mut self, id: Option<String>) {
        self.end_text();
        self.is_marked = true;
        self.id = id;
    }

    fn end_sentence(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let text = self.text.take();
        let Some(&(first_line, ..)) = rows.first() else { return Ok(()) };
        let tokens: Vec<&str> = rows.iter().map(|&(_, token, _)| token).collect();
        let tags: Vec<&str> = rows.iter().map(|&(.., tag)| tag).collect();
        let chunks = tags::chunks(&tags).map_err(|(row, reason)| malformed(self.path, Some(rows[row].0), reason))?;
        let aligned = text.and_then(|text| Some((text.to_owned(), align(text, &tokens)?)));
        let (text, spans) = aligned.unwrap_or_else(|| detokenise(&tokens));
        if self.builder.is_empty() {
            self.first_line = first_line;
        }
        let offset = self.builder.len();
        self.builder.sentence(&text, &spans);
        if !ends_in_punctuation(&text) {
            self.builder.begin(BlockKind::Paragraph);
        }
        for (range, label) in chunks {
            let span = self.builder.span(range.start + offset..range.end + offset);
            self.names.push(Named { span, label: label.to_owned() });
        }
        if !self.is_marked && self.builder.sentences() >= self.length.unwrap_or(1) {
            self.end_text();
        }
        Ok(())
    }

    fn end_text(&mut self) {
        let builder = std::mem::take(&mut self.builder);
        let names = std::mem::take(&mut self.names);
        if builder.is_empty() {
            return;
        }
        let id = self.id.clone().unwrap_or_else(|| (self.samples.len() + 1).to_string());
        let gold = Annotations { names: Some(names), ..Annotations::default() };
        self.samples.push(builder.finish(id, self.path, self.first_line, gold));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> Result<Vec<Sample>> {
        super::read(Path::new("a.conll"), content, &Options::default())
    }

    fn names(sample: &Sample) -> Vec<(&str, &str)> {
        let names = sample.gold.names.iter().flatten();
        names.map(|name| (name.span.of(sample.text()), name.label.as_str())).collect()
    }

    #[test]
    fn the_four_columns_of_conll_2003() {
        let samples = read(
            "-DOCSTART- -X- O O\n\nZoë NNP B-NP I-PER\nOkafor NNP I-NP I-PER\n's POS B-NP O\nparty NN I-NP O\n\nGeneva NNP B-NP I-LOC\n\n\
             -DOCSTART- -X- O O\n\nBonn NNP B-NP I-LOC\n",
        )
        .unwrap();
        assert_eq!(samples[0].text(), "Zoë Okafor's party\n\nGeneva");
        assert_eq!(names(&samples[0]), [("Zoë Okafor", "PER"), ("Geneva", "LOC")]);
        assert_eq!((samples.len(), names(&samples[1])), (2, vec![("Bonn", "LOC")]));
    }

    #[test]
    fn the_five_columns_of_uner_with_the_running_text() {
        let samples = read(
            "# sent_id = news-1-0001\n# text = Roe's in Bonn.\n1\tRoe\tB-PER\t-\tann\n2\t's\tO\t-\t-\n3\tin\tO\t-\t-\n4\tBonn\tB-LOC\t-\tann\n\
             5\t.\tO\t-\t-\n\n# sent_id = news-2-0001\n# text = It rains.\n1\tIt\tO\t-\t-\n2\trains\tO\t-\t-\n3\t.\tO\t-\t-\n",
        )
        .unwrap();
        assert_eq!(
            samples.iter().map(|s| (s.id.as_str(), s.text())).collect::<Vec<_>>(),
            [("news-1", "Roe's in Bonn."), ("news-2", "It rains.")]
        );
        assert_eq!(names(&samples[0]), [("Roe", "PER"), ("Bonn", "LOC")]);
    }

    #[test]
    fn without_marks_each_sentence_is_a_text() {
        let samples = read("Ada\tB-person\nran\tO\n\n#\tO\n1\tO\n").unwrap();
        assert_eq!(samples.iter().map(Sample::text).collect::<Vec<_>>(), ["Ada ran", "#1"]);
        let options = Options { sentences: Some(2), ..Options::default() };
        let samples = super::read(Path::new("a.conll"), "Ada\tB-person\n\nran\tO\n", &options).unwrap();
        assert_eq!(samples[0].text(), "Ada\n\nran");
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read("Ada\tB-PER\nran\tVERB\n").unwrap_err();
        assert_eq!(error.to_string(), "a.conll:2: column 2 is VERB, which is no tag (O, or B-, I-, E-, S- and a type)");
        assert_eq!(read("Ada\tB-PER\nran\n").unwrap_err().to_string(), "a.conll:2: 1 columns where 2 were expected");
    }
}
