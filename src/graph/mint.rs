//! Makes every IRI that newsgraph mints. Nothing else does, so that the same thing is always named the same.
//!
//! An IRI depends on content alone. Below the base they read:
//!
//! | what | IRI |
//! |---|---|
//! | article | its canonical address; without one `article/` and 16 hex digits of its text's SHA-256 |
//! | former version of it | `<article#version=…>`: 16 hex digits of the SHA-256 of its date and its text's hash |
//! | characters of it | `<article#char=43,52>` (RFC 5147: code points, the second not included) |
//! | what of it does not conform | the graph `<article#quarantine>`, its reasons `<article#quarantine-1>` and so on |
//! | entity | `person/paul-manafort`: its kind and the [`slug`] of its name |
//! | role, agent | `role/press-secretary`, `agent/jane-roe` |
//! | amount | `amount/` and 16 hex digits of its number, unit, words and bound |
//! | time | `interval/before-2017-03-02`, `instant/2017-03-02` |
//! | quote, membership, statement, claim, source, happening | the word and 16 hex digits of the SHA-256 of what makes it one |

use std::fmt;
use std::str::FromStr;

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use sha2::{Digest, Sha256};
use url::Url;

use crate::date::Stamp;
use crate::document::{Kind, Tenure};
use crate::error::{Error, Result};
use crate::span::{CodePoints, Span};

/// What minted IRIs begin with: an absolute IRI that ends in `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base(String);

impl Base {
    /// The base as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Base {
    /// `https://newsgraph.example/`, a host name that nobody can own.
    fn default() -> Self {
        Self("https://newsgraph.example/".into())
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Base {
    type Err = Error;

    /// # Errors
    /// [`Error::Setting`] when it is no absolute IRI or does not end in `/` or `#`.
    fn from_str(base: &str) -> Result<Self> {
        let wrong = |why: &str| Error::Setting(format!("the base {base:?} {why}"));
        NamedNode::new(base).map_err(|error| wrong(&format!("is not an absolute IRI: {error}")))?;
        match base.find('#') {
            Some(at) if at + 1 < base.len() => Err(wrong("has a fragment: it can only end in '#'")),
            None if !base.ends_with('/') => Err(wrong("must end in '/' or '#'")),
            _ => Ok(Self(base.into())),
        }
    }
}

/// Mints the IRIs of one article.
pub(super) struct Mint<'a> {
    base: &'a Base,
    article: NamedNode,
    is_address: bool,
}

impl<'a> Mint<'a> {
    /// For the article at an address, or else with the digest of its text.
    pub(super) fn new(base: &'a Base, url: Option<&Url>, digest: &str) -> Self {
        let address = url.and_then(address);
        let is_address = address.is_some();
        let article = address.unwrap_or_else(|| minted(format!("{base}article/{}", &digest[..HEX])));
        Self { base, article, is_address }
    }

    /// Whether the article's IRI is where it was published.
    pub(super) fn is_address(&self) -> bool {
        self.is_address
    }

    pub(super) fn article(&self) -> &NamedNode {
        &self.article
    }

    /// Characters of the article.
    pub(super) fn span(&self, points: &CodePoints<'_>, span: Span) -> NamedNode {
        let range = points.range(span);
        minted(format!("{}{},{}", before_span(self.article.as_str()), range.start, range.end))
    }

    pub(super) fn entity(&self, kind: Kind, name: &str) -> NamedNode {
        self.named(segment(kind), name)
    }

    /// Somebody named as an author: a person or an organisation, the article does not say which.
    pub(super) fn agent(&self, name: &str) -> NamedNode {
        self.named("agent", name)
    }

    pub(super) fn role(&self, title: &str) -> NamedNode {
        self.named("role", title)
    }

    pub(super) fn quote(&self, span: Span, words: &str) -> NamedNode {
        self.derived("quote", &[self.article.as_str(), &span.start.to_string(), words])
    }

    /// The source of the words at a place of the article.
    pub(super) fn source(&self, span: Span, words: &str) -> NamedNode {
        self.derived("source", &[self.article.as_str(), &span.start.to_string(), words])
    }

    /// The event that the words at a place of the article tell.
    pub(super) fn happening(&self, span: Span, words: &str) -> NamedNode {
        self.derived("happening", &[self.article.as_str(), &span.start.to_string(), words])
    }

    pub(super) fn membership(
        &self,
        person: &NamedNode,
        role: &NamedNode,
        organization: Option<&NamedNode>,
        time: &str,
    ) -> NamedNode {
        let organization = organization.map_or("", NamedNode::as_str);
        let parts = [self.article.as_str(), person.as_str(), role.as_str(), organization, time];
        self.derived("membership", &parts)
    }

    pub(super) fn statement(&self, (subject, predicate, object): (&NamedNode, &NamedNode, &Term)) -> NamedNode {
        let parts = [self.article.as_str(), subject.as_str(), predicate.as_str(), &object.to_string()];
        self.derived("statement", &parts)
    }

