//! Who and what takes part in an event, by the tree: subjects and objects of verbs, active and passive, shared with other verbs; and what belongs to
//! nouns that tell an event.

use super::trigger::Trigger;
use super::{Participant, ParticipantRole as Role, Scene};
use crate::document::Kind;

impl Scene<'_> {
    /// What takes part in a trigger's event, in the order of the text.
    pub(super) fn participants(&self, trigger: &Trigger, triggers: &[Trigger]) -> Vec<Participant> {
        let mut found = Vec::new();
        if trigger.is_noun {
            self.of_noun(trigger, triggers, &mut found);
        } else {
            self.of_verb(trigger.head, &mut found);
        }
        let mut participants: Vec<Participant> = Vec::new();
        for (role, head) in found {
            for head in self.with_joined(head) {
                let is_event = || {
                    triggers.iter().any(|other| other.is_noun && other.head == head) && self.entity_of[head].is_none()
                };
                if head == trigger.head
                    || is_event()
                    || self.is_time[head]
                    || participants.iter().any(|other| other.head == self.text.tokens()[head].span)
                {
                    continue;
                }
                participants.push(self.participant(role, head));
                for place in self.place_beside(role, head) {
                    participants.push(self.participant(Role::Place, place));
                }
            }
        }
        participants.sort_by_key(|participant| (participant.head, participant.role));
        participants
    }

    fn of_verb(&self, verb: usize, found: &mut Vec<(Role, usize)>) {
        let is_passive = self.is_passive(verb);
        if let Some(subject) = self.subject(verb) {
            found.push((if is_passive { Role::Patient } else { Role::Agent }, self.antecedent(subject)));
        }
        let mut objects: Vec<usize> = self.text.children_by(verb, &["dobj"]).collect();
        if objects.is_empty() && !is_passive {
            objects.extend(self.relative_object(verb));
        }
        found.extend(objects.into_iter().map(|object| (Role::Patient, self.antecedent(object))));
        for child in self.text.children(verb) {
            match self.dep(child) {
                "dative" if self.text.tokens()[child].pos != "ADP" => found.push((Role::Recipient, child)),
                "attr" | "oprd" => found.push((Role::Other, child)),
                "prep" | "agent" | "dative" => self.of_preposition(child, is_passive, found),
                "prt" | "advmod" => self.after_row(child, is_passive, found),
                _ => {}
            }
        }
    }

    /// "out of", "along with": a preposition under an adverb.
    fn after_row(&self, adverb: usize, is_passive: bool, found: &mut Vec<(Role, usize)>) {
        for preposition in self.text.children_by(adverb, &["prep"]) {
            self.of_preposition(preposition, is_passive, found);
        }
    }

    fn of_preposition(&self, preposition: usize, is_passive: bool, found: &mut Vec<(Role, usize)>) {
        let word = self.text.word(preposition).to_lowercase();
        if word == "according" {
            return;
        }
        for object in self.text.children_by(preposition, &["pobj"]) {
            let role = match word.as_str() {
                "by" if self.dep(preposition) == "agent" || is_passive && self.is_actor(object) => Role::Agent,
                "to" | "for" if self.is_actor(object) => Role::Recipient,
                "with" | "using" | "through" if !self.is_actor(object) => Role::Instrument,
                _ if self.is_place_after(&word, object) => Role::Place,
                _ => Role::Other,
            };
            found.push((role, object));
        }
        for inner in self.text.children_by(preposition, &["prep"]) {
            self.of_preposition(inner, is_passive, found);
        }
    }

    fn of_noun(&self, trigger: &Trigger, triggers: &[Trigger], found: &mut Vec<(Role, usize)>) {
        let noun = trigger.head;
        let is_done_to = matches!(
            &*trigger.lemma,
            "arrest"
                | "kill"
                | "appoint"
                | "murder"
                | "convict"
                | "detain"
                | "assassinate"
                | "rescue"
                | "dismiss"
                | "elect"
                | "nominate"
                | "sentence"
                | "launch"
                | "release"
                | "introduce"
                | "defeat"
                | "expel"
                | "deport"
                | "execute"
                | "kidnap"
                | "evacuate"
                | "acquit"
                | "treat"
        );
        for child in self.text.children(noun) {
            match self.dep(child) {
                "poss" => found.push((if is_done_to { Role::Patient } else { Role::Agent }, child)),
                "compound" | "amod" | "nmod" if self.entity_of[child].is_some() => found.push((Role::Other, child)),
                "prep" => self.of_noun_preposition(trigger, child, found),
                "acl" | "relcl" => {}
                _ => {}
            }
        }
        // The subject of the verb that lends itself to the noun.
        let lends =
            triggers.iter().find(|verb| self.noun_of_light(verb, triggers).is_some_and(|at| triggers[at].head == noun));
        if let Some(verb) = lends {
            self.of_verb(verb.head, found);
            found.retain(|&(_, head)| head != noun);
        }
    }

    fn of_noun_preposition(&self, trigger: &Trigger, preposition: usize, found: &mut Vec<(Role, usize)>) {
        let word = self.text.word(preposition).to_lowercase();
        let has_owner = self.child(trigger.head, &["poss"]).is_some();
        for object in self.text.children_by(preposition, &["pobj"]) {
            let role = match word.as_str() {
                "by" | "between" | "among" => Role::Agent,
                "of" if has_owner || self.is_done_to(trigger) => Role::Patient,
                "of" | "from" => Role::Agent,
                "on" | "against" | "into" if !self.is_place_after(&word, object) || trigger.class.is_some() => {
                    Role::Patient
                }
                "to" | "for" if self.is_actor(object) => Role::Recipient,
                _ if self.is_place_after(&word, object) => Role::Place,
                _ => Role::Other,
            };
            found.push((role, object));
        }
    }

    /// Whether what follows "of" has the event done to it: nouns of verbs that take an object ("the killing of").
    fn is_done_to(&self, trigger: &Trigger) -> bool {
        let intransitive = [
            "resign",
            "die",
            "rise",
            "fall",
            "arrive",
            "depart",
            "collapse",
            "increase",
            "decrease",
            "decline",
            "drop",
            "grow",
            "surge",
            "jump",
            "return",
            "retire",
            "succeed",
            "retreat",
            "recover",
            "statement",
            "state",
            "talk",
            "meeting",
            "visit",
            "protest",
            "crash",
            "explode",
            "erupt",
            "speech",
            "appear",
        ];
        trigger.lemma.as_ref() != self.lemma(trigger.head) && !intransitive.contains(&&*trigger.lemma)
    }

    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let token = &self.text.tokens()[verb];
        if self.child(verb, &["nsubjpass", "auxpass"]).is_some() {
            return true;
        }
        // "the man arrested on Monday", and what is joined to a passive.
        token.tag == "VBN"
            && match token.dep {
                "acl" | "advcl" => self.child(verb, &["aux"]).is_none(),
                "conj" => self.child(verb, &["aux", "nsubj"]).is_none() && self.is_passive(token.head),
                _ => false,
            }
    }

    /// Where it takes place, if that hangs on somebody who takes part: "was arrested by police in Madrid".
    fn place_beside(&self, role: Role, head: usize) -> Vec<usize> {
        if !matches!(role, Role::Agent | Role::Patient) || !self.is_anybody(head) {
            return Vec::new();
        }
        let places = self.text.children_by(head, &["prep"]).filter(|&preposition| self.is_where(preposition));
        places.flat_map(|preposition| self.text.children_by(preposition, &["pobj"])).collect()
    }

    /// Whether a preposition has the name of a place after it.
    pub(super) fn is_where(&self, preposition: usize) -> bool {
        matches!(self.text.word(preposition).to_lowercase().as_str(), "in" | "at" | "near" | "outside")
            && self
                .text
                .children_by(preposition, &["pobj"])
                .any(|place| matches!(self.kind(place), Some(Kind::Region | Kind::Place | Kind::Facility)))
    }

    /// Whether a noun stands for somebody or something that acts.
    fn is_actor(&self, noun: usize) -> bool {
        let kind = self.kind(noun);
        matches!(kind, Some(Kind::Person | Kind::Organization | Kind::Group | Kind::Region))
            || self.text.tokens()[noun].tag == "PRP"
    }

    pub(super) fn kind(&self, token: usize) -> Option<Kind> {
        self.entity_of[token].and_then(|id| self.layers.entities.get(id)).map(|entity| entity.kind)
    }

    /// A noun and those joined to it, unless the whole phrase is one name.
    fn with_joined(&self, head: usize) -> Vec<usize> {
        let mut all = vec![head];
        let mut at = head;
        while let Some(next) = self
            .text
            .children_by(at, &["conj"])
            .find(|&next| matches!(self.text.tokens()[next].pos, "NOUN" | "PROPN" | "PRON" | "NUM"))
        {
            all.push(next);
            at = next;
        }
        all
    }

    fn participant(&self, role: Role, head: usize) -> Participant {
        Participant { role, span: self.phrase(head), head: self.text.tokens()[head].span, entity: self.entity_of[head] }
    }
}
