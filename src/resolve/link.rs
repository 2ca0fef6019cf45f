//! Tells which known thing an entity is, where that is beyond reasonable doubt.
//!
//! Each candidate of an entity's name, and the possibility that it is something unknown, gets a score from its prior, its
//! kind and what the article says; the share of the best candidate's exponential is the confidence. A private person may
//! bear a politician's name, and a village that of a capital: without evidence, nothing is linked.

use std::collections::BTreeMap;

use super::context::{Context, is_place, places_named};
use crate::class::Class;
use crate::document::{Entity, EntityId, Kind, Link};
use crate::gazetteer::{Candidate, Gazetteers, spelling};
use crate::resources::Resources;

/// Below this confidence an entity stays unlinked.
pub const THRESHOLD: f32 = 0.7;

/// How sharply scores tell candidates apart.
const SHARPNESS: f32 = 2.0;

/// A known thing, and what it is more closely.
pub(super) struct Known {
    pub(super) link: Link,
    pub(super) class: Option<Class>,
}

/// The known thing that an entity is; none where there is too much doubt.
pub(super) fn known(
    id: EntityId,
    entity: &Entity,
    context: &Context<'_>,
    resources: &Resources,
    gazetteers: &Gazetteers,
) -> Option<Known> {
    let mut candidates = candidates(entity, resources, gazetteers);
    if candidates.is_empty() {
        candidates = of_home(entity, context, gazetteers);
    }
    if candidates.is_empty() {
        return None;
    }
    let scores: Vec<f32> =
        candidates.iter().map(|candidate| score(id, entity, candidate, context, resources)).collect();
    let best = (0..scores.len()).max_by(|&one, &other| scores[one].total_cmp(&scores[other]))?;
    let weight = |score: f32| (SHARPNESS * score).exp();
    let candidate = &candidates[best];
    // Of many villages in another country that bear a city's name, the article would mean one.
    let mut rivals = BTreeMap::new();
    let mut all = weight(unknown(entity.kind));
    for (other, score) in candidates.iter().zip(&scores) {
        match other.country.filter(|_| is_place(other) && other.country != candidate.country) {
            Some(country) => {
                let most: &mut f32 = rivals.entry(country).or_default();
                *most = most.max(weight(*score));
            }
            None => all += weight(*score),
        }
    }
    let confidence = weight(scores[best]) / (all + rivals.values().sum::<f32>());
    (confidence >= THRESHOLD).then(|| Known {
        link: Link { iri: candidate.iri.to_string(), confidence },
        class: candidate.class.filter(|class| class.kind() == entity.kind),
    })
}

/// The known things of an entity's names: of its best name, or else of its others.
fn candidates<'a>(entity: &Entity, resources: &Resources, gazetteers: &'a Gazetteers) -> Vec<Candidate<'a>> {
    let short = shorter(entity, resources);
    let names = std::iter::once(&entity.name).chain(&short).chain(&entity.other_names);
    // A bare surname or given name is nobody's name.
    let is_name = |name: &&String| entity.kind != Kind::Person || name.contains(' ') || *name == &entity.name;
    let mut found = names.filter(is_name).map(|name| {
        let mut candidates = gazetteers.candidates(name);
        candidates.retain(|candidate| fits(entity, candidate));
        candidates
    });
    found.find(|candidates| !candidates.is_empty()).unwrap_or_default()
}

/// The body or the law of the country that an article is about, which it need not name: "Congress" is the United States Congress there.
fn of_home<'a>(entity: &Entity, context: &Context<'_>, gazetteers: &'a Gazetteers) -> Vec<Candidate<'a>> {
    let name = &entity.name;
    if !matches!(entity.kind, Kind::Organization | Kind::Law) || name.split(' ').count() > 3 {
        return Vec::new();
    }
    let of = |home: &String| [format!("{home} {name}"), format!("{name} of {home}"), format!("{name} of the {home}")];
    let mut bodies = context.home().iter().flat_map(of).map(|name| {
        let mut bodies = gazetteers.candidates(&name);
        let is_body =
            |body: &Candidate<'_>| body.class == Some(Class::GovernmentOrganization) || body.kind == Some(Kind::Law);
        bodies.retain(|body| is_body(body) && fits(entity, body));
        bodies
    });
    bodies.find(|bodies| !bodies.is_empty()).unwrap_or_default()
}

