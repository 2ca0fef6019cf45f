//! Names in a form in which spellings of one name are equal.

/// The name without case, full stops, possessive ending and leading "the", with plain apostrophes and hyphens and single
/// spaces: "The U.S." and "US" are both "us".
pub(crate) fn key(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '.' | '“' | '”' | '"' => {}
            '’' | '‘' | 'ʼ' => plain.push('\''),
            '‐' | '‑' | '–' => plain.push('-'),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
    let plain = plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let plain = plain.replace(" - ", "-").replace(" '", "'");
    let plain = plain.strip_suffix("'s").or_else(|| plain.strip_suffix('\'')).unwrap_or(&plain);
    let plain = plain.strip_prefix("the ").unwrap_or(plain);
    plain.to_owned()
}

/// Whether the words hold capitals and no small letters.
pub(crate) fn is_capitals(words: &str) -> bool {
    words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
}

/// The first letters of a name's capitalised words but "The", in small letters.
pub(crate) fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase) && *word != "The");
    words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (one, other) in [
            ("The U.S.", "US"),
            ("KESSLER", "Kessler"),
            ("North Korea’s", "North Korea"),
            ("Wal - Mart", "Wal-Mart"),
            ("Best  Buy", "Best\nBuy"),
            ("Standard & Poor's", "Standard & Poor’s"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("O'Rourke"), key("Rourke"));
    }
}
