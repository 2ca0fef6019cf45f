//! How English news is laid out: datelines, bylines, credits, notices, dates in words. Data files with their own examples.

use regex::Regex;
use serde::Deserialize;

use super::dates::Calendar;
use super::fields::FieldNames;
use crate::date::Stamp;
use crate::error::{Error, Result};
use crate::span::Span;

/// Everything the readers know about the conventions of news, compiled.
#[derive(Debug)]
pub(super) struct Rules {
    furniture: Vec<(FurnitureKind, Regex)>,
    datelines: Vec<Regex>,
    not_places: Vec<String>,
    agencies: Vec<String>,
    outlets: Vec<String>,
    jobs: Vec<String>,
    name: Regex,
    /// Dates in words.
    pub(super) calendar: Calendar,
    /// Keys of "Key: value" lines, and the fields they fill.
    pub(super) headers: Vec<(HeaderField, Vec<String>)>,
    /// Where records keep the fields of an article.
    pub(super) fields: FieldNames,
}

/// What a paragraph that is no prose is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Furniture {
    /// Who wrote the article.
    Byline(Vec<String>),
    /// A name and an agency that may belong to a picture.
    Credit,
    /// A job or an outlet, if it stands behind a name.
    Signature,
    /// A picture's words.
    Caption,
    /// Advertising, links, legal lines.
    Notice,
    /// When the article was published.
    Published(Stamp),
    /// When the article was changed.
    Updated(Stamp),
}

/// A dateline at the start of a paragraph; spans count from the paragraph's first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DatelineFound {
    /// Everything up to and with the dash.
    pub(super) whole: Span,
    pub(super) place: Option<Span>,
    pub(super) date: Option<Span>,
    pub(super) agency: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FurnitureKind {
    Byline,
    Credit,
    Signature,
    Caption,
    Notice,
    Published,
    Updated,
}

/// A field that a "Key: value" line can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum HeaderField {
    Headline,
    Url,
    Published,
    Modified,
    Authors,
    Publisher,
    Language,
    Section,
    Keywords,
}

