//! Which things of different articles are one: a pure function of what the articles say and what the user has settled.
//!
//! Each article keeps its own entities. [`resolve`] groups them into things of the whole base and gives each its IRI, in
//! the same way whatever the order in which the articles came, so that taking an article away undoes exactly what it
//! added. It knows neither the language of the articles nor how they are stored.
//!
//! To merge two namesakes is worse than to keep one thing twice. So only what shares a name is compared at all, and
//! joined from [`ENOUGH`] points on; `compare` says what counts how much.

mod bars;
mod compare;
mod ids;
mod name;
mod naming;
mod partition;
mod pins;
mod profile;
mod world;

use std::collections::{BTreeSet, HashMap, HashSet};

use bars::Bars;
use partition::Partition;
use world::World;

pub use compare::{ENOUGH, Reason, What};
pub use ids::{Id, Ids};
pub use name::{Fit, PersonName, key};
pub use naming::Cluster;
pub use partition::Decision;
pub use pins::{Anchor, Pin, PinError, Pins, Relation};
pub use profile::{Commonness, Evidence, Family, Gender, Post, Profile, Profiles};
pub use world::{Article, Member};

/// The things of a base, each with all that was found to be it, sorted by IRI.
///
/// `articles` must be sorted by IRI, each once. Where `touched` is given, only the components are worked out in which some
/// profile has one of those [links].
#[must_use]
pub fn resolve(articles: &[Article], pins: &Pins, touched: Option<&HashSet<String>>) -> Vec<Cluster> {
    let mut world = World::new(articles);
    let bars = Bars::new(pins, &world);
    let mut clusters = Vec::new();
    for members in components(&world, &bars) {
        let is_touched = |touched: &HashSet<String>| {
            members.iter().any(|member| links(world.profile(*member)).any(|link| touched.contains(link)))
        };
        if touched.is_none_or(is_touched) {
            let groups = Partition { world: &mut world, bars: &bars, trace: None }.groups(&members);
            clusters.extend(naming::name(&world, groups));
        }
    }
    clusters.sort_by(|a, b| a.iri.cmp(&b.iri));
    clusters
}

/// The things of which `is_meant` says so, and what was compared on the way to them. Only components with a profile that
/// `is_candidate` are looked at.
pub fn explain(
    articles: &[Article],
    pins: &Pins,
    is_candidate: impl Fn(&Article, &Profile) -> bool,
    is_meant: impl Fn(&Cluster) -> bool,
) -> Vec<Explanation> {
    let mut world = World::new(articles);
    let bars = Bars::new(pins, &world);
    let mut explanations = Vec::new();
    for members in components(&world, &bars) {
        if !members.iter().any(|member| is_candidate(world.article(*member), world.profile(*member))) {
            continue;
        }
        let mut partition = Partition { world: &mut world, bars: &bars, trace: Some(Vec::new()) };
        let groups = partition.groups(&members);
        let decisions = partition.trace.take().unwrap_or_default();
        let clusters = naming::name(&world, groups);
        for (at, cluster) in clusters.iter().enumerate().filter(|(_, cluster)| is_meant(cluster)) {
            explanations.push(Explanation::new(&world, &clusters, at, cluster, &decisions));
        }
    }
    explanations.sort_by(|a, b| a.cluster.iri.cmp(&b.cluster.iri));
    explanations
}

/// Why a thing is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The thing.
    pub cluster: Cluster,
    /// Of each profile but the first, why it joined.
    pub joined: Vec<Told>,
    /// Other things that were compared with it and are not it: of each the comparison that came nearest.
    pub apart: Vec<(Cluster, Told)>,
}

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was compared.
    pub member: Member,
    /// The first profile of the group that it was compared with.
    pub with: Member,
    /// The sum of the points.
    pub score: i32,
    /// What spoke for and against, in words, with the points.
    pub reasons: Vec<(String, i32)>,
}

impl Explanation {
    fn new(world: &World<'_>, clusters: &[Cluster], at: usize, cluster: &Cluster, decisions: &[Decision]) -> Self {
        let mut of: HashMap<Member, usize> = HashMap::new();
        for (number, cluster) in clusters.iter().enumerate() {
            of.extend(cluster.members.iter().map(|member| (*member, number)));
        }
        let is_own = |member: &Member| of.get(member) == Some(&at);
        let told = |decision: &Decision| Told {
            member: decision.member,
            with: decision.with,
            score: compare::score(&decision.reasons),
            reasons: decision.reasons.iter().map(|reason| (words(world, &reason.what), reason.points)).collect(),
        };
        let own = |decision: &&Decision| is_own(&decision.member) && is_own(&decision.with);
        let joined = decisions.iter().filter(|decision| decision.joined).filter(own).map(told).collect();
        let mut nearest: HashMap<usize, Told> = HashMap::new();
        for decision in decisions.iter().filter(|decision| !decision.joined) {
            let other = match (is_own(&decision.member), is_own(&decision.with)) {
                (true, false) => of.get(&decision.with),
                (false, true) => of.get(&decision.member),
                _ => None,
            };
            let Some(other) = other else { continue };
            let told = told(decision);
            let known = nearest.get(other);
            if known.is_none_or(|known| (told.score, told.member) > (known.score, known.member)) {
                nearest.insert(*other, told);
            }
        }
        let mut apart: Vec<(Cluster, Told)> =
            nearest.into_iter().map(|(other, told)| (clusters[other].clone(), told)).collect();
        apart.sort_by(|(a, x), (b, y)| y.score.cmp(&x.score).then_with(|| a.iri.cmp(&b.iri)));
        Self { cluster: cluster.clone(), joined, apart }
    }
}

