//! What an article says around its names that tells which of several namesakes is meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::class::Class;
use crate::detect::beside;
use crate::document::{Entity, EntityId, Kind, Mention, Role};
use crate::gazetteer::{Candidate, Gazetteers, spelling};
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// How many words before and after a mention speak of it.
const NEAR: usize = 10;

/// What one article tells.
pub(super) struct Context<'a> {
    text: &'a Text,
    entities: &'a [Entity],
    mentions: Vec<Vec<Span>>,
    /// All mentions, in the order of the text, and their entities.
    spans: Vec<(Span, EntityId)>,
    roles: &'a [Role],
    /// The countries it speaks of, by identifier and by name.
    countries: BTreeSet<String>,
    /// Those of them whose people it names, by identifier.
    peoples: BTreeSet<String>,
    /// How often it speaks of each country, by identifier, and the names of that.
    spoken: BTreeMap<String, (usize, BTreeSet<String>)>,
    /// The regions and places it names, in the form in which names are compared.
    places: BTreeSet<String>,
    /// For each place it names, where it lies if it is the most likely of its name.
    located: BTreeMap<EntityId, Vec<String>>,
    /// Its words, in small letters.
    words: BTreeSet<String>,
    /// The year in which it was published.
    pub(super) year: Option<i16>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        article: &Article,
        text: &'a Text,
        entities: &'a [Entity],
        mentions: &[Mention],
        roles: &'a [Role],
        resources: &Resources,
        gazetteers: &Gazetteers,
    ) -> Self {
        let mut of_entity = vec![Vec::new(); entities.len()];
        for mention in mentions {
            if let Some(spans) = of_entity.get_mut(mention.entity) {
                spans.push(mention.span);
            }
        }
        let year = article.metadata.published.or(article.metadata.modified).map(crate::date::Stamp::year);
        let mut context = Self {
            text,
            entities,
            mentions: of_entity,
            spans: mentions.iter().map(|mention| (mention.span, mention.entity)).collect(),
            roles,
            countries: BTreeSet::new(),
            peoples: BTreeSet::new(),
            spoken: BTreeMap::new(),
            places: BTreeSet::new(),
            located: BTreeMap::new(),
            words: BTreeSet::new(),
            year,
        };
        context.locate(gazetteers);
        context.read_words(resources, gazetteers);
        context
    }

    /// Notes the places, and the countries among them.
    fn locate(&mut self, gazetteers: &Gazetteers) {
        for (id, entity) in self.entities.iter().enumerate() {
            if !matches!(entity.kind, Kind::Region | Kind::Place) {
                continue;
            }
            self.places.insert(spelling::folded(&entity.name));
            let candidates = gazetteers.candidates(&entity.name);
            let likeliest = candidates.iter().filter(|c| is_place(c)).max_by_key(|c| (c.prior, c.is_usual));
            let Some(likeliest) = likeliest else { continue };
            if likeliest.class == Some(Class::Country) {
                self.add_country(likeliest);
                let (count, names) = self.spoken.entry(likeliest.iri.to_string()).or_default();
                *count += self.mentions[id].len();
                names.extend([entity.name.clone(), likeliest.name.to_owned()]);
            }
            let country = likeliest.country.filter(|_| likeliest.class != Some(Class::Country));
            let within = likeliest.description.into_iter().flat_map(places_named);
            self.located.insert(id, within.chain(country.map(str::to_owned)).collect());
        }
    }

    fn add_country(&mut self, country: &Candidate<'_>) {
        self.countries.insert(country.qid().unwrap_or(&country.iri).to_owned());
        self.countries.insert(spelling::folded(country.name));
    }

    /// Notes the words, and the countries that demonyms and parts of longer names name ("Bank of Japan").
    fn read_words(&mut self, resources: &Resources, gazetteers: &Gazetteers) {
        let (mut demonyms, mut named) = (BTreeMap::<&str, usize>::new(), BTreeSet::new());
        for (number, token) in self.text.tokens().iter().enumerate() {
            let word = self.text.word(number);
            if word.starts_with(char::is_uppercase)
                && let Some(country) = resources.demonyms.country(word)
            {
                *demonyms.entry(country).or_default() += 1;
            }
            if resources.demonyms.is_country(word) {
                named.insert(word);
            }
            if matches!(token.pos, "NOUN" | "PROPN" | "ADJ") {
                self.words.insert(word.to_lowercase());
                if token.pos == "NOUN" {
                    self.words.insert(token.lemma.to_lowercase());
                }
            }
        }
        let all: BTreeSet<&str> = demonyms.keys().copied().chain(named).collect();
        for country in all {
            let people = demonyms.get(country).copied();
            self.countries.insert(spelling::folded(country));
            let candidates = gazetteers.candidates(country);
            let Some(country) = candidates.iter().find(|candidate| candidate.class == Some(Class::Country)) else {
                continue;
            };
            self.add_country(country);
            if let Some(people) = people {
                self.spoken.entry(country.iri.to_string()).or_default().0 += people;
                self.peoples.extend(country.qid().map(str::to_owned));
            }
        }
    }

    /// Whether the article speaks of a country, given by name or identifier.
    pub(super) fn has_country(&self, country: &str) -> bool {
        self.countries.contains(country) || self.countries.contains(&spelling::folded(country))
    }

    /// The names of the country that the article speaks of twice as often as of any other.
    pub(super) fn home(&self) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        let mut spoken: Vec<_> = self.spoken.values().collect();
        spoken.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        match spoken.as_slice() {
            [(most, names), rest @ ..] if rest.first().is_none_or(|(next, _)| *most >= 2 * next) => names,
            _ => &NONE,
        }
    }

    /// Whether the article speaks of the people of a country, given by identifier ("Georgian").
    pub(super) fn has_people_of(&self, country: &str) -> bool {
        self.peoples.contains(country)
    }

    /// Whether the article speaks of any country.
    pub(super) fn has_countries(&self) -> bool {
        !self.countries.is_empty()
    }

    /// Whether the article names a place.
    pub(super) fn has_place(&self, name: &str) -> bool {
        self.places.contains(&spelling::folded(name))
    }

    /// Whether some other place that the article names lies in this one.
    pub(super) fn holds_another(&self, entity: EntityId, place: &Candidate<'_>) -> bool {
        let is_country = place.class == Some(Class::Country);
        let holds = |lies: &[String]| {
            let is_of = |country: &str| lies.iter().any(|lies| lies == country);
            // A city of Georgia, United States, lies in no country of that name.
            let in_country = place.country.is_none_or(is_of);
            in_country && (is_country && place.country.is_some() || lies.iter().any(|lies| lies == place.name))
        };
        self.located.iter().any(|(other, lies)| *other != entity && holds(lies))
    }

    /// Whether the article holds a word, in small letters.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The words around the mentions of an entity, in small letters, its own left out.
    pub(super) fn near(&self, entity: EntityId) -> BTreeSet<String> {
        let mut near = BTreeSet::new();
        for &mention in &self.mentions[entity] {
            let tokens = self.text.tokens_in(mention);
            if tokens.is_empty() {
                continue;
            }
            let sentence = self.text.sentence_of(tokens.start);
            let from = tokens.start.saturating_sub(NEAR).max(sentence.start);
            let to = (tokens.end + NEAR).min(sentence.end);
            for token in (from..tokens.start).chain(tokens.end..to) {
                near.insert(self.text.word(token).to_lowercase());
                near.insert(self.text.tokens()[token].lemma.to_lowercase());
            }
        }
        near
    }

    /// The words of the posts that the article gives to a person, in small letters.
    pub(super) fn titles(&self, person: EntityId) -> Vec<String> {
        let of = self.roles.iter().filter(|role| role.person == person);
        of.flat_map(|role| role.title.of(self.text.content()).split_whitespace()).map(str::to_lowercase).collect()
    }

    /// The nouns set beside a person's name that say what the person is ("Ida Berg, a nurse").
    pub(super) fn occupations(&self, person: EntityId) -> Vec<String> {
        let tokens = self.text.tokens();
        let mut nouns = Vec::new();
        for &mention in &self.mentions[person] {
            let within = self.text.tokens_in(mention);
            let Some(head) = within.clone().find(|&token| !within.contains(&tokens[token].head)) else { continue };
            let beside = self
                .text
                .children_by(head, &["appos"])
                .chain(Some(tokens[head].head).filter(|_| tokens[head].dep == "appos"));
            nouns.extend(
                beside.filter(|&noun| tokens[noun].pos == "NOUN").map(|noun| tokens[noun].lemma.to_lowercase()),
            );
        }
        nouns
    }

    /// The nouns beside the mentions of an entity that say what it is, in their dictionary forms.
    pub(super) fn beside(&self, entity: EntityId) -> Vec<String> {
        self.mentions[entity].iter().flat_map(|&mention| beside::nouns(self.text, mention)).collect()
    }

    /// The regions whose names follow the mentions of a place after a comma ("Paris, Texas"), and whether both are but listed there with
    /// others ("Paris, London and Rome").
    pub(super) fn followers(&self, place: EntityId) -> Vec<(&'a Entity, bool)> {
        let follower = |mention: &Span| {
            let (span, other) = self.next(mention.end, &[","])?;
            let is_listed =
                self.next(span.end, &[",", "and", "or", "&", ", and", ", or"]).is_some() || self.follows(mention.start);
            let other = self.entities.get(other).filter(|entity| entity.kind == Kind::Region)?;
            Some((other, is_listed))
        };
        self.mentions[place].iter().filter_map(follower).collect()
    }

    /// The name after a place in the text, where nothing but one of these stands between.
    fn next(&self, end: usize, between: &[&str]) -> Option<(Span, EntityId)> {
        let next = self.spans.partition_point(|(span, _)| span.start < end);
        let &(span, other) = self.spans.get(next)?;
        let gap = self.text.content().get(end..span.start)?.trim();
        between.contains(&gap).then_some((span, other))
    }

    /// Whether a comma and another name stand right before a place in the text.
    fn follows(&self, start: usize) -> bool {
        let next = self.spans.partition_point(|(span, _)| span.start < start);
        let before = next.checked_sub(1).and_then(|before| self.spans.get(before));
        before.and_then(|(span, _)| self.text.content().get(span.end..start)).is_some_and(|gap| gap.trim() == ",")
    }
}

pub(super) fn is_place(candidate: &Candidate<'_>) -> bool {
    candidate.kind.is_none_or(|kind| matches!(kind, Kind::Region | Kind::Place | Kind::Facility))
}

/// The places that a description names: "city in New South Wales, Australia".
pub(super) fn places_named(description: &str) -> Vec<String> {
    let (_, places) = description.split_once(" in ").or_else(|| description.split_once(" of ")).unwrap_or(("", ""));
    places
        .split(',')
        .map(|place| place.trim().to_owned())
        .filter(|place| place.starts_with(char::is_uppercase))
        .collect()
}
