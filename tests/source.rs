//! Reads the fixtures of `tests/source/fixtures` and arbitrary bytes.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::io::Write;
use std::path::{Path, PathBuf};

use newsgraph::article::{Article, Metadata};
use newsgraph::source::{Format, Options, records, records_in};
use proptest::prelude::*;

#[path = "source/invariants.rs"]
mod invariants;

fn options() -> Options {
    Options::built_in().unwrap()
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/source/fixtures").join(name)
}

/// What reading the fixture gives, errors as their messages without the directory.
fn read(name: &str) -> Vec<Result<Article, String>> {
    read_path(&fixture(name), &options())
}

fn read_path(path: &Path, options: &Options) -> Vec<Result<Article, String>> {
    let directory = format!("{}/", path.parent().unwrap().display());
    let articles = records(&[path.to_owned()], options).map(|record| record.and_then(|record| record.article(options)));
    articles
        .map(|article| article.inspect(invariants::check).map_err(|error| error.to_string().replace(&directory, "")))
        .collect()
}

fn read_text(text: &str, name: &str) -> Article {
    let mut records = records_in(std::io::Cursor::new(text.to_owned()), name.into(), &options());
    let article = records.next().unwrap().unwrap().article(&options()).unwrap();
    invariants::check(&article);
    article
}

/// One line a block: its kind and its words.
fn blocks(article: &Article) -> String {
    let line = |block: &newsgraph::article::Block| format!("{:?}: {}\n", block.kind, block.span.of(&article.text));
    article.blocks.iter().map(line).collect()
}

fn only(name: &str) -> Article {
    let [article] = <[_; 1]>::try_from(read(name)).unwrap();
    article.unwrap()
}

fn dates(metadata: &Metadata) -> (Option<String>, Option<String>) {
    (metadata.published.map(|date| date.to_string()), metadata.modified.map(|date| date.to_string()))
}

#[test]
fn newsroom_text_is_taken_apart() {
    let article = only("newsroom.txt");
    assert_eq!(
        blocks(&article),
        "Headline: Port Selwyn closes two piers after cracks found\n\
         Heading: Ferry operator denies that it knew of the damage\n\
         Byline: By Jane Roe and John Doe, Reuters\n\
         Byline: Jane Roe Reuters\n\
         Dateline: GENEVA, Feb 14 (Reuters) -\n\
         Paragraph: The harbour authority said on Monday that it would close two piers.\n\
         Paragraph: “We are not taking any chances,” said Maria Okafor. [sic]\n\
         Paragraph: The press secretary at a briefing in the White House on Monday.\n\
         Heading: What happens next\n\
         Paragraph: A report is due in June.\n\
         Byline: (Reporting by Jane Roe; Editing by John Doe)\n"
    );
    assert_eq!(article.metadata.authors, ["Jane Roe", "John Doe"]);
    assert_eq!(dates(&article.metadata), (Some("2024-03-12".into()), Some("2024-03-13T09:10:00-04:00".into())));
    let dateline = article.metadata.dateline.unwrap();
    assert_eq!(dateline.place.of(&article.text), "GENEVA");
    assert_eq!(dateline.date.unwrap().of(&article.text), "Feb 14");
    assert_eq!(dateline.agency.unwrap().of(&article.text), "Reuters");
    assert!(article.text.contains("(Reuters) - The harbour"), "a dateline stands on the line of its paragraph");
}

#[test]
fn wrapped_text_is_joined() {
    let article = only("wrapped.txt");
    assert!(blocks(&article).ends_with(
        "Dateline: PORT SELWYN, Fla. --\n\
         Paragraph: The harbour authority of Port Selwyn said on Monday that it would close two of its five piers for \
         repairs after inspectors found cracks in the supports.\n\
         Paragraph: \"We are not taking any chances with the safety of passengers,\" said Maria Okafor, the authority's \
         chief executive, at a news conference.\n\
         Paragraph: The closure will affect about 4,000 commuters a day.\n"
    ));
}

