//! Another store: what it can do, and the few things that a push asks of it.

mod triple_terms;

use std::collections::BTreeMap;
use std::fmt;

use oxigraph::model::{NamedNode, Term};
use sparesults::{QueryResultsFormat, QueryResultsParser, QuerySolution, SliceQueryResultsParserOutput};
use url::Url;

use super::address::{Endpoints, Kind};
use super::client::{Client, Patience, Request, Response};
use super::credentials::Credentials;
use super::graph::{self, Graph};
use crate::error::{Error, Result};

/// How graphs get into a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One PUT a graph, by the SPARQL 1.1 Graph Store Protocol.
    GraphStore,
    /// SPARQL 1.1 Update.
    Update,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GraphStore => "Graph Store Protocol",
            Self::Update => "SPARQL Update",
        })
    }
}

/// Where a store is, and how to speak with it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The address that the user gave.
    pub address: Url,
    /// Told by the user; else by what answers.
    pub kind: Option<Kind>,
    /// Addresses that the user gave in place of those of the kind.
    pub query: Option<Url>,
    /// As `query`, for updates.
    pub update: Option<Url>,
    /// As `query`, for the Graph Store Protocol.
    pub graph_store: Option<Url>,
    /// Told by the user; else the Graph Store Protocol where it works.
    pub way: Option<Way>,
    /// Who we are.
    pub credentials: Option<Credentials>,
    /// How long to wait and how often to try.
    pub patience: Patience,
}

/// A store that answered.
pub struct Store {
    client: Client,
    kind: Kind,
    endpoints: Endpoints,
    way: Way,
    /// Whether the way is settled: told by the user, or tried.
    settled: bool,
}

/// What a store did not do.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It refuses this graph.
    Graph(Error),
    /// It cannot be reached, or lets us do nothing.
    Everything(Error),
}

/// Answers one row, n = 1, in any store.
const PROBE: &str = "SELECT (1 AS ?n) {}";
const UPDATE: &str = "application/sparql-update";
const FORM: &str = "application/x-www-form-urlencoded";
/// A subset of Turtle, under the name that every store knows.
const TURTLE: &str = "text/turtle";
/// What a store answers that does not know the Graph Store Protocol.
const UNKNOWN: [u16; 5] = [400, 404, 405, 415, 501];

impl Store {
    /// Finds out where the store answers queries, what kind it is, and whether it takes packed requests.
    ///
    /// # Errors
    /// When nothing answers a query there.
    pub fn connect(target: &Target) -> Result<Self> {
        let mut client = Client::new(target.credentials.clone(), target.patience);
        let (kind, endpoints) = match target.kind {
            Some(kind) => (kind, Endpoints::of(kind, &target.address)),
            None => recognise(&mut client, target)?,
        };
        let or = |given: &Option<Url>, known: Url| given.clone().unwrap_or(known);
        let endpoints = Endpoints {
            query: or(&target.query, endpoints.query),
            update: or(&target.update, endpoints.update),
            graph_store: or(&target.graph_store, endpoints.graph_store),
        };
        let mut store =
            Self { client, kind, endpoints, way: target.way.unwrap_or(Way::GraphStore), settled: target.way.is_some() };
        store.query(PROBE)?;
        store.client.packs = store.takes_packed_requests();
        Ok(store)
    }

    /// What kind of store it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How graphs get into it.
    #[must_use]
    pub fn way(&self) -> Way {
        self.way
    }

    /// How many requests had to be sent again so far.
    #[must_use]
    pub fn retries(&self) -> u64 {
        self.client.retries
    }

    /// Whether requests to it are packed.
    #[must_use]
    pub fn packs(&self) -> bool {
        self.client.packs
    }

    /// A store that does not unpack a request finds no query in it, or fails: it is asked once.
    fn takes_packed_requests(&mut self) -> bool {
        self.client.packs = true;
        let tries = std::mem::replace(&mut self.client.patience.tries, 1);
        let padding = "#".repeat(2048);
        let is_taken = self.query(&format!("{PROBE}\n{padding}")).is_ok();
        self.client.patience.tries = tries;
        is_taken
    }

    /// Puts a graph in place of what its name held.
    pub(super) fn put(&mut self, graph: &Graph, name: &NamedNode) -> Result<(), Refusal> {
        if self.way == Way::GraphStore {
            let url = self.graph_url(name);
            let body = graph.document();
            let request = Request { method: "PUT", url: &url, content_type: TURTLE, body: &body };
            let response = self.client.send(&request).map_err(Refusal::Everything)?;
            if response.is_success() {
                self.settled = true;
                return Ok(());
            }
            if self.settled || !UNKNOWN.contains(&response.status) {
                return Err(self.refusal(&request, &response));
            }
            self.way = Way::Update;
        }
        graph.updates().try_for_each(|update| self.update(&update, name))?;
        self.settled = true;
        Ok(())
    }