/// A person's name without middle names, a company's without its legal form.
fn shorter(entity: &Entity, resources: &Resources) -> Option<String> {
    let words: Vec<&str> = entity.name.split(' ').collect();
    match (entity.kind, words.as_slice()) {
        (Kind::Person, [first, middle @ .., last])
            if !middle.is_empty() && middle.iter().all(|m| m.ends_with('.') || m.len() == 1) =>
        {
            Some(format!("{first} {last}"))
        }
        (Kind::Organization, [name @ .., form]) if !name.is_empty() && resources.names.is_legal_form(form) => {
            Some(name.join(" ").trim_end_matches(',').to_owned())
        }
        _ => None,
    }
}

fn fits(entity: &Entity, candidate: &Candidate<'_>) -> bool {
    match (entity.kind, candidate.kind) {
        (_, None) => entity.kind != Kind::Group,
        (Kind::Region | Kind::Place | Kind::Facility, Some(_)) => is_place(candidate),
        (kind, Some(known)) => kind == known,
    }
}

/// The score of the possibility that an entity is something that is not known.
fn unknown(kind: Kind) -> f32 {
    match kind {
        Kind::Region | Kind::Place | Kind::Facility | Kind::Person => 2.0,
        _ => 2.2,
    }
}

fn score(
    id: EntityId,
    entity: &Entity,
    candidate: &Candidate<'_>,
    context: &Context<'_>,
    resources: &Resources,
) -> f32 {
    let usual = if candidate.is_usual { 0.3 } else { 0.0 };
    usual
        + match entity.kind {
            Kind::Region | Kind::Place | Kind::Facility => place(id, candidate, context),
            Kind::Person => person(id, entity, candidate, context, resources),
            Kind::Organization => organization(entity, candidate, context),
            _ => other(entity, candidate),
        }
}

/// How likely a thing is meant, all else being equal, from 0 to 1. One of a list that does not say is taken to be listed
/// because articles speak of it.
fn importance(candidate: &Candidate<'_>) -> f32 {
    match candidate.prior {
        0 => 0.75,
        prior => f32::from(prior) / 255.0,
    }
}

fn place(id: EntityId, candidate: &Candidate<'_>, context: &Context<'_>) -> f32 {
    let lies: Vec<String> = candidate.description.map(places_named).unwrap_or_default();
    let is_country = candidate.class == Some(Class::Country);
    let mut score = 4.0 * importance(candidate);
    for (follower, is_listed) in context.followers(id) {
        let country = candidate.country.filter(|_| !is_country);
        let is_in = lies.contains(&follower.name) || country.is_some_and(|country| is_named(follower, country));
        score += match (is_in, is_listed) {
            (true, _) => 3.0,
            (false, true) => 0.0,
            (false, false) => -1.0,
        };
    }
    // A town that bears its region's name is not told by that name itself.
    if lies.iter().any(|place| place != candidate.name && context.has_place(place)) {
        score += 1.2;
    }
    let is_capital = candidate.description.is_some_and(|description| description.starts_with("capital of "));
    if is_capital && candidate.country.is_some_and(|country| context.has_country(country)) {
        score += 0.6;
    }
    let holds_another = context.holds_another(id, candidate);
    // The country of a village says little of the village: every large country has one of any name.
    match candidate.country {
        Some(country) if is_country && context.has_people_of(country) => score += 0.8,
        Some(country) if !is_country && context.has_country(country) => score += 0.9 * importance(candidate),
        // An article about other countries hardly means a town of this one, unless it is a great one or others in it are named.
        Some(_) if !is_country && !holds_another && context.has_countries() => score -= 1.5 - importance(candidate),
        _ => {}
    }
    if holds_another {
        score += 1.2;
    }
    score
}

/// Whether an entity is the country of that name or identifier, as far as its names tell.
fn is_named(entity: &Entity, country: &str) -> bool {
    entity.name == country || entity.link.as_ref().and_then(Link::qid) == Some(country)
}

