//! The table of claims.

use super::facts::{proposition, qualifiers};
use super::{EVIDENCE, Row, Table, View, in_reading_order};
use crate::vocab::{news, rdf, schema};

pub(super) const TABLE: Table = Table {
    name: "claims",
    about: "One row for each claim that an article reports and does not state: who says, denies, doubts, asks or plans what.",
    columns: &[
        ("source", "the IRI of who is given as its source; the article itself where it says something under reserve"),
        ("source_label", "the name of the source, or the words for it"),
        ("via", "through whom it comes: in \"the Times says officials said\" the Times"),
        ("polarity", "`affirmed` or `denied`"),
        ("certainty", "`certain`, `probable` or `possible`"),
        ("mode", "`asked`, `planned` or `supposed` where it is not simply told"),
        ("subject", "the IRI of whom or what the claim is about; that something happened is the event's type"),
        ("subject_label", "its name"),
        ("relation", "the relation, the last part of its IRI"),
        ("object", "the IRI or the value on its other side"),
        ("object_label", "its name, or the value"),
        ("tenure", "`former`, `acting` or `future` where it is said not simply to hold"),
        ("when", "the date that is given for it"),
        ("amount", "the amount that goes with it, in its words"),
        ("quote", "the words in which the source says so"),
        ("disputes", "the IRIs of what it contradicts, in the same article or another"),
        ("supports", "the IRIs of what it supports, in the same article or another"),
        ("confidence", "how sure it is that the article reports so, from 0 to 1"),
        ("rule", "what found it"),
        ("relation_iri", "the IRI of the relation"),
        ("claim", "the IRI of the claim"),
        EVIDENCE[0],
        EVIDENCE[1],
        EVIDENCE[2],
    ],
    has_article: true,
    rows,
};

fn rows(view: &View) -> Vec<Row> {
    in_reading_order(view.located(news::CLAIM), |node, evidence| {
        let mut row = vec![
            view.text(node, news::SOURCE),
            view.labels(node, news::SOURCE),
            view.labels(node, news::ATTRIBUTED_VIA),
            view.word(node, news::POLARITY),
            view.word(node, news::CERTAINTY),
            view.word(node, news::MODE),
        ];
        row.extend(proposition(view, node));
        row.extend(qualifiers(view, node));
        row.extend([
            view.text(&view.text(node, schema::APPEARANCE), schema::TEXT),
            view.texts(node, news::DISPUTES),
            view.texts(node, news::SUPPORTS),
            view.text(node, news::CONFIDENCE),
            view.text(node, news::RULE),
            view.text(node, rdf::PREDICATE),
            node.to_owned(),
        ]);
        row.extend(evidence);
        row
    })
}
