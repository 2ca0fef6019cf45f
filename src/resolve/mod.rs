//! Decides which mentions speak of the same thing.

mod acronym;
mod body;
pub(crate) mod class;
mod company;
mod context;
pub mod coreference;
mod country;
pub(crate) mod gender;
mod kin;
pub mod link;
mod person;

use std::collections::BTreeMap;

use crate::article::Article;
use crate::detect::Candidate;
use crate::detect::key::{is_capitals, key};
use crate::document::{Entity, EntityId, Kind, Mention, Role};
use crate::gazetteer::{Gazetteers, spelling};
use crate::resources::Resources;
use crate::resources::names::Gender;
use crate::span::Span;
use crate::text::Text;
use context::Context;
use gender::Evidence;
use kin::Kin;
use person::Persons;

/// The entities of an article, in the order of their first mention, and the mentions that speak of them.
///
/// Two mentions are of one entity when their names are spelled alike, when one is the surname of exactly one person, the
/// acronym of exactly one name, another name of a country, the name of a company without its legal form or but its first words, or that of a
/// body without its place ("the Senate" for "the U.S. Senate"). A surname that several
/// persons bear goes by its honorific ("Ms Roe") to the one whose gender or title fits, or to the one who was not introduced as
/// somebody's relative. Relatives are never one ("Okello's brother, Peter Okello"). In doubt they stay apart.
#[must_use]
pub fn entities(
    text: &Text,
    candidates: &[Candidate],
    resources: &Resources,
    gazetteers: &Gazetteers,
) -> (Vec<Entity>, Vec<Mention>) {
    let (names, of_candidate) = distinct(text, candidates, resources);
    let mut same = Links::new(names.len());
    link_spellings(&names, &mut same);
    country::link(&names, gazetteers, &mut same);
    company::link(&names, resources, &mut same);
    company::link_short(text, &names, resources, &mut same);
    body::link(text, &names, resources, gazetteers, &mut same);
    acronym::link(text, candidates, &names, &of_candidate, &mut same);
    let kin = Kin::new(text, candidates, &of_candidate, resources);
    let persons = Persons { names: &names, kin, resources };
    persons.link(&mut same);
    let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut mentions = Vec::with_capacity(candidates.len());
    for (candidate, &name) in candidates.iter().zip(&of_candidate) {
        let bearer = persons.bearer_at(name, candidate.span.start, &same).unwrap_or(name);
        let entity = *ids.entry(same.root(bearer)).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        if !members[entity].contains(&name) {
            members[entity].push(name);
        }
        mentions.push(Mention { span: candidate.span, entity, confidence: candidate.confidence });
    }
    let entities = members.iter().map(|members| entity(&names, members)).collect();
    (entities, mentions)
}

/// The entities of an article with the known things that they are, and what they are more closely.
#[must_use]
pub fn identified(
    article: &Article,
    text: &Text,
    entities: &[Entity],
    mentions: &[Mention],
    roles: &[Role],
    resources: &Resources,
    gazetteers: &Gazetteers,
) -> Vec<Entity> {
    let context = Context::new(article, text, entities, mentions, roles, resources, gazetteers);
    let with_link = |(id, entity): (EntityId, &Entity)| {
        let known = link::known(id, entity, &context, resources, gazetteers);
        let (link, class) = known.map_or((None, None), |known| (Some(known.link), known.class));
        let class = class.or_else(|| class::class(id, entity, &context, resources));
        Entity { link, class, ..entity.clone() }
    };
    entities.iter().enumerate().map(with_link).collect()
}

/// For each entity, the gender of the person as the text tells it.
#[must_use]
pub fn genders(text: &Text, entities: &[Entity], mentions: &[Mention], resources: &Resources) -> Vec<Option<Gender>> {
    let persons = || mentions.iter().filter(|mention| entities[mention.entity].kind == Kind::Person);
    let names: Vec<Span> = persons().map(|mention| mention.span).collect();
    let mut evidence = vec![Vec::new(); entities.len()];
    for mention in persons() {
        evidence[mention.entity].push(gender::evidence(text, mention.span, &names, resources));
    }
    evidence.iter().map(|evidence| gender::agreed(evidence)).collect()
}

/// A name of a kind, in all its spellings.
struct Name {
    kind: Kind,
    key: String,
    /// The spellings, in the order of the text, each once.
    spellings: Vec<String>,
    /// Where it is first used.
    from: usize,
    /// All the places where it is used.
    uses: Vec<usize>,
    /// The honorifics and ranks before it ("Ms", "Gen"); a single word has names of its own for each of them.
    honorifics: Vec<String>,
    /// What the text tells of the person's gender.
    gender: Option<Gender>,
}

impl Name {
    fn new(kind: Kind, key: String, from: usize) -> Self {
        Self { kind, key, spellings: Vec::new(), from, uses: Vec::new(), honorifics: Vec::new(), gender: None }
    }
}

/// The distinct names, and for each candidate which of them it is.
fn distinct(text: &Text, candidates: &[Candidate], resources: &Resources) -> (Vec<Name>, Vec<usize>) {
    let mut numbers = BTreeMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut of_candidate = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let spelling = shown(candidate.span.of(text.content()), candidate.kind);
        let key = key(&spelling);
        let person = candidate.kind == Kind::Person;
        let honorific = gender::honorific(text, candidate.span, resources).filter(|_| person);
        let honorific =
            honorific.or_else(|| rank(text, candidate.span, resources).filter(|_| person)).map(str::to_owned);
        let apart = honorific.clone().filter(|_| !key.contains(' '));
        let number = *numbers.entry((candidate.kind, key.clone(), apart)).or_insert_with(|| {
            names.push(Name::new(candidate.kind, key, candidate.span.start));
            names.len() - 1
        });
        names[number].uses.push(candidate.span.start);
        names[number].honorifics.extend(honorific);
        if !names[number].spellings.contains(&spelling) {
            names[number].spellings.push(spelling);
        }
        of_candidate.push(number);
    }
    tell_genders(text, candidates, resources, &mut names, &of_candidate);
    (names, of_candidate)
}

