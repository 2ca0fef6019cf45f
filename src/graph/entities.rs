//! Writes entities: their types, their names and the known things that they are.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::{Graph, literal};
use crate::class::Class;
use crate::document::{Document, EntityId, Kind, Link};
use crate::vocab::{news, owl, rdf, schema, skos};

/// The nodes of a document's entities.
pub(super) struct Entities(Vec<NamedNode>);

impl Entities {
    /// The node of an entity. Entities whose names are one name spelled twice share a node.
    pub(super) fn node(&self, entity: EntityId) -> Option<&NamedNode> {
        self.0.get(entity)
    }

    /// The nodes of all, in the order of the document.
    pub(super) fn nodes(&self) -> &[NamedNode] {
        &self.0
    }
}

/// The class of a kind.
pub(super) fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Person => schema::PERSON,
        Kind::Organization => schema::ORGANIZATION,
        Kind::Region => schema::ADMINISTRATIVE_AREA,
        Kind::Place => schema::PLACE,
        Kind::Facility => news::FACILITY,
        Kind::Group => news::GROUP,
        Kind::Event => schema::EVENT,
        Kind::Work => schema::CREATIVE_WORK,
        Kind::Product => schema::PRODUCT,
        Kind::Law => schema::LEGISLATION,
        Kind::Language => schema::LANGUAGE,
    }
}

/// The class in RDF.
fn fine_class(class: Class) -> NamedNodeRef<'static> {
    match class {
        Class::GovernmentOrganization => schema::GOVERNMENT_ORGANIZATION,
        Class::InternationalOrganization => news::INTERNATIONAL_ORGANIZATION,
        Class::NewsMediaOrganization => schema::NEWS_MEDIA_ORGANIZATION,
        Class::Corporation => schema::CORPORATION,
        Class::SportsTeam => schema::SPORTS_TEAM,
        Class::SportsOrganization => schema::SPORTS_ORGANIZATION,
        Class::EducationalOrganization => schema::EDUCATIONAL_ORGANIZATION,
        Class::ResearchOrganization => schema::RESEARCH_ORGANIZATION,
        Class::MedicalOrganization => schema::MEDICAL_ORGANIZATION,
        Class::PoliticalParty => news::POLITICAL_PARTY,
        Class::NGO => schema::NGO,
        Class::WorkersUnion => schema::WORKERS_UNION,
        Class::ArmedGroup => news::ARMED_GROUP,
        Class::PerformingGroup => schema::PERFORMING_GROUP,
        Class::Country => schema::COUNTRY,
        Class::State => schema::STATE,
        Class::City => schema::CITY,
        Class::Continent => schema::CONTINENT,
        Class::BodyOfWater => schema::BODY_OF_WATER,
        Class::Mountain => schema::MOUNTAIN,
        Class::Landform => schema::LANDFORM,
        Class::Airport => schema::AIRPORT,
        Class::Hospital => schema::HOSPITAL,
        Class::StadiumOrArena => schema::STADIUM_OR_ARENA,
        Class::Bridge => schema::BRIDGE,
        Class::Nationality => news::NATIONALITY,
        Class::ReligiousGroup => news::RELIGIOUS_GROUP,
        Class::PoliticalGroup => news::POLITICAL_GROUP,
        Class::SportsEvent => schema::SPORTS_EVENT,
        Class::Election => news::ELECTION,
        Class::Conflict => news::CONFLICT,
        Class::Disaster => news::DISASTER,
        Class::Book => schema::BOOK,
        Class::Movie => schema::MOVIE,
        Class::TVSeries => schema::TV_SERIES,
        Class::Report => schema::REPORT,
        Class::SoftwareApplication => schema::SOFTWARE_APPLICATION,
        Class::Vehicle => schema::VEHICLE,
        Class::Drug => schema::DRUG,
    }
}

/// Writes every entity: its types, its label, its other names, and the known thing that it is.
pub(super) fn write(graph: &mut Graph<'_>, document: &Document) -> Entities {
    let mut nodes = Vec::new();
    for entity in &document.entities {
        let name = literal::one_line(&entity.name);
        let node = graph.mint.entity(entity.kind, &name);
        graph.add(&node, rdf::TYPE, class(entity.kind));
        if let Some(class) = entity.class {
            graph.add(&node, rdf::TYPE, fine_class(class));
        }
        graph.name(&node, literal::plain(&name));
        for other in &entity.other_names {
            graph.name(&node, literal::plain(&literal::one_line(other)));
        }
        if let Some(link) = &entity.link {
            write_link(graph, &node, link);
        }
        nodes.push(node);
    }
    Entities(nodes)
}

/// A sure link says that two names are of one thing, which every reasoner then merges; another only points there.
fn write_link(graph: &mut Graph<'_>, node: &NamedNode, link: &Link) {
    let predicate = if link.confidence >= Link::SAME_AS { owl::SAME_AS } else { skos::CLOSE_MATCH };
    // A gazetteer of the user's may hold anything.
    if let Ok(known) = NamedNode::new(&link.iri) {
        graph.add(node, predicate, known);
    }
}
