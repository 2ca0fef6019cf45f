//! The table of mentions.

use super::{Column, Row, Table, View};
use crate::export::view::{local, text};
use crate::vocab::{itsrdf, nif};

pub(super) const TABLE: Table = Table {
    name: "mentions",
    about: "One row for each place where an article names something; none of a base that was built with `--detail facts`.",
    columns: &[
        Column::text("words", "the words of the article"),
        Column::integer("begin", "where they begin in the text, in Unicode characters from 0"),
        Column::integer("end", "where they end, not included"),
        Column::text("entity", "the IRI of what they name"),
        Column::text("label", "its name"),
        Column::text("kind", "what sort of thing it is"),
        Column::number("confidence", "how sure it is that this is a name, from 0 to 1"),
    ],
    has_article: true,
    rows,
};

fn rows(view: &View) -> Vec<Row> {
    let mut rows: Vec<(usize, usize, Row)> = Vec::new();
    for phrase in view.instances(nif::PHRASE) {
        let Some(place) = view.place(phrase) else { continue };
        for entity in view.objects(phrase, itsrdf::TA_IDENT_REF) {
            let row = vec![
                place.words.clone(),
                place.begin.to_string(),
                place.end.to_string(),
                text(entity).to_owned(),
                view.label(entity),
                local(&view.text(phrase, itsrdf::TA_CLASS_REF)).to_owned(),
                view.text(phrase, itsrdf::TA_CONFIDENCE),
            ];
            rows.push((place.begin, place.end, row));
        }
    }
    rows.sort();
    rows.into_iter().map(|(.., row)| row).collect()
}
