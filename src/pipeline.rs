//! An article's way from words to what it says.

use crate::article::Article;
use crate::document::Document;
use crate::error::Result;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::model::Model;
use crate::{detect, relate, resolve};

/// Everything needed to read articles: a language model and language data. Shared freely between threads.
pub struct Pipeline {
    model: Model,
    resources: Resources,
}

impl Pipeline {
    /// A pipeline of the given parts.
    #[must_use]
    pub fn new(model: Model, resources: Resources) -> Self {
        Self { model, resources }
    }

    /// A pipeline of the model and data inside the program.
    ///
    /// # Errors
    /// When a built-in file is damaged.
    pub fn built_in() -> Result<Self> {
        Ok(Self::new(Model::built_in()?, Resources::built_in()?))
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
        let text = self.model.read(article.text.clone(), &prose);
        let candidates = detect::candidates(&article, &text, &self.resources);
        let (mut entities, mentions) = resolve::entities(&text, &candidates, &self.resources);
        let quotes = relate::quotes(&text, &entities, &mentions, &self.resources);
        let (roles, countries) = relate::roles(&text, &entities, &mentions, &quotes, &self.resources);
        entities.extend(countries);
        Document { article, text, entities, mentions, quotes, roles }
    }
}
