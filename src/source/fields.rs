//! Which member of a record holds which field of an article.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;

use super::dates;
use super::draft::{Draft, Paragraph};
use super::options::Options;
use super::{html, metadata, plain};
use crate::date::Stamp;
use crate::error::Error;

/// A field of an article that a record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Html,
    Headline,
    Summary,
    Url,
    Published,
    Modified,
    Authors,
    Publisher,
    Language,
    Section,
    Keywords,
}

impl FromStr for Field {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "text" => Self::Text,
            "html" => Self::Html,
            "headline" => Self::Headline,
            "url" => Self::Url,
            "published" => Self::Published,
            "modified" => Self::Modified,
            "authors" => Self::Authors,
            "publisher" => Self::Publisher,
            "language" => Self::Language,
            "section" => Self::Section,
            "keywords" => Self::Keywords,
            _ => {
                let known =
                    "text, html, headline, url, published, modified, authors, publisher, language, section, keywords";
                return Err(Error::Setting(format!("“{name}” is no field of an article; there are {known}")));
            }
        })
    }
}

/// A place in a record: `fields.body`, `authors.0.name`, or a column's name, dots and all.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Path {
    whole: String,
    steps: Vec<String>,
}

impl From<String> for Path {
    fn from(whole: String) -> Self {
        Self { steps: whole.split('.').map(str::to_owned).collect(), whole }
    }
}

impl Path {
    pub(super) fn parse(path: &str) -> Option<Self> {
        (!path.is_empty()).then(|| path.to_owned().into())
    }

    /// The values found there; arrays on the way are read through.
    fn find<'a>(&self, record: &'a Value) -> Vec<&'a Value> {
        if let Some(value) = member(record, &self.whole) {
            return vec![value];
        }
        let mut found = vec![record];
        for step in &self.steps {
            found = found.into_iter().flat_map(|value| into(value, step)).collect();
        }
        found
    }
}

fn into<'a>(value: &'a Value, step: &str) -> Vec<&'a Value> {
    match value {
        Value::Array(items) => match step.parse::<usize>() {
            Ok(index) => items.get(index).into_iter().collect(),
            Err(_) => items.iter().filter_map(|item| member(item, step)).collect(),
        },
        _ => member(value, step).into_iter().collect(),
    }
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let object = value.as_object()?;
    object.get(name).or_else(|| object.iter().find(|(key, _)| same_name(key, name)).map(|(_, value)| value))
}

/// Whether two names differ in nothing but case and "_", "-" or a space.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let letters = |name: &'_ str| {
        name.bytes().filter(|b| !b"_- ".contains(b)).map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>()
    };
    a.len().abs_diff(b.len()) <= 4 && letters(a) == letters(b)
}

/// The usual places of each field, best first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldNames {
    fields: Places,
    pub(super) lists: Lists,
}

/// Where articles stand in an object that holds several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// Members that hold a list of articles, or an object with such a member.
    pub(super) names: Vec<String>,
    /// Members of an item that hold the article.
    wrappers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    headline: Vec<Path>,
    text: Vec<Path>,
    html: Vec<Path>,
    summary: Vec<Path>,
    url: Vec<Path>,
    published: Vec<Path>,
    modified: Vec<Path>,
    authors: Vec<Path>,
    publisher: Vec<Path>,
    language: Vec<Path>,
    section: Vec<Path>,
    keywords: Vec<Path>,
}

impl FieldNames {
    fn usual(&self, field: Field) -> &[Path] {
        let places = &self.fields;
        match field {
            Field::Text => &places.text,
            Field::Html => &places.html,
            Field::Headline => &places.headline,
            Field::Summary => &places.summary,
            Field::Url => &places.url,
            Field::Published => &places.published,
            Field::Modified => &places.modified,
            Field::Authors => &places.authors,
            Field::Publisher => &places.publisher,
            Field::Language => &places.language,
            Field::Section => &places.section,
            Field::Keywords => &places.keywords,
        }
    }
}

/// A record and how to read it.
struct Reader<'a> {
    record: &'a Value,
    /// The member that holds the article, where the record is only its wrapping.
    inner: &'a Value,
    options: &'a Options,
}

/// The draft of the article that `record`, an object, holds.
pub(super) fn draft(record: &Value, options: &Options) -> Result<Draft, String> {
    let wrappers = &options.rules().fields.lists.wrappers;
    let inner = wrappers.iter().find_map(|name| record.get(name).filter(|value| value.is_object()));
    let reader = Reader { record, inner: inner.unwrap_or(record), options };
    let mut draft = Draft { headline: reader.words(Field::Headline), ..Draft::default() };
    let known = &mut draft.metadata;
    known.url = reader.words(Field::Url).and_then(|url| metadata::address(&url, None));
    known.published = reader.first(Field::Published, |value| stamp(value, options));
    known.modified = reader.first(Field::Modified, |value| stamp(value, options));
    known.authors =
        reader.list(Field::Authors).iter().flat_map(|by| plain::byline_names(by, options.rules())).collect();
    known.publisher = reader.words(Field::Publisher);
    known.language = reader.words(Field::Language);
    known.section = reader.words(Field::Section);
    known.keywords = reader.list(Field::Keywords).iter().flat_map(|words| keywords(words)).collect();
    let headline = draft.headline.as_deref();
    draft.headline =
        headline.map(|title| metadata::without_publisher(title, draft.metadata.publisher.as_deref()).to_owned());
    reader.body(&mut draft)?;
    Ok(draft)
}

