//! Analyses texts given one JSON string a line and prints one JSON object a line: what `tools/compare_spacy.py` compares.
//!
//! `analyse [--model FILE | --fast] [--time] < texts.jsonl > tokens.jsonl`; `--time` prints the seconds taken to standard error.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use newsgraph::span::{CodePoints, Span};
use newsgraph::text::Text;
use newsgraph::text::model::Model;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let model = match arguments.iter().position(|a| a == "--model").and_then(|at| arguments.get(at + 1)) {
        Some(path) => Model::open(Path::new(path))?,
        None if arguments.iter().any(|a| a == "--fast") => Model::fast()?,
        None => Model::built_in()?,
    };
    let mut texts: Vec<Arc<str>> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        texts.push(serde_json::from_str::<String>(&line?)?.into());
    }
    let start = Instant::now();
    let read = |text: Arc<str>| {
        let whole = Span::new(0, text.len());
        model.read(text, &[whole])
    };
    let analysed: Vec<Text> = newsgraph::parallel::map(texts.into_iter(), read).collect();
    if arguments.iter().any(|a| a == "--time") {
        eprintln!("{}", start.elapsed().as_secs_f64());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in &analysed {
        writeln!(out, "{}", described(text))?;
    }
    Ok(out.flush()?)
}

/// A text's layers: tokens as `[start, end, tag, pos, lemma, head, dep]` in code points, sentence starts, and names.
fn described(text: &Text) -> Value {
    let points = CodePoints::new(text.content());
    let tokens: Vec<Value> = text
        .tokens()
        .iter()
        .map(|t| {
            let range = points.range(t.span);
            json!([range.start, range.end, t.tag, t.pos, &*t.lemma, t.head, t.dep])
        })
        .collect();
    let starts: Vec<usize> = text.sentences().iter().map(|s| s.start).collect();
    let names: Vec<Value> = text.names().iter().map(|n| json!([n.tokens.start, n.tokens.end, n.label])).collect();
    json!({ "tokens": tokens, "starts": starts, "names": names })
}
