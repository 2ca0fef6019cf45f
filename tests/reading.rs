//! What holds for the analysis of any text, however odd.

use std::sync::LazyLock;

use newsgraph::Span;
use newsgraph::text::model::Model;
use newsgraph::text::{Name, Text, Token};
use proptest::prelude::*;

static FAST: LazyLock<Model> = LazyLock::new(|| Model::fast().expect("the built-in model loads"));
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::built_in().expect("the built-in model loads"));

fn read(text: &str) -> Text {
    MODEL.read(text.into(), &[Span::new(0, text.len())])
}

/// Checks the layers of a text against one another and against its words.
fn assert_sound(text: &Text) {
    let content = text.content();
    let mut covered = vec![false; content.len()];
    let mut last = 0;
    for token in text.tokens() {
        assert!(token.span.start >= last && !token.span.is_empty(), "tokens out of order in {content:?}");
        last = token.span.end;
        covered[token.span.start..token.span.end].fill(true);
        assert!(!token.tag.is_empty() && !token.pos.is_empty() && !token.dep.is_empty(), "{token:?}");
        assert!(!token.dep.contains("||"), "{token:?} was lifted and not lowered");
    }
    for (at, c) in content.char_indices() {
        assert!(covered[at] || c == ' ', "{c:?} at {at} of {content:?} is in no token");
    }
    let mut next = 0;
    for sentence in text.sentences() {
        assert_eq!(sentence.start, next, "sentences leave a gap in {content:?}");
        assert!(sentence.end > sentence.start);
        next = sentence.end;
        let heads = || sentence.clone().map(|token| (token, text.tokens()[token].head));
        assert!(heads().any(|(token, head)| token == head), "{sentence:?} has no root in {content:?}");
        assert!(heads().all(|(_, head)| sentence.contains(&head)), "a head outside {sentence:?} of {content:?}");
        // From every token the heads lead to a root: not in a circle.
        let root = |token: usize| {
            let up = std::iter::successors(Some(token), |token| Some(text.tokens()[*token].head));
            up.take(sentence.len() + 1).any(|token| text.tokens()[token].head == token)
        };
        let few = sentence.len().min(500);
        assert!(sentence.clone().take(few).all(root), "heads in a circle in {content:?}");
    }
    assert_eq!(next, text.tokens().len());
    let mut last = 0;
    for name in text.names() {
        assert!(name.tokens.start >= last && name.tokens.end > name.tokens.start);
        last = name.tokens.end;
        assert_eq!(text.sentence_of(name.tokens.start), text.sentence_of(name.tokens.end - 1));
    }
}

/// Layers of a text that can be compared, moved by some tokens and bytes.
fn layers(text: &Text, tokens: usize, bytes: usize) -> (Vec<Token>, Vec<Name>, Vec<usize>) {
    let token = |t: &Token| Token { span: t.span.shifted(bytes), head: t.head + tokens, ..t.clone() };
    let name = |n: &Name| Name { tokens: n.tokens.start + tokens..n.tokens.end + tokens, ..n.clone() };
    (
        text.tokens().iter().map(token).collect(),
        text.names().iter().map(name).collect(),
        text.sentences().iter().map(|s| s.start + tokens).collect(),
    )
}

/// Text of the kinds of pieces that news and the web are made of.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "The", "mayor", "of", "Leeds", "said", "she", "didn't", "resign", "on", "Tuesday", "but", "officials", "denied",
            "it", "Dr.", "Okafor", "U.S.", "$1.2bn", "wasn't", "who's", "gonna", "which", "they", "had", "reported", "\"No", "\"",
        ]),
        3 => prop::sample::select(vec![" ", ". ", ", ", "\n", "\n\n", "  ", " - ", "—", "…", "; ", "? ", "!\" ", " (", ") "]),
        1 => prop::sample::select(vec![":-)", "e\u{301}", "李雷", "🎉👩‍👩‍👧", "שלום", "مرحبا", "\u{200f}", "\u{0}", "\t", "10km.", "\u{300}"]),
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.6)), 0..60).prop_map(|pieces| {
        pieces.into_iter().map(|(p, space)| if space { format!("{p} ") } else { p.into() }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prose_is_analysed_soundly(text in prose()) {
        assert_sound(&read(&text));
    }

    #[test]
    fn any_characters_are_analysed_soundly(text in "\\PC{0,80}|[ -~\\s]{0,200}|.{0,60}") {
        assert_sound(&read(&text));
    }

    #[test]
    fn the_same_text_twice_gets_the_same_answer(text in prose()) {
        prop_assert_eq!(layers(&read(&text), 0, 0), layers(&read(&text), 0, 0));
    }

    /// The encoder alone looks across parts, for what names a headline and its story have in common.
    #[test]
    fn parts_together_are_read_as_parts_alone(one in prose(), two in prose()) {
        let both = format!("{one}{two}");
        let parts = [Span::new(0, one.len()), Span::new(one.len(), both.len())];
        let alone = |text: &str| FAST.read(text.into(), &[Span::new(0, text.len())]);
        let together = layers(&FAST.read(both.into(), &parts), 0, 0);
        let (first, second) = (alone(&one), alone(&two));
        let mut alone = layers(&first, 0, 0);
        let (tokens, names, starts) = layers(&second, first.tokens().len(), one.len());
        alone.0.extend(tokens);
        alone.1.extend(names);
        alone.2.extend(starts);
        prop_assert_eq!(together, alone);
    }
}

#[test]
fn empty_and_blank_texts_are_sound() {
    assert!(read("").tokens().is_empty());
    assert!(MODEL.read("left out".into(), &[]).tokens().is_empty());
    for blank in [" ", "   ", "\n\n\t ", "\u{a0}\u{2003}"] {
        assert_sound(&read(blank));
    }
}

/// Each is far longer than the text that is analysed in one piece, and would take forever if a step were quadratic in it.
#[test]
fn long_and_hostile_texts_are_sound() {
    let size = 40_000;
    for piece in [
        "a", "(", ".", "a-", "a:", "://a", "@", "1,", "🎉", "\u{301}", "\u{5e9}", "))) ", "\n", "\u{7}", "A. ", "x.y",
        "'s", "10km",
    ] {
        let text = piece.repeat(size / piece.len());
        assert_sound(&read(&text));
    }
}
