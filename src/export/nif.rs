//! The texts and the names in them alone, in NIF, as benchmark tools such as GERBIL read them.

use oxigraph::model::{NamedNodeRef, Quad, Term};

use super::view::View;
use crate::base::ArticleGraph;
use crate::vocab::{itsrdf, nif, owl, rdf};

/// What of a context and of a phrase is written.
const SAID: [NamedNodeRef<'static>; 7] = [
    rdf::TYPE,
    nif::BEGIN_INDEX,
    nif::END_INDEX,
    nif::ANCHOR_OF,
    nif::IS_STRING,
    nif::REFERENCE_CONTEXT,
    nif::SOURCE_URL,
];

/// The text of an article and its names, each with the thing that it means: the known thing (Wikidata's) where that is
/// sure, else the base's own. None where the graph does not hold the text.
#[must_use]
pub fn annotations(graph: ArticleGraph) -> Option<Vec<Quad>> {
    let article = graph.article.clone();
    let view = View::new(graph);
    let context = view.instances(nif::CONTEXT).find(|node| !view.objects(node, nif::IS_STRING).is_empty())?.to_owned();
    let phrases = view.instances(nif::PHRASE).filter(|phrase| !view.objects(phrase, itsrdf::TA_IDENT_REF).is_empty());
    let phrases: Vec<&str> = phrases.collect();
    let mut quads = Vec::new();
    for node in std::iter::once(context.as_str()).chain(phrases.iter().copied()) {
        let mut add = |predicate: NamedNodeRef<'_>, object: Term| {
            let subject = oxigraph::model::NamedNode::new_unchecked(node);
            quads.push(Quad::new(subject, predicate, object, article.clone()));
        };
        for predicate in SAID {
            view.objects(node, predicate).iter().for_each(|object| add(predicate, object.clone()));
        }
        for entity in view.objects(node, itsrdf::TA_IDENT_REF) {
            let Term::NamedNode(own) = entity else { continue };
            let known = view.objects(own.as_str(), owl::SAME_AS).first();
            add(itsrdf::TA_IDENT_REF, known.unwrap_or(entity).clone());
        }
    }
    Some(quads)
}
