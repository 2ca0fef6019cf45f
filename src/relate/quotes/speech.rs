//! Tells speech from titles of works and from words held at arm's length.

use super::Scene;
use super::marks::Marked;
use crate::document::Kind;
use crate::span::Span;

impl Scene<'_> {
    /// Whether a quotation holds a clause of its own that ends like a sentence: speech even if nobody is named.
    pub(super) fn is_sentence(&self, marked: Marked) -> bool {
        let inner = marked.inner.of(self.text.content()).trim_end();
        let ends = inner.ends_with(['.', '!', '?', ',', '…']) || !marked.closed;
        let tokens = self.text.tokens_in(marked.inner);
        let is_finite = |token: usize| matches!(self.text.tokens()[token].tag, "VBD" | "VBZ" | "VBP" | "MD");
        let has_subject = tokens.clone().any(|token| self.dep(token).starts_with("nsubj") || self.dep(token) == "expl");
        let clause = has_subject && tokens.clone().any(is_finite) && inner.split_whitespace().count() > 3;
        ends && clause && self.begins_sentence(marked) && !self.is_title(marked)
    }

    /// Whether a quotation begins where a sentence does.
    pub(super) fn begins_sentence(&self, marked: Marked) -> bool {
        let before = self.text.content()[..marked.outer.start].trim_end();
        let free = before.is_empty()
            || before.ends_with(['.', '!', '?', ':', '"', '”', '’', '—', '–'])
            || self.text.content()[..marked.outer.start].ends_with("\n\n");
        free && self.first_letter(marked).is_some_and(char::is_uppercase)
    }

    fn first_letter(&self, marked: Marked) -> Option<char> {
        marked.inner.of(self.text.content()).chars().find(|c| c.is_alphanumeric())
    }

    /// Whether a quotation is the title of a work or a name given to something.
    pub(super) fn is_title(&self, marked: Marked) -> bool {
        let inner = marked.inner.of(self.text.content());
        self.follows_work(marked) || self.is_work_mention(marked) || is_in_title_case(inner)
    }

    /// "the film “…”", "entitled “…”".
    fn follows_work(&self, marked: Marked) -> bool {
        let first = self.text.tokens_in(marked.outer).start;
        let sayings = &self.resources.sayings;
        let before = (0..first).rev().find(|&token| !matches!(self.word(token), "," | "the" | "as"));
        before.is_some_and(|token| {
            let is_verb = self.text.tokens()[token].tag == "VBN";
            let adjacent = first - token <= 2;
            adjacent && (sayings.is_work(self.lemma(token)) || is_verb && sayings.is_naming(self.lemma(token)))
        })
    }

    fn is_work_mention(&self, marked: Marked) -> bool {
        let Span { start, end } = marked.inner;
        let is_all = |span: Span| span.start <= start + 4 && span.end + 1 >= end;
        self.mentions.iter().any(|mention| self.entities[mention.entity].kind == Kind::Work && is_all(mention.span))
    }

    /// Whether a few words only are marked, as one does to hold a word at arm's length ("the “so-called” experts").
    pub(super) fn is_scare(&self, marked: Marked) -> bool {
        let tokens = self.text.tokens_in(marked.inner);
        let words = marked.inner.of(self.text.content()).split_whitespace().count();
        let is_modifier = |token: usize| {
            let head = self.head(token);
            !tokens.contains(&head)
                && matches!(self.dep(token), "amod" | "compound" | "nmod" | "advmod" | "poss" | "det")
        };
        let only_modifies = tokens.clone().any(is_modifier);
        words < 3 && only_modifies || words < 2 && !self.is_complement(marked)
    }

    /// Whether what is marked completes a verb of saying directly ("called it “absurd”").
    fn is_complement(&self, marked: Marked) -> bool {
        let tokens = self.text.tokens_in(marked.inner);
        let sayings = &self.resources.sayings;
        tokens.clone().any(|token| {
            let head = self.head(token);
            let direct = matches!(self.dep(token), "oprd" | "acomp" | "ccomp" | "dobj" | "attr" | "pcomp" | "pobj");
            direct && !tokens.contains(&head) && sayings.is_verb(self.lemma(head))
        })
    }
}

/// Two words or more, the longer ones capitalised, no mark of a sentence: "The Long Harbour".
fn is_in_title_case(inner: &str) -> bool {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let long = words.iter().filter(|word| word.chars().count() > 3);
    let capitals = long.clone().filter(|word| !word.starts_with(char::is_lowercase)).count();
    let ends = inner.ends_with(['.', ',', '!', '?', '…']);
    words.len() > 1 && !ends && capitals > 0 && capitals == long.count()
}
