//! What somebody says, denies, asks or only supposes: attributions of every sort, and the claims that come of them.

use std::ops::Range;

use newsgraph::Span;
use newsgraph::document::{Act, Attribution, Document, Kind, Quote, Speaker, Wording};
use newsgraph::event::{Event, EventClass, EventMention, Participant, ParticipantRole};
use newsgraph::graph;
use newsgraph::standing::{Certainty, Mode, Polarity, Standing};
use newsgraph::text::{Text, Token};
use newsgraph::vocab::{news, rdf, rdfs, schema, sem};
use oxigraph::model::{NamedNode, Quad, Term};

use crate::documents::{Builder, full};
use crate::query::{kb, literals, objects, subjects};

/// The Times has it from two officials, in words partly their own; the minister denies it; and others wonder.
const TEXT: &str = "The Harbour Times reported that two officials at Norden Bank had “no doubt” that Bo Ek met Cy Lund. \
    Mr Ek denied that he had met Cy Lund. Anna Berg asked whether Mr Ek met Cy Lund. Mr Ek plans to meet Cy Lund. \
    He met Cy Lund, perhaps. If he met Cy Lund, he must go.";

/// A meeting told at a place of the text that begins with these words, and how it stands there.
fn meeting(b: &Builder, ek: usize, lund: usize, words: &str, standing: Standing) -> EventMention {
    let place = b.span(words);
    let whom = b.span("Cy Lund");
    let participant = |role, span, entity| Participant { role, span, head: span, entity: Some(entity) };
    EventMention {
        trigger: place,
        standing,
        is_future: false,
        is_bare: false,
        participants: vec![
            participant(ParticipantRole::Agent, b.span("Bo Ek"), ek),
            participant(ParticipantRole::Patient, whom, lund),
        ],
        times: Vec::new(),
        rule: "verb.class",
        confidence: 0.9,
    }
}

/// A text of words, each sentence its own, none of which depends on another.
fn words(text: &str) -> Text {
    let mut tokens: Vec<Token> = Vec::new();
    let mut sentences = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let span = Span::new(start, start + word.len());
        let head = tokens.len();
        tokens.push(Token { span, tag: "NN", pos: "NOUN", lemma: word.into(), head, dep: "ROOT" });
        start = span.end + 1;
        if word.ends_with('.') {
            let first = sentences.last().map_or(0, |sentence: &Range<usize>| sentence.end);
            sentences.push(first..tokens.len());
        }
    }
    Text::new(text.into(), tokens, sentences, Vec::new())
}

fn attribution(b: &Builder, source: (&str, Option<usize>), cue: &str, content: &str, act: Act) -> Attribution {
    Attribution {
        content: vec![b.span(content)],
        cue: Some(b.span(cue)),
        source: Some(Speaker { span: b.span(source.0), entity: source.1 }),
        behalf: None,
        act,
        wording: Wording::Indirect,
        within: None,
        quotes: Vec::new(),
        rule: "clause".into(),
        confidence: 0.8,
    }
}

pub(crate) fn told() -> Document {
    let mut b = Builder::new(TEXT);
    let times = b.entity(Kind::Organization, "Harbour Times", &[]);
    b.entity(Kind::Organization, "Norden Bank", &[]);
    let ek = b.entity(Kind::Person, "Bo Ek", &[]);
    let lund = b.entity(Kind::Person, "Cy Lund", &[]);
    let berg = b.entity(Kind::Person, "Anna Berg", &[]);
    b.document.quotes.push(Quote { span: b.span("no doubt"), cue: None, speaker: None });
    let reported = "that two officials at Norden Bank had “no doubt” that Bo Ek met Cy Lund";
    b.document.attributions = vec![
        attribution(&b, ("The Harbour Times", Some(times)), "reported", reported, Act::Says),
        Attribution {
            within: Some(0),
            wording: Wording::Mixed,
            quotes: vec![0],
            ..attribution(
                &b,
                ("two officials at Norden Bank", None),
                "had",
                "“no doubt” that Bo Ek met Cy Lund",
                Act::Says,
            )
        },
        attribution(&b, ("Mr Ek", Some(ek)), "denied", "that he had met Cy Lund", Act::Denies),
        attribution(&b, ("Anna Berg", Some(berg)), "asked", "whether Mr Ek met Cy Lund", Act::Asks),
    ];
    let told = Standing::default();
    let by = |attribution| Standing { attribution: Some(attribution), ..told };
    let mentions = vec![
        meeting(&b, ek, lund, "met Cy Lund. Mr Ek denied", by(1)),
        meeting(&b, ek, lund, "met Cy Lund. Anna", Standing { polarity: Polarity::Denied, ..by(2) }),
        meeting(&b, ek, lund, "met Cy Lund. Mr Ek plans", Standing { mode: Mode::Asked, ..by(3) }),
        meeting(&b, ek, lund, "meet", Standing { mode: Mode::Planned, ..told }),
        meeting(&b, ek, lund, "met Cy Lund, perhaps", Standing { certainty: Certainty::Possible, ..told }),
        meeting(
            &b,
            ek,
            lund,
            "met Cy Lund, he",
            Standing { mode: Mode::Supposed, certainty: Certainty::Probable, ..told },
        ),
    ];
    b.document.text = words(TEXT);
    b.document.events = vec![Event { class: Some(EventClass::Consultation), lemma: "meet".into(), mentions }];
    b.document
}

