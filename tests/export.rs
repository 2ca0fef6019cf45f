//! The ways out of a knowledge base: each says what the base says, and nothing more.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use newsgraph::base::{Answer, ArticleGraph, Dataset, DatasetBuilder, EXAMPLES, KnowledgeBase, Query};
use newsgraph::export::canonical::Canonical;
use newsgraph::export::description::{Counts, Publication, triples};
use newsgraph::export::rebase::Rebase;
use newsgraph::export::split::{MANIFEST, Split, Splitter};
use newsgraph::export::tables::{self, Form};
use newsgraph::export::{nif, property_graph};
use newsgraph::graph::merge::Merge;
use newsgraph::graph::reify::in_parts;
use newsgraph::graph::write::{Dialect, Format, QuadWriter};
use oxigraph::io::RdfParser;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use tempfile::TempDir;

fn node(iri: &str) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

fn read(bytes: &[u8], format: Format) -> Vec<Quad> {
    RdfParser::from_format(format.rdf()).for_slice(bytes).map(Result::unwrap).collect()
}

fn lines(quads: impl IntoIterator<Item = Quad>) -> BTreeSet<String> {
    quads.into_iter().map(|quad| quad.to_string()).collect()
}

/// The graphs of the golden articles.
fn articles() -> Vec<ArticleGraph> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    articles_in(fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path().join("graph.trig")))
}

/// The graphs of some files of TriG.
fn articles_in(files: impl IntoIterator<Item = PathBuf>) -> Vec<ArticleGraph> {
    let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    for file in files {
        for quad in read(&fs::read(file).unwrap(), Format::TriG) {
            let GraphName::NamedNode(article) = &quad.graph_name else { panic!("{quad} is in no graph") };
            graphs.entry(article.as_str().to_owned()).or_default().push(quad);
        }
    }
    let graph = |(article, quads): (String, Vec<Quad>)| ArticleGraph {
        article: node(&article),
        digest: [1; 32],
        quads,
        profiles: Default::default(),
    };
    graphs.into_iter().map(graph).collect()
}

/// A base of the golden articles.
fn base() -> (TempDir, KnowledgeBase) {
    let directory = TempDir::new().unwrap();
    let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
    base.replace(articles()).unwrap();
    (directory, base)
}

/// The only value that a query answers.
fn ask(dataset: &Dataset, query: &str) -> u64 {
    let Answer::Rows { rows, .. } = Query::parse(query, "query").unwrap().run(dataset).unwrap() else {
        panic!("{query} is no SELECT")
    };
    let rows: Vec<_> = rows.map(Result::unwrap).collect();
    let Some(Term::Literal(number)) = rows[0].get("n") else { panic!("{query} answers nothing") };
    number.value().parse().unwrap()
}

#[test]
fn the_merge_is_what_queries_see_in_the_order_of_the_format() {
    let (_directory, base) = base();
    for format in [Format::Turtle, Format::NTriples, Format::RdfXml] {
        let streamed = String::from_utf8(base.export(format, Vec::new()).unwrap()).unwrap();
        let at_once = String::from_utf8(base.dataset().unwrap().export(format, Vec::new()).unwrap()).unwrap();
        assert!(streamed == at_once, "{format} differs");
    }
}

/// The rows that each ready question answers, in their order.
fn answers(dataset: &Dataset) -> BTreeMap<&'static str, Vec<String>> {
    let rows = |text| match Query::parse(text, "query").unwrap().run(dataset).unwrap() {
        Answer::Rows { rows, .. } => rows.map(|row| format!("{:?}", row.unwrap())).collect(),
        _ => panic!("{text} is no SELECT"),
    };
    EXAMPLES.iter().map(|example| (example.name, rows(example.text))).collect()
}

#[test]
fn a_file_with_named_graphs_answers_as_the_base_does() {
    for (trig, question, link) in
        [("dispute", "outlets-differ", "#disputes"), ("differing", "differing", "#conflictsWith")]
    {
        let directory = TempDir::new().unwrap();
        let base = KnowledgeBase::open_or_create(&directory.path().join("kb")).unwrap();
        base.replace(articles_in([PathBuf::from(format!("tests/queries/{trig}.trig"))])).unwrap();
        let expected = answers(&base.dataset().unwrap());
        assert!(!expected[question].is_empty(), "{question} shows no link between articles");
        let format = Format::NQuads;
        let file = directory.path().join(format!("kb.{}", format.extension()));
        fs::write(&file, base.export(format, Vec::new()).unwrap()).unwrap();
        // What newsgraph works out is there, whoever reads the file.
        let links = read(&fs::read(&file).unwrap(), format);
        assert!(links.iter().any(|quad| quad.predicate.as_str().ends_with(link)));
        let mut builder = DatasetBuilder::default();
        builder.add_file(&file).unwrap();
        assert_eq!(answers(&builder.finish()), expected, "{trig}");
    }
}

