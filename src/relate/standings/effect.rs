//! What an effect makes of a standing.

use crate::resources::factuality::{Effect, Outcome};
use crate::standing::{Certainty, Mode, Polarity, Standing};

/// How something stands on which an outcome has its effect, and whose governor stands like that in such surroundings.
pub(super) fn passed(outcome: Outcome, governor: Standing, around: Standing) -> Standing {
    match governor.polarity {
        Polarity::Affirmed => with(outcome.so, governor, around),
        Polarity::Denied => with(outcome.not, Standing { polarity: Polarity::Affirmed, ..governor }, around),
    }
}

/// A standing with an effect; `around` is what is presumed.
pub(super) fn with(effect: Effect, standing: Standing, around: Standing) -> Standing {
    let denied = |standing: Standing| Standing { polarity: flipped(standing.polarity), ..standing };
    let at_least = |certainty: Certainty| Standing { certainty: standing.certainty.max(certainty), ..standing };
    let in_mode = |mode: Mode| Standing { mode: stronger(standing.mode, mode), ..standing };
    match effect {
        Effect::Holds => standing,
        Effect::Fails => denied(standing),
        Effect::Open => at_least(Certainty::Possible),
        Effect::Likely | Effect::Said => at_least(Certainty::Probable),
        Effect::Unlikely => denied(at_least(Certainty::Probable)),
        Effect::Wanted => in_mode(Mode::Planned),
        Effect::Unwanted => denied(in_mode(Mode::Planned)),
        Effect::Asked => Standing { certainty: Certainty::Possible, ..in_mode(Mode::Asked) },
        Effect::Supposed => in_mode(Mode::Supposed),
        Effect::Counterfactual => denied(in_mode(Mode::Supposed)),
        Effect::Presumed => around,
    }
}

/// What is planned inside a condition is supposed; of others the later one counts.
fn stronger(before: Mode, then: Mode) -> Mode {
    if before == Mode::Supposed { before } else { then }
}

pub(super) fn flipped(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Affirmed => Polarity::Denied,
        Polarity::Denied => Polarity::Affirmed,
    }
}
