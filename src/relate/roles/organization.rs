//! Where a post is held, named after the title: "chief executive of Acme", "professor of law at the University of Leeds".

use std::ops::Range;

use super::Scene;
use super::title::Title;
use crate::detect::key::key;
use crate::document::{EntityId, Kind};

/// Where a post is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Organization {
    /// At something that the article names.
    Named(EntityId),
    /// In the country of that name, which the article names by its demonym only.
    Country(String),
}

/// What follows a title.
pub(super) struct Complement {
    /// The organisation, if one is named.
    pub(super) organization: Option<EntityId>,
    /// Whether it is named after "of" right behind the title.
    is_whole: bool,
    /// One past the words that belong to the title itself ("professor of law").
    pub(super) title_end: usize,
    /// One past all of it.
    pub(super) end: usize,
}

impl Scene<'_> {
    /// What follows the title that ends at `from`.
    pub(super) fn complement(&self, from: usize) -> Complement {
        let title_end = self.field_end(from);
        let none = Complement { organization: None, is_whole: false, title_end, end: title_end };
        let is_portfolio =
            (from.saturating_sub(3)..from).any(|token| self.resources.titles.has_portfolio(self.word(token)));
        let mut preposition = "";
        let mut token = from;
        while let Some(word) = Some(self.word_beside(token, from.saturating_sub(1))).filter(|word| !word.is_empty()) {
            if let Some((mention, tokens)) = self.mention_at(token) {
                if is_portfolio && matches!(preposition, "of" | "for") && self.is_department(&tokens) {
                    return Complement { organization: None, is_whole: false, title_end: tokens.end, end: tokens.end };
                }
                if self.is_post_place(self.kind(mention), preposition) && !self.names_what_follows(tokens.end) {
                    let is_whole = self.word_beside(from, from.saturating_sub(1)) == "of";
                    return Complement { organization: Some(mention.entity), is_whole, title_end, end: tokens.end };
                }
                if self.kind(mention) == Kind::Person || token > from + 12 {
                    return none;
                }
                token = tokens.end.max(token + 1);
                continue;
            }
            match self.text.tokens()[token].pos {
                // "Chief executive in 2021 after eight years at Acme": that was before.
                "ADP" if matches!(word, "after" | "before" | "until" | "since" | "following" | "despite") => {
                    return none;
                }
                "ADP" => preposition = word,
                "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PART" => {}
                "CCONJ" if token > from => {}
                _ => return none,
            }
            if token > from + 12 || token == from && preposition.is_empty() {
                return none;
            }
            token += 1;
        }
        none
    }

    /// Whether a name that ends before a token only says which of something: "president of Oslo's harbour club", "a member of the Acme
    /// delegation".
    fn names_what_follows(&self, after: usize) -> bool {
        let word = self.word_beside(after, after.saturating_sub(1));
        let is_noun = || self.tag(after).starts_with("NN") && self.mention_at(after).is_none();
        let is_part = || is_noun() && !self.resources.titles.is_body(word);
        !word.is_empty() && (self.tag(after) == "POS" || is_part())
    }

    fn is_post_place(&self, kind: Kind, preposition: &str) -> bool {
        let organized = matches!(kind, Kind::Organization | Kind::Facility | Kind::Event);
        match preposition {
            "of" | "for" | "to" => organized || matches!(kind, Kind::Region | Kind::Place | Kind::Work | Kind::Product),
            "at" | "with" | "in" | "from" | "on" => organized,
            _ => false,
        }
    }

    /// One past a field of work after a title: "of law", "for Education", in nouns without an article.
    fn field_end(&self, from: usize) -> usize {
        let preposition = self.word_beside(from, from.saturating_sub(1));
        if !matches!(preposition, "of" | "for") {
            return from;
        }
        let portfolio = from > 0 && self.resources.titles.has_portfolio(self.word(from - 1));
        let is_field = |token: &usize| {
            if self.word_beside(*token, from - 1).is_empty() {
                return false;
            }
            let tag = self.tag(*token);
            let follows = !self.word_beside(*token + 1, from - 1).is_empty();
            let begins_title = tag == "CC" && follows && self.head_start(*token + 2, *token + 1).is_some();
            let noun =
                tag.starts_with("NN") || tag == "JJ" || matches!(tag, "CC" | ",") && !begins_title && *token > from + 1;
            let honorific = self.resources.names.is_honorific(self.word(*token));
            let capital = self.word(*token).starts_with(char::is_uppercase);
            let fits = !honorific && (preposition == "of" || capital || portfolio && !is_duration(self.word(*token)));
            noun && fits && self.mention_at(*token).is_none()
        };
        // "Minister for the Marine".
        let capital_next = self.word_beside(from + 2, from - 1).starts_with(char::is_uppercase);
        let first =
            if self.word_beside(from + 1, from - 1) == "the" && capital_next && portfolio && preposition == "for" {
                from + 2
            } else {
                from + 1
            };
        let mut end = (first..).take_while(is_field).last().map_or(from, |last| last + 1);
        while end > from && matches!(self.tag(end - 1), "CC" | "," | "JJ") {
            end -= 1;
        }
        if end <= from + 1 { from } else { end }
    }

    /// The organisation of a title: named before it, or else in its complement; a demonym stands for its country.
    pub(super) fn organization(&self, title: &Title, complement: &Complement) -> Option<Organization> {
        // "The Bergen secretary of the dockers' union": the place only says which secretary.
        let is_place = |entity: &EntityId| self.entities[*entity].kind == Kind::Region;
        let whole = complement.organization.filter(|whole| complement.is_whole && !is_place(whole));
        let organization = whole.filter(|_| title.organization.as_ref().is_some_and(is_place));
        let organization = organization.or(title.organization).or(complement.organization)?;
        let entity = &self.entities[organization];
        if entity.kind == Kind::Organization && self.resources.names.is_generic(&entity.name) {
            return None;
        }
        if !matches!(entity.kind, Kind::Group | Kind::Language) {
            return Some(Organization::Named(organization));
        }
        let words: Vec<&str> = (title.start..title.end()).map(|token| self.word(token)).collect();
        let country = self.resources.demonyms.country(&entity.name)?;
        if !self.resources.titles.is_office(&words) {
            return None;
        }
        let is_country = |name: &String| key(name) == key(country);
        let named = self.entities.iter().position(|other| {
            other.kind == Kind::Region && (is_country(&other.name) || other.other_names.iter().any(is_country))
        });
        Some(named.map_or_else(|| Organization::Country(country.to_owned()), Organization::Named))
    }

    /// The title with its field of work taken into its last part.
    pub(super) fn with_field(&self, mut title: Title, complement: &Complement) -> Title {
        if let Some(last) = title.parts.first_mut() {
            last.words.end = complement.title_end.max(last.words.end);
        }
        title
    }

    /// Whether tokens hold no verb and no mark.
    pub(super) fn is_plain(&self, tokens: Range<usize>) -> bool {
        tokens
            .into_iter()
            .all(|token| !matches!(self.text.tokens()[token].pos, "VERB" | "AUX" | "PUNCT" | "SCONJ" | "PRON"))
    }
}

/// "minister for months": no field of work.
fn is_duration(word: &str) -> bool {
    matches!(
        word,
        "days" | "weeks" | "months" | "years" | "decades" | "life" | "now" | "comment" | "example" | "instance"
    )
}
