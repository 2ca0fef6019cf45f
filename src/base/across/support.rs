//! How many independent articles, outlets and sources say the same.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::super::terms::Id;
use super::outlets::{Outlet, Outlets};
use super::{Derived, Object};
use crate::agreement::{Kind, Said};
use crate::vocab::news;

/// Those that say the same.
#[derive(Default)]
struct Support<'a> {
    /// The articles in whose text it first stood.
    articles: BTreeSet<Id>,
    outlets: BTreeSet<Outlet<'a>>,
    /// Named sources, and articles for themselves and for those whom they do not name.
    sources: BTreeSet<Id>,
}

/// What has to be the same, within a group: the polarity, whether it is stated, and of events the times.
type Same = (bool, bool, Vec<Id>);

/// How many support each statement, event and claim. Statements count those that state it; claims whoever says it.
pub(super) fn counts(groups: &[Vec<Said<'_>>], outlets: &Outlets<'_>) -> Vec<Derived> {
    groups.iter().flat_map(|group| counts_of(group, outlets)).collect()
}

fn counts_of(group: &[Said<'_>], outlets: &Outlets<'_>) -> Vec<Derived> {
    let mut supports: HashMap<Same, Support<'_>> = HashMap::new();
    for said in group {
        let (Some((article, outlet)), Some(times)) = (outlets.origin(said.node.graph), times(said)) else { continue };
        // What is stated supports claims too, and a claim no statement.
        let is_claim = said.node.kind == Some(Kind::Claim);
        for of_claims in if is_claim { &[true][..] } else { &[true, false] } {
            let support = supports.entry((said.node.is_denied, *of_claims, times.clone())).or_default();
            support.articles.insert(article);
            support.outlets.insert(outlet);
            let is_named = !said.is_unnamed && said.source != said.node.graph;
            support.sources.insert(if is_named { said.source } else { article });
        }
    }
    let mut counts = Vec::new();
    for said in group {
        let is_claim = said.node.kind == Some(Kind::Claim);
        let same = times(said).map(|times| (said.node.is_denied, is_claim, times));
        let Some(support) = same.and_then(|same| supports.get(&same)) else { continue };
        let mut add = |predicate, count| {
            let object = Object::Count(count);
            counts.push(Derived { subject: said.number, predicate, object, graph: said.node.graph });
        };
        add(news::INDEPENDENT_ARTICLES, support.articles.len());
        add(news::INDEPENDENT_PUBLISHERS, support.outlets.len());
        if is_claim {
            add(news::INDEPENDENT_SOURCES, support.sources.len());
        }
    }
    counts
}

/// The times that must agree; none of an event that cannot be told from others.
fn times(said: &Said<'_>) -> Option<Vec<Id>> {
    if said.is_event() { said.times() } else { Some(Vec::new()) }
}
