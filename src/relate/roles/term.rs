//! From when to when a post is held: "since 2019", "from 2010 to 2014", "who resigned in May", "spent two years as".

use jiff::civil::Date;

use super::{Scene, Stated};
use crate::document::{Tenure, Term, TimeId};
use crate::span::Span;
use crate::times::value::TimeValue;

/// How far a time may hang below the words of a post.
const DEPTH: usize = 4;

/// What a time says of a post.
enum Edge {
    Begin,
    End,
    Inside,
}

impl Scene<'_> {
    /// The term that the words around a post give it.
    pub(super) fn term(&self, stated: &Stated) -> Term {
        let mut term = Term::default();
        if let Some(verb) = stated.verb {
            let span = Some(self.text.tokens()[verb].span);
            if self.begins(verb) {
                term.begun_by = span;
            } else if self.ends(verb) {
                term.ended_by = span;
            }
        }
        let sentence = self.text.span(self.text.sentence_of(stated.title.start));
        for (id, time) in self.times.iter().enumerate().filter(|(_, time)| sentence.contains(time.span)) {
            let Some((preposition, first, anchor)) = self.hangs_on(time.span) else { continue };
            if self.is_of_post(stated, anchor) {
                self.place(&mut term, stated, id, &preposition);
                let words = Span::new(self.text.tokens()[first].span.start, time.span.end);
                term.words = Some(term.words.map_or(words, |other| other.cover(words)));
            }
        }
        if term == (Term { begun_by: term.begun_by, ended_by: term.ended_by, ..Term::default() }) {
            term.words = None;
        }
        term
    }

    /// The preposition of a time, the first token of the two, and the word on which they hang.
    fn hangs_on(&self, time: Span) -> Option<(String, usize, usize)> {
        let tokens = self.text.tokens();
        let inside = self.text.tokens_in(time);
        let mut at = inside.clone().find(|&token| !inside.contains(&tokens[token].head))?;
        let (mut preposition, mut first) = (String::new(), inside.start);
        for _ in 0..DEPTH {
            let head = tokens[at].head;
            if head == at {
                return None;
            }
            let is_preposition = matches!(tokens[head].pos, "ADP" | "SCONJ");
            let is_time = self.times.iter().any(|other| other.span.contains(tokens[head].span));
            if is_preposition && preposition.is_empty() && head < inside.start {
                preposition = self.word(head).to_lowercase();
                first = head;
            } else if !is_preposition && !is_time {
                return Some((preposition, first, head));
            }
            at = head;
        }
        None
    }

    /// Whether a word belongs to what states a post: its title, its organisation, or the verb that says, begins or ends it.
    fn is_of_post(&self, stated: &Stated, anchor: usize) -> bool {
        let follows_title = anchor > stated.title.start && anchor < stated.evidence.end;
        let is_noun = matches!(self.text.tokens()[anchor].pos, "NOUN" | "PROPN");
        stated.verb == Some(anchor)
            || stated.title.contains(&anchor)
            || follows_title && is_noun && !self.is_person_at(anchor)
    }

    fn place(&self, term: &mut Term, stated: &Stated, id: TimeId, preposition: &str) {
        match self.times[id].value {
            Some(TimeValue::Duration(..)) if matches!(preposition, "for" | "") => {
                term.length = term.length.or(Some(id));
                return;
            }
            // "A reporter for the weekly Lantern" is no reporter once a week.
            Some(TimeValue::Duration(..) | TimeValue::Every(..)) => return,
            _ => {}
        }
        let verb = stated.verb;
        let edge = match preposition {
            "since" | "from" | "after" => Edge::Begin,
            "until" | "till" | "to" | "through" | "before" => Edge::End,
            _ if verb.is_some_and(|verb| self.begins(verb)) => Edge::Begin,
            _ if verb.is_some_and(|verb| self.ends(verb)) => Edge::End,
            _ => Edge::Inside,
        };
        let field = match edge {
            Edge::Begin => &mut term.begin,
            Edge::End => &mut term.end,
            Edge::Inside => &mut term.inside,
        };
        *field = field.or(Some(id));
    }

    /// Whether a verb begins a post ("was appointed", "became", "succeeded").
    pub(super) fn begins(&self, verb: usize) -> bool {
        let verbs = self.resources.titles.verbs();
        let lemma = &*self.text.tokens()[verb].lemma;
        verbs.appoint.contains(lemma) || verbs.follow.contains(lemma) || lemma == "become"
    }

    /// Whether a verb ends a post ("resigned", "was sacked").
    pub(super) fn ends(&self, verb: usize) -> bool {
        let verbs = self.resources.titles.verbs();
        let lemma = &*self.text.tokens()[verb].lemma;
        verbs.end.contains(lemma) || verbs.remove.contains(lemma) || lemma == "step"
    }

    /// When a post is held, given its term: what ended before the article's date is over, what begins after it is to come.
    pub(super) fn placed(&self, tenure: Tenure, term: &Term) -> Tenure {
        let Some(today) = self.published.filter(|_| matches!(tenure, Tenure::Current)) else { return tenure };
        let days = |id: Option<TimeId>| -> Option<(Date, Date)> {
            match self.times.get(id?)?.value? {
                TimeValue::Period(period) => period.days(),
                _ => None,
            }
        };
        let over = days(term.end).is_some_and(|(_, last)| last < today);
        let to_come = days(term.begin).is_some_and(|(first, _)| first > today);
        match (over, to_come) {
            (true, _) => Tenure::Former,
            (_, true) => Tenure::Future,
            _ => tenure,
        }
    }
}
