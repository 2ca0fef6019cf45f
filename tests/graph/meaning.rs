//! What quads say of a document, and what they must not say.

use std::collections::{BTreeSet, HashSet};

use newsgraph::date::Stamp;
use newsgraph::document::{Kind, Tenure};
use newsgraph::graph::{self, Options};
use newsgraph::vocab::{PREFIXES, news, nif, org, owl, prov, rdf, rdfs, schema, sem, skos, time};
use oxigraph::model::{GraphName, Literal, Quad, Term};

use crate::documents::{Builder, TEXT, bridge, classes, event_classes, events, facts, full, relations};
use crate::query::{kb, literals, node, objects, subjects};
use crate::told::told;

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
    for role in &mut document.roles {
        role.standing.attribution = role.standing.attribution.map(|_| 2);
    }
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
fn what_is_said_twice_is_one_fact_with_two_pieces_of_evidence() {
    let mut b = Builder::new("President Ann Roe spoke. The President, Ann Roe, left.");
    let person = b.entity(Kind::Person, "Ann Roe", &[]);
    b.role(person, "President", Tenure::Current, "President Ann Roe").confidence = 0.7;
    b.role(person, "President", Tenure::Current, "President, Ann Roe").confidence = 0.9;
    let quads = graph::quads(&b.document, &full());
    for class in [news::STATEMENT, org::MEMBERSHIP] {
        let found = subjects(&quads, rdf::TYPE, class);
        assert_eq!(found.len(), 1);
        assert_eq!(literals(&quads, &found[0], news::CONFIDENCE), ["0.9"]);
        assert_eq!(objects(&quads, &found[0], news::EVIDENCE).len(), 2);
    }
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
        // May 2017 is a date that only words of the text name.
        let is_named_only = quad.subject.to_string().contains("2017-05");
        nif || is_named_only || quad.subject.to_string().contains("#char=")
    };
    assert_eq!(facts, full.into_iter().filter(|quad| !is_nif(quad)).collect::<Vec<_>>());
}

