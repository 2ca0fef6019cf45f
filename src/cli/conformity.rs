//! Whether articles conform to shapes, told one by one as they are converted.

use std::path::PathBuf;

use indicatif::HumanCount;
use oxigraph::model::Quad;

use super::{Status, Terminal, rows};
use crate::base::Dataset;
use crate::error::Result;
use crate::shacl::Shapes;

/// The shapes that articles are held against.
pub(super) struct Conformity(Option<Shapes>);

impl Conformity {
    /// To the shapes of some files and those that ship with the program; without files everything conforms.
    ///
    /// # Errors
    /// When a file cannot be read or its shapes cannot be used.
    pub(super) fn to(files: &[PathBuf]) -> Result<Self> {
        Ok(Self(if files.is_empty() { None } else { Some(Shapes::shipped_and(files)?) }))
    }

    /// What is wrong with the quads of an article; nothing where they conform.
    ///
    /// # Errors
    /// When a constraint in SPARQL cannot be evaluated.
    pub(super) fn refusal(&self, quads: &[Quad]) -> Result<Option<String>> {
        let Some(shapes) = &self.0 else { return Ok(None) };
        let report = shapes.validate(&quads.iter().cloned().collect::<Dataset>())?;
        let Some(first) = report.violations().next() else { return Ok(None) };
        let article = quads.first().map(|quad| quad.graph_name.to_string()).unwrap_or_default();
        let (article, shape) = (article.trim_matches(['<', '>']), rows::show(&first.named_shape));
        let more = match report.violations().count() - 1 {
            0 => String::new(),
            more => format!(", and {} more", HumanCount(more as u64)),
        };
        Ok(Some(format!("{article}: does not conform: {} ({shape}){more}", first.message())))
    }
}

/// The articles that were refused so far.
pub(super) struct Refused<'a> {
    terminal: &'a Terminal,
    count: u64,
}

impl<'a> Refused<'a> {
    pub(super) fn new(terminal: &'a Terminal) -> Self {
        Self { terminal, count: 0 }
    }

    /// Tells of an article whether it conforms.
    pub(super) fn tell(&mut self, refusal: Option<String>) {
        if let Some(refusal) = refusal {
            self.count += 1;
            self.terminal.warning(&refusal);
        }
    }

    /// Tells how many of all articles there were; what the program ends with is no better than `status`.
    pub(super) fn finish(self, articles: u64, status: Status) -> Status {
        if self.count == 0 {
            return status;
        }
        let (count, articles) = (HumanCount(self.count), HumanCount(articles));
        self.terminal.note(&format_args!("articles that do not conform to the shapes: {count} of {articles}"));
        if status == Status::Done { Status::Partial } else { status }
    }
}
