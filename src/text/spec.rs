//! What a model file says about itself: the description beside its weights.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

/// The only layout of the description that this program reads.
const FORMAT: u32 = 1;
/// The only architecture that this program runs.
const ARCHITECTURE: &str = "spacy-cnn";

/// A pipeline as `tools/export_spacy.py` describes it.
#[derive(Debug, Deserialize)]
pub(super) struct Spec {
    format: u32,
    architecture: String,
    /// The names whose ids are small fixed numbers instead of hashes.
    pub(super) symbols: HashMap<String, u64>,
    pub(super) tok2vecs: BTreeMap<String, Tok2VecSpec>,
    pub(super) tagger: TaggerSpec,
    pub(super) parser: TransitionSpec,
    pub(super) ner: TransitionSpec,
    pub(super) tokenizer: TokenizerSpec,
    /// Norms of words, by the id of the word.
    pub(super) norms: Vec<(u64, String)>,
    pub(super) ruler: Vec<RuleSpec>,
    pub(super) lemmatizer: HashMap<String, LemmaSpec>,
}

impl Spec {
    /// Reads a description and checks that this program can run what it describes.
    pub(super) fn parse(json: &str) -> Result<Self, String> {
        let malformed = |e: serde_json::Error| format!("its description: {e}");
        let read = serde_json::from_str::<Self>(json);
        let (format, architecture) = match &read {
            Ok(spec) => (spec.format, spec.architecture.clone()),
            Err(_) => {
                let kind: Kind = serde_json::from_str(json).map_err(malformed)?;
                (kind.format, kind.architecture)
            }
        };
        if (format, architecture.as_str()) != (FORMAT, ARCHITECTURE) {
            return Err(format!(
                "it is of the architecture `{architecture}`, format {format}; \
                 this program runs `{ARCHITECTURE}`, format {FORMAT}"
            ));
        }
        read.map_err(malformed)
    }
}

/// A recogniser by itself, as `tools/export_spacy.py --names` describes it.
#[derive(Debug, Deserialize)]
pub(super) struct NamesSpec {
    pub(super) tok2vecs: BTreeMap<String, Tok2VecSpec>,
    pub(super) ner: TransitionSpec,
}

/// What every description says, also those of other architectures.
#[derive(Deserialize)]
struct Kind {
    format: u32,
    architecture: String,
}

/// A hash embedding, a mixer and a window encoder.
#[derive(Debug, Deserialize)]
pub(super) struct Tok2VecSpec {
    /// Numbers a token.
    pub(super) width: usize,
    /// The lexical features embedded, in order.
    pub(super) features: Vec<Feature>,
    /// The hash seed of each feature.
    pub(super) seeds: Vec<u32>,
    /// Whether static word vectors are mixed in.
    pub(super) vectors: bool,
    /// Tokens on either side that a layer of the encoder sees.
    pub(super) window: usize,
    /// Layers of the encoder.
    pub(super) depth: usize,
}

/// A property of a word that the network sees.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Feature {
    Orth,
    Norm,
    Lower,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

/// A softmax over tags.
#[derive(Debug, Deserialize)]
pub(super) struct TaggerSpec {
    pub(super) tok2vec: String,
    pub(super) labels: Vec<String>,
}

/// A transition system: the dependency parser or the recogniser of names.
#[derive(Debug, Deserialize)]
pub(super) struct TransitionSpec {
    pub(super) tok2vec: String,
    /// Moves by name ("L-nsubj", "B-PERSON", "S").
    pub(super) moves: Vec<String>,
}

/// Expressions and exceptions that split text into tokens.
#[derive(Debug, Deserialize)]
pub(super) struct TokenizerSpec {
    pub(super) prefix: Option<String>,
    pub(super) suffix: Option<String>,
    pub(super) infix: Option<String>,
    pub(super) token_match: Option<String>,
    pub(super) url_match: Option<String>,
    /// Chunks with a tokenization of their own: the words, each with its norm where it has one.
    pub(super) exceptions: HashMap<String, Vec<(String, Option<String>)>>,
    /// Those exceptions that are looked for again after splitting, as the tokens that splitting makes of them.
    pub(super) phrases: Vec<Vec<String>>,
}

/// A rule that corrects what the network said of a token.
#[derive(Debug, Deserialize)]
pub(super) struct RuleSpec {
    /// Runs of tokens, any of which sets off the rule.
    pub(super) patterns: Vec<Vec<BTreeMap<String, Condition>>>,
    /// What is set.
    pub(super) attrs: BTreeMap<String, String>,
    /// The token of the run to set it on; negative from the end.
    pub(super) index: isize,
}

/// What one attribute of a token must be.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Condition {
    Flag(bool),
    Is(String),
    Test(BTreeMap<String, Operand>),
}

/// What a test compares with.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Operand {
    One(String),
    Many(Vec<String>),
}

/// The lemma tables of one part of speech.
#[derive(Debug, Deserialize)]
pub(super) struct LemmaSpec {
    /// Endings and what replaces them.
    pub(super) rules: Vec<(String, String)>,
    /// Irregular forms and their lemmas.
    pub(super) exceptions: HashMap<String, Vec<String>>,
    /// Known lemmas, sorted, one a line.
    pub(super) index: String,
}
