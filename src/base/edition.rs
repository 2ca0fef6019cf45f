//! What tells the versions of an article apart, and how a graph is written under the name of another version.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::packed::Packed;
use super::terms::{self, Key};
use crate::graph::mint;
use crate::vocab::{news, nif, prov, schema};

/// A version of an article by what tells it from the others, ordered by age: the later one is the newer.
///
/// It depends on what the article says alone, so the order in which versions came does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    changed: String,
    hash: String,
}

impl Edition {
    /// The version that was last changed, or else published, at this date or time (empty where unknown), and whose clean
    /// text has this hash.
    #[must_use]
    pub fn new(changed: &str, hash: &str) -> Self {
        // Of the same moment in two zones neither is the later one.
        let moment = changed.parse::<jiff::Timestamp>();
        Self { changed: moment.map_or_else(|_| changed.to_owned(), |at| at.to_string()), hash: hash.to_owned() }
    }

    /// As the two parts that [`new`](Self::new) takes.
    pub(super) fn parts(&self) -> (&str, &str) {
        (&self.changed, &self.hash)
    }

    /// What its graph is called while a newer version is current.
    #[must_use]
    pub fn name(&self, article: &NamedNode) -> NamedNode {
        mint::version(article.as_str(), &self.changed, &self.hash)
    }

    /// The version that a graph says to be; `digest` tells it where the graph does not.
    pub(super) fn of(name: &str, graph: &Packed, digest: &super::Digest) -> Self {
        let article = iri(NamedNodeRef::new_unchecked(name));
        let said = |predicate: NamedNodeRef<'_>| {
            let object = graph.object(&article, &iri(predicate))?;
            Some(terms::literal(object)?.to_owned())
        };
        let changed = said(schema::DATE_MODIFIED).or_else(|| said(schema::DATE_PUBLISHED));
        let hash = said(news::CONTENT_HASH);
        let hash = hash.unwrap_or_else(|| digest.iter().map(|byte| format!("{byte:02x}")).collect());
        Self::new(&changed.unwrap_or_default(), &hash)
    }
}

fn iri(node: NamedNodeRef<'_>) -> Key {
    terms::iri_key(node)
}

/// What a version says of its article rather than of itself.
const OF_THE_ARTICLE: [NamedNodeRef<'static>; 2] = [schema::URL, nif::SOURCE_URL];

impl Packed {
    /// The graph of an article as that of a former version: what it says of itself and its characters it says of the
    /// version.
    pub(super) fn into_version(self, article: &str, version: &str) -> Self {
        let mark = [version, prov::SPECIALIZATION_OF.as_str(), article];
        self.under(article, version).with([mark.map(NamedNodeRef::new_unchecked)])
    }

    /// The opposite of [`into_version`](Self::into_version).
    pub(super) fn into_current(self, version: &str, article: &str) -> Self {
        self.under(version, article)
    }

    fn under(self, from: &str, to: &str) -> Self {
        let [whole, new_whole] = [from, to].map(|name| iri(NamedNodeRef::new_unchecked(name)));
        let [spans, new_spans] = [from, to].map(|name| format!("{}{}", &whole[..1], mint::before_span(name)));
        let mut added: Vec<Key> = Vec::new();
        let places: Vec<usize> = (0..self.keys().len())
            .map(|position| {
                let key = self.keys().at(position);
                let new = match key.strip_prefix(spans.as_str()) {
                    Some(range) => format!("{new_spans}{range}").into(),
                    None if *key == *whole => new_whole.clone(),
                    None => return position,
                };
                added.push(new);
                self.keys().len() + added.len() - 1
            })
            .collect();
        let position = |predicate: NamedNodeRef<'_>| self.keys().find_sorted(&iri(predicate));
        let kept = OF_THE_ARTICLE.map(position);
        let mark = position(prov::SPECIALIZATION_OF);
        let rows = self.rows().iter().map(|row| row.map(|position| position as usize));
        let rows = rows.filter(|[_, p, _]| Some(*p) != mark).map(|[s, p, o]| {
            let object = if kept.contains(&Some(p)) { o } else { places[o] };
            [places[s], p, object]
        });
        let rows = rows.collect();
        self.with_rows(&added, rows)
    }

    /// The graph with further triples of IRIs.
    pub(super) fn with<const N: usize>(self, triples: [[NamedNodeRef<'_>; 3]; N]) -> Self {
        let mut added: Vec<Key> = Vec::new();
        let mut rows: Vec<[usize; 3]> = self.rows().iter().map(|row| row.map(|position| position as usize)).collect();
        for triple in triples {
            rows.push(triple.map(|node| {
                self.keys().find_sorted(&iri(node)).unwrap_or_else(|| {
                    added.push(iri(node));
                    self.keys().len() + added.len() - 1
                })
            }));
        }
        self.with_rows(&added, rows)
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Triple;

    use super::*;

    #[test]
    fn a_graph_becomes_that_of_a_version_and_back() {
        let article = "https://news.example/1";
        let turtle = r#"
            @prefix schema: <https://schema.org/> . @prefix news: <https://w3id.org/newsgraph/ontology#> .
            <https://news.example/1> schema:url <https://news.example/1> ; news:contentHash "ab" ;
              schema:dateModified "2026-05-02T01:00:00+02:00" ; schema:mentions <https://kb.example/ann> .
            <https://kb.example/claim> news:source <https://news.example/1> ;
              news:evidence <https://news.example/1#char=4,9> .
            <https://news.example/10> schema:mentions <https://news.example/10#char=4,9> .
        "#;
        let triples: Vec<Triple> =
            RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle).map(|quad| quad.unwrap().into()).collect();
        let packed = || Packed::new(triples.iter().map(Triple::as_ref));
        let edition = Edition::of(article, &packed(), &[0; 32]);
        assert_eq!(edition, Edition::new("2026-05-01T23:00:00Z", "ab"));
        let version = edition.name(&NamedNode::new(article).unwrap());
        let moved = packed().into_version(article, version.as_str());
        let short = |line: String| line.replace(version.as_str(), "V").replace(article, "A");
        let mut lines: Vec<String> = moved.triples().unwrap().iter().map(|triple| short(triple.to_string())).collect();
        lines.retain(|line| line.contains("V"));
        lines.sort();
        assert_eq!(
            lines,
            [
                "<V> <http://www.w3.org/ns/prov#specializationOf> <A>",
                "<V> <https://schema.org/dateModified> \"2026-05-02T01:00:00+02:00\"",
                "<V> <https://schema.org/mentions> <https://kb.example/ann>",
                "<V> <https://schema.org/url> <A>",
                "<V> <https://w3id.org/newsgraph/ontology#contentHash> \"ab\"",
                "<https://kb.example/claim> <https://w3id.org/newsgraph/ontology#evidence> <V&char=4,9>",
                "<https://kb.example/claim> <https://w3id.org/newsgraph/ontology#source> <V>",
            ]
        );
        assert_eq!(Edition::of(version.as_str(), &moved, &[0; 32]), edition);
        assert_eq!(moved.into_current(version.as_str(), article), packed());
    }

    #[test]
    fn the_later_version_is_the_newer_whatever_the_zone() {
        let [early, late] = ["2026-05-02T00:30:00+02:00", "2026-05-01T23:00:00Z"].map(|at| Edition::new(at, ""));
        assert!(early < late);
        assert!(Edition::new("2026-05-01", "") < early && Edition::new("", "z") < Edition::new("2026-05-01", ""));
    }
}
