//! The table of entities, of which many articles speak.

use std::collections::BTreeSet;
use std::io;

use super::{Column, Row, View};
use crate::export::view::{local, text};
use crate::spill::{Sorted, Sorter};
use crate::vocab::{itsrdf, nif, owl, rdf, rdfs, schema, skos};

pub(super) const NAME: &str = "entities";
pub(super) const ABOUT: &str = "One row for each person, organisation, place or other thing that some article names.";
pub(super) const COLUMNS: &[Column] = &[
    Column::text("entity", "the IRI"),
    Column::text("label", "the name"),
    Column::text("other_names", "what else articles call it"),
    Column::text("kinds", "what sort of thing it is, the classes of the ontology"),
    Column::text("same_as", "the known thing that it surely is, in Wikidata as a rule"),
    Column::text("close_match", "the known thing that it may be"),
    Column::integer("articles", "how many articles name it"),
    Column::integer("mentions", "how often they do"),
];

/// Collects what articles say of entities.
#[derive(Default)]
pub(super) struct Entities(Sorter);

/// One article's part of an entity's row.
const PARTS: usize = 5;

impl Entities {
    pub(super) fn add(&mut self, view: &View) -> io::Result<()> {
        let mut named: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for phrase in view.instances(nif::PHRASE) {
            for entity in view.objects(phrase, itsrdf::TA_IDENT_REF) {
                *named.entry(text(entity)).or_default() += 1;
            }
        }
        for entity in view.objects(&view.article, schema::MENTIONS).iter().map(text) {
            let values = |predicate| view.objects(entity, predicate).iter().map(text).collect::<Vec<_>>();
            let kinds = values(rdf::TYPE).into_iter().map(local).collect();
            let parts: [Vec<&str>; PARTS] =
                [values(rdfs::LABEL), values(skos::ALT_LABEL), kinds, values(owl::SAME_AS), values(skos::CLOSE_MATCH)];
            let count = named.get(entity).copied().unwrap_or_default();
            let record = (entity, view.article.as_str(), parts, count);
            // The IRI stands before the record, so that records sort by it.
            let mut bytes = entity.as_bytes().to_vec();
            bytes.push(0);
            bytes.extend(postcard::to_stdvec(&record).map_err(io::Error::other)?);
            self.0.push(&bytes)?;
        }
        Ok(())
    }

    /// The rows, sorted by IRI.
    pub(super) fn finish(self) -> io::Result<Rows> {
        Ok(Rows { sorted: self.0.finish()?, entity: Entity::default() })
    }
}

/// An entity while the articles that name it are read.
#[derive(Default)]
struct Entity {
    iri: String,
    parts: [BTreeSet<String>; PARTS],
    articles: usize,
    mentions: usize,
}

impl Entity {
    fn row(self) -> Row {
        let [labels, mut others, kinds, same, close] = self.parts;
        let mut labels = labels.into_iter();
        let label = labels.next().unwrap_or_default();
        others.extend(labels);
        others.remove(&label);
        let join = |values: BTreeSet<String>| values.into_iter().collect::<Vec<_>>().join("; ");
        let texts = [others, kinds, same, close].map(join);
        let mut row = vec![self.iri, label];
        row.extend(texts);
        row.extend([self.articles.to_string(), self.mentions.to_string()]);
        row
    }
}

pub(super) struct Rows {
    sorted: Sorted,
    entity: Entity,
}

impl Iterator for Rows {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.sorted.next() {
                Some(Ok(record)) => record,
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    let last = std::mem::take(&mut self.entity);
                    return (!last.iri.is_empty()).then(|| Ok(last.row()));
                }
            };
            let start = record.iter().position(|byte| *byte == 0).map_or(0, |end| end + 1);
            let (iri, _, parts, mentions): (&str, &str, [Vec<String>; PARTS], usize) =
                match postcard::from_bytes(&record[start..]) {
                    Ok(record) => record,
                    Err(error) => return Some(Err(io::Error::other(error))),
                };
            let before = (iri != self.entity.iri)
                .then(|| std::mem::replace(&mut self.entity, Entity { iri: iri.to_owned(), ..Entity::default() }));
            for (known, more) in self.entity.parts.iter_mut().zip(parts) {
                known.extend(more);
            }
            self.entity.articles += 1;
            self.entity.mentions += mentions;
            if let Some(before) = before.filter(|before| !before.iri.is_empty()) {
                return Some(Ok(before.row()));
            }
        }
    }
}
