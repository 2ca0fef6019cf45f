//! Word pieces: words as BERT's uncased vocabulary cuts them.

use hashbrown::HashMap;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Characters of the longest word that is cut; a longer one is unknown as a whole.
const LONGEST: usize = 100;
/// Pieces of a word at most; what follows is left out.
const MOST: usize = 8;

/// A vocabulary of pieces.
pub(super) struct Pieces {
    numbers: HashMap<Box<str>, u32>,
    /// Stands for a word that cannot be cut.
    unknown: u32,
    /// Stands before a window.
    pub(super) first: u32,
    /// Stands after a window.
    pub(super) last: u32,
}

impl Pieces {
    /// The vocabulary whose pieces are the lines of `list`.
    pub(super) fn new(list: &str) -> Result<Self, String> {
        let numbers: HashMap<Box<str>, u32> = list.lines().map(Box::from).zip(0..).collect();
        let special = |name| numbers.get(name).copied().ok_or_else(|| format!("its word pieces lack {name}"));
        Ok(Self { unknown: special("[UNK]")?, first: special("[CLS]")?, last: special("[SEP]")?, numbers })
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Adds the pieces of a word: at least one, at most eight.
    pub(super) fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        let begin = pieces.len();
        let plain = plain(word);
        for part in plain.split(char::is_whitespace) {
            for run in runs(part) {
                self.cut_run(run, pieces);
            }
        }
        if pieces.len() == begin {
            pieces.push(self.unknown);
        }
        pieces.truncate(begin + MOST);
    }

    /// The longest piece that the rest begins with, again and again; a run that cannot be cut so is unknown.
    fn cut_run(&self, run: &str, pieces: &mut Vec<u32>) {
        let begin = pieces.len();
        if run.chars().count() > LONGEST {
            pieces.push(self.unknown);
            return;
        }
        let mut inner = String::from("##");
        let mut at = 0;
        while at < run.len() {
            let ends = run[at..].char_indices().map(|(offset, c)| at + offset + c.len_utf8()).rev();
            let found = ends.into_iter().find_map(|end| {
                if at == 0 {
                    return self.numbers.get(&run[..end]).map(|number| (*number, end));
                }
                inner.truncate(2);
                inner.push_str(&run[at..end]);
                self.numbers.get(inner.as_str()).map(|number| (*number, end))
            });
            let Some((number, end)) = found else {
                pieces.truncate(begin);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(number);
            at = end;
        }
    }
}

/// A word without control characters and accents, in lower case, ideographs set apart by spaces.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|c| !c.is_ascii_control()).map(|c| c.to_ascii_lowercase()).collect();
    }
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_control = |c: char| {
        let category = category.get(c);
        !matches!(c, '\t' | '\n' | '\r')
            && matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse)
    };
    let mut spaced = String::with_capacity(word.len());
    for c in word.chars().filter(|&c| c != '\0' && c != char::REPLACEMENT_CHARACTER && !is_control(c)) {
        if is_ideograph(c) {
            spaced.extend([' ', c, ' ']);
        } else {
            spaced.push(c);
        }
    }
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize_iter(spaced.chars())
        .filter(|&c| category.get(c) != GeneralCategory::NonspacingMark)
        .flat_map(char::to_lowercase)
        .collect()
}

/// A word's runs of other characters than punctuation, and each of its punctuation marks.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end =
            if is_punctuation(first) { first.len_utf8() } else { rest.find(is_punctuation).unwrap_or(rest.len()) };
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

fn is_punctuation(c: char) -> bool {
    let category = || CodePointMapData::<GeneralCategory>::new().get(c);
    c.is_ascii_punctuation() || !c.is_ascii() && GeneralCategoryGroup::Punctuation.contains(category())
}

/// Chinese characters, as BERT's tokenizer counts them.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    fn cut(word: &str) -> Vec<&'static str> {
        let list = "[UNK]\n[CLS]\n[SEP]\nsa\n##o\n##lo\npau\npaulo\n-\nu\n.\ns\n東\n京\n##s";
        let mut numbers = Vec::new();
        Pieces::new(list).unwrap().cut(word, &mut numbers);
        numbers.into_iter().map(|number| list.lines().nth(number as usize).unwrap()).collect()
    }

    #[test]
    fn accents_and_case_do_not_count_and_the_longest_piece_is_taken() {
        assert_eq!(cut("São"), ["sa", "##o"]);
        assert_eq!(cut("PAULO"), ["paulo"]);
        assert_eq!(cut("Paulos"), ["paulo", "##s"]);
    }

    #[test]
    fn punctuation_and_ideographs_stand_alone() {
        assert_eq!(cut("U.S."), ["u", ".", "s", "."]);
        assert_eq!(cut("São-Paulo"), ["sa", "##o", "-", "paulo"]);
        assert_eq!(cut("東京"), ["東", "京"]);
    }

    #[test]
    fn what_cannot_be_cut_is_unknown_and_no_word_has_more_than_eight_pieces() {
        assert_eq!(cut("Saxo"), ["[UNK]"]);
        assert_eq!(cut(" "), ["[UNK]"]);
        assert_eq!(cut(&"s".repeat(101)), ["[UNK]"]);
        assert_eq!(cut("........."), ["."; 8]);
    }

    #[test]
    fn a_vocabulary_without_the_special_pieces_is_refused() {
        assert_eq!(Pieces::new("[UNK]\n[CLS]").err().unwrap(), "its word pieces lack [SEP]");
    }
}
