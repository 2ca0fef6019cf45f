//! Mentions that open and close in brackets, gathered into chains.

use std::collections::BTreeMap;
use std::ops::Range;

/// Brackets that are open, by the chain they belong to. Of two of one chain, the inner one closes first.
#[derive(Default)]
pub(super) struct Brackets<T> {
    open: BTreeMap<String, Vec<(usize, T)>>,
}

impl<T> Brackets<T> {
    /// Opens a mention of a chain at a token.
    pub(super) fn open(&mut self, chain: &str, token: usize, about: T) {
        self.open.entry(chain.to_owned()).or_default().push((token, about));
    }

    /// Closes the last mention of a chain after a token, and gives its tokens back.
    pub(super) fn close(&mut self, chain: &str, token: usize) -> Result<(Range<usize>, T), String> {
        let last = self.open.get_mut(chain).and_then(Vec::pop);
        let (start, about) = last.ok_or_else(|| format!("a mention of {chain} ends that never began"))?;
        Ok((start..token + 1, about))
    }

    /// Whether a mention is still open at the end of the text.
    pub(super) fn check_closed(&self) -> Result<(), String> {
        match self.open.iter().find(|(_, open)| !open.is_empty()) {
            Some((chain, _)) => Err(format!("a mention of {chain} never ends")),
            None => Ok(()),
        }
    }
}
