//! What a page says about itself: schema.org JSON-LD, OpenGraph, `meta`, `time`, the canonical link, the language.

use dom_query::Document;
use serde_json::Value;
use url::Url;

use super::fields::keywords;
use super::plain::byline_names;
use super::rules::Rules;
use super::{clean, html};
use crate::article::Metadata;
use crate::date::Stamp;

/// The metadata of a page, with its headline, and the text where the metadata holds it.
#[derive(Debug, Default)]
pub(super) struct OfPage {
    pub(super) headline: Option<String>,
    pub(super) body: Option<String>,
    pub(super) fields: Metadata,
}

/// Reads the metadata of a page: JSON-LD is believed before `meta` elements, those before visible elements.
pub(super) fn of_page(document: &Document, rules: &Rules) -> OfPage {
    let page = Page { document, article: linked_article(document), rules };
    let base = page.attribute("base[href]", "href").and_then(|base| Url::parse(&base).ok());
    let publisher = page.linked_name("publisher").or_else(|| page.publisher());
    let fields = Metadata {
        url: page.url(base.as_ref()),
        published: page.published(),
        modified: page.date(
            "dateModified",
            &["article:modified_time", "og:updated_time", "dc.date.modified", "dcterms.modified", "last-modified"],
        ),
        authors: page.authors(),
        language: page.language(),
        section: page
            .linked_text("articleSection")
            .or_else(|| page.meta(&["article:section", "parsely-section", "section"])),
        keywords: page.keywords(),
        publisher,
        dateline: None,
    };
    let body = page.article.get("articleBody").and_then(Value::as_str).map(str::to_owned);
    OfPage { body, headline: page.headline(fields.publisher.as_deref()), fields }
}

/// Fills what `metadata` lacks from `other`.
pub(super) fn complete(metadata: &mut Metadata, other: Metadata) {
    metadata.url = metadata.url.take().or(other.url);
    metadata.published = metadata.published.or(other.published);
    metadata.modified = metadata.modified.or(other.modified);
    metadata.publisher = metadata.publisher.take().or(other.publisher);
    metadata.language = metadata.language.take().or(other.language);
    metadata.section = metadata.section.take().or(other.section);
    if metadata.authors.is_empty() {
        metadata.authors = other.authors;
    }
    if metadata.keywords.is_empty() {
        metadata.keywords = other.keywords;
    }
}

/// An absolute web address without its fragment.
pub(super) fn address(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim();
    let mut url = Url::parse(text).ok().or_else(|| base?.join(text).ok())?;
    url.set_fragment(None);
    let is_address = matches!(url.scheme(), "http" | "https") && url.has_host() || url.scheme() == "urn";
    is_address.then_some(url)
}

struct Page<'a> {
    document: &'a Document,
    /// The schema.org article of the page.
    article: Value,
    rules: &'a Rules,
}

