//! What time expressions denote.

use std::fmt;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Span, ToSpan};
use serde::Deserialize;

/// What the words of a time expression denote. It displays as the value of a TIMEX3 (ISO-TimeML).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeValue {
    /// A stretch of the calendar.
    Period(Period),
    /// So much time; no amount where nobody counted ("several years").
    Duration(Option<u32>, Unit),
    /// Again after each such time.
    Every(Option<u32>, Unit),
    /// Some time before the article.
    Past,
    /// About when the article was written.
    Present,
    /// Some time after the article.
    Future,
}

/// A stretch of the calendar at the precision at which it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A moment, with its zone where one is known.
    Moment(DateTime, Option<Offset>),
    /// A part of a day.
    Part(Date, Part),
    /// A day.
    Day(Date),
    /// Saturday and Sunday, by the Monday of their ISO week.
    Weekend(Date),
    /// An ISO week, by its Monday.
    Week(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A quarter of a year, from 1 to 4.
    Quarter(i16, i8),
    /// A half of a year, 1 or 2.
    Half(i16, i8),
    /// A season of a year on the northern half of the earth; winter is that which ends the year.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// Ten years from one that ends in 0.
    Decade(i16),
    /// The hundred years up to a year that ends in 00.
    Century(i16),
}

/// A unit in which time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

/// How a time is narrowed or an amount bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modifier {
    /// "early".
    Start,
    /// "mid-".
    Middle,
    /// "late".
    End,
    /// "more than".
    More,
    /// "nearly".
    Less,
    /// "about".
    About,
}

impl Period {
    /// The first and the last day of it.
    #[must_use]
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |year, month, count: i64| {
            let first = Date::new(year, month, 1).ok()?;
            let next = first.checked_add(count.months()).ok()?;
            Some((first, next.yesterday().ok()?))
        };
        match self {
            Self::Moment(time, _) => Some((time.date(), time.date())),
            Self::Part(day, _) | Self::Day(day) => Some((day, day)),
            Self::Weekend(monday) => Some((moved(monday, 5, Unit::Day)?, moved(monday, 6, Unit::Day)?)),
            Self::Week(monday) => Some((monday, moved(monday, 6, Unit::Day)?)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Self::Half(year, half) => months(year, half * 6 - 5, 6),
            Self::Season(year, season) => months(year, season as i8 * 3 + 3, 3),
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(year) => months(year, 1, 120),
            Self::Century(year) => months(year - 99, 1, 1200),
        }
    }

    /// The stretch of a unit's length that holds a day.
    #[must_use]
    pub fn around(day: Date, unit: Unit) -> Self {
        let monday = monday(day);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Weekend => Self::Weekend(monday),
            Unit::Week | Unit::Fortnight => Self::Week(monday),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() + 2) / 3),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year() - day.year().rem_euclid(10)),
            Unit::Century => Self::Century(day.year() + (100 - day.year().rem_euclid(100)) % 100),
        }
    }
}

/// The day so many units after another, or before it. None beyond the calendar.
#[must_use]
pub fn moved(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let days = |days: i64| Span::new().try_days(days).ok();
    let months = |months: i64| Span::new().try_months(months).ok();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => days(0),
        Unit::Day => days(count),
        Unit::Weekend | Unit::Week => days(count.checked_mul(7)?),
        Unit::Fortnight => days(count.checked_mul(14)?),
        Unit::Month => months(count),
        Unit::Quarter => months(count.checked_mul(3)?),
        Unit::Year => months(count.checked_mul(12)?),
        Unit::Decade => months(count.checked_mul(120)?),
        Unit::Century => months(count.checked_mul(1200)?),
    };
    day.checked_add(span?).ok()
}

fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(back.days()).unwrap_or(day)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = |monday: Date| {
            let week = monday.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        };
        match *self {
            Self::Moment(time, zone) => {
                write!(f, "{}T{:02}:{:02}", time.date(), time.hour(), time.minute())?;
                match zone.map(Offset::seconds) {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(seconds) => {
                        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
            Self::Part(day, part) => {
                let part = match part {
                    Part::Morning => "MO",
                    Part::Midday => "MI",
                    Part::Afternoon => "AF",
                    Part::Evening => "EV",
                    Part::Night => "NI",
                };
                write!(f, "{day}T{part}")
            }
            Self::Day(day) => write!(f, "{day}"),
            Self::Weekend(monday) => write!(f, "{}-WE", week(monday)),
            Self::Week(monday) => f.write_str(&week(monday)),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Season(year, season) => {
                let season = match season {
                    Season::Spring => "SP",
                    Season::Summer => "SU",
                    Season::Autumn => "FA",
                    Season::Winter => "WI",
                };
                write!(f, "{year:04}-{season}")
            }
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(year) => write!(f, "{:03}", year / 10),
            Self::Century(year) => write!(f, "{:02}", (year - 1) / 100),
        }
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Period(period) => period.fmt(f),
            Self::Duration(amount, unit) | Self::Every(amount, unit) => {
                let (time, factor, letter) = match unit {
                    Unit::Second => ("T", 1, "S"),
                    Unit::Minute => ("T", 1, "M"),
                    Unit::Hour => ("T", 1, "H"),
                    Unit::Day => ("", 1, "D"),
                    Unit::Weekend => ("", 1, "WE"),
                    Unit::Week => ("", 1, "W"),
                    Unit::Fortnight => ("", 2, "W"),
                    Unit::Month => ("", 1, "M"),
                    Unit::Quarter => ("", 1, "Q"),
                    Unit::Year => ("", 1, "Y"),
                    Unit::Decade => ("", 10, "Y"),
                    Unit::Century => ("", 100, "Y"),
                };
                match amount {
                    Some(amount) => write!(f, "P{time}{}{letter}", u64::from(amount) * factor),
                    None => write!(f, "P{time}X{letter}"),
                }
            }
            Self::Past => f.write_str("PAST_REF"),
            Self::Present => f.write_str("PRESENT_REF"),
            Self::Future => f.write_str("FUTURE_REF"),
        }
    }
}
