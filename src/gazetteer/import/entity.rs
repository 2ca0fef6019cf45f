//! An entity as Wikidata's JSON has it, as far as a gazetteer wants it.
//!
//! An empty object may be written as `[]`, which the derived readers take for an object without members.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::classes::Classes;
use crate::gazetteer::fact::{Fact, WIKIDATA, item_number, prior};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entity {
    id: String,
    labels: Map<Term>,
    descriptions: Map<Term>,
    aliases: Map<Vec<Term>>,
    claims: Claims,
    sitelinks: Count,
}

#[derive(Debug, Deserialize)]
struct Term {
    value: String,
}

/// The properties that are used; all others are passed over unread.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Claims {
    /// Instance of.
    #[serde(rename = "P31")]
    instance_of: Vec<Statement>,
    /// Subclass of.
    #[serde(rename = "P279")]
    subclass_of: Vec<Statement>,
    /// Country, and country of citizenship.
    #[serde(rename = "P17")]
    country: Vec<Statement>,
    #[serde(rename = "P27")]
    citizenship: Vec<Statement>,
    /// Position held, with its dates.
    #[serde(rename = "P39")]
    position: Vec<Statement>,
    /// Dates of birth and death, of inception and dissolution.
    #[serde(rename = "P569")]
    birth: Vec<Statement>,
    #[serde(rename = "P570")]
    death: Vec<Statement>,
    #[serde(rename = "P571")]
    inception: Vec<Statement>,
    #[serde(rename = "P576")]
    dissolution: Vec<Statement>,
    /// Short name.
    #[serde(rename = "P1813")]
    short_name: Vec<Statement>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Statement {
    mainsnak: Snak,
    rank: Rank,
    qualifiers: Qualifiers,
}

#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Rank {
    Deprecated,
    #[default]
    Normal,
    Preferred,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Qualifiers {
    /// Start time.
    #[serde(rename = "P580")]
    start: Vec<Snak>,
    /// End time.
    #[serde(rename = "P582")]
    end: Vec<Snak>,
}

/// A value; without `datavalue` it is unknown, or known to be none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Snak {
    datavalue: Option<DataValue>,
}

#[derive(Debug, Deserialize)]
struct DataValue {
    value: Value,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Item { id: String },
    Time { time: String },
    Text { language: String, text: String },
    Other(IgnoredAny),
}

impl Snak {
    fn item(&self) -> Option<&str> {
        match &self.datavalue.as_ref()?.value {
            Value::Item { id } => Some(id),
            _ => None,
        }
    }

    /// The year of a time such as `+1969-07-20T00:00:00Z`.
    fn year(&self) -> Option<i16> {
        let Value::Time { time } = &self.datavalue.as_ref()?.value else { return None };
        let (sign, digits) = time.split_at_checked(1)?;
        let year: i16 = digits.split('-').next()?.parse().ok()?;
        Some(if sign == "-" { -year } else { year })
    }
}

/// The statements of the best rank, deprecated ones never.
fn best(statements: &[Statement]) -> impl Iterator<Item = &Statement> {
    let best = statements.iter().map(|statement| &statement.rank).max().filter(|rank| **rank != Rank::Deprecated);
    statements.iter().filter(move |statement| Some(&statement.rank) == best)
}

fn items(statements: &[Statement]) -> impl Iterator<Item = &str> {
    best(statements).filter_map(|statement| statement.mainsnak.item())
}

fn year(statements: &[Statement]) -> Option<i16> {
    best(statements).find_map(|statement| statement.mainsnak.year())
}

fn number(item: &str) -> Option<u32> {
    item_number(item).and_then(|number| u32::try_from(number).ok())
}

impl Entity {
    /// This class and each class of which it is a subclass.
    pub(super) fn superclasses(&self) -> Vec<(u32, u32)> {
        let Some(own) = number(&self.id) else { return Vec::new() };
        items(&self.claims.subclass_of).filter_map(|of| Some((own, number(of)?))).collect()
    }

    /// What a gazetteer holds of it; none where it is of no class that is wanted, or has no name.
    pub(super) fn fact(&self, languages: &[String], classes: &Classes) -> Option<Fact> {
        item_number(&self.id)?;
        let claims = &self.claims;
        // A statement of lower rank still says what a thing is: "capital" must not hide "city".
        let instances = claims.instance_of.iter().filter(|statement| statement.rank != Rank::Deprecated);
        let instances = instances.filter_map(|statement| number(statement.mainsnak.item()?));
        let (kind, class) = classes.sort(instances)?;
        let first =
            |terms: &Map<Term>| languages.iter().find_map(|language| terms.0.get(language).map(|t| t.value.clone()));
        let mut fact = Fact::new(format!("{WIKIDATA}{}", self.id), first(&self.labels)?);
        fact.aliases = self.other_names(languages, &fact.name);
        (fact.kind, fact.class) = (Some(kind), class);
        fact.country = items(&claims.country).chain(items(&claims.citizenship)).next().map(str::to_owned);
        fact.description = first(&self.descriptions);
        (fact.from, fact.to) = self.years();
        // A village has some five pages in Wikipedias and the like, New York 300.
        fact.prior = prior(f64::from(self.sitelinks.0).powi(3));
        Some(fact)
    }

    fn other_names(&self, languages: &[String], name: &str) -> Vec<String> {
        let labels = languages.iter().filter_map(|language| self.labels.0.get(language));
        let aliases = languages.iter().filter_map(|language| self.aliases.0.get(language)).flatten();
        let names = labels.chain(aliases).map(|term| term.value.as_str());
        let short =
            best(&self.claims.short_name).filter_map(|statement| match &statement.mainsnak.datavalue.as_ref()?.value {
                Value::Text { language, text } if languages.contains(language) => Some(text.as_str()),
                _ => None,
            });
        let mut others: Vec<String> = Vec::new();
        for other in names.chain(short) {
            if other != name && !others.iter().any(|known| known == other) {
                others.push(other.to_owned());
            }
        }
        others
    }

    /// The years of all its offices together; without any, those of its life.
    fn years(&self) -> (Option<i16>, Option<i16>) {
        let claims = &self.claims;
        let held: Vec<&Statement> = claims.position.iter().filter(|held| held.rank != Rank::Deprecated).collect();
        let from = held.iter().filter_map(|held| held.qualifiers.start.iter().find_map(Snak::year)).min();
        let ends: Option<Vec<i16>> = held.iter().map(|held| held.qualifiers.end.iter().find_map(Snak::year)).collect();
        if from.is_some() {
            return (from, ends.and_then(|ends| ends.into_iter().max()));
        }
        (year(&claims.inception).or(year(&claims.birth)), year(&claims.dissolution).or(year(&claims.death)))
    }
}

/// An object by language; `[]` where it is empty.
#[derive(Debug)]
struct Map<T>(BTreeMap<String, T>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// How many members an object has; `[]` has none.
#[derive(Debug, Default)]
struct Count(u32);

struct Members<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or [] for an empty one")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((key, value)) = map.next_entry()? {
            members.insert(key, value);
        }
        Ok(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut empty: A) -> Result<Self::Value, A::Error> {
        match empty.next_element::<IgnoredAny>()? {
            None => Ok(BTreeMap::new()),
            Some(_) => Err(serde::de::Error::custom("a list with elements where an object should be")),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Members(std::marker::PhantomData)).map(Self)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = deserializer.deserialize_any(Members::<IgnoredAny>(std::marker::PhantomData))?;
        Ok(Self(u32::try_from(members.len()).unwrap_or(u32::MAX)))
    }
}
