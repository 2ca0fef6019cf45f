//! Knowledge in every form that can be imported, and what the gazetteer then knows.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use newsgraph::class::Class;
use newsgraph::document::Kind;
use newsgraph::gazetteer::import::{self, Options, Tally};
use newsgraph::gazetteer::{Builder, Fact, Gazetteer, Gazetteers};
use tempfile::TempDir;

/// What Wikidata's dump looks like: a human, a class below "city", a city of that class, a page about pages, a property.
const DUMP: &str = r#"[
{"type":"item","id":"Q101","labels":{"mul":{"language":"mul","value":"Ida Berg"},"de":{"language":"de","value":"Ida Berg-Holm"}},"descriptions":{"en":{"language":"en","value":"Danish politician"}},"aliases":{"en":[{"language":"en","value":"I. Berg"}]},"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","hash":"ad7d38","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q101$1","rank":"normal","references":[{"hash":"fa","snaks":{"P143":[]},"snaks-order":["P143"]}]}],"P27":[{"mainsnak":{"snaktype":"value","property":"P27","datavalue":{"value":{"entity-type":"item","numeric-id":35,"id":"Q35"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q101$2","rank":"normal"}],"P39":[{"mainsnak":{"snaktype":"value","property":"P39","datavalue":{"value":{"entity-type":"item","numeric-id":30185,"id":"Q30185"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","qualifiers":{"P580":[{"snaktype":"value","property":"P580","datavalue":{"value":{"time":"+2011-09-15T00:00:00Z","timezone":0,"before":0,"after":0,"precision":11,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"},"type":"time"},"datatype":"time"}],"P582":[{"snaktype":"somevalue","property":"P582","datatype":"time"}]},"id":"Q101$3","rank":"preferred"}],"P569":[{"mainsnak":{"snaktype":"novalue","property":"P569","datatype":"time"},"type":"statement","id":"Q101$4","rank":"normal"}]},"sitelinks":{"enwiki":{"site":"enwiki","title":"Ida Berg","badges":[]},"dawiki":{"site":"dawiki","title":"Ida Berg","badges":["Q17437796"]}},"pageid":1,"ns":0,"title":"Q101","lastrevid":1,"modified":"2024-01-01T00:00:00Z"},
{"type":"item","id":"Q102","labels":{"en":{"language":"en","value":"Lindhaven"}},"descriptions":[],"aliases":[],"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":103,"id":"Q103"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q102$1","rank":"normal"},{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q102$2","rank":"deprecated"}]},"sitelinks":[]},
{"type":"item","id":"Q103","labels":{"en":{"language":"en","value":"harbour city"}},"descriptions":{},"aliases":{},"claims":{"P279":[{"mainsnak":{"snaktype":"value","property":"P279","datavalue":{"value":{"entity-type":"item","numeric-id":515,"id":"Q515"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q103$1","rank":"normal"}]},"sitelinks":{}},
{"type":"item","id":"Q104","labels":{"en":{"language":"en","value":"Berg"}},"descriptions":{},"aliases":{},"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":4167410,"id":"Q4167410"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q104$1","rank":"normal"}]},"sitelinks":{}},
{"type":"property","datatype":"string","id":"P1","labels":{"en":{"language":"en","value":"Berg"}},"descriptions":{},"aliases":{},"claims":{}}
]
"#;

struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn import(&self, file: &Path, options: &Options) -> Result<(Gazetteer, Tally), String> {
        let mut builder = Builder::new("made for a test").unwrap();
        let tally = import::read(file, options, &mut builder)
            .map_err(|error| error.to_string().replace(&format!("{}/", self.0.path().display()), ""))?;
        let path = self.0.path().join("made.gaz");
        builder.write(&mut fs::File::create(&path).unwrap()).unwrap();
        Ok((Gazetteer::open(&path).unwrap(), tally))
    }

    fn failure(&self, name: &str, content: &[u8]) -> String {
        self.import(&self.file(name, content), &Options::default()).err().unwrap()
    }
}

/// `identifier name, kind or class` of what goes by a name.
fn found(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    let told = |candidate: newsgraph::gazetteer::Candidate<'_>| {
        let sort = candidate.class.map(Class::name).or(candidate.kind.map(Kind::name)).unwrap_or("-");
        format!("{} {}, {sort}", candidate.qid().unwrap_or(&candidate.iri), candidate.name)
    };
    let mut found: Vec<String> = gazetteer.candidates(name).into_iter().map(told).collect();
    found.sort();
    found
}

#[test]
fn a_wikidata_dump_is_read_plain_and_packed() {
    let bench = Bench::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(DUMP.as_bytes()).unwrap();
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(DUMP.as_bytes()).unwrap();
    let files = [
        bench.file("dump.json", DUMP.as_bytes()),
        bench.file("dump.json.gz", &gzip.finish().unwrap()),
        bench.file("dump.json.bz2", &bzip2.finish().unwrap()),
    ];
    for file in files {
        let (gazetteer, tally) = bench.import(&file, &Options::default()).unwrap();
        assert_eq!(tally, Tally { taken: 2, left_out: 3 }, "{}", file.display());
        assert_eq!(found(&gazetteer, "ida berg"), ["Q101 Ida Berg, Person"]);
        assert_eq!(found(&gazetteer, "I Berg"), ["Q101 Ida Berg, Person"]);
        assert_eq!(
            found(&gazetteer, "Lindhaven"),
            ["Q102 Lindhaven, City"],
            "a class below city, and no human any more"
        );
        assert_eq!(found(&gazetteer, "Berg"), Vec::<String>::new());
        let berg = &gazetteer.candidates("Ida Berg")[0];
        assert_eq!((berg.description, berg.country), (Some("Danish politician"), Some("Q35")));
        assert_eq!((berg.from, berg.to, berg.prior), (Some(2011), None, 30));
        assert!(gazetteer.is_whole());
        assert_eq!(gazetteer.about(), "made for a test");
    }
}

#[test]
fn only_what_is_asked_for_is_taken_from_a_dump_and_a_table_of_subclasses_saves_a_pass() {
    let bench = Bench::new();
    let dump = bench.file("dump.json", DUMP.as_bytes());
    let subclasses = bench.file("subclasses.csv", b"class,above\nQ103,http://www.wikidata.org/entity/Q515\n");
    let options = Options { only: vec!["City".to_owned()], subclasses: Some(subclasses), ..Options::default() };
    let (gazetteer, tally) = bench.import(&dump, &options).unwrap();
    assert_eq!(tally.taken, 1);
    assert_eq!(found(&gazetteer, "Lindhaven"), ["Q102 Lindhaven, City"]);
}

#[test]
fn a_dump_that_is_cut_short_or_no_dump_is_refused_by_file_and_line() {
    let bench = Bench::new();
    let lines: Vec<&str> = DUMP.lines().collect();
    let cut = lines[..3].join("\n");
    assert_eq!(
        bench.failure("dump.json", cut.as_bytes()),
        "dump.json:4: the dump is cut short: the array that its first line opens is not closed"
    );
    let broken = format!("{}\n{}\n", lines[0], &lines[1][..400]);
    let message = bench.failure("dump.json", broken.as_bytes());
    assert!(message.starts_with("dump.json:2: no entity of Wikidata's JSON dump: EOF while parsing"), "{message}");
    let message = bench.failure("dump.json", b"[\n{\"id\":\"Q1\",\"labels\":7},\n]\n");
    assert!(
        message.starts_with("dump.json:2: no entity of Wikidata's JSON dump: invalid type: integer `7`"),
        "{message}"
    );
    let deep = format!("[\n{}\n]\n", "{\"labels\":{\"en\":".repeat(100_000));
    assert!(bench.failure("dump.json", deep.as_bytes()).starts_with("dump.json:2: no entity"));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(DUMP.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let message = bench.failure("dump.json.gz", &packed[..packed.len() / 2]);
    assert!(
        message.starts_with("dump.json.gz:") && message.contains("the gzip data is damaged or cut short"),
        "{message}"
    );
}

#[test]
fn a_table_is_read_with_any_columns() {
    let bench = Bench::new();
    let file = bench.file(
        "firms.csv",
        b"key,Firm,also,sort\nhttps://firms.example/7,Corvane,Corvane AB|CRV,company\nQ9,Tidende,,NewsMediaOrganization\n,Nobody,,\n",
    );
    let mappings = ["iri=key", "name=Firm", "aliases=also", "kind=sort"].map(|mapping| mapping.parse().unwrap());
    let options = Options { mappings: mappings.to_vec(), ..Options::default() };
    let (gazetteer, tally) = bench.import(&file, &options).unwrap();
    assert_eq!(tally, Tally { taken: 2, left_out: 1 });
    assert_eq!(found(&gazetteer, "CRV"), ["https://firms.example/7 Corvane, Organization"]);
    assert_eq!(found(&gazetteer, "Tidende"), ["Q9 Tidende, NewsMediaOrganization"]);
    assert_eq!(
        bench.failure("firms.csv", b"iri,name,from\nQ1,Corvane,2001\nQ2,Tidende,yesterday\n"),
        "firms.csv:3: \"yesterday\" does not begin with a year"
    );
    assert_eq!(bench.failure("firms.csv", b""), "firms.csv: the file is empty");
}

#[test]
fn labels_in_n_triples_are_read() {
    let bench = Bench::new();
    let file = bench.file(
        "labels.nt",
        "<http://www.wikidata.org/entity/Q7> <http://www.w3.org/2000/01/rdf-schema#label> \"Tidende\"@en .\n\
         <http://www.wikidata.org/entity/Q7> <http://www.w3.org/2004/02/skos/core#altLabel> \"The Tidings\"@en .\n\
         <http://www.wikidata.org/entity/Q7> <http://www.w3.org/2000/01/rdf-schema#label> \"Zeitung\"@de .\n\
         <https://firms.example/8> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Corvane\" .\n\
         <https://firms.example/9> <http://purl.org/dc/terms/title> \"Brannagh\" .\n"
            .as_bytes(),
    );
    let (gazetteer, tally) = bench.import(&file, &Options::default()).unwrap();
    assert_eq!(tally, Tally { taken: 2, left_out: 1 });
    assert_eq!(found(&gazetteer, "Tidings"), ["Q7 Tidende, -"]);
    assert_eq!(found(&gazetteer, "Corvane"), ["https://firms.example/8 Corvane, -"]);
    assert_eq!(found(&gazetteer, "Zeitung"), Vec::<String>::new());
    let message =
        bench.failure("labels.nt", b"<https://firms.example/8> <https://schema.org/name> \"Corvane\" .\n<oops\n");
    assert!(message.starts_with("labels.nt:2: "), "{message}");
}

#[test]
fn results_of_queries_are_read_in_every_form() {
    let bench = Bench::new();
    let json = r#"{"head":{"vars":["item","itemLabel"]},"results":{"bindings":[{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q7"},"itemLabel":{"xml:lang":"en","type":"literal","value":"Tidende"}}]}}"#;
    let xml = r#"<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="item"/><variable name="itemLabel"/></head><results><result><binding name="item"><uri>http://www.wikidata.org/entity/Q7</uri></binding><binding name="itemLabel"><literal xml:lang="en">Tidende</literal></binding></result></results></sparql>"#;
    for (name, content) in [
        ("results.srj", json),
        ("query.json", json),
        ("results.srx", xml),
        ("results.tsv", "?item\t?itemLabel\n<http://www.wikidata.org/entity/Q7>\t\"Tidende\"@en\n"),
        ("results.csv", "item,itemLabel\nhttp://www.wikidata.org/entity/Q7,Tidende\n"),
    ] {
        let (gazetteer, _) = bench.import(&bench.file(name, content.as_bytes()), &Options::default()).unwrap();
        assert_eq!(found(&gazetteer, "Tidende"), ["Q7 Tidende, -"], "{name}");
    }
    assert!(bench.failure("results.srj", &json.as_bytes()[..90]).starts_with("results.srj: "));
    assert_eq!(
        bench.failure("ask.srj", br#"{"head":{},"boolean":true}"#),
        "ask.srj: the answer is yes or no; a gazetteer needs rows"
    );
}

#[test]
fn of_several_gazetteers_the_later_knows_better() {
    let bench = Bench::new();
    let open = |name: &str, fact: &Fact| {
        let mut builder = Builder::new("").unwrap();
        builder.add(fact).unwrap();
        let path = bench.0.path().join(name);
        builder.write(&mut fs::File::create(&path).unwrap()).unwrap();
        Gazetteer::open(&path).unwrap()
    };
    let iri = "http://www.wikidata.org/entity/Q7";
    let first = Fact { kind: Some(Kind::Organization), prior: 90, from: Some(1990), ..Fact::new(iri, "Tidende") };
    let second = Fact { class: Some(Class::NewsMediaOrganization), from: Some(1991), ..Fact::new(iri, "Tidende") };
    let gazetteers = Gazetteers::new(vec![open("1.gaz", &first), open("2.gaz", &second)]);
    let merged = gazetteers.candidates("Tidende");
    assert_eq!(merged.len(), 1);
    assert_eq!((merged[0].kind, merged[0].class), (Some(Kind::Organization), Some(Class::NewsMediaOrganization)));
    assert_eq!((merged[0].from, merged[0].prior), (Some(1991), 90));
}

#[test]
fn a_file_that_is_no_gazetteer_or_a_damaged_one_is_refused_or_read_in_peace() {
    let bench = Bench::new();
    let refused = |content: &[u8]| Gazetteer::open(&bench.file("x.gaz", content)).err().unwrap().to_string();
    assert!(
        refused(b"name,iri\nCorvane,Q7 and more bytes than a header has, so that it is read as one, then some\n")
            .ends_with("x.gaz: not a gazetteer; `newsgraph gazetteer import` makes one")
    );
    assert!(refused(b"NG").ends_with("x.gaz: not a gazetteer: too short"));
    let mut builder = Builder::new("").unwrap();
    builder.add(&Fact { description: Some("firm".into()), ..Fact::new("https://firms.example/7", "Corvane") }).unwrap();
    let mut whole = Vec::new();
    builder.write(&mut whole).unwrap();
    for length in 8..whole.len() {
        assert!(refused(&whole[..length]).ends_with("x.gaz: the gazetteer is damaged or cut short"), "{length}");
    }
    for place in 0..whole.len() {
        for value in [0, 0x7f, 0xff] {
            let mut damaged = whole.clone();
            damaged[place] = value;
            if let Ok(gazetteer) = Gazetteer::open(&bench.file("x.gaz", &damaged)) {
                let _ = (gazetteer.candidates("Corvane"), gazetteer.things().count(), gazetteer.about().len());
                assert!(damaged == whole || !gazetteer.is_whole(), "byte {place}");
            }
        }
    }
}

#[test]
fn the_program_imports_finds_and_links() {
    let bench = Bench::new();
    let firms =
        bench.file("firms.csv", b"id,name,kind\nhttps://firms.example/corvane,Corvane Semiconductors,company\n");
    let gazetteer = bench.0.path().join("firms.gaz");
    cargo_bin_cmd!("newsgraph").args(["gazetteer", "import", "-o"]).arg(&gazetteer).arg(&firms).assert().success();
    let found = cargo_bin_cmd!("newsgraph")
        .args(["gazetteer", "find", "corvane semiconductors", "--gazetteer"])
        .arg(&gazetteer)
        .assert()
        .success();
    assert_eq!(
        String::from_utf8_lossy(&found.get_output().stdout),
        "https://firms.example/corvane  Corvane Semiconductors  Organization\n"
    );
    cargo_bin_cmd!("newsgraph").args(["gazetteer", "find", "Qqqq Zzzz"]).assert().code(1);
    let article = bench.file("a.txt", b"Corvane Semiconductors will close a plant, the company said on Monday.\n");
    let linked = cargo_bin_cmd!("newsgraph")
        .args(["convert", "--to", "nquads", "--gazetteer"])
        .args([&gazetteer, &article])
        .assert();
    let quads = String::from_utf8_lossy(&linked.get_output().stdout).into_owned();
    let link = "<https://newsgraph.example/organization/corvane-semiconductors> <http://www.w3.org/2002/07/owl#sameAs> \
                <https://firms.example/corvane>";
    assert!(
        quads.contains(link) || quads.contains(&link.replace("2002/07/owl#sameAs", "2004/02/skos/core#closeMatch")),
        "{quads}"
    );
    let failed = cargo_bin_cmd!("newsgraph")
        .args(["gazetteer", "import", "-o"])
        .arg(&gazetteer)
        .arg(bench.file("bad.csv", b"id,label\n7,Corvane\n"))
        .assert()
        .code(2);
    let message = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(message.contains("bad.csv:2: \"7\" is neither an absolute IRI nor an identifier of Wikidata"), "{message}");
    assert!(Gazetteer::open(&gazetteer).is_ok(), "what stood there is untouched");
}
