//! Links in NIF, the RDF in which GERBIL's data sets are published and in which newsgraph writes mentions.

use std::collections::BTreeMap;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};

use super::builder::Builder;
use super::{Options, malformed};
use crate::article::BlockKind;
use crate::error::Result;
use crate::score::sample::{Annotations, Linked, Named, Sample};
use crate::span::Span;

const NIF: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
const ITSRDF: &str = "http://www.w3.org/2005/11/its/rdf#";
const SAME_AS: &str = "http://www.w3.org/2002/07/owl#sameAs";

/// What is said of each subject: predicate and object, in the order of the file.
type Statements = BTreeMap<String, Vec<(String, Term)>>;

/// Reads a Turtle or N-Triples file: each `nif:Context` with `nif:isString` is a text, each phrase of it with a
/// `itsrdf:taIdentRef` a link. A link to a thing of no known knowledge base is NIL, unless that thing has an `owl:sameAs` in one.
pub(super) fn read(path: &Path, content: &str, options: &Options) -> Result<Vec<Sample>> {
    let is_triples = path.extension().is_some_and(|extension| extension == "nt");
    let format = if is_triples { RdfFormat::NTriples } else { RdfFormat::Turtle };
    let mut statements = Statements::new();
    for quad in RdfParser::from_format(format).for_slice(content.as_bytes()) {
        let Quad { subject, predicate, object, .. } = quad.map_err(|error| {
            let line = error.location().map(|location| location.start.line as usize + 1);
            malformed(path, line, error.to_string())
        })?;
        statements.entry(name(&subject.into())).or_default().push((predicate.into_string(), object));
    }
    let mut texts = BTreeMap::new();
    for (subject, about) in &statements {
        if let Some(Term::Literal(text)) = object(about, NIF, "isString") {
            texts.insert(subject.clone(), (text.value().to_owned(), Vec::new()));
        }
    }
    for (subject, about) in &statements {
        let Some(context) = object(about, NIF, "referenceContext") else { continue };
        let Some((text, found)) = texts.get_mut(&name(context)) else { continue };
        if let Some(link) = link(about, text, &statements, options) {
            found.push(link.map_err(|reason| malformed(path, None, format!("{subject}: {reason}")))?);
        }
    }
    Ok(texts.into_iter().map(|(id, (text, links))| sample(path, id, &text, links)).collect())
}

fn sample(path: &Path, id: String, text: &str, mut links: Vec<(Linked, Option<String>)>) -> Sample {
    links.sort_by_key(|(link, _)| link.span);
    let mut names: Vec<Named> = Vec::new();
    for (link, class) in &links {
        names.extend(class.clone().map(|label| Named { span: link.span, label }));
    }
    let mut builder = Builder::default();
    for paragraph in text.split("\n\n") {
        builder.block(BlockKind::Paragraph, paragraph, &[]);
    }
    let gold = Annotations {
        links: Some(links.into_iter().map(|(link, _)| link).collect()),
        names: (!names.is_empty()).then_some(names),
        ..Annotations::default()
    };
    builder.finish(id, path, 1, gold)
}

/// A phrase with its targets and its class; none when it links to nothing at all.
fn link(
    about: &[(String, Term)],
    text: &str,
    statements: &Statements,
    options: &Options,
) -> Option<Result<(Linked, Option<String>), String>> {
    let refs: Vec<String> = objects(about, ITSRDF, "taIdentRef").map(name).collect();
    if refs.is_empty() {
        return None;
    }
    let span = match span(about, text) {
        Ok(span) => span,
        Err(reason) => return Some(Err(reason)),
    };
    let mut targets: Vec<String> = refs.iter().filter_map(|iri| options.identities.of_iri(iri)).collect();
    for same in refs.iter().filter_map(|iri| statements.get(iri)) {
        let same = same.iter().filter(|(predicate, _)| predicate == SAME_AS);
        targets.extend(same.filter_map(|(_, iri)| options.identities.of_iri(&name(iri))));
    }
    targets.sort();
    targets.dedup();
    let class = object(about, ITSRDF, "taClassRef").map(name);
    let class = class.map(|class| class.rsplit(['#', '/']).next().unwrap_or_default().to_owned());
    Some(Ok((Linked { span, heads: vec![span], targets }, class)))
}

fn span(about: &[(String, Term)], text: &str) -> Result<Span, String> {
    let number = |property: &str| match object(about, NIF, property) {
        Some(Term::Literal(number)) => {
            number.value().parse::<usize>().map_err(|_| format!("nif:{property} is no number"))
        }
        _ => Err(format!("has no nif:{property}")),
    };
    let byte = |points: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(points);
    match (byte(number("beginIndex")?), byte(number("endIndex")?)) {
        (Some(start), Some(end)) if start <= end => Ok(Span::new(start, end)),
        _ => Err("lies outside of its text".to_owned()),
    }
}

fn objects<'a>(about: &'a [(String, Term)], base: &str, property: &str) -> impl Iterator<Item = &'a Term> {
    let iri = format!("{base}{property}");
    about.iter().filter(move |(predicate, _)| *predicate == iri).map(|(_, object)| object)
}

fn object<'a>(about: &'a [(String, Term)], base: &str, property: &str) -> Option<&'a Term> {
    objects(about, base, property).next()
}

fn name(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
<http://x/1#char=0,20> a nif:Context ; nif:isString "Zoë Okafor in Paris." .
<http://x/1#char=0,10> nif:beginIndex "0" ; nif:endIndex "10" ; nif:referenceContext <http://x/1#char=0,20> ;
    itsrdf:taIdentRef <http://aksw.org/notInWiki/Zoe> .
<http://x/1#char=14,19> nif:beginIndex "14" ; nif:endIndex "19" ; nif:referenceContext <http://x/1#char=0,20> ;
    itsrdf:taIdentRef <http://dbpedia.org/resource/Paris> , <http://newsgraph.example/region/paris> .
<http://newsgraph.example/region/paris> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q90> .
"#;

    #[test]
    fn links_have_all_their_targets_or_none() {
        let samples = read(Path::new("a.ttl"), SAMPLE, &Options::default()).unwrap();
        let links = samples[0].gold.links.iter().flatten();
        let links: Vec<_> = links.map(|link| (link.span.of(samples[0].text()), link.targets.join(" "))).collect();
        assert_eq!(links, [("Zoë Okafor", String::new()), ("Paris", "Paris Q90".to_owned())]);
    }

    #[test]
    fn a_text_that_begins_with_empty_lines_keeps_its_offsets() {
        let sample = SAMPLE.replace("\"Zoë Okafor in Paris.\"", "\"\\n\\n\\n\\nZoë in Paris, on.\"");
        let samples = read(Path::new("a.ttl"), &sample, &Options::default()).unwrap();
        assert_eq!(samples[0].text(), "\n\n\n\nZoë in Paris, on.");
        assert_eq!(samples[0].gold.links.as_ref().unwrap()[1].span.of(samples[0].text()), "is, o");
    }

    #[test]
    fn a_bad_file_is_named() {
        let fails = |content: &str| read(Path::new("a.ttl"), content, &Options::default()).unwrap_err().to_string();
        assert!(fails("<a> <b>").starts_with("a.ttl:1: "));
        assert!(fails(&SAMPLE.replace("\"19\"", "\"99\"")).contains("lies outside of its text"));
    }
}
