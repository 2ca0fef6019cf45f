//! The words that attribute, and what their source does with what is said.

use std::ops::Range;

use super::Scene;
use super::candidates::Framed;
use crate::document::Act;

impl Scene<'_> {
    /// The whole group of a word that attributes, as PARC and PolNeAR have it: with auxiliaries, negation, particle and the
    /// adverbs right beside it, a copula before an adjective, and "declined to" before "say".
    pub(super) fn cue_tokens(&self, word: usize) -> Range<usize> {
        let mut group = word..word + 1;
        if let Some(above) = self.silence_above(word) {
            group.start = self.widened(above, above..above + 1).start;
            group.end = word + 1;
            return group;
        }
        if self.tree.token(word).pos == "ADJ"
            && let Some(copula) = self.copula(word)
        {
            group = self.widened(copula, copula..copula + 1).start..word + 1;
        }
        self.widened(word, group)
    }

    /// A group with what belongs to a word and stands right beside it.
    fn widened(&self, word: usize, mut group: Range<usize>) -> Range<usize> {
        let belongs = |token: usize| {
            let is_part = self.tree.head(token) == Some(word);
            let is_plain = self.tree.under(token).len() == 1;
            let kind = matches!(self.tree.dep(token), "aux" | "auxpass" | "neg" | "prt" | "advmod");
            is_part && is_plain && kind && !matches!(self.tree.token(token).tag, "WRB" | "IN" | "TO")
        };
        while group.start > 0 && belongs(group.start - 1) {
            group.start -= 1;
        }
        while group.end < self.tree.text.tokens().len() && belongs(group.end) {
            group.end += 1;
        }
        group
    }

    /// "Declined" above "to say", with nothing else between.
    pub(super) fn silence_above(&self, word: usize) -> Option<usize> {
        let above = self.tree.head(word).filter(|_| self.tree.dep(word) == "xcomp")?;
        let is_near = above < word && word - above <= 3;
        (is_near && self.data.is_silence(&self.tree.lemma(above))).then_some(above)
    }

    /// "Is" before "sure".
    pub(super) fn copula(&self, adjective: usize) -> Option<usize> {
        let above = self.tree.head(adjective)?;
        let is_copula = matches!(self.tree.dep(adjective), "acomp" | "oprd") && self.tree.lemma(above) == "be";
        (is_copula && above < adjective && adjective - above <= 3).then_some(above)
    }

    /// What the source does: what the class of the word says, turned by negation, and open where it is a "whether".
    pub(super) fn act(&self, framed: &Framed<'_>) -> Act {
        let class = self.data.class(framed.frame.cue, &self.tree.lemma(framed.word));
        let act = match class {
            Some(class) if self.is_negated(framed) => class.negated,
            Some(class) => class.act,
            None if self.is_negated(framed) => Act::LeavesOpen,
            None => Act::Says,
        };
        if self.asks(framed) && act != Act::Asks { Act::LeavesOpen } else { act }
    }

    /// Whether what is attributed begins with "whether", or with an "if" right behind the word.
    fn asks(&self, framed: &Framed<'_>) -> bool {
        let first = |head: usize| self.tree.under(head).start;
        framed.heads.iter().any(|&head| match self.mark(head).as_deref() {
            Some("whether") => true,
            Some("if") => first(head) == framed.word + 1 && self.tree.word(first(head)).eq_ignore_ascii_case("if"),
            _ => false,
        })
    }

    /// Whether a word that attributes is negated: by itself, by what governs it, or by its subject ("nobody said").
    pub(super) fn is_negated(&self, framed: &Framed<'_>) -> bool {
        let word = framed.word;
        let negates = |token: usize| self.data.is_negation(&self.tree.word(token).to_lowercase());
        let has = |at: usize| {
            let kinds = ["neg", "advmod", "det", "preconj", "cc"];
            self.tree.children_by(at, &kinds).any(|child| child < at && negates(child))
        };
        let subject = framed.source.is_some_and(|head| head < word && (negates(head) || has(head)));
        let verb = if self.tree.token(word).pos == "ADJ" { self.copula(word) } else { None };
        has(word) || verb.is_some_and(has) || subject || self.silence_above(word).is_some()
    }
}
