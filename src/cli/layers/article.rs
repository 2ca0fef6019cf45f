//! What is known about the article besides its text.

use super::{Layers, one_line};
use crate::cli::columns::Columns;

impl Layers<'_> {
    pub(super) fn article(&self) -> String {
        let metadata = &self.document.article.metadata;
        let dateline = metadata.dateline.map(|dateline| {
            let parts = [Some(dateline.place), dateline.date, dateline.agency];
            parts.into_iter().flatten().map(|span| self.words(span)).collect::<Vec<_>>().join(" | ")
        });
        let fields = [
            ("url", metadata.url.as_ref().map(ToString::to_string)),
            ("published", metadata.published.map(|stamp| stamp.to_string())),
            ("modified", metadata.modified.map(|stamp| stamp.to_string())),
            ("authors", Some(metadata.authors.join(", "))),
            ("publisher", metadata.publisher.clone()),
            ("language", metadata.language.clone()),
            ("section", metadata.section.clone()),
            ("keywords", Some(metadata.keywords.join(", "))),
            ("dateline", dateline),
        ];
        let mut columns = Columns::new("  ", self.width);
        for (field, value) in fields {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                columns.row([field.to_owned(), one_line(&value)]);
            }
        }
        columns.lines()
    }
}
