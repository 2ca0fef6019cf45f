//! An article's way from words to what it says.

use crate::article::Article;
use crate::date::Stamp;
use crate::document::Document;
use crate::error::Result;
use crate::gazetteer::Gazetteers;
use crate::relate::{events, facts, quotes};
use crate::resolve::coreference::{self, Layers};
use crate::resources::Resources;
use crate::span::Span;
use crate::text::model::Model;
use crate::{detect, relate, resolve, syntax, times};

/// Everything needed to read articles: a language model, language data and known things. Shared freely between threads.
pub struct Pipeline {
    model: Model,
    resources: Resources,
    gazetteers: Gazetteers,
}

impl Pipeline {
    /// A pipeline of the given parts, which knows no things by name.
    #[must_use]
    pub fn new(model: Model, resources: Resources) -> Self {
        Self { model, resources, gazetteers: Gazetteers::new(Vec::new()) }
    }

    /// The pipeline with these known things.
    #[must_use]
    pub fn with_gazetteers(self, gazetteers: Gazetteers) -> Self {
        Self { gazetteers, ..self }
    }

    /// A pipeline of the model, data and gazetteer inside the program.
    ///
    /// # Errors
    /// When a built-in file is damaged.
    pub fn built_in() -> Result<Self> {
        Ok(Self::new(Model::built_in()?, Resources::built_in()?).with_gazetteers(Gazetteers::built_in()?))
    }

    /// The same without the encoder: several times as fast, with more mistakes in names.
    ///
    /// # Errors
    /// When a built-in file is damaged.
    pub fn fast() -> Result<Self> {
        Ok(Self::new(Model::fast()?, Resources::built_in()?).with_gazetteers(Gazetteers::built_in()?))
    }

    /// The model it reads with.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The language data it reads with.
    #[must_use]
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// Reads an article: each stage returns what it found, and none changes what an earlier one did.
    #[must_use]
    pub fn read(&self, article: Article) -> Document {
        let prose: Vec<Span> = article.blocks.iter().filter(|block| block.kind.is_prose()).map(|b| b.span).collect();
        let text = syntax::mended(self.model.read(article.text.clone(), &prose), &self.resources.titles);
        let candidates = detect::candidates(&article, &text, &self.resources, &self.gazetteers);
        let (mut entities, mentions) = resolve::entities(&text, &candidates, &self.resources, &self.gazetteers);
        let quotes = quotes::find(&text, &entities, &mentions, &self.resources);
        let genders = resolve::genders(&text, &entities, &mentions, &self.resources);
        let layers =
            Layers { text: &text, entities: &entities, mentions: &mentions, quotes: &quotes, genders: &genders };
        let chains = coreference::chains(&layers, &self.resources);
        let quotes = quotes::with_chains(quotes, &chains);
        let said = relate::attributions::Layers {
            article: &article,
            text: &text,
            entities: &entities,
            mentions: &mentions,
            chains: &chains,
            quotes: &quotes,
        };
        let attributions = relate::attributions(&said, &self.resources);
        let standings = relate::standings(&text, &attributions, &self.resources);
        let times = times::times(&article, &text, &self.resources);
        let published = article.metadata.published.and_then(Stamp::day);
        let posts = relate::roles::Layers {
            text: &text,
            entities: &entities,
            mentions: &mentions,
            chains: &chains,
            times: &times,
            published,
            standings: &standings,
            quotes: &quotes,
        };
        let (roles, countries) = relate::roles(&posts, &self.resources);
        entities.extend(countries);
        let layers = facts::Layers {
            text: &text,
            entities: &entities,
            mentions: &mentions,
            chains: &chains,
            times: &times,
            standings: &standings,
            roles: &roles,
        };
        let (facts, countries) = facts::facts(&layers, &self.resources);
        entities.extend(countries);
        let events = events::events(
            &events::Layers {
                text: &text,
                entities: &entities,
                mentions: &mentions,
                chains: &chains,
                standings: &standings,
                times: &times,
                published,
            },
            &self.resources,
        );
        let turns =
            relate::roles::Turns { text: &text, entities: &entities, times: &times, published, events: &events };
        let roles = relate::roles::with_events(roles, &turns, &self.resources);
        let (resources, gazetteers) = (&self.resources, &self.gazetteers);
        let entities = resolve::identified(&article, &text, &entities, &mentions, &roles, resources, gazetteers);
        Document { article, text, entities, mentions, chains, quotes, attributions, times, roles, facts, events }
    }
}
