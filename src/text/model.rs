//! The language model: a spaCy CNN pipeline, and an encoder that reads names better, read from files of weights and run
//! natively.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use toml::Table;

use super::batch::Batch;
use super::encoder::Encoder;
use super::lemmatizer::Lemmatizer;
use super::lexeme::{Strings, Vocabulary, is_blank};
use super::memory::Memory;
use super::names;
use super::network::{Answer, Names, Network};
use super::ruler::{Annotation, Ruler};
use super::spec::{NamesSpec, Spec};
use super::tokenizer::{Raw, Tokenizer};
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::{Name, Text, Token};

/// Says of each file below, among other things, which checksum it has; a test holds it to that.
static MANIFEST: &str = include_str!("../../models/MANIFEST.toml");
static PIPELINE: &[u8] = include_bytes!("../../models/en_core_web_md.safetensors");
static NAMES: &[u8] = include_bytes!("../../models/names.safetensors");
static ENCODER: &[u8] = include_bytes!("../../models/names_encoder.safetensors");

/// A language model, ready to read. Shared freely between threads.
pub struct Model {
    digest: String,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    network: Network,
    /// Reads names again, and better.
    encoder: Option<Encoder>,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    /// What threads remember while none of them is reading.
    memories: Mutex<Vec<Memory>>,
}

impl Model {
    /// The English model inside the program: spaCy's pipeline for tokens, tags and trees, and an encoder that reads persons,
    /// organisations and places.
    ///
    /// # Errors
    /// When the built-in files are damaged.
    pub fn built_in() -> Result<Self> {
        let digest = told_digest(&["en_core_web_md", "names_encoder"]).map_err(damaged("built-in"))?;
        let (model, encoder) = rayon::join(|| Self::assemble(PIPELINE, None, digest), || Encoder::read(ENCODER));
        let with_encoder = |model: Self| Ok(Self { encoder: Some(encoder?), ..model });
        model.and_then(with_encoder).map_err(damaged("built-in"))
    }

    /// The English model inside the program without the encoder: names as a convolutional network retrained for them
    /// finds them, at several times the speed of [`Model::built_in`] and with more mistakes.
    ///
    /// # Errors
    /// When the built-in files are damaged.
    pub fn fast() -> Result<Self> {
        let digest = told_digest(&["en_core_web_md", "names"]);
        digest.and_then(|digest| Self::assemble(PIPELINE, Some(NAMES), digest)).map_err(damaged("built-in"))
    }