#[test]
fn prose_gets_no_headline() {
    let article = read_text("The mayor said so on Monday.\n\nNobody was hurt.\n", "a.txt");
    assert_eq!(blocks(&article), "Paragraph: The mayor said so on Monday.\nParagraph: Nobody was hurt.\n");
}

#[test]
fn repeated_captions_and_credits_are_left_out() {
    let caption = "Divers look for the ferry off Port Selwyn, Sunday, May 4, 2025. Ann Poe Halyard Press";
    let text = format!(
        "Ferry sinks off Port Selwyn, 12 missing\n\n{caption}\n\n{caption}\n\nA ferry like the one that sank\n\n\
         A ferry like the one that sank\n\nJane Roe\nMaritime Correspondent\nCalder Tribune\n\n\
         PORT SELWYN, May 4 (Halyard) - A ferry sank on Sunday.\n\nThe mayor at the pier. Ann Poe/Calder Tribune\n\n\
         She told the Calder Tribune.\n\nWhat happens next\n\nA report is due in June.\n"
    );
    let article = read_text(&text, "a.txt");
    assert_eq!(
        blocks(&article),
        "Headline: Ferry sinks off Port Selwyn, 12 missing\n\
         Byline: Jane Roe\n\
         Byline: Maritime Correspondent\n\
         Byline: Calder Tribune\n\
         Dateline: PORT SELWYN, May 4 (Halyard) -\n\
         Paragraph: A ferry sank on Sunday.\n\
         Paragraph: She told the Calder Tribune.\n\
         Heading: What happens next\n\
         Paragraph: A report is due in June.\n"
    );
    assert_eq!(article.metadata.authors, ["Jane Roe"]);
}

#[test]
fn what_is_repeated_as_headline_or_first_paragraph_stays_once() {
    let text = "Ferry sinks off Port Selwyn\n\nFerry sinks off Port Selwyn\n\nA ferry sank on Sunday, the mayor said.\n\n\
                A ferry sank on Sunday, the mayor said.\n\nNobody was hurt.\n";
    assert_eq!(
        blocks(&read_text(text, "a.txt")),
        "Headline: Ferry sinks off Port Selwyn\nParagraph: A ferry sank on Sunday, the mayor said.\nParagraph: Nobody was hurt.\n"
    );
}

#[test]
fn only_place_and_case_make_a_byline_of_a_name() {
    let reported = "Selwyn win at last as Poe strikes late\n\nJane Roe at Pier Park\n\nSelwyn won on Sunday.\n\nNobody left early.\n";
    assert!(blocks(&read_text(reported, "a.txt")).contains("\nByline: Jane Roe at Pier Park\n"));
    let titled = "Selwyn Win Cup At Last\n\nPoe Strikes at Pier Park\n\nSelwyn won on Sunday.\n\nNobody left early.\n";
    assert!(blocks(&read_text(titled, "a.txt")).contains("\nHeading: Poe Strikes at Pier Park\n"));
    let within = "Selwyn win at last\n\nSelwyn won on Sunday.\n\nCalder Tribune\n\nThe paper was sold.\n\nSAVINGS\n\nIt cost less.\n";
    let found = blocks(&read_text(within, "a.txt"));
    assert!(found.contains("\nHeading: Calder Tribune\n") && found.contains("\nHeading: SAVINGS\n"), "{found}");
}

#[test]
fn a_dateline_may_stand_behind_bullets() {
    let text = "Ferry sinks off Port Selwyn\n\n* Twelve people are missing\n* Mayor asks for help\n\nBy Jane Roe\n\n\
                OSLO/PORT SELWYN, Oct 7 (Halyard) - A ferry sank on Tuesday.\n";
    let article = read_text(text, "a.txt");
    assert!(
        blocks(&article)
            .ends_with("Dateline: OSLO/PORT SELWYN, Oct 7 (Halyard) -\nParagraph: A ferry sank on Tuesday.\n")
    );
    assert_eq!(article.metadata.dateline.unwrap().agency.unwrap().of(&article.text), "Halyard");
}

