//! The flags that say how an export is split into files.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::export::split::Split;

/// How an export is split into files.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many files")]
pub(super) struct Splitting {
    /// Write numbered files into this directory, each valid by itself, and a list of them, manifest.json
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Begin a new file after so many articles [default: 1]
    #[arg(long, value_name = "ARTICLES", requires = "out_dir", conflicts_with = "split_size")]
    split: Option<NonZeroU64>,
    /// Begin a new file after the article with which it has so many bytes before compression: 100MB, 2GiB
    #[arg(long, value_name = "SIZE", requires = "out_dir", value_parser = bytes)]
    split_size: Option<u64>,
    /// Compress the files
    #[arg(long, value_name = "HOW", requires = "out_dir", value_enum)]
    compress: Option<Compress>,
}

/// A way of compressing.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Compress {
    Gz,
    Zst,
}

impl Splitting {
    /// The directory and the split, where files are asked for.
    pub(super) fn asked(&self) -> Result<Option<(&Path, Split)>> {
        let Some(directory) = &self.out_dir else { return Ok(None) };
        if directory.is_file() {
            return Err(Error::Setting(format!("{}: this is a file; --output writes one", directory.display())));
        }
        let split = match self.split_size {
            Some(bytes) => Split::Bytes(bytes),
            None => Split::Articles(self.split.map_or(1, NonZeroU64::get)),
        };
        Ok(Some((directory, split)))
    }

    /// What the names of files end in.
    pub(super) fn ending(&self) -> &'static str {
        match self.compress {
            None => "",
            Some(Compress::Gz) => ".gz",
            Some(Compress::Zst) => ".zst",
        }
    }
}

/// Reads a size: a number, and a unit of 1,000 or 1,024.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().map_err(|_| "not a size such as 100MB")?;
    let unit: u64 = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        unit => return Err(format!("{unit} is no unit of size: kB, MB, GB, KiB, MiB or GiB")),
    };
    number.checked_mul(unit).filter(|bytes| *bytes > 0).ok_or_else(|| "no file has that size".to_owned())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_have_units() {
        for (text, size) in [("7", 7), ("100MB", 100_000_000), ("2 GiB", 2 << 30), ("5k", 5000)] {
            assert_eq!(bytes(text), Ok(size), "{text}");
        }
        for text in ["", "MB", "0", "3 miles", "99999999999GB"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }
}
