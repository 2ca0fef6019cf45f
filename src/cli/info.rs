//! `newsgraph info`: what a knowledge base holds, in figures.

use std::io::Write;
use std::path::PathBuf;

use indicatif::{HumanBytes, HumanCount};

use super::columns::Columns;
use super::{Status, Terminal};
use crate::base::{KnowledgeBase, Survey};
use crate::error::{Error, Result};
use crate::output::Output;

/// Say what a knowledge base holds: articles, quads, entities, dates, size, and what wrote it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph info --store kb
  newsgraph info --store kb --to json | jq .articles

Exit status: 0 all went well, 2 there is no base or it is damaged (newsgraph check says where).")]
pub(super) struct Info {
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// How it is written
    #[arg(long, short, value_enum, default_value_t)]
    to: Form,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Form {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

impl Info {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let survey = KnowledgeBase::open(&self.store)?.survey()?;
        let text = match self.to {
            Form::Table => table(&survey, terminal.width()),
            Form::Json => {
                serde_json::to_string_pretty(&survey).map_err(|error| Error::Setting(error.to_string()))? + "\n"
            }
        };
        let mut output = Output::stdout();
        output.write_all(text.as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(Status::Done)
    }
}

fn table(survey: &Survey, width: Option<usize>) -> String {
    let count = |count: u64| HumanCount(count).to_string();
    let kinds = survey.entities.iter().map(|(kind, number)| format!("{} {kind}", HumanCount(*number)));
    let programs = survey.programs.iter().map(|(version, number)| {
        ("read by", format!("newsgraph {version}"), format!("{} articles", HumanCount(*number)))
    });
    let identity = if survey.settled { "kept" } else { "to be worked out at each opening" };
    let dates = survey.published.as_ref().map(|(first, last)| format!("{first} to {last}"));
    let rows = [
        ("articles", count(survey.articles), String::new()),
        ("former versions", count(survey.versions), String::new()),
        ("quads", count(survey.quads), String::new()),
        ("entities", count(survey.entities.values().sum()), kinds.collect::<Vec<_>>().join(", ")),
        ("publishers", count(survey.publishers), String::new()),
        ("published", dates.unwrap_or_else(|| "unknown".to_owned()), String::new()),
        ("identity", identity.to_owned(), String::new()),
        ("on disk", HumanBytes(survey.disk).to_string(), String::new()),
        ("in memory", HumanBytes(survey.memory).to_string(), "when it is opened to answer queries, about".to_owned()),
        ("format", count(survey.format), String::new()),
    ];
    let mut columns = Columns::new("  ", width);
    for (what, value, remark) in rows.into_iter().chain(programs) {
        columns.row([what.to_owned(), value, remark]);
    }
    columns.lines()
}