#[test]
fn a_head_of_keys_is_metadata() {
    let head = "Title: Piers close\nDate: 2024-03-12\nURL: https://example.org/piers#top\nSource: The Selwyn Times\n\n\
                LONDON — The mayor said so.\n";
    let article = read_text(head, "a.txt");
    assert_eq!(blocks(&article), "Headline: Piers close\nDateline: LONDON —\nParagraph: The mayor said so.\n");
    assert_eq!(article.metadata.url.unwrap().as_str(), "https://example.org/piers");
    assert_eq!(article.metadata.publisher.as_deref(), Some("The Selwyn Times"));
}

#[test]
fn windows_characters_and_line_ends_are_read() {
    let article = only("latin.txt");
    assert_eq!(
        blocks(&article),
        "Headline: Café closes in Genève, owner says\nParagraph: The café’s owner said “no”.\n"
    );
}

#[test]
fn a_page_gives_its_article_and_nothing_around_it() {
    let article = only("page.html");
    let found = blocks(&article);
    assert!(
        found
            .starts_with("Headline: Port Selwyn closes two piers after cracks found\nParagraph: The harbour authority")
    );
    assert!(found.ends_with(
        "Heading: What happens next\n\
         Paragraph: A report is due in June, and councillors will debate it in the same month.\n\
         Paragraph: Pier 3 closes on Monday at midnight.\n\
         Paragraph: Pier 4 closes on Friday.\n"
    ));
    for boilerplate in ["cookies", "Home", "Ferry fares", "Photograph", "rights reserved"] {
        assert!(!found.contains(boilerplate), "{boilerplate}");
    }
    let metadata = &article.metadata;
    assert_eq!(dates(metadata), (Some("2024-03-11T08:30:00+02:00".into()), Some("2024-03-12T09:00:00Z".into())));
    assert_eq!(metadata.authors, ["Jane Roe", "John Doe"]);
    assert_eq!(metadata.publisher.as_deref(), Some("Selwyn Times"));
    assert_eq!(metadata.keywords, ["port", "ferries"]);
    assert_eq!(metadata.language.as_deref(), Some("en-GB"));
}

#[test]
fn old_pages_without_paragraphs_and_pages_full_of_notices_are_read() {
    for name in ["old.html", "furniture.html"] {
        let article = only(name);
        let prose = blocks(&article).lines().filter(|line| line.starts_with("Paragraph")).count();
        assert_eq!(prose, 6, "{}", blocks(&article));
        assert!(!article.text.contains("newsletter") && !article.text.contains("Read more"), "{}", article.text);
    }
}

#[test]
fn columns_beside_the_text_go_and_line_breaks_end_bylines() {
    let article = only("columns.html");
    let found = blocks(&article);
    assert!(
        found.starts_with(
            "Headline: Port Selwyn closes two piers\nByline: By Jane Roe, Port Selwyn\nParagraph: The harbour authority"
        ),
        "{found}"
    );
    assert!(
        found.ends_with("Heading: WHAT IT COSTS\nParagraph: Repairs will cost $12 million, the authority said.\n"),
        "{found}"
    );
    for column in ["Sections", "Rain", "boat", "Tide"] {
        assert!(!found.contains(column), "{column}: {found}");
    }
    assert_eq!(article.metadata.publisher.as_deref(), Some("The Selwyn Times"));
    assert_eq!(dates(&article.metadata).0.as_deref(), Some("2024-03-11"));
}

