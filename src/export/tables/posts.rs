//! The table of posts.

use super::facts::instant;
use super::{Column, EVIDENCE, Row, Table, View, in_reading_order};
use crate::vocab::{news, org, time};

pub(super) const TABLE: Table = Table {
    name: "posts",
    about: "One row for each post that an article states somebody holds, held or will hold.",
    columns: &[
        Column::text("person", "the IRI of who holds it"),
        Column::text("person_label", "the name"),
        Column::text("post", "the title"),
        Column::text("organization", "the IRI of where, as far as the article says"),
        Column::text("organization_label", "its name"),
        Column::text("tenure", "`current`, `acting`, `former` or `future`, at the time of the article"),
        Column::date("from", "when it began, where that is known"),
        Column::date("to", "when it ended or is to end, where that is known"),
        Column::text("term", "the words of the article for its time"),
        Column::number("confidence", "how sure it is that the article says so, from 0 to 1"),
        Column::text("rule", "what found it"),
        Column::text("membership", "the IRI of the post"),
        EVIDENCE[0],
        EVIDENCE[1],
        EVIDENCE[2],
    ],
    has_article: true,
    rows,
};

fn rows(view: &View) -> Vec<Row> {
    in_reading_order(view.located(org::MEMBERSHIP), |node, evidence| {
        let interval = view.text(node, org::MEMBER_DURING);
        let mut row = vec![
            view.text(node, org::MEMBER),
            view.labels(node, org::MEMBER),
            view.labels(node, org::ROLE),
            view.text(node, org::ORGANIZATION),
            view.labels(node, org::ORGANIZATION),
            view.word(node, news::TENURE),
            instant(view, &view.text(&interval, time::HAS_BEGINNING)),
            instant(view, &view.text(&interval, time::HAS_END)),
            view.text(node, news::TERM_WORDS),
            view.text(node, news::CONFIDENCE),
            view.text(node, news::RULE),
            node.to_owned(),
        ];
        row.extend(evidence);
        row
    })
}
