//! Shapes: what the shipped ones refuse, what is refused of shapes, and what is set apart of an article's graph.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use newsgraph::base::{ArticleGraph, Dataset, KnowledgeBase, Query};
use newsgraph::shacl::{Shapes, sift};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::Store;

const EXAMPLE: &str = include_str!("graph/bridge.ttl");
const SHIPPED: &str = include_str!("../ontology/shapes.ttl");

#[derive(serde::Deserialize)]
struct Broken {
    base: String,
    prefixes: BTreeMap<String, String>,
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    update: String,
    refused: String,
}

fn example() -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(EXAMPLE).collect::<Result<_, _>>().unwrap()
}

fn messages(shapes: &Shapes, quads: impl IntoIterator<Item = Quad>) -> Vec<String> {
    let data: Dataset = quads.into_iter().collect();
    let report = shapes.validate(&data).unwrap();
    report.results.iter().map(|result| result.message().to_owned()).collect()
}

#[test]
fn the_shipped_shapes_refuse_every_broken_graph_for_its_reason() {
    let broken: Broken = toml::from_str(include_str!("graph/broken.toml")).unwrap();
    let shapes = Shapes::shipped();
    assert_eq!(messages(&shapes, example()), [""; 0]);
    let mut prologue = format!("BASE <{}>\n", broken.base);
    broken.prefixes.iter().for_each(|(prefix, iri)| prologue += &format!("PREFIX {prefix}: <{iri}>\n"));
    let mut tried = 0;
    // The other cases break what shapes cannot see, and tools/check_rdf.py sees.
    for case in broken.case.iter().filter(|case| SHIPPED.contains(&case.refused)) {
        let store = Store::new().unwrap();
        store.extend(example()).unwrap();
        let update = SparqlEvaluator::new().parse_update(&(prologue.clone() + &case.update)).unwrap();
        update.on_store(&store).execute().unwrap();
        let found = messages(&shapes, store.iter().map(Result::unwrap));
        assert!(found.iter().any(|message| message.contains(&case.refused)), "{}: {found:?}", case.name);
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}

fn shapes(text: &str) -> Result<Shapes, newsgraph::Error> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("shapes.ttl");
    let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> .\n";
    fs::write(&file, format!("{prefixes}{text}")).unwrap();
    Shapes::read(&[file])
}

#[test]
fn bad_shapes_are_refused_with_their_name_and_the_reason() {
    for (text, reason) in [
        ("ex:S sh:targetClass ex:C ; sh:node ex:S .", "the shape <https://a.example/S>: it refers to itself"),
        ("ex:S sh:targetClass ex:C ; sh:not [ sh:property [ sh:path ex:p ; sh:node ex:S ] ] .", "refers to itself"),
        ("ex:S sh:targetClass ex:C ; sh:node ex:T .", "<https://a.example/T> is referred to as a shape"),
        ("ex:S sh:targetClass ex:C ; sh:minCount 1 .", "it has no sh:path"),
        ("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1, 2 ] .", "given more than once"),
        ("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount -1 ] .", "a whole number from 0 on"),
        ("ex:S sh:targetClass ex:C ; sh:pattern \"(\" .", "sh:pattern \"(\" cannot be used"),
        ("ex:S sh:targetClass ex:C ; sh:in ex:List .", "sh:in needs a well-formed list"),
        ("ex:S sh:targetClass ex:C ; sh:or _:l . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l .", "list"),
        (
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path [ sh:inversePath _:p ] ] . _:p sh:inversePath _:p .",
            "path",
        ),
        (
            "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select \"SELECT $this { $this a ?x MINUS { $this a ex:D } }\" ] .",
            "MINUS",
        ),
        (
            "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select \"SELECT $this { { SELECT ?x { ?x a $this } } }\" ] .",
            "select $this",
        ),
        ("ex:S sh:targetClass ex:C ; sh:js ex:f .", "sh:js is not supported"),
        ("ex:S a sh:NodeShape .", "no shape has a target"),
    ] {
        let error = shapes(text).err().unwrap_or_else(|| panic!("accepted: {text}")).to_string();
        assert!(error.contains(reason), "{text}\n{error}");
    }
}

