//! How far a noun phrase reaches: which of the words that the tree hangs on a noun are part of what is said of the thing.

use std::ops::Range;

use super::nature;
use super::phrase::Scene;
use crate::document::Kind;

/// What stands left of a noun inside its phrase.
const LEFT: [&str; 9] = ["det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod"];
/// What stands right of it.
const RIGHT: [&str; 8] = ["prep", "relcl", "acl", "appos", "nummod", "amod", "case", "npadvmod"];
/// What begins a clause that says more of what stands before it, without a comma.
const RELATIVES: [&str; 8] = ["who", "whom", "whose", "which", "that", "where", "when", "why"];

impl Scene<'_> {
    /// All the tokens that belong to a noun or a name, without what is joined to it.
    pub(super) fn extent(&self, head: usize) -> Range<usize> {
        let mut start = head;
        for &child in self.children(head).iter().rev().filter(|&&child| child < head) {
            if !LEFT.contains(&self.dep(child)) {
                if matches!(self.dep(child), "punct" | "case") {
                    continue;
                }
                break;
            }
            if self.dep(child) != "advmod" {
                start = start.min(self.edges(child).0);
            }
        }
        let own = self.name_at(head).map_or(head..head + 1, |(own, _)| own);
        match self.possessive(&own) {
            Some(end) => self.trimmed(start, head, end).start..end,
            None => self.trimmed(start, head, self.end(head, &own)),
        }
    }

    /// Where the phrase ends whose head or name is `own`.
    fn end(&self, head: usize, own: &Range<usize>) -> usize {
        let mut end = own.end;
        for &child in self.children(head).iter().filter(|&&child| child > head) {
            if matches!(self.dep(child), "cc" | "conj") {
                break;
            }
            if !RIGHT.contains(&self.dep(child)) || own.contains(&child) && self.edges(child).1 < own.end {
                continue;
            }
            if self.belongs(head, own, child) {
                end = end.max(self.reach(own, child));
            } else if !self.is_bracketed(child) {
                break;
            }
        }
        if end == own.end { self.with_land(own) } else { end }
    }

    /// Where what hangs on a noun ends: of a person, "of the Civic Party" holds nobody who is listed after.
    fn reach(&self, own: &Range<usize>, child: usize) -> usize {
        let is_person = self.name_at(own.start).is_some_and(|(_, entity)| self.entities[entity].kind == Kind::Person);
        let object = self.children(child).iter().copied().find(|&object| self.dep(object) == "pobj");
        match object.filter(|_| is_person && self.dep(child) == "prep") {
            Some(object) => self.extent(object).end,
            None => self.edges(child).1 + 1,
        }
    }

    /// The end of a name with the possessive ending right after it: what the tree hangs on it beyond that is not its own ("the
    /// Bank of Kenya's governor").
    fn possessive(&self, own: &Range<usize>) -> Option<usize> {
        self.name_at(own.start)?;
        let ending = self.text.tokens().get(own.end)?;
        let touches = ending.span.start == self.text.tokens()[own.end - 1].span.end;
        let word = self.text.word(own.end);
        let is_plural = matches!(word, "’" | "'") && self.text.word(own.end - 1).ends_with(['s', 'x', 'z']);
        let is_quoted = || {
            let before = self.text.sentence_of(own.start).start..own.start;
            before.into_iter().any(|token| matches!(self.text.word(token), "‘" | "'" | "`"))
        };
        (touches && (matches!(word, "'s" | "’s") || is_plural && !is_quoted())).then_some(own.end + 1)
    }

    /// Whether what hangs on a noun to the right says more of the same thing.
    fn belongs(&self, head: usize, own: &Range<usize>, child: usize) -> bool {
        let first = self.edges(child).0;
        let is_cut =
            (own.end..child).any(|token| matches!(self.text.word(token), ":" | ";")) || self.is_parted(head, child);
        if is_cut {
            return false;
        }
        let Some((_, entity)) = self.name_at(head) else { return true };
        let after_comma = own.end < first && self.text.word(first - 1) == ",";
        let is_bracket = self.is_bracketed(child);
        match self.dep(child) {
            _ if is_bracket && self.text.tokens().get(child + 1).is_some_and(|_| self.text.word(child + 1) == ":") => {
                false
            }
            "appos" => {
                let is_closed = !after_comma || self.is_closed(self.edges(child).1 + 1);
                (!self.is_figure(child) || self.is_age(child)) && is_closed && self.explains(head, child)
            }
            "npadvmod" | "nummod" => {
                after_comma && self.is_age(child) || !self.is_figure(child) && self.text.tokens()[child].pos != "NUM"
            }
            "acl" => after_comma || is_bracket,
            "amod" => after_comma,
            "relcl" => after_comma || self.subtree_has_relative(child),
            "prep" => self.entities[entity].kind != Kind::Person || self.lower(child) == "of" || after_comma,
            _ => !is_bracket,
        }
    }

    /// A number between commas after a person's name: "Jane Roe, 42, a baker".
    fn is_age(&self, token: usize) -> bool {
        let word = self.text.word(token);
        word.len() < 4 && word.parse::<u8>().is_ok()
    }

    fn subtree_has_relative(&self, clause: usize) -> bool {
        let (first, _) = self.edges(clause);
        (first..clause).any(|token| RELATIVES.contains(&self.lower(token).as_str()))
    }

    /// Whether a new paragraph begins between two tokens.
    fn is_parted(&self, one: usize, other: usize) -> bool {
        let tokens = self.text.tokens();
        let (from, to) = (tokens[one.min(other)].span.end, tokens[one.max(other)].span.start);
        self.text.content().get(from..to).is_some_and(|between| between.contains("\n\n"))
    }

    /// Whether the tree under a token stands in brackets.
    fn is_bracketed(&self, token: usize) -> bool {
        let first = self.edges(token).0;
        let opens = |token: usize| matches!(self.text.word(token), "(" | "[");
        opens(first) || first > 0 && opens(first - 1)
    }

    /// Whether an apposition that ends before a token is closed there: "Jane, her mother and her sister left" has none, but a list.
    fn is_closed(&self, end: usize) -> bool {
        end >= self.text.tokens().len()
            || matches!(self.text.tokens()[end].pos, "PUNCT" | "SPACE")
            || self.text.word(end) == "and"
    }

    /// Whether a noun or name in apposition may stand for the same thing: "Google, Sergey Brin" are two.
    pub(super) fn explains(&self, head: usize, apposed: usize) -> bool {
        let nature = |token: usize| match self.name_at(token) {
            Some((_, entity)) => nature::of_entity(&self.entities[entity], self.genders[entity], self.tag(token)),
            None => nature::of_noun(&self.text.tokens()[token].lemma.to_lowercase(), self.tag(token), self.resources),
        };
        let is_cut =
            (head..apposed).any(|token| matches!(self.text.word(token), ":" | ";")) || self.is_parted(head, apposed);
        let (one, other) = (nature(head), nature(apposed));
        // "The ferry's owner, Acme Lines".
        let is_either = self.resources.coreference.is_either(&self.text.tokens()[head].lemma.to_lowercase());
        !is_cut && (one.agrees(&other) || is_either && other.sort == nature::Sort::Organization)
    }

    /// The end of a place's name with the name after a comma of the larger place in which it lies: "Sochi, Russia".
    fn with_land(&self, own: &Range<usize>) -> usize {
        let is_place = |token: usize| {
            let named = self.name_at(token).filter(|(_, entity)| self.entities[*entity].kind == Kind::Region);
            named.map(|(tokens, _)| tokens)
        };
        let (Some(_), true) = (is_place(own.start), own.end + 1 < self.text.tokens().len()) else { return own.end };
        let Some(land) = is_place(own.end + 1).filter(|_| self.text.word(own.end) == ",") else { return own.end };
        let goes_on = land.end < self.text.tokens().len() && matches!(self.text.word(land.end), "and" | "or" | "&");
        let is_listed = self.text.top(&land).is_some_and(|top| self.dep(top) == "conj");
        if goes_on || is_listed { own.end } else { land.end }
    }

    /// Without punctuation at the ends, but with a bracket or quotation mark that closes what opened inside.
    fn trimmed(&self, mut start: usize, head: usize, mut end: usize) -> Range<usize> {
        let is_mark = |token: usize| matches!(self.text.tokens()[token].pos, "PUNCT" | "SPACE" | "SYM");
        while end > head + 1 && is_mark(end - 1) {
            end -= 1;
        }
        while start < head && matches!(self.text.tokens()[start].pos, "PUNCT" | "SPACE") {
            start += 1;
        }
        let opens = (start..end).rev().find_map(|token| match self.text.word(token) {
            "(" | "[" | "“" => Some((token, true)),
            ")" | "]" | "”" => Some((token, false)),
            _ => None,
        });
        let closes = self.text.tokens().get(end).is_some_and(|_| matches!(self.text.word(end), ")" | "]" | "”"));
        match opens.filter(|(_, opens)| *opens) {
            Some(_) if closes => start..end + 1,
            // What a bracket holds was cut: then all of it is left out.
            Some((bracket, _)) if bracket > head && self.text.word(bracket) == "(" => start..bracket,
            _ => start..end,
        }
    }
}
