//! `data/MANIFEST.toml` lists every data file with its source, licence and checksum.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    source: String,
    licence: String,
    sha256: String,
}

fn data() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))
}

/// The files of a folder of the data, by the names that the manifest gives them.
fn files(folder: &str) -> std::io::Result<Vec<String>> {
    let entries = std::fs::read_dir(data().join(folder))?;
    entries.map(|entry| Ok(format!("{folder}/{}", entry?.file_name().to_string_lossy()))).collect()
}

#[test]
fn the_manifest_lists_every_file_as_it_is() {
    let manifest: Manifest = toml::from_str(&std::fs::read_to_string(data().join("MANIFEST.toml")).unwrap()).unwrap();
    let on_disk: BTreeSet<String> =
        ["en", "formats", "gazetteer"].into_iter().flat_map(|folder| files(folder).unwrap()).collect();
    let listed: BTreeSet<String> = manifest.files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(listed, on_disk);
    for file in manifest.files {
        let digest = Sha256::digest(std::fs::read(data().join(&file.name)).unwrap());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, file.sha256, "{} has changed: put this checksum into data/MANIFEST.toml", file.name);
        assert!(!file.source.is_empty() && !file.licence.is_empty(), "{} needs a source and a licence", file.name);
    }
}
