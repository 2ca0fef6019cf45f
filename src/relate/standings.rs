//! How each word stands of which a proposition may be made.

use crate::document::Attribution;
use crate::standing::{Polarity, Standing};
use crate::text::Text;

/// How a proposition stands whose predicate is a token, for each token of the text.
#[must_use]
pub fn standings(text: &Text, attributions: &[Attribution]) -> Vec<Standing> {
    let mut standings = vec![Standing::default(); text.tokens().len()];
    for (id, attribution) in attributions.iter().enumerate() {
        for span in &attribution.content {
            for standing in &mut standings[text.tokens_in(*span)] {
                standing.attribution = Some(id);
            }
        }
    }
    for (token, standing) in standings.iter_mut().enumerate() {
        if text.children_by(token, &["neg"]).next().is_some() {
            standing.polarity = Polarity::Denied;
        }
    }
    standings
}
