//! Dependency parsing: the arc-eager transition system with sentence breaks, as spaCy has it.

use super::labels::intern;
use super::layers::Matrix;
use super::scorer::{Prepared, Scorer};
use super::spec::TransitionSpec;
use super::tree::Arcs;
use super::weights::Weights;

/// What a move does to the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// Puts the next word on the stack.
    Shift,
    /// Takes the top of the stack away, or gives it back to the buffer where it has no head yet.
    Reduce,
    /// Makes the next word the head of the top of the stack.
    Left,
    /// Makes the top of the stack the head of the next word.
    Right,
    /// Starts a sentence at the word after the next.
    Break,
}

/// A greedy parser.
pub(super) struct Parser {
    scorer: Scorer,
    moves: Vec<(Action, &'static str)>,
    root: &'static str,
}

impl Parser {
    pub(super) fn read(weights: &Weights, spec: &TransitionSpec, width: usize) -> Result<Self, String> {
        let moves = spec.moves.iter().map(|name| action(name)).collect::<Result<Vec<_>, _>>()?;
        let scorer = Scorer::read(weights, "parser", width, moves.len())?;
        if scorer.features() != FEATURES {
            return Err(format!("parser: {} state features, not {FEATURES}", scorer.features()));
        }
        Ok(Self { scorer, moves, root: intern("ROOT") })
    }

    /// Readies the words of a batch of texts.
    pub(super) fn prepare(&self, vectors: &Matrix) -> Prepared<'_> {
        self.scorer.prepare(vectors)
    }

    /// Parses a text whose words are those from `offset` on.
    pub(super) fn parse(&self, prepared: &Prepared, offset: usize, words: usize) -> Arcs {
        let mut state = State::new(words);
        let mut scores = Vec::new();
        while !state.is_final() {
            let features = state.features().map(|word| word.map(|word| word + offset));
            prepared.scores(&features, &mut scores);
            let Some(best) = self.best(&state, &scores) else { break };
            let (action, label) = self.moves[best];
            state.take(action, label);
        }
        let mut arcs = Arcs { heads: (0..words).collect(), labels: vec![self.root; words] };
        for (word, arc) in state.arcs.iter().enumerate() {
            if let Some((head, label)) = arc {
                arcs.heads[word] = *head;
                arcs.labels[word] = label;
            }
        }
        arcs
    }

    fn best(&self, state: &State, scores: &[f32]) -> Option<usize> {
        let allowed =
            [Action::Shift, Action::Reduce, Action::Left, Action::Right, Action::Break].map(|a| state.allows(a));
        let mut best = None;
        let mut high = f32::NEG_INFINITY;
        for (at, (score, (action, _))) in scores.iter().zip(&self.moves).enumerate() {
            if allowed[*action as usize] && (best.is_none() || *score > high) {
                (best, high) = (Some(at), *score);
            }
        }
        best
    }
}

/// Words that the state of the parser looks at.
const FEATURES: usize = 8;

/// How far a parse has come.
struct State {
    words: usize,
    stack: Vec<usize>,
    /// Words given back to the buffer, the next one last.
    returned: Vec<usize>,
    /// The first word of the buffer that was never on the stack.
    next: usize,
    /// The head of each word that has one, and how it depends on it.
    arcs: Vec<Option<(usize, &'static str)>>,
    /// The child that each word was last given on its left and right, and the one given before each child.
    last_left: Vec<Option<usize>>,
    last_right: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    /// Words that were given back to the buffer and may not be shifted again.
    shifted: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(words: usize) -> Self {
        Self {
            words,
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            arcs: vec![None; words],
            last_left: vec![None; words],
            last_right: vec![None; words],
            before: vec![None; words],
            shifted: vec![false; words],
            starts: vec![false; words],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left() == 0
    }

    /// Words in the buffer.
    fn left(&self) -> usize {
        self.words - self.next + self.returned.len()
    }

    fn on_stack(&self, depth: usize) -> Option<usize> {
        self.stack.iter().rev().nth(depth).copied()
    }

    fn in_buffer(&self, place: usize) -> Option<usize> {
        match place.checked_sub(self.returned.len()) {
            None => self.returned.iter().rev().nth(place).copied(),
            Some(further) => Some(self.next + further).filter(|word| *word < self.words),
        }
    }

    fn features(&self) -> [Option<usize>; FEATURES] {
        let (next, top) = (self.in_buffer(0), self.on_stack(0));
        [
            next,
            self.in_buffer(1),
            top,
            self.on_stack(1),
            self.on_stack(2),
            next.and_then(|word| self.last_left[word]),
            top.and_then(|word| self.last_left[word]),
            top.and_then(|word| self.last_right[word]),
        ]
    }

    fn starts(&self, word: Option<usize>) -> bool {
        word.is_some_and(|word| self.starts[word])
    }

    fn allows(&self, action: Action) -> bool {
        let next = self.in_buffer(0);
        match action {
            Action::Shift => {
                self.stack.is_empty()
                    || self.left() >= 2 && !self.starts(next) && !next.is_some_and(|word| self.shifted[word])
            }
            Action::Reduce => !self.stack.is_empty(),
            Action::Left | Action::Right => !self.stack.is_empty() && next.is_some() && !self.starts(next),
            Action::Break => {
                let second = self.in_buffer(1);
                self.left() >= 2 && second == next.map(|word| word + 1) && !self.starts(second)
            }
        }
    }

    fn take(&mut self, action: Action, label: &'static str) {
        match action {
            Action::Shift => self.push(),
            Action::Reduce => self.reduce(),
            Action::Left => {
                if let (Some(head), Some(child)) = (self.in_buffer(0), self.stack.pop()) {
                    self.attach(child, head, label);
                    self.shifted[head] = false;
                }
            }
            Action::Right => {
                if let (Some(head), Some(child)) = (self.on_stack(0), self.in_buffer(0)) {
                    self.attach(child, head, label);
                    self.push();
                }
            }
            Action::Break => {
                if let Some(word) = self.in_buffer(1) {
                    self.starts[word] = true;
                }
            }
        }
    }

    fn push(&mut self) {
        let word = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn reduce(&mut self) {
        let alone = self.stack.len() == 1;
        if let Some(top) = self.stack.pop()
            && self.arcs[top].is_none()
            && !alone
        {
            self.shifted[top] = true;
            self.returned.push(top);
        }
    }

    /// Gives a word a head in place of the one it had.
    fn attach(&mut self, child: usize, head: usize, label: &'static str) {
        if let Some((old, _)) = self.arcs[child] {
            // A word on the stack that has a head is the last that its head was given.
            let last = if old > child { &mut self.last_left[old] } else { &mut self.last_right[old] };
            *last = self.before[child];
        }
        let last = if head > child { &mut self.last_left[head] } else { &mut self.last_right[head] };
        self.before[child] = last.replace(child);
        self.arcs[child] = Some((head, label));
    }
}

fn action(name: &str) -> Result<(Action, &'static str), String> {
    let (action, label) = name.split_once('-').unwrap_or((name, ""));
    let action = match action {
        "S" => Action::Shift,
        "D" => Action::Reduce,
        "L" => Action::Left,
        "R" => Action::Right,
        "B" => Action::Break,
        _ => return Err(format!("parser: unknown move `{name}`")),
    };
    Ok((action, intern(label)))
}
