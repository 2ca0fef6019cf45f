//! Persons whom the text tells to be relatives of one another, and so two: "President Okello's brother, Gen. Peter Okello".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::detect::Candidate;
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

/// How many words may stand between a possessor and the noun ("his late younger half-brother").
const MODIFIERS: usize = 4;
/// How many titles and commas may stand between a noun and the name that it introduces.
const TITLES: usize = 5;

/// Which names are of relatives.
#[derive(Default)]
pub(super) struct Kin {
    /// The names of two persons of whom one is called the other's relative, either way round.
    pairs: BTreeSet<(usize, usize)>,
    /// The names given to somebody's relative, with the place where that is told.
    relatives: BTreeMap<usize, usize>,
}

impl Kin {
    /// Reads all nouns of kinship; `of_candidate` tells the name of each candidate.
    pub(super) fn new(text: &Text, candidates: &[Candidate], of_candidate: &[usize], resources: &Resources) -> Self {
        let persons = candidates.iter().zip(of_candidate).filter(|(candidate, _)| candidate.kind == Kind::Person);
        let persons: Vec<_> = persons.map(|(candidate, &name)| (text.tokens_in(candidate.span), name)).collect();
        let reader = Reader { text, resources, persons };
        let mut kin = Self::default();
        for noun in (0..text.tokens().len()).filter(|&token| resources.names.is_kin(text.word(token))) {
            let possessor = reader.possessor(noun);
            let Some(relative) = possessor.as_ref().and_then(|possessor| reader.relative(noun, possessor)) else {
                continue;
            };
            let other = possessor.and_then(|possessor| possessor.name);
            if other != Some(relative) {
                kin.pairs.extend(other.into_iter().flat_map(|other| [(relative, other), (other, relative)]));
                kin.relatives.entry(relative).or_insert(text.tokens()[noun].span.start);
            }
        }
        kin
    }

    /// Whether two names are of two persons.
    pub(super) fn are_two(&self, one: usize, other: usize) -> bool {
        self.pairs.contains(&(one, other))
    }

    /// Whether a name was given to somebody's relative.
    pub(super) fn is_relative(&self, name: usize) -> bool {
        self.relatives.contains_key(&name)
    }

    /// Whether somebody was called so before the name was given to a relative: "Mr Okello … his brother, Peter Okello".
    pub(super) fn came_later(&self, name: usize, called_from: usize) -> bool {
        self.relatives.get(&name).is_some_and(|&introduced| called_from < introduced)
    }
}

/// Whose relative a noun speaks of.
struct Possessor {
    /// The name; none for a pronoun.
    name: Option<usize>,
    /// The tokens from the possessor's title or pronoun to the end of the noun's own words.
    tokens: Range<usize>,
}

struct Reader<'a> {
    text: &'a Text,
    resources: &'a Resources,
    persons: Vec<(Range<usize>, usize)>,
}

impl Reader<'_> {
    /// "his", "President Okello's" before the noun, or "of President Okello" after it.
    fn possessor(&self, noun: usize) -> Option<Possessor> {
        let sentence = self.text.sentence_of(noun);
        let nearest = (sentence.start..noun).rev().take(MODIFIERS);
        for token in nearest {
            match self.text.tokens()[token].tag {
                "PRP$" => return Some(Possessor { name: None, tokens: token..noun + 1 }),
                "POS" => {
                    let (name, of) = self.persons.iter().find(|(name, _)| name.end == token)?;
                    return Some(Possessor { name: Some(*of), tokens: self.with_titles(name.start)..noun + 1 });
                }
                "DT" => {
                    let after = self.after_titles(noun + 2).filter(|_| self.word(noun + 1) == "of")?;
                    let (name, of) = self.persons.iter().find(|(name, _)| name.start == after)?;
                    return Some(Possessor { name: Some(*of), tokens: token..name.end });
                }
                "," => return None,
                _ => {}
            }
        }
        None
    }

    /// The name of the relative: right after the noun and its possessor, or before them and set off by a comma or a form of "be".
    fn relative(&self, noun: usize, possessor: &Possessor) -> Option<usize> {
        // "brother-in-law"
        let end = if self.word(noun + 1) == "-" && self.word(noun + 2) == "in" { noun + 5 } else { noun + 1 };
        let after = self.after_titles(possessor.tokens.end.max(end));
        let introduced = |at: usize| self.persons.iter().find(|(name, _)| name.start == at);
        if let Some((_, name)) = after.and_then(introduced) {
            return Some(*name);
        }
        let mut end = possessor.tokens.start.checked_sub(1)?;
        if !matches!(self.text.word(end), "," | "is" | "was") {
            return None;
        }
        let is_age = |token: usize| self.text.word(token).parse::<u8>().is_ok();
        if end > 2 && is_age(end - 1) && self.text.word(end - 2) == "," {
            end -= 2;
        }
        self.persons.iter().find(|(name, _)| name.end == end).map(|(_, name)| *name)
    }

    /// The first token after titles and commas.
    fn after_titles(&self, from: usize) -> Option<usize> {
        let limit = self.text.sentence_of(from.saturating_sub(1)).end;
        (from..limit).take(TITLES).find(|&token| self.word(token) != "," && !self.is_title(token))
    }

    /// Where the titles before a name begin.
    fn with_titles(&self, name: usize) -> usize {
        let floor = self.text.sentence_of(name).start;
        (floor..name).rev().take_while(|&token| self.is_title(token)).last().unwrap_or(name)
    }

    fn is_title(&self, token: usize) -> bool {
        let word = self.word(token);
        let names = &self.resources.names;
        let is_name = self.persons.iter().any(|(name, _)| name.contains(&token));
        let is_title = names.is_honorific(word)
            || names.is_courtesy(word)
            || names.is_rank(word)
            || self.resources.titles.is_modifier(word)
            || self.resources.titles.head_length(&[word]).is_some();
        !is_name && is_title
    }

    fn word(&self, token: usize) -> &str {
        if token < self.text.tokens().len() { self.text.word(token) } else { "" }
    }
}
