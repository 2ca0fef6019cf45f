//! Reads a title backwards from its last word: "former White House press secretary".

use std::ops::Range;

use super::Scene;
use crate::document::{EntityId, Kind, Mention, Tenure};

/// A title with what stands before it.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// Its parts ("founder and chief executive" has two), from the last to the first.
    pub(super) parts: Vec<Part>,
    /// Where it begins, with organisation, tenure and article.
    pub(super) start: usize,
    /// The organisation named before it.
    pub(super) organization: Option<EntityId>,
    /// What is said of when it is held.
    pub(super) tenure: Option<Tenure>,
    /// Whether it is denied or imagined.
    pub(super) never: bool,
    /// Whether it is of several persons ("ministers").
    pub(super) plural: bool,
    /// Whether an article, a possessive or an organisation makes it a definite post.
    pub(super) definite: bool,
    /// Whether capitalised words that are no known name were passed over before it ("Harbour Days president").
    pub(super) passes_name: bool,
}

/// One post of those that a title names.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its words.
    pub(super) words: Range<usize>,
    /// What is said of when this one alone is held ("party leader and former minister").
    pub(super) tenure: Option<Tenure>,
    /// Whether it is a rank behind another post, and not held where that one is ("Acme spokesman General").
    pub(super) is_rank: bool,
}

impl Part {
    fn new(words: Range<usize>) -> Self {
        Self { words, tenure: None, is_rank: false }
    }
}

impl Title {
    /// One past its last word.
    pub(super) fn end(&self) -> usize {
        self.parts.first().map_or(self.start, |part| part.words.end)
    }

    /// Where its words begin.
    fn first_word(&self) -> usize {
        self.parts.last().map_or(self.start, |part| part.words.start)
    }
}

/// What a step to the left finds.
enum Step {
    /// Go on from this token.
    To(usize),
    Stop,
}

