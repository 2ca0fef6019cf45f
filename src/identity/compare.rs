//! What speaks for two things being one, and what against it.

use std::collections::{BTreeSet, HashSet};

use super::ids::Id;
use super::name::{Fit, PersonName};
use super::profile::{Commonness, Gender};

/// From so many points on, two things are one.
pub const ENOUGH: i32 = 2;

/// How names agree that are compared by their keys only.
pub(super) const SPELLED_ALIKE: Fit = Fit::Same;

/// Two articles so many years apart hardly speak of one person.
const LIFETIME: i32 = 45;

/// The days of a year and of a month, on the average.
const YEAR: f64 = 365.25;
const MONTH: i32 = 31;

/// The most that other names of the articles can add.
const MOST_OF_COMPANY: i32 = 4;

/// One thing that speaks for or against, and its points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// What it is.
    pub what: What,
    /// What it counts.
    pub points: i32,
}

/// What can speak for or against two things being one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// How the names agree, and how common they are.
    Name(Fit, Commonness),
    /// One is named by its surname or another short name only.
    ShortName,
    /// One post at one place.
    Post(Id),
    /// One title.
    Title(Id),
    /// One organisation.
    Organization(Id),
    /// One field of work.
    Field(Id),
    /// One country.
    Country(Id),
    /// One country that the articles are mostly about.
    Setting(Id),
    /// Articles within a month of each other.
    SameMonth,
    /// Names that both articles speak of and few others do.
    Company(Vec<Id>),
    /// Fields of work that hardly one person has.
    OtherFields(Id, Id),
    /// Countries of which neither is the other's.
    OtherCountries(Id, Id),
    /// A man and a woman.
    OtherGender,
    /// An article that names both takes them for two.
    OneArticle,
    /// Years so far apart.
    YearsApart(i32),
    /// A place in two places.
    OtherPlaces(Id, Id),
    /// One place in one place.
    SamePlace(Id),
    /// One Wikidata item.
    SameItem(Id),
    /// Two Wikidata items.
    OtherItems(Id, Id),
    /// The user said that they are one.
    PinnedSame,
    /// The user said that they are two.
    PinnedDifferent,
    /// Another candidate fits too.
    Ambiguous,
}

impl What {
    pub(super) fn counting(self, points: i32) -> Reason {
        Reason { what: self, points }
    }
}

/// A thing as all that was joined to it so far describes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Portrait {
    /// Persons only.
    pub(super) names: BTreeSet<(PersonName, Vec<String>)>,
    pub(super) commonness: Commonness,
    pub(super) genders: BTreeSet<Gender>,
    /// Title, and organisation where one is known.
    pub(super) posts: BTreeSet<(Id, Option<Id>)>,
    pub(super) fields: BTreeSet<Id>,
    pub(super) near_fields: BTreeSet<Id>,
    pub(super) countries: BTreeSet<Id>,
    pub(super) within: BTreeSet<Vec<Id>>,
    pub(super) items: BTreeSet<Id>,
    /// The countries that its articles are mostly about.
    pub(super) settings: BTreeSet<Id>,
    /// Its articles.
    pub(super) articles: BTreeSet<u32>,
    /// When its articles were published, in days.
    pub(super) days: BTreeSet<i32>,
    /// Other names of its articles.
    pub(super) company: HashSet<Id>,
}

impl Portrait {
    pub(super) fn absorb(&mut self, other: Self) {
        self.commonness = self.commonness.max(other.commonness);
        self.names.extend(other.names);
        self.genders.extend(other.genders);
        self.posts.extend(other.posts);
        self.fields.extend(other.fields);
        self.near_fields.extend(other.near_fields);
        self.countries.extend(other.countries);
        self.within.extend(other.within);
        self.items.extend(other.items);
        self.company.extend(other.company);
        self.settings.extend(other.settings);
        self.articles.extend(other.articles);
        self.days.extend(other.days);
    }

    /// Whether anything is said that could tell it from a namesake.
    pub(super) fn tells(&self) -> bool {
        !(self.posts.is_empty() && self.fields.is_empty() && self.items.is_empty() && self.within.is_empty())
    }
}

/// How far two persons' names agree: the best fit of any two, and none when any two full names cannot be one person's.
pub(super) fn names_fit(one: &Portrait, other: &Portrait) -> Option<Fit> {
    let mut best = None;
    for (a, a_formal) in one.names.iter().filter(|(name, _)| !name.is_bare()) {
        for (b, b_formal) in other.names.iter().filter(|(name, _)| !name.is_bare()) {
            match a.fit(a_formal, b, b_formal) {
                Some(fit) => best = best.max(Some(fit)),
                // A name taken by marriage or as an artist has another surname, and says nothing.
                None if a.surname() == b.surname() => return None,
                None => {}
            }
        }
    }
    best
}

/// What the names of two persons count.
pub(super) fn of_names(fit: Fit, commonness: Commonness) -> Reason {
    let points = match commonness {
        Commonness::Rare => 3,
        Commonness::Usual => 2,
        Commonness::Common => 0,
    };
    let points = if fit == Fit::Short { points - 1 } else { points };
    What::Name(fit, commonness).counting(points)
}

