//! Ships by the letters before their names: "the MV Berg", "HMS Berg".

use super::Candidate;
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

/// Makes a ship of a name behind such letters, which belong to it. Where persons have such initials ("MS Berg"), an article before them
/// tells.
pub(super) fn settle(text: &Text, resources: &Resources, found: &mut [Candidate]) {
    for candidate in found {
        let tokens = text.tokens_in(candidate.span);
        let is_letters = |word: &str| resources.names.is_vessel(word);
        let inside = tokens.len() > 1 && is_letters(text.word(tokens.start));
        let letters = if inside { Some(tokens.start) } else { tokens.start.checked_sub(1) };
        let sentence = text.sentence_of(tokens.start);
        let Some(letters) = letters.filter(|at| sentence.contains(at) && is_letters(text.word(*at))) else { continue };
        let article = letters.checked_sub(1).filter(|at| sentence.contains(at)).map_or("", |at| text.word(at));
        if article.eq_ignore_ascii_case("the") || resources.names.is_naval(text.word(letters)) {
            candidate.span = text.span(letters..tokens.end);
            candidate.kind = Kind::Product;
            candidate.confidence = resources.names.confidence(Kind::Product);
        }
    }
}
