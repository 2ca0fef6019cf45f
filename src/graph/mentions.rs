//! Writes mentions in the NLP Interchange Format (NIF), which annotation tools and benchmarks read.

use super::entities::{self, Entities};
use super::{Detail, Graph, literal, provenance};
use crate::document::Document;
use crate::vocab::{itsrdf, nif};

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
}
