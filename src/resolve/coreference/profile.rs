//! What is known of each phrase, worked out once, as small numbers that are quick to compare.

use std::collections::BTreeMap;
use std::ops::Range;

use super::nature::{Nature, Number, Sort};
use super::phrase::{Phrase, Scene};
use super::ranker::Ranker;
use crate::document::{EntityId, Form, Quote};
use crate::resources::coreference::Pronoun;
use crate::resources::names::Gender;
use crate::span::Span;

/// What is known of a phrase.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) tokens: Range<usize>,
    pub(super) head: usize,
    pub(super) form: Form,
    pub(super) entity: Option<EntityId>,
    pub(super) nature: Nature,
    pub(super) joined: bool,
    /// Its form, and for a pronoun which.
    pub(super) kind: u32,
    /// Its sort and number.
    pub(super) sort: u32,
    pub(super) number: u32,
    /// Its head: the word of a pronoun, the lemma of a noun, the kind of a name.
    pub(super) word: u32,
    /// The lemma of its head.
    pub(super) lemma: u32,
    /// All its words but determiners.
    pub(super) words: u32,
    /// Each of them that means something.
    pub(super) content: Vec<u32>,
    /// Those before the head.
    pub(super) modifiers: Vec<u32>,
    /// Its first word, where that is a determiner or a possessor.
    pub(super) determiner: u32,
    /// How it depends on what stands above it, and the lemma of that.
    pub(super) dep: u32,
    pub(super) above: u32,
    /// The words next to it.
    pub(super) next: u32,
    pub(super) previous: u32,
    pub(super) length: usize,
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
    /// The quote in which it stands.
    pub(super) quote: Option<usize>,
    /// How often the entity that it names is named.
    pub(super) mentions: usize,
    pub(super) reflexive: bool,
    pub(super) is_modified: bool,
    /// Whether it stands in the first block.
    pub(super) is_headline: bool,
    /// Whether it is the first phrase of its sentence.
    pub(super) opens: bool,
    /// The verb of its clause, and whether it is the subject there.
    pub(super) verb: Option<usize>,
    pub(super) is_subject: bool,
    /// The vector of its head.
    pub(super) vector: Option<usize>,
}

/// What came before a phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) same_words: usize,
    pub(super) same_head: usize,
    pub(super) described: bool,
}

/// All phrases of a text with what is known of them.
pub(super) struct Profiles<'a> {
    pub(super) all: Vec<Profile>,
    seen: Vec<Seen>,
    /// The nouns that the text uses of each phrase, and of each entity.
    described: BTreeMap<usize, Vec<u32>>,
    pub(super) of_entity: BTreeMap<EntityId, Vec<u32>>,
    by_head: BTreeMap<usize, usize>,
    /// The phrase that speaks each quote.
    speakers: Vec<Option<usize>>,
    ranker: &'a Ranker,
}

