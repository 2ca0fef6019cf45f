//! How inputs are read.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::fields::{Field, Path};
use super::format::Format;
use super::rules::Rules;
use crate::error::{Error, Result};

/// How inputs are read. Cheap to clone.
///
/// ```
/// use newsgraph::source::{Format, Options};
///
/// let options = Options::built_in()?
///     .with_format(Format::Jsonl)
///     .with_field("text", "article.body")?
///     .with_language_check(false);
/// # Ok::<(), newsgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    format: Option<Format>,
    mapping: Vec<(Field, Path)>,
    checks_language: bool,
    encoding: Option<&'static Encoding>,
    size_limit: u64,
    rules: Arc<Rules>,
}

/// The default of [`Options::with_size_limit`]: 64 MiB.
pub const SIZE_LIMIT: u64 = 64 << 20;

impl Options {
    /// The defaults: the format by extension, then by content; the encoding detected; only English read; at most
    /// [`SIZE_LIMIT`] bytes an article.
    ///
    /// # Errors
    /// When a data file inside the program is damaged.
    pub fn built_in() -> Result<Self> {
        Ok(Self {
            format: None,
            mapping: Vec::new(),
            checks_language: true,
            encoding: None,
            size_limit: SIZE_LIMIT,
            rules: Arc::new(Rules::built_in()?),
        })
    }

    /// Reads every input as `format`, whatever its name and content.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Takes `field` of JSON, JSONL and CSV records from `path`, a dotted path or a column's name, before any usual place.
    /// Paths given for the same field are tried in the order given.
    ///
    /// Fields: `text`, `html`, `headline`, `url`, `published`, `modified`, `authors`, `publisher`, `language`, `section`,
    /// `keywords`.
    ///
    /// # Errors
    /// [`Error::Setting`] for an unknown field or an empty path.
    pub fn with_field(mut self, field: &str, path: &str) -> Result<Self> {
        let field = field.parse()?;
        let path = Path::parse(path).ok_or_else(|| Error::Setting("a field is mapped to an empty path".to_owned()))?;
        self.mapping.push((field, path));
        Ok(self)
    }

    /// [`with_field`](Self::with_field) for a setting written as one, `field=json.path`.
    ///
    /// # Errors
    /// [`Error::Setting`] when there is no `=`, the field is unknown or the path empty.
    pub fn with_mapping(self, setting: &str) -> Result<Self> {
        let (field, path) = setting
            .split_once('=')
            .ok_or_else(|| Error::Setting(format!("“{setting}” is no mapping; write it as field=json.path")))?;
        self.with_field(field.trim(), path.trim())
    }

    /// Whether articles in other languages than English are left out. They are, unless this is set to `false`.
    #[must_use]
    pub fn with_language_check(mut self, check: bool) -> Self {
        self.checks_language = check;
        self
    }

    /// Decodes every input from the encoding of this name (`windows-1252`, `utf-16le`), whatever it says of itself.
    ///
    /// # Errors
    /// [`Error::Setting`] for a name that the WHATWG encoding standard does not have.
    pub fn with_encoding(mut self, label: &str) -> Result<Self> {
        let encoding = Encoding::for_label(label.as_bytes())
            .ok_or_else(|| Error::Setting(format!("“{label}” is no encoding; utf-8 and windows-1252 are two")))?;
        self.encoding = Some(encoding);
        Ok(self)
    }

    /// Refuses articles of more than `bytes`, counted after decompression. A feed counts as one.
    #[must_use]
    pub fn with_size_limit(mut self, bytes: u64) -> Self {
        self.size_limit = bytes;
        self
    }

    pub(super) fn format(&self) -> Option<Format> {
        self.format
    }

    pub(super) fn mapped(&self, field: Field) -> impl Iterator<Item = &Path> {
        self.mapping.iter().filter(move |(mapped, _)| *mapped == field).map(|(_, path)| path)
    }

    pub(super) fn checks_language(&self) -> bool {
        self.checks_language
    }

    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    pub(super) fn size_limit(&self) -> u64 {
        self.size_limit
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }
}
