//! What sort of thing a name is of: by its own words, or by a noun beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::File;
use crate::class::Class;
use crate::document::Kind;
use crate::error::Result;
use crate::gazetteer::spelling::folded;

/// The rules of `classes.toml`.
#[derive(Clone, Debug)]
pub struct Classes {
    rules: Vec<Rule>,
    names: BTreeMap<Kind, Vec<String>>,
    texts: Vec<Example>,
}

/// What tells one class; words are folded.
#[derive(Clone, Debug)]
struct Rule {
    class: Class,
    starts: Vec<String>,
    ends: Vec<String>,
    has: Vec<String>,
    is: BTreeSet<String>,
    nouns: BTreeSet<String>,
}

/// A text and the classes that nouns beside names tell.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `name = class`, `-` for none.
    pub classes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    rules: Vec<Words>,
    names: BTreeMap<String, Vec<String>>,
    texts: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    class: String,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    is: Vec<String>,
    #[serde(default)]
    nouns: BTreeSet<String>,
}

impl Classes {
    pub(super) fn read(file: &File) -> Result<Self> {
        let Layout { rules, names, texts } = file.toml()?;
        let wrong = |reason| file.malformed(None, reason);
        let rules = rules.into_iter().map(Rule::of).collect::<Result<_, _>>().map_err(wrong)?;
        let names = names.into_iter().map(|(kind, names)| Ok((kind.parse()?, names)));
        Ok(Self { rules, names: names.collect::<Result<_, _>>().map_err(wrong)?, texts })
    }

    /// The class that the words of a name tell.
    #[must_use]
    pub fn of_name(&self, kind: Kind, name: &str) -> Option<Class> {
        let name = folded(name);
        self.rules.iter().filter(|rule| rule.class.kind() == kind).find(|rule| rule.fits(&name)).map(|rule| rule.class)
    }

    /// The class that a noun tells, in its dictionary form.
    #[must_use]
    pub fn of_noun(&self, kind: Kind, noun: &str) -> Option<Class> {
        let of_kind = self.rules.iter().filter(|rule| rule.class.kind() == kind);
        of_kind.filter(|rule| rule.nouns.contains(noun)).map(|rule| rule.class).next()
    }

    /// The kind of the things that a noun stands for, in its dictionary form; none where it may be of several.
    #[must_use]
    pub fn kind_of_noun(&self, noun: &str) -> Option<Kind> {
        let mut kinds = self.rules.iter().filter(|rule| rule.nouns.contains(noun)).map(|rule| rule.class.kind());
        let kind = kinds.next()?;
        kinds.all(|other| other == kind).then_some(kind)
    }

    /// Names of a kind with the classes that their words tell: `name = class`, `-` for none.
    #[must_use]
    pub fn names(&self) -> &BTreeMap<Kind, Vec<String>> {
        &self.names
    }

    /// What the rules must find by nouns, and what they must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.texts
    }
}

impl Rule {
    fn of(words: Words) -> Result<Self, String> {
        let all = |words: Vec<String>| words.iter().map(|word| folded(word)).collect();
        Ok(Self {
            class: words.class.parse()?,
            starts: all(words.starts),
            ends: all(words.ends),
            has: all(words.has),
            is: words.is.iter().map(|word| folded(word)).collect(),
            nouns: words.nouns,
        })
    }

    /// Whether the words of a folded name tell the class. A name that is nothing but such words tells nothing of itself.
    fn fits(&self, name: &str) -> bool {
        let starts = |word: &String| name.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
        let ends = |word: &String| name.strip_suffix(word.as_str()).is_some_and(|rest| rest.ends_with([' ', '-']));
        self.is.contains(name)
            || self.starts.iter().any(starts)
            || self.ends.iter().any(ends)
            || self.has.iter().any(|word| name.contains(' ') && name.split(' ').any(|other| other == word))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::resources::Resources;

    #[test]
    fn the_words_of_names_tell_the_classes_of_the_examples() {
        let resources = Resources::built_in().unwrap();
        for (kind, names) in resources.classes.names() {
            for example in names {
                let (name, expected) = example.rsplit_once(" = ").unwrap();
                let found = match kind {
                    Kind::Group if resources.demonyms.country(name).is_some() => "Nationality",
                    _ => resources.classes.of_name(*kind, name).map_or("-", |class| class.name()),
                };
                assert_eq!(found, expected, "{name}");
            }
        }
    }
}