/// A string as a number.
pub(super) fn number(words: &str) -> u32 {
    words.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl<'a> Profiles<'a> {
    pub(super) fn new(scene: &Scene<'_>, phrases: &[Phrase], quotes: &[Quote], ranker: &'a Ranker) -> Self {
        let counts = counts(phrases);
        let places = Places::new(scene, quotes);
        let mut all: Vec<Profile> =
            phrases.iter().map(|phrase| profile(scene, phrase, &places, &counts, ranker)).collect();
        for at in 0..all.len() {
            all[at].opens = at == 0 || all[at - 1].sentence != all[at].sentence;
        }
        let by_head: BTreeMap<usize, usize> =
            (0..all.len()).rev().filter(|&at| !all[at].joined).map(|at| (all[at].head, at)).collect();
        let described = described(scene, &all, &by_head);
        let mut of_entity: BTreeMap<EntityId, Vec<u32>> = BTreeMap::new();
        for (&at, nouns) in &described {
            if let Some(entity) = all[at].entity {
                of_entity.entry(entity).or_default().extend(nouns);
            }
        }
        let speakers = quotes.iter().map(|quote| speaker(scene, quote.speaker.as_ref()?.span, &by_head)).collect();
        let mut profiles = Self { all, seen: Vec::new(), described, of_entity, by_head, speakers, ranker };
        profiles.seen = profiles.look_back();
        for quote in 0..quotes.len() {
            let meant = profiles.speakers[quote].and_then(|speaker| profiles.told_by_nationality(scene, speaker));
            profiles.speakers[quote] = meant.or(profiles.speakers[quote]);
        }
        profiles
    }

    fn look_back(&self) -> Vec<Seen> {
        let mut words: BTreeMap<u32, usize> = BTreeMap::new();
        let mut heads: BTreeMap<u32, usize> = BTreeMap::new();
        let mut nouns: Vec<u32> = Vec::new();
        let mut seen = Vec::with_capacity(self.all.len());
        for (at, profile) in self.all.iter().enumerate() {
            seen.push(Seen {
                same_words: words.get(&profile.words).copied().unwrap_or(0),
                same_head: heads.get(&profile.lemma).copied().unwrap_or(0),
                described: nouns.contains(&profile.lemma),
            });
            if profile.form != Form::Pronoun {
                *words.entry(profile.words).or_default() += 1;
                *heads.entry(profile.lemma).or_default() += 1;
            }
            nouns.extend(self.described.get(&at).into_iter().flatten());
        }
        seen
    }

    pub(super) fn seen_before(&self, at: usize) -> Seen {
        self.seen[at]
    }

    /// Whether the text uses a noun of what a phrase stands for: "Jane Roe, the minister,".
    pub(super) fn is_described(&self, at: usize, noun: u32) -> bool {
        let holds = |nouns: Option<&Vec<u32>>| nouns.is_some_and(|nouns| nouns.contains(&noun));
        holds(self.described.get(&at)) || holds(self.all[at].entity.and_then(|entity| self.of_entity.get(&entity)))
    }

    /// The phrase that a token heads.
    pub(super) fn headed_by(&self, token: usize) -> Option<usize> {
        self.by_head.get(&token).copied()
    }

    /// The phrase that speaks a quote.
    pub(super) fn speaker_of(&self, quote: usize) -> Option<usize> {
        self.speakers[quote]
    }

    /// Whether a phrase is the speaker of a quote, or names it.
    pub(super) fn speaks(&self, at: usize, quote: usize) -> bool {
        self.speakers[quote].is_some_and(|speaker| self.is_same(at, speaker))
    }

    /// Whether a phrase is the speaker of a quote.
    pub(super) fn speaks_any(&self, at: usize) -> bool {
        self.speakers.contains(&Some(at))
    }

    /// Whether two quotes have one speaker.
    pub(super) fn speak_alike(&self, one: usize, two: usize) -> bool {
        match (self.speakers[one], self.speakers[two]) {
            (Some(one), Some(two)) => self.is_same(one, two),
            _ => false,
        }
    }

    /// The phrases that stand for others in what a pronoun or noun is said to speak: in "Roe was not dismissed," he said, he is not Roe.
    pub(super) fn spoken_of(&self, speaker: usize) -> impl Iterator<Item = usize> + '_ {
        let speaks = self.all[speaker].form != Form::Name && self.speaks_any(speaker);
        let all = if speaks { &self.all[..] } else { &[] };
        let is_own = move |quote: usize| self.speakers[quote] == Some(speaker);
        let is_first = |pronoun: Option<Pronoun>| matches!(pronoun, Some(Pronoun::Speaker | Pronoun::Speakers));
        let is_other = move |profile: &Profile| profile.quote.is_some_and(is_own) && !is_first(profile.nature.pronoun);
        all.iter().enumerate().filter(move |(_, profile)| is_other(profile)).map(|(at, _)| at)
    }

    /// Whether "he" or "she" stands in what an earlier phrase is said to speak: nobody speaks so of himself.
    pub(super) fn is_said_by(&self, earlier: usize, later: usize) -> bool {
        let two = &self.all[later];
        let speaker = two.quote.filter(|_| two.nature.is_he_or_she()).and_then(|quote| self.speakers[quote]);
        speaker.is_some_and(|speaker| self.is_same(earlier, speaker))
    }

    /// How often what a phrase names is named in the three sentences before another phrase.
    pub(super) fn named_lately(&self, earlier: usize, later: usize) -> usize {
        let (one, two) = (&self.all[earlier], &self.all[later]);
        let same = |other: &&Profile| match one.entity {
            Some(_) => other.entity == one.entity,
            None => other.form == one.form && other.words == one.words,
        };
        let near = self.all[..later].iter().rev().take_while(|other| two.sentence - other.sentence < 3);
        near.filter(same).count()
    }

    pub(super) fn is_same(&self, one: usize, two: usize) -> bool {
        one == two || self.all[one].entity.is_some() && self.all[one].entity == self.all[two].entity
    }

    /// Whether the earlier phrase is the subject of the verb of which the later one is an object.
    pub(super) fn is_subject_of_clause(&self, earlier: usize, later: usize) -> bool {
        let (one, two) = (&self.all[earlier], &self.all[later]);
        one.is_subject && one.verb.is_some() && one.verb == two.verb
    }

    /// How alike the heads of two phrases are in meaning, in steps from 1; 0 where that is not known.
    pub(super) fn similarity(&self, earlier: usize, later: usize) -> u32 {
        match (self.all[earlier].vector, self.all[later].vector) {
            (Some(one), Some(two)) => self.ranker.similarity(one, two),
            _ => 0,
        }
    }
}

