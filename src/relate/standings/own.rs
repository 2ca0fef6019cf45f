//! What belongs to a word itself: negations, auxiliaries, adverbs, adjectives.

use super::Tree;
use super::effect::{flipped, with};
use crate::document::Wording;
use crate::resources::factuality::Effect;
use crate::standing::{Polarity, Standing};

impl Tree<'_> {
    /// The standing of a token in its surroundings.
    pub(super) fn with_own(&self, token: usize, around: Standing) -> Standing {
        match self.text.tokens()[token].pos {
            "VERB" | "AUX" => self.verb(token, around),
            "NOUN" | "PROPN" | "PRON" | "NUM" => self.noun(token, around),
            "ADJ" | "ADV" if self.is_denied(token) => Standing { polarity: flipped(around.polarity), ..around },
            _ => around,
        }
    }

    fn verb(&self, verb: usize, around: Standing) -> Standing {
        if matches!(self.text.tokens()[verb].dep, "aux" | "auxpass") {
            return around;
        }
        let mut standing = around;
        for effect in self.effects_on_verb(verb) {
            standing = with(effect, standing, around);
        }
        if self.is_conditional(verb) {
            standing = with(Effect::Supposed, standing, around);
        }
        if self.is_command(verb) {
            standing = with(Effect::Wanted, standing, around);
        }
        if self.is_denied(verb) || self.is_denied_by_argument(verb) {
            standing.polarity = flipped(standing.polarity);
        }
        standing
    }

    fn effects_on_verb(&self, verb: usize) -> Vec<Effect> {
        let is_past = self
            .text
            .children_by(verb, &["aux"])
            .any(|aux| self.lemma(aux) == "have" && self.text.tokens()[aux].tag == "VB");
        let mut effects = Vec::new();
        for child in self.text.children(verb) {
            let word = self.word(child);
            let effect = match self.text.tokens()[child].dep {
                "aux" if matches!(word.as_str(), "would" | "'d" | "’d") && self.is_told_before(verb) => None,
                "aux" => self.factuality.auxiliary(&word, is_past),
                "advmod" | "npadvmod" if !self.is_of_phrase(child, verb) => self.factuality.adverb(&word),
                _ => None,
            };
            effects.extend(effect);
        }
        effects
    }

    /// Whether an adverb behind a verb goes with the phrase that it stands before: "died, allegedly after a beating" doubts no death.
    pub(super) fn is_of_phrase(&self, adverb: usize, verb: usize) -> bool {
        let sentence = self.text.sentence_of(verb);
        let is_phrase = |token: usize| matches!(self.text.tokens()[token].pos, "ADP" | "SCONJ");
        adverb > verb && sentence.contains(&(adverb + 1)) && is_phrase(adverb + 1)
    }

    /// Whether "would" is the future of something told in the past ("said that it would open").
    fn is_told_before(&self, verb: usize) -> bool {
        let token = &self.text.tokens()[verb];
        let indirect = self.sources[verb].filter(|&source| self.attributions[source].wording != Wording::Direct);
        if indirect.is_some() && self.sources[token.head] != indirect {
            return true;
        }
        let later = |word: &str| matches!(word, "later" | "eventually" | "ultimately" | "soon");
        matches!(token.dep, "ccomp" | "conj" | "acl")
            && matches!(self.text.tokens()[token.head].tag, "VBD" | "VBN" | "NN" | "NNS" | "MD" | "VB")
            && self.sources[verb].is_none_or(|source| self.attributions[source].wording != Wording::Direct)
            || self.text.children_by(verb, &["advmod"]).any(|child| later(&self.word(child)))
    }

    /// Whether a condition hangs on a verb.
    fn is_conditional(&self, verb: usize) -> bool {
        self.text.children_by(verb, &["advcl"]).any(|clause| {
            self.opening(clause).is_some_and(|(effect, at)| {
                let before = at.checked_sub(1).map(|before| self.word(before)).unwrap_or_default();
                matches!(effect, Effect::Supposed | Effect::Counterfactual)
                    && self.word(at) != "as"
                    && !self.factuality.is_unconditional(&self.word(at))
                    && !self.factuality.is_unconditional(&before)
            })
        })
    }

    /// Whether a verb commands ("Stop the war"): a bare form at the root without a subject.
    fn is_command(&self, verb: usize) -> bool {
        let token = &self.text.tokens()[verb];
        token.head == verb
            && token.tag == "VB"
            && self.child(verb, &["nsubj", "nsubjpass", "aux", "expl", "csubj"]).is_none()
    }

    /// Whether negations of its own deny a word; two of them do not.
    pub(super) fn is_denied(&self, token: usize) -> bool {
        let negations = self.text.children(token).filter(|&child| self.is_negation(child, token)).count();
        negations % 2 == 1
    }

    fn is_negation(&self, child: usize, token: usize) -> bool {
        let word = self.word(child);
        let next = || self.text.tokens().get(child + 1).map(|_| self.word(child + 1)).unwrap_or_default();
        match self.text.tokens()[child].dep {
            // A "nor" after the word belongs to the next one.
            "cc" if child > token => false,
            "neg" | "preconj" | "cc" => self.factuality.is_negation(&word) && !self.factuality.is_spared_by(&next()),
            "advmod" if self.factuality.is_negation(&word) => !self.factuality.is_spared_by(&next()),
            // "no longer"
            "advmod" => word == "longer" && child.checked_sub(1).is_some_and(|before| self.word(before) == "no"),
            _ => false,
        }
    }

    /// Whether a subject, object or predicate denies its clause ("nobody knew", "found no sign", "at no time").
    fn is_denied_by_argument(&self, verb: usize) -> bool {
        self.text.children(verb).any(|child| match self.text.tokens()[child].dep {
            "nsubj" | "nsubjpass" | "dobj" | "attr" | "expl" | "dative" | "npadvmod" => self.is_nobody(child),
            "prep" => {
                self.factuality.denies_after(&self.word(child))
                    && self.text.children_by(child, &["pobj"]).any(|object| self.is_nobody(object))
            }
            _ => false,
        })
    }

    /// Whether a noun or pronoun denies its clause.
    pub(super) fn is_nobody(&self, noun: usize) -> bool {
        let word = self.word(noun);
        if self.factuality.is_nobody(&word) {
            return true;
        }
        if self.factuality.is_no_matter(&word) {
            return false;
        }
        let denies = |child: usize| {
            let word = self.word(child);
            match self.text.tokens()[child].dep {
                "det" => self.factuality.is_no(&word),
                "neg" => {
                    self.factuality.is_negation(&word)
                        && !self.factuality.is_spared_by(&self.word((child + 1).min(noun)))
                }
                "preconj" | "cc" => word == "neither",
                _ => false,
            }
        };
        self.text.children(noun).any(denies)
    }

    fn noun(&self, noun: usize, around: Standing) -> Standing {
        let mut standing = around;
        for child in self.text.children_by(noun, &["amod", "compound", "nmod", "advmod", "det"]) {
            if let Some(effect) = self.factuality.adjective(&self.word(child)) {
                standing = with(effect, standing, around);
            }
        }
        if self.is_nobody(noun) {
            standing.polarity = Polarity::Denied;
        }
        standing
    }
}
