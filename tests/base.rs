//! The knowledge base as it lives: batches, corrections, retractions, kills, damage and a full disk.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use newsgraph::base::{ArticleGraph, Change, KnowledgeBase, Remedy};
use newsgraph::graph::write::Format;
use newsgraph::identity::{Family, Profile, Profiles};
use oxigraph::model::vocab::{rdfs, xsd};
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

const FILE: &str = "articles.redb";

fn node(iri: &str) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

/// Article `n` as it was read from `version`: a few quads of its own, and one that all articles share.
fn article(n: u32, version: u32) -> ArticleGraph {
    let article = node(&format!("https://news.example/{n}"));
    let quad = |subject: &str, object: Term| Quad::new(node(subject), rdfs::LABEL, object, article.clone());
    let quads = vec![
        quad(article.as_str(), Literal::from(format!("Version {version} of article {n}")).into()),
        quad(article.as_str(), Literal::from(i64::from(version)).into()),
        quad("https://kb.example/person/ann-roe", Literal::from("Ann Roe").into()),
    ];
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&version.to_le_bytes());
    let ann = Profile {
        iri: "https://kb.example/person/ann-roe".into(),
        family: Family::Person,
        name: "Ann Roe".into(),
        keys: vec!["person:roe".into()],
        ..Profile::default()
    };
    let profiles = Profiles { entities: vec![ann], ..Profiles::default() };
    ArticleGraph { article, digest, quads, profiles }
}

fn articles(numbers: std::ops::Range<u32>, version: u32) -> Vec<ArticleGraph> {
    numbers.map(|n| article(n, version)).collect()
}

/// Everything the base holds, as sorted N-Quads.
fn content(base: &KnowledgeBase) -> Result<String, newsgraph::Error> {
    Ok(String::from_utf8(base.export(Format::NQuads, Vec::new())?).unwrap())
}

fn message(directory: &Path) -> String {
    KnowledgeBase::open(directory).unwrap_err().to_string()
}

#[test]
fn a_base_holds_what_remains_after_any_changes() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    assert_eq!(base.replace(articles(0..4, 1)).unwrap(), Change { added: 4, ..Change::default() });
    let mixed = vec![article(1, 1), article(2, 2), article(9, 1)];
    assert_eq!(base.replace(mixed).unwrap(), Change { added: 1, replaced: 1, unchanged: 1, beside: 0 });
    let gone = [node("https://news.example/0"), node("https://news.example/77")];
    assert_eq!(base.retract(&gone).unwrap().len(), 1);

    let names: Vec<String> = base.articles().unwrap().into_iter().map(|entry| entry.article.into_string()).collect();
    assert_eq!(names, [1, 2, 3, 9].map(|n| format!("https://news.example/{n}")));
    assert_eq!(base.graph(&node("https://news.example/0")).unwrap(), None);
    let mut stored = base.graph(&node("https://news.example/2")).unwrap().unwrap();
    stored.quads.sort_by_key(ToString::to_string);
    let mut expected = article(2, 2);
    expected.quads.sort_by_key(ToString::to_string);
    expected.profiles = Profiles::default();
    assert_eq!(stored, expected);

    let fresh = tempfile::tempdir().unwrap();
    let rebuilt = KnowledgeBase::open_or_create(fresh.path()).unwrap();
    for graph in [article(9, 1), article(2, 2), article(3, 1), article(1, 1)] {
        rebuilt.replace(vec![graph]).unwrap();
    }
    for format in Format::ALL {
        let [one, other] = [&base, &rebuilt].map(|base| base.export(format, Vec::new()).unwrap());
        assert!(!one.is_empty() && one == other, "{format} differs");
    }
}

#[test]
fn an_unchanged_batch_touches_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles(0..3, 1)).unwrap();
    let before = fs::read(directory.path().join(FILE)).unwrap();
    assert_eq!(base.replace(articles(0..3, 1)).unwrap().unchanged, 3);
    assert!(before == fs::read(directory.path().join(FILE)).unwrap());
}

