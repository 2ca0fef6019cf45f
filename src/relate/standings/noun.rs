//! How nouns stand that may speak of an event.

use super::Tree;
use super::effect::passed;
use crate::resources::factuality::Frame;
use crate::standing::{Certainty, Polarity, Standing};

impl Tree<'_> {
    /// A noun as the word that governs it lets it stand: "ruled out a merger", "called for talks", "no talks took place".
    pub(super) fn nominal(&self, token: usize, head: usize) -> Standing {
        let tokens = self.text.tokens();
        if self.is_nobody(token) {
            // Its "no" denies the clause, and is no reason to doubt the noun twice.
            return self.presumed(head);
        }
        match tokens[token].dep {
            "compound" | "nmod" | "poss" | "appos" => self.beside(token, head),
            "pobj" if matches!(tokens[head].dep, "prep" | "agent" | "dative" | "pcomp") => {
                self.object_of_preposition(token, head)
            }
            "nsubj" if self.is_thing_of_verb(head) => self.argument(token, head),
            "nsubj" | "dative" => self.unlisted(token, head),
            _ => self.argument(token, head),
        }
    }

    /// What is said in the words before or after a noun is presumed where it has its own article, and stands as the noun otherwise.
    fn beside(&self, token: usize, head: usize) -> Standing {
        if self.is_definite(token) { Standing::default() } else { self.standings[head] }
    }

    fn argument(&self, token: usize, verb: usize) -> Standing {
        let particles = self
            .text
            .children_by(verb, &["prt", "advmod"])
            .map(|child| format!("{} {}", self.lemma(verb), self.word(child)));
        let names = particles.chain([self.lemma(verb).to_owned()]);
        let mut outcomes = names.filter_map(|name| self.factuality.outcome(Frame::Thing, &name));
        match outcomes.next() {
            Some(outcome) => passed(outcome, self.standings[verb], self.around[verb]),
            None => self.unlisted(token, verb),
        }
    }

    fn object_of_preposition(&self, token: usize, preposition: usize) -> Standing {
        let top = self.governor_of_preposition(preposition);
        let word = self.word(preposition);
        let known = self.factuality.preposition(&self.prepositions(preposition)).is_some()
            || self.factuality.outcome(Frame::Thing, &format!("{} {word}", self.lemma(top))).is_some()
            || matches!(
                word.as_str(),
                "of" | "for" | "on" | "to" | "with" | "about" | "in" | "against" | "from" | "over" | "into" | "at"
            ) && self.factuality.outcome(Frame::Thing, self.lemma(top)).is_some();
        if known { self.after_preposition(Frame::Thing, preposition) } else { self.unlisted(token, top) }
    }

    /// Under a word of which nothing is known: something definite is presumed; anything else is no more real than what is told of it.
    fn unlisted(&self, token: usize, head: usize) -> Standing {
        let around = self.standings[head];
        if self.is_definite(token) || around.is_asserted() {
            return Standing::default();
        }
        let denied = around.polarity == Polarity::Denied;
        let certainty = if denied { Certainty::Possible } else { around.certainty };
        Standing { polarity: Polarity::Affirmed, certainty: around.certainty.max(certainty), ..around }
    }

    /// Whether a verb tells of its subject that it takes place ("the vote took place").
    fn is_thing_of_verb(&self, verb: usize) -> bool {
        matches!(
            self.lemma(verb),
            "be" | "take"
                | "occur"
                | "happen"
                | "begin"
                | "start"
                | "end"
                | "continue"
                | "erupt"
                | "break"
                | "fail"
                | "follow"
                | "resume"
        )
    }

    /// Whether a noun speaks of something known: a name, or with "the", "this", "her".
    pub(super) fn is_definite(&self, noun: usize) -> bool {
        let token = &self.text.tokens()[noun];
        let fixes = |child: usize| match self.text.tokens()[child].dep {
            "det" => matches!(self.word(child).as_str(), "the" | "this" | "that" | "these" | "those" | "both"),
            "poss" => true,
            _ => false,
        };
        token.pos == "PROPN" || matches!(token.tag, "PRP" | "DT" | "PRP$") || self.text.children(noun).any(fixes)
    }
}
