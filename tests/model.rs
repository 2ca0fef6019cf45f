//! The models: spaCy's pipeline answers as spaCy does, the built-in ones find names better, their files are those that the
//! manifest names, and files that cannot be run are refused.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use newsgraph::Span;
use newsgraph::text::Text;
use newsgraph::text::model::Model;
use rayon::prelude::*;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use sha2::{Digest, Sha256};

type Outcome = Result<(), Box<dyn Error>>;

/// spaCy's pipeline alone.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::open(Path::new(PIPELINE)).expect("the pipeline loads"));

const PIPELINE: &str = "models/en_core_web_md.safetensors";

fn read(text: &str) -> Text {
    MODEL.read(text.into(), &[Span::new(0, text.len())])
}

/// A text's layers as `tools/golden_spacy.py` writes them.
fn table(text: &Text) -> String {
    let mut lines = String::new();
    for (number, token) in text.tokens().iter().enumerate() {
        if number > 0 && text.sentences().iter().any(|sentence| sentence.start == number) {
            lines.push('\n');
        }
        let name = text.names().iter().find(|name| name.tokens.contains(&number));
        let name = name.map_or("-".into(), |name| {
            format!("{}-{}", if name.tokens.start == number { 'B' } else { 'I' }, name.label)
        });
        let head = token.head.to_string();
        let row = [text.word(number), &token.lemma, token.pos, token.tag, &head, token.dep, &name];
        lines.push_str(&row.map(|cell| cell.replace('\n', "\\n").replace('\t', "\\t")).join("\t"));
        lines.push('\n');
    }
    lines
}

#[track_caller]
fn assert_golden(name: &str) {
    let file =
        |extension| fs::read_to_string(format!("tests/analysis/{name}.{extension}")).expect("the golden is there");
    assert_eq!(table(&read(&file("txt"))), file("tsv"));
}

#[test]
fn a_statement_reads_as_spacy_reads_it() {
    assert_golden("statement");
}

#[test]
fn abbreviations_contractions_and_urls_read_as_spacy_reads_them() {
    assert_golden("court");
}

#[test]
fn messy_text_reads_as_spacy_reads_it() {
    assert_golden("messy");
}

#[test]
fn questions_and_irregular_forms_read_as_spacy_reads_them() {
    assert_golden("sport");
}

#[test]
fn parts_are_read_alone_and_what_lies_between_gets_no_tokens() {
    let content = "Mayor resigns\n(photo: J. Roe)\nThe mayor of Leeds resigned.";
    let text = MODEL.read(content.into(), &[Span::new(0, 13), Span::new(30, content.len())]);
    let words: Vec<&str> = (0..text.tokens().len()).map(|token| text.word(token)).collect();
    assert_eq!(words, ["Mayor", "resigns", "The", "mayor", "of", "Leeds", "resigned", "."]);
    assert_eq!(text.sentences(), [0..2, 2..8]);
    assert_eq!(
        text.names().iter().map(|name| text.span(name.tokens.clone()).of(content)).collect::<Vec<_>>(),
        ["Leeds"]
    );
}

#[test]
fn the_manifest_names_every_file_as_it_is() -> Outcome {
    let manifest: toml::Table = fs::read_to_string("models/MANIFEST.toml")?.parse()?;
    for (name, entry) in &manifest {
        let file = entry["file"].as_str().ok_or("no file")?;
        let bytes = fs::read(Path::new("models").join(file))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(entry["sha256"].as_str(), Some(&*digest), "{name}");
        assert!(Path::new("models").join(entry["license_file"].as_str().ok_or("no licence")?).exists(), "{name}");
    }
    Ok(())
}

/// Why a file of the given tensors and description is refused.
fn refusal(tensors: Vec<(String, TensorView)>, description: Option<&str>) -> Result<String, Box<dyn Error>> {
    let metadata = description.map(|text| HashMap::from([("pipeline".to_string(), text.to_string())]));
    refusal_of(&serialize(tensors, metadata)?)
}

fn refusal_of(bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("model.safetensors");
    fs::write(&path, bytes)?;
    let error = Model::open(&path).err().ok_or("the file was not refused")?.to_string();
    let place = format!("{}: not a usable model: ", path.display());
    Ok(error.strip_prefix(&place).ok_or(format!("`{error}` does not name the file"))?.to_string())
}

