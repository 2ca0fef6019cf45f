//! Posts and facts as text.

use std::fmt::Write;

use super::{Layers, tenure};
use crate::document::{Amount, AmountUnit, Argument, Fact, Object, Role, Tenure, Term, TimeId};
use crate::span::Span;
use crate::standing::{Certainty, Mode, Polarity, Standing};

impl Layers<'_> {
    pub(super) fn roles(&self) -> String {
        let mut shown = String::new();
        for role in &self.document.roles {
            let at =
                role.organization.map_or_else(String::new, |organization| format!(" at {}", self.name(organization)));
            let title = self.words(role.title);
            let (person, term) = (self.name(role.person), self.term(role));
            let _ = writeln!(shown, "  {person}: {} \"{title}\"{at}{term}", tenure(role.tenure));
            let Role { evidence, rule, confidence, standing, .. } = role;
            let _ = writeln!(shown, "     {}{}", self.support(*evidence, rule, *confidence), reserve(*standing));
        }
        shown
    }

    /// The bounds of a post, the words for them, and the verb that begins or ends it.
    fn term(&self, role: &Role) -> String {
        let Term { begin, end, inside, length, begun_by, ended_by, words } = role.term;
        let value = |id: Option<TimeId>| self.document.times.get(id?)?.value.map(|value| value.to_string());
        let bounds = [("from", begin), ("to", end), ("in", inside), ("for", length)];
        let mut shown = String::new();
        for (word, value) in bounds.into_iter().filter_map(|(word, id)| Some((word, value(id)?))) {
            let _ = write!(shown, " {word} {value}");
        }
        if let Some(words) = words {
            let _ = write!(shown, " \"{}\"", self.words(words));
        }
        for (word, verb) in [("begins", begun_by), ("ends", ended_by)] {
            if let Some(verb) = verb {
                let _ = write!(shown, ", {word} with \"{}\"", self.words(verb));
            }
        }
        shown
    }

    pub(super) fn facts(&self) -> String {
        let mut shown = String::new();
        for fact in &self.document.facts {
            let _ =
                writeln!(shown, "  {} {} {}", self.argument(fact.subject), fact.relation, self.object(&fact.object));
            let Fact { evidence, rule, confidence, standing, .. } = fact;
            let support = self.support(*evidence, rule, *confidence);
            let _ = writeln!(shown, "     {support}{}{}", self.qualifiers(fact), reserve(*standing));
        }
        shown
    }

    fn qualifiers(&self, fact: &Fact) -> String {
        let mut shown = String::new();
        if fact.tenure != Tenure::Current {
            let _ = write!(shown, ", {}", tenure(fact.tenure));
        }
        if let Some(time) = fact.time.and_then(|time| self.document.times.get(time)) {
            let _ = write!(shown, ", when \"{}\"", self.words(time.span));
        }
        if let Some(amount) = &fact.amount {
            let _ = write!(shown, ", amount {}", self.amount(amount));
        }
        shown
    }

    fn argument(&self, Argument { span, entity }: Argument) -> String {
        let name = entity.map_or_else(|| "-".to_owned(), |entity| self.name(entity));
        let words = self.words(span);
        let said = entity.and_then(|entity| self.document.entities.get(entity)).is_some_and(|it| it.name == words);
        if said { name } else { format!("\"{words}\" = {name}") }
    }

    fn object(&self, object: &Object) -> String {
        match object {
            Object::Thing(argument) => self.argument(*argument),
            Object::Time(time) => self.document.times.get(*time).map_or_else(String::new, |time| {
                let value = time.value.map_or_else(|| "?".to_owned(), |value| value.to_string());
                format!("\"{}\" = {value}", self.words(time.span))
            }),
            Object::Amount(amount) => self.amount(amount),
            Object::Words(span) => format!("\"{}\"", self.words(*span)),
        }
    }

    fn amount(&self, amount: &Amount) -> String {
        let unit = match amount.unit {
            AmountUnit::Money(code) => format!(" {}", String::from_utf8_lossy(&code)),
            AmountUnit::Percent => " %".to_owned(),
            AmountUnit::Years => " years".to_owned(),
            AmountUnit::Count => String::new(),
        };
        format!("\"{}\" = {}{unit}", self.words(amount.span), amount.value)
    }

    fn support(&self, evidence: Span, rule: &str, confidence: f32) -> String {
        format!("\"{}\" {}, rule {rule} {confidence:.2}", self.words(evidence), self.place(evidence))
    }
}

/// Why something is not asserted; nothing where it is.
fn reserve(standing: Standing) -> String {
    let Standing { polarity, certainty, mode, attribution } = standing;
    let mut shown = String::new();
    let polarity = (polarity == Polarity::Denied).then_some("denied");
    let certainty = match certainty {
        Certainty::Certain => None,
        Certainty::Probable => Some("probable"),
        Certainty::Possible => Some("possible"),
    };
    let mode = match mode {
        Mode::Told => None,
        Mode::Asked => Some("asked"),
        Mode::Planned => Some("planned"),
        Mode::Supposed => Some("supposed"),
    };
    for word in [polarity, certainty, mode].into_iter().flatten() {
        let _ = write!(shown, ", {word}");
    }
    if let Some(attribution) = attribution {
        let _ = write!(shown, ", in attribution {}", attribution + 1);
    }
    shown
}
