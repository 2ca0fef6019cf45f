//! How news speaks of time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::File;
use crate::error::Result;
use crate::times::value::{Modifier, Part, Season, Unit};

/// The words and forms of `times.toml`.
#[derive(Clone, Debug)]
pub struct Times {
    words: HashMap<String, Vec<Entry>>,
    forms: Vec<Form>,
    /// For each word, or class in capitals, that may begin a form: the numbers of those forms.
    openers: HashMap<String, Vec<usize>>,
    tense: Tense,
    examples: Vec<Example>,
}

/// A word or phrase of a class, cut into lexemes.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) lexemes: Vec<String>,
    pub(crate) class: Class,
}

/// What a word of time means.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the data file says what each class is")]
pub enum Class {
    Month(i8),
    Weekday(i8),
    Season(Season),
    Part(Part),
    Unit(Unit),
    Fraction(Fraction),
    Number(u32),
    Some,
    Ordinal(u32),
    Which(Which),
    Today(i64),
    Night(i64),
    Holiday(i8, i8),
    Zone(i8),
    Narrow(Modifier),
    Bound(Modifier),
    Rate(Unit),
    Century,
    Half,
}

/// A counted stretch of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Fraction {
    Quarter,
    Half,
}

/// Which of its kind a time is, seen from the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Which {
    /// The one before.
    Last,
    /// The one of the article's date.
    This,
    /// The one after.
    Next,
    /// The stretch up to the article's date.
    Past,
}

/// What a form of words means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the data file says what each is")]
pub enum Meaning {
    Date,
    Which,
    Ago,
    Ahead,
    Earlier,
    Later,
    Same,
    Following,
    Preceding,
    Duration,
    Set,
    Past,
    Present,
    Future,
    None,
}

/// A form of words.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) means: Meaning,
    /// Whether it counts only where the recogniser sees a time.
    pub(crate) weak: bool,
    pub(crate) elements: Vec<Element>,
}

/// One place of a form.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Words in lower case, classes in capitals.
    pub(crate) choices: Vec<String>,
    pub(crate) optional: bool,
}

