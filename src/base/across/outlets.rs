//! Which articles there are, who published them when, and which are copies of which.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::super::terms::{self, Id, Terms};
use super::about::About;
use super::{Derived, Object};
use crate::copies::{self, Candidate, Sketch};
use crate::vocab::{news, rdf, schema};

/// The articles of a dataset by their graphs.
pub(super) struct Outlets<'a> {
    articles: HashMap<Id, Article<'a>>,
}

/// An article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Article<'a> {
    /// When it was published, as ISO 8601; empty where that is not known.
    pub(super) published: &'a str,
    /// The article of whose text it is: itself, where it is no copy.
    pub(super) model: Id,
    /// The outlet that published it.
    outlet: Outlet<'a>,
}

/// Who published an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Outlet<'a> {
    /// One that is named.
    Named(Id),
    /// One known by the host of the address only.
    Host(&'a str),
    /// Nobody that is known; this article stands for him.
    Unknown(Id),
}

impl<'a> Outlets<'a> {
    /// The articles among some nodes.
    pub(super) fn new(terms: &'a Terms, about: &About, sketches: &BTreeMap<Id, Sketch>) -> Self {
        let class = terms.find(&terms::iri_key(schema::NEWS_ARTICLE));
        let is_article = |node: &Id| class.is_some_and(|class| about.all(*node, rdf::TYPE).contains(&class));
        let nodes: Vec<Id> = about.nodes().iter().copied().filter(is_article).collect();
        let published = |node| about.text(terms, node, schema::DATE_PUBLISHED).unwrap_or_default();
        let sketched: Vec<(Id, &Sketch)> = nodes.iter().filter_map(|node| Some((*node, sketches.get(node)?))).collect();
        let candidates = sketched.iter();
        let candidates: Vec<Candidate<'_>> = candidates
            .map(|(node, sketch)| Candidate { published: published(*node), iri: terms.key(*node), sketch })
            .collect();
        let models = copies::models(&candidates);
        let models: HashMap<Id, Id> =
            sketched.iter().zip(models).filter_map(|((node, _), model)| Some((*node, sketched[model?].0))).collect();
        let article = |node| {
            // Without a sketch, as in a file, an article is a copy where that is written.
            let written = || about.first(node, news::NEAR_DUPLICATE_OF).filter(|_| !sketches.contains_key(&node));
            let model = models.get(&node).copied().or_else(written).unwrap_or(node);
            (node, Article { published: published(node), model, outlet: outlet(terms, about, node) })
        };
        Self { articles: nodes.into_iter().map(article).collect() }
    }

    /// The article of a graph.
    pub(super) fn article(&self, graph: Id) -> Option<&Article<'a>> {
        self.articles.get(&graph)
    }

    /// Of whose text an article is, and who published that first.
    pub(super) fn origin(&self, graph: Id) -> Option<(Id, Outlet<'a>)> {
        let model = self.articles.get(&graph)?.model;
        Some((model, self.articles.get(&model)?.outlet))
    }

    /// Whether two articles are of one text.
    pub(super) fn is_copy(&self, one: Id, other: Id) -> bool {
        let model = |graph| self.articles.get(&graph).map(|article| article.model);
        one == other || model(one).is_some_and(|found| model(other) == Some(found))
    }

    /// Says of each copy whose it is.
    pub(super) fn copies(&self) -> impl Iterator<Item = Derived> {
        let copies = self.articles.iter().filter(|(node, article)| **node != article.model);
        copies.map(|(node, article)| Derived {
            subject: *node,
            predicate: news::NEAR_DUPLICATE_OF,
            object: Object::Node(article.model),
            graph: *node,
        })
    }
}

fn outlet<'a>(terms: &'a Terms, about: &About, article: Id) -> Outlet<'a> {
    if let Some(publisher) = about.first(article, schema::PUBLISHER) {
        return Outlet::Named(publisher);
    }
    let address = about.first(article, schema::URL).map(|url| terms::lexical(terms.key(url)));
    address.and_then(host).map_or(Outlet::Unknown(article), Outlet::Host)
}

/// The host of an address.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
