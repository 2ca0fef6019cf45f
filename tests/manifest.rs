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

#[test]
fn the_manifest_lists_every_file_as_it_is() {
    let manifest: Manifest = toml::from_str(&std::fs::read_to_string(data().join("MANIFEST.toml")).unwrap()).unwrap();
    let on_disk: BTreeSet<String> = std::fs::read_dir(data().join("en"))
        .unwrap()
        .map(|entry| format!("en/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    let listed: BTreeSet<String> = manifest.files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(listed, on_disk);
    for file in manifest.files {
        let digest = Sha256::digest(std::fs::read(data().join(&file.name)).unwrap());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, file.sha256, "{} has changed: put this checksum into data/MANIFEST.toml", file.name);
        assert!(!file.source.is_empty() && !file.licence.is_empty(), "{} needs a source and a licence", file.name);
    }
}