    /// A statement of what held once or is to hold later.
    pub(super) fn past_statement(&self, triple: (&NamedNode, &NamedNode, &Term), tenure: Tenure) -> NamedNode {
        let (subject, predicate, object) = (triple.0.as_str(), triple.1.as_str(), triple.2.to_string());
        self.derived("statement", &[self.article.as_str(), subject, predicate, &object, tenure_word(tenure)])
    }

    /// The claim of a source, by all that makes it that claim.
    pub(super) fn claim(&self, source: &NamedNode, parts: &[String]) -> NamedNode {
        let parts = [self.article.as_str(), source.as_str()].into_iter().chain(parts.iter().map(String::as_str));
        self.derived("claim", &parts.collect::<Vec<_>>())
    }

    /// An amount: the same wherever it is named in the same words.
    pub(super) fn amount(&self, value: &str, unit: &str, words: &str, bound: Option<NamedNodeRef<'_>>) -> NamedNode {
        let parts = [value, unit, words].into_iter().chain(bound.map(NamedNodeRef::as_str));
        self.derived("amount", &parts.collect::<Vec<_>>())
    }

    pub(super) fn instant(&self, stamp: Stamp) -> NamedNode {
        minted(format!("{}instant/{stamp}", self.base))
    }

    /// A stretch of time by its bounds, as far as they are known.
    pub(super) fn interval(&self, key: &str) -> NamedNode {
        minted(format!("{}interval/{key}", self.base))
    }

    pub(super) fn run(&self, version: &str, model: &str) -> NamedNode {
        self.derived("run", &[version, model])
    }

    pub(super) fn software(&self, version: &str) -> NamedNode {
        minted(format!("{}software/newsgraph-{version}", self.base))
    }

    pub(super) fn model(&self, digest: &str) -> NamedNode {
        self.derived("model", &[digest])
    }

    fn named(&self, kind: &str, name: &str) -> NamedNode {
        minted(format!("{}{kind}/{}", self.base, slug(name)))
    }

    fn derived(&self, kind: &str, parts: &[&str]) -> NamedNode {
        minted(format!("{}{kind}/{}", self.base, &digest(&parts.join("\u{1f}"))[..HEX]))
    }
}

/// The graph of a former version of an article, by when it was last changed and the hash of its text.
pub(crate) fn version(article: &str, changed: &str, hash: &str) -> NamedNode {
    minted(format!("{}{}", before_version(article), &digest(&[changed, hash].join("\u{1f}"))[..HEX]))
}

/// What the names of an article's former versions begin with.
pub(crate) fn before_version(article: &str) -> String {
    format!("{article}{}version=", mark(article))
}

/// What the IRI of characters begins with, up to the first number.
pub(crate) fn before_span(article: &str) -> String {
    format!("{article}{}char=", mark(article))
}

/// What comes before a fragment. A second '#' is no IRI: an article is a fragment itself where the base ends in '#', and
/// so is a former version.
fn mark(article: &str) -> char {
    if article.contains('#') { '&' } else { '#' }
}

/// Hexadecimal digits of a digest that go into an IRI: 64 bits. Among a hundred million things of one sort the chance
/// that any two meet is one in 3,700.
const HEX: usize = 16;

/// The graph of what an article said and shapes refuse.
pub(crate) fn quarantine(article: &NamedNode) -> NamedNode {
    minted(format!("{}{}quarantine", article.as_str(), mark(article.as_str())))
}

/// Why something lies in a quarantine graph, numbered from 1.
pub(crate) fn quarantine_reason(quarantine: &NamedNode, number: usize) -> NamedNode {
    minted(format!("{}-{number}", quarantine.as_str()))
}

/// The SHA-256 of a text in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An address as an IRI without fragment. URLs allow some characters that IRIs do not: they are percent-encoded.
fn address(url: &Url) -> Option<NamedNode> {
    let mut url = url.clone();
    url.set_fragment(None);
    if let Ok(iri) = NamedNode::new(url.as_str()) {
        return Some(iri);
    }
    let mut encoded = String::with_capacity(url.as_str().len());
    let mut rest = url.as_str();
    while let Some(c) = rest.chars().next() {
        let hex = |at| rest.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
        match c {
            '%' if !(hex(1) && hex(2)) => encoded.push_str("%25"),
            '"' | '<' | '>' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => encoded.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    NamedNode::new(encoded).ok()
}

/// A readable name of ASCII letters, digits and hyphens, so that every tool can type, log and split it.
///
/// Names that differ only in case, Latin accents, hyphens, apostrophes, full stops or `&` for "and" are one name
/// spelled twice and share a slug. A name that loses more than that ("C++ Corp", 李雷, or one of over 80 letters)
/// ends in eight digits of its SHA-256, so that no two of them meet unseen.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut lossless = true;
    for c in name.chars() {
        match c {
            '\'' | '’' | '‘' | '.' => {}
            '&' => push_word(&mut slug, "and"),
            c if is_latin(c) => slug.extend(any_ascii::any_ascii_char(c).chars().map(|c| c.to_ascii_lowercase())),
            c if c.is_whitespace() || matches!(c, '-' | '‐'..='―' | ',' | '_') => slug.push('-'),
            c => {
                lossless = false;
                match any_ascii::any_ascii_char(c) {
                    latin if c.is_alphanumeric() => slug.push_str(&latin.to_ascii_lowercase()),
                    _ => slug.push('-'),
                }
            }
        }
    }
    let words = slug.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    if lossless && !slug.is_empty() && slug.len() <= LONGEST {
        return slug;
    }
    slug.truncate(LONGEST);
    let mark = &digest(name)[..8];
    if slug.is_empty() { mark.into() } else { format!("{}-{mark}", slug.trim_end_matches('-')) }
}

const LONGEST: usize = 80;

fn push_word(slug: &mut String, word: &str) {
    slug.push('-');
    slug.push_str(word);
    slug.push('-');
}

/// ASCII and accented Latin letters, digits, and the combining accents of Latin.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}')
        || c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

pub(super) fn segment(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organization => "organization",
        Kind::Region => "region",
        Kind::Place => "place",
        Kind::Facility => "facility",
        Kind::Group => "group",
        Kind::Event => "event",
        Kind::Work => "work",
        Kind::Product => "product",
        Kind::Law => "law",
        Kind::Language => "language",
    }
}

fn tenure_word(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Current => "current",
        Tenure::Former => "former",
        Tenure::Future => "future",
        Tenure::Acting => "acting",
    }
}