#[test]
fn terms_come_back_as_they_went_in() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    let article = node("https://news.example/ö");
    let objects: Vec<Term> = vec![
        node("https://kb.example/李雷").into(),
        BlankNode::new("b0").unwrap().into(),
        Literal::from("").into(),
        Literal::from("line\nbreak \" quote \0 nul 🎉").into(),
        Literal::new_language_tagged_literal("Grüße\0", "de-at").unwrap().into(),
        Literal::new_typed_literal("007", xsd::INTEGER).into(),
        Literal::new_typed_literal("not a date\0", xsd::DATE).into(),
    ];
    let mut quads: Vec<Quad> =
        objects.into_iter().map(|object| Quad::new(article.clone(), rdfs::LABEL, object, article.clone())).collect();
    quads.push(Quad::new(BlankNode::new("b0").unwrap(), rdfs::LABEL, article.clone(), article.clone()));
    let graph = ArticleGraph { article: article.clone(), digest: [7; 32], quads, profiles: Default::default() };
    base.replace(vec![graph.clone()]).unwrap();
    let stored = base.graph(&article).unwrap().unwrap();
    let set = |graph: ArticleGraph| graph.quads.into_iter().collect::<std::collections::HashSet<_>>();
    assert_eq!(set(stored), set(graph));
}

#[test]
fn a_quad_outside_its_articles_graph_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    let mut stray = article(1, 1);
    stray.quads[0].graph_name = GraphName::DefaultGraph;
    let message = base.replace(vec![article(0, 1), stray]).unwrap_err().to_string();
    assert!(message.ends_with("a quad of https://news.example/1 lies in the graph DEFAULT"), "{message}");
    assert_eq!(base.articles().unwrap(), []);
}

#[test]
fn what_is_no_base_is_named_and_refused() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    assert!(message(&at("missing")).contains("missing: there is none here"));

    fs::create_dir(at("files")).unwrap();
    fs::write(at("files").join("article.txt"), "Ann Roe resigned.").unwrap();
    let refused = KnowledgeBase::open_or_create(&at("files")).unwrap_err().to_string();
    assert!(refused.contains("holds other files (article.txt)"), "{refused}");

    for (name, bytes, expected) in
        [("text", b"Ann Roe resigned.".as_slice(), "is damaged, or is no knowledge base"), ("empty", b"", "is empty")]
    {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(name).join(FILE), bytes).unwrap();
        for opened in [KnowledgeBase::open(&at(name)), KnowledgeBase::open_or_create(&at(name))] {
            let message = opened.unwrap_err().to_string();
            assert!(message.contains(expected), "{name}: {message}");
        }
        assert_eq!(fs::read(at(name).join(FILE)).unwrap(), bytes);
    }

    fs::create_dir(at("other")).unwrap();
    write_table(&at("other").join(FILE), "recipes", 1);
    assert!(message(&at("other")).contains("is a database of another program"), "{}", message(&at("other")));
}

#[test]
fn a_base_of_a_newer_format_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    KnowledgeBase::open_or_create(directory.path()).unwrap().replace(articles(0..3, 1)).unwrap();
    write_table(&directory.path().join(FILE), "newsgraph", 4);
    let refused = message(directory.path());
    let expected =
        "has format 4, and this version of newsgraph reads formats 2 to 3: use the newer version that wrote it";
    assert!(refused.contains(expected), "{refused}");
    write_table(&directory.path().join(FILE), "newsgraph", 1);
    let refused = message(directory.path());
    assert!(refused.ends_with("build the base anew from its articles"), "{refused}");
}

