//! A regular expression with assertions, and a plain one that tells quickly where it cannot match.

use std::ops::Range;

use fancy_regex::RegexBuilder;

/// Steps back that an expression may take on one word before it counts as not matching.
const PATIENCE: usize = 100_000;

/// An expression in Python's syntax, with lookahead and lookbehind.
pub(super) struct Expression {
    exact: fancy_regex::Regex,
    /// The same without its assertions, so it matches wherever the exact one does, and more. None where it cannot be made.
    outline: Option<regex::Regex>,
}

impl Expression {
    pub(super) fn new(expression: &str) -> Result<Self, String> {
        let exact = RegexBuilder::new(expression).backtrack_limit(PATIENCE).build();
        let exact = exact.map_err(|reason| format!("the expression `{expression}`: {reason}"))?;
        Ok(Self { exact, outline: None })
    }

    /// The same expression, made faster where it seldom matches.
    pub(super) fn with_outline(self) -> Self {
        let outline = regex::Regex::new(&without_assertions(self.exact.as_str()));
        Self { outline: outline.ok(), ..self }
    }

    /// The first match in a word; an expression that costs too much matches nowhere.
    pub(super) fn find(&self, word: &str) -> Option<Range<usize>> {
        self.find_from(word, 0)
    }

    /// All matches in a word, from left to right.
    pub(super) fn find_all<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = self.find_from(word, at)?;
            // An empty match must not be found again.
            let step = word[found.end..].chars().next().map_or(1, char::len_utf8);
            at = if found.is_empty() { found.end + step } else { found.end };
            Some(found)
        })
    }

    fn find_from(&self, word: &str, at: usize) -> Option<Range<usize>> {
        if at > word.len() {
            return None;
        }
        let from = match &self.outline {
            Some(outline) => outline.find_at(word, at)?.start(),
            None => at,
        };
        self.exact.find_from_pos(word, from).ok().flatten().map(|found| found.range())
    }

    /// Whether the expression matches from the start of a word.
    pub(super) fn starts(&self, word: &str) -> bool {
        self.exact.find(word).ok().flatten().is_some_and(|found| found.start() == 0)
    }
}

/// The last character boundary at or before a byte.
pub(super) fn char_boundary(word: &str, byte: usize) -> usize {
    (0..=byte.min(word.len())).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0)
}

/// An expression with its lookaheads and lookbehinds left out.
fn without_assertions(expression: &str) -> String {
    let mut kept = String::with_capacity(expression.len());
    let mut depth = 0;
    let mut skipping = None;
    let mut in_class = false;
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        let opens = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|assertion| rest.starts_with(assertion));
        let taken = if c == '\\' { rest.chars().take(2).map(char::len_utf8).sum() } else { c.len_utf8() };
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                if opens && skipping.is_none() {
                    skipping = Some(depth);
                }
                depth += 1;
            }
            _ => {}
        }
        if skipping.is_none() {
            kept.push_str(&rest[..taken]);
        }
        if c == ')' && !in_class {
            depth -= 1;
            if skipping == Some(depth) {
                skipping = None;
            }
        }
        rest = &rest[taken..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assertions_are_left_out_and_all_else_is_kept() {
        assert_eq!(without_assertions(r"(?<=[0-9])(?:km|m)$|^\+(?![0-9])"), r"(?:km|m)$|^\+");
        assert_eq!(without_assertions(r"(?<=[(a-z)])\.(?=(?:b|(c)))x"), r"\.x");
        assert_eq!(without_assertions(r"\(?=[(?=]"), r"\(?=[(?=]");
    }

    #[test]
    fn assertions_see_what_stands_before_a_match() {
        let units = Expression::new(r"(?<=[0-9])km$").unwrap().with_outline();
        assert_eq!(units.find(&format!("{}12km", "ab".repeat(50))), Some(102..104));
        assert_eq!(units.find("pkm"), None);
    }

    #[test]
    fn an_expression_that_costs_too_much_matches_nowhere() {
        let costly = Expression::new(r"(?=a)(a|aa)+b$").unwrap();
        assert_eq!(costly.find(&format!("{}cb", "a".repeat(1000))), None);
    }
}
