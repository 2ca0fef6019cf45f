//! Finds the paragraphs of plain text, whether it has blank lines, one line a paragraph, or lines wrapped at a width.
//!
//! A program that wraps text fills each line: the first word of the next would not have fitted. That test tells wrapped
//! lines from lines that are paragraphs, and tells where a paragraph ends in wrapped text without blank lines.

use super::clean;

/// The widest line, in characters, that is taken as wrapped.
const WIDEST_WRAP: usize = 132;
/// The narrowest: shorter lines are lists, verses or titles.
const NARROWEST_WRAP: usize = 30;
/// The share of filled lines from which a text counts as wrapped.
const FILLED: f64 = 0.6;

struct Line {
    text: String,
    length: usize,
    indented: bool,
}

/// The paragraphs of `text`, clean, in order, none empty.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let groups = groups(text);
    let width = groups.iter().flatten().map(|line| line.length).max().unwrap_or(0);
    let pairs: Vec<(&Line, &Line)> = groups.iter().flat_map(|group| group.iter().zip(group.iter().skip(1))).collect();
    let filled = pairs.iter().filter(|(line, next)| fills(line, next, width)).count();
    let wrapped = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width)
        && !pairs.is_empty()
        && filled as f64 >= FILLED * pairs.len() as f64;
    let mut paragraphs = Vec::new();
    for group in &groups {
        let mut open = String::new();
        for (i, line) in group.iter().enumerate() {
            join(&mut open, &line.text, text);
            let goes_on = group.get(i + 1).is_some_and(|next| wrapped && !ends(line, next, width));
            if !goes_on {
                paragraphs.push(std::mem::take(&mut open));
            }
        }
    }
    paragraphs
}

/// Lines that no blank line sets apart.
fn groups(text: &str) -> Vec<Vec<Line>> {
    let mut groups = vec![Vec::new()];
    for (text, indented) in clean::lines(text) {
        if text.is_empty() {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(Line { length: text.chars().count(), text, indented });
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn fills(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.text.split(' ').next().unwrap_or_default();
    line.length + 1 + word.chars().count() > width
}

/// Whether a paragraph of wrapped text ends with `line`.
fn ends(line: &Line, next: &Line, width: usize) -> bool {
    let starts_item = next.text.starts_with(['•', '*', '▪', '◦']) || next.text.starts_with("- ");
    if starts_item || (next.indented && !line.indented) {
        return true;
    }
    // Ragged edges are common where people wrapped by hand: a line that is just short enough proves nothing by itself.
    let short = line.length * 10 < width * 7;
    !fills(line, next, width) && (short || ends_sentence(&line.text)) && !next.text.starts_with(char::is_lowercase)
}

/// Whether `text` ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…'])
}

/// Puts a line behind an open paragraph. A word divided at the line's end is mended where the text has it whole elsewhere.
fn join(open: &mut String, line: &str, text: &str) {
    if open.is_empty() {
        open.push_str(line);
        return;
    }
    let divided = open.ends_with('-') && open.trim_end_matches('-').ends_with(char::is_alphabetic);
    if !divided || !line.starts_with(char::is_alphabetic) {
        open.push(' ');
    } else if is_one_word(open, line, text) {
        open.pop();
    }
    open.push_str(line);
}

fn is_one_word(open: &str, line: &str, text: &str) -> bool {
    let letters = |c: char| !c.is_alphabetic();
    let head = open.trim_end_matches('-').rsplit(letters).next().unwrap_or_default();
    let tail = line.split(letters).next().unwrap_or_default();
    let whole = format!("{head}{tail}");
    text.match_indices(&whole).any(|(at, found)| {
        let bounded = |c: Option<char>| c.is_none_or(letters);
        bounded(text[..at].chars().next_back()) && bounded(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn blank_lines_set_paragraphs_apart() {
        assert_eq!(paragraphs("One here.\n\n\n  Two here.\r\n\r\nThree."), ["One here.", "Two here.", "Three."]);
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let one = "The council met on Monday. ".repeat(8);
        let two = "The vote was put off until June. ".repeat(7);
        assert_eq!(paragraphs(&format!("{one}\n{two}")), [one.trim(), two.trim()]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_lines_end_paragraphs() {
        let text = "The harbour authority said on Monday that it would close\n\
                    two of its five piers for repairs.\n\
                    The closure will affect about 4,000 commuters a day,\n\
                    according to the ferry operator.";
        assert_eq!(
            paragraphs(text),
            [
                "The harbour authority said on Monday that it would close two of its five piers for repairs.",
                "The closure will affect about 4,000 commuters a day, according to the ferry operator.",
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_joined_between_blank_lines_and_indents() {
        let text = "Piers close\n\nThe harbour authority said on Monday that it would close\ntwo of its five piers for repairs after inspectors found\ncracks.\n   A second paragraph is marked by nothing but an indent of\nthree spaces, and it runs over three lines of the text as\nit stands here.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(found[0], "Piers close");
        assert!(found[1].ends_with("inspectors found cracks."));
        assert!(found[2].starts_with("A second paragraph"));
    }

    #[test]
    fn short_lines_that_are_paragraphs_stay_apart() {
        let text = "Piers close\nBy Jane Roe\nTwo piers of the port will close on Monday, the authority said in a short statement.\nIt gave no reason.\nThe mayor was not told.";
        assert_eq!(paragraphs(text).len(), 5);
    }

    #[test]
    fn a_divided_word_is_mended_where_the_text_has_it_whole() {
        let text = "The government of the island said on Monday that the govern-\n\
                    ment would not pay for the many repairs that are due in long-\n\
                    term plans of the piers that were found to be cracked.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("that the government would not pay"), "{}", found[0]);
        assert!(found[0].contains("due in long-term plans"), "{}", found[0]);
    }
}
