//! What a knowledge base costs as it grows: `cargo bench --bench store [-- QUADS …]`.
//!
//! Writes generated articles in batches as `newsgraph build` does, works out which of their persons are one, does so
//! again after one more article, opens the base anew, and asks it three questions.
//! Sizes are the quads of the articles; the merged default graph comes on top and costs nothing.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use newsgraph::base::{Answer, ArticleGraph, Asked, KnowledgeBase, Query};
use newsgraph::graph::mint::slug;
use newsgraph::identity::{Family, Profile, Profiles};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

const SIZES: [usize; 5] = [100_000, 250_000, 500_000, 1_000_000, 2_000_000];
const MENTIONS: usize = 60;
const BATCH: usize = 256;

const QUESTIONS: [(&str, &str); 3] = [
    (
        "entities in most articles",
        "SELECT ?entity (COUNT(DISTINCT ?article) AS ?n) \
         { ?mention itsrdf:taIdentRef ?entity ; nif:referenceContext ?article } \
         GROUP BY ?entity ORDER BY DESC(?n) ?entity LIMIT 10",
    ),
    (
        "mentions of one person",
        "SELECT ?words { ?who rdfs:label \"Name Number 7\" . ?mention itsrdf:taIdentRef ?who ; nif:anchorOf ?words }",
    ),
    ("all triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    println!(
        "   quads  articles   write  identity  one more  bytes/quad   open  bytes/quad  grown RSS   {}",
        QUESTIONS.map(|q| q.0).join(" | ")
    );
    println!("                       (s)       (s)       (s)   on disk      (s)   in memory  (MB)        (ms)");
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        measure(size)?;
    }
    Ok(())
}

fn measure(size: usize) -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("kb");
    let base = KnowledgeBase::open_or_create(&path)?;
    let (mut quads, mut articles, mut writing) = (0, 0, Duration::ZERO);
    while quads < size {
        let batch: Vec<ArticleGraph> = (articles..articles + BATCH)
            .map(article)
            .scan(quads, |total, graph| {
                let wanted = *total < size;
                *total += graph.quads.len();
                wanted.then_some(graph)
            })
            .collect();
        quads += batch.iter().map(|graph| graph.quads.len()).sum::<usize>();
        articles += batch.len();
        let start = Instant::now();
        base.replace(batch)?;
        writing += start.elapsed();
    }
    let start = Instant::now();
    base.settle()?;
    let settling = start.elapsed();
    base.replace(vec![article(articles)])?;
    let start = Instant::now();
    base.settle()?;
    let again = start.elapsed();
    let disk = fs::metadata(path.join("articles.redb"))?.len();

    let before = resident();
    let start = Instant::now();
    let dataset = KnowledgeBase::open(&path)?.dataset()?;
    let opening = start.elapsed();
    let grown = resident().saturating_sub(before);
    assert!(dataset.len() >= quads, "{} quads of {quads}", dataset.len());

    let answers = ask((&dataset).into())?;
    println!(
        "{quads:>8}  {articles:>8}  {:>6.2}  {:>8.2}  {:>8.2}  {:>10.1}  {:>5.2}  {:>10.1}  {:>9.0}   {}",
        writing.as_secs_f64(),
        settling.as_secs_f64(),
        again.as_secs_f64(),
        disk as f64 / quads as f64,
        opening.as_secs_f64(),
        dataset.memory() as f64 / quads as f64,
        grown as f64 / 1e6,
        answers,
    );
    drop(dataset);
    #[cfg(feature = "rocksdb")]
    on_disk(&KnowledgeBase::open(&path)?, articles, quads)?;
    Ok(())
}

/// The milliseconds that each question took.
fn ask(asked: Asked<'_>) -> Result<String, Box<dyn Error>> {
    let mut times = Vec::new();
    for (_, question) in QUESTIONS {
        let start = Instant::now();
        if let Answer::Rows { rows, .. } = Query::parse(question, "bench")?.run(asked)? {
            let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
            assert!(!rows.is_empty());
        }
        times.push(format!("{:.1}", start.elapsed().as_secs_f64() * 1e3));
    }
    Ok(times.join(" | "))
}

