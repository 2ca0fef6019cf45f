//! Bodies and teams without what tells them from others of their sort: "the Senate" beside "the U.S. Senate", "the General Assembly"
//! beside "the General Assembly of the United Nations", "the Red Sox" beside "the Boston Red Sox".

use std::collections::BTreeSet;

use super::context::is_place;
use super::{Links, Name};
use crate::class::Class;
use crate::detect::headline;
use crate::detect::key::{is_capitals, key};
use crate::document::Kind;
use crate::gazetteer::Gazetteers;
use crate::resources::Resources;
use crate::text::Text;

/// The prior from which on a place is known for more than its name: a city of thirty thousand.
const WELL_KNOWN: u8 = 150;

/// Links a short name with the one organisation that has it whole before "of" or after the name of a place, where that was named
/// before. With the Senate of another state beside it, nothing is linked.
pub(super) fn link(text: &Text, names: &[Name], resources: &Resources, gazetteers: &Gazetteers, same: &mut Links) {
    let body = headline::end(text.content());
    let places = Places::new(names, resources, gazetteers);
    let bodies: Vec<usize> = (0..names.len()).filter(|&name| names[name].kind == Kind::Organization).collect();
    for &short in &bodies {
        if names[short].spellings.iter().all(|spelling| is_capitals(spelling)) {
            continue;
        }
        let of = format!("{} of ", names[short].key);
        let after = format!(" {}", names[short].key);
        let begins = |full: usize| names[full].key.starts_with(&of);
        let fuller: Vec<usize> =
            bodies.iter().copied().filter(|&full| begins(full) || names[full].key.ends_with(&after)).collect();
        let length = names[short].key.split(' ').count();
        let is_team = |full: usize| {
            let mut spellings = names[full].spellings.iter();
            spellings.any(|name| resources.classes.of_name(Kind::Organization, name) == Some(Class::SportsTeam))
        };
        let is_placed = |full: usize| begins(full) || is_team(full) || places.stand_before(&names[full], length);
        same.link_fuller(names, body, short, &fuller, is_placed);
    }
}

/// What tells where a body is: places and peoples that the article names, demonyms, and well-known places.
struct Places<'a> {
    named: BTreeSet<&'a str>,
    resources: &'a Resources,
    gazetteers: &'a Gazetteers,
}

impl<'a> Places<'a> {
    fn new(names: &'a [Name], resources: &'a Resources, gazetteers: &'a Gazetteers) -> Self {
        let named = names.iter().filter(|name| matches!(name.kind, Kind::Region | Kind::Place | Kind::Group));
        Self { named: named.map(|name| name.key.as_str()).collect(), resources, gazetteers }
    }

    /// Whether all words of a name but so many at its end are a place's.
    fn stand_before(&self, name: &Name, last: usize) -> bool {
        name.spellings.iter().any(|spelling| {
            let words: Vec<&str> = spelling.split(' ').collect();
            let place = words[..words.len().saturating_sub(last)].join(" ");
            self.named.contains(key(&place).as_str())
                || self.resources.demonyms.country(&place).is_some()
                || self.gazetteers.candidates(&place).iter().any(|known| is_place(known) && known.prior >= WELL_KNOWN)
        })
    }
}
