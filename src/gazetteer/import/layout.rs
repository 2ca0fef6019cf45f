//! What `data/formats/gazetteer.toml` says of the forms that are read.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::class::Class;
use crate::document::Kind;
use crate::error::{Error, Result};

/// The rules of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    pub(super) columns: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
    pub(super) labels: Labels,
    pub(super) wikidata: Wikidata,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub(super) usual: BTreeSet<String>,
    pub(super) other: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wikidata {
    pub(super) languages: Vec<String>,
    pub(super) classes: Vec<Classes>,
}

/// Classes of Wikidata whose things are of one sort.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Classes {
    /// A kind or class of ours; empty for what is left out.
    pub(super) is: String,
    /// The identifiers of the classes.
    pub(super) of: Vec<String>,
}

impl Layout {
    pub(super) fn built_in() -> Result<Self> {
        let content = include_str!("../../../data/formats/gazetteer.toml");
        toml::from_str(content).map_err(|error| Error::Malformed {
            path: "data/formats/gazetteer.toml".into(),
            line: None,
            reason: error.to_string(),
        })
    }

    /// What a word for a sort of thing stands for: a kind, and a class where it tells one.
    pub(super) fn sort(&self, word: &str) -> Option<(Kind, Option<Class>)> {
        sort(word).or_else(|| {
            let lower = word.to_lowercase();
            let (kind, _) = self.kinds.iter().find(|(_, words)| words.contains(&lower))?;
            sort(kind)
        })
    }
}

/// The kind or class of that name.
pub(super) fn sort(name: &str) -> Option<(Kind, Option<Class>)> {
    let class = name.parse::<Class>().ok();
    class.map(|class| (class.kind(), Some(class))).or_else(|| name.parse().ok().map(|kind| (kind, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_the_file_is_one_of_ours() {
        let layout = Layout::built_in().unwrap();
        for classes in &layout.wikidata.classes {
            assert!(classes.is.is_empty() || sort(&classes.is).is_some(), "{}", classes.is);
            assert!(classes.of.iter().all(|class| super::super::super::fact::item_number(class).is_some()));
        }
        for kind in layout.kinds.keys() {
            assert!(kind.parse::<Kind>().is_ok(), "{kind}");
        }
        for field in layout.columns.keys() {
            assert!(super::super::rows::FIELDS.contains(&field.as_str()), "{field}");
        }
        assert_eq!(layout.sort("GPE"), Some((Kind::Region, None)));
        assert_eq!(layout.sort("PoliticalParty"), Some((Kind::Organization, Some(Class::PoliticalParty))));
        assert_eq!(layout.sort("potato"), None);
    }
}