/// The focus nodes, of which some are targets, at which a query of a shape finds something.
fn found_by(targets: &str, query: &str) -> Result<Vec<String>, newsgraph::Error> {
    let data = "@prefix ex: <https://a.example/> . ex:ann ex:p ex:bob . ex:bob ex:p 1 . _:cy ex:p ex:ann .";
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(data).map(Result::unwrap);
    let prefixes = "ex:ns sh:declare [ sh:prefix \"ex\" ; sh:namespace \"https://a.example/\" ] .";
    let sparql = format!("sh:sparql [ sh:prefixes ex:ns ; sh:select \"{query}\" ]");
    let report = shapes(&format!("{prefixes} ex:S {targets} ; {sparql} ."))?.validate(&quads.collect())?;
    let focus = report.results.iter().map(|result| match &result.focus {
        Term::NamedNode(node) => node.as_str().replace("https://a.example/", ""),
        Term::Literal(literal) => literal.value().to_owned(),
        _ => "_:cy".to_owned(),
    });
    let mut focus: Vec<String> = focus.collect();
    focus.sort();
    Ok(focus)
}

#[test]
fn a_query_of_a_shape_knows_its_focus_node_everywhere() {
    for (query, found) in [
        ("SELECT $this { FILTER($this = ex:ann) }", &["ann"][..]),
        ("SELECT $this { { FILTER(false) } UNION { FILTER(isLiteral($this)) } }", &["1"]),
        ("SELECT $this { { FILTER(BOUND($this)) } $this ex:p ex:bob }", &["ann"]),
        ("SELECT $this { BIND($this AS ?that) FILTER(?that = ex:bob) }", &["bob"]),
        ("SELECT $this { { SELECT $this { FILTER($this = ex:bob) } } }", &["bob"]),
        (
            "SELECT $this { ?x ex:p ?y FILTER NOT EXISTS { ?y ex:p ?z FILTER($this != ?y) } } GROUP BY $this HAVING(COUNT(*) > 1)",
            &["ann", "bob"],
        ),
        ("SELECT $this (COUNT(?x) AS ?value) { ?x ex:p $this } GROUP BY $this", &["1", "ann", "bob"]),
        ("SELECT $this { ?x ex:p $this FILTER NOT EXISTS { ?y ex:p ?x . ?x ex:p $this } }", &["ann"]),
    ] {
        assert_eq!(found_by("sh:targetNode ex:ann, ex:bob, 1", query).unwrap(), found, "{query}");
    }
}

/// A query cannot name a blank node, so a triple must lead to it.
#[test]
fn a_query_of_a_shape_finds_blank_nodes_in_triples() {
    let all = "sh:targetSubjectsOf ex:p";
    let counted = "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x } GROUP BY $this";
    assert_eq!(found_by(all, counted).unwrap(), ["_:cy", "ann", "bob"]);
    let error = found_by(all, "SELECT $this { FILTER(isBlank($this)) }").unwrap_err().to_string();
    assert!(error.contains("in an expression and in no triple"), "{error}");
}

#[test]
fn a_component_of_ones_own_holds_values_against_its_parameters() {
    let data = "@prefix ex: <https://a.example/> . ex:ann ex:p ex:bob .";
    let quads = || RdfParser::from_format(RdfFormat::Turtle).for_slice(data).map(Result::unwrap);
    let component = "ex:Begins a sh:ConstraintComponent ; sh:parameter [ sh:path ex:start ] ; sh:validator \
        [ sh:ask \"ASK { FILTER(STRSTARTS(STR($value), $start)) }\" ; sh:message \"begins with {$start}\" ] .";
    let shape =
        "ex:S sh:targetNode ex:ann ; sh:property [ sh:path ex:p ; ex:start \"https://a.example/b\", \"urn:\" ] .";
    let report = shapes(&format!("{component} {shape}")).unwrap().validate(&quads().collect()).unwrap();
    let [result] = &report.results[..] else { panic!("{report:?}") };
    assert_eq!((result.message(), result.component.as_str()), ("begins with urn:", "https://a.example/Begins"));
    assert_eq!(result.value.as_ref().unwrap().to_string(), "<https://a.example/bob>");

    let other = "ex:S sh:targetNode ex:ann ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] .";
    assert!(shapes(&format!("{component} {other}")).unwrap().validate(&quads().collect()).unwrap().conforms());
    let script = "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:start ] ; sh:validator [ sh:jsFunctionName \"f\" ] .";
    let error = shapes(&format!("{script} {shape}")).err().unwrap().to_string();
    assert!(error.contains("a validator of <https://a.example/C> has neither sh:select nor sh:ask"), "{error}");
}

