//! What can be said of two phrases of a sentence and the way from one to the other: what the learned rule goes by.

use super::clauses::Clauses;
use super::filler::{Fillers, Sort};
use crate::document::{Argument, Entity, Kind, TimeId};

/// The longest way between two phrases that is looked at, in steps.
const FAR: usize = 12;

/// A phrase of a sentence that may be an argument of a fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) head: usize,
    pub(super) argument: Argument,
    /// None for a time.
    pub(super) sort: Option<Sort>,
    pub(super) time: Option<TimeId>,
}

/// The phrases of a sentence in its order.
pub(super) fn phrases(tree: &Clauses<'_>, fillers: &Fillers<'_>, sentence: std::ops::Range<usize>) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    for token in sentence {
        let head = tree.above(token);
        if let Some(time) = fillers.time(token) {
            if head == token || fillers.time(head) != Some(time) {
                let argument = Argument { span: tree.token(token).span, entity: None };
                if found.iter().all(|other| other.time != Some(time)) {
                    found.push(Phrase { head: token, argument, sort: None, time: Some(time) });
                }
            }
            continue;
        }
        if let Some(mention) = fillers.mention_at(token) {
            let inside = head != token && fillers.mention_at(head) == Some(mention);
            let thing = fillers.named(mention);
            if !inside && found.iter().all(|other| other.argument.span != thing.argument.span) {
                found.push(Phrase { head: token, argument: thing.argument, sort: Some(thing.sort), time: None });
            }
            continue;
        }
        // A noun that says what a thing is ("is the head of") stands for no other.
        let is_noun = tree.token(token).pos == "NOUN" && !matches!(tree.dep(token), "nsubj" | "nsubjpass" | "poss");
        if tree.is_relative(token) || is_noun || tree.token(token).pos == "PROPN" {
            continue;
        }
        if let Some(thing) = fillers.own(token) {
            found.push(Phrase { head: token, argument: thing.argument, sort: Some(thing.sort), time: None });
        }
    }
    found
}

