//! Which types of different annotations are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::{Error, Result};

const BUILT_IN: &str = include_str!("../../data/formats/annotations.toml");

/// Makes the types of different annotations comparable: `GPE`, `country` and newsgraph's `Region` all count as `LOC`.
#[derive(Clone, Debug)]
pub struct Types {
    /// What the user said of a label, in lower case; empty for a label to leave out.
    chosen: BTreeMap<String, String>,
    /// What a label counts as, in lower case.
    usual: BTreeMap<String, String>,
    ignored: BTreeSet<String>,
    only: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Rules {
    types: BTreeMap<String, Vec<String>>,
    ignored: Vec<String>,
}

impl Types {
    /// The types that the usual corpora use, as PER, ORG, LOC and MISC.
    ///
    /// # Errors
    /// When the built-in table is damaged.
    pub fn built_in() -> Result<Self> {
        let rules: Rules = toml::from_str(BUILT_IN)
            .map_err(|reason| Error::Setting(format!("data/formats/annotations.toml: {reason}")))?;
        let usual = rules
            .types
            .into_iter()
            .flat_map(|(common, labels)| labels.into_iter().map(move |label| (label.to_lowercase(), common.clone())));
        let ignored = rules.ignored.into_iter().map(|label| label.to_lowercase()).collect();
        Ok(Self { chosen: BTreeMap::new(), usual: usual.collect(), ignored, only: BTreeSet::new() })
    }

    /// The same with one more rule, `LABEL=TYPE`; the label counts as the type, or as no name at all when the type is `-`.
    ///
    /// # Errors
    /// [`Error::Setting`] when the rule has no `=`.
    pub fn with_rule(mut self, rule: &str) -> Result<Self> {
        let Some((label, common)) =
            rule.split_once('=').filter(|(label, common)| !label.is_empty() && !common.is_empty())
        else {
            return Err(Error::Setting(format!(
                "{rule} is not LABEL=TYPE, such as politician=PER, or misc=- to leave it out"
            )));
        };
        let common = if common == "-" { String::new() } else { common.to_owned() };
        self.chosen.insert(label.to_lowercase(), common);
        Ok(self)
    }

    /// The same, counting only these types.
    #[must_use]
    pub fn with_only<'a>(mut self, types: impl IntoIterator<Item = &'a str>) -> Self {
        self.only.extend(types.into_iter().map(str::to_owned));
        self
    }

    /// The type that a label counts as; none when it is left out. A label that nothing is known of counts as itself.
    #[must_use]
    pub fn of(&self, label: &str) -> Option<String> {
        let mut label = label.to_owned();
        if let Some(chosen) = self.chosen.get(&label.to_lowercase()) {
            label.clone_from(chosen);
        }
        let key = label.to_lowercase();
        if label.is_empty() || self.ignored.contains(&key) {
            return None;
        }
        let common = self.usual.get(&key).cloned().unwrap_or(label);
        (self.only.is_empty() || self.only.contains(&common)).then_some(common)
    }
}

#[cfg(test)]
mod tests {
    use super::Types;

    #[test]
    fn labels_of_many_corpora_count_as_four_types() {
        let types = Types::built_in().unwrap();
        let of = |label| types.of(label);
        for (labels, common) in [
            (["PER", "PERSON", "politician", "Person"], "PER"),
            (["ORG", "organisation", "politicalparty", "Organization"], "ORG"),
            (["LOC", "GPE", "country", "Region"], "LOC"),
            (["MISC", "OTH", "NORP", "election"], "MISC"),
        ] {
            for label in labels {
                assert_eq!(of(label).as_deref(), Some(common), "{label}");
            }
        }
        assert_eq!(of("DATE"), None);
        assert_eq!(of("Spaceship").as_deref(), Some("Spaceship"));
    }

    #[test]
    fn the_user_has_the_last_word() {
        let types = Types::built_in().unwrap().with_rule("misc=-").unwrap().with_rule("Ship=Product").unwrap();
        assert_eq!(types.of("misc"), None);
        assert_eq!(types.of("Ship").as_deref(), Some("MISC"));
        let only = types.with_only(["PER"]);
        assert_eq!((only.of("ORG"), only.of("PERSON").as_deref()), (None, Some("PER")));
        assert!(only.with_rule("PER").unwrap_err().to_string().contains("LABEL=TYPE"));
    }
}
