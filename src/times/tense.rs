//! In which direction a bare "Monday" or "in May" lies: the tense of the verb that it goes with.

use crate::resources::times::Times;
use crate::text::Text;

/// Where a time lies, seen from the article's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

/// The direction of the clause around a token. News tells what happened: without a sign of the future, it is the past.
pub(super) fn direction(text: &Text, token: usize, times: &Times) -> Direction {
    let tokens = text.tokens();
    let deadline = times.is_deadline(&text.word(tokens[token].head).to_lowercase());
    let mut at = token;
    while !matches!(tokens[at].pos, "VERB" | "AUX") {
        if tokens[at].head == at {
            return Direction::Past;
        }
        at = tokens[at].head;
    }
    if deadline && !text.children_by(at, &["aux"]).any(|helper| text.word(helper) == "had") {
        return Direction::Future;
    }
    // The verbs of one chain share their time: "is expected to be able to vote".
    loop {
        if let Some(direction) = of_verb(text, at, times) {
            return direction;
        }
        let head = tokens[at].head;
        // "Had been due to fight on May 14".
        let is_past_plan =
            tokens[at].dep == "xcomp" && text.children_by(head, &["aux"]).any(|it| text.word(it) == "had");
        if is_past_plan || head == at || !matches!(tokens[at].dep, "xcomp" | "conj" | "ccomp" | "pcomp" | "acomp") {
            return Direction::Past;
        }
        at = head;
    }
}

fn of_verb(text: &Text, verb: usize, times: &Times) -> Option<Direction> {
    let tokens = text.tokens();
    let mut helpers = text.children_by(verb, &["aux", "auxpass"]);
    let is_auxiliary = |helper: usize| times.is_future_auxiliary(&text.word(helper).to_lowercase());
    if helpers.any(is_auxiliary)
        && !text.children_by(verb, &["aux"]).any(|helper| tokens[helper].lemma.as_ref() == "have")
    {
        return Some(Direction::Future);
    }
    let infinitive = text.children_by(verb, &["aux"]).any(|helper| tokens[helper].tag == "TO");
    if infinitive {
        let head = tokens[verb].head;
        let modifies = matches!(tokens[verb].dep, "acl" | "relcl");
        let planned = modifies || head != verb && times.is_planned(&tokens[head].lemma);
        return Some(if planned { Direction::Future } else { Direction::Past });
    }
    match tokens[verb].tag {
        "VBD" | "VBN" => Some(Direction::Past),
        "VBZ" | "VBP" if times.is_scheduled(&tokens[verb].lemma) => Some(Direction::Future),
        "VBG" if text.children_by(verb, &["aux"]).any(|be| matches!(tokens[be].tag, "VBZ" | "VBP")) => {
            Some(Direction::Future)
        }
        _ => None,
    }
}
