//! Finds words that may attribute, by the frames of the data and by phrases.

use std::ops::Range;

use super::{Found, Scene};
use crate::document::Act;
use crate::resources::attributions::{Cue, Frame, Place};

/// What a frame makes of a word.
pub(super) struct Framed<'a> {
    pub(super) frame: &'a Frame,
    pub(super) word: usize,
    /// The heads of what is said.
    pub(super) heads: Vec<usize>,
    pub(super) source: Option<usize>,
}

impl<'a> Scene<'a> {
    /// All that may be attributions by a word or a phrase, in the order of their words.
    pub(super) fn candidates(&self) -> Vec<Found> {
        let words = 0..self.tree.text.tokens().len();
        let found = words.filter_map(|word| match self.framed(word) {
            Some(framed) => self.found(&framed),
            None => self.phrase(word),
        });
        found.collect()
    }

    /// The first frame that fits a word.
    pub(super) fn framed(&self, word: usize) -> Option<Framed<'a>> {
        let cue = self.cue_kind(word)?;
        let lemma = self.tree.lemma(word);
        let data = self.data;
        data.frames().iter().filter(|frame| frame.cue == cue).find_map(|frame| self.fit(frame, word, &lemma))
    }

    fn fit(&self, frame: &'a Frame, word: usize, lemma: &str) -> Option<Framed<'a>> {
        let is_known = frame.words.contains(lemma)
            || frame.words.is_empty()
                && (frame.cue == Cue::Verb && !frame.classed || self.data.class(frame.cue, lemma).is_some());
        let has_needs = frame.needs.is_empty() || self.tree.children_by(word, &frame.needs).next().is_some();
        let is_bare = self.tree.children_by(word, &frame.lacks).next().is_none();
        if !is_known || !has_needs || !is_bare {
            return None;
        }
        let heads = self.content_heads(frame, word);
        if heads.is_empty() {
            return None;
        }
        // "Accused the bank of fraud": the phrase may hang on the object.
        let is_of = |token: usize| frame.prepositions.contains(self.tree.word(token));
        let has_phrase = |&head: &usize| self.tree.dep(head) == "prep" || self.tree.children(head).any(is_of);
        let has_musts = !frame.phrased || heads.iter().any(has_phrase);
        let subject = self.tree.child(word, &["nsubj", "nsubjpass"]).filter(|_| frame.raised);
        let is_whole = subject.is_none_or(|subject| !self.tree.token(subject).tag.starts_with('W'));
        let source = frame.source.iter().find_map(|place| self.source_at(*place, word));
        // "Said in a statement that": the verb attributes what the noun has for its content.
        if let (Cue::Noun, None, Some(verb)) = (frame.cue, source, self.reported_in(word)) {
            let source = self.source_at(Place::Subject, verb);
            return source.map(|source| Framed { frame, word: verb, heads, source: Some(source) });
        }
        let is_told = has_musts && is_whole && !self.is_unsaid(frame, word, source);
        (is_told && (source.is_some() || !frame.sourced)).then_some(Framed { frame, word, heads, source })
    }

    /// The verb of saying that has a noun for the place of what it says, and nothing said of its own: "said in a statement".
    fn reported_in(&self, noun: usize) -> Option<usize> {
        let preposition = self.tree.head(noun).filter(|_| self.tree.dep(noun) == "pobj")?;
        let is_place = matches!(&*self.tree.word(preposition).to_lowercase(), "in" | "through" | "via" | "on");
        let verb = self.tree.head(preposition).filter(|_| is_place)?;
        let class = self.data.class(Cue::Verb, &self.tree.lemma(verb))?;
        let says_more = self.tree.child(verb, &["ccomp", "dobj"]).is_some();
        (class.name == "report" && !says_more).then_some(verb)
    }

    /// The heads of what is said: below the word, or the one above it.
    fn content_heads(&self, frame: &Frame, word: usize) -> Vec<usize> {
        if !frame.host.is_empty() {
            let depends = frame.host.iter().any(|dep| dep == self.tree.dep(word));
            let marked = frame.marks.is_empty() || self.mark(word).is_some_and(|mark| frame.marks.contains(&mark));
            let host = self.tree.head(word).filter(|_| depends && marked);
            return host.into_iter().collect();
        }
        let fits = |&head: &usize| {
            let is_tagged = frame.tags.is_empty() || frame.tags.iter().any(|tag| tag == self.tree.token(head).tag);
            let is_marked = frame.marks.is_empty() || self.mark(head).is_some_and(|mark| frame.marks.contains(&mark));
            let is_joined = self.tree.dep(head) != "prep" || frame.prepositions.contains(self.tree.word(head));
            let is_listed = frame.heads.is_empty() || frame.heads.contains(&self.tree.lemma(head));
            is_tagged && is_marked && is_joined && is_listed && !self.is_adverbial(head)
        };
        // "It was unclear whether": what is said may depend on the copula.
        let copula = if frame.cue == Cue::Adjective { self.copula(word) } else { None };
        let words = std::iter::once(word).chain(copula);
        let mut heads: Vec<usize> =
            words.flat_map(|word| self.tree.children_by(word, &frame.content)).filter(fits).collect();
        if frame.content == ["ccomp"] && heads.iter().all(|&head| head > word && self.is_phrase(head, word)) {
            heads.clear();
        }
        // "The bank says so; it added that …": what stands before is a sentence of its own.
        if heads.iter().any(|&head| head > word) {
            heads.retain(|&head| head > word || !(head..word).any(|token| self.tree.word(token) == ";"));
        }
        heads
    }

    /// The word that joins a clause to what it depends on ("that", "whether", "as"), in lower case.
    pub(super) fn mark(&self, head: usize) -> Option<String> {
        self.tree.children_by(head, &["mark"]).next().map(|mark| self.tree.word(mark).to_lowercase())
    }

    /// Whether a clause says when, why or on what condition, and is no complement: "said it when asked".
    fn is_adverbial(&self, head: usize) -> bool {
        let mark = self.mark(head);
        matches!(
            mark.as_deref(),
            Some("because" | "since" | "although" | "though" | "while" | "after" | "before" | "until" | "unless")
        )
    }

    /// Whether a head is that of no whole clause, and no quotation marks make it somebody's words: a noun ("saw a row of attacks"), or a
    /// verb in a tense whose subject is the noun before all of it ("the planes that it says have flown").
    fn is_phrase(&self, head: usize, word: usize) -> bool {
        let is_relative = self.tree.dep(word) == "relcl";
        let cannot_stand = match self.tree.token(head).tag {
            "VBD" | "VBZ" | "VBP" | "VBN" => is_relative,
            _ => matches!(self.tree.token(head).pos, "NOUN" | "PROPN"),
        };
        let is_quoted = self.tree.under(head).any(|token| self.is_quotation(token));
        let subjects = ["nsubj", "nsubjpass", "expl", "csubj", "csubjpass", "cop"];
        cannot_stand && !is_quoted && self.tree.child(head, &subjects).is_none()
    }

    /// Whether a word says that nobody said something, or not yet: "time to say that", "one would think that".
    fn is_unsaid(&self, frame: &Frame, word: usize, source: Option<usize>) -> bool {
        let auxiliary =
            |words: &[&str]| self.tree.children_by(word, &["aux"]).any(|it| words.contains(&self.tree.word(it)));
        let class = self.data.class(frame.cue, &self.tree.lemma(word)).map_or("", |class| class.name.as_str());
        let is_aim = frame.cue == Cue::Verb && source.is_none() && auxiliary(&["to"]);
        // "An election that saw 40 per cent vote".
        let is_sight = matches!(&*self.tree.lemma(word), "see" | "witness");
        let is_of_thing = is_sight && source.is_some_and(|source| !self.may_speak(source));
        is_aim || is_of_thing || class == "think" && auxiliary(&["would", "'d", "’d"])
    }

    fn cue_kind(&self, word: usize) -> Option<Cue> {
        match self.tree.token(word).pos {
            "VERB" => Some(Cue::Verb),
            // "Be" is what joins adjectives to subjects; by itself it attributes nothing.
            "NOUN" => Some(Cue::Noun),
            "ADJ" => Some(Cue::Adjective),
            _ => None,
        }
    }

    fn source_at(&self, place: Place, word: usize) -> Option<usize> {
        match place {
            Place::Subject => self.subject(word),
            Place::Possessor => self.tree.child(word, &["poss"]),
            Place::By => self.by(word),
            Place::Giver => self.giver(word),
            Place::Sufferer => self.sufferer(word),
        }
    }

    fn found(&self, framed: &Framed<'_>) -> Option<Found> {
        let cue = self.cue_tokens(framed.word);
        let mut source = framed.source.map(|head| self.to_cue(self.noun_phrase(head, framed.word), &cue));
        let mut taken: Vec<Range<usize>> = vec![cue.clone()];
        taken.extend(source.iter().map(|words| words.tokens.clone()));
        let content = self.content(framed, &taken);
        if content.is_empty() {
            return None;
        }
        if content.iter().any(|range| source.as_ref().is_some_and(|s| range.contains(&s.head))) {
            source = None;
        }
        Some(Found {
            content: content.into_iter().map(|range| self.tree.text.span(range)).collect(),
            cue: Some(self.tree.text.span(cue)),
            word: Some(framed.word),
            source,
            act: self.act(framed),
            quotes: Vec::new(),
            rule: framed.frame.name.clone(),
            likelihood: self.likelihood(framed),
        })
    }

    /// "According to Jane Roe, …": a phrase, its object and the clause on which it depends.
    fn phrase(&self, first: usize) -> Option<Found> {
        let phrase = self.data.phrases().iter().find(|phrase| self.stands_at(phrase, first))?;
        let last = first + phrase.split(' ').count() - 1;
        let object =
            self.tree.child(last, &["pobj"]).filter(|&object| !self.data.is_ground(&self.tree.lemma(object)))?;
        let host = self.clause_above(first)?;
        let source = self.with_name_behind(self.noun_phrase(object, first));
        let taken = [first..last + 1, source.tokens.clone(), self.tree.under(first)];
        let mut content = self.clause_without(host, &taken);
        if host < first {
            // What follows is another clause or belongs to the source: "40 died, according to police, and the road is shut".
            content.retain(|range| range.start < first);
        }
        if content.is_empty() {
            return None;
        }
        Some(Found {
            content: content.into_iter().map(|range| self.tree.text.span(range)).collect(),
            cue: Some(self.tree.text.span(first..last + 1)),
            word: Some(first),
            source: Some(source),
            act: Act::Says,
            quotes: Vec::new(),
            rule: "phrase".into(),
            likelihood: 0.95,
        })
    }

    fn stands_at(&self, phrase: &str, first: usize) -> bool {
        let count = self.tree.text.tokens().len();
        phrase
            .split(' ')
            .enumerate()
            .all(|(i, word)| first + i < count && self.tree.word(first + i).eq_ignore_ascii_case(word))
    }

    /// The head of the clause in which a word stands.
    fn clause_above(&self, word: usize) -> Option<usize> {
        let mut at = self.tree.head(word)?;
        while !matches!(self.tree.token(at).pos, "VERB" | "AUX") {
            match self.tree.head(at) {
                Some(above) => at = above,
                None => break,
            }
        }
        Some(at)
    }
}
