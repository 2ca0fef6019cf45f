//! What follows from many articles together: copies, how many independent ones say the same, what conflicts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use newsgraph::base::{Answer, ArticleGraph, Dataset, KnowledgeBase, MatterKind, Query};
use newsgraph::copies::Sketch;
use newsgraph::identity::Profiles;
use newsgraph::shacl::Shapes;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad};
use proptest::prelude::*;

const STORY: &str = "The river Orre burst its banks before dawn on Sunday and drowned the lower streets of the town, where 900 \
    people live, after 3 days of rain that had filled the reservoir above it. Firemen took families from their roofs by boat, \
    and soldiers laid 12,000 sandbags along the quay. The mayor asked everybody who could to leave for the school on the hill, \
    and said that the water would not fall before Tuesday. A bridge that was built in 1931 lost two of its five arches.";

/// An article in Turtle, in which `<>` is the article itself.
fn article(address: &str, text: &str, turtle: &str) -> ArticleGraph {
    let prefixes = "@prefix e: <https://kb.example/> . @prefix news: <https://w3id.org/newsgraph/ontology#> . \
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . \
        @prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";
    let article = NamedNode::new(address).unwrap();
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(address).unwrap();
    let turtle = format!("{prefixes} <> a schema:NewsArticle ; schema:url <> . {turtle}");
    let quads: Vec<Quad> =
        parser.with_default_graph(article.clone()).for_slice(&turtle).map(|quad| quad.unwrap()).collect();
    let profiles = Profiles { sketch: Sketch::new([text]), ..Profiles::default() };
    let digest = digest(&turtle, text);
    ArticleGraph { article, digest, quads, profiles }
}

/// Bytes that differ where an article does.
fn digest(turtle: &str, text: &str) -> [u8; 32] {
    let mut digest = [0_u8; 32];
    for (at, byte) in turtle.bytes().chain(text.bytes()).enumerate() {
        digest[at % 32] = digest[at % 32].rotate_left(3) ^ byte;
    }
    digest
}

/// That somebody was born on a day, published on another.
fn birth(name: &str, published: &str, day: &str) -> String {
    format!(
        "<> schema:datePublished \"{published}\"^^xsd:date . e:roe rdfs:label \"Ann Roe\" . \
         e:{name} a news:Statement ; rdf:subject e:roe ; rdf:predicate schema:birthDate ; rdf:object \"{day}\"^^xsd:date ."
    )
}

fn base_of(batches: &[Vec<ArticleGraph>]) -> (tempfile::TempDir, KnowledgeBase) {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
    for batch in batches {
        base.replace(batch.clone()).unwrap();
    }
    (directory, base)
}

/// All that follows from the articles together, IRIs without what all of their kind share.
fn derived(dataset: &Dataset) -> BTreeSet<String> {
    let query = "SELECT ?s ?p ?o { VALUES ?p { news:nearDuplicateOf news:independentArticles news:independentPublishers \
        news:conflictsWith news:updates } ?s ?p ?o }";
    let Answer::Rows { rows, .. } = Query::parse(query, "test").unwrap().run(dataset).unwrap() else { panic!() };
    let short = |term: String| match term.strip_prefix("<https://").and_then(|iri| iri.strip_suffix('>')) {
        Some(iri) => {
            let shared = ["kb.example/", "w3id.org/newsgraph/ontology#"];
            shared.iter().find_map(|shared| iri.strip_prefix(shared)).unwrap_or(iri).to_owned()
        }
        None => term.split('"').nth(1).unwrap().to_owned(),
    };
    rows.map(|row| {
        row.unwrap().values().iter().map(|term| short(term.as_ref().unwrap().to_string())).collect::<Vec<_>>()
    })
    .map(|row| row.join(" "))
    .collect()
}

