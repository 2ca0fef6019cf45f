//! The terms of a dataset, each once, named by numbers.

use std::cmp::Ordering;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{
    BaseDirection, BlankNode, GraphName, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef,
    TripleRef,
};

/// A term as one string: a letter for its kind, then its parts, the last of which may hold anything.
pub(super) type Key = Box<str>;

const IRI: char = '<';
const BLANK: char = '_';
const STRING: char = '"';
/// Language tag, [`PART`], text.
const TAGGED: char = '@';
/// Data type, [`PART`], text.
const TYPED: char = '^';
/// A triple term of RDF 1.2, as N-Triples writes it.
const TRIPLE: char = '(';
/// Parts a language from the direction in which it is written.
const DIRECTION: &str = "--";
/// Ends a language tag or IRI, in which it cannot occur.
const PART: char = '\0';

/// The keys of subject, predicate and object.
pub(super) fn keys_of(triple: TripleRef<'_>) -> [Key; 3] {
    let subject = match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => TermRef::from(node),
        NamedOrBlankNodeRef::BlankNode(node) => TermRef::from(node),
    };
    [subject, triple.predicate.into(), triple.object].map(key)
}

/// The keys of subject, predicate, object and graph; none for the default graph.
pub(super) fn keys_of_quad(quad: &Quad) -> [Option<Key>; 4] {
    let [s, p, o] = keys_of(quad.as_ref().into()).map(Some);
    let graph = match &quad.graph_name {
        GraphName::NamedNode(node) => Some(key(node.as_ref().into())),
        GraphName::BlankNode(node) => Some(key(node.as_ref().into())),
        GraphName::DefaultGraph => None,
    };
    [s, p, o, graph]
}

/// A term's key.
pub(super) fn key(term: TermRef<'_>) -> Key {
    match term {
        TermRef::NamedNode(node) => iri_key(node),
        TermRef::BlankNode(node) => join(&[BLANK], node.as_str(), None),
        TermRef::Literal(literal) => literal_key(literal),
        TermRef::Triple(_) => join(&[TRIPLE], &term.to_string(), None),
    }
}

/// An IRI's key.
pub(super) fn iri_key(node: NamedNodeRef<'_>) -> Key {
    join(&[IRI], node.as_str(), None)
}

fn literal_key(literal: LiteralRef<'_>) -> Key {
    if let (Some(language), Some(direction)) = (literal.language(), literal.direction()) {
        join(&[TAGGED], &format!("{language}{DIRECTION}{direction}"), Some(literal.value()))
    } else if let Some(language) = literal.language() {
        join(&[TAGGED], language, Some(literal.value()))
    } else if literal.datatype() == xsd::STRING {
        join(&[STRING], literal.value(), None)
    } else {
        join(&[TYPED], literal.datatype().as_str(), Some(literal.value()))
    }
}

fn join(kind: &[char; 1], first: &str, last: Option<&str>) -> Key {
    let mut key = String::with_capacity(2 + first.len() + last.map_or(0, str::len));
    key.extend(kind);
    key.push_str(first);
    if let Some(last) = last {
        key.push(PART);
        key.push_str(last);
    }
    key.into_boxed_str()
}

/// The text of a literal's key; none of another term's.
pub(super) fn literal(key: &str) -> Option<&str> {
    let mut chars = key.chars();
    match chars.next()? {
        STRING => Some(chars.as_str()),
        TAGGED | TYPED => chars.as_str().split_once(PART).map(|(_, text)| text),
        _ => None,
    }
}

