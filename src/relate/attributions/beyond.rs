//! What the tree puts into the words that are attributed, and what goes with the word that attributes them: "said the police had fired
//! and demanded that …", "told the court that it rained, adding that …".

use std::ops::Range;

use super::Scene;
use super::candidates::Framed;
use crate::document::Kind;
use crate::resources::attributions::Cue;

impl Scene<'_> {
    /// The tokens under what is said that are no part of it.
    pub(super) fn beyond(&self, framed: &Framed<'_>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for &head in framed.heads.iter().filter(|&&head| head > framed.word) {
            let goes_on = self.tree.under(head).filter(|&verb| self.goes_with(verb) == Some(framed.word));
            found.extend(goes_on.map(|verb| self.with_joint(verb)));
            found.extend(self.own_clauses(framed, head));
        }
        found
    }

    /// The word that attributes with which a verb inside its content goes on: as its equal, or as its participle.
    pub(super) fn goes_with(&self, verb: usize) -> Option<usize> {
        self.joined_report(verb).or_else(|| self.trailing_report(verb))
    }

    /// "Said the arrests had caused panic and asked why …": what is told in the tense of "said" goes with it, not with what was said.
    fn joined_report(&self, verb: usize) -> Option<usize> {
        let clause = self.tree.head(verb).filter(|_| self.tree.dep(verb) == "conj")?;
        let cue = self.cue_above(clause)?;
        let subject = self.tree.child(clause, &["nsubj", "nsubjpass"]);
        // "Insisted that the president was at his post and accused the media".
        let is_state = self.tree.lemma(clause) == "be";
        let is_other =
            is_state || !self.is_simple_past(clause) || subject.is_some_and(|subject| !self.may_speak(subject));
        let has_own = self.tree.child(verb, &["nsubj", "nsubjpass", "expl"]).is_some();
        (self.may_be_simple_past(verb) && self.is_simple_past(cue) && is_other && !has_own && self.reports(verb))
            .then_some(cue)
    }

    /// "Said that the road was shut, adding that …".
    fn trailing_report(&self, verb: usize) -> Option<usize> {
        let clause = self.tree.head(verb).filter(|_| self.tree.dep(verb) == "advcl")?;
        let cue = self.cue_above(clause)?;
        let subject = self.tree.child(clause, &["nsubj", "nsubjpass"]);
        let is_outer = self.tree.lemma(verb) == "add" || subject.is_some_and(|subject| !self.may_speak(subject));
        let follows = self.tree.token(verb).tag == "VBG" && verb > clause;
        (follows && is_outer && self.reports(verb)).then_some(cue)
    }

    /// Whether a verb stands in the tense in which news is told: "said", not "had said".
    pub(super) fn is_simple_past(&self, verb: usize) -> bool {
        self.tree.token(verb).tag == "VBD" && self.tree.child(verb, &["aux"]).is_none()
    }

    /// The same of what the tagger may have for a participle: one with an object and no auxiliary is none.
    fn may_be_simple_past(&self, verb: usize) -> bool {
        let has = |dep: &str| self.tree.child(verb, &[dep]).is_some();
        self.is_simple_past(verb) || self.tree.token(verb).tag == "VBN" && has("dobj") && !has("aux") && !has("auxpass")
    }

    /// The verb that reports a clause standing behind it.
    fn cue_above(&self, clause: usize) -> Option<usize> {
        let cue = self.tree.head(clause).filter(|&cue| self.tree.dep(clause) == "ccomp" && cue < clause)?;
        self.data.class(Cue::Verb, &self.tree.lemma(cue)).map(|_| cue)
    }

    /// Whether a verb reports something of its own.
    fn reports(&self, verb: usize) -> bool {
        // "Accused the media of spreading lies".
        let accuses = || {
            self.tree.children_by(verb, &["prep"]).chain(self.tree.children_by(verb, &["dobj"])).any(|it| {
                self.tree.word(it) == "of" || self.tree.children_by(it, &["prep"]).any(|of| self.tree.word(of) == "of")
            })
        };
        let lemma = self.tree.lemma(verb);
        let has_content = self.tree.child(verb, &["ccomp", "xcomp"]).is_some() || lemma == "accuse" && accuses();
        has_content && self.data.class(Cue::Verb, &lemma).is_some()
    }

    /// Whether a noun or pronoun stands for somebody who can say something.
    pub(super) fn may_speak(&self, head: usize) -> bool {
        let token = self.tree.token(head);
        let lemma = self.tree.lemma(head);
        let named = self.sources.kind_at(head);
        let of_noun = self.sources.resources.coreference.kind_of_noun(&lemma);
        let is_pronoun = token.pos == "PRON" && lemma != "it";
        matches!(named, Some(Kind::Person | Kind::Organization | Kind::Region | Kind::Group))
            || is_pronoun
            || self.sources.is_person(head)
            || matches!(of_noun, Some(Kind::Person | Kind::Organization))
            || self.data.is_speaker(&self.tree.word(head).to_lowercase())
    }

    /// "We know he has gone but we still march": what the source tells of itself again.
    fn own_clauses(&self, framed: &Framed<'_>, head: usize) -> Vec<Range<usize>> {
        let Some(source) = framed.source.map(|source| self.tree.word(source).to_lowercase()) else { return Vec::new() };
        if !matches!(source.as_str(), "i" | "we") {
            return Vec::new();
        }
        let is_own = |&clause: &usize| {
            let subject = self.tree.child(clause, &["nsubj"]);
            let joint = self.tree.children_by(head, &["cc"]).rfind(|&joint| joint < clause);
            subject.is_some_and(|subject| self.tree.word(subject).to_lowercase() == source)
                && joint.is_some_and(|joint| self.tree.word(joint) == "but")
        };
        self.tree.children_by(head, &["conj"]).filter(is_own).map(|clause| self.with_joint(clause)).collect()
    }

    /// A clause with the "and" before it.
    fn with_joint(&self, clause: usize) -> Range<usize> {
        let under = self.tree.under(clause);
        let joint = under.start.checked_sub(1).filter(|&before| self.tree.dep(before) == "cc");
        joint.unwrap_or(under.start)..under.end
    }

    /// A part of the content without what goes on behind a quotation that begins it ("shouted “Shame!” before they left"), what stands
    /// before one that only ends it, and the dateline before it.
    pub(super) fn within_marks(&self, range: Range<usize>, cue: usize) -> Range<usize> {
        let is_quotation = |&token: &usize| self.is_quotation(token);
        let mut range = range;
        if let Some(colon) =
            range.clone().find(|&token| self.ends_dateline(token)).filter(|colon| colon + 3 < range.end)
        {
            range.start = colon + 1;
        }
        let first = if is_quotation(&range.start) { range.start } else { range.start.saturating_sub(1) };
        if is_quotation(&first)
            && let Some(close) = (first + 2..range.end.saturating_sub(1)).find(is_quotation)
            && self.is_clause_mark(close + 1)
        {
            range.end = close + 1;
        }
        let opens = |&token: &usize| {
            let next = self.tree.word(token + 1).starts_with(char::is_uppercase);
            is_quotation(&token) && next && self.tree.token(token - 1).pos == "NOUN" && self.opens_quote(token)
        };
        if range.end <= cue
            && let Some(open) = (range.start + 1..range.end.saturating_sub(2)).rfind(opens)
        {
            range.start = open;
        }
        range
    }

    /// Whether a quotation begins at a mark.
    fn opens_quote(&self, mark: usize) -> bool {
        let end = self.tree.token(mark).span.end;
        let first = self.layers.quotes.partition_point(|quote| quote.span.start < end);
        self.layers.quotes.get(first).is_some_and(|quote| quote.span.start == end)
    }

    fn is_clause_mark(&self, token: usize) -> bool {
        let is_inside = token < self.tree.text.tokens().len();
        is_inside && (self.tree.dep(token) == "mark" || self.tree.token(token).tag == "WRB")
    }

    /// Whether a token is the mark behind a town in capitals: "NEW DELHI : The".
    fn ends_dateline(&self, token: usize) -> bool {
        let is_mark = matches!(self.tree.word(token), ":" | "–" | "—" | "-");
        let Some(before) = token.checked_sub(1).filter(|_| is_mark) else { return false };
        let word = self.tree.word(before);
        word.len() > 3
            && word.chars().all(char::is_uppercase)
            && matches!(self.sources.kind_at(before), Some(Kind::Region | Kind::Place))
    }
}
