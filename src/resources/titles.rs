//! The posts that people hold: the words that name them, the words around them, the rules that find them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::File;
use crate::document::Tenure;
use crate::error::Result;

/// The words and rules of `titles.toml`.
#[derive(Clone, Debug)]
pub struct Titles {
    heads: BTreeSet<String>,
    fields: BTreeMap<String, BTreeSet<String>>,
    offices: BTreeSet<String>,
    modifiers: BTreeSet<String>,
    portfolios: BTreeSet<String>,
    departments: Departments,
    bodies: BTreeSet<String>,
    ranks: BTreeSet<String>,
    lasting: BTreeSet<String>,
    tenure: BTreeMap<String, Tenure>,
    never: BTreeSet<String>,
    verbs: Verbs,
    rules: Rules,
    /// The number of words of the longest head.
    longest: usize,
    examples: Vec<Example>,
}

/// A sentence and the roles that it states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// `person | title | organisation | tenure | rule`, in the order of the text; `-` for no organisation. What is not asserted begins
    /// with `?`.
    pub roles: Vec<String>,
    /// The date of the article, where the terms need one.
    #[serde(default)]
    pub date: String,
    /// Of each role, `begin | end | inside | length | verb` with the values of the times; `-` for what the text does not say. Not checked
    /// where there are none.
    #[serde(default)]
    pub terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    offices: BTreeSet<String>,
    portfolios: BTreeSet<String>,
    departments: Departments,
    bodies: BTreeSet<String>,
    ranks: BTreeSet<String>,
    lasting: BTreeSet<String>,
    heads: BTreeMap<String, Vec<String>>,
    modifiers: BTreeMap<String, Vec<String>>,
    tenure: TenureWords,
    verbs: Verbs,
    rules: BTreeMap<String, f32>,
    examples: Vec<Example>,
}

/// What departments are called, and whose title begins with that.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Departments {
    /// The last word of a department's name ("Development").
    last: BTreeSet<String>,
    /// The last word of titles before which a department stands ("Minister").
    heads: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenureWords {
    former: Vec<String>,
    future: Vec<String>,
    acting: Vec<String>,
    current: Vec<String>,
    never: BTreeSet<String>,
}

/// Verbs that state a post, in their dictionary form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verbs {
    /// Followed by the title ("is").
    pub be: BTreeSet<String>,
    /// Followed by "as" and the title ("serves").
    pub serve: BTreeSet<String>,
    /// In the passive, followed by the title, with or without "as" ("was appointed").
    pub appoint: BTreeSet<String>,
    /// Followed by "as" and the title, they begin the post of their subject ("succeeded him as").
    pub follow: BTreeSet<String>,
    /// In the past tense they end the post of their subject ("resigned").
    pub end: BTreeSet<String>,
    /// In the passive and past tense they end the post of their subject ("was sacked").
    pub remove: BTreeSet<String>,
    /// Followed by what is led ("heads").
    pub lead: BTreeSet<String>,
}

/// A rule that finds roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its stable name.
    pub name: Arc<str>,
    /// How often it is right.
    pub confidence: f32,
}

/// The rules that find roles.
#[derive(Clone, Debug)]
pub struct Rules {
    /// "Press Secretary Sean Spicer".
    pub title_before_name: Rule,
    /// "Archbishop of Canterbury Justin Welby".
    pub title_of_before_name: Rule,
    /// "Jane Roe, chief executive of Acme".
    pub name_comma_title: Rule,
    /// "Acme's chairman, John Doe,".
    pub title_comma_name: Rule,
    /// "Jane Roe is the chairman".
    pub name_is_title: Rule,
    /// "Jane Roe was appointed chairman".
    pub name_appointed_title: Rule,
    /// "Jane Roe, who heads Acme".
    pub name_who_leads: Rule,
}

