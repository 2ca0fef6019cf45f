#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsgraph::source::{Format, Options};

#[path = "../../tests/source/invariants.rs"]
mod invariants;

static OPTIONS: LazyLock<Options> =
    LazyLock::new(|| Options::built_in().unwrap().with_language_check(false).with_size_limit(1 << 20));

fuzz_target!(|bytes: &[u8]| invariants::read_and_check(bytes, Some(Format::Jsonl), &OPTIONS));
