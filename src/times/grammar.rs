//! Finds the forms of words that speak of time.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::resources::times::{Class, Element, Entry, Fraction, Meaning, Times, Which, lexemes};
use crate::span::Span;
use crate::times::value::{Modifier, Part, Season, Unit};

/// Words that fit a form, and what their parts say.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) span: Span,
    pub(super) means: Meaning,
    pub(super) fields: Fields,
}

/// What the parts of a form say. Each may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) year: Option<i16>,
    pub(super) decade: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) part: Option<Part>,
    pub(super) fraction: Option<Fraction>,
    pub(super) ordinal: Option<u32>,
    pub(super) century: bool,
    pub(super) holiday: Option<(i8, i8)>,
    pub(super) iso: Option<Date>,
    pub(super) clock: Option<Time>,
    pub(super) zone: Option<Offset>,
    pub(super) today: Option<i64>,
    pub(super) which: Option<Which>,
    pub(super) unit: Option<Unit>,
    pub(super) number: Option<u32>,
    pub(super) half: bool,
    pub(super) modifier: Option<Modifier>,
}

/// A text cut into lexemes.
struct Lexed<'a> {
    text: &'a str,
    lexemes: Vec<(Span, String)>,
}

/// The longest forms in a stretch of text that begins at byte `from`, in order, none overlapping. Of forms as long, the first of
/// the data file counts; a weak one counts where `is_time` says so of its span.
pub(super) fn matches(text: &str, from: usize, times: &Times, is_time: impl Fn(Span) -> bool) -> Vec<Match> {
    let cut = lexemes(text).map(|(at, word)| (Span::new(from + at, from + at + word.len()), word.to_lowercase()));
    let lexed = Lexed { text, lexemes: cut.collect() };
    let mut found = Vec::new();
    let mut at = 0;
    while at < lexed.lexemes.len() {
        match lexed.longest(at, from, times, &is_time) {
            Some((found_here, next)) => {
                found.push(found_here);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

impl Lexed<'_> {
    fn longest(&self, at: usize, from: usize, times: &Times, is_time: &dyn Fn(Span) -> bool) -> Option<(Match, usize)> {
        let mut best: Option<(Match, usize)> = None;
        for &number in &self.candidates(at, from, times) {
            let form = times.form(number);
            let Some((end, fields)) = self.fit(&form.elements, at, from, Fields::default(), times) else { continue };
            if best.as_ref().is_some_and(|(_, longest)| *longest >= end) {
                continue;
            }
            let span = self.lexemes[at].0.cover(self.lexemes[end - 1].0);
            if !form.weak || is_time(span) {
                best = Some((Match { span, means: form.means, fields }, end));
            }
        }
        best
    }

    /// The forms that may begin at a lexeme, in the order of the data file.
    fn candidates(&self, at: usize, from: usize, times: &Times) -> Vec<usize> {
        let word = self.lexemes[at].1.as_str();
        let mut forms = times.openings(word).to_vec();
        for (class, _) in self.figures(at, from, times) {
            forms.extend(times.openings(class));
        }
        for entry in times.entries(word) {
            forms.extend(times.openings(entry.class.name()));
            if entry.class == Class::Unit(Unit::Weekend) {
                forms.extend(times.openings("WEEKEND"));
            }
        }
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// Where the elements end when they begin at a lexeme, at the furthest.
    fn fit(
        &self,
        elements: &[Element],
        at: usize,
        from: usize,
        fields: Fields,
        times: &Times,
    ) -> Option<(usize, Fields)> {
        let Some((element, rest)) = elements.split_first() else { return Some((at, fields)) };
        let mut best: Option<(usize, Fields)> = None;
        let mut keep = |end: Option<(usize, Fields)>| {
            if let Some(end) = end.filter(|end| best.as_ref().is_none_or(|best| end.0 > best.0)) {
                best = Some(end);
            }
        };
        for choice in &element.choices {
            for (next, fields) in self.element(choice, at, from, &fields, times) {
                keep(self.fit(rest, next, from, fields, times));
            }
        }
        if element.optional {
            keep(self.fit(rest, at, from, fields, times));
        }
        best
    }

    /// The ways in which one word or class may stand at a lexeme: where each ends, and the fields with it.
    fn element(&self, choice: &str, at: usize, from: usize, fields: &Fields, times: &Times) -> Vec<(usize, Fields)> {
        let Some((span, word)) = self.lexemes.get(at) else { return Vec::new() };
        if !choice.starts_with(|c: char| c.is_ascii_uppercase()) {
            return if word == choice { vec![(at + 1, fields.clone())] } else { Vec::new() };
        }
        if choice == "ANY" {
            let is_number = |entry: &Entry| matches!(entry.class, Class::Number(_) | Class::Unit(_));
            let is_word = word.chars().all(char::is_alphabetic) && !times.entries(word).iter().any(is_number);
            return if is_word { vec![(at + 1, fields.clone())] } else { Vec::new() };
        }
        let mut ways = Vec::new();
        for entry in times.entries(word) {
            let is_weekend = choice == "WEEKEND" && entry.class == Class::Unit(Unit::Weekend);
            let fits = entry.class.name() == choice || is_weekend;
            let capital = self.text[span.start - from..].starts_with(char::is_uppercase);
            let proper = matches!(entry.class, Class::Month(_) | Class::Weekday(_));
            if fits && (capital || !proper) && self.stands(&entry.lexemes, at) {
                let mut with = fields.clone();
                if with.take(entry.class) {
                    ways.push((at + entry.lexemes.len(), with));
                }
            }
        }
        for (class, figure) in self.figures(at, from, times) {
            let mut with = fields.clone();
            if class == choice && with.figure(class, &figure) {
                ways.push((at + figure.lexemes, with));
            }
        }
        ways
    }

    fn stands(&self, phrase: &[String], at: usize) -> bool {
        phrase.iter().enumerate().all(|(i, word)| self.lexemes.get(at + i).is_some_and(|(_, lexeme)| lexeme == word))
    }

    /// Whether two lexemes touch.
    fn touch(&self, at: usize) -> bool {
        self.lexemes.get(at + 1).is_some_and(|next| self.lexemes[at].0.end == next.0.start)
    }

    fn word(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |(_, word)| word)
    }

    /// What figures at a lexeme may be, by class.
    fn figures(&self, at: usize, from: usize, times: &Times) -> Vec<(&'static str, Figure)> {
        let word = self.word(at);
        let mut found = Vec::new();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return found;
        }
        // "1,500" and "2.5" are one figure, and so is "$20": none of them is a day or year.
        let joined = |mark: &str| self.touch(at) && self.word(at + 1) == mark && self.touch(at + 1);
        let number_follows = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        let before = self.text[..self.lexemes[at].0.start - from].chars().next_back();
        let spoiled = before.is_some_and(|c| "$£€¥.,/".contains(c)) || self.word(at + 1) == "%";
        let Ok(number) = word[..digits].parse::<u32>() else { return found };
        let suffix = &word[digits..];
        if let Some((clock, zone, lexemes)) = self.clock(at, digits, times) {
            found.push(("CLOCK", Figure { number, clock: Some(clock), zone, lexemes, date: None }));
        }
        if let Some(date) = self.iso(at) {
            found.push(("ISO", Figure { date: Some(date), lexemes: 5, ..Figure::of(number) }));
            return found;
        }
        if spoiled || (joined(",") || joined(".")) && number_follows(at + 2) {
            return found;
        }
        let plain = suffix.is_empty();
        if plain && number < 1000 {
            found.push(("NUMBER", Figure::of(number)));
        }
        if (1..=31).contains(&number) && (plain || matches!(suffix, "st" | "nd" | "rd" | "th")) {
            found.push(("DAY", Figure::of(number)));
        }
        if plain && digits == 4 && (1000..2200).contains(&number) {
            found.push(("YEAR", Figure::of(number)));
        }
        let mut behind = self.text[..self.lexemes[at].0.start - from].chars().rev().skip(1);
        if plain
            && digits == 2
            && matches!(before, Some('’' | '\''))
            && !behind.next().is_some_and(char::is_alphanumeric)
        {
            found.push(("SHORT", Figure::of(number)));
        }
        if !plain && matches!(suffix, "st" | "nd" | "rd" | "th") {
            found.push(("ORDINAL", Figure::of(number)));
        }
        if number % 10 == 0 && suffix == "s" && (digits == 2 || digits == 4) {
            found.push(("DECADE", Figure::of(number)));
        }
        found
    }

    /// `2008-04-09`.
    fn iso(&self, at: usize) -> Option<Date> {
        let touching = (at..at + 4).all(|at| self.touch(at));
        if !touching || self.word(at).len() != 4 || self.word(at + 1) != "-" || self.word(at + 3) != "-" {
            return None;
        }
        Date::new(self.word(at).parse().ok()?, self.word(at + 2).parse().ok()?, self.word(at + 4).parse().ok()?).ok()
    }

    /// A time of day ("16:08", "3pm", "12.15 a.m.", "0800 UTC"), its zone, and its lexemes.
    fn clock(&self, at: usize, digits: usize, times: &Times) -> Option<(Time, Option<Offset>, usize)> {
        let hour: i8 = self.word(at)[..digits].parse().ok()?;
        let suffix = &self.word(at)[digits..];
        let minutes = |at: usize| -> Option<i8> {
            let touches = matches!(self.word(at), ":" | ".") && self.touch(at) && self.touch(at.checked_sub(1)?);
            let word = self.word(at + 1);
            let digits = word.get(..2)?;
            let half = &word[2..];
            (touches && (half.is_empty() || half == "am" || half == "pm")).then(|| digits.parse().ok())?
        };
        let (minute, mut next, last) = match minutes(at + 1).filter(|_| suffix.is_empty()) {
            Some(minute) => (Some(minute), at + 3, self.word(at + 2).get(2..).unwrap_or("")),
            None => (None, at + 1, suffix),
        };
        let mut half = match last {
            "am" => Some(0),
            "pm" => Some(12),
            "" => None,
            _ => return None,
        };
        let dotted =
            |letter: &str| self.word(next) == letter && self.word(next + 1) == "." && self.word(next + 2) == "m";
        if half.is_none() && matches!(self.word(next), "am" | "pm") {
            half = Some(if self.word(next) == "pm" { 12 } else { 0 });
            next += 1;
        } else if half.is_none() && (dotted("a") || dotted("p")) {
            half = Some(if dotted("p") { 12 } else { 0 });
            next += if self.word(next + 3) == "." { 4 } else { 3 };
        }
        let zone = times.entries(self.word(next)).iter().find_map(|entry| match entry.class {
            Class::Zone(hours) => Offset::from_hours(hours).ok(),
            _ => None,
        });
        if zone.is_some() {
            next += 1;
        }
        // A score is "2.1" and a price "16.08": a full stop alone makes no time.
        let stopped = minute.is_some() && self.word(at + 1) == ".";
        let time = match (minute, half) {
            (None, Some(half)) if (1..=12).contains(&hour) => Time::new(hour % 12 + half, 0, 0, 0),
            (Some(minute), Some(half)) if (1..=12).contains(&hour) => Time::new(hour % 12 + half, minute, 0, 0),
            (Some(minute), None) if !stopped || zone.is_some() => Time::new(hour, minute, 0, 0),
            _ => return None,
        };
        Some((time.ok()?, zone, next - at))
    }
}

/// What figures say.
struct Figure {
    number: u32,
    clock: Option<Time>,
    zone: Option<Offset>,
    date: Option<Date>,
    lexemes: usize,
}

impl Figure {
    fn of(number: u32) -> Self {
        Self { number, clock: None, zone: None, date: None, lexemes: 1 }
    }
}

/// Fills a field; a second value of one field does not fit.
fn set<T>(field: &mut Option<T>, value: T) -> bool {
    field.is_none().then(|| *field = Some(value)).is_some()
}

impl Fields {
    fn take(&mut self, class: Class) -> bool {
        match class {
            Class::Month(month) => set(&mut self.month, month),
            Class::Weekday(day) => set(&mut self.weekday, day),
            Class::Season(season) => set(&mut self.season, season),
            Class::Part(part) => set(&mut self.part, part),
            Class::Unit(unit) => set(&mut self.unit, unit),
            Class::Fraction(fraction) => set(&mut self.fraction, fraction),
            Class::Number(number) => set(&mut self.number, number),
            Class::Ordinal(ordinal) => set(&mut self.ordinal, ordinal),
            Class::Which(which) => set(&mut self.which, which),
            Class::Today(days) => set(&mut self.today, days),
            Class::Night(days) => set(&mut self.today, days) && set(&mut self.part, Part::Night),
            Class::Holiday(month, day) => set(&mut self.holiday, (month, day)),
            Class::Narrow(modifier) | Class::Bound(modifier) => set(&mut self.modifier, modifier),
            Class::Rate(unit) => set(&mut self.unit, unit),
            Class::Century => !std::mem::replace(&mut self.century, true),
            Class::Half => !std::mem::replace(&mut self.half, true),
            Class::Some => true,
            Class::Zone(_) => false,
        }
    }

    fn figure(&mut self, class: &str, figure: &Figure) -> bool {
        let number = figure.number;
        let small = i8::try_from(number).unwrap_or(i8::MAX);
        let year = i16::try_from(number).unwrap_or(i16::MAX);
        // "’82" and "the ’90s" are of the last century, "’08" is of this one.
        let full = |two: i16| if two < 30 { 2000 + two } else { 1900 + two };
        match class {
            "NUMBER" => set(&mut self.number, number),
            "DAY" => set(&mut self.day, small),
            "YEAR" => set(&mut self.year, year),
            "SHORT" => set(&mut self.year, full(year)),
            "DECADE" => set(&mut self.decade, if year < 100 { full(year) } else { year }),
            "ORDINAL" => set(&mut self.ordinal, number),
            "ISO" => figure.date.is_some_and(|date| set(&mut self.iso, date)),
            "CLOCK" => {
                self.zone = figure.zone;
                figure.clock.is_some_and(|clock| set(&mut self.clock, clock))
            }
            _ => false,
        }
    }
}
