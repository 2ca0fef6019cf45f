//! `newsgraph show`.

use crate::Desk;

#[test]
fn mentions_are_in_brackets_in_a_pipe_and_in_colour_on_demand() {
    let desk = Desk::new();
    let plain = desk.run("show fire.txt").well();
    assert!(plain.starts_with("fire.txt\n"), "{plain}");
    assert!(plain.contains("[Ann Okafor|Person:"), "{plain}");
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let colored = desk.run("show fire.txt --color always").well();
    assert!(colored.contains("\u{1b}[") && !colored.contains("|Person:"), "{colored:?}");
}

#[test]
fn layers_can_be_chosen() {
    let desk = Desk::new();
    let titles = |run: &str| {
        let shown = desk.run(run).well();
        shown.lines().filter(|line| line.starts_with(char::is_uppercase)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        titles("show fire.txt"),
        ["Article", "Text", "Entities", "Quotes", "Attributions", "Times", "Roles", "Facts"]
    );
    assert_eq!(titles("show fire.txt --layer quotes,tokens"), ["Quotes", "Tokens"]);
    assert_eq!(
        titles("show fire.txt --layer all"),
        [
            "Article",
            "Text",
            "Tokens",
            "Entities",
            "Chains",
            "Quotes",
            "Attributions",
            "Times",
            "Roles",
            "Facts",
            "Events"
        ]
    );
}

#[test]
fn a_quote_is_shown_with_its_speaker() {
    let shown = Desk::new().run("show strike.txt --layer quotes").well();
    assert!(shown.contains("\"We asked for rest, and they offered us coffee,\""), "{shown}");
    assert!(shown.contains("by \"Dahl\" = Siri Dahl:"), "{shown}");
    assert!(shown.contains("cue \"said\""), "{shown}");
}