    /// A model exported from spaCy by `tools/export_spacy.py`, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged or is of another architecture.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(Error::io(path))?;
        Self::assemble(&bytes, None, hexadecimal(&Sha256::digest(&bytes))).map_err(damaged(path))
    }

    /// The model of a pipeline's file; the recogniser of `names` takes the place of its own.
    fn assemble(file: &[u8], names: Option<&'static [u8]>, digest: String) -> Result<Self, String> {
        let (weights, description) = Weights::read(file)?;
        let spec = Spec::parse(&description)?;
        let network = match names.map(Weights::read).transpose()? {
            Some((names, description)) => {
                let own: NamesSpec = serde_json::from_str(&description).map_err(|e| format!("its description: {e}"))?;
                let names = Names { weights: &names, tok2vecs: &own.tok2vecs, spec: &own.ner };
                Network::read(&weights, &spec, Some(&names))?
            }
            None => Network::read(&weights, &spec, None)?,
        };
        let vocabulary = Vocabulary::new(Strings::new(spec.symbols), &spec.norms);
        Ok(Self {
            digest,
            tokenizer: Tokenizer::new(spec.tokenizer, &vocabulary)?,
            vocabulary,
            network,
            encoder: None,
            ruler: Ruler::new(spec.ruler)?,
            lemmatizer: Lemmatizer::new(spec.lemmatizer),
            memories: Mutex::default(),
        })
    }

    /// What tells this model from every other: the SHA-256, in hexadecimal, of its file, or of those of the files of a
    /// built-in one.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Analyses the given parts of a text, each as a text of its own; what lies between them gets no tokens.
    #[must_use]
    pub fn read(&self, content: Arc<str>, parts: &[Span]) -> Text {
        let mut memory = self.memories().pop().unwrap_or_default();
        let mut layers = Layers::default();
        for batch in Batch::all(&content, parts, &self.tokenizer, &mut memory.chunks) {
            memory.tidy();
            let word = |token: &Raw| &content[token.bytes.clone()];
            let number = |token: &Raw| memory.number(token, word(token), &self.vocabulary);
            let words: Vec<usize> = batch.tokens.iter().map(number).collect();
            let answers = self.network.analyse(&batch, &words, &mut memory);
            for (text, answer) in batch.texts.iter().zip(answers) {
                self.add(&content, &batch.tokens[text.clone()], answer, &mut layers);
            }
        }
        self.memories().push(memory);
        let Layers { tokens, sentences, mut names } = layers;
        if let Some(encoder) = &self.encoder {
            names = names.iter().filter_map(|name| names::trimmed(&content, &tokens, name)).collect();
            names = names::settle(&encoder.names(&content, &tokens, &sentences, &names), &names);
        }
        Text::new(content, tokens, sentences, names)
    }

    fn memories(&self) -> std::sync::MutexGuard<'_, Vec<Memory>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Completes what the network said of a text by rules, and adds it to the layers.
    fn add(&self, content: &str, tokens: &[Raw], answer: Answer, layers: &mut Layers) {
        let words: Vec<&str> = tokens.iter().map(|token| &content[token.bytes.clone()]).collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let mut annotations: Vec<Annotation> = (0..tokens.len())
            .map(|at| {
                Annotation::new(words[at], &lower[at], is_blank(words[at]), answer.tags[at], answer.arcs.labels[at])
            })
            .collect();
        self.ruler.apply(&mut annotations);
        let first = layers.tokens.len();
        let heads = answer.arcs.heads.iter().map(|head| head + first);
        layers.tokens.extend(annotations.iter().zip(tokens).zip(heads).map(|((annotation, raw), head)| Token {
            span: Span::from(raw.bytes.clone()),
            tag: annotation.tag,
            pos: annotation.pos,
            lemma: annotation.lemma.map_or_else(|| self.lemmatizer.lemma(annotation).into(), Arc::from),
            head,
            dep: annotation.dep,
        }));
        layers.sentences.extend(sentences(&answer.starts, first));
        let name = |name: Name| Name { tokens: name.tokens.start + first..name.tokens.end + first, ..name };
        layers.names.extend(answer.names.into_iter().map(name));
    }
}

/// The digest of a built-in model, from the checksums that the manifest has of its files. Working them out anew would take
/// longer than reading the files.
fn told_digest(files: &[&str]) -> Result<String, String> {
    let manifest: Table = MANIFEST.parse().map_err(|e| format!("its manifest: {e}"))?;
    let sum = |name: &&str| manifest.get(*name).and_then(|file| file.get("sha256")?.as_str());
    let sums: Option<String> = files.iter().map(sum).collect();
    sums.map(|sums| hexadecimal(&Sha256::digest(sums))).ok_or_else(|| "its manifest knows not all files".into())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The error for a file that is not what it should be.
fn damaged(path: impl AsRef<Path>) -> impl FnOnce(String) -> Error {
    move |reason| Error::Model { path: path.as_ref().to_path_buf(), reason }
}

/// The layers of a text while it is read.
#[derive(Default)]
struct Layers {
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    names: Vec<Name>,
}

/// Runs of tokens, numbered from `first`, each from one start to the next.
fn sentences(starts: &[bool], first: usize) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for (token, start) in starts.iter().enumerate() {
        let end = first + token + 1;
        match sentences.last_mut() {
            Some(last) if !start => last.end = end,
            _ => sentences.push(end - 1..end),
        }
    }
    sentences
}
