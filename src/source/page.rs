//! Parses HTML within bounds of depth, size and attributes, so that no page can take the program down.

use dom_query::{Document, NodeRef};
use html5ever::driver::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;

/// How deep elements may be nested. Browsers stop nesting at 512.
const DEEPEST: usize = 512;
/// How many nodes a page may have.
const MOST_NODES: usize = 2_000_000;
/// How many attributes an element may have: the parser compares each with all.
const MOST_ATTRIBUTES: usize = 2_000;
/// How much is parsed between two looks at the tree. Small, since a start tag may open hundreds of elements anew.
const STEP: usize = 2048;

/// The document that `html` is.
///
/// # Errors
/// When the page is nested too deep or grows too large; the reason says which.
pub(super) fn parse(html: &str) -> Result<Document, String> {
    if has_too_many_attributes(html) {
        return Err(format!("an element has more than {MOST_ATTRIBUTES} attributes"));
    }
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
        ..Default::default()
    };
    let mut parser = html5ever::parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(floor(rest, STEP));
        parser.process(StrTendril::from(step));
        check(&parser.tokenizer.sink.sink)?;
        rest = after;
    }
    let document = parser.finish();
    check(&document)?;
    Ok(document)
}

fn check(document: &Document) -> Result<(), String> {
    if document.tree.len() > MOST_NODES {
        return Err(format!("the page has more than {MOST_NODES} elements"));
    }
    // The elements that are open at this point are the last ones of their parents.
    if std::iter::successors(Some(document.root()), NodeRef::last_child).nth(DEEPEST).is_some() {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    Ok(())
}

/// The last character boundary at or before `at`; at least one character.
fn floor(text: &str, at: usize) -> usize {
    if text.len() <= at {
        return text.len();
    }
    (1..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Counts what may separate attributes inside each tag, without parsing.
fn has_too_many_attributes(html: &str) -> bool {
    let separates = |byte: u8| byte.is_ascii_whitespace() || b"/\"'".contains(&byte);
    let (mut in_tag, mut quote, mut count, mut last) = (false, None, 0, b' ');
    for &byte in html.as_bytes() {
        if let Some(open) = quote {
            quote = (byte != open).then_some(open);
        } else if !in_tag {
            in_tag = last == b'<' && byte.is_ascii_alphabetic();
            count = 0;
        } else if byte == b'>' {
            in_tag = false;
        } else if b"\"'".contains(&byte) && (last == b'=' || last.is_ascii_whitespace()) {
            quote = Some(byte);
            count += 1;
        } else if !separates(byte) && separates(last) {
            count += 1;
        }
        if count > MOST_ATTRIBUTES {
            return true;
        }
        last = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_are_parsed() {
        let document = parse("<p title='a > b'>Zoë &amp; <b>co</b>").unwrap();
        assert_eq!(document.select("p").text().to_string(), "Zoë & co");
    }

    #[test]
    fn hostile_pages_are_refused() {
        let reason = |html: String| parse(&html).map(|_| ()).unwrap_err();
        assert_eq!(reason("<div>".repeat(100_000)), "its elements are nested more than 512 deep");
        let fonts: String = (0..3000).map(|i| format!("<font size={i}><p>")).collect();
        assert_eq!(reason(fonts), "its elements are nested more than 512 deep");
        let attributes: String = (0..100_000).map(|i| format!(" a{i}=1")).collect();
        assert_eq!(reason(format!("<p{attributes}>")), "an element has more than 2000 attributes");
    }
}
