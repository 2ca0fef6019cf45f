//! Language data: titles, verbs of saying, what stands around names. Files under `data/`, read once.

pub mod attributions;
pub mod classes;
pub mod coreference;
pub mod demonyms;
pub mod events;
pub mod factuality;
pub mod given_names;
pub mod names;
pub mod namesakes;
pub mod relations;
pub mod sayings;
pub mod times;
pub mod titles;

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::relate::facts::Learned;
use crate::resolve::coreference::Ranker;
use attributions::Attributions;
use classes::Classes;
use coreference::Coreference;
use demonyms::Demonyms;
use events::Events;
use factuality::Factuality;
use given_names::GivenNames;
use names::Names;
use namesakes::Namesakes;
use relations::Relations;
use sayings::Sayings;
use times::Times;
use titles::Titles;

/// All language data, parsed and checked.
#[derive(Clone, Debug)]
pub struct Resources {
    /// What stands around names, and what only looks like one.
    pub names: Names,
    /// How news attributes what it quotes.
    pub sayings: Sayings,
    /// How news attributes what it does not say in its own voice.
    pub attributions: Attributions,
    /// What tells of an event.
    pub events: Events,
    /// How what a word governs stands: so, not so, likely, planned.
    pub factuality: Factuality,
    /// How news speaks of time.
    pub times: Times,
    /// The posts that people hold, and the rules that find them.
    pub titles: Titles,
    /// How news says in which relations things stand.
    pub relations: Relations,
    /// What the learned rule for them goes by.
    pub learned_relations: Learned,
    /// Which country a demonym stands for.
    pub demonyms: Demonyms,
    /// What sort of thing a name is of.
    pub classes: Classes,
    /// Which gender a given name tells.
    pub given_names: GivenNames,
    /// What words say of the thing that they stand for.
    pub coreference: Coreference,
    /// Ranks what a phrase may refer back to.
    pub ranker: Ranker,
    /// What tells namesakes apart.
    pub namesakes: Namesakes,
}

/// The built-in files by their names.
const BUILT_IN: [(&str, &str); 16] = [
    ("en/attributions.toml", include_str!("../data/en/attributions.toml")),
    ("en/attribution_weights.csv", include_str!("../data/en/attribution_weights.csv")),
    ("en/names.toml", include_str!("../data/en/names.toml")),
    ("en/quotes.toml", include_str!("../data/en/quotes.toml")),
    ("en/events.toml", include_str!("../data/en/events.toml")),
    ("en/event_verbs.csv", include_str!("../data/en/event_verbs.csv")),
    ("en/factuality.toml", include_str!("../data/en/factuality.toml")),
    ("en/times.toml", include_str!("../data/en/times.toml")),
    ("en/titles.toml", include_str!("../data/en/titles.toml")),
    ("en/relations.toml", include_str!("../data/en/relations.toml")),
    ("en/relation_weights.tsv", include_str!("../data/en/relation_weights.tsv")),
    ("en/classes.toml", include_str!("../data/en/classes.toml")),
    ("en/coreference.toml", include_str!("../data/en/coreference.toml")),
    ("en/given_names.csv", include_str!("../data/en/given_names.csv")),
    ("en/namesakes.toml", include_str!("../data/en/namesakes.toml")),
    ("en/demonyms.csv", include_str!("../data/en/demonyms.csv")),
];

impl Resources {
    /// The data inside the program.
    ///
    /// # Errors
    /// When a built-in file is damaged.
    pub fn built_in() -> Result<Self> {
        Self::read(None)
    }

    /// The data inside the program, with the files of `directory` in place of those of the same name (`en/titles.toml`).
    ///
    /// # Errors
    /// When a file cannot be read or breaks its format; the message names file and place.
    pub fn with_directory(directory: &Path) -> Result<Self> {
        if !directory.is_dir() {
            return Err(Error::Setting(format!("{}: not a directory of language data", directory.display())));
        }
        Self::read(Some(directory))
    }