impl Page<'_> {
    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = self.document.select(selector);
        let value = found.nodes().iter().find_map(|node| node.attr(name).filter(|value| !value.trim().is_empty()))?;
        Some(clean::line(&value))
    }

    /// The content of the first of these `meta` elements, called by `name`, `property` or `itemprop`.
    fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).into_iter().next()
    }

    /// All contents of the first of these `meta` elements that has any.
    fn metas(&self, names: &[&str]) -> Vec<String> {
        let elements = self.document.select("meta[content]");
        let content = |wanted: &str| -> Vec<String> {
            let named = elements.nodes().iter().filter(|node| {
                ["name", "property", "itemprop"]
                    .iter()
                    .any(|key| node.attr(key).is_some_and(|n| n.trim().eq_ignore_ascii_case(wanted)))
            });
            let contents = named.filter_map(|node| node.attr("content"));
            contents
                .map(|content| clean::line(&html::unescaped(&content)))
                .filter(|content| !content.is_empty())
                .collect()
        };
        names.iter().map(|name| content(name)).find(|contents| !contents.is_empty()).unwrap_or_default()
    }

    fn linked_text(&self, name: &str) -> Option<String> {
        texts(self.article.get(name)?).into_iter().next()
    }

    fn linked_name(&self, name: &str) -> Option<String> {
        names(self.article.get(name)?).into_iter().next()
    }

    fn stamp(&self, text: &str) -> Option<Stamp> {
        self.rules.calendar.read(text)
    }

    fn date(&self, linked: &str, metas: &[&str]) -> Option<Stamp> {
        let linked = self.linked_text(linked).and_then(|text| self.stamp(&text));
        linked.or_else(|| metas.iter().flat_map(|name| self.metas(&[name])).find_map(|text| self.stamp(&text)))
    }

    fn published(&self) -> Option<Stamp> {
        const METAS: [&str; 15] = [
            "article:published_time",
            "og:published_time",
            "datePublished",
            "parsely-pub-date",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publishdate",
            "publication_date",
            "sailthru.date",
            "cXenseParse:recs:publishtime",
            "DC.date.created",
        ];
        let stated = self.date("datePublished", &METAS);
        stated.or_else(|| {
            let selectors = [
                "time[pubdate]",
                "time[itemprop=datePublished]",
                "header time[datetime]",
                "article time[datetime]",
                "time[datetime]",
            ];
            selectors.iter().find_map(|selector| self.stamp(&self.attribute(selector, "datetime")?))
        })
    }

    /// The outlet as `meta` elements name it; some hold the address of a profile instead.
    fn publisher(&self) -> Option<String> {
        ["og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "article:publisher", "application-name"]
            .iter()
            .find_map(|name| self.meta(&[name]).filter(|publisher| !publisher.contains("://")))
    }

    fn url(&self, base: Option<&Url>) -> Option<Url> {
        let linked = || self.linked_text("url").or_else(|| self.linked_text("mainEntityOfPage"));
        let found = [
            self.attribute("link[rel~=canonical]", "href"),
            self.meta(&["og:url", "parsely-link"]),
            linked(),
            self.attribute("link[rel=amphtml]", "href"),
        ];
        found.into_iter().flatten().find_map(|text| address(&text, base))
    }

    fn authors(&self) -> Vec<String> {
        let linked = self.article.get("author").or_else(|| self.article.get("creator")).map(names).unwrap_or_default();
        let stated = if linked.is_empty() {
            self.metas(&[
                "author",
                "article:author",
                "parsely-author",
                "dc.creator",
                "dcterms.creator",
                "sailthru.author",
                "byl",
            ])
        } else {
            linked
        };
        let mut authors: Vec<String> = Vec::new();
        let people = stated.iter().filter(|name| !name.contains("://")).flat_map(|name| byline_names(name, self.rules));
        for name in people {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
        if authors.is_empty() { self.visible_authors() } else { authors }
    }

    fn visible_authors(&self) -> Vec<String> {
        let found = self.document.select("[rel~=author], [itemprop=author], .byline, .author-name");
        let text = found
            .nodes()
            .iter()
            .map(|node| clean::line(&node.text()))
            .find(|text| !text.is_empty() && text.len() < 200);
        text.map(|text| byline_names(&text, self.rules)).unwrap_or_default()
    }

    fn language(&self) -> Option<String> {
        let linked = self.linked_text("inLanguage");
        let root = || self.attribute("html", "lang").or_else(|| self.attribute("html", "xml:lang"));
        linked
            .or_else(root)
            .or_else(|| self.meta(&["og:locale", "content-language", "dc.language"]))
            .map(|tag| tag.replace('_', "-"))
    }

    fn keywords(&self) -> Vec<String> {
        let linked = self.article.get("keywords").map(texts).unwrap_or_default();
        let found = if linked.is_empty() {
            self.metas(&["news_keywords", "keywords", "article:tag", "parsely-tags"])
        } else {
            linked
        };
        let mut words: Vec<String> = Vec::new();
        for word in found.iter().flat_map(|text| keywords(text)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// The visible headline where there is exactly one, else what the mark-up says, else the title without the outlet.
    fn headline(&self, publisher: Option<&str>) -> Option<String> {
        const FEWEST_WORDS: usize = 3;
        let visible = |selector: &str| {
            let found = self.document.select(selector);
            let texts: Vec<String> =
                found.nodes().iter().map(|node| clean::line(&node.text())).filter(|text| !text.is_empty()).collect();
            let [only] = &texts[..] else { return None };
            (only.split(' ').count() >= FEWEST_WORDS && only.len() < 400).then(|| only.clone())
        };
        let title = || {
            let title = clean::line(&self.document.select("head title").text());
            (!title.is_empty()).then(|| without_outlet(&title, publisher).to_owned())
        };
        let stated = || {
            let linked = self.linked_text("headline").or_else(|| self.linked_text("name"));
            linked
                .or_else(|| self.meta(&["og:title", "twitter:title", "dc.title", "parsely-title"]))
                .map(|title| without_outlet(&title, publisher).to_owned())
        };
        visible("article h1").or_else(|| visible("h1")).or_else(stated).or_else(title)
    }
}

/// A title without the publisher's name at its end ("Piers close - The Times").
pub(super) fn without_publisher<'a>(title: &'a str, publisher: Option<&str>) -> &'a str {
    let cut = publisher.and_then(|publisher| title.strip_suffix(publisher)).map(str::trim_end);
    cut.and_then(|rest| rest.strip_suffix(['|', '-', '–', '—', ':'])).map_or(title, str::trim)
}

/// A title without " | The Times" at its end.
fn without_outlet<'a>(title: &'a str, publisher: Option<&str>) -> &'a str {
    const LONGEST_OUTLET: usize = 4;
    let cut = [" | ", " – ", " — ", " - ", " :: "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .min_by_key(|(_, outlet)| outlet.len());
    match cut {
        Some((rest, outlet))
            if outlet.split(' ').count() <= LONGEST_OUTLET && rest.split(' ').count() > LONGEST_OUTLET =>
        {
            rest.trim()
        }
        _ => without_publisher(title, publisher),
    }
}

