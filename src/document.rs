//! An article and everything that was found in it.

use std::str::FromStr;
use std::sync::Arc;

use crate::article::Article;
use crate::class::Class;
use crate::event::Event;
use crate::relation::Relation;
use crate::span::Span;
use crate::standing::Standing;
use crate::text::Text;
use crate::times::value::{Modifier, TimeValue};

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
    /// Which names, noun phrases and pronouns speak of one thing, in the order of their first phrase.
    pub chains: Vec<Chain>,
    /// What it quotes word for word, in the order of the text.
    pub quotes: Vec<Quote>,
    /// What it gives as said, thought or denied by somebody, word for word or not, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// When: its time expressions, in the order of the text, never overlapping.
    pub times: Vec<TimeMention>,
    /// Who holds, held or will hold which post, in the order of the text.
    pub roles: Vec<Role>,
    /// In which relations the things it speaks of stand, in the order of the text.
    pub facts: Vec<Fact>,
    /// What happens, happened or is said to, in the order of the text.
    pub events: Vec<Event>,
}

/// An index into [`Document::entities`].
pub type EntityId = usize;

/// An index into [`Document::quotes`].
pub type QuoteId = usize;

/// An index into [`Document::attributions`].
pub type AttributionId = usize;

/// An index into [`Document::times`].
pub type TimeId = usize;

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

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Organization,
        Self::Region,
        Self::Place,
        Self::Facility,
        Self::Group,
        Self::Event,
        Self::Work,
        Self::Product,
        Self::Law,
        Self::Language,
    ];

    /// Its name, as in `show` and in a gazetteer.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Region => "Region",
            Self::Place => "Place",
            Self::Facility => "Facility",
            Self::Group => "Group",
            Self::Event => "Event",
            Self::Work => "Work",
            Self::Product => "Product",
            Self::Law => "Law",
            Self::Language => "Language",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    /// # Errors
    /// For a name that is none of theirs.
    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("there is no kind {name}"))
    }
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

/// The phrases that speak of one thing: two at least, in the order of the text. They may lie inside one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The entity, where one of the phrases names it.
    pub entity: Option<EntityId>,
    /// The phrases.
    pub references: Vec<Reference>,
}

/// A whole phrase that speaks of what its chain stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// All the words of the phrase, with titles, determiners and relative clauses.
    pub span: Span,
    /// The noun, name or pronoun that heads it.
    pub head: Span,
    /// What sort of phrase it is.
    pub form: Form,
    /// How sure it is that it belongs to its chain, from 0 to 1.
    pub confidence: f32,
    /// Whether that is sure enough to build on: to be written, to be the speaker of a quote.
    pub is_sure: bool,
}

/// In what form a phrase speaks of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// By its name ("Lindqvist").
    Name,
    /// By a noun ("the former minister").
    Nominal,
    /// By a pronoun ("she").
    Pronoun,
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

/// That somebody is given as the source of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// What the source says, with its quotation marks and a "that" before it: one span, or several where the attribution
    /// interrupts it.
    pub content: Vec<Span>,
    /// The word or words that attribute it ("has denied", "according to").
    pub cue: Option<Span>,
    /// Whose it is, where the text says so: the whole noun phrase, with titles and appositions.
    pub source: Option<Speaker>,
    /// For whom an unnamed source speaks: the only one whom "a spokesman for …" names.
    pub behalf: Option<EntityId>,
    /// What the source does with it.
    pub act: Act,
    /// Whether the words are the source's own.
    pub wording: Wording,
    /// The attribution in whose content this one lies: "the Times says [officials said …]".
    pub within: Option<AttributionId>,
    /// The quotes that are its content or a part of it, in the order of the text.
    pub quotes: Vec<QuoteId>,
    /// The rule that found it, named in its data file.
    pub rule: Arc<str>,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
}

/// Whether what is attributed is given in the source's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wording {
    /// Word for word, all of it between quotation marks.
    Direct,
    /// In the article's words.
    Indirect,
    /// In the article's words, some of the source's own among them.
    Mixed,
}

