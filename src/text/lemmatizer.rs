//! Dictionary forms by rules, exceptions and an index of known words: spaCy's English lemmatizer.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::characters::is_letter;
use super::ruler::Annotation;
use super::spec::LemmaSpec;

/// The lemma tables of each part of speech, by its name in small letters.
pub(super) struct Lemmatizer {
    tables: HashMap<String, LemmaSpec>,
}

impl Lemmatizer {
    pub(super) fn new(tables: HashMap<String, LemmaSpec>) -> Self {
        Self { tables }
    }

    /// The lemma of a token that has its part of speech and morphology.
    pub(super) fn lemma(&self, token: &Annotation) -> String {
        if matches!(token.pos, "" | "EOL" | "SPACE") || is_base(token) {
            return token.lower.to_string();
        }
        match self.tables.get(&token.pos.to_ascii_lowercase()) {
            Some(table) => table.lemma(token.lower).unwrap_or_else(|| token.word.to_string()),
            None if token.pos == "PROPN" => token.word.to_string(),
            None => token.lower.to_string(),
        }
    }
}

impl LemmaSpec {
    /// The lemma of a word in small letters; none where no rule fits.
    fn lemma(&self, word: &str) -> Option<String> {
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in &self.rules {
            let Some(form) = word.strip_suffix(old.as_str()).map(|stem| format!("{stem}{new}")) else { continue };
            if form.is_empty() {
                continue;
            }
            // The last known form comes first, as in spaCy.
            if is_listed(&self.index, &form) {
                forms.insert(0, form);
            } else if !form.chars().all(is_letter) {
                forms.push(form);
            } else {
                unknown = unknown.or(Some(form));
            }
        }
        for form in self.exceptions.get(word).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().next().or(unknown)
    }
}

/// Whether a word is one of the sorted lines of a list.
fn is_listed(list: &str, word: &str) -> bool {
    let (mut rest, word) = (list.as_bytes(), word.as_bytes());
    while !rest.is_empty() {
        let middle = rest.len() / 2;
        let start = rest[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end = rest[middle..].iter().position(|b| *b == b'\n').map_or(rest.len(), |at| middle + at);
        match rest[start..end].cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => rest = rest.get(end + 1..).unwrap_or_default(),
            Ordering::Greater => rest = &rest[..start.saturating_sub(1)],
        }
    }
    false
}

/// Whether a token is in its base form as its morphology stands.
fn is_base(token: &Annotation) -> bool {
    let feature = |name: &str| token.morph.split('|').filter_map(|f| f.split_once('=')).find(|(n, _)| *n == name);
    let value = |name: &str| feature(name).map(|(_, value)| value);
    let form = value("VerbForm");
    match token.pos {
        "NOUN" if value("Number") == Some("Sing") => true,
        "VERB" if form == Some("Fin") && value("Tense") == Some("Pres") && value("Number").is_none() => true,
        _ => matches!(form, Some("Inf" | "None")) || value("Degree") == Some("Pos"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_listed;

    #[test]
    fn every_line_of_a_list_is_found_and_nothing_else() {
        let list = "a\nab\nabc\nb\nczar\néclair";
        for word in list.lines() {
            assert!(is_listed(list, word), "{word}");
        }
        for word in ["", "aa", "c", "czars", "z", "é"] {
            assert!(!is_listed(list, word), "{word}");
        }
        assert!(!is_listed("", "a"));
    }
}
