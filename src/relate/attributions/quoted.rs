//! Joins what words attribute with what stands between quotation marks.

use std::ops::Range;

use super::content::is_quotation_mark;
use super::source::Words;
use super::{Found, Scene};
use crate::document::{Act, Quote, QuoteId};
use crate::span::Span;

/// How many bytes may stand between a quote and the cue that attributes it.
const REACH: usize = 2000;

impl Scene<'_> {
    /// Candidates and quotes together: a quote that a candidate attributes becomes its content or a part of it; what
    /// carries one on is added to it; any other quote is an attribution of its own.
    pub(super) fn with_quotes(&self, found: Vec<Found>) -> Vec<Found> {
        let mut found: Vec<Found> = found.into_iter().filter_map(|found| self.inside_quote(found)).collect();
        let cue_start = |found: &Found| found.cue.map_or(0, |cue| cue.start);
        let candidates = found.len();
        let mut last: Option<usize> = None;
        for (id, quote) in self.layers.quotes.iter().enumerate() {
            let outer = self.outer(quote.span);
            let near = |found: &[Found], place: usize| found.partition_point(|found| cue_start(found) < place);
            let first = near(&found[..candidates], outer.start.saturating_sub(REACH));
            let end = near(&found[..candidates], outer.end + REACH);
            let own = (first..end).find(|&at| self.attributes(&found[at], quote, outer));
            let carried = last.filter(|&last| quote.cue.is_none() && self.carries_on(&found[last], quote, outer));
            let at = own.or(carried).unwrap_or_else(|| {
                found.push(self.quotation(quote));
                found.len() - 1
            });
            // The tree may not tell who says it where the quote does.
            if let (None, Some(speaker)) = (&found[at].source, quote.speaker) {
                found[at].source = Some(self.speaker_phrase(speaker.span, found[at].word));
            }
            self.add(&mut found[at], id, outer);
            last = Some(at);
        }
        found
    }

    /// What is attributed inside a quotation ends with it.
    fn inside_quote(&self, mut found: Found) -> Option<Found> {
        let Some(cue) = found.cue else { return Some(found) };
        let after = self.layers.quotes.partition_point(|quote| quote.span.end < cue.end);
        let Some(quote) = self.layers.quotes.get(after).map(|quote| quote.span).filter(|quote| quote.contains(cue))
        else {
            return Some(found);
        };
        found.content.retain(|span| span.overlaps(quote));
        for span in &mut found.content {
            let tokens = self.tree.text.tokens_in(Span::new(span.start.max(quote.start), span.end.min(quote.end)));
            let tokens = self.trimmed(tokens);
            *span = if tokens.is_empty() { Span::new(span.start, span.start) } else { self.tree.text.span(tokens) };
        }
        found.content.retain(|span| !span.is_empty());
        found.source = found.source.filter(|source| quote.contains(source.span));
        (!found.content.is_empty()).then_some(found)
    }

    /// A quotation with its marks.
    fn outer(&self, inner: Span) -> Span {
        let text = self.tree.text.content();
        let before =
            text[..inner.start].chars().next_back().filter(|c| is_quotation_mark(*c)).map_or(0, char::len_utf8);
        let after = text[inner.end..].chars().next().filter(|c| is_quotation_mark(*c)).map_or(0, char::len_utf8);
        Span::new(inner.start - before, inner.end + after)
    }

    /// Whether a candidate stands outside a quote and attributes it: by the quote's own cue, or because it lies in its content.
    fn attributes(&self, found: &Found, quote: &Quote, outer: Span) -> bool {
        let Some(cue) = found.cue else { return false };
        let is_outside = !outer.overlaps(cue);
        let same_cue = quote.cue.is_some_and(|of_quote| of_quote.overlaps(cue));
        let holds = found.content.iter().any(|content| content.contains(quote.span));
        is_outside && (same_cue || holds && quote.cue.is_none())
    }

    /// Whether a quote goes on with the words of an attribution in the same paragraph.
    fn carries_on(&self, found: &Found, quote: &Quote, outer: Span) -> bool {
        let end = found.content.iter().chain(&found.cue).map(|span| span.end).max().unwrap_or(0);
        let same_speaker = match (&found.source, quote.speaker) {
            (Some(source), Some(speaker)) => source.span.overlaps(speaker.span),
            _ => false,
        };
        let between = self.tree.text.content().get(end..outer.start).unwrap_or("\n\n");
        same_speaker && !between.contains("\n\n")
    }

    /// Adds a quote to an attribution: its words are content, with their marks.
    fn add(&self, found: &mut Found, id: QuoteId, outer: Span) {
        found.quotes.push(id);
        let overlapping = |span: &Span| span.overlaps(outer);
        let whole = found.content.iter().copied().filter(overlapping).fold(outer, Span::cover);
        // "He was late, he said: “…”": what stands before the cue is not said with the quotation behind it.
        if let Some(cue) = found.cue.filter(|cue| cue.end <= outer.start && found.quotes.len() == 1) {
            found.content.retain(|span| span.start > cue.start);
        }
        found.content.retain(|span| !overlapping(span));
        let taken = [found.cue, found.source.as_ref().map(|source| source.span)];
        let is_clear = taken.iter().flatten().all(|taken| !taken.overlaps(whole));
        found.content.push(if is_clear { whole } else { outer });
        found.content.sort();
    }

    /// What a quote says of itself where no candidate attributes it.
    fn quotation(&self, quote: &Quote) -> Found {
        let cue = quote.cue.map(|cue| self.tree.text.tokens_in(cue)).filter(|tokens| !tokens.is_empty());
        let word = cue.as_ref().map(|tokens| tokens.start);
        let is_phrase = cue.as_ref().is_some_and(|tokens| tokens.len() > 1);
        let group = match (word, is_phrase) {
            (Some(word), false) => quote.cue.map(|_| self.tree.text.span(self.cue_tokens(word))),
            _ => quote.cue,
        };
        let named = quote.speaker.map(|speaker| self.speaker_phrase(speaker.span, word));
        let source = named.or_else(|| self.signed(self.outer(quote.span).end));
        Found {
            content: Vec::new(),
            cue: group,
            word,
            source,
            act: Act::Says,
            quotes: Vec::new(),
            rule: "quote".into(),
            likelihood: if quote.speaker.is_some() { 0.9 } else { 0.6 },
        }
    }

    /// The whole noun phrase in which the words of a speaker stand.
    fn speaker_phrase(&self, words: Span, cue: Option<usize>) -> Words {
        let tokens: Range<usize> = self.tree.text.tokens_in(words);
        let is_top = |&token: &usize| self.tree.head(token).is_none_or(|head| !tokens.contains(&head));
        let head = tokens.clone().find(is_top).unwrap_or(tokens.start);
        let climbs = |token: usize| matches!(self.tree.dep(token), "appos" | "compound" | "nmod");
        let top = if climbs(head) { self.tree.head(head).unwrap_or(head) } else { head };
        let top = if cue.is_some_and(|cue| self.tree.is_under(cue, top)) { head } else { top };
        let phrase = self.noun_phrase(top, cue.unwrap_or(top));
        let is_sound = phrase.span.contains(words) && cue.is_none_or(|cue| !phrase.tokens.contains(&cue));
        if is_sound { Words { head, ..phrase } } else { Words { head, tokens, span: words } }
    }
}
