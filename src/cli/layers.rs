//! A document's layers as text: what `newsgraph show` prints and the golden tests keep.

mod article;
mod entities;
mod events;
mod facts;
mod speech;
mod text;
mod times;
mod tokens;

use anstyle::Style;
use text::Mark;

use crate::document::{Document, EntityId, Tenure};
use crate::span::{CodePoints, Span};

/// A layer that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(super) enum Layer {
    /// What is known about the article besides its text
    Article,
    /// The text, one sentence a line, with its mentions marked, and the phrases that refer to them
    Text,
    /// Tokens with lemma, tags, head, dependency and name, in the columns of CoNLL-U
    Tokens,
    /// The things it speaks of
    Entities,
    /// The names, noun phrases and pronouns that speak of one thing
    Chains,
    /// Direct quotes with their speakers
    Quotes,
    /// Who is given as the source of what
    Attributions,
    /// When, how long and how often
    Times,
    /// Who holds which post
    Roles,
    /// In which relations things stand, asserted or not
    Facts,
    /// What happens, to whom, where and when, and how it stands
    Events,
    /// All of these
    All,
}

const EACH: [Layer; 11] = [
    Layer::Article,
    Layer::Text,
    Layer::Tokens,
    Layer::Entities,
    Layer::Chains,
    Layer::Quotes,
    Layer::Attributions,
    Layer::Times,
    Layer::Roles,
    Layer::Facts,
    Layer::Events,
];

/// Writes layers of one document. Numbers after an entity's name are its place in the list of entities, from 1;
/// `12-20` are code points of the text, half-open, as in the `#char=12,20` of its IRIs.
pub(super) struct Layers<'a> {
    document: &'a Document,
    points: CodePoints<'a>,
    /// Whether mentions are coloured rather than put in brackets.
    colors: bool,
    width: Option<usize>,
    /// What is marked in the text, in its order, never overlapping.
    marks: Vec<(Span, Mark)>,
}

impl<'a> Layers<'a> {
    pub(super) fn new(document: &'a Document, colors: bool, width: Option<usize>) -> Self {
        Self { document, points: CodePoints::new(&document.article.text), colors, width, marks: text::marks(document) }
    }

    /// The layer with its title, ending in a line feed; nothing when the document has nothing in it. Layers are set apart by an empty line before each.
    pub(super) fn show(&self, layer: Layer) -> String {
        let (title, lines) = match layer {
            Layer::Article => ("Article", self.article()),
            Layer::Text => ("Text", self.text()),
            Layer::Tokens => ("Tokens", self.tokens()),
            Layer::Entities => ("Entities", self.entities()),
            Layer::Chains => ("Chains", self.chains()),
            Layer::Quotes => ("Quotes", self.quotes()),
            Layer::Attributions => ("Attributions", self.attributions()),
            Layer::Times => ("Times", self.times()),
            Layer::Roles => ("Roles", self.roles()),
            Layer::Facts => ("Facts", self.facts()),
            Layer::Events => ("Events", self.events()),
            Layer::All => return EACH.into_iter().map(|layer| self.show(layer)).collect(),
        };
        let bold = if self.colors { Style::new().bold() } else { Style::new() };
        if lines.is_empty() { lines } else { format!("\n{bold}{title}{bold:#}\n{lines}") }
    }

    fn words(&self, span: Span) -> String {
        one_line(span.of(&self.document.article.text))
    }

    fn place(&self, span: Span) -> String {
        let points = self.points.range(span);
        format!("{}-{}", points.start, points.end)
    }

    fn name(&self, entity: EntityId) -> String {
        self.document.entities.get(entity).map_or_else(String::new, |e| format!("{}:{}", e.name, entity + 1))
    }
}

fn tenure(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Current => "current",
        Tenure::Former => "former",
        Tenure::Future => "future",
        Tenure::Acting => "acting",
    }
}

