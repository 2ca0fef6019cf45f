//! What follows from the heads of words: arcs that cross put back, and where sentences start.

use super::labels::intern;
/// The words of one text, each with its head and how it depends on it.
pub(super) struct Arcs {
    /// The head of each word; a root is its own.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<&'static str>,
}

/// Between the label of an arc and that of the head it was lifted from, so that the parser could draw it without crossing.
const LIFTED: &str = "||";
/// How often spaCy widens the edges of trees before it gives up on those that reach into one another.
const ROUNDS: usize = 12;

/// Gives lifted words back to the heads that their labels speak of. `blank` tells words of white space, which are no heads.
pub(super) fn lower(arcs: &mut Arcs, blank: impl Fn(usize) -> bool) {
    if !arcs.labels.iter().any(|label| label.contains(LIFTED)) {
        return;
    }
    let edges = edges(&arcs.heads);
    for word in 0..arcs.heads.len() {
        if let Some((label, of_head)) = arcs.labels[word].split_once(LIFTED) {
            arcs.heads[word] = found(arcs, &edges, word, of_head, &blank).unwrap_or(arcs.heads[word]);
            arcs.labels[word] = intern(label);
        }
    }
}

/// The first word with the label under the head of `word`, level by level.
fn found(
    arcs: &Arcs,
    edges: &[(usize, usize)],
    word: usize,
    label: &str,
    blank: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut level = vec![arcs.heads[word]];
    while !level.is_empty() {
        let mut below = Vec::new();
        for parent in level {
            let (left, right) = edges[parent];
            for child in (left..=right).filter(|child| *child != parent && arcs.heads[*child] == parent) {
                if blank(child) || child == word {
                    continue;
                }
                if arcs.labels[child] == label {
                    return Some(child);
                }
                below.push(child);
            }
        }
        level = below;
    }
    None
}

/// Which words start a sentence: the first of each tree.
pub(super) fn starts(heads: &[usize]) -> Vec<bool> {
    let edges = edges(heads);
    let mut starts = vec![false; heads.len()];
    for (word, head) in heads.iter().enumerate() {
        if word == *head {
            starts[edges[word].0] = true;
        }
    }
    starts
}

/// The first and last word of the tree under each word, as far as spaCy follows trees that cross.
fn edges(heads: &[usize]) -> Vec<(usize, usize)> {
    let mut edges: Vec<_> = (0..heads.len()).map(|word| (word, word)).collect();
    for _ in 0..ROUNDS {
        for word in (0..heads.len()).chain((0..heads.len()).rev()) {
            let (left, right) = edges[word];
            let head = &mut edges[heads[word]];
            *head = (head.0.min(left), head.1.max(right));
        }
        if within_sentences(heads, &edges) {
            break;
        }
    }
    edges
}

/// Whether every head lies in the sentence of its word.
fn within_sentences(heads: &[usize], edges: &[(usize, usize)]) -> bool {
    let mut starts = vec![false; heads.len()];
    for (word, head) in heads.iter().enumerate() {
        if word == *head {
            starts[edges[word].0] = true;
        }
    }
    let mut start = 0;
    for end in 0..heads.len() {
        if end > 0 && starts[end] || end + 1 == heads.len() {
            if heads[start..end].iter().any(|head| *head < start || *head > end) {
                return false;
            }
            start = end;
        }
    }
    true
}
