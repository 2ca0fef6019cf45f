//! Chains of mentions against chains of mentions: MUC, B³, CEAF-e, LEA and the mean that CoNLL-2012 reports.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::best_sum;
use super::fault::{Fault, FaultKind};
use super::figure::Figure;
use super::sample::{Annotations, Chain, Form, Mention, Sample};
use super::tally::Tally;
use super::types::Types;
use crate::span::Span;

/// What chains are measured as.
pub const TASK: &str = "coreference";

/// When a mention that was found is one of the gold's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// It has exactly the same words.
    Exact,
    /// Its head is one of the words that the gold marks as needed; each gold mention is met once, exact ones first.
    Head,
}

/// Which chains count, and how mentions are matched.
#[derive(Clone, Debug)]
pub struct Options {
    /// When two mentions are the same.
    pub matching: Match,
    /// Whether things that are mentioned once count.
    pub singletons: bool,
    /// Count only mentions of this form.
    pub form: Option<Form>,
    /// Count only chains whose type [`Types::of`] keeps.
    pub typed: bool,
}

/// Sets of mentions, each mention a number.
pub type Clusters = Vec<Vec<usize>>;

/// MUC, B³, CEAF-e and LEA of one text.
#[must_use]
pub fn measures(gold: &Clusters, found: &Clusters) -> [Tally; 4] {
    [muc(gold, found), b_cubed(gold, found), ceaf_e(gold, found), lea(gold, found)]
}

/// All figures of many texts under the given options.
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations], types: &Types, options: &Options) -> Vec<Figure> {
    let mut tallies: [Vec<Tally>; 5] = Default::default();
    for (sample, found) in samples.iter().zip(found) {
        let (gold, found) = clusters(&sample.gold, found, types, options);
        let mentions = mentions(&gold, &found);
        for (tallies, tally) in tallies.iter_mut().zip(measures(&gold, &found).into_iter().chain([mentions])) {
            tallies.push(tally);
        }
    }
    let mut figures: Vec<Figure> = ["MUC", "B³", "CEAF-e", "LEA", "mentions"]
        .into_iter()
        .zip(tallies)
        .map(|(name, tallies)| Figure::of(TASK, name, tallies))
        .collect();
    let conll = Figure::mean(TASK, "CoNLL", &figures[..3].iter().collect::<Vec<_>>());
    figures.insert(3, conll);
    figures
}

/// Gold and found as clusters of numbers, the same number for the same mention.
#[must_use]
pub fn clusters(gold: &Annotations, found: &Annotations, types: &Types, options: &Options) -> (Clusters, Clusters) {
    // What the gold has as a mention of its own is not taken for a longer one, whether it counts or not.
    let own: BTreeSet<Span> =
        gold.chains.iter().flatten().flat_map(|c| &c.mentions).map(|mention| mention.span).collect();
    let (gold, found) = (kept(gold, types, options), kept(found, types, options));
    let mut numbers: BTreeMap<Span, usize> = BTreeMap::new();
    let gold_mentions: Vec<&Mention> = gold.iter().flatten().copied().collect();
    for mention in &gold_mentions {
        let next = numbers.len();
        numbers.entry(mention.span).or_insert(next);
    }
    let gold_clusters = gold.iter().map(|chain| chain.iter().map(|mention| numbers[&mention.span]).collect()).collect();
    let mut matches: BTreeMap<Span, usize> = BTreeMap::new();
    let mut taken = vec![false; numbers.len()];
    for mention in found.iter().flatten() {
        if let Some(&number) = numbers.get(&mention.span) {
            matches.insert(mention.span, number);
            taken[number] = true;
        }
    }
    let mut next = numbers.len();
    for mention in found.iter().flatten() {
        let by_head = || {
            let fits = |gold: &&&Mention| !taken[numbers[&gold.span]] && is_headed_alike(gold, mention);
            gold_mentions.iter().find(fits).map(|gold| numbers[&gold.span])
        };
        if matches.contains_key(&mention.span) {
            continue;
        }
        let may_match = options.matching == Match::Head && !own.contains(&mention.span);
        let number = match may_match.then(by_head).flatten() {
            Some(number) => {
                taken[number] = true;
                number
            }
            None => {
                next += 1;
                next - 1
            }
        };
        matches.insert(mention.span, number);
    }
    let found_clusters =
        found.iter().map(|chain| chain.iter().map(|mention| matches[&mention.span]).collect()).collect();
    (gold_clusters, found_clusters)
}