/// Words of descriptions that tell nothing.
const EMPTY: [&str; 12] = ["of", "the", "in", "and", "member", "for", "to", "a", "an", "from", "on", "at"];
/// Words that newspapers use for any politician.
const POLITICIANS: [&str; 7] = ["leader", "politician", "lawmaker", "legislator", "mp", "statesman", "minister"];

fn content_words(description: &str) -> Vec<String> {
    let words = description.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase);
    words.filter(|word| word.len() > 1 && !EMPTY.contains(&word.as_str())).collect()
}

fn person(
    id: EntityId,
    entity: &Entity,
    candidate: &Candidate<'_>,
    context: &Context<'_>,
    resources: &Resources,
) -> f32 {
    let mut score = 2.2 * importance(candidate);
    if entity.name.split(' ').count() > 2 {
        score += 0.6;
    }
    if !entity.name.contains(' ') {
        score -= if is_surname(&entity.name, candidate) { 2.0 } else { 1.0 };
    }
    if candidate.country.is_some_and(|country| context.has_country(country)) {
        score += 0.9;
    }
    score + in_office(candidate, context) + occupation(id, candidate, context, resources)
}

/// Whether a name is but a part of the candidate's: many a Smith is a minister, and only the title, country and time tell which.
fn is_surname(name: &str, candidate: &Candidate<'_>) -> bool {
    candidate.name.contains(' ')
        && candidate.name.split(' ').any(|word| spelling::folded(word) == spelling::folded(name))
}

/// Whether the article gives the person a post or trade that the candidate has, or another one.
fn occupation(id: EntityId, candidate: &Candidate<'_>, context: &Context<'_>, resources: &Resources) -> f32 {
    let Some(description) = candidate.description else { return 0.0 };
    let known = content_words(description);
    let is_politician = known.iter().any(|word| resources.titles.is_office(&[word]));
    let is_of = |word: &String| known.contains(word) || is_politician && POLITICIANS.contains(&word.as_str());
    let near = context.near(id);
    let told: Vec<String> = context.titles(id).into_iter().chain(context.occupations(id)).collect();
    let matches = near.iter().filter(|word| is_of(word)).count();
    match (told.iter().any(is_of), matches) {
        (true, 0..=1) => 2.0,
        (true, _) => 2.5,
        (false, _) if !told.is_empty() => -1.5,
        (false, 0) => 0.0,
        (false, 1) => 0.8,
        (false, _) => 1.6,
    }
}

/// Whether the article is from the time of the candidate's office or life.
fn in_office(candidate: &Candidate<'_>, context: &Context<'_>) -> f32 {
    let Some(year) = context.year else { return 0.0 };
    let (from, to) = (candidate.from, candidate.to);
    match (from, to) {
        (None, None) => 0.0,
        (Some(from), _) if year < from.saturating_sub(10) => -1.5,
        (_, Some(to)) if year > to.saturating_add(40) => -1.0,
        _ if from.is_none_or(|from| year + 1 >= from) && to.is_none_or(|to| year <= to + 1) => 0.4,
        _ => 0.0,
    }
}

fn organization(entity: &Entity, candidate: &Candidate<'_>, context: &Context<'_>) -> f32 {
    let words = entity.name.split([' ', '-']).count();
    let mut score = 0.9 + 3.0 * importance(candidate);
    score += match words {
        1 => 0.0,
        2 => 0.8,
        _ => 1.2,
    };
    let is_official = matches!(candidate.class, Some(Class::GovernmentOrganization | Class::PoliticalParty));
    match candidate.country {
        Some(country) if context.has_country(country) => score += 0.7,
        Some(_) if is_official => score -= 2.5,
        Some(_) if context.has_countries() => score -= 0.5,
        _ => {}
    }
    let described = candidate.description.map(content_words).unwrap_or_default();
    score += 0.5 * described.iter().filter(|word| context.has_word(word)).count().min(2) as f32;
    if words == 1 && entity.name.chars().count() < 5 && !entity.name.chars().all(char::is_uppercase) {
        score -= 0.7;
    }
    score
}

fn other(entity: &Entity, candidate: &Candidate<'_>) -> f32 {
    let words = entity.name.split([' ', '-']).count();
    1.0 + 2.0 * importance(candidate) + 0.4 * words.min(3) as f32
}
