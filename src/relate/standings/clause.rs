//! How clauses stand inside others.

use super::Tree;
use super::effect::{passed, with};
use crate::resources::factuality::{Effect, Frame, Outcome};
use crate::standing::{Polarity, Standing};

impl Tree<'_> {
    /// A clause joined to another stands where that one does, and under its negation and auxiliaries where it shares them ("did not call or
    /// write").
    pub(super) fn joined(&self, token: usize, head: usize) -> Standing {
        let (tokens, conjunction) = (self.text.tokens(), self.conjunction(token, head));
        if !matches!(tokens[token].pos, "VERB" | "AUX") {
            return self.standings[head];
        }
        let subject = self.child(token, &["nsubj", "nsubjpass", "expl"]).is_some();
        let auxiliary = self.child(token, &["aux", "auxpass"]).is_some();
        let shares = !subject && !auxiliary && conjunction != "but" && tokens[token].tag == tokens[head].tag;
        let around = self.around[head];
        if conjunction == "nor" {
            return Standing { polarity: Polarity::Denied, ..if shares { self.standings[head] } else { around } };
        }
        let is_shared =
            matches!(tokens[token].tag, "VB" | "VBN" | "VBG") || conjunction == "or" || self.subject_denies(head);
        // "Was wrongly accused and killed": the adverb is the first verb's alone.
        let fails = |adverb: usize| self.factuality.adverb(&self.word(adverb)) == Some(Effect::Fails);
        let fails = conjunction == "and" && self.text.children_by(head, &["advmod"]).any(fails);
        if shares && is_shared && !fails { self.standings[head] } else { around }
    }

    fn subject_denies(&self, verb: usize) -> bool {
        self.text.children_by(verb, &["nsubj", "nsubjpass"]).any(|subject| self.is_nobody(subject))
    }

    /// The word that joins a token to those before it.
    fn conjunction(&self, token: usize, head: usize) -> String {
        let between = self.text.children_by(head, &["cc"]).rfind(|&word| word < token);
        between.map(|word| self.word(word)).unwrap_or_default()
    }

    /// What a verb, noun, adjective or preposition governs.
    pub(super) fn complement(&self, token: usize, head: usize) -> Standing {
        let frame = self.frame(token);
        let tokens = self.text.tokens();
        if self.is_run_on(token, head) {
            return self.around[head];
        }
        // After a preposition the word before it governs, where it is known to ("prevented from leaving").
        if tokens[token].dep == "pcomp" || tokens[head].dep == "prep" && tokens[head].pos == "ADP" {
            return self.after_preposition(frame, head);
        }
        match self.governor(token, head, frame) {
            Some((governor, outcome)) => passed(outcome, self.standings[governor], self.around[governor]),
            None => self.unknown(token, head, frame),
        }
    }

    /// Whether a clause only stands before another as its equal, for want of a full stop: "Lang owns a share, he may sell it". What
    /// somebody is the source of is no such clause, whatever the order.
    fn is_run_on(&self, token: usize, head: usize) -> bool {
        let mut subjects = self.text.children_by(head, &["nsubj", "nsubjpass", "expl"]);
        self.text.tokens()[token].dep == "ccomp"
            && token < head
            && self.sources[token] == self.sources[head]
            && subjects.any(|subject| token < subject && subject < head)
            && self.text.children_by(head, &["punct"]).any(|comma| token < comma && comma < head)
    }

    /// How something stands after a preposition.
    pub(super) fn after_preposition(&self, frame: Frame, preposition: usize) -> Standing {
        let words = self.prepositions(preposition);
        let top = self.governor_of_preposition(preposition);
        let around = self.around[top];
        if let Some(effect) = self.factuality.preposition(&words) {
            return with(effect, Standing { polarity: Polarity::Affirmed, ..around }, around);
        }
        let found = self.names_of(top).into_iter().find_map(|(governor, name)| {
            let with_preposition = format!("{name} {}", self.word(preposition));
            let outcome =
                self.factuality.outcome(frame, &with_preposition).or_else(|| self.factuality.outcome(frame, &name));
            Some((governor, outcome?))
        });
        let own = || self.factuality.outcome(frame, &self.word(preposition)).map(|outcome| (preposition, outcome));
        match found.or_else(own) {
            Some((governor, outcome)) => passed(outcome, self.standings[governor], self.around[governor]),
            // "a place for meeting", "serious about leaving"
            None if frame == Frame::Ing && self.factuality.is_aim(&self.word(preposition)) => {
                with(Effect::Open, self.presumed(top), around)
            }
            None => self.presumed(top),
        }
    }

    /// What is told beside something, without that one's denial ("did not sleep after hearing").
    pub(super) fn presumed(&self, head: usize) -> Standing {
        Standing { polarity: Polarity::Affirmed, ..self.around[head] }
    }

    /// Prepositions in a row, up to one ("instead of").
    pub(super) fn prepositions(&self, preposition: usize) -> String {
        let head = self.text.tokens()[preposition].head;
        let word = self.word(preposition);
        let is_row = head + 1 == preposition
            && matches!(self.text.tokens()[head].dep, "prep" | "advmod" | "acomp" | "prt" | "cc");
        if is_row { format!("{} {word}", self.word(head)) } else { word }
    }

    /// The word on which prepositions in a row depend.
    pub(super) fn governor_of_preposition(&self, preposition: usize) -> usize {
        let tokens = self.text.tokens();
        let head = tokens[preposition].head;
        if matches!(tokens[head].dep, "prep") && head != tokens[head].head { tokens[head].head } else { head }
    }

    /// Words that are listed for nothing: verbs with a clause are mostly of saying or thinking, and what one does "to" do is mostly not done yet.
    fn unknown(&self, token: usize, head: usize, frame: Frame) -> Standing {
        let (standing, around) = (self.standings[head], self.around[head]);
        let tokens = self.text.tokens();
        let is_bare = tokens[token].tag == "VB";
        let effect = match (frame, tokens[token].dep) {
            (Frame::Whether, _) => Effect::Asked,
            (Frame::That, "ccomp") if is_bare => Effect::Holds,
            (Frame::That, "ccomp") if self.has_question_word(token) => return self.presumed(head),
            (Frame::That, "ccomp") if standing.polarity == Polarity::Denied => Effect::Open,
            (Frame::That, "ccomp") if tokens[head].pos == "VERB" => Effect::Said,
            (Frame::To | Frame::Ing, "csubj") => Effect::Open,
            (Frame::To | Frame::Passive, _) => Effect::Wanted,
            (Frame::Ing | Frame::That, "acl") => return self.relative(head),
            _ => Effect::Holds,
        };
        with(effect, Standing { polarity: Polarity::Affirmed, ..standing }, around)
    }

    /// The word that governs a clause, and what becomes of the clause by it.
    fn governor(&self, token: usize, head: usize, frame: Frame) -> Option<(usize, Outcome)> {
        let passive = frame == Frame::To && self.is_passive(head);
        let look = |name: &str| {
            let as_passive = passive.then(|| self.factuality.outcome(Frame::Passive, name)).flatten();
            as_passive.or_else(|| self.factuality.outcome(frame, name))
        };
        let wh = frame == Frame::That && self.has_question_word(token);
        if wh {
            return None;
        }
        self.names_of(head).into_iter().find_map(|(governor, name)| Some((governor, look(&name)?)))
    }

    /// What the word that attributes something does to it beyond saying so.
    pub(super) fn effect_of_cue(&self, token: usize, cue: usize) -> Option<Effect> {
        if !matches!(self.text.tokens()[token].dep, "ccomp" | "xcomp" | "acl" | "csubj" | "csubjpass") {
            return None;
        }
        let (_, outcome) = self.governor(token, cue, self.frame(token))?;
        (outcome.so != Effect::Said).then_some(outcome.so)
    }

    /// What a governor is called: with its particle, then alone; of a copula, what it says of its subject first.
    fn names_of(&self, head: usize) -> Vec<(usize, String)> {
        let mut names = Vec::new();
        let predicates = ["acomp", "attr", "oprd"];
        if matches!(
            self.lemma(head),
            "be" | "seem"
                | "appear"
                | "remain"
                | "become"
                | "look"
                | "make"
                | "feel"
                | "get"
                | "consider"
                | "stand"
                | "prove"
        ) {
            // The predicate stands as the copula does.
            names.extend(
                self.text.children_by(head, &predicates).map(|predicate| (head, self.lemma(predicate).to_owned())),
            );
        }
        for particle in
            self.text.children_by(head, &["prt", "advmod", "acomp", "dobj", "attr"]).filter(|&child| child > head)
        {
            names.push((head, format!("{} {}", self.lemma(head), self.word(particle))));
        }
        names.push((head, self.lemma(head).to_owned()));
        names
    }

    fn frame(&self, token: usize) -> Frame {
        let tag = self.text.tokens()[token].tag;
        let has = |deps: &[&str], words: &[&str]| {
            self.text.children_by(token, deps).any(|child| words.contains(&self.word(child).as_str()))
        };
        let is_to = self.text.children_by(token, &["aux"]).any(|child| self.text.tokens()[child].tag == "TO");
        let finite = self
            .text
            .children_by(token, &["aux", "auxpass"])
            .any(|child| matches!(self.text.tokens()[child].tag, "MD" | "VBZ" | "VBP" | "VBD"));
        // "having met"
        let is_having =
            || self.text.children_by(token, &["aux", "auxpass"]).any(|child| self.text.tokens()[child].tag == "VBG");
        if is_to {
            Frame::To
        } else if has(&["mark"], &["whether", "if"]) {
            Frame::Whether
        } else if !finite && (tag == "VBG" || is_having()) {
            Frame::Ing
        } else {
            Frame::That
        }
    }

    /// Whether a clause opens with "why", "how", "what": what it says is presumed.
    fn has_question_word(&self, token: usize) -> bool {
        let opens = |child: usize| child < token && matches!(self.text.tokens()[child].tag, "WRB" | "WP");
        self.text.children(token).any(opens)
    }

    fn is_passive(&self, verb: usize) -> bool {
        self.child(verb, &["auxpass", "nsubjpass"]).is_some()
            || self.text.tokens()[verb].tag == "VBN" && self.text.tokens()[verb].dep == "acl"
    }

    /// A clause of circumstance.
    pub(super) fn adverbial(&self, token: usize, head: usize) -> Standing {
        let (standing, presumed) = (self.standings[head], self.presumed(head));
        if let Some((effect, _)) = self.opening(token) {
            return with(effect, presumed, presumed);
        }
        if self.frame(token) == Frame::To {
            // "too weak to walk"; a purpose otherwise.
            let governed = self.governor(token, head, Frame::To);
            return match governed {
                Some((governor, outcome)) if self.is_adjective(head) => {
                    passed(outcome, self.standings[governor], self.around[governor])
                }
                _ => with(Effect::Wanted, Standing { polarity: Polarity::Affirmed, ..standing }, presumed),
            };
        }
        presumed
    }

    fn is_adjective(&self, token: usize) -> bool {
        self.text.tokens()[token].pos == "ADJ" || self.child(token, &["acomp"]).is_some()
    }

    /// The words that open an adverbial clause, by their effect; with the first of them.
    pub(super) fn opening(&self, clause: usize) -> Option<(Effect, usize)> {
        if let Some(inverted) = self.inverted(clause) {
            return Some(inverted);
        }
        let openers = self.text.children_by(clause, &["mark", "advmod", "prep", "dep"]).filter(|&child| child < clause);
        openers.into_iter().find_map(|child| {
            let row = |count: usize| {
                (child.saturating_sub(count - 1)..=child).map(|at| self.word(at)).collect::<Vec<_>>().join(" ")
            };
            let words = [row(1), row(2), row(3)];
            let ahead = [format!("{} {}", self.word(child), self.word((child + 1).min(self.text.tokens().len() - 1)))];
            let effect = words.iter().chain(&ahead).find_map(|words| self.factuality.opening(words))?;
            Some((effect, child))
        })
    }

    /// A condition without "if": "had they known", "should it rain".
    fn inverted(&self, clause: usize) -> Option<(Effect, usize)> {
        let auxiliary = self.child(clause, &["aux"]).or_else(|| (self.word(clause) == "were").then_some(clause))?;
        let subject = self.child(clause, &["nsubj", "nsubjpass", "expl"])?;
        let effect = match self.word(auxiliary).as_str() {
            "had" => Effect::Counterfactual,
            "should" | "were" => Effect::Supposed,
            _ => return None,
        };
        (auxiliary < subject).then_some((effect, auxiliary))
    }

    /// A relative clause or participle after a noun: what it says is presumed of a known thing; of "no man" or of a thing that is only wanted it
    /// stands as the noun does.
    pub(super) fn relative(&self, noun: usize) -> Standing {
        let standing = self.standings[noun];
        if self.is_definite(noun) || standing.is_asserted() { Standing::default() } else { standing }
    }
}
