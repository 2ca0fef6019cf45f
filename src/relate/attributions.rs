//! Who is given as the source of what.

use crate::document::{Act, Attribution, Quote};

/// The attributions of a text, in its order.
#[must_use]
pub fn attributions(quotes: &[Quote]) -> Vec<Attribution> {
    let of_quote = |(id, quote): (usize, &Quote)| Attribution {
        content: vec![quote.span],
        cue: quote.cue,
        source: quote.speaker,
        act: Act::Says,
        within: None,
        quote: Some(id),
    };
    quotes.iter().enumerate().map(of_quote).collect()
}
