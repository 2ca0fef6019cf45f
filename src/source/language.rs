//! Tells English from other languages.

use whatlang::{Lang, Script};

/// What is known of a text's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is English, as stated or seen.
    English,
    /// It is another language; its English name, or its tag.
    Other(String),
    /// Too short to say, and nothing is stated.
    Unknown,
}

/// Letters that whatlang needs before its word is taken against a stated language or none.
const ENOUGH: usize = 120;
/// Letters after which English words outweigh a tag of another language.
const PLENTY: usize = 400;

/// Judges `text`, whose mark-up states the BCP 47 tag `stated`.
///
/// What is stated holds for short texts. On longer ones the words decide: templates often state a language that the
/// article is not in. A short text with nothing stated is unknown, and gets the benefit of the doubt.
pub(super) fn judge(text: &str, stated: Option<&str>) -> Verdict {
    let stated = stated.map(|tag| tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase());
    let states_english = stated.as_deref().map(|tag| ["en", "eng", "english"].contains(&tag));
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let seen = whatlang::detect(sample).filter(|seen| seen.is_reliable() && letters >= ENOUGH);
    match (seen, states_english) {
        (Some(seen), Some(false)) if seen.lang() == Lang::Eng && letters >= PLENTY => Verdict::English,
        (_, Some(false)) => Verdict::Other(stated.as_deref().map(name).unwrap_or_default()),
        (Some(seen), _) if seen.lang() != Lang::Eng => Verdict::Other(seen.lang().eng_name().to_owned()),
        (Some(_), _) | (None, Some(true)) => Verdict::English,
        (None, None) => foreign_script(sample).map_or(Verdict::Unknown, Verdict::Other),
    }
}

/// The English name of a language tag where it is known.
fn name(tag: &str) -> String {
    let three = match tag {
        "ar" => "ara",
        "de" => "deu",
        "es" => "spa",
        "fr" => "fra",
        "hi" => "hin",
        "it" => "ita",
        "ja" => "jpn",
        "ko" => "kor",
        "nl" => "nld",
        "pl" => "pol",
        "pt" => "por",
        "ru" => "rus",
        "sv" => "swe",
        "tr" => "tur",
        "uk" => "ukr",
        "zh" => "cmn",
        other => other,
    };
    Lang::from_code(three).map_or_else(|| format!("“{tag}”"), |lang| lang.eng_name().to_owned())
}

/// Enough of the text to judge by.
fn sample(text: &str) -> &str {
    const LONGEST: usize = 1500;
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The language or script of a text, however short, whose letters are not Latin.
fn foreign_script(text: &str) -> Option<String> {
    const FEWEST: usize = 10;
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let foreign = letters.clone().filter(|c| !c.is_ascii()).count();
    let script = whatlang::detect_script(text).filter(|script| *script != Script::Latin)?;
    (foreign >= FEWEST && foreign * 2 > letters.count()).then(|| format!("a language in {script} script"))
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judge};

    const ENGLISH: &str = "The harbour authority of Port Selwyn said on Monday that it would close two of its five piers \
        for repairs after inspectors found cracks in the supports, and that the work would take a year. ";
    const GERMAN: &str = "Die Hafenbehörde teilte am Montag mit, dass zwei der fünf Anleger wegen Rissen in den Stützen \
        geschlossen werden müssen, und dass die Arbeiten ungefähr ein Jahr dauern werden. ";

    #[test]
    fn the_words_decide_on_long_texts_and_the_tag_on_short_ones() {
        let other = |name: &str| Verdict::Other(name.to_owned());
        assert_eq!(judge(ENGLISH, None), Verdict::English);
        assert_eq!(judge(GERMAN, None), other("German"));
        assert_eq!(judge(GERMAN, Some("en-US")), other("German"));
        assert_eq!(judge(&ENGLISH.repeat(4), Some("de")), Verdict::English);
        assert_eq!(judge("Feuer in Hamburg", Some("de-DE")), other("German"));
        assert_eq!(judge("Feuer in Hamburg", None), Verdict::Unknown);
        assert_eq!(judge("Fire in Hamburg", Some("en")), Verdict::English);
        assert_eq!(judge("Пожар в порту Гамбурга", None), other("a language in Cyrillic script"));
    }
}