/// The rank right before a name: "Gen. Roe" is not President Roe.
fn rank<'a>(text: &'a Text, name: Span, resources: &Resources) -> Option<&'a str> {
    let first = text.tokens_in(name).start;
    let before = first.checked_sub(1).filter(|before| text.sentence_of(first).contains(before))?;
    let word = text.word(before);
    resources.names.is_rank(word).then_some(word.trim_end_matches('.'))
}

/// Links names that differ in the accents of their letters only ("Yucatán", "Yucatan"). A bare surname may be another person's.
fn link_spellings(names: &[Name], same: &mut Links) {
    let whole = names.iter().enumerate().filter(|(_, name)| name.kind != Kind::Person || name.key.contains(' '));
    same.link_alike(whole.map(|(at, name)| (at, (name.kind, spelling::folded(&name.key)))));
}

fn tell_genders(
    text: &Text,
    candidates: &[Candidate],
    resources: &Resources,
    names: &mut [Name],
    of_candidate: &[usize],
) {
    let persons: Vec<Span> =
        candidates.iter().filter(|candidate| candidate.kind == Kind::Person).map(|candidate| candidate.span).collect();
    let mut evidence: Vec<Vec<Evidence>> = vec![Vec::new(); names.len()];
    for (candidate, &name) in candidates.iter().zip(of_candidate) {
        if candidate.kind == Kind::Person {
            evidence[name].push(gender::evidence(text, candidate.span, &persons, resources));
        }
    }
    for (name, evidence) in names.iter_mut().zip(evidence) {
        name.gender = gender::agreed(&evidence);
    }
}

/// A spelling as it is shown: single spaces, no possessive ending, and no capitals only because of a dateline.
fn shown(words: &str, kind: Kind) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_place = matches!(kind, Kind::Region | Kind::Place);
    // "KYIV" is a name, "USSR" are initials.
    let is_spoken = words.chars().skip(1).any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y'));
    let is_name = words.chars().count() > 4 || words.chars().count() == 4 && is_spoken;
    if !is_place || !is_capitals(&words) || words.contains('.') || !is_name {
        return words;
    }
    let mut lower = String::with_capacity(words.len());
    for c in words.chars() {
        if lower.is_empty() || lower.ends_with([' ', '-']) {
            lower.push(c);
        } else {
            lower.extend(c.to_lowercase());
        }
    }
    lower
}

/// The entity of some names: the fullest one gives its kind and best name.
fn entity(names: &[Name], members: &[usize]) -> Entity {
    let mut spellings: Vec<(&str, Kind)> = Vec::new();
    for &member in members {
        spellings.extend(names[member].spellings.iter().map(|spelling| (spelling.as_str(), names[member].kind)));
    }
    let is_shouted = |name: &str| {
        let spelled_out = spellings.iter().any(|(other, _)| key(other) == key(name) && !is_capitals(other));
        is_capitals(name) && (name.contains(' ') || spelled_out)
    };
    let fullness = |name: &str| (!is_shouted(name), name.split(' ').count(), name.chars().count());
    let best = spellings.iter().rev().max_by_key(|(name, _)| fullness(name)).copied();
    let (name, kind) = best.unwrap_or(("", Kind::Work));
    let mut other_names: Vec<String> =
        spellings.iter().filter(|(other, _)| *other != name).map(|(other, _)| (*other).to_owned()).collect();
    other_names.sort();
    other_names.dedup();
    Entity { other_names, ..Entity::new(kind, name) }
}

/// Which names are the same thing's.
struct Links(Vec<usize>);

impl Links {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&self, mut name: usize) -> usize {
        while self.0[name] != name {
            name = self.0[name];
        }
        name
    }

    /// States that `name` is another name of `fuller`.
    fn link(&mut self, name: usize, fuller: usize) {
        let (name, fuller) = (self.root(name), self.root(fuller));
        self.0[name] = fuller;
    }

    /// States that the names of which one thing is told are names of one.
    fn link_alike<T: Ord>(&mut self, told: impl Iterator<Item = (usize, T)>) {
        let mut first_of: BTreeMap<T, usize> = BTreeMap::new();
        for (name, thing) in told {
            self.link(name, *first_of.entry(thing).or_insert(name));
        }
    }

    /// Links a short name with what all its fuller names are of, where one that tells it was given before. A headline has the short name
    /// first, so what stands before `body` does not count.
    fn link_fuller(
        &mut self,
        names: &[Name],
        body: usize,
        short: usize,
        fuller: &[usize],
        tells: impl Fn(usize) -> bool,
    ) {
        let Some(&first) = fuller.first().filter(|_| self.root(short) == short) else { return };
        let is_one = fuller.iter().all(|&full| self.root(full) == self.root(first));
        let in_body = names[short].uses.iter().find(|&&at| at >= body);
        let named_before = |full: usize| in_body.is_none_or(|&at| names[full].from < at);
        if is_one && fuller.iter().any(|&full| named_before(full) && tells(full)) {
            self.link(short, first);
        }
    }
}
