//! `newsgraph disputes`: what is said against what, over all articles of a base.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::columns::Columns;
use super::{Status, Terminal};
use crate::base::{KnowledgeBase, Matter, MatterKind, Voice};
use crate::error::{Error, Result};
use crate::output::Output;

/// Show what the articles of a base contradict one another about: denials, figures, dates, posts.
///
/// Each matter stands with everybody who speaks of it: what is said, by whom, in which outlet and when, and the words. What
/// is held on both sides by the most outlets comes first; copies of one story count once. A later, greater toll is an update
/// and no contradiction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph disputes --store kb                            all that is disputed
  newsgraph disputes --store kb --about 'Corvane'          what concerns one name
  newsgraph disputes --store kb --kind figure --to csv     differing figures, for a spreadsheet
  newsgraph disputes --store kb --corroborated             facts that several independent articles state

Exit status: 0 all went well, even if nothing is disputed; 2 there is no such base.")]
pub(super) struct Disputes {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Only what names a person, organisation or place whose name has these words
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
    /// Only matters of this kind
    #[arg(long, value_enum, conflicts_with = "corroborated")]
    kind: Option<Kind>,
    /// Show facts that several independent articles state instead
    #[arg(long)]
    corroborated: bool,
    /// How it is written
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value = "text")]
    to: Form,
    /// Write to this file; .gz and .zst are compressed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// One says so, another says not
    Denial,
    /// Tolls, prices, shares, ages
    Figure,
    /// Dates of birth, death, founding
    Date,
    /// Two holders of one post
    Post,
    /// Other things of which there is one only
    Value,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// To read
    Text,
    /// A row for each who speaks
    Csv,
    /// For programs
    Json,
}

impl Kind {
    fn matter(self) -> MatterKind {
        match self {
            Self::Denial => MatterKind::Denial,
            Self::Figure => MatterKind::Figure,
            Self::Date => MatterKind::Date,
            Self::Post => MatterKind::Post,
            Self::Value => MatterKind::Value,
        }
    }
}

impl Disputes {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let dataset = KnowledgeBase::open(&self.store)?.dataset()?;
        let mut matters = if self.corroborated { dataset.corroborated() } else { dataset.disputes() };
        matters.retain(|matter| {
            self.kind.is_none_or(|kind| matter.kind == kind.matter())
                && self.about.as_deref().is_none_or(|name| matter.is_about(name))
        });
        let mut output = self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
        let failed = |error: std::io::Error| Error::Setting(error.to_string());
        let bytes = match self.to {
            Form::Text => text(&matters, terminal).into_bytes(),
            Form::Csv => csv(&matters).map_err(|error| failed(error.into()))?,
            Form::Json => {
                let mut bytes = serde_json::to_vec_pretty(&matters).map_err(|error| failed(error.into()))?;
                bytes.push(b'\n');
                bytes
            }
        };
        output.write_all(&bytes).map_err(Error::io(output.path()))?;
        output.finish()?;
        match matters.len() {
            0 => terminal.note(&"nothing of the kind"),
            1 => terminal.note(&"1 matter"),
            count => terminal.note(&format_args!("{count} matters")),
        }
        Ok(Status::Done)
    }
}

fn text(matters: &[Matter], terminal: &Terminal) -> String {
    let width = terminal.width().or_else(|| std::env::var("COLUMNS").ok()?.parse().ok());
    let texts = matters.iter().map(|matter| {
        let mut columns = Columns::new("  ", width);
        for voice in &matter.voices {
            columns.row([voice.says.clone(), speaker(voice), spread(voice), place(voice)]);
        }
        format!("{}: {}\n{}", name(matter.kind), matter.about, columns.lines())
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Who says it, where and when.
fn speaker(voice: &Voice) -> String {
    let source = voice.source.as_deref().unwrap_or("the article itself");
    let outlet = voice.outlet.as_ref().map_or_else(String::new, |outlet| format!(", {outlet}"));
    let published = voice.published.get(..10).unwrap_or(&voice.published);
    let gap = if published.is_empty() { "" } else { ", " };
    format!("{source}{outlet}{gap}{published}")
}

/// How widely it is said.
fn spread(voice: &Voice) -> String {
    match (voice.articles, voice.publishers) {
        (0 | 1, _) => String::new(),
        (articles, 1) => format!("{articles} articles of 1 outlet"),
        (articles, publishers) => format!("{articles} articles of {publishers} outlets"),
    }
}

/// The words, and which characters of which article they are.
fn place(voice: &Voice) -> String {
    let place = voice.evidence.as_ref().unwrap_or(&voice.article);
    voice.words.as_ref().map_or_else(|| place.clone(), |words| format!("“{words}” {place}"))
}

fn name(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Denial => "denial",
        MatterKind::Figure => "figure",
        MatterKind::Date => "date",
        MatterKind::Post => "post",
        MatterKind::Value => "value",
        MatterKind::Agreement => "agreement",
    }
}

/// The columns of a row.
const HEADER: [&str; 12] = [
    "matter",
    "kind",
    "about",
    "says",
    "source",
    "outlet",
    "published",
    "articles",
    "publishers",
    "words",
    "evidence",
    "article",
];

fn csv(matters: &[Matter]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEADER)?;
    for (number, matter) in (1..).zip(matters) {
        for voice in &matter.voices {
            let [source, outlet, words, evidence] =
                [&voice.source, &voice.outlet, &voice.words, &voice.evidence].map(|part| part.as_deref().unwrap_or(""));
            let [number, articles, publishers] =
                [number, voice.articles, voice.publishers].map(|it: u64| it.to_string());
            table.write_record([
                number.as_str(),
                name(matter.kind),
                &matter.about,
                &voice.says,
                source,
                outlet,
                &voice.published,
                &articles,
                &publishers,
                words,
                evidence,
                &voice.article,
            ])?;
        }
    }
    table.into_inner().map_err(|error| error.into_error().into())
}