/// An IRI that is valid by construction: a checked base or address, and ASCII that IRIs allow.
fn minted(iri: String) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable_ascii() {
        for (name, expected) in [
            ("Paul Manafort", "paul-manafort"),
            ("Jean-Claude  Juncker", "jean-claude-juncker"),
            ("Renée Zellweger", "renee-zellweger"),
            ("Lech Wałęsa", "lech-walesa"),
            ("Nguyễn Phú Trọng", "nguyen-phu-trong"),
            ("O’Brien", "obrien"),
            ("U.S.", "us"),
            ("Johnson & Johnson", "johnson-and-johnson"),
            ("G20", "g20"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_slug() {
        assert_eq!(slug("U.S."), slug("US"));
        assert_eq!(slug("Beyoncé"), slug("Beyonce"));
        assert_eq!(slug("Beyonce\u{301}"), slug("Beyoncé"));
        assert_eq!(slug("AT&T"), slug("AT and T"));
    }

    #[test]
    fn a_slug_that_loses_more_than_spelling_is_marked() {
        assert_eq!(slug("C Corp"), "c-corp");
        assert!(slug("C++ Corp").starts_with("c-corp-"), "{}", slug("C++ Corp"));
        assert_ne!(slug("C++ Corp"), slug("C# Corp"));
        assert!(slug("李雷").starts_with("lilei-"), "{}", slug("李雷"));
        assert_ne!(slug("李雷"), slug("李蕾"));
        assert!(slug("Ω").len() > 8 && slug("🎉").is_ascii() && !slug("").is_empty() && slug("!!") != slug("??"));
        let long = "very ".repeat(40);
        assert!(slug(&long).len() < 100);
        assert_ne!(slug(&long), slug(&(long.clone() + "long")));
    }

    #[test]
    fn addresses_lose_their_fragment_and_become_iris() {
        for (url, expected) in [
            ("https://news.example/a?b=c#top", "https://news.example/a?b=c"),
            ("https://news.example/a|b[1]?q={x}", "https://news.example/a%7Cb%5B1%5D?q={x}"),
            ("https://news.example/100%", "https://news.example/100%25"),
            ("urn:newsml:example:1", "urn:newsml:example:1"),
        ] {
            let iri = address(&Url::parse(url).unwrap()).unwrap();
            assert_eq!(iri.as_str(), expected.replace("={x}", "=%7Bx%7D"), "{url}");
            assert!(NamedNode::new(iri.as_str()).is_ok());
        }
    }

    #[test]
    fn a_base_is_an_absolute_iri_that_ends_in_slash_or_hash() {
        for good in ["https://kb.example/", "https://kb.example/news#", "urn:x/"] {
            assert_eq!(good.parse::<Base>().unwrap().as_str(), good);
        }
        for bad in ["", "kb/", "https://kb.example", "https://kb.example/#x/", "https://kb.example/a b/", "ht!tp://x/"]
        {
            assert!(matches!(bad.parse::<Base>(), Err(Error::Setting(_))), "{bad}");
        }
    }

    #[test]
    fn characters_of_an_article_under_a_hash_base_are_a_valid_iri() {
        let base = "https://kb.example/news#".parse().unwrap();
        let mint = Mint::new(&base, None, &digest("Zoë"));
        let iri = mint.span(&CodePoints::new("Zoë spoke"), Span::new(5, 10));
        assert!(iri.as_str().ends_with("&char=4,9"), "{iri}");
        assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
    }
}
