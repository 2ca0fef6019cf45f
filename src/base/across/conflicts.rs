//! Which statements, claims and posts of different articles or sources cannot all be true.

use hashbrown::{HashMap, HashSet};

use super::super::terms::{self, Id, Terms};
use super::about::About;
use super::outlets::Outlets;
use super::rules::{Comparison, RULES, Relation};
use super::values::{self, Bound, Figure, Given, Value, Verdict, compare};
use super::{Derived, Object};
use crate::agreement::{Kind, Node, Nodes};
use crate::vocab::{news, rdfs, schema};

/// With how many others one value is compared at most.
const MOST: usize = 32;

/// The nodes of which more must be known: articles, values, roles and their holders.
pub(super) fn wanted(nodes: &Nodes, graphs: impl Iterator<Item = Id>) -> HashSet<Id> {
    let mut wanted: HashSet<Id> = graphs.collect();
    for node in nodes.all.values().filter(|node| node.kind != Some(Kind::Event)) {
        wanted.extend(node.triple.iter().flatten());
    }
    wanted
}

/// All links between what conflicts, and from what updates an earlier figure.
pub(super) fn find(terms: &Terms, nodes: &Nodes, about: &About, outlets: &Outlets<'_>) -> Vec<Derived> {
    let world = World { terms, about, outlets };
    let mut found = world.of_values(nodes);
    found.extend(world.of_posts(nodes));
    found
}

struct World<'a> {
    terms: &'a Terms,
    about: &'a About,
    outlets: &'a Outlets<'a>,
}

/// One value of something that has one only.
struct Entry<'a> {
    number: Id,
    node: &'a Node,
    /// What is compared with what: rule, thing, unit and time.
    key: (usize, Id, Option<Id>, Option<Id>),
    given: Given<'a>,
}

impl<'a> World<'a> {
    fn of_values(&self, nodes: &'a Nodes) -> Vec<Derived> {
        let rules = RULES.relations.iter().enumerate();
        let rules: HashMap<Id, (usize, &Relation)> = rules
            .filter_map(|(at, rule)| {
                let predicate = oxigraph::model::NamedNode::new_unchecked(rule.predicate());
                Some((self.terms.find(&terms::iri_key(predicate.as_ref()))?, (at, rule)))
            })
            .collect();
        let mut entries: Vec<Entry<'_>> =
            nodes.all.iter().filter_map(|(number, node)| self.entry(*number, node, &rules)).collect();
        entries.sort_by_key(|entry| (entry.key, entry.given.published, self.terms.key(entry.number)));
        let mut found = Vec::new();
        for group in entries.chunk_by(|one, other| one.key == other.key) {
            for (at, one) in group.iter().enumerate() {
                for other in group[at + 1..].iter().take(MOST) {
                    self.judge(&RULES.relations[one.key.0], one, other, &mut found);
                }
            }
        }
        found
    }

    fn judge(&self, rule: &Relation, one: &Entry<'_>, other: &Entry<'_>, found: &mut Vec<Derived>) {
        let source = |entry: &Entry<'_>| entry.node.source.unwrap_or(entry.node.graph);
        let is_elsewhere = one.node.graph != other.node.graph;
        if !is_elsewhere && source(one) == source(other) {
            return;
        }
        let is_copied = is_elsewhere && self.outlets.is_copy(one.node.graph, other.node.graph);
        match compare(rule, &one.given, &other.given) {
            Verdict::Conflict if !is_copied => {
                found.extend(both_ways((one.number, one.node.graph), (other.number, other.node.graph)));
            }
            Verdict::Update => found.push(Derived {
                subject: other.number,
                predicate: news::UPDATES,
                object: Object::Node(one.number),
                graph: other.node.graph,
            }),
            Verdict::Conflict | Verdict::Nothing => {}
        }
    }

