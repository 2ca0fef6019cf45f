//! `newsgraph show`: an article's layers, to look at and to compare.

use std::io::Write;

use super::layers::{Layer, Layers};
use super::reading::{Event, Reading};
use super::{Status, Terminal};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::output::Output;

/// Show what was found in articles, and where.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph show article.html                      all layers but the tokens
  newsgraph show --layer tokens article.txt        tags and trees in the columns of CoNLL-U
  newsgraph show --layer quotes,roles articles/    who said what, and who holds which post
  newsgraph show --color always article.txt | less -R

In a pipe, a mention is written [words|Kind:number]; the number is the entity's in the list of entities.
Places such as 12-20 are code points of the clean text, half-open, as in the IRI ending in #char=12,20.")]
pub(super) struct Show {
    #[command(flatten)]
    reading: Reading,
    /// The layers to show; `all` for every one [default: all but tokens]
    #[arg(long = "layer", short, value_name = "LAYER", value_delimiter = ',')]
    layers: Vec<Layer>,
}

const USUAL: [Layer; 8] = [
    Layer::Article,
    Layer::Text,
    Layer::Entities,
    Layer::Quotes,
    Layer::Attributions,
    Layer::Times,
    Layer::Roles,
    Layer::Facts,
];

impl Show {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let layers = if self.layers.is_empty() { USUAL.to_vec() } else { self.layers };
        let pipeline = self.reading.analysis.pipeline()?;
        let (colors, width) = (terminal.colors(), terminal.width());
        let show = |article: Article| {
            let document = pipeline.read(article);
            let shown = Layers::new(&document, colors, width);
            let layers: String = layers.iter().map(|layer| shown.show(*layer)).collect();
            format!("{}\n{layers}", document.article.origin)
        };
        let mut output = Output::stdout();
        let mut first = true;
        let tally = self.reading.each(terminal, show, |event| match event {
            Event::Read(shown) => {
                let gap = if std::mem::take(&mut first) { "" } else { "\n\n" };
                write!(output, "{gap}{shown}").map_err(Error::io(output.path()))
            }
            Event::Waiting => output.pass_on(),
        })?;
        output.finish()?;
        Ok(tally.status())
    }
}
