//! Facts as KnowledgeNet has them, one JSON object a line: a document with its passages and their facts, or in the flat form one
//! passage with one property a line, and one fact of it or none.
//!
//! In the flat form the passages of a document are put together in their order, since the words between them are not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::builder::Builder;
use super::malformed;
use crate::article::BlockKind;
use crate::error::Result;
use crate::score::sample::{Annotations, Facts, Related, Sample};
use crate::span::Span;

/// A line of the flat form. Offsets are code points of the document.
#[derive(Deserialize)]
struct Row {
    doc: String,
    passage_start: usize,
    passage_end: usize,
    subj_start: Option<usize>,
    subj_end: Option<usize>,
    obj_start: Option<usize>,
    obj_end: Option<usize>,
    property: String,
    text: String,
}

/// A line of the published form. Offsets are code points of `documentText`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    document_id: String,
    document_text: String,
    passages: Vec<Passage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Passage {
    passage_start: usize,
    passage_end: usize,
    exhaustively_annotated_properties: Vec<Property>,
    facts: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Property {
    property_id: String,
    property_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fact {
    property_id: String,
    subject_start: usize,
    subject_end: usize,
    object_start: usize,
    object_end: usize,
}

/// A passage in the flat form.
#[derive(Default)]
struct Flat {
    text: String,
    line: usize,
    properties: BTreeSet<String>,
    facts: Vec<(String, [usize; 4])>,
}

/// Reads either form.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let mut flat: BTreeMap<(usize, String), BTreeMap<(usize, usize), Flat>> = BTreeMap::new();
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in (1..).zip(content.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason: String| malformed(path, Some(number), reason);
        if line.contains("\"documentText\"") {
            let whole: Whole = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            samples.push(whole_sample(path, number, &whole).map_err(wrong)?);
        } else {
            let row: Row = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            let known = order.len();
            let place = *order.entry(row.doc.clone()).or_insert(known);
            let passages = flat.entry((place, row.doc.clone())).or_default();
            add(passages, row, number).map_err(wrong)?;
        }
    }
    for ((_, id), passages) in flat {
        let line = passages.values().map(|passage| passage.line).min().unwrap_or(1);
        samples.push(flat_sample(path, &id, passages).map_err(|reason| malformed(path, Some(line), reason))?);
    }
    Ok(samples)
}

fn add(passages: &mut BTreeMap<(usize, usize), Flat>, row: Row, number: usize) -> Result<(), String> {
    let passage = passages.entry((row.passage_start, row.passage_end)).or_default();
    if passage.text.is_empty() {
        (passage.text, passage.line) = (row.text, number);
    }
    if let (Some(a), Some(b), Some(c), Some(d)) = (row.subj_start, row.subj_end, row.obj_start, row.obj_end) {
        let within = |at: usize| at.checked_sub(row.passage_start).ok_or("a fact lies before its passage");
        passage.facts.push((row.property.clone(), [within(a)?, within(b)?, within(c)?, within(d)?]));
    }
    passage.properties.insert(row.property);
    Ok(())
}

fn flat_sample(path: &Path, id: &str, passages: BTreeMap<(usize, usize), Flat>) -> Result<Sample, String> {
    let mut builder = Builder::default();
    let mut facts = Facts::default();
    let mut last = None;
    let mut line = usize::MAX;
    for ((start, end), passage) in passages {
        // A gap of a space or a line feed is none.
        if last.is_some_and(|last: usize| start > last + 2) {
            builder.begin(BlockKind::Paragraph);
        }
        builder.sentence(&passage.text, &[]);
        let Some(place) = builder.last() else { continue };
        for (property, [a, b, c, d]) in passage.facts {
            let span = |from, to| words(&passage.text, from, to).map(|span| span.shifted(place.start));
            facts.facts.push(Related { relation: property, subject: span(a, b)?, object: span(c, d)? });
        }
        facts.asked.push((place, passage.properties.into_iter().collect()));
        last = Some(end);
        line = line.min(passage.line);
    }
    let gold = Annotations { facts: Some(facts), ..Annotations::default() };
    Ok(builder.finish(id.to_owned(), path, line, gold))
}

fn whole_sample(path: &Path, number: usize, whole: &Whole) -> Result<Sample, String> {
    let mut builder = Builder::default();
    let mut facts = Facts::default();
    for paragraph in whole.document_text.split_inclusive('\n') {
        builder.verbatim(paragraph);
    }
    for passage in &whole.passages {
        let names: BTreeMap<&str, &str> = passage
            .exhaustively_annotated_properties
            .iter()
            .map(|property| (property.property_id.as_str(), property.property_name.as_str()))
            .collect();
        for fact in &passage.facts {
            let relation = names.get(fact.property_id.as_str()).ok_or("a fact of a property that is not annotated")?;
            facts.facts.push(Related {
                relation: (*relation).to_owned(),
                subject: words(&whole.document_text, fact.subject_start, fact.subject_end)?,
                object: words(&whole.document_text, fact.object_start, fact.object_end)?,
            });
        }
        let place = words(&whole.document_text, passage.passage_start, passage.passage_end)?;
        facts.asked.push((place, names.values().map(|name| (*name).to_owned()).collect()));
    }
    let gold = Annotations { facts: Some(facts), ..Annotations::default() };
    Ok(builder.finish(whole.document_id.clone(), path, number, gold))
}

/// The bytes of a run of code points.
fn words(text: &str, from: usize, to: usize) -> Result<Span, String> {
    let mut starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let start = starts.clone().nth(from);
    match (start, starts.nth(to)) {
        (Some(start), Some(end)) if start < end => Ok(Span::new(start, end)),
        _ => Err(format!("characters {from} to {to} are not in the text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(sample: &Sample) -> Vec<String> {
        let facts = sample.gold.facts.as_ref().unwrap();
        let shown = |fact: &Related| {
            format!("{} {} {}", fact.subject.of(sample.text()), fact.relation, fact.object.of(sample.text()))
        };
        facts.facts.iter().map(shown).collect()
    }

    #[test]
    fn passages_of_the_flat_form_make_one_text() {
        let content = concat!(
            r#"{"doc":"1","passage_start":20,"passage_end":39,"subj_start":20,"subj_end":23,"obj_start":33,"obj_end":38,"property":"SPOUSE","text":"Zoë married a Bjørn."}"#,
            "\n",
            r#"{"doc":"1","passage_start":0,"passage_end":10,"subj_start":null,"subj_end":null,"obj_start":null,"obj_end":null,"property":"CEO","text":"Zoë sings."}"#,
        );
        let content = content
            .replace("a Bjørn.", "to Bjørn")
            .replace("\"obj_start\":33", "\"obj_start\":35")
            .replace("\"obj_end\":38", "\"obj_end\":40");
        let samples = read(Path::new("kn.jsonl"), &content).unwrap();
        assert_eq!(samples[0].text(), "Zoë sings.\n\nZoë married to Bjørn");
        assert_eq!(spoken(&samples[0]), ["Zoë SPOUSE Bjørn"]);
        assert_eq!(samples[0].gold.facts.as_ref().unwrap().asked[0].1, ["CEO"]);
    }

    #[test]
    fn the_published_form_is_read_too() {
        let content = r#"{"fold":2,"documentId":"8","documentText":"Zoë\n\nZoë was born in Łódź.","passages":[{"passageId":"8:5:26","passageStart":5,"passageEnd":26,"passageText":"Zoë was born in Łódź.","exhaustivelyAnnotatedProperties":[{"propertyId":"12","propertyName":"PLACE_OF_BIRTH","propertyDescription":""}],"facts":[{"factId":"","propertyId":"12","subjectStart":5,"subjectEnd":8,"objectStart":21,"objectEnd":25,"subjectUri":"","objectUri":""}]}]}"#;
        let samples = read(Path::new("kn.json"), content).unwrap();
        assert_eq!(spoken(&samples[0]), ["Zoë PLACE_OF_BIRTH Łódź"]);
    }

    #[test]
    fn a_fact_outside_its_text_is_named_with_its_line() {
        let content = r#"{"doc":"1","passage_start":5,"passage_end":9,"subj_start":5,"subj_end":8,"obj_start":11,"obj_end":30,"property":"CEO","text":"Zoë "}"#;
        let error = read(Path::new("kn.jsonl"), content).unwrap_err();
        assert_eq!(error.to_string(), "kn.jsonl:1: characters 6 to 25 are not in the text");
    }
}
