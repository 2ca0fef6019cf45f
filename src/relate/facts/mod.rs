//! In which relations the things that a text speaks of stand.
//!
//! A pattern of `relations.toml` names a word and the [`Place`]s around it where subject
//! and object stand; this module finds what fills them, through every construction that news uses for them.

mod amounts;
mod clauses;
mod countries;
mod features;
mod filler;
mod judging;
mod learned;
mod places;
mod settling;

use std::collections::BTreeSet;

use crate::document::{
    Amount, AmountUnit, Argument, Chain, Entity, Fact, Kind, Mention, Object, Role, Tenure, TimeMention,
};
use crate::relation::{Range, Relation};
use crate::resources::Resources;
use crate::resources::relations::{Pattern, Place};
use crate::span::Span;
use crate::standing::Standing;
use crate::text::Text;
use clauses::Clauses;
use features::Phrase;
use filler::{Fillers, Thing};
use judging::Judged;
pub use learned::Learned;

/// The layers of a document that facts are found in.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The words.
    pub text: &'a Text,
    /// The things that are spoken of.
    pub entities: &'a [Entity],
    /// Where they are named.
    pub mentions: &'a [Mention],
    /// Where they are spoken of otherwise.
    pub chains: &'a [Chain],
    /// The time expressions.
    pub times: &'a [TimeMention],
    /// How each word stands.
    pub standings: &'a [Standing],
    /// The posts that are found already.
    pub roles: &'a [Role],
}

/// The facts that a text speaks of, in its order, asserted or not: their standing tells; and the countries they speak of that the
/// text names by a demonym only. Those follow the entities given, so that the facts may refer to them.
#[must_use]
pub fn facts(layers: &Layers<'_>, resources: &Resources) -> (Vec<Fact>, Vec<Entity>) {
    let tree = Clauses::new(layers.text, &resources.relations.words().object_control);
    let fillers = Fillers::new(&tree, layers, resources);
    let scene = Scene { layers, tree: &tree, fillers: &fillers, resources };
    let mut facts = scene.by_patterns();
    let judged: Vec<Judged> = scene.judged(&facts).collect();
    scene.weigh(&mut facts, &judged);
    let learned: Vec<Fact> = judged
        .iter()
        .filter(|it| scene.leads_its_list(it, &facts, &judged))
        .filter_map(|it| scene.learned(it))
        .collect();
    facts.extend(learned);
    let mut facts = settling::settled(facts, layers);
    let countries = countries::settle(&mut facts, layers.entities, &resources.demonyms);
    (facts, countries)
}

/// Two phrases of a sentence, of which the learned rule tells in which relations they stand.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The words of one.
    pub subject: Argument,
    /// The words of the other, or the time that it is.
    pub object: Object,
    /// What is said of the two and the way between them.
    pub features: Vec<String>,
}

/// The pairs of phrases of all sentences: what `tools/facts` trains on.
#[must_use]
pub fn pairs(layers: &Layers<'_>, resources: &Resources) -> Vec<Pair> {
    let tree = Clauses::new(layers.text, &resources.relations.words().object_control);
    let fillers = Fillers::new(&tree, layers, resources);
    let scene = Scene { layers, tree: &tree, fillers: &fillers, resources };
    let facts = scene.by_patterns();
    let pairs = scene.pairs().map(|(from, to)| Pair {
        subject: from.argument,
        object: object(&to),
        features: scene.features(&from, &to, &facts),
    });
    pairs.collect()
}

/// Of a sentence with more phrases than this (a list) the rest are not paired.
const MOST_PHRASES: usize = 24;

/// The object that a phrase is.
fn object(phrase: &Phrase) -> Object {
    phrase.time.map_or(Object::Thing(phrase.argument), Object::Time)
}

/// What is needed to match patterns.
struct Scene<'a> {
    layers: &'a Layers<'a>,
    tree: &'a Clauses<'a>,
    fillers: &'a Fillers<'a>,
    resources: &'a Resources,
}

