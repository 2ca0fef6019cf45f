//! Who does what to whom in the clauses of a text's trees.

use std::collections::BTreeSet;
use std::ops::Deref;

use crate::relate::tree::Tree;
use crate::text::Text;

/// How far a search climbs: sentences do not nest deeper, and a damaged tree cannot hold it up.
const DEPTH: usize = 8;

/// A text's trees, read as clauses.
pub(super) struct Clauses<'a> {
    tree: Tree<'a>,
    object_control: &'a BTreeSet<String>,
}

impl<'a> Deref for Clauses<'a> {
    type Target = Tree<'a>;

    fn deref(&self) -> &Tree<'a> {
        &self.tree
    }
}

impl<'a> Clauses<'a> {
    pub(super) fn new(text: &'a Text, object_control: &'a BTreeSet<String>) -> Self {
        Self { tree: Tree::new(text), object_control }
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        matches!(self.token(token).pos, "VERB" | "AUX")
    }

    /// Whether a token is a participle, which taggers often take for an adjective ("is married to").
    pub(super) fn is_participle(&self, token: usize) -> bool {
        let analysed = self.token(token);
        analysed.tag.starts_with("VB") || analysed.tag == "JJ" && analysed.lemma.ends_with("ed")
    }

    /// Whether a word stands among a token's children.
    pub(super) fn has_child(&self, token: usize, word: &str) -> bool {
        self.children(token).any(|child| self.word(child).eq_ignore_ascii_case(word))
    }

