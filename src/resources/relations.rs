//! How news says in which relations things stand: patterns over the dependency tree, and words for amounts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::File;
use crate::class::Class;
use crate::document::{Kind, Tenure};
use crate::error::Result;
use crate::relation::Relation;

/// The patterns of `relations.toml`.
#[derive(Clone, Debug)]
pub struct Relations {
    patterns: Vec<Pattern>,
    /// The patterns that a word sets off, by its lemma.
    verbs: BTreeMap<String, Vec<(usize, Option<String>)>>,
    nouns: BTreeMap<String, Vec<(usize, Vec<String>)>>,
    /// The patterns that any noun for a person sets off.
    any_person: Vec<usize>,
    /// The patterns that any title sets off.
    any_title: Vec<usize>,
    words: Words,
    examples: Vec<Example>,
}

/// A way of saying that things stand in a relation: a word, and where around it the subject and the object stand.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its stable name.
    pub rule: Arc<str>,
    /// What it says.
    pub relation: Relation,
    /// Where the subject stands; the first place that is filled counts.
    pub subject: Vec<Place>,
    /// Where the object stands; every place counts.
    pub object: Vec<Place>,
    /// Of these kinds only, if any are named.
    pub subject_kinds: Vec<Kind>,
    /// Of these kinds only, if any are named.
    pub object_kinds: Vec<Kind>,
    /// Of these classes only, if any are named.
    pub object_classes: Vec<Class>,
    /// Of none of these classes.
    pub object_classes_but: Vec<Class>,
    /// A place that one of these words must fill; any, if none are named.
    pub with: Option<(Place, BTreeSet<String>)>,
    /// Words that may not depend on the trigger.
    pub without: BTreeSet<String>,
    /// Whether no common noun may qualify the word ("finance director").
    pub alone: bool,
    /// Whether the word must say who alone is that (not "senior leader", "a leader", "leaders").
    pub sole: bool,
    /// What the word says of when it holds, where it says so by itself ("left").
    pub tenure: Option<Tenure>,
    /// Whether it is over when the verb stands in the past ("served"), as it is not of one that begins it ("joined").
    pub lasts: bool,
    /// Whether the verb may have no object ("moved to Oslo", not "moved money to Oslo").
    pub intransitive: bool,
    /// How often it is right.
    pub confidence: f32,
}

/// A place in the tree around a word, told by what fills it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Of a verb: who does it, in the active or the passive.
    Agent,
    /// Of a verb: to whom it is done.
    Patient,
    /// Of a verb: what it makes of its patient or subject ("is", "became", "was named").
    Complement,
    /// Of a noun: what it stands for, by apposition, copula, a name beside it or "as".
    Itself,
    /// Of a noun: its possessor ("Acme's", "her").
    Possessor,
    /// Of a noun or participle: a name before it ("Acme founder", "Oslo-based").
    Modifier,
    /// Of a noun: who does the verb whose object it is ("she earned a degree").
    Doer,
    /// Of a noun: what it is said of by "to have" or a verb of being ("has a population of").
    Amount,
    /// Of a person's name or noun: the number of years beside it ("Jane Roe, 54,", "54-year-old").
    Age,
    /// Of a person's name: the date before the dash in brackets after it ("(1901–1967)").
    Born,
    /// Of a person's name: the date after the dash.
    Died,
    /// Of a verb: that of which its patient is a part ("owns 20 % of Acme", "bought a stake in Acme").
    Whole,
    /// Any time that the word is given.
    When,
    /// The object of a preposition.
    After(String),
}

/// Words that amounts are made of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Signs and words of currencies, to their ISO 4217 codes.
    pub currencies: BTreeMap<String, String>,
    /// Words for numbers, to what they multiply.
    pub multipliers: BTreeMap<String, f64>,
    /// Words for small numbers.
    pub numbers: BTreeMap<String, f64>,
    /// Words for hundredths.
    pub percent: BTreeSet<String>,
    /// Verbs whose subject is that of a verb in their object's place ("asked her to lead").
    pub object_control: BTreeSet<String>,
    /// Verbs with a post for their object that is over where they stand in the past ("held a post").
    pub lasting: BTreeSet<String>,
    /// Words before a noun for a head of something that make it one of several, or the head of a part ("senior", "district").
    pub partial: BTreeSet<String>,
    /// Verbs of those who teach.
    pub teaching: BTreeSet<String>,
    /// Adverbs of a verb whose deed is over ("previously worked").
    pub over: BTreeSet<String>,
}

/// A text and the facts that it states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `subject | relation | object`, in the order of the text; what is not asserted begins with `?`.
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    words: Words,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    patterns: Vec<Entry>,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    relation: Relation,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    subject: Vec<String>,
    object: Vec<String>,
    #[serde(default)]
    subject_kinds: Vec<String>,
    #[serde(default)]
    object_kinds: Vec<String>,
    #[serde(default)]
    object_classes: Vec<String>,
    #[serde(default)]
    object_classes_but: Vec<String>,
    with: Option<With>,
    #[serde(default)]
    without: BTreeSet<String>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    sole: bool,
    #[serde(default)]
    former: bool,
    #[serde(default)]
    lasts: bool,
    #[serde(default)]
    intransitive: bool,
    confidence: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    place: String,
    #[serde(default)]
    words: BTreeSet<String>,
}

