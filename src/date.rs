//! Dates and times at the precision at which they were stated.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// A point in time at its stated precision. It displays as the lexical form of its XML Schema type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// A year (`xsd:gYear`).
    Year(i16),
    /// A month of a year (`xsd:gYearMonth`).
    Month(i16, i8),
    /// A day (`xsd:date`).
    Day(Date),
    /// A time of a day, with its zone where one is known (`xsd:dateTime`).
    Time(DateTime, Option<Offset>),
}

impl Stamp {
    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
            Self::Time(time, _) => time.year(),
        }
    }

    /// The day, where the precision reaches that far; the zone is the stated one.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Time(time, _) => Some(time.date()),
            Self::Year(_) | Self::Month(..) => None,
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Time(time, None) => write!(f, "{time}"),
            Self::Time(time, Some(offset)) if offset.seconds() == 0 => write!(f, "{time}Z"),
            Self::Time(time, Some(offset)) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{time}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}
