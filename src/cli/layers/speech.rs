//! Who says what: quotes and attributions.

use std::fmt::Write;

use super::Layers;
use crate::document::{Act, Quote, Speaker};

impl Layers<'_> {
    pub(super) fn quotes(&self) -> String {
        let mut shown = String::new();
        for (i, quote) in self.document.quotes.iter().enumerate() {
            let _ = writeln!(shown, "{:>3}  {}  \"{}\"", i + 1, self.place(quote.span), self.words(quote.span));
            let _ = writeln!(shown, "     {}", self.attribution(quote));
        }
        shown
    }

    fn attribution(&self, quote: &Quote) -> String {
        let cue = quote.cue.map_or_else(String::new, |cue| format!(", cue \"{}\"", self.words(cue)));
        match &quote.speaker {
            None => format!("by nobody named{cue}"),
            Some(speaker) => format!("by {}{cue}", self.speaker(speaker)),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> String {
        let who = speaker.entity.map_or_else(|| "no known entity".to_owned(), |entity| self.name(entity));
        format!("\"{}\" = {who}", self.words(speaker.span))
    }

    /// Source, what it does and by which words; then what is said, with the rule and the attribution around it.
    pub(super) fn attributions(&self) -> String {
        let mut shown = String::new();
        for (i, attribution) in self.document.attributions.iter().enumerate() {
            let who = attribution.source.map_or_else(|| "nobody named".to_owned(), |source| self.speaker(&source));
            let act = match attribution.act {
                Act::Says => "says",
                Act::Denies => "denies",
                Act::Asks => "asks",
                Act::LeavesOpen => "leaves open",
            };
            let cue = attribution.cue.map_or_else(String::new, |cue| format!(", cue \"{}\"", self.words(cue)));
            let _ = writeln!(shown, "{:>3}  {who} {act}{cue}", i + 1);
            let content = attribution.content.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ");
            let places = attribution.content.iter().map(|span| self.place(*span)).collect::<Vec<_>>().join(",");
            let _ = writeln!(shown, "     \"{content}\" {places}");
            let within = attribution.within.map_or_else(String::new, |outer| format!(", within {}", outer + 1));
            let wording = format!("{:?}", attribution.wording).to_lowercase();
            let (rule, sure) = (&attribution.rule, attribution.confidence);
            let _ = writeln!(shown, "     {wording}, rule {rule} {sure:.2}{within}");
        }
        shown
    }
}