    fn read(directory: Option<&Path>) -> Result<Self> {
        Ok(Self {
            names: File::open(directory, "en/names.toml")?.toml()?,
            sayings: File::open(directory, "en/quotes.toml")?.toml()?,
            attributions: Attributions::read(
                &File::open(directory, "en/attributions.toml")?,
                &File::open(directory, "en/attribution_weights.csv")?,
            )?,
            events: Events::read(
                &File::open(directory, "en/events.toml")?,
                &File::open(directory, "en/event_verbs.csv")?,
            )?,
            factuality: Factuality::read(&File::open(directory, "en/factuality.toml")?)?,
            times: Times::read(&File::open(directory, "en/times.toml")?)?,
            titles: Titles::read(&File::open(directory, "en/titles.toml")?)?,
            namesakes: Namesakes::read(&File::open(directory, "en/namesakes.toml")?)?,
            learned_relations: learned(&File::open(directory, "en/relation_weights.tsv")?)?,
            relations: Relations::read(&File::open(directory, "en/relations.toml")?)?,
            demonyms: Demonyms::read(&File::open(directory, "en/demonyms.csv")?)?,
            classes: Classes::read(&File::open(directory, "en/classes.toml")?)?,
            given_names: GivenNames::read(&File::open(directory, "en/given_names.csv")?)?,
            coreference: File::open(directory, "en/coreference.toml")?.toml()?,
            ranker: Ranker::built_in()
                .map_err(|reason| Error::Model { path: PathBuf::from("coreference.safetensors"), reason })?,
        })
    }
}

fn learned(file: &File) -> Result<Learned> {
    Learned::read(file.content()).map_err(|reason| file.malformed(None, reason))
}

/// One data file: what it holds and where it came from.
pub(crate) struct File {
    path: PathBuf,
    content: String,
}

impl File {
    /// The file of that name in `directory`, or else the built-in one.
    fn open(directory: Option<&Path>, name: &str) -> Result<Self> {
        let replacement = directory.map(|directory| directory.join(name)).filter(|path| path.exists());
        if let Some(path) = replacement {
            let content = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
            return Ok(Self { path, content });
        }
        let content = BUILT_IN.iter().find(|(built_in, _)| *built_in == name).map_or("", |(_, content)| content);
        Ok(Self { path: Path::new("data").join(name), content: content.to_owned() })
    }

    pub(crate) fn content(&self) -> &str {
        &self.content
    }

    /// The file as the TOML of a type.
    pub(crate) fn toml<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(&self.content).map_err(|error: toml::de::Error| {
            let line = error.span().map(|span| line_of(&self.content, span.start));
            self.malformed(line, error.message().to_owned())
        })
    }

    /// The error that something in this file is not as it should be.
    pub(crate) fn malformed(&self, line: Option<u64>, reason: String) -> Error {
        Error::Malformed { path: self.path.clone(), line, reason }
    }
}

fn line_of(content: &str, offset: usize) -> u64 {
    let before = content.as_bytes().iter().take(offset);
    before.filter(|&&byte| byte == b'\n').count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message_with(name: &str, content: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        let error = Resources::with_directory(directory.path()).unwrap_err();
        error.to_string().replace(&format!("{}/", directory.path().display()), "")
    }

    #[test]
    fn built_in_data_is_sound() {
        Resources::built_in().unwrap();
    }

    #[test]
    fn a_file_in_the_directory_replaces_the_built_in_one() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("en")).unwrap();
        std::fs::write(directory.path().join("en/demonyms.csv"), "demonym,country\nRuritanian,Ruritania\n").unwrap();
        let resources = Resources::with_directory(directory.path()).unwrap();
        assert_eq!(resources.demonyms.country("Ruritanian"), Some("Ruritania"));
        assert_eq!(resources.demonyms.country("French"), None);
        assert!(resources.sayings.is_verb("say"));
    }

    #[test]
    fn errors_name_file_and_place() {
        assert!(
            message_with("en/quotes.toml", "verbs = [\"say\"]\nverb = []\n")
                .starts_with("en/quotes.toml:2: unknown field `verb`")
        );
        assert_eq!(
            message_with("en/demonyms.csv", "demonym,country\nRuritanian\n"),
            "en/demonyms.csv:2: 1 columns where there should be 2"
        );
    }
}
