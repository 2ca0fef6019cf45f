//! Writes in which relations things stand: what is asserted as a plain triple with its statement, what is not as a claim.
//!
//! What held once or is to hold later has a statement with its `news:tenure` and no plain triple. A relation that holds both
//! ways is written once, from the thing whose IRI sorts first.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::attributions::Attributions;
use super::claims::{self, Claim};
use super::entities::Entities;
use super::provenance::{self, Finding};
use super::roles::{tenure_status, write_triple};
use super::{Graph, literal, times};
use crate::document::{Amount, AmountUnit, Document, Fact, Object, Tenure, TimeId};
use crate::relation::Relation;
use crate::times::value::Modifier;
use crate::vocab::{news, org, rdf, rdfs, schema};

/// Writes every fact whose subject and object are known.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document, entities: &Entities, attributions: &Attributions) {
    for fact in &document.facts {
        let subject = fact.subject.entity.and_then(|id| entities.node(id)).cloned();
        let object = object(graph, document, fact, entities);
        let (Some(subject), Some(object)) = (subject, object) else { continue };
        let (subject, object) = ordered(fact.relation, subject, object);
        let predicate = predicate(fact.relation).into_owned();
        let finding = Finding { evidence: fact.evidence, rule: &fact.rule, confidence: fact.confidence };
        let qualifiers = qualifiers(graph, document, fact);
        if fact.standing.is_asserted() {
            write_stated(graph, (&subject, &predicate, &object), fact.tenure, &qualifiers, &finding);
        } else {
            let triple = (&subject, &predicate, &object);
            let claim = Claim { triple, qualifiers: &qualifiers, standing: fact.standing, finding };
            claims::write(graph, &claim, attributions);
        }
    }
}

/// Subject and object in the order in which their relation is written.
fn ordered(relation: Relation, subject: NamedNode, object: Term) -> (NamedNode, Term) {
    match object {
        Term::NamedNode(object) if relation.is_symmetric() && object.as_str() < subject.as_str() => {
            (object, subject.into())
        }
        object => (subject, object),
    }
}