    /// Deletes a graph, if it is there.
    pub(super) fn delete(&mut self, name: &NamedNode) -> Result<(), Refusal> {
        if self.way == Way::GraphStore {
            let url = self.graph_url(name);
            let request = Request { method: "DELETE", url: &url, content_type: TURTLE, body: "" };
            let response = self.client.send(&request).map_err(Refusal::Everything)?;
            // 404 is what a store says that holds no such graph; whether it does is read back.
            if response.is_success() || response.status == 404 && self.settled {
                return Ok(());
            }
            if self.settled || !UNKNOWN.contains(&response.status) {
                return Err(self.refusal(&request, &response));
            }
        }
        self.update(&graph::drop_graph(name), name)
    }

    fn update(&mut self, update: &str, name: &NamedNode) -> Result<(), Refusal> {
        let url = self.endpoints.update.clone();
        let request = Request { method: "POST", url: &url, content_type: UPDATE, body: update };
        let response = self.client.send(&request).map_err(Refusal::Everything)?;
        if response.is_success() {
            return Ok(());
        }
        let reason = format!("graph {name}: {}", self.client.describe(&response));
        Err(Refusal::Graph(self.client.error(&request, &reason)))
    }

    fn refusal(&self, request: &Request<'_>, response: &Response) -> Refusal {
        Refusal::Graph(self.client.error(request, &self.client.describe(response)))
    }

    /// How many triples the store holds in each of some graphs; those it does not hold have none.
    ///
    /// # Errors
    /// When it does not answer.
    pub(super) fn counts(&mut self, names: &[&NamedNode]) -> Result<BTreeMap<String, u64>> {
        let values: String = names.iter().map(|name| format!(" {name}")).collect();
        let query =
            format!("SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{{values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g");
        let rows = self.query(&query)?;
        Ok(rows.iter().filter_map(|row| Some((graph_of(row)?, number(row)?))).collect())
    }

    fn query(&mut self, query: &str) -> Result<Vec<QuerySolution>> {
        query_at(&mut self.client, &self.endpoints.query, query).map(|(rows, _)| rows)
    }

    fn graph_url(&self, name: &NamedNode) -> Url {
        let mut url = self.endpoints.graph_store.clone();
        url.query_pairs_mut().append_pair("graph", name.as_str());
        url
    }

    /// An error of what it holds.
    pub(super) fn error(&self, reason: String) -> Error {
        Error::Store { url: self.endpoints.query.to_string(), reason }
    }
}

/// Asks at each likely address until one answers, and takes the store for what it says of itself.
fn recognise(client: &mut Client, target: &Target) -> Result<(Kind, Endpoints)> {
    let candidates = target.query.clone().map_or_else(|| Endpoints::candidates(&target.address), |query| vec![query]);
    let mut first = None;
    for url in candidates {
        match query_at(client, &url, PROBE) {
            Ok((_, response)) => {
                let kind = Kind::recognise(&url, &response.server, response.is_fuseki);
                let address = if kind == Kind::Generic { &url } else { &target.address };
                return Ok((kind, Endpoints::of(kind, address)));
            }
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| Error::Setting("no address of a store was given".to_owned())))
}

fn query_at(client: &mut Client, url: &Url, query: &str) -> Result<(Vec<QuerySolution>, Response)> {
    let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
    let request = Request { method: "POST", url, content_type: FORM, body: &body };
    let response = client.send(&request)?;
    if !response.is_success() {
        return Err(client.error(&request, &client.describe(&response)));
    }
    match rows(&response.body) {
        Some(rows) => Ok((rows, response)),
        None => {
            let reason = format!("no SPARQL query is answered here in JSON ({})", client.describe(&response));
            Err(client.error(&request, &reason))
        }
    }
}

/// The rows of an answer in SPARQL's JSON; none where it is something else.
fn rows(json: &str) -> Option<Vec<QuerySolution>> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    match parser.for_slice(json.as_bytes()).ok()? {
        SliceQueryResultsParserOutput::Solutions(rows) => rows.collect::<Result<_, _>>().ok(),
        SliceQueryResultsParserOutput::Boolean(_) => None,
    }
}

fn graph_of(row: &QuerySolution) -> Option<String> {
    match row.get("g")? {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}

fn number(row: &QuerySolution) -> Option<u64> {
    match row.get("n")? {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    }
}
