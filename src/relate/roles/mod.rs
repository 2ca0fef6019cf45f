//! Posts stated by a title before or after a name, or by a verb between the two.

mod after;
mod before;
mod clause;
mod leaving;
mod organization;
mod term;
mod title;
mod turning;

use std::ops::Range;

use jiff::civil::Date;

use crate::document::{Chain, Entity, EntityId, Form, Kind, Mention, Quote, Role, Tenure, TimeMention};
use crate::resources::Resources;
use crate::resources::titles::Rule;
use crate::span::Span;
use crate::standing::Standing;
use crate::text::Text;
use organization::Organization;
use title::{Part, Title};
pub use turning::{Turns, with_events};

/// The layers of a document that roles are found in.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The words.
    pub text: &'a Text,
    /// The things that are spoken of.
    pub entities: &'a [Entity],
    /// Where they are named.
    pub mentions: &'a [Mention],
    /// Which phrases speak of them.
    pub chains: &'a [Chain],
    /// The time expressions.
    pub times: &'a [TimeMention],
    /// The date of the article.
    pub published: Option<Date>,
    /// How each word stands.
    pub standings: &'a [Standing],
    /// What is quoted word for word.
    pub quotes: &'a [Quote],
}

/// The roles that a text states, in order, and the countries they speak of that the text names by a demonym only: France for
/// "the French president". Those follow the entities given, so that the roles may refer to them.
///
/// A title that is only imagined ("would-be") states none; what a verb denies or doubts is told with its standing. Of two rules that read
/// the same words the first one counts.
#[must_use]
pub fn roles(layers: &Layers<'_>, resources: &Resources) -> (Vec<Role>, Vec<Entity>) {
    let Layers { text, entities, mentions, chains, times, published, standings, quotes } = *layers;
    let mentions = &with_organizations(entities, mentions, chains);
    let scene = Scene { text, entities, mentions, times, published, resources };
    let mut stated: Vec<Stated> = Vec::new();
    for person in scene.persons() {
        stated.extend(scene.until_left(&person, scene.title_before(&person)));
        stated.extend(scene.until_left(&person, scene.title_after(&person)));
        stated.extend(scene.title_in_clause(&person));
    }
    for person in scene.pronouns(chains) {
        stated.extend(scene.title_in_clause(&person));
    }
    let mut roles: Vec<Role> = Vec::new();
    let mut countries: Vec<Entity> = Vec::new();
    for stated in stated {
        let role = scene.role(stated, standings, quotes, &mut countries);
        let known = roles.iter().any(|other| other.person == role.person && other.title.overlaps(role.title));
        if !known {
            roles.push(role);
        }
    }
    roles.sort_by_key(|role| (role.evidence, role.title, role.person));
    (roles, countries)
}

/// The mentions, and the heads of phrases that speak of organisations ("the agency's director", "its chairman"), in order.
fn with_organizations(entities: &[Entity], mentions: &[Mention], chains: &[Chain]) -> Vec<Mention> {
    let mut all = mentions.to_vec();
    for chain in chains {
        let Some(entity) = chain.entity.filter(|&entity| entities[entity].kind == Kind::Organization) else { continue };
        let unnamed = chain.references.iter().filter(|reference| reference.is_sure && reference.form != Form::Name);
        all.extend(unnamed.map(|reference| Mention { span: reference.head, entity, confidence: reference.confidence }));
    }
    all.sort_by_key(|mention| mention.span);
    all
}

/// What is needed to read titles.
struct Scene<'a> {
    text: &'a Text,
    entities: &'a [Entity],
    mentions: &'a [Mention],
    times: &'a [TimeMention],
    /// The date of the article.
    published: Option<Date>,
    resources: &'a Resources,
}

/// A person where the text names one.
struct Person {
    entity: EntityId,
    tokens: Range<usize>,
}

/// A role before it is checked against the others.
struct Stated {
    person: EntityId,
    /// The words of the title.
    title: Range<usize>,
    organization: Option<Organization>,
    tenure: Tenure,
    evidence: Range<usize>,
    rule: Rule,
    /// The verb that says it, begins it or ends it.
    verb: Option<usize>,
    /// Whether that verb says it; otherwise the post only names the person.
    is_said_by_verb: bool,
}

/// The number of a country among those found so far, to which it is added.
fn number_of(name: String, countries: &mut Vec<Entity>) -> usize {
    countries.iter().position(|country| country.name == name).unwrap_or_else(|| {
        countries.push(Entity::new(Kind::Region, name));
        countries.len() - 1
    })
}

