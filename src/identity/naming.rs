//! Readable IRIs and labels for groups of profiles.
//!
//! A group is called by the fullest name that most of its articles use, and its IRI is the one minted from that name. Of
//! several groups with one name, the one that was in the news first has the plain IRI. Each other adds after `--` what
//! its earliest article tells it by: a post, an organisation, a place, a country, else a digest. So an article that is
//! younger than those of the base never takes an IRI from anything but what it joins.

use std::collections::{BTreeMap, BTreeSet};

use super::partition::Group;
use super::profile::{Family, Profile};
use super::world::{Member, World};
use crate::graph::mint::{digest, slug};

/// A thing of the base: one node, and all that was found to be it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its IRI.
    pub iri: String,
    /// Its best name.
    pub label: String,
    /// The Wikidata item it was linked to.
    pub item: Option<String>,
    /// What it was put together from: the number of an article, and of a profile within it; the earliest first.
    pub members: Vec<Member>,
}

/// Names the groups of one component.
pub(super) fn name(world: &World<'_>, groups: Vec<Group>) -> Vec<Cluster> {
    let mut named: Vec<Cluster> = groups.into_iter().map(|group| cluster(world, group)).collect();
    named.sort_by(|a, b| age(world, a.members[0]).cmp(&age(world, b.members[0])));
    let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for cluster in &mut named {
        let marks = taken.entry(cluster.iri.clone()).or_default();
        let mut words = traits(world, &cluster.members);
        if marks.is_empty() {
            // The first one goes by the plain IRI; its own mark, unused, tells it from those to come.
            marks.insert(String::new());
            marks.extend(words.into_iter().next());
            continue;
        }
        words.push(fallback(world, cluster.members[0]));
        if let Some(mark) = words.into_iter().find(|mark| !marks.contains(mark)) {
            cluster.iri = format!("{}--{mark}", cluster.iri);
            marks.insert(mark);
        }
    }
    named
}

fn cluster(world: &World<'_>, group: Group) -> Cluster {
    let mut members = group.members;
    members.sort_by(|a, b| age(world, *a).cmp(&age(world, *b)));
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for member in &members {
        let profile = world.profile(*member);
        *counts.entry((&profile.name, &profile.iri)).or_default() += 1;
    }
    let family = world.profile(members[0]).family;
    let best = counts.iter().max_by_key(|((name, iri), count)| {
        (is_full(name, family), **count, name.chars().count(), std::cmp::Reverse((*name, *iri)))
    });
    let (label, iri) = best.map_or(("", ""), |(best, _)| *best);
    let item = members.iter().find_map(|member| world.profile(*member).item.clone());
    Cluster { iri: iri.to_owned(), label: label.to_owned(), item, members }
}

/// Whether a name is more than a surname or an acronym, and no shouting.
fn is_full(name: &str, family: Family) -> bool {
    let is_capitals = !name.chars().any(char::is_lowercase);
    match family {
        Family::Person => name.contains(' ') && !is_capitals,
        _ => !is_capitals,
    }
}

/// When a profile was published, and where; those of no date come last.
fn age<'w>(world: &World<'w>, member: Member) -> (bool, &'w str, &'w str, &'w str) {
    let article = world.article(member);
    let published = article.profiles.published.as_str();
    (published.is_empty(), published, &article.iri, &world.profile(member).iri)
}

/// What tells a thing from its namesakes, as the slugs of words, by the earliest article that says anything.
fn traits(world: &World<'_>, members: &[Member]) -> Vec<String> {
    let of = |profile: &Profile| {
        let posts = profile.posts.iter().map(|post| post.title.clone());
        let organizations = profile.posts.iter().filter_map(|post| post.organization.as_deref().map(bare_key));
        let within = profile.within.iter().take(1).cloned();
        let words = posts.chain(organizations).chain(within).chain(profile.countries.iter().cloned());
        let slugs: Vec<String> = words.map(|word| slug(&word)).filter(|slug| slug.len() <= 40).collect();
        slugs
    };
    let told = members.iter().map(|member| of(world.profile(*member))).find(|slugs| !slugs.is_empty());
    let settings = || {
        let countries = members.iter().map(|member| &world.article(*member).profiles.countries);
        countries.filter_map(|countries| countries.first()).take(1).map(|country| slug(country)).collect()
    };
    told.unwrap_or_else(settings)
}

/// A key without the word for its sort ("organization:acme").
fn bare_key(key: &str) -> String {
    key.split_once(':').map_or(key, |(_, key)| key).to_owned()
}

fn fallback(world: &World<'_>, member: Member) -> String {
    let (article, profile) = (world.article(member), world.profile(member));
    digest(&format!("{} {}", article.iri, profile.iri))[..8].to_owned()
}
