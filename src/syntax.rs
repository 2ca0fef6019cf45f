//! Mends what the parser commonly mistakes in news, where a person is introduced by a post and the post by its institution, or has a
//! rare name.
//!
//! "The governor of Norland, Ada Berg, denied it" has a verb that may be a participle, and a name that stands closer to the
//! institution than to the post. The parser then takes "denied" for what Ada Berg is, and her for what Norland is. In "'…,' Aas said" it
//! may take a name that it does not know for an interjection.

use std::ops::Range;

use crate::resources::titles::Titles;
use crate::text::{Text, Token};

/// The text with trees that were mended.
pub(crate) fn mended(text: Text, titles: &Titles) -> Text {
    let verbs = text.sentences().iter().filter_map(|sentence| main_verb(&text, sentence)).collect::<Vec<_>>();
    let names = (0..text.tokens().len()).filter_map(|token| Some((token, holder(&text, titles, token)?)));
    let names = names.collect::<Vec<_>>();
    let subjects = text.names().iter().filter_map(|name| speaker(&text, &name.tokens)).collect::<Vec<_>>();
    let owned = (0..text.tokens().len()).filter_map(|token| whose(&text, token)).collect::<Vec<_>>();
    if verbs.is_empty() && names.is_empty() && subjects.is_empty() && owned.is_empty() {
        return text;
    }
    let mut tokens = text.tokens().to_vec();
    for subject in subjects {
        tokens[subject] = Token { dep: "nsubj", pos: "PROPN", tag: "NNP", ..tokens[subject].clone() };
    }
    for (noun, verb) in owned {
        let owner = tokens[noun].head;
        // Where the parser has the verb say all that stands before it, that is the main clause.
        if let Some(clause) = text.children(verb).find(|&child| text.is_under(owner, child)) {
            tokens[clause] = Token { dep: "ROOT", head: clause, ..tokens[clause].clone() };
        }
        tokens[verb] = Token { dep: "relcl", head: owner, ..tokens[verb].clone() };
        tokens[noun] = Token { dep: "nsubj", head: verb, ..tokens[noun].clone() };
    }
    for (name, holder) in names {
        tokens[name].head = holder;
    }
    for verb in verbs {
        let subject = tokens[verb].head;
        for token in text.children(subject).filter(|&token| token > verb) {
            tokens[token].head = verb;
        }
        let (dep, head) = (tokens[subject].dep, tokens[subject].head);
        tokens[verb] =
            Token { dep, head: if head == subject { verb } else { head }, tag: "VBD", ..tokens[verb].clone() };
        tokens[subject] = Token { dep: "nsubj", head: verb, ..tokens[subject].clone() };
    }
    // Where two mends meet in a garbled sentence, a tree might close to a ring.
    if are_trees(&tokens) { text.with_trees(tokens) } else { text }
}

/// Whether a way up from every token ends at a root. No sentence is so deep that its tree needs more steps.
fn are_trees(tokens: &[Token]) -> bool {
    const DEEPEST: usize = 1000;
    let reaches_root = |token: usize| {
        let mut at = token;
        (0..DEEPEST).any(|_| {
            let is_root = tokens[at].head == at;
            at = tokens[at].head;
            is_root
        })
    };
    (0..tokens.len()).all(reaches_root)
}

/// The main verb of a sentence, where the parser has none: what was taken for a participle after its subject, from which it is parted by
/// an insertion ("The governor, Ada Berg, denied it").
fn main_verb(text: &Text, sentence: &Range<usize>) -> Option<usize> {
    let tokens = text.tokens();
    let subject = text.top(sentence).filter(|&root| matches!(tokens[root].pos, "NOUN" | "PROPN" | "PRON"))?;
    let is_mark = |token: usize| matches!(text.word(token), "," | "-" | "--" | "–" | "—" | ")");
    // "Seen" and "done" are participles only.
    let may_be_past = |token: usize| {
        let word = text.word(token).to_lowercase();
        !word.ends_with('n') && !matches!(word.as_str(), "done" | "gone" | "sung")
    };
    let is_main = |&verb: &usize| {
        let inside = subject + 1..verb;
        verb > subject + 3
            && matches!(tokens[verb].tag, "VBN" | "VBD")
            && is_mark(verb - 1)
            && inside.filter(|&token| is_mark(token) || text.word(token) == "(").count() > 1
            && may_be_past(verb)
            && text.children_by(verb, &["nsubj", "nsubjpass", "auxpass", "agent"]).next().is_none()
    };
    text.children_by(subject, &["acl"]).find(is_main)
}

/// The noun of "whose" and its verb, where the parser has the noun name its owner and gives the verb none of them ("the museum, whose
/// director, Ada Berg, said").
fn whose(text: &Text, token: usize) -> Option<(usize, usize)> {
    let tokens = text.tokens();
    let noun = tokens[token].head;
    let is_misread =
        tokens[token].tag == "WP$" && noun > token && tokens[noun].dep == "appos" && tokens[noun].head < token;
    let end = text.sentence_of(token).end.min(noun + 12);
    let verb = (noun + 1..end).filter(|_| is_misread).find(|&verb| matches!(tokens[verb].tag, "VBD" | "VBZ"))?;
    let is_free = text.children_by(verb, &["nsubj", "nsubjpass", "csubj", "expl"]).next().is_none();
    let is_below = tokens[verb].head != verb && text.is_under(tokens[noun].head, verb);
    (text.word(verb - 1) == "," && is_free && !is_below).then_some((noun, verb))
}

/// The head of a name right before a verb that has no subject, where the parser has it as something said in passing.
fn speaker(text: &Text, name: &Range<usize>) -> Option<usize> {
    let tokens = text.tokens();
    let head = text.top(name).filter(|&head| matches!(tokens[head].dep, "intj" | "npadvmod" | "advmod" | "dep"))?;
    let verb = tokens[head].head;
    let is_finite = matches!(tokens[verb].tag, "VBD" | "VBZ");
    let is_alone = text.children_by(verb, &["nsubj", "nsubjpass", "csubj", "expl"]).next().is_none();
    (verb == name.end && is_finite && is_alone).then_some(head)
}

/// The post whose holder a person's name is, where the parser has it name the institution of the post ("a spokesman for the agency,
/// Olav Lund").
fn holder(text: &Text, titles: &Titles, name: usize) -> Option<usize> {
    let tokens = text.tokens();
    let token = &tokens[name];
    let is_person = |token: usize| text.name_at(token).is_some_and(|name| name.label == "PERSON");
    let is_title = |token: usize| titles.head_length(&[&tokens[token].lemma]).is_some();
    if token.dep != "appos" || token.head > name || !is_person(name) {
        return None;
    }
    let institution = token.head;
    let is_inside = |token: usize| matches!(tokens[token].dep, "pobj" | "poss" | "compound" | "prep" | "conj");
    if tokens[institution].dep != "pobj" || is_person(institution) || is_title(institution) {
        return None;
    }
    let mut at = institution;
    while is_inside(at) && tokens[at].head < at {
        at = tokens[at].head;
        if tokens[at].pos == "NOUN" && is_title(at) {
            return Some(at);
        }
    }
    None
}
