//! Names for the files of `convert --out-dir`: one an article, readable, and the same each time.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use crate::article::Origin;

/// Names files after the articles in them, below one directory and never outside.
///
/// A file keeps the name it was read from, below the directory that all inputs share, so that names cannot clash;
/// articles that share a file are told apart by their line: `out/2024/fire.html.ttl`, `out/feed.jsonl.17.ttl`.
pub(super) struct Names {
    directory: PathBuf,
    extension: &'static str,
    /// How many components the inputs share.
    shared: usize,
    last: Option<Origin>,
    /// How many articles there were on the line of the last one.
    on_line: u32,
}

impl Names {
    /// Names below `directory` for articles from the given inputs.
    pub(super) fn new(directory: PathBuf, inputs: &[PathBuf], extension: &'static str) -> Self {
        let shared = inputs.iter().map(|input| fixed_directory(input)).reduce(common).unwrap_or_default().len();
        Self { directory, extension, shared, last: None, on_line: 0 }
    }

    /// The name for the next article. Articles must come in the order of the input.
    pub(super) fn next(&mut self, origin: &Origin) -> PathBuf {
        self.on_line = if self.last.as_ref() == Some(origin) { self.on_line + 1 } else { 1 };
        self.last = Some(origin.clone());
        let components = components(&origin.path);
        let below: PathBuf = components.iter().skip(self.shared.min(components.len() - 1)).collect();
        let mut name = self.directory.join(below).into_os_string();
        if let Some(line) = origin.line {
            name.push(format!(".{line}"));
        }
        if self.on_line > 1 {
            name.push(format!("-{}", self.on_line));
        }
        name.push(format!(".{}", self.extension));
        name.into()
    }
}

/// The parts of a path as names that stay below wherever they are put; never empty.
fn components(path: &Path) -> Vec<OsString> {
    if path == Path::new("-") {
        return vec![OsString::from("stdin")];
    }
    let name = |component| match component {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some(OsString::from("_")),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    };
    let names: Vec<OsString> = path.components().filter_map(name).collect();
    if names.is_empty() { vec![OsString::from("article")] } else { names }
}

/// The directory that every article of an input lies below: the input itself, its parent when it is a file, and the
/// part before the first wildcard.
fn fixed_directory(input: &Path) -> Vec<OsString> {
    let mut components = components(input);
    if let Some(wild) = components.iter().position(|component| is_wild(component)) {
        components.truncate(wild);
    } else if !input.is_dir() {
        components.pop();
    }
    components
}

fn is_wild(component: &OsStr) -> bool {
    component.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte))
}

fn common(a: Vec<OsString>, b: Vec<OsString>) -> Vec<OsString> {
    a.into_iter().zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Names;
    use crate::article::Origin;

    fn named(inputs: &[&str], origins: &[(&str, Option<u64>)]) -> Vec<String> {
        let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
        let mut names = Names::new(PathBuf::from("out"), &inputs, "ttl");
        let origin = |&(path, line): &(&str, Option<u64>)| Origin { path: PathBuf::from(path), line };
        origins.iter().map(|at| names.next(&origin(at)).display().to_string()).collect()
    }

    #[test]
    fn a_file_keeps_its_name_below_what_the_inputs_share() {
        assert_eq!(named(&["news/fire.html"], &[("news/fire.html", None)]), ["out/fire.html.ttl"]);
        assert_eq!(
            named(&["news/*/*.txt"], &[("news/may/fire.txt", None), ("news/june/fire.txt", None)]),
            ["out/may/fire.txt.ttl", "out/june/fire.txt.ttl"]
        );
        assert_eq!(
            named(&["a/x.txt", "b/x.txt"], &[("a/x.txt", None), ("b/x.txt", None)]),
            ["out/a/x.txt.ttl", "out/b/x.txt.ttl"]
        );
    }

    #[test]
    fn articles_of_one_file_are_told_apart_by_line_and_then_by_count() {
        assert_eq!(
            named(&["feed.jsonl"], &[("feed.jsonl", Some(1)), ("feed.jsonl", Some(17)), ("feed.jsonl", Some(17))]),
            ["out/feed.jsonl.1.ttl", "out/feed.jsonl.17.ttl", "out/feed.jsonl.17-2.ttl"]
        );
        assert_eq!(named(&["-"], &[("-", Some(3))]), ["out/stdin.3.ttl"]);
    }

    #[test]
    fn no_name_leaves_the_directory() {
        for path in ["../../etc/passwd", "/etc/passwd", "..", "/", "a/../../b", "."] {
            let name = named(&["../..", "/", "x"], &[(path, None)]).remove(0);
            assert!(name.starts_with("out/") && !name.contains(".."), "{path} became {name}");
            assert!(Path::new(&name).components().count() >= 2);
        }
    }
}
