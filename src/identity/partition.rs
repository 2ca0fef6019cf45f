//! Decides which profiles of one component are one thing.
//!
//! Profiles are taken in an order that follows from what they say, never from the order in which they came: first those
//! that the user pinned, then those that tell most, then the earliest published. Each joins the group that it fits best
//! or begins one. Full names come first; what is named by a short name only joins afterwards, and never joins two groups
//! to each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::bars::Bars;
use super::compare::{self, ENOUGH, Portrait, Reason, What};
use super::profile::{Commonness, Family};
use super::world::{Member, World};

/// A surname that so many given names go with is common in this base.
const MANY_GIVEN_NAMES: usize = 10;

/// In a block of more full names than this, only names spelled alike are compared.
const LARGE_BLOCK: usize = 4000;

/// Of things that nothing could tell apart, so many profiles stand for all when they are compared with others.
const SAMPLE: usize = 20;

/// Of two groups that a short name fits, one is clear when it leads by so much.
const CLEAR: i32 = 3;

/// Profiles that are one thing.
#[derive(Debug)]
pub(super) struct Group {
    /// The one that began it first, then in the order in which they joined.
    pub(super) members: Vec<Member>,
    pub(super) portrait: Portrait,
    family: Family,
    bars: BTreeSet<(usize, usize)>,
}

/// A comparison and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was compared with the group.
    pub member: Member,
    /// The profile that began the group.
    pub with: Member,
    /// Whether it joined.
    pub joined: bool,
    /// What spoke for and against.
    pub reasons: Vec<Reason>,
}

/// Works out one component.
pub(super) struct Partition<'w, 'a> {
    pub(super) world: &'w mut World<'a>,
    pub(super) bars: &'w Bars,
    /// The decisions, where they are asked for.
    pub(super) trace: Option<Vec<Decision>>,
}