#[test]
fn preformatted_pages_are_read_line_by_line() {
    let page = "<html><title>Piers close</title><body><h1>Port Selwyn closes two piers</h1><pre>\nBy Jane Roe\nStaff Writer\n\n\
                PORT SELWYN, Fla. -- The harbour authority of Port Selwyn said on Monday\nthat it would close two of its five piers \
                for repairs after inspectors\nfound cracks in the supports.\n\nOpposition councillor Peter Lund said the city had \
                ignored warnings for\nyears, and he called for an inquiry.\n</pre></body></html>";
    assert_eq!(
        blocks(&read_text(page, "a.html")),
        "Headline: Port Selwyn closes two piers\nByline: By Jane Roe\nByline: Staff Writer\nDateline: PORT SELWYN, Fla. --\n\
         Paragraph: The harbour authority of Port Selwyn said on Monday that it would close two of its five piers for repairs \
         after inspectors found cracks in the supports.\n\
         Paragraph: Opposition councillor Peter Lund said the city had ignored warnings for years, and he called for an inquiry.\n"
    );
}

#[test]
fn a_page_drawn_by_scripts_gives_the_text_of_its_metadata() {
    let page = "<title>Piers close at Port Selwyn | Times</title><script type='application/ld+json'>\n[{\"@type\": \"NewsArticle\", \
                \"articleBody\": \"LONDON — Two piers closed.\\n\\nNobody was hurt.\"}]</script><div id=app>Loading</div>";
    let article = read_text(page, "a.html");
    assert_eq!(
        blocks(&article),
        "Headline: Piers close at Port Selwyn\nDateline: LONDON —\nParagraph: Two piers closed.\nParagraph: Nobody was hurt.\n"
    );
}

#[test]
fn results_of_news_apis_are_read_item_by_item() {
    let read = read("results.json");
    let article = |i: usize| read[i].as_ref().unwrap();
    assert_eq!(
        blocks(article(0)),
        "Headline: Piers close & reopen\nParagraph: The harbour authority said on Monday that it would close two piers…\n"
    );
    assert_eq!(article(0).metadata.authors, ["Jane Roe", "John Doe"]);
    assert_eq!(
        blocks(article(1)),
        "Headline: Court rules\nDateline: PARIS, France, 3 March 2021 (AFP) –\nParagraph: A court ruled today.\nParagraph: It said no.\n"
    );
    assert_eq!(blocks(article(2)), "Headline: Mayor leaves\nParagraph: The mayor said so.\nParagraph: He left.\n");
    assert_eq!(article(3).metadata.authors, ["A B", "C D"]);
    assert_eq!(read[4].as_ref().unwrap_err(), "results.json:5: skipped: it holds a title but no text");
    assert_eq!(read[5].as_ref().unwrap_err(), "results.json:6: an article must be a JSON object");
}

#[test]
fn a_bad_line_fails_alone_and_another_language_is_skipped() {
    let read = read("lines.jsonl");
    assert_eq!(blocks(read[0].as_ref().unwrap()), "Headline: One\nParagraph: First text here.\n");
    assert_eq!(read[1].as_ref().unwrap_err(), "lines.jsonl:2: broken JSON: expected value in column 25");
    assert_eq!(read[2].as_ref().unwrap_err(), "lines.jsonl:4: skipped: it is in French, and only English is read");
    let all = read_path(&fixture("lines.jsonl"), &options().with_language_check(false));
    assert!(all[2].is_ok());
}

#[test]
fn fields_are_mapped() {
    let json =
        r#"{"doc": {"t": "Piers close", "p": ["One said so.", "Two did."]}, "when": 1710232200, "text": "wrong"}"#;
    let options = options().with_mapping("text=doc.p").unwrap().with_mapping("headline=doc.t").unwrap();
    let options = options.with_field("published", "when").unwrap();
    let record = records_in(json.as_bytes(), "a.json".into(), &options).next().unwrap().unwrap();
    let article = record.article(&options).unwrap();
    assert_eq!(blocks(&article), "Headline: Piers close\nParagraph: One said so.\nParagraph: Two did.\n");
    assert_eq!(dates(&article.metadata).0.as_deref(), Some("2024-03-12T08:30:00Z"));
    let unknown = options.with_mapping("titel=a").unwrap_err().to_string();
    assert!(unknown.starts_with("“titel” is no field of an article; there are text, html, headline"), "{unknown}");
}