/// A file says by itself which articles are copies, and its counts are not counted beside those of the reader.
#[test]
fn what_a_file_says_of_copies_is_believed_and_its_counts_are_made_anew() {
    let trig = "PREFIX schema: <https://schema.org/> PREFIX news: <https://w3id.org/newsgraph/ontology#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX e: <https://a.example/>
        e:1 { e:1 a schema:NewsArticle . e:s1 a news:Statement ; rdf:subject e:ann ; rdf:predicate e:at ; rdf:object e:x ;
              news:independentArticles 7 }
        e:2 { e:2 a schema:NewsArticle ; news:nearDuplicateOf e:1 .
              e:s2 a news:Statement ; rdf:subject e:ann ; rdf:predicate e:at ; rdf:object e:x }
        e:3 { e:3 a schema:NewsArticle .
              e:s3 a news:Statement ; rdf:subject e:ann ; rdf:predicate e:at ; rdf:object e:x }";
    let dataset: Dataset = read(trig.as_bytes(), Format::TriG).into_iter().collect();
    assert_eq!(ask(&dataset, "SELECT (COUNT(*) AS ?n) { ?s news:independentArticles ?counted }"), 3);
    assert_eq!(ask(&dataset, "SELECT (MAX(?counted) AS ?n) { ?s news:independentArticles ?counted }"), 2);
}