fn counts(phrases: &[Phrase]) -> BTreeMap<EntityId, usize> {
    let mut counts = BTreeMap::new();
    for entity in phrases.iter().filter_map(|phrase| phrase.entity) {
        *counts.entry(entity).or_default() += 1;
    }
    counts
}

/// For each token, the number of its sentence, paragraph and quote.
struct Places {
    sentence: Vec<usize>,
    paragraph: Vec<usize>,
    quote: Vec<Option<usize>>,
}

impl Places {
    fn new(scene: &Scene<'_>, quotes: &[Quote]) -> Self {
        let text = scene.text;
        let mut sentence = vec![0; text.tokens().len()];
        for (number, tokens) in text.sentences().iter().enumerate() {
            sentence[tokens.clone()].fill(number);
        }
        let mut paragraph = Vec::with_capacity(sentence.len());
        let (mut number, mut end) = (0, 0);
        for token in text.tokens() {
            number += usize::from(text.content()[end..token.span.start].contains("\n\n"));
            end = token.span.end;
            paragraph.push(number);
        }
        let mut quote = vec![None; sentence.len()];
        for (number, found) in quotes.iter().enumerate() {
            quote[text.tokens_in(found.span)].fill(Some(number));
        }
        Self { sentence, paragraph, quote }
    }
}

