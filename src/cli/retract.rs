//! `newsgraph retract`: articles out of a knowledge base.

use std::io::Read;
use std::path::{Path, PathBuf};

use indicatif::HumanCount;
use oxigraph::model::NamedNode;

use super::{Status, Terminal, opening};
use crate::base::Entry;
use crate::error::{Error, Result};

/// Take articles out of a knowledge base, with all that only they say.
///
/// What another article says too stays. An article goes with the former versions that are kept of it; a former version,
/// named by its own IRI, goes alone. Then it is worked out anew which names are one thing, as if the articles had never
/// been there.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph retract https://news.example/2026/11/some-story --store kb
  newsgraph retract some-story other-story --store kb       the end of the IRI is enough where it is the only one
  newsgraph retract --from withdrawn.txt --store kb         a file of IRIs, one a line

Exit status: 0 all are gone, 1 some are not in the base and the others are gone, 2 nothing was done.")]
pub(super) struct Retract {
    /// The IRI of an article or of a former version, or the end of one
    #[arg(value_name = "ARTICLE", required_unless_present = "from")]
    articles: Vec<String>,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Also retract what this file names, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

impl Retract {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let mut asked = self.articles;
        if let Some(file) = &self.from {
            asked.extend(read(file)?);
        }
        let base = opening::open(&self.store, terminal)?;
        let entries = base.articles()?;
        let mut found: Vec<NamedNode> = Vec::new();
        let mut missing = false;
        for name in &asked {
            match find(name, &entries) {
                Ok(article) => found.push(article.clone()),
                Err(reason) => {
                    missing = true;
                    terminal.error(&base_error(&self.store, reason));
                }
            }
        }
        let gone = base.retract(&found)?;
        base.settle()?;
        for entry in &gone {
            let quads = HumanCount(entry.quads);
            let what = if entry.version_of.is_some() { ", a former version" } else { "" };
            terminal.note(&format_args!("retracted {} ({quads} quads{what})", entry.article.as_str()));
        }
        Ok(match (missing, found.is_empty()) {
            (false, _) => Status::Done,
            (true, false) => Status::Partial,
            (true, true) => Status::Failed,
        })
    }
}

fn base_error(store: &Path, reason: String) -> Error {
    Error::Base { path: store.to_owned(), reason }
}

/// The lines of a file that name articles.
fn read(file: &Path) -> Result<Vec<String>> {
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.map_err(Error::io(file))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The one article of this IRI, or whose IRI ends so.
fn find<'a>(name: &str, entries: &'a [Entry]) -> Result<&'a NamedNode, String> {
    if let Some(entry) = entries.iter().find(|entry| entry.article.as_str() == name) {
        return Ok(&entry.article);
    }
    let ends_so = |entry: &&Entry| {
        let rest = entry.article.as_str().strip_suffix(name);
        rest.is_some_and(|rest| rest.ends_with(['/', '#', '&']))
    };
    match entries.iter().filter(ends_so).collect::<Vec<_>>().as_slice() {
        [one] => Ok(&one.article),
        [] => Err(format!("it holds no article {name}")),
        several => {
            let iris: Vec<&str> = several.iter().map(|entry| entry.article.as_str()).collect();
            Err(format!("{name} may be any of these; name one by its IRI: {}", iris.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_named_by_its_iri_or_the_end_of_it() {
        let entry =
            |iri: &str| Entry { article: NamedNode::new(iri).unwrap(), version_of: None, digest: [0; 32], quads: 1 };
        let entries = ["https://a.example/1", "https://a.example/21", "https://b.example/1", "https://b.example/x"];
        let entries = entries.map(entry);
        let found = |name: &str| find(name, &entries).map(NamedNode::as_str);
        assert_eq!(found("https://a.example/1"), Ok("https://a.example/1"));
        assert_eq!(found("21"), Ok("https://a.example/21"));
        assert_eq!(found("b.example/x"), Ok("https://b.example/x"));
        assert_eq!(
            found("1"),
            Err("1 may be any of these; name one by its IRI: https://a.example/1, https://b.example/1".to_owned())
        );
        assert_eq!(found("2"), Err("it holds no article 2".to_owned()));
    }
}
