//! The flags that say how documents become RDF: shared by every command that writes them.

use crate::graph::mint::Base;
use crate::graph::{Detail, Options};
use crate::pipeline::Pipeline;

/// How documents are written.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "RDF")]
pub(super) struct Writing {
    /// What the IRIs of entities, facts and articles without address begin with; ends in / or #
    #[arg(long, value_name = "IRI", default_value_t)]
    base: Base,
    /// How much is written of each article
    #[arg(long, value_enum, default_value_t)]
    detail: Amount,
    /// Write the clean text of each article as well, as nif:isString
    #[arg(long)]
    with_text: bool,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Amount {
    /// Everything, each mention too
    #[default]
    Full,
    /// No mention nodes: where a fact is stated is in its #char= IRI alone
    Facts,
}

impl Writing {
    /// The options that the flags ask for, for documents that this pipeline reads.
    pub(super) fn options(self, pipeline: &Pipeline) -> Options {
        Options {
            base: self.base,
            detail: match self.detail {
                Amount::Full => Detail::Full,
                Amount::Facts => Detail::Facts,
            },
            with_text: self.with_text,
            model: pipeline.model().digest().to_owned(),
        }
    }
}