#[test]
fn the_merge_is_the_same_however_little_is_held_in_memory() {
    let quads: Vec<Quad> = articles().into_iter().flat_map(|graph| graph.quads).collect();
    let merged = |mut merge: Merge| {
        for quad in &quads {
            merge.add(&quad.clone().into()).unwrap();
        }
        merge.finish().unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    let at_once = merged(Merge::default());
    assert!(at_once.len() > 5_000, "{}", at_once.len());
    assert!(merged(Merge::with_limit(10_000)) == at_once);
    let expected: BTreeSet<String> =
        quads.iter().map(|quad| oxigraph::model::Triple::from(quad.clone()).to_string()).collect();
    assert_eq!(at_once.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn rdf_1_2_says_the_same_and_reads_back() {
    let (_directory, base) = base();
    for format in [Format::Turtle, Format::TriG, Format::NTriples, Format::NQuads] {
        let old = base.export(format, Vec::new()).unwrap();
        let writer = QuadWriter::new(format, Vec::new()).in_dialect(Dialect::Rdf12);
        let new = base.write_all(writer, format, |quad| quad).unwrap();
        let text = String::from_utf8_lossy(&new);
        assert!(text.contains("reifies") && text.contains("<<("), "{format} has no triple terms");
        assert!(!text.contains("rdf:subject") && !text.contains("ns#subject>"), "{format} has parts of triples");
        let back: Vec<Quad> = read(&new, format).into_iter().flat_map(in_parts).collect();
        assert_eq!(lines(back), lines(read(&old, format)), "{format}");
    }
    let message = Dialect::Rdf12.check(Format::JsonLd).unwrap_err().to_string();
    assert!(message.starts_with("jsonld has no triple terms of RDF 1.2: choose turtle"), "{message}");
}

#[test]
fn a_file_of_rdf_1_2_answers_as_the_base_does() {
    let (directory, base) = base();
    let writer = QuadWriter::new(Format::NQuads, Vec::new()).in_dialect(Dialect::Rdf12);
    let file = directory.path().join("kb.nq");
    fs::write(&file, base.write_all(writer, Format::NQuads, |quad| quad).unwrap()).unwrap();
    let mut builder = newsgraph::base::DatasetBuilder::default();
    builder.add_file(&file).unwrap();
    let question = "SELECT (COUNT(*) AS ?n) { ?s a news:Claim ; rdf:subject ?who ; rdf:object ?what }";
    let answer = ask(&base.dataset().unwrap(), question);
    assert!(answer > 50);
    assert_eq!(ask(&builder.finish(), question), answer);
}

#[test]
fn counts_of_the_description_are_those_that_sparql_gives() {
    let (_directory, base) = base();
    let counts = Counts::of(&base).unwrap();
    let dataset = base.dataset().unwrap();
    for (counted, pattern) in [
        (counts.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (counts.subjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (counts.objects, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        (counts.entities, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s schema:mentions ?o }"),
        (counts.documents, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a schema:NewsArticle }"),
        (counts.classes.len() as u64, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }"),
        (counts.properties.len() as u64, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
    ] {
        assert_eq!(counted, ask(&dataset, pattern), "{pattern}");
    }
    for (class, counted) in &counts.classes {
        assert_eq!(
            *counted,
            ask(&dataset, &format!("SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{class}> }}")),
            "{class}"
        );
    }
    for (property, [triples, subjects, objects]) in &counts.properties {
        for (counted, what) in [(triples, "*"), (subjects, "DISTINCT ?s"), (objects, "DISTINCT ?o")] {
            let query = format!("SELECT (COUNT({what}) AS ?n) {{ ?s <{property}> ?o }}");
            assert_eq!(*counted, ask(&dataset, &query), "{query}");
        }
    }
}

#[test]
fn a_description_says_what_its_publisher_says() {
    let publication = Publication {
        dataset: node("https://paper.example/data"),
        title: Some("The Paper's people".into()),
        publisher: Some("The Paper".into()),
        licence: Some(node("https://creativecommons.org/licenses/by/4.0/")),
        download: Some(node("https://paper.example/files/")),
    };
    let file = newsgraph::export::description::Distribution {
        name: "kb.nq.gz".into(),
        format: Format::NQuads,
        bytes: 7,
        sha256: "ab".repeat(32),
    };
    let said: Vec<String> =
        triples(&Counts::default(), &publication, &[file]).iter().map(|triple| format!("{triple} .")).collect();
    for expected in [
        "<https://paper.example/data> <http://purl.org/dc/terms/title> \"The Paper's people\" .",
        "<https://paper.example/data#publisher-The%20Paper> <http://xmlns.com/foaf/0.1/name> \"The Paper\" .",
        "<https://paper.example/data> <http://rdfs.org/ns/void#dataDump> <https://paper.example/files/kb.nq.gz> .",
        "<https://paper.example/data#file-kb.nq.gz> <http://www.w3.org/ns/dcat#mediaType> <https://www.iana.org/assignments/media-types/application/n-quads> .",
        "<https://paper.example/data#file-kb.nq.gz> <http://www.w3.org/ns/dcat#compressFormat> <https://www.iana.org/assignments/media-types/application/gzip> .",
    ] {
        assert!(said.iter().any(|triple| triple == expected), "{expected} is not in {said:#?}");
    }
}

#[test]
fn parts_are_files_by_themselves_and_together_the_base() {
    let (directory, base) = base();
    let parts = directory.path().join("parts");
    let write = |split, compression| {
        let mut splitter = Splitter::new(&parts, Format::NQuads, Dialect::Rdf11, split, compression).unwrap();
        for graph in base.linked(false).unwrap() {
            let graph = graph.unwrap();
            splitter.write(graph.article.as_str(), graph.quads).unwrap();
        }
        splitter.finish().unwrap()
    };
    let all = lines(read(&base.export(Format::NQuads, Vec::new()).unwrap(), Format::NQuads));
    let articles = base.articles().unwrap().len() as u64;
    assert_eq!(write(Split::Articles(1), "").len() as u64, articles);
    for split in [Split::Articles(3), Split::Bytes(400_000), Split::Bytes(u64::MAX)] {
        let written = write(split, "");
        let mut together = BTreeSet::new();
        for part in &written {
            let bytes = fs::read(parts.join(&part.name)).unwrap();
            let quads = lines(read(&bytes, Format::NQuads));
            assert_eq!((part.bytes, part.quads), (bytes.len() as u64, quads.len() as u64), "{}", part.name);
            together.extend(quads);
        }
        assert_eq!(together, all, "{split:?}");
        assert_eq!(written.iter().map(|part| part.articles).sum::<u64>(), articles);
        let there: BTreeSet<String> =
            fs::read_dir(&parts).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        let named = written.iter().map(|part| part.name.clone()).chain([MANIFEST.to_owned()]).collect();
        assert_eq!(there, named, "files of an earlier export are left");
    }
    fs::remove_file(parts.join(MANIFEST)).unwrap();
    let refused = Splitter::new(&parts, Format::NQuads, Dialect::Rdf11, Split::Articles(1), "").err().unwrap();
    assert!(refused.to_string().contains("the directory holds other files and no earlier export"), "{refused}");
}

#[test]
fn another_base_renames_all_that_was_minted_and_nothing_else() {
    let (_directory, base) = base();
    let all = base.export(Format::NQuads, Vec::new()).unwrap();
    let there = Rebase::new(&base, "https://data.paper.example/kb#".parse().unwrap()).unwrap();
    let moved =
        base.write_all(QuadWriter::new(Format::NQuads, Vec::new()), Format::NQuads, |quad| there.quad(quad)).unwrap();
    let text = String::from_utf8_lossy(&moved);
    assert!(!text.contains("https://newsgraph.example/"));
    assert!(text.contains("<https://data.paper.example/kb#person/"));
    let old: newsgraph::graph::mint::Base = "https://newsgraph.example/".parse().unwrap();
    let back = Rebase::from_bases(["https://data.paper.example/kb#".to_owned()], old);
    let returned = read(&moved, Format::NQuads).into_iter().map(|quad| back.quad(quad));
    assert_eq!(lines(returned), lines(read(&all, Format::NQuads)));
}

fn hash(quads: impl IntoIterator<Item = Quad>) -> String {
    let mut canonical = Canonical::default();
    quads.into_iter().for_each(|quad| canonical.add(&quad).unwrap());
    canonical.finish().unwrap()
}

#[test]
fn the_hash_depends_on_what_is_said_alone() {
    let turtle = |text: &str| read(text.as_bytes(), Format::Turtle);
    let one = hash(turtle(
        "<u:a> <u:knows> _:x . _:x <u:name> 'Ann\\n' ; <u:knows> _:y . _:y <u:name> 'Bob' . <u:a> <u:n> 1 .",
    ));
    let other = hash(turtle(
        "<u:a> <u:n> 1 . _:b <u:name> 'Bob' . _:a <u:name> 'Ann\\n' ; <u:knows> _:b . <u:a> <u:knows> _:a .",
    ));
    assert_eq!(one, other);
    assert_ne!(one, hash(turtle("<u:a> <u:knows> _:x . _:x <u:name> 'Ann' .")));
    // As PyLD has it (URDNA2015 with SHA-256, of which RDFC-1.0 is the later name).
    assert_eq!(one, "bba67b6331012d3456f4483a2cb90e2692263b50f6a1462c203d08b9c8a4682f");
}

/// A table as rows of column to value.
fn table(directory: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(directory.join(name)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn tables_have_a_row_for_each_finding_with_names_words_and_article() {
    let (directory, base) = base();
    let tables = directory.path().join("tables");
    tables::write(base.graphs().unwrap(), &tables, Form::Csv).unwrap();
    let dataset = base.dataset().unwrap();
    for (name, class) in [
        ("facts.csv", "news:Statement"),
        ("claims.csv", "news:Claim"),
        ("quotes.csv", "schema:Quotation"),
        ("posts.csv", "org:Membership"),
        ("articles.csv", "schema:NewsArticle"),
    ] {
        let query = format!("SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a {class} }}");
        assert_eq!(table(&tables, name).len() as u64, ask(&dataset, &query), "{name}");
    }
    let entities = ask(&dataset, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s schema:mentions ?o }");
    assert_eq!(table(&tables, "entities.csv").len() as u64, entities);

    let facts = table(&tables, "facts.csv");
    let rourke =
        facts.iter().find(|row| row["relation"] == "chiefExecutive" && row["object_label"] == "Conor Rourke").unwrap();
    assert_eq!(rourke["subject_label"], "Atlantic Lantern Energy");
    assert!(rourke["evidence"].contains("Rourke"), "{rourke:?}");
    assert_eq!(
        rourke["evidence"].chars().count(),
        rourke["end"].parse::<usize>().unwrap() - rourke["begin"].parse::<usize>().unwrap()
    );
    let claims = table(&tables, "claims.csv");
    let denial =
        claims.iter().find(|row| row["polarity"] == "denied" && row["source_label"] == "Fergal Tuohy").unwrap();
    assert!(denial["quote"].starts_with("I did not meet Mr Rourke"), "{denial:?}");
    assert!(!fs::read_to_string(tables.join("facts.csv")).unwrap().replace("\r\n", "").contains('\r'));
}

/// The rows of a table in Parquet, spelt as CSV has them, without the columns of days.
fn parquet_table(file: &Path) -> Vec<Vec<String>> {
    let spelt = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => panic!("{other}"),
    };
    let reader = SerializedFileReader::new(fs::File::open(file).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let cells = |row: parquet::record::Row| {
        row.get_column_iter().filter(|(name, _)| !name.ends_with("_day")).map(|(_, cell)| spelt(cell)).collect()
    };
    rows.map(cells).collect()
}

#[test]
fn parquet_says_what_csv_says_with_types_and_in_the_same_bytes() {
    let (directory, base) = base();
    let [csv, parquet, again] = ["csv", "parquet", "again"].map(|name| directory.path().join(name));
    for (tables, form) in [(&csv, Form::Csv), (&parquet, Form::Parquet), (&again, Form::Parquet)] {
        tables::write(base.graphs().unwrap(), tables, form).unwrap();
    }
    for name in ["articles", "claims", "entities", "events", "facts", "mentions", "posts", "quotes"] {
        let file = format!("{name}.parquet");
        let mut reader = csv::Reader::from_path(csv.join(name).with_extension("csv")).unwrap();
        let expected: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert!(!expected.is_empty(), "{name}");
        assert_eq!(parquet_table(&parquet.join(&file)), expected, "{name}");
        assert!(fs::read(parquet.join(&file)).unwrap() == fs::read(again.join(&file)).unwrap(), "{file} differs");
    }
    let articles = SerializedFileReader::new(fs::File::open(parquet.join("articles.parquet")).unwrap()).unwrap();
    let first =
        articles.get_row_iter(None).unwrap().map(Result::unwrap).find(|row| {
            row.get_column_iter().any(|(name, day)| name == "published_day" && matches!(day, Field::Date(_)))
        });
    assert!(first.is_some(), "no article has a day");
}

#[test]
fn the_tables_are_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/TABLES.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, tables::description()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == tables::description(),
        "docs/TABLES.md is out of date: UPDATE=1 cargo test --release --test export"
    );
}

#[test]
fn every_edge_of_the_property_graph_has_both_ends_and_no_claim_is_a_fact() {
    let (directory, base) = base();
    property_graph::write(base.graphs().unwrap(), directory.path()).unwrap();
    let nodes = table(directory.path(), "nodes.csv");
    let known: BTreeSet<&str> = nodes.iter().map(|row| row["iri:ID"].as_str()).collect();
    assert_eq!(known.len(), nodes.len(), "a node stands twice");
    let edges = table(directory.path(), "edges.csv");
    for edge in &edges {
        for end in [":START_ID", ":END_ID"] {
            assert!(known.contains(edge[end].as_str()), "{end} of {edge:?} is no node");
        }
    }
    let facts: BTreeSet<&str> =
        edges.iter().map(|edge| edge["statement"].as_str()).filter(|it| it.contains("/statement/")).collect();
    let dataset = base.dataset().unwrap();
    assert_eq!(facts.len() as u64, ask(&dataset, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a news:Statement }"));
    let claims = nodes.iter().filter(|row| row[":LABEL"].split(';').any(|label| label == "Claim")).count();
    assert_eq!(claims as u64, ask(&dataset, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a news:Claim }"));
    let relations: BTreeSet<&str> =
        edges.iter().filter(|edge| edge["statement"].contains("/claim/")).map(|edge| edge[":TYPE"].as_str()).collect();
    assert_eq!(relations, BTreeSet::from(["IN_ARTICLE"]));
}

#[test]
fn annotations_for_benchmarks_are_the_text_and_the_names_in_it() {
    let ns = |local: &str| node(&format!("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#{local}"));
    let mut graph = articles().into_iter().find(|graph| graph.article.as_str().contains("4bcded893eb283a9")).unwrap();
    assert_eq!(nif::annotations(graph.clone()), None, "there is no text");
    let context = graph.quads.iter().find(|quad| quad.object == Term::from(ns("Context"))).unwrap().subject.clone();
    graph.quads.push(Quad::new(context, ns("isString"), Literal::from("the text"), graph.article.clone()));
    let quads = nif::annotations(graph.clone()).unwrap();
    let means = node("http://www.w3.org/2005/11/its/rdf#taIdentRef");
    let known = |quads: &[Quad]| quads.iter().filter(|quad| quad.predicate == means).count();
    assert_eq!(known(&quads), known(&graph.quads));
    assert!(quads.iter().any(
        |quad| quad.predicate == means && quad.object.to_string().starts_with("<http://www.wikidata.org/entity/Q")
    ));
    let predicates: BTreeSet<&str> = quads.iter().map(|quad| quad.predicate.as_str()).collect();
    assert_eq!(predicates.len(), 8, "{predicates:?}");
    let index = Term::from(Literal::new_typed_literal("0", xsd::NON_NEGATIVE_INTEGER));
    assert!(quads.iter().any(|quad| quad.predicate == ns("beginIndex") && quad.object == index));
}