impl Titles {
    pub(super) fn read(file: &File) -> Result<Self> {
        let layout: Layout = file.toml()?;
        let rules = Rules::of(layout.rules).map_err(|reason| file.malformed(None, reason))?;
        if let Some(unknown) = layout.offices.iter().find(|field| !layout.heads.contains_key(*field)) {
            return Err(file.malformed(None, format!("offices names {unknown}, which is no field of heads")));
        }
        let official = layout.heads.iter().filter(|(field, _)| layout.offices.contains(*field));
        let offices = official.flat_map(|(_, heads)| heads.clone()).collect();
        let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (field, head) in layout.heads.iter().flat_map(|(field, heads)| heads.iter().map(move |head| (field, head)))
        {
            fields.entry(head.clone()).or_default().insert(field.clone());
        }
        let heads: BTreeSet<String> = layout.heads.into_values().flatten().collect();
        let longest = heads.iter().map(|head| head.split(' ').count()).max().unwrap_or(0);
        let TenureWords { former, future, acting, current, never } = layout.tenure;
        let mut tenure = BTreeMap::new();
        let groups =
            [(former, Tenure::Former), (future, Tenure::Future), (acting, Tenure::Acting), (current, Tenure::Current)];
        for (words, meaning) in groups {
            tenure.extend(words.into_iter().map(|word| (word, meaning)));
        }
        let modifiers = layout.modifiers.into_values().flatten().collect();
        let (verbs, examples) = (layout.verbs, layout.examples);
        let (portfolios, departments, lasting) = (layout.portfolios, layout.departments, layout.lasting);
        let (bodies, ranks) = (layout.bodies, layout.ranks);
        Ok(Self {
            heads,
            fields,
            offices,
            modifiers,
            portfolios,
            departments,
            bodies,
            ranks,
            lasting,
            tenure,
            never,
            verbs,
            rules,
            longest,
            examples,
        })
    }

    /// How many of the last words form the head of a title, singular or plural; the longest head wins.
    #[must_use]
    pub fn head_length(&self, words: &[&str]) -> Option<usize> {
        let most = self.longest.min(words.len());
        (1..=most).rev().find(|&length| self.is_head(&words[words.len() - length..]))
    }

    fn is_head(&self, words: &[&str]) -> bool {
        is_among(&self.heads, words)
    }

    /// Whether the last words form the head of an office of state, which is held in a country.
    #[must_use]
    pub fn is_office(&self, words: &[&str]) -> bool {
        let length = self.head_length(words).unwrap_or(0);
        is_among(&self.offices, &words[words.len() - length..])
    }

    /// The fields in which a title's post may lie ("courts" for "high court judge").
    pub fn fields(&self, title: &[&str]) -> impl Iterator<Item = &str> {
        let length = self.head_length(title).unwrap_or(0);
        let head = title[title.len() - length..].iter().map(|word| plain(word)).collect::<Vec<_>>().join(" ");
        let found = self.fields.get(&head).or_else(|| singular(&head).iter().find_map(|one| self.fields.get(one)));
        found.into_iter().flatten().map(String::as_str)
    }

    /// Whether a field of work may follow a head in small letters ("minister for transport").
    #[must_use]
    pub fn has_portfolio(&self, head: &str) -> bool {
        self.portfolios.contains(&plain(head))
    }

    /// Whether a word ends the name of a department ("Urban Development").
    #[must_use]
    pub fn is_department(&self, word: &str) -> bool {
        self.departments.last.contains(&plain(word))
    }

    /// Whether a department may stand before a title's last word ("Urban Development Minister").
    #[must_use]
    pub fn has_department(&self, head: &str) -> bool {
        self.departments.heads.contains(&plain(head))
    }

    /// Whether a noun behind an organisation's name still means the whole of it ("the Labour party").
    #[must_use]
    pub fn is_body(&self, noun: &str) -> bool {
        self.bodies.contains(&plain(noun))
    }

