//! What happens, as it is shown.

use std::fmt::Write;

use super::Layers;
use crate::event::{EventClass, EventMention};
use crate::standing::{Certainty, Mode, Polarity, Standing};

impl Layers<'_> {
    pub(super) fn events(&self) -> String {
        let mut shown = String::new();
        for (i, event) in self.document.events.iter().enumerate() {
            let class = event.class.map_or("-", EventClass::name);
            let _ = writeln!(shown, "{:>3}  {class} \"{}\"", i + 1, event.lemma);
            for mention in &event.mentions {
                let _ = writeln!(shown, "     {}", self.event_mention(mention));
            }
        }
        shown
    }

    fn event_mention(&self, mention: &EventMention) -> String {
        let mut parts = vec![standing(mention.standing)];
        if mention.is_future {
            parts.push("to come".to_owned());
        }
        if mention.is_bare {
            parts.push("bare".to_owned());
        }
        for participant in &mention.participants {
            let words = self.words(participant.span);
            let entity = participant.entity.map_or_else(String::new, |entity| format!(" = {}", self.name(entity)));
            parts.push(format!("{} \"{words}\"{entity}", participant.role.name()));
        }
        let times = mention.times.iter().filter_map(|&time| self.document.times.get(time));
        parts.extend(times.map(|time| format!("time \"{}\"", self.words(time.span))));
        parts.push(format!("rule {} {:.2}", mention.rule, mention.confidence));
        let (words, place) = (self.words(mention.trigger), self.place(mention.trigger));
        format!("\"{words}\" {place}: {}", parts.join(", "))
    }
}

/// How something stands, in words; "asserted" where the article states it.
fn standing(standing: Standing) -> String {
    let Standing { polarity, certainty, mode, attribution } = standing;
    let parts = [
        (polarity == Polarity::Denied).then(|| "denied".to_owned()),
        (certainty != Certainty::Certain).then(|| format!("{certainty:?}").to_lowercase()),
        (mode != Mode::Told).then(|| format!("{mode:?}").to_lowercase()),
        attribution.map(|id| format!("by attribution {}", id + 1)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "asserted".to_owned() } else { parts.join(" ") }
}
