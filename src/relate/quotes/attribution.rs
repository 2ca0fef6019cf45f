//! Finds the words that attribute a quotation: a verb of saying, "according to", a name and a colon.

use std::ops::Range;

use super::marks::Marked;
use super::{Paragraph, Scene};
use crate::document::Speaker;
use crate::span::Span;

/// The word or words that attribute a quotation, and whom to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    pub(super) cue: Option<Span>,
    pub(super) speaker: Option<Speaker>,
}

impl Scene<'_> {
    /// What attributes the quotation number `i` of a paragraph itself: words after it, words before it, or a verb of saying
    /// that governs it.
    pub(super) fn attribution(&self, paragraph: &Paragraph, i: usize) -> Option<Attribution> {
        let marked = paragraph.marked[i];
        let own = self.text.tokens_in(marked.outer);
        let previous =
            i.checked_sub(1).map_or(paragraph.tokens.start, |i| self.text.tokens_in(paragraph.marked[i].outer).end);
        let next =
            paragraph.marked.get(i + 1).map_or(paragraph.tokens.end, |next| self.text.tokens_in(next.outer).start);
        let (mut before, after) = (previous..own.start.max(previous), own.end..next.max(own.end));
        if before.is_empty() && i == 0 {
            before = self.lead_in(paragraph);
        }
        let is_partial = self.is_title(marked) || self.is_scare(marked);
        self.introduced(&before, marked)
            .filter(|_| self.ends_with_colon(&before))
            .or_else(|| self.trailing(marked, &after))
            .or_else(|| self.introduced(&before, marked))
            .or_else(|| if is_partial { None } else { self.governed(paragraph, marked) })
    }

    /// The sentence that leads from the end of the paragraph before into this one ("Jane Roe wrote:").
    fn lead_in(&self, paragraph: &Paragraph) -> Range<usize> {
        let start = paragraph.tokens.start;
        let leads = start.checked_sub(1).is_some_and(|last| matches!(self.word(last), ":" | ","));
        if leads { self.text.sentence_of(start - 1).start..start } else { start..start }
    }

    fn ends_with_colon(&self, before: &Range<usize>) -> bool {
        before.clone().next_back().is_some_and(|token| self.word(token) == ":")
    }

    /// "…,” said Jane Roe", "…,” Jane Roe said", "…,” according to Jane Roe".
    fn trailing(&self, marked: Marked, after: &Range<usize>) -> Option<Attribution> {
        let inner = marked.inner.of(self.text.content()).trim_end();
        let first = after.clone().find(|&token| !matches!(self.word(token), "," | "–" | "—" | "-"))?;
        let set_off = inner.ends_with([',', '!', '?', '…', '—', '–', '-']) || first > after.start;
        let is_lower = self.word(first).starts_with(char::is_lowercase);
        let is_new_sentence = inner.ends_with(['!', '?', '…']) && !is_lower && self.text.tokens()[first].pos != "PROPN";
        let runs_on = self.begins_sentence(marked) && self.is_cue(first);
        if inner.ends_with('.') && !is_lower || is_new_sentence || !(set_off || runs_on || inner.ends_with('.')) {
            return None;
        }
        let clause = first..self.clause_end(first, after.end);
        if let Some(found) = self.phrase(&clause) {
            return Some(found);
        }
        let verb = self.first_verb(&clause)?;
        let speaker = self.is_cue(verb).then(|| self.speaker_of(verb, &clause)).flatten()?;
        Some(Attribution { cue: Some(self.text.tokens()[verb].span), speaker: Some(speaker) })
    }

    /// "Jane Roe said: “…", "Jane Roe said, “…", "According to Jane Roe, “…", "Jane Roe: “…".
    fn introduced(&self, before: &Range<usize>, marked: Marked) -> Option<Attribution> {
        let last = before.clone().next_back()?;
        let start = self.clause_start(before);
        let clause = start..last + 1;
        let mark = self.word(last);
        if !(matches!(mark, ":" | ",") || self.is_cue(last) && self.is_whole(marked)) {
            return None;
        }
        if let Some(found) = self.phrase(&clause) {
            return Some(found);
        }
        let cues = clause.clone().rev().filter(|&token| self.is_cue(token));
        let of_cue = |verb: usize| {
            let speaker = self.speaker_of(verb, &clause)?;
            Some(Attribution { cue: Some(self.text.tokens()[verb].span), speaker: Some(speaker) })
        };
        let mut reaches = cues.filter(|&verb| mark != "," || self.reaches(verb, last));
        reaches.find_map(of_cue).or_else(|| if mark == ":" { self.named_with_colon(&clause) } else { None })
    }

    /// Whether between a verb and the comma before a quotation stand only its objects and adverbs, no other clause.
    fn reaches(&self, verb: usize, comma: usize) -> bool {
        (verb + 1..comma).all(|token| !matches!(self.text.tokens()[token].tag, "VBD" | "VBZ" | "VBP" | "MD" | ","))
    }

    /// "Jane Roe: “…", where nothing but a name and perhaps a title stands before the colon.
    fn named_with_colon(&self, clause: &Range<usize>) -> Option<Attribution> {
        let is_verbless = clause.clone().all(|token| !matches!(self.text.tokens()[token].pos, "VERB" | "AUX"));
        let mention = self.mentions.iter().find(|mention| {
            let tokens = self.text.tokens_in(mention.span);
            clause.contains(&tokens.start) && self.is_speaking(mention)
        })?;
        let is_short = clause.len() <= 8;
        let speaker = Speaker { span: mention.span, entity: Some(mention.entity) };
        (is_verbless && is_short).then_some(Attribution { cue: None, speaker: Some(speaker) })
    }

    /// A verb of saying above the quoted words in the tree, or "according to" in the same sentence.
    fn governed(&self, paragraph: &Paragraph, marked: Marked) -> Option<Attribution> {
        let inner = self.text.tokens_in(marked.inner);
        let top = self.text.top(&inner)?;
        let mut at = top;
        while self.head(at) != at {
            let through = at;
            at = self.head(at);
            let outside = !self.quoted[at] && self.dep(through) != "nsubj" && self.dep(through) != "nsubjpass";
            let is_aside = matches!(self.dep(through), "relcl" | "acl" | "advcl" | "npadvmod" | "appos");
            if self.is_cue(at) && outside && !is_aside && !self.resources.sayings.is_weak(self.lemma(at)) {
                let at = self.outermost(at);
                let clause = self.text.sentence_of(at);
                let speaker = self.speaker_of(at, &clause)?;
                return Some(Attribution { cue: Some(self.text.tokens()[at].span), speaker: Some(speaker) });
            }
        }
        let sentence = self.text.sentence_of(top);
        let outside: Vec<usize> = sentence.filter(|&t| paragraph.tokens.contains(&t) && !self.quoted[t]).collect();
        outside.iter().find_map(|&token| self.phrase(&(token..self.clause_end(token, paragraph.tokens.end))))
    }

    /// The verb of saying that reports another one: in "she claimed that he had joked about “…”" the words are hers.
    fn outermost(&self, mut cue: usize) -> usize {
        while self.dep(cue) == "ccomp" && self.head(cue) < cue && self.is_cue(self.head(cue)) {
            cue = self.head(cue);
        }
        cue
    }

    /// "according to Jane Roe" at the beginning of a clause.
    fn phrase(&self, clause: &Range<usize>) -> Option<Attribution> {
        let words: Vec<String> = clause.clone().take(5).map(|token| self.word(token).to_lowercase()).collect();
        let length = self.resources.sayings.phrases().iter().find_map(|phrase| {
            let wanted: Vec<&str> = phrase.split(' ').collect();
            words.iter().take(wanted.len()).map(String::as_str).eq(wanted.iter().copied()).then_some(wanted.len())
        })?;
        let from = clause.start + length;
        let head = (from..clause.end).find(|&token| {
            let tokens = self.text.tokens();
            tokens[token].dep == "pobj" && matches!(tokens[token].pos, "PROPN" | "NOUN" | "PRON")
        })?;
        let cue = self.text.span(clause.start..from);
        Some(Attribution { cue: Some(cue), speaker: Some(self.speaker_at(head)) })
    }

    /// Whether a token outside all quotations is a verb of saying, not in the infinitive.
    pub(super) fn is_cue(&self, token: usize) -> bool {
        let tokens = self.text.tokens();
        let is_verb = matches!(tokens[token].tag, "VBD" | "VBZ" | "VBP" | "VBG" | "VBN" | "VB");
        let infinitive =
            self.text.children(token).any(|child| self.word(child).eq_ignore_ascii_case("to") && child < token);
        let sayings = &self.resources.sayings;
        let is_denied = self.text.children_by(token, &["neg"]).next().is_some() && sayings.is_silent(self.lemma(token));
        let is_other = self
            .text
            .children_by(token, &["prt"])
            .any(|particle| sayings.is_no_cue(&format!("{} {}", self.lemma(token), self.word(particle))));
        is_verb
            && !infinitive
            && !is_denied
            && !is_other
            && !self.quoted[token]
            && self.resources.sayings.is_verb(&tokens[token].lemma.to_lowercase())
    }

    /// The first verb of a clause that is not inside a description of its subject ("Jane Roe, who heads Acme, said").
    fn first_verb(&self, clause: &Range<usize>) -> Option<usize> {
        let is_aside = |token: usize| {
            let mut at = token;
            while self.head(at) != at && clause.contains(&at) {
                if matches!(self.dep(at), "relcl" | "acl" | "appos") {
                    return true;
                }
                at = self.head(at);
            }
            false
        };
        let is_verb = |token: &usize| matches!(self.text.tokens()[*token].tag, "VBD" | "VBZ" | "VBP" | "VBG" | "VBN");
        let is_auxiliary = |token: usize| matches!(self.dep(token), "aux" | "auxpass");
        clause.clone().filter(is_verb).find(|&token| {
            let adjective = matches!(self.dep(token), "amod" | "compound");
            !adjective && !is_auxiliary(token) && (!is_aside(token) || token == clause.start)
        })
    }

    /// Where the clause that begins at a token ends: before the end of its sentence.
    fn clause_end(&self, first: usize, end: usize) -> usize {
        let stops = |token: usize| matches!(self.word(token), "." | ";" | "!" | "?") || self.quoted[token];
        (first..end).find(|&token| stops(token)).unwrap_or(end)
    }

    /// Where the sentence that leads up to a quotation begins.
    fn clause_start(&self, before: &Range<usize>) -> usize {
        let stops = |token: &usize| matches!(self.word(*token), "." | ";" | "!" | "?");
        before.clone().rev().skip(1).find(stops).map_or(before.start, |token| token + 1)
    }

    /// Whether a quotation is more than a few words within a sentence.
    fn is_whole(&self, marked: Marked) -> bool {
        let inner = marked.inner.of(self.text.content());
        inner.split_whitespace().count() > 2
            && inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
    }
}
