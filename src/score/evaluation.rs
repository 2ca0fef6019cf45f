//! Everything that can be measured of some texts.

use super::coreference;
use super::fault::Fault;
use super::figure::Figure;
use super::sample::{Annotations, Sample};
use super::spans::Names;
use super::types::Types;
use super::{attributions, events, facts, linking, pronouns, spans, times};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Names and their types.
    Names,
    /// Which mentions speak of one thing.
    Coreference,
    /// Which thing of a knowledge base that is.
    Linking,
    /// Which name a pronoun stands for.
    Pronouns,
    /// In which relations things stand.
    Facts,
    /// Who is given as the source of what.
    Attributions,
    /// What happens, who takes part, and how it stands.
    Events,
    /// When.
    Times,
}

impl Task {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Coreference,
        Self::Linking,
        Self::Pronouns,
        Self::Attributions,
        Self::Events,
        Self::Times,
        Self::Facts,
    ];

    /// Its name, as in [`Figure::task`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Names => spans::TASK,
            Self::Coreference => coreference::TASK,
            Self::Linking => linking::TASK,
            Self::Pronouns => pronouns::TASK,
            Self::Facts => facts::TASK,
            Self::Attributions => attributions::TASK,
            Self::Events => events::TASK,
            Self::Times => times::TASK,
        }
    }

    /// Whether texts are annotated for it.
    #[must_use]
    pub fn is_in(self, samples: &[Sample]) -> bool {
        samples.iter().any(|sample| match self {
            Self::Names => sample.gold.names.is_some(),
            Self::Coreference => sample.gold.chains.is_some(),
            Self::Linking => sample.gold.links.is_some(),
            Self::Pronouns => sample.gold.pronouns.is_some(),
            Self::Facts => sample.gold.facts.is_some(),
            Self::Attributions => sample.gold.attributions.is_some(),
            Self::Events => sample.gold.happenings.is_some(),
            Self::Times => sample.gold.times.is_some(),
        })
    }
}

/// What is measured, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What is measured; what the texts are not annotated for is passed over.
    pub tasks: Vec<Task>,
    /// The types that count.
    pub types: Types,
    /// How chains are compared.
    pub coreference: coreference::Options,
    /// Which relations count as which property.
    pub properties: facts::Properties,
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The figures, by task.
    pub figures: Vec<Figure>,
    /// What is not as the gold has it.
    pub faults: Vec<Fault>,
}

/// Compares what was found in texts with what people annotated; `found` has one entry a sample.
#[must_use]
pub fn evaluate(samples: &[Sample], found: &[Annotations], settings: &Settings) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for task in settings.tasks.iter().filter(|task| task.is_in(samples)) {
        let (types, options) = (&settings.types, &settings.coreference);
        let (figures, faults) = match task {
            Task::Names => {
                let names = Names::new(samples, found, types);
                (names.figures(), names.faults())
            }
            Task::Coreference => (
                coreference::figures(samples, found, types, options),
                coreference::faults(samples, found, types, options),
            ),
            Task::Linking => (linking::figures(samples, found), linking::faults(samples, found)),
            Task::Pronouns => (pronouns::figures(samples, found), pronouns::faults(samples, found)),
            Task::Facts => {
                let properties = &settings.properties;
                (facts::figures(samples, found, properties), facts::faults(samples, found, properties))
            }
            Task::Attributions => (attributions::figures(samples, found), attributions::faults(samples, found)),
            Task::Events => (events::figures(samples, found), events::faults(samples, found)),
            Task::Times => (times::figures(samples, found), times::faults(samples, found)),
        };
        evaluation.figures.extend(figures);
        evaluation.faults.extend(faults);
    }
    evaluation
}
