//! The table of articles.

use super::{Column, Row, Table, View};
use crate::vocab::{itsrdf, news, nif, org, schema, sem};

pub(super) const TABLE: Table = Table {
    name: "articles",
    about: "One row an article.",
    columns: &[
        Column::text("article", "the IRI of the article"),
        Column::text("headline", "its headline"),
        Column::date("published", "its date, as precisely as it is known"),
        Column::text("publisher", "the name of who published it"),
        Column::text("url", "its address, where it has one"),
        Column::date("modified", "when it was last changed, as it says"),
        Column::text("authors", "the names of its authors"),
        Column::text("section", "the section it stands in"),
        Column::text("language", "its language"),
        Column::text("dateline", "the words of its dateline"),
        Column::text("about", "the names of what it is about"),
        Column::integer("mentions", "how often it names something"),
        Column::integer("facts", "how many facts it states"),
        Column::integer("claims", "how many claims it reports"),
        Column::integer("quotes", "how many quotations it has"),
        Column::integer("events", "how many events it tells as facts"),
        Column::integer("posts", "how many posts it states"),
    ],
    has_article: false,
    rows,
};

/// What every row of an article ends with.
pub(super) fn context(view: &View) -> [String; 5] {
    let article = view.article.as_str();
    [
        article.to_owned(),
        view.text(article, schema::HEADLINE),
        view.text(article, schema::DATE_PUBLISHED),
        view.labels(article, schema::PUBLISHER),
        view.text(article, schema::URL),
    ]
}

fn rows(view: &View) -> Vec<Row> {
    let article = view.article.as_str();
    let mut row: Row = context(view).into();
    row.extend([
        view.text(article, schema::DATE_MODIFIED),
        view.labels(article, schema::AUTHOR),
        view.texts(article, schema::ARTICLE_SECTION),
        view.text(article, schema::IN_LANGUAGE),
        view.text(article, schema::DATELINE),
        view.labels(article, schema::ABOUT),
    ]);
    let is_name = |phrase: &&str| !view.objects(phrase, itsrdf::TA_IDENT_REF).is_empty();
    row.push(view.instances(nif::PHRASE).filter(is_name).count().to_string());
    let classes = [news::STATEMENT, news::CLAIM, schema::QUOTATION, sem::EVENT, org::MEMBERSHIP];
    row.extend(classes.map(|class| view.instances(class).count().to_string()));
    vec![row]
}
