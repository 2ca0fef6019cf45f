//! Tokens with their analysis, in the columns of CoNLL-U.

use std::fmt::Write;

use super::{Layers, one_line};
use crate::cli::columns::Columns;

impl Layers<'_> {
    pub(super) fn tokens(&self) -> String {
        let text = &self.document.text;
        let mut shown = String::new();
        for (i, sentence) in text.sentences().iter().enumerate() {
            let mut columns = Columns::new("  ", None);
            for token in sentence.clone() {
                let analysis = &text.tokens()[token];
                let number = |token: usize| (token + 1).saturating_sub(sentence.start);
                let head = if analysis.head == token { 0 } else { number(analysis.head) };
                columns.row([
                    number(token).to_string(),
                    one_line(text.word(token)),
                    one_line(&analysis.lemma),
                    analysis.pos.to_owned(),
                    analysis.tag.to_owned(),
                    head.to_string(),
                    analysis.dep.to_owned(),
                    self.name_tag(token),
                    self.place(analysis.span),
                ]);
            }
            columns.align_right(&[0, 5]);
            let gap = if i == 0 { "" } else { "\n" };
            let _ = write!(shown, "{gap}  # sentence {}\n{}", i + 1, columns.lines());
        }
        shown
    }

    /// The recogniser's name at a token, in BIO.
    fn name_tag(&self, token: usize) -> String {
        match self.document.text.name_at(token) {
            Some(name) if name.tokens.start == token => format!("B-{}", name.label),
            Some(name) => format!("I-{}", name.label),
            None => "O".to_owned(),
        }
    }
}
