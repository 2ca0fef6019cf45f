//! What reads the texts that are evaluated.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::error::Result;
use crate::pipeline::Pipeline;
use crate::resources::Resources;
use crate::score::{Annotations, Sample, found};
use crate::text::model::Model;

/// A pipeline, or a language model without what newsgraph makes of it.
pub(super) struct System {
    pub(super) name: &'static str,
    pipeline: Pipeline,
    model_only: bool,
}

impl System {
    /// A system of a model and language data; the built-in ones where none are named.
    pub(super) fn open(
        name: &'static str,
        model: Option<&Path>,
        data: Option<&Path>,
        model_only: bool,
    ) -> Result<Self> {
        let model = model.map_or_else(Model::built_in, Model::open)?;
        let resources = data.map_or_else(Resources::built_in, Resources::with_directory)?;
        Ok(Self { name, pipeline: Pipeline::new(model, resources), model_only })
    }

    /// What it finds in each text.
    pub(super) fn read(&self, samples: &[Sample]) -> Vec<Annotations> {
        samples.par_iter().map(|sample| self.read_one(sample)).collect()
    }

    /// The same, and how long it took.
    pub(super) fn read_timed(&self, samples: &[Sample]) -> (Vec<Annotations>, Duration) {
        let start = Instant::now();
        (self.read(samples), start.elapsed())
    }

    fn read_one(&self, sample: &Sample) -> Annotations {
        let article = sample.article.clone();
        if !self.model_only {
            return found::annotations(&self.pipeline.read(article));
        }
        let prose: Vec<_> = article.blocks.iter().map(|block| block.span).collect();
        found::recognised(&self.pipeline.model().read(article.text, &prose))
    }
}
