//! What is cleaned from the characters of a text, and nothing else is.
//!
//! Runs of white space (no-break and thin spaces, tabs, too) become one space. Characters that print nothing go: control
//! characters, soft hyphens, byte order marks, zero-width spaces and marks of writing direction. Zero-width joiners stay
//! where they join (emoji, scripts that need them) and go between ASCII letters. Letters, quotation marks and dashes stay
//! as they are; the text is not normalised.

/// `text` on one line, clean.
pub(super) fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut space = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_whitespace() || is_line_end(c) {
            space = true;
        } else if !is_unprinted(c) && (!is_joiner(c) || joins(&clean, characters.peek())) {
            if space && !clean.is_empty() {
                clean.push(' ');
            }
            space = false;
            clean.push(c);
        }
    }
    clean
}

/// The lines of `text`, clean, the empty ones among them; any of the line ends of Unicode and form feeds end a line.
/// The number is that of the characters of white space before the line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (String, usize)> {
    let text = text.replace("\r\n", "\n");
    let indent = |raw: &str| raw.chars().take_while(|c| c.is_whitespace()).count();
    text.split(is_line_end).map(|raw| (line(raw), indent(raw))).collect::<Vec<_>>().into_iter()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_unprinted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn joins(before: &str, after: Option<&char>) -> bool {
    let joinable = |c: char| !c.is_ascii() && !c.is_whitespace() && !is_unprinted(c);
    before.chars().next_back().is_some_and(joinable) && after.copied().is_some_and(joinable)
}

#[cfg(test)]
mod tests {
    #[test]
    fn white_space_is_one_space_and_unprinted_characters_go() {
        for (raw, clean) in [
            ("\u{feff} The\u{a0}mayor\tsaid\u{200b}. ", "The mayor said."),
            ("gov\u{ad}ern\u{ad}ment", "government"),
            ("bad\u{0}\u{7}bell", "badbell"),
            ("re\u{200d}ad", "read"),
            ("“Zoë’s” [sic] — 5\u{202f}km", "“Zoë’s” [sic] — 5 km"),
            ("👩\u{200d}🚒 left", "👩\u{200d}🚒 left"),
            ("a\u{200b} \u{200b}b", "a b"),
            ("e\u{301}", "e\u{301}"),
        ] {
            assert_eq!(super::line(raw), clean);
        }
    }

    #[test]
    fn every_line_end_ends_a_line() {
        let lines: Vec<_> = super::lines("a\r\nb\rc\u{c} d\u{2028}\n e").collect();
        let expected = [("a", 0), ("b", 0), ("c", 0), ("d", 1), ("", 0), ("e", 1)];
        assert_eq!(lines, expected.map(|(text, indent)| (text.to_owned(), indent)));
    }
}