/// Whether all heads of the found mention are among those of the gold's.
fn is_headed_alike(gold: &Mention, found: &Mention) -> bool {
    gold.span.overlaps(found.span)
        && found
            .heads
            .iter()
            .any(|head| gold.heads.iter().any(|needed| needed.contains(*head) || head.contains(*needed)))
}

/// The chains that count, each mention once in a chain. One that is in two chains counts in both, as for other scorers.
fn kept<'a>(annotations: &'a Annotations, types: &Types, options: &Options) -> Vec<Vec<&'a Mention>> {
    let counts = |chain: &&Chain| !options.typed || types.of(&chain.label).is_some();
    let mut chains = Vec::new();
    for chain in annotations.chains.iter().flatten().filter(counts) {
        let mentions = chain.mentions.iter().filter(|mention| options.form.is_none_or(|form| mention.form == form));
        let mut mentions: Vec<&Mention> = mentions.collect();
        mentions.sort_by_key(|mention| mention.span);
        mentions.dedup_by_key(|mention| mention.span);
        if mentions.len() > usize::from(!options.singletons) {
            chains.push(mentions);
        }
    }
    chains
}

/// The cluster of each mention.
fn membership(clusters: &Clusters) -> BTreeMap<usize, usize> {
    clusters.iter().enumerate().flat_map(|(i, cluster)| cluster.iter().map(move |&mention| (mention, i))).collect()
}

/// Two halves of a tally, of what was found and of the gold, made by one function.
fn both(gold: &Clusters, found: &Clusters, half: impl Fn(&Clusters, &Clusters) -> (f64, f64)) -> Tally {
    let (right_of_gold, gold_size) = half(gold, found);
    let (right_of_found, found_size) = half(found, gold);
    Tally { right_of_found, found: found_size, right_of_gold, gold: gold_size }
}

/// How many mentions were found, in whatever chain.
#[must_use]
pub fn mentions(gold: &Clusters, found: &Clusters) -> Tally {
    both(gold, found, |clusters, others| {
        let others = membership(others);
        let all: BTreeSet<&usize> = clusters.iter().flatten().collect();
        (all.iter().filter(|mention| others.contains_key(mention)).count() as f64, all.len() as f64)
    })
}

/// Vilain and others 1995: links that need not be cut or added.
#[must_use]
pub fn muc(gold: &Clusters, found: &Clusters) -> Tally {
    both(gold, found, |clusters, others| {
        let others = membership(others);
        let mut sums = (0.0, 0.0);
        for cluster in clusters {
            let mut parts: Vec<usize> = cluster.iter().filter_map(|mention| others.get(mention).copied()).collect();
            let alone = cluster.len() - parts.len();
            parts.sort_unstable();
            parts.dedup();
            sums.0 += (cluster.len() - alone - parts.len()) as f64;
            sums.1 += (cluster.len() - 1) as f64;
        }
        sums
    })
}

/// Bagga and Baldwin 1998: the share of its cluster that each mention keeps.
#[must_use]
pub fn b_cubed(gold: &Clusters, found: &Clusters) -> Tally {
    both(gold, found, |clusters, others| {
        let others = membership(others);
        let mut sums = (0.0, 0.0);
        for cluster in clusters {
            let shared: f64 = shares(cluster, &others).values().map(|&n| (n * n) as f64).sum();
            sums.0 += shared / cluster.len() as f64;
            sums.1 += cluster.len() as f64;
        }
        sums
    })
}

