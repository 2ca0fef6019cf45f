//! How news attributes what it does not say in its own voice.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use super::File;
use crate::document::Act;
use crate::error::Result;

/// The words and frames of `attributions.toml`, and how much each feature speaks for an attribution.
#[derive(Clone, Debug)]
pub struct Attributions {
    data: Data,
    /// What each word is, by part of speech and dictionary form.
    words: HashMap<(Cue, String), usize>,
    /// What each feature adds to the log-odds that an attribution stands there.
    weights: HashMap<String, f32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    classes: Vec<Class>,
    silence: Silence,
    phrases: Vec<String>,
    givers: BTreeSet<String>,
    grounds: BTreeSet<String>,
    speakers: BTreeSet<String>,
    spokespersons: BTreeSet<String>,
    frames: Vec<Frame>,
    #[serde(default)]
    examples: Vec<Example>,
}

/// Words that attribute in the same way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// What the class is called.
    pub name: String,
    /// What the source does.
    #[serde(deserialize_with = "act")]
    pub act: Act,
    /// What it does where the word is negated.
    #[serde(deserialize_with = "act")]
    pub negated: Act,
    /// How sure its words are at least, before a clause in a tense.
    pub floor: f32,
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
}

/// What makes an attribution one of silence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Silence {
    verbs: BTreeSet<String>,
    words: BTreeSet<String>,
}

/// How a word that attributes stands to what is attributed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The name of the rule.
    #[serde(deserialize_with = "name")]
    pub name: Arc<str>,
    /// The part of speech of the word.
    pub cue: Cue,
    /// How what is said depends on it.
    #[serde(default)]
    pub content: Vec<String>,
    /// How it depends on what is said.
    #[serde(default)]
    pub host: Vec<String>,
    /// Penn tags of the head of what is said; empty for any.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Words with which what is said begins; empty for any. Of a word that depends on what is said, its own mark.
    #[serde(default)]
    pub marks: Vec<String>,
    /// The word has a child of one of these dependencies.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The word has no child of these dependencies.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Whether one of the prepositions must be there.
    #[serde(default)]
    pub phrased: bool,
    /// Only these words; empty for any.
    #[serde(default)]
    pub words: BTreeSet<String>,
    /// Where the source is, the first that is there.
    pub source: Vec<Place>,
    /// Whether the subject of the word belongs to what is said.
    #[serde(default)]
    pub raised: bool,
    /// Whether the word must be of one of the classes.
    #[serde(default)]
    pub classed: bool,
    /// The prepositions that count, where content depends as `prep`.
    #[serde(default)]
    pub prepositions: BTreeSet<String>,
    /// Heads of what is said, in dictionary form; empty for any.
    #[serde(default)]
    pub heads: BTreeSet<String>,
    /// Whether the frame fits only where there is a source.
    #[serde(default)]
    pub sourced: bool,
    /// How sure the frame is by itself, where nothing was learned of it.
    pub sure: Option<f32>,
}

/// The part of speech of a word that attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cue {
    /// "said".
    Verb,
    /// "the claim that".
    Noun,
    /// "is sure that".
    Adjective,
}

/// Where the source of an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The subject of the word, its own or one that it shares.
    Subject,
    /// The possessor of a noun: "his claim".
    Possessor,
    /// Behind "by", "of" or "from": "a claim by the bank".
    By,
    /// The subject of a participle: "he was convinced that".
    Sufferer,
    /// The subject of the verb whose object the noun is: "the bank made the claim".
    Giver,
}

/// A text and its attributions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `source | cue | content | act`, in the order of the text; `-` where there is none, ` … ` between the parts of content.
    pub attributions: Vec<String>,
}

impl Attributions {
    /// Reads the words and frames, and the table of weights.
    ///
    /// # Errors
    /// When a file breaks its format.
    pub(crate) fn read(words: &File, weights: &File) -> Result<Self> {
        let data: Data = words.toml()?;
        let mut by_word = HashMap::new();
        for (number, class) in data.classes.iter().enumerate() {
            for (cue, words) in
                [(Cue::Verb, &class.verbs), (Cue::Noun, &class.nouns), (Cue::Adjective, &class.adjectives)]
            {
                for word in words {
                    by_word.entry((cue, word.clone())).or_insert(number);
                }
            }
        }
        Ok(Self { data, words: by_word, weights: read_weights(weights)? })
    }

    /// The class of a word in dictionary form.
    #[must_use]
    pub fn class(&self, cue: Cue, lemma: &str) -> Option<&Class> {
        let number = self.words.get(&(cue, lemma.to_owned()))?;
        self.data.classes.get(*number)
    }

    /// The frames, in the order in which they are tried.
    #[must_use]
    pub fn frames(&self) -> &[Frame] {
        &self.data.frames
    }

    /// Whether a verb above a word that attributes says that nothing was said ("declined to say").
    #[must_use]
    pub fn is_silence(&self, lemma: &str) -> bool {
        self.data.silence.verbs.contains(lemma)
    }

    /// Whether a word negates the verb or noun on which it depends.
    #[must_use]
    pub fn is_negation(&self, word: &str) -> bool {
        self.data.silence.words.contains(word)
    }

    /// The words that attribute without a verb ("according to"), lower-case.
    #[must_use]
    pub fn phrases(&self) -> &[String] {
        &self.data.phrases
    }

    /// Whether the subject of a verb is the source of a noun that is its object ("made the claim").
    #[must_use]
    pub fn is_giver(&self, lemma: &str) -> bool {
        self.data.givers.contains(lemma)
    }

    /// Whether one can act "according to" something without its saying anything.
    #[must_use]
    pub fn is_ground(&self, lemma: &str) -> bool {
        self.data.grounds.contains(lemma)
    }

    /// Whether words speak of somebody who speaks for another ("a spokeswoman for").
    #[must_use]
    pub fn has_spokesperson(&self, words: &str) -> bool {
        let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        self.data.spokespersons.iter().any(|noun| words.contains(&format!(" {noun} ")))
    }

    /// Whether a noun stands for somebody who speaks in headlines.
    #[must_use]
    pub fn is_speaker(&self, word: &str) -> bool {
        self.data.speakers.contains(word)
    }

    /// What a feature adds to the log-odds of an attribution.
    #[must_use]
    pub fn weight(&self, feature: &str) -> f32 {
        self.weights.get(feature).copied().unwrap_or(0.0)
    }

    /// What must be found, and what must not.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.data.examples
    }
}

fn name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}

fn act<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Act, D::Error> {
    let acts = BTreeMap::from([
        ("says", Act::Says),
        ("denies", Act::Denies),
        ("asks", Act::Asks),
        ("leaves-open", Act::LeavesOpen),
    ]);
    let name = String::deserialize(deserializer)?;
    acts.get(name.as_str()).copied().ok_or_else(|| serde::de::Error::custom(format!("there is no act {name:?}")))
}

/// A table of `feature,weight`.
fn read_weights(file: &File) -> Result<HashMap<String, f32>> {
    let mut weights = HashMap::new();
    for (number, line) in file.content().lines().enumerate().skip(1) {
        let weight = line.rsplit_once(',').and_then(|(name, weight)| Some((name.to_owned(), weight.parse().ok()?)));
        let Some((name, weight)) = weight else {
            return Err(
                file.malformed(Some(number as u64 + 1), "a feature and its weight should stand there".to_owned())
            );
        };
        weights.insert(name, weight);
    }
    Ok(weights)
}