fn newsroom() -> Vec<ArticleGraph> {
    let shortened = &STORY[..STORY.find(" A bridge").unwrap()];
    let edited = STORY.replace("before dawn ", "early ").replace("families", "people");
    let other = "Water stood two metres deep in the market of Orre on Sunday, and shopkeepers carried what they could to the \
        upper floors. The council has called off school for a week, and trains from the coast stop one station short of the \
        town. Many here blame the power company, which kept the reservoir full in a wet spring to sell the water in summer.";
    vec![
        article("https://wire.example/orre", STORY, &birth("s1", "2026-03-01", "1961-03-02")),
        article("https://post.example/orre", shortened, &birth("s2", "2026-03-02", "1961-03-02")),
        article("https://echo.example/orre", &edited, &birth("s3", "2026-03-02", "1961-03-02")),
        article("https://www.news.example/water", other, &birth("s4", "2026-03-02", "1961-03-02")),
        article("https://news.example/roe", "", &birth("s5", "2026-03-09", "1961-03-02")),
        article("https://late.example/roe", "", &birth("s6", "2026-03-10", "1962-07-01")),
    ]
}

/// The story is told by the wire and two copies of it, and by another outlet in two articles of its own.
#[test]
fn copies_count_once_and_an_outlet_once() {
    let (_directory, base) = base_of(&[newsroom()]);
    let found = derived(&base.dataset().unwrap());
    let copies: Vec<&str> = found.iter().filter(|row| row.contains("nearDuplicateOf")).map(String::as_str).collect();
    let first = "nearDuplicateOf wire.example/orre";
    assert_eq!(copies, [format!("echo.example/orre {first}"), format!("post.example/orre {first}")]);
    for statement in ["s1", "s2", "s3", "s4", "s5"] {
        assert!(found.contains(&format!("{statement} independentArticles 3")), "{found:?}");
        assert!(found.contains(&format!("{statement} independentPublishers 2")), "{found:?}");
    }
    assert!(found.contains("s6 independentArticles 1"), "{found:?}");
    assert!(found.contains("s6 conflictsWith s1") && found.contains("s1 conflictsWith s6"), "{found:?}");
}

/// Of the bare articles here the shapes refuse much, and nothing of what follows from them.
#[test]
fn what_follows_is_as_its_shapes_say() {
    let (_directory, base) = base_of(&[newsroom()]);
    let report = Shapes::shipped().validate(&base.dataset().unwrap()).unwrap();
    let refusing: BTreeSet<String> = report.results.iter().map(|result| result.named_shape.to_string()).collect();
    for shape in ["NearDuplicate", "Conflict", "Update", "Support"] {
        assert!(!refusing.contains(&format!("<https://w3id.org/newsgraph/shapes#{shape}>")), "{refusing:?}");
    }
    assert!(refusing.contains("<https://w3id.org/newsgraph/shapes#Finding>"), "{refusing:?}");
}

#[test]
fn a_dispute_tells_both_sides_and_how_widely_they_are_held() {
    let (_directory, base) = base_of(&[newsroom()]);
    let dataset = base.dataset().unwrap();
    let matters = dataset.disputes();
    assert_eq!(matters.len(), 1);
    assert_eq!((matters[0].kind, matters[0].about.as_str()), (MatterKind::Date, "Ann Roe: birth date"));
    let says: Vec<(&str, u64)> = matters[0].voices.iter().map(|voice| (voice.says.as_str(), voice.articles)).collect();
    assert_eq!(says.first(), Some(&("1961-03-02", 3)));
    assert_eq!(says.last(), Some(&("1962-07-01", 1)));
    assert!(matters[0].is_about("ann roe") && !matters[0].is_about("Bo Ek"));
    let agreed = dataset.corroborated();
    assert_eq!(agreed.len(), 1);
    assert_eq!(agreed[0].about, "Ann Roe: birth date 1961-03-02");
    assert_eq!(agreed[0].voices.len(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any order, batches and retractions give what one build of what remains gives.
    #[test]
    fn the_way_to_a_base_does_not_matter(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        cut in 0_usize..6,
        gone in proptest::collection::btree_set(0_usize..6, 0..4),
    ) {
        let all = newsroom();
        let pick = |numbers: &[usize]| numbers.iter().map(|at| all[*at].clone()).collect::<Vec<_>>();
        let (_directory, base) = base_of(&[pick(&order[..cut]), pick(&order[cut..])]);
        let retracted: Vec<NamedNode> = gone.iter().map(|at| all[*at].article.clone()).collect();
        base.retract(&retracted).unwrap();
        let rest: Vec<usize> = (0..6).filter(|at| !gone.contains(at)).collect();
        let (_other, fresh) = base_of(&[pick(&rest)]);
        prop_assert_eq!(derived(&base.dataset().unwrap()), derived(&fresh.dataset().unwrap()));
    }
}
