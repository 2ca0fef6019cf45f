//! Ends the program where a query does not end when its time is over.
//!
//! The evaluator looks whether its time is over where it reads quads, and we where it gives rows. A sort, a group or DISTINCT over
//! a product of rows that it has gathered does neither, and nothing but the end of the program stops it.

use std::process;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long the evaluator may take to see that its time is over.
const GRACE: Duration = Duration::from_secs(2);

/// The program ends with status 2 unless this is dropped in time.
pub(super) struct Deadline {
    /// Wakes the thread by its end.
    _met: mpsc::Sender<()>,
}

impl Deadline {
    /// For a query of this name that gives up after some time.
    pub(super) fn new(timeout: Duration, origin: &str) -> Self {
        let (met, wait) = mpsc::channel::<()>();
        let origin = origin.to_owned();
        thread::spawn(move || {
            if wait.recv_timeout(timeout + GRACE) == Err(mpsc::RecvTimeoutError::Timeout) {
                let seconds = timeout.as_secs_f64();
                anstream::eprintln!(
                    "error: {origin}: no answer within {seconds} s: give it more time, or ask for less"
                );
                process::exit(2);
            }
        });
        Self { _met: met }
    }
}
