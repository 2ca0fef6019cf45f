//! What reads the texts that are evaluated.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::pipeline::Pipeline;
use crate::score::{Annotations, Sample, found};

/// A pipeline, or a language model without what newsgraph makes of it.
pub(super) struct System {
    pub(super) name: &'static str,
    pipeline: Pipeline,
    model_only: bool,
}

impl System {
    /// All that newsgraph finds with a pipeline.
    pub(super) fn new(name: &'static str, pipeline: Pipeline) -> Self {
        Self { name, pipeline, model_only: false }
    }

    /// What the language model of a pipeline finds, without what newsgraph makes of it.
    pub(super) fn model_of(name: &'static str, pipeline: Pipeline) -> Self {
        Self { name, pipeline, model_only: true }
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
