//! Direct quotes and their speakers.

mod attribution;
mod marks;
mod speaker;
mod speech;

use std::ops::Range;

use crate::document::{Chain, Entity, Kind, Mention, Quote, Speaker};
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;
use attribution::Attribution;
use marks::Marked;

/// The direct quotes of a text, in order.
///
/// Words between quotation marks are a quote when something attributes them, when they go on where an attributed quote
/// left off, or when they are a whole sentence. Titles of works and single words held at arm's length are none.
#[must_use]
pub fn find(text: &Text, entities: &[Entity], mentions: &[Mention], resources: &Resources) -> Vec<Quote> {
    let paragraphs = paragraphs(text);
    let scene = Scene { text, entities, mentions, resources, quoted: quoted(text, &paragraphs) };
    let mut found = Vec::new();
    let mut previous = Previous::default();
    for paragraph in &paragraphs {
        let attributed = scene.attributed(paragraph, &previous);
        previous = Previous::of(text, paragraph, &attributed);
        found.extend(attributed.into_iter().filter_map(|(marked, attribution)| scene.quote(marked, attribution)));
    }
    found
}

/// The same quotes, where a speaker named by a pronoun or a noun ("she", "the minister") is the entity of the chain in which
/// these words surely stand.
#[must_use]
pub fn with_chains(quotes: Vec<Quote>, chains: &[Chain]) -> Vec<Quote> {
    let entity_of = |words: Span| {
        let references = chains.iter().flat_map(|chain| chain.references.iter().map(move |it| (it, chain.entity)));
        let meant = references.filter(|(it, _)| it.is_sure && it.span.contains(words) && words.contains(it.head));
        meant.min_by_key(|(it, _)| it.span.len()).and_then(|(_, entity)| entity)
    };
    let resolved = |speaker: Speaker| Speaker { entity: speaker.entity.or_else(|| entity_of(speaker.span)), ..speaker };
    quotes.into_iter().map(|quote| Quote { speaker: quote.speaker.map(resolved), ..quote }).collect()
}

/// A paragraph that holds tokens, with its quotations.
struct Paragraph {
    tokens: Range<usize>,
    marked: Vec<Marked>,
}

/// What the paragraph before leaves to the next.
#[derive(Default)]
struct Previous {
    /// Whether its last quotation did not close.
    open: bool,
    /// Whether nothing but the attribution follows its last quotation.
    ends_quoted: bool,
    /// The speaker of all its attributed quotes.
    speaker: Option<Speaker>,
}

/// What is needed to tell who says something.
struct Scene<'a> {
    text: &'a Text,
    entities: &'a [Entity],
    mentions: &'a [Mention],
    resources: &'a Resources,
    /// For each token, whether it stands between quotation marks.
    quoted: Vec<bool>,
}

/// The paragraphs of a text, which an empty line sets apart.
fn paragraphs(text: &Text) -> Vec<Paragraph> {
    let content = text.content();
    let mut bounds = Vec::new();
    let mut start = 0;
    for (at, _) in content.match_indices("\n\n") {
        bounds.push(Span::new(start.min(at), at));
        start = at + 2;
    }
    bounds.push(Span::new(start.min(content.len()), content.len()));
    bounds.retain(|bound| !text.tokens_in(*bound).is_empty());
    let opens: Vec<bool> = bounds.iter().map(|bound| marks::opens(bound.of(content))).collect();
    let paragraph = |(i, bound): (usize, &Span)| Paragraph {
        tokens: text.tokens_in(*bound),
        marked: marks::quotations(bound.of(content), bound.start, opens.get(i + 1).copied().unwrap_or(false)),
    };
    bounds.iter().enumerate().map(paragraph).collect()
}

fn quoted(text: &Text, paragraphs: &[Paragraph]) -> Vec<bool> {
    let mut quoted = vec![false; text.tokens().len()];
    for marked in paragraphs.iter().flat_map(|paragraph| &paragraph.marked) {
        quoted[text.tokens_in(marked.outer)].fill(true);
    }
    quoted
}

impl Previous {
    fn of(text: &Text, paragraph: &Paragraph, attributed: &[(Marked, Option<Attribution>)]) -> Self {
        let speakers: Vec<Speaker> = attributed.iter().filter_map(|(_, found)| found.as_ref()?.speaker).collect();
        let same = speakers.iter().all(|speaker| is_same(text, speaker, &speakers[0]));
        let last = attributed.last();
        let rest = last.map_or(0..0, |(marked, _)| text.tokens_in(marked.outer).end..paragraph.tokens.end);
        let sentences = rest.filter(|&token| text.word(token) == ".").count();
        Self {
            open: last.is_some_and(|(marked, _)| !marked.closed),
            ends_quoted: last.is_some_and(|(_, attribution)| attribution.is_some()) && sentences < 2,
            speaker: if same { speakers.last().copied() } else { None },
        }
    }
}