impl<'a> Scene<'a> {
    fn persons(&self) -> impl Iterator<Item = Person> + use<'a> {
        let (text, entities) = (self.text, self.entities);
        let mentions = self.mentions.iter().filter(|mention| entities[mention.entity].kind == Kind::Person);
        let persons = mentions.map(|mention| Person { entity: mention.entity, tokens: text.tokens_in(mention.span) });
        persons.filter(|person| !person.tokens.is_empty())
    }

    /// The pronouns that surely stand for a person.
    fn pronouns(&self, chains: &[Chain]) -> Vec<Person> {
        let persons = chains.iter().filter_map(|chain| Some((chain.entity?, chain)));
        let persons = persons.filter(|(entity, _)| self.entities[*entity].kind == Kind::Person);
        let pronouns = persons.flat_map(|(entity, chain)| {
            let sure = chain.references.iter().filter(|it| it.is_sure && it.form == Form::Pronoun);
            sure.map(move |it| Person { entity, tokens: self.text.tokens_in(it.head) })
        });
        pronouns.filter(|person| !person.tokens.is_empty()).collect()
    }

    /// The roles of one person that a title states: one for each of its coordinated parts.
    fn stated(&self, person: &Person, title: &Title, organization: Option<&Organization>, rule: &Rule) -> Vec<Stated> {
        // What is named before several posts is where the first is held, if only the others are over.
        let is_elsewhere = |part: &Part| part.is_rank || part.tenure.is_some() && title.organization.is_some();
        let role = |part: &Part| Stated {
            person: person.entity,
            title: part.words.clone(),
            organization: organization.filter(|_| !is_elsewhere(part)).cloned(),
            tenure: part.tenure.or(title.tenure).unwrap_or(Tenure::Current),
            evidence: title.start.min(person.tokens.start)..title.end().max(person.tokens.end),
            rule: rule.clone(),
            verb: None,
            is_said_by_verb: false,
        };
        title.parts.iter().map(role).collect()
    }

    fn role(&self, stated: Stated, standings: &[Standing], quotes: &[Quote], countries: &mut Vec<Entity>) -> Role {
        let head = stated.title.end - 1;
        let term = self.term(&stated);
        let verb = stated.verb.filter(|_| stated.is_said_by_verb);
        let title = self.title_span(stated.title);
        Role {
            person: stated.person,
            title,
            organization: stated.organization.map(|organization| match organization {
                Organization::Named(entity) => entity,
                Organization::Country(name) => self.entities.len() + number_of(name, countries),
            }),
            tenure: self.placed(stated.tenure, &term),
            term,
            evidence: self.text.span(stated.evidence),
            rule: stated.rule.name,
            confidence: stated.rule.confidence,
            standing: self.standing(head, verb, standings, quotes),
        }
    }

    /// How a post stands: as the verb that says it does, or its title. By a title beside a name the article itself names a person, also
    /// inside what it reports ("she said that Mayor Dahl had left"), but not inside a quote.
    fn standing(&self, head: usize, verb: Option<usize>, standings: &[Standing], quotes: &[Quote]) -> Standing {
        let of = |token: usize| standings.get(token).copied().unwrap_or_default();
        let span = self.text.tokens()[head].span;
        match verb {
            Some(verb) if of(head).is_asserted() => of(verb),
            Some(_) => of(head),
            None if quotes.iter().any(|quote| quote.span.contains(span)) => {
                Standing { attribution: of(head).attribution, ..Standing::default() }
            }
            None => Standing::default(),
        }
    }

    /// The words of a title, without a suffix joined to the last one ("Gov." of "Gov.-elect").
    fn title_span(&self, title: Range<usize>) -> Span {
        let joined = self.resources.titles.without_suffix(self.word(title.end - 1));
        let cut = joined.map_or(0, |(bare, _)| self.word(title.end - 1).len() - bare.len());
        let span = self.text.span(title);
        Span::new(span.start, span.end - cut)
    }

    fn word(&self, token: usize) -> &'a str {
        self.text.word(token)
    }

    /// The word at a token, or nothing where the sentence that holds `near` is over.
    fn word_beside(&self, token: usize, near: usize) -> &'a str {
        if self.text.sentence_of(near).contains(&token) { self.text.word(token) } else { "" }
    }

    fn tag(&self, token: usize) -> &'static str {
        self.text.tokens()[token].tag
    }

    /// The mention that holds a token, and its tokens.
    fn mention_at(&self, token: usize) -> Option<(&'a Mention, Range<usize>)> {
        let span = self.text.tokens().get(token)?.span;
        let mention = self.mentions.iter().find(|mention| mention.span.overlaps(span))?;
        Some((mention, self.text.tokens_in(mention.span)))
    }

    fn kind(&self, mention: &Mention) -> Kind {
        self.entities[mention.entity].kind
    }

    fn is_person_at(&self, token: usize) -> bool {
        self.mention_at(token).is_some_and(|(mention, _)| self.kind(mention) == Kind::Person)
    }
}
