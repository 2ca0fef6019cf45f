//! Writes dates, and the words of the article that name one.

use oxigraph::model::NamedNode;

use super::{Detail, Graph, literal, provenance};
use crate::date::Stamp;
use crate::document::{Document, TimeMention};
use crate::times::value::{Period, TimeValue};
use crate::vocab::{news, nif, rdf, time};

/// Writes each time expression whose value is known as a phrase of the text, unless only facts are asked for.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document) {
    if graph.options.detail == Detail::Facts {
        return;
    }
    for TimeMention { span, value, .. } in &document.times {
        let Some(value) = *value else { continue };
        let phrase = provenance::write_span(graph, *span, nif::PHRASE.into_owned());
        graph.add(&phrase, rdf::TYPE, news::TIME_EXPRESSION);
        graph.add(&phrase, news::TIME_VALUE, literal::plain(&value.to_string()));
        if let Some(stamp) = stamp(value) {
            let instant = write_instant(graph, stamp);
            graph.add(&phrase, news::NAMES_TIME, instant);
        }
    }
}

/// The node of a date at its precision.
pub(super) fn write_instant(graph: &mut Graph<'_>, date: Stamp) -> NamedNode {
    let date = date.day().map_or(date, Stamp::Day);
    let instant = graph.mint.instant(date);
    let position = match date {
        Stamp::Year(_) => time::IN_XSD_G_YEAR,
        Stamp::Month(..) => time::IN_XSD_G_YEAR_MONTH,
        Stamp::Day(_) | Stamp::Time(..) => time::IN_XSD_DATE,
    };
    graph.add(&instant, rdf::TYPE, time::INSTANT);
    graph.add(&instant, position, literal::stamp(date));
    instant
}

/// The day, month or year that a value is; other stretches have no date of their own.
pub(super) fn stamp(value: TimeValue) -> Option<Stamp> {
    match value {
        TimeValue::Period(Period::Day(day) | Period::Part(day, _)) => Some(Stamp::Day(day)),
        TimeValue::Period(Period::Moment(time, _)) => Some(Stamp::Day(time.date())),
        TimeValue::Period(Period::Month(year, month)) => Some(Stamp::Month(year, month)),
        TimeValue::Period(Period::Year(year)) => Some(Stamp::Year(year)),
        _ => None,
    }
}
