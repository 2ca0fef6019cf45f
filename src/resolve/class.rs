//! Tells what sort of thing an entity is more closely: by the words of its names, by what they stand for, by a noun beside
//! them.

use super::context::Context;
use crate::class::Class;
use crate::document::{Entity, EntityId, Kind};
use crate::resources::Resources;

/// The class of an entity that no gazetteer tells; none where nothing tells it.
pub(super) fn class(id: EntityId, entity: &Entity, context: &Context<'_>, resources: &Resources) -> Option<Class> {
    by_names(entity, resources).or_else(|| by_noun(id, entity, context, resources))
}

/// The class that an entity's own names tell.
pub(crate) fn by_names(entity: &Entity, resources: &Resources) -> Option<Class> {
    let names = || std::iter::once(&entity.name).chain(&entity.other_names);
    match entity.kind {
        Kind::Group if names().any(|name| resources.demonyms.country(name).is_some()) => Some(Class::Nationality),
        Kind::Region if names().any(|name| resources.demonyms.is_country(name)) => Some(Class::Country),
        kind => names().find_map(|name| resources.classes.of_name(kind, name)),
    }
}

/// By the nouns beside its names, of which most must agree.
fn by_noun(id: EntityId, entity: &Entity, context: &Context<'_>, resources: &Resources) -> Option<Class> {
    let nouns = context.beside(id);
    let told: Vec<Class> = nouns.iter().filter_map(|noun| resources.classes.of_noun(entity.kind, noun)).collect();
    let times = |class: Class| told.iter().filter(|&&other| other == class).count();
    told.iter().copied().find(|&class| 2 * times(class) > told.len())
}
