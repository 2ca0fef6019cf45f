//! RSS, Atom and RDF Site Summary: one article an item.

use feed_rs::model::{Entry, Feed, Link, Text};
use feed_rs::parser::{Builder, ParseFeedError};

use super::draft::Draft;
use super::fields;
use super::metadata::address;
use super::options::Options;
use super::plain::byline_names;
use super::{clean, dates, html};
use crate::date::Stamp;

/// An item of a feed, on its way to a draft.
#[derive(Clone, Debug)]
pub(super) struct Item {
    entry: Box<Entry>,
    publisher: Option<String>,
    language: Option<String>,
}

/// The items of the feed that `xml` is, each with its line where that is certain.
pub(super) fn items(xml: &str) -> Result<Vec<(Item, Option<u64>)>, String> {
    let lines = lines(xml);
    // Ids are not used, and the default ones are random.
    let parser = Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(without_declarations(xml).as_bytes()).map_err(|error| reason(&error))?;
    let Feed { title, language, entries, .. } = feed;
    let publisher = title.map(|title| clean::line(&html::unescaped(&title.content))).filter(|title| !title.is_empty());
    let certain = lines.len() == entries.len();
    let items = entries.into_iter().enumerate().map(|(i, entry)| {
        let line = if certain { lines.get(i).copied() } else { None };
        let language = entry.language.clone().or_else(|| language.clone());
        (Item { entry: Box::new(entry), publisher: publisher.clone(), language }, line)
    });
    Ok(items.collect())
}

fn reason(error: &ParseFeedError) -> String {
    format!("broken feed: {error}")
}

/// The feed with its XML declarations made void: the encoding that they name has been decoded already, and the parser
/// panics on one that is not at the start.
fn without_declarations(xml: &str) -> String {
    xml.trim_start_matches('\u{feff}').trim_start().replace("<?xml", "<?void")
}

/// The lines on which items begin.
fn lines(xml: &str) -> Vec<u64> {
    let mut line = 1;
    let mut lines = Vec::new();
    for (i, byte) in xml.bytes().enumerate() {
        let begins =
            |tag: &str| xml[i..].strip_prefix(tag).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t']));
        match byte {
            b'\n' => line += 1,
            b'<' if begins("<item") || begins("<entry") => lines.push(line),
            _ => {}
        }
    }
    lines
}

/// The draft of an item: its content, or where there is none its summary.
pub(super) fn draft(item: Item, options: &Options) -> Result<Draft, String> {
    let Entry { title, content, summary, links, authors, published, updated, categories, .. } = *item.entry;
    let words = |text: Text| Some(clean::line(&html::unescaped(&text.content))).filter(|words| !words.is_empty());
    let mut draft = Draft { headline: title.and_then(words), ..Draft::default() };
    let metadata = &mut draft.metadata;
    metadata.url = link(&links).and_then(|link| address(&link.href, None));
    let stamp = |moment: i64| -> Option<Stamp> { dates::unix(moment) };
    metadata.published =
        published.and_then(|moment| stamp(moment.timestamp())).or(updated.and_then(|m| stamp(m.timestamp())));
    metadata.modified =
        updated.filter(|_| published.is_some() && updated != published).and_then(|m| stamp(m.timestamp()));
    metadata.authors =
        authors.into_iter().filter_map(author).flat_map(|name| byline_names(&name, options.rules())).collect();
    metadata.publisher = item.publisher;
    metadata.language = item.language;
    metadata.keywords =
        categories.into_iter().map(|category| clean::line(&category.label.unwrap_or(category.term))).collect();
    let body = content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
    if let Some(body) = body.or(summary.map(|summary| summary.content)) {
        fields::read_body(&body, &mut draft, options)?;
    }
    Ok(draft)
}

/// The name of a person; RSS writes "jane@example.org (Jane Roe)".
fn author(person: feed_rs::model::Person) -> Option<String> {
    let named = person.name.or(person.email).unwrap_or_default();
    let name = match named.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')').to_owned(),
        _ => named,
    };
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

/// The link to the article itself.
fn link(links: &[Link]) -> Option<&Link> {
    let own = links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    own.or_else(|| links.iter().find(|link| link.rel.as_deref() != Some("enclosure")))
}
