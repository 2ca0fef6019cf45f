//! Names as they are compared.

use crate::graph::mint::slug;

/// Words after a name that tell namesakes of one family apart.
const GENERATIONS: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "v", "vi", "vii"];

/// A person's name in its parts, in small ASCII letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonName {
    /// Given and middle names; small words like "van" left out.
    given: Vec<String>,
    surname: String,
    generation: Option<String>,
}

/// How two names agree that one person may bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The given name is an initial or a short form of the other.
    Short,
    /// One has middle names that the other lacks.
    Fuller,
    /// They are spelled alike, but for case, accents, hyphens and small words.
    Same,
}

impl PersonName {
    /// The parts of a name; none where it has no word.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let mut parts: Vec<Vec<String>> = Vec::with_capacity(words.len());
        let mut generation = None;
        for (at, word) in words.iter().enumerate() {
            let part = pieces(word);
            let is_last = at + 1 == words.len();
            if part.is_empty() || !is_last && word.starts_with(char::is_lowercase) {
                continue;
            }
            match part.as_slice() {
                [one] if !parts.is_empty() && GENERATIONS.contains(&one.as_str()) => generation = Some(one.clone()),
                _ => parts.push(part),
            }
        }
        let surname = parts.pop()?.join("-");
        Some(Self { given: parts.concat(), surname, generation })
    }

    /// Whether it is a surname alone, or any single name.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.given.is_empty()
    }

    /// The last part of the surname, under which candidates for one person are looked for.
    #[must_use]
    pub fn key(&self) -> &str {
        self.surname.rsplit('-').next().unwrap_or(&self.surname)
    }

    /// The surname.
    #[must_use]
    pub fn surname(&self) -> &str {
        &self.surname
    }

    /// The first given name.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.given.first().map(String::as_str)
    }

    /// How two full names agree, given what their given names may be short for; none where no person bears both.
    #[must_use]
    pub fn fit(&self, formal: &[String], other: &Self, other_formal: &[String]) -> Option<Fit> {
        if self.generation != other.generation {
            return None;
        }
        if self.letters().eq(other.letters()) {
            return Some(Fit::Same);
        }
        let (first, other_first) = (self.first()?, other.first()?);
        if self.surname != other.surname || !middles_fit(&self.given[1..], &other.given[1..]) {
            return None;
        }
        if first == other_first {
            return Some(Fit::Fuller);
        }
        let is_initial = |one: &str, full: &str| one.len() == 1 && full.starts_with(one);
        let short_for = |formal: &[String], name: &str| formal.iter().any(|formal| formal == name);
        let both_short = formal.iter().any(|formal| other_formal.contains(formal));
        let is_short = is_initial(first, other_first)
            || is_initial(other_first, first)
            || short_for(formal, other_first)
            || short_for(other_formal, first)
            || both_short;
        is_short.then_some(Fit::Short)
    }

    /// All letters of the name, whatever their division: "Kim Jong-un" and "Kim Jong Un".
    fn letters(&self) -> impl Iterator<Item = char> {
        self.given.iter().chain([&self.surname]).flat_map(|part| part.chars()).filter(|c| *c != '-')
    }
}

/// Whether the middle names of the one are, in order, among the other's, in full or as initials.
fn middles_fit(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let fits = |a: &str, b: &str| a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b);
    let mut long = long.iter();
    short.iter().all(|middle| long.any(|other| fits(middle, other)))
}

/// The parts of a word between hyphens; the letters of "J.K." are parts of their own.
fn pieces(word: &str) -> Vec<String> {
    let is_initials = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    if is_initials {
        return word.split('.').map(slug).filter(|piece| !piece.is_empty() && word.len() > 1).collect();
    }
    // Only signs: a slug would be a digest.
    if !word.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    slug(word).split('-').map(str::to_owned).collect()
}

/// A name's key: its slug without "the".
#[must_use]
pub fn key(name: &str) -> String {
    let slug = slug(name);
    slug.strip_prefix("the-").map_or_else(|| slug.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(one: &str, other: &str) -> Option<Fit> {
        let formal = |name: &str| match name.split(' ').next() {
            Some("Bill" | "Will") => vec!["william".to_owned()],
            _ => Vec::new(),
        };
        let parse = |name| PersonName::parse(name).unwrap();
        let (a, b) = (parse(one).fit(&formal(one), &parse(other), &formal(other)), ());
        let back = parse(other).fit(&formal(other), &parse(one), &formal(one));
        assert_eq!((a, b), (back, ()), "{one} and {other} fit one way only");
        a
    }

    #[test]
    fn names_that_one_person_bears_fit() {
        for (one, other, expected) in [
            ("Jane Roe", "Jane Roe", Fit::Same),
            ("Renée Zellweger", "Renee Zellweger", Fit::Same),
            ("Kim Jong-un", "Kim Jong Un", Fit::Same),
            ("Siân O’Brien", "Sian O'Brien", Fit::Same),
            ("Ludwig van Dorn", "Ludwig Dorn", Fit::Same),
            ("Jane A. Roe", "Jane Roe", Fit::Fuller),
            ("Jane A. Roe", "Jane Anne Roe", Fit::Fuller),
            ("J. Roe", "Jane Roe", Fit::Short),
            ("J.A. Roe", "Jane Anne Roe", Fit::Short),
            ("Bill Roe", "William Roe", Fit::Short),
            ("Bill Roe", "Will Roe", Fit::Short),
        ] {
            assert_eq!(fit(one, other), Some(expected), "{one} and {other}");
        }
    }

    #[test]
    fn names_of_two_people_do_not() {
        for (one, other) in [
            ("Jane Roe", "John Roe"),
            ("Jane Roe", "Jane Doe"),
            ("Jane A. Roe", "Jane B. Roe"),
            ("John Roe", "John Roe Jr."),
            ("Bill Roe", "Robert Roe"),
        ] {
            assert_eq!(fit(one, other), None, "{one} and {other}");
        }
    }

    #[test]
    fn a_single_name_is_bare() {
        for (name, bare, key) in [
            ("Roe", true, "roe"),
            ("van Dorn", true, "dorn"),
            ("Krasnodębska-Lis", true, "lis"),
            ("Bożena Krasnodębska-Lis", false, "lis"),
            ("Kim Jong-un", false, "un"),
            ("John Roe Jr.", false, "roe"),
        ] {
            let parsed = PersonName::parse(name).unwrap();
            assert_eq!((parsed.is_bare(), parsed.key()), (bare, key), "{name}");
        }
        assert_eq!(PersonName::parse(" , "), None);
    }
}
