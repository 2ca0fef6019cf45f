//! Dates as articles and their mark-up write them: ISO 8601, RFC 2822, and in words.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::fmt::{rfc2822, temporal::Pieces};
use jiff::tz::Offset;
use serde::Deserialize;

use crate::date::Stamp;

/// The words in which dates are written.
#[derive(Debug)]
pub(super) struct Calendar {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    zones: BTreeMap<String, i8>,
}

/// The data file behind a [`Calendar`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarFile {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    zones: BTreeMap<String, i8>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    examples: Vec<Example>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
struct Example {
    text: String,
    date: Option<String>,
}

/// What the words of a date have said so far.
#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    zone: Option<Offset>,
}

impl Calendar {
    pub(super) fn parse(file: &CalendarFile) -> Self {
        Self {
            months: file.months.clone(),
            weekdays: file.weekdays.clone(),
            fillers: file.fillers.clone(),
            zones: file.zones.clone(),
        }
    }

    /// Every spelling of every month.
    pub(super) fn month_words(&self) -> Vec<String> {
        self.months.iter().flatten().cloned().collect()
    }

    /// Every spelling of every day of the week.
    pub(super) fn weekday_words(&self) -> Vec<String> {
        self.weekdays.clone()
    }

    /// Whether one of the words names a day of the week.
    pub(super) fn names_weekday(&self, words: &str) -> bool {
        let mut words = words.split([' ', ',']);
        words.any(|word| self.weekdays.iter().any(|day| word.eq_ignore_ascii_case(day)))
    }

    /// The date that `text` is. `None` where it holds more than a date, or may mean two days (03/04/2024).
    pub(super) fn read(&self, text: &str) -> Option<Stamp> {
        const LONGEST: usize = 100;
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        iso(text).or_else(|| internet(text)).or_else(|| self.words(text))
    }

    fn words(&self, text: &str) -> Option<Stamp> {
        let mut parts = Parts::default();
        let mut words = tokens(text).into_iter().peekable();
        while let Some(word) = words.next() {
            let next = words.peek().map(String::as_str);
            match self.take(&mut parts, &word, next)? {
                Taken::Word => {}
                Taken::WithNext => drop(words.next()),
            }
        }
        parts.stamp()
    }

    /// Reads one word, perhaps with the one after it ("3:04 PM"). `None` for a word that belongs to no date.
    fn take(&self, parts: &mut Parts, word: &str, next: Option<&str>) -> Option<Taken> {
        let plain = word.trim_end_matches('.').to_lowercase();
        if let Some(month) = self.months.iter().position(|spellings| spellings.contains(&plain)) {
            return set(&mut parts.month, i8::try_from(month + 1).ok()?);
        }
        if self.weekdays.contains(&plain) || self.fillers.contains(&plain) {
            return Some(Taken::Word);
        }
        if let Some(hours) = self.zones.get(word) {
            return set(&mut parts.zone, Offset::from_hours(*hours).ok()?);
        }
        // A zone that may mean two offsets: the time stays without one.
        if word.len() <= 4 && word.len() >= 2 && word.ends_with('T') && word.chars().all(|c| c.is_ascii_uppercase()) {
            return Some(Taken::Word);
        }
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some((time, with_next)) = clock(word, next) {
            set(&mut parts.time, time)?;
            return Some(if with_next { Taken::WithNext } else { Taken::Word });
        }
        parts.number(&plain)
    }
}

