//! What happens in an article: events, what sort they are, and who and what takes part in them.

use std::str::FromStr;
use std::sync::Arc;

use crate::document::EntityId;
use crate::span::Span;
use crate::standing::Standing;

/// Something that happens, happened or is said to, with all the places of an article that speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What sort of event it is, where its words tell.
    pub class: Option<EventClass>,
    /// The verb that tells it, in its dictionary form, or the noun where there is no such verb.
    pub lemma: Arc<str>,
    /// Where it is told, in the order of the text; one at least.
    pub mentions: Vec<EventMention>,
}

/// A place that speaks of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMention {
    /// The verb with its particle, or the noun.
    pub trigger: Span,
    /// How the event stands here. It is a fact of the article's only where that says so ([`Standing::is_asserted`]).
    pub standing: Standing,
    /// Whether it is told as something to come ("will open").
    pub is_future: bool,
    /// Whether the word tells of a state and not of something that happens ("is", "contains"), or only lends a verb to a noun ("held talks").
    pub is_bare: bool,
    /// Who and what takes part, in the order of the text.
    pub participants: Vec<Participant>,
    /// When: indices into [`Document::times`](crate::document::Document::times).
    pub times: Vec<usize>,
    /// How it was found: the sort of word and whether it is listed ("verb.class").
    pub rule: &'static str,
    /// How sure it is that the words speak of an event, from 0 to 1.
    pub confidence: f32,
}

/// Who or what takes part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// As what.
    pub role: ParticipantRole,
    /// The whole phrase.
    pub span: Span,
    /// The word that heads it.
    pub head: Span,
    /// Which entity it is, by its name or by a sure reference.
    pub entity: Option<EntityId>,
}

/// As what somebody or something takes part in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParticipantRole {
    /// Who does it, or to whom it happens where nobody does anything ("the minister resigned").
    Agent,
    /// Whom or what it is done to.
    Patient,
    /// To or for whom it is done.
    Recipient,
    /// With what.
    Instrument,
    /// Where.
    Place,
    /// In another part: with whom, about what, as what.
    Other,
}

impl ParticipantRole {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::Agent, Self::Patient, Self::Recipient, Self::Instrument, Self::Place, Self::Other];

    /// Its name, as in `show`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Patient => "patient",
            Self::Recipient => "recipient",
            Self::Instrument => "instrument",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident,)*) => {
        /// What sort of event something is: the twenty root codes of CAMEO, and what else news tells of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventClass {
            $($(#[$doc])* $class,)*
        }

        impl EventClass {
            /// All classes, in the order of CAMEO, then the others.
            pub const ALL: &'static [Self] = &[$(Self::$class,)*];

            /// Its name, as in `show`, in the data and in the ontology.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$class => stringify!($class),)*
                }
            }
        }
    };
}

classes! {
    /// Speaking in public (CAMEO 01).
    PublicStatement,
    /// Asking for something (02).
    Appeal,
    /// Saying that one will work with another (03).
    CooperationIntent,
    /// Meeting, talking, visiting (04).
    Consultation,
    /// Recognising, praising, signing (05).
    DiplomaticCooperation,
    /// Working together, sharing, trading between states (06).
    MaterialCooperation,
    /// Giving aid (07).
    Aid,
    /// Giving in, withdrawing, releasing (08).
    Yielding,
    /// Looking into something (09).
    Investigation,
    /// Demanding (10).
    Demand,
    /// Blaming, accusing, disputing (11).
    Disapproval,
    /// Refusing, rejecting, blocking (12).
    Rejection,
    /// Threatening, warning of force (13).
    Threat,
    /// Demonstrating, striking, rioting (14).
    Protest,
    /// Showing military force (15).
    ForcePosture,
    /// Cutting ties, boycotting, expelling (16).
    ReducedRelations,
    /// Arresting, seizing, sanctioning, banning (17).
    Coercion,
    /// Attacking without weapons of war: killing, wounding, bombing, abducting (18).
    Assault,
    /// Fighting with weapons of war (19).
    Fight,
    /// Killing many without regard to who they are (20).
    MassViolence,
    /// Buying, selling, merging, investing.
    Transaction,
    /// A storm, quake, crash, fire or outbreak: what nobody wills.
    Accident,
    /// Suing, charging, trying, sentencing.
    LegalCase,
    /// A crime that is no attack on people: theft, fraud, bribery.
    Crime,
    /// Winning, losing, playing, electing.
    Contest,
    /// Being born.
    Birth,
    /// Dying.
    Death,
    /// Marrying, divorcing, falling ill.
    PersonalEvent,
    /// Taking up, changing or leaving a post.
    CareerChange,
    /// Bringing something out: releasing, publishing, opening, founding.
    Launch,
    /// Growing, falling, getting better or worse.
    Change,
    /// Going somewhere.
    Movement,
    /// Deciding, passing, ruling.
    Decision,
}

impl FromStr for EventClass {
    type Err = String;

    /// # Errors
    /// For a name that is none of theirs.
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().copied().find(|class| class.name() == name);
        found.ok_or_else(|| format!("there is no class of events {name}"))
    }
}
