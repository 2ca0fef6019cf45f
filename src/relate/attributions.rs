//! Who is given as the source of what.

use crate::document::{Act, Attribution, Quote, Wording};

/// The attributions of a text, in its order.
#[must_use]
pub fn attributions(quotes: &[Quote]) -> Vec<Attribution> {
    let of_quote = |(id, quote): (usize, &Quote)| Attribution {
        content: vec![quote.span],
        cue: quote.cue,
        source: quote.speaker,
        act: Act::Says,
        wording: Wording::Direct,
        within: None,
        quotes: vec![id],
        rule: "quote".into(),
        confidence: 0.9,
    };
    quotes.iter().enumerate().map(of_quote).collect()
}