/// The same base on disk in Oxigraph's own store: filled, opened, brought up to date after one more article, and asked.
#[cfg(feature = "rocksdb")]
fn on_disk(base: &KnowledgeBase, articles: usize, quads: usize) -> Result<(), Box<dyn Error>> {
    let time_to_open = || {
        let start = Instant::now();
        base.on_disk(&mut |_, _| {}).map(|_| start.elapsed().as_secs_f64())
    };
    let (filling, opening) = (time_to_open()?, time_to_open()?);
    base.replace(vec![article(articles + 1)])?;
    base.settle()?;
    let changing = time_to_open()?;
    let before = resident();
    let dataset = base.on_disk(&mut |_, _| {})?;
    let answers = ask((&dataset).into())?;
    let size: u64 = fs::read_dir(base.directory().join("oxigraph"))?
        .map(|entry| Ok(entry?.metadata()?.len()))
        .sum::<Result<u64, std::io::Error>>()?;
    println!(
        " on disk: filled {filling:.2} s, opened {opening:.2} s, one more article {changing:.2} s, {:.1} bytes/quad, {:.0} MB grown RSS   {}",
        size as f64 / quads as f64,
        resident().saturating_sub(before) as f64 / 1e6,
        answers,
    );
    Ok(())
}

/// An article with [`MENTIONS`] mentions of some of 20,000 entities, in full detail.
fn article(number: usize) -> ArticleGraph {
    let article =
        NamedNode::new_unchecked(format!("https://news.example/2026/11/{number}-some-headline-of-some-length"));
    let (mut quads, mut profiles) = (Vec::new(), BTreeMap::new());
    let mut say = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, article.clone()));
    };
    let offset = |n: usize| Literal::new_typed_literal(n.to_string(), xsd::NON_NEGATIVE_INTEGER).into();
    for mention in 0..MENTIONS {
        let start = mention * 37 + number % 30;
        let node = NamedNode::new_unchecked(format!("{}#char={start},{}", article.as_str(), start + 14));
        let entity = (number * 31 + mention * mention * 7) % 20_000;
        // One in ten mentions has an initial, so that identity has something to join and to rename.
        let given = if (number + mention).is_multiple_of(10) { "N." } else { "Name" };
        let name = format!("{given} Number {entity}");
        let who = NamedNode::new_unchecked(format!("https://newsgraph.example/person/{}", slug(&name)));
        profiles.entry(who.clone()).or_insert_with(|| Profile {
            iri: who.as_str().to_owned(),
            family: Family::Person,
            name: name.clone(),
            keys: vec![format!("person:{entity}")],
            mentions: 1,
            ..Profile::default()
        });
        say(&node, rdf::TYPE, nif("Phrase").into());
        say(&node, nif("beginIndex").as_ref(), offset(start));
        say(&node, nif("endIndex").as_ref(), offset(start + 14));
        say(&node, nif("anchorOf").as_ref(), Literal::from(name.as_str()).into());
        say(&node, nif("referenceContext").as_ref(), article.clone().into());
        say(&node, its("taIdentRef").as_ref(), who.clone().into());
        say(&node, its("taConfidence").as_ref(), Literal::from(0.5 + (mention % 10) as f64 / 20.0).into());
        say(&who, rdf::TYPE, NamedNode::new_unchecked("https://schema.org/Person").into());
        say(&who, rdfs::LABEL, Literal::from(name).into());
        let mentions = NamedNode::new_unchecked("https://schema.org/mentions");
        say(&article, mentions.as_ref(), who.into());
    }
    quads.sort_unstable_by_key(ToString::to_string);
    quads.dedup();
    let mut digest = [0; 32];
    digest[..8].copy_from_slice(&(number as u64).to_le_bytes());
    let published = format!("20{:02}-{:02}-{:02}", number % 20, number % 12 + 1, number % 28 + 1);
    let profiles = Profiles { published, entities: profiles.into_values().collect(), ..Profiles::default() };
    ArticleGraph { article, digest, quads, profiles }
}

fn nif(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#{name}"))
}

fn its(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/2005/11/its/rdf#{name}"))
}

/// The bytes of memory this process holds; 0 where the system does not say.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
