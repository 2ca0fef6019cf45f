//! Companies with and without their legal form: "Acme Inc." and "Acme".

use super::{Links, Name};
use crate::document::Kind;
use crate::resources::Resources;

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
    Some(crate::detect::key::key(&words.join(" ")))
}
