//! How long a Wikidata dump of a million things takes to import, and what the gazetteer costs to open and to ask.
//!
//! `cargo bench --bench gazetteer [-- THINGS]`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use newsgraph::gazetteer::import::{self, Options};
use newsgraph::gazetteer::{Builder, Gazetteer};

const NAMES: [&str; 8] = ["Anneli", "Bo", "Chidi", "Dorte", "Emeka", "Freja", "Goran", "Hana"];

fn name(number: u64) -> String {
    let first = NAMES[(number % 8) as usize];
    format!("{first} Lind{}-{}", number / 8 % 1000, number / 8000)
}

/// A line as Wikidata writes it, with what a gazetteer does not use as well.
fn line(number: u64) -> String {
    let (id, name) = (number + 1000, name(number));
    let language = |code: &str| format!(r#""{code}":{{"language":"{code}","value":"{name}"}}"#);
    let labels: Vec<String> = ["en", "de", "fr", "sv"].map(language).to_vec();
    let snak = |property: &str, value: &str, kind: &str| {
        format!(
            r#"{{"snaktype":"value","property":"{property}","datavalue":{{"value":{value},"type":"{kind}"}},"datatype":"{kind}"}}"#
        )
    };
    let statement = |property: &str, value: &str, kind: &str| {
        format!(
            r#""{property}":[{{"mainsnak":{},"type":"statement","id":"Q{id}${property}","rank":"normal"}}]"#,
            snak(property, value, kind)
        )
    };
    let item = |id: u32| format!(r#"{{"entity-type":"item","numeric-id":{id},"id":"Q{id}"}}"#);
    let birth = r#"{"time":"+1960-01-01T00:00:00Z","timezone":0,"before":0,"after":0,"precision":9,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}"#;
    let claims = [
        statement("P31", &item(5), "wikibase-entityid"),
        statement("P27", &item(34), "wikibase-entityid"),
        statement("P569", birth, "time"),
        statement("P106", &item(82955), "wikibase-entityid"),
        statement("P856", r#""https://people.example/""#, "string"),
    ];
    format!(
        r#"{{"type":"item","id":"Q{id}","labels":{{{}}},"descriptions":{{"en":{{"language":"en","value":"Swedish politician"}}}},"aliases":{{"en":[{{"language":"en","value":"{name} Jr"}}]}},"claims":{{{}}},"sitelinks":{{"enwiki":{{"site":"enwiki","title":"{name}","badges":[]}}}},"lastrevid":{id}}}"#,
        labels.join(","),
        claims.join(",")
    )
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    peak.trim_start_matches("VmHWM:").trim().to_owned()
}

fn main() {
    let things = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1_000_000_u64);
    let directory = tempfile::tempdir().unwrap();
    let dump = directory.path().join("dump.json");
    let mut file = BufWriter::new(File::create(&dump).unwrap());
    writeln!(file, "[").unwrap();
    for number in 0..things {
        writeln!(file, "{}{}", line(number), if number + 1 < things { "," } else { "" }).unwrap();
    }
    writeln!(file, "]").unwrap();
    file.flush().unwrap();
    let megabytes = dump.metadata().unwrap().len() as f64 / 1e6;

    let start = Instant::now();
    let mut builder = Builder::new("").unwrap();
    let tally = import::read(&dump, &Options::default(), &mut builder).unwrap();
    let path = directory.path().join("people.gaz");
    let size = builder.write(&mut File::create(&path).unwrap()).unwrap();
    let took = start.elapsed();
    assert_eq!((tally.taken, size.things), (things, things));
    println!("import   {things} things in {took:.1?}, two passes of {megabytes:.0} MB; peak memory {}", memory());
    println!("size     {} names, {:.1} MB", size.names, size.bytes as f64 / 1e6);

    let start = Instant::now();
    let gazetteer = Gazetteer::open(&path).unwrap();
    println!("open     {:.2?}", start.elapsed());

    let start = Instant::now();
    let asked = 1_000_000;
    let step = things.max(1);
    let found = (0..asked).filter(|n| !gazetteer.candidates(&name(n * 7919 % step)).is_empty()).count();
    let took = start.elapsed().as_secs_f64();
    println!("look-up  {:.0} a second, {found} of {asked} found", f64::from(asked as u32) / took);
    let start = Instant::now();
    let found = (0..asked).filter(|n| !gazetteer.candidates(&format!("Nobody {n}")).is_empty()).count();
    println!("miss     {:.0} a second, {found} found", f64::from(asked as u32) / start.elapsed().as_secs_f64());
}
