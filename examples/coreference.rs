//! Finds chains in texts given one JSON object a line, and prints one JSON object a line: what `tools/coref` trains and scores.
//!
//! `coreference [--rows] [--model FILE] < documents.jsonl > chains.jsonl`. A document has an `id`, a `text` whose paragraphs an empty line sets
//! apart, and `headline`, whether the first of them is one. With `--rows` come the phrases, their candidates and the rows of the
//! model's table for each, instead of the chains. All places are code points.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use newsgraph::article::{Article, Block, BlockKind, Metadata, Origin};
use newsgraph::document::Document;
use newsgraph::pipeline::Pipeline;
use newsgraph::resolve;
use newsgraph::resolve::coreference::{self, Choice, Layers, Ranker};
use newsgraph::resources::Resources;
use newsgraph::span::{CodePoints, Span};
use newsgraph::text::model::Model;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let with_rows = std::env::args().any(|argument| argument == "--rows");
    let arguments: Vec<String> = std::env::args().collect();
    let mut resources = Resources::built_in()?;
    if let Some(path) = arguments.iter().position(|a| a == "--model").and_then(|at| arguments.get(at + 1)) {
        resources.ranker = Ranker::read(&std::fs::read(path)?)?;
    }
    let pipeline = Pipeline::new(Model::built_in()?, resources.clone());
    let mut given: Vec<Value> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        given.push(serde_json::from_str(&line?)?);
    }
    let describe = |value: Value| {
        let document = pipeline.read(article(&value));
        let id = &value["id"];
        if with_rows { rows(id, &document, &resources) } else { chains(id, &document) }
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for value in newsgraph::parallel::map(given.into_iter(), describe) {
        writeln!(out, "{value}")?;
    }
    Ok(out.flush()?)
}

fn article(value: &Value) -> Article {
    let text: Arc<str> = value["text"].as_str().unwrap_or_default().into();
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let is_headline = start == 0 && value["headline"] == true;
        let kind = if is_headline { BlockKind::Headline } else { BlockKind::Paragraph };
        blocks.push(Block { kind, span: Span::new(start, start + paragraph.len()) });
        start += paragraph.len() + 2;
    }
    let origin = Origin { path: PathBuf::from("-"), line: None };
    Article { origin, text, blocks, metadata: Metadata::default() }
}

fn chains(id: &Value, document: &Document) -> Value {
    let points = CodePoints::new(&document.article.text);
    let chains = document.chains.iter().map(|chain| {
        let mentions: Vec<Value> = chain
            .references
            .iter()
            .map(|reference| {
                let (span, head) = (points.range(reference.span), points.range(reference.head));
                let form = format!("{:?}", reference.form);
                json!({"start": span.start, "end": span.end, "head": head.start, "form": form, "p": reference.confidence})
            })
            .collect();
        let entity = chain.entity.and_then(|entity| document.entities.get(entity));
        let named = document.mentions.iter().filter(|mention| chain.entity == Some(mention.entity));
        let names: Vec<_> = named.map(|mention| points.range(mention.span)).map(|span| [span.start, span.end]).collect();
        json!({"kind": entity.map(|entity| format!("{:?}", entity.kind)), "mentions": mentions, "names": names})
    });
    json!({"id": id, "chains": chains.collect::<Vec<_>>()})
}

fn rows(id: &Value, document: &Document, resources: &Resources) -> Value {
    let points = CodePoints::new(&document.article.text);
    let Document { text, entities, mentions, quotes, .. } = document;
    let genders = resolve::genders(text, entities, mentions, resources);
    let layers = Layers { text, entities, mentions, quotes, genders: &genders };
    let choices = coreference::choices(&layers, resources);
    let described: Vec<Value> = choices
        .iter()
        .map(|choice: &Choice| {
            let (span, head) = (points.range(choice.span), points.range(choice.head));
            let Choice { rows, candidates, vector, .. } = choice;
            json!([span.start, span.end, head.start, choice.joined, choice.is_named, vector, rows, candidates])
        })
        .collect();
    json!({"id": id, "phrases": described})
}