#[test]
fn tables_are_read_row_by_row() {
    let read = read("table.csv");
    assert_eq!(
        blocks(read[0].as_ref().unwrap()),
        "Headline: Piers; closed\nParagraph: The authority said so.\nParagraph: It did.\n"
    );
    assert_eq!(read[1].as_ref().unwrap_err(), "table.csv:4: skipped: it holds a title but no text");
}

#[test]
fn feeds_are_read_item_by_item() {
    let rss = read("feed.rss");
    let first = rss[0].as_ref().unwrap();
    assert_eq!(
        blocks(first),
        "Headline: Piers close & reopen\nDateline: LONDON —\nParagraph: The mayor said so.\nParagraph: He left the hall.\n"
    );
    assert_eq!(first.origin.line, Some(4));
    assert_eq!(first.metadata.url.as_ref().unwrap().as_str(), "https://x.org/a");
    assert_eq!(first.metadata.publisher.as_deref(), Some("Selwyn Times"));
    assert_eq!(blocks(rss[1].as_ref().unwrap()), "Headline: Only summary\nParagraph: The mayor said so again.\n");
    assert_eq!(blocks(&only("feed.atom")), "Headline: Atom one\nParagraph: First para.\nParagraph: Second.\n");
}

#[test]
fn a_feed_with_a_stray_declaration_is_read_or_refused() {
    let feed = "<rss version=\"2.0\"><channel><title>Times</title><?xml version=\"1.0\" encoding=\"latin1\"?>\
                <item><title>Piers close</title><description>Two piers of the port closed.</description></item></channel></rss>";
    assert_eq!(blocks(&read_text(feed, "a.rss")), "Headline: Piers close\nParagraph: Two piers of the port closed.\n");
}

#[test]
fn directories_are_walked_in_order_past_loops_hidden_and_unknown_files() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(directory.path().join(name), bytes).unwrap();
    std::fs::create_dir(directory.path().join("b")).unwrap();
    write("c.txt", b"Third text.");
    write("a.txt", b"First text.");
    write("b/x.txt", b"Second text.");
    write(".hidden.txt", b"Hidden text.");
    write("picture.png", b"\x89PNG");
    #[cfg(unix)]
    std::os::unix::fs::symlink(directory.path(), directory.path().join("b/loop")).unwrap();
    let read = read_path(directory.path(), &options());
    let texts: Vec<String> = read.into_iter().map(|article| article.unwrap().text.to_string()).collect();
    assert_eq!(texts, ["First text.", "Second text.", "Third text."]);
    let globbed = read_path(&directory.path().join("*.txt"), &options());
    assert_eq!(globbed.len(), 2);
    let named = read_path(&directory.path().join("picture.png"), &options());
    assert!(
        named[0]
            .as_ref()
            .unwrap_err()
            .ends_with("picture.png: its extension names no format of articles; say which it is with --format")
    );
}

#[test]
fn archives_are_read_through_and_cut_ones_refused() {
    let directory = tempfile::tempdir().unwrap();
    let text = std::fs::read(fixture("newsroom.txt")).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&text).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::stream::encode_all(&text[..], 3).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(directory.path().join(name), bytes).unwrap();
    write("a.txt.gz", &gzip);
    write("b.txt.zst", &zstd);
    write("c.txt", &gzip);
    write("d.txt.gz", &gzip[..gzip.len() / 2]);
    write("e.txt.zst", &zstd[..zstd.len() / 2]);
    let read = read_path(directory.path(), &options());
    let expected = only("newsroom.txt").text;
    for article in &read[..3] {
        assert_eq!(article.as_ref().unwrap().text, expected);
    }
    for (error, name) in read[3..].iter().zip(["d.txt.gz: the gzip data", "e.txt.zst: the zstd data"]) {
        let error = error.as_ref().unwrap_err();
        assert!(error.contains(&format!("{name} is damaged or cut short")), "{error}");
    }
}

