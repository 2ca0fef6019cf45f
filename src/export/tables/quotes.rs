//! The table of quotations.

use super::{Column, EVIDENCE, Row, Table, View, in_reading_order};
use crate::vocab::{news, schema};

pub(super) const TABLE: Table = Table {
    name: "quotes",
    about: "One row for all that an article attributes to somebody, word for word or not.",
    columns: &[
        Column::text("speaker", "the IRI of who is given as its source; empty where the article gives none"),
        Column::text("speaker_label", "the name of the source, or the words for it"),
        Column::text("text", "what was said"),
        Column::text("wording", "`direct`, `indirect` or `mixed`"),
        Column::text("own_words", "of mixed wording what stands between quotation marks"),
        Column::text("cue", "the words that attribute it"),
        Column::text("within", "the IRI of the quotation in whose words it stands"),
        Column::number("confidence", "how sure it is, from 0 to 1"),
        Column::text("rule", "what found it"),
        Column::text("quote", "the IRI of the quotation"),
        EVIDENCE[0],
        EVIDENCE[1],
        EVIDENCE[2],
    ],
    has_article: true,
    rows,
};

fn rows(view: &View) -> Vec<Row> {
    in_reading_order(view.located(schema::QUOTATION), |node, evidence| {
        let mut row = vec![
            view.text(node, schema::CREATOR),
            view.labels(node, schema::CREATOR),
            view.text(node, schema::TEXT),
            view.word(node, news::WORDING),
            view.texts(node, news::OWN_WORDS),
            view.text(node, news::CUE),
            view.text(node, news::WITHIN),
            view.text(node, news::CONFIDENCE),
            view.text(node, news::RULE),
            node.to_owned(),
        ];
        row.extend(evidence);
        row
    })
}