impl Scene<'_> {
    /// The facts that patterns find.
    fn by_patterns(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for trigger in 0..self.layers.text.tokens().len() {
            self.set_off(trigger, &mut facts);
        }
        facts
    }

    /// Tries every pattern that a word may set off.
    fn set_off(&self, trigger: usize, facts: &mut Vec<Fact>) {
        let relations = &self.resources.relations;
        let token = self.tree.token(trigger);
        let lemma = token.lemma.to_lowercase();
        if self.tree.is_verb(trigger) || self.tree.is_participle(trigger) {
            for (pattern, particle) in relations.of_verb(&lemma) {
                if particle.is_none_or(|particle| self.tree.has_child(trigger, particle)) {
                    self.apply(pattern, trigger, facts);
                }
            }
        }
        let is_named = self.fillers.mention_at(trigger).is_some();
        if token.tag.starts_with("NN") || matches!(token.pos, "NOUN" | "PROPN") {
            let word = self.layers.text.word(trigger).to_lowercase();
            if !is_named {
                let whole = self.hyphenated(trigger).filter(|whole| relations.of_noun(whole).next().is_some());
                let forms = whole.map_or_else(|| BTreeSet::from([lemma, word]), |whole| BTreeSet::from([whole]));
                for (pattern, before) in forms.iter().flat_map(|form| relations.of_noun(form)) {
                    if self.stands_before(trigger, before) {
                        self.apply(pattern, trigger, facts);
                    }
                }
                if self.fillers.is_title(trigger) {
                    relations.of_titles().for_each(|pattern| self.apply(pattern, trigger, facts));
                }
            }
            if self.fillers.is_person_noun(trigger) || self.fillers.heads_person(trigger) {
                relations.of_persons().for_each(|pattern| self.apply(pattern, trigger, facts));
            }
        }
    }

    /// The word with what hyphens join to it, in lower case: "father-in-law"; none where there is nothing.
    fn hyphenated(&self, first: usize) -> Option<String> {
        let text = self.layers.text;
        let sentence = text.sentence_of(first);
        let touches = |token: &usize| text.tokens()[token - 1].span.end == text.tokens()[*token].span.start;
        let last = (first + 1..sentence.end).take_while(touches).last()?;
        let whole = text.span(first..last + 1).of(text.content()).to_lowercase();
        whole.contains('-').then_some(whole)
    }

    /// Whether a noun says who alone is that of the whole: not "leaders", "a leader", "senior leader", "district president", "chief
    /// secretary", nor "Acme's Norway director".
    fn is_sole(&self, noun: usize) -> bool {
        let relations = &self.resources.relations;
        let sentence = self.layers.text.sentence_of(noun);
        let is_in_phrase =
            |token: &usize| matches!(self.tree.token(*token).pos, "NOUN" | "PROPN" | "ADJ" | "DET" | "VERB" | "PART");
        let before: Vec<usize> = (sentence.start..noun).rev().take_while(is_in_phrase).collect();
        let word = |token: usize| self.layers.text.word(token).to_lowercase();
        let is_partial = |&token: &usize| {
            self.fillers.mention_at(token).is_none() && relations.words().partial.contains(&word(token))
        };
        let has = |kind: Kind| before.iter().any(|&token| self.fillers.kind_at(token) == Some(kind));
        let is_longer = sentence.contains(&(noun + 1)) && relations.of_noun(&word(noun + 1)).next().is_some();
        let is_of_two = has(Kind::Region) && has(Kind::Organization);
        !(self.is_plural(noun) || is_of_two || is_longer || before.iter().any(is_partial))
    }

    fn is_plural(&self, noun: usize) -> bool {
        matches!(self.tree.token(noun).tag, "NNS" | "NNPS")
    }

    /// Whether a common noun stands right before a noun and qualifies it: "finance director", "head trader".
    fn is_qualified(&self, trigger: usize) -> bool {
        let near = |token: usize| self.tree.token(token).pos == "NOUN" && self.fillers.mention_at(token).is_none();
        let qualifies = |token: usize| matches!(self.tree.dep(token), "compound" | "nmod");
        trigger > 0 && near(trigger - 1) && qualifies(trigger - 1)
    }

    /// Whether the words before the last one of a noun of several words stand there.
    fn stands_before(&self, trigger: usize, before: &[String]) -> bool {
        let floor = self.layers.text.sentence_of(trigger).start;
        trigger >= floor + before.len()
            && before
                .iter()
                .rev()
                .zip((0..trigger).rev())
                .all(|(word, token)| self.layers.text.word(token).eq_ignore_ascii_case(word))
    }

    /// Whether a verb has an object that need not go where its subject does: "moved the profits to Cyprus", not "moved his family".
    pub(super) fn moves_another(&self, verb: usize) -> bool {
        let mut objects = self.tree.children_by(verb, &["dobj"]);
        objects.any(|object| !matches!(&*self.tree.token(object).lemma, "family" | "household" | "home"))
    }

    /// The facts that a pattern finds around a word.
    fn apply(&self, pattern: &Pattern, trigger: usize, facts: &mut Vec<Fact>) {
        if pattern.without.iter().any(|word| self.tree.has_child(trigger, word))
            || pattern.alone && self.is_qualified(trigger)
            || pattern.sole && !self.is_sole(trigger)
            || pattern.intransitive && self.moves_another(trigger)
        {
            return;
        }
        if let Some((place, words)) = &pattern.with {
            let filled = self.fill(place, trigger).into_iter().any(|token| {
                words.is_empty()
                    || words.contains(&self.tree.token(token).lemma.to_lowercase())
                    || words.contains(&self.layers.text.word(token).to_lowercase())
            });
            if !filled {
                return;
            }
        }
        let subjects = pattern
            .subject
            .iter()
            .map(|place| self.things(place, trigger, pattern.relation.domain(), &pattern.subject_kinds));
        let Some(subjects) = subjects.into_iter().find(|found| !found.is_empty()) else { return };
        for place in &pattern.object {
            for object in self.objects(place, trigger, pattern) {
                for subject in &subjects {
                    facts.extend(self.fact(pattern, trigger, *subject, object.clone()));
                }
            }
        }
    }

    fn fact(&self, pattern: &Pattern, trigger: usize, subject: Thing, object: Object) -> Option<Fact> {
        if let Object::Thing(argument) = &object
            && self.fillers.are_one(*argument, subject.argument)
        {
            return None;
        }
        let predicate = self.tree.token(trigger).span;
        let anchor = self.tree.verb_of(trigger).unwrap_or(trigger);
        let words = match &object {
            Object::Thing(argument) => argument.span,
            Object::Time(time) => self.layers.times[*time].span,
            Object::Amount(amount) => amount.span,
            Object::Words(span) => *span,
        };
        let is_time = matches!(object, Object::Time(_));
        let times = if is_time { Vec::new() } else { self.times_of(trigger) };
        Some(Fact {
            relation: pattern.relation,
            subject: subject.argument,
            object,
            tenure: self.tenure(pattern, trigger, anchor),
            time: times.first().copied(),
            amount: matches!(pattern.relation, Relation::Acquired | Relation::Owner)
                .then(|| self.amount_beside(trigger))
                .flatten(),
            standing: self.standing(trigger, anchor),
            predicate,
            evidence: subject.argument.span.cover(words).cover(predicate),
            rule: pattern.rule.clone(),
            confidence: pattern.confidence,
        })
    }

    /// Whether it holds, held or will hold.
    fn tenure(&self, pattern: &Pattern, trigger: usize, anchor: usize) -> Tenure {
        if !pattern.relation.may_end() {
            return Tenure::Current;
        }
        let by_word =
            self.tree.children(trigger).find_map(|it| self.resources.titles.tenure(self.layers.text.word(it)));
        if let Some(told) = pattern.tenure.or(by_word) {
            return told;
        }
        // "Before her post at Acme she worked": what came before a post does not say when that is over.
        let verb = if self.tree.is_verb(trigger) || self.comes_later(trigger) { trigger } else { anchor };
        if !self.tree.is_verb(verb) {
            return Tenure::Current;
        }
        if self.is_over(verb) && (pattern.lasts || verb != trigger) {
            return Tenure::Former;
        }
        if self.tree.children_by(verb, &["aux"]).any(|it| matches!(self.layers.text.word(it), "will" | "'ll" | "shall"))
        {
            return Tenure::Future;
        }
        let copula = verb != trigger && self.tree.token(verb).pos == "AUX";
        let past = self.tree.token(verb).tag == "VBD"
            || self
                .tree
                .children_by(verb, &["aux", "auxpass"])
                .any(|it| matches!(self.layers.text.word(it), "was" | "were" | "had"));
        let holding =
            verb != trigger && self.resources.relations.words().lasting.contains(&*self.tree.token(verb).lemma);
        // "During her career at Acme, she worked": it is as over as that.
        let is_then = self.tree.dep(trigger) == "pobj"
            && matches!(&*self.tree.word(self.tree.above(trigger)).to_lowercase(), "during" | "throughout");
        if past && (pattern.lasts || copula || holding || is_then) { Tenure::Former } else { Tenure::Current }
    }

    /// Whether a noun is what something else came before.
    pub(super) fn comes_later(&self, noun: usize) -> bool {
        self.tree.dep(noun) == "pobj" && self.layers.text.word(self.tree.above(noun)).eq_ignore_ascii_case("before")
    }

    /// Whether a verb says of itself that what it tells is over: "had worked", "previously held", "lived there until 1805".
    pub(super) fn is_over(&self, verb: usize) -> bool {
        let over = &self.resources.relations.words().over;
        let is =
            |token: usize, words: &[&str]| words.iter().any(|it| self.layers.text.word(token).eq_ignore_ascii_case(it));
        self.tree.is_verb(verb)
            && self.tree.token(verb).tag != "VBZ"
            && (self.tree.children_by(verb, &["aux"]).any(|it| is(it, &["had", "having"]))
                || self
                    .tree
                    .children_by(verb, &["advmod"])
                    .any(|it| over.contains(&self.layers.text.word(it).to_lowercase()))
                || self.tree.children_by(verb, &["prep"]).any(|it| is(it, &["until", "till"])))
    }

    /// How a word stands, or the verb that says it of something, whichever is less than asserted. What a phrase says of a name in
    /// passing is presumed, whatever becomes of the clause: "may meet Acme's founder Berg".
    fn standing(&self, trigger: usize, anchor: usize) -> Standing {
        let of = |token: usize| self.layers.standings.get(token).copied().unwrap_or_default();
        if self.is_in_passing(trigger) {
            return Standing { attribution: of(trigger).attribution, ..Standing::default() };
        }
        if of(trigger).is_asserted() { of(anchor) } else { of(trigger) }
    }

    /// Whether a word is a name, or a noun set beside one.
    fn is_in_passing(&self, word: usize) -> bool {
        let is_named = |token: usize| self.fillers.mention_at(token).is_some();
        if self.tree.is_verb(word) || self.tree.is_participle(word) {
            return false;
        }
        let head = self.tree.above(word);
        is_named(word)
            || match self.tree.dep(word) {
                "compound" | "nmod" | "appos" => is_named(head),
                _ => self.tree.children_by(word, &["appos"]).any(|name| name > word && is_named(name)),
            }
    }

    /// The things that fill a place and are of the kinds asked for.
    fn things(&self, place: &Place, trigger: usize, kinds: &[Kind], only: &[Kind]) -> Vec<Thing> {
        let mut found: Vec<Thing> = Vec::new();
        let is_object = matches!(place, Place::After(_) | Place::Patient | Place::Complement);
        // "Acme founder Lang and Brite founder Berg": a noun in the singular stands for one, and so does a name ("Lang, 54, and Berg, 61").
        let is_name = self.fillers.mention_at(trigger).is_some();
        let one = *place == Place::Itself && (is_name || !self.is_plural(trigger));
        for token in self.fill(place, trigger) {
            let mut joined = if one { vec![token] } else { self.tree.joined(token) };
            if self.tree.above(trigger) == token {
                // "Labour leaders Lang and Berg, writer Os": who has a description of his own has it instead.
                let end = joined.iter().skip(1).position(|&next| self.is_described(next));
                joined.truncate(end.map_or(joined.len(), |end| end + 1));
            }
            for joined in joined {
                let thing = self.fillers.thing(joined);
                let fits = thing.filter(|it| {
                    let is_of_kind = it.sort.is_among(kinds) && (only.is_empty() || it.sort.is_among(only));
                    is_of_kind && !self.is_cut(it.argument) && (!is_object || !self.is_of_further(it.argument))
                });
                if let Some(thing) = fits
                    && found.iter().all(|other| other.argument.span != thing.argument.span)
                {
                    found.push(thing);
                }
            }
        }
        found
    }

    /// Whether a name only says of whom or which something else is: "from Norway's Harbour College".
    fn is_of_further(&self, name: Argument) -> bool {
        let after = self.layers.text.tokens_in(name.span).end;
        let sentence = self.layers.text.sentence_of(after.saturating_sub(1));
        name.entity.is_some() && sentence.contains(&after) && self.tree.token(after).tag == "POS"
    }

    /// Whether a name is a part of a longer one that was not seen: "Association", or the "Urban Development" of its minister.
    fn is_cut(&self, name: Argument) -> bool {
        let Some(entity) = name.entity.and_then(|entity| self.layers.entities.get(entity)) else { return false };
        let tokens = self.layers.text.tokens_in(name.span);
        let titles = &self.resources.titles;
        let sentence = self.layers.text.sentence_of(tokens.end.saturating_sub(1));
        let word = |token: usize| if sentence.contains(&token) { self.layers.text.word(token) } else { "" };
        let follows_head =
            || tokens.start > 1 && word(tokens.start - 1) == "for" && titles.has_department(word(tokens.start - 2));
        let is_department = tokens.len() > 1
            && titles.is_department(word(tokens.end - 1))
            && (titles.has_department(word(tokens.end)) || follows_head());
        entity.kind == Kind::Organization && (is_department || self.resources.names.is_generic(&entity.name))
    }

    /// Whether a common noun stands before a name and says what it is.
    pub(super) fn is_described(&self, name: usize) -> bool {
        let mut before = self.tree.children_by(name, &["compound", "nmod", "appos"]).filter(|&noun| noun < name);
        before.any(|noun| self.tree.token(noun).pos == "NOUN" && self.fillers.mention_at(noun).is_none())
    }

    /// What fills a place and may be the object of a pattern's relation.
    fn objects(&self, place: &Place, trigger: usize, pattern: &Pattern) -> Vec<Object> {
        match pattern.relation.range() {
            Range::Things(kinds) => {
                let mut things = self.things(place, trigger, kinds, &pattern.object_kinds);
                let class = |thing: &Thing| thing.argument.entity.and_then(|entity| self.fillers.class(entity));
                if !pattern.object_classes.is_empty() {
                    things.retain(|thing| class(thing).is_some_and(|class| pattern.object_classes.contains(&class)));
                }
                things.retain(|thing| class(thing).is_none_or(|class| !pattern.object_classes_but.contains(&class)));
                let nested = things.iter().flat_map(|thing| self.around(thing, kinds)).collect::<Vec<Argument>>();
                things.into_iter().map(|thing| thing.argument).chain(nested).map(Object::Thing).collect()
            }
            Range::Time => {
                let found = self.fill(place, trigger).into_iter().filter_map(|token| self.fillers.time(token));
                found.collect::<BTreeSet<_>>().into_iter().map(Object::Time).collect()
            }
            Range::Money => self.amounts(place, trigger, |unit| matches!(unit, AmountUnit::Money(_))),
            Range::Number if pattern.relation == Relation::Age => {
                let found = self.fill(place, trigger).into_iter().filter_map(|token| self.fillers.number(token));
                found
                    .filter(|it| (1.0..120.0).contains(&it.value))
                    .map(|it| Object::Amount(Amount { unit: AmountUnit::Years, ..it }))
                    .collect()
            }
            Range::Number => self.amounts(place, trigger, |unit| !matches!(unit, AmountUnit::Money(_))),
            Range::Words => {
                let phrases = self.fill(place, trigger).into_iter().map(|token| self.phrase(token));
                touching(phrases.collect()).into_iter().map(Object::Words).collect()
            }
        }
    }

    fn amounts(&self, place: &Place, trigger: usize, fits: impl Fn(AmountUnit) -> bool) -> Vec<Object> {
        let found = self.fill(place, trigger).into_iter().filter_map(|token| self.fillers.amount(token));
        found.filter(|amount| fits(amount.unit) && !self.is_each(amount)).map(Object::Amount).collect()
    }

    /// Whether an amount is that of each share or unit, and no total: "$1.14 per share", "26 cents a share".
    fn is_each(&self, amount: &Amount) -> bool {
        let text = self.layers.text;
        let after = text.tokens_in(amount.span).end;
        let sentence = text.sentence_of(after.saturating_sub(1));
        let word =
            |token: usize| if sentence.contains(&token) { text.word(token).to_lowercase() } else { String::new() };
        word(after) == "per" || word(after) == "a" && word(after + 1) == "share"
    }

    /// The places around a place that the text names with it: "Genoa, Illinois", "Brünn, in Moravia".
    fn around(&self, thing: &Thing, kinds: &[Kind]) -> Vec<Argument> {
        if !kinds.contains(&Kind::Place) {
            return Vec::new();
        }
        let tokens = self.layers.text.tokens_in(thing.argument.span);
        let Some(head) = tokens.clone().find(|&token| !tokens.contains(&self.tree.above(token))) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut near: Vec<usize> = vec![head];
        while let Some(token) = near.pop().filter(|_| found.len() < 4) {
            let beside =
                self.tree.children_by(token, &["appos", "npadvmod"]).filter(|&it| it > token).collect::<Vec<_>>();
            let inside = self.tree.objects_of(token, "in");
            for next in beside.into_iter().chain(inside) {
                if let Some(thing) =
                    self.fillers.thing(next).filter(|it| it.sort.is_among(kinds) && it.argument.entity.is_some())
                {
                    found.push(thing.argument);
                    near.push(next);
                }
            }
        }
        found
    }

    /// The words of a noun phrase, without clauses and appositions.
    fn phrase(&self, head: usize) -> Span {
        let (mut first, mut last) = (head, head);
        let mut near = vec![head];
        while let Some(token) = near.pop() {
            first = first.min(token);
            last = last.max(token);
            near.extend(self.tree.children_by(
                token,
                &["compound", "amod", "nmod", "poss", "nummod", "prep", "pobj", "case", "quantmod"],
            ));
        }
        self.layers.text.span(first..last + 1)
    }
}

/// The spans, those that touch as one: "re", "-" and "election" of "re-election".
fn touching(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut found: Vec<Span> = Vec::new();
    for span in spans {
        match found.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => found.push(span),
        }
    }
    found
}
