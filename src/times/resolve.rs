//! What a form of words denotes, against the article's date and the day named last.

use jiff::civil::Date;

use super::grammar::{Fields, Match};
use super::tense::Direction;
use super::value::{Period, Season, TimeValue, Unit, moved};
use crate::resources::times::{Fraction, Meaning, Which};

/// What the expressions of an article count from.
pub(super) struct Clock {
    /// The article's date.
    today: Option<Date>,
    /// The day that was named last.
    last: Option<Date>,
}

impl Clock {
    pub(super) fn new(today: Option<Date>) -> Self {
        Self { today, last: today }
    }

    /// The value of an expression; nothing where it is no time at all, and no value where it cannot be told.
    pub(super) fn value(&mut self, found: &Match, direction: impl FnOnce() -> Direction) -> Option<Option<TimeValue>> {
        let fields = &found.fields;
        let amount = if fields.half { None } else { fields.number };
        let period = |period: Option<Period>| period.map(TimeValue::Period);
        let value = match found.means {
            Meaning::None => return None,
            Meaning::Date => period(self.date(fields, direction)),
            Meaning::Which => match (fields.which, fields.unit?) {
                (Some(Which::Past), unit) => Some(TimeValue::Duration(Some(1), unit)),
                (which, unit) => period(self.which(which.unwrap_or(Which::Last), unit)),
            },
            Meaning::Ago => period(self.shifted(self.today, fields, -1)),
            Meaning::Ahead => period(self.shifted(self.today, fields, 1)),
            Meaning::Earlier => period(self.shifted(self.last, fields, -1)),
            Meaning::Later => period(self.shifted(self.last, fields, 1)),
            Meaning::Same => period(self.last.map(Period::Day)),
            Meaning::Following => period(self.last.and_then(|day| moved(day, 1, Unit::Day)).map(Period::Day)),
            Meaning::Preceding => period(self.last.and_then(|day| moved(day, -1, Unit::Day)).map(Period::Day)),
            Meaning::Duration if fields.half => {
                Some(halves(fields.number.filter(|_| fields.number != Some(1)), fields.unit?))
            }
            Meaning::Duration => Some(TimeValue::Duration(amount, fields.unit?)),
            Meaning::Set => Some(every(fields)),
            Meaning::Past => Some(TimeValue::Past),
            Meaning::Present => Some(TimeValue::Present),
            Meaning::Future => Some(TimeValue::Future),
        };
        if let Some(TimeValue::Period(Period::Day(day) | Period::Part(day, _))) = value {
            self.last = Some(day);
        } else if let Some(TimeValue::Period(Period::Moment(time, _))) = value {
            self.last = Some(time.date());
        }
        Some(value)
    }

    /// The day or longer stretch that fields name.
    fn date(&self, fields: &Fields, direction: impl FnOnce() -> Direction) -> Option<Period> {
        let day = self.day(fields, direction);
        match day? {
            Period::Day(day) if fields.clock.is_some() => {
                fields.clock.map(|time| Period::Moment(day.to_datetime(time), fields.zone))
            }
            Period::Day(day) => Some(fields.part.map_or(Period::Day(day), |part| Period::Part(day, part))),
            longer => Some(longer),
        }
    }

    fn day(&self, fields: &Fields, direction: impl FnOnce() -> Direction) -> Option<Period> {
        if let Some(date) = fields.iso {
            return Some(Period::Day(date));
        }
        if fields.century {
            return Some(Period::Century(i16::try_from(fields.ordinal?.checked_mul(100)?).ok()?));
        }
        if let Some(decade) = fields.decade {
            return Some(Period::Decade(decade));
        }
        if let Some(days) = fields.today {
            return moved(self.today?, days, Unit::Day).map(Period::Day);
        }
        if let Some((month, day)) = fields.holiday {
            return self.of_year(fields, direction, |year| Date::new(year, month, day).ok().map(Period::Day));
        }
        if let Some(month) = fields.month {
            let day = fields.day;
            return self.of_year(fields, direction, |year| match day {
                Some(day) => Date::new(year, month, day).ok().map(Period::Day),
                None => Some(Period::Month(year, month)),
            });
        }
        if let Some(season) = fields.season {
            return self.of_year(fields, direction, |year| Some(Period::Season(year, season)));
        }
        if let Some(fraction) = fields.fraction {
            let ordinal = i8::try_from(fields.ordinal?).ok()?;
            return self.of_year(fields, direction, |year| match fraction {
                Fraction::Quarter => (1..=4).contains(&ordinal).then_some(Period::Quarter(year, ordinal)),
                Fraction::Half => (1..=2).contains(&ordinal).then_some(Period::Half(year, ordinal)),
            });
        }
        if let Some(weekday) = fields.weekday {
            return self.weekday(weekday, fields, direction).map(Period::Day);
        }
        if let Some(year) = fields.year {
            return Some(Period::Year(year));
        }
        // A time of day alone, or "this morning".
        self.today.map(Period::Day)
    }

