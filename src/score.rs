//! Measures what was found against what people annotated.
//!
//! Gold and found are one shape, [`Annotations`] over a text, so that either may come from a file or from a pipeline:
//!
//! ```text
//! read::gold ── Vec<Sample> ──┬─ spans / coreference / linking / events … ── Vec<Figure> ── Estimate
//! found::annotations ─────────┘                                         └── Vec<Fault>
//! ```
//!
//! Nothing here knows of the command line, and only [`found`] knows of documents.

pub mod aliases;
pub mod assignment;
pub mod attributions;
pub mod bootstrap;
pub mod coreference;
pub mod evaluation;
pub mod events;
pub mod facts;
pub mod fault;
pub mod figure;
pub mod found;
pub mod linking;
pub mod pronouns;
pub mod ratchet;
pub mod read;
pub mod sample;
pub mod spans;
pub mod tally;
pub mod times;
pub mod types;
pub mod write;

pub use fault::Fault;
pub use figure::{Estimate, Figure};
pub use sample::{Annotations, Sample};
pub use tally::Tally;
