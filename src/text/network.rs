//! The network as a whole: words in, tags, trees and names out.

use std::collections::BTreeMap;

use super::Name;
use super::batch::Batch;
use super::memory::Memory;
use super::parser::Parser;
use super::recogniser::{Place, Recogniser};
use super::spec::{Spec, Tok2VecSpec, TransitionSpec};
use super::tagger::Tagger;
use super::tok2vec::{Tok2Vec, VectorRows};
use super::tree::{self, Arcs};
use super::weights::Weights;

/// The vectors of words, and the three components that read them, each from the tok2vec of its number.
pub(super) struct Network {
    rows: Option<VectorRows>,
    tok2vecs: Vec<Tok2Vec>,
    tagger: (usize, Tagger),
    parser: (usize, Parser),
    recogniser: (usize, Recogniser),
}

/// What the network says of one text; tokens are numbered from its first.
pub(super) struct Answer {
    pub(super) tags: Vec<&'static str>,
    pub(super) arcs: Arcs,
    /// Whether a sentence starts at each token.
    pub(super) starts: Vec<bool>,
    pub(super) names: Vec<Name>,
}

/// A recogniser of names, in a file of its own or in that of the whole model.
pub(super) struct Names<'a> {
    pub(super) weights: &'a Weights<'a>,
    pub(super) tok2vecs: &'a BTreeMap<String, Tok2VecSpec>,
    pub(super) spec: &'a TransitionSpec,
}

impl Network {
    /// Reads the network of a model; `names` takes the place of its own recogniser.
    pub(super) fn read(weights: &Weights, spec: &Spec, names: Option<&Names>) -> Result<Self, String> {
        let own = Names { weights, tok2vecs: &spec.tok2vecs, spec: &spec.ner };
        let names = names.unwrap_or(&own);
        let mut tok2vecs = Tok2Vecs { weights, specs: &spec.tok2vecs, read: Vec::new() };
        let (tagger, tagger_width) = tok2vecs.find("tagger", &spec.tagger.tok2vec)?;
        let (parser, parser_width) = tok2vecs.find("parser", &spec.parser.tok2vec)?;
        if !std::ptr::eq(names.weights, weights) {
            tok2vecs = Tok2Vecs { weights: names.weights, specs: names.tok2vecs, read: tok2vecs.forgotten() };
        }
        let (recogniser, recogniser_width) = tok2vecs.find("ner", &names.spec.tok2vec)?;
        let tok2vecs: Vec<Tok2Vec> = tok2vecs.read.into_iter().map(|(_, tok2vec)| tok2vec).collect();
        let vectors = tok2vecs.iter().any(Tok2Vec::has_vectors);
        Ok(Self {
            rows: vectors.then(|| VectorRows::read(weights)).transpose()?,
            tok2vecs,
            tagger: (tagger, Tagger::read(weights, &spec.tagger, tagger_width)?),
            parser: (parser, Parser::read(weights, &spec.parser, parser_width)?),
            recogniser: (recogniser, Recogniser::read(names.weights, names.spec, recogniser_width)?),
        })
    }

    /// Analyses the texts of a batch. `words` gives the number of each token's word in the thread's memory.
    pub(super) fn analyse(&self, batch: &Batch, words: &[usize], memory: &mut Memory) -> Vec<Answer> {
        let embedded = memory.embed(&self.tok2vecs, self.rows.as_ref());
        let vectors: Vec<_> =
            self.tok2vecs.iter().zip(embedded).map(|(t, embedded)| t.encode(embedded, words, &batch.texts)).collect();
        let (tagger, parser, recogniser) = (&self.tagger.1, &self.parser.1, &self.recogniser.1);
        let tags = tagger.tags(&vectors[self.tagger.0]);
        let for_parser = parser.prepare(&vectors[self.parser.0]);
        let for_recogniser = recogniser.prepare(&vectors[self.recogniser.0]);
        let mut answers = Vec::with_capacity(batch.texts.len());
        for text in &batch.texts {
            let blank = |token: usize| memory.word(words[text.start + token]).lexeme.is_space;
            let mut arcs = parser.parse(&for_parser, text.start, text.len());
            tree::lower(&mut arcs, blank);
            let starts = tree::starts(&arcs.heads);
            let place = |(token, starts): (usize, &bool)| Place { starts: *starts, blank: blank(token) };
            let places: Vec<Place> = starts.iter().enumerate().map(place).collect();
            let names = recogniser.names(&for_recogniser, text.start, &places);
            answers.push(Answer { tags: tags[text.clone()].to_vec(), arcs, starts, names });
        }
        answers
    }
}

/// The tok2vecs of a file, each read when a component first asks for it.
struct Tok2Vecs<'a> {
    weights: &'a Weights<'a>,
    specs: &'a BTreeMap<String, Tok2VecSpec>,
    read: Vec<(&'a str, Tok2Vec)>,
}

impl<'a> Tok2Vecs<'a> {
    /// The number and width of the tok2vec that a component asks for.
    fn find(&mut self, component: &str, name: &str) -> Result<(usize, usize), String> {
        let missing = || format!("{component}: its tok2vec `{name}` is missing");
        let (name, spec) = self.specs.get_key_value(name).ok_or_else(missing)?;
        let known = self.read.iter().position(|(known, _)| known == name);
        if known.is_none() {
            self.read.push((name, Tok2Vec::read(self.weights, name, spec)?));
        }
        Ok((known.unwrap_or(self.read.len() - 1), spec.width))
    }

    /// Those read so far under no name, so that another file's are not taken for them.
    fn forgotten<'b>(self) -> Vec<(&'b str, Tok2Vec)> {
        self.read.into_iter().map(|(_, tok2vec)| ("", tok2vec)).collect()
    }
}
