//! `newsgraph same` and `newsgraph different`: the user settles what is one thing.

use std::path::PathBuf;

use super::{Status, Terminal, opening, pins};
use crate::base::{Account, KnowledgeBase};
use crate::error::{Error, Result};
use crate::identity::{Anchor, Explanation, Member, Pin, Relation};

/// Settle that two entities are one.
///
/// The base keeps it, also when articles are added or read again; `newsgraph pins` prints and restores what is settled.
#[derive(Debug, clap::Args)]
#[command(after_help = PAIR_HELP)]
pub(super) struct Same {
    #[command(flatten)]
    pair: Pair,
}

/// Settle that two entities, or one entity of two articles, are not one.
///
/// The base keeps it, also when articles are added or read again; `newsgraph pins` prints and restores what is settled.
#[derive(Debug, clap::Args)]
#[command(after_help = PAIR_HELP)]
pub(super) struct Different {
    #[command(flatten)]
    pair: Pair,
}

const PAIR_HELP: &str = "\
Examples:
  newsgraph same 'Bob Roe' 'Robert Roe' --store kb
  newsgraph same person/roe person/jane-roe --store kb
  newsgraph different 'Jane Roe@https://news.example/1' 'Jane Roe@https://news.example/2' --store kb

Exit status: 0 it is settled, 2 nothing was done.";

#[derive(Debug, clap::Args)]
struct Pair {
    /// An IRI, the end of one, or a name; with @ and the IRI of an article, as that article names it
    #[arg(value_name = "ENTITY", value_parser = anchor)]
    one: Anchor,
    /// The other one
    #[arg(value_name = "OTHER", value_parser = anchor)]
    other: Anchor,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
}

impl Same {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        self.pair.settle(Relation::Same, terminal)
    }
}

impl Different {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        self.pair.settle(Relation::Different, terminal)
    }
}

impl Pair {
    fn settle(self, relation: Relation, terminal: &Terminal) -> Result<Status> {
        let base = opening::open(&self.store, terminal)?;
        let [one, other] = [Found::new(&base, &self.one)?, Found::new(&base, &self.other)?];
        if one.family != other.family {
            let [one, other] = [one.label, other.label];
            return Err(Error::Setting(format!("{one} and {other} are of different sorts, so never one")));
        }
        if one.anchor == other.anchor {
            let label = one.label;
            return Err(Error::Setting(match relation {
                Relation::Same => format!("{label} is one entity already"),
                Relation::Different => format!(
                    "both are {}; to take it apart, name two of its articles: 'NAME@ARTICLE' (newsgraph why lists them)",
                    one.iri
                ),
            }));
        }
        pins::add(&base, [Pin::new(relation, one.anchor.clone(), other.anchor.clone())])?;
        base.settle()?;
        terminal.note(&format_args!("pinned: {relation} {} {}", one.anchor, other.anchor));
        Ok(Status::Done)
    }
}

/// What an entity on the command line means, by one of its articles, which is what the pin will name.
struct Found {
    anchor: Anchor,
    iri: String,
    label: String,
    family: &'static str,
}

impl Found {
    fn new(base: &KnowledgeBase, asked: &Anchor) -> Result<Self> {
        let account = base.explain(asked)?;
        let explanation = one(&account, asked)?;
        let cluster = &explanation.cluster;
        let in_article = |member: &&Member| {
            asked.article.as_deref().is_none_or(|article| account.articles[member.0 as usize].iri == article)
        };
        let member = cluster.members.iter().find(in_article).copied().unwrap_or(cluster.members[0]);
        let article = &account.articles[member.0 as usize];
        let profile = &article.profiles.entities[member.1 as usize];
        Ok(Self {
            anchor: Anchor { entity: profile.iri.clone(), article: Some(article.iri.clone()) },
            iri: cluster.iri.clone(),
            label: cluster.label.clone(),
            family: profile.family.name(),
        })
    }
}

/// The one thing that an entity on the command line means.
fn one<'a>(account: &'a Account, asked: &Anchor) -> Result<&'a Explanation> {
    match account.explanations.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::Setting(format!("the base has no {asked}"))),
        several => {
            let iris: Vec<&str> = several.iter().map(|one| one.cluster.iri.as_str()).collect();
            Err(Error::Setting(format!("{asked} may be any of these; name one by its IRI: {}", iris.join(", "))))
        }
    }
}

/// Reads an entity of the command line: what follows an @ is an article where it is an IRI.
pub(super) fn anchor(text: &str) -> Result<Anchor, String> {
    let (entity, article) = match text.rsplit_once('@') {
        Some((entity, article)) if article.contains(':') && !entity.is_empty() => (entity, Some(article.to_owned())),
        _ => (text, None),
    };
    if entity.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    Ok(Anchor { entity: entity.trim().to_owned(), article })
}