/// A base of format 2 is one without the tables that came since.
#[test]
fn a_base_of_an_older_format_is_read_and_brought_up_to_date_when_it_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles(0..3, 1)).unwrap();
    base.settle().unwrap();
    let truth = content(&base).unwrap();
    let file = directory.path().join(FILE);
    let database = Database::create(&file).unwrap();
    let transaction = database.begin_write().unwrap();
    assert!(transaction.delete_table(TableDefinition::<&str, (&str, &str, &str)>::new("versions")).unwrap());
    transaction.open_table(TableDefinition::<&str, u64>::new("newsgraph")).unwrap().insert("format", 2).unwrap();
    transaction.commit().unwrap();
    drop(database);

    let before = fs::read(&file).unwrap();
    let base = KnowledgeBase::open(directory.path()).unwrap();
    assert_eq!(content(&base).unwrap(), truth);
    assert!(before == fs::read(&file).unwrap(), "a reader changed the file");
    assert_eq!(base.replace(articles(0..3, 1)).unwrap().unchanged, 3);
    assert_eq!(base.replace(vec![article(3, 1)]).unwrap().added, 1);
    assert_eq!(format(&file), 3);
    assert_eq!(base.retract(&[node("https://news.example/3")]).unwrap()[0].quads, 3);
    base.settle().unwrap();
    assert_eq!(content(&KnowledgeBase::open(directory.path()).unwrap()).unwrap(), truth);
}

fn format(file: &Path) -> u64 {
    let database = Database::create(file).unwrap();
    let transaction = database.begin_read().unwrap();
    let about = transaction.open_table(TableDefinition::<&str, u64>::new("newsgraph")).unwrap();
    about.get("format").unwrap().unwrap().value()
}

fn write_table(file: &Path, table: &str, format: u64) {
    let database = Database::create(file).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(TableDefinition::<&str, u64>::new(table)).unwrap().insert("format", format).unwrap();
    transaction.commit().unwrap();
}

/// Opens a base and reads all of it; an error is as good as the truth, and anything else is a lie.
fn assert_truth_or_error(directory: &Path, truth: &str, what: &str) -> bool {
    match KnowledgeBase::open(directory).and_then(|base| content(&base)) {
        Ok(content) => {
            assert!(content == truth, "{what} gives wrong data");
            false
        }
        Err(error) => {
            assert!(error.to_string().contains("knowledge base"), "{what}: {error}");
            true
        }
    }
}

#[test]
fn damage_gives_the_truth_or_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles(0..40, 1)).unwrap();
    base.replace(articles(10..60, 2)).unwrap();
    let truth = content(&base).unwrap();
    let file = directory.path().join(FILE);
    let whole = fs::read(&file).unwrap();

    let mut noticed = 0;
    for step in 0..600_usize {
        let mut damaged = whole.clone();
        // The first pages hold the header, so each of their bytes is tried more often than the others.
        let at = if step < 200 { step * 3 % 512 } else { step * 7919 % whole.len() };
        damaged[at] ^= 1 << (step % 8);
        fs::write(&file, &damaged).unwrap();
        noticed += u32::from(assert_truth_or_error(directory.path(), &truth, &format!("a bit of byte {at} flipped")));
    }
    assert!(noticed > 20, "only {noticed} of 600 damages were noticed");
    for step in 0..100 {
        let len = whole.len() * step / 100;
        fs::write(&file, &whole[..len]).unwrap();
        assert_truth_or_error(directory.path(), &truth, &format!("the file cut to {len} bytes"));
    }
    fs::write(&file, &whole).unwrap();
    assert!(!assert_truth_or_error(directory.path(), &truth, "the file restored"));
}

/// A base of articles about Ann Roe, one of whom goes by another name in the base.
fn settled(directory: &Path) -> KnowledgeBase {
    let base = KnowledgeBase::open_or_create(directory).unwrap();
    let mut graphs = articles(0..4, 1);
    for profile in &mut graphs[0].profiles.entities {
        profile.name = "A. Roe".to_owned();
    }
    base.replace(graphs).unwrap();
    base.settle().unwrap();
    base
}

/// Writes something else into a table of the base's file, where it holds something of an article.
fn tamper(directory: &Path, table: &str, article: &str) {
    let database = Database::create(directory.join(FILE)).unwrap();
    let transaction = database.begin_write().unwrap();
    {
        let mut table = transaction.open_table(TableDefinition::<&str, &[u8]>::new(table)).unwrap();
        let mut bytes = table.get(article).unwrap().unwrap().value().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        table.insert(article, bytes.as_slice()).unwrap();
    }
    transaction.commit().unwrap();
}

