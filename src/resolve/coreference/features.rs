//! What the model looks at: features of a phrase and of a pair of phrases, each a row of its table.

use super::Rank;
use super::chain::Chains;
use super::profile::{Profile, Profiles};
use crate::document::Form;

/// Rows of the model's table.
pub(super) const ROWS: u32 = 1 << 15;

/// The features of phrases, as rows.
pub(super) type Rows = Vec<u16>;

/// What is asked about, which keeps the rows of different questions apart.
#[derive(Clone, Copy)]
#[repr(u16)]
enum Question {
    /// Of a phrase by itself: does it speak of something named before?
    Anaphor,
    /// Of a phrase as the one that refers back.
    Later,
    /// Of a phrase as the one referred to.
    Earlier,
    /// Of both.
    Pair,
}

/// The row of a feature: of which question, which of its features, and the values that it has.
fn row(question: Question, feature: u16, values: &[u32]) -> u16 {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64 ^ (u64::from(question as u16) << 16 | u64::from(feature));
    for &value in values {
        hash = (hash ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash >> 40) as u16 & (ROWS - 1) as u16
}

/// A count in few steps: 0, 1, 2, 3-4, 5-7, 8-15, 16-31, more.
fn steps(count: usize) -> u32 {
    match count {
        0..=2 => count as u32,
        3..=4 => 3,
        5..=7 => 4,
        8..=15 => 5,
        16..=31 => 6,
        _ => 7,
    }
}

/// What a phrase is by itself.
fn own(question: Question, profile: &Profile, rows: &mut Rows) {
    let Profile { word, kind, .. } = *profile;
    let mut add = |feature, values: &[u32]| rows.push(row(question, feature, values));
    add(0, &[word]);
    add(1, &[kind, profile.sort]);
    add(2, &[kind, profile.dep]);
    add(3, &[kind, profile.determiner]);
    add(4, &[kind, profile.number, u32::from(profile.nature.gender.is_some())]);
    add(5, &[kind, steps(profile.length)]);
    add(6, &[kind, u32::from(profile.quote.is_some())]);
    add(7, &[kind, profile.above]);
    add(8, &[kind, steps(profile.mentions)]);
    add(9, &[kind, u32::from(profile.is_modified), profile.determiner]);
    add(10, &[kind, profile.next]);
}

/// The features that tell whether a phrase refers back.
pub(super) fn of_anaphor(profiles: &Profiles, at: usize) -> Rows {
    let profile = &profiles.all[at];
    let mut rows = Rows::new();
    own(Question::Anaphor, profile, &mut rows);
    let mut add = |feature, values: &[u32]| rows.push(row(Question::Anaphor, feature, values));
    let kind = profile.kind;
    let seen = profiles.seen_before(at);
    add(20, &[kind, steps(seen.same_words), profile.determiner]);
    add(21, &[kind, steps(seen.same_head), profile.determiner]);
    add(22, &[kind, u32::from(seen.described), profile.determiner]);
    add(23, &[kind, steps(at)]);
    add(24, &[kind, steps(profile.sentence)]);
    add(25, &[kind, profile.number, profile.determiner]);
    add(26, &[profile.word, profile.determiner]);
    add(27, &[profile.word, profile.dep]);
    add(28, &[kind, profile.dep, profile.above]);
    add(29, &[kind, profile.previous]);
    rows
}

/// The features of a phrase as the one that refers back.
pub(super) fn of_later(profiles: &Profiles, at: usize) -> Rows {
    let mut rows = Rows::new();
    own(Question::Later, &profiles.all[at], &mut rows);
    rows
}

/// The features of a phrase as the one referred to.
pub(super) fn of_earlier(profiles: &Profiles, at: usize) -> Rows {
    let mut rows = Rows::new();
    own(Question::Earlier, &profiles.all[at], &mut rows);
    rows
}

/// The features of two phrases together, and of the chain in which the earlier one stands so far.
pub(super) fn of_pair(
    profiles: &Profiles<'_>,
    chains: &Chains<'_>,
    earlier: usize,
    later: usize,
    rank: Rank,
    rows: &mut Rows,
) {
    let (one, two) = (&profiles.all[earlier], &profiles.all[later]);
    rows.clear();
    let mut add = |feature, values: &[u32]| rows.push(row(Question::Pair, feature, values));
    // What comes only later in the sentence is far away in a way of its own.
    let sentences = if earlier > later { 9 } else { steps(two.sentence - one.sentence) };
    let paragraphs = steps(two.paragraph.abs_diff(one.paragraph));
    let kinds = one.kind * 64 + two.kind;
    add(0, &[kinds]);
    add(1, &[two.kind, sentences]);
    add(2, &[kinds, sentences]);
    add(3, &[kinds, if earlier > later { 9 } else { steps(rank.any) }]);
    add(4, &[two.kind, steps(later.abs_diff(earlier))]);
    add(5, &[two.kind, paragraphs]);
    let words = u32::from(one.words == two.words);
    let heads = u32::from(one.lemma == two.lemma);
    add(6, &[kinds, words, heads]);
    add(7, &[kinds, words, heads, two.determiner]);
    add(8, &[two.kind, heads, words, sentences]);
    let modifiers = modifiers(one, two);
    add(9, &[kinds, heads, modifiers]);
    add(10, &[one.sort, two.sort, heads, two.kind]);
    add(11, &[one.number, two.number, kinds]);
    let genders = genders(one, two);
    add(12, &[genders, kinds]);
    add(13, &[two.word, one.word]);
    add(14, &[two.word, one.sort, one.number]);
    add(15, &[two.kind, one.dep, two.dep]);
    add(16, &[two.kind, one.dep, sentences]);
    add(17, &[kinds, u32::from(one.above == two.above && one.above != 0)]);
    add(18, &[kinds, u32::from(profiles.is_described(earlier, two.lemma))]);
    add(19, &[kinds, quotes(profiles, earlier, later)]);
    let inside = u32::from(one.tokens.contains(&two.head));
    add(20, &[kinds, inside, u32::from(two.reflexive)]);
    let governed = u32::from(profiles.is_subject_of_clause(earlier, later));
    add(21, &[two.kind, governed, u32::from(two.reflexive), two.dep]);
    add(22, &[kinds, steps(one.mentions)]);
    add(23, &[two.kind, u32::from(one.is_headline), sentences]);
    add(24, &[kinds, contained(one, two)]);
    add(25, &[two.kind, two.dep, one.dep, u32::from(sentences == 0), u32::from(one.opens)]);
    add(26, &[two.kind, u32::from(one.opens), sentences]);
    add(27, &[kinds, profiles.similarity(earlier, later), heads]);
    add(28, &[kinds, one.determiner, two.determiner, heads]);
    add(29, &[two.word, one.dep, sentences]);
    add(30, &[kinds, u32::from(one.entity.is_some()), sentences]);
    if heads == 1 && words == 0 {
        add(31, &[two.lemma, modifiers]);
    }
    add(40, &[two.kind, one.sort, steps(rank.persons)]);
    add(41, &[kinds, steps(rank.persons), sentences]);
    add(42, &[two.kind, u32::from(one.is_subject), u32::from(two.is_subject), sentences]);
    add(43, &[two.kind, one.sort, steps(profiles.named_lately(earlier, later))]);
    add(44, &[two.kind, u32::from(one.is_subject), steps(rank.persons), sentences]);
    add(45, &[two.kind, one.sort, steps(rank.persons), steps(rank.total)]);
    add(46, &[kinds, genders, steps(rank.persons)]);
    let chain = chains.state(earlier);
    add(50, &[kinds, steps(chain.size)]);
    add(51, &[two.kind, u32::from(chain.is_named), chain.sort]);
    add(52, &[two.word, u32::from(chain.pronouns & 1 << (two.kind % 32) != 0), u32::from(chain.pronouns != 0)]);
    add(53, &[kinds, u32::from(chain.last == earlier), steps(chain.last_sentence.abs_diff(two.sentence))]);
    add(54, &[two.kind, u32::from(chain.nouns.contains(&two.lemma)), two.determiner]);
    add(55, &[two.kind, chain.pronouns]);
    add(56, &[two.kind, two.dep, u32::from(chain.is_subject), u32::from(chain.last == earlier)]);
}

/// Whether two genders are known and agree; the same for men and women.
fn genders(one: &Profile, two: &Profile) -> u32 {
    match (one.nature.gender, two.nature.gender) {
        (None, None) => 0,
        (Some(one), Some(two)) => 1 + u32::from(one == two),
        _ => 3,
    }
}

/// How the words before two nouns compare: 0 the later has none, 1 all of them stand before the earlier too, 2 some do, 3 none
/// does but the earlier has none either, 4 they differ.
fn modifiers(one: &Profile, two: &Profile) -> u32 {
    if two.modifiers.is_empty() {
        return 0;
    }
    let shared = two.modifiers.iter().filter(|word| one.modifiers.contains(word)).count();
    match shared {
        _ if shared == two.modifiers.len() => 1,
        0 if one.modifiers.is_empty() => 3,
        0 => 4,
        _ => 2,
    }
}

/// Whether the words of one name are among those of the other.
fn contained(one: &Profile, two: &Profile) -> u32 {
    let all = |short: &Profile, long: &Profile| {
        !short.content.is_empty() && short.content.iter().all(|word| long.content.contains(word))
    };
    let last = |short: &Profile, long: &Profile| short.content.last().is_some_and(|word| long.content.contains(word));
    match (one.form, two.form) {
        (Form::Pronoun, _) | (_, Form::Pronoun) => 0,
        _ if all(one, two) && all(two, one) => 1,
        _ if all(two, one) => 2,
        _ if all(one, two) => 3,
        _ if last(two, one) => 4,
        _ => 5,
    }
}

/// How two phrases stand to quotes: in none, in one, in quotes of one speaker, the one speaking the other's quote …
fn quotes(profiles: &Profiles, earlier: usize, later: usize) -> u32 {
    let (one, two) = (profiles.all[earlier].quote, profiles.all[later].quote);
    match (one, two) {
        (None, None) => 0,
        (Some(one), Some(two)) if one == two => 1,
        (Some(one), Some(two)) if profiles.speak_alike(one, two) => 2,
        (Some(_), Some(_)) => 3,
        (None, Some(two)) if profiles.speaks(earlier, two) => 4,
        (None, Some(two)) if profiles.speaker_of(two).is_some() => 5,
        (None, Some(_)) => 6,
        (Some(one), None) if profiles.speaks(later, one) => 7,
        (Some(_), None) => 8,
    }
}
