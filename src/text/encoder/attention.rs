//! Attention: every piece gathers what all pieces hold, by how well their keys fit its queries.

use super::functions::exponentials;
use super::processor::{LANES, Processor};

/// Numbers of a query, a key or a value in one head.
pub(super) const HEAD: usize = 32;
/// Queries that are answered at the same time.
const QUERIES: usize = 4;

/// Keys of `LANES` pieces: the first numbers of all, the second numbers, and so on.
type Keys = [[f32; LANES]; HEAD];
/// Numbers of a value.
type Value = [[f32; LANES]; HEAD / LANES];

/// What each piece gathers, head by head, given the queries, the keys and the values of each: rows of three times `width`
/// numbers to rows of `width`. Queries have been divided by the root of their length.
#[inline(always)]
pub(super) fn attend<P: Processor>(projected: &[f32], width: usize, gathered: &mut [f32]) {
    let pieces = gathered.len() / width;
    let blocks = pieces.div_ceil(LANES);
    let mut keys: Vec<Keys> = vec![[[0.0; LANES]; HEAD]; blocks];
    let mut values: Vec<Value> = vec![[[0.0; LANES]; HEAD / LANES]; pieces];
    let mut weights = vec![[0.0; LANES]; QUERIES * blocks];
    for head in (0..width).step_by(HEAD) {
        for (piece, row) in projected.chunks_exact(3 * width).enumerate() {
            for (at, number) in row[width + head..][..HEAD].iter().enumerate() {
                keys[piece / LANES][at][piece % LANES] = *number;
            }
            values[piece].as_flattened_mut().copy_from_slice(&row[2 * width + head..][..HEAD]);
        }
        for first in (0..pieces).step_by(QUERIES) {
            let mut queries = [[0.0; HEAD]; QUERIES];
            for (number, query) in queries.iter_mut().enumerate() {
                let piece = (first + number).min(pieces - 1);
                query.copy_from_slice(&projected[piece * 3 * width + head..][..HEAD]);
            }
            compare::<P>(&queries, &keys, &mut weights);
            let mut sums = [0.0; QUERIES];
            for (weights, sum) in weights.chunks_exact_mut(blocks).zip(&mut sums) {
                weights.as_flattened_mut()[pieces..].fill(f32::NEG_INFINITY);
                *sum = exponentials::<P>(weights);
            }
            let answers = weigh::<P>(&weights, &values);
            for number in 0..QUERIES.min(pieces - first) {
                let gathered = &mut gathered[(first + number) * width + head..][..HEAD];
                for (gathered, answer) in gathered.iter_mut().zip(answers[number].as_flattened()) {
                    *gathered = answer / sums[number];
                }
            }
        }
    }
}

/// The products of queries and keys: a row of blocks for each query.
#[inline(always)]
fn compare<P: Processor>(queries: &[[f32; HEAD]; QUERIES], keys: &[Keys], products: &mut [[f32; LANES]]) {
    for (block, keys) in keys.iter().enumerate() {
        let mut sums = [[0.0; LANES]; QUERIES];
        for at in 0..HEAD {
            for query in 0..QUERIES {
                for lane in 0..LANES {
                    sums[query][lane] = P::fused(queries[query][at], keys[at][lane], sums[query][lane]);
                }
            }
        }
        for query in 0..QUERIES {
            products[query * products.len() / QUERIES + block] = sums[query];
        }
    }
}

/// The sum of the values by their weights, for each query.
#[inline(always)]
fn weigh<P: Processor>(weights: &[[f32; LANES]], values: &[Value]) -> [Value; QUERIES] {
    let row = |query: usize| &weights[query * weights.len() / QUERIES..].as_flattened()[..values.len()];
    let rows = [row(0), row(1), row(2), row(3)];
    let mut sums = [[[0.0; LANES]; HEAD / LANES]; QUERIES];
    for (piece, value) in values.iter().enumerate() {
        for query in 0..QUERIES {
            for part in 0..HEAD / LANES {
                for lane in 0..LANES {
                    let sum = &mut sums[query][part][lane];
                    *sum = P::fused(rows[query][piece], value[part][lane], *sum);
                }
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::super::processor::{Processor, Work, work_out};
    use super::{HEAD, attend};

    struct Attention<'a> {
        projected: &'a [f32],
        width: usize,
    }

    impl Work for Attention<'_> {
        type Answer = Vec<f32>;

        fn on<P: Processor>(self) -> Vec<f32> {
            let mut gathered = vec![0.0; self.projected.len() / 3];
            attend::<P>(self.projected, self.width, &mut gathered);
            gathered
        }
    }

    /// The definition, a number at a time.
    fn defined(projected: &[f32], width: usize) -> Vec<f64> {
        let rows: Vec<&[f32]> = projected.chunks_exact(3 * width).collect();
        let mut gathered = Vec::new();
        for query in &rows {
            for at in 0..width {
                let head = at / HEAD * HEAD;
                let product = |key: &[f32]| -> f64 {
                    (head..head + HEAD).map(|at| f64::from(query[at]) * f64::from(key[width + at])).sum()
                };
                let weights: Vec<f64> = rows.iter().map(|key| product(key).exp()).collect();
                let weighed = rows.iter().zip(&weights).map(|(row, weight)| f64::from(row[2 * width + at]) * weight);
                gathered.push(weighed.sum::<f64>() / weights.iter().sum::<f64>());
            }
        }
        gathered
    }

    #[test]
    fn pieces_gather_by_the_definition_however_many_they_are() {
        let width = 2 * HEAD;
        for pieces in [1, 3, 16, 17, 45] {
            let projected: Vec<f32> =
                (0..pieces * 3 * width).map(|n| ((n * 7919) % 1013) as f32 / 506.0 - 1.0).collect();
            let gathered = work_out(Attention { projected: &projected, width });
            for (ours, theirs) in gathered.iter().zip(defined(&projected, width)) {
                assert!((f64::from(*ours) - theirs).abs() < 1e-5, "{pieces} pieces: {ours} and not {theirs}");
            }
        }
    }
}
