//! One number for what a base or a file says: the SHA-256 of its canonical N-Quads (RDFC-1.0).
//!
//! What newsgraph writes has no blank nodes, and then the canonical form is the sorted quads. Files with blank nodes are
//! held in memory, where the nodes get their canonical names.

use std::fmt::Write as _;
use std::io;

use oxigraph::model::{Dataset, GraphName, NamedOrBlankNode, Quad, Term};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use sha2::{Digest, Sha256};

use crate::spill::Sorter;

/// Collects quads in any order and tells the digest of what they say.
#[derive(Default)]
pub struct Canonical {
    lines: Sorter,
    /// All quads from the first one on that has a blank node.
    named_later: Dataset,
}

impl Canonical {
    /// Takes a quad.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, quad: &Quad) -> io::Result<()> {
        if has_blank_node(quad) {
            self.named_later.insert(quad);
            return Ok(());
        }
        self.lines.push(line(quad).as_bytes())
    }

    /// The SHA-256 of the canonical N-Quads in hexadecimal.
    ///
    /// Blank nodes can be made to look so alike that naming them takes very long: do not give it files of an enemy.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub fn finish(mut self) -> io::Result<String> {
        // A quad without blank nodes does not tell blank nodes apart: only what touches them goes into naming.
        self.named_later
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        for quad in &self.named_later {
            self.lines.push(line(&quad.into_owned()).as_bytes())?;
        }
        let mut digest = Sha256::new();
        for line in self.lines.finish()? {
            digest.update(line?);
        }
        Ok(digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        }))
    }
}

/// A quad as a line of canonical N-Quads.
fn line(quad: &Quad) -> String {
    format!("{quad} .\n")
}

fn has_blank_node(quad: &Quad) -> bool {
    matches!(quad.subject, NamedOrBlankNode::BlankNode(_))
        || matches!(quad.object, Term::BlankNode(_) | Term::Triple(_))
        || matches!(quad.graph_name, GraphName::BlankNode(_))
}