impl Partition<'_, '_> {
    /// The groups of a component.
    pub(super) fn groups(&mut self, members: &[Member]) -> Vec<Group> {
        let mut blocks: BTreeMap<&str, Vec<Member>> = BTreeMap::new();
        for member in members {
            let key = self.world.profile(*member).keys.first().map_or("", String::as_str);
            blocks.entry(key).or_default().push(*member);
        }
        let (mut groups, mut bare) = (Vec::new(), Vec::new());
        for (_, members) in blocks {
            let (full, short): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| !self.is_bare(*member));
            groups.append(&mut self.lead(full));
            bare.push(short);
        }
        self.join_items(&mut groups);
        self.join_pinned(&mut groups);
        self.join_aliases(&mut groups);
        for short in bare {
            let mut left = self.attach(&mut groups, short);
            groups.append(&mut left);
        }
        self.join_items(&mut groups);
        self.join_pinned(&mut groups);
        groups
    }

    /// Whether a person is named by one name only.
    fn is_bare(&self, member: Member) -> bool {
        let profile = self.world.profile(member);
        profile.family == Family::Person && profile.item.is_none() && !profile.name.contains(' ')
    }

    /// Groups profiles of one key, each led to the group that fits best.
    fn lead(&mut self, members: Vec<Member>) -> Vec<Group> {
        if self.is_plain(&members) {
            return self.all_one(members);
        }
        let mut groups: Vec<Group> = Vec::new();
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let is_large = members.len() > LARGE_BLOCK;
        let commonness = self.commonness_here(&members);
        for (member, portrait) in self.in_order(members) {
            let keys = self.index_keys(&portrait, is_large);
            let mut near: Vec<usize> = keys.iter().filter_map(|key| index.get(key)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            let mut fits: Vec<(i32, usize, Vec<Reason>)> = Vec::new();
            for at in near {
                let Some(reasons) = self.compare(member, &portrait, &groups[at], commonness) else { continue };
                fits.push((compare::score(&reasons), at, reasons));
            }
            fits.sort_by_key(|(score, at, _)| (Reverse(*score), *at));
            let best = match fits.as_slice() {
                [(best, ..), (second, ..), ..] if best == second && !portrait.tells() => None,
                [(best, at, _), ..] if *best >= ENOUGH => Some(*at),
                _ => None,
            };
            self.note(member, &groups, fits, best);
            let at = match best {
                Some(at) => {
                    groups[at].members.push(member);
                    groups[at].portrait.absorb(portrait);
                    groups[at].bars.extend(self.bars.of(member));
                    at
                }
                None => {
                    groups.push(self.group(member, portrait));
                    groups.len() - 1
                }
            };
            for key in keys {
                let under = index.entry(key).or_default();
                if !under.contains(&at) {
                    under.push(at);
                }
            }
        }
        groups
    }

    fn group(&self, member: Member, portrait: Portrait) -> Group {
        let family = self.world.profile(member).family;
        Group { members: vec![member], portrait, family, bars: self.bars.of(member).clone() }
    }

    /// Whether nothing could tell things of this name apart, so that they need not be compared one by one.
    fn is_plain(&self, members: &[Member]) -> bool {
        let mut items = BTreeSet::new();
        let is_plain = members.iter().all(|member| {
            let profile = self.world.profile(*member);
            items.extend(&profile.item);
            profile.family != Family::Person
                && !profile.shared
                && profile.within.is_empty()
                && self.bars.of(*member).is_empty()
        });
        is_plain && items.len() < 2
    }

    fn all_one(&mut self, mut members: Vec<Member>) -> Vec<Group> {
        members.sort_by_key(|member| self.age(*member));
        let Some(&first) = members.first() else { return Vec::new() };
        if let Some(trace) = &mut self.trace {
            let name = || What::Name(compare::SPELLED_ALIKE, Commonness::Rare).counting(3);
            trace.extend(members.iter().skip(1).map(|member| Decision {
                member: *member,
                with: first,
                joined: true,
                reasons: vec![name()],
            }));
        }
        let items: Vec<Member> =
            members.iter().copied().filter(|member| self.world.profile(*member).item.is_some()).take(1).collect();
        let mut portrait = Portrait::default();
        for member in members.iter().copied().take(SAMPLE).chain(items) {
            portrait.absorb(self.world.portrait(member));
        }
        let family = self.world.profile(first).family;
        vec![Group { members, portrait, family, bars: BTreeSet::new() }]
    }

    /// By when it was published, and where.
    pub(super) fn age(&self, member: Member) -> (bool, &str, &str, &str) {
        let article = self.world.article(member);
        let published = article.profiles.published.as_str();
        (published.is_empty(), published, &article.iri, &self.world.profile(member).iri)
    }

    /// Profiles in the order in which they are taken: pinned ones, those that tell something, earlier ones.
    fn in_order(&mut self, mut members: Vec<Member>) -> Vec<(Member, Portrait)> {
        members.sort_by(|a, b| self.age(*a).cmp(&self.age(*b)));
        let portraits = members.into_iter().map(|member| (member, self.world.portrait(member)));
        let mut portraits: Vec<(Member, Portrait)> = portraits.collect();
        portraits.sort_by_cached_key(|(member, portrait)| (self.bars.of(*member).is_empty(), !portrait.tells()));
        portraits
    }

    /// How common the surname of a block is by the given names that go with it.
    fn commonness_here(&self, members: &[Member]) -> Commonness {
        let first = |member: &Member| {
            let name = self.world.profile(*member).name.as_str();
            name.split(' ').next().map(str::to_lowercase)
        };
        let given: BTreeSet<String> = members.iter().filter_map(first).collect();
        if given.len() >= MANY_GIVEN_NAMES { Commonness::Usual } else { Commonness::Rare }
    }

    /// What two profiles must share to be compared: an initial, or in a large block the whole name; others are compared
    /// in any case.
    fn index_keys(&self, portrait: &Portrait, is_large: bool) -> BTreeSet<String> {
        let full = portrait.names.iter().filter(|(name, _)| !name.is_bare());
        let keys: BTreeSet<String> = full
            .flat_map(|(name, formal)| {
                let firsts = name.first().into_iter().chain(formal.iter().map(String::as_str));
                firsts.map(|first| match is_large {
                    true => format!("{first} {}", name.surname()),
                    false => first.chars().take(1).collect(),
                })
            })
            .collect();
        if keys.is_empty() { BTreeSet::from([String::new()]) } else { keys }
    }

    /// What speaks for a profile being of a group and what against; none where their names exclude each other.
    fn compare(
        &self,
        member: Member,
        portrait: &Portrait,
        group: &Group,
        commonness: Commonness,
    ) -> Option<Vec<Reason>> {
        let profile = self.world.profile(member);
        let name = match profile.family {
            Family::Person => {
                let fit = compare::names_fit(portrait, &group.portrait)?;
                let known = portrait.commonness.max(group.portrait.commonness).max(commonness);
                compare::of_names(fit, known)
            }
            _ if profile.shared => What::Name(compare::SPELLED_ALIKE, Commonness::Common).counting(1),
            _ => What::Name(compare::SPELLED_ALIKE, Commonness::Rare).counting(3),
        };
        let mut reasons = vec![name];
        reasons.append(&mut self.traits(self.bars.of(member), portrait, group));
        Some(reasons)
    }

    fn traits(&self, bars: &BTreeSet<(usize, usize)>, portrait: &Portrait, group: &Group) -> Vec<Reason> {
        let world = &*self.world;
        let mut reasons = compare::traits(portrait, &group.portrait, &|id| world.rarity(id));
        if Bars::forbid(bars, &group.bars) {
            reasons.push(What::PinnedDifferent.counting(-1000));
        }
        reasons
    }

    /// Joins groups that were linked to one Wikidata item.
    fn join_items(&mut self, groups: &mut Vec<Group>) {
        let mut first: BTreeMap<(Family, u32), usize> = BTreeMap::new();
        let mut at = 0;
        while at < groups.len() {
            let known = groups[at].portrait.items.iter().find_map(|item| {
                let known = *first.get(&(groups[at].family, *item))?;
                Some((known, *item))
            });
            match known {
                Some((known, item)) if !Bars::forbid(&groups[at].bars, &groups[known].bars) => {
                    self.join(groups, known, at, vec![What::SameItem(item).counting(20)]);
                }
                _ => {
                    for item in &groups[at].portrait.items {
                        first.entry((groups[at].family, *item)).or_insert(at);
                    }
                    at += 1;
                }
            }
        }
    }

    /// Joins groups of which the user said that they are one.
    fn join_pinned(&mut self, groups: &mut Vec<Group>) {
        let members = groups.iter().flat_map(|group| &group.members);
        let pins: BTreeSet<usize> = members.flat_map(|member| self.bars.same(*member)).collect();
        for pin in pins {
            let is_meant = |group: &Group| group.members.iter().any(|m| self.bars.same(*m).any(|own| own == pin));
            let mut meant: Vec<usize> = (0..groups.len()).filter(|at| is_meant(&groups[*at])).collect();
            while let [first, .., last] = meant[..] {
                if groups[first].family == groups[last].family {
                    self.join(groups, first, last, vec![What::PinnedSame.counting(1000)]);
                }
                meant.pop();
            }
        }
    }

    /// Moves the members of group `from` to group `to`, which stands before it.
    fn join(&mut self, groups: &mut Vec<Group>, to: usize, from: usize, reasons: Vec<Reason>) {
        let Group { members, portrait, bars, .. } = groups.remove(from);
        if let (Some(trace), Some(member), Some(with)) = (&mut self.trace, members.first(), groups[to].members.first())
        {
            trace.push(Decision { member: *member, with: *with, joined: true, reasons });
        }
        groups[to].members.extend(members);
        groups[to].portrait.absorb(portrait);
        groups[to].bars.extend(bars);
    }

    /// Joins what is named by an acronym or a short name only with the one group that an article names both ways.
    fn join_aliases(&mut self, groups: &mut Vec<Group>) {
        let mut at = 0;
        while at < groups.len() {
            let Some(key) = self.short_key(&groups[at]) else {
                at += 1;
                continue;
            };
            let bearers: Vec<usize> = (0..groups.len())
                .filter(|other| *other != at && groups[*other].family == groups[at].family)
                .filter(|other| self.bears(&groups[*other], &key))
                .collect();
            let member = groups[at].members[0];
            let is_acronym = is_capitals(&self.world.profile(member).name);
            let short = What::ShortName.counting(if is_acronym { ENOUGH } else { 1 });
            let mut fits: Vec<(i32, usize, Vec<Reason>)> = Vec::new();
            for &bearer in &bearers {
                let mut reasons = vec![short.clone()];
                reasons.append(&mut self.traits(&groups[at].bars, &groups[at].portrait, &groups[bearer]));
                fits.push((compare::score(&reasons), bearer, reasons));
            }
            let best = clear(&mut fits);
            let chosen = best.and_then(|best| fits.iter().find(|(_, at, _)| *at == best));
            let reasons = chosen.map(|(_, _, reasons)| reasons.clone());
            self.note_refused(member, groups, fits, best);
            match (best, reasons) {
                (Some(bearer), Some(reasons)) => {
                    // The later one is taken away: then the numbers before it stay.
                    let (to, from) = (bearer.min(at), bearer.max(at));
                    self.join(groups, to, from, reasons);
                    if to < at {
                        continue;
                    }
                }
                _ => at += 1,
            }
        }
    }

    /// The key of a group of which only a name of one word is known.
    fn short_key(&self, group: &Group) -> Option<String> {
        if matches!(group.family, Family::Person | Family::Other) {
            return None;
        }
        let first = self.world.profile(*group.members.first()?);
        let key = first.keys.first()?;
        let is_short = |member: &Member| {
            let profile = self.world.profile(*member);
            profile.keys.first() == Some(key) && !profile.name.contains(' ')
        };
        group.members.iter().all(is_short).then(|| key.clone())
    }

    fn bears(&self, group: &Group, key: &String) -> bool {
        let bears = |member: &Member| {
            let keys = &self.world.profile(*member).keys;
            keys.first() != Some(key) && keys.contains(key)
        };
        group.members.iter().any(bears)
    }

    /// Gives each person of a single name to the one group that it clearly fits; groups the others among themselves.
    fn attach(&mut self, groups: &mut [Group], short: Vec<Member>) -> Vec<Group> {
        let mut chosen: Vec<(usize, Member, Portrait)> = Vec::new();
        let mut left: Vec<(Member, Portrait)> = Vec::new();
        for (member, portrait) in self.in_order(short) {
            let mut fits = Vec::new();
            for (at, group) in groups.iter().enumerate() {
                if let Some(reasons) = self.compare_short(member, &portrait, group) {
                    fits.push((compare::score(&reasons), at, reasons));
                }
            }
            let best = clear(&mut fits);
            self.note(member, groups, fits, best);
            match best {
                Some(at) => chosen.push((at, member, portrait)),
                None => left.push((member, portrait)),
            }
        }
        for (at, member, portrait) in chosen {
            groups[at].members.push(member);
            groups[at].bars.extend(self.bars.of(member));
            groups[at].portrait.items.extend(portrait.items);
        }
        self.lead_short(left)
    }

    /// What speaks for a single name meaning the person of a group and what against; none where it is not theirs.
    fn compare_short(&self, member: Member, portrait: &Portrait, group: &Group) -> Option<Vec<Reason>> {
        let bare = portrait.names.iter().map(|(name, _)| name).find(|name| name.is_bare())?;
        let is_theirs = group.portrait.names.iter().any(|(name, _)| name.surname() == bare.surname());
        if group.family != Family::Person || !is_theirs {
            return None;
        }
        let points = i32::from(portrait.commonness != Commonness::Common);
        let mut reasons = vec![What::ShortName.counting(points)];
        reasons.append(&mut self.traits(self.bars.of(member), portrait, group));
        Some(reasons)
    }

    fn lead_short(&mut self, left: Vec<(Member, Portrait)>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (member, portrait) in left {
            let mut fits = Vec::new();
            for (at, group) in groups.iter().enumerate() {
                if let Some(reasons) = self.compare_short(member, &portrait, group) {
                    fits.push((compare::score(&reasons), at, reasons));
                }
            }
            fits.sort_by_key(|(score, at, _)| (Reverse(*score), *at));
            let best = fits.first().filter(|(score, ..)| *score >= ENOUGH).map(|(_, at, _)| *at);
            self.note(member, &groups, fits, best);
            match best {
                Some(at) => {
                    groups[at].members.push(member);
                    groups[at].portrait.absorb(portrait);
                    groups[at].bars.extend(self.bars.of(member));
                }
                None => groups.push(self.group(member, portrait)),
            }
        }
        groups
    }

    fn note(&mut self, member: Member, groups: &[Group], fits: Vec<(i32, usize, Vec<Reason>)>, best: Option<usize>) {
        let Some(trace) = &mut self.trace else { return };
        trace.extend(fits.into_iter().map(|(_, at, reasons)| Decision {
            member,
            with: groups[at].members[0],
            joined: best == Some(at),
            reasons,
        }));
    }

    fn note_refused(
        &mut self,
        member: Member,
        groups: &[Group],
        mut fits: Vec<(i32, usize, Vec<Reason>)>,
        best: Option<usize>,
    ) {
        fits.retain(|(_, at, _)| best != Some(*at));
        self.note(member, groups, fits, None);
    }
}

/// The one group that fits; where a second fits nearly as well none is clear, and each is told so.
fn clear(fits: &mut [(i32, usize, Vec<Reason>)]) -> Option<usize> {
    fits.sort_by_key(|(score, at, _)| (Reverse(*score), *at));
    match fits {
        [(best, at, _), rest @ ..] if *best >= ENOUGH => {
            let rival = rest.first().is_some_and(|(second, ..)| *second >= ENOUGH && *best - second < CLEAR);
            if rival {
                let ambiguous = fits.iter_mut().filter(|(score, ..)| *score >= ENOUGH);
                ambiguous.for_each(|(_, _, reasons)| reasons.push(What::Ambiguous.counting(0)));
                return None;
            }
            Some(*at)
        }
        _ => None,
    }
}

fn is_capitals(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}
