//! Running text from tokens, by the usual rules of English.

use crate::span::Span;

/// Tokens before which there is no space.
const CLOSING: [&str; 23] = [
    ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "...", "''", "’", "'", "n't", "n’t", "'s", "'re", "'ve", "'ll",
    "'m", "'d", "”",
];

/// Tokens after which there is no space.
const OPENING: [&str; 10] = ["(", "[", "{", "$", "£", "€", "``", "“", "‘", "#"];

/// What the Penn Treebank writes for brackets and quotation marks.
const ESCAPED: [(&str, &str); 8] = [
    ("``", "\""),
    ("''", "\""),
    ("-LRB-", "("),
    ("-RRB-", ")"),
    ("-LSB-", "["),
    ("-RSB-", "]"),
    ("-LCB-", "{"),
    ("-RCB-", "}"),
];

/// The text that was probably cut into these tokens, and the place of each in it.
pub(super) fn detokenise(tokens: &[&str]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(tokens.len());
    let (mut glued, mut in_quotes) = (true, false);
    for (i, &token) in tokens.iter().enumerate() {
        let shown = ESCAPED.iter().find(|(escaped, _)| *escaped == token).map_or(token, |(_, shown)| *shown);
        let (closes, opens) = match token {
            "\"" => {
                in_quotes = !in_quotes;
                (!in_quotes, in_quotes)
            }
            _ => (
                CLOSING.contains(&token) || is_ending(token) || closes(shown),
                OPENING.contains(&token) || opens(shown),
            ),
        };
        let joins = is_joining(tokens, i);
        if !(glued || closes || joins) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(shown);
        spans.push(Span::new(start, text.len()));
        glued = opens || joins;
    }
    (text, spans)
}

fn closes(shown: &str) -> bool {
    matches!(shown, ")" | "]" | "}")
}

fn opens(shown: &str) -> bool {
    matches!(shown, "(" | "[" | "{")
}

/// A possessive or a contracted verb with a curly apostrophe.
fn is_ending(token: &str) -> bool {
    token.strip_prefix('’').is_some_and(|rest| matches!(rest, "s" | "re" | "ve" | "ll" | "m" | "d"))
}

/// A hyphen or slash between two words ("Franco - German", "and / or").
fn is_joining(tokens: &[&str], at: usize) -> bool {
    let is_word = |token: Option<&&str>| token.is_some_and(|token| token.chars().all(char::is_alphanumeric));
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    matches!(tokens[at], "-" | "/") && is_word(before) && is_word(tokens.get(at + 1))
}

/// The places of tokens in the text that they were cut from; none when it is another text.
pub(super) fn align(text: &str, tokens: &[&str]) -> Option<Vec<Span>> {
    let mut spans = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for token in tokens {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        if !text[start..].starts_with(token) {
            return None;
        }
        at = start + token.len();
        spans.push(Span::new(start, at));
    }
    Some(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_the_text_they_came_from() {
        for (tokens, text) in [
            ("Okafor 's plan does n't work , he said .", "Okafor's plan doesn't work, he said."),
            ("`` Yes , '' said Ms. Roe -LRB- 41 -RRB- .", "\"Yes,\" said Ms. Roe (41)."),
            ("\" No , \" they said : $ 5 - 10 %", "\"No,\" they said: $5-10%"),
            ("The Franco - German plan – a bold one", "The Franco-German plan – a bold one"),
            ("It ’s “ fine ”", "It’s “fine”"),
        ] {
            let tokens: Vec<&str> = tokens.split(' ').collect();
            let (made, spans) = detokenise(&tokens);
            assert_eq!(made, text);
            assert_eq!(spans.len(), tokens.len());
            assert_eq!(spans.last().unwrap().end, text.len());
        }
    }

    #[test]
    fn tokens_are_found_in_their_text_or_not_at_all() {
        let spans = align("Zoë  isn't in.", &["Zoë", "is", "n't", "in", "."]).unwrap();
        assert_eq!(spans[2], Span::new(8, 11));
        assert_eq!(align("Zoë isn't in.", &["Zoe", "is"]), None);
    }
}
