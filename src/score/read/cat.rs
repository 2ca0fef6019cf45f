//! Events, what takes part in them and time expressions in the XML of CAT, as MEANTIME and ECB+ are annotated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use roxmltree::{Document, Node};

use super::builder::Builder;
use super::detokenise::detokenise;
use super::malformed;
use crate::article::BlockKind;
use crate::date::Stamp;
use crate::error::Result;
use crate::score::sample::{Annotations, Happening, Part, Sample, Timed};
use crate::span::Span;

/// A token: its sentence and its words.
struct Token<'a> {
    sentence: usize,
    words: &'a str,
}

/// Reads a file: one text. The first sentence is its headline, and one that is nothing but its date is left out. Nothing after the last sentence with an
/// annotation is read: MEANTIME annotates the first five or six.
pub(super) fn read(path: &Path, content: &str) -> Result<Vec<Sample>> {
    let at = |offset: usize| content[..offset].matches('\n').count() + 1;
    let xml =
        Document::parse(content).map_err(|error| malformed(path, Some(error.pos().row as usize), error.to_string()))?;
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for node in xml.descendants().filter(|node| node.has_tag_name("token")) {
        let line = Some(at(node.range().start));
        let id = node.attribute("t_id").ok_or_else(|| malformed(path, line, "a token without t_id".to_owned()))?;
        let sentence = node.attribute("sentence").and_then(|number| number.parse().ok());
        let sentence =
            sentence.ok_or_else(|| malformed(path, line, "a token without the number of its sentence".to_owned()))?;
        numbers.insert(id, tokens.len());
        tokens.push(Token { sentence, words: node.text().unwrap_or_default() });
    }
    let markables = Markables::of(&xml, &numbers);
    let (builder, places) = laid_out(&tokens, &markables);
    let gold = Annotations {
        happenings: Some(markables.happenings(&xml, &places)),
        times: Some(markables.times(&places)),
        ..Annotations::default()
    };
    let name = xml.root_element().attribute("doc_name").map_or_else(|| path.display().to_string(), str::to_owned);
    let mut sample = builder.finish(name, path, 1, gold);
    sample.article.metadata.published = markables.created().and_then(|date| date.parse().ok()).map(Stamp::Day);
    Ok(vec![sample])
}

/// What is marked: each markable with the tokens that it stands on.
struct Markables<'a, 'input> {
    all: Vec<(Node<'a, 'input>, Vec<usize>)>,
}

impl<'a, 'input> Markables<'a, 'input> {
    fn of(xml: &'a Document<'input>, numbers: &BTreeMap<&str, usize>) -> Self {
        let nodes = xml.descendants().filter(|node| {
            node.attribute("m_id").is_some() && node.parent().is_some_and(|p| p.has_tag_name("Markables"))
        });
        let tokens = |node: &Node<'_, '_>| -> Vec<usize> {
            let anchors = node.children().filter(|child| child.has_tag_name("token_anchor"));
            anchors.filter_map(|anchor| numbers.get(anchor.attribute("t_id")?).copied()).collect()
        };
        Self { all: nodes.map(|node| (node, tokens(&node))).collect() }
    }

    fn anchored(&self) -> impl Iterator<Item = &(Node<'a, 'input>, Vec<usize>)> {
        self.all.iter().filter(|(_, tokens)| !tokens.is_empty())
    }

    fn created(&self) -> Option<&'a str> {
        let creation = self.all.iter().find(|(node, _)| node.attribute("functionInDocument") == Some("CREATION_TIME"));
        creation.and_then(|(node, _)| node.attribute("value"))
    }

    /// The markables of a sort with their places in the text; those on what was left out are none.
    fn placed<'p>(
        &'p self,
        tag: &'p str,
        places: &'p [Option<Span>],
    ) -> impl Iterator<Item = (Node<'a, 'input>, Span)> + 'p {
        self.anchored().filter(move |(node, _)| node.has_tag_name(tag)).filter_map(move |(node, tokens)| {
            let spans: Option<Vec<Span>> = tokens.iter().map(|&token| places[token]).collect();
            Some((*node, spans?.into_iter().reduce(Span::cover)?))
        })
    }

    fn happenings(&self, xml: &Document<'_>, places: &[Option<Span>]) -> Vec<Happening> {
        let entities: BTreeMap<&str, Span> = self
            .placed("ENTITY_MENTION", places)
            .chain(self.placed("VALUE", places))
            .filter_map(|(node, span)| Some((node.attribute("m_id")?, span)))
            .collect();
        let mut participants: BTreeMap<&str, BTreeSet<Part>> = BTreeMap::new();
        let id = |link: &Node<'_, '_>, tag: &str| {
            link.children()
                .find(|child| child.has_tag_name(tag))
                .and_then(|end| end.attribute("m_id"))
                .map(str::to_owned)
        };
        let links = || xml.descendants().filter(|node| node.has_tag_name("HAS_PARTICIPANT"));
        let ends: Vec<_> =
            links().map(|link| (id(&link, "source"), id(&link, "target"), link.attribute("sem_role"))).collect();
        for (source, target, role) in &ends {
            if let (Some(source), Some(&span)) = (source, target.as_deref().and_then(|target| entities.get(target))) {
                let parts = participants.entry(source).or_default();
                // Of one phrase in two parts the first counts.
                if !parts.iter().any(|part| part.span == span) {
                    parts.insert(Part { span, head: span, role: role.unwrap_or_default().to_owned() });
                }
            }
        }
        let mut happenings: Vec<Happening> = self
            .placed("EVENT_MENTION", places)
            .map(|(node, span)| {
                let of_event = node.attribute("m_id").and_then(|id| participants.get(id));
                let stated = |name: &str| node.attribute(name).filter(|value| !value.is_empty()).map(str::to_owned);
                Happening {
                    span,
                    polarity: stated("polarity"),
                    certainty: stated("certainty"),
                    participants: of_event.into_iter().flatten().cloned().collect(),
                }
            })
            .collect();
        happenings.sort_by_key(|happening| happening.span);
        happenings
    }

    fn times(&self, places: &[Option<Span>]) -> Vec<Timed> {
        let timed = |(node, span): (Node<'_, '_>, Span)| Timed {
            span,
            value: node.attribute("value").unwrap_or_default().trim().to_owned(),
        };
        let mut times: Vec<Timed> = self.placed("TIMEX3", places).map(timed).collect();
        times.sort_by_key(|time| time.span);
        times
    }
}

