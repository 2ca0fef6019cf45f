//! `newsgraph gazetteer`: known things, looked up and brought in.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::columns::Columns;
use super::{Status, Terminal};
use crate::class::Class;
use crate::document::Kind;
use crate::error::{Error, Result};
use crate::gazetteer::import::{self, Format, Mapping, Options, Tally};
use crate::gazetteer::{self as library, Builder, Candidate, Gazetteers};
use crate::output::Output;

/// Look up known things, and bring your own: tables, Wikidata, your authority files.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Gazetteer {
    Import(Import),
    Find(Find),
    Info(Info),
}

/// Make a gazetteer of tables, a Wikidata dump, N-Triples of labels or SPARQL results.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph gazetteer import firms.csv --output firms.gaz --map iri=id --map name=Firm
  newsgraph gazetteer import latest-all.json.bz2 --output wikidata.gaz --only Person,Organization,Region
  newsgraph gazetteer import labels.nt results.srj --output mine.gaz
  newsgraph build articles/ --store kb --gazetteer firms.gaz --gazetteer wikidata.gaz

A file is read once and in little memory, .gz, .zst and .bz2 too. A Wikidata dump is read twice, first for the subclasses of
the classes that are taken; --subclasses saves that. Nothing is written unless all of it could be read.")]
pub(super) struct Import {
    /// Files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// The gazetteer to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Read every file in this format [default: told by name and content]
    #[arg(long, short, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<Format>,
    /// Take a field from this column (name=Firm); may be given again
    ///
    /// Fields: iri, name, aliases (with | between them), kind, class, country, description, from, to, prior.
    #[arg(long, short, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Of a Wikidata dump take only these kinds and classes (Person,City)
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    only: Vec<String>,
    /// The subclasses of Wikidata, as a table of classes and those above them (Q515,Q486972)
    #[arg(long, value_name = "FILE")]
    subclasses: Option<PathBuf>,
    /// What the gazetteer says of itself: source, date, licence
    #[arg(long, value_name = "TEXT", default_value = "")]
    about: String,
}

/// Look a name up.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph gazetteer find Georgia
  newsgraph gazetteer find 'Acme Inc' --gazetteer firms.gaz

Exit status: 0 the name is known, 1 it is not, 2 nothing could be done.")]
pub(super) struct Find {
    /// The name, in any case, with or without accents and full stops
    name: String,
    /// Look in this gazetteer too; may be given again
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

/// Show what a gazetteer holds, and check that it is whole.
#[derive(Debug, clap::Args)]
pub(super) struct Info {
    /// The gazetteer [default: the one inside the program]
    file: Option<PathBuf>,
}

impl Gazetteer {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        match self {
            Self::Import(import) => import.run(terminal),
            Self::Find(find) => find.run(terminal),
            Self::Info(info) => info.run(),
        }
    }
}

impl Import {
    fn run(self, terminal: &Terminal) -> Result<Status> {
        let mappings = self.map.iter().map(|mapping| mapping.parse()).collect::<Result<Vec<Mapping>>>()?;
        let Self { inputs, output, format, only, subclasses, about, .. } = self;
        let options = Options { format, mappings, only, subclasses };
        let mut builder = Builder::new(about).map_err(Error::io(std::env::temp_dir()))?;
        let mut output = Output::create(&output)?;
        let mut all = Tally::default();
        for input in &inputs {
            let tally = import::read(input, &options, &mut builder)?;
            all.taken += tally.taken;
            all.left_out += tally.left_out;
        }
        let path = output.path().to_owned();
        let size = builder.write(&mut output).map_err(Error::io(&path))?;
        output.finish()?;
        let Tally { taken, left_out } = all;
        terminal.note(&format_args!(
            "{}: {taken} things under {} names, {} bytes; {left_out} left out",
            path.display(),
            size.names,
            size.bytes
        ));
        Ok(Status::Done)
    }
}

impl Find {
    fn run(self, terminal: &Terminal) -> Result<Status> {
        let gazetteers = open(&self.gazetteer)?;
        let mut candidates = gazetteers.candidates(&self.name);
        candidates.sort_by_key(|candidate| std::cmp::Reverse((candidate.prior, candidate.is_usual)));
        let mut columns = Columns::new("", terminal.width());
        for candidate in &candidates {
            columns.row([
                candidate.qid().unwrap_or(&candidate.iri).to_owned(),
                candidate.name.to_owned(),
                told(candidate),
            ]);
        }
        let mut output = Output::stdout();
        output.write_all(columns.lines().as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(if candidates.is_empty() { Status::Partial } else { Status::Done })
    }
}

/// What is known of a thing, on one line.
fn told(candidate: &Candidate<'_>) -> String {
    let sort = candidate.class.map(Class::name).or(candidate.kind.map(Kind::name));
    let years = match (candidate.from, candidate.to) {
        (None, None) => None,
        (from, to) => Some([from, to].map(|year| year.map_or_else(String::new, |year| year.to_string())).join("–")),
    };
    let parts = [sort, candidate.description, candidate.country, years.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl Info {
    fn run(self) -> Result<Status> {
        let gazetteer = match &self.file {
            Some(file) => library::Gazetteer::open(file)?,
            None => library::Gazetteer::built_in()?,
        };
        let mut counts = std::collections::BTreeMap::<&str, u64>::new();
        for thing in gazetteer.things() {
            let sort = thing.class.map(Class::name).or(thing.kind.map(Kind::name));
            *counts.entry(sort.unwrap_or("of no known kind")).or_default() += 1;
        }
        let mut output = Output::stdout();
        let things: u64 = counts.values().sum();
        let whole = if gazetteer.is_whole() { "whole" } else { "damaged" };
        let mut lines =
            format!("{things} things under {} names, {} bytes, {whole}\n", gazetteer.names(), gazetteer.size());
        let mut columns = Columns::new("  ", None);
        for (sort, count) in counts {
            columns.row([sort.to_owned(), count.to_string()]);
        }
        lines += &columns.lines();
        if !gazetteer.about().is_empty() {
            lines += &format!("{}\n", gazetteer.about());
        }
        output.write_all(lines.as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(if whole == "whole" { Status::Done } else { Status::Failed })
    }
}

/// The gazetteer inside the program and these after it.
pub(super) fn open(files: &[PathBuf]) -> Result<Gazetteers> {
    let built_in = std::iter::once_with(library::Gazetteer::built_in);
    let others = files.iter().map(|file| library::Gazetteer::open(file));
    Ok(Gazetteers::new(built_in.chain(others).collect::<Result<_>>()?))
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}
