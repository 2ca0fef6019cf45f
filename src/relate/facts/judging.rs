//! Puts the learned rule to the pairs of phrases of each sentence, and weighs what the patterns found by it.

use std::collections::BTreeMap;

use super::features::{self, Phrase, Way};
use super::filler::Sort;
use super::learned::RULE;
use super::{MOST_PHRASES, Object, Scene, object};
use crate::class::Class;
use crate::document::{Argument, Fact, Kind, Tenure, TimeId};
use crate::relation::{Range, Relation};
use crate::span::Span;

/// What a pattern found is dropped where the learned rule is this sure that it is none.
const UNLIKELY: f32 = 0.2;

/// A pair and a relation in which it may stand.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    relation: Relation,
    from: Phrase,
    to: Phrase,
    likelihood: f32,
    threshold: f32,
}

impl Scene<'_> {
    /// The pairs of phrases of all sentences.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Phrase, Phrase)> + '_ {
        let learned = &self.resources.learned_relations;
        self.layers.text.sentences().iter().flat_map(move |sentence| {
            let mut phrases = features::phrases(self.tree, self.fillers, sentence.clone());
            phrases.truncate(MOST_PHRASES);
            let mut pairs = Vec::new();
            for from in phrases.iter().filter(|phrase| phrase.time.is_none()) {
                let others = phrases.iter().filter(|to| !self.fillers.are_one(from.argument, to.argument));
                pairs.extend(
                    others.filter(|to| learned.relations().any(|it| may_hold(it, from, to))).map(|to| (*from, *to)),
                );
            }
            pairs
        })
    }

    /// What is said of a pair, and which patterns found what of it.
    pub(super) fn features(&self, from: &Phrase, to: &Phrase, facts: &[Fact]) -> Vec<String> {
        let mut found = features::features(self.tree, self.fillers, self.layers.entities, from, to);
        let is = |argument: Argument, object: &Object, one: &Phrase, other: &Phrase| {
            argument.span == one.argument.span
                && match object {
                    Object::Thing(it) => other.time.is_none() && it.span == other.argument.span,
                    Object::Time(time) => other.time == Some(*time),
                    Object::Amount(_) | Object::Words(_) => false,
                }
        };
        for fact in facts {
            if is(fact.subject, &fact.object, from, to) {
                found.push(format!("rule {}", fact.rule));
            }
            if is(fact.subject, &fact.object, to, from) {
                found.push(format!("rule {} turned", fact.rule));
            }
        }
        found
    }

    /// What the learned rule says of each pair.
    pub(super) fn judged(&self, facts: &[Fact]) -> impl Iterator<Item = Judged> + '_ {
        let facts = facts.to_vec();
        self.pairs().flat_map(move |(from, to)| {
            let sentence = self.layers.text.span(self.layers.text.sentence_of(from.head));
            let first = facts.partition_point(|fact| fact.predicate.start < sentence.start);
            let last = facts.partition_point(|fact| fact.predicate.start < sentence.end);
            let features = self.features(&from, &to, &facts[first..last.max(first)]);
            let judged = self.resources.learned_relations.judge(&features).into_iter();
            let fitting = judged.filter(|(relation, ..)| may_hold(*relation, &from, &to));
            let judged = |(relation, likelihood, threshold)| Judged { relation, from, to, likelihood, threshold };
            fitting.map(judged).collect::<Vec<_>>()
        })
    }

    /// Gives what the patterns found the likelihood of the learned rule, where it knows the relation and has both phrases, and drops
    /// what it holds for unlikely.
    pub(super) fn weigh(&self, facts: &mut Vec<Fact>, judged: &[Judged]) {
        let known: BTreeMap<_, f32> = judged.iter().map(|it| (it.key(), it.likelihood)).collect();
        facts.retain_mut(|fact| {
            let likelihood = match &fact.object {
                Object::Thing(it) => known.get(&(fact.relation, fact.subject.span, Some(it.span), None)),
                Object::Time(time) => known.get(&(fact.relation, fact.subject.span, None, Some(*time))),
                Object::Amount(_) | Object::Words(_) => None,
            };
            if let Some(likelihood) = likelihood {
                fact.confidence = *likelihood;
            }
            likelihood.is_none_or(|likelihood| *likelihood >= UNLIKELY)
        });
    }

    /// Whether the object is the first of its list, or the relation holds to that one too. So it does not to the third party in "his
    /// own party, the Greens and the Liberals".
    pub(super) fn leads_its_list(&self, judged: &Judged, facts: &[Fact], all: &[Judged]) -> bool {
        let Judged { relation, from, to, likelihood, threshold } = *judged;
        if likelihood < threshold || to.time.is_some() {
            return true;
        }
        let first = self.tree.text.first_of_list(to.head);
        let Some(thing) = self.fillers.thing(first).filter(|_| first != to.head) else { return true };
        let is_of_range = matches!(relation.range(), Range::Things(kinds) if thing.sort.is_among(kinds));
        if !is_of_range || self.fillers.are_one(thing.argument, from.argument) {
            return true;
        }
        let has_own = self.tree.children_by(to.head, &["det", "poss"]).next().is_some();
        if has_own && self.tree.children_by(first, &["poss"]).any(|owner| owner == from.head) {
            return false;
        }
        let is_first = |argument: Argument| argument.span == thing.argument.span;
        let is_pair = |it: &Judged| it.relation == relation && it.from.argument.span == from.argument.span;
        all.iter().any(|it| is_pair(it) && is_first(it.to.argument) && it.likelihood >= it.threshold)
            || facts.iter().any(|fact| {
                fact.relation == relation
                    && fact.subject.span == from.argument.span
                    && matches!(&fact.object, Object::Thing(it) if is_first(*it))
            })
    }

    /// The fact that the learned rule finds, if it is sure enough.
    pub(super) fn learned(&self, judged: &Judged) -> Option<Fact> {
        let Judged { relation, from, to, likelihood, threshold } = *judged;
        if likelihood < threshold {
            return None;
        }
        let way = features::way(self.tree, from.head, to.head)?;
        let top = way.top;
        let is_refused = self.is_of_another(relation, &way)
            || self.is_of_owned(relation, &way)
            || !relation.is_kinship() && self.is_of_kin(&from, &way)
            || relation == Relation::Education && (self.is_taught(&way) || self.is_no_school(&to))
            || !self.is_worded(relation, &way)
            || self.is_of_described(&from, top)
            || relation == Relation::Nationality && self.is_of_possessed(&from, &to)
            || relation.is_kinship() && (self.is_other_kin(relation, &from) || self.is_other_kin(relation, &to))
            || relation == Relation::Residence && self.moves_another(top)
            || relation == Relation::Headquarters && self.is_only_there(top, &way);
        if is_refused {
            return None;
        }
        // "Harrow, where he stayed until July".
        let on_way = || way.up.iter().chain(&way.down).copied().find(|&it| self.tree.is_verb(it));
        let verb = if self.tree.is_verb(top) { top } else { on_way().unwrap_or(top) };
        let comes_later = way.up.iter().chain(&way.down).any(|&noun| self.comes_later(noun));
        let words = to.time.map_or(to.argument.span, |time| self.layers.times[time].span);
        Some(Fact {
            relation,
            subject: from.argument,
            object: object(&to),
            tenure: if comes_later { Tenure::Current } else { self.tenure_at(relation, verb) },
            time: None,
            amount: None,
            standing: self.standing(top, top),
            predicate: self.tree.token(top).span,
            evidence: from.argument.span.cover(words).cover(self.tree.token(top).span),
            rule: RULE.into(),
            confidence: likelihood,
        })
    }

    /// Whether a noun beside a name tells another kinship: "her son and a brother, Per Holm" makes no son of him.
    fn is_other_kin(&self, relation: Relation, phrase: &Phrase) -> bool {
        let noun = self.tree.above(phrase.head);
        let is_beside = self.tree.dep(phrase.head) == "appos" && noun < phrase.head;
        let lemma = self.tree.token(noun).lemma.to_lowercase();
        let told = self.resources.relations.of_noun(&lemma).map(|(pattern, _)| pattern.relation);
        let told: Vec<Relation> = told.filter(|told| is_beside && told.is_kinship()).collect();
        !told.is_empty() && !told.contains(&relation)
    }

    /// Whether a phrase names what its name tells to be an organisation of another sort than a school: nobody is an alumnus of a company.
    fn is_no_school(&self, to: &Phrase) -> bool {
        let class = to.argument.entity.and_then(|entity| self.fillers.class(entity));
        class.is_some_and(|class| !matches!(class, Class::EducationalOrganization | Class::ResearchOrganization))
    }

    /// Whether the way leads through another thing of which the relation may hold ("Lang and Berg of Acme": of Berg; "his sister Berg
    /// founded Acme"), or the two are only listed together.
    fn is_of_another(&self, relation: Relation, way: &Way) -> bool {
        let things: &[Kind] = if let Range::Things(kinds) = relation.range() { kinds } else { &[] };
        let is_other = |&token: &usize| {
            self.fillers.kind_at(token).is_some_and(|kind| relation.domain().contains(&kind) || things.contains(&kind))
        };
        // What is joined to an end by "and" stands beside it and not between: "of Acme and Brite".
        let inner = |side: &[usize]| {
            let joined = side.iter().take_while(|&&token| self.tree.dep(token) == "conj").count();
            side.iter().skip(joined + 1).any(is_other)
        };
        let listed =
            |side: &[usize], rest: &[usize]| rest.is_empty() && matches!(side, [one] if self.tree.dep(*one) == "conj");
        inner(&way.up) || inner(&way.down) || listed(&way.up, &way.down) || listed(&way.down, &way.up)
    }

    /// Whether a copula says something else of its subject, or that it will be so, and the way leads from it by a preposition only: "a
    /// tory is, in Canada, a conservative" tells no seat.
    fn is_only_there(&self, top: usize, way: &Way) -> bool {
        let is_direct =
            |side: &[usize]| side.iter().all(|&it| !self.tree.is_participle(it) && self.tree.dep(it) != "attr");
        let mut beside = self.tree.children(top);
        self.tree.token(top).pos == "AUX"
            && is_direct(&way.up)
            && is_direct(&way.down)
            && beside.any(|it| {
                matches!(self.tree.dep(it), "attr" | "aux") || self.tree.dep(it) == "prep" && !way.down.contains(&it)
            })
    }

    /// Whether a people's name qualifies what somebody has: "Brandt's Norwegian driver" tells nothing of Brandt.
    fn is_of_possessed(&self, from: &Phrase, to: &Phrase) -> bool {
        let noun = self.tree.above(to.head);
        let qualifies = matches!(self.tree.dep(to.head), "amod" | "compound" | "nmod");
        qualifies && self.tree.children_by(noun, &["poss"]).any(|owner| owner == from.head)
    }

    /// Whether the way leads through a noun for another person: "Berg, a fellow at Harbour College, with whom Lang wrote".
    fn is_of_described(&self, from: &Phrase, top: usize) -> bool {
        let may_describe = from.sort.is_some_and(|sort| sort.is_among(&[Kind::Person]))
            && self.tree.dep(top) == "appos"
            && self.fillers.is_person_noun(top);
        may_describe
            && self.fillers.heads_person(self.tree.above(top))
            && self
                .fillers
                .thing(self.tree.above(top))
                .is_some_and(|it| !self.fillers.are_one(it.argument, from.argument))
    }

    /// Whether the way leads from the owner of something to what a verb says of that thing: "founded Meridian's rival". Pronouns
    /// are left alone ("took his degree at"), but not among kin ("survived by his daughter and her son").
    fn is_of_owned(&self, relation: Relation, way: &Way) -> bool {
        let owns = |side: &[usize]| {
            side.first().is_some_and(|&end| {
                let may_own = self.tree.token(end).tag != "PRP$" || relation.is_kinship();
                may_own && self.tree.dep(end) == "poss" && self.tree.above(end) != way.top
            })
        };
        self.tree.token(way.top).pos == "VERB" && (owns(&way.up) || owns(&way.down))
    }

    /// Whether the subject is only named to say whose another person is, of whom the rest is said: "his daughter teaches at Acme", "Berg,
    /// the daughter of Lang, was born in Oslo".
    fn is_of_kin(&self, from: &Phrase, way: &Way) -> bool {
        let is_person = |token: usize| self.fillers.is_person_noun(token) || self.fillers.heads_person(token);
        let at = self.tree.text.first_of_list(from.head);
        let above = self.tree.above(at);
        let other = match self.tree.dep(at) {
            "poss" => above,
            "pobj" if self.tree.text.word(above) == "of" => self.tree.above(above),
            _ => return false,
        };
        from.sort.is_some_and(|sort| sort.is_among(&[Kind::Person]))
            && other != way.top
            && way.up.contains(&other)
            && is_person(other)
    }

    /// Whether the way leads through a verb for teaching: who teaches at a school has not studied there for that.
    fn is_taught(&self, way: &Way) -> bool {
        let teaching = &self.resources.relations.words().teaching;
        let mut words = way.up.iter().chain(&way.down).chain([&way.top]);
        words.any(|&word| self.tree.is_verb(word) && teaching.contains(&*self.tree.token(word).lemma))
    }

    /// Whether a relation that is only said in words of its own is: nobody was born on Tuesday because something was said of
    /// him that day.
    fn is_worded(&self, relation: Relation, way: &Way) -> bool {
        if relation == Relation::ChiefExecutive {
            return !self.is_other_officer(way);
        }
        if !relation.is_worded() {
            return true;
        }
        let relations = &self.resources.relations;
        [way.up.as_slice(), &way.down, &[way.top]].concat().into_iter().any(|token| {
            let lemma = self.tree.token(token).lemma.to_lowercase();
            relations.of_verb(&lemma).any(|(pattern, _)| pattern.relation == relation)
                || relations
                    .of_noun(&lemma)
                    .any(|(pattern, before)| pattern.relation == relation && self.stands_before(token, before))
        })
    }

    /// Whether the way leads through a noun that is one for a chief executive only with other words before it: "chief financial officer".
    fn is_other_officer(&self, way: &Way) -> bool {
        let is_other = |&token: &usize| {
            let lemma = self.tree.token(token).lemma.to_lowercase();
            let mut of_noun =
                self.resources.relations.of_noun(&lemma).filter(|(it, _)| it.relation == Relation::ChiefExecutive);
            let is_known = of_noun.next().is_some();
            let mut of_noun =
                self.resources.relations.of_noun(&lemma).filter(|(it, _)| it.relation == Relation::ChiefExecutive);
            is_known && !of_noun.any(|(_, before)| self.stands_before(token, before))
        };
        way.up.iter().chain(&way.down).chain([&way.top]).any(is_other)
    }

    fn tenure_at(&self, relation: Relation, top: usize) -> Tenure {
        if !relation.may_end() {
            return Tenure::Current;
        }
        let lemma = self.tree.token(top).lemma.to_lowercase();
        if self.resources.titles.verbs().end.contains(&*lemma) {
            return Tenure::Former;
        }
        let of_verb = || self.resources.relations.of_verb(&lemma).map(|(pattern, _)| pattern);
        let lasting = of_verb().find(|pattern| pattern.lasts);
        if self.is_over(top) && (lasting.is_some() || of_verb().next().is_none()) {
            return Tenure::Former;
        }
        match lasting {
            Some(pattern) => self.tenure(pattern, top, top),
            None if self.tree.token(top).pos == "AUX" && self.tree.token(top).tag == "VBD" => Tenure::Former,
            None => Tenure::Current,
        }
    }
}

impl Judged {
    /// What it is of: the relation, the words of the subject, and those of the object or its time.
    fn key(&self) -> (Relation, Span, Option<Span>, Option<TimeId>) {
        let object = Some(self.to.argument.span).filter(|_| self.to.time.is_none());
        (self.relation, self.from.argument.span, object, self.to.time)
    }
}

/// Whether two phrases are of the kinds of a relation.
fn may_hold(relation: Relation, from: &Phrase, to: &Phrase) -> bool {
    let is_subject = from.sort.is_some_and(|sort| sort.is_among(relation.domain()));
    let is_object = match relation.range() {
        Range::Things(kinds) => to.sort.is_some_and(|sort: Sort| sort.is_among(kinds)),
        Range::Time => to.time.is_some(),
        Range::Money | Range::Number | Range::Words => false,
    };
    is_subject && is_object
}