#[test]
fn what_grows_too_large_is_refused() {
    let options = options().with_size_limit(1000);
    let bomb = zstd::stream::encode_all(&vec![b'a'; 10_000_000][..], 3).unwrap();
    for name in ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.rss"] {
        let first = records_in(std::io::Cursor::new(bomb.clone()), name.into(), &options).next().unwrap();
        let error = first.and_then(|record| record.article(&options)).unwrap_err().to_string();
        let expected = if name == "a.json" { "broken JSON" } else { "more than 1000 bytes" };
        assert!(error.starts_with(name) && error.contains(expected), "{error}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_among_the_records() {
    let missing = read_path(&fixture("missing.txt"), &options());
    assert_eq!(missing[0].as_ref().unwrap_err(), "missing.txt: No such file or directory (os error 2)");
    let pages = "<div>".repeat(50_000);
    let deep = records_in(std::io::Cursor::new(pages), "deep.html".into(), &options()).next().unwrap().unwrap();
    let error = deep.article(&options()).unwrap_err().to_string();
    assert_eq!(error, "deep.html: its elements are nested more than 512 deep");
}

/// Pieces from which texts are made that reach the readers' branches more often than arbitrary ones.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "GENEVA, Feb 14 (Reuters) - ",
        "By Jane Roe, Reuters",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u{ad}",
        "\u{200d}",
        "\u{feff}",
        "\u{c}",
        "“Zoë,” ",
        "said. ",
        "Title: ",
        "李雷 ",
        "👩\u{200d}🚒",
        "<p>",
        "</p>",
        "<br>",
        "<div class=caption>",
        "<a href=x>",
        "</a>",
        "&amp;",
        "&#0;",
        "<h1>",
        "<td>",
        "<script>",
        "{\"text\":\"",
        "\"}",
        "[",
        "]",
        ",",
        "{\"articles\":[",
        "title,text\n",
        "\"",
        ";",
        "<rss><channel>",
        "<item>",
        "<title>",
        "<description>",
        "</description>",
        "</item>",
        "---\n",
        "- ",
        "• ",
        "Published: 12 March 2024",
        "é",
        "e\u{301}",
        "İ",
        "K",
        "\u{0}",
        "x",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<String>()], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_in_any_format_gives_clean_articles_or_errors(text in pieces()) {
        let options = options_once();
        for format in [Format::Text, Format::Html, Format::Json, Format::Jsonl, Format::Csv, Format::Feed] {
            invariants::read_and_check(text.as_bytes(), Some(format), options);
        }
        invariants::read_and_check(text.as_bytes(), None, options);
    }

    #[test]
    fn any_bytes_give_clean_articles_or_errors(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        invariants::read_and_check(&bytes, None, options_once());
        invariants::read_and_check(&bytes, Some(Format::Text), options_once());
    }

    #[test]
    fn the_text_of_a_record_is_the_same_in_json_and_csv(title in "[A-Z][a-z]{3,9} [a-z]{3,9}", body in "[A-Z][a-z ,é“”]{20,60}\\.") {
        let json = serde_json::json!({"title": title, "text": body}).to_string();
        let csv = format!("title,text\n\"{title}\",\"{body}\"\n");
        let read = |bytes: String, name: &str| {
            let record = records_in(std::io::Cursor::new(bytes), name.into(), options_once()).next().unwrap().unwrap();
            record.article(options_once()).unwrap()
        };
        let (json, csv) = (read(json, "a.json"), read(csv, "a.csv"));
        prop_assert_eq!(json.text, csv.text);
        prop_assert_eq!(json.blocks, csv.blocks);
    }
}

fn options_once() -> &'static Options {
    static OPTIONS: std::sync::OnceLock<Options> = std::sync::OnceLock::new();
    OPTIONS.get_or_init(|| options().with_language_check(false))
}
