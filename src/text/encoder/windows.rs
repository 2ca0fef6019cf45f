//! Stretches of a text that the encoder reads at a time.

use std::ops::Range;

/// Tokens after which a window is full.
const FULL: usize = 80;
/// Pieces of a window at most, without the two around it.
const MOST: usize = 250;

/// Whole sentences, together until there are enough; a sentence with too many pieces is cut. `ends` tells after how many
/// pieces each token ends.
pub(super) fn windows(sentences: &[Range<usize>], ends: &[usize]) -> Vec<Range<usize>> {
    let pieces = |tokens: &Range<usize>| ends[tokens.end - 1] - tokens.start.checked_sub(1).map_or(0, |at| ends[at]);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for sentence in sentences {
        if let Some(last) = windows.last_mut() {
            let longer = last.start..sentence.end;
            if last.len() < FULL && pieces(&longer) <= MOST {
                *last = longer;
                continue;
            }
        }
        let mut rest = sentence.clone();
        while pieces(&rest) > MOST {
            let begin = rest.start.checked_sub(1).map_or(0, |at| ends[at]);
            let cut = ends.partition_point(|&end| end <= begin + MOST).max(rest.start + 1);
            windows.push(rest.start..cut);
            rest.start = cut;
        }
        windows.push(rest);
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn sentences_are_read_together_until_there_are_eighty_tokens() {
        let ends: Vec<usize> = (1..=150).collect();
        assert_eq!(windows(&[0..40, 40..79, 79..100, 100..150], &ends), [0..100, 100..150]);
    }

    #[test]
    fn a_window_never_has_too_many_pieces() {
        // Six pieces a token: 41 tokens are 246 pieces.
        let ends: Vec<usize> = (1..=100).map(|token| 6 * token).collect();
        assert_eq!(windows(&[0..30, 30..40, 40..100], &ends), [0..40, 40..81, 81..100]);
    }

    #[test]
    fn no_sentences_have_no_windows() {
        assert!(windows(&[], &[]).is_empty());
    }
}
