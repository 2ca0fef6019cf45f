//! From scores of tags to names: the best sequence of tags in which every name begins.

use std::ops::Range;

/// How much speaks against a name wherever one would begin, besides its scores. Outside the texts that it learned from, the encoder takes more
/// words for names than are; so it finds nearly as many, and invents far fewer. `tools/names/README.md` has the figures.
const CAUTION: f32 = 1.25;

/// What a tag says of its word: no name, or the beginning or inside of one of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Outside,
    Begin(&'static str),
    Inside(&'static str),
}

impl Tag {
    /// What is added to the tag's score.
    fn favour(self) -> f32 {
        if matches!(self, Self::Begin(_)) { -CAUTION } else { 0.0 }
    }

    /// Whether the tag may follow `before`; nothing stands before the first word.
    fn may_follow(self, before: Option<Self>) -> bool {
        match self {
            Self::Inside(kind) => matches!(before, Some(Self::Begin(open) | Self::Inside(open)) if open == kind),
            _ => true,
        }
    }
}

/// The names in the best sequence of tags; `scores` holds a row of scores, one a tag, for each word.
pub(super) fn names(scores: &[&[f32]], tags: &[Tag]) -> Vec<(Range<usize>, &'static str)> {
    let mut names: Vec<(Range<usize>, &'static str)> = Vec::new();
    for (word, tag) in best(scores, tags).into_iter().enumerate() {
        match (tag, names.last_mut()) {
            (Tag::Begin(kind), _) => names.push((word..word + 1, kind)),
            (Tag::Inside(_), Some((name, _))) => name.end = word + 1,
            _ => {}
        }
    }
    names
}

/// The sequence of allowed tags with the greatest sum of scores; of equal ones, that of the earlier tags.
fn best(scores: &[&[f32]], tags: &[Tag]) -> Vec<Tag> {
    let mut sums: Vec<f32> = Vec::new();
    let mut came: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in scores {
        let start = came.is_empty();
        let step = |(tag, score): (&Tag, &f32)| {
            let score = score + tag.favour();
            if start {
                return (if tag.may_follow(None) { score } else { f32::NEG_INFINITY }, 0);
            }
            let mut high = (f32::NEG_INFINITY, 0);
            for (number, sum) in sums.iter().enumerate() {
                if *sum > high.0 && tag.may_follow(Some(tags[number])) {
                    high = (*sum, number);
                }
            }
            (high.0 + score, high.1)
        };
        let (next, from): (Vec<f32>, Vec<usize>) = tags.iter().zip(*row).map(step).unzip();
        sums = next;
        came.push(from);
    }
    let last = (0..sums.len()).rev().max_by(|&a, &b| sums[a].total_cmp(&sums[b]));
    let Some(mut at) = last else { return Vec::new() };
    let mut path = Vec::with_capacity(came.len());
    for from in came.iter().rev() {
        path.push(tags[at]);
        at = from[at];
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::{Tag, names};

    const TAGS: [Tag; 5] = [Tag::Outside, Tag::Begin("PER"), Tag::Inside("PER"), Tag::Begin("LOC"), Tag::Inside("LOC")];

    #[test]
    fn a_name_goes_on_inside_its_own_kind_and_two_may_stand_side_by_side() {
        let scores: [&[f32]; 4] =
            [&[0., 5., 0., 0., 0.], &[0., 0., 5., 0., 0.], &[0., 5., 0., 0., 0.], &[5., 0., 0., 0., 0.]];
        assert_eq!(names(&scores, &TAGS), [(0..2, "PER"), (2..3, "PER")]);
    }

    #[test]
    fn what_a_name_may_not_do_is_outweighed() {
        // The second word alone would be inside a place; the first is a person beyond doubt.
        let scores: [&[f32]; 2] = [&[0., 9., 0., 1., 0.], &[0., 0., 2., 0., 3.]];
        assert_eq!(names(&scores, &TAGS), [(0..2, "PER")]);
        // No name begins inside.
        let scores: [&[f32]; 1] = [&[0., 3., 5., 0., 0.]];
        assert_eq!(names(&scores, &TAGS), [(0..1, "PER")]);
    }

    #[test]
    fn a_word_that_is_hardly_a_name_is_none() {
        let scores: [&[f32]; 2] = [&[4., 4.5, 0., 0., 0.], &[3., 4.5, 0., 0., 0.]];
        assert_eq!(names(&scores, &TAGS), [(1..2, "PER")]);
    }

    #[test]
    fn no_words_have_no_names() {
        assert_eq!(names(&[], &TAGS), []);
    }
}
