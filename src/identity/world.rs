//! All articles at hand, with numbers for their names and how many articles speak of each.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::compare::Portrait;
use super::ids::{Id, Ids};
use super::name::PersonName;
use super::profile::{Family, Profile, Profiles};

/// A profile: the number of its article and its own within it.
pub type Member = (u32, u32);

/// An article and what it says of the things it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its IRI.
    pub iri: String,
    /// Its things.
    pub profiles: Profiles,
}

/// All articles, sorted by IRI.
pub(super) struct World<'a> {
    pub(super) articles: &'a [Article],
    pub(super) ids: Ids<'a>,
    /// Of each article the local IRIs of the things named in its text, in their order.
    company: Vec<Vec<Id>>,
    /// By the number of a local IRI: in how many articles it is, and what sharing it can count at most.
    shared: Vec<(u32, i32)>,
}

/// Up to so many articles a name is rare, and up to so many it says a little.
const RARE: u32 = 5;
const KNOWN: u32 = 50;
/// The same for names of places, which hold many things.
const RARE_PLACE: u32 = 2;

impl<'a> World<'a> {
    pub(super) fn new(articles: &'a [Article]) -> Self {
        let mut ids = Ids::default();
        let mut shared: Vec<(u32, i32)> = Vec::new();
        let mut company = Vec::with_capacity(articles.len());
        for article in articles {
            let mut names = Vec::with_capacity(article.profiles.entities.len());
            for profile in &article.profiles.entities {
                let id = ids.add(&profile.iri);
                shared.resize(ids.len(), (0, 0));
                shared[id as usize].0 += 1;
                shared[id as usize].1 = worth(profile);
                // The outlet and what only a demonym names say little of what an article is about.
                if profile.mentions > 0 {
                    names.push(id);
                }
            }
            company.push(names);
        }
        Self { articles, ids, company, shared }
    }

    pub(super) fn members(&self) -> impl Iterator<Item = Member> + '_ {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.articles.iter().enumerate().flat_map(move |(article, of)| {
            (0..of.profiles.entities.len()).map(move |entity| (number(article), number(entity)))
        })
    }

    pub(super) fn article(&self, (article, _): Member) -> &'a Article {
        &self.articles[article as usize]
    }

    pub(super) fn profile(&self, member: Member) -> &'a Profile {
        &self.article(member).profiles.entities[member.1 as usize]
    }

    /// How sharing a name of two articles counts: that of a rare person or organisation much, that of a place that many
    /// articles speak of nothing. The classes are wide, so that another article seldom changes them.
    pub(super) fn rarity(&self, id: Id) -> i32 {
        let Some((articles, worth)) = self.shared.get(id as usize) else { return 0 };
        class(*articles, *worth)
    }

    /// What a profile says, as a portrait to compare; numbers its words.
    pub(super) fn portrait(&mut self, member: Member) -> Portrait {
        let article = self.article(member);
        let profile = self.profile(member);
        let ids = &mut self.ids;
        let mut all = |words: &'a [String]| words.iter().map(|word| ids.add(word)).collect::<Vec<Id>>();
        let mut portrait = Portrait {
            commonness: profile.commonness,
            genders: profile.gender.into_iter().collect(),
            fields: all(&profile.fields).into_iter().collect(),
            near_fields: all(&profile.near_fields).into_iter().collect(),
            countries: all(&profile.countries).into_iter().collect(),
            settings: all(&article.profiles.countries).into_iter().collect(),
            articles: BTreeSet::from([member.0]),
            days: day(&article.profiles.published).into_iter().collect(),
            ..Portrait::default()
        };
        let within = all(&profile.within);
        portrait.within.extend(Some(within).filter(|within| !within.is_empty()));
        portrait.items = profile.item.iter().map(|item| ids.add(item)).collect();
        for post in &profile.posts {
            let organization = post.organization.as_deref().map(|organization| ids.add(organization));
            portrait.posts.insert((ids.add(&post.title), organization));
        }
        if profile.family == Family::Person {
            let names = [&profile.name].into_iter().chain(&profile.other_names);
            let parsed = names.filter_map(|name| PersonName::parse(name));
            let first = parsed.clone().next().and_then(|name| name.first().map(str::to_owned));
            // Only the given name of the best name was looked up.
            portrait.names = parsed
                .map(|name| {
                    let formal = if name.first() == first.as_deref() { profile.formal.clone() } else { Vec::new() };
                    (name, formal)
                })
                .collect();
        }
        let own = self.ids.find(&profile.iri);
        portrait.company = self.company[member.0 as usize].iter().copied().filter(|id| Some(*id) != own).collect();
        portrait
    }
}

/// What sharing a thing can count at most, which follows from its local IRI alone.
pub(super) fn worth(profile: &Profile) -> i32 {
    let slug = profile.iri.rsplit(['/', '#']).next().unwrap_or("");
    match profile.family {
        Family::Person | Family::Organization => 1 + i32::from(slug.contains('-')),
        Family::Place | Family::Other => 0,
    }
}

/// The class of rarity of a name of that worth in so many articles.
pub(super) fn class(articles: u32, worth: i32) -> i32 {
    match worth {
        0 => i32::from(articles <= RARE_PLACE),
        worth if articles <= RARE => worth,
        worth if articles <= KNOWN => worth - 1,
        _ => 0,
    }
}

/// The number of a day; of a month or year that of its first day, which is near enough.
fn day(date: &str) -> Option<i32> {
    let part = |range: std::ops::Range<usize>| date.get(range)?.parse::<i8>().ok();
    let year = date.get(..4)?.parse().ok()?;
    let date = Date::new(year, part(5..7).unwrap_or(1), part(8..10).unwrap_or(1)).ok()?;
    let since = date.since(Date::constant(1970, 1, 1)).ok()?;
    Some(since.get_days())
}
