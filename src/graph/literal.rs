//! Makes every literal: text that all formats can carry, dates at their precision, numbers.

use std::borrow::Cow;

use oxigraph::model::Literal;

use crate::date::Stamp;
use crate::span::Span;
use crate::vocab::xsd;

/// Words of an article as literals in its language.
pub(super) struct Words<'a> {
    text: &'a str,
    language: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// Of a text in the language of a BCP 47 tag; a tag that is none is left out.
    pub(super) fn new(text: &'a str, language: Option<&'a str>) -> Self {
        let language = language.filter(|tag| Literal::new_language_tagged_literal("", *tag).is_ok());
        Self { text, language }
    }

    /// The language, where the tag is valid.
    pub(super) fn language(&self) -> Option<&'a str> {
        self.language
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The words themselves.
    pub(super) fn of(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The words as they stand, without language: an exact copy of characters, comparable with the text.
    pub(super) fn copy(&self, span: Span) -> Literal {
        plain(&clean(self.of(span)))
    }

    /// Prose in the article's language.
    pub(super) fn prose(&self, words: &str) -> Literal {
        tagged(words, self.language)
    }

    /// A term in the article's language without its region: a "president"@en is the same in every outlet.
    pub(super) fn term(&self, words: &str) -> Literal {
        tagged(words, self.language.and_then(|tag| tag.split('-').next()))
    }
}

fn tagged(words: &str, language: Option<&str>) -> Literal {
    let words = clean(words);
    match language.map(|tag| Literal::new_language_tagged_literal(words.clone(), tag)) {
        Some(Ok(literal)) => literal,
        _ => plain(&words),
    }
}

/// A plain string, as it stands.
pub(super) fn plain(words: &str) -> Literal {
    Literal::new_simple_literal(clean(words))
}

/// Words on one line, single spaces between them.
pub(super) fn one_line(words: &str) -> String {
    clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date or time with the XML Schema type of its precision.
pub(super) fn stamp(stamp: Stamp) -> Literal {
    let datatype = match stamp {
        Stamp::Year(_) => xsd::G_YEAR,
        Stamp::Month(..) => xsd::G_YEAR_MONTH,
        Stamp::Day(_) => xsd::DATE,
        Stamp::Time(..) => xsd::DATE_TIME,
    };
    Literal::new_typed_literal(stamp.to_string(), datatype)
}

/// A confidence to three decimals; none where it is no number.
pub(super) fn confidence(value: f32) -> Option<Literal> {
    Some(Literal::new_typed_literal(rounded(value)?, xsd::DECIMAL))
}

/// A confidence as ITS wants it.
pub(super) fn confidence_double(value: f32) -> Option<Literal> {
    Some(Literal::new_typed_literal(rounded(value)?, xsd::DOUBLE))
}

fn rounded(value: f32) -> Option<String> {
    let value = f64::from(value.clamp(0.0, 1.0));
    value.is_finite().then(|| ((value * 1000.0).round() / 1000.0).to_string())
}

/// A length of time, as ISO 8601 writes it.
pub(super) fn duration(length: &str) -> Literal {
    Literal::new_typed_literal(length, xsd::DURATION)
}

/// A number as it is written.
pub(super) fn decimal(number: &str) -> Literal {
    Literal::new_typed_literal(number, xsd::DECIMAL)
}

/// A count of characters.
pub(super) fn index(value: usize) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::NON_NEGATIVE_INTEGER)
}

/// Replaces what XML 1.0 cannot carry, or carries changed, one character for one, so that offsets keep their meaning
/// and every format says the same.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unfit) {
        return text.into();
    }
    let fit = |c| match c {
        '\r' => ' ',
        c if is_unfit(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(fit).collect::<String>().into()
}

fn is_unfit(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\r' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_the_number_of_characters() {
        let text = "a\0b\r\nc\u{b}\u{ffff}é\t\u{85}";
        assert_eq!(clean(text), "a\u{fffd}b \nc\u{fffd}\u{fffd}é\t\u{85}");
        assert_eq!(clean(text).chars().count(), text.chars().count());
    }

    #[test]
    fn a_language_tag_that_is_none_is_left_out() {
        assert_eq!(Words::new("", Some("en-GB")).prose("said").to_string(), "\"said\"@en-gb");
        assert_eq!(Words::new("", Some("en-GB")).term("mayor").to_string(), "\"mayor\"@en");
        assert_eq!(Words::new("", Some("not a tag")).prose("said").to_string(), "\"said\"");
        assert_eq!(Words::new("", None).prose("said").to_string(), "\"said\"");
    }

    #[test]
    fn confidence_is_rounded_and_held_between_0_and_1() {
        let written = |value| confidence(value).map(|literal| literal.value().to_owned());
        assert_eq!(written(0.9), Some("0.9".into()));
        assert_eq!(written(0.123_456), Some("0.123".into()));
        assert_eq!(written(7.0), Some("1".into()));
        assert_eq!(written(f32::NAN), None);
    }
}
