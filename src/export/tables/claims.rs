//! The table of claims.

use super::facts::{proposition, qualifiers};
use super::{Column, EVIDENCE, Row, Table, View, in_reading_order};
use crate::vocab::{news, rdf, schema};

pub(super) const TABLE: Table = Table {
    name: "claims",
    about: "One row for each claim that an article reports and does not state: who says, denies, doubts, asks or plans what.",
    columns: &[
        Column::text(
            "source",
            "the IRI of who is given as its source; the article itself where it says something under reserve",
        ),
        Column::text("source_label", "the name of the source, or the words for it"),
        Column::text("via", "through whom it comes: in \"the Times says officials said\" the Times"),
        Column::text("polarity", "`affirmed` or `denied`"),
        Column::text("certainty", "`certain`, `probable` or `possible`"),
        Column::text("mode", "`asked`, `planned` or `supposed` where it is not simply told"),
        Column::text(
            "subject",
            "the IRI of whom or what the claim is about; that something happened is the event's type",
        ),
        Column::text("subject_label", "its name"),
        Column::text("relation", "the relation, the last part of its IRI"),
        Column::text("object", "the IRI or the value on its other side"),
        Column::text("object_label", "its name, or the value"),
        Column::text("tenure", "`former`, `acting` or `future` where it is said not simply to hold"),
        Column::date("when", "the date that is given for it"),
        Column::text("amount", "the amount that goes with it, in its words"),
        Column::text("quote", "the words in which the source says so"),
        Column::text("disputes", "the IRIs of what it contradicts, in the same article or another"),
        Column::text("supports", "the IRIs of what it supports, in the same article or another"),
        Column::number("confidence", "how sure it is that the article reports so, from 0 to 1"),
        Column::text("rule", "what found it"),
        Column::text("relation_iri", "the IRI of the relation"),
        Column::text("claim", "the IRI of the claim"),
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
