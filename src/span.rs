//! Where something stands in a text.

use std::ops::Range;

/// A half-open byte range of an article's clean text, always on character boundaries.
///
/// Spans are bytes inside the program; [`CodePoints`] turns them into the Unicode code points that RDF speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The words it stands on.
    ///
    /// # Panics
    /// When the span was made for another text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Turns byte offsets of one text into offsets in Unicode code points, each in constant time.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each multiple of [`STRIDE`] bytes; empty for ASCII, where both counts agree.
    before: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'a> CodePoints<'a> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for (i, byte) in text.bytes().enumerate() {
                if i % STRIDE == 0 {
                    before.push(count);
                }
                count += usize::from(!is_continuation(byte));
            }
            before.push(count);
        }
        Self { text, before }
    }

    /// The number of code points before the byte at `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        if self.before.is_empty() {
            return offset;
        }
        let block = offset / STRIDE;
        let Some(&known) = self.before.get(block) else { return self.before.last().copied().unwrap_or(offset) };
        let rest = &self.text.as_bytes()[block * STRIDE..offset];
        known + rest.iter().filter(|b| !is_continuation(**b)).count()
    }

    /// A span's first code point and one past its last.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        self.at(span.start)..self.at(span.end)
    }

    /// The number of code points of the whole text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.at(self.text.len())
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "Zoë met 李雷 🎉 in Łódź, ".repeat(9);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(offset), count);
        }
        assert_eq!(points.len(), text.chars().count());
    }

    #[test]
    fn code_points_of_ascii_are_its_bytes() {
        let points = CodePoints::new("Geneva");
        assert_eq!(points.range(Span::new(1, 6)), 1..6);
    }
}
