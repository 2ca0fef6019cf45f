//! The words that are attributed.

use std::ops::Range;

use super::Scene;
use super::candidates::Framed;

impl Scene<'_> {
    /// What is said, in token ranges: the clauses, less what attributes them.
    pub(super) fn content(&self, framed: &Framed<'_>, taken: &[Range<usize>]) -> Vec<Range<usize>> {
        if !framed.frame.host.is_empty() {
            let mut taken = taken.to_vec();
            taken.push(self.tree.under(framed.word));
            return self.clause_without(framed.heads[0], &taken);
        }
        let mut taken = taken.to_vec();
        taken.extend(self.beyond(framed));
        let mut tokens: Vec<usize> = Vec::new();
        for &head in &framed.heads {
            tokens.extend(self.tree.under(head).filter(|&token| self.tree.is_under(token, head)));
        }
        if let Some(further) = self.run_on(framed.word, tokens.iter().max().copied()) {
            tokens.extend(further);
        }
        if framed.frame.raised
            && let Some(subject) = self.tree.child(framed.word, &["nsubjpass", "nsubj"])
        {
            tokens.extend(self.tree.under(subject));
            // "The square where he was expected to speak".
            tokens.retain(|&token| self.tree.token(token).tag != "WRB" || token > framed.word);
        }
        let ranges = self.ranges(tokens, &taken).into_iter();
        ranges
            .map(|range| self.trimmed(self.within_marks(range, framed.word)))
            .filter(|range| !range.is_empty())
            .collect()
    }

    /// "She said that he had left and nobody had seen him": a clause with a subject of its own, joined to the content without a
    /// comma, goes on with it even where the tree joins it to the word that attributes.
    fn run_on(&self, word: usize, last: Option<usize>) -> Option<Range<usize>> {
        let last = last.filter(|&last| last > word)?;
        let joined =
            self.tree.children_by(word, &["conj"]).find(|&clause| self.tree.under(clause).start == last + 2)?;
        let is_joint = self.tree.dep(last + 1) == "cc";
        let has_subject = self.tree.child(joined, &["nsubj", "nsubjpass", "expl"]).is_some();
        (is_joint && has_subject).then(|| last + 1..self.tree.under(joined).end)
    }

    /// A clause less some of its words.
    pub(super) fn clause_without(&self, head: usize, taken: &[Range<usize>]) -> Vec<Range<usize>> {
        let tokens = self.tree.under(head).filter(|&token| self.tree.is_under(token, head)).collect();
        self.ranges(tokens, taken)
    }

    /// Tokens as ranges without those taken; marks between two parts join them, marks at their ends are left out.
    fn ranges(&self, mut tokens: Vec<usize>, taken: &[Range<usize>]) -> Vec<Range<usize>> {
        tokens.retain(|token| !taken.iter().any(|range| range.contains(token)));
        tokens.sort_unstable();
        tokens.dedup();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for token in tokens {
            let joins = |last: &Range<usize>| {
                (last.end..token)
                    .all(|between| self.is_mark(between) && !taken.iter().any(|range| range.contains(&between)))
            };
            match ranges.last_mut() {
                Some(last) if joins(last) => last.end = token + 1,
                _ => ranges.push(token..token + 1),
            }
        }
        let trimmed = ranges.into_iter().map(|range| self.trimmed(range));
        trimmed.filter(|range| !range.is_empty()).collect()
    }

    /// A range without the marks at its ends and a conjunction before it; quotation marks and brackets stay in pairs.
    pub(super) fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let text = self.tree.text;
        while !range.is_empty() {
            let (first, last) = (range.start, range.end - 1);
            let is_loose = |token: usize| self.is_mark(token) && !self.is_paired(token, &range);
            if is_loose(last) {
                range.end -= 1;
            } else if is_loose(first) || text.tokens()[first].dep == "cc" {
                range.start += 1;
            } else {
                break;
            }
        }
        range
    }

    pub(super) fn is_mark(&self, token: usize) -> bool {
        matches!(self.tree.token(token).pos, "PUNCT" | "SPACE") || self.is_quotation(token)
    }

    /// Whether a token is a quotation mark.
    pub(super) fn is_quotation(&self, token: usize) -> bool {
        self.tree.word(token).chars().all(is_quotation_mark)
    }

    /// Whether a mark is one of a pair that the range holds whole.
    fn is_paired(&self, token: usize, range: &Range<usize>) -> bool {
        match self.tree.word(token) {
            ")" => range.clone().any(|other| self.tree.word(other) == "("),
            "(" => range.clone().any(|other| self.tree.word(other) == ")"),
            _ if self.is_quotation(token) => range.clone().filter(|&other| self.is_quotation(other)).count() % 2 == 0,
            _ => false,
        }
    }
}

/// Whether a character opens or closes a quotation.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„' | '`')
}
