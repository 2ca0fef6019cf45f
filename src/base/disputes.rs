//! What is said against what, and what several outlets agree on, for people to read.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNodeRef;
use serde::Serialize;

use super::across::{Comparison, RULES};
use super::dataset::{Dataset, G, O, S};
use super::terms::{self, Id};
use crate::vocab::{news, nif, org, rdf, rdfs, schema};

/// What sort of matter one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MatterKind {
    /// One source says it, and another that it is not so.
    Denial,
    /// The figures differ.
    Figure,
    /// The dates differ.
    Date,
    /// Two people are named as the holders of one post.
    Post,
    /// Two things are given where there is one only.
    Value,
    /// Several independent articles state the same.
    Agreement,
}

/// Something on which articles or sources disagree, or agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matter {
    /// What sort of matter it is.
    pub kind: MatterKind,
    /// What it is about ("Ek met Lund", "Cerro Pampa: death toll").
    pub about: String,
    /// Who says what, those of one position after another.
    pub voices: Vec<Voice>,
    /// The names of those whom it is about.
    #[serde(skip)]
    names: BTreeSet<String>,
}

/// What one source says in one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Voice {
    /// The value, or whether it is so ("31", "denied").
    pub says: String,
    /// When the article was published, as ISO 8601; empty where that is not known.
    pub published: String,
    /// Who says it; none where it is the article itself.
    pub source: Option<String>,
    /// The outlet; none where it is not known.
    pub outlet: Option<String>,
    /// The article.
    pub article: String,
    /// The characters that say it.
    pub evidence: Option<String>,
    /// The words that say it, where the base holds them.
    pub words: Option<String>,
    /// How many independent articles say the same.
    pub articles: u64,
    /// How many outlets these are of.
    pub publishers: u64,
}

impl Matter {
    /// Whether it is about a thing of this name, or one whose name has these words; capitals do not matter.
    #[must_use]
    pub fn is_about(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.about.to_lowercase().contains(&name) || self.names.iter().any(|known| known.to_lowercase().contains(&name))
    }

    /// How strong the weaker sides are together: the outlets and articles behind all positions but the strongest.
    fn strength(&self) -> (u64, u64) {
        let mut sides: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for voice in &self.voices {
            let side = sides.entry(&voice.says).or_default();
            *side = (*side).max((voice.publishers, voice.articles));
        }
        let mut sides: Vec<(u64, u64)> = sides.into_values().collect();
        sides.sort_unstable();
        if sides.len() > 1 {
            sides.pop();
        }
        sides.iter().fold((0, 0), |sum, side| (sum.0 + side.0, sum.1 + side.1))
    }
}

impl Dataset {
    /// All that is disputed, the most widely held on both sides first.
    #[must_use]
    pub fn disputes(&self) -> Vec<Matter> {
        let reader = Reader(self);
        let mut together = Together::default();
        for predicate in [news::DISPUTES, news::CONFLICTS_WITH] {
            for (one, other) in reader.pairs(predicate) {
                together.join(one, other);
            }
        }
        sorted(together.groups().into_iter().filter_map(|nodes| reader.matter(&nodes, None)).collect())
    }

    /// All facts that several independent articles state, those of the most outlets first.
    #[must_use]
    pub fn corroborated(&self) -> Vec<Matter> {
        let reader = Reader(self);
        let mut facts: BTreeMap<[Id; 3], Vec<Id>> = BTreeMap::new();
        for (node, count) in reader.pairs(news::INDEPENDENT_ARTICLES) {
            let is_statement = reader.has_type(node, news::STATEMENT);
            if is_statement
                && reader.number(count) > 1
                && let Some(triple) = reader.triple(node)
            {
                facts.entry(triple).or_default().push(node);
            }
        }
        sorted(facts.values().filter_map(|nodes| reader.matter(nodes, Some(MatterKind::Agreement))).collect())
    }
}

fn sorted(mut matters: Vec<Matter>) -> Vec<Matter> {
    matters.sort_by_cached_key(|matter| (std::cmp::Reverse(matter.strength()), matter.kind, matter.about.clone()));
    matters
}