impl Relations {
    pub(super) fn read(file: &File) -> Result<Self> {
        let layout: Layout = file.toml()?;
        Self::of(layout).map_err(|reason| file.malformed(None, reason))
    }

    fn of(layout: Layout) -> Result<Self, String> {
        let mut relations = Self {
            patterns: Vec::new(),
            verbs: BTreeMap::new(),
            nouns: BTreeMap::new(),
            any_person: Vec::new(),
            any_title: Vec::new(),
            words: layout.words,
            examples: layout.examples,
        };
        for entry in layout.patterns {
            relations.add(entry, &layout.lists)?;
        }
        Ok(relations)
    }

    fn add(&mut self, entry: Entry, lists: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
        let number = self.patterns.len();
        let rule = &entry.rule;
        if !(0.0..=1.0).contains(&entry.confidence) {
            return Err(format!("the confidence of {rule} is {}, not between 0 and 1", entry.confidence));
        }
        for verb in words(&entry.verbs, lists)? {
            let (lemma, particle) =
                verb.split_once(' ').map_or((verb.as_str(), None), |(v, p)| (v, Some(p.to_owned())));
            self.verbs.entry(lemma.to_owned()).or_default().push((number, particle));
        }
        for noun in words(&entry.nouns, lists)? {
            match noun.as_str() {
                "any person" => self.any_person.push(number),
                "any title" => self.any_title.push(number),
                _ => {
                    let mut parts: Vec<String> = noun.split(' ').map(str::to_owned).collect();
                    let last = parts.pop().unwrap_or_default();
                    self.nouns.entry(last).or_default().push((number, parts));
                }
            }
        }
        let kinds = |names: &[String]| names.iter().map(|name| name.parse()).collect::<Result<Vec<Kind>, _>>();
        let classes = |names: &[String]| names.iter().map(|name| name.parse()).collect::<Result<Vec<Class>, String>>();
        let places = |names: &[String]| names.iter().map(|name| place(name)).collect();
        self.patterns.push(Pattern {
            relation: entry.relation,
            subject: places(&entry.subject),
            object: places(&entry.object),
            subject_kinds: kinds(&entry.subject_kinds)?,
            object_kinds: kinds(&entry.object_kinds)?,
            object_classes: classes(&entry.object_classes)?,
            object_classes_but: classes(&entry.object_classes_but)?,
            with: entry.with.map(|with| (place(&with.place), with.words)),
            without: entry.without,
            alone: entry.alone,
            sole: entry.sole,
            tenure: entry.former.then_some(Tenure::Former),
            lasts: entry.lasts,
            intransitive: entry.intransitive,
            confidence: entry.confidence,
            rule: entry.rule.into(),
        });
        Ok(())
    }

    /// The patterns that a verb may set off, each with the particle it needs beside it.
    pub fn of_verb(&self, lemma: &str) -> impl Iterator<Item = (&Pattern, Option<&str>)> {
        let found = self.verbs.get(lemma).into_iter().flatten();
        found.map(|(number, particle)| (&self.patterns[*number], particle.as_deref()))
    }

    /// The patterns that a noun may set off, each with the words that must stand before it.
    pub fn of_noun(&self, lemma: &str) -> impl Iterator<Item = (&Pattern, &[String])> {
        let found = self.nouns.get(lemma).into_iter().flatten();
        found.map(|(number, before)| (&self.patterns[*number], before.as_slice()))
    }

    /// The patterns that every noun for a person sets off, and every name of one.
    pub fn of_persons(&self) -> impl Iterator<Item = &Pattern> {
        self.any_person.iter().map(|number| &self.patterns[*number])
    }

    /// The patterns that the title of every post sets off.
    pub fn of_titles(&self) -> impl Iterator<Item = &Pattern> {
        self.any_title.iter().map(|number| &self.patterns[*number])
    }

    /// Words that amounts are made of.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What must be found, and what must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
}

/// The words of a pattern, those of a list for `@list`.
fn words(names: &[String], lists: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    for name in names {
        match name.strip_prefix('@') {
            Some(list) => words.extend(lists.get(list).ok_or_else(|| format!("there is no list {list}"))?.clone()),
            None => words.push(name.clone()),
        }
    }
    Ok(words)
}

fn place(name: &str) -> Place {
    match name {
        "agent" => Place::Agent,
        "patient" => Place::Patient,
        "complement" => Place::Complement,
        "itself" => Place::Itself,
        "possessor" => Place::Possessor,
        "modifier" => Place::Modifier,
        "doer" => Place::Doer,
        "amount" => Place::Amount,
        "age" => Place::Age,
        "born" => Place::Born,
        "died" => Place::Died,
        "whole" => Place::Whole,
        "when" => Place::When,
        preposition => Place::After(preposition.to_owned()),
    }
}
