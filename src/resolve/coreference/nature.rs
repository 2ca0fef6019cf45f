//! What a phrase says of the thing it stands for: its kind, number, gender and grammatical person.

use crate::document::{Entity, Kind};
use crate::resources::Resources;
use crate::resources::coreference::Pronoun;
use crate::resources::names::Gender;

/// How many things a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Several,
    /// One that speaks and acts as several ("the team"), or unknown.
    Either,
}

/// What sort of thing a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Organization,
    Place,
    /// Anything else that is no person.
    Other,
    Unknown,
}

/// What a phrase says of the thing it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nature {
    pub(super) sort: Sort,
    pub(super) number: Number,
    pub(super) gender: Option<Gender>,
    /// For pronouns.
    pub(super) pronoun: Option<Pronoun>,
    /// Whether it is known for sure, by a name or a pronoun.
    pub(super) certain: bool,
}

/// The nature of dates, amounts and counts.
pub(super) const OF_FIGURE: Nature =
    Nature { sort: Sort::Other, number: Number::Either, gender: None, pronoun: None, certain: true };

/// The nature of somebody who is told by nationality ("the Dane").
pub(super) const OF_NATIONAL: Nature =
    Nature { sort: Sort::Person, number: Number::One, gender: None, pronoun: None, certain: true };

pub(super) fn of_pronoun(pronoun: Pronoun) -> Nature {
    let (sort, number, gender) = match pronoun {
        Pronoun::Male => (Sort::Person, Number::One, Some(Gender::Male)),
        Pronoun::Female => (Sort::Person, Number::One, Some(Gender::Female)),
        Pronoun::Thing => (Sort::Other, Number::One, None),
        Pronoun::Plural => (Sort::Unknown, Number::Either, None),
        Pronoun::Speaker => (Sort::Person, Number::One, None),
        Pronoun::Speakers => (Sort::Unknown, Number::Several, None),
        Pronoun::Addressee => (Sort::Person, Number::Either, None),
        Pronoun::Demonstrative => (Sort::Unknown, Number::Either, None),
        Pronoun::Place => (Sort::Place, Number::One, None),
    };
    Nature { sort, number, gender, pronoun: Some(pronoun), certain: true }
}

pub(super) fn of_entity(entity: &Entity, gender: Option<Gender>, tag: &str) -> Nature {
    let sort = sort(entity.kind);
    let plural = tag == "NNPS" || tag == "NNS";
    let number = match (sort, plural) {
        (Sort::Person, false) => Number::One,
        (Sort::Organization | Sort::Place, _) => Number::Either,
        _ if entity.kind == Kind::Group || plural => Number::Several,
        _ => Number::One,
    };
    Nature { sort, number, gender, pronoun: None, certain: true }
}

pub(super) fn of_noun(lemma: &str, tag: &str, resources: &Resources) -> Nature {
    let gender = resources.names.gender_of_noun(lemma);
    let is_person = || resources.names.is_person_noun(lemma) || resources.titles.head_length(&[lemma]).is_some();
    let sort = match resources.coreference.kind_of_noun(lemma).map(sort) {
        _ if gender.is_some() => Sort::Person,
        Some(known) => known,
        None if is_person() => Sort::Person,
        None => Sort::Unknown,
    };
    let number = match tag {
        "NNS" | "NNPS" => Number::Several,
        _ if resources.coreference.is_collective(lemma) => Number::Either,
        "CD" => Number::Either,
        _ => Number::One,
    };
    Nature { sort, number, gender, pronoun: None, certain: false }
}

/// The nature of what a name stands for that the recogniser did not find: a person where it begins with a given name.
pub(super) fn of_unknown_name(first: &str, tag: &str, resources: &Resources) -> Nature {
    let gender = resources.given_names.gender(first).filter(|_| tag == "NNP");
    let sort = if gender.is_some() { Sort::Person } else { Sort::Unknown };
    let number = if tag == "NNPS" { Number::Either } else { Number::One };
    Nature { sort, number, gender, pronoun: None, certain: false }
}

/// The nature of several things of which the first is known.
pub(super) fn of_several(first: &Nature) -> Nature {
    Nature { sort: first.sort, number: Number::Several, gender: None, pronoun: None, certain: false }
}

fn sort(kind: Kind) -> Sort {
    match kind {
        Kind::Person | Kind::Group => Sort::Person,
        Kind::Organization => Sort::Organization,
        Kind::Region | Kind::Place | Kind::Facility => Sort::Place,
        _ => Sort::Other,
    }
}

impl Nature {
    /// Whether two phrases of these natures may stand for one thing.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.genders_agree(other) && self.numbers_agree(other) && self.sorts_agree(other) && self.persons_agree(other)
    }

    /// Whether it is "he" or "she".
    pub(super) fn is_he_or_she(&self) -> bool {
        matches!(self.pronoun, Some(Pronoun::Male | Pronoun::Female))
    }

    fn genders_agree(&self, other: &Self) -> bool {
        match (self.gender, other.gender) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    fn numbers_agree(&self, other: &Self) -> bool {
        !matches!((self.number, other.number), (Number::One, Number::Several) | (Number::Several, Number::One))
    }

    fn sorts_agree(&self, other: &Self) -> bool {
        let is_it = |nature: &Self| nature.pronoun == Some(Pronoun::Thing);
        if is_it(self) || is_it(other) {
            let nature = if is_it(self) { other } else { self };
            return nature.sort != Sort::Person || nature.gender.is_none() && !nature.certain;
        }
        if self.is_he_or_she() || other.is_he_or_she() {
            let nature = if self.is_he_or_she() { other } else { self };
            return !nature.certain || nature.sort == Sort::Person;
        }
        let known = |nature: &Self| {
            !matches!(nature.sort, Sort::Unknown | Sort::Other) || nature.certain && nature.sort == Sort::Other
        };
        let persons = (self.sort == Sort::Person) == (other.sort == Sort::Person);
        !(known(self) && known(other)) || persons
    }

    fn persons_agree(&self, other: &Self) -> bool {
        let spoken =
            |nature: &Self| matches!(nature.pronoun, Some(Pronoun::Speaker | Pronoun::Speakers | Pronoun::Addressee));
        match (self.pronoun, other.pronoun) {
            (Some(one), Some(two)) if spoken(self) && spoken(other) => one == two,
            _ => true,
        }
    }
}
