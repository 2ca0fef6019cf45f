//! Finds where a text names something.

mod ampersand;
pub(crate) mod beside;
mod brackets;
mod clean;
mod companies;
pub(crate) mod headline;
pub(crate) mod key;
mod kind;
mod legal_forms;
pub(crate) mod nationals;
mod origin;
mod persons;
mod repeats;
mod vessels;

pub(crate) use kind::of_label as kind_of_label;

use crate::article::Article;
use crate::document::Kind;
use crate::gazetteer::Gazetteers;
use crate::resources::Resources;
use crate::span::Span;
use crate::text::Text;

/// A stretch of text that names something, before it is known what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The words, without titles, possessive endings, leading "the" or quotation marks.
    pub span: Span,
    /// What sort of thing they name.
    pub kind: Kind,
    /// How sure the detector is, from 0 to 1.
    pub confidence: f32,
}

/// All candidates of an article in the order of the text, never overlapping.
///
/// They are the recogniser's names, cleaned; what the article says elsewhere then settles their kinds, adds repeats that the
/// recogniser missed, and decides which words of a headline in capitals are names.
#[must_use]
pub fn candidates(article: &Article, text: &Text, resources: &Resources, gazetteers: &Gazetteers) -> Vec<Candidate> {
    let mut found = recognised(text, resources);
    ampersand::join(text, resources, &mut found);
    legal_forms::settle(text, resources, &mut found);
    nationals::leave_out(text, resources, &mut found);
    persons::complete(text, resources, &mut found);
    headline::settle(article, text, &mut found);
    kind::settle(text, resources, &mut found);
    companies::settle(text, resources, gazetteers, &mut found);
    origin::settle(text, gazetteers, &mut found);
    vessels::settle(text, resources, &mut found);
    let acronyms = brackets::acronyms(text, resources, &found);
    found.extend(acronyms);
    let repeats = repeats::missed(text, resources, &found);
    found.extend(repeats);
    found.extend(dateline(article, resources, &found));
    let counted = persons::counted(text, &found);
    found.retain(|candidate| !counted.contains(&candidate.span));
    without_overlaps(found)
}

/// The names of the recogniser that may be entities, cleaned.
fn recognised(text: &Text, resources: &Resources) -> Vec<Candidate> {
    let names = text.names().iter().filter_map(|name| {
        let kind = kind::of_label(name.label)?;
        let tokens = clean::trimmed(text, name.tokens.clone(), kind, resources)?;
        // Whose title it was cut from is a person, whatever the recogniser held the whole for.
        let first = text.word(tokens.start);
        let is_given = resources.names.is_given_name(first) || resources.given_names.gender(first).is_some();
        let is_titled =
            is_given && tokens.start > name.tokens.start && clean::ends_title(text, &name.tokens, resources);
        let is_body = resources.classes.of_name(kind, text.span(tokens.clone()).of(text.content())).is_some();
        let kind = if is_titled && !is_body { Kind::Person } else { kind };
        let span = text.span(tokens);
        Some(Candidate { span, kind, confidence: resources.names.confidence(kind) })
    });
    names.collect()
}

/// The place from which the article was sent, without the state or country after it: what the body calls by that name, or else a region. What goes on in capitals
/// ("SOCCER - NORWAY BEAT BRAZIL") is a headline and no dateline.
fn dateline(article: &Article, resources: &Resources, found: &[Candidate]) -> Option<Candidate> {
    let whole = article.metadata.dateline?.place;
    let city = whole.of(&article.text).split(',').next().unwrap_or_default();
    let span = Span::new(whole.start, whole.start + city.trim_end().len());
    let place = key::key(span.of(&article.text));
    let known = found.iter().find(|candidate| key::key(candidate.span.of(&article.text)) == place);
    let kind = match known.map(|candidate| candidate.kind) {
        Some(kind @ (Kind::Region | Kind::Place | Kind::Facility)) => kind,
        _ => Kind::Region,
    };
    let rest = article.text[whole.end..].lines().next().unwrap_or_default();
    let usable = !span.is_empty() && !place.is_empty() && !key::is_capitals(rest);
    usable.then(|| Candidate { span, kind, confidence: resources.names.confidence(Kind::Region) })
}

/// In the order of the text; of two that overlap, the longer one stays, and of two of a length, the first.
fn without_overlaps(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by_key(|candidate| (candidate.span.start, std::cmp::Reverse(candidate.span.end)));
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(candidate.span) => {
                if candidate.span.len() > last.span.len() {
                    *last = candidate;
                }
            }
            _ => kept.push(candidate),
        }
    }
    kept
}