const AGENCIES: &str = include_str!("../../data/en/agencies.toml");
const CALENDAR: &str = include_str!("../../data/en/calendar.toml");
const DATELINES: &str = include_str!("../../data/en/datelines.toml");
const FURNITURE: &str = include_str!("../../data/en/furniture.toml");
const HEADERS: &str = include_str!("../../data/en/headers.toml");
const JSON_FIELDS: &str = include_str!("../../data/formats/json.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyFile {
    names: Vec<String>,
    outlets: Vec<String>,
    jobs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatelineFile {
    not_places: Vec<String>,
    pattern: Vec<DatelinePattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatelinePattern {
    #[expect(dead_code, reason = "names the pattern for the reader of the file")]
    name: String,
    regex: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    pass: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    fail: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureFile {
    pattern: Vec<FurniturePattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurniturePattern {
    kind: FurnitureKind,
    regex: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    pass: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    fail: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderFile {
    keys: std::collections::BTreeMap<HeaderField, Vec<String>>,
}

impl Rules {
    /// The rules inside the program.
    pub(super) fn built_in() -> Result<Self> {
        let calendar = Calendar::parse(&from_toml("calendar.toml", CALENDAR)?);
        let agencies: AgencyFile = from_toml("agencies.toml", AGENCIES)?;
        let words = Placeholders::new(&agencies, &calendar);
        let datelines: DatelineFile = from_toml("datelines.toml", DATELINES)?;
        let furniture: FurnitureFile = from_toml("furniture.toml", FURNITURE)?;
        let headers: HeaderFile = from_toml("headers.toml", HEADERS)?;
        Ok(Self {
            furniture: furniture
                .pattern
                .iter()
                .map(|p| Ok((p.kind, words.compile("furniture.toml", &p.regex)?)))
                .collect::<Result<_>>()?,
            datelines: datelines
                .pattern
                .iter()
                .map(|p| words.compile("datelines.toml", &p.regex))
                .collect::<Result<_>>()?,
            not_places: datelines.not_places,
            agencies: agencies.names,
            outlets: agencies.outlets,
            jobs: agencies.jobs,
            name: words.compile("agencies.toml", "^(?P<names>{name})(?: (?:at|in) {place})?$")?,
            calendar,
            headers: headers.keys.into_iter().collect(),
            fields: from_toml("json.toml", JSON_FIELDS)?,
        })
    }

    /// What `paragraph` is, when it is no prose wherever it stands.
    pub(super) fn furniture(&self, paragraph: &str) -> Option<Furniture> {
        self.find(paragraph, |kind| kind != FurnitureKind::Signature)
    }

    /// Whether `paragraph` goes on a byline that stands before it: a job, an outlet.
    pub(super) fn is_signature(&self, paragraph: &str) -> bool {
        self.find(paragraph, |kind| matches!(kind, FurnitureKind::Signature | FurnitureKind::Credit)).is_some()
    }

    /// The name that `paragraph` is, perhaps with the place its bearer reports from ("Jane Roe at Severn Park").
    pub(super) fn lone_name<'a>(&self, paragraph: &'a str) -> Option<&'a str> {
        self.name.captures(paragraph)?.name("names").map(|name| name.as_str())
    }

    fn find(&self, paragraph: &str, wanted: impl Fn(FurnitureKind) -> bool) -> Option<Furniture> {
        const LONGEST: usize = 600;
        if paragraph.len() > LONGEST {
            return None;
        }
        let wanted = self.furniture.iter().filter(|(kind, _)| wanted(*kind));
        wanted.into_iter().find_map(|(kind, regex)| self.furniture_of(*kind, regex, paragraph))
    }

    fn furniture_of(&self, kind: FurnitureKind, regex: &Regex, paragraph: &str) -> Option<Furniture> {
        let found = regex.captures(paragraph)?;
        let date = || self.calendar.read(found.name("date")?.as_str()).filter(|date| date.day().is_some());
        Some(match kind {
            FurnitureKind::Byline => Furniture::Byline(self.authors(found.name("names")?.as_str())?),
            FurnitureKind::Credit => Furniture::Credit,
            FurnitureKind::Signature => Furniture::Signature,
            FurnitureKind::Caption => Furniture::Caption,
            FurnitureKind::Notice => Furniture::Notice,
            FurnitureKind::Published => Furniture::Published(date()?),
            FurnitureKind::Updated => Furniture::Updated(date()?),
        })
    }

    /// The authors in a byline: people, or where there are none the agency; jobs and outlets behind a name are left out.
    fn authors(&self, names: &str) -> Option<Vec<String>> {
        let ends_with = |name: &str, words: &[String]| {
            name.rsplit(' ').next().is_some_and(|last| words.iter().any(|word| word.eq_ignore_ascii_case(last)))
        };
        let is_outlet = |name: &str| name.contains(' ') && ends_with(name, &self.outlets);
        let named = people(names)?.into_iter().enumerate();
        let signed = named.filter(|(at, name)| !ends_with(name, &self.jobs) && (*at == 0 || !is_outlet(name)));
        let signed: Vec<String> = signed.map(|(_, name)| name).collect();
        let (agencies, authors): (Vec<String>, Vec<String>) =
            signed.into_iter().partition(|name| self.agencies.contains(name));
        Some(if authors.is_empty() { agencies } else { authors })
    }

    /// The dateline with which `paragraph` begins.
    pub(super) fn dateline(&self, paragraph: &str) -> Option<DatelineFound> {
        self.datelines.iter().find_map(|regex| {
            let found = regex.captures(paragraph)?;
            let span = |name| found.name(name).map(|group| Span::from(group.range()));
            let place = span("place");
            let whole = found.get(0)?.as_str().trim_end();
            let follows = paragraph.get(whole.len()..)?.trim_start();
            let is_place = place.is_none_or(|place| {
                let words = place.of(paragraph);
                !self.not_places.iter().any(|not| words == not) && !self.calendar.names_weekday(words)
            });
            (is_place && follows.starts_with(opens_sentence)).then(|| DatelineFound {
                whole: Span::new(0, whole.len()),
                place,
                date: span("date"),
                agency: span("agency").or_else(|| span("press")),
            })
        })
    }
}

fn opens_sentence(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«$£€(".contains(c)
}

/// The people of "Jane Roe, John Doe and Ann Poe"; none where the words are a possessive ("Jane Roe’s account").
pub(super) fn people(names: &str) -> Option<Vec<String>> {
    let names: Vec<String> = names
        .replace(" and ", ",")
        .replace(" AND ", ",")
        .replace(" with ", ",")
        .split([',', '&', ';'])
        .map(|name| name.trim().trim_start_matches("and ").to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let possessive = names.iter().any(|name| name.ends_with("’s") || name.ends_with("'s"));
    (!possessive && !names.is_empty()).then_some(names)
}

/// The words that stand for `{agency}` and the like in patterns.
struct Placeholders(Vec<(&'static str, String)>);

impl Placeholders {
    fn new(agencies: &AgencyFile, calendar: &Calendar) -> Self {
        let alternatives = |words: &mut Vec<String>| {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
        };
        let agency = alternatives(&mut agencies.names.clone());
        let outlet = alternatives(&mut agencies.outlets.clone());
        let month = format!("(?i:{})", alternatives(&mut calendar.month_words()));
        let weekday = format!("(?i:{})", alternatives(&mut calendar.weekday_words()));
        let word = r"\p{Lu}[\p{L}'’.-]*";
        let name = format!(
            r"{word}(?: (?:(?:van|von|de|del|della|der|den|di|da|al|el|bin|ibn|la|le|du|dos|ter) )*{word}){{1,4}}"
        );
        let person = format!("(?:{name}|{agency})");
        let press = format!(r"(?:{word} ){{1,3}}(?:{outlet})(?: (?:Agency|Service|Group))?");
        let outlet_word = r"\p{Lu}[\p{L}\d&.'’-]*";
        let capitals_word = r"\p{Lu}[\p{Lu}'’.-]*";
        Self(vec![
            ("{names}", format!(r"{person}(?:(?:,|,? and|,? AND| &| with|;) {person})*")),
            ("{name}", name),
            ("{paper}", format!(r"(?:The )?{word} (?:{outlet})")),
            ("{press}", press),
            ("{word}", word.to_owned()),
            ("{outlet}", format!(r"(?:{agency}|{outlet_word}(?:(?: |/| via | of the | of ){outlet_word}){{0,3}})")),
            ("{stop}", " ?(?:--|[-–—―_:]) ?".to_owned()),
            (
                "{date}",
                format!(r"(?:(?:{weekday},? )?(?:{month}\.? \d{{1,2}}|\d{{1,2}} {month}\.?)(?:,? \d{{4}})?|{weekday})"),
            ),
            ("{month}", month),
            (
                "{capitals}",
                format!(
                    r"\p{{Lu}}[\p{{Lu}}'’.-]+(?: {capitals_word}){{0,4}}(?:/{capitals_word}(?: {capitals_word}){{0,3}})*"
                ),
            ),
            ("{place}", r"\p{Lu}[\p{L}'’.]*(?:[ -](?:(?:of|de|la|the|and|al|el) )?\p{Lu}[\p{L}'’.]*){0,3}".to_owned()),
            ("{dash}", "(?: ?(?:--|_)(?: |$)| -(?: |$)| ?[–—―] ?)".to_owned()),
            ("{agency}", format!("(?:{agency})")),
        ])
    }

    fn compile(&self, file: &str, pattern: &str) -> Result<Regex> {
        let expanded = self.0.iter().fold(pattern.to_owned(), |pattern, (name, words)| pattern.replace(name, words));
        Regex::new(&expanded).map_err(|error| broken(file, &format!("the pattern {pattern}: {error}")))
    }
}

fn from_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| broken(file, &error.to_string()))
}

fn broken(file: &str, reason: &str) -> Error {
    Error::Malformed { path: file.into(), line: None, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dateline_pattern_fits_its_examples_and_nothing_else() {
        let rules = Rules::built_in().unwrap();
        let file: DatelineFile = from_toml("datelines.toml", DATELINES).unwrap();
        for pattern in file.pattern {
            for text in pattern.pass {
                assert!(rules.dateline(&text).is_some(), "should be a dateline: {text}");
            }
            for text in pattern.fail {
                assert_eq!(rules.dateline(&text), None, "should be none: {text}");
            }
        }
    }

    #[test]
    fn a_dateline_is_taken_apart() {
        let rules = Rules::built_in().unwrap();
        for (text, place, date, agency) in [
            ("GENEVA, Feb 14 (Reuters) - The", "GENEVA", Some("Feb 14"), Some("Reuters")),
            ("PARIS, France, 3 March 2021 (AFP) – A", "PARIS, France", Some("3 March 2021"), Some("AFP")),
            ("KYIV/MOSCOW, March 2 (Reuters) - Talks", "KYIV/MOSCOW", Some("March 2"), Some("Reuters")),
            ("LONDON — The", "LONDON", None, None),
            ("LIMA, March 4 (Halyard) - A", "LIMA", Some("March 4"), Some("Halyard")),
            ("ABUJA/OSLO, Oct 2 (Halyard) - The", "ABUJA/OSLO", Some("Oct 2"), Some("Halyard")),
            ("Geneva (Halyard Press) - The", "Geneva", None, Some("Halyard Press")),
            ("OSLO, Tuesday (Halyard) - The", "OSLO", Some("Tuesday"), Some("Halyard")),
            ("LIMA, Jan. 3, 2020 /PRNewswire/ -- The", "LIMA", Some("Jan. 3, 2020"), Some("PRNewswire")),
            ("SPRINGFIELD, Ill. (AP) — The", "SPRINGFIELD, Ill.", None, Some("AP")),
        ] {
            let found = rules.dateline(text).unwrap();
            assert_eq!(found.place.map(|span| span.of(text)), Some(place));
            assert_eq!(found.date.map(|span| span.of(text)), date);
            assert_eq!(found.agency.map(|span| span.of(text)), agency);
        }
    }

    #[test]
    fn each_furniture_pattern_fits_its_examples_and_nothing_else() {
        let rules = Rules::built_in().unwrap();
        let file: FurnitureFile = from_toml("furniture.toml", FURNITURE).unwrap();
        for (pattern, (kind, regex)) in file.pattern.iter().zip(&rules.furniture) {
            for text in &pattern.pass {
                assert!(rules.furniture_of(*kind, regex, text).is_some(), "should be {kind:?}: {text}");
            }
            for text in &pattern.fail {
                assert_eq!(rules.furniture(text), None, "should be prose: {text}");
                assert_eq!(rules.furniture_of(*kind, regex, text), None, "should not be {kind:?}: {text}");
            }
        }
    }

    #[test]
    fn bylines_give_their_authors() {
        let rules = Rules::built_in().unwrap();
        let authors = |text| match rules.furniture(text) {
            Some(Furniture::Byline(authors)) => authors,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(authors("By Jane Roe, John Doe and Ann Poe"), ["Jane Roe", "John Doe", "Ann Poe"]);
        assert_eq!(authors("By Jane Roe, Political Editor"), ["Jane Roe"]);
        assert_eq!(authors("By The Associated Press"), ["The Associated Press"]);
        assert_eq!(authors("By Jane Roe, BBC News"), ["Jane Roe"]);
        assert_eq!(authors("Jane Roe, Halyard Press"), ["Jane Roe"]);
        assert_eq!(authors("By Emily Post"), ["Emily Post"]);
        assert_eq!(authors("Jane Roe and John Doe, Reuters"), ["Jane Roe", "John Doe"]);
        assert_eq!(authors("(Reporting by Jane Roe in Geneva; Editing by John Doe)"), ["Jane Roe"]);
    }
}