/// The words of a list of keywords in one string.
pub(super) fn keywords(words: &str) -> Vec<String> {
    words.split([',', ';']).map(super::clean::line).filter(|word| !word.is_empty()).collect()
}

impl Reader<'_> {
    /// What stands at each place of a field: the mapped ones first, then the usual ones.
    fn places(&self, field: Field) -> impl Iterator<Item = Vec<&Value>> {
        let mapped = self.options.mapped(field).map(|path| path.find(self.record));
        mapped.chain(self.options.rules().fields.usual(field).iter().map(|path| path.find(self.inner)))
    }

    /// The first usable value of a field.
    fn first<T>(&self, field: Field, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.places(field).find_map(|values| values.into_iter().find_map(&read))
    }

    fn words(&self, field: Field) -> Option<String> {
        self.first(field, |value| text_of(value, "; ")).map(|words| html::unescaped(&words))
    }

    /// All values of the first place that has any.
    fn list(&self, field: Field) -> Vec<String> {
        let found = self.places(field).find_map(|values| {
            let words: Vec<String> =
                values.into_iter().flat_map(items).filter_map(|item| text_of(item, ", ")).collect();
            (!words.is_empty()).then_some(words)
        });
        found.unwrap_or_default().iter().map(|words| html::unescaped(words)).collect()
    }

    /// Text that has paragraphs is best, then mark-up, then other text; a summary is better than nothing.
    fn body(&self, draft: &mut Draft) -> Result<(), String> {
        let content =
            |field| self.first(field, |value| text_of(value, "\n\n")).map(|text| without_cut_mark(&text).to_owned());
        let summary = content(Field::Summary);
        let text = content(Field::Text);
        let mapped = |field| self.options.mapped(field).next().is_some();
        let best = match (text, content(Field::Html)) {
            (Some(text), Some(html))
                if mapped(Field::Html) && !mapped(Field::Text) || !text.contains('\n') && !mapped(Field::Text) =>
            {
                Some(html)
            }
            (Some(text), _) => Some(text),
            (None, html) => html,
        };
        let longer = |summary: &String| best.as_ref().is_none_or(|best| best.len() < summary.len());
        match summary.filter(longer).or(best.clone()) {
            Some(body) => read_body(&body, draft, self.options),
            None => Ok(()),
        }
    }
}

/// Reads the body of a record, which may be text or mark-up.
pub(super) fn read_body(body: &str, draft: &mut Draft, options: &Options) -> Result<(), String> {
    if html::is_page(body) {
        let page = html::read(body, options.rules())?;
        draft.headline = draft.headline.take().or(page.headline);
        draft.paragraphs = page.paragraphs;
        metadata::complete(&mut draft.metadata, page.metadata);
    } else if html::is_markup(body) {
        draft.paragraphs = html::fragment(body, options.rules())?;
    } else {
        plain::read_body(&html::unescaped(body), draft, options.rules());
    }
    if draft.paragraphs.iter().all(|paragraph| paragraph.heading) {
        draft.paragraphs.iter_mut().for_each(|paragraph: &mut Paragraph| paragraph.heading = false);
    }
    Ok(())
}

/// News APIs cut long texts and say so: "… [+2345 chars]".
fn without_cut_mark(text: &str) -> &str {
    let cut = text.trim_end().strip_suffix("chars]").and_then(|text| text.rsplit_once('['));
    cut.map_or(text, |(text, count)| if count.starts_with('+') { text.trim_end() } else { text })
}

fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![value],
    }
}

/// The words of a value: a string or number, the name or text of an object, all of an array.
fn text_of(value: &Value, between: &str) -> Option<String> {
    const NAMED: [&str; 9] = ["text", "name", "value", "rendered", "original", "content", "title", "html", "#text"];
    let words = match value {
        Value::String(words) => words.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(|item| text_of(item, between)).collect::<Vec<_>>().join(between),
        Value::Object(_) => {
            NAMED.iter().find_map(|name| member(value, name).and_then(|inner| text_of(inner, between)))?
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!words.is_empty()).then_some(words)
}

fn stamp(value: &Value, options: &Options) -> Option<Stamp> {
    match value {
        Value::Number(number) => number.as_i64().or(number.as_f64().map(|n| n as i64)).and_then(dates::unix),
        Value::String(text) => match text.parse::<i64>() {
            Ok(count) if text.len() >= 10 => dates::unix(count),
            _ => options.rules().calendar.read(text),
        },
        Value::Object(_) => text_of(value, " ").and_then(|text| options.rules().calendar.read(&text)),
        _ => None,
    }
}
