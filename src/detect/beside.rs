//! The nouns beside a name that say what it is a name of.

use crate::span::Span;
use crate::text::Text;

/// Those nouns in their dictionary forms: "the newspaper X", "X, a newspaper", "the city of X", "X is a newspaper".
pub(crate) fn nouns(text: &Text, name: Span) -> Vec<String> {
    let tokens = text.tokens();
    let within = text.tokens_in(name);
    let Some(head) = within.clone().find(|&token| !within.contains(&tokens[token].head)) else { return Vec::new() };
    let above = tokens[head].head;
    let appositions = text.children_by(head, &["appos"]);
    let before = within.start.checked_sub(1).filter(|&before| {
        let joined = tokens[before].head == head && tokens[before].dep == "compound";
        joined || above == before && tokens[head].dep == "appos"
    });
    let of = within.start.checked_sub(2).filter(|&noun| {
        let article = noun.checked_sub(1).is_some_and(|article| text.word(article).eq_ignore_ascii_case("the"));
        // "The capital of X" is no X.
        let is_whole = *tokens[noun].lemma != *"capital";
        text.word(noun + 1) == "of" && article && tokens[head].dep == "pobj" && is_whole
    });
    let is = Some(above).filter(|&verb| tokens[head].dep == "nsubj" && *tokens[verb].lemma == *"be");
    let attributes = is.into_iter().flat_map(|verb| text.children_by(verb, &["attr"]));
    // "The daily X": what comes out daily is called so, whatever the tagger has it for.
    let paper = within
        .start
        .checked_sub(1)
        .filter(|&it| matches!(text.word(it), "daily" | "weekly" | "monthly" | "tabloid" | "broadsheet"));
    let paper = paper.filter(|&it| it > 0 && tokens[it - 1].pos == "DET").map(|_| "newspaper".to_owned());
    let beside = appositions.chain(before).chain(of).chain(attributes);
    let nouns = beside.filter(|&noun| tokens[noun].pos == "NOUN").map(|noun| tokens[noun].lemma.to_lowercase());
    paper.into_iter().chain(nouns).collect()
}
