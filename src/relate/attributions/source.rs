//! Who says it: the words, in full, and the entity that they stand for.

use std::collections::HashMap;
use std::ops::Range;

use super::{Layers, Scene};
use crate::document::{EntityId, Kind, Mention, Speaker, only_named};
use crate::resources::Resources;
use crate::span::Span;

/// The words that stand for a source.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) head: usize,
    /// The whole noun phrase, with titles, appositions and relative clauses.
    pub(super) tokens: Range<usize>,
    pub(super) span: Span,
}

/// What is known of who words stand for.
pub(super) struct Sources<'a> {
    pub(super) layers: &'a Layers<'a>,
    pub(super) resources: &'a Resources,
    /// The entity of the chain in which a phrase with this head surely stands.
    referring: HashMap<Span, EntityId>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(layers: &'a Layers<'a>, resources: &'a Resources) -> Self {
        let chains = layers.chains.iter().filter_map(|chain| Some((chain.entity?, chain)));
        let sure = chains.flat_map(|(entity, chain)| {
            let references = chain.references.iter().filter(|reference| reference.is_sure);
            references.map(move |reference| (reference.head, entity))
        });
        Self { layers, resources, referring: sure.collect() }
    }

    /// The words with their entity: what the head names, what is named beside it ("spokesman Jim Doe", "the weekly Herald"), who
    /// speaks in the quote ("I"), what it surely refers to.
    pub(super) fn speaker(&self, words: &Words) -> Speaker {
        let head = self.layers.text.tokens()[words.head].span;
        if self.are_several(words) {
            return Speaker { span: words.span, entity: None };
        }
        let entity = self
            .named(head)
            .or_else(|| self.beside(words))
            .or_else(|| self.quoted(words))
            .or_else(|| self.referring.get(&head).copied());
        Speaker { span: words.span, entity }
    }

    /// Whether a phrase names two who say it together: "Lang and Berg".
    fn are_several(&self, words: &Words) -> bool {
        let text = self.layers.text;
        let named = |token: usize| self.named(text.tokens()[token].span);
        let is_other = |token: usize| named(token).is_some() && named(token) != named(words.head);
        // "The mayor and the head of police, Lang": what the second is named by stands beside it.
        let mut joined = text.children_by(words.head, &["conj"]).filter(|token| words.tokens.contains(token));
        // "Harbour & Sons" is one.
        let is_one = text.children_by(words.head, &["cc"]).any(|joint| text.word(joint) == "&");
        !is_one && joined.any(|token| is_other(token) || text.children_by(token, &["appos"]).any(is_other))
    }

    /// For whom an unnamed spokesperson speaks: the only one that the words name ("a spokesman for Mr Roe").
    pub(super) fn behalf(&self, words: &Words) -> Option<EntityId> {
        if !self.resources.attributions.has_spokesperson(words.span.of(self.layers.text.content())) {
            return None;
        }
        let can_be = |entity: EntityId| {
            matches!(self.kind(entity), Some(Kind::Person | Kind::Organization | Kind::Region | Kind::Group))
        };
        only_named(self.layers.mentions, words.span, can_be)
    }

    /// The speaker of the quote in which a source is "I".
    fn quoted(&self, words: &Words) -> Option<EntityId> {
        if !self.layers.text.word(words.head).eq_ignore_ascii_case("i") {
            return None;
        }
        let quotes = self.layers.quotes;
        let after = quotes.partition_point(|quote| quote.span.end < words.span.end);
        quotes.get(after).filter(|quote| quote.span.contains(words.span))?.speaker?.entity
    }

    /// The tokens of the name that holds a token.
    fn name_at(&self, token: usize) -> Option<Range<usize>> {
        let text = self.layers.text;
        let place = text.tokens()[token].span;
        let mention = self.mention_over(place).filter(|mention| mention.span.contains(place))?;
        Some(text.tokens_in(mention.span))
    }

    /// The first mention that shares a letter with a place.
    pub(super) fn mention_over(&self, place: Span) -> Option<&Mention> {
        let mentions = self.layers.mentions;
        let after = mentions.partition_point(|mention| mention.span.end <= place.start);
        mentions.get(after).filter(|mention| mention.span.overlaps(place))
    }

    pub(super) fn named(&self, place: Span) -> Option<EntityId> {
        self.mention_over(place).map(|mention| mention.entity)
    }
}

