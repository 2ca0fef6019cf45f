//! Which phrases say where, and how far a phrase reaches.

use super::Scene;
use crate::document::Kind;
use crate::span::Span;

impl Scene<'_> {
    /// Whether a noun after a preposition says where.
    pub(super) fn is_place_after(&self, preposition: &str, noun: usize) -> bool {
        let is_where = matches!(
            preposition,
            "in" | "at"
                | "on"
                | "near"
                | "outside"
                | "inside"
                | "around"
                | "throughout"
                | "across"
                | "within"
                | "along"
                | "off"
                | "over"
                | "above"
                | "under"
        );
        let is_way = matches!(preposition, "to" | "into" | "from" | "through" | "toward" | "towards");
        match self.kind(noun) {
            Some(Kind::Region | Kind::Place | Kind::Facility) => is_where || is_way,
            _ => is_where && self.resources.events.is_place(&self.lemma(noun).to_lowercase()),
        }
    }

    /// The whole phrase that a noun heads, without what is joined to it and without a clause set off by a comma.
    pub(super) fn phrase(&self, head: usize) -> Span {
        let all = self.text.tokens();
        let (mut start, mut end) = (head, head);
        for child in self.text.children(head) {
            let is_apart = matches!(all[child].dep, "conj" | "cc" | "punct" | "preconj" | "case")
                || all[child].dep == "prep" && child < head;
            let is_place = all[child].dep == "prep" && self.is_anybody(head) && self.is_where(child);
            if is_apart
                || is_place
                || matches!(all[child].dep, "relcl" | "advcl" | "appos" | "acl") && self.is_set_off(child, head)
            {
                continue;
            }
            let tree = self.text.subtree(child);
            start = start.min(tree.start);
            end = end.max(tree.end - 1);
        }
        self.text.span(start..end + 1)
    }

    /// Whether a noun stands for people of whom nothing more is said ("police"), or for a person by name.
    pub(super) fn is_anybody(&self, noun: usize) -> bool {
        let is_bare = self.text.children_by(noun, &["det", "amod", "poss"]).next().is_none();
        match self.entity_of[noun] {
            Some(_) => self.kind(noun) == Some(Kind::Person),
            None => is_bare,
        }
    }

    fn is_set_off(&self, child: usize, head: usize) -> bool {
        let first = self.text.subtree(child).start;
        first > head && self.text.word(first - 1) == ","
    }
}
