//! The language model: a spaCy CNN pipeline, read from one file of weights and run natively.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::batch::Batch;
use super::lemmatizer::Lemmatizer;
use super::lexeme::{Strings, Vocabulary, is_blank};
use super::memory::Memory;
use super::network::{Answer, Network};
use super::ruler::{Annotation, Ruler};
use super::spec::Spec;
use super::tokenizer::{Raw, Tokenizer};
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::{Name, Text, Token};

static BUILT_IN: &[u8] = include_bytes!("../../models/en_core_web_md.safetensors");

/// A language model, ready to read. Shared freely between threads.
pub struct Model {
    bytes: Cow<'static, [u8]>,
    digest: OnceLock<String>,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    network: Network,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    /// What threads remember while none of them is reading.
    memories: Mutex<Vec<Memory>>,
}

impl Model {
    /// The English model inside the program.
    ///
    /// # Errors
    /// When the built-in file is damaged.
    pub fn built_in() -> Result<Self> {
        Self::of(Cow::Borrowed(BUILT_IN), Path::new("built-in"))
    }

    /// A model exported from spaCy by `tools/export_spacy.py`.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged or is of another architecture.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(Error::io(path))?;
        Self::of(Cow::Owned(bytes), path)
    }

    fn of(bytes: Cow<'static, [u8]>, path: &Path) -> Result<Self> {
        Self::assemble(bytes).map_err(|reason| Error::Model { path: path.to_path_buf(), reason })
    }

    fn assemble(bytes: Cow<'static, [u8]>) -> Result<Self, String> {
        let (weights, description) = Weights::read(&bytes)?;
        let spec = Spec::parse(&description)?;
        let network = Network::read(&weights, &spec)?;
        let vocabulary = Vocabulary::new(Strings::new(spec.symbols), &spec.norms);
        Ok(Self {
            digest: OnceLock::new(),
            tokenizer: Tokenizer::new(spec.tokenizer, &vocabulary)?,
            vocabulary,
            network,
            ruler: Ruler::new(spec.ruler)?,
            lemmatizer: Lemmatizer::new(spec.lemmatizer),
            memories: Mutex::default(),
            bytes,
        })
    }

    /// The SHA-256 of the model file in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            Sha256::digest(&self.bytes).iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
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
        Text::new(content, layers.tokens, layers.sentences, layers.names)
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
