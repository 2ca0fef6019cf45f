//! Finds facts in texts given one JSON object a line, and prints one JSON object a line: what `tools/facts` trains and scores.
//!
//! `facts [--pairs] [--data DIRECTORY] < documents.jsonl > facts.jsonl`. A document has an `id` and a `text` whose paragraphs an
//! empty line sets apart. With `--pairs` come all pairs of phrases with what the learned rule is told of them. All places are code
//! points.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use newsgraph::article::{Article, Block, BlockKind, Metadata, Origin};
use newsgraph::document::{Argument, Document, Object};
use newsgraph::pipeline::Pipeline;
use newsgraph::relate::facts::{self, Layers};
use newsgraph::resources::Resources;
use newsgraph::score::aliases::aliases;
use newsgraph::span::{CodePoints, Span};
use newsgraph::text::model::Model;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let with_pairs = arguments.iter().any(|argument| argument == "--pairs");
    let directory = arguments.iter().position(|a| a == "--data").and_then(|at| arguments.get(at + 1));
    let resources = directory.map_or_else(Resources::built_in, |it| Resources::with_directory(Path::new(it)))?;
    let pipeline = Pipeline::new(Model::built_in()?, resources.clone());
    let mut given: Vec<Value> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        given.push(serde_json::from_str(&line?)?);
    }
    let describe = |value: Value| {
        let document = pipeline.read(article(&value));
        describe(&value["id"], &document, with_pairs.then_some(&resources))
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
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + paragraph.len()) });
        start += paragraph.len() + 2;
    }
    let origin = Origin { path: PathBuf::from("-"), line: None };
    Article { origin, text, blocks, metadata: Metadata::default() }
}

fn describe(id: &Value, document: &Document, resources: Option<&Resources>) -> Value {
    let points = CodePoints::new(&document.article.text);
    let place = |span: Span| {
        let range = points.range(span);
        [range.start, range.end]
    };
    let object = |object: &Object| match object {
        Object::Thing(argument) => place(argument.span),
        Object::Time(time) => document.times.get(*time).map_or([0, 0], |time| place(time.span)),
        Object::Amount(amount) => place(amount.span),
        Object::Words(span) => place(*span),
    };
    let found = document.facts.iter().map(|fact| {
        let all = |argument: Argument| aliases(document, argument).into_iter().map(place).collect::<Vec<_>>();
        let objects = match &fact.object {
            Object::Thing(argument) => all(*argument),
            other => vec![object(other)],
        };
        json!({"relation": fact.relation.name(), "subjects": all(fact.subject), "objects": objects,
            "rule": &*fact.rule, "p": fact.confidence, "asserted": fact.standing.is_asserted()})
    });
    let mut value = json!({"id": id, "facts": found.collect::<Vec<_>>()});
    let roles = document.roles.iter().filter_map(|role| {
        let organization = role.organization?;
        let named =
            |entity: usize| document.mentions.iter().find(|it| it.entity == entity && role.evidence.contains(it.span));
        let person = Argument { span: named(role.person)?.span, entity: Some(role.person) };
        let subjects: Vec<_> = aliases(document, person).into_iter().map(place).collect();
        Some(json!({"relation": "memberOf", "subjects": subjects, "objects": [place(named(organization)?.span)],
            "title": role.title.of(&document.article.text), "rule": &*role.rule}))
    });
    value["roles"] = roles.collect();
    if let Some(resources) = resources {
        let Document { text, entities, mentions, chains, times, roles, .. } = document;
        let layers = Layers { text, entities, mentions, chains, times, standings: &[], roles };
        let pairs = facts::pairs(&layers, resources);
        let mut phrases = serde_json::Map::new();
        for argument in pairs.iter().map(|pair| pair.subject) {
            let all: Vec<_> = aliases(document, argument).into_iter().map(place).collect();
            phrases.insert(format!("{:?}", place(argument.span)), json!(all));
        }
        value["aliases"] = Value::Object(phrases);
        value["pairs"] =
            pairs.iter().map(|it| json!([place(it.subject.span), object(&it.object), it.features])).collect();
    }
    value
}
