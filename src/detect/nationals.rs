//! "The Dane said": a word for somebody of a country that stands for one whom the text has named, and is no name.

use super::Candidate;
use crate::resources::Resources;
use crate::text::Text;

/// Whether a token is such a word, with "the" before it, and says nothing of a noun behind it ("the Italian government").
pub(crate) fn is_one(text: &Text, resources: &Resources, token: usize) -> bool {
    let analysed = &text.tokens()[token];
    let first = text.sentence_of(token).start;
    resources.demonyms.is_person(text.word(token))
        && token > first
        && text.word(token - 1).eq_ignore_ascii_case("the")
        && matches!(analysed.dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "dative" | "agent" | "poss")
        && text.children(token).all(|child| child < token || matches!(analysed.dep, "poss"))
}

/// Leaves out what is no name.
pub(super) fn leave_out(text: &Text, resources: &Resources, found: &mut Vec<Candidate>) {
    found.retain(|candidate| {
        let tokens = text.tokens_in(candidate.span);
        tokens.len() != 1 || !is_one(text, resources, tokens.start)
    });
}