fn written() -> Vec<Quad> {
    graph::quads(&told(), &full())
}

/// The claims of a source.
fn claims_of(quads: &[Quad], source: &str) -> Vec<NamedNode> {
    let claims = subjects(quads, rdf::TYPE, news::CLAIM);
    let named = |claim: &NamedNode| {
        let sources = objects(quads, claim, news::SOURCE);
        sources
            .iter()
            .any(|it| matches!(it, Term::NamedNode(node) if literals(quads, node, rdfs::LABEL).concat() == source))
    };
    claims.into_iter().filter(|claim| named(claim)).collect()
}

#[test]
fn a_claim_says_how_it_stands() {
    let quads = written();
    let standing = |claim: &NamedNode| {
        [news::POLARITY, news::CERTAINTY, news::MODE].map(|predicate| objects(&quads, claim, predicate))
    };
    let terms = |terms: &[oxigraph::model::NamedNodeRef<'static>]| -> Vec<Term> {
        terms.iter().map(|term| (*term).into()).collect()
    };
    let expected = [
        ("two officials at Norden Bank", terms(&[news::AFFIRMED]), vec![]),
        ("Bo Ek", terms(&[news::DENIED]), vec![]),
        ("Anna Berg", terms(&[news::AFFIRMED]), terms(&[news::ASKED])),
    ];
    for (source, polarity, mode) in expected {
        let claims = claims_of(&quads, source);
        assert_eq!(claims.len(), 1, "{source}");
        assert_eq!(standing(&claims[0]), [polarity, terms(&[news::CERTAIN]), mode], "{source}");
    }
}

#[test]
fn the_article_is_the_source_of_what_it_says_under_reserve() {
    let quads = written();
    let article = subjects(&quads, rdf::TYPE, schema::NEWS_ARTICLE).remove(0);
    let own = subjects(&quads, news::SOURCE, article);
    assert_eq!(own.len(), 3, "planned, possible, supposed");
    for claim in own {
        assert!(objects(&quads, &claim, schema::APPEARANCE).is_empty());
    }
    assert!(subjects(&quads, rdf::TYPE, sem::EVENT).is_empty(), "none of it is told as a fact");
}

#[test]
fn a_source_inside_a_source_is_kept_as_a_chain() {
    let quads = written();
    let claim = claims_of(&quads, "two officials at Norden Bank").remove(0);
    assert_eq!(objects(&quads, &claim, news::ATTRIBUTED_VIA), [Term::from(kb("organization/harbour-times"))]);
    let appearances = objects(&quads, &claim, schema::APPEARANCE);
    let [Term::NamedNode(inner)] = appearances.as_slice() else { panic!("{appearances:?}") };
    assert_eq!(literals(&quads, inner, news::OWN_WORDS), ["no doubt"]);
    assert_eq!(objects(&quads, inner, news::WORDING), [Term::from(news::MIXED)]);
    let outer = objects(&quads, inner, news::WITHIN);
    let [Term::NamedNode(outer)] = outer.as_slice() else { panic!("{outer:?}") };
    assert_eq!(literals(&quads, outer, news::CUE), ["reported"]);
}

#[test]
fn an_unnamed_source_has_its_words_and_its_organisation() {
    let quads = written();
    let sources = subjects(&quads, rdf::TYPE, news::UNNAMED_SOURCE);
    let labels: Vec<String> = sources.iter().map(|source| literals(&quads, source, rdfs::LABEL).concat()).collect();
    assert_eq!(labels, ["two officials at Norden Bank"]);
    assert_eq!(objects(&quads, &sources[0], schema::AFFILIATION), [Term::from(kb("organization/norden-bank"))]);
}

#[test]
fn a_denial_disputes_what_others_claim() {
    let quads = written();
    let (denial, claim) =
        (claims_of(&quads, "Bo Ek").remove(0), claims_of(&quads, "two officials at Norden Bank").remove(0));
    let against = objects(&quads, &denial, news::DISPUTES);
    assert!(against.contains(&Term::from(claim.clone())), "{against:?}");
    assert!(objects(&quads, &claim, news::DISPUTES).contains(&Term::from(denial)));
    let asked = claims_of(&quads, "Anna Berg").remove(0);
    assert!(objects(&quads, &asked, news::DISPUTES).is_empty(), "who asks says nothing");
    let with = objects(&quads, &claim, news::SUPPORTS);
    assert_eq!(with.len(), 1, "that it was perhaps so, as the article has it: {with:?}");
}
