//! Gives the program a fingerprint of its own code and language data, so that a knowledge base can tell which articles
//! another version of the program would read differently.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.lock", "data", "ontology", "src"] {
        println!("cargo::rerun-if-changed={part}");
        hash(Path::new(part), &mut hasher)?;
    }
    println!("cargo::rustc-env=NEWSGRAPH_FINGERPRINT={:016x}", hasher.finish());
    Ok(())
}

/// Hashes a file, or the files below a directory in the order of their names; a crate's package may lack some.
fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut below =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        below.sort();
        below.iter().try_for_each(|path| hash(path, hasher))
    } else if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
        Ok(())
    } else {
        Ok(())
    }
}