/// Whether two speakers of a paragraph are one: the same words ("he" and "he"), or two names of one entity.
fn is_same(text: &Text, one: &Speaker, other: &Speaker) -> bool {
    let words = |speaker: &Speaker| speaker.span.of(text.content()).to_lowercase();
    words(one) == words(other) || (one.entity.is_some() && one.entity == other.entity)
}

impl Scene<'_> {
    /// The quotations of a paragraph with what attributes them.
    fn attributed(&self, paragraph: &Paragraph, previous: &Previous) -> Vec<(Marked, Option<Attribution>)> {
        let mut found: Vec<(Marked, Option<Attribution>)> = Vec::new();
        for (i, marked) in paragraph.marked.iter().enumerate() {
            let own = self.attribution(paragraph, i);
            let attribution = own.or_else(|| match found.last() {
                Some((before, attribution)) => self.continued(before, *marked, attribution.as_ref()),
                None => self.carried_over(paragraph, *marked, previous),
            });
            found.push((*marked, attribution));
        }
        self.carry_back(&mut found);
        found
    }

    /// A quotation that begins a sentence right after the attribution of another has the same speaker.
    fn continued(&self, before: &Marked, marked: Marked, attribution: Option<&Attribution>) -> Option<Attribution> {
        let attribution = attribution?;
        let between = self.text.tokens_in(Span::new(before.outer.end, marked.outer.start));
        let sentences = between.clone().filter(|&token| self.text.word(token) == ".").count();
        let speaks_on = attribution.cue.is_none_or(|cue| cue.start > before.outer.start || between.is_empty());
        let fits = sentences <= 1 && speaks_on && self.begins_sentence(marked);
        fits.then_some(Attribution { cue: None, speaker: attribution.speaker })
    }

    /// A paragraph that opens with a quotation goes on with the speaker of the paragraph before, when that one did not
    /// close, or when it ended in that speaker's words and this quotation is a sentence: news introduces a new speaker.
    fn carried_over(&self, paragraph: &Paragraph, marked: Marked, previous: &Previous) -> Option<Attribution> {
        let speaker = previous.speaker?;
        let tokens = self.text.tokens_in(marked.outer);
        let is_first = tokens.start <= paragraph.tokens.start;
        let fits = is_first && (previous.open || previous.ends_quoted && self.is_sentence(marked));
        fits.then_some(Attribution { cue: None, speaker: Some(speaker) })
    }

    /// A quotation that is a sentence of its own right before an attributed one has the same speaker.
    fn carry_back(&self, found: &mut [(Marked, Option<Attribution>)]) {
        for i in (1..found.len()).rev() {
            let (marked, next) = (found[i - 1].0, found[i].0);
            let touching = self.text.tokens_in(Span::new(marked.outer.end, next.outer.start)).is_empty();
            if found[i - 1].1.is_none() && touching && self.is_sentence(marked) {
                found[i - 1].1 = found[i].1.map(|attribution| Attribution { cue: None, ..attribution });
            }
        }
    }

    /// The quote, if it is one.
    fn quote(&self, marked: Marked, attribution: Option<Attribution>) -> Option<Quote> {
        let Attribution { cue, speaker } = match attribution {
            Some(attribution) => attribution,
            None if self.is_sentence(marked) => Attribution { cue: None, speaker: None },
            None => return None,
        };
        let speaker = speaker.filter(|speaker| speaker.entity.is_some() || !self.is_thing(speaker.span));
        Some(Quote { span: marked.inner, cue, speaker })
    }

    /// Whether words stand for a thing, which says nothing itself: "the letter", or "it" where no organisation comes before.
    fn is_thing(&self, words: Span) -> bool {
        let tokens = self.text.tokens_in(words);
        let Some(head) = self.text.top(&tokens) else { return false };
        if self.word(head).eq_ignore_ascii_case("it") {
            let before = self.text.span(self.text.sentence_of(head));
            let is_organization = |mention: &&Mention| {
                let kind = self.entities[mention.entity].kind;
                matches!(kind, Kind::Organization | Kind::Region)
                    && before.contains(mention.span)
                    && mention.span.end <= words.start
            };
            return !self.mentions.iter().any(|mention| is_organization(&mention));
        }
        self.resources.sayings.is_thing(&self.lemma(head).to_lowercase())
    }

    fn word(&self, token: usize) -> &str {
        self.text.word(token)
    }

    fn lemma(&self, token: usize) -> &str {
        &self.text.tokens()[token].lemma
    }

    fn dep(&self, token: usize) -> &'static str {
        self.text.tokens()[token].dep
    }

    fn head(&self, token: usize) -> usize {
        self.text.tokens()[token].head
    }

    /// The mention that holds a token.
    fn mention_at(&self, token: usize) -> Option<&Mention> {
        let span = self.text.tokens()[token].span;
        self.mentions.iter().find(|mention| mention.span.overlaps(span))
    }
}