#[test]
fn quads_are_sorted_single_without_blank_nodes_and_in_one_graph() {
    for options in [full(), facts()] {
        let quads = graph::quads(&bridge(), &options);
        assert_eq!(quads.iter().collect::<HashSet<_>>().len(), quads.len());
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

#[test]
fn a_stated_event_has_class_participants_place_time_and_evidence() {
    let quads = graph::quads(&events(), &full());
    let sold = &subjects(&quads, news::LEMMA, Literal::from("sell"))[0];
    let types = objects(&quads, sold, rdf::TYPE);
    assert_eq!(types, [Term::from(sem::EVENT), Term::from(news::TRANSACTION)]);
    let entity = |name: &str| vec![Term::from(kb(name))];
    assert_eq!(objects(&quads, sold, news::AGENT), entity("organization/acme"));
    assert_eq!(objects(&quads, sold, news::PATIENT), entity("organization/brix"));
    assert_eq!(objects(&quads, sold, news::RECIPIENT), entity("organization/corr"));
    assert_eq!(objects(&quads, sold, sem::HAS_PLACE), entity("region/eden"));
    assert_eq!(literals(&quads, sold, sem::HAS_TIME_STAMP), ["2020-05-04"]);
    assert_eq!(literals(&quads, sold, rdfs::LABEL), ["Acme sold Brix"]);
    assert_eq!(objects(&quads, sold, news::EVIDENCE).len(), 1);
}

#[test]
fn an_event_that_a_source_denies_stands_and_its_denial_is_a_claim() {
    let quads = graph::quads(&events(), &full());
    let sold = subjects(&quads, news::LEMMA, Literal::from("sell"))[0].clone();
    let claims = subjects(&quads, rdf::SUBJECT, sold.clone());
    assert_eq!(claims.len(), 1);
    assert_eq!(objects(&quads, &claims[0], rdf::OBJECT), [Term::from(sem::EVENT)]);
    assert_eq!(objects(&quads, &claims[0], news::POLARITY), [Term::from(news::DENIED)]);
    assert_eq!(objects(&quads, &claims[0], news::SOURCE), [Term::from(kb("person/dee"))]);
}

#[test]
fn a_reported_event_is_no_event_and_nobody_takes_part_in_it() {
    let quads = graph::quads(&events(), &full());
    let given = &subjects(&quads, news::LEMMA, Literal::from("give"))[0];
    assert_eq!(objects(&quads, given, rdf::TYPE), [Term::from(news::REPORTED_EVENT)]);
    for plain in [news::AGENT, news::PATIENT, news::RECIPIENT, news::INSTRUMENT, news::PARTICIPANT, sem::HAS_PLACE] {
        assert_eq!(objects(&quads, given, plain), [], "{plain}");
    }
    assert_eq!(objects(&quads, given, news::REPORTED_AGENT), [Term::from(kb("organization/acme"))]);
    assert_eq!(literals(&quads, given, news::REPORTED_TIME), ["2011"]);
    let claims = subjects(&quads, rdf::SUBJECT, given.clone());
    assert_eq!(objects(&quads, &claims[0], news::CERTAINTY), [Term::from(news::POSSIBLE)]);
    // Nobody is named as the source: the article itself says "may".
    let article = objects(&quads, &claims[0], news::SOURCE);
    assert!(article[0].to_string().starts_with("<https://newsgraph.example/article/"), "{article:?}");
}

#[test]
fn what_is_to_come_is_marked_and_states_are_not_written() {
    let quads = graph::quads(&events(), &full());
    let open = &subjects(&quads, news::LEMMA, Literal::from("open"))[0];
    assert!(objects(&quads, open, rdf::TYPE).contains(&Term::from(news::UPCOMING_EVENT)));
    assert!(subjects(&quads, news::LEMMA, Literal::from("be")).is_empty());
}

/// Documents that together write every term.
fn every_term() -> Vec<Quad> {
    let dated = |stamp| {
        let mut document = bridge();
        document.article.metadata.published = Some(stamp);
        graph::quads(&document, &full())
    };
    let documents = [bridge(), classes(), told(), events(), event_classes(), relations()];
    let documents = documents.map(|document| graph::quads(&document, &full()));
    [dated(Stamp::Year(2017)), dated(Stamp::Month(2017, 3)), documents.concat()].concat()
}

#[test]
fn every_term_written_is_declared_and_every_declared_term_is_written() {
    let mut used = BTreeSet::new();
    for quad in every_term() {
        used.insert(quad.predicate.as_str().to_owned());
        match quad.object {
            Term::NamedNode(node) => used.insert(node.as_str().to_owned()),
            Term::Literal(literal) => used.insert(literal.datatype().as_str().to_owned()),
            Term::BlankNode(_) | Term::Triple(_) => false,
        };
    }
    let is_term = |iri: &String| PREFIXES.iter().any(|(_, namespace)| iri.starts_with(namespace));
    used.retain(is_term);
    // Those of every literal, which the vocabulary module does not need.
    for plain in ["http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"] {
        assert!(used.remove(plain), "{plain}");
    }
    // A class of our own values is used where one of its values is.
    for class in [
        news::POLARITY_CLASS,
        news::CERTAINTY_CLASS,
        news::MODE_CLASS,
        news::WORDING_CLASS,
        news::TENURE_STATUS,
        news::MENTION_FORM_CLASS,
        news::BOUND_CLASS,
    ] {
        used.insert(class.as_str().into());
    }
    // What only a base can say, of versions of an article or of all articles together.
    for term in [
        prov::SPECIALIZATION_OF,
        prov::WAS_REVISION_OF,
        news::NEAR_DUPLICATE_OF,
        news::INDEPENDENT_ARTICLES,
        news::INDEPENDENT_PUBLISHERS,
        news::INDEPENDENT_SOURCES,
        news::CONFLICTS_WITH,
        news::UPDATES,
    ] {
        assert!(used.insert(term.as_str().into()), "{term}");
    }
    let vocabulary = include_str!("../../src/vocab.rs");
    let declared = vocabulary.split("new_unchecked(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let declared: BTreeSet<String> = declared.map(str::to_owned).collect();
    assert_eq!(used, declared);
}

#[test]
fn an_entity_has_its_class_beside_its_kind_and_is_the_known_thing_or_like_it() {
    let quads = graph::quads(&classes(), &full());
    let ministry = node("https://newsgraph.example/organization/the-governmentorganization");
    let types = objects(&quads, &ministry, rdf::TYPE);
    assert_eq!(types, [Term::from(schema::GOVERNMENT_ORGANIZATION), Term::from(schema::ORGANIZATION)]);
    let known = |number: &str| Term::from(node(&format!("http://www.wikidata.org/entity/{number}")));
    assert_eq!(objects(&quads, &ministry, owl::SAME_AS), [known("Q1")]);
    let party = node("https://newsgraph.example/organization/the-politicalparty");
    assert_eq!(objects(&quads, &party, owl::SAME_AS), []);
    assert_eq!(objects(&quads, &party, skos::CLOSE_MATCH), [known("Q10")]);
}

#[test]
fn a_fact_is_a_plain_triple_with_its_statement_unless_it_is_over() {
    let quads = graph::quads(&relations(), &full());
    let person = kb("person/some-person");
    assert_eq!(objects(&quads, &person, schema::WORKS_FOR), [Term::from(kb("organization/other-organization"))]);
    // Of a past ownership there is the statement only.
    assert_eq!(objects(&quads, &person, schema::OWNS), []);
    let owned: Vec<_> = subjects(&quads, rdf::PREDICATE, schema::OWNS.into_owned());
    assert_eq!(objects(&quads, &owned[0], news::TENURE), [Term::from(news::FORMER)]);
    let when = objects(&quads, &owned[0], news::WHEN);
    assert_eq!(when, [Term::from(kb("instant/2016"))]);
}

#[test]
fn what_holds_both_ways_is_written_once_from_the_iri_that_sorts_first() {
    let quads = graph::quads(&relations(), &full());
    let (other, some) = (kb("person/other-person"), kb("person/some-person"));
    assert_eq!(objects(&quads, &other, schema::SPOUSE), [Term::from(some.clone())]);
    assert_eq!(objects(&quads, &some, schema::SPOUSE), []);
}

#[test]
fn an_amount_has_its_number_unit_and_words() {
    let quads = graph::quads(&relations(), &full());
    let company = kb("organization/some-organization");
    let [Term::NamedNode(amount)] = &objects(&quads, &company, news::REVENUE)[..] else { panic!("no revenue") };
    assert_eq!(literals(&quads, amount, schema::VALUE), ["3000000"]);
    assert_eq!(literals(&quads, amount, schema::CURRENCY), ["USD"]);
    assert_eq!(literals(&quads, amount, rdfs::LABEL), ["$3m"]);
}

#[test]
fn a_post_is_held_between_its_bounds() {
    let quads = graph::quads(&relations(), &full());
    let memberships = subjects(&quads, rdf::TYPE, org::MEMBERSHIP);
    let [Term::NamedNode(interval)] = &objects(&quads, &memberships[0], org::MEMBER_DURING)[..] else {
        panic!("no time")
    };
    assert_eq!(objects(&quads, interval, time::HAS_BEGINNING), [Term::from(kb("instant/2016"))]);
    assert_eq!(literals(&quads, interval, time::HAS_XSD_DURATION), ["P3Y"]);
}

#[test]
fn the_program_and_its_model_are_named() {
    let quads = graph::quads(&bridge(), &full());
    let runs = subjects(&quads, rdf::TYPE, prov::ACTIVITY);
    assert_eq!(runs.len(), 1);
    let used = objects(&quads, &runs[0], prov::USED);
    assert!(used.contains(&node("https://news.example/2017/bridge").into()), "{used:?}");
    assert_eq!(subjects(&quads, news::CONTENT_HASH, Literal::from("0a1b2c")).len(), 1);
    let other = Options { model: "ffff".into(), ..full() };
    assert_ne!(subjects(&graph::quads(&bridge(), &other), rdf::TYPE, prov::ACTIVITY), runs);
}
