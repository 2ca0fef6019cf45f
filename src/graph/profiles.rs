//! What a document says of each thing it names, as far as that tells it from its namesakes in other articles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::mint::{self, Mint, slug};
use super::{Options, literal, roles};
use crate::article::{Article, BlockKind};
use crate::copies::Sketch;
use crate::document::{Document, Entity, EntityId, Kind, Link, Mention};
use crate::identity::{Commonness, Evidence, Family, Gender, PersonName, Post, Profile, Profiles, key};
use crate::resolve::gender;
use crate::resources::Resources;
use crate::resources::names::Gender as WordGender;
use crate::span::{CodePoints, Span};

/// The most characters of an article that are kept as evidence at one place.
const LONGEST: usize = 160;

/// An article is mostly about a country that so many in a hundred mentions of countries mean, and so many at least.
const SETTING: usize = 40;
const OFTEN: usize = 2;
/// An institution that many countries have is of the one that so many mean.
const HOME: usize = 60;

/// What a document says of each thing it names, under the IRIs that [`quads`](super::quads) gives them.
#[must_use]
pub fn profiles(document: &Document, options: &Options, resources: &Resources) -> Profiles {
    let text = &document.article.text;
    let digest = mint::digest(&literal::clean(text));
    let scene = Scene {
        document,
        resources,
        mint: Mint::new(&options.base, document.article.metadata.url.as_ref(), &digest),
        points: CodePoints::new(text),
        places: places(document),
    };
    let countries = scene.countries();
    let all: usize = countries.iter().map(|(_, count)| count).sum();
    let over = |share: usize| countries.iter().filter(move |(_, count)| *count >= OFTEN && count * 100 >= all * share);
    let home = over(HOME).map(|(country, _)| country.clone()).next();
    let mut profiles: Vec<Profile> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (id, entity) in document.entities.iter().enumerate() {
        let profile = scene.profile(id, entity, home.as_deref());
        match known.get(&profile.iri) {
            Some(&at) => add(&mut profiles[at], profile),
            None => {
                known.insert(profile.iri.clone(), profiles.len());
                profiles.push(profile);
            }
        }
    }
    if let Some(publisher) = scene.publisher().filter(|publisher| !known.contains_key(&publisher.iri)) {
        profiles.push(publisher);
    }
    let published = document.article.metadata.published.map_or_else(String::new, |stamp| stamp.to_string());
    let countries = over(SETTING).map(|(country, _)| country.clone()).collect();
    Profiles { published, countries, entities: profiles, sketch: sketch(&document.article) }
}

/// What tells copies of an article: its prose but for headings.
fn sketch(article: &Article) -> Sketch {
    let paragraphs = article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    Sketch::new(paragraphs.map(|block| block.span.of(&article.text)))
}

/// Adds what is said of another entity of the article that shares the node.
fn add(profile: &mut Profile, other: Profile) {
    profile.other_names.extend([other.name].into_iter().filter(|name| *name != profile.name));
    profile.other_names.extend(other.other_names);
    profile.posts.extend(other.posts);
    for (own, more) in [
        (&mut profile.keys, other.keys),
        (&mut profile.fields, other.fields),
        (&mut profile.near_fields, other.near_fields),
        (&mut profile.countries, other.countries),
    ] {
        own.extend(more);
        let mut seen = BTreeSet::new();
        own.retain(|word| seen.insert(word.clone()));
    }
    profile.gender = if profile.gender == other.gender { profile.gender } else { None };
    profile.item = if profile.item == other.item { profile.item.take() } else { None };
    profile.mentions += other.mentions;
    profile.evidence = profile.evidence.take().or(other.evidence);
}

/// A document and what its profiles are made with.
struct Scene<'a> {
    document: &'a Document,
    resources: &'a Resources,
    mint: Mint<'a>,
    points: CodePoints<'a>,
    /// The mentions of each entity, by their numbers.
    places: BTreeMap<EntityId, Vec<usize>>,
}

fn places(document: &Document) -> BTreeMap<EntityId, Vec<usize>> {
    let mut places: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (number, mention) in document.mentions.iter().enumerate() {
        places.entry(mention.entity).or_default().push(number);
    }
    places
}

