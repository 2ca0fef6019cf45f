//! Label names that live as long as the program.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static LABELS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The one copy of a label's name, so that tokens can hold it and rules compare it with a literal.
///
/// Each distinct name is kept for good: use it for the label sets of a model (about 200 short names), never for words.
#[must_use]
pub fn intern(name: &str) -> &'static str {
    let mut labels = LABELS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = labels.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.into());
    labels.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::intern;

    #[test]
    fn one_name_is_kept_once() {
        assert!(std::ptr::eq(intern("nsubj"), intern(&String::from("nsubj"))));
    }
}