/// The term of a key; none where the key was not made here.
pub(super) fn term(key: &str) -> Option<Term> {
    use oxigraph::model::Literal;
    let mut chars = key.chars();
    let kind = chars.next()?;
    let rest = chars.as_str();
    Some(match kind {
        IRI => NamedNode::new_unchecked(rest).into(),
        BLANK => BlankNode::new_unchecked(rest).into(),
        STRING => Literal::new_simple_literal(rest).into(),
        TAGGED => {
            let (language, text) = rest.split_once(PART)?;
            match language.split_once(DIRECTION) {
                None => Literal::new_language_tagged_literal_unchecked(text, language).into(),
                Some((language, direction)) => {
                    let direction = if direction == "rtl" { BaseDirection::Rtl } else { BaseDirection::Ltr };
                    Literal::new_directional_language_tagged_literal_unchecked(text, language, direction).into()
                }
            }
        }
        TYPED => {
            let (datatype, text) = rest.split_once(PART)?;
            debug_assert_ne!(datatype, rdf::LANG_STRING.as_str());
            Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into()
        }
        TRIPLE => rest.parse().ok()?,
        _ => return None,
    })
}

/// The text of a key: of a literal without its language or type, of an IRI or blank node its name.
pub(super) fn lexical(key: &str) -> &str {
    let rest = key.get(1..).unwrap_or_default();
    match key.starts_with([TAGGED, TYPED]) {
        true => rest.split_once(PART).map_or(rest, |(_, text)| text),
        false => rest,
    }
}

/// A term's number in [`Terms`]. [`DEFAULT_GRAPH`] names none.
pub(super) type Id = u32;

/// Stands in a quad for the default graph; the first term is number 1.
pub(super) const DEFAULT_GRAPH: Id = 0;

/// A list of keys in a single string.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Keys {
    text: String,
    /// Where each key ends.
    ends: Vec<usize>,
}

impl Keys {
    /// The keys of which `text` is made; none where an end is not in order or inside a character.
    pub(super) fn new(text: String, ends: Vec<usize>) -> Option<Self> {
        let whole = ends.last().copied().unwrap_or(0) == text.len();
        let fit = ends.is_sorted() && ends.iter().all(|end| text.is_char_boundary(*end));
        (whole && fit).then_some(Self { text, ends })
    }

    pub(super) fn push(&mut self, key: &str) {
        self.text.push_str(key);
        self.ends.push(self.text.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The key at a position below [`len`](Self::len).
    pub(super) fn at(&self, position: usize) -> &str {
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.text[start..self.ends[position]]
    }

    /// The position of a key in a list that is in order.
    pub(super) fn find_sorted(&self, key: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.at(middle).cmp(key) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.at(position))
    }
}

/// A growing list of terms in which each stands once.
#[derive(Default)]
pub(super) struct Terms {
    keys: Keys,
    index: HashTable<Id>,
    hasher: DefaultHashBuilder,
}

impl Terms {
    /// The hash by which [`add_hashed`](Self::add_hashed) finds a key, to compute ahead on another thread.
    pub(super) fn hasher(&self) -> &DefaultHashBuilder {
        &self.hasher
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The bytes it holds in memory.
    pub(super) fn bytes(&self) -> usize {
        self.keys.text.capacity() + self.keys.ends.capacity() * size_of::<usize>() + self.index.allocation_size()
    }

    pub(super) fn key(&self, id: Id) -> &str {
        self.keys.at(id as usize - 1)
    }

    pub(super) fn term(&self, id: Id) -> Term {
        term(self.key(id)).expect("only well-formed keys are added")
    }

    pub(super) fn find(&self, key: &str) -> Option<Id> {
        self.index.find(self.hasher.hash_one(key), |id| self.key(*id) == key).copied()
    }

    pub(super) fn add(&mut self, key: &str) -> Id {
        self.add_hashed(key, self.hasher.hash_one(key))
    }

    /// The number of a well-formed key, which is new or known.
    ///
    /// # Panics
    /// With more than four thousand million terms, which no machine of today holds in memory.
    pub(super) fn add_hashed(&mut self, key: &str, hash: u64) -> Id {
        let Self { keys, index, hasher } = self;
        if let Some(id) = index.find(hash, |id| keys.at(*id as usize - 1) == key) {
            return *id;
        }
        keys.push(key);
        let id = Id::try_from(keys.len()).expect("fewer terms than 2^32");
        index.insert_unique(hash, id, |id| hasher.hash_one(keys.at(*id as usize - 1)));
        id
    }
}