/// Nodes that hang together.
#[derive(Default)]
struct Together(BTreeMap<Id, Id>);

impl Together {
    fn root(&self, mut node: Id) -> Id {
        while let Some(&up) = self.0.get(&node).filter(|up| **up != node) {
            node = up;
        }
        node
    }

    fn join(&mut self, one: Id, other: Id) {
        let [one_root, other_root] = [one, other].map(|node| self.root(node));
        let root = one_root.min(other_root);
        for node in [one, other, one_root, other_root] {
            self.0.insert(node, root);
        }
    }

    fn groups(&self) -> Vec<Vec<Id>> {
        let mut groups: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for node in self.0.keys() {
            groups.entry(self.root(*node)).or_default().push(*node);
        }
        groups.into_values().collect()
    }
}

/// Reads a dataset node by node.
struct Reader<'a>(&'a Dataset);

impl<'a> Reader<'a> {
    /// The quads of the default graph that fit, as subject, object and graph.
    fn rows(&self, subject: Option<Id>, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = (Id, Id, Id)> + use<'a> {
        let dataset = self.0;
        let predicate = dataset.terms().find(&terms::iri_key(predicate));
        let (rows, order) = match predicate {
            Some(predicate) => dataset.candidates([subject, Some(predicate), None, None]),
            None => Default::default(),
        };
        let part = move |row: &[Id; 4], part: usize| {
            order.iter().position(|held| *held == part).and_then(|at| row.get(at).copied()).unwrap_or_default()
        };
        let rows = rows.iter().map(move |row| (part(row, S), part(row, O), part(row, G)));
        rows.filter(move |(.., graph)| dataset.apart().binary_search(graph).is_err())
    }

    fn pairs(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = (Id, Id)> + use<'a> {
        self.rows(None, predicate).map(|(subject, object, _)| (subject, object))
    }

    /// The first object in the order of the terms' texts.
    fn object(&self, subject: Id, predicate: NamedNodeRef<'_>) -> Option<Id> {
        self.rows(Some(subject), predicate).map(|(_, object, _)| object).min_by_key(|id| self.0.terms().key(*id))
    }

    fn has_type(&self, node: Id, class: NamedNodeRef<'_>) -> bool {
        let class = self.0.terms().find(&terms::iri_key(class));
        class.is_some_and(|class| self.rows(Some(node), rdf::TYPE).any(|(_, object, _)| object == class))
    }

