//! Which known thing a name is, by what the text says around it; and when it must stay unknown.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use newsgraph::article::{Article, Block, BlockKind, Metadata, Origin};
use newsgraph::document::{Document, Link};
use newsgraph::pipeline::Pipeline;
use newsgraph::span::Span;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::built_in().unwrap());

fn read(text: &str, published: &str) -> Document {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
    let published = Some(newsgraph::date::Stamp::Day(published.parse().unwrap()));
    let metadata = Metadata { published, ..Metadata::default() };
    let origin = Origin { path: "a.txt".into(), line: None };
    PIPELINE.read(Article { origin, text: text.into(), blocks, metadata })
}

/// The identifier that an entity is linked to, `-` for none.
fn link(document: &Document, name: &str) -> String {
    let entity = document.entities.iter().find(|entity| entity.name == name);
    let entity = entity.unwrap_or_else(|| panic!("no {name} among {:#?}", document.entities));
    entity.link.as_ref().and_then(Link::qid).unwrap_or("-").to_owned()
}

/// That in each text a name is of a thing, `-` for none.
fn assert_links(cases: &[(&str, &str, &str)]) {
    for (text, name, expected) in cases {
        let document = read(text, "2021-03-02");
        assert_eq!(link(&document, name), *expected, "{text}");
    }
}

#[test]
fn a_place_is_the_one_that_the_article_speaks_of() {
    assert_links(&[
        ("Ministers met in Paris on Monday, the French government said.", "Paris", "Q90"),
        ("A tornado hit Paris, Texas, on Monday, officials said.", "Paris", "Q830149"),
        ("Georgian troops left the village on Monday. Georgia said they had returned to Tbilisi.", "Georgia", "Q230"),
        (
            "Voters in Georgia go to the polls on Tuesday. In Atlanta, the governor asked Alabama for help.",
            "Georgia",
            "Q1428",
        ),
        (
            "Police in Birmingham arrested two men on Monday, the British government said in London.",
            "Birmingham",
            "Q2256",
        ),
        ("A church in Birmingham, Alabama, burned down on Monday, police said.", "Birmingham", "Q79867"),
        ("The factory in Springfield closed on Monday, workers said.", "Springfield", "-"),
        ("Profits were moved to Cyprus on Monday, the bank said.", "Cyprus", "Q229"),
        ("A lawyer flew to Lisbon on Monday. The United States and Kenya had frozen aid.", "Lisbon", "Q597"),
    ]);
}

#[test]
fn a_politician_is_linked_by_title_country_and_time() {
    for (text, name, published, expected) in [
        ("German Chancellor Angela Merkel spoke in Berlin on Monday.", "Angela Merkel", "2019-05-06", "Q567"),
        ("Vladimir Putin said on Monday that Russia would answer.", "Vladimir Putin", "2021-03-01", "Q7747"),
        (
            "Senator Mark Kelly of Arizona, a Democrat, voted against the bill on Monday.",
            "Mark Kelly",
            "2023-05-01",
            "Q357510",
        ),
    ] {
        let document = read(text, published);
        assert_eq!(link(&document, name), expected, "{text}");
    }
}

#[test]
fn a_private_person_of_a_politicians_name_stays_unknown() {
    for (text, name) in [
        (
            "Mark Kelly, a beekeeper from Cork, won the medal on Saturday. He sells honey to the United States.",
            "Mark Kelly",
        ),
        ("Tim Scott, a nurse, was hurt when his car left the road near Leeds, police said.", "Tim Scott"),
        (
            "The goal was scored by Boris Johnson, a 17-year-old midfielder, United coach Per Holm said.",
            "Boris Johnson",
        ),
        ("Angela Merkel, a baker in Ohio, said the flood took her shop.", "Angela Merkel"),
        ("John Rose was found guilty of theft on Monday, the court in Adelaide said.", "John Rose"),
    ] {
        let document = read(text, "2021-03-02");
        assert_eq!(link(&document, name), "-", "{text}");
    }
}

#[test]
fn organisations_are_known_by_their_names_and_their_country() {
    assert_links(&[
        ("The Bank of Japan left rates unchanged on Monday, a person in Tokyo said.", "Bank of Japan", "Q333101"),
        ("The World Health Organization (WHO) warned of measles on Monday.", "World Health Organization", "Q7817"),
        ("Boeing delivered 40 aircraft in May, the company said.", "Boeing", "Q66"),
        ("The Norden Ports Authority will open a bridge in May, it said.", "Norden Ports Authority", "-"),
    ]);
}

#[test]
fn a_country_that_only_a_demonym_names_is_known_too() {
    let document = read("Norwegian Prime Minister Jonas Gahr Støre spoke on Monday.", "2022-03-02");
    assert_eq!(link(&document, "Norway"), "Q20");
    assert_eq!(link(&document, "Jonas Gahr Støre"), "Q467948");
}

#[test]
fn a_surname_is_a_leaders_where_title_and_country_say_so() {
    assert_links(&[
        ("President Macron met the farmers in Lyon on Monday, the French government said.", "Macron", "Q3052772"),
        ("A farmer named Macron lost three cows in France on Monday.", "Macron", "-"),
        ("Coach Macron said on Monday that his team in France had trained well.", "Macron", "-"),
    ]);
}

#[test]
fn places_in_a_list_do_not_lie_in_one_another() {
    let text = "She flew to Geneva, Damascus, Yemen and Sudan last week, officials said.";
    let document = read(text, "2021-03-02");
    assert_eq!((link(&document, "Geneva"), link(&document, "Damascus")), ("Q71".to_owned(), "Q3766".to_owned()));
}

#[test]
fn other_names_of_a_country_or_body_are_of_one_thing() {
    for (text, one, other) in [
        ("The United States will vote in May. America has not been so divided, she said.", "United States", "America"),
        ("The UK signed on Monday. Britain will pay, he said.", "UK", "Britain"),
        ("The U.S. Senate met on Monday. The Senate will vote in May.", "U.S. Senate", "Senate"),
        (
            "The Boston Red Sox lost on Monday. The Red Sox have not won since May, and fans left early.",
            "Boston Red Sox",
            "Red Sox",
        ),
    ] {
        let document = read(text, "2021-03-02");
        let names = |name: &str| {
            document.entities.iter().position(|it| it.name == name || it.other_names.iter().any(|o| o == name))
        };
        assert!(names(one).is_some() && names(one) == names(other), "{text}: {:#?}", document.entities);
    }
    let text = "The U.S. Senate met on Monday, and so did the French Senate. The Senate will vote in May.";
    let document = read(text, "2021-03-02");
    assert!(document.entities.iter().any(|entity| entity.name == "Senate"), "{:#?}", document.entities);
}
