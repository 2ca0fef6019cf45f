//! The language model: a spaCy CNN pipeline, read from one file of weights and run natively.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::lemmatizer::Lemmatizer;
use super::lexeme::{Lexeme, Strings, Vocabulary};
use super::parser::Parser;
use super::recogniser::{Place, Recogniser};
use super::ruler::{Annotation, Ruler};
use super::spec::{FORMAT, Spec, Tok2VecSpec};
use super::tagger::Tagger;
use super::tok2vec::{Tok2Vec, VectorRows, Word};
use super::tokenizer::{Raw, Tokenizer};
use super::tree;
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::{Name, Text, Token};

static BUILT_IN: &[u8] = include_bytes!("../../models/en_core_web_md.safetensors");

/// A language model, ready to read. Shared freely between threads.
pub struct Model {
    weights: Weights,
    digest: OnceLock<String>,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    vectors: Option<VectorRows>,
    tok2vecs: Vec<Tok2Vec>,
    tagger: (usize, Tagger),
    parser: (usize, Parser),
    recogniser: (usize, Recogniser),
    ruler: Ruler,
    lemmatizer: Lemmatizer,
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
        Self::assemble(bytes).map_err(|reason| Error::Model { path: PathBuf::from(path), reason })
    }

    fn assemble(bytes: Cow<'static, [u8]>) -> Result<Self, String> {
        let (weights, description) = Weights::read(bytes)?;
        let spec: Spec = serde_json::from_str(&description).map_err(|e| format!("its description: {e}"))?;
        if spec.format != FORMAT || spec.architecture != "spacy-cnn" {
            let (format, architecture) = (spec.format, spec.architecture);
            return Err(format!(
                "the architecture `{architecture}`, format {format}; this program runs `spacy-cnn`, format {FORMAT}"
            ));
        }
        let vocabulary = Vocabulary::new(Strings::new(spec.symbols), &spec.norms);
        let names: Vec<&String> = spec.tok2vecs.keys().collect();
        let source = |component: &str, name: &String| -> Result<(usize, usize), String> {
            let at = names.iter().position(|known| *known == name);
            let at = at.ok_or_else(|| format!("{component}: its tok2vec `{name}` is missing"))?;
            Ok((at, spec.tok2vecs[name].width))
        };
        let (tagger, tagger_width) = source("tagger", &spec.tagger.tok2vec)?;
        let (parser, parser_width) = source("parser", &spec.parser.tok2vec)?;
        let (ner, ner_width) = source("ner", &spec.ner.tok2vec)?;
        let read = |(name, spec): (&String, &Tok2VecSpec)| Tok2Vec::read(&weights, name, spec);
        Ok(Self {
            tokenizer: Tokenizer::new(spec.tokenizer, &vocabulary)?,
            vectors: spec.tok2vecs.values().any(|t| t.vectors).then(|| VectorRows::read(&weights)).transpose()?,
            tagger: (tagger, Tagger::read(&weights, &spec.tagger, tagger_width)?),
            parser: (parser, Parser::read(&weights, &spec.parser, parser_width)?),
            recogniser: (ner, Recogniser::read(&weights, &spec.ner, ner_width)?),
            tok2vecs: spec.tok2vecs.iter().map(read).collect::<Result<_, _>>()?,
            ruler: Ruler::new(spec.ruler)?,
            lemmatizer: Lemmatizer::new(spec.lemmatizer),
            vocabulary,
            weights,
            digest: OnceLock::new(),
        })
    }

    /// The SHA-256 of the model file in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            Sha256::digest(self.weights.bytes()).iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
    }

    /// Analyses the given parts of a text, each as a text of its own; what lies between them gets no tokens.
    #[must_use]
    pub fn read(&self, content: Arc<str>, parts: &[Span]) -> Text {
        let batch = self.batch(&content, parts);
        let (arcs, tags, names) = self.analyse(&batch);
        let starts: Vec<bool> = arcs.iter().flat_map(|(_, starts)| starts.iter().copied()).collect();
        let tokens = self.tokens(&content, &batch, &arcs, &tags);
        let sentences = sentences(&starts);
        Text::new(content, tokens, sentences, names)
    }

    fn batch(&self, content: &str, parts: &[Span]) -> Batch {
        let mut batch = Batch::default();
        let mut known: HashMap<(u64, Option<u64>, bool), usize> = HashMap::new();
        for part in parts {
            let first = batch.tokens.len();
            for mut token in self.tokenizer.split(part.of(content)) {
                token.bytes = token.bytes.start + part.start..token.bytes.end + part.start;
                let word = &content[token.bytes.clone()];
                let key = (self.vocabulary.id(word), token.norm, token.spaced);
                let kind = *known.entry(key).or_insert_with(|| {
                    let lexeme = self.vocabulary.lexeme(word, token.norm);
                    batch.words.push(Word { lexeme, spaced: token.spaced });
                    batch.words.len() - 1
                });
                batch.kinds.push(kind);
                batch.tokens.push(token);
            }
            batch.texts.push(first..batch.tokens.len());
        }
        batch
    }

    fn analyse(&self, batch: &Batch) -> (Vec<(tree::Arcs, Vec<bool>)>, Vec<&'static str>, Vec<Name>) {
        let vectors: Vec<_> = self
            .tok2vecs
            .iter()
            .map(|t| t.encode(&t.embed(&batch.words, self.vectors.as_ref()), &batch.kinds, &batch.texts))
            .collect();
        let tags = self.tagger.1.tags(&vectors[self.tagger.0]);
        let prepared = self.parser.1.prepare(&vectors[self.parser.0]);
        let ready = self.recogniser.1.prepare(&vectors[self.recogniser.0]);
        let mut trees = Vec::new();
        let mut names = Vec::new();
        for text in &batch.texts {
            let mut arcs = self.parser.1.parse(&prepared, text.start, text.len());
            tree::lower(&mut arcs, |word| batch.lexeme(text.start + word).is_space);
            let starts = tree::starts(&arcs.heads);
            let places: Vec<Place> = starts
                .iter()
                .zip(text.clone())
                .map(|(starts, token)| Place { starts: *starts, blank: batch.lexeme(token).is_space })
                .collect();
            for mut name in self.recogniser.1.names(&ready, text.start, &places) {
                name.tokens = name.tokens.start + text.start..name.tokens.end + text.start;
                names.push(name);
            }
            trees.push((arcs, starts));
        }
        (trees, tags, names)
    }

    fn tokens(
        &self,
        content: &str,
        batch: &Batch,
        arcs: &[(tree::Arcs, Vec<bool>)],
        tags: &[&'static str],
    ) -> Vec<Token> {
        let lower: Vec<String> = batch.tokens.iter().map(|t| content[t.bytes.clone()].to_lowercase()).collect();
        let mut tokens = Vec::with_capacity(batch.tokens.len());
        for ((arcs, _), text) in arcs.iter().zip(&batch.texts) {
            let mut annotations: Vec<Annotation> = text
                .clone()
                .map(|token| Annotation {
                    word: &content[batch.tokens[token].bytes.clone()],
                    lower: &lower[token],
                    blank: batch.lexeme(token).is_space,
                    tag: tags[token],
                    pos: "",
                    dep: arcs.labels[token - text.start],
                    morph: "",
                    lemma: None,
                })
                .collect();
            self.ruler.apply(&mut annotations);
            for (at, annotation) in annotations.iter().enumerate() {
                tokens.push(Token {
                    span: Span::from(batch.tokens[text.start + at].bytes.clone()),
                    tag: annotation.tag,
                    pos: annotation.pos,
                    lemma: annotation.lemma.map_or_else(|| self.lemmatizer.lemma(annotation).into(), Arc::from),
                    head: arcs.heads[at] + text.start,
                    dep: annotation.dep,
                });
            }
        }
        tokens
    }
}

/// The words of some texts that go through the network together.
#[derive(Default)]
struct Batch {
    tokens: Vec<Raw>,
    /// Distinct words.
    words: Vec<Word>,
    /// Which of the distinct words each token is.
    kinds: Vec<usize>,
    /// The tokens of each text.
    texts: Vec<Range<usize>>,
}

impl Batch {
    fn lexeme(&self, token: usize) -> &Lexeme {
        &self.words[self.kinds[token]].lexeme
    }
}

/// Runs of tokens, each from one start to the next.
fn sentences(starts: &[bool]) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for (token, start) in starts.iter().enumerate() {
        match sentences.last_mut() {
            Some(last) if !start => last.end = token + 1,
            _ => sentences.push(token..token + 1),
        }
    }
    sentences
}
