//! Finds what stands between quotation marks, in curly, straight, double and single ones.

use crate::span::Span;

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The words, marks left out.
    pub(super) inner: Span,
    /// The same with the marks.
    pub(super) outer: Span,
    /// Whether it closes, or goes on in the next paragraph.
    pub(super) closed: bool,
}

/// The outermost quotations of a paragraph that begins at `offset` of its text, in order.
///
/// One that never closes is kept when the next paragraph opens with a mark again; otherwise its mark means nothing.
pub(super) fn quotations(paragraph: &str, offset: usize, next_opens: bool) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((open, width, family)) = next_opening(paragraph, at) {
        let from = open + width;
        if let Some((close, close_width)) = closing(paragraph, from, family) {
            found.push(Marked {
                inner: Span::new(from, close).shifted(offset),
                outer: Span::new(open, close + close_width).shifted(offset),
                closed: true,
            });
            at = close + close_width;
        } else if next_opens && matches!(family, Family::Curly | Family::Straight | Family::Single) {
            let end = paragraph.trim_end().len().max(from);
            let inner = Span::new(from, end).shifted(offset);
            found.push(Marked { inner, outer: Span::new(open, end).shifted(offset), closed: false });
            at = end;
        } else {
            at = from;
        }
    }
    found.retain(|marked| !marked.inner.is_empty());
    found
}

/// Whether a paragraph begins with an opening mark.
pub(super) fn opens(paragraph: &str) -> bool {
    let trimmed = paragraph.trim_start();
    next_opening(trimmed, 0).is_some_and(|(at, _, _)| at == 0)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// “ and ”; also „ and «.
    Curly,
    /// The double mark of a typewriter.
    Straight,
    /// ‘ and ’.
    Single,
    /// The apostrophe of a typewriter.
    Apostrophe,
}

/// The next opening mark: where it stands, its width in bytes, and its family.
fn next_opening(paragraph: &str, from: usize) -> Option<(usize, usize, Family)> {
    for (i, c) in paragraph[from..].char_indices() {
        let at = from + i;
        let (before, after) = (paragraph[..at].chars().next_back(), paragraph[at + c.len_utf8()..].chars().next());
        let family = match c {
            '“' | '„' | '«' => Family::Curly,
            '"' if is_opening_place(before, after) => Family::Straight,
            '‘' if after.is_some_and(char::is_alphanumeric) || after == Some('…') => Family::Single,
            '\'' if is_opening_place(before, after) && !is_clipped(&paragraph[at + 1..]) => Family::Apostrophe,
            _ => continue,
        };
        return Some((at, c.len_utf8(), family));
    }
    None
}

/// A straight mark opens after white space, a bracket or a dash, and before a word.
fn is_opening_place(before: Option<char>, after: Option<char>) -> bool {
    let free =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '“' | '‘' | ':' | '/'));
    free && after.is_some_and(|c| !c.is_whitespace())
}

/// Whether what follows an apostrophe is a word clipped at its front ("'em", "'90s") or no word at all.
fn is_clipped(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    matches!(word.as_str(), "" | "em" | "tis" | "twas" | "til" | "cause" | "n" | "round" | "bout")
}

/// Where a quotation opened before `from` closes, and how wide the closing mark is.
fn closing(paragraph: &str, from: usize, family: Family) -> Option<(usize, usize)> {
    match family {
        Family::Curly => closing_curly(paragraph, from),
        Family::Straight => closing_straight(paragraph, from),
        Family::Single => closing_single(paragraph, from, '’'),
        Family::Apostrophe => closing_single(paragraph, from, '\''),
    }
}

fn closing_curly(paragraph: &str, from: usize) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (i, c) in paragraph[from..].char_indices() {
        match c {
            '“' | '„' | '«' => depth += 1,
            '”' | '»' if depth == 0 => return Some((from + i, c.len_utf8())),
            // Mixed marks: a straight one closes when no curly one does.
            '"' if depth == 0 && !paragraph[from..].contains('”') => return Some((from + i, 1)),
            '”' | '»' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The next straight double mark after a word, except one of inches (`6'2"`) before the real one.
fn closing_straight(paragraph: &str, from: usize) -> Option<(usize, usize)> {
    let mut marks =
        paragraph[from..].char_indices().filter(|(_, c)| matches!(c, '"' | '”')).map(|(i, c)| (from + i, c));
    let first = marks.next()?;
    let rest = &paragraph[first.0 + first.1.len_utf8()..];
    let of_inches = paragraph[..first.0].ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(' ');
    let is_odd = !rest.matches('"').count().is_multiple_of(2);
    let chosen = if of_inches && is_odd { marks.next().unwrap_or(first) } else { first };
    Some((chosen.0, chosen.1.len_utf8()))
}

/// The next single mark that is no apostrophe. One after punctuation closes for sure; one after a plural ("the workers’
/// rights") only when no other does before the next opening.
fn closing_single(paragraph: &str, from: usize, mark: char) -> Option<(usize, usize)> {
    let mut doubtful = None;
    for (i, c) in paragraph[from..].char_indices() {
        let at = from + i;
        if c == '‘' && i > 0 {
            break;
        }
        if c != mark {
            continue;
        }
        let (before, after) = (paragraph[..at].chars().next_back(), paragraph[at + c.len_utf8()..].chars().next());
        if after.is_some_and(char::is_alphanumeric) || before.is_some_and(char::is_whitespace) {
            continue;
        }
        let ends_plural = before == Some('s') && after == Some(' ') && is_lower(&paragraph[at + c.len_utf8()..]);
        if !ends_plural {
            return Some((at, c.len_utf8()));
        }
        doubtful = doubtful.or(Some((at, c.len_utf8())));
    }
    doubtful
}

fn is_lower(rest: &str) -> bool {
    rest.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(paragraph: &str) -> Vec<&str> {
        quotations(paragraph, 0, false).iter().map(|marked| marked.inner.of(paragraph)).collect()
    }

    #[test]
    fn quotation_marks_of_all_kinds_pair() {
        for (paragraph, expected) in [
            ("“Yes,” she said, “of course.”", vec!["Yes,", "of course."]),
            ("\"Yes,\" she said. \"Of course.\"", vec!["Yes,", "Of course."]),
            ("‘It’s ours,’ he said.", vec!["It’s ours,"]),
            ("'It's the workers' union,' he said.", vec!["It's the workers' union,"]),
            ("“He told me ‘no’ twice,” she said.", vec!["He told me ‘no’ twice,"]),
            ("\"He told me 'no' twice,\" she said.", vec!["He told me 'no' twice,"]),
            ("\"He is 6'2\" tall,\" she said.", vec!["He is 6'2\" tall,"]),
            ("A so-called ‘expert’ spoke.", vec!["expert"]),
            ("The 6'2\" striker scored.", vec![]),
            ("The workers' union and the '90s band didn't play rock 'n' roll.", vec![]),
            ("The ministers’ cars weren’t there.", vec![]),
            ("He said: “It never closes.", vec![]),
            ("“Outer “inner” outer,” he said.", vec!["Outer “inner” outer,"]),
        ] {
            assert_eq!(inner(paragraph), expected, "{paragraph}");
        }
    }

    #[test]
    fn a_quotation_that_goes_on_in_the_next_paragraph_ends_with_its_own() {
        let found = quotations("She said: “We wait. ", 10, true);
        assert_eq!(found, [Marked { inner: Span::new(23, 31), outer: Span::new(20, 31), closed: false }]);
    }
}