    fn text(&self, node: Id) -> String {
        terms::lexical(self.0.terms().key(node)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn number(&self, node: Id) -> u64 {
        self.text(node).parse().unwrap_or_default()
    }

    /// What people call a node.
    fn name(&self, node: Id) -> String {
        self.text(self.object(node, rdfs::LABEL).unwrap_or(node))
    }

    fn is(&self, node: Id, iri: NamedNodeRef<'_>) -> bool {
        self.0.terms().find(&terms::iri_key(iri)) == Some(node)
    }

    /// Subject, predicate and object; of a membership the member, the role and the organisation.
    fn triple(&self, node: Id) -> Option<[Id; 3]> {
        let parts = match self.object(node, org::MEMBER) {
            Some(_) => [org::MEMBER, org::ROLE, org::ORGANIZATION],
            None => [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT],
        };
        let [one, two, three] = parts.map(|part| self.object(node, part));
        Some([one?, two?, three?])
    }

    /// What some nodes are about, and who says what; none where nothing is known of them.
    fn matter(&self, nodes: &[Id], kind: Option<MatterKind>) -> Option<Matter> {
        let is_claim = |node: &&Id| self.has_type(**node, news::CLAIM) || self.triple(**node).is_some();
        let first = *nodes.iter().find(is_claim)?;
        let triple = self.triple(first)?;
        let kind = kind.unwrap_or_else(|| self.kind(first, triple, nodes));
        let of_object = kind == MatterKind::Value && self.rule(triple[1]).is_some_and(|rule| rule.of_object);
        let mut voices: Vec<Voice> = nodes.iter().filter_map(|node| self.voice(*node, kind, of_object)).collect();
        voices.sort();
        let names = nodes.iter().filter_map(|node| self.triple(*node)).flatten().map(|node| self.name(node)).collect();
        Some(Matter { kind, about: self.about(triple, kind, of_object), voices, names })
    }

    fn kind(&self, first: Id, [_, predicate, _]: [Id; 3], nodes: &[Id]) -> MatterKind {
        if self.object(first, org::MEMBER).is_some() {
            return MatterKind::Post;
        }
        if nodes.iter().any(|node| self.is_denied(*node)) {
            return MatterKind::Denial;
        }
        match self.rule(predicate).map(|rule| rule.compare) {
            Some(Comparison::Date) => MatterKind::Date,
            Some(Comparison::Figure | Comparison::Age) => MatterKind::Figure,
            Some(Comparison::Thing) | None => MatterKind::Value,
        }
    }

    fn rule(&self, predicate: Id) -> Option<&'static super::across::Relation> {
        let predicate = self.text(predicate);
        RULES.relations.iter().find(|rule| rule.predicate() == predicate)
    }

    fn is_denied(&self, node: Id) -> bool {
        self.object(node, news::POLARITY).is_some_and(|polarity| self.is(polarity, news::DENIED))
    }

    fn about(&self, [one, two, three]: [Id; 3], kind: MatterKind, of_object: bool) -> String {
        let relation = words(&self.text(two));
        match kind {
            MatterKind::Post => format!("{}, {}", self.name(two), self.name(three)),
            _ if self.is(two, rdf::TYPE) => self.name(one),
            MatterKind::Denial | MatterKind::Agreement => {
                format!("{}: {relation} {}", self.name(one), self.name(three))
            }
            _ if of_object => format!("{}: {relation}", self.name(three)),
            _ => format!("{}: {relation}", self.name(one)),
        }
    }

    fn voice(&self, node: Id, kind: MatterKind, of_object: bool) -> Option<Voice> {
        let (.., graph) = self.rows(Some(node), rdf::TYPE).min()?;
        let source = self.object(node, news::SOURCE).filter(|source| *source != graph);
        let evidence = self.object(node, news::EVIDENCE);
        let words = evidence.and_then(|evidence| self.object(evidence, nif::ANCHOR_OF));
        let count = |predicate| self.object(node, predicate).map_or(1, |count| self.number(count));
        let outlet = self.object(graph, schema::PUBLISHER);
        Some(Voice {
            says: self.says(node, kind, of_object)?,
            published: self.object(graph, schema::DATE_PUBLISHED).map_or_else(String::new, |date| self.text(date)),
            source: source.map(|source| match self.object(source, rdfs::LABEL) {
                Some(label) => self.text(label),
                None => "somebody unnamed".to_owned(),
            }),
            outlet: outlet.map(|outlet| self.name(outlet)),
            article: self.text(graph),
            evidence: evidence.map(|evidence| self.text(evidence)),
            words: words.map(|words| self.text(words)),
            articles: count(news::INDEPENDENT_ARTICLES),
            publishers: count(news::INDEPENDENT_PUBLISHERS),
        })
    }

    /// The position of a node: its value, or whether it is so.
    fn says(&self, node: Id, kind: MatterKind, of_object: bool) -> Option<String> {
        Some(match kind {
            MatterKind::Denial if self.is_denied(node) => "denied".to_owned(),
            MatterKind::Denial if self.has_type(node, news::CLAIM) => "claimed".to_owned(),
            MatterKind::Denial | MatterKind::Agreement => "stated".to_owned(),
            MatterKind::Post => self.name(self.triple(node)?[0]),
            _ if of_object => self.name(self.triple(node)?[0]),
            _ => self.name(self.triple(node)?[2]),
        })
    }
}

/// The words of a property's name: "death toll" of `…#deathToll`.
fn words(iri: &str) -> String {
    let name = iri.rsplit(['#', '/']).next().unwrap_or(iri);
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn properties_are_read_as_words() {
        assert_eq!(super::words("https://w3id.org/newsgraph/ontology#deathToll"), "death toll");
        assert_eq!(super::words("https://schema.org/birthDate"), "birth date");
    }
}
