//! What holds of every article, whatever was read. Used by the property tests and by the fuzz targets.

use newsgraph::article::{Article, BlockKind};
use newsgraph::source::{Format, Options, records_in};

/// Reads `bytes` as `format` (or as whatever they seem to be) and checks every article; errors are fine, panics are not.
pub(crate) fn read_and_check(bytes: &[u8], format: Option<Format>, options: &Options) {
    let options = format.map_or(options.clone(), |format| options.clone().with_format(format));
    for record in records_in(std::io::Cursor::new(bytes.to_vec()), "fuzz".into(), &options) {
        let article = record.and_then(|record| record.article(&options));
        match article {
            Ok(article) => check(&article),
            Err(error) => assert!(error.to_string().starts_with("fuzz"), "an error must name its file: {error}"),
        }
    }
}

/// Panics unless the article's text is clean and its blocks tile it.
pub(crate) fn check(article: &Article) {
    let text = &article.text;
    let mut end = 0;
    for block in &article.blocks {
        let span = block.span;
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "inside a character: {span:?}");
        assert!(span.start >= end && span.start < span.end, "out of order or empty: {span:?}");
        assert!(text[end..span.start].chars().all(char::is_whitespace), "text outside all blocks");
        let words = span.of(text);
        assert_eq!(words.trim(), words, "white space at the edge of a block");
        assert!(!words.contains("  "), "two spaces in a row: {words:?}");
        end = span.end;
    }
    assert_eq!(end, text.len(), "text after the last block");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "a control character in the text");
    assert!(article.blocks.iter().any(|block| block.kind == BlockKind::Paragraph), "no paragraph");
    let headline = article.blocks.iter().position(|block| block.kind == BlockKind::Headline);
    assert!(headline.is_none_or(|at| at == 0), "the headline must come first");
    if let Some(dateline) = article.metadata.dateline {
        assert!(!dateline.place.of(text).is_empty());
        let inside = |span| article.blocks.iter().any(|b| b.kind == BlockKind::Dateline && b.span.contains(span));
        assert!(inside(dateline.place), "a dateline's place outside its block");
    }
    assert!(article.metadata.url.as_ref().is_none_or(|url| url.fragment().is_none()));
}