/// A text and the times in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The article's date.
    pub date: String,
    /// `words = value`, in the order of the text.
    pub times: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tense {
    deadlines: BTreeSet<String>,
    scheduled: BTreeSet<String>,
    planned: BTreeSet<String>,
    auxiliaries: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    cardinals: Vec<Vec<String>>,
    tens: Vec<Vec<String>>,
    ordinals: Vec<Vec<String>>,
    some: Vec<String>,
    units: BTreeMap<Unit, Vec<String>>,
    seasons: BTreeMap<Season, Vec<String>>,
    parts: BTreeMap<Part, Vec<String>>,
    days: BTreeMap<String, i64>,
    holidays: BTreeMap<String, String>,
    zones: BTreeMap<String, i8>,
    narrowing: BTreeMap<Modifier, Vec<String>>,
    bounds: BTreeMap<Modifier, Vec<String>>,
    which: BTreeMap<Which, Vec<String>>,
    nights: BTreeMap<String, i64>,
    fractions: BTreeMap<Fraction, Vec<String>>,
    rates: BTreeMap<Unit, Vec<String>>,
    tense: Tense,
    forms: Vec<FormsOfMeaning>,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsOfMeaning {
    means: Meaning,
    #[serde(default)]
    weak: bool,
    forms: Vec<String>,
}

impl Times {
    pub(super) fn read(file: &File) -> Result<Self> {
        let content: Content = file.toml()?;
        let mut forms = Vec::new();
        for group in &content.forms {
            for form in &group.forms {
                let elements = elements(form).map_err(|reason| file.malformed(None, reason))?;
                forms.push(Form { means: group.means, weak: group.weak, elements });
            }
        }
        let mut openers: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, form) in forms.iter().enumerate() {
            for element in &form.elements {
                for choice in &element.choices {
                    openers.entry(choice.clone()).or_default().push(number);
                }
                if !element.optional {
                    break;
                }
            }
        }
        let words = words(&content).map_err(|reason| file.malformed(None, reason))?;
        Ok(Self { words, forms, openers, tense: content.tense, examples: content.examples })
    }

    /// The words and phrases that begin with a lexeme.
    pub(crate) fn entries(&self, lexeme: &str) -> &[Entry] {
        self.words.get(lexeme).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is the name of a month, in full or short ("Sept.").
    pub(crate) fn is_month(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.').to_lowercase();
        self.entries(&word).iter().any(|entry| matches!(entry.class, Class::Month(_)))
    }

    /// The forms that may begin with a word, or a class in capitals.
    pub(crate) fn openings(&self, opener: &str) -> &[usize] {
        self.openers.get(opener).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn form(&self, number: usize) -> &Form {
        &self.forms[number]
    }

    /// Whether a preposition stands before a time still to come ("until").
    #[must_use]
    pub fn is_deadline(&self, word: &str) -> bool {
        self.tense.deadlines.contains(word)
    }

    /// Whether a verb in the present tense speaks of what is to come ("the trial opens on Monday").
    #[must_use]
    pub fn is_scheduled(&self, lemma: &str) -> bool {
        self.tense.scheduled.contains(lemma)
    }

    /// Whether what follows with "to" is to come ("is due to meet").
    #[must_use]
    pub fn is_planned(&self, lemma: &str) -> bool {
        self.tense.planned.contains(lemma)
    }

    /// Whether an auxiliary verb speaks of what is to come.
    #[must_use]
    pub fn is_future_auxiliary(&self, word: &str) -> bool {
        self.tense.auxiliaries.contains(word)
    }

    /// What must be found, and what must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
}

impl Class {
    /// Its name in forms.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Month(_) => "MONTH",
            Self::Weekday(_) => "WEEKDAY",
            Self::Season(_) => "SEASON",
            Self::Part(_) => "PART",
            Self::Unit(_) => "UNIT",
            Self::Fraction(_) => "FRACTION",
            Self::Number(_) => "NUMBER",
            Self::Some => "SOME",
            Self::Ordinal(_) => "ORDINAL",
            Self::Which(_) => "WHICH",
            Self::Today(_) => "TODAY",
            Self::Night(_) => "NIGHT",
            Self::Holiday(..) => "HOLIDAY",
            Self::Zone(_) => "ZONE",
            Self::Narrow(_) => "NARROW",
            Self::Bound(_) => "BOUND",
            Self::Rate(_) => "RATE",
            Self::Century => "CENTURY",
            Self::Half => "HALF",
        }
    }
}

/// Classes that figures make and no list holds.
const FIGURES: [&str; 7] = ["DAY", "YEAR", "SHORT", "DECADE", "CLOCK", "ISO", "ANY"];

/// Cuts words into runs of letters and digits, and single other marks. Gives each with its first byte.
pub(crate) fn lexemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(|c: char| !c.is_whitespace())?;
        let run = text[from..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - from);
        let first = text[from..].chars().next().map_or(0, char::len_utf8);
        rest = from + run.max(first);
        Some((from, &text[from..rest]))
    })
}

fn elements(form: &str) -> Result<Vec<Element>, String> {
    let elements: Vec<Element> = form
        .split(' ')
        .map(|element| {
            let (choices, optional) = element.strip_suffix('?').map_or((element, false), |choices| (choices, true));
            Element { choices: choices.split('|').map(str::to_owned).collect(), optional }
        })
        .collect();
    for choice in elements.iter().flat_map(|element| &element.choices) {
        if choice.starts_with(|c: char| c.is_ascii_uppercase()) && !is_class(choice) {
            return Err(format!("{choice} in the form {form:?} is no class of words"));
        }
    }
    if elements.iter().all(|element| element.optional) {
        return Err(format!("every word of the form {form:?} may be left out"));
    }
    Ok(elements)
}

