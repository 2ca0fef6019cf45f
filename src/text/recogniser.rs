//! Names and figures: the BILUO transition system, as spaCy has it.

use std::ops::Range;

use super::Name;
use super::labels::intern;
use super::layers::Matrix;
use super::scorer::{Prepared, Scorer};
use super::spec::TransitionSpec;
use super::weights::Weights;

/// Words that the state of the recogniser looks at: the next, the first of the open name, and the one before the next.
const FEATURES: usize = 3;

/// What a move says of the next word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// A name of several words begins with it.
    Begin,
    /// It is inside the open name.
    In,
    /// It ends the open name.
    Last,
    /// It is a name by itself.
    Unit,
    /// It is part of no name.
    Out,
}

/// A word as far as names depend on it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Whether a sentence starts here; no name goes across.
    pub(super) starts: bool,
    /// Whether it is white space; no name begins with it.
    pub(super) blank: bool,
}

/// A greedy recogniser.
pub(super) struct Recogniser {
    scorer: Scorer,
    moves: Vec<(Action, &'static str)>,
}

impl Recogniser {
    pub(super) fn read(weights: &Weights, spec: &TransitionSpec, width: usize) -> Result<Self, String> {
        let moves = spec.moves.iter().map(|name| action(name)).collect::<Result<Vec<_>, _>>()?;
        let scorer = Scorer::read(weights, "ner", width, moves.len())?;
        if scorer.features() != FEATURES {
            return Err(format!("ner: {} state features, not {FEATURES}", scorer.features()));
        }
        Ok(Self { scorer, moves })
    }

    /// Readies the words of a batch of texts.
    pub(super) fn prepare(&self, vectors: &Matrix) -> Prepared<'_> {
        self.scorer.prepare(vectors)
    }

    /// The names of a text whose words are those from `offset` on.
    pub(super) fn names(&self, prepared: &Prepared, offset: usize, places: &[Place]) -> Vec<Name> {
        let mut names = Vec::new();
        let mut open: Option<(usize, &'static str)> = None;
        let mut scores = Vec::new();
        for word in 0..places.len() {
            let start = open.map(|(start, _)| start + offset);
            let before = start.and((word + offset).checked_sub(1));
            prepared.scores(&[Some(word + offset), start, before], &mut scores);
            let Some((action, label)) = self.best(places, word, open.map(|(_, label)| label), &scores) else { break };
            match (action, open) {
                (Action::Begin, _) => open = Some((word, label)),
                (Action::Last, Some((start, label))) => {
                    names.push(name(start..word + 1, label));
                    open = None;
                }
                (Action::Unit, _) => names.push(name(word..word + 1, label)),
                _ => {}
            }
        }
        names
    }

    fn best(
        &self,
        places: &[Place],
        word: usize,
        open: Option<&str>,
        scores: &[f32],
    ) -> Option<(Action, &'static str)> {
        let mut best = None;
        let mut high = f32::NEG_INFINITY;
        let goes_on = places.get(word + 1).is_some_and(|next| !next.starts);
        let blank = places[word].blank;
        for (score, (action, label)) in scores.iter().zip(&self.moves) {
            if best.is_some() && *score <= high {
                continue;
            }
            let allowed = match action {
                Action::Begin => open.is_none() && goes_on && !blank && !label.is_empty(),
                Action::In => open == Some(label) && goes_on,
                Action::Last => open == Some(label),
                Action::Unit => open.is_none() && !blank && !label.is_empty(),
                Action::Out => open.is_none(),
            };
            if allowed {
                (best, high) = (Some((*action, *label)), *score);
            }
        }
        best
    }
}

fn name(tokens: Range<usize>, label: &'static str) -> Name {
    Name { tokens, label }
}

fn action(name: &str) -> Result<(Action, &'static str), String> {
    let (action, label) = name.split_once('-').unwrap_or((name, ""));
    let action = match action {
        "B" => Action::Begin,
        "I" => Action::In,
        "L" => Action::Last,
        "U" => Action::Unit,
        "O" => Action::Out,
        _ => return Err(format!("ner: unknown move `{name}`")),
    };
    Ok((action, intern(label)))
}
