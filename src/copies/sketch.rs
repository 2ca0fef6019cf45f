//! What is kept of an article's text so that copies of it are known: numbers that stand for some of its runs of words.

use serde::{Deserialize, Serialize};

/// Words in a run. Five in a row are seldom the same by chance, and one changed word spoils five of them only.
const RUN: usize = 5;
/// The most runs that are kept: those with the smallest numbers, a fair sample of all.
const MOST: usize = 256;
/// The most figures that are kept.
const FIGURES: usize = 64;
/// A text of fewer runs is too short to tell whose words it has.
const FEWEST: usize = 24;
/// Runs with numbers below this are looked up, one in four; those of a copy and its model are the same ones.
const LOOKED_UP: u32 = u32::MAX / 4;

/// The share of the runs of the shorter of two texts, in hundredths, that stands in the longer where one is a copy.
const SAME_WORDS: usize = 55;
/// The same of their figures: last week's weather report is all but word for word today's, with other figures.
const SAME_FIGURES: usize = 80;

/// A sample of a text: the same for the same words, whatever their capitals, punctuation and layout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// The smallest numbers of its runs, sorted, each once.
    runs: Vec<u32>,
    /// The smallest numbers of its figures ("14", "2019", "7.30", "1200"), sorted, each once.
    figures: Vec<u32>,
}

impl Sketch {
    /// Of the paragraphs of an article, without headline, byline and dateline, which every outlet writes anew.
    #[must_use]
    pub fn new<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut runs, mut figures) = (Vec::new(), Vec::new());
        for paragraph in paragraphs {
            let words: Vec<u64> = words(paragraph).map(|word| number(word.to_lowercase().as_bytes())).collect();
            runs.extend(words.windows(RUN).map(joined));
            figures.extend(self::figures(paragraph).map(|figure| folded(number(figure.as_bytes()))));
        }
        Self { runs: smallest(runs, MOST), figures: smallest(figures, FIGURES) }
    }

    /// Whether it is long enough to be compared.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.runs.len() >= FEWEST
    }

    /// The runs by which copies find one another.
    pub(super) fn handles(&self) -> impl Iterator<Item = u32> + '_ {
        self.runs.iter().copied().take_while(|run| *run < LOOKED_UP)
    }

    /// Whether one of two texts is for the most part the other, whole or shortened, with the same figures.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let telling = self.is_telling() && other.is_telling();
        telling
            && is_within(&self.runs, &other.runs, MOST, SAME_WORDS)
            && is_within(&self.figures, &other.figures, FIGURES, SAME_FIGURES)
    }
}

/// Whether so many in a hundred of the smaller of two sets, of which the `most` smallest members are known, are in the larger.
fn is_within(one: &[u32], other: &[u32], most: usize, share: usize) -> bool {
    // Where not all members are known, all below the last known one are.
    let end = |set: &[u32]| set.last().copied().filter(|_| set.len() == most).unwrap_or(u32::MAX);
    let end = end(one).min(end(other));
    let below = |set: &[u32]| set.partition_point(|member| *member <= end);
    let (one, other) = (&one[..below(one)], &other[..below(other)]);
    let shared = one.iter().filter(|member| other.binary_search(member).is_ok()).count();
    shared * 100 >= one.len().min(other.len()) * share
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Figures as no house style changes them: "7.42am" and "7:42 a.m." are "7.42", "£3.4m" is "3.4", "1,200" is "1200".
fn figures(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))
        .map(|figure| figure.trim_matches(['.', ',', ':']))
        .filter(|figure| !figure.is_empty())
        .map(|figure| figure.replace(',', "").replace(':', "."))
}

/// The 64-bit FNV-1a hash.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn joined(words: &[u64]) -> u32 {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    folded(number(&bytes))
}

/// The 32 bits of a hash that depend on all of it.
fn folded(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 32) as u32
}

fn smallest(mut numbers: Vec<u32>, most: usize) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(most);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The harbour board of Skerry voted on Monday to close the old ferry berth, which 1,200 islanders use \
        each week, after engineers found that 14 of its 60 piles had rotted. Ferries will call at the fish quay until a new \
        berth opens in 2027, the board said. Its chairwoman, Moira Tulloch, said that the work would cost £3.4m and that the \
        board had asked the government for half of it. Fishermen who land their catch at the quay fear for their trade.";

    fn sketch(text: &str) -> Sketch {
        Sketch::new(text.split("\n\n"))
    }

    #[test]
    fn layout_case_and_punctuation_make_no_other_text() {
        let other = STORY.to_uppercase().replace(", ", " - ").replace(". ", " …\u{a0}");
        assert_eq!(sketch(&other).runs, sketch(STORY).runs);
    }

    #[test]
    fn a_shortened_and_a_lightly_edited_text_are_copies() {
        let short = &STORY[..STORY.find(" Its chairwoman").unwrap()];
        let edited =
            STORY.replace("islanders", "residents").replace("on Monday ", "").replace("fear for", "worry about");
        for copy in [short, &edited] {
            assert!(sketch(copy).is_copy_of(&sketch(STORY)) && sketch(STORY).is_copy_of(&sketch(copy)), "{copy}");
        }
    }

    #[test]
    fn figures_are_the_same_in_every_house_style() {
        let of = |text: &str| figures(text).collect::<Vec<_>>();
        assert_eq!(of("At 7.42am on 14 May, 1,200 people paid £3.4m."), ["7.42", "14", "1200", "3.4"]);
        assert_eq!(
            of("At 7:42 a.m. on the 14th of May 1200 people paid 3.4 million pounds"),
            ["7.42", "14", "1200", "3.4"]
        );
        assert!(of("No figure: ... , none.").is_empty());
    }

    #[test]
    fn the_same_form_with_other_figures_is_no_copy() {
        let report = |figures: [u32; 6]| {
            let [a, b, c, d, e, f] = figures;
            format!(
                "Shares in Norden Bank closed at {a} crowns in Oslo trade, while the index of the thirty largest companies \
                 ended the day at {b} points. The krone was quoted at {c} to the euro and at {d} to the dollar, and crude for \
                 delivery in the coming month stood at {e} dollars a barrel. Turnover reached {f} million crowns in all."
            )
        };
        let (one, other) =
            (sketch(&report([210, 1403, 11, 10, 72, 5103])), sketch(&report([214, 1398, 12, 9, 75, 4990])));
        assert!(!one.is_copy_of(&other));
        assert!(one.is_copy_of(&one));
    }

    #[test]
    fn a_text_of_a_sentence_is_nobodys_copy() {
        let brief = sketch("The bank held its rate at 4 percent on Thursday, as expected.");
        assert!(!brief.is_telling() && !brief.is_copy_of(&brief));
    }
}
