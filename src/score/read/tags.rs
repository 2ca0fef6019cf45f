//! Tags to spans and back.

use std::ops::Range;

/// A run of tokens and its type.
pub(super) type Chunk<'a> = (Range<usize>, &'a str);

/// Reads tags in any of the usual schemes (IOB1, IOB2, BIOES) as the CoNLL scorer and seqeval do: a name begins with B or S, after
/// E or S, after O, or where the type changes.
///
/// # Errors
/// The number of the tag that is none, and why.
pub(super) fn chunks<'a>(tags: &[&'a str]) -> Result<Vec<Chunk<'a>>, (usize, String)> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    let mut before: Option<(&str, &str)> = None;
    for (i, &tag) in tags.iter().enumerate() {
        let parsed = parse(tag).map_err(|reason| (i, reason))?;
        if let Some((prefix, label)) = parsed {
            let goes_on = before.is_some_and(|(last, kind)| !matches!(last, "E" | "S") && kind == label);
            match chunks.last_mut() {
                Some((range, _)) if goes_on && !matches!(prefix, "B" | "S") => range.end = i + 1,
                _ => chunks.push((i..i + 1, label)),
            }
        }
        before = parsed;
    }
    Ok(chunks)
}

/// Whether something may be a tag at all.
pub(super) fn is_tag(text: &str) -> bool {
    parse(text).is_ok()
}

fn parse(tag: &str) -> Result<Option<(&str, &str)>, String> {
    match tag.split_once('-') {
        None if tag == "O" => Ok(None),
        Some((prefix @ ("B" | "I" | "E" | "S"), label)) if !label.is_empty() => Ok(Some((prefix, label))),
        _ => Err(format!("{tag} is no tag; expected O, or B-, I-, E- or S- and a type")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_schemes_say_the_same() {
        let names = vec![(0..2, "PER"), (2..3, "PER"), (4..5, "ORG")];
        for tags in [
            ["B-PER", "I-PER", "B-PER", "O", "B-ORG"],
            ["I-PER", "I-PER", "B-PER", "O", "I-ORG"],
            ["B-PER", "E-PER", "S-PER", "O", "S-ORG"],
        ] {
            assert_eq!(chunks(&tags), Ok(names.clone()));
        }
        assert_eq!(chunks(&["I-PER", "I-ORG", "O", "I-ORG"]), Ok(vec![(0..1, "PER"), (1..2, "ORG"), (3..4, "ORG")]));
    }

    #[test]
    fn what_is_no_tag_is_named() {
        assert_eq!(chunks(&["O", "PER"]).unwrap_err().0, 1);
        assert!(!is_tag("B-") && !is_tag("-") && is_tag("S-X"));
    }
}
