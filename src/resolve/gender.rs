//! What the words beside a person's name tell of the person's gender.

use std::ops::Range;

use crate::resources::Resources;
use crate::resources::names::Gender;
use crate::span::Span;
use crate::text::Text;

/// What tells a gender, for one mention.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// By an honorific or a noun for the person ("Ms", "brother").
    by_word: Option<Gender>,
    /// By the given name of a full name.
    by_name: Option<Gender>,
    /// By a pronoun after the only name of a sentence.
    by_pronoun: Option<Gender>,
    /// By a name of one word, which may be a given name.
    by_word_alone: Option<Gender>,
}

/// The gender that mentions of one person tell, by the surest kind of evidence there is: none where nothing tells it, or where
/// they contradict each other.
pub(crate) fn agreed(evidence: &[Evidence]) -> Option<Gender> {
    let kinds: [fn(&Evidence) -> Option<Gender>; 4] = [
        |evidence| evidence.by_word,
        |evidence| evidence.by_name,
        |evidence| evidence.by_pronoun,
        |evidence| evidence.by_word_alone,
    ];
    let told = kinds.iter().map(|kind| evidence.iter().filter_map(kind).collect::<Vec<_>>());
    told.into_iter().find(|told| !told.is_empty()).and_then(|told| unanimous(&told))
}

fn unanimous(told: &[Gender]) -> Option<Gender> {
    told.first().copied().filter(|first| told.iter().all(|other| other == first))
}

/// What one mention of a person tells; `persons` are the mentions of all persons.
pub(crate) fn evidence(text: &Text, name: Span, persons: &[Span], resources: &Resources) -> Evidence {
    let tokens = text.tokens_in(name);
    let by_word = by_honorific(text, &tokens, resources).or_else(|| by_noun(text, &tokens, resources));
    Evidence {
        by_word,
        by_name: by_name(text, name, resources),
        by_pronoun: by_pronoun(text, &tokens, persons, resources),
        by_word_alone: resources.given_names.gender(name.of(text.content())),
    }
}

/// The honorific right before a name.
pub(crate) fn honorific<'a>(text: &'a Text, name: Span, resources: &Resources) -> Option<&'a str> {
    let first = text.tokens_in(name).start;
    let before = first.checked_sub(1).filter(|before| text.sentence_of(first).contains(before))?;
    let word = text.word(before).trim_end_matches('.');
    resources.names.is_courtesy(word).then_some(word)
}

fn by_name(text: &Text, name: Span, resources: &Resources) -> Option<Gender> {
    let (given, _) = name.of(text.content()).split_once(' ')?;
    resources.names.gender_of_name(given).or_else(|| resources.given_names.gender(given))
}

fn by_honorific(text: &Text, tokens: &Range<usize>, resources: &Resources) -> Option<Gender> {
    let first = tokens.start;
    let sentence = text.sentence_of(first);
    let near = (1..=2).filter_map(|back| first.checked_sub(back)).filter(|token| sentence.contains(token));
    let mut words = near.map(|token| text.word(token));
    let direct = words.next()?;
    let told = resources.names.gender(direct);
    let titled = resources.titles.head_length(&[direct]).is_some();
    told.or_else(|| words.next().filter(|_| titled).and_then(|word| resources.names.gender(word)))
}

/// A noun in apposition: "her brother, John Doe", "John Doe, her brother,".
fn by_noun(text: &Text, tokens: &Range<usize>, resources: &Resources) -> Option<Gender> {
    let all = text.tokens();
    let head = tokens.clone().find(|&token| !tokens.contains(&all[token].head))?;
    let gender = |token: usize| resources.names.gender_of_noun(&text.word(token).to_lowercase());
    let above = Some(all[head].head).filter(|_| matches!(all[head].dep, "appos" | "compound" | "nmod"));
    let below = text.children_by(head, &["appos", "compound", "nmod"]);
    above.into_iter().chain(below).filter(|token| all[*token].pos == "NOUN").find_map(gender)
}

/// "Jane Roe said she": the first pronoun after the only person of a sentence, or at the beginning of the next one.
fn by_pronoun(text: &Text, tokens: &Range<usize>, persons: &[Span], resources: &Resources) -> Option<Gender> {
    let sentence = text.sentence_of(tokens.start);
    let span = text.span(sentence.clone());
    let named = persons.iter().filter(|person| span.contains(**person)).count();
    let quoted = span.of(text.content()).contains(['“', '”', '"', '‘']);
    if named != 1 || quoted {
        return None;
    }
    let follows = text.tokens().get(sentence.end).map(|_| sentence.end);
    let gender = |token: usize| resources.sayings.gender(text.word(token));
    (tokens.end..sentence.end).find_map(gender).or_else(|| follows.and_then(gender))
}
