//! Titles before a name: "Press Secretary Sean Spicer", "Archbishop of Canterbury Justin Welby", "Acme's chairman, John Doe".

use std::ops::Range;

use super::organization::Organization;
use super::title::Title;
use super::{Person, Scene, Stated};

impl Scene<'_> {
    pub(super) fn title_before(&self, person: &Person) -> Vec<Stated> {
        let floor = self.text.sentence_of(person.tokens.start).start;
        let mut end = person.tokens.start;
        while end > floor && self.resources.names.is_honorific(self.word(end - 1)) {
            end -= 1;
        }
        let is_justice =
            end > floor + 1 && self.word(end - 1) == "Justice" && self.resources.names.is_honorific(self.word(end - 2));
        let further = if is_justice { self.directly_before(person, end - 2, floor) } else { Vec::new() };
        let found = if further.is_empty() { self.directly_before(person, end, floor) } else { further };
        let found = if found.is_empty() { self.of_before(person, end, floor) } else { found };
        if found.is_empty() { self.comma_before(person, end, floor) } else { found }
    }

    /// The title right before the name, of all persons of a list when it stands in the plural.
    fn directly_before(&self, person: &Person, end: usize, floor: usize) -> Vec<Stated> {
        let rule = &self.resources.titles.rules().title_before_name;
        let Some(title) = self.title_ending_at(end, floor).filter(|title| !title.never) else { return Vec::new() };
        let is_given_name = |token: usize| self.resources.names.is_given_name(self.word(token));
        if person.tokens.len() < 2 && title.parts.len() == 1 && title.start + 1 == end && is_given_name(title.start) {
            return Vec::new();
        }
        let after = self.complement(person.tokens.end);
        let organization = self.organization(&title, &after);
        let mut found = self.stated(person, &title, organization.as_ref(), rule);
        if title.organization.is_none() && organization.is_some() {
            found.iter_mut().for_each(|stated| stated.evidence.end = after.end);
        }
        if title.plural {
            for other in self.listed_after(person) {
                found.extend(self.stated(&other, &title, organization.as_ref(), rule));
            }
        }
        found
    }

    /// The persons joined to this one by commas and "and".
    fn listed_after(&self, person: &Person) -> Vec<Person> {
        let mut listed = Vec::new();
        let mut at = person.tokens.end;
        loop {
            let mut next = at;
            while matches!(self.word_beside(next, person.tokens.start), "," | "and" | "&") {
                next += 1;
            }
            match self.mention_at(next).filter(|_| next > at && self.is_person_at(next)) {
                Some((mention, tokens)) => {
                    at = tokens.end;
                    listed.push(Person { entity: mention.entity, tokens });
                }
                None => return listed,
            }
        }
    }

    /// "Archbishop of Canterbury Justin Welby": between title and name a preposition and capitalised words.
    fn of_before(&self, person: &Person, end: usize, floor: usize) -> Vec<Stated> {
        let rule = &self.resources.titles.rules().title_of_before_name;
        let is_inside = |token: &usize| {
            let word = self.word(*token);
            word.starts_with(char::is_uppercase) || matches!(word, "the" | "and" | "&")
        };
        let inside = (floor..end).rev().take(7).take_while(is_inside).last();
        let Some(preposition) = inside.and_then(|first| first.checked_sub(1)).filter(|&token| token > floor) else {
            return Vec::new();
        };
        if !matches!(self.word(preposition), "of" | "for") || self.word(end - 1) == "and" {
            return Vec::new();
        }
        self.complemented(person, preposition, floor)
            .map_or_else(Vec::new, |(title, organization)| self.stated(person, &title, organization.as_ref(), rule))
    }

    /// A title that ends at `preposition`, with its complement.
    fn complemented(&self, person: &Person, preposition: usize, floor: usize) -> Option<(Title, Option<Organization>)> {
        let title = self.title_ending_at(preposition, floor).filter(|title| !title.never && !title.plural)?;
        let complement = self.complement(preposition);
        if complement.end > person.tokens.start {
            return None;
        }
        let organization = self.organization(&title, &complement);
        Some((self.with_field(title, &complement), organization))
    }

    /// "Acme's chairman, John Doe,": a definite title, and the name set off by commas.
    fn comma_before(&self, person: &Person, end: usize, floor: usize) -> Vec<Stated> {
        let rule = &self.resources.titles.rules().title_comma_name;
        if end < floor + 2 || self.word(end - 1) != "," || !self.is_set_off(person) {
            return Vec::new();
        }
        let comma = end - 1;
        let stated = |title: Title, organization: Option<Organization>| {
            let listed = self.follows_name(&title, floor) || organization.is_none() && self.begins_list(person);
            if !title.definite || title.plural || listed {
                return Vec::new();
            }
            self.stated(person, &title, organization.as_ref(), rule)
        };
        if let Some(title) = self.title_ending_at(comma, floor).filter(|title| !title.never) {
            let organization = self.organization(&title, &self.complement(comma));
            return stated(title, organization);
        }
        let prepositions = (floor + 1..comma).rev().take_while(|&token| self.is_plain(token..comma));
        let mut found = prepositions
            .filter(|&token| matches!(self.word(token), "of" | "for" | "at"))
            .filter_map(|token| self.complemented(person, token, floor));
        found.next().map_or_else(Vec::new, |(title, organization)| stated(title, organization))
    }

    /// "Jane Roe, chairman of Acme, John Doe": the title is that of the name before it.
    fn follows_name(&self, title: &Title, floor: usize) -> bool {
        title.start > floor + 1 && self.word(title.start - 1) == "," && self.is_person_at(title.start - 2)
    }

    /// Whether a name ends at a comma or the end of its sentence, or is in apposition.
    fn is_set_off(&self, person: &Person) -> bool {
        let Range { start, end } = person.tokens.clone();
        let after = self.word_beside(end, start);
        let head =
            (start..end).find(|&token| !person.tokens.contains(&self.text.tokens()[token].head)).unwrap_or(start);
        let dep = self.text.tokens()[head].dep;
        let closed = matches!(after, "" | "," | "." | ";" | ")" | "—" | "–" | "”" | "\"");
        closed || dep == "appos"
    }

    /// "…, Jane Roe, and": then a title before may be another's.
    fn begins_list(&self, person: &Person) -> bool {
        let Range { start, end } = person.tokens.clone();
        if self.text.tokens()[end - 1].dep == "conj" {
            return true;
        }
        let is_verb = || matches!(self.tag(end + 2), "VBD" | "VBZ" | "VBP" | "MD");
        self.word_beside(end, start) == ","
            && self.word_beside(end + 1, start) == "and"
            && (self.word_beside(end + 2, start).is_empty() || !is_verb())
    }
}