/// The text, and the place of each token in it; none for tokens that are left out.
fn laid_out(tokens: &[Token<'_>], markables: &Markables<'_, '_>) -> (Builder, Vec<Option<Span>>) {
    let last = markables.anchored().flat_map(|(_, at)| at).map(|&token| tokens[token].sentence).max().unwrap_or(0);
    let mut builder = Builder::default();
    let mut places = vec![None; tokens.len()];
    let mut from = 0;
    while from < tokens.len() {
        let sentence = tokens[from].sentence;
        let to = from + tokens[from..].iter().take_while(|token| token.sentence == sentence).count();
        if sentence <= last && !is_date(from..to, tokens, markables) {
            let words: Vec<&str> = tokens[from..to].iter().map(|token| token.words).collect();
            let (text, spans) = detokenise(&words);
            match sentence {
                0 => builder.begin(BlockKind::Headline),
                _ if builder.sentences() <= 1 => builder.begin(BlockKind::Paragraph),
                _ => {}
            }
            let first = builder.len();
            builder.sentence(&text, &spans);
            for token in from..to {
                let at = first + token - from;
                places[token] = Some(builder.span(at..at + 1));
            }
        }
        from = to;
    }
    (builder, places)
}

/// Whether a sentence is the date of the text and nothing else, in one of the first lines.
fn is_date(sentence: std::ops::Range<usize>, tokens: &[Token<'_>], markables: &Markables<'_, '_>) -> bool {
    let times = || markables.anchored().filter(|(node, _)| node.has_tag_name("TIMEX3"));
    tokens[sentence.start].sentence == 1
        && (times().any(|(_, on)| sentence.clone().all(|token| on.contains(&token)))
            || tokens[sentence.clone()]
                .last()
                .is_some_and(|token| token.words.len() == 4 && token.words.parse::<u16>().is_ok())
                && sentence.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"<Document doc_name="x">
<token t_id="1" sentence="0" number="0">Acme</token>
<token t_id="2" sentence="0" number="1">closes</token>
<token t_id="3" sentence="0" number="2">mine</token>
<token t_id="4" sentence="1" number="3">May</token>
<token t_id="5" sentence="1" number="4">2</token>
<token t_id="6" sentence="1" number="5">,</token>
<token t_id="7" sentence="1" number="6">2011</token>
<token t_id="8" sentence="2" number="7">It</token>
<token t_id="9" sentence="2" number="8">may</token>
<token t_id="10" sentence="2" number="9">reopen</token>
<token t_id="11" sentence="2" number="10">today</token>
<token t_id="12" sentence="2" number="11">.</token>
<token t_id="13" sentence="3" number="12">Unread</token>
<Markables>
<EVENT_MENTION m_id="1" certainty="CERTAIN" polarity="POS"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="2" certainty="POSSIBLE" polarity=""><token_anchor t_id="10"/></EVENT_MENTION>
<ENTITY_MENTION m_id="3"><token_anchor t_id="1"/></ENTITY_MENTION>
<TIMEX3 m_id="4" value="2011-05-02"><token_anchor t_id="11"/></TIMEX3>
<TIMEX3 m_id="5" functionInDocument="CREATION_TIME" value="2011-05-02"/>
<EVENT m_id="6"/>
</Markables>
<Relations>
<HAS_PARTICIPANT r_id="1"><source m_id="1"/><target m_id="3"/></HAS_PARTICIPANT>
</Relations>
</Document>"#;

    #[test]
    fn events_participants_and_times_are_read() {
        let samples = read(Path::new("a.xml"), SAMPLE).unwrap();
        let sample = &samples[0];
        assert_eq!(sample.text(), "Acme closes mine\n\nIt may reopen today.");
        assert_eq!(sample.article.headline(), Some("Acme closes mine"));
        let words = |span: Span| span.of(sample.text());
        let shown: Vec<_> = sample
            .gold
            .happenings
            .iter()
            .flatten()
            .map(|it| (words(it.span), it.certainty.as_deref(), it.polarity.as_deref(), it.participants.len()))
            .collect();
        assert_eq!(shown, [("closes", Some("CERTAIN"), Some("POS"), 1), ("reopen", Some("POSSIBLE"), None, 0)]);
        let times: Vec<_> = sample.gold.times.iter().flatten().map(|it| (words(it.span), it.value.as_str())).collect();
        assert_eq!(times, [("today", "2011-05-02")]);
        assert_eq!(sample.article.metadata.published.map(|date| date.to_string()), Some("2011-05-02".to_owned()));
    }

    #[test]
    fn xml_that_is_none_is_named_with_its_line() {
        let error = read(Path::new("a.xml"), "<Document>\n<token>").unwrap_err();
        assert!(error.to_string().starts_with("a.xml:2: "), "{error}");
    }
}