/// What speaks for and against besides the names. `rarity` tells what sharing a name of two articles counts.
pub(super) fn traits(one: &Portrait, other: &Portrait, rarity: &dyn Fn(Id) -> i32) -> Vec<Reason> {
    let mut reasons = Vec::new();
    of_items(one, other, &mut reasons);
    of_posts(one, other, &mut reasons);
    of_countries(one, other, &mut reasons);
    of_places(one, other, &mut reasons);
    if !one.genders.is_empty() && !other.genders.is_empty() && one.genders.is_disjoint(&other.genders) {
        reasons.push(What::OtherGender.counting(-10));
    }
    of_days(one, other, &mut reasons);
    // Of things that are spelled alike an article has one only; that it shares its names with itself says nothing of persons.
    if !one.names.is_empty() && !one.articles.is_disjoint(&other.articles) {
        reasons.push(What::OneArticle.counting(-5));
    } else {
        of_company(one, other, rarity, &mut reasons);
    }
    reasons
}

/// The sum of some reasons.
pub(super) fn score(reasons: &[Reason]) -> i32 {
    reasons.iter().map(|reason| reason.points).sum()
}

fn of_items(one: &Portrait, other: &Portrait, reasons: &mut Vec<Reason>) {
    if let (Some(a), Some(b)) = (one.items.first(), other.items.first()) {
        match one.items.intersection(&other.items).next() {
            Some(same) => reasons.push(What::SameItem(*same).counting(20)),
            None => reasons.push(What::OtherItems(*a, *b).counting(-100)),
        }
    }
}

fn of_posts(one: &Portrait, other: &Portrait, reasons: &mut Vec<Reason>) {
    let same_post = one.posts.intersection(&other.posts).find(|(_, organization)| organization.is_some());
    let organizations = |of: &Portrait| of.posts.iter().filter_map(|(_, at)| *at).collect::<BTreeSet<Id>>();
    let titles = |of: &Portrait| of.posts.iter().map(|(title, _)| *title).collect::<BTreeSet<Id>>();
    let same_organization = organizations(one).intersection(&organizations(other)).next().copied();
    let same_title = titles(one).intersection(&titles(other)).next().copied();
    let same_field = one.fields.intersection(&other.fields).next().copied();
    if let Some((title, _)) = same_post {
        reasons.push(What::Post(*title).counting(4));
    } else if let Some(organization) = same_organization {
        reasons.push(What::Organization(organization).counting(3));
    } else if let Some(title) = same_title {
        reasons.push(What::Title(title).counting(2));
    } else if let Some(field) = same_field {
        reasons.push(What::Field(field).counting(1));
    } else if let (Some(a), Some(b)) = (one.fields.first(), other.fields.first())
        && one.near_fields.is_disjoint(&other.fields)
        && other.near_fields.is_disjoint(&one.fields)
    {
        reasons.push(What::OtherFields(*a, *b).counting(-4));
    }
}

fn of_countries(one: &Portrait, other: &Portrait, reasons: &mut Vec<Reason>) {
    if let (Some(a), Some(b)) = (one.countries.first(), other.countries.first()) {
        match one.countries.intersection(&other.countries).next() {
            Some(same) => reasons.push(What::Country(*same).counting(1)),
            None => reasons.push(What::OtherCountries(*a, *b).counting(-2)),
        }
    } else if let Some(same) = one.settings.intersection(&other.settings).next() {
        reasons.push(What::Setting(*same).counting(1));
    }
}

fn of_days(one: &Portrait, other: &Portrait, reasons: &mut Vec<Reason>) {
    let ends = |of: &Portrait| of.days.first().copied().zip(of.days.last().copied());
    let (Some((from, to)), Some((other_from, other_to))) = (ends(one), ends(other)) else { return };
    let years = (f64::from((other_from - to).max(from - other_to)) / YEAR) as i32;
    if years >= LIFETIME {
        reasons.push(What::YearsApart(years).counting(-4));
        return;
    }
    let (few, many) = if one.days.len() <= other.days.len() { (one, other) } else { (other, one) };
    let is_near = |day: &i32| many.days.range(day - MONTH..=day + MONTH).next().is_some();
    if few.days.iter().any(is_near) {
        reasons.push(What::SameMonth.counting(1));
    }
}

/// A place lies in one place and its surroundings: Alabama is in the United States, and Alabama is not in Texas.
fn of_places(one: &Portrait, other: &Portrait, reasons: &mut Vec<Reason>) {
    let agree = |a: &[Id], b: &[Id]| {
        a.first().filter(|leaf| b.contains(leaf)).or(b.first().filter(|leaf| a.contains(leaf))).copied()
    };
    let pairs = || one.within.iter().flat_map(|a| other.within.iter().map(move |b| (a, b)));
    if let Some(same) = pairs().find_map(|(a, b)| agree(a, b)) {
        reasons.push(What::SamePlace(same).counting(3));
    } else if let Some((a, b)) = pairs().find_map(|(a, b)| a.first().copied().zip(b.first().copied())) {
        reasons.push(What::OtherPlaces(a, b).counting(-10));
    }
}

fn of_company(one: &Portrait, other: &Portrait, rarity: &dyn Fn(Id) -> i32, reasons: &mut Vec<Reason>) {
    let (few, many) = if one.company.len() <= other.company.len() { (one, other) } else { (other, one) };
    let mut shared: Vec<(i32, Id)> = few
        .company
        .iter()
        .filter(|id| many.company.contains(id))
        .map(|id| (rarity(*id), *id))
        .filter(|(points, _)| *points > 0)
        .collect();
    shared.sort_unstable_by_key(|(points, id)| (-points, *id));
    let points: i32 = shared.iter().map(|(points, _)| points).sum();
    if points > 0 {
        shared.truncate(3);
        let named = shared.into_iter().map(|(_, id)| id).collect();
        reasons.push(What::Company(named).counting(points.min(MOST_OF_COMPANY)));
    }
}
