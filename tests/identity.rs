//! Identity over a knowledge base: the same things come out whatever the order, the batches and the corrections.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use newsgraph::base::{ArticleGraph, Edition, KnowledgeBase};
use newsgraph::graph::write::Format;
use newsgraph::identity::{
    self, Anchor, Article, Commonness, Evidence, Family, Gender, PersonName, Pin, Pins, Post, Profile, Profiles,
    Relation,
};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode, Quad};
use proptest::prelude::*;

const BASE: &str = "https://kb.example/";

fn person(name: &str) -> Profile {
    let parsed = PersonName::parse(name).unwrap();
    Profile {
        iri: format!("{BASE}person/{}", newsgraph::graph::mint::slug(name)),
        family: Family::Person,
        name: name.to_owned(),
        keys: vec![format!("person:{}", parsed.key())],
        mentions: 1,
        ..Profile::default()
    }
}

fn post(person: Profile, title: &str, field: &str, organization: Option<&str>) -> Profile {
    let evidence = Evidence { start: 0, end: 5, words: title.to_owned() };
    let post = Post { title: title.to_owned(), organization: organization.map(str::to_owned), evidence };
    Profile { posts: vec![post], fields: vec![field.to_owned()], ..person }
}

fn thing(family: Family, name: &str, names: &[&str]) -> Profile {
    let key = |name: &str| format!("{}:{}", family.name(), identity::key(name));
    Profile {
        iri: format!("{BASE}{}/{}", family.name(), newsgraph::graph::mint::slug(name)),
        family,
        name: name.to_owned(),
        other_names: names.iter().map(ToString::to_string).collect(),
        keys: [name].iter().chain(names).map(|name| key(name)).collect(),
        mentions: 1,
        ..Profile::default()
    }
}

fn article(number: usize, published: &str, entities: Vec<Profile>) -> Article {
    let profiles = Profiles { published: published.to_owned(), countries: Vec::new(), entities, ..Profiles::default() };
    Article { iri: format!("https://news.example/{number:03}"), profiles }
}

/// The things that come out: IRI without the base, and the numbers of the articles that name them.
fn things(articles: &[Article], pins: &Pins) -> Vec<(String, Vec<u32>)> {
    let clusters = identity::resolve(articles, pins, None);
    let short = |iri: &str| iri.strip_prefix(BASE).unwrap().to_owned();
    clusters.iter().map(|one| (short(&one.iri), one.members.iter().map(|member| member.0).collect())).collect()
}

/// The things of that sort, written `slug: articles`.
fn listed(articles: &[Article], pins: &Pins, sort: &str) -> Vec<String> {
    let all = things(articles, pins).into_iter();
    all.filter_map(|(iri, of)| Some(format!("{}: {of:?}", iri.strip_prefix(sort)?.strip_prefix('/')?))).collect()
}

fn persons(articles: Vec<Vec<Profile>>) -> Vec<String> {
    let articles: Vec<Article> =
        articles.into_iter().enumerate().map(|(at, profiles)| article(at, "", profiles)).collect();
    listed(&articles, &Pins::default(), "person")
}

#[test]
fn a_rare_name_is_one_person_and_a_common_one_only_where_something_agrees() {
    let common = |name: &str| Profile { commonness: Commonness::Common, ..person(name) };
    assert_eq!(
        persons(vec![vec![person("Ottla Brandt")], vec![person("Ottla K. Brandt")]]),
        ["ottla-k-brandt: [0, 1]"]
    );
    assert_eq!(persons(vec![vec![common("John Smith")], vec![common("John Smith")]]).len(), 2);
    let bank = |name| post(common(name), "director", "business", Some("organization:north-bank"));
    assert_eq!(persons(vec![vec![bank("John Smith")], vec![bank("John Smith")]]), ["john-smith: [0, 1]"]);
    let with = |other| vec![common("John Smith"), person(other)];
    assert_eq!(persons(vec![with("Ottla Brandt"), with("Ottla Brandt")])[0], "john-smith: [0, 1]");
    assert_eq!(persons(vec![with("Ottla Brandt"), with("Vesna Hribar")]).len(), 4);
}

