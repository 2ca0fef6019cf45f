//! Writes mentions in the NLP Interchange Format (NIF), which annotation tools and benchmarks read.

use super::entities::{self, Entities};
use super::{Detail, Graph, literal, provenance};
use crate::document::{Document, Form};
use crate::vocab::{itsrdf, news, nif};

/// Writes the text as a context, and each mention as a phrase of it, unless only facts are asked for.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities) {
    let full = graph.options.detail == Detail::Full;
    if full || graph.options.with_text {
        provenance::write_context(graph);
    }
    if !full {
        return;
    }
    for mention in &document.mentions {
        let Some((node, entity)) = entities.node(mention.entity).zip(document.entities.get(mention.entity)) else {
            continue;
        };
        let phrase = provenance::write_span(graph, mention.span, nif::PHRASE.into_owned());
        graph.add(&phrase, itsrdf::TA_IDENT_REF, node.clone());
        graph.add(&phrase, itsrdf::TA_CLASS_REF, entities::class(entity.kind));
        if let Some(confidence) = literal::confidence_double(mention.confidence) {
            graph.add(&phrase, itsrdf::TA_CONFIDENCE, confidence);
        }
    }
    write_references(graph, document, entities);
}

/// Writes the noun phrases and pronouns that surely speak of an entity. They are no annotations of names.
fn write_references(graph: &mut Graph<'_>, document: &Document, entities: &Entities) {
    for chain in &document.chains {
        let Some(node) = chain.entity.and_then(|entity| entities.node(entity)) else { continue };
        for reference in chain.references.iter().filter(|reference| reference.is_sure) {
            let form = match reference.form {
                Form::Name => continue,
                Form::Nominal => news::NOMINAL_MENTION,
                Form::Pronoun => news::PRONOUN_MENTION,
            };
            let phrase = provenance::write_span(graph, reference.span, nif::PHRASE.into_owned());
            graph.add(&phrase, news::REFERS_TO, node.clone());
            graph.add(&phrase, news::MENTION_FORM, form);
            if let Some(confidence) = literal::confidence(reference.confidence) {
                graph.add(&phrase, news::CONFIDENCE, confidence);
            }
        }
    }
}