    /// Whether what is the subject on the surface is acted on.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        if self.children_by(verb, &["auxpass", "nsubjpass"]).next().is_some() {
            return true;
        }
        if self.token(verb).tag == "JJ" {
            return true;
        }
        let alone = self.token(verb).tag == "VBN" && self.children_by(verb, &["aux", "nsubj"]).next().is_none();
        let inherits = self.dep(verb) == "conj" && self.is_verb(self.above(verb));
        alone && (!inherits || self.is_passive_above(verb))
    }

    fn is_passive_above(&self, verb: usize) -> bool {
        let head = self.above(verb);
        head < verb && self.is_passive(head)
    }

    /// The subject on the surface, which the verb may share with another or have from the noun that it modifies.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, DEPTH)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.children_by(verb, &["nsubj", "nsubjpass"]).next() {
            return Some(own);
        }
        let depth = depth.checked_sub(1)?;
        let head = self.above(verb);
        if head == verb {
            return None;
        }
        match self.dep(verb) {
            "conj" if self.is_verb(head) => self.subject_within(head, depth),
            "acl" | "amod" | "relcl" if !self.is_verb(head) => Some(head),
            "xcomp" | "ccomp" if self.is_verb(head) && self.dep(verb) == "xcomp" => {
                let object = self.children_by(head, &["dobj"]).find(|&object| object < verb);
                let controls = self.object_control.contains(&*self.token(head).lemma);
                object.filter(|_| controls).or_else(|| self.subject_within(head, depth))
            }
            // "is likely to", "is willing to".
            "acomp" | "oprd" if self.is_verb(head) => self.subject_within(head, depth),
            "xcomp" if matches!(self.dep(head), "acomp" | "attr" | "oprd") => {
                self.subject_within(self.above(head), depth)
            }
            "advcl" if self.is_verb(head) && matches!(self.token(verb).tag, "VBG" | "VBN") => {
                self.subject_within(head, depth)
            }
            // "after graduating from Yale, he".
            "pcomp" => {
                let above = self.above(head);
                let is_noun = !self.is_verb(above);
                if is_noun { None } else { self.subject_within(above, depth) }
            }
            _ => None,
        }
    }

    /// Who does what a verb says.
    pub(super) fn agents(&self, verb: usize) -> Vec<usize> {
        if !self.is_passive(verb) {
            // "the company he founded": the noun is no subject of a clause that has one.
            return self.subject(verb).into_iter().collect();
        }
        let mut found = self.objects_of(verb, "by");
        if found.is_empty() {
            let agents = self.children_by(verb, &["agent"]);
            found = agents.flat_map(|by| self.children_by(by, &["pobj"]).collect::<Vec<_>>()).collect();
        }
        found
    }

    /// To whom or what is done what a verb says.
    pub(super) fn patients(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.subject(verb).into_iter().collect();
        }
        let own: Vec<usize> =
            self.children_by(verb, &["dobj", "dative"]).filter(|&object| self.token(object).pos != "ADP").collect();
        if !own.is_empty() {
            return own;
        }
        // "the company he founded", "founded and led Acme".
        let head = self.above(verb);
        if self.dep(verb) == "relcl" && self.children_by(verb, &["nsubj"]).any(|subject| !self.is_relative(subject)) {
            return vec![head];
        }
        let shared = self.children_by(verb, &["conj"]).filter(|&next| self.is_verb(next) && next > verb);
        let adjacent = self.children(verb).all(|child| child < verb || matches!(self.dep(child), "conj" | "cc"));
        if !adjacent {
            return Vec::new();
        }
        shared.flat_map(|next| self.children_by(next, &["dobj"]).collect::<Vec<_>>()).collect()
    }

    /// What a verb makes of its subject or patient, with and without "as".
    pub(super) fn complements(&self, verb: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self.children_by(verb, &["attr", "oprd"]).collect();
        found.extend(self.objects_of(verb, "as"));
        found
    }

    /// The objects of a preposition of a word; two words ("out of") are one preposition.
    pub(super) fn objects_of(&self, word: usize, preposition: &str) -> Vec<usize> {
        let mut found = self.own_objects(word, preposition);
        if found.is_empty() && self.is_bare(word) {
            // "born and raised in Utah", "founder and chairman of Acme".
            let joined =
                self.children_by(word, &["conj"]).filter(|&next| next > word && !self.is_clause_of_its_own(next));
            found = joined.flat_map(|next| self.own_objects(next, preposition)).collect();
        }
        found
    }

    /// Whether a joined verb has a subject, an auxiliary or an object, so that what follows it says nothing of the verb before it.
    pub(super) fn is_clause_of_its_own(&self, verb: usize) -> bool {
        self.children_by(verb, &["nsubj", "nsubjpass", "aux", "auxpass", "dobj"]).next().is_some()
    }

    /// Whether nothing but what it is joined to follows a word.
    pub(super) fn is_bare(&self, word: usize) -> bool {
        self.children(word).all(|child| child < word || matches!(self.dep(child), "conj" | "cc" | "punct" | "prep"))
    }

    fn own_objects(&self, word: usize, preposition: &str) -> Vec<usize> {
        let prepositions = self.children_by(word, &["prep", "agent", "prt", "dative"]);
        let mut found = Vec::new();
        for token in prepositions {
            if self.word(token).eq_ignore_ascii_case(preposition) {
                found.extend(self.children_by(token, &["pobj"]));
                for further in self.children_by(token, &["conj", "prep"]).collect::<Vec<_>>() {
                    let same = self.word(further).eq_ignore_ascii_case(preposition);
                    found.extend(self.children_by(further, &["pobj"]).filter(|_| same));
                }
            } else {
                // "from Oslo to Bergen", "on May 3 in London": the second may hang on the first or on its object.
                let objects: Vec<usize> =
                    self.children_by(token, &["pobj"]).filter(|&object| self.is_time(object)).collect();
                for place in objects.into_iter().chain([token]) {
                    let further = self.children_by(place, &["prep"]).collect::<Vec<_>>();
                    let same = further.into_iter().filter(|&it| self.word(it).eq_ignore_ascii_case(preposition));
                    found.extend(same.flat_map(|it| self.children_by(it, &["pobj"]).collect::<Vec<_>>()));
                }
            }
        }
        found
    }

    fn is_time(&self, token: usize) -> bool {
        self.token(token).tag == "CD"
            || self.word(token).starts_with(char::is_uppercase) && self.children_by(token, &["nummod"]).next().is_some()
    }

    /// Whether a token is "who", "which" or "that" as the subject or object of a relative clause.
    pub(super) fn is_relative(&self, token: usize) -> bool {
        matches!(self.token(token).tag, "WP" | "WDT" | "WP$")
    }

    /// The noun that a relative pronoun stands for.
    pub(super) fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        for _ in 0..DEPTH {
            let head = self.above(at);
            if head == at {
                return None;
            }
            if self.dep(at) == "relcl" {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// The token and what is joined to it, in order.
    pub(super) fn joined(&self, token: usize) -> Vec<usize> {
        let mut found = vec![token];
        let mut at = 0;
        while at < found.len() && found.len() < 64 {
            let next: Vec<usize> = self.children_by(found[at], &["conj"]).collect();
            found.extend(next);
            at += 1;
        }
        found
    }

    /// The verb that says what a noun is: of a copula or of "as"; else none.
    pub(super) fn verb_of(&self, noun: usize) -> Option<usize> {
        let head = self.above(noun);
        match self.dep(noun) {
            "attr" | "oprd" if self.is_verb(head) => Some(head),
            "dobj" if self.is_verb(head) => Some(head),
            "pobj" if self.is_verb(self.above(head)) => Some(self.above(head)),
            "conj" if head != noun && !self.is_verb(head) => self.verb_of(head),
            _ => None,
        }
    }
}
