//! The flags that describe what is published.

use std::path::PathBuf;

use oxigraph::model::NamedNode;

use crate::base::KnowledgeBase;
use crate::error::{Error, Result};
use crate::export::description::{self, Counts, Distribution, Publication};
use crate::graph::mint::Base;
use crate::output::Output;

/// How what is published is described.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Description")]
pub(super) struct Describing {
    /// Describe the dataset in this Turtle file, in VoID and DCAT: counts, classes, properties, files
    #[arg(long, value_name = "FILE", conflicts_with_all = ["article", "only"])]
    describe: Option<PathBuf>,
    /// The IRI of the dataset [default: dataset under the base]
    #[arg(long, value_name = "IRI", requires = "describe", value_parser = iri)]
    dataset: Option<NamedNode>,
    /// Its title
    #[arg(long, value_name = "TEXT", requires = "describe")]
    title: Option<String>,
    /// Who publishes it: an IRI or a name
    #[arg(long, value_name = "WHO", requires = "describe")]
    publisher: Option<String>,
    /// The IRI of its licence
    #[arg(long, visible_alias = "license", value_name = "IRI", requires = "describe", value_parser = iri)]
    licence: Option<NamedNode>,
    /// What the addresses begin with under which its files will be found
    #[arg(long, value_name = "IRI", requires = "describe", value_parser = iri)]
    download: Option<NamedNode>,
}

impl Describing {
    pub(super) fn is_asked(&self) -> bool {
        self.describe.is_some()
    }

    /// Writes the description, where one is asked for, with the files that were written.
    pub(super) fn write(&self, base: &KnowledgeBase, root: Option<&Base>, files: &[Distribution]) -> Result<()> {
        let Some(path) = &self.describe else { return Ok(()) };
        let root = root.cloned().unwrap_or_default();
        let publication = Publication {
            dataset: self.dataset.clone().unwrap_or_else(|| NamedNode::new_unchecked(format!("{root}dataset"))),
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            licence: self.licence.clone(),
            download: self.download.clone(),
        };
        let output = Output::create(path)?;
        description::write(&Counts::of(base)?, &publication, files, &output).map_err(Error::io(output.path()))?;
        output.finish()
    }
}

fn iri(text: &str) -> Result<NamedNode, String> {
    NamedNode::new(text).map_err(|error| error.to_string())
}