/// The words with each run of white space, line feeds too, as one space.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Layer, Layers};
    use crate::article::{Article, Block, BlockKind, Metadata, Origin};
    use crate::document::{
        Chain, Document, Entity, Form, Kind, Link, Mention, Quote, Reference, Role, Speaker, Tenure, Term,
    };
    use crate::span::Span;
    use crate::standing::Standing;
    use crate::text::{Name, Text, Token};

    /// Zoë Ng, the mayor, said: "We won." He left.
    fn document() -> Document {
        let words = "Zoë Ng, the mayor, said: \"We\nwon.\" He left.";
        let find = |part: &str| words.find(part).map(|start| Span::new(start, start + part.len())).unwrap();
        let token = |part: &str, head, dep| {
            let lemma = part.to_lowercase().into();
            Token { span: find(part), tag: "NNP", pos: "PROPN", lemma, head, dep }
        };
        let tokens = vec![
            token("Zoë", 1, "compound"),
            token("Ng", 1, "ROOT"),
            token("He", 3, "nsubj"),
            token("left", 3, "ROOT"),
        ];
        let reference = |words: &str, head: &str, form, confidence| {
            let (span, head) = (find(words), find(head));
            Reference { span, head, form, confidence, is_sure: confidence > 0.6 }
        };
        let names = vec![Name { tokens: 0..2, label: "PERSON" }];
        Document {
            article: Article {
                origin: Origin { path: PathBuf::from("a.txt"), line: None },
                text: words.into(),
                blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, words.len()) }],
                metadata: Metadata { publisher: Some("The Echo".to_owned()), ..Metadata::default() },
            },
            text: Text::new(words.into(), tokens, vec![0..2, 2..4], names),
            entities: vec![Entity {
                other_names: vec!["Ng".to_owned()],
                link: Some(Link { iri: "http://www.wikidata.org/entity/Q1".to_owned(), confidence: 0.8 }),
                ..Entity::new(Kind::Person, "Zoë Ng")
            }],
            mentions: vec![Mention { span: find("Zoë Ng"), entity: 0, confidence: 0.9 }],
            chains: vec![Chain {
                entity: Some(0),
                references: vec![
                    reference("Zoë Ng, the mayor", "Ng", Form::Name, 1.0),
                    reference("We", "We", Form::Pronoun, 0.4),
                    reference("He", "He", Form::Pronoun, 0.8),
                ],
            }],
            quotes: vec![Quote {
                span: find("We\nwon."),
                cue: Some(find("said")),
                speaker: Some(Speaker { span: find("Zoë Ng"), entity: Some(0) }),
            }],
            attributions: Vec::new(),
            times: Vec::new(),
            roles: vec![Role {
                person: 0,
                title: find("mayor"),
                organization: None,
                tenure: Tenure::Current,
                term: Term::default(),
                evidence: find("Zoë Ng, the mayor"),
                rule: "apposition".into(),
                confidence: 0.9,
                standing: Standing { attribution: Some(0), ..Standing::default() },
            }],
            facts: Vec::new(),
            events: Vec::new(),
        }
    }

    fn plain(layer: Layer) -> String {
        Layers::new(&document(), false, None).show(layer)
    }

    #[test]
    fn a_sentence_is_a_line_and_mentions_are_marked() {
        assert_eq!(
            plain(Layer::Text),
            "\nText\n  paragraph  [Zoë Ng|Person:1], the mayor, said: \"We won.\"\n             [He|:1] left.\n"
        );
    }

    #[test]
    fn chains_show_what_is_in_doubt() {
        assert_eq!(
            plain(Layer::Chains),
            "\nChains\n  1  Zoë Ng:1\n     \"Zoë Ng, the mayor\" 0-17, \"We\"? 26-28, \"He\" 35-37\n"
        );
    }

    #[test]
    fn colours_take_the_place_of_brackets() {
        let text = Layers::new(&document(), true, None).show(Layer::Text);
        assert!(text.contains("\u{1b}[1m\u{1b}[32mZoë Ng\u{1b}[0m\u{1b}[2m:1\u{1b}[0m, the mayor"), "{text:?}");
    }

    #[test]
    fn tokens_stand_in_the_columns_of_conllu() {
        assert_eq!(
            plain(Layer::Tokens),
            "
Tokens
  # sentence 1
  1  Zoë  zoë  PROPN  NNP  2  compound  B-PERSON  0-3
  2  Ng   ng   PROPN  NNP  0  ROOT      I-PERSON  4-6

  # sentence 2
  1  He    he    PROPN  NNP  2  nsubj  O  35-37
  2  left  left  PROPN  NNP  0  ROOT   O  38-42
"
        );
    }

    #[test]
    fn what_was_found_refers_to_entities_by_number_and_to_words_by_code_points() {
        assert_eq!(plain(Layer::Article), "\nArticle\n  publisher  The Echo\n");
        assert_eq!(plain(Layer::Entities), "\nEntities\n  1  Person  1×  Zoë Ng  =? Q1, also Ng\n");
        assert_eq!(
            plain(Layer::Quotes),
            "\nQuotes\n  1  26-33  \"We won.\"\n     by \"Zoë Ng\" = Zoë Ng:1, cue \"said\"\n"
        );
        assert_eq!(
            plain(Layer::Roles),
            "\nRoles\n  Zoë Ng:1: current \"mayor\"\n     \"Zoë Ng, the mayor\" 0-17, rule apposition 0.90, \
             in attribution 1\n"
        );
    }
}
