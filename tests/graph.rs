//! A document, built by hand, as RDF.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use newsgraph::Span;
use newsgraph::article::{Article, Block, BlockKind, Dateline, Metadata, Origin};
use newsgraph::date::Stamp;
use newsgraph::document::{Document, Entity, Kind, Mention, Quote, Role, Speaker, Tenure};
use newsgraph::graph::write::{Format, QuadWriter};
use newsgraph::graph::{self, Detail, Options};
use newsgraph::text::Text;
use newsgraph::vocab::{itsrdf, news, nif, org, prov, rdf, rdfs, schema, skos};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;
use proptest::prelude::*;

/// An article with accents, CJK and an emoji, that holds every kind of thing and every tenure.
const TEXT: &str = "\
Östra Bridge will open in May, minister says

LINDHAVEN, March 2 (Norden Wire) -

Transport Secretary Zoë Lindqvist said the Östra Bridge would open in May. The Norden Ports Authority, once run by \
former director Per Holm 🎉, has hired Li Wei (李伟) as incoming director.

“I spoke to Port Commissioner Ida Berg and to former mayor Jon Dahl,” Lindqvist said. “It is on time,” two officials \
said. “The Norse will hear of it.”

Acting Harbour Master Bo Ek of the Norden Ports Authority cited the Harbours Act, the Spring Regatta, the film Tides, \
the Mark II crane and the Skagen strait, in Danish, at a hearing in Lindhaven.";

/// Puts a document together from words of its text.
struct Builder {
    document: Document,
}

impl Builder {
    fn new(text: &str) -> Self {
        let article = Article {
            origin: Origin { path: "bridge.txt".into(), line: None },
            text: text.into(),
            blocks: Vec::new(),
            metadata: Metadata::default(),
        };
        let text = Text::new(text.into(), Vec::new(), Vec::new(), Vec::new());
        let (entities, mentions, quotes, roles) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { document: Document { article, text, entities, mentions, quotes, roles } }
    }

    /// The first place of the words.
    fn span(&self, words: &str) -> Span {
        let start = self.document.article.text.find(words).unwrap_or_else(|| panic!("no {words:?} in the text"));
        Span::new(start, start + words.len())
    }

    fn block(&mut self, kind: BlockKind, from: &str, to: &str) {
        let span = self.span(from).cover(self.span(to));
        self.document.article.blocks.push(Block { kind, span });
    }

    /// An entity, mentioned wherever its names stand.
    fn entity(&mut self, kind: Kind, name: &str, other_names: &[&str]) -> usize {
        let entity = self.document.entities.len();
        let other_names: Vec<String> = other_names.iter().map(|name| (*name).to_owned()).collect();
        let text = self.document.article.text.clone();
        for name in other_names.iter().map(String::as_str).chain([name]) {
            for (start, _) in text.match_indices(name) {
                let span = Span::new(start, start + name.len());
                if self.document.mentions.iter().all(|mention| !mention.span.overlaps(span)) {
                    self.document.mentions.push(Mention { span, entity, confidence: 0.9 });
                }
            }
        }
        self.document.mentions.sort_by_key(|mention| mention.span);
        self.document.entities.push(Entity { kind, name: name.into(), other_names });
        entity
    }

    fn quote(&mut self, words: &str, cue: Option<&str>, speaker: Option<(&str, Option<usize>)>) -> usize {
        let quote = Quote {
            span: self.span(words),
            cue: cue.map(|cue| Span::new(self.span(cue).end - 4, self.span(cue).end)),
            speaker: speaker.map(|(words, entity)| Speaker { span: self.span(words), entity }),
        };
        self.document.quotes.push(quote);
        self.document.quotes.len() - 1
    }

    fn role(&mut self, person: usize, title: &str, tenure: Tenure, evidence: &str) -> &mut Role {
        self.document.roles.push(Role {
            person,
            title: self.span(title),
            organization: None,
            tenure,
            evidence: self.span(evidence),
            rule: "title-before-name".into(),
            confidence: 0.8,
            quoted_in: None,
        });
        self.document.roles.last_mut().unwrap()
    }
}

