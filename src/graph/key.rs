//! Triples as bytes that sort as [`order`] sorts them, for sorting more than memory holds.

use oxigraph::model::{BaseDirection, BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use super::order::{self, Place};

/// Writes a place.
pub(super) fn push_place(out: &mut Vec<u8>, place: Place) {
    out.push(place.sort);
    push_number(out, place.start);
    push_number(out, place.end);
}

/// How many bytes a place takes.
pub(super) const PLACE: usize = 17;

/// Writes a subject.
pub(super) fn push_subject(out: &mut Vec<u8>, subject: &NamedOrBlankNode) {
    push_text(out, subject_text(subject));
}

/// Writes all but the subject's text: it sorts triples of one subject, and with the text it can be read back.
pub(super) fn push_rest(out: &mut Vec<u8>, triple: &Triple) {
    out.push(order::predicate_rank(triple.predicate.as_ref()));
    push_text(out, triple.predicate.as_str());
    let (position, value, datatype, language) = order::object(&triple.object);
    out.push(u8::from(position.is_some()));
    if let Some((start, end)) = position {
        push_number(out, start);
        push_number(out, end);
    }
    push_text(out, value);
    push_text(out, datatype);
    out.push(u8::from(language.is_some()));
    push_text(out, language.unwrap_or_default());
    out.push(u8::from(matches!(triple.subject, NamedOrBlankNode::BlankNode(_))));
    out.push(match &triple.object {
        Term::NamedNode(_) => IRI,
        Term::BlankNode(_) => BLANK,
        Term::Literal(literal) => match literal.direction() {
            None => LITERAL,
            Some(BaseDirection::Ltr) => LEFT_TO_RIGHT,
            Some(BaseDirection::Rtl) => RIGHT_TO_LEFT,
        },
        Term::Triple(_) => NESTED,
    });
    if let Term::Triple(_) = &triple.object {
        push_text(out, &triple.object.to_string());
    }
}

const IRI: u8 = 0;
const BLANK: u8 = 1;
const LITERAL: u8 = 2;
const LEFT_TO_RIGHT: u8 = 3;
const RIGHT_TO_LEFT: u8 = 4;
const NESTED: u8 = 5;

/// The triple of a subject's text and the rest; none of bytes that were not written here.
pub(super) fn read(bytes: &[u8]) -> Option<Triple> {
    let bytes = &mut &*bytes;
    let subject = read_text(bytes)?;
    read_byte(bytes)?;
    let predicate = NamedNode::new_unchecked(read_text(bytes)?);
    if read_byte(bytes)? == 1 {
        *bytes = bytes.get(16..)?;
    }
    let (value, datatype) = (read_text(bytes)?, read_text(bytes)?);
    let is_tagged = read_byte(bytes)? == 1;
    let language = read_text(bytes)?;
    let subject = match read_byte(bytes)? {
        0 => NamedOrBlankNode::from(NamedNode::new_unchecked(subject)),
        _ => BlankNode::new_unchecked(subject).into(),
    };
    let directed = |direction| {
        Literal::new_directional_language_tagged_literal_unchecked(value.as_str(), language.as_str(), direction)
    };
    let object: Term = match read_byte(bytes)? {
        IRI => NamedNode::new_unchecked(value).into(),
        BLANK => BlankNode::new_unchecked(value).into(),
        LITERAL if is_tagged => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        LITERAL => Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into(),
        LEFT_TO_RIGHT => directed(BaseDirection::Ltr).into(),
        RIGHT_TO_LEFT => directed(BaseDirection::Rtl).into(),
        _ => read_text(bytes)?.parse().ok()?,
    };
    Some(Triple::new(subject, predicate, object))
}

/// The bytes of the first text, with its end.
pub(super) fn text_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(zero) = bytes[at..].iter().position(|byte| *byte == 0) {
        at += zero + 2;
        if bytes.get(at - 1) == Some(&0) {
            break;
        }
    }
    at
}

fn subject_text(subject: &NamedOrBlankNode) -> &str {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// Writes a text so that a shorter one comes before those that begin with it: two zeros end it, and a zero in it is
/// followed by 255.
fn push_text(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        out.push(byte);
        if byte == 0 {
            out.push(u8::MAX);
        }
    }
    out.extend([0, 0]);
}

fn read_text(bytes: &mut &[u8]) -> Option<String> {
    let mut text = Vec::new();
    loop {
        match (read_byte(bytes)?, bytes.first()) {
            (0, Some(0)) => {
                *bytes = &bytes[1..];
                return String::from_utf8(text).ok();
            }
            (0, _) => {
                read_byte(bytes)?;
                text.push(0);
            }
            (byte, _) => text.push(byte),
        }
    }
}

fn read_byte(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

fn push_number(out: &mut Vec<u8>, number: usize) {
    out.extend((number as u64).to_be_bytes());
}
