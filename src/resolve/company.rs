//! Companies under their full and short names: "Acme Inc." and "Acme", "Acme Shipping" and "Acme".

use super::{Links, Name};
use crate::detect::headline;
use crate::detect::key::{is_capitals, key};
use crate::document::Kind;
use crate::resources::Resources;
use crate::text::Text;

pub(super) fn link(names: &[Name], resources: &Resources, same: &mut Links) {
    let bare: Vec<Option<String>> = names.iter().map(|name| without_legal_form(name, resources)).collect();
    for (full, short) in bare.iter().enumerate() {
        let Some(short) = short else { continue };
        let equal = |other: &usize| names[*other].kind == Kind::Organization && names[*other].key == *short;
        let alike = |other: &usize| bare[*other].as_ref() == Some(short);
        if let Some(other) = (0..names.len()).find(|other| *other != full && (equal(other) || alike(other))) {
            same.link(other, full);
        }
    }
}

/// Links a short name with the one organisation whose name begins with it, where that was named in full before.
///
/// What is also a common noun, a place or an acronym is no short
/// name.
pub(super) fn link_short(text: &Text, names: &[Name], resources: &Resources, same: &mut Links) {
    let body = headline::end(text.content());
    for short in (0..names.len()).filter(|&short| is_distinctive(text, names, short, resources)) {
        let prefix = format!("{} ", names[short].key);
        let fuller: Vec<usize> = (0..names.len())
            .filter(|&full| names[full].kind == Kind::Organization && names[full].key.starts_with(&prefix))
            .collect();
        same.link_fuller(names, body, short, &fuller, |_| true);
    }
}

fn is_distinctive(text: &Text, names: &[Name], short: usize, resources: &Resources) -> bool {
    let name = &names[short];
    let Some(spelling) = name.spellings.first().filter(|_| name.kind == Kind::Organization) else { return false };
    let first = spelling.split(' ').next().unwrap_or("");
    let lower = first.to_lowercase();
    let is_common = resources.names.is_generic(first)
        || resources.titles.is_modifier(first)
        || resources.demonyms.country(first).is_some()
        || is_capitals(spelling)
        || (0..text.tokens().len()).any(|token| text.word(token) == lower);
    let elsewhere = names
        .iter()
        .any(|other| matches!(other.kind, Kind::Region | Kind::Group | Kind::Place) && other.key == name.key);
    !is_common && !elsewhere
}

fn without_legal_form(name: &Name, resources: &Resources) -> Option<String> {
    if name.kind != Kind::Organization {
        return None;
    }
    let mut words: Vec<&str> = name.spellings.first()?.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let all = words.len();
    while words.len() > 1 && words.last().is_some_and(|last| resources.names.is_legal_form(last)) {
        words.pop();
    }
    if words.len() == all {
        return None;
    }
    if words.last() == Some(&"&") {
        words.pop();
    }
    Some(key(&words.join(" ")))
}