    /// What `at` names in the year that is stated or else meant.
    fn of_year(
        &self,
        fields: &Fields,
        direction: impl FnOnce() -> Direction,
        at: impl Fn(i16) -> Option<Period>,
    ) -> Option<Period> {
        if let Some(year) = fields.year {
            return at(year);
        }
        let today = self.today?;
        let year = today.year();
        if fields.unit == Some(Unit::Year) {
            let Period::Year(year) = self.which(fields.which?, Unit::Year)? else { return None };
            return at(year);
        }
        let days = |year| at(year)?.days();
        let (first, last) = days(year)?;
        match fields.which {
            Some(Which::This) => at(year),
            Some(Which::Last | Which::Past) => at(if last < today { year } else { year - 1 }),
            Some(Which::Next) => at(if first > today { year } else { year + 1 }),
            None => match direction() {
                Direction::Past => at(if first <= today { year } else { year - 1 }),
                Direction::Future => at(if last >= today { year } else { year + 1 }),
            },
        }
    }

    fn weekday(&self, weekday: i8, fields: &Fields, direction: impl FnOnce() -> Direction) -> Option<Date> {
        let today = self.today?;
        let Period::Week(monday) = Period::around(today, Unit::Week) else { return None };
        let of_week = |weeks: i64| moved(moved(monday, weeks, Unit::Week)?, i64::from(weekday) - 1, Unit::Day);
        let (last, this, next) = (of_week(-1)?, of_week(0)?, of_week(1)?);
        Some(match (fields.which, fields.unit) {
            (Some(Which::Last), Some(_)) => last,
            (Some(Which::This), _) => this,
            (Some(Which::Next), Some(_)) => next,
            (Some(Which::Last | Which::Past), _) => {
                if this < today {
                    this
                } else {
                    last
                }
            }
            (Some(Which::Next), None) => {
                if this > today {
                    this
                } else {
                    next
                }
            }
            (None, _) => match direction() {
                Direction::Past => {
                    if this <= today {
                        this
                    } else {
                        last
                    }
                }
                Direction::Future => {
                    if this >= today {
                        this
                    } else {
                        next
                    }
                }
            },
        })
    }

    fn which(&self, which: Which, unit: Unit) -> Option<Period> {
        let count = match which {
            Which::Last | Which::Past => -1,
            Which::This => 0,
            Which::Next => 1,
        };
        Some(Period::around(moved(self.today?, count, unit)?, unit))
    }

    /// So many units before or after a day, at the precision of the unit, a week being counted in days.
    fn shifted(&self, from: Option<Date>, fields: &Fields, sign: i64) -> Option<Period> {
        let unit = fields.unit?;
        let day = moved(from?, sign * i64::from(fields.number?), unit)?;
        Some(match unit {
            Unit::Week | Unit::Fortnight => Period::Day(day),
            Unit::Decade | Unit::Century => Period::Year(day.year()),
            unit => Period::around(day, unit),
        })
    }
}

/// A half, or so many and a half, of a unit, in smaller ones.
fn halves(whole: Option<u32>, unit: Unit) -> TimeValue {
    let (count, smaller) = match unit {
        Unit::Minute => (60, Unit::Second),
        Unit::Hour => (60, Unit::Minute),
        Unit::Day => (24, Unit::Hour),
        Unit::Fortnight | Unit::Weekend | Unit::Second => (2, unit),
        Unit::Week => (7, Unit::Day),
        Unit::Month => (30, Unit::Day),
        Unit::Quarter => (90, Unit::Day),
        Unit::Year => (12, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
    };
    TimeValue::Duration(whole.unwrap_or(0).checked_mul(count).and_then(|whole| whole.checked_add(count / 2)), smaller)
}

fn every(fields: &Fields) -> TimeValue {
    match (fields.unit, fields.weekday, fields.month, fields.season) {
        (Some(unit), ..) => TimeValue::Every(fields.number.or(Some(1)), unit),
        (_, Some(_), ..) => TimeValue::Every(Some(1), Unit::Week),
        (_, _, Some(_), _) | (_, _, _, Some(Season::Spring | Season::Summer | Season::Autumn | Season::Winter)) => {
            TimeValue::Every(Some(1), Unit::Year)
        }
        _ => TimeValue::Every(Some(1), Unit::Day),
    }
}
