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

/// What some pieces gather, head by head, given their queries, and the keys and the values of all: rows of `width` numbers and
/// rows of twice that to rows of `width`. Queries have been divided by the root of their length.
#[inline(always)]
pub(super) fn attend<P: Processor>(queries: &[f32], keys_values: &[f32], width: usize, gathered: &mut [f32]) {
    let asking = queries.len() / width;
    let pieces = keys_values.len() / (2 * width);
    let blocks = pieces.div_ceil(LANES);
    let mut keys: Vec<Keys> = vec![[[0.0; LANES]; HEAD]; blocks];
    let mut values: Vec<Value> = vec![[[0.0; LANES]; HEAD / LANES]; pieces];
    let mut weights = vec![[0.0; LANES]; QUERIES * blocks];
    for head in (0..width).step_by(HEAD) {
        for (piece, row) in keys_values.chunks_exact(2 * width).enumerate() {
            for (at, number) in row[head..][..HEAD].iter().enumerate() {
                keys[piece / LANES][at][piece % LANES] = *number;
            }
            values[piece].as_flattened_mut().copy_from_slice(&row[width + head..][..HEAD]);
        }
        for first in (0..asking).step_by(QUERIES) {
            let mut some = [[0.0; HEAD]; QUERIES];
            for (number, query) in some.iter_mut().enumerate() {
                let piece = (first + number).min(asking - 1);
                query.copy_from_slice(&queries[piece * width + head..][..HEAD]);
            }
            compare::<P>(&some, &keys, &mut weights);
            let mut sums = [0.0; QUERIES];
            for (weights, sum) in weights.chunks_exact_mut(blocks).zip(&mut sums) {
                weights.as_flattened_mut()[pieces..].fill(f32::NEG_INFINITY);
                *sum = exponentials::<P>(weights);
            }
            let answers = weigh::<P>(&weights, &values);
            for number in 0..QUERIES.min(asking - first) {
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
        queries: &'a [f32],
        keys_values: &'a [f32],
    }

    const WIDTH: usize = 2 * HEAD;

    impl Work for Attention<'_> {
        type Answer = Vec<f32>;

        fn on<P: Processor>(self) -> Vec<f32> {
            let mut gathered = vec![0.0; self.queries.len()];
            attend::<P>(self.queries, self.keys_values, WIDTH, &mut gathered);
            gathered
        }
    }

    /// The definition, a number at a time.
    fn defined(queries: &[f32], keys_values: &[f32]) -> Vec<f64> {
        let rows: Vec<&[f32]> = keys_values.chunks_exact(2 * WIDTH).collect();
        let mut gathered = Vec::new();
        for query in queries.chunks_exact(WIDTH) {
            for at in 0..WIDTH {
                let head = at / HEAD * HEAD;
                let product = |key: &[f32]| -> f64 {
                    (head..head + HEAD).map(|at| f64::from(query[at]) * f64::from(key[at])).sum()
                };
                let weights: Vec<f64> = rows.iter().map(|key| product(key).exp()).collect();
                let weighed = rows.iter().zip(&weights).map(|(row, weight)| f64::from(row[WIDTH + at]) * weight);
                gathered.push(weighed.sum::<f64>() / weights.iter().sum::<f64>());
            }
        }
        gathered
    }

    #[test]
    fn pieces_gather_by_the_definition_however_many_ask_and_are_asked() {
        let numbers =
            |count: usize| -> Vec<f32> { (0..count).map(|n| ((n * 7919) % 1013) as f32 / 506.0 - 1.0).collect() };
        for (asking, pieces) in [(1, 1), (3, 3), (5, 16), (17, 17), (1, 45), (45, 45)] {
            let (queries, keys_values) = (numbers(asking * WIDTH), numbers(pieces * 2 * WIDTH));
            let gathered = work_out(Attention { queries: &queries, keys_values: &keys_values });
            assert_eq!(gathered.len(), queries.len());
            for (ours, theirs) in gathered.iter().zip(defined(&queries, &keys_values)) {
                assert!((f64::from(*ours) - theirs).abs() < 1e-5, "{asking} of {pieces}: {ours} and not {theirs}");
            }
        }
    }
}
