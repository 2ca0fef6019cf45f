//! Literals: whether one is well formed, and which of two is less, as SPARQL has it.

use std::cmp::Ordering;
use std::str::FromStr;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{LiteralRef, NamedNodeRef, TermRef};
use oxsdatatypes::{
    Boolean, Date, DateTime, DayTimeDuration, Decimal, Double, Duration, Float, GDay, GMonth, GMonthDay, GYear,
    GYearMonth, Time, YearMonthDuration,
};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The local name of a type of XML Schema.
fn xsd_name(datatype: NamedNodeRef<'_>) -> Option<&str> {
    datatype.as_str().strip_prefix(XSD)
}

fn parses<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

/// Whether a literal's text is one of its type. Types that are not known have no rules.
pub(super) fn is_well_formed(literal: LiteralRef<'_>) -> bool {
    let text = literal.value();
    let Some(name) = xsd_name(literal.datatype()) else { return true };
    if let Some(range) = integers(name) {
        return is_integer(text) && text.parse::<i128>().is_ok_and(|number| range.0 <= number && number <= range.1);
    }
    match name {
        "boolean" => parses::<Boolean>(text),
        "integer" => is_integer(text),
        "decimal" => parses::<Decimal>(text) || is_long_decimal(text),
        "double" => parses::<Double>(text),
        "float" => parses::<Float>(text),
        "dateTime" => parses::<DateTime>(text),
        "dateTimeStamp" => text.parse::<DateTime>().is_ok_and(|moment| moment.timezone_offset().is_some()),
        "date" => parses::<Date>(text),
        "time" => parses::<Time>(text),
        "gYear" => parses::<GYear>(text),
        "gYearMonth" => parses::<GYearMonth>(text),
        "gMonthDay" => parses::<GMonthDay>(text),
        "gMonth" => parses::<GMonth>(text),
        "gDay" => parses::<GDay>(text),
        "duration" => parses::<Duration>(text),
        "yearMonthDuration" => parses::<YearMonthDuration>(text),
        "dayTimeDuration" => parses::<DayTimeDuration>(text),
        "hexBinary" => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        _ => true,
    }
}

/// Digits with at most one sign before them, of any length.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_long_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    whole.len() + part.len() > 0 && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
}

/// The least and the greatest number of a type of whole numbers.
fn integers(name: &str) -> Option<(i128, i128)> {
    Some(match name {
        "byte" => (i8::MIN.into(), i8::MAX.into()),
        "short" => (i16::MIN.into(), i16::MAX.into()),
        "int" => (i32::MIN.into(), i32::MAX.into()),
        "long" => (i64::MIN.into(), i64::MAX.into()),
        "unsignedByte" => (0, u8::MAX.into()),
        "unsignedShort" => (0, u16::MAX.into()),
        "unsignedInt" => (0, u32::MAX.into()),
        "unsignedLong" => (0, u64::MAX.into()),
        "nonNegativeInteger" => (0, i128::MAX),
        "positiveInteger" => (1, i128::MAX),
        "nonPositiveInteger" => (i128::MIN, 0),
        "negativeInteger" => (i128::MIN, -1),
        _ => return None,
    })
}

/// Which of two terms is less; none where they cannot be compared.
pub(super) fn compare(left: TermRef<'_>, right: TermRef<'_>) -> Option<Ordering> {
    let (TermRef::Literal(left), TermRef::Literal(right)) = (left, right) else { return None };
    if let (Some(left), Some(right)) = (Number::of(left), Number::of(right)) {
        return left.compare(&right);
    }
    let (a, b) = (left.value(), right.value());
    let (kind, other) = (left.datatype(), right.datatype());
    let is_time = |kind: NamedNodeRef<'_>| matches!(xsd_name(kind), Some("dateTime" | "dateTimeStamp"));
    if is_time(kind) && is_time(other) {
        return ordered::<DateTime>(a, b);
    }
    let is_duration = |kind| matches!(xsd_name(kind), Some("duration" | "yearMonthDuration" | "dayTimeDuration"));
    if is_duration(kind) && is_duration(other) {
        return ordered::<Duration>(a, b);
    }
    if kind != other {
        return None;
    }
    if kind == xsd::STRING {
        return Some(a.cmp(b));
    }
    if kind == rdf::LANG_STRING {
        return (left.language() == right.language()).then(|| a.cmp(b));
    }
    match xsd_name(kind)? {
        "boolean" => ordered::<Boolean>(a, b),
        "date" => ordered::<Date>(a, b),
        "time" => ordered::<Time>(a, b),
        "gYear" => ordered::<GYear>(a, b),
        "gYearMonth" => ordered::<GYearMonth>(a, b),
        "gMonthDay" => ordered::<GMonthDay>(a, b),
        "gMonth" => ordered::<GMonth>(a, b),
        "gDay" => ordered::<GDay>(a, b),
        _ => None,
    }
}

fn ordered<T: FromStr + PartialOrd>(left: &str, right: &str) -> Option<Ordering> {
    left.parse::<T>().ok()?.partial_cmp(&right.parse::<T>().ok()?)
}

/// A number, exact where its type is.
struct Number {
    exact: Option<Decimal>,
    near: f64,
}

impl Number {
    fn of(literal: LiteralRef<'_>) -> Option<Self> {
        let name = xsd_name(literal.datatype())?;
        let text = literal.value();
        match name {
            "double" | "float" => Some(Self { exact: None, near: f64::from(text.parse::<Double>().ok()?) }),
            "integer" | "decimal" => Self::exact(text),
            _ if integers(name).is_some() => Self::exact(text),
            _ => None,
        }
    }

    fn exact(text: &str) -> Option<Self> {
        Some(Self { exact: text.parse().ok(), near: text.parse().ok()? })
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.exact, &other.exact) {
            (Some(left), Some(right)) => left.partial_cmp(right),
            _ => self.near.partial_cmp(&other.near),
        }
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    fn typed(text: &str, name: &str) -> Literal {
        Literal::new_typed_literal(text, NamedNode::new_unchecked(format!("{XSD}{name}")))
    }

    #[test]
    fn the_text_of_a_literal_must_be_one_of_its_type() {
        for (text, name, good) in [
            ("7", "integer", true),
            ("123456789012345678901234567890", "integer", true),
            ("7.0", "integer", false),
            ("300", "byte", false),
            ("-1", "nonNegativeInteger", false),
            ("2024-02-30", "date", false),
            ("2024-02", "gYearMonth", true),
            ("yes", "boolean", false),
            ("anything", "anyURI", true),
        ] {
            assert_eq!(is_well_formed(typed(text, name).as_ref()), good, "{text:?} as {name}");
        }
    }

    #[test]
    fn numbers_compare_across_types_and_dates_within_theirs() {
        let less = |a: Literal, b: Literal| compare(a.as_ref().into(), b.as_ref().into());
        assert_eq!(less(typed("2", "integer"), typed("10", "decimal")), Some(Ordering::Less));
        assert_eq!(less(typed("0.5", "double"), typed("0.5", "decimal")), Some(Ordering::Equal));
        assert_eq!(less(typed("2024-01-02", "date"), typed("2023-12-31", "date")), Some(Ordering::Greater));
        assert_eq!(less(typed("2024-01-02", "date"), typed("2024", "gYear")), None);
        assert_eq!(less(Literal::from("a"), typed("1", "integer")), None);
    }
}
