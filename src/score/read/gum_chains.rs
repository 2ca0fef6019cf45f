//! The chains of GUM's mentions: as GUM has them, or in the manner of OntoNotes, as the published conversion (OntoGUM) makes them.

use std::ops::Range;

use super::gum::Raw;
use super::gum_names::Words;
use crate::document::Form;
use crate::score::sample::{Chain, Mention};
use crate::text::Text;

/// What closes an apposition: "the International Atomic Energy Agency (IAEA)".
const CLOSING: [&str; 8] = ["'", "\"", ")", "]", "’", "”", "）", "}"];

/// A chain with its mentions, in the order of the text.
pub(super) fn chain(text: &Text, words: &Words, raw: &[Raw], ontonotes: bool) -> Chain {
    let kind = raw.first().map_or("", |mention| mention.label.as_str());
    // Americans, the Tagbanuas: persons by the dozen are a group, as among the names.
    let label = if kind == "person" && is_people(text, words, raw) { "NORP" } else { kind }.to_owned();
    let parts = if ontonotes { as_ontonotes(text, words, raw) } else { as_annotated(text, words, raw) };
    let mentions = parts.into_iter().map(|part| part.mention(text)).collect();
    Chain { label, mentions }
}

/// A mention in the making.
struct Part {
    tokens: Range<usize>,
    heads: Vec<usize>,
    form: Form,
}

impl Part {
    fn mention(self, text: &Text) -> Mention {
        let span = text.span(self.tokens);
        let heads: Vec<_> = self.heads.iter().map(|&head| text.tokens()[head].span).collect();
        Mention { span, heads: if heads.is_empty() { vec![span] } else { heads }, form: self.form }
    }
}

fn as_annotated(text: &Text, words: &Words, raw: &[Raw]) -> Vec<Part> {
    let part = |mention: &Raw| Part {
        tokens: mention.tokens.clone(),
        heads: mention.heads.clone(),
        form: form(text, words, mention),
    };
    raw.iter().map(part).collect()
}

/// Predicates, what stands for clauses or points forward, and common nouns that modify another one are no mentions; a mention holds
/// its relative clauses and its appositions, and is by name when one of these is.
fn as_ontonotes(text: &Text, words: &Words, raw: &[Raw]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(raw.len());
    for mention in raw.iter().filter(|mention| is_mention(text, mention)) {
        let (tokens, form) = (with_clauses(text, &mention.tokens), form(text, words, mention));
        match parts.last_mut().filter(|_| mention.link == "appos") {
            Some(explained) => {
                explained.tokens.end = explained.tokens.end.max(closed(text, tokens.end));
                if form == Form::Name {
                    explained.form = form;
                }
            }
            None => parts.push(Part { tokens, heads: mention.heads.clone(), form }),
        }
    }
    parts
}

fn is_mention(text: &Text, mention: &Raw) -> bool {
    let is_common_modifier = || {
        let head = &text.tokens()[top(text, &mention.tokens)];
        head.dep == "compound" && !mention.tokens.clone().any(|token| text.tokens()[token].tag.starts_with("NNP"))
    };
    !matches!(mention.link.as_str(), "pred" | "disc" | "cata") && !is_common_modifier()
}

/// The word on which all others of a mention depend.
fn top(text: &Text, tokens: &Range<usize>) -> usize {
    text.top(tokens).unwrap_or(tokens.start)
}

/// A mention's tokens with those of the clauses that say more of it: GUM leaves out "where he stayed" after a comma.
fn with_clauses(text: &Text, tokens: &Range<usize>) -> Range<usize> {
    let clauses = text.children(top(text, tokens)).filter(|&child| text.tokens()[child].dep.starts_with("acl"));
    clauses
        .map(|clause| text.subtree(clause))
        .fold(tokens.clone(), |whole, clause| whole.start.min(clause.start)..whole.end.max(clause.end))
}

/// The end of an apposition with the bracket or quotation mark that closes it.
fn closed(text: &Text, end: usize) -> usize {
    let closes = text.tokens().get(end).is_some_and(|_| CLOSING.contains(&text.word(end)));
    if closes { end + 1 } else { end }
}

