//! Events that end posts which another sentence names: an article calls Jane Roe the chairman, and tells elsewhere that she
//! resigned.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::{Entity, EntityId, Kind, Role, Tenure, TimeMention};
use crate::event::{Event, EventMention, ParticipantRole};
use crate::resources::Resources;
use crate::resources::titles::Verbs;
use crate::text::Text;
use crate::times::value::TimeValue;

/// What an article tells that may end a post.
#[derive(Clone, Copy, Debug)]
pub struct Turns<'a> {
    /// The words.
    pub text: &'a Text,
    /// The things that are spoken of.
    pub entities: &'a [Entity],
    /// The time expressions.
    pub times: &'a [TimeMention],
    /// When it was written.
    pub published: Option<Date>,
    /// What happens.
    pub events: &'a [Event],
}

/// The roles; one that a person's only one and that the article's own words end has the event as its end, and is over.
///
/// What is denied, said by somebody, planned or to come ends nothing, nor does what happened long before the article, or took the
/// person from something else ("resigned from the army").
#[must_use]
pub fn with_events(mut roles: Vec<Role>, turns: &Turns<'_>, resources: &Resources) -> Vec<Role> {
    let verbs = resources.titles.verbs();
    for event in turns.events {
        let told = event.mentions.iter().filter(|mention| mention.standing.is_asserted() && !mention.is_future);
        for mention in told.filter(|mention| turns.is_news(mention)) {
            let Some(person) = turns.leaver(&event.lemma, mention, verbs) else { continue };
            let title = |role: &Role| role.title.of(turns.text.content()).to_lowercase();
            let is_held = |role: &&mut Role| {
                let is_lasting =
                    title(role).split(' ').next_back().is_some_and(|head| resources.titles.is_lasting(head));
                role.person == person && role.standing.is_asserted() && !is_lasting
            };
            let mut held: Vec<&mut Role> = roles.iter_mut().filter(is_held).collect();
            // A post may be told twice ("Finance Minister Roe", "she became finance minister").
            let Some(first) = held.first().map(|role| title(role)) else { continue };
            if held.iter().any(|role| title(role) != first) {
                continue;
            }
            for role in &mut held {
                let may_end = matches!(role.tenure, Tenure::Current | Tenure::Acting | Tenure::Former);
                if role.term.ended_by.is_none() && may_end {
                    role.term.ended_by = Some(mention.trigger);
                    role.term.end = role.term.end.or(mention.times.first().copied());
                    role.tenure = Tenure::Former;
                }
            }
        }
    }
    roles
}

impl Turns<'_> {
    /// The person who by an event leaves what he is, and nothing else that is named.
    fn leaver(&self, lemma: &str, mention: &EventMention, verbs: &Verbs) -> Option<EntityId> {
        let role = match lemma {
            _ if verbs.end.contains(lemma) || matches!(lemma, "step down" | "step aside") => ParticipantRole::Agent,
            _ if verbs.remove.contains(lemma) => ParticipantRole::Patient,
            _ => return None,
        };
        let left = mention.participants.iter().any(|it| {
            let is_object = role == ParticipantRole::Agent && it.role == ParticipantRole::Patient;
            is_object || it.role == ParticipantRole::Other
        });
        let mut persons = mention.participants.iter().filter(|it| it.role == role).filter_map(|it| it.entity);
        persons.find(|&entity| !left && self.entities.get(entity).is_some_and(|it| it.kind == Kind::Person))
    }

    /// Whether nothing says that an event is older than some two months.
    fn is_news(&self, mention: &EventMention) -> bool {
        mention.times.iter().all(|&time| match self.times.get(time).and_then(|time| time.value) {
            Some(TimeValue::Period(period)) => self.published.zip(period.days()).is_some_and(|(today, (_, last))| {
                last <= today && last.checked_add(60.days()).is_ok_and(|later| later >= today)
            }),
            _ => false,
        })
    }
}