impl Scene<'_> {
    /// The title that ends before the token `end` and begins at or after `floor`.
    pub(super) fn title_ending_at(&self, end: usize, floor: usize) -> Option<Title> {
        let (end, suffix) = self.without_suffix(end, floor);
        let joined = end.checked_sub(1).and_then(|last| self.resources.titles.without_suffix(self.word(last)));
        let suffix = suffix.or(joined.map(|(_, tenure)| tenure));
        let last = if self.is_abbreviated(end, floor) { end - 1 } else { end };
        let start = self.head_start(last, floor)?;
        let plural = self.resources.titles.is_plural(self.word(last - 1));
        let mut title = Title {
            parts: vec![Part::new(start..end)],
            start,
            organization: None,
            tenure: suffix,
            never: false,
            plural,
            definite: false,
            passes_name: false,
        };
        while title.start > floor {
            match self.step(&mut title, floor) {
                Step::To(token) => title.start = token,
                Step::Stop => break,
            }
        }
        let before = title.start.checked_sub(1).map_or("", |before| self.word_beside(before, title.start));
        let would_be = before == "be" && title.start > 1 && self.word(title.start - 2) == "-";
        let is_never = self.resources.titles.is_never(before) && !crate::detect::key::is_capitals(before);
        title.never |= is_never || before.eq_ignore_ascii_case("n't") || would_be;
        Some(title)
    }

    /// Where the head of the title that ends at `end` begins.
    pub(super) fn head_start(&self, end: usize, floor: usize) -> Option<usize> {
        if end <= floor || !self.is_noun(end - 1) || self.is_person_at(end - 1) {
            return None;
        }
        let mut words: Vec<&str> = (floor.max(end.saturating_sub(5))..end).map(|token| self.word(token)).collect();
        if let Some((last, (title, _))) =
            words.last_mut().and_then(|last| self.resources.titles.without_suffix(last).map(|joined| (last, joined)))
        {
            *last = title;
        }
        Some(end - self.resources.titles.head_length(&words)?)
    }

    fn is_noun(&self, token: usize) -> bool {
        self.tag(token).starts_with("NN")
            || self.resources.titles.without_suffix(self.word(token)).is_some()
            || self.word(token).ends_with('.')
            || self.is_in_capitals(token)
    }

    fn is_in_capitals(&self, token: usize) -> bool {
        crate::detect::key::is_capitals(self.word(token)) && self.word(token).len() > 1
    }

    /// Whether the last token is the full stop of a short title ("Lt.", "Col."), where the tokenizer keeps it apart.
    fn is_abbreviated(&self, end: usize, floor: usize) -> bool {
        if end < floor + 2 || self.word(end - 1) != "." {
            return false;
        }
        let word = self.word(end - 2);
        word.len() <= 5 && word.starts_with(char::is_uppercase) && self.resources.titles.head_length(&[word]).is_some()
    }

    /// Without "-elect" or "designate".
    fn without_suffix(&self, end: usize, floor: usize) -> (usize, Option<Tenure>) {
        let last = end.saturating_sub(1);
        let tenure = (last > floor).then(|| self.resources.titles.tenure(self.word(last))).flatten();
        match tenure {
            Some(tenure @ (Tenure::Future | Tenure::Former)) => {
                let hyphen = last - 1 > floor && self.word(last - 1) == "-";
                (if hyphen { last - 1 } else { last }, Some(tenure))
            }
            _ => (end, None),
        }
    }

    /// Takes in the token before the title, if it belongs to it.
    fn step(&self, title: &mut Title, floor: usize) -> Step {
        let token = title.start - 1;
        let word = self.word(token);
        let titles = &self.resources.titles;
        if let Some((mention, tokens)) = self.mention_at(token) {
            if self.kind(mention) == Kind::Person && tokens.start > floor {
                let before = self.resources.titles.tenure(self.word(tokens.start - 1));
                title.tenure = title.tenure.or(before);
            }
            if self.kind(mention) == Kind::Person
                || title.organization.is_some()
                || title.passes_name
                || tokens.start < floor
            {
                return Step::Stop;
            }
            // Who made a law holds no post in it: "Constitution architect".
            if self.kind(mention) == Kind::Law {
                title.never = true;
                return Step::Stop;
            }
            if self.is_department(&tokens) && self.has_department(title) {
                extend(title, tokens.start);
                return Step::To(tokens.start);
            }
            if self.is_of_other_title(title, tokens.start, floor) {
                return Step::Stop;
            }
            title.organization = Some(mention.entity);
            title.definite = true;
            return Step::To(tokens.start);
        }
        if matches!(word, "'s" | "’s" | "'" | "’") {
            return self.possessive(title, token, floor);
        }
        if word == ")" {
            return self.bracketed(title, token, floor);
        }
        if self.is_abbreviated(title.start, floor) {
            extend(title, token - 1);
            return Step::To(token - 1);
        }
        if matches!(word, "-" | "–" | "/") && token > floor {
            return self.hyphen(title, token);
        }
        if titles.is_never(word) && !self.is_in_capitals(token) {
            title.never = true;
            return Step::Stop;
        }
        if self.resources.names.is_address(word) {
            return Step::Stop;
        }
        let before = token.checked_sub(1).filter(|&before| before >= floor);
        if matches!(word, "and" | "&") {
            return self.coordinated(title, token, floor);
        }
        if self.is_determiner(token) {
            title.definite = true;
            return Step::To(token);
        }
        let is_first = title.definite && title.organization.is_none();
        if is_first {
            return Step::Stop;
        }
        if let Some(tenure) = titles.tenure(word).filter(|_| !self.is_verb(token)) {
            title.tenure = title.tenure.filter(|known| *known != Tenure::Current).or(Some(tenure));
            return Step::To(token);
        }
        if title.organization.is_some() || before.is_none() && self.is_verb(token) {
            return Step::Stop;
        }
        self.qualifier(title, token)
    }

    /// "Acme's chairman"; of other possessors only that there is one.
    fn possessive(&self, title: &mut Title, token: usize, floor: usize) -> Step {
        title.definite = true;
        if title.organization.is_some() || token <= floor {
            return Step::Stop;
        }
        match self.mention_at(token - 1) {
            Some((mention, tokens)) if tokens.start >= floor => {
                if self.kind(mention) != Kind::Person {
                    title.organization = Some(mention.entity);
                }
                Step::To(tokens.start)
            }
            Some(_) => Step::Stop,
            None => Step::To(self.text.subtree(token - 1).start.clamp(floor, token - 1)),
        }
    }

    /// "Norden Workers Union (NWU) secretary": the organisation's short name stands in brackets, behind the long one or alone.
    fn bracketed(&self, title: &mut Title, close: usize, floor: usize) -> Step {
        let is_organization = |mention: &Mention| self.kind(mention) == Kind::Organization;
        let named = |end: usize| {
            let (mention, tokens) = self.mention_at(end.checked_sub(1)?)?;
            (is_organization(mention) && tokens.start >= floor && tokens.end == end).then_some((mention.entity, tokens))
        };
        let Some((short, inside)) = named(close).filter(|_| title.organization.is_none() && !title.passes_name) else {
            return Step::Stop;
        };
        let Some(open) = inside.start.checked_sub(1).filter(|&open| open >= floor && self.word(open) == "(") else {
            return Step::Stop;
        };
        let (entity, start) = named(open).map_or((short, open), |(long, tokens)| (long, tokens.start));
        title.organization = Some(entity);
        title.definite = true;
        Step::To(start)
    }

    /// "ex-mayor", "then-chairman", "would-be president", "co-founder", "anti-corruption".
    fn hyphen(&self, title: &mut Title, token: usize) -> Step {
        let before = token - 1;
        let word = self.word(before);
        // "54-year-old captain": what the hyphen joins is no part of the title.
        let is_age = (title.start..title.first_word()).any(|token| matches!(self.word(token), "old" | "year"));
        if is_age || !word.starts_with(char::is_alphanumeric) {
            let is_word = word.starts_with(char::is_alphanumeric) && self.mention_at(before).is_none();
            return if is_word { Step::To(before) } else { Step::Stop };
        }
        if word.eq_ignore_ascii_case("be") {
            title.never = true;
            return Step::Stop;
        }
        if let Some(tenure) = self.resources.titles.tenure(word) {
            title.tenure = Some(tenure);
            return Step::To(before);
        }
        if title.organization.is_none() && !self.is_verb(before) && self.mention_at(before).is_none() {
            extend(title, before);
            return Step::To(before);
        }
        Step::Stop
    }

    /// "founder and chief executive".
    fn coordinated(&self, title: &mut Title, token: usize, floor: usize) -> Step {
        let start = self.head_start(token, floor).filter(|_| title.organization.is_none() && !title.plural);
        match start {
            Some(start) => {
                // "Party leader and former minister": the first post may still be held.
                let own = title.tenure.take();
                title.parts.iter_mut().for_each(|part| part.tenure = part.tenure.or(own));
                title.parts.push(Part::new(start..token));
                Step::To(start)
            }
            None if token > floor && self.is_shared_modifier(title, token) => {
                extend(title, token - 1);
                Step::To(token - 1)
            }
            None => Step::Stop,
        }
    }

    /// "interior and overseas minister".
    fn is_shared_modifier(&self, title: &Title, token: usize) -> bool {
        let titles = &self.resources.titles;
        let qualified = title.parts.last().is_some_and(|part| part.words.len() > 1);
        qualified && titles.is_modifier(self.word(token - 1)) && self.mention_at(token - 1).is_none()
    }

    /// Nouns and adjectives that qualify the title: known ones and capitalised ones belong to it, others only describe.
    fn qualifier(&self, title: &mut Title, token: usize) -> Step {
        let analysed = &self.text.tokens()[token];
        let qualifies = matches!(analysed.dep, "compound" | "amod" | "nmod" | "poss" | "advmod" | "npadvmod" | "punct")
            && analysed.head > token
            && analysed.head < title.end() + 6;
        let capitalised = self.word(token).starts_with(char::is_uppercase);
        let is_noun = analysed.tag.starts_with("NN");
        if let Some(start) = self.post_before_rank(title, token) {
            title.parts.iter_mut().for_each(|part| part.is_rank = true);
            title.parts.push(Part::new(start..token + 1));
            return Step::To(start);
        }
        let known =
            self.resources.titles.is_modifier(self.word(token)) && (is_noun || analysed.pos == "ADJ" || capitalised);
        if !known && qualifies && self.is_part_of_name(title, token) {
            title.passes_name = true;
            return Step::To(token);
        }
        if known || qualifies && (is_noun || capitalised && analysed.pos == "ADJ") {
            extend(title, token);
            return Step::To(token);
        }
        if qualifies && matches!(analysed.pos, "ADJ" | "NUM") { Step::To(token) } else { Step::Stop }
    }

    /// Where a post begins that ends at a token before a rank: "police spokeswoman Brigadier". No words of one title are two posts:
    /// "Deputy General".
    fn post_before_rank(&self, title: &Title, token: usize) -> Option<usize> {
        let titles = &self.resources.titles;
        let part = title.parts.last().filter(|part| part.words.start == token + 1)?;
        let words: Vec<&str> = part.words.clone().map(|token| self.word(token)).collect();
        let is_rank = self.word(token + 1).starts_with(char::is_uppercase) && titles.is_rank(&words);
        let floor = self.text.sentence_of(token).start;
        let start = self.head_start(token + 1, floor).filter(|_| is_rank && !titles.is_modifier(self.word(token)))?;
        (!titles.is_plural(self.word(token))).then_some(start)
    }

    /// "Chairman of the Joint Chiefs General Roe": where the chairman's post is, and not the rank's.
    fn is_of_other_title(&self, title: &Title, name: usize, floor: usize) -> bool {
        let words: Vec<&str> = (title.first_word()..title.end()).map(|token| self.word(token)).collect();
        let before = if name > floor && self.word(name - 1) == "the" { name - 1 } else { name };
        let is_joined = before > floor + 1 && self.word(before - 1) == "of";
        is_joined && self.resources.titles.is_rank(&words) && self.head_start(before - 1, floor).is_some()
    }

    /// Whether a capitalised word before a title in small letters belongs to a name that is not known: "Harbour Days president".
    fn is_part_of_name(&self, title: &Title, token: usize) -> bool {
        let is_capitalised = |token: usize| self.word(token).starts_with(char::is_uppercase);
        let begins = self.text.sentence_of(token).start == token && !self.is_in_capitals(token);
        is_capitalised(token) && (title.passes_name || !begins) && !is_capitalised(title.first_word())
    }

    /// Whether a name is that of a department and no body by itself ("Urban Development").
    pub(super) fn is_department(&self, name: &Range<usize>) -> bool {
        name.end
            .checked_sub(1)
            .is_some_and(|last| name.len() > 1 && self.resources.titles.is_department(self.word(last)))
    }

    /// Whether a title may begin with the name of a department ("Urban Development Minister").
    fn has_department(&self, title: &Title) -> bool {
        let last = title.parts.last().map_or(title.start, |part| part.words.end);
        last > 0 && self.resources.titles.has_department(self.word(last - 1))
    }

    fn is_determiner(&self, token: usize) -> bool {
        matches!(self.tag(token), "DT" | "PRP$") && !self.resources.titles.is_never(self.word(token))
    }

    fn is_verb(&self, token: usize) -> bool {
        matches!(self.tag(token), "VBD" | "VBZ" | "VBP" | "MD" | "VB")
    }
}

/// Takes the tokens from `start` into the first part of the title.
fn extend(title: &mut Title, start: usize) {
    let first = title.parts.last_mut().map(|part| &mut part.words);
    if let Some(first) = first.filter(|first| first.start == title.start || first.start > start) {
        first.start = start;
    }
}