/// What sort of words a mention is, by those it cannot do without. One proper noun among them makes a name (the first word of
/// "United States" is tagged as a verb), but a title alone does not ("the Secretary").
pub(super) fn form(text: &Text, words: &Words, mention: &Raw) -> Form {
    let names = |&head: &usize| text.tokens()[head].pos == "PROPN" && !words.is_title(text.word(head));
    let head = mention.heads.first().copied().unwrap_or(mention.tokens.start);
    if mention.heads.iter().any(names) || mention.heads.is_empty() && names(&head) {
        return Form::Name;
    }
    match text.tokens()[head].pos {
        "PRON" => Form::Pronoun,
        "DET" if mention.tokens.len() == 1 => Form::Pronoun,
        _ => Form::Nominal,
    }
}

/// Whether all that names a chain is a proper noun in the plural.
fn is_people(text: &Text, words: &Words, raw: &[Raw]) -> bool {
    let mut named = raw.iter().filter(|mention| form(text, words, mention) == Form::Name).peekable();
    let is_plural = |mention: &Raw| text.tokens()[top(text, &mention.tokens)].tag == "NNPS";
    named.peek().is_some() && named.all(is_plural)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Options, gum};
    use crate::document::Form;

    const SAMPLE: &str = "\
# newdoc id = GUM_x
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\tEntity=(1-organization-new-n-cf1-2,3-coref-IAEA
2\tAtom\tAtom\tPROPN\tNNP\t_\t3\tcompound\t_\t_
3\tAgency\tAgency\tPROPN\tNNP\t_\t7\tnsubj\t_\tEntity=1)
4\t(\t(\tPUNCT\t-LRB-\t_\t5\tpunct\t_\tSpaceAfter=No
5\tIAEA\tIAEA\tPROPN\tNNP\t_\t3\tappos\t_\tEntity=(1-organization-giv-n-cf1-1-appos-IAEA)|SpaceAfter=No
6\t)\t)\tPUNCT\t-RRB-\t_\t5\tpunct\t_\t_
7\tsaw\tsee\tVERB\tVBD\t_\t0\troot\t_\t_
8\tits\tits\tPRON\tPRP$\t_\t10\tnmod:poss\t_\tEntity=(2-person-new-n-cf1-3-coref(1-organization-giv-n-cf1-1-ana)
9\twise\twise\tADJ\tJJ\t_\t10\tamod\t_\t_
10\tboss\tboss\tNOUN\tNN\t_\t7\tobj\t_\tEntity=2)|SpaceAfter=No
11\t,\t,\tPUNCT\t,\t_\t13\tpunct\t_\t_
12\twho\twho\tPRON\tWP\t_\t13\tnsubj\t_\t_
13\tleft\tleave\tVERB\tVBD\t_\t10\tacl:relcl\t_\tSpaceAfter=No
14\t:\t:\tPUNCT\t:\t_\t16\tpunct\t_\t_
15\tthe\tthe\tDET\tDT\t_\t16\tdet\t_\tEntity=(2-person-giv-n-cf1-2-coref
16\tSecretary\tSecretary\tPROPN\tNNP\t_\t7\tparataxis\t_\tEntity=2)
";

    fn mentions(ontonotes: bool) -> Vec<(String, Form)> {
        let options = Options { ontonotes, ..Options::default() };
        let sample = gum::read(Path::new("a.conllu"), SAMPLE, &options).unwrap().remove(0);
        let chains = sample.gold.chains.iter().flatten();
        chains.flat_map(|chain| &chain.mentions).map(|it| (it.span.of(sample.text()).to_owned(), it.form)).collect()
    }

    #[test]
    fn mentions_are_read_as_they_are_annotated() {
        let expected = [
            ("The Atom Agency", Form::Name),
            ("IAEA", Form::Name),
            ("its", Form::Pronoun),
            ("its wise boss", Form::Nominal),
            ("the Secretary", Form::Nominal),
        ];
        assert_eq!(mentions(false), expected.map(|(words, form)| (words.to_owned(), form)));
    }

    #[test]
    fn as_ontonotes_they_hold_appositions_brackets_and_clauses() {
        let expected = [
            ("The Atom Agency (IAEA)", Form::Name),
            ("its", Form::Pronoun),
            ("its wise boss, who left", Form::Nominal),
            ("the Secretary", Form::Nominal),
        ];
        assert_eq!(mentions(true), expected.map(|(words, form)| (words.to_owned(), form)));
    }
}
