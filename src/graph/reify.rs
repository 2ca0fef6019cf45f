//! Two ways of naming the triple that a statement is about: RDF 1.1 gives its three parts, RDF 1.2 the triple itself.
//!
//! `rdf:subject`, `rdf:predicate` and `rdf:object` of a node become one `rdf:reifies <<( s p o )>>` and back, and nothing else
//! changes.

use oxigraph::model::vocab::rdf::REIFIES;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};

use crate::vocab::rdf;

/// The parts of a triple, in the order in which sorted quads have them.
const PARTS: [NamedNodeRef<'static>; 3] = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT];

/// Turns the parts of a statement's triple, which come one after the other in sorted quads, into the triple.
#[derive(Default)]
pub(crate) struct Reifier {
    /// The parts of one node that came so far.
    parts: Vec<Quad>,
}

impl Reifier {
    /// What to write now that `quad` has come. A node without all three parts, or with one of them twice, keeps what it has.
    pub(crate) fn next(&mut self, quad: Quad) -> Vec<Quad> {
        let follows = |last: &Quad| last.subject == quad.subject && last.graph_name == quad.graph_name;
        let is_part = PARTS.contains(&quad.predicate.as_ref());
        let mut out = Vec::new();
        if !is_part || !self.parts.last().is_none_or(follows) {
            out = self.flush();
        }
        if is_part {
            self.parts.push(quad);
        } else {
            out.push(quad);
        }
        out
    }

    /// What is left to write.
    pub(crate) fn flush(&mut self) -> Vec<Quad> {
        let parts = std::mem::take(&mut self.parts);
        let is_whole = parts.iter().map(|quad| quad.predicate.as_ref()).eq(PARTS);
        let triple = match &parts[..] {
            [s, p, o] if is_whole => triple(s, p, o),
            _ => None,
        };
        match (triple, parts.first()) {
            (Some(triple), Some(first)) => {
                vec![Quad::new(first.subject.clone(), REIFIES, triple, first.graph_name.clone())]
            }
            _ => parts,
        }
    }
}

/// The triples of one graph, which may come in any order, as RDF 1.2 says them.
pub(crate) fn reified(triples: impl Iterator<Item = Triple>) -> Vec<Triple> {
    let place = |triple: &Triple| PARTS.iter().position(|part| *part == triple.predicate);
    let (mut parts, mut out): (Vec<Triple>, Vec<Triple>) = triples.partition(|triple| place(triple).is_some());
    parts.sort_by_cached_key(|triple| (triple.subject.to_string(), place(triple)));
    let mut reifier = Reifier::default();
    let quads = parts.into_iter().map(|part| part.in_graph(GraphName::DefaultGraph));
    out.extend(quads.flat_map(|part| reifier.next(part)).map(Triple::from));
    out.extend(reifier.flush().into_iter().map(Triple::from));
    out
}

fn triple(subject: &Quad, predicate: &Quad, object: &Quad) -> Option<Triple> {
    let subject: NamedOrBlankNode = match &subject.object {
        Term::NamedNode(node) => node.clone().into(),
        Term::BlankNode(node) => node.clone().into(),
        _ => return None,
    };
    let Term::NamedNode(predicate) = &predicate.object else { return None };
    Some(Triple::new(subject, predicate.clone(), object.object.clone()))
}

/// A quad as RDF 1.1 says it: `rdf:reifies` as the three parts of the triple, all else as it is.
pub fn in_parts(quad: Quad) -> Vec<Quad> {
    let Term::Triple(triple) = quad.object else { return vec![quad] };
    if quad.predicate != REIFIES {
        return vec![Quad { object: Term::Triple(triple), ..quad }];
    }
    let Triple { subject, predicate, object } = *triple;
    let parts: [(NamedNode, Term); 3] = [
        (rdf::SUBJECT.into_owned(), subject.into()),
        (rdf::PREDICATE.into_owned(), predicate.into()),
        (rdf::OBJECT.into_owned(), object),
    ];
    parts.map(|(part, value)| Quad::new(quad.subject.clone(), part, value, quad.graph_name.clone())).into()
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};

    use super::*;

    fn written(turtle: &str) -> String {
        let text = format!("PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> {turtle}");
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).map(Result::unwrap);
        let mut reifier = Reifier::default();
        let mut out: Vec<Quad> = quads.flat_map(|quad| reifier.next(quad)).collect();
        out.extend(reifier.flush());
        let short = |quad: Quad| quad.to_string().replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "");
        out.into_iter().map(short).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_triple_in_parts_becomes_a_triple_term_and_half_a_triple_stays() {
        for (turtle, expected) in [
            (
                "<u:a> a <u:S> ; rdf:subject <u:s> ; rdf:predicate <u:p> ; rdf:object 'o' ; <u:x> 1 .",
                "<u:a> <type> <u:S>\n<u:a> <reifies> <<( <u:s> <u:p> \"o\" )>>\n<u:a> <u:x> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
            ),
            (
                "<u:a> rdf:subject <u:s> ; rdf:predicate <u:p> ; rdf:object 'o' . <u:b> rdf:subject <u:s> ; rdf:predicate <u:p> ; rdf:object 'q' .",
                "<u:a> <reifies> <<( <u:s> <u:p> \"o\" )>>\n<u:b> <reifies> <<( <u:s> <u:p> \"q\" )>>",
            ),
            ("<u:a> rdf:subject <u:s> . <u:b> rdf:predicate <u:p> .", "<u:a> <subject> <u:s>\n<u:b> <predicate> <u:p>"),
            (
                "<u:a> rdf:subject <u:s>, <u:t> ; rdf:predicate <u:p> ; rdf:object 'o' .",
                "<u:a> <subject> <u:s>\n<u:a> <subject> <u:t>\n<u:a> <predicate> <u:p>\n<u:a> <object> \"o\"",
            ),
            (
                "<u:a> rdf:subject <u:s> ; rdf:predicate <u:p> ; rdf:object 'o', 'q' .",
                "<u:a> <subject> <u:s>\n<u:a> <predicate> <u:p>\n<u:a> <object> \"o\"\n<u:a> <object> \"q\"",
            ),
        ] {
            assert_eq!(written(turtle), expected, "{turtle}");
        }
    }

    #[test]
    fn the_order_of_a_graph_does_not_matter() {
        let text = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            <u:b> rdf:object 'q' . <u:a> rdf:object <u:o> ; rdf:predicate <u:p> . <u:b> rdf:predicate <u:p> ; <u:x> <u:y> .
            <u:a> rdf:subject <u:s> . <u:b> rdf:subject <u:s> .";
        let triples = RdfParser::from_format(RdfFormat::Turtle).for_slice(text).map(|quad| Triple::from(quad.unwrap()));
        assert_eq!(
            reified(triples).iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "<u:b> <u:x> <u:y>",
                "<u:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <u:s> <u:p> <u:o> )>>",
                "<u:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <u:s> <u:p> \"q\" )>>",
            ]
        );
    }
}
