//! Countries under their other names: "America" beside "the United States", "Britain" beside "UK".

use super::context::is_place;
use super::{Links, Name};
use crate::class::Class;
use crate::document::Kind;
use crate::gazetteer::Gazetteers;

pub(super) fn link(names: &[Name], gazetteers: &Gazetteers, same: &mut Links) {
    let regions = names.iter().enumerate().filter(|(_, name)| name.kind == Kind::Region);
    let country = |name: &Name| name.spellings.iter().find_map(|spelling| country(spelling, gazetteers));
    same.link_alike(regions.filter_map(|(at, name)| Some((at, country(name)?))));
}

/// The one country that goes by a name, if nothing else of that name is as likely meant ("Georgia").
fn country(name: &str, gazetteers: &Gazetteers) -> Option<String> {
    let mut known = gazetteers.candidates(name);
    known.retain(is_place);
    let first = known.iter().max_by_key(|candidate| candidate.prior)?;
    let is_rival = |class: Class| known.iter().any(|other| other.iri != first.iri && other.class == Some(class));
    let is_clear = first.class == Some(Class::Country) && !is_rival(Class::Country) && !is_rival(Class::State);
    is_clear.then(|| first.iri.to_string())
}
