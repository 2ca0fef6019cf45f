//! Subjects and objects that a verb shares with another: of joined, governed, relative and participial clauses.

use super::Scene;

/// Verbs in a row that may share one subject; no sentence has more.
const DEPTH: usize = 8;

impl Scene<'_> {
    /// The subject of a verb: its own, or that of the verb to which it belongs.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, DEPTH)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.child(verb, &["nsubj", "nsubjpass", "csubj"]) {
            return Some(own).filter(|&own| !matches!(self.dep(own), "csubj"));
        }
        let depth = depth.checked_sub(1)?;
        let token = &self.text.tokens()[verb];
        let head = token.head;
        if head == verb {
            return None;
        }
        match token.dep {
            "conj" => self.subject_within(head, depth),
            // "urged him to leave", "called on Israel to halt"; "plans to leave".
            "xcomp" | "ccomp" | "advcl" if self.called_on(head).is_some() && self.is_infinitive(verb) => {
                self.called_on(head)
            }
            "xcomp" | "ccomp" => self
                .child(head, &["dobj"])
                .filter(|_| !self.is_subject_control(head))
                .or_else(|| self.subject_within(head, depth)),
            // "is due to leave"
            "acomp" | "attr" | "oprd" => self.subject_within(head, depth),
            "advcl" => self.subject_within(head, depth),
            "pcomp" => self.subject_of_preposition(head, depth),
            // "the man accused of theft", "the company making phones"; in "a plan to leave" who plans leaves.
            "acl" if self.child(verb, &["aux"]).is_some_and(|aux| self.text.tokens()[aux].tag == "TO") => {
                self.owner(head, depth)
            }
            "acl" => Some(head),
            "relcl" if !self.has_object_gap(verb) => Some(head),
            _ => None,
        }
    }

    /// Verbs whose object is not the subject of what they govern ("promised him to leave").
    fn is_subject_control(&self, verb: usize) -> bool {
        matches!(
            self.lemma(verb),
            "promise"
                | "vow"
                | "threaten"
                | "use"
                | "take"
                | "have"
                | "make"
                | "hold"
                | "give"
                | "offer"
                | "spend"
                | "begin"
                | "start"
        )
    }

    /// Who is called on, or appealed to.
    fn called_on(&self, verb: usize) -> Option<usize> {
        let is_call = matches!(self.lemma(verb), "call" | "appeal" | "rely" | "count" | "depend" | "wait" | "prevail");
        let prepositions = self.text.children_by(verb, &["prep"]).filter(|_| is_call);
        let mut of = prepositions.filter(|&at| matches!(self.text.word(at), "on" | "upon" | "for" | "to"));
        of.find_map(|preposition| self.child(preposition, &["pobj"]))
    }

    fn is_infinitive(&self, verb: usize) -> bool {
        self.text.children_by(verb, &["aux"]).any(|aux| self.text.tokens()[aux].tag == "TO")
    }

    fn subject_of_preposition(&self, preposition: usize, depth: usize) -> Option<usize> {
        let mut at = preposition;
        while self.dep(at) == "prep" && self.text.tokens()[at].head != at {
            at = self.text.tokens()[at].head;
        }
        let token = &self.text.tokens()[at];
        if !matches!(token.pos, "VERB" | "AUX") {
            return self.owner(at, depth);
        }
        // "prevented them from leaving", "accused him of lying"
        let word = self.text.word(preposition).to_lowercase();
        let object =
            self.child(at, &["dobj", "nsubjpass"]).filter(|_| matches!(word.as_str(), "from" | "of" | "for" | "into"));
        object.or_else(|| self.subject_within(at, depth))
    }

    /// Whose plan, attempt or decision a noun speaks of: its possessor, or the subject of its verb.
    fn owner(&self, noun: usize, depth: usize) -> Option<usize> {
        if let Some(possessor) = self.child(noun, &["poss"]) {
            return Some(possessor);
        }
        let head = self.text.tokens()[noun].head;
        let is_object =
            matches!(self.dep(noun), "dobj" | "attr") && matches!(self.text.tokens()[head].pos, "VERB" | "AUX");
        if is_object { self.subject_within(head, depth) } else { None }
    }

    /// What a relative clause or infinitive without an object says its noun to be the object of: "the phone that Apple sells".
    pub(super) fn relative_object(&self, verb: usize) -> Option<usize> {
        let token = &self.text.tokens()[verb];
        (token.dep == "relcl" && self.has_object_gap(verb)).then_some(token.head)
    }

    /// Whether a relative clause has a subject of its own and no object.
    fn has_object_gap(&self, verb: usize) -> bool {
        let subject = self.child(verb, &["nsubj", "nsubjpass"]);
        subject.is_some_and(|subject| !self.is_relative(subject))
            && self.child(verb, &["dobj", "attr", "ccomp", "acomp"]).is_none()
    }

    fn is_relative(&self, token: usize) -> bool {
        matches!(self.text.tokens()[token].tag, "WDT" | "WP")
            || self.text.word(token).eq_ignore_ascii_case("that") && self.dep(token) != "det"
    }

    /// What a relative pronoun stands for; any other word stands for itself.
    pub(super) fn antecedent(&self, token: usize) -> usize {
        if !self.is_relative(token) {
            return token;
        }
        let mut at = self.text.tokens()[token].head;
        for _ in 0..DEPTH {
            match self.dep(at) {
                "relcl" => return self.text.tokens()[at].head,
                "conj" | "ccomp" | "xcomp" | "prep" | "pobj" => at = self.text.tokens()[at].head,
                _ => break,
            }
        }
        token
    }
}