#[test]
fn a_model_of_another_architecture_is_refused_by_name() -> Outcome {
    let weight = 1f32.to_le_bytes();
    let tensors = vec![("encoder.0".to_string(), TensorView::new(Dtype::F32, vec![1], &weight)?)];
    let reason = refusal(tensors.clone(), Some(r#"{"format": 1, "architecture": "spacy-transformer"}"#))?;
    assert_eq!(
        reason,
        "it is of the architecture `spacy-transformer`, format 1; this program runs `spacy-cnn`, format 1"
    );
    let reason = refusal(tensors.clone(), Some(r#"{"format": 1, "architecture": "spacy-cnn"}"#))?;
    assert!(reason.contains("missing field"), "{reason}");
    let reason = refusal(tensors, None)?;
    assert_eq!(reason, "it has no `pipeline` entry: not made by tools/export_spacy.py");
    Ok(())
}

#[test]
fn a_damaged_model_is_refused_with_what_is_missing() -> Outcome {
    assert!(refusal_of(b"no model at all")?.starts_with("not a safetensors file"));
    let bytes = fs::read("models/en_core_web_md.safetensors")?;
    assert!(refusal_of(&bytes[..bytes.len() / 2])?.starts_with("not a safetensors file"));
    let (_, metadata) = SafeTensors::read_metadata(&bytes)?;
    let description = metadata.metadata().as_ref().and_then(|m| m.get("pipeline")).ok_or("no description")?;
    let file = SafeTensors::deserialize(&bytes)?;
    let without = |name: &str| file.tensors().into_iter().filter(|(n, _)| n != name).collect::<Vec<_>>();
    assert_eq!(refusal(without("parser.lower.weight"), Some(description))?, "tensor `parser.lower.weight` is missing");
    let wider = description.replace(r#""width":96"#, r#""width":97"#);
    let reason = refusal(file.tensors(), Some(&wider))?;
    assert!(reason.contains("has the shape"), "{reason}");
    let unknown = description.replace(r#""S","D""#, r#""S","Q""#);
    assert_eq!(refusal(file.tensors(), Some(&unknown))?, "parser: unknown move `Q`");
    Ok(())
}

#[test]
fn the_built_in_models_differ_from_the_pipeline_in_names_alone() -> Outcome {
    let (built_in, fast) = (Model::built_in()?, Model::fast()?);
    let content: Arc<str> = "Ana Roe, mayor of Leeds since 2019, denied it.".into();
    let whole = [Span::new(0, content.len())];
    let plain = MODEL.read(content.clone(), &whole);
    for model in [&built_in, &fast] {
        let text = model.read(content.clone(), &whole);
        assert_eq!(text.tokens(), plain.tokens());
        assert_eq!(text.sentences(), plain.sentences());
        assert_eq!(names(&text), [("Ana Roe", "PERSON"), ("Leeds", "GPE"), ("2019", "DATE")]);
    }
    assert_ne!(built_in.digest(), fast.digest());
    assert_ne!(built_in.digest(), MODEL.digest());
    assert_ne!(fast.digest(), MODEL.digest());
    Ok(())
}

fn names(text: &Text) -> Vec<(&str, &'static str)> {
    text.names().iter().map(|name| (text.span(name.tokens.clone()).of(text.content()), name.label)).collect()
}

#[test]
fn names_of_many_cultures_are_read_whole() -> Outcome {
    let model = Model::built_in()?;
    let read = |text: &str| model.read(text.into(), &[Span::new(0, text.len())]);
    let text = read(
        "Ngozi Adeyemi-Cole met Jean-Luc van der Berg and Hamad al-Tariq of the Volta Reform Party in Ouagadougou.",
    );
    assert_eq!(
        names(&text),
        [
            ("Ngozi Adeyemi-Cole", "PERSON"),
            ("Jean-Luc van der Berg", "PERSON"),
            ("Hamad al-Tariq", "PERSON"),
            ("Volta Reform Party", "ORG"),
            ("Ouagadougou", "GPE")
        ]
    );
    let text =
        read("The Coastal Fisheries Agency (CFA) moved from Bergen to Reykjavik, the agency's head Siri Dahl said.");
    assert_eq!(
        names(&text),
        [
            ("Coastal Fisheries Agency", "ORG"),
            ("CFA", "ORG"),
            ("Bergen", "GPE"),
            ("Reykjavik", "GPE"),
            ("Siri Dahl", "PERSON")
        ]
    );
    Ok(())
}

#[test]
fn what_is_found_in_a_text_depends_on_no_other_text_and_no_number_of_threads() -> Outcome {
    let model = Model::built_in()?;
    let paragraph = "Ferry crews of Northsea Lines walked out in Stavanger on Monday, union leader Siri Dahl said. \
        The company, which is owned by Brandt Holding, said talks with the union in Oslo had failed. ";
    let alone = model.read(paragraph.into(), &[Span::new(0, paragraph.len())]);
    let others: String =
        (0..40).map(|n| format!("Mayor Ann Okafor{n} of Lindow spoke to Coastwire for {n} minutes.\n")).collect();
    let content = format!("{paragraph}{others}");
    let long = Arc::<str>::from(content);
    let whole = [Span::new(0, long.len())];
    let first = model.read(long.clone(), &whole);
    let together: Vec<Text> = newsgraph::parallel::map(0..8, |_| model.read(long.clone(), &whole)).collect();
    for text in &together {
        assert_eq!(text.names(), first.names());
    }
    let own = |text: &Text| names(text).into_iter().map(|(words, label)| (words.to_owned(), label)).collect::<Vec<_>>();
    assert_eq!(own(&first)[..own(&alone).len()], own(&alone));
    Ok(())
}

/// A thread of the caller's pool must not take up one text inside another while it waits: its stack would fill.
#[test]
fn texts_are_read_on_the_threads_of_a_pool_without_filling_their_stacks() -> Outcome {
    let model = Model::built_in()?;
    let text = "Mayor Ann Okafor of Lindow spoke.";
    let read = |_| model.read(text.into(), &[Span::new(0, text.len())]).names().len();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(512 << 10).build()?;
    let found: Vec<usize> = pool.install(|| (0..1000).into_par_iter().map(read).collect());
    assert_eq!(found, vec![2; 1000]);
    Ok(())
}