/// The schema.org article among the JSON-LD of a page; null where there is none. Scripts that are no JSON are passed over.
fn linked_article(document: &Document) -> Value {
    let scripts = document.select("script[type='application/ld+json']");
    let blocks = scripts.nodes().iter().filter_map(|script| lenient(&script.text()));
    blocks.filter_map(|block| article_in(block, 0)).next().unwrap_or(Value::Null)
}

/// Parses JSON as pages write it: wrapped in comments, with bare line ends inside strings.
fn lenient(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>");
    let script = script.trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let without_controls: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&without_controls).ok()
    })
}

/// The first article in a value: itself, in an array, a graph, or as the main entity of a page.
fn article_in(value: Value, depth: usize) -> Option<Value> {
    const DEEPEST: usize = 4;
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) => items.into_iter().find_map(|item| article_in(item, depth + 1)),
        Value::Object(mut object) => {
            let is_article = object.get("@type").map(texts).unwrap_or_default().iter().any(|kind| {
                kind.ends_with("Article")
                    || kind.ends_with("Posting")
                    || ["Report", "LiveBlogPosting"].contains(&kind.as_str())
            });
            if is_article {
                return Some(Value::Object(object));
            }
            ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"]
                .iter()
                .find_map(|key| article_in(object.remove(*key)?, depth + 1))
        }
        _ => None,
    }
}

/// The strings in a value: itself, the items of an array, the address of a reference.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            Some(clean::line(&html::unescaped(text))).filter(|text| !text.is_empty()).into_iter().collect()
        }
        Value::Array(items) => items.iter().filter(|item| !item.is_array()).flat_map(texts).collect(),
        Value::Object(object) => ["@value", "@id", "url"]
            .iter()
            .find_map(|key| object.get(*key).filter(|v| v.is_string()))
            .map(texts)
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The names of the people or organisations in a value.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter(|item| !item.is_array()).flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(texts).unwrap_or_default(),
        _ => texts(value),
    }
}
