//! Who is given as the source of what: in the source's own words or the article's, by a verb, a noun, an adjective, a
//! phrase, or a colon in a headline.
//!
//! `candidates` finds words that may attribute, by the frames of the data; `likelihood` weighs each; `quoted` joins
//! them with the quotes; and then each is put into the one in whose content it lies.

mod beside;
mod beyond;
mod candidates;
mod content;
mod cue;
mod headline;
mod likelihood;
mod quoted;
mod source;

use crate::article::Article;
use crate::document::{Act, Attribution, AttributionId, Chain, Entity, Mention, Quote, QuoteId, Wording};
use crate::relate::tree::Tree;
use crate::resources::Resources;
use crate::resources::attributions::Attributions;
use crate::span::Span;
use crate::text::Text;
use source::Sources;

pub use likelihood::Row;

/// What attributions are found in.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'a> {
    /// The article, for its headings.
    pub article: &'a Article,
    /// Its analysis.
    pub text: &'a Text,
    /// The things it speaks of.
    pub entities: &'a [Entity],
    /// Where it names them.
    pub mentions: &'a [Mention],
    /// What else speaks of them.
    pub chains: &'a [Chain],
    /// What it quotes.
    pub quotes: &'a [Quote],
}

/// The attributions of a text, in its order.
#[must_use]
pub fn attributions(layers: &Layers<'_>, resources: &Resources) -> Vec<Attribution> {
    let scene = Scene::new(layers, resources);
    let mut found = scene.candidates();
    found.retain(|found| scene.is_likely(found));
    let mut found = scene.with_quotes(found);
    found.extend(scene.headlines());
    found.sort_by_key(|found| (found.first(), found.cue.map(|cue| cue.start), found.content.len()));
    let within: Vec<Option<AttributionId>> = (0..found.len()).map(|id| innermost(&found, id)).collect();
    let attribution = |(found, within): (Found, Option<AttributionId>)| Attribution {
        confidence: found.likelihood,
        wording: scene.wording(&found),
        source: found.source.as_ref().map(|words| scene.sources.speaker(words)),
        behalf: found.source.as_ref().and_then(|words| scene.sources.behalf(words)),
        content: found.content,
        cue: found.cue,
        act: found.act,
        within,
        quotes: found.quotes,
        rule: found.rule,
    };
    found.into_iter().zip(within).map(attribution).collect()
}

/// The candidates for attributions with the features that are weighed, for training.
#[must_use]
pub fn rows(layers: &Layers<'_>, resources: &Resources) -> Vec<Row> {
    let scene = Scene::new(layers, resources);
    scene.candidates().iter().map(|found| scene.row(found)).collect()
}

/// An attribution on its way.
#[derive(Clone, Debug)]
struct Found {
    content: Vec<Span>,
    cue: Option<Span>,
    /// The word that attributes; none where no single word does.
    word: Option<usize>,
    source: Option<source::Words>,
    act: Act,
    quotes: Vec<QuoteId>,
    rule: std::sync::Arc<str>,
    likelihood: f32,
}

impl Found {
    fn first(&self) -> Option<usize> {
        self.content.iter().map(|span| span.start).min()
    }

    fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }

    fn len(&self) -> usize {
        self.content.iter().map(|span| span.len()).sum()
    }
}

/// What is needed to tell who is given as the source of what.
struct Scene<'a> {
    layers: &'a Layers<'a>,
    tree: Tree<'a>,
    data: &'a Attributions,
    sources: Sources<'a>,
}

impl<'a> Scene<'a> {
    fn new(layers: &'a Layers<'a>, resources: &'a Resources) -> Self {
        let sources = Sources::new(layers, resources);
        Self { layers, tree: Tree::new(layers.text), data: &resources.attributions, sources }
    }

    /// Whether an attribution gives its source's own words: all between quotation marks, or some.
    fn wording(&self, found: &Found) -> Wording {
        if found.quotes.is_empty() {
            return Wording::Indirect;
        }
        let quotes: Vec<Span> = found.quotes.iter().map(|&id| self.layers.quotes[id].span).collect();
        let is_quoted = |token: usize| quotes.iter().any(|quote| quote.overlaps(self.tree.token(token).span));
        let tokens = found.content.iter().flat_map(|span| self.tree.text.tokens_in(*span));
        let is_direct = tokens.filter(|&token| self.tree.token(token).pos != "PUNCT").all(is_quoted);
        if is_direct { Wording::Direct } else { Wording::Mixed }
    }
}

/// How many attributions before and after one may hold it: no content is longer.
const REACH: usize = 64;

/// The attribution in whose content another one's cue lies, the innermost of several.
fn innermost(all: &[Found], id: AttributionId) -> Option<AttributionId> {
    let own = all[id].cue.or(all[id].content.first().copied())?;
    let holds = |&other: &usize| other != id && all[other].holds(own) && all[other].content != all[id].content;
    let near = id.saturating_sub(REACH)..all.len().min(id + REACH);
    near.filter(holds).min_by_key(|&other| all[other].len())
}