impl Scene<'_> {
    /// The whole noun phrase of a head, less the word that attributes and what depends on that.
    pub(super) fn noun_phrase(&self, head: usize, cue: usize) -> Words {
        let is_part = |token: usize| {
            self.tree.is_under(token, head)
                && !(cue != head && self.tree.is_under(token, cue) && self.tree.is_under(cue, head))
        };
        let under = self.tree.under(head);
        // What is not a part ends the phrase: the clause of "officials who say that …".
        let start =
            (under.start..head).rev().take_while(|&token| is_part(token) && token != cue).last().unwrap_or(head);
        let end = (head + 1..under.end).take_while(|&token| is_part(token) && token != cue).last().unwrap_or(head) + 1;
        let start = self.past_stamp(start..head);
        // "A spokesman for Acme called reporters and said": the verb joined to the one that says it is no part of the phrase.
        let joined = self.tree.head(cue).filter(|&verb| self.tree.dep(cue) == "conj" && self.tree.dep(verb) == "acl");
        let end = joined.map_or(end, |verb| end.min(self.tree.under(verb).start.max(head + 1)));
        let mut tokens = self.trimmed(start..end);
        // A pronoun of a relative clause goes with the clause.
        while tokens.len() > 1 && tokens.end - 1 > head && matches!(self.tree.token(tokens.end - 1).tag, "WP" | "WDT") {
            tokens.end -= 1;
            tokens = self.trimmed(tokens);
        }
        if !tokens.contains(&head) {
            tokens = head..head + 1;
        }
        // The tree may cut a name: "UK Anti-Doping said".
        if let Some(name) = self.sources.name_at(head).filter(|name| name.start < tokens.start) {
            tokens.start = name.start;
        }
        Words { head, span: self.tree.text.span(tokens.clone()), tokens }
    }

    /// Where a phrase begins behind a date that runs into it: "4 Jun 2018 Police negotiators".
    fn past_stamp(&self, before: Range<usize>) -> usize {
        let is_year = |token: usize| {
            let word = self.tree.word(token);
            word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
                && word.chars().all(|c| c.is_ascii_digit())
        };
        let is_month = |token: usize| {
            let word = self.tree.word(token);
            word.starts_with(char::is_uppercase) && self.sources.resources.times.is_month(word)
        };
        let is_stamped = |token: &usize| {
            let mut earlier = (before.start..*token).rev().filter(|&token| !self.is_mark(token));
            is_year(*token) && earlier.by_ref().take(2).any(is_month)
        };
        let Some(year) = before.clone().rfind(is_stamped) else { return before.start };
        let is_rest =
            |token: &usize| self.is_mark(*token) || self.tree.word(*token).contains(|c: char| c.is_ascii_digit());
        (year + 1..before.end).find(|token| !is_rest(token)).unwrap_or(before.end)
    }

    /// A phrase with the rest of a name that the tree hangs elsewhere: "Jane Roe, convenor, Norden Schools Association, has said".
    pub(super) fn to_cue(&self, words: Words, cue: &Range<usize>) -> Words {
        let rest = self.trimmed(words.tokens.end..cue.start.max(words.tokens.end));
        let is_name = |token: usize| {
            let word = self.tree.word(token);
            word.starts_with(char::is_uppercase)
                || self.is_mark(token)
                || matches!(word, "of" | "and" | "for" | "the" | "&")
        };
        let is_loose = rest.clone().next().is_some_and(|first| {
            self.tree.word(first).starts_with(char::is_uppercase) && self.tree.token(first).pos != "PRON"
        });
        let is_of_verb =
            |token: usize| matches!(self.tree.dep(token), "npadvmod" | "prep" | "advmod" | "pobj" | "dobj" | "dative");
        if !is_loose || !rest.clone().all(|token| is_name(token) && !is_of_verb(token)) {
            return words;
        }
        let tokens = words.tokens.start..rest.end;
        Words { head: words.head, span: self.tree.text.span(tokens.clone()), tokens }
    }

    /// A phrase with a person's name set off behind it, where the tree puts that elsewhere: "the coach, Jane Roe, …".
    pub(super) fn with_name_behind(&self, words: Words) -> Words {
        let (comma, tokens) = (words.tokens.end, self.tree.text.tokens());
        if comma + 1 >= tokens.len() || self.tree.word(comma) != "," {
            return words;
        }
        let place = tokens[comma + 1].span;
        let after = self.layers.mentions.partition_point(|mention| mention.span.start < place.start);
        let is_person = |entity: EntityId| self.layers.entities.get(entity).is_some_and(|e| e.kind == Kind::Person);
        let named = self.layers.mentions.get(after).filter(|it| it.span.start == place.start && is_person(it.entity));
        let Some(named) = named else { return words };
        let end = self.tree.text.tokens_in(named.span).end;
        let is_set_off = tokens.get(end).is_none_or(|_| self.is_mark(end));
        if !is_set_off {
            return words;
        }
        let tokens = words.tokens.start..end;
        Words { head: words.head, span: self.tree.text.span(tokens.clone()), tokens }
    }

    /// The head of the subject of a verb, or of the copula of an adjective: its own, or one that it shares.
    pub(super) fn subject(&self, word: usize) -> Option<usize> {
        let verb = if self.tree.token(word).pos == "ADJ" { self.tree.head(word)? } else { word };
        if self.is_told(verb) { None } else { self.subject_of_verb(verb, 0) }
    }

    /// "Nurse saw nothing, court told": who is told something does not say it.
    fn is_told(&self, verb: usize) -> bool {
        let sentence = self.tree.text.sentence_of(verb);
        let ends = verb + 1 >= sentence.end || self.is_mark(verb + 1);
        self.tree.lemma(verb) == "tell" && ends && self.tree.child(verb, &["dobj", "dative", "agent"]).is_none()
    }

    fn subject_of_verb(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(by) = self.tree.child(verb, &["agent"]) {
            return self.tree.child(by, &["pobj"]);
        }
        let own = self
            .tree
            .children_by(verb, &["nsubj"])
            .rfind(|&child| self.tree.lemma(child) != "it" || self.is_referring(child));
        match own {
            Some(own) if self.is_relative(own) => {
                return if self.tree.dep(verb) == "relcl" { self.tree.head(verb) } else { None };
            }
            Some(own) => return Some(own),
            None => {}
        }
        // "Asked whether …, she said": a participle without an auxiliary is passive.
        let is_participle = self.tree.token(verb).tag == "VBN" && self.tree.child(verb, &["aux"]).is_none();
        let is_passive = is_participle && self.tree.dep(verb) != "conj"
            || self.tree.child(verb, &["nsubjpass", "auxpass", "expl"]).is_some();
        let above = self.tree.head(verb).filter(|_| !is_passive && depth < 4)?;
        let is_aim = self.tree.children_by(verb, &["aux"]).any(|it| self.tree.token(it).tag == "TO");
        let cue = self.goes_with(verb);
        match self.tree.dep(verb) {
            "acl" if is_aim && !self.may_speak(above) => None,
            "acl" if self.tree.token(verb).tag != "VBN" => Some(above),
            "xcomp" => self.controller(above, depth),
            _ if cue.is_some() => cue.and_then(|cue| self.subject_of_verb(cue, depth + 1)),
            "conj" if self.is_of_main_clause(verb, above) => {
                self.tree.head(self.tree.above(above)).and_then(|main| self.subject_of_verb(main, depth + 1))
            }
            "conj" | "advcl" | "pcomp" | "prep" | "dep" => self.subject_of_verb(above, depth + 1),
            _ => None,
        }
    }

    /// "Lang met the people who had marched and assured them": a verb in the tense of the main clause, hung on a relative clause in another.
    fn is_of_main_clause(&self, verb: usize, above: usize) -> bool {
        self.tree.dep(above) == "relcl" && self.is_simple_past(verb) && self.tree.child(above, &["aux"]).is_some()
    }

    /// Who does what an infinitive says: the object of "asked", else the subject.
    fn controller(&self, verb: usize, depth: usize) -> Option<usize> {
        if self.tree.token(verb).pos == "ADJ" {
            return self.subject(verb);
        }
        // "It will take some time to confirm": what cannot speak does not say it.
        let object = self.tree.child(verb, &["dobj"]).filter(|&object| self.may_speak(object));
        let subject = self.tree.child(verb, &["nsubj", "nsubjpass"]);
        let subject = subject.filter(|&subject| self.tree.lemma(subject) != "it" || self.is_referring(subject));
        object
            .filter(|_| self.tree.child(verb, &["nsubj"]).is_some() && !self.data.is_silence(&self.tree.lemma(verb)))
            .or(subject)
            .or_else(|| self.subject_of_verb(verb, depth + 1))
    }

    /// Whether a subject is "who", "which" or "that", and not the health agency that is spelled like one.
    fn is_relative(&self, subject: usize) -> bool {
        let is_acronym = self.tree.word(subject).chars().all(char::is_uppercase);
        matches!(self.tree.token(subject).tag, "WP" | "WDT") && !is_acronym
    }

    /// Of whom a participle tells a state of mind: "he was convinced".
    pub(super) fn sufferer(&self, verb: usize) -> Option<usize> {
        self.tree.child(verb, &["nsubjpass", "nsubj"])
    }

    /// Whether an "it" stands for something: not in "it is said that".
    fn is_referring(&self, it: usize) -> bool {
        let verb = self.tree.head(it);
        verb.is_some_and(|verb| self.tree.child(verb, &["auxpass", "acomp"]).is_none())
    }

    /// Behind "by", "of" or "from".
    pub(super) fn by(&self, noun: usize) -> Option<usize> {
        let by = self
            .tree
            .children_by(noun, &["agent", "prep"])
            .find(|&child| matches!(self.tree.word(child).to_lowercase().as_str(), "by" | "of" | "from" | "among"))?;
        self.tree.child(by, &["pobj"])
    }

    /// The subject of the verb of which a noun is the object: "the bank made the claim".
    pub(super) fn giver(&self, noun: usize) -> Option<usize> {
        let verb = self.tree.head(noun).filter(|_| self.tree.dep(noun) == "dobj")?;
        if self.data.is_giver(&self.tree.lemma(verb)) { self.subject_of_verb(verb, 0) } else { None }
    }
}
