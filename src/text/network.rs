//! The network as a whole: words in, tags, trees and names out.

use super::Name;
use super::batch::Batch;
use super::memory::Memory;
use super::parser::Parser;
use super::recogniser::{Place, Recogniser};
use super::spec::Spec;
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

impl Network {
    pub(super) fn read(weights: &Weights, spec: &Spec) -> Result<Self, String> {
        let find = |component: &str, name: &String| {
            let found = spec.tok2vecs.iter().enumerate().find(|(_, (known, _))| *known == name);
            let found = found.map(|(number, (_, tok2vec))| (number, tok2vec.width));
            found.ok_or_else(|| format!("{component}: its tok2vec `{name}` is missing"))
        };
        let (tagger, tagger_width) = find("tagger", &spec.tagger.tok2vec)?;
        let (parser, parser_width) = find("parser", &spec.parser.tok2vec)?;
        let (recogniser, recogniser_width) = find("ner", &spec.ner.tok2vec)?;
        let vectors = spec.tok2vecs.values().any(|tok2vec| tok2vec.vectors);
        let tok2vecs = spec.tok2vecs.iter().map(|(name, tok2vec)| Tok2Vec::read(weights, name, tok2vec));
        Ok(Self {
            rows: vectors.then(|| VectorRows::read(weights)).transpose()?,
            tok2vecs: tok2vecs.collect::<Result<_, _>>()?,
            tagger: (tagger, Tagger::read(weights, &spec.tagger, tagger_width)?),
            parser: (parser, Parser::read(weights, &spec.parser, parser_width)?),
            recogniser: (recogniser, Recogniser::read(weights, &spec.ner, recogniser_width)?),
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
