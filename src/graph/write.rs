//! Stand-in.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Quad};

/// Stand-in.
pub struct Writer<W: Write> {
    out: W,
    format: RdfFormat,
}

impl<W: Write> Writer<W> {
    /// Stand-in.
    pub fn new(out: W, format: RdfFormat) -> Self {
        Self { out, format }
    }

    /// Stand-in.
    ///
    /// # Errors
    /// When.
    pub fn write(&mut self, quads: &[Quad]) -> std::io::Result<()> {
        let mut inner = RdfSerializer::from_format(self.format).for_writer(Vec::new());
        for quad in quads {
            let mut quad = quad.as_ref();
            if !self.format.supports_datasets() {
                quad.graph_name = GraphNameRef::DefaultGraph;
            }
            inner.serialize_quad(quad)?;
        }
        self.out.write_all(&inner.finish()?)
    }

    /// Stand-in.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Stand-in.
    ///
    /// # Errors
    /// When.
    pub fn finish(self) -> std::io::Result<W> {
        Ok(self.out)
    }
}