fn bridge() -> Document {
    let mut b = Builder::new(TEXT);
    b.block(BlockKind::Headline, "Östra", "minister says");
    b.block(BlockKind::Dateline, "LINDHAVEN", "(Norden Wire) -");
    b.block(BlockKind::Paragraph, "Transport", "incoming director.");
    b.block(BlockKind::Paragraph, "“I spoke", "hear of it.”");
    b.block(BlockKind::Paragraph, "Acting", "in Lindhaven.");

    let bridge = b.entity(Kind::Facility, "Östra Bridge", &[]);
    assert_eq!(bridge, 0);
    let lindqvist = b.entity(Kind::Person, "Zoë Lindqvist", &["Lindqvist"]);
    let authority = b.entity(Kind::Organization, "Norden Ports Authority", &[]);
    let holm = b.entity(Kind::Person, "Per Holm", &[]);
    let li = b.entity(Kind::Person, "Li Wei", &["李伟"]);
    let berg = b.entity(Kind::Person, "Ida Berg", &[]);
    let dahl = b.entity(Kind::Person, "Jon Dahl", &[]);
    let ek = b.entity(Kind::Person, "Bo Ek", &[]);
    let lindhaven = b.entity(Kind::Region, "Lindhaven", &[]);
    b.entity(Kind::Group, "Norse", &[]);
    b.entity(Kind::Law, "Harbours Act", &[]);
    b.entity(Kind::Event, "Spring Regatta", &[]);
    b.entity(Kind::Work, "Tides", &[]);
    b.entity(Kind::Product, "Mark II", &[]);
    b.entity(Kind::Place, "Skagen", &[]);
    b.entity(Kind::Language, "Danish", &[]);

    let first = "I spoke to Port Commissioner Ida Berg and to former mayor Jon Dahl,";
    let said = b.quote(first, Some("Lindqvist said"), Some(("Lindqvist said", Some(lindqvist))));
    b.quote("It is on time,", Some("officials said"), Some(("two officials", None)));
    b.quote("The Norse will hear of it.", None, None);

    b.role(lindqvist, "Transport Secretary", Tenure::Current, "Transport Secretary Zoë Lindqvist");
    b.role(holm, "director", Tenure::Former, "former director Per Holm").organization = Some(authority);
    let evidence =
        "Norden Ports Authority, once run by former director Per Holm 🎉, has hired Li Wei (李伟) as incoming director";
    b.role(li, "director", Tenure::Future, evidence).organization = Some(authority);
    b.role(ek, "Harbour Master", Tenure::Acting, "Acting Harbour Master Bo Ek of the Norden Ports Authority")
        .organization = Some(authority);
    let commissioner = b.role(berg, "Port Commissioner", Tenure::Current, "Port Commissioner Ida Berg");
    (commissioner.quoted_in, commissioner.organization) = (Some(said), Some(lindhaven));
    b.role(dahl, "mayor", Tenure::Former, "former mayor Jon Dahl").quoted_in = Some(said);

    let dateline =
        Dateline { place: b.span("LINDHAVEN"), date: Some(b.span("March 2")), agency: Some(b.span("Norden Wire")) };
    b.document.article.metadata = Metadata {
        url: Some("https://news.example/2017/bridge#comments".parse().unwrap()),
        published: Some(Stamp::Time("2017-03-02T18:30:00".parse().unwrap(), Some(jiff::tz::offset(1)))),
        modified: Some(Stamp::Day("2017-03-03".parse().unwrap())),
        authors: vec!["Jane Roe".into(), "Norden Wire staff".into()],
        publisher: Some("Norden Wire".into()),
        language: Some("en".into()),
        section: Some("Transport".into()),
        keywords: vec!["bridges".into(), "ports".into()],
        dateline: Some(dateline),
    };
    b.document
}

fn full() -> Options {
    Options { with_text: true, model: "0a1b2c".into(), ..Options::default() }
}

fn facts() -> Options {
    Options { detail: Detail::Facts, with_text: false, ..full() }
}

fn node(iri: &str) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