fn profile(
    scene: &Scene<'_>,
    phrase: &Phrase,
    places: &Places,
    counts: &BTreeMap<EntityId, usize>,
    ranker: &Ranker,
) -> Profile {
    let tokens = scene.text.tokens();
    let Phrase { head, word: named, ref nature, .. } = *phrase;
    let lemma = tokens[named].lemma.to_lowercase();
    let lower = scene.lower(head);
    let reflexive = lower.ends_with("self") || lower.ends_with("selves");
    let core: Vec<usize> = core(scene, phrase);
    let content: Vec<u32> = core.iter().map(|&token| number(&scene.lower(token))).collect();
    let kind = match (phrase.form, nature.pronoun) {
        (_, Some(Pronoun::Female)) => 8 + Pronoun::Male as u32,
        (_, Some(pronoun)) => 8 + pronoun as u32,
        (Form::Name, _) if phrase.entity.is_some() => 1,
        (Form::Name, _) => 2,
        _ if phrase.joined => 3,
        _ => 4,
    };
    let word = match phrase.form {
        Form::Pronoun if nature.gender.is_some() => number(masculine(scene.tag(head), scene.dep(head), reflexive)),
        Form::Pronoun => number(&lower),
        Form::Name => 1000 + nature.sort as u32,
        Form::Nominal => number(&lemma),
    };
    let (verb, is_subject) = clause(scene, head);
    let first = phrase.tokens.start;
    let beside = |token: Option<usize>| {
        let same = token.filter(|&token| token < tokens.len() && places.sentence[token] == places.sentence[head]);
        same.map_or(0, |token| {
            if phrase.form == Form::Pronoun { number(&scene.lower(token)) } else { number(tokens[token].pos) }
        })
    };
    let above = tokens[head].head;
    Profile {
        tokens: phrase.tokens.clone(),
        head,
        form: phrase.form,
        entity: phrase.entity,
        nature: *nature,
        joined: phrase.joined,
        kind,
        sort: nature.sort as u32,
        number: nature.number as u32,
        word,
        lemma: number(&lemma),
        words: content.iter().fold(7, |hash: u32, word| hash.wrapping_mul(31).wrapping_add(*word)),
        modifiers: core.iter().filter(|&&token| token < named).map(|&token| number(&scene.lower(token))).collect(),
        content,
        determiner: determiner(scene, first, head),
        dep: number(tokens[head].dep),
        above: if above == head { 0 } else { number(&tokens[above].lemma) },
        next: beside(Some(phrase.tokens.end)),
        previous: beside(first.checked_sub(1)),
        length: phrase.tokens.len(),
        sentence: places.sentence[head],
        paragraph: places.paragraph[head],
        quote: places.quote[head],
        mentions: phrase.entity.map_or(0, |entity| counts[&entity]),
        reflexive,
        is_modified: phrase.tokens.end > head + 1,
        is_headline: places.paragraph[head] == 0,
        opens: false,
        verb,
        is_subject,
        vector: if phrase.form == Form::Nominal { ranker.vector(&lemma) } else { None },
    }
}

/// The masculine pronoun in place of a feminine one, so that what is learned of one gender holds for both.
fn masculine(tag: &str, dep: &str, reflexive: bool) -> &'static str {
    match (tag, dep) {
        _ if reflexive => "himself",
        ("PRP$", _) => "his",
        (_, "nsubj" | "nsubjpass") => "he",
        _ => "him",
    }
}

/// The words of a phrase up to its head that mean something.
fn core(scene: &Scene<'_>, phrase: &Phrase) -> Vec<usize> {
    let end = if phrase.joined { phrase.tokens.end } else { phrase.word + 1 };
    let start = if phrase.word == phrase.head { phrase.tokens.start } else { scene.extent(phrase.word).start };
    let all = (start..end.max(start + 1)).filter(|&token| {
        token == phrase.word
            || !matches!(
                scene.tag(token),
                "DT" | "PRP$" | "POS" | "," | "." | "''" | "``" | "HYPH" | "-LRB-" | "-RRB-" | "_SP"
            )
    });
    all.collect()
}

/// The first word, where it is a determiner; a possessor's name counts as one.
fn determiner(scene: &Scene<'_>, first: usize, head: usize) -> u32 {
    match scene.tag(first) {
        _ if first == head => 1,
        "DT" | "PRP$" | "PDT" | "WP$" => number(&scene.lower(first)),
        "CD" => 2,
        _ if scene.children(head).iter().any(|&child| scene.dep(child) == "poss") => 3,
        "JJ" | "JJR" | "JJS" => 4,
        _ => 5,
    }
}

/// The verb that governs a word, directly or by prepositions, and whether the word is its subject.
fn clause(scene: &Scene<'_>, head: usize) -> (Option<usize>, bool) {
    let mut at = head;
    for _ in 0..4 {
        let dep = scene.dep(at);
        let above = scene.head(at);
        if above == at {
            return (None, false);
        }
        match dep {
            "nsubj" | "nsubjpass" => return (Some(above), at == head),
            "dobj" | "dative" | "attr" | "agent" | "oprd" => return (Some(above), false),
            "prep" if scene.tag(above).starts_with("VB") => return (Some(above), false),
            "pobj" | "prep" | "conj" => at = above,
            _ => return (None, false),
        }
    }
    (None, false)
}