fn write_stated(
    graph: &mut Graph<'_>,
    (subject, predicate, object): (&NamedNode, &NamedNode, &Term),
    tenure: Tenure,
    qualifiers: &[(NamedNodeRef<'static>, Term)],
    finding: &Finding<'_>,
) {
    let holds = matches!(tenure, Tenure::Current | Tenure::Acting);
    let node = if holds {
        graph.add(subject, predicate.clone(), object.clone());
        graph.mint.statement((subject, predicate, object))
    } else {
        graph.mint.past_statement((subject, predicate, object), tenure)
    };
    graph.add(&node, rdf::TYPE, news::STATEMENT);
    write_triple(graph, &node, subject, predicate, object);
    for (qualifier, value) in qualifiers {
        graph.add(&node, *qualifier, value.clone());
    }
    provenance::write_finding(graph, &node, finding);
}

/// When a fact holds, and how much it is about.
fn qualifiers(graph: &mut Graph<'_>, document: &Document, fact: &Fact) -> Vec<(NamedNodeRef<'static>, Term)> {
    let mut found: Vec<(NamedNodeRef<'static>, Term)> = Vec::new();
    if !matches!(fact.tenure, Tenure::Current) {
        found.push((news::TENURE, tenure_status(fact.tenure).into()));
    }
    if let Some(stamp) = fact.time.and_then(|time| document.times.get(time)?.value).and_then(times::stamp) {
        found.push((news::WHEN, times::write_instant(graph, stamp).into()));
    }
    if let Some(amount) = &fact.amount {
        found.push((news::AMOUNT, write_amount(graph, amount).into()));
    }
    found
}

fn object(graph: &mut Graph<'_>, document: &Document, fact: &Fact, entities: &Entities) -> Option<Term> {
    Some(match &fact.object {
        Object::Thing(argument) => entities.node(argument.entity?)?.clone().into(),
        Object::Time(time) => literal::stamp(times::stamp(time_value(document, *time)?)?).into(),
        Object::Amount(amount) => write_amount(graph, amount).into(),
        Object::Words(span) => graph.words.prose(graph.words.of(*span)).into(),
    })
}

fn time_value(document: &Document, time: TimeId) -> Option<crate::times::value::TimeValue> {
    document.times.get(time)?.value
}

/// An amount with its number, its unit and the words for it.
fn write_amount(graph: &mut Graph<'_>, amount: &Amount) -> NamedNode {
    let words = literal::one_line(graph.words.of(amount.span));
    let value = amount.value.to_string();
    let (class, unit) = match amount.unit {
        AmountUnit::Money(code) => (schema::MONETARY_AMOUNT, String::from_utf8_lossy(&code).into_owned()),
        AmountUnit::Percent => (schema::QUANTITATIVE_VALUE, "P1".to_owned()),
        AmountUnit::Years => (schema::QUANTITATIVE_VALUE, "ANN".to_owned()),
        AmountUnit::Count => (schema::QUANTITATIVE_VALUE, String::new()),
    };
    let bound = amount.modifier.and_then(bound);
    let node = graph.mint.amount(&value, &unit, &words, bound);
    graph.add(&node, rdf::TYPE, class);
    if let Some(bound) = bound {
        graph.add(&node, news::BOUND, bound);
    }
    graph.add(&node, schema::VALUE, literal::decimal(&value));
    graph.add(&node, rdfs::LABEL, graph.words.prose(&words));
    match amount.unit {
        AmountUnit::Money(_) => graph.add(&node, schema::CURRENCY, literal::plain(&unit)),
        AmountUnit::Percent | AmountUnit::Years => graph.add(&node, schema::UNIT_CODE, literal::plain(&unit)),
        AmountUnit::Count => {}
    }
    node
}

/// How the words leave an amount open.
fn bound(modifier: Modifier) -> Option<NamedNodeRef<'static>> {
    match modifier {
        Modifier::More => Some(news::MORE_THAN),
        Modifier::Less => Some(news::LESS_THAN),
        Modifier::About => Some(news::ROUGHLY),
        Modifier::Start | Modifier::Middle | Modifier::End => None,
    }
}

/// The property of a relation.
pub(super) fn predicate(relation: Relation) -> NamedNodeRef<'static> {
    match relation {
        Relation::WorksFor => schema::WORKS_FOR,
        Relation::MemberOf => org::MEMBER_OF,
        Relation::Party => news::PARTY,
        Relation::HeadOf => org::HEAD_OF,
        Relation::ChiefExecutive => news::CHIEF_EXECUTIVE,
        Relation::Founder => schema::FOUNDER,
        Relation::FoundingDate => schema::FOUNDING_DATE,
        Relation::FoundingLocation => schema::FOUNDING_LOCATION,
        Relation::Owner => schema::OWNS,
        Relation::Subsidiary => org::SUB_ORGANIZATION_OF,
        Relation::Acquired => news::ACQUIRED,
        Relation::Headquarters => news::HEADQUARTERS,
        Relation::Location => schema::LOCATION,
        Relation::ContainedIn => schema::CONTAINED_IN_PLACE,
        Relation::BirthDate => schema::BIRTH_DATE,
        Relation::BirthPlace => schema::BIRTH_PLACE,
        Relation::DeathDate => schema::DEATH_DATE,
        Relation::DeathPlace => schema::DEATH_PLACE,
        Relation::DeathCause => news::CAUSE_OF_DEATH,
        Relation::Age => news::AGE,
        Relation::Residence => schema::HOME_LOCATION,
        Relation::Nationality => schema::NATIONALITY,
        Relation::Origin => news::ORIGIN,
        Relation::Education => schema::ALUMNI_OF,
        Relation::Spouse => schema::SPOUSE,
        Relation::Parent => schema::PARENT,
        Relation::Sibling => schema::SIBLING,
        Relation::Relative => schema::RELATED_TO,
        Relation::Award => schema::AWARD,
        Relation::Author => schema::AUTHOR,
        Relation::Director => schema::DIRECTOR,
        Relation::Maker => schema::MANUFACTURER,
        Relation::Represents => news::REPRESENTS,
        Relation::SpeaksFor => news::SPEAKS_FOR,
        Relation::Allied => news::ALLIED_WITH,
        Relation::Opposed => news::OPPOSES,
        Relation::Candidate => news::CANDIDATE_FOR,
        Relation::Succeeds => news::SUCCEEDS,
        Relation::Price => news::PRICE,
        Relation::Revenue => news::REVENUE,
        Relation::Profit => news::PROFIT,
        Relation::Loss => news::LOSS,
        Relation::Employees => schema::NUMBER_OF_EMPLOYEES,
        Relation::Population => news::POPULATION,
        Relation::DeathToll => news::DEATH_TOLL,
        Relation::VoteShare => news::VOTE_SHARE,
    }
}
