//! Which format an input has: by its name, and where that says nothing, by its first bytes.

use std::path::Path;
use std::str::FromStr;

use crate::error::Error;

/// A format of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// HTML, one article a page.
    Html,
    /// JSON: an object, an array of objects, or an object that holds such an array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table with a header line, one article a row; the separator (comma, semicolon, tab, bar) is detected.
    Csv,
    /// RSS, Atom or RDF Site Summary.
    Feed,
}

/// What a file's name says of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Format(Format),
    /// `.xml`, or no extension: the content decides.
    Open,
    /// An extension of something else.
    Unknown,
}

impl Format {
    /// The names of all formats, as [`FromStr`] reads them.
    pub const NAMES: [&'static str; 6] = ["text", "html", "json", "jsonl", "csv", "feed"];
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name.to_ascii_lowercase().as_str() {
            "text" | "txt" | "plain" => Ok(Self::Text),
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "json" => Ok(Self::Json),
            "jsonl" | "ndjson" | "jsonlines" => Ok(Self::Jsonl),
            "csv" | "tsv" => Ok(Self::Csv),
            "feed" | "rss" | "atom" => Ok(Self::Feed),
            _ => Err(Error::Setting(format!("“{name}” is no format; there are {}", Self::NAMES.join(", ")))),
        }
    }
}

/// What the name of a file says; `.gz`, `.zst` and `.bz2` are looked through.
pub(super) fn by_name(path: &Path) -> Named {
    let extension = |path: &Path| path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let mut found = extension(path);
    if matches!(found.as_deref(), Some("gz" | "zst" | "bz2" | "gzip" | "zstd")) {
        found = path.file_stem().and_then(|stem| extension(Path::new(stem)));
    }
    match found.as_deref() {
        None | Some("xml") => Named::Open,
        Some("txt" | "text") => Named::Format(Format::Text),
        Some("html" | "htm" | "xhtml") => Named::Format(Format::Html),
        Some("json") => Named::Format(Format::Json),
        Some("jsonl" | "ndjson" | "jl" | "jsonlines") => Named::Format(Format::Jsonl),
        Some("csv" | "tsv" | "tab") => Named::Format(Format::Csv),
        Some("rss" | "atom" | "rdf") => Named::Format(Format::Feed),
        Some(_) => Named::Unknown,
    }
}

/// What the beginning of the content says.
pub(super) fn by_content(head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.chars().next() {
        Some('{') if is_lines_of_objects(text) => Format::Jsonl,
        Some('{') if text[1..].trim_start().starts_with(['"', '}']) => Format::Json,
        Some('[') if text[1..].trim_start().starts_with(['{', ']']) => Format::Json,
        Some('<') => markup(text),
        _ if is_table(text) => Format::Csv,
        _ => Format::Text,
    }
}

/// Whether the first line is a whole object and another one follows.
fn is_lines_of_objects(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let whole = lines.next().is_some_and(|line| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok());
    whole && lines.next().is_some_and(|line| line.trim_start().starts_with('{'))
}

fn markup(text: &str) -> Format {
    let lower = text.to_ascii_lowercase();
    let at = |tag: &str| lower.find(tag).unwrap_or(usize::MAX);
    let feed = ["<rss", "<feed", "<rdf:rdf"].map(at).into_iter().min().unwrap_or(usize::MAX);
    let html = ["<!doctype html", "<html", "<body", "<p"].map(at).into_iter().min().unwrap_or(usize::MAX);
    if feed < html { Format::Feed } else { Format::Html }
}

/// Whether the first line is a header with the usual names of an article's fields.
fn is_table(text: &str) -> bool {
    const TELLING: [&str; 8] = ["text", "body", "content", "title", "headline", "article", "url", "date"];
    let Some(header) = text.lines().next() else { return false };
    let names = header.split([',', ';', '\t', '|']).map(|name| name.trim().trim_matches('"').to_lowercase());
    names.filter(|name| TELLING.contains(&name.as_str())).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        for (head, format) in [
            ("\u{feff}{\"title\": \"A\",\n \"text\": \"B\"}", Format::Json),
            ("{\"title\": \"A\"}\n{\"title\": \"B\"}\n", Format::Jsonl),
            ("{\"title\": \"A\"}", Format::Json),
            ("[ {\"title\": \"A\"}]", Format::Json),
            ("[Editor’s note: this is old]\n\nText.", Format::Text),
            ("<!-- x --><!DOCTYPE html><html>", Format::Html),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Format::Feed),
            ("<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::Feed),
            ("title;text;date\nA;B;C", Format::Csv),
            ("Piers close, mayor says\n\nText.", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(by_content(head.as_bytes()), format, "{head}");
        }
    }

    #[test]
    fn names_tell_the_format_through_compression() {
        assert_eq!(by_name(Path::new("a/b.TXT.gz")), Named::Format(Format::Text));
        assert_eq!(by_name(Path::new("a.jsonl.zst")), Named::Format(Format::Jsonl));
        assert_eq!(by_name(Path::new("a.pdf")), Named::Unknown);
        assert_eq!(by_name(Path::new("a")), Named::Open);
    }
}
