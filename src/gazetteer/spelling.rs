//! Names in the form in which a gazetteer looks them up.

use crate::detect::key::key;

/// A number for a name, the same for its spellings with and without capitals, accents of Latin letters, full stops and a
/// leading "the".
///
/// Two names out of ten million meet by chance once in ten million lookups of other names.
pub(super) fn hash(name: &str) -> u64 {
    // FNV-1a, then mixed: what is stored must never change with a library's version.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in folded(name).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// The name without what its spellings differ in.
pub(crate) fn folded(name: &str) -> String {
    let key = key(name);
    if key.is_ascii() {
        return key.replace(" & ", " and ");
    }
    let mut plain = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                plain.extend(any_ascii::any_ascii_char(c).chars().map(|c| c.to_ascii_lowercase()));
            }
            c => plain.push(c),
        }
    }
    plain.replace(" & ", " and ")
}

#[cfg(test)]
mod tests {
    use super::{folded, hash};

    #[test]
    fn spellings_of_a_name_have_one_number() {
        for (one, other) in [
            ("São Paulo", "Sao Paulo"),
            ("The U.N.", "UN"),
            ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Procter & Gamble", "Procter and Gamble"),
            ("Beyonce\u{301}", "Beyoncé"),
        ] {
            assert_eq!(folded(one), folded(other));
            assert_eq!(hash(one), hash(other));
        }
        assert_ne!(hash("Mali"), hash("Malawi"));
        assert_eq!(folded("東京"), "東京");
        assert_eq!(hash("Paris"), 0x5c0e_33e6_d7b4_0d84, "files hold these numbers");
    }
}
