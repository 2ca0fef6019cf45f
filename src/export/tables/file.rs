//! A table that is being written, in one form or another.

use std::path::{Path, PathBuf};

use csv::{Terminator, WriterBuilder};

use super::column::Column;
use super::{Row, parquet};
use crate::error::{Error, Result};
use crate::output::Output;

/// What files tables are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// CSV as RFC 4180 has it, in UTF-8, for everything that reads tables.
    #[default]
    Csv,
    /// Parquet, with typed columns.
    Parquet,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Parquet];

    /// Its name on the command line, and the ending of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A file, which appears under its name when it is finished.
pub(super) struct File {
    path: PathBuf,
    writer: Writer,
}

enum Writer {
    Csv(Box<csv::Writer<Output>>),
    Parquet(Box<parquet::Writer<Output>>),
}

impl File {
    /// A table of this name, to which the ending is added.
    pub(super) fn create(name: &Path, columns: &[Column], form: Form) -> Result<Self> {
        let path = name.with_extension(form.name());
        let output = Output::create(&path)?;
        let writer = match form {
            Form::Csv => {
                let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(output);
                let header = columns.iter().map(|column| column.name);
                writer.write_record(header).map_err(|error| Error::io(&path)(error.into()))?;
                Writer::Csv(Box::new(writer))
            }
            Form::Parquet => {
                Writer::Parquet(Box::new(parquet::Writer::new(output, columns).map_err(Error::io(&path))?))
            }
        };
        Ok(Self { path, writer })
    }

    pub(super) fn write(&mut self, row: Row) -> Result<()> {
        let written = match &mut self.writer {
            Writer::Csv(writer) => writer.write_record(&row).map_err(Into::into),
            Writer::Parquet(writer) => writer.write(row),
        };
        written.map_err(Error::io(&self.path))
    }

    pub(super) fn finish(self) -> Result<()> {
        let output = match self.writer {
            Writer::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error),
            Writer::Parquet(writer) => writer.finish(),
        };
        output.map_err(Error::io(&self.path))?.finish()
    }
}
