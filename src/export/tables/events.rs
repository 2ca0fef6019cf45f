//! The table of events.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use super::{Column, EVIDENCE, Place, Row, Table, View, in_reading_order};
use crate::export::view::{local, text};
use crate::vocab::{news, rdf, rdfs, sem};

pub(super) const TABLE: Table = Table {
    name: "events",
    about: "One row for each event that an article tells, as a fact or only as reported.",
    columns: &[
        Column::text("label", "who does what to whom"),
        Column::text(
            "status",
            "`stated` as a fact, `upcoming` stated of the future, or `reported`: then `claims` says by whom",
        ),
        Column::text("class", "what sort of event it is"),
        Column::text("lemma", "the verb or noun that tells it, in its basic form"),
        Column::text("agents", "the names of those who do it"),
        Column::text("patients", "the names of those to whom it is done"),
        Column::text("recipients", "the names of those who get something"),
        Column::text("instruments", "the names of what it is done with"),
        Column::text("places", "the names of where"),
        Column::text("participants", "the names of who else takes part"),
        Column::text("dates", "when, as precisely as the article says"),
        Column::number(
            "confidence",
            "how sure it is that the article tells it, from 0 to 1; of a reported one see its claims",
        ),
        Column::text("event", "the IRI of the event"),
        EVIDENCE[0],
        EVIDENCE[1],
        EVIDENCE[2],
    ],
    has_article: true,
    rows,
};

/// Agents, patients, recipients, instruments, places and participants of an event that is stated or reported.
const ROLES: [[NamedNodeRef<'static>; 2]; 6] = [
    [news::AGENT, news::REPORTED_AGENT],
    [news::PATIENT, news::REPORTED_PATIENT],
    [news::RECIPIENT, news::REPORTED_RECIPIENT],
    [news::INSTRUMENT, news::REPORTED_INSTRUMENT],
    [sem::HAS_PLACE, news::REPORTED_PLACE],
    [news::PARTICIPANT, news::REPORTED_PARTICIPANT],
];

fn rows(view: &View) -> Vec<Row> {
    let told = places_of_claims(view);
    let reported = view.instances(news::REPORTED_EVENT);
    let reported = reported.map(|node| (told.get(node).cloned().unwrap_or_default(), node));
    let events = view.located(sem::EVENT).into_iter().chain(reported).collect();
    in_reading_order(events, |node, evidence| {
        let is_stated = view.is_a(node, sem::EVENT);
        let status = match (is_stated, view.is_a(node, news::UPCOMING_EVENT)) {
            (false, _) => "reported",
            (true, true) => "upcoming",
            (true, false) => "stated",
        };
        let time = if is_stated { sem::HAS_TIME_STAMP } else { news::REPORTED_TIME };
        let mut row =
            vec![view.text(node, rdfs::LABEL), status.to_owned(), class(view, node), view.text(node, news::LEMMA)];
        row.extend(ROLES.map(|[stated, reported]| view.labels(node, if is_stated { stated } else { reported })));
        row.extend([view.texts(node, time), view.text(node, news::CONFIDENCE), node.to_owned()]);
        row.extend(evidence);
        row
    })
}

/// Where claims say something of an event, which has no evidence of its own where it is only reported.
fn places_of_claims(view: &View) -> BTreeMap<String, Vec<Place>> {
    let mut told: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (places, claim) in view.located(news::CLAIM) {
        told.entry(view.text(claim, rdf::SUBJECT)).or_default().extend(places);
    }
    for places in told.values_mut() {
        places.sort();
        places.dedup();
    }
    told
}

/// The class of an event's words: of a stated one the type that every event has not.
fn class(view: &View, node: &str) -> String {
    let types = view.objects(node, rdf::TYPE).iter().chain(view.objects(node, news::REPORTED_CLASS)).map(text);
    let general = [sem::EVENT, news::REPORTED_EVENT, news::UPCOMING_EVENT];
    types
        .filter(|class| general.iter().all(|other| other.as_str() != *class))
        .map(local)
        .next()
        .unwrap_or("")
        .to_owned()
}