fn kb(name: &str) -> NamedNode {
    node(&format!("https://newsgraph.example/{name}"))
}

/// The objects of a subject's property, as Turtle would have them.
fn objects(quads: &[Quad], subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
    let subject = NamedOrBlankNode::from(subject.clone());
    let of = quads.iter().filter(|quad| quad.subject == subject && quad.predicate == predicate);
    of.map(|quad| quad.object.clone()).collect()
}

fn literals(quads: &[Quad], subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let literals = objects(quads, subject, predicate).into_iter();
    literals
        .map(|object| if let Term::Literal(literal) = object { literal.value().into() } else { object.to_string() })
        .collect()
}

/// The subjects with a property of a value.
fn subjects(quads: &[Quad], predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Vec<NamedNode> {
    let object = object.into();
    let with = quads.iter().filter(|quad| quad.predicate == predicate && quad.object == object);
    let nodes = with.filter_map(|quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    nodes.collect()
}

fn written(quads: Vec<Quad>, format: Format) -> Vec<u8> {
    let mut writer = QuadWriter::new(format, Vec::new());
    writer.write(quads).unwrap();
    writer.finish().unwrap()
}

fn read(bytes: &[u8], format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(bytes).map(|quad| quad.unwrap().to_string()).collect()
}

/// Compares with a file under `tests/graph`, which `UPDATE=1` rewrites.
fn assert_golden(name: &str, bytes: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graph").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert!(expected.as_bytes() == bytes, "{name} differs; look at it with UPDATE=1 and git diff");
}

#[test]
fn a_document_in_full_as_turtle() {
    assert_golden("bridge.ttl", &written(graph::quads(&bridge(), &full()), Format::Turtle));
}

#[test]
fn a_document_in_facts_as_trig() {
    assert_golden("bridge-facts.trig", &written(graph::quads(&bridge(), &facts()), Format::TriG));
}

#[test]
fn every_span_lies_on_its_words_in_code_points() {
    let quads = graph::quads(&bridge(), &full());
    let text: Vec<char> = TEXT.chars().collect();
    let spans: BTreeSet<String> =
        quads.iter().filter(|q| q.predicate == nif::ANCHOR_OF).map(|q| q.subject.to_string()).collect();
    assert!(spans.len() >= 30, "{spans:?}");
    for span in spans {
        let span = node(span.trim_matches(['<', '>']));
        let number = |property| literals(&quads, &span, property)[0].parse::<usize>().unwrap();
        let (begin, end) = (number(nif::BEGIN_INDEX), number(nif::END_INDEX));
        assert_eq!(span.as_str(), format!("https://news.example/2017/bridge#char={begin},{end}"));
        assert_eq!(literals(&quads, &span, nif::ANCHOR_OF), [text[begin..end].iter().collect::<String>()]);
    }
}

#[test]
fn a_current_role_is_a_plain_fact_with_a_statement() {
    let quads = graph::quads(&bridge(), &full());
    let lindqvist = kb("person/zoe-lindqvist");
    assert_eq!(literals(&quads, &lindqvist, schema::JOB_TITLE), ["transport secretary"]);
    let statements = subjects(&quads, rdf::SUBJECT, lindqvist.clone());
    assert_eq!(statements.len(), 1);
    let statement = &statements[0];
    assert_eq!(objects(&quads, statement, rdf::TYPE), [Term::from(news::STATEMENT)]);
    assert_eq!(objects(&quads, statement, rdf::PREDICATE), [Term::from(schema::JOB_TITLE)]);
    assert_eq!(literals(&quads, statement, rdf::OBJECT), ["transport secretary"]);
    assert_eq!(literals(&quads, statement, news::CONFIDENCE), ["0.8"]);
    let evidence = objects(&quads, statement, news::EVIDENCE);
    let Term::NamedNode(evidence) = &evidence[0] else { panic!("{evidence:?}") };
    assert_eq!(literals(&quads, evidence, nif::ANCHOR_OF), ["Transport Secretary Zoë Lindqvist"]);
}

#[test]
fn a_post_that_is_over_or_to_come_is_no_present_fact() {
    let quads = graph::quads(&bridge(), &full());
    for (person, tenure, words) in [
        ("person/per-holm", news::FORMER, "interval/before-2017-03-02"),
        ("person/li-wei", news::FUTURE, "interval/after-2017-03-02"),
    ] {
        let person = kb(person);
        assert!(objects(&quads, &person, schema::JOB_TITLE).is_empty());
        assert!(objects(&quads, &person, org::MEMBER_OF).is_empty());
        let memberships = subjects(&quads, org::MEMBER, person);
        assert_eq!(memberships.len(), 1);
        assert_eq!(objects(&quads, &memberships[0], news::TENURE), [Term::from(tenure)]);
        assert_eq!(objects(&quads, &memberships[0], org::MEMBER_DURING), [Term::from(kb(words))]);
        assert_eq!(
            objects(&quads, &memberships[0], org::ORGANIZATION),
            [Term::from(kb("organization/norden-ports-authority"))]
        );
    }
}

#[test]
fn an_acting_post_gives_the_organisation_but_not_the_title() {
    let quads = graph::quads(&bridge(), &full());
    let ek = kb("person/bo-ek");
    assert!(objects(&quads, &ek, schema::JOB_TITLE).is_empty());
    assert_eq!(objects(&quads, &ek, org::MEMBER_OF), [Term::from(kb("organization/norden-ports-authority"))]);
}

#[test]
fn what_a_quote_says_of_a_post_is_claimed_and_not_asserted() {
    let quads = graph::quads(&bridge(), &full());
    for (person, tenure, claims) in [("person/ida-berg", news::CURRENT, 2), ("person/jon-dahl", news::FORMER, 1)] {
        let person = kb(person);
        assert!(objects(&quads, &person, schema::JOB_TITLE).is_empty());
        assert!(objects(&quads, &person, org::MEMBER_OF).is_empty());
        assert!(subjects(&quads, org::MEMBER, person.clone()).is_empty());
        let found = subjects(&quads, rdf::SUBJECT, person);
        assert_eq!(found.len(), claims);
        for claim in found {
            assert_eq!(objects(&quads, &claim, rdf::TYPE), [Term::from(news::CLAIM)]);
            assert_eq!(objects(&quads, &claim, news::SOURCE), [Term::from(kb("person/zoe-lindqvist"))]);
            assert_eq!(objects(&quads, &claim, news::TENURE), [Term::from(tenure)]);
            assert_eq!(objects(&quads, &claim, schema::APPEARANCE).len(), 1);
        }
    }
}

#[test]
fn a_claim_always_has_a_source() {
    let mut document = bridge();
    document.roles.iter_mut().for_each(|role| role.quoted_in = role.quoted_in.map(|_| 2));
    let quads = graph::quads(&document, &full());
    let claims = subjects(&quads, rdf::TYPE, news::CLAIM);
    assert_eq!(claims.len(), 3);
    for claim in claims {
        let sources = objects(&quads, &claim, news::SOURCE);
        let [Term::NamedNode(source)] = sources.as_slice() else { panic!("{sources:?}") };
        assert_eq!(objects(&quads, source, rdf::TYPE), [Term::from(news::UNNAMED_SOURCE)]);
    }
}

#[test]
fn a_quote_has_its_words_its_cue_and_its_speaker() {
    let quads = graph::quads(&bridge(), &full());
    let quotes = subjects(&quads, rdf::TYPE, schema::QUOTATION);
    let rows: BTreeSet<_> = quotes
        .iter()
        .map(|quote| {
            let creators = objects(&quads, quote, schema::CREATOR);
            let labels = creators.iter().filter_map(|creator| match creator {
                Term::NamedNode(node) => literals(&quads, node, rdfs::LABEL).pop(),
                _ => None,
            });
            (
                literals(&quads, quote, schema::TEXT).concat(),
                literals(&quads, quote, news::CUE),
                labels.collect::<Vec<_>>(),
            )
        })
        .collect();
    let expected = BTreeSet::from([
        (
            "I spoke to Port Commissioner Ida Berg and to former mayor Jon Dahl,".to_owned(),
            vec!["said".to_owned()],
            vec!["Zoë Lindqvist".to_owned()],
        ),
        ("It is on time,".to_owned(), vec!["said".to_owned()], vec!["two officials".to_owned()]),
        ("The Norse will hear of it.".to_owned(), vec![], vec![]),
    ]);
    assert_eq!(rows, expected);
}

#[test]
fn an_article_is_about_what_its_opening_names_and_its_rest_takes_up() {
    let quads = graph::quads(&bridge(), &full());
    let article = node("https://news.example/2017/bridge");
    let about = objects(&quads, &article, schema::ABOUT);
    let expected =
        ["facility/ostra-bridge", "organization/norden-ports-authority", "person/li-wei", "person/zoe-lindqvist"];
    assert_eq!(about, expected.map(|name| Term::from(kb(name))));
    assert_eq!(objects(&quads, &article, schema::MENTIONS).len(), bridge().entities.len());
}

#[test]
fn names_spelled_alike_share_a_node_with_one_label() {
    let mut b = Builder::new("Beyoncé and Beyonce");
    b.entity(Kind::Person, "Beyoncé", &[]);
    b.entity(Kind::Person, "Beyonce", &[]);
    let quads = graph::quads(&b.document, &full());
    assert_eq!(literals(&quads, &kb("person/beyonce"), rdfs::LABEL), ["Beyoncé"]);
    assert_eq!(literals(&quads, &kb("person/beyonce"), skos::ALT_LABEL), ["Beyonce"]);
}

#[test]
fn titles_lose_the_capitals_that_are_not_their_own() {
    for (title, expected) in [
        ("Press Secretary", "press secretary"),
        ("Vice-President", "vice-president"),
        ("CEO", "CEO"),
        ("Archbishop of Canterbury", "archbishop of Canterbury"),
    ] {
        let mut b = Builder::new(&format!("{title} Ann Roe"));
        b.entity(Kind::Region, "Canterbury", &[]);
        let person = b.entity(Kind::Person, "Ann Roe", &[]);
        b.role(person, title, Tenure::Current, title);
        let quads = graph::quads(&b.document, &full());
        assert_eq!(literals(&quads, &kb("person/ann-roe"), schema::JOB_TITLE), [expected]);
    }
}

#[test]
fn an_article_without_address_is_named_by_its_text() {
    let mut document = bridge();
    document.article.metadata.url = None;
    let quads = graph::quads(&document, &facts());
    let articles = subjects(&quads, rdf::TYPE, schema::NEWS_ARTICLE);
    let hash = &literals(&quads, &articles[0], news::CONTENT_HASH)[0];
    assert_eq!(articles, [kb(&format!("article/{}", &hash[..16]))]);
    assert!(objects(&quads, &articles[0], schema::URL).is_empty());
}

#[test]
fn dates_have_the_type_of_their_precision() {
    let date = |stamp| {
        let mut document = bridge();
        document.article.metadata.published = Some(stamp);
        let quads = graph::quads(&document, &facts());
        let article = node("https://news.example/2017/bridge");
        let written = objects(&quads, &article, schema::DATE_PUBLISHED)[0].to_string();
        written.replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
    };
    assert_eq!(date(Stamp::Year(2017)), "\"2017\"^^<xsd:gYear>");
    assert_eq!(date(Stamp::Month(2017, 3)), "\"2017-03\"^^<xsd:gYearMonth>");
    assert_eq!(date(Stamp::Day("2017-03-02".parse().unwrap())), "\"2017-03-02\"^^<xsd:date>");
    let time = Stamp::Time("2017-03-02T18:30:00".parse().unwrap(), Some(jiff::tz::offset(-5)));
    assert_eq!(date(time), "\"2017-03-02T18:30:00-05:00\"^^<xsd:dateTime>");
}

#[test]
fn what_facts_leave_out_is_the_words_of_mentions_and_evidence() {
    let (full, facts) = (graph::quads(&bridge(), &full()), graph::quads(&bridge(), &facts()));
    let is_nif = |quad: &Quad| {
        let predicate = quad.predicate.as_str();
        let nif = predicate.starts_with("http://persistence.uni-leipzig.org/")
            || predicate.starts_with("http://www.w3.org/2005/11/its");
        nif || quad.subject.to_string().contains("#char=")
    };
    assert_eq!(facts, full.into_iter().filter(|quad| !is_nif(quad)).collect::<Vec<_>>());
}

#[test]
fn quads_are_sorted_single_without_blank_nodes_and_in_one_graph() {
    for options in [full(), facts()] {
        let quads = graph::quads(&bridge(), &options);
        assert_eq!(quads.iter().collect::<std::collections::HashSet<_>>().len(), quads.len());
        let graph = GraphName::from(node("https://news.example/2017/bridge"));
        for quad in &quads {
            assert_eq!(quad.graph_name, graph);
            assert!(quad.subject.is_named_node() && !quad.object.is_blank_node(), "{quad}");
        }
        assert_eq!(quads, graph::quads(&bridge(), &options));
        let mut document = bridge();
        document.quotes.truncate(1);
        document.roles.reverse();
        let mut forwards = bridge();
        forwards.quotes.truncate(1);
        assert_eq!(graph::quads(&document, &options), graph::quads(&forwards, &options));
    }
}

/// Documents that together write every term.
fn every_term() -> Vec<Quad> {
    let dated = |stamp| {
        let mut document = bridge();
        document.article.metadata.published = Some(stamp);
        graph::quads(&document, &full())
    };
    [dated(Stamp::Year(2017)), dated(Stamp::Month(2017, 3)), graph::quads(&bridge(), &full())].concat()
}

#[test]
fn every_term_written_is_declared_and_every_declared_term_is_written() {
    let mut used = BTreeSet::new();
    for quad in every_term() {
        used.insert(quad.predicate.as_str().to_owned());
        match quad.object {
            Term::NamedNode(node) => used.insert(node.as_str().to_owned()),
            Term::Literal(literal) => used.insert(literal.datatype().as_str().to_owned()),
            Term::BlankNode(_) => false,
        };
    }
    let is_term = |iri: &String| newsgraph::vocab::PREFIXES.iter().any(|(_, namespace)| iri.starts_with(namespace));
    used.retain(is_term);
    // Those of every literal, which the vocabulary module does not need.
    for plain in ["http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"] {
        assert!(used.remove(plain), "{plain}");
    }
    // A class of our own values is used where one of its values is.
    for class in [news::POLARITY_CLASS, news::TENURE_STATUS] {
        used.insert(class.as_str().into());
    }
    let vocabulary = include_str!("../src/vocab.rs");
    let declared = vocabulary.split("new_unchecked(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let declared: BTreeSet<String> = declared.map(str::to_owned).collect();
    assert_eq!(used, declared);
}

#[test]
fn every_format_says_the_same() {
    let quads = graph::quads(&bridge(), &full());
    let all: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
    let merged = quads.iter().cloned().map(|mut quad| {
        quad.graph_name = GraphName::DefaultGraph;
        quad.to_string()
    });
    let merged: BTreeSet<String> = merged.collect();
    for format in Format::ALL {
        let bytes = written(quads.clone(), format);
        let expected = if format.has_graphs() { &all } else { &merged };
        assert_eq!(&read(&bytes, format.rdf()), expected, "{format}");
        let mut reversed = quads.clone();
        reversed.reverse();
        assert_eq!(written(reversed, format), bytes, "{format} does not depend on the order given");
    }
}

#[test]
fn every_format_of_nothing_can_be_read() {
    for format in Format::ALL {
        assert!(read(&written(Vec::new(), format), format.rdf()).is_empty(), "{format}");
    }
}

#[test]
fn the_program_and_its_model_are_named() {
    let quads = graph::quads(&bridge(), &full());
    let runs = subjects(&quads, rdf::TYPE, prov::ACTIVITY);
    assert_eq!(runs.len(), 1);
    let used = objects(&quads, &runs[0], prov::USED);
    assert!(used.contains(&node("https://news.example/2017/bridge").into()), "{used:?}");
    assert_eq!(subjects(&quads, news::CONTENT_HASH, oxigraph::model::Literal::from("0a1b2c")).len(), 1);
    let other = Options { model: "ffff".into(), ..full() };
    assert_ne!(subjects(&graph::quads(&bridge(), &other), rdf::TYPE, prov::ACTIVITY), runs);
}

/// Any character, the troublesome ones often.
fn letters() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        3 => any::<char>(),
        2 => proptest::char::range('a', 'z'),
        2 => proptest::sample::select(vec!['\0', '\r', '\n', '\t', '"', '\\', '<', '&', ']', '\u{b}', '\u{85}', '\u{2028}', '\u{ffff}', '李', '🎉', ' ']),
    ];
    proptest::collection::vec(letter, 1..24).prop_map(String::from_iter)
}

/// A document of any words at all: one entity, quote and role over all its text.
fn any_document() -> impl Strategy<Value = Document> {
    (letters(), letters(), letters(), proptest::option::of("[a-z|%\\[\\]{}^\"# ]{0,12}"), any::<f32>()).prop_map(
        |(text, name, keyword, path, confidence)| {
            let mut b = Builder::new(&text);
            let span = Span::new(0, text.len());
            b.block(BlockKind::Headline, &text, &text);
            b.document.entities.push(Entity {
                kind: Kind::Person,
                name: name.clone(),
                other_names: vec![keyword.clone()],
            });
            b.document.mentions.push(Mention { span, entity: 0, confidence });
            b.document.quotes.push(Quote { span, cue: Some(span), speaker: Some(Speaker { span, entity: None }) });
            b.role(0, &text, Tenure::Current, &text).confidence = confidence;
            b.role(0, &text, Tenure::Current, &text).quoted_in = Some(0);
            b.document.article.metadata = Metadata {
                url: path.and_then(|path| format!("https://news.example/{path}").parse().ok()),
                authors: vec![name.clone()],
                publisher: Some(keyword.clone()),
                section: Some(name),
                keywords: vec![keyword.clone()],
                language: Some(if confidence > 0.5 { "en-GB".into() } else { keyword }),
                ..Metadata::default()
            };
            b.document
        },
    )
}

proptest! {
    #[test]
    fn any_words_survive_every_format(document in any_document()) {
        let quads = graph::quads(&document, &full());
        let all: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
        for quad in &quads {
            let Term::NamedNode(object) = &quad.object else { continue };
            prop_assert!(NamedNode::new(object.as_str()).is_ok(), "{}", object);
        }
        for format in Format::ALL {
            let read = read(&written(quads.clone(), format), format.rdf());
            if format.has_graphs() {
                prop_assert_eq!(&read, &all, "{}", format);
            } else {
                let merged = quads.iter().map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object));
                prop_assert_eq!(&read, &merged.collect(), "{}", format);
            }
        }
    }

    #[test]
    fn any_words_keep_their_characters(document in any_document()) {
        let quads = graph::quads(&document, &full());
        for quad in quads.iter().filter(|quad| quad.predicate == itsrdf::TA_IDENT_REF) {
            let NamedOrBlankNode::NamedNode(mention) = &quad.subject else { continue };
            let words = &literals(&quads, mention, nif::ANCHOR_OF)[0];
            prop_assert_eq!(words.chars().count(), document.article.text.chars().count());
        }
    }
}

#[test]
fn a_store_gives_back_what_was_written_but_for_the_type_of_counts() {
    let quads = graph::quads(&bridge(), &full());
    let store = Store::new().unwrap();
    store.extend(quads.clone()).unwrap();
    // Oxigraph keeps the value of a count and not which kind of integer it was declared to be.
    let count = |text: String| text.replace("XMLSchema#nonNegativeInteger", "XMLSchema#integer");
    let kept: BTreeSet<String> = store.iter().map(|quad| count(quad.unwrap().to_string())).collect();
    assert_eq!(kept, quads.iter().map(|quad| count(quad.to_string())).collect());
}