    /// A statement or claim of a relation that has one value, if it is said to hold now.
    fn entry(&self, number: Id, node: &'a Node, rules: &HashMap<Id, (usize, &Relation)>) -> Option<Entry<'a>> {
        let is_said = matches!(node.kind, Some(Kind::Statement | Kind::Claim)) && !node.is_denied && !node.has_mode;
        let [subject, predicate, object] = [node.triple[0]?, node.triple[1]?, node.triple[2]?];
        let (at, rule) = *rules.get(&predicate).filter(|_| is_said && node.tenure.is_none())?;
        let (thing, value) = if rule.of_object { (object, subject) } else { (subject, object) };
        let unit = self.about.first(value, schema::CURRENCY).or_else(|| self.about.first(value, schema::UNIT_CODE));
        let given = Given { value: self.value(rule, value)?, published: self.outlets.article(node.graph)?.published };
        Some(Entry { number, node, key: (at, thing, unit, node.when), given })
    }

    fn value(&self, rule: &Relation, value: Id) -> Option<Value<'a>> {
        Some(match rule.compare {
            Comparison::Date => Value::Date(terms::lexical(self.terms.key(value))),
            Comparison::Thing => Value::Thing { label: self.label(value)?, sorts: self.about.sorts(value) },
            Comparison::Figure | Comparison::Age => {
                let number = self.about.text(self.terms, value, schema::VALUE)?;
                let bound = self.about.text(self.terms, value, news::BOUND).and_then(|iri| {
                    let bounds = [
                        (news::MORE_THAN, Bound::MoreThan),
                        (news::LESS_THAN, Bound::LessThan),
                        (news::ROUGHLY, Bound::Roughly),
                    ];
                    bounds.into_iter().find_map(|(term, bound)| (term.as_str() == iri).then_some(bound))
                });
                Value::Figure(Figure { number, bound })
            }
        })
    }

    fn label(&self, node: Id) -> Option<&'a str> {
        self.about.text(self.terms, node, rdfs::LABEL)
    }

    /// Two present holders of one post.
    fn of_posts(&self, nodes: &'a Nodes) -> Vec<Derived> {
        let find = |term| self.terms.find(&terms::iri_key(term));
        let [current, former] = [news::CURRENT, news::FORMER].map(find);
        let memberships = nodes.all.iter().filter(|(_, node)| node.kind == Some(Kind::Membership));
        let mut posts: HashMap<(Id, Id), Vec<Holder<'a>>> = HashMap::new();
        let mut left: HashSet<(Id, Id, Id)> = HashSet::new();
        for (&number, node) in memberships {
            let [Some(person), Some(role), Some(organization)] = node.triple else { continue };
            if node.tenure.is_some() && node.tenure == former {
                left.insert((person, role, organization));
            }
            let is_single = self.label(role).is_some_and(|title| RULES.posts.titles.contains(&title.to_lowercase()));
            let article = self.outlets.article(node.graph).filter(|_| is_single && node.tenure == current);
            if let (Some(article), Some(name)) = (article, self.label(person)) {
                let holder = Holder { number, node, person, name, published: article.published };
                posts.entry((role, organization)).or_default().push(holder);
            }
        }
        let mut found = Vec::new();
        for ((role, organization), holders) in &mut posts {
            holders.retain(|holder| !left.contains(&(holder.person, *role, *organization)));
            holders.sort_by_key(|holder| (holder.published, self.terms.key(holder.number)));
            for (at, one) in holders.iter().enumerate() {
                let others = holders[at + 1..].iter().take(MOST);
                let rivals = others.filter(|other| self.are_rivals(one, other));
                found.extend(
                    rivals.flat_map(|other| both_ways((one.number, one.node.graph), (other.number, other.node.graph))),
                );
            }
        }
        found
    }

    /// Holders whom different texts name at about the same time, and who are not one person under two names.
    fn are_rivals(&self, one: &Holder<'_>, other: &Holder<'_>) -> bool {
        one.person != other.person
            && !self.outlets.is_copy(one.node.graph, other.node.graph)
            && values::are_near(one.published, other.published, RULES.posts.within_days)
            && !values::may_be_one(one.name, other.name)
    }
}

/// Who holds a post.
struct Holder<'a> {
    number: Id,
    node: &'a Node,
    person: Id,
    name: &'a str,
    published: &'a str,
}

/// That two nodes, each with its graph, conflict.
fn both_ways(one: (Id, Id), other: (Id, Id)) -> [Derived; 2] {
    let link = |(subject, graph): (Id, Id), (object, _): (Id, Id)| Derived {
        subject,
        predicate: news::CONFLICTS_WITH,
        object: Object::Node(object),
        graph,
    };
    [link(one, other), link(other, one)]
}
