//! Finds the candidates for attributions in annotated texts, and prints a line for each: what `tools/attributions` trains on.
//!
//! `attributions [--data DIR] GOLD... > rows.tsv`: text, whether the gold has an attribution with this cue (1 or 0), the words of the cue, and
//! the features, tab-separated.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use newsgraph::gazetteer::Gazetteers;
use newsgraph::pipeline::Pipeline;
use newsgraph::relate::attributions::{self, Layers, Row};
use newsgraph::resources::Resources;
use newsgraph::score::read::{self, Options};
use newsgraph::score::sample::{Attributed, Sample};
use newsgraph::text::model::Model;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from).peekable();
    let directory = arguments.next_if(|first| first.as_os_str() == "--data").and_then(|_| arguments.next());
    let resources = directory.map_or_else(Resources::built_in, |directory| Resources::with_directory(&directory))?;
    let files: Vec<PathBuf> = arguments.collect();
    let pipeline = Pipeline::new(Model::built_in()?, resources).with_gazetteers(Gazetteers::built_in()?);
    let samples = read::samples(&files, &Options::default())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for lines in newsgraph::parallel::map(samples.iter(), |sample| lines(&pipeline, sample)) {
        out.write_all(lines.as_bytes())?;
    }
    Ok(out.flush()?)
}

fn lines(pipeline: &Pipeline, sample: &Sample) -> String {
    let document = pipeline.read(sample.article.clone());
    let layers = Layers {
        article: &document.article,
        text: &document.text,
        entities: &document.entities,
        mentions: &document.mentions,
        chains: &document.chains,
        quotes: &document.quotes,
    };
    let gold = sample.gold.attributions.as_deref().unwrap_or_default();
    let rows = attributions::rows(&layers, pipeline.resources());
    let line = |row: &Row| {
        let is_right = gold.iter().any(|gold| is_same(gold, row));
        let words = row.cue.of(sample.text()).replace(char::is_whitespace, " ");
        format!("{}\t{}\t{words}\t{}\n", sample.id, u8::from(is_right), row.features.join("\t"))
    };
    rows.iter().map(line).collect()
}

/// Whether the gold has an attribution with a cue and content that overlap these.
fn is_same(gold: &Attributed, row: &Row) -> bool {
    let cue = gold.cue.iter().any(|cue| cue.overlaps(row.cue));
    let content = gold.content.iter().any(|span| row.content.iter().any(|other| other.overlaps(*span)));
    cue && content
}
