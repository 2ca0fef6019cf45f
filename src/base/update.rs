//! SPARQL updates of a knowledge base.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;
use std::time::Duration;

use oxigraph::model::{GraphName, NamedNode, Quad, Triple};
use oxigraph::sparql::CancellationToken;
use regex::Regex;
use sha2::{Digest as _, Sha256};
use spareval::QueryEvaluator;
use spargebra::SparqlParser;

use super::draft::{Draft, Refusal};
use super::edit::{EditError, edit};
use super::query::{Timer, explain};
use super::sealed::Sealed;
use super::snapshot::Snapshot;
use super::tables::{self, ABOUT, ARTICLES, GRAPHS, OWN_GRAPHS};
use super::{ArticleGraph, Dataset, DatasetBuilder, KnowledgeBase, OwnGraph, syntax};
use crate::error::{Error, Result};
use crate::graph::mint::Base;
use crate::identity::Profiles;

/// How often an update is worked out anew because another process changed the base meanwhile.
const ATTEMPTS: usize = 5;

/// How many hexadecimal digits tell one request's blank nodes from another's.
const HEX: usize = 12;

/// A SPARQL 1.1 Update request that was parsed and not yet run. The prefixes of [`prefixes`](super::prefixes) are declared.
///
/// It writes graphs of the user's own. Triples that name no graph are written to the graph [`own_graph`](Self::own_graph), and
/// deleted from it; WHERE without USING, WITH or GRAPH sees the merge of all articles and own graphs, as a query does. What
/// articles say is changed only by a [`forced`](Self::forced) update. A blank node becomes an IRI of its own.
///
/// ```
/// use newsgraph::base::{KnowledgeBase, Query, Update};
///
/// let directory = tempfile::tempdir()?;
/// let base = KnowledgeBase::open_or_create(&directory.path().join("kb"))?;
/// let update = Update::parse("INSERT DATA { <https://a.example/ann> rdfs:comment \"Ask her again\" }", "update")?;
/// let revision = base.update(&update)?;
/// assert_eq!((revision.added.len(), revision.removed.len()), (1, 0));
/// assert!(Query::parse("ASK { GRAPH <https://newsgraph.example/graph/own> { ?who rdfs:comment ?note } }", "query")?
///     .ask(&base.dataset()?)?);
///
/// let error = Update::parse("INSERT DATA { person:ann a schema:Person }", "update").err().unwrap();
/// assert!(error.to_string().starts_with("update: line 1, column 15: the prefix person: is not declared"), "{error}");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Update {
    request: spargebra::Update,
    /// Whether a graph called DEFAULT is copied, which the parser turns into a pattern over the default graph.
    copies_default: bool,
    digest: String,
    base: Base,
    is_forced: bool,
    timeout: Option<Duration>,
    cancellation: CancellationToken,
    origin: String,
}

/// What an update changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// The quads that went, sorted by their text.
    pub removed: Vec<Quad>,
    /// The quads that came, sorted by their text.
    pub added: Vec<Quad>,
}

impl Update {
    /// Parses a request of one or more operations; `origin` names it in messages, as a file's path does.
    ///
    /// # Errors
    /// When it is no SPARQL update: says the line and column and shows the place.
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        static COPY_OF_DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)\b(add|copy|move)\s+(silent\s+)?default\b").expect("the expression is well formed")
        });
        let failed = |message: String| Error::Query { origin: origin.to_owned(), message };
        let mut parser = SparqlParser::new();
        for (prefix, iri) in super::prefixes() {
            parser = parser.with_prefix(prefix, iri).map_err(|error| failed(error.to_string()))?;
        }
        match parser.clone().parse_update(&(text.to_owned() + syntax::PADDING)) {
            Ok(request) => Ok(Self {
                request,
                copies_default: COPY_OF_DEFAULT.is_match(text),
                digest: hex(text),
                base: Base::default(),
                is_forced: false,
                timeout: None,
                cancellation: CancellationToken::new(),
                origin: origin.to_owned(),
            }),
            Err(_) if parser.parse_query(text).is_ok() => {
                Err(failed("this is a query, which changes nothing; `newsgraph query` asks it".to_owned()))
            }
            Err(error) => Err(failed(syntax::explain(text, &error, &syntax::UPDATE))),
        }
    }

    /// Lets it change what articles say.
    #[must_use]
    pub fn forced(self) -> Self {
        Self { is_forced: true, ..self }
    }

    /// Sets what the IRIs of its own graph and of blank nodes begin with.
    #[must_use]
    pub fn with_base(self, base: Base) -> Self {
        Self { base, ..self }
    }

    /// Gives up after some time.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// The graph of triples that name none: `graph/own` under the base.
    #[must_use]
    pub fn own_graph(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}graph/own", self.base))
    }

    /// What the IRIs of blank nodes begin with.
    pub(super) fn genid(&self) -> String {
        format!("{}.well-known/genid/{}", self.base, self.digest)
    }

    pub(super) fn request(&self) -> &spargebra::Update {
        &self.request
    }

    pub(super) fn copies_default(&self) -> bool {
        self.copies_default
    }

    pub(super) fn is_forced(&self) -> bool {
        self.is_forced
    }

    pub(super) fn cancellation(&self) -> CancellationToken {
        self.cancellation.clone()
    }

    fn refused(&self, message: String) -> Error {
        Error::Query { origin: self.origin.clone(), message }
    }

    /// What it makes of a dataset in which the graphs `own` are the user's, and the user's graphs that there are then.
    fn run(&self, dataset: Dataset, own: BTreeSet<String>) -> Result<(Revision, BTreeSet<String>)> {
        let _timer = self.timeout.map(|timeout| Timer::start(timeout, self.cancellation()));
        let evaluator = QueryEvaluator::new().with_cancellation_token(self.cancellation());
        let mut draft = Draft::new(self, dataset, own);
        for operation in &self.request.operations {
            draft.run(&evaluator, operation).map_err(|refusal| match refusal {
                Refusal::Evaluation(error) => explain(&self.origin, self.timeout, &error),
                Refusal::Reason(reason) => self.refused(reason),
            })?;
        }
        let (changes, own) = draft.finish();
        Ok((Revision::of(changes), own))
    }
}

