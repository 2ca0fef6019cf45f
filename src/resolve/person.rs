//! Persons under their full name, surname or given name.

use super::kin::Kin;
use super::{Links, Name};
use crate::document::Kind;
use crate::resources::Resources;
use crate::resources::names::Gender;

/// The names of persons, and who of them are relatives.
pub(super) struct Persons<'a> {
    pub(super) names: &'a [Name],
    pub(super) kin: Kin,
    pub(super) resources: &'a Resources,
}

impl Persons<'_> {
    /// Links full names of one person ("Jane A. Roe", "Jane Roe"), and bare names that only one person bears.
    pub(super) fn link(&self, same: &mut Links) {
        let (names, resources) = (self.names, self.resources);
        let persons: Vec<usize> = (0..names.len()).filter(|&name| names[name].kind == Kind::Person).collect();
        for &one in &persons {
            let mut alike = persons.iter().copied().filter(|&other| {
                other != one
                    && names[other].key.len() >= names[one].key.len()
                    && !self.kin.are_two(one, other)
                    && is_fuller(&names[one], &names[other], resources)
            });
            if let (Some(fuller), None) = (alike.next(), alike.next()) {
                same.link(one, fuller);
            }
        }
        link_surnames(names, &persons, same);
        for &one in &persons {
            if let [bearer] = self.bearers(one, same).as_slice() {
                same.link(one, *bearer);
            }
        }
    }

    /// Whose a bare name is, at a place in the text, when several persons of the article bear it: the only one of them named so
    /// far. None when it is a full name, when one person bears it, or when it cannot be told.
    pub(super) fn bearer_at(&self, name: usize, at: usize, same: &Links) -> Option<usize> {
        let names = self.names;
        if names[name].kind != Kind::Person || same.root(name) != name {
            return None;
        }
        let mut before: Vec<usize> =
            self.bearers(name, same).into_iter().filter(|&bearer| names[bearer].from < at).collect();
        before.dedup();
        before.sort_by_key(|&bearer| names[bearer].from);
        match before.as_slice() {
            [] => None,
            [bearer] => Some(*bearer),
            // What was the first one's alone stays so when others of the surname come up.
            [first, second, ..] => {
                let between = names[*first].from..names[*second].from;
                names[name].uses.iter().any(|used| between.contains(used)).then_some(*first)
            }
        }
    }

    /// The persons who bear a bare name as their surname, or else, having been named before, as their given name.
    fn bearers(&self, bare: usize, same: &Links) -> Vec<usize> {
        let (names, resources) = (self.names, self.resources);
        let words = words(&names[bare].key, resources).0;
        let full = |other: &usize| *other != bare && names[*other].kind == Kind::Person && self.may_call(bare, *other);
        let by = |fits: &dyn Fn(&[&str]) -> bool| {
            let mut found: Vec<usize> = Vec::new();
            for other in (0..names.len()).filter(full) {
                let (theirs, _) = self::words(&names[other].key, resources);
                let known = found.iter().any(|&known| same.root(known) == same.root(other));
                if theirs.len() > words.len()
                    && fits(&theirs)
                    && !known
                    && may_be(&names[bare], &names[other], resources)
                {
                    found.push(other);
                }
            }
            found
        };
        let by_surname =
            self.without_relatives(bare, by_title(names, bare, by(&|theirs| theirs.ends_with(&words)), resources));
        if !by_surname.is_empty() || words.len() > 1 {
            return by_surname;
        }
        let named_before = by(&|theirs| theirs.starts_with(&words));
        named_before.into_iter().filter(|&bearer| names[bearer].from < names[bare].from).collect()
    }

    /// Whether a bare name may be somebody's for all that is told of relatives.
    fn may_call(&self, bare: usize, other: usize) -> bool {
        !self.kin.are_two(bare, other) && !self.kin.came_later(other, self.names[bare].from)
    }

    /// Of several bearers of a surname, those who were not introduced as somebody's relatives: "his wife, Jane Roe", goes by her given name.
    fn without_relatives(&self, bare: usize, mut bearers: Vec<usize>) -> Vec<usize> {
        let is_other = |bearer: &usize| !self.kin.is_relative(*bearer);
        if bearers.len() > 1 && self.names[bare].honorifics.is_empty() && bearers.iter().any(is_other) {
            bearers.retain(is_other);
        }
        bearers
    }
}

