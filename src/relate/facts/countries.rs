//! Nationalities: of a demonym ("Norwegian") the country.

use crate::detect::key::key;
use crate::document::{Entity, Fact, Kind, Object};
use crate::relation::Relation;
use crate::resources::demonyms::Demonyms;

/// Gives facts of nationality the country in place of its people, and finds the countries that the text names by a demonym only; they
/// follow the entities given. Of a people without a country of its own ("Kurdish") there is no such fact.
pub(super) fn settle(facts: &mut Vec<Fact>, entities: &[Entity], demonyms: &Demonyms) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    facts.retain_mut(|fact| {
        let Object::Thing(argument) = &mut fact.object else { return true };
        let people = argument.entity.and_then(|entity| entities.get(entity));
        let is_people = |entity: &&Entity| matches!(entity.kind, Kind::Group | Kind::Language);
        let Some(people) = people.filter(is_people).filter(|_| fact.relation == Relation::Nationality) else {
            return true;
        };
        let mut names = std::iter::once(&people.name).chain(&people.other_names);
        let country = names.find_map(|name| demonyms.country(name));
        argument.entity = country.map(|country| number(country, entities, &mut found));
        country.is_some()
    });
    found
}

fn number(country: &str, entities: &[Entity], found: &mut Vec<Entity>) -> usize {
    let is_it = |entity: &Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.other_names);
        entity.kind == Kind::Region && names.any(|name| key(name) == key(country))
    };
    if let Some(known) = entities.iter().position(is_it) {
        return known;
    }
    let new = found.iter().position(|entity| entity.name == country).unwrap_or_else(|| {
        found.push(Entity::new(Kind::Region, country));
        found.len() - 1
    });
    entities.len() + new
}
