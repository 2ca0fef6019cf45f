//! An article's graph as it lies in the log: packed, and sealed with a checksum over all that belongs together.

use oxigraph::model::GraphName;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::packed::{Damage, Packed};
use super::{ArticleGraph, Digest};
use crate::copies::Sketch;

/// The version of the encoding, the first byte of every sealed graph.
const ENCODING: u8 = 1;

/// How many bytes of SHA-256 are kept: enough that no damage passes by chance.
const CHECKSUM: usize = 16;

/// What a sketch is called in its checksum.
const SKETCH_OF: &str = "sketch";

/// One article of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) article: String,
    pub(super) digest: Digest,
    pub(super) quads: u64,
    /// Encoding, checksum, packed graph.
    pub(super) bytes: Vec<u8>,
    /// What tells copies of its text, sealed.
    pub(super) sketch: Vec<u8>,
    /// What identity makes of its entities, where it changes any.
    pub(super) renaming: Option<Vec<u8>>,
}

/// Why a graph cannot be stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    #[error("a quad of {article} lies in the graph {graph}")]
    Outside { article: String, graph: GraphName },
    #[error("cannot compress the graph of {article}: {source}")]
    Compression { article: String, source: std::io::Error },
}

impl Sealed {
    pub(super) fn new(graph: &ArticleGraph) -> Result<Self, SealError> {
        let article = graph.article.as_str();
        let name = GraphName::NamedNode(graph.article.clone());
        if let Some(quad) = graph.quads.iter().find(|quad| quad.graph_name != name) {
            return Err(SealError::Outside { article: article.to_owned(), graph: quad.graph_name.clone() });
        }
        let packed = Packed::new(graph.quads.iter().map(|quad| quad.as_ref().into()));
        Self::of(article, graph.digest, &packed, &graph.profiles.sketch)
            .map_err(|source| SealError::Compression { article: article.to_owned(), source })
    }

    /// Seals a graph, and what tells copies of its text, under this name.
    pub(super) fn of(article: &str, digest: Digest, packed: &Packed, sketch: &Sketch) -> std::io::Result<Self> {
        let quads = packed.rows().len() as u64;
        let payload = packed.encode()?;
        let mut bytes = vec![ENCODING];
        bytes.extend(checksum(article, &digest, quads, &payload));
        bytes.extend(payload);
        let sketch = seal(SKETCH_OF, article, sketch)?;
        Ok(Self { article: article.to_owned(), digest, quads, bytes, sketch, renaming: None })
    }

    /// The start of the sealed graph, which tells it from any other: its encoding, and its checksum.
    #[cfg(feature = "rocksdb")]
    pub(super) fn head(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(1 + CHECKSUM)]
    }

    /// What tells copies of the article's text, when it is as it was stored; nothing where an older program stored none.
    pub(super) fn sketch(&self) -> Result<Sketch, Damage> {
        if self.sketch.is_empty() {
            return Ok(Sketch::default());
        }
        unseal(SKETCH_OF, &self.article, &self.sketch)
    }

    /// The graph, when everything about it is as it was stored.
    pub(super) fn unseal(&self) -> Result<Packed, Damage> {
        let (sum, payload) = open(&self.bytes)?;
        if sum != checksum(&self.article, &self.digest, self.quads, payload) {
            return Err(Damage("its checksum does not fit"));
        }
        Packed::decode(payload)
    }
}

/// Parts encoding and checksum from what they seal.
fn open(bytes: &[u8]) -> Result<(&[u8], &[u8]), Damage> {
    let (&encoding, rest) = bytes.split_first().ok_or(Damage("it is empty"))?;
    if encoding != ENCODING {
        return Err(Damage("it is in an encoding that this version of newsgraph does not know"));
    }
    rest.split_at_checked(CHECKSUM).ok_or(Damage("it is cut short"))
}

/// The level of zstd for what is read whole at each change.
const LEVEL: i32 = 3;

/// The most that the profiles of an article may unpack to, in bytes.
const LIMIT: usize = 1 << 28;

/// Seals something that belongs to an article, packed; `what` it is takes part in the checksum.
pub(super) fn seal<T: Serialize>(what: &str, article: &str, value: &T) -> std::io::Result<Vec<u8>> {
    let raw = postcard::to_allocvec(value).map_err(std::io::Error::other)?;
    let payload = zstd::bulk::compress(&raw, LEVEL)?;
    let mut bytes = vec![ENCODING];
    bytes.extend(checksum(&format!("{what} {article}"), &Digest::default(), raw.len() as u64, &payload));
    bytes.extend((raw.len() as u64).to_le_bytes());
    bytes.extend(payload);
    Ok(bytes)
}

/// What [`seal`] sealed, when everything about it is as it was.
pub(super) fn unseal<T: DeserializeOwned>(what: &str, article: &str, bytes: &[u8]) -> Result<T, Damage> {
    let (sum, rest) = open(bytes)?;
    let (len, payload) = rest.split_first_chunk().ok_or(Damage("it is cut short"))?;
    let len = u64::from_le_bytes(*len);
    if sum != checksum(&format!("{what} {article}"), &Digest::default(), len, payload) {
        return Err(Damage("its checksum does not fit"));
    }
    let capacity = usize::try_from(len).ok().filter(|len| *len <= LIMIT).ok_or(Damage("it is too large"))?;
    let raw = zstd::bulk::decompress(payload, capacity).map_err(|_| Damage("it does not decompress"))?;
    postcard::from_bytes(&raw).map_err(|_| Damage("its parts do not fit together"))
}

fn checksum(article: &str, digest: &Digest, quads: u64, payload: &[u8]) -> [u8; CHECKSUM] {
    let mut hash = Sha256::new();
    hash.update([ENCODING]);
    hash.update((article.len() as u64).to_le_bytes());
    hash.update(article);
    hash.update(digest);
    hash.update(quads.to_le_bytes());
    hash.update(payload);
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&hash.finalize()[..CHECKSUM]);
    sum
}
