//! Works on many items at once and hands the results on in order, on as many threads as rayon's pool has.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rayon::prelude::*;

/// How many items a thread may be ahead of the one whose turn it is: enough that none waits for a long article, few
/// enough to stay small.
const AHEAD: usize = 8;

/// Applies `work` to each item and yields the results in the order of the items: for items that are at hand.
///
/// Holds a few results a thread, however many items there are.
pub fn map<T, R>(items: impl Iterator<Item = T>, work: impl Fn(T) -> R + Sync) -> impl Iterator<Item = R>
where
    T: Send,
    R: Send,
{
    let size = 2 * AHEAD * rayon::current_num_threads();
    let mut items = items.fuse();
    std::iter::from_fn(move || {
        let batch: Vec<T> = items.by_ref().take(size).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(&work).collect::<Vec<R>>())
    })
    .flatten()
}

/// Applies `work` to each item while `consume` takes the results in the order of the items: for items that come in.
///
/// Items are drawn one at a time, when a thread is free, and each result can be taken as soon as it is there: an input
/// that trickles in is answered without delay. A few results a thread are held at most, however long the input. No
/// more items are drawn once `consume` has returned.
pub fn stream<T, R: Send, O>(
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    consume: impl FnOnce(Results<R>) -> O,
) -> O {
    let threads = rayon::current_num_threads();
    let (queue, promised) = sync_channel(AHEAD * threads);
    let source = Mutex::new(Source { items: items.fuse(), queue: Some(queue) });
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((item, promise)) = Source::draw(&source) {
                    // Fails when the consumer has gone, and then the next draw fails as well.
                    let _ = promise.send(work(item));
                }
            });
        }
        consume(Results { promised, next: None })
    })
}

/// Where threads draw items from. The order of drawing is the order of the promises in the queue.
struct Source<I, R> {
    items: I,
    queue: Option<SyncSender<Receiver<R>>>,
}

impl<I: Iterator, R> Source<I, R> {
    fn draw(source: &Mutex<Self>) -> Option<(I::Item, SyncSender<R>)> {
        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = source.queue.clone()?;
        let drawn = source.items.next().and_then(|item| {
            let (promise, promised) = sync_channel(1);
            queue.send(promised).ok().map(|()| (item, promise))
        });
        if drawn.is_none() {
            source.queue = None;
        }
        drawn
    }
}

/// The results of [`stream`] in the order of the items.
pub struct Results<R> {
    promised: Receiver<Receiver<R>>,
    next: Option<Receiver<R>>,
}

impl<R> Results<R> {
    /// The next result if it is there already; `None` when it is still being worked on, or there is none.
    pub fn ready(&mut self) -> Option<R> {
        if self.next.is_none() {
            self.next = self.promised.try_recv().ok();
        }
        match self.next.as_ref()?.try_recv() {
            Ok(result) => {
                self.next = None;
                Some(result)
            }
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => None,
        }
    }
}

impl<R> Iterator for Results<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        let next = self.next.take().or_else(|| self.promised.recv().ok())?;
        // A promise is broken only by a panic, which goes on in `stream` once the threads are joined.
        next.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::{map, stream};

    #[test]
    fn results_keep_the_order_of_the_items() {
        let slow_at_first = |n: u64| {
            thread::sleep(Duration::from_micros(1000 / (n + 1)));
            n * n
        };
        let expected: Vec<u64> = (0..500).map(|n| n * n).collect();
        assert_eq!(stream(0..500, slow_at_first, Iterator::collect::<Vec<u64>>), expected);
        assert_eq!(map(0..500, slow_at_first).collect::<Vec<u64>>(), expected);
    }

    #[test]
    fn a_result_can_be_taken_before_the_next_item_exists() {
        let (typed, line) = channel();
        let answers: Vec<String> = stream(
            line.into_iter(),
            |word: &str| word.to_uppercase(),
            |mut results| {
                let mut ask = |word| {
                    typed.send(word).ok();
                    results.next()
                };
                let answers = [ask("one"), ask("two")];
                drop(typed);
                answers.into_iter().flatten().chain(results).collect()
            },
        );
        assert_eq!(answers, ["ONE", "TWO"]);
    }

    #[test]
    fn few_items_are_drawn_ahead_of_a_slow_consumer() {
        let drawn = AtomicUsize::new(0);
        let items = (0..10_000).inspect(|_| {
            drawn.fetch_add(1, Ordering::Relaxed);
        });
        let first = stream(
            items,
            |n| n,
            |mut results| {
                thread::sleep(Duration::from_millis(50));
                results.next()
            },
        );
        assert_eq!(first, Some(0));
        assert!(drawn.into_inner() < 5_000, "the input was read to its end");
    }

    #[test]
    fn what_is_not_ready_is_not_waited_for() {
        let (typed, line) = channel::<u8>();
        stream(
            line.into_iter(),
            |n| n,
            |mut results| {
                assert_eq!(results.ready(), None);
                typed.send(7).ok();
                assert_eq!(results.next(), Some(7));
                drop(typed);
            },
        );
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_at_work_is_not_swallowed() {
        stream(0..3, |n| assert_ne!(n, 1, "broken"), Iterator::count);
    }
}