#[test]
fn a_check_names_the_article_that_is_damaged_and_what_mends_it() {
    const ONE: &str = "https://news.example/0";
    for (table, remedy) in
        [("graphs", Remedy::ReadAgain), ("profiles", Remedy::ReadAgain), ("renamings", Remedy::SettleAfresh)]
    {
        let directory = tempfile::tempdir().unwrap();
        let base = settled(directory.path());
        let truth = content(&base).unwrap();
        let whole = KnowledgeBase::check(directory.path()).unwrap();
        assert_eq!((whole.whole, whole.quads, whole.faults.len(), whole.complete), (4, 12, 0, true));
        tamper(directory.path(), table, ONE);
        let checkup = KnowledgeBase::check(directory.path()).unwrap();
        let found: Vec<_> = checkup.faults.iter().map(|fault| (fault.what.as_str(), fault.remedy)).collect();
        assert_eq!(found, [(ONE, remedy)], "{table}: {:?}", checkup.faults);
        if remedy == Remedy::SettleAfresh {
            base.settle_afresh().unwrap();
        } else {
            base.retract(&[node(ONE)]).unwrap();
            settled(directory.path());
        }
        assert_eq!(KnowledgeBase::check(directory.path()).unwrap(), whole, "{table}");
        assert_eq!(content(&base).unwrap(), truth, "{table}");
    }
}

#[test]
fn a_check_of_any_damage_comes_to_an_end_and_says_so() {
    let directory = tempfile::tempdir().unwrap();
    let base = settled(directory.path());
    let truth = content(&base).unwrap();
    let file = directory.path().join(FILE);
    let whole = fs::read(&file).unwrap();
    let pages = whole.len() / 4096;
    for step in 0..120_usize {
        let mut damaged = whole.clone();
        let page = step * 7 % pages * 4096;
        let other = (step * 13 + 5) % pages * 4096;
        match step % 4 {
            0 => damaged[page..page + 4096].fill(0),
            1 => damaged.copy_within(other..other + 4096, page),
            2 => {
                damaged[page..page + 4096].iter_mut().enumerate().for_each(|(at, byte)| *byte ^= (at * 31 % 251) as u8);
            }
            _ => damaged.truncate(page + step),
        }
        fs::write(&file, &damaged).unwrap();
        let is_damaged = assert_truth_or_error(directory.path(), &truth, &format!("damage {step}"));
        let faults = KnowledgeBase::check(directory.path()).map(|checkup| checkup.faults.len());
        assert!(!is_damaged || faults.as_ref().is_ok_and(|faults| *faults > 0) || faults.is_err(), "damage {step}");
    }
}

const CHILD: &str = "NEWSGRAPH_TEST_STORE";
/// From which number on a child adds articles.
const FROM: &str = "NEWSGRAPH_TEST_FROM";

/// No test: a process that writes beside another. Adds articles one by one, and settles now and then.
#[test]
#[ignore = "run by other tests as their child"]
fn child_that_adds() {
    let Some(directory) = std::env::var_os(CHILD) else { return };
    let from: u32 = std::env::var(FROM).unwrap().parse().unwrap();
    let base = KnowledgeBase::open_or_create(Path::new(&directory)).unwrap();
    for number in from..from + 25 {
        base.replace(vec![article(number, 1)]).unwrap();
        if number % 5 == 0 {
            base.settle().unwrap();
        }
    }
}

#[test]
fn two_writers_take_turns() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kb");
    let children = ["0", "100"].map(|from| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child_that_adds", "--ignored"]).env(CHILD, &path).env(FROM, from);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let base = KnowledgeBase::open(&path).unwrap();
    base.settle().unwrap();
    let fresh = KnowledgeBase::open_or_create(&directory.path().join("fresh")).unwrap();
    fresh.replace([articles(0..25, 1), articles(100..125, 1)].concat()).unwrap();
    assert_eq!(content(&base).unwrap(), content(&fresh).unwrap());
    assert_eq!(KnowledgeBase::check(&path).unwrap().faults, []);
}

const ARTICLES: u32 = 30;