#[test]
fn what_one_person_cannot_be_keeps_namesakes_apart() {
    let judge = || post(person("Ann Kessler"), "judge", "courts", None);
    let striker = || post(person("Ann Kessler"), "striker", "sport", None);
    assert_eq!(persons(vec![vec![judge()], vec![striker()]]), ["ann-kessler: [0]", "ann-kessler--striker: [1]"]);
    let gender = |gender| Profile { gender: Some(gender), ..person("Kim Kessler") };
    assert_eq!(persons(vec![vec![gender(Gender::Male)], vec![gender(Gender::Female)]]).len(), 2);
    let item = |item: &str| Profile { item: Some(item.to_owned()), ..person("Ann Kessler") };
    let two = persons(vec![vec![item("Q1")], vec![item("Q2")], vec![item("Q1")]]);
    assert_eq!((two.len(), two[0].as_str()), (2, "ann-kessler: [0, 2]"));
    assert_eq!(persons(vec![vec![person("Ann B. Kessler")], vec![person("Ann C. Kessler")]]).len(), 2);
    assert_eq!(persons(vec![vec![person("Ann Kessler"), person("Ann B. Kessler")]]).len(), 2);
    let [old, new] =
        [("1931-05-01", 0), ("2024-05-01", 1)].map(|(day, at)| article(at, day, vec![person("Ann Kessler")]));
    assert_eq!(things(&[old, new], &Pins::default()).len(), 2);
}

#[test]
fn a_bare_surname_joins_one_clear_candidate_and_pulls_nobody_together() {
    let context = || thing(Family::Organization, "Harrowby Aggregates", &[]);
    let full = |name: &str| vec![person(name), context()];
    assert_eq!(persons(vec![full("Ann Kessler"), vec![person("Kessler"), context()]]), ["ann-kessler: [0, 1]"]);
    assert_eq!(
        persons(vec![vec![person("Ann Kessler")], vec![person("Kessler")]]),
        ["ann-kessler: [0]", "kessler: [1]"]
    );
    assert_eq!(
        persons(vec![full("Ann Kessler"), full("Bo Kessler"), vec![person("Kessler"), context()]]),
        ["ann-kessler: [0]", "bo-kessler: [1]", "kessler: [2]"]
    );
}

#[test]
fn organisations_go_by_acronyms_with_one_expansion_and_institutions_by_country() {
    let organization = |name: &str, names: &[&str]| thing(Family::Organization, name, names);
    let listed = |articles: Vec<Profile>| {
        let articles: Vec<Article> =
            articles.into_iter().enumerate().map(|(at, profile)| article(at, "", vec![profile])).collect();
        listed(&articles, &Pins::default(), "organization")
    };
    let agency = || organization("International Tide Agency", &["ITA"]);
    let rival = || organization("Italian Trade Academy", &["ITA"]);
    let full = || organization("International Tide Agency", &[]);
    assert_eq!(listed(vec![agency(), organization("ITA", &[]), full()]), ["international-tide-agency: [0, 1, 2]"]);
    assert_eq!(listed(vec![agency(), organization("ITA", &[]), rival()]).len(), 3);
    let court = |country: &str| Profile {
        shared: true,
        countries: vec![country.to_owned()],
        ..organization("Supreme Court", &[])
    };
    assert_eq!(
        listed(vec![court("Kenya"), court("India"), court("Kenya")]),
        ["supreme-court: [0, 2]", "supreme-court--india: [1]"]
    );
}

#[test]
fn places_go_by_what_they_lie_in() {
    let place = |within: &[&str]| Profile {
        within: within.iter().map(ToString::to_string).collect(),
        ..thing(Family::Place, "Birmingham", &[])
    };
    let articles = [&["Alabama", "United States"][..], &["England", "United Kingdom"], &["United States"]];
    let articles: Vec<Article> =
        articles.into_iter().enumerate().map(|(at, within)| article(at, "", vec![place(within)])).collect();
    let expected = ["birmingham: [0, 2]", "birmingham--england: [1]"];
    assert_eq!(listed(&articles, &Pins::default(), "place"), expected);
}

