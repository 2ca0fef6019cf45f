//! Whose word something is, and how it stands by that word.

use super::Tree;
use crate::document::{Act, Attribution, AttributionId, Wording};
use crate::resources::factuality::{Effect, Factuality, Frame};
use crate::standing::{Certainty, Mode, Polarity, Standing};
use crate::text::Text;

/// The innermost attribution in whose content each token lies. What somebody knows or regrets, the article vouches for too: such a cue
/// makes no source.
pub(super) fn sources(
    text: &Text,
    attributions: &[Attribution],
    factuality: &Factuality,
) -> Vec<Option<AttributionId>> {
    let mut ids: Vec<AttributionId> = (0..attributions.len()).collect();
    ids.retain(|&id| !is_factive(text, &attributions[id], factuality));
    let length = |id: AttributionId| attributions[id].content.iter().map(|span| span.len()).sum::<usize>();
    // What lies in another comes after it.
    ids.sort_by_key(|&id| (depth(attributions, id), std::cmp::Reverse(length(id))));
    let mut sources = vec![None; text.tokens().len()];
    for id in ids {
        for span in &attributions[id].content {
            sources[text.tokens_in(*span)].fill(Some(id));
        }
    }
    sources
}

/// Whether the cue of an attribution presumes what it attributes ("knew that").
fn is_factive(text: &Text, attribution: &Attribution, factuality: &Factuality) -> bool {
    let presumes = |token: usize| {
        let outcome = factuality.outcome(Frame::That, &text.tokens()[token].lemma);
        outcome.is_some_and(|outcome| outcome.so == Effect::Presumed)
    };
    attribution.wording == Wording::Indirect && attribution.cue.is_some_and(|cue| text.tokens_in(cue).any(presumes))
}

/// In how many attributions one lies. A circle, which nobody should make, ends.
fn depth(attributions: &[Attribution], id: AttributionId) -> usize {
    let within = |id: &AttributionId| attributions.get(*id).and_then(|attribution| attribution.within);
    std::iter::successors(Some(id), within).take(attributions.len()).count()
}

impl Tree<'_> {
    /// How the main proposition of what is attributed stands by the word of its source.
    pub(super) fn of_content(&self, source: AttributionId) -> Standing {
        let told = Standing::default();
        match self.attributions[source].act {
            // What nobody in particular is given as the source of is told with reserve: "is said to have fled".
            Act::Says if self.is_nobodys(source) => Standing { certainty: Certainty::Probable, ..told },
            Act::Says => told,
            Act::Denies => Standing { polarity: Polarity::Denied, ..told },
            Act::Asks => Standing { certainty: Certainty::Possible, mode: Mode::Asked, ..told },
            Act::LeavesOpen => Standing { certainty: Certainty::Possible, ..told },
        }
    }

    fn is_nobodys(&self, source: AttributionId) -> bool {
        let attribution = &self.attributions[source];
        attribution.source.is_none() && attribution.quotes.is_empty()
    }

    /// The same where the cue that governs it may itself be denied, possible or planned ("if she says that").
    pub(super) fn reported(&self, cue: usize, source: AttributionId) -> Standing {
        let (content, cue) = (self.of_content(source), self.standings[cue]);
        let unsaid = cue.polarity == Polarity::Denied && self.attributions[source].act == Act::Says;
        let certainty = if unsaid { Certainty::Possible } else { cue.certainty };
        Standing { certainty: content.certainty.max(certainty), mode: content.mode.max(cue.mode), ..content }
    }

    /// Whether a token belongs to the words that attribute.
    pub(super) fn is_cue(&self, token: usize, source: AttributionId) -> bool {
        let span = self.text.tokens()[token].span;
        self.attributions[source].cue.is_some_and(|cue| cue.overlaps(span))
    }
}