    /// Whether a title is a rank or a form of address, which may stand behind another post.
    #[must_use]
    pub fn is_rank(&self, title: &[&str]) -> bool {
        title.last().is_some_and(|last| self.ranks.contains(&plain(last)))
            || self.fields(title).any(|field| matches!(field, "military" | "police"))
    }

    /// Whether a post never ends ("founder").
    #[must_use]
    pub fn is_lasting(&self, head: &str) -> bool {
        self.lasting.contains(&plain(head))
    }

    /// A title and what a word joined to it by a hyphen says of when it is held ("Gov.-elect").
    #[must_use]
    pub fn without_suffix<'a>(&self, word: &'a str) -> Option<(&'a str, Tenure)> {
        let (title, suffix) = word.rsplit_once('-')?;
        let tenure = self.tenure(suffix).filter(|tenure| *tenure == Tenure::Future)?;
        self.head_length(&[title]).map(|_| (title, tenure))
    }

    /// Whether a word is the head of a title on its own, in the plural.
    #[must_use]
    pub fn is_plural(&self, word: &str) -> bool {
        let word = plain(word);
        !self.heads.contains(&word) && singular(&word).iter().any(|one| self.heads.contains(one))
    }

    /// Whether a word before a head is part of the title.
    #[must_use]
    pub fn is_modifier(&self, word: &str) -> bool {
        self.modifiers.contains(&plain(word))
    }

    /// What a word beside a title says of when the post is held.
    #[must_use]
    pub fn tenure(&self, word: &str) -> Option<Tenure> {
        self.tenure.get(&plain(word)).copied()
    }

    /// Whether a word before a title says that nobody holds the post.
    #[must_use]
    pub fn is_never(&self, word: &str) -> bool {
        self.never.contains(&plain(word))
    }

    /// Verbs that state a post.
    #[must_use]
    pub fn verbs(&self) -> &Verbs {
        &self.verbs
    }

    /// What the rules must find, and what they must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }
}

impl Rules {
    fn of(mut confidences: BTreeMap<String, f32>) -> Result<Self, String> {
        let mut take = |name: &str| match confidences.remove(name) {
            Some(confidence) if (0.0..=1.0).contains(&confidence) => Ok(Rule { name: name.into(), confidence }),
            Some(confidence) => Err(format!("the confidence of rule {name} is {confidence}, not between 0 and 1")),
            None => Err(format!("no confidence for rule {name}")),
        };
        let rules = Self {
            title_before_name: take("title-before-name")?,
            title_of_before_name: take("title-of-before-name")?,
            name_comma_title: take("name-comma-title")?,
            title_comma_name: take("title-comma-name")?,
            name_is_title: take("name-is-title")?,
            name_appointed_title: take("name-appointed-title")?,
            name_who_leads: take("name-who-leads")?,
        };
        match confidences.pop_first() {
            Some((unknown, _)) => Err(format!("there is no rule {unknown}")),
            None => Ok(rules),
        }
    }
}

/// Whether a set of heads holds a phrase, in the singular or plural.
fn is_among(heads: &BTreeSet<String>, words: &[&str]) -> bool {
    let phrase = words.iter().map(|word| plain(word)).collect::<Vec<_>>().join(" ");
    heads.contains(&phrase) || singular(&phrase).iter().any(|one| heads.contains(one))
}

fn plain(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase().replace('’', "'")
}

/// What a phrase may be in the singular; the plural ending stands at its last word, or at its first ("heads of state").
fn singular(phrase: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let (first, rest) = phrase.split_once(' ').map_or((phrase, ""), |(first, rest)| (first, rest));
    for word in [phrase, first] {
        let rest = if word.len() == phrase.len() { "" } else { rest };
        for (plural, one) in [("men", "man"), ("women", "woman"), ("ies", "y"), ("s", ""), ("es", "")] {
            if let Some(stem) = word.strip_suffix(plural).filter(|stem| stem.len() > 1) {
                forms.push(format!("{stem}{one} {rest}").trim_end().to_owned());
            }
        }
    }
    forms
}