#[test]
fn the_first_in_the_news_keeps_its_iri_when_namesakes_come() {
    let judge = article(5, "2020-01-01", vec![post(person("Ann Kessler"), "judge", "courts", None)]);
    let striker = article(1, "2024-01-01", vec![post(person("Ann Kessler"), "striker", "sport", None)]);
    let alone = things(std::slice::from_ref(&judge), &Pins::default());
    assert_eq!(alone, [("person/ann-kessler".to_owned(), vec![0])]);
    let both = things(&[striker, judge], &Pins::default());
    assert_eq!(both[0], ("person/ann-kessler".to_owned(), vec![1]));
    assert_eq!(both[1].0, "person/ann-kessler--striker");
}

#[test]
fn pins_join_and_part() {
    let bob = vec![person("Bob Zander")];
    let robert = vec![person("Robert Zander")];
    let articles = [article(0, "", bob), article(1, "", robert.clone()), article(2, "", robert)];
    assert_eq!(listed(&articles, &Pins::default(), "person"), ["bob-zander: [0]", "robert-zander: [1, 2]"]);
    let everywhere = |entity: &str| Anchor { entity: entity.to_owned(), article: None };
    let in_article = |entity: &str, number: usize| Anchor {
        entity: entity.to_owned(),
        article: Some(format!("https://news.example/{number:03}")),
    };
    let same = Pin::new(Relation::Same, everywhere("Bob Zander"), everywhere("person/robert-zander"));
    let pins = Pins::default().with([same]).unwrap();
    assert_eq!(listed(&articles, &pins, "person"), ["robert-zander: [0, 1, 2]"]);
    let apart = [in_article("Robert Zander", 1), in_article("Robert Zander", 2)];
    let [one, other] = apart;
    let pins = Pins::default().with([Pin::new(Relation::Different, one, other)]).unwrap();
    assert_eq!(listed(&articles, &pins, "person").len(), 3);
}

/// An article of the base: its quads name each thing by its local IRI.
fn graph(article: &Article, version: u8) -> ArticleGraph {
    let name = NamedNode::new(&article.iri).unwrap();
    let mut quads = Vec::new();
    for profile in &article.profiles.entities {
        let node = NamedNode::new(&profile.iri).unwrap();
        let class = NamedNode::new(format!("https://schema.org/{}", profile.family.name())).unwrap();
        quads.push(Quad::new(node.clone(), rdf::TYPE, class, name.clone()));
        quads.push(Quad::new(node, rdfs::LABEL, Literal::from(profile.name.as_str()), name.clone()));
    }
    ArticleGraph { article: name, digest: [version; 32], quads, profiles: article.profiles.clone() }
}

/// Articles about few people, organisations and places of few names, so that they meet.
fn profile() -> impl Strategy<Value = Profile> {
    let name = prop::sample::select(vec![
        "John Smith",
        "J. Smith",
        "John A. Smith",
        "John B. Smith",
        "Smith",
        "Jane Smith",
        "Ottla Brandt",
        "Brandt",
        "Max Brandt",
    ]);
    let job = prop::sample::select(vec![
        ("judge", "courts", None),
        ("striker", "sport", Some("organization:rovers")),
        ("minister", "government", Some("place:kenya")),
    ]);
    let item = prop::option::weighted(0.15, prop::sample::select(vec!["Q1", "Q2"]));
    let gender = prop::option::weighted(0.3, prop::sample::select(vec![Gender::Male, Gender::Female]));
    let common = prop::sample::select(vec![Commonness::Rare, Commonness::Usual, Commonness::Common]);
    let human =
        (name, prop::option::of(job), item, gender, common).prop_map(|(name, job, item, gender, commonness)| {
            let profile = Profile { item: item.map(str::to_owned), gender, commonness, ..person(name) };
            match job {
                Some((title, field, at)) => post(profile, title, field, at),
                None => profile,
            }
        });
    let other = prop::sample::select(vec![
        thing(Family::Organization, "ITA", &[]),
        thing(Family::Organization, "International Tide Agency", &["ITA"]),
        thing(Family::Organization, "Italian Trade Academy", &["ITA"]),
        thing(Family::Organization, "International Tide Agency", &[]),
        Profile { shared: true, countries: vec!["Kenya".into()], ..thing(Family::Organization, "Supreme Court", &[]) },
        Profile { shared: true, countries: vec!["India".into()], ..thing(Family::Organization, "Supreme Court", &[]) },
        Profile { within: vec!["Alabama".into()], ..thing(Family::Place, "Birmingham", &[]) },
        thing(Family::Place, "Birmingham", &[]),
    ]);
    prop_oneof![3 => human, 1 => other]
}

