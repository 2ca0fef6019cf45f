//! The pins of the user, on the profiles that they mean.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::pins::{Pins, Relation, names};
use super::world::{Member, World};

/// Which profiles are pinned.
#[derive(Debug, Default)]
pub(super) struct Bars {
    /// Of each profile the pins that keep it from others, and on which side of them it stands.
    different: BTreeMap<Member, BTreeSet<(usize, usize)>>,
    /// Of each profile the pins that join it to others.
    same: BTreeMap<Member, BTreeSet<usize>>,
    none: BTreeSet<(usize, usize)>,
}

impl Bars {
    pub(super) fn new(pins: &Pins, world: &World<'_>) -> Self {
        let mut bars = Self::default();
        if pins.is_empty() {
            return bars;
        }
        let mut by_name: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for (number, pin) in pins.iter().enumerate() {
            for (side, anchor) in pin.anchors().into_iter().enumerate() {
                by_name.entry(&anchor.entity).or_default().push((number, side));
            }
        }
        let all: Vec<_> = pins.iter().collect();
        for member in world.members() {
            let (article, profile) = (world.article(member), world.profile(member));
            for (number, side) in names(profile).filter_map(|name| by_name.get(name)).flatten().copied() {
                if !all[number].anchors()[side].is_of(&article.iri, profile) {
                    continue;
                }
                match all[number].relation() {
                    Relation::Same => bars.same.entry(member).or_default().insert(number),
                    Relation::Different => bars.different.entry(member).or_default().insert((number, side)),
                };
            }
        }
        // What one article joined itself, no pin on its names takes apart.
        for sides in bars.different.values_mut() {
            let both: BTreeSet<usize> = sides
                .iter()
                .map(|(number, _)| *number)
                .filter(|number| [0, 1].iter().all(|side| sides.contains(&(*number, *side))))
                .collect();
            sides.retain(|(number, _)| !both.contains(number));
        }
        bars
    }

    pub(super) fn of(&self, member: Member) -> &BTreeSet<(usize, usize)> {
        self.different.get(&member).unwrap_or(&self.none)
    }

    /// Whether a pin keeps the two apart.
    pub(super) fn forbid(one: &BTreeSet<(usize, usize)>, other: &BTreeSet<(usize, usize)>) -> bool {
        one.iter().any(|(number, side)| other.contains(&(*number, 1 - side)))
    }

    /// The pins that join a profile to others.
    pub(super) fn same(&self, member: Member) -> impl Iterator<Item = usize> + '_ {
        self.same.get(&member).into_iter().flatten().copied()
    }

    /// The profiles that each joining pin means.
    pub(super) fn joined(&self) -> BTreeMap<usize, Vec<Member>> {
        let mut joined: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for (member, pins) in &self.same {
            pins.iter().for_each(|pin| joined.entry(*pin).or_default().push(*member));
        }
        joined
    }
}