impl Scene<'_> {
    fn profile(&self, id: EntityId, entity: &Entity, home: Option<&str>) -> Profile {
        let name = literal::one_line(&entity.name);
        let mentions: Vec<Mention> = self.mentions(id).collect();
        let mut profile = Profile {
            iri: self.mint.entity(entity.kind, &name).into_string(),
            family: family(entity.kind),
            keys: self.keys(entity),
            other_names: entity.other_names.iter().map(|name| literal::one_line(name)).collect(),
            item: entity.link.as_ref().filter(|link| link.confidence >= Link::SAME_AS).map(|link| link.iri.clone()),
            mentions: u32::try_from(mentions.len()).unwrap_or(u32::MAX),
            evidence: mentions.first().map(|mention| self.evidence(mention.span)),
            name,
            ..Profile::default()
        };
        match profile.family {
            Family::Person => self.complete_person(id, &mut profile, &mentions),
            Family::Organization => {
                profile.shared = self.resources.namesakes.is_institution(&profile.name);
                let own = self.country_before(id);
                profile.countries =
                    own.or_else(|| home.map(str::to_owned).filter(|_| profile.shared)).into_iter().collect();
            }
            Family::Place => profile.within = self.within(id),
            Family::Other => {}
        }
        profile
    }

    /// The outlet, which need not be named in the text.
    fn publisher(&self) -> Option<Profile> {
        let name = literal::one_line(self.document.article.metadata.publisher.as_deref()?);
        let entity = Entity::new(Kind::Organization, name);
        let is_named = !entity.name.is_empty();
        is_named.then(|| self.profile(self.document.entities.len(), &entity, None))
    }

    fn complete_person(&self, id: EntityId, profile: &mut Profile, mentions: &[Mention]) {
        let namesakes = &self.resources.namesakes;
        if let Some(name) = PersonName::parse(&profile.name) {
            let given = name.first().unwrap_or("");
            profile.formal = namesakes.formal(given).map(str::to_owned).collect();
            let is_common = namesakes.is_common_surname(name.surname());
            profile.commonness = match (is_common, name.is_bare() || namesakes.is_common_given_name(given)) {
                (true, true) => Commonness::Common,
                (false, true) if name.is_bare() => Commonness::Rare,
                (true, false) | (false, true) => Commonness::Usual,
                (false, false) => Commonness::Rare,
            };
        }
        profile.gender = self.gender(mentions);
        self.add_posts(id, profile);
    }

    fn add_posts(&self, id: EntityId, profile: &mut Profile) {
        let (mut fields, mut near, mut countries) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for role in self.document.roles.iter().filter(|role| role.person == id) {
            let title = roles::title(self.document, role.title).to_lowercase();
            let words: Vec<&str> = title.split(' ').collect();
            fields.extend(self.resources.titles.fields(&words).map(str::to_owned));
            let organization = role.organization.and_then(|at| self.document.entities.get(at));
            countries.extend(organization.filter(|at| at.kind == Kind::Region).and_then(|at| self.country(&at.name)));
            let organization = organization.and_then(|at| self.keys(at).into_iter().next());
            profile.posts.push(Post { title, organization, evidence: self.evidence(role.evidence) });
        }
        for field in &fields {
            near.extend(self.resources.namesakes.near_fields(field).map(str::to_owned));
        }
        profile.fields = fields.into_iter().collect();
        profile.near_fields = near.into_iter().collect();
        profile.countries = countries.into_iter().collect();
    }

    fn gender(&self, mentions: &[Mention]) -> Option<Gender> {
        let is_person = |mention: &&Mention| self.document.entities[mention.entity].kind == Kind::Person;
        let persons: Vec<Span> = self.document.mentions.iter().filter(is_person).map(|mention| mention.span).collect();
        let evidence = mentions.iter().filter(|mention| !self.document.text.tokens_in(mention.span).is_empty());
        let evidence: Vec<gender::Evidence> = evidence
            .map(|mention| gender::evidence(&self.document.text, mention.span, &persons, self.resources))
            .collect();
        gender::agreed(&evidence).map(|gender| match gender {
            WordGender::Male => Gender::Male,
            WordGender::Female => Gender::Female,
        })
    }

    fn mentions(&self, id: EntityId) -> impl Iterator<Item = Mention> {
        self.places.get(&id).into_iter().flatten().map(|number| self.document.mentions[*number])
    }

    /// What makes an entity a candidate for being one with another, that of its best name first.
    fn keys(&self, entity: &Entity) -> Vec<String> {
        let sort = match family(entity.kind) {
            Family::Other => mint::segment(entity.kind),
            family => family.name(),
        };
        let names = [&entity.name].into_iter().chain(&entity.other_names);
        let mut keys: Vec<String> = Vec::new();
        for name in names {
            let key = match entity.kind {
                Kind::Person => PersonName::parse(name).map_or_else(|| slug(name), |name| name.key().to_owned()),
                Kind::Organization => key(self.without_legal_form(name)),
                _ => key(name),
            };
            let key = format!("{sort}:{key}");
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn without_legal_form<'n>(&self, name: &'n str) -> &'n str {
        let mut rest = name.trim_end();
        while let Some((before, last)) = rest.rsplit_once([' ', ',']) {
            if before.trim().is_empty() || !(last.is_empty() || self.resources.names.is_legal_form(last) || last == "&")
            {
                break;
            }
            rest = before.trim_end();
        }
        rest
    }

    /// The country that a name of a country, or of a large part of one, stands for.
    fn country(&self, name: &str) -> Option<String> {
        let namesakes = &self.resources.namesakes;
        let whole = namesakes.within(name).unwrap_or_else(|| namesakes.usual(name));
        self.resources.demonyms.is_country(whole).then(|| whole.to_owned())
    }

    /// The countries that the article names, with how often, the most frequent first.
    fn countries(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for mention in &self.document.mentions {
            let entity = &self.document.entities[mention.entity];
            let country = match entity.kind {
                Kind::Region | Kind::Place => self.country(&entity.name),
                Kind::Group => self.resources.demonyms.country(&entity.name).map(str::to_owned),
                _ => None,
            };
            if let Some(country) = country {
                *counts.entry(country).or_default() += 1;
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// The country named right before an entity: "Kenya's Supreme Court", "the French parliament".
    fn country_before(&self, id: EntityId) -> Option<String> {
        let numbers = self.places.get(&id)?;
        numbers.iter().find_map(|number| {
            let before = self.document.mentions.get(number.checked_sub(1)?)?;
            let between = self.between(before, &self.document.mentions[*number])?;
            let entity = &self.document.entities[before.entity];
            match (entity.kind, between) {
                (Kind::Region, "'s " | "’s " | "' " | "’ ") => self.country(&entity.name),
                (Kind::Group, " ") => self.resources.demonyms.country(&entity.name).map(str::to_owned),
                _ => None,
            }
        })
    }

    /// What a place is said to lie in: "Birmingham, Alabama".
    fn within(&self, id: EntityId) -> Vec<String> {
        let numbers = self.places.get(&id).map_or(&[][..], Vec::as_slice);
        let own = &self.document.entities[id].name;
        let Some(place) = numbers.iter().find_map(|number| {
            let after = self.document.mentions.get(number + 1)?;
            let name = &self.document.entities[after.entity].name;
            let follows = self.between(&self.document.mentions[*number], after) == Some(", ");
            (follows && self.country(name).is_some() && self.country(own).is_none()).then_some(name)
        }) else {
            return Vec::new();
        };
        let place = self.resources.namesakes.usual(place);
        let country = self.country(place).filter(|country| country != place);
        [place.to_owned()].into_iter().chain(country).collect()
    }

    fn between(&self, before: &Mention, after: &Mention) -> Option<&str> {
        self.document.article.text.get(before.span.end..after.span.start)
    }

    fn evidence(&self, span: Span) -> Evidence {
        let range = self.points.range(span);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let words = literal::one_line(span.of(&self.document.article.text));
        let words = words.chars().take(LONGEST).collect();
        Evidence { start: number(range.start), end: number(range.end), words }
    }
}

fn family(kind: Kind) -> Family {
    match kind {
        Kind::Person => Family::Person,
        Kind::Organization => Family::Organization,
        Kind::Region | Kind::Place => Family::Place,
        _ => Family::Other,
    }
}