fn profiles() -> impl Strategy<Value = Profiles> {
    let day = prop::sample::select(vec!["", "2024-01-01", "2024-01-20", "2024-08-02", "1950-01-01"]);
    let country = prop::option::of(prop::sample::select(vec!["Kenya", "India"]));
    (day, country, prop::collection::vec(profile(), 0..5)).prop_map(|(day, country, entities)| {
        let mut known = BTreeSet::new();
        let entities = entities.into_iter().filter(|profile| known.insert(profile.iri.clone())).collect();
        Profiles {
            published: day.to_owned(),
            countries: country.into_iter().map(str::to_owned).collect(),
            entities,
            ..Profiles::default()
        }
    })
}

/// The graph of one version of an article, which says when it was published and the hash of its text.
fn versioned(article: &Article, read: u8, hash: u8) -> ArticleGraph {
    let mut graph = graph(article, read);
    let name = graph.article.clone();
    let mut say = |predicate: &str, text: &str| {
        let predicate = NamedNode::new(predicate).unwrap();
        graph.quads.push(Quad::new(name.clone(), predicate, Literal::from(text), name.clone()));
    };
    say("https://w3id.org/newsgraph/ontology#contentHash", &hash.to_string());
    if !article.profiles.published.is_empty() {
        say("https://schema.org/datePublished", &article.profiles.published);
    }
    graph
}

/// What is asked of the base at one step.
#[derive(Clone, Debug)]
struct Step {
    /// Articles that come, by their numbers, and which of a few texts each has.
    batch: Vec<(usize, Profiles, u8)>,
    /// Whether what they said before is kept.
    keep: bool,
    /// Articles that go.
    gone: Vec<usize>,
    /// Articles of which the oldest former version goes.
    forgotten: Vec<usize>,
    /// Which of a few sets of pins holds from now on.
    pins: Option<usize>,
    /// Whether identity is worked out after it.
    settle: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let batch = prop::collection::vec((0..8_usize, profiles(), 0..4_u8), 0..5);
    let some = || prop::collection::vec(0..8_usize, 0..2);
    let pins = prop::option::weighted(0.2, 0..3_usize);
    let step = (batch, any::<bool>(), some(), some(), pins, any::<bool>());
    let step = step.prop_map(|(batch, keep, gone, forgotten, pins, settle)| Step {
        batch,
        keep,
        gone,
        forgotten,
        pins,
        settle,
    });
    prop::collection::vec(step, 1..8)
}

fn some_pins(number: usize) -> Pins {
    let anchor = |name: &str| Anchor { entity: name.to_owned(), article: None };
    match number {
        0 => Pins::default(),
        1 => Pins::default().with([Pin::new(Relation::Same, anchor("Jane Smith"), anchor("Smith"))]).unwrap(),
        _ => Pins::default().with([Pin::new(Relation::Different, anchor("Brandt"), anchor("Max Brandt"))]).unwrap(),
    }
}