impl Revision {
    fn of(changes: HashMap<Quad, bool>) -> Self {
        let mut revision = Self::default();
        for (quad, present) in changes {
            if present { &mut revision.added } else { &mut revision.removed }.push(quad);
        }
        revision.added.sort_by_cached_key(Quad::to_string);
        revision.removed.sort_by_cached_key(Quad::to_string);
        revision
    }

    /// How many graphs it changes.
    #[must_use]
    pub fn graphs(&self) -> usize {
        self.removed.iter().chain(&self.added).map(|quad| quad.graph_name.to_string()).collect::<BTreeSet<_>>().len()
    }

    /// Its triples by graph: those that go, and those that come.
    fn by_graph(&self) -> BTreeMap<&str, [Vec<Triple>; 2]> {
        let mut graphs: BTreeMap<&str, [Vec<Triple>; 2]> = BTreeMap::new();
        for (side, quads) in [&self.removed, &self.added].into_iter().enumerate() {
            for quad in quads {
                if let GraphName::NamedNode(graph) = &quad.graph_name {
                    graphs.entry(graph.as_str()).or_default()[side].push(quad.clone().into());
                }
            }
        }
        graphs
    }
}

/// What is written for an update.
struct Writes {
    /// How many transactions had changed the base when it was worked out.
    seen: u64,
    /// The user's graphs that change; none for one that goes.
    own: Vec<(String, Option<Sealed>)>,
    articles: Vec<Sealed>,
}

impl KnowledgeBase {
    /// Runs an update, all its operations in one transaction, and says what it changed. Claims that come or go this way
    /// are linked with others when the base is next opened.
    ///
    /// # Errors
    /// When an operation cannot be done, when what an article says would change and the update is not
    /// [`forced`](Update::forced), and when the base cannot be read or written. Then the base is as it was.
    pub fn update(&self, update: &Update) -> Result<Revision> {
        for _ in 0..ATTEMPTS {
            if let Some((revision, writes)) = self.work_out(update)?
                && self.commit(&writes)?
            {
                return Ok(revision);
            }
        }
        Err(self.log.error("other processes keep changing it; try again when they are done"))
    }

