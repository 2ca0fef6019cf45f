//! Titles after a name: "Jane Roe, chief executive of Acme,", "Ivan Petrov (54), an engineer".

use super::title::Title;
use super::{Person, Scene, Stated};

/// How many tokens after the comma a title may end.
const REACH: usize = 14;

impl Scene<'_> {
    pub(super) fn title_after(&self, person: &Person) -> Vec<Stated> {
        let Some(mut start) = self.apposition_start(person) else { return Vec::new() };
        let mut found = Vec::new();
        while let Some((title, end)) = self.title_from(start, person) {
            let complement = self.complement(title.end());
            let organization = self.organization(&title, &complement);
            let title = self.with_field(title, &complement);
            let rule = &self.resources.titles.rules().name_comma_title;
            let mut stated = self.stated(person, &title, organization.as_ref(), rule);
            stated.iter_mut().for_each(|stated| stated.evidence.end = end);
            found.extend(stated);
            let joint = self.word_beside(end, person.tokens.start);
            let skip = if joint == "," && self.word_beside(end + 1, person.tokens.start) == "and" { 2 } else { 1 };
            if !matches!(joint, "and" | ",") || joint == "," && skip == 1 {
                break;
            }
            start = end + skip;
        }
        found
    }

    /// Where what follows the comma after a name begins, past an age.
    fn apposition_start(&self, person: &Person) -> Option<usize> {
        let near = person.tokens.start;
        let mut at = person.tokens.end;
        if !matches!(self.word_beside(at, near), "," | "(" | "—" | "–") {
            return None;
        }
        at += 1;
        let is_age = |token: usize| self.word_beside(token, near).chars().all(|c| c.is_ascii_digit());
        if !self.word_beside(at, near).is_empty() && is_age(at) {
            at += 1;
            while matches!(self.word_beside(at, near), "," | ")") {
                at += 1;
            }
        }
        while matches!(self.word_beside(at, near), "now" | "currently" | "also" | "then" | "once") {
            at += 1;
        }
        // In brackets, capitals begin the title of a work: "Elia Kazan (The Last Tycoon)".
        let first = self.word_beside(at, near);
        let is_work = self.word(person.tokens.end) == "(" && first.starts_with(char::is_uppercase);
        (!first.is_empty() && !is_work).then_some(at)
    }

    /// The longest title that begins at `start`, and where it ends with its complement.
    fn title_from(&self, start: usize, person: &Person) -> Option<(Title, usize)> {
        let sentence = self.text.sentence_of(person.tokens.start);
        let last = sentence.end.min(start + REACH);
        let mut ends = (start + 1..=last).rev().filter(|&end| self.word(end - 1) != "and");
        let title = ends.find_map(|end| {
            let title = self.title_ending_at(end, start)?;
            (title.start == start && self.ends_noun_phrase(end)).then_some(title)
        })?;
        let once = start > 0 && matches!(self.word(start - 1), "then" | "once");
        let tenure = if once { Some(crate::document::Tenure::Former) } else { title.tenure };
        let title = Title { tenure, ..title };
        let complement = self.complement(title.end());
        let end = complement.end.max(title.end());
        let names_next = [end, title.end()].into_iter().any(|end| self.is_person_at(self.past_bracket(end)));
        let held = !title.never && !title.plural && !names_next && self.closes(end, person);
        held.then_some((title, end))
    }

    /// One past what stands in brackets at a token: "chief minister (CM)".
    fn past_bracket(&self, token: usize) -> usize {
        let is_open = self.word_beside(token, token.saturating_sub(1)) == "(";
        let close = (token..token + 4).find(|&close| is_open && self.word_beside(close, token) == ")");
        close.map_or(token, |close| close + 1)
    }

    /// Whether no further noun follows ("director" of "director position").
    fn ends_noun_phrase(&self, end: usize) -> bool {
        let next = self.word_beside(end, end - 1);
        next.is_empty()
            || !(self.tag(end).starts_with("NN") || matches!(self.tag(end), "HYPH" | "POS"))
            || self.is_person_at(end)
    }

    /// Whether no verb follows whose subject would be the title itself ("With Jane Roe, the president spoke").
    fn closes(&self, end: usize, person: &Person) -> bool {
        let next = self.word_beside(end, person.tokens.start);
        if next.is_empty() {
            return true;
        }
        let is_verb = matches!(self.tag(end), "VBD" | "VBZ" | "VBP" | "MD" | "RB");
        let apposed = (person.tokens.end..end).any(|token| {
            self.text.tokens()[token].dep == "appos" && person.tokens.contains(&self.text.tokens()[token].head)
        });
        !is_verb || apposed && self.word(person.tokens.end) == "("
    }
}
