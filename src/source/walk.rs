//! From what the user named (files, directories, globs, `-`) to files, in a stable order.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::format::{Named, by_name};
use crate::error::{Error, Result};

/// The path that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// The files of all `inputs`. Inside directories and globs, hidden files and unknown extensions are passed over, and
/// entries come sorted by name. A file that is named itself is always yielded.
pub(super) fn files(inputs: Vec<PathBuf>, any_name: bool) -> impl Iterator<Item = Result<PathBuf>> + Send {
    inputs.into_iter().flat_map(move |input| files_of(input, any_name))
}

type Files = Box<dyn Iterator<Item = Result<PathBuf>> + Send>;

fn files_of(input: PathBuf, any_name: bool) -> Files {
    if input.as_os_str() == STANDARD_INPUT {
        return Box::new(std::iter::once(Ok(input)));
    }
    match std::fs::metadata(&input) {
        Ok(kind) if kind.is_dir() => Box::new(directory(&input, any_name)),
        Ok(_) if !any_name && by_name(&input) == Named::Unknown => one(Err(unknown(input))),
        Ok(_) => one(Ok(input)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_glob(&input) => matches(&input, any_name),
        Err(error) => one(Err(Error::io(input)(error))),
    }
}

fn one(file: Result<PathBuf>) -> Files {
    Box::new(std::iter::once(file))
}

fn unknown(path: PathBuf) -> Error {
    let reason = "its extension names no format of articles; say which it is with --format".to_owned();
    Error::Malformed { path, line: None, reason }
}

fn directory(root: &Path, any_name: bool) -> impl Iterator<Item = Result<PathBuf>> + Send + use<> {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    let shown = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()));
    shown.filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_file() => {
            let path = entry.into_path();
            (any_name || is_article(&path)).then_some(Ok(path))
        }
        Ok(_) => None,
        // A link back to a directory that is being walked: its files are read where they stand.
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let path = error.path().unwrap_or(Path::new("")).to_owned();
            let source = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
            Some(Err(Error::io(path)(source)))
        }
    })
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_article(path: &Path) -> bool {
    match by_name(path) {
        Named::Format(_) => true,
        Named::Open => path.extension().is_some(),
        Named::Unknown => false,
    }
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

fn matches(pattern: &Path, any_name: bool) -> Files {
    let pattern = pattern.to_path_buf();
    let paths = match glob::glob(&pattern.to_string_lossy()) {
        Ok(paths) => paths,
        Err(error) => return one(Err(Error::Setting(format!("{}: {error}", pattern.display())))),
    };
    let mut found: Vec<Result<PathBuf>> = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => {}
            Ok(path) if is_hidden(&path) || !(any_name || is_article(&path)) => {}
            Ok(path) => found.push(Ok(path)),
            Err(error) => found.push(Err(Error::io(error.path().to_owned())(error.into()))),
        }
    }
    if found.is_empty() {
        let reason = "no article matches it".to_owned();
        return one(Err(Error::Malformed { path: pattern, line: None, reason }));
    }
    Box::new(found.into_iter())
}