/// Luo 2005: clusters paired one to one as well as can be, each pair counted by its Dice coefficient.
#[must_use]
pub fn ceaf_e(gold: &Clusters, found: &Clusters) -> Tally {
    let sets: Vec<BTreeSet<usize>> = found.iter().map(|other| other.iter().copied().collect()).collect();
    let row = |cluster: &Vec<usize>| {
        let likeness = |other: &BTreeSet<usize>| {
            let shared = cluster.iter().filter(|mention| other.contains(mention)).count();
            2.0 * shared as f64 / (cluster.len() + other.len()) as f64
        };
        sets.iter().map(likeness).collect::<Vec<f64>>()
    };
    let right = best_sum(&gold.iter().map(row).collect::<Vec<_>>());
    Tally { right_of_found: right, found: found.len() as f64, right_of_gold: right, gold: gold.len() as f64 }
}

/// Moosavi and Strube 2016: the share of its links that each cluster keeps, by its size.
#[must_use]
pub fn lea(gold: &Clusters, found: &Clusters) -> Tally {
    both(gold, found, |clusters, others| {
        let members = membership(others);
        let links = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
        let mut sums = (0.0, 0.0);
        for cluster in clusters {
            let shares = shares(cluster, &members);
            let kept = if cluster.len() == 1 {
                f64::from(u8::from(shares.keys().any(|&other| others[other].len() == 1)))
            } else {
                shares.values().map(|&n| links(n)).sum::<f64>() / links(cluster.len())
            };
            sums.0 += cluster.len() as f64 * kept;
            sums.1 += cluster.len() as f64;
        }
        sums
    })
}

/// How many of a cluster's mentions are in which other cluster.
fn shares(cluster: &[usize], others: &BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    let mut shares = BTreeMap::new();
    for mention in cluster {
        if let Some(&other) = others.get(mention) {
            *shares.entry(other).or_insert(0) += 1;
        }
    }
    shares
}

/// Mentions that were missed or invented, and chains that were split or merged: one fault for each part too many, shown at its
/// first mention.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations], types: &Types, options: &Options) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, (sample, found)) in samples.iter().zip(found).enumerate() {
        let (gold, said) = clusters(&sample.gold, found, types, options);
        let mut spans = BTreeMap::new();
        for (annotations, clusters) in [(found, &said), (&sample.gold, &gold)] {
            let kept = kept(annotations, types, options);
            spans.extend(clusters.iter().flatten().copied().zip(kept.iter().flatten().map(|mention| mention.span)));
        }
        let words = |span: Span| span.of(sample.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        let (in_gold, in_said) = (membership(&gold), membership(&said));
        let mut add = |kind, mention: usize, of: Option<usize>| {
            let gold = of.map_or_else(String::new, |of| words(spans[&of]));
            faults.push(Fault { task: TASK, kind, sample: number, span: spans[&mention], gold, found: String::new() });
        };
        for &mention in gold.iter().flatten().filter(|mention| !in_said.contains_key(mention)) {
            add(FaultKind::Missed, mention, None);
        }
        for &mention in said.iter().flatten().filter(|mention| !in_gold.contains_key(mention)) {
            add(FaultKind::Invented, mention, None);
        }
        for (kind, clusters, others) in [(FaultKind::Split, &gold, &in_said), (FaultKind::Merged, &said, &in_gold)] {
            for (mention, first) in clusters.iter().flat_map(|cluster| parts(cluster, others)) {
                add(kind, mention, Some(first));
            }
        }
    }
    faults
}

/// The first mention of each part of a cluster but the first part, with the first mention of all. Mentions that are in no other
/// cluster make no part.
fn parts(cluster: &[usize], others: &BTreeMap<usize, usize>) -> Vec<(usize, usize)> {
    let mut seen = BTreeSet::new();
    let known = cluster.iter().filter(|mention| others.get(mention).is_some_and(|&other| seen.insert(other)));
    let firsts: Vec<usize> = known.copied().collect();
    firsts.iter().skip(1).map(|&mention| (mention, firsts[0])).collect()
}

#[cfg(test)]
mod tests;
