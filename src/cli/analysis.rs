//! The flags that say with what articles are analysed.

use std::path::PathBuf;

use super::gazetteer;
use crate::error::Result;
use crate::pipeline::Pipeline;
use crate::resources::Resources;
use crate::text::model::Model;

/// With what articles are analysed.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Analysis")]
pub(super) struct Analysis {
    /// Find names with the convolutional network alone: several times as fast, with more mistakes
    #[arg(long, conflicts_with = "model")]
    fast: bool,
    /// Read with this model, exported by tools/export_spacy.py, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Use the language data files of this directory in place of the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Know the things of this gazetteer too, made by newsgraph gazetteer import; may be given again
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub(super) gazetteers: Vec<PathBuf>,
}

impl Analysis {
    /// The pipeline that the flags ask for.
    pub(super) fn pipeline(&self) -> Result<Pipeline> {
        let model = match &self.model {
            Some(file) => Model::open(file)?,
            None if self.fast => Model::fast()?,
            None => Model::built_in()?,
        };
        let resources = match &self.data {
            Some(directory) => Resources::with_directory(directory)?,
            None => Resources::built_in()?,
        };
        Ok(Pipeline::new(model, resources).with_gazetteers(gazetteer::open(&self.gazetteers)?))
    }
}
