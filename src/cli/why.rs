//! `newsgraph why`: why an entity is what it is.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::columns::Columns;
use super::pin::anchor;
use super::{Status, Terminal};
use crate::base::{Account, KnowledgeBase};
use crate::error::{Error, Result};
use crate::graph::mint;
use crate::identity::{Anchor, ENOUGH, Explanation, Member, Told};
use crate::output::Output;

/// Show why the names of several articles are one entity, or two.
///
/// For each entity of that IRI or name: what it is called, the articles that name it and where, why each was joined, and
/// which namesakes were kept apart for what reasons. Points speak for (+) or against (-).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph why 'Jane Roe' --store kb               everybody of that name
  newsgraph why person/jane-roe--judge --store kb   one of them
  newsgraph why 'Jane Roe' --store kb --json        for programs

Exit status: 0 there is such an entity, 2 there is none.")]
pub(super) struct Why {
    /// An IRI, the end of one, or a name; with @ and the IRI of an article, as that article names it
    #[arg(value_name = "ENTITY", value_parser = anchor)]
    entity: Anchor,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl Why {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let account = KnowledgeBase::open(&self.store)?.explain(&self.entity)?;
        if account.explanations.is_empty() {
            return Err(Error::Setting(format!("the base has no {}", self.entity)));
        }
        let text = if self.json {
            let all: Vec<Value> = account.explanations.iter().map(|one| to_json(&account, one)).collect();
            format!("{:#}\n", Value::from(all))
        } else {
            let width = terminal.width().or_else(|| std::env::var("COLUMNS").ok()?.parse().ok());
            let all: Vec<String> = account.explanations.iter().map(|one| to_text(&account, one, width)).collect();
            all.join("\n")
        };
        let mut output = Output::stdout();
        output.write_all(text.as_bytes()).map_err(Error::io(output.path()))?;
        output.finish()?;
        Ok(Status::Done)
    }
}

fn to_text(account: &Account, explanation: &Explanation, width: Option<usize>) -> String {
    let cluster = &explanation.cluster;
    let mut text = format!("{}\n  {}\n", cluster.label, cluster.iri);
    if let Some(item) = &cluster.item {
        text += &format!("  {item}\n");
    }
    let names = names(account, explanation);
    if names.len() > 1 {
        text += &format!("  also {}\n", names[1..].join(", "));
    }
    text += "\n  named in\n";
    let mut columns = Columns::new("    ", width);
    for member in &cluster.members {
        let (place, words) = place(account, *member);
        columns.row([published(account, *member), place, words]);
    }
    text += &columns.lines();
    if !explanation.joined.is_empty() {
        text += &format!("\n  joined, from {ENOUGH} points on\n");
        let mut columns = Columns::new("    ", width);
        for told in &explanation.joined {
            columns.row([signed(told.score), name_in(account, told.member), reasons(told)]);
        }
        columns.align_right(&[0]);
        text += &columns.lines();
    }
    if !explanation.apart.is_empty() {
        text += "\n  kept apart\n";
        let mut columns = Columns::new("    ", width);
        for (other, told) in &explanation.apart {
            columns.row([signed(told.score), path(&other.iri).to_owned(), reasons(told)]);
        }
        columns.align_right(&[0]);
        text += &columns.lines();
    }
    text
}

fn reasons(told: &Told) -> String {
    let reasons = told.reasons.iter().map(|(words, points)| match points {
        0 => words.clone(),
        points => format!("{} {words}", signed(*points)),
    });
    reasons.collect::<Vec<_>>().join("; ")
}

fn signed(points: i32) -> String {
    format!("{points:+}")
}

/// The sort and slug at the end of an IRI.
fn path(iri: &str) -> &str {
    let slash = iri.rmatch_indices(['/', '#']).nth(1);
    slash.map_or(iri, |(at, _)| &iri[at + 1..])
}

/// All names, the best one first.
fn names(account: &Account, explanation: &Explanation) -> Vec<String> {
    let mut names = vec![explanation.cluster.label.clone()];
    for (article, entity) in &explanation.cluster.members {
        let profile = &account.articles[*article as usize].profiles.entities[*entity as usize];
        for name in [&profile.name].into_iter().chain(&profile.other_names) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names[1..].sort();
    names
}

fn published(account: &Account, (article, _): Member) -> String {
    let published = &account.articles[article as usize].profiles.published;
    published.get(..10).unwrap_or(published).to_owned()
}

/// A profile by its name and article.
fn name_in(account: &Account, (article, entity): Member) -> String {
    let article = &account.articles[article as usize];
    format!("{} in {}", article.profiles.entities[entity as usize].name, article.iri)
}

/// Where a profile stands, and the words that tell most of it.
fn place(account: &Account, (article, entity): Member) -> (String, String) {
    let article = &account.articles[article as usize];
    let profile = &article.profiles.entities[entity as usize];
    let post = profile.posts.first().map(|post| &post.evidence);
    match post.or(profile.evidence.as_ref()) {
        Some(evidence) => {
            let place = format!("{}{},{}", mint::before_span(&article.iri), evidence.start, evidence.end);
            (place, format!("“{}”", evidence.words))
        }
        None => (article.iri.clone(), "not named in the text".to_owned()),
    }
}

fn to_json(account: &Account, explanation: &Explanation) -> Value {
    let cluster = &explanation.cluster;
    let member = |member: Member| {
        let article = &account.articles[member.0 as usize];
        let profile = &article.profiles.entities[member.1 as usize];
        let (place, words) = place(account, member);
        json!({
            "article": article.iri,
            "published": article.profiles.published,
            "localIri": profile.iri,
            "name": profile.name,
            "mentions": profile.mentions,
            "evidence": place,
            "words": words.trim_matches(['“', '”']),
        })
    };
    let told = |told: &Told| {
        let reasons: Vec<Value> =
            told.reasons.iter().map(|(reason, points)| json!({ "reason": reason, "points": points })).collect();
        json!({ "member": member(told.member), "with": member(told.with), "score": told.score, "reasons": reasons })
    };
    let apart = explanation
        .apart
        .iter()
        .map(|(other, why)| json!({ "iri": other.iri, "label": other.label, "comparison": told(why) }));
    json!({
        "iri": cluster.iri,
        "label": cluster.label,
        "names": names(account, explanation),
        "item": cluster.item,
        "articles": cluster.members.iter().map(|at| member(*at)).collect::<Vec<_>>(),
        "joined": explanation.joined.iter().map(told).collect::<Vec<_>>(),
        "keptApart": apart.collect::<Vec<_>>(),
    })
}