/// What a source does with what is attributed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Says that it is so.
    Says,
    /// Says that it is not so.
    Denies,
    /// Asks whether it is so.
    Asks,
    /// Neither says so nor denies it ("declined to say whether").
    LeavesOpen,
}

/// Words that say when, how long or how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// The words, without a preposition.
    pub span: Span,
    /// What they denote; none where it cannot be told, as "last month" in an article without a date.
    pub value: Option<TimeValue>,
    /// How they narrow or bound it ("early", "more than").
    pub modifier: Option<Modifier>,
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
    /// From when to when, as far as the words say.
    pub term: Term,
    /// The words that state it.
    pub evidence: Span,
    /// The rule that found it, named in its data file.
    pub rule: Arc<str>,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// How it stands: what is not asserted (as inside a quote) the article does not state.
    pub standing: Standing,
}

/// From when to when a post is held, as far as the words say; what they do not say is open or unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// When it begins ("since 2019").
    pub begin: Option<TimeId>,
    /// When it ends ("until May").
    pub end: Option<TimeId>,
    /// A time at which it is held ("was mayor in 2012").
    pub inside: Option<TimeId>,
    /// For how long ("spent two years as").
    pub length: Option<TimeId>,
    /// The verb that begins it ("appointed"): an event with this trigger is its beginning.
    pub begun_by: Option<Span>,
    /// The verb that ends it ("resigned").
    pub ended_by: Option<Span>,
    /// The words that say when, from the preposition on.
    pub words: Option<Span>,
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

/// That something stands in a relation to something, as the text puts it; its standing says whether the article vouches for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What is said.
    pub relation: Relation,
    /// Of what.
    pub subject: Argument,
    /// To what, or how much, or when.
    pub object: Object,
    /// Whether it holds, held or will hold, against the article's date; what cannot end is current.
    pub tenure: Tenure,
    /// When, where the text says so.
    pub time: Option<TimeId>,
    /// How much, where the text says so: the price of what was acquired, the part that is owned.
    pub amount: Option<Amount>,
    /// How it stands.
    pub standing: Standing,
    /// The word that says it ("founded", "wife"); a learned rule has the object's.
    pub predicate: Span,
    /// The words that state it.
    pub evidence: Span,
    /// The rule that found it, named in its data file.
    pub rule: Arc<str>,
    /// How often such a finding is right, from 0 to 1.
    pub confidence: f32,
}

/// Words that stand for a thing in a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The words ("Kessler", "his", "the company").
    pub span: Span,
    /// The thing; none where the words do not surely resolve to one.
    pub entity: Option<EntityId>,
}

/// The object of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// A thing.
    Thing(Argument),
    /// A time.
    Time(TimeId),
    /// An amount.
    Amount(Amount),
    /// Words as they stand.
    Words(Span),
}

/// So much of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The words.
    pub span: Span,
    /// The number, in the unit itself: "$1.5bn" is 1 500 000 000.
    pub value: f64,
    /// What is counted.
    pub unit: AmountUnit,
    /// How it is bounded ("more than").
    pub modifier: Option<Modifier>,
}

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AmountUnit {
    /// Money, in the currency of this ISO 4217 code.
    Money([u8; 3]),
    /// Hundredths of a whole.
    Percent,
    /// People or things.
    Count,
    /// Years of age.
    Years,
}

/// The only thing of those that fit which some words name. The mentions are in the order of the text.
pub(crate) fn only_named(mentions: &[Mention], words: Span, fits: impl Fn(EntityId) -> bool) -> Option<EntityId> {
    let first = mentions.partition_point(|mention| mention.span.start < words.start);
    let named = mentions[first..].iter().take_while(|mention| words.contains(mention.span));
    let mut found = named.map(|mention| mention.entity).filter(|&entity| fits(entity));
    let only = found.next()?;
    found.all(|other| other == only).then_some(only)
}
