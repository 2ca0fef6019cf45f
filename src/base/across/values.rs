//! Whether two values can both be true of a thing.

use jiff::civil::Date;

use super::rules::{Comparison, Relation};

/// A value that an article gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub(super) value: Value<'a>,
    /// When the article was published, as ISO 8601; empty where that is not known.
    pub(super) published: &'a str,
}

/// What a thing is said to have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// A year, month or day as XML Schema writes it.
    Date(&'a str),
    Figure(Figure<'a>),
    Thing {
        label: &'a str,
        /// Its classes, but for the widest ones.
        sorts: &'a [u32],
    },
}

/// A number as it is written, and how the words leave it open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'a> {
    pub(super) number: &'a str,
    pub(super) bound: Option<Bound>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    MoreThan,
    LessThan,
    Roughly,
}

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Both may be true, or cannot be compared.
    Nothing,
    Conflict,
    /// The second one updates the first.
    Update,
}

/// Compares two values, of which the first was not published later than the second.
pub(super) fn compare(rule: &Relation, one: &Given<'_>, other: &Given<'_>) -> Verdict {
    if rule.within_days.is_some_and(|days| !are_near(one.published, other.published, days)) {
        return Verdict::Nothing;
    }
    let conflicts = match (rule.compare, one.value, other.value) {
        (Comparison::Date, Value::Date(one), Value::Date(other)) => {
            let (one, other) = (day_or_less(one), day_or_less(other));
            !one.starts_with(other) && !other.starts_with(one)
        }
        (Comparison::Thing, Value::Thing { label, sorts }, Value::Thing { label: other, sorts: others }) => {
            !may_be_one(label, other) && (!rule.same_sort || sorts.iter().any(|sort| others.contains(sort)))
        }
        (Comparison::Age, Value::Figure(age), Value::Figure(later)) => {
            are_of_two(&(age, one.published), &(later, other.published))
        }
        (Comparison::Figure, Value::Figure(figure), Value::Figure(later)) => {
            let is_fraction = [figure, later].iter().any(|figure| figure.number.contains('.'));
            let (Some((low, high)), Some((least, most))) = (range(figure, is_fraction), range(later, is_fraction))
            else {
                return Verdict::Nothing;
            };
            if rule.grows && least > high && one.published < other.published {
                return Verdict::Update;
            }
            high < least || most < low
        }
        _ => false,
    };
    if conflicts { Verdict::Conflict } else { Verdict::Nothing }
}

/// Whether two articles were published so many days apart at most.
pub(super) fn are_near(one: &str, other: &str, days: i32) -> bool {
    match (day(one), day(other)) {
        (Some(one), Some(other)) => (other - one).get_days().abs() <= days,
        _ => false,
    }
}

/// Whether two names share a word, so that they may well be of one thing ("Lind", "Anna Lind").
pub(super) fn may_be_one(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
        words.map(str::to_lowercase).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word)) || one == other
}

fn day(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

/// A date without a time and zone that may follow the day.
fn day_or_less(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}

/// Whether no date of birth fits two ages at two days.
fn are_of_two(one: &(Figure<'_>, &str), other: &(Figure<'_>, &str)) -> bool {
    let birth = |(figure, published): &(Figure<'_>, &str)| {
        let day = day(published)?;
        let at = f64::from(day.year()) + f64::from(day.day_of_year()) / 366.0;
        Some(at - figure.number.parse::<f64>().ok()?)
    };
    // An age leaves a year of birthdays; a week more is for dates of articles that are not quite those of their words.
    birth(one).zip(birth(other)).is_some_and(|(one, other)| (one - other).abs() > 1.02)
}

/// The numbers that a figure may stand for: rounded ones are so by half of their last digit that is no nought. A small whole
/// number is exact, unless it is compared with a fraction.
fn range(Figure { number, bound }: Figure<'_>, among_fractions: bool) -> Option<(f64, f64)> {
    let value: f64 = number.parse().ok()?;
    let half = match number.split_once('.') {
        Some((_, decimals)) => 0.5 / 10_f64.powi(i32::try_from(decimals.len()).ok()?),
        None if value < 100.0 => f64::from(u8::from(among_fractions)) / 2.0,
        None => {
            let noughts = number.len() - number.trim_end_matches('0').len();
            0.5 * 10_f64.powi(i32::try_from(noughts).ok()?)
        }
    };
    Some(match bound {
        None => (value - half, value + half),
        Some(Bound::Roughly) => (value - half.max(value / 10.0), value + half.max(value / 10.0)),
        Some(Bound::MoreThan) => (value, value * 1.5),
        Some(Bound::LessThan) => (value * 0.8, value),
    })
}
