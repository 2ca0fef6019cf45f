//! A document's layers as text: what `newsgraph show` prints and the golden tests keep.

mod events;
mod facts;

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::columns::Columns;
use crate::article::{Block, BlockKind};
use crate::document::{Act, Document, Entity, EntityId, Form, Kind, Link, Quote, Speaker, Tenure};
use crate::span::{CodePoints, Span};
use crate::times::value::TimeValue;

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

/// What is marked in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Name(EntityId),
    /// A noun phrase or pronoun that surely refers to an entity.
    Reference(EntityId),
}

/// The mentions, and the phrases that refer to entities and do not overlap them; of two such that overlap the shorter one.
fn marks(document: &Document) -> Vec<(Span, Mark)> {
    let mut marks: Vec<(Span, Mark)> =
        document.mentions.iter().map(|mention| (mention.span, Mark::Name(mention.entity))).collect();
    let mut referring: Vec<(Span, EntityId)> = Vec::new();
    for chain in &document.chains {
        let sure = chain.references.iter().filter(|reference| reference.is_sure && reference.form != Form::Name);
        referring.extend(chain.entity.iter().flat_map(|&entity| sure.clone().map(move |it| (it.span, entity))));
    }
    referring.sort_by_key(|(span, _)| (span.len(), span.start));
    for (span, entity) in referring {
        if marks.iter().all(|(other, _)| !other.overlaps(span)) {
            marks.push((span, Mark::Reference(entity)));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

impl<'a> Layers<'a> {
    pub(super) fn new(document: &'a Document, colors: bool, width: Option<usize>) -> Self {
        Self { document, points: CodePoints::new(&document.article.text), colors, width, marks: marks(document) }
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

    fn article(&self) -> String {
        let metadata = &self.document.article.metadata;
        let dateline = metadata.dateline.map(|dateline| {
            let parts = [Some(dateline.place), dateline.date, dateline.agency];
            parts.into_iter().flatten().map(|span| self.words(span)).collect::<Vec<_>>().join(" | ")
        });
        let fields = [
            ("url", metadata.url.as_ref().map(ToString::to_string)),
            ("published", metadata.published.map(|stamp| stamp.to_string())),
            ("modified", metadata.modified.map(|stamp| stamp.to_string())),
            ("authors", Some(metadata.authors.join(", "))),
            ("publisher", metadata.publisher.clone()),
            ("language", metadata.language.clone()),
            ("section", metadata.section.clone()),
            ("keywords", Some(metadata.keywords.join(", "))),
            ("dateline", dateline),
        ];
        let mut columns = Columns::new("  ", self.width);
        for (field, value) in fields {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                columns.row([field.to_owned(), one_line(&value)]);
            }
        }
        columns.lines()
    }

    fn text(&self) -> String {
        let mut shown = String::new();
        for block in &self.document.article.blocks {
            let kind = match block.kind {
                BlockKind::Headline => "headline",
                BlockKind::Byline => "byline",
                BlockKind::Dateline => "dateline",
                BlockKind::Heading => "heading",
                BlockKind::Paragraph => "paragraph",
            };
            for (i, line) in self.lines_of(block).into_iter().enumerate() {
                let label = if i == 0 { kind } else { "" };
                let _ = writeln!(shown, "  {label:<9}  {}", self.marked(line));
            }
        }
        shown
    }

    /// A block cut before each sentence that begins in it, except inside a mention.
    fn lines_of(&self, block: &Block) -> Vec<Span> {
        let text = &self.document.text;
        let mut lines = Vec::new();
        let mut start = block.span.start;
        for sentence in text.sentences().iter().filter(|sentence| !sentence.is_empty()) {
            let cut = text.span(sentence.clone()).start;
            let inside = |(span, _): &(Span, Mark)| span.start < cut && cut < span.end;
            if start < cut && cut < block.span.end && !self.marks.iter().any(inside) {
                lines.push(Span::new(start, cut));
                start = cut;
            }
        }
        lines.push(Span::new(start, block.span.end));
        lines
    }

    fn marked(&self, line: Span) -> String {
        let text = &self.document.article.text;
        let mut marked = String::new();
        let mut at = line.start;
        for (span, mark) in self.marks.iter().filter(|(span, _)| line.contains(*span)) {
            marked.push_str(&text[at..span.start]);
            marked.push_str(&self.mark(*span, *mark));
            at = span.end;
        }
        marked.push_str(&text[at..line.end]);
        one_line(&marked)
    }

    fn mark(&self, span: Span, mark: Mark) -> String {
        let words = self.words(span);
        let (entity, is_name) = match mark {
            Mark::Name(entity) => (entity, true),
            Mark::Reference(entity) => (entity, false),
        };
        let number = entity + 1;
        match self.document.entities.get(entity) {
            Some(entity) if self.colors => {
                let (style, dim) = (style_of(entity.kind), Style::new().dimmed());
                let style = if is_name { style.bold() } else { style };
                format!("{style}{words}{style:#}{dim}:{number}{dim:#}")
            }
            Some(entity) if is_name => format!("[{words}|{:?}:{number}]", entity.kind),
            Some(_) => format!("[{words}|:{number}]"),
            None => words,
        }
    }

    fn chains(&self) -> String {
        let mut shown = String::new();
        for (i, chain) in self.document.chains.iter().enumerate() {
            let name = chain.entity.map_or_else(|| "nothing named".to_owned(), |entity| self.name(entity));
            let _ = writeln!(shown, "{:>3}  {name}", i + 1);
            let phrases = chain.references.iter().map(|reference| {
                let doubt = if reference.is_sure { "" } else { "?" };
                format!("\"{}\"{doubt} {}", self.words(reference.span), self.place(reference.span))
            });
            let _ = writeln!(shown, "     {}", phrases.collect::<Vec<_>>().join(", "));
        }
        shown
    }

    fn tokens(&self) -> String {
        let text = &self.document.text;
        let mut shown = String::new();
        for (i, sentence) in text.sentences().iter().enumerate() {
            let mut columns = Columns::new("  ", None);
            for token in sentence.clone() {
                let analysis = &text.tokens()[token];
                let number = |token: usize| (token + 1).saturating_sub(sentence.start);
                let head = if analysis.head == token { 0 } else { number(analysis.head) };
                columns.row([
                    number(token).to_string(),
                    one_line(text.word(token)),
                    one_line(&analysis.lemma),
                    analysis.pos.to_owned(),
                    analysis.tag.to_owned(),
                    head.to_string(),
                    analysis.dep.to_owned(),
                    self.name_tag(token),
                    self.place(analysis.span),
                ]);
            }
            columns.align_right(&[0, 5]);
            let gap = if i == 0 { "" } else { "\n" };
            let _ = write!(shown, "{gap}  # sentence {}\n{}", i + 1, columns.lines());
        }
        shown
    }

    /// The recogniser's name at a token, in BIO.
    fn name_tag(&self, token: usize) -> String {
        let names = self.document.text.names();
        let after = names.partition_point(|name| name.tokens.end <= token);
        match names.get(after) {
            Some(name) if name.tokens.start == token => format!("B-{}", name.label),
            Some(name) if name.tokens.contains(&token) => format!("I-{}", name.label),
            _ => "O".to_owned(),
        }
    }

    fn entities(&self) -> String {
        let Document { entities, mentions, .. } = self.document;
        let mut columns = Columns::new("  ", self.width);
        for (id, entity) in entities.iter().enumerate() {
            let times = mentions.iter().filter(|mention| mention.entity == id).count();
            let others = entity.other_names.join("; ");
            let others = if others.is_empty() { others } else { format!("also {others}") };
            columns.row([
                (id + 1).to_string(),
                entity.class.map_or(entity.kind.name(), |class| class.name()).to_owned(),
                format!("{times}×"),
                entity.name.clone(),
                [known(entity), others].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            ]);
        }
        columns.align_right(&[0, 2]);
        columns.lines()
    }

    fn quotes(&self) -> String {
        let mut shown = String::new();
        for (i, quote) in self.document.quotes.iter().enumerate() {
            let _ = writeln!(shown, "{:>3}  {}  \"{}\"", i + 1, self.place(quote.span), self.words(quote.span));
            let _ = writeln!(shown, "     {}", self.attribution(quote));
        }
        shown
    }

    fn attribution(&self, quote: &Quote) -> String {
        let cue = quote.cue.map_or_else(String::new, |cue| format!(", cue \"{}\"", self.words(cue)));
        match &quote.speaker {
            None => format!("by nobody named{cue}"),
            Some(speaker) => format!("by {}{cue}", self.speaker(speaker)),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> String {
        let who = speaker.entity.map_or_else(|| "no known entity".to_owned(), |entity| self.name(entity));
        format!("\"{}\" = {who}", self.words(speaker.span))
    }

    /// Source, what it does and by which words; then what is said, with the rule and the attribution around it.
    fn attributions(&self) -> String {
        let mut shown = String::new();
        for (i, attribution) in self.document.attributions.iter().enumerate() {
            let who = attribution.source.map_or_else(|| "nobody named".to_owned(), |source| self.speaker(&source));
            let act = match attribution.act {
                Act::Says => "says",
                Act::Denies => "denies",
                Act::Asks => "asks",
                Act::LeavesOpen => "leaves open",
            };
            let cue = attribution.cue.map_or_else(String::new, |cue| format!(", cue \"{}\"", self.words(cue)));
            let _ = writeln!(shown, "{:>3}  {who} {act}{cue}", i + 1);
            let content = attribution.content.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ");
            let places = attribution.content.iter().map(|span| self.place(*span)).collect::<Vec<_>>().join(",");
            let _ = writeln!(shown, "     \"{content}\" {places}");
            let within = attribution.within.map_or_else(String::new, |outer| format!(", within {}", outer + 1));
            let wording = format!("{:?}", attribution.wording).to_lowercase();
            let (rule, sure) = (&attribution.rule, attribution.confidence);
            let _ = writeln!(shown, "     {wording}, rule {rule} {sure:.2}{within}");
        }
        shown
    }

    fn times(&self) -> String {
        let mut columns = Columns::new("  ", self.width);
        for time in &self.document.times {
            let modifier = time.modifier.map(|modifier| format!("{modifier:?}").to_lowercase()).unwrap_or_default();
            let value = time.value.map_or("unknown".to_owned(), |value| value.to_string());
            let every = if matches!(time.value, Some(TimeValue::Every(..))) { "every" } else { "" };
            let about =
                [every, &modifier].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
            columns.row([self.place(time.span), self.words(time.span), value, about]);
        }
        columns.lines()
    }
}

/// The known thing that an entity is, with a question mark where that is only likely.
fn known(entity: &Entity) -> String {
    let sure = |link: &Link| if link.confidence >= Link::SAME_AS { "=" } else { "=?" };
    entity.link.as_ref().map_or_else(String::new, |link| format!("{} {}", sure(link), link.qid().unwrap_or(&link.iri)))
}

fn tenure(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Current => "current",
        Tenure::Former => "former",
        Tenure::Future => "future",
        Tenure::Acting => "acting",
    }
}

fn style_of(kind: Kind) -> Style {
    match kind {
        Kind::Person => AnsiColor::Green,
        Kind::Organization => AnsiColor::Blue,
        Kind::Region | Kind::Place | Kind::Facility => AnsiColor::Magenta,
        Kind::Group | Kind::Language => AnsiColor::Cyan,
        Kind::Event | Kind::Work | Kind::Product | Kind::Law => AnsiColor::Yellow,
    }
    .on_default()
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