/// No test: the process that the tests below kill. Writes all articles in ever newer versions, and says each.
#[test]
#[ignore = "run by other tests as their child"]
fn child_that_writes_batches() {
    let Some(directory) = std::env::var_os(CHILD) else { return };
    let base = KnowledgeBase::open_or_create(Path::new(&directory)).unwrap();
    let first = stored_version(&base).map_or(1, |version| version + 1);
    for version in first.. {
        match base.replace(articles(0..ARTICLES, version)) {
            Ok(_) => println!("\nwrote {version}"),
            Err(error) => return println!("\nfailed {error}"),
        }
    }
}

/// The version that all articles of the base have; none in an empty base.
fn stored_version(base: &KnowledgeBase) -> Option<u32> {
    let versions: BTreeSet<[u8; 32]> = base.articles().unwrap().into_iter().map(|entry| entry.digest).collect();
    assert!(versions.len() <= 1, "a batch was stored in part");
    let digest = versions.first()?;
    let version = u32::from_le_bytes(digest[..4].try_into().unwrap());
    let mut expected: Vec<String> = articles(0..ARTICLES, version)
        .iter()
        .flat_map(|graph| graph.quads.iter().map(|quad| format!("{quad} .")))
        .collect();
    expected.sort();
    let content = content(base).unwrap();
    let mut stored: Vec<&str> = content.lines().collect();
    stored.sort_unstable();
    assert_eq!(stored, expected);
    Some(version)
}

fn child(directory: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child_that_writes_batches", "--ignored", "--nocapture"]);
    command.env(CHILD, directory).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
fn a_killed_writer_leaves_the_base_before_or_after_its_last_batch() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kb");
    let start = Instant::now();
    let mut kills = 0;
    // Pauses of no pattern that commits could fall into, from at once to some batches.
    let pauses = (0..300_u64).map(|round| Duration::from_micros(round * round * 7919 % 61_001));
    for pause in pauses.take_while(|_| start.elapsed() < Duration::from_secs(40)) {
        let mut child = child(&path).spawn().unwrap();
        std::thread::sleep(pause);
        child.kill().unwrap();
        child.wait().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .filter_map(|line| line.unwrap().strip_prefix("wrote ").and_then(|version| version.parse::<u32>().ok()))
            .last();
        let stored = path.join(FILE).exists().then(|| stored_version(&KnowledgeBase::open(&path).unwrap())).flatten();
        if let Some(said) = said {
            assert!(stored == Some(said) || stored == Some(said + 1), "said {said}, stored {stored:?}");
        }
        kills += 1;
    }
    assert!(kills > 5);
    KnowledgeBase::open_or_create(&path).unwrap().replace(articles(0..ARTICLES, u32::MAX)).unwrap();
    assert_eq!(stored_version(&KnowledgeBase::open(&path).unwrap()), Some(u32::MAX));
}

#[test]
#[cfg(unix)]
fn a_full_disk_fails_the_batch_and_loses_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let base = KnowledgeBase::open_or_create(directory.path()).unwrap();
    base.replace(articles(0..ARTICLES, 1)).unwrap();
    let truth = content(&base).unwrap();

    // A process that may not write files beyond a size is told so by the same error path as one on a full disk.
    let size = fs::metadata(directory.path().join(FILE)).unwrap().len();
    let child = child(directory.path());
    let mut limited = Command::new("sh");
    limited.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", size.div_ceil(512)));
    limited.arg(child.get_program()).args(child.get_args()).env(CHILD, directory.path());
    let output = limited.output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout);
    let failed = output.lines().find_map(|line| line.strip_prefix("failed ")).unwrap_or_else(|| panic!("{output}"));
    assert!(failed.contains("File too large"), "{failed}");

    let version = stored_version(&KnowledgeBase::open(directory.path()).unwrap()).unwrap();
    let said = output.lines().filter_map(|line| line.strip_prefix("wrote ")).next_back();
    assert_eq!(version.to_string(), said.unwrap_or("1"));
    if version == 1 {
        assert_eq!(content(&base).unwrap(), truth);
    }
}