/// How much sharing a thing of that profile counts when so many articles speak of it.
#[must_use]
pub fn rarity(articles: i64, profile: &Profile) -> i32 {
    world::class(u32::try_from(articles).unwrap_or(0), world::worth(profile))
}

/// What can link a profile to others: its keys, its own IRI and its Wikidata item.
pub fn links(profile: &Profile) -> impl Iterator<Item = &str> {
    let many = if profile.family == Family::Person { 1 } else { profile.keys.len() };
    let keys = profile.keys.iter().take(many);
    keys.chain([&profile.iri]).chain(&profile.item).map(String::as_str)
}

/// The sets of profiles that can depend on each other, in the order of their first ones.
fn components(world: &World<'_>, bars: &Bars) -> Vec<Vec<Member>> {
    let members: Vec<Member> = world.members().collect();
    let mut parents: Vec<usize> = (0..members.len()).collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        for link in links(world.profile(*member)) {
            let known = *first.entry(link).or_insert(at);
            unite(&mut parents, known, at);
        }
    }
    for joined in bars.joined().into_values() {
        let places: Vec<usize> = joined.iter().filter_map(|member| members.binary_search(member).ok()).collect();
        places.windows(2).for_each(|pair| unite(&mut parents, pair[0], pair[1]));
    }
    let mut components: Vec<Vec<Member>> = Vec::new();
    let mut of_root: HashMap<usize, usize> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        let root = root(&mut parents, at);
        let component = *of_root.entry(root).or_insert_with(|| {
            components.push(Vec::new());
            components.len() - 1
        });
        components[component].push(*member);
    }
    components
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn unite(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

/// A reason in words.
fn words(world: &World<'_>, what: &What) -> String {
    let text = |id: &Id| {
        let string = world.ids.string(*id);
        string.split_once(':').filter(|_| !string.contains("//")).map_or(string, |(_, key)| key).replace('-', " ")
    };
    match what {
        What::Name(fit, commonness) => {
            let fit = match fit {
                Fit::Same => "same name",
                Fit::Fuller => "same name with or without middle names",
                Fit::Short => "an initial or a short form of the name",
            };
            let commonness = match commonness {
                Commonness::Rare => "",
                Commonness::Usual => ", not a rare one",
                Commonness::Common => ", a common one",
            };
            format!("{fit}{commonness}")
        }
        What::ShortName => "one is named by a short name only".into(),
        What::Post(title) => format!("both {} at one place", text(title)),
        What::Title(title) => format!("both {}", text(title)),
        What::Organization(at) => format!("both have a post at {}", text(at)),
        What::Field(field) => format!("both in the field of {}", text(field)),
        What::Country(country) => format!("both of {}", text(country)),
        What::Setting(country) => format!("both articles about {}", text(country)),
        What::SameMonth => "articles within a month of each other".into(),
        What::Company(names) => {
            let names: Vec<String> = names.iter().map(|id| company(world.ids.string(*id))).collect();
            format!("both articles name {}", names.join(", "))
        }
        What::OtherFields(one, other) => format!("other fields: {} and {}", text(one), text(other)),
        What::OtherCountries(one, other) => format!("other countries: {} and {}", text(one), text(other)),
        What::OtherGender => "a man and a woman".into(),
        What::OneArticle => "one article names both".into(),
        What::YearsApart(years) => format!("articles {years} years apart"),
        What::OtherPlaces(one, other) => format!("in other places: {} and {}", text(one), text(other)),
        What::SamePlace(place) => format!("both in {}", text(place)),
        What::SameItem(item) => format!("both are Wikidata's {}", world.ids.string(*item)),
        What::OtherItems(one, other) => {
            format!("Wikidata's {} and {}", world.ids.string(*one), world.ids.string(*other))
        }
        What::PinnedSame => "pinned as the same".into(),
        What::PinnedDifferent => "pinned as different".into(),
        What::Ambiguous => "another fits as well".into(),
    }
}

/// The sort and slug of a local IRI.
fn company(iri: &str) -> String {
    let mut parts = iri.rsplit(['/', '#']);
    parts.next().unwrap_or(iri).replace('-', " ")
}

/// The local IRIs and names by which somebody may ask for what a profile became.
pub fn handles(profile: &Profile) -> BTreeSet<&str> {
    pins::names(profile).collect()
}
