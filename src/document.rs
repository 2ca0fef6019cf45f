//! An article and everything that was found in it.

use std::sync::Arc;

use crate::article::Article;
use crate::class::Class;
use crate::span::Span;
use crate::text::Text;

/// An article with all its layers. Each layer refers to the ones before it and none is changed once found.
#[derive(Clone, Debug)]
pub struct Document {
    /// The article as it was read.
    pub article: Article,
    /// Its words: tokens, sentences, tags, lemmas, trees and the recogniser's names.
    pub text: Text,
    /// The things it speaks of; [`EntityId`] is the index. Countries that only a demonym names ("the French president") come
    /// last and have no mention.
    pub entities: Vec<Entity>,
    /// Where it speaks of them, in the order of the text, never overlapping.
    pub mentions: Vec<Mention>,
    /// What it quotes word for word, in the order of the text.
    pub quotes: Vec<Quote>,
    /// Who holds, held or will hold which post, in the order of the text.
    pub roles: Vec<Role>,
}

/// An index into [`Document::entities`].
pub type EntityId = usize;

/// An index into [`Document::quotes`].
pub type QuoteId = usize;

/// What sort of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, agency, institution, party or team.
    Organization,
    /// A country, city, state or other place with a government.
    Region,
    /// A mountain, river, sea or region without a government.
    Place,
    /// A building, airport, road or bridge.
    Facility,
    /// A nationality, religion or political group.
    Group,
    /// A named storm, war, match, election.
    Event,
    /// A book, film, song, report.
    Work,
    /// A vehicle, weapon, food, device; not a service.
    Product,
    /// A named document made into law.
    Law,
    /// A named language.
    Language,
}

/// A thing that the article speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What sort of thing it is.
    pub kind: Kind,
    /// What it is more closely, where that can be told; its kind is then the entity's.
    pub class: Option<Class>,
    /// Its best name: the fullest of the names seen.
    pub name: String,
    /// The other names seen, sorted, each once.
    pub other_names: Vec<String>,
    /// The known thing that it is; none where no gazetteer holds it or it is in doubt which one is meant.
    pub link: Option<Link>,
}

impl Entity {
    /// An entity of which nothing is known but kind and name.
    #[must_use]
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self { kind, class: None, name: name.into(), other_names: Vec::new(), link: None }
    }
}

/// What Wikidata's IRIs begin with.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// A known thing, by which an entity is identified.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its IRI: `http://www.wikidata.org/entity/Q…`, or whatever a gazetteer of the user's calls it.
    pub iri: String,
    /// How sure the linker is, from 0 to 1.
    pub confidence: f32,
}

impl Link {
    /// From this confidence on, RDF says that the entity is the known thing; below, that it closely matches it.
    pub const SAME_AS: f32 = 0.9;

    /// Its identifier in Wikidata ("Q30"), if it is there.
    #[must_use]
    pub fn qid(&self) -> Option<&str> {
        self.iri.strip_prefix(WIKIDATA)
    }
}

/// A place in the text that speaks of an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The words, without titles, possessive endings, leading "the" or quotation marks.
    pub span: Span,
    /// The entity meant.
    pub entity: EntityId,
    /// How sure the detector is, from 0 to 1.
    pub confidence: f32,
}

/// Words given as somebody's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// The words between the quotation marks, marks left out.
    pub span: Span,
    /// The word or words that attribute it ("said", "according to").
    pub cue: Option<Span>,
    /// Who said it.
    pub speaker: Option<Speaker>,
}

/// The source of a quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker at this quote ("he", "Ms Okafor", "two officials").
    pub span: Span,
    /// The speaker's entity; none where the words do not resolve to one.
    pub entity: Option<EntityId>,
}

/// That a person holds, held or will hold a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Who.
    pub person: EntityId,
    /// The words of the title ("press secretary"), without "former" and the like.
    pub title: Span,
    /// Where, when the text says so.
    pub organization: Option<EntityId>,
    /// When, against the article's date.
    pub tenure: Tenure,
    /// The words that state it.
    pub evidence: Span,
    /// The rule that found it, named in its data file.
    pub rule: Arc<str>,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// The quote inside which it is said: then the speaker claims it and the article does not state it.
    pub quoted_in: Option<QuoteId>,
}

/// When a post is held, against the article's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tenure {
    /// Held when the article was written.
    Current,
    /// Ended before ("former", "ex-").
    Former,
    /// Not yet begun ("incoming", "-elect").
    Future,
    /// Held for the time being ("acting", "interim").
    Acting,
}