/// All that a base says: its graphs, and what a plain query sees.
fn said(base: &KnowledgeBase) -> [String; 2] {
    [Format::NQuads, Format::NTriples]
        .map(|format| String::from_utf8(base.export(format, Vec::new()).unwrap()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_batches_and_any_corrections_give_what_one_build_gives(steps in steps()) {
        let directory = tempfile::tempdir().unwrap();
        let base = KnowledgeBase::open_or_create(&directory.path().join("grown")).unwrap();
        // The versions of each article that remain, by their age: the last one is current.
        let mut stand: BTreeMap<usize, BTreeMap<Edition, ArticleGraph>> = BTreeMap::new();
        let mut pins = Pins::default();
        for (read, step) in (1..).zip(steps) {
            let mut batch: BTreeMap<usize, (Edition, ArticleGraph)> = BTreeMap::new();
            for (number, profiles, hash) in step.batch {
                let article = Article { profiles, ..article(number, "", Vec::new()) };
                let edition = Edition::new(&article.profiles.published, &hash.to_string());
                batch.insert(number, (edition, versioned(&article, read, hash)));
            }
            let graphs = batch.values().map(|(_, graph)| graph.clone()).collect();
            if step.keep { base.revise(graphs).unwrap() } else { base.replace(graphs).unwrap() };
            for (number, (edition, graph)) in batch {
                let versions = stand.entry(number).or_default();
                if !step.keep {
                    versions.pop_last();
                }
                versions.insert(edition, graph);
            }
            let mut names: Vec<NamedNode> = Vec::new();
            for number in step.gone {
                names.extend(stand.remove(&number).and_then(|mut versions| Some(versions.pop_last()?.1.article)));
            }
            for number in step.forgotten {
                let Some(versions) = stand.get_mut(&number).filter(|versions| versions.len() > 1) else { continue };
                names.extend(versions.pop_first().map(|(edition, graph)| edition.name(&graph.article)));
            }
            base.retract(&names).unwrap();
            if let Some(number) = step.pins {
                pins = some_pins(number);
                base.set_pins(&pins).unwrap();
            }
            if step.settle {
                base.settle().unwrap();
            }
        }
        let unsettled = said(&base);
        base.settle().unwrap();
        let settled = said(&base);
        let fresh = KnowledgeBase::open_or_create(&directory.path().join("fresh")).unwrap();
        fresh.set_pins(&pins).unwrap();
        let remaining = stand.into_values().flat_map(BTreeMap::into_values).rev().collect::<Vec<_>>();
        for batch in remaining.chunks(3) {
            fresh.revise(batch.to_vec()).unwrap();
        }
        fresh.settle().unwrap();
        prop_assert_eq!(&settled, &said(&fresh), "worked out step by step and at once");
        prop_assert_eq!(&settled, &unsettled, "kept and worked out anew");
        prop_assert_eq!(KnowledgeBase::check(base.directory()).unwrap().faults, []);
    }
}

#[test]
fn one_label_for_each_entity_in_the_merge_and_each_article_keeps_what_it_says() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
    let context = || thing(Family::Organization, "Harrowby Aggregates", &[]);
    let full = article(0, "", vec![person("Ann Kessler"), context()]);
    let bare = article(1, "", vec![person("Kessler"), context()]);
    base.replace(vec![graph(&full, 1), graph(&bare, 1)]).unwrap();
    base.settle().unwrap();
    let said = |base: &KnowledgeBase| {
        let quads = base.graph(&NamedNode::new(&bare.iri).unwrap()).unwrap().unwrap().quads;
        let of_person = quads.iter().filter(|quad| quad.subject.to_string().contains("kessler"));
        let mut said: Vec<String> = of_person
            .map(|quad| {
                format!(
                    "{} {} {}",
                    quad.subject,
                    quad.predicate.as_str().rsplit(['#', '/']).next().unwrap(),
                    quad.object
                )
            })
            .collect();
        said.sort();
        said
    };
    let joined = [
        "<https://kb.example/person/ann-kessler> altLabel \"Kessler\"",
        "<https://kb.example/person/ann-kessler> label \"Ann Kessler\"",
        "<https://kb.example/person/ann-kessler> type <https://schema.org/person>",
    ];
    assert_eq!(said(&base), joined);
    base.retract(&[NamedNode::new(&full.iri).unwrap()]).unwrap();
    let alone = [
        "<https://kb.example/person/kessler> label \"Kessler\"",
        "<https://kb.example/person/kessler> type <https://schema.org/person>",
    ];
    assert_eq!(said(&base), alone);
    base.settle().unwrap();
    assert_eq!(said(&base), alone);
}