    /// Works out what an update would change, and changes nothing.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn preview(&self, update: &Update) -> Result<Revision> {
        for _ in 0..ATTEMPTS {
            if let Some((revision, _)) = self.work_out(update)? {
                return Ok(revision);
            }
        }
        Err(self.log.error("other processes keep changing it; try again when they are done"))
    }

    /// What an update changes and what is to be written for it; none where another process changed the base meanwhile.
    fn work_out(&self, update: &Update) -> Result<Option<(Revision, Writes)>> {
        if update.is_forced {
            // Edits of articles are worked out through what is kept of identity.
            self.settle()?;
        }
        let contents = self.contents()?;
        let seen = contents.changes;
        let before: BTreeSet<String> = contents.own.iter().map(|graph| graph.article.clone()).collect();
        let mut builder = DatasetBuilder::default();
        builder.add_contents(self, contents)?;
        let (revision, after) = update.run(builder.finish(), before.clone())?;
        let stored = self.log.snapshot()?;
        if stored.changes().map_err(|error| self.log.redb(error))? != seen {
            return Ok(None);
        }
        let mut writes = Writes { seen, own: Vec::new(), articles: Vec::new() };
        let by_graph = revision.by_graph();
        for (graph, [removed, added]) in &by_graph {
            if !before.contains(*graph) && !after.contains(*graph) {
                writes.articles.push(self.article_after(&stored, update, graph, removed, added)?);
            }
        }
        // Graphs that only came or went have no quads that changed.
        let changed = by_graph.keys().map(|graph| (*graph).to_owned());
        let own: BTreeSet<String> = changed.chain(before.symmetric_difference(&after).cloned()).collect();
        for graph in own.intersection(&before.union(&after).cloned().collect()) {
            let [removed, added] =
                by_graph.get(graph.as_str()).map_or([&[][..]; 2], |[r, a]| [r.as_slice(), a.as_slice()]);
            let left = self.own_after(&stored, update, graph, removed, added)?;
            writes.own.push((graph.clone(), after.contains(graph).then_some(left)));
        }
        Ok(Some((revision, writes)))
    }

    /// A graph of the user's own after a change.
    fn own_after(
        &self,
        stored: &Snapshot,
        update: &Update,
        graph: &str,
        removed: &[Triple],
        added: &[Triple],
    ) -> Result<Sealed> {
        let sealed = stored.own_graph(graph).map_err(|error| self.log.redb(error))?;
        let quads = sealed.map(|sealed| Ok::<_, Error>(self.own_graph(&sealed)?.quads)).transpose()?;
        let mut triples: HashSet<Triple> = quads.unwrap_or_default().into_iter().map(Triple::from).collect();
        for triple in removed {
            if !triples.remove(triple) {
                return Err(update
                    .refused(format!("{triple} in <{graph}> is what an article says, not your graph of that name")));
            }
        }
        triples.extend(added.iter().cloned());
        let name = NamedNode::new_unchecked(graph);
        let quads = triples.into_iter().map(|triple| triple.in_graph(name.clone())).collect();
        OwnGraph { name, quads }.seal().map_err(|error| self.log.error(error.to_string()))
    }

    /// An article after a forced change. Its digest stays, so that `build` leaves the edit until it reads the article again.
    fn article_after(
        &self,
        stored: &Snapshot,
        update: &Update,
        article: &str,
        removed: &[Triple],
        added: &[Triple],
    ) -> Result<Sealed> {
        let is_version = stored.versions.get(article).map_err(|error| self.log.redb(error))?.is_some();
        let sealed = stored.find(article).map_err(|error| self.log.redb(error))?.filter(|_| !is_version);
        let sealed = sealed.ok_or_else(|| update.refused(format!("<{article}> is no article, and is not edited")))?;
        let packed = sealed.unseal().map_err(|damage| self.damaged(article, damage))?;
        let renamings = self.renamings(article, sealed.renaming.as_deref())?;
        let triples = edit(&packed, &renamings, removed, added).map_err(|error| match error {
            EditError::Damaged(damage) => self.damaged(article, damage),
            EditError::WorkedOut(triple) => update.refused(format!(
                "{triple} in <{article}> is worked out from all articles, and cannot be edited; `newsgraph same` and \
                 `different` settle who is who"
            )),
        })?;
        let name = NamedNode::new_unchecked(article);
        let quads = triples.into_iter().map(|triple| triple.in_graph(name.clone())).collect();
        let graph = ArticleGraph { article: name, digest: sealed.digest, quads, profiles: Profiles::default() };
        Sealed::new(&graph).map_err(|error| self.log.error(error.to_string()))
    }

    /// Writes an update in one transaction, unless the base is no longer as it was when the update was worked out.
    fn commit(&self, writes: &Writes) -> Result<bool> {
        if writes.own.is_empty() && writes.articles.is_empty() {
            return Ok(true);
        }
        self.log.write(|transaction| {
            // This transaction has counted itself.
            if tables::changes(&transaction.open_table(ABOUT)?)? != writes.seen + 1 {
                return Ok(false);
            }
            let mut own = transaction.open_table(OWN_GRAPHS)?;
            for (graph, sealed) in &writes.own {
                match sealed {
                    Some(sealed) => own.insert(graph.as_str(), (sealed.quads, sealed.bytes.as_slice()))?,
                    None => own.remove(graph.as_str())?,
                };
            }
            let (mut articles, mut graphs) = (transaction.open_table(ARTICLES)?, transaction.open_table(GRAPHS)?);
            for sealed in &writes.articles {
                graphs.insert(sealed.article.as_str(), sealed.bytes.as_slice())?;
                articles.insert(sealed.article.as_str(), (sealed.digest, sealed.quads))?;
            }
            Ok(true)
        })
    }
}

fn hex(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().take(HEX / 2).map(|byte| format!("{byte:02x}")).collect()
}