enum Taken {
    Word,
    WithNext,
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<Taken> {
    slot.is_none().then(|| *slot = Some(value)).map(|()| Taken::Word)
}

impl Parts {
    /// A number without a unit: a day, a year, or a date in figures.
    fn number(&mut self, word: &str) -> Option<Taken> {
        let figures: Vec<&str> = word.split(['/', '.', '-']).collect();
        if let [a, b, c] = figures[..] {
            let (year, month, day) = if a.len() == 4 { (a, b, c) } else { day_and_month(a, b, c)? };
            set(&mut self.year, year.parse().ok()?)?;
            set(&mut self.month, month.parse().ok()?)?;
            return set(&mut self.day, day.parse().ok()?);
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        match digits.len() {
            4 if suffix.is_empty() => set(&mut self.year, digits.parse().ok()?),
            1 | 2 if ["", "st", "nd", "rd", "th"].contains(&suffix) => set(&mut self.day, digits.parse().ok()?),
            _ => None,
        }
    }

    fn stamp(self) -> Option<Stamp> {
        let (year, month) = (self.year?, self.month?);
        let Some(day) = self.day else {
            return (self.time.is_none() && (1..=12).contains(&month)).then_some(Stamp::Month(year, month));
        };
        let day = Date::new(year, month, day).ok()?;
        Some(self.time.map_or(Stamp::Day(day), |time| Stamp::Time(day.to_datetime(time), self.zone)))
    }
}

/// Year, month and day of two figures and a year; `None` where both orders make a date and differ.
fn day_and_month<'a>(a: &'a str, b: &'a str, year: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
    let (first, second): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
    match (first <= 12, second <= 12) {
        _ if year.len() != 4 => None,
        (false, true) => Some((year, b, a)),
        (true, false) => Some((year, a, b)),
        (true, true) if first == second => Some((year, a, b)),
        _ => None,
    }
}

/// A time of day ("15:04", "9pm", "12.15 a.m."), and whether `next` was part of it.
fn clock(word: &str, next: Option<&str>) -> Option<(Time, bool)> {
    let lower = word.to_lowercase();
    let half = |text: &str| match text.replace('.', "").to_lowercase().as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    };
    let figures = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let own = half(&lower[figures.len()..]);
    let other = if own.is_none() { next.and_then(half) } else { None };
    let mut numbers = figures.split([':', '.']).map(|n| n.parse::<i8>().ok().filter(|_| n.len() <= 2));
    let hour = numbers.next()??;
    let minute = numbers.next();
    let second = numbers.next();
    if numbers.next().is_some() || (minute.is_none() && own.or(other).is_none()) {
        return None;
    }
    let hour = match own.or(other) {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let time = Time::new(hour, minute.unwrap_or(Some(0))?, second.unwrap_or(Some(0))?, 0).ok()?;
    Some((time, other.is_some()))
}

fn tokens(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || ",|()·•".contains(c))
        .flat_map(|word| word.strip_suffix(':').or(Some(word)))
        .filter(|word| !word.is_empty() && !["-", "–", "—"].contains(word))
        .flat_map(|word| match word.split('-').collect::<Vec<_>>()[..] {
            [day, month, year] if month.chars().all(char::is_alphabetic) => vec![day.into(), month.into(), year.into()],
            _ => vec![word.to_owned()],
        })
        .collect()
}

/// ISO 8601, at any of its precisions.
fn iso(text: &str) -> Option<Stamp> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if text.len() == 4 && digits(text) {
        return Some(Stamp::Year(text.parse().ok()?)).filter(|_| text > "1000");
    }
    if let (7, Some((year, month))) = (text.len(), text.split_once('-')) {
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        return digits(year).then_some(Stamp::Month(year.parse().ok()?, month));
    }
    let pieces = Pieces::parse(text).ok()?;
    Some(match pieces.time() {
        Some(time) => Stamp::Time(pieces.date().to_datetime(time), pieces.to_numeric_offset()),
        None => Stamp::Day(pieces.date()),
    })
}

/// RFC 2822, as feeds and mail write it.
fn internet(text: &str) -> Option<Stamp> {
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    Some(Stamp::Time(zoned.datetime(), Some(zoned.offset())))
}

/// The moment that is `seconds` after 1970 in UTC; a count too large to be seconds is taken as milliseconds.
pub(super) fn unix(count: i64) -> Option<Stamp> {
    const YEAR_5138: i64 = 100_000_000_000;
    let seconds = if count.abs() >= YEAR_5138 { count / 1000 } else { count };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(Stamp::Time(Offset::UTC.to_datetime(moment), Some(Offset::UTC)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_data_file_reads_as_it_says() {
        let file: CalendarFile = toml::from_str(include_str!("../../data/en/calendar.toml")).unwrap();
        let calendar = Calendar::parse(&file);
        for Example { text, date } in file.examples {
            assert_eq!(calendar.read(&text).map(|stamp| stamp.to_string()), date, "{text}");
        }
    }

    #[test]
    fn counts_of_seconds_and_milliseconds_are_moments() {
        let text = |count| unix(count).map(|stamp| stamp.to_string());
        assert_eq!(text(1_710_232_200).as_deref(), Some("2024-03-12T08:30:00Z"));
        assert_eq!(text(1_710_232_200_000).as_deref(), Some("2024-03-12T08:30:00Z"));
    }
}