/// The nouns that the text uses of phrases: before a name, in apposition, as a predicate.
fn described(scene: &Scene<'_>, all: &[Profile], by_head: &BTreeMap<usize, usize>) -> BTreeMap<usize, Vec<u32>> {
    let mut described: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let lemma = |token: usize| number(&scene.text.tokens()[token].lemma.to_lowercase());
    for (at, profile) in all.iter().enumerate().filter(|(_, profile)| !profile.joined) {
        for &child in scene.children(profile.head) {
            let is_noun = scene.tag(child).starts_with("NN");
            let names = profile.form == Form::Name && scene.dep(child) == "compound" && child < profile.head;
            if is_noun && (names || scene.dep(child) == "appos") {
                described.entry(at).or_default().push(lemma(child));
            }
        }
        if lemma(profile.head) != profile.lemma {
            described.entry(at).or_default().push(lemma(profile.head));
        }
        let above = scene.head(profile.head);
        if scene.dep(profile.head) == "attr"
            && let Some(subject) = scene.children(above).iter().find(|&&child| scene.dep(child) == "nsubj")
            && let Some(&subject) = by_head.get(subject)
        {
            described.entry(subject).or_default().push(profile.lemma);
        }
    }
    described
}

/// The phrase whose head lies inside the words that name a speaker.
fn speaker(scene: &Scene<'_>, span: Span, by_head: &BTreeMap<usize, usize>) -> Option<usize> {
    let tokens = scene.text.tokens_in(span);
    let outer = scene.text.top(&tokens);
    let inside = tokens.rev().find_map(|token| by_head.get(&token));
    outer.and_then(|token| by_head.get(&token)).or(inside).copied()
}

impl Profile {
    /// Whether one thing cannot be meant by both for what the trees say: the one holds the other, is joined with it, or is
    /// the subject of which the other is an object.
    pub(super) fn excludes(&self, later: &Self, scene: &Scene<'_>) -> bool {
        let holds = self.tokens.start <= later.tokens.start && later.tokens.end <= self.tokens.end;
        let is_aside = holds && later.form == Form::Pronoun && later.head > self.head && !self.joined && {
            let mut at = later.head;
            while at != self.head && scene.head(at) != at && !matches!(scene.dep(at), "relcl" | "acl" | "appos") {
                at = scene.head(at);
            }
            matches!(scene.dep(at), "relcl" | "acl" | "appos") && at != self.head
        };
        let same_clause = self.verb.is_some() && self.verb == later.verb;
        let is_object = later.form == Form::Pronoun && !later.reflexive && scene.tag(later.head) == "PRP";
        let bound = same_clause && self.is_subject && is_object && !later.is_subject;
        let joined = scene.dep(later.head) == "conj" && scene.head(later.head) == self.head && !self.joined;
        holds && !is_aside || bound || joined || self.joins_what_is_one(later)
    }

    /// Whether "he" or "she" follows a noun that says what somebody else is, and that nothing tells to be a person's: "you are a
    /// hologram".
    pub(super) fn is_likened(&self, later: &Self) -> bool {
        later.nature.is_he_or_she()
            && self.form == Form::Nominal
            && self.nature.sort == Sort::Unknown
            && self.dep == number("attr")
    }

    /// Whether it is a noun with "the".
    pub(super) fn is_definite(&self) -> bool {
        self.form == Form::Nominal && self.determiner == number("the") && !self.joined
    }

    fn joins_what_is_one(&self, later: &Self) -> bool {
        self.joined && (later.nature.number == Number::One || later.nature.sort == Sort::Place)
    }

    pub(super) fn is_gendered(&self, gender: Gender) -> bool {
        self.nature.gender == Some(gender)
    }
}