fn article_graph(quads: Vec<Quad>, digest: u8) -> (NamedNode, ArticleGraph) {
    let article = NamedNode::new("https://newsgraph.example/article/1").unwrap();
    let quads = quads.into_iter().map(|quad| Quad { graph_name: article.clone().into(), ..quad }).collect();
    let sifted = sift(&Shapes::shipped(), &article, quads).unwrap();
    let graph = ArticleGraph {
        article: article.clone(),
        digest: [digest; 32],
        quads: sifted.quads,
        profiles: Default::default(),
    };
    (article, graph)
}

/// A post whose member is missing, which conforms to nothing, beside what does.
fn with_a_bad_post() -> Vec<Quad> {
    let node = |iri: &str| NamedNode::new(iri).unwrap();
    let mut quads = example();
    let post = node("https://newsgraph.example/membership/bad");
    let about = node("https://newsgraph.example/claim/about-it");
    quads.push(Quad::new(
        post.clone(),
        newsgraph::vocab::rdf::TYPE,
        node("http://www.w3.org/ns/org#Membership"),
        GraphName::DefaultGraph,
    ));
    quads.push(Quad::new(about, node("https://newsgraph.example/of"), post, GraphName::DefaultGraph));
    quads
}

#[test]
fn what_does_not_conform_is_set_apart_with_what_points_at_it_and_the_rest_stays() {
    let (article, graph) = article_graph(with_a_bad_post(), 1);
    let (kept, apart): (Vec<&Quad>, Vec<&Quad>) =
        graph.quads.iter().partition(|quad| quad.graph_name == article.clone().into());
    assert_eq!(kept.len(), example().len());
    assert!(kept.iter().all(|quad| !quad.to_string().contains("membership/bad")));
    assert!(apart.iter().all(|quad| quad.graph_name.to_string() == format!("<{}#quarantine>", article.as_str())));
    let said: Vec<String> = apart.iter().map(ToString::to_string).collect();
    for part in ["membership/bad> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "about-it", "has one member"] {
        assert!(said.iter().any(|quad| quad.contains(part)), "no {part} in {said:#?}");
    }
}

#[test]
fn a_quarantine_lives_and_dies_with_its_version_of_the_article() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(Path::new(directory.path())).unwrap();
    let bad = "{ ?post a org:Membership FILTER(CONTAINS(STR(?post), 'bad')) }";
    let ask = |question: String| Query::parse(&question, "q").unwrap().ask(&base.dataset().unwrap()).unwrap();
    let (article, graph) = article_graph(with_a_bad_post(), 1);

    base.replace(vec![graph.clone()]).unwrap();
    assert!(!ask(format!("ASK {bad}")) && ask(format!("ASK {{ GRAPH ?g {bad} }}")));
    assert!(ask("ASK { GRAPH ?g { ?why a sh:ValidationResult ; sh:focusNode ?post } }".to_owned()));
    assert_eq!(base.quarantined().unwrap().len(), 1);
    assert_eq!(base.articles().unwrap()[0].quads as usize, example().len());

    base.replace(vec![article_graph(example(), 2).1]).unwrap();
    assert!(base.quarantined().unwrap().is_empty());
    base.replace(vec![graph]).unwrap();
    base.retract(&[article]).unwrap();
    assert!(base.quarantined().unwrap().is_empty());
    assert!(base.dataset().unwrap().is_empty());
}
