//! How each word stands of which a proposition may be made: as a fact, as not so, as likely, planned, asked or supposed.
//!
//! Standings go down the tree. Each word has the standing of its surroundings: of the verb that governs it, as that verb lets it pass ("failed
//! to pay"), of the clause that holds it ("if"), or of whoever is given as its source. To that it adds what belongs to the word itself:
//! negations, auxiliaries, adverbs ("did not pay", "may pay"). The words are in `factuality.toml`.

mod clause;
mod effect;
mod noun;
mod own;
mod voice;

use crate::document::{Attribution, AttributionId};
use crate::resources::Resources;
use crate::resources::factuality::Factuality;
use crate::standing::{Mode, Standing};
use crate::text::Text;

/// How a proposition stands whose predicate is a token, for each token of the text: what the source of its attribution, or else the
/// article, makes of it. A content that its source denies is denied here already.
#[must_use]
pub fn standings(text: &Text, attributions: &[Attribution], resources: &Resources) -> Vec<Standing> {
    let count = text.tokens().len();
    let mut tree = Tree {
        text,
        factuality: &resources.factuality,
        attributions,
        sources: voice::sources(text, attributions, &resources.factuality),
        around: vec![Standing::default(); count],
        standings: vec![Standing::default(); count],
    };
    for token in top_down(text) {
        let around = tree.surroundings(token);
        tree.around[token] = around;
        tree.standings[token] = tree.with_own(token, around);
    }
    let sources = tree.sources;
    let told = tree.standings.into_iter().zip(sources);
    told.map(|(standing, attribution)| Standing { attribution, ..standing }).collect()
}

/// A text while its standings are worked out.
struct Tree<'a> {
    text: &'a Text,
    factuality: &'a Factuality,
    attributions: &'a [Attribution],
    /// The innermost attribution in whose content each token lies.
    sources: Vec<Option<AttributionId>>,
    /// How what surrounds each token stands, before the token's own negations and auxiliaries.
    around: Vec<Standing>,
    standings: Vec<Standing>,
}

impl Tree<'_> {
    /// How what surrounds a token stands; the token's head is done already.
    fn surroundings(&self, token: usize) -> Standing {
        let head = self.text.tokens()[token].head;
        if head == token {
            let asked = if self.is_asked(token) { Mode::Asked } else { Mode::Told };
            let told = self.sources[token].map_or_else(Standing::default, |source| self.of_content(source));
            return Standing { mode: told.mode.max(asked), ..told };
        }
        match self.sources[token] {
            Some(source) if self.sources[head] != Some(source) && self.is_cue(head, source) => {
                self.reported(head, source)
            }
            _ => self.governed(token, head),
        }
    }

    fn governed(&self, token: usize, head: usize) -> Standing {
        match self.text.tokens()[token].dep {
            "conj" => self.joined(token, head),
            "ccomp" | "xcomp" | "acl" | "pcomp" | "csubj" | "csubjpass" => self.complement(token, head),
            "advcl" => self.adverbial(token, head),
            "relcl" => self.relative(head),
            "nsubj" | "nsubjpass" | "dobj" | "pobj" | "dative" | "nmod" | "compound" | "poss" | "attr" | "oprd"
            | "appos" => self.nominal(token, head),
            _ => self.standings[head],
        }
    }

    fn lemma(&self, token: usize) -> &str {
        &self.text.tokens()[token].lemma
    }

    fn word(&self, token: usize) -> String {
        self.text.word(token).to_lowercase()
    }

    fn child(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.text.children_by(token, deps).next()
    }

    /// Whether the sentence of a token ends in a question mark.
    fn is_asked(&self, token: usize) -> bool {
        let sentence = self.text.sentence_of(token);
        let last =
            sentence.rev().find(|&last| !matches!(self.text.word(last).trim(), "\"" | "”" | "’" | "'" | ")" | ""));
        last.is_some_and(|last| self.text.word(last).starts_with('?'))
    }
}

/// All tokens, each after its head.
fn top_down(text: &Text) -> Vec<usize> {
    let mut order: Vec<usize> = (0..text.tokens().len()).filter(|&token| text.tokens()[token].head == token).collect();
    let mut at = 0;
    while at < order.len() {
        order.extend(text.children(order[at]));
        at += 1;
    }
    order
}