fn is_class(name: &str) -> bool {
    const LISTED: [Class; 19] = [
        Class::Month(1),
        Class::Weekday(1),
        Class::Season(Season::Spring),
        Class::Part(Part::Night),
        Class::Unit(Unit::Day),
        Class::Fraction(Fraction::Half),
        Class::Number(1),
        Class::Some,
        Class::Ordinal(1),
        Class::Which(Which::This),
        Class::Today(0),
        Class::Night(0),
        Class::Holiday(1, 1),
        Class::Zone(0),
        Class::Narrow(Modifier::Start),
        Class::Bound(Modifier::More),
        Class::Rate(Unit::Day),
        Class::Century,
        Class::Half,
    ];
    FIGURES.contains(&name) || LISTED.iter().any(|class| class.name() == name) || name == "WEEKEND"
}

fn words(content: &Content) -> Result<HashMap<String, Vec<Entry>>, String> {
    let mut words: HashMap<String, Vec<Entry>> = HashMap::new();
    let mut add = |phrase: &str, class: Class| {
        let lexemes: Vec<String> = lexemes(phrase).map(|(_, lexeme)| lexeme.to_owned()).collect();
        if let Some(first) = lexemes.first().cloned() {
            words.entry(first).or_default().push(Entry { lexemes, class });
        }
    };
    let numbered = |lists: &[Vec<String>], add: &mut dyn FnMut(&str, u32)| {
        for (number, list) in (1..).zip(lists) {
            list.iter().for_each(|phrase| add(phrase, number));
        }
    };
    let small = |number: u32| i8::try_from(number).unwrap_or(i8::MAX);
    numbered(&content.months, &mut |phrase, number| add(phrase, Class::Month(small(number))));
    numbered(&content.weekdays, &mut |phrase, number| add(phrase, Class::Weekday(small(number))));
    numbered(&content.cardinals, &mut |phrase, number| add(phrase, Class::Number(number)));
    numbered(&content.ordinals, &mut |phrase, number| add(phrase, Class::Ordinal(number)));
    for (ten, list) in (1..).zip(&content.tens) {
        for phrase in list {
            add(phrase, Class::Number(ten * 10));
            for (one, ones) in (1..).zip(content.cardinals.iter().take(9)) {
                let one_word = ones.iter().filter(|one| !one.contains(' ') && one.len() > 2);
                one_word.for_each(|word| add(&format!("{phrase}-{word}"), Class::Number(ten * 10 + one)));
            }
        }
    }
    content.some.iter().for_each(|phrase| add(phrase, Class::Some));
    let mut each = |class: Class, phrases: &[String]| phrases.iter().for_each(|phrase| add(phrase, class));
    content.units.iter().for_each(|(unit, phrases)| each(Class::Unit(*unit), phrases));
    content.seasons.iter().for_each(|(season, phrases)| each(Class::Season(*season), phrases));
    content.parts.iter().for_each(|(part, phrases)| each(Class::Part(*part), phrases));
    content.narrowing.iter().for_each(|(modifier, phrases)| each(Class::Narrow(*modifier), phrases));
    content.bounds.iter().for_each(|(modifier, phrases)| each(Class::Bound(*modifier), phrases));
    content.which.iter().for_each(|(which, phrases)| each(Class::Which(*which), phrases));
    content.fractions.iter().for_each(|(fraction, phrases)| each(Class::Fraction(*fraction), phrases));
    content.rates.iter().for_each(|(unit, phrases)| each(Class::Rate(*unit), phrases));
    content.days.iter().for_each(|(phrase, day)| add(phrase, Class::Today(*day)));
    content.nights.iter().for_each(|(phrase, day)| add(phrase, Class::Night(*day)));
    content.zones.iter().for_each(|(zone, hours)| add(zone, Class::Zone(*hours)));
    add("century", Class::Century);
    add("half", Class::Half);
    for (phrase, day) in &content.holidays {
        let parts = day.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let (month, day) = parts.ok_or_else(|| format!("{day:?} of {phrase:?} is no month and day"))?;
        add(phrase, Class::Holiday(month, day));
    }
    Ok(words)
}
