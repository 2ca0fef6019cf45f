//! The table of facts, and what it has in common with that of claims.

use super::{Column, EVIDENCE, Row, Table, View, in_reading_order};
use crate::export::view::{local, text};
use crate::vocab::{news, rdf, time};

pub(super) const TABLE: Table = Table {
    name: "facts",
    about: "One row for each fact that an article states in its own voice.",
    columns: &[
        Column::text("subject", "the IRI of whom or what the fact is about"),
        Column::text("subject_label", "its name"),
        Column::text("relation", "the relation, the last part of its IRI"),
        Column::text("object", "the IRI or the value on its other side"),
        Column::text("object_label", "its name, or the value"),
        Column::text("tenure", "`former`, `acting` or `future` where it does not simply hold"),
        Column::date("when", "the date that the article gives for it"),
        Column::text("amount", "the amount that goes with it, in its words"),
        Column::number("confidence", "how sure it is that the article says so, from 0 to 1"),
        Column::text("rule", "what found it"),
        Column::text("relation_iri", "the IRI of the relation"),
        Column::text("statement", "the IRI of the statement"),
        EVIDENCE[0],
        EVIDENCE[1],
        EVIDENCE[2],
    ],
    has_article: true,
    rows,
};

fn rows(view: &View) -> Vec<Row> {
    in_reading_order(view.located(news::STATEMENT), |node, evidence| {
        let mut row: Row = proposition(view, node).into();
        row.extend(qualifiers(view, node));
        row.extend([view.text(node, news::CONFIDENCE), view.text(node, news::RULE)]);
        row.extend([view.text(node, rdf::PREDICATE), node.to_owned()]);
        row.extend(evidence);
        row
    })
}

/// Subject, its name, relation, object, its name.
pub(super) fn proposition(view: &View, node: &str) -> [String; 5] {
    let [subject, object] = [rdf::SUBJECT, rdf::OBJECT].map(|part| view.objects(node, part).first());
    let value = |term: Option<&oxigraph::model::Term>| term.map_or_else(String::new, |term| text(term).to_owned());
    let label = |term: Option<&oxigraph::model::Term>| term.map_or_else(String::new, |term| view.label(term));
    let relation = local(&view.text(node, rdf::PREDICATE)).to_owned();
    [value(subject), label(subject), relation, value(object), label(object)]
}

/// Tenure, date and amount.
pub(super) fn qualifiers(view: &View, node: &str) -> [String; 3] {
    let tenure = view.word(node, news::TENURE);
    let when = view.text(node, news::WHEN);
    [tenure, instant(view, &when), view.labels(node, news::AMOUNT)]
}

/// The date of a `time:Instant`.
pub(super) fn instant(view: &View, node: &str) -> String {
    let positions = [time::IN_XSD_DATE, time::IN_XSD_G_YEAR_MONTH, time::IN_XSD_G_YEAR];
    positions.map(|position| view.text(node, position)).into_iter().find(|date| !date.is_empty()).unwrap_or_default()
}