/// What is said of a pair.
pub(super) fn features(
    tree: &Clauses<'_>,
    fillers: &Fillers<'_>,
    entities: &[Entity],
    from: &Phrase,
    to: &Phrase,
) -> Vec<String> {
    let (s, o) = (name(from), name(to));
    let mut found = vec![format!("kinds {s} {o}")];
    let word = |token: usize| tree.token(token).lemma.to_lowercase();
    if let Some(way) = way(tree, from.head, to.head) {
        let top = way.top;
        let inner: Vec<usize> =
            way.up.iter().skip(1).chain(way.down.iter().skip(1)).copied().filter(|it| *it != top).collect();
        let deps = |tokens: &[usize]| tokens.iter().map(|&it| tree.dep(it)).collect::<Vec<_>>().join("<");
        let (up, down) = (deps(&way.up), deps(&way.down));
        let shape = format!("{up} ^ {down}");
        let prepositions: Vec<String> =
            inner.iter().filter(|&&it| tree.token(it).pos == "ADP").map(|&it| word(it)).collect();
        let top_word = if top == from.head || top == to.head { String::from("-") } else { word(top) };
        let words: Vec<String> = inner.iter().map(|&it| word(it)).collect();
        found.push(format!("way {s} {o} {shape}"));
        found.push(format!("way {s} {o} {shape} {top_word} {}", words.join(" ")));
        found.push(format!("top {s} {o} {top_word} {}", prepositions.join(" ")));
        found.push(format!("top {s} {o} {top_word}"));
        found.push(format!("ends {s} {o} {} {}", tree.dep(from.head), tree.dep(to.head)));
        found.push(format!("preps {s} {o} {}", prepositions.join(" ")));
        found.push(format!("length {s} {o} {}", way.up.len() + way.down.len()));
        for inner in inner.iter().chain([&top]).filter(|&&it| it != from.head && it != to.head) {
            found.push(format!("on {s} {o} {}", word(*inner)));
            for child in tree.children(*inner) {
                if matches!(
                    tree.dep(child),
                    "dobj" | "attr" | "oprd" | "prt" | "acomp" | "auxpass" | "neg" | "compound" | "amod"
                ) && child != from.head
                    && child != to.head
                {
                    found.push(format!("beside {s} {o} {} {}", tree.dep(child), word(child)));
                }
            }
        }
    } else {
        found.push(format!("far {s} {o}"));
    }
    let (first, second) = if from.head < to.head { (from, to) } else { (to, from) };
    let order = if from.head < to.head { ">" } else { "<" };
    let start = tree.text.tokens_in(first.argument.span).end;
    let end = tree.text.tokens_in(second.argument.span).start;
    let gap = end.saturating_sub(start);
    found.push(format!("order {s} {o} {order}"));
    found.push(format!("gap {s} {o} {order} {}", gap.min(12) / 2));
    if gap <= 8 {
        for token in start..end {
            found.push(format!("between {s} {o} {order} {}", word(token)));
        }
        if gap <= 4 {
            let words: Vec<String> = (start..end).map(word).collect();
            found.push(format!("words {s} {o} {order} {}", words.join(" ")));
        }
    }
    for (role, phrase) in [("s", from), ("o", to)] {
        let tokens = tree.text.tokens_in(phrase.argument.span);
        let sentence = tree.text.sentence_of(phrase.head);
        let before = tokens.start.checked_sub(1).filter(|&it| it >= sentence.start);
        let two = tokens.start.checked_sub(2).filter(|&it| it >= sentence.start);
        found.push(format!("before {role} {s} {o} {}", before.map_or_else(String::new, word)));
        if let (Some(two), Some(one)) = (two, before) {
            found.push(format!("before {role} {s} {o} {} {}", word(two), word(one)));
        }
        let after = Some(tokens.end).filter(|it| sentence.contains(it));
        found.push(format!("after {role} {s} {o} {}", after.map_or_else(String::new, word)));
        for child in tree.children(phrase.head) {
            if !tokens.contains(&child)
                && matches!(tree.dep(child), "appos" | "compound" | "amod" | "poss" | "relcl" | "acl")
            {
                found.push(format!("child {role} {s} {o} {} {}", tree.dep(child), word(child)));
            }
        }
        found.push(format!("head {role} {s} {o} {} {}", tree.dep(phrase.head), word(tree.above(phrase.head))));
        if let Some(entity) = phrase.argument.entity.and_then(|id| entities.get(id)) {
            if let Some(class) = phrase.argument.entity.and_then(|id| fillers.class(id)) {
                found.push(format!("class {role} {s} {o} {class}"));
            }
            if let (Some(first), Some(last)) = (entity.name.split(' ').next(), entity.name.split(' ').next_back())
                && !matches!(entity.kind, Kind::Person | Kind::Region)
            {
                found.push(format!("named {role} {} {}", s, first.to_lowercase()));
                found.push(format!("named {role} {} {}", s, last.to_lowercase()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The sort of a phrase as a word.
fn name(phrase: &Phrase) -> &'static str {
    match phrase.sort {
        None => "Time",
        Some(Sort::Of(kind)) => kind.name(),
        Some(Sort::Human) => "Person",
        Some(Sort::Thing) => "Thing",
        Some(Sort::Any) => "Any",
    }
}

/// The way between two tokens: from each up to where they meet.
pub(super) struct Way {
    /// From the one, without where they meet.
    pub(super) up: Vec<usize>,
    /// From the other, without where they meet.
    pub(super) down: Vec<usize>,
    /// Where they meet.
    pub(super) top: usize,
}

pub(super) fn way(tree: &Clauses<'_>, from: usize, to: usize) -> Option<Way> {
    let climb = |token: usize| {
        let mut path = vec![token];
        while path.len() < FAR {
            let last = path[path.len() - 1];
            let head = tree.above(last);
            if head == last {
                break;
            }
            path.push(head);
        }
        path
    };
    let (up, down) = (climb(from), climb(to));
    let top = up.iter().copied().find(|token| down.contains(token))?;
    let until = |path: Vec<usize>| path.into_iter().take_while(|&it| it != top).collect::<Vec<_>>();
    Some(Way { up: until(up), down: until(down), top })
}