/// Links the forms of a surname that nobody bears in full ("Mr Roe", "Roe"), unless they are of two genders.
fn link_surnames(names: &[Name], persons: &[usize], same: &mut Links) {
    for (i, &one) in persons.iter().enumerate() {
        let mut alike = persons.iter().copied().filter(|&other| names[other].key == names[one].key);
        let borne = persons.iter().any(|&other| names[other].key.ends_with(&format!(" {}", names[one].key)));
        let genders = |gender| alike.clone().any(|other| names[other].gender == Some(gender));
        let mixed = genders(Gender::Male) && genders(Gender::Female);
        if let Some(first) = alike.next().filter(|first| persons[..i].contains(first) && !borne && !mixed) {
            same.link(one, first);
        }
    }
}

/// The gender that an honorific before a bare name tells.
fn told(bare: &Name, resources: &Resources) -> Option<Gender> {
    bare.honorifics.first().and_then(|honorific| resources.names.gender(honorific))
}

/// Whether a bare name may be a person's: "Ms Roe" is no man.
fn may_be(bare: &Name, full: &Name, resources: &Resources) -> bool {
    match (told(bare, resources), full.gender) {
        (Some(told), Some(gender)) => told == gender,
        _ => true,
    }
}

/// Of several bearers, those whom the honorific of the bare name fits best: who has it elsewhere, who is known to be of its
/// gender, who has no title of another kind ("Mr Roe" is not Dr Jane Roe).
fn by_title(names: &[Name], bare: usize, mut bearers: Vec<usize>, resources: &Resources) -> Vec<usize> {
    let Some(honorific) = names[bare].honorifics.first() else { return bearers };
    let has_it = |other: &usize| names[*other].honorifics.contains(honorific);
    let of_gender = |other: &usize| {
        told(&names[bare], resources).is_some() && names[*other].gender == told(&names[bare], resources)
    };
    let untitled = |other: &usize| names[*other].honorifics.is_empty();
    let tests: [&dyn Fn(&usize) -> bool; 3] = [&has_it, &of_gender, &untitled];
    for test in tests {
        if bearers.len() > 1 && bearers.iter().any(test) {
            bearers.retain(test);
        }
    }
    bearers
}

/// Whether both are full names that agree in surname, generation and given name, the one in initials or without middle names.
fn is_fuller(short: &Name, long: &Name, resources: &Resources) -> bool {
    let ((short, generation), (long, other_generation)) = (words(&short.key, resources), words(&long.key, resources));
    let (Some(first), Some(long_first)) = (short.first(), long.first()) else { return false };
    if short.len() < 2 || long.len() < 2 || generation != other_generation || short.last() != long.last() {
        return false;
    }
    let initial = |word: &str, full: &str| word.chars().count() == 1 && full.starts_with(word);
    let same_first = first == long_first || initial(first, long_first);
    let middles = short[1..short.len() - 1].iter().all(|middle| {
        long[1..long.len() - 1].iter().any(|other| middle == other || initial(middle, other) || initial(other, middle))
    });
    same_first && middles && short != long
}

/// The words of a name, and apart from them its generation ("jr").
fn words<'a>(key: &'a str, resources: &Resources) -> (Vec<&'a str>, Option<&'a str>) {
    let mut words: Vec<&str> = key.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_generation =
        |word: &&str| ["jr", "sr"].contains(word) || resources.names.is_generation(&word.to_uppercase());
    let generation = words.last().copied().filter(is_generation).filter(|_| words.len() > 1);
    if generation.is_some() {
        words.pop();
    }
    (words, generation)
}
