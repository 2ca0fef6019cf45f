//! Works on many items at once and hands the results on in order.

use rayon::prelude::*;

/// How many items a thread is given at a time: enough that none waits long for the slowest, few enough to stay small.
const ITEMS_A_THREAD: usize = 16;

/// Applies `work` to each item on all threads and yields the results in the order of the items.
///
/// Holds at most [`ITEMS_A_THREAD`] results a thread, however long the input.
pub fn map<T, R>(items: impl Iterator<Item = T>, work: impl Fn(T) -> R + Sync) -> impl Iterator<Item = R>
where
    T: Send,
    R: Send,
{
    let size = ITEMS_A_THREAD * rayon::current_num_threads();
    let mut items = items.fuse();
    std::iter::from_fn(move || {
        let batch: Vec<T> = items.by_ref().take(size).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(&work).collect::<Vec<R>>())
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let squares: Vec<usize> = super::map(0..1000, |n| n * n).collect();
        assert!(squares.iter().enumerate().all(|(n, square)| n * n == *square));
        assert_eq!(squares.len(), 1000);
    }
}
