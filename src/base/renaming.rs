//! What identity makes of an article's entities: other IRIs and labels in its graph.

use std::collections::BTreeMap;

use oxigraph::model::{LiteralRef, NamedNodeRef};
use serde::{Deserialize, Serialize};

use super::packed::Packed;
use super::terms::{self, Key, Keys};
use crate::vocab::{rdfs, skos};

/// An entity of an article that is known by another IRI or label in the base.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Renaming {
    /// The IRI that the article's own quads give it.
    pub(super) local: String,
    /// The IRI in the base.
    pub(super) iri: String,
    /// The label in the base. What the article calls it stays as another name.
    pub(super) label: String,
}

/// The nodes of one renaming in a list of terms that was extended by them.
struct Places {
    local: usize,
    iri: usize,
    label: usize,
}

impl Packed {
    /// The graph with its entities renamed.
    pub(super) fn renamed(self, renamings: &[Renaming]) -> Self {
        let known = self.keys().len();
        let mut added: Vec<Key> = Vec::new();
        let mut place = |keys: &Keys, key: Key| {
            keys.find_sorted(&key).unwrap_or_else(|| {
                added.push(key);
                known + added.len() - 1
            })
        };
        let iri = |iri: &str| terms::iri_key(NamedNodeRef::new_unchecked(iri));
        let [label, other] =
            [rdfs::LABEL, skos::ALT_LABEL].map(|predicate| place(self.keys(), iri(predicate.as_str())));
        let mut places: BTreeMap<usize, Places> = BTreeMap::new();
        for renaming in renamings {
            if let Some(local) = self.keys().find_sorted(&iri(&renaming.local)) {
                let name = terms::key(LiteralRef::new_simple_literal(&renaming.label).into());
                let (iri, label) = (place(self.keys(), iri(&renaming.iri)), place(self.keys(), name));
                places.insert(local, Places { local, iri, label });
            }
        }
        let mut rows: Vec<[usize; 3]> = Vec::with_capacity(self.rows().len() + places.len());
        for [s, p, o] in self.rows().iter().map(|row| row.map(|position| position as usize)) {
            let Some(entity) = places.get(&s) else {
                rows.push([s, p, o]);
                continue;
            };
            // The label of the base is added below, once.
            let is_best = added_or_known(&added, self.keys(), o) == added_or_known(&added, self.keys(), entity.label);
            match (p == label, p == other, is_best) {
                (true, _, true) | (_, true, true) => {}
                (true, _, false) => rows.push([s, other, o]),
                _ => rows.push([s, p, o]),
            }
        }
        rows.extend(places.values().map(|entity| [entity.local, label, entity.label]));
        for row in &mut rows {
            for position in [0, 2] {
                row[position] = places.get(&row[position]).map_or(row[position], |entity| entity.iri);
            }
        }
        self.with_rows(&added, rows)
    }

    /// The graph of other rows over its terms and further ones, which come after its own.
    pub(super) fn with_rows(&self, added: &[Key], rows: Vec<[usize; 3]>) -> Self {
        let mut is_used = vec![false; self.keys().len() + added.len()];
        rows.iter().flatten().for_each(|position| is_used[*position] = true);
        let text = |position: usize| added_or_known(added, self.keys(), position);
        let mut used: Vec<usize> = (0..is_used.len()).filter(|position| is_used[*position]).collect();
        used.sort_by_key(|position| text(*position));
        let mut numbers = vec![0_u32; is_used.len()];
        let mut keys = Keys::default();
        for position in used {
            if keys.len() == 0 || keys.at(keys.len() - 1) != text(position) {
                keys.push(text(position));
            }
            numbers[position] = u32::try_from(keys.len() - 1).unwrap_or(u32::MAX);
        }
        let mut rows: Vec<[u32; 3]> = rows.into_iter().map(|row| row.map(|position| numbers[position])).collect();
        rows.sort_unstable();
        rows.dedup();
        Self::from_parts(keys, rows)
    }
}

fn added_or_known<'a>(added: &'a [Key], keys: &'a Keys, position: usize) -> &'a str {
    match position.checked_sub(keys.len()) {
        None => keys.at(position),
        Some(further) => &added[further],
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Triple;

    use super::*;

    #[test]
    fn entities_get_the_iri_and_label_of_the_base() {
        let turtle = r#"
            @prefix k: <https://kb.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix s: <https://schema.org/> .
            k:roe a s:Person ; rdfs:label "Roe" ; skos:altLabel "Jane Roe", "Ms Roe" .
            k:doe rdfs:label "John Doe" ; s:knows k:roe .
            k:smith rdfs:label "John Smith" .
        "#;
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle).map(|quad| Triple::from(quad.unwrap()));
        let quads: Vec<Triple> = quads.collect();
        let packed = Packed::new(quads.iter().map(Triple::as_ref));
        let renaming = |local: &str, iri: &str, label: &str| Renaming {
            local: format!("https://kb.example/{local}"),
            iri: format!("https://kb.example/{iri}"),
            label: label.to_owned(),
        };
        let renamed = packed.renamed(&[
            renaming("roe", "jane-roe", "Jane Roe"),
            renaming("smith", "smith--judge", "John Smith"),
            renaming("nobody", "somebody", "Some Body"),
        ]);
        let mut lines: Vec<String> = renamed.triples().unwrap().iter().map(ToString::to_string).collect();
        lines.sort();
        let short = |line: &String| {
            let line = line.replace("<http://www.w3.org/2000/01/rdf-schema#label>", "label");
            let line = line.replace("<http://www.w3.org/2004/02/skos/core#altLabel>", "also");
            line.replace("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "a")
                .replace("<https://schema.org/", "<")
                .replace("<https://kb.example/", "<")
        };
        assert_eq!(
            lines.iter().map(short).collect::<Vec<_>>(),
            [
                "<doe> label \"John Doe\"",
                "<doe> <knows> <jane-roe>",
                "<jane-roe> a <Person>",
                "<jane-roe> label \"Jane Roe\"",
                "<jane-roe> also \"Ms Roe\"",
                "<jane-roe> also \"Roe\"",
                "<smith--judge> label \"John Smith\"",
            ]
        );
    }
}
