//! SPARQL queries over a [`Dataset`], or over what lies on disk.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use oxigraph::model::{GraphName, Term, Triple, Variable};
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator,
};

use serde::Deserialize;
use spareval::QueryExplanation;
use spargebra::SparqlParser;

use super::dataset::Dataset;
#[cfg(feature = "rocksdb")]
use super::disk::{DiskDataset, Merged};
use super::patterns::View;
use super::syntax;
use crate::error::{Error, Result};

/// A SPARQL 1.1 query that was parsed and not yet run. The prefixes of [`prefixes`](super::prefixes) are declared.
///
/// ```
/// use newsgraph::base::{Answer, Dataset, Query};
///
/// let query = Query::parse("SELECT (1 + 1 AS ?two) {}", "query")?;
/// let dataset = Dataset::default();
/// let Answer::Rows { rows, .. } = query.run(&dataset)? else { unreachable!("SELECT answers in rows") };
/// assert_eq!(rows.collect::<Result<Vec<_>, _>>()?[0]["two"].to_string().split('"').nth(1), Some("2"));
///
/// let error = Query::parse("SELECT ?x { ?x a person:Person }", "query").err().unwrap();
/// assert!(error.to_string().starts_with("query: line 1, column 18: the prefix person: is not declared"), "{error}");
/// # Ok::<_, newsgraph::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Query {
    prepared: PreparedSparqlQuery,
    cancellation: CancellationToken,
    timeout: Option<Duration>,
    origin: String,
}

/// What a query is asked of.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// What lies in memory.
    Memory(&'a Dataset),
    /// What lies on disk.
    #[cfg(feature = "rocksdb")]
    Disk(&'a DiskDataset),
}

impl<'a> From<&'a Dataset> for Asked<'a> {
    fn from(dataset: &'a Dataset) -> Self {
        Self::Memory(dataset)
    }
}

#[cfg(feature = "rocksdb")]
impl<'a> From<&'a DiskDataset> for Asked<'a> {
    fn from(dataset: &'a DiskDataset) -> Self {
        Self::Disk(dataset)
    }
}

/// What a query answers, computed while it is read.
pub enum Answer<'a> {
    /// To SELECT.
    Rows {
        /// The columns.
        variables: Vec<Variable>,
        /// The rows; an error is the last.
        rows: Box<dyn Iterator<Item = Result<QuerySolution>> + 'a>,
    },
    /// To CONSTRUCT and DESCRIBE; a triple may come more than once, and an error is the last.
    Triples(Box<dyn Iterator<Item = Result<Triple>> + 'a>),
    /// To ASK.
    Boolean(bool),
}

impl Query {
    /// Parses a query; `origin` names it in messages, as a file's path does.
    ///
    /// # Errors
    /// When it is no SPARQL query: says the line and column and shows the place.
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        Ok(Self::of_algebra(Self::algebra(text, origin)?, origin))
    }

    /// The algebra of a query.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub(crate) fn algebra(text: &str, origin: &str) -> Result<spargebra::Query> {
        let failed = |message: String| Error::Query { origin: origin.to_owned(), message };
        let mut parser = SparqlParser::new();
        for (prefix, iri) in super::prefixes() {
            parser = parser.with_prefix(prefix, iri).map_err(|error| failed(error.to_string()))?;
        }
        let padded = text.to_owned() + syntax::PADDING;
        parser.clone().parse_query(&padded).map_err(|error| {
            let is_update = syntax::first_word(text).is_some() && parser.parse_update(text).is_ok();
            failed(if is_update {
                "this is an update, and a query only reads; `newsgraph update` runs it".to_owned()
            } else {
                syntax::explain(text, &error, &syntax::QUERY)
            })
        })
    }

    /// The query of an algebra.
    pub(crate) fn of_algebra(query: spargebra::Query, origin: &str) -> Self {
        let cancellation = CancellationToken::new();
        let evaluator = SparqlEvaluator::new().with_cancellation_token(cancellation.clone());
        Self { prepared: evaluator.for_query(query), cancellation, timeout: None, origin: origin.to_owned() }
    }

    /// Gives a variable of SELECT a value.
    ///
    /// # Errors
    /// When the query does not select the variable.
    pub fn with_value(self, variable: &str, value: Term) -> Result<Self> {
        let variable = Variable::new(variable).map_err(|_| Error::Query {
            origin: self.origin.clone(),
            message: format!("?{variable} is no variable"),
        })?;
        Ok(Self { prepared: self.prepared.substitute_variable(variable, value), ..self })
    }

    /// Gives up after some time: then no more quads are read and no more rows given, and the answer ends with an error.
    ///
    /// One step of the evaluator that reads no quads and gives no rows (a sort, a group or DISTINCT over a product that was
    /// gathered before) is not broken off; a caller that must have its thread back runs the query in a process of its own, as the
    /// program does.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Starts to answer.
    ///
    /// # Errors
    /// When the query cannot be evaluated or takes too long; so do the items of the answer.
    pub fn run<'a>(self, data: impl Into<Asked<'a>>) -> Result<Answer<'a>> {
        let explain = self.explanation();
        let timer = self.timeout.map(|timeout| Timer::start(timeout, self.cancellation.clone()));
        // Where its time is over the evaluator is given no more quads, and may end as if there were none.
        let cancellation = self.cancellation.clone();
        let cut_off = explain.clone();
        let cut_off = move || cancellation.is_cancelled().then(|| cut_off(QueryEvaluationError::Cancelled));
        Ok(match self.execute(data.into()).map_err(&explain)? {
            QueryResults::Boolean(answer) => match cut_off() {
                None => Answer::Boolean(answer),
                Some(error) => return Err(error),
            },
            QueryResults::Solutions(solutions) => Answer::Rows {
                variables: solutions.variables().to_vec(),
                rows: Box::new(until_error(solutions.map(move |row| row.map_err(&explain)), timer, cut_off)),
            },
            QueryResults::Graph(triples) => Answer::Triples(Box::new(until_error(
                triples.map(move |triple| triple.map_err(&explain)),
                timer,
                cut_off,
            ))),
        })
    }

    /// Answers an ASK query.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when it is another kind of query.
    pub fn ask<'a>(self, data: impl Into<Asked<'a>>) -> Result<bool> {
        let origin = self.origin.clone();
        match self.run(data)? {
            Answer::Boolean(answer) => Ok(answer),
            _ => Err(Error::Query { origin, message: "this is no ASK query".to_owned() }),
        }
    }

    /// Answers in full and says how: the steps, how many rows each gave and how long it took.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn plan<'a>(self, data: impl Into<Asked<'a>>) -> Result<Plan> {
        let explain = self.explanation();
        let _timer = self.timeout.map(|timeout| Timer::start(timeout, self.cancellation.clone()));
        let (cancellation, origin) = (self.cancellation.clone(), self.origin.clone());
        let (results, explanation) = self.explained(data.into());
        // The figures are there when all was read.
        match results.map_err(&explain)? {
            QueryResults::Boolean(_) => {}
            QueryResults::Solutions(mut rows) => rows.try_for_each(|row| row.map(|_| ()).map_err(&explain))?,
            QueryResults::Graph(mut triples) => triples.try_for_each(|triple| triple.map(|_| ()).map_err(&explain))?,
        }
        if cancellation.is_cancelled() {
            return Err(explain(QueryEvaluationError::Cancelled));
        }
        Plan::of(&explanation).map_err(|error| Error::Query { origin, message: error.to_string() })
    }

    fn execute(mut self, data: Asked<'_>) -> Result<QueryResults<'_>, QueryEvaluationError> {
        match (data, merged_graphs(&mut self.prepared)) {
            (Asked::Memory(dataset), merged) => {
                self.prepared.on_queryable_dataset(View::new(dataset, merged, self.cancellation)).execute()
            }
            #[cfg(feature = "rocksdb")]
            (Asked::Disk(dataset), None) => self.prepared.on_store(dataset.store()).execute(),
            #[cfg(feature = "rocksdb")]
            (Asked::Disk(dataset), Some(graphs)) => {
                self.prepared.on_queryable_dataset(Merged::new(dataset.store(), graphs, self.cancellation)).execute()
            }
        }
    }

    /// The answer, and how it comes about.
    fn explained(mut self, data: Asked<'_>) -> (Result<QueryResults<'_>, QueryEvaluationError>, QueryExplanation) {
        match (data, merged_graphs(&mut self.prepared)) {
            (Asked::Memory(dataset), merged) => {
                let view = View::new(dataset, merged, self.cancellation);
                self.prepared.on_queryable_dataset(view).compute_statistics().explain()
            }
            #[cfg(feature = "rocksdb")]
            (Asked::Disk(dataset), None) => self.prepared.on_store(dataset.store()).compute_statistics().explain(),
            #[cfg(feature = "rocksdb")]
            (Asked::Disk(dataset), Some(graphs)) => {
                let view = Merged::new(dataset.store(), graphs, self.cancellation);
                self.prepared.on_queryable_dataset(view).compute_statistics().explain()
            }
        }
    }

    fn explanation(&self) -> impl Fn(QueryEvaluationError) -> Error + Clone + use<> {
        let (origin, timeout) = (self.origin.clone(), self.timeout);
        move |error| explain(&origin, timeout, &error)
    }
}

/// A step of an evaluated query, over the steps that it took its rows from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Plan {
    /// What it does.
    pub name: String,
    /// How many rows it gave, over all times it ran.
    #[serde(rename = "number of results")]
    pub rows: u64,
    /// How long it took, in seconds, with the steps below it.
    #[serde(rename = "duration in seconds", default)]
    pub seconds: f64,
    /// The steps below it.
    #[serde(rename = "children")]
    pub steps: Vec<Plan>,
}

impl Plan {
    fn of(explanation: &QueryExplanation) -> std::io::Result<Self> {
        #[derive(Deserialize)]
        struct Explained {
            plan: Plan,
        }
        let mut json = Vec::new();
        explanation.write_in_json(&mut json)?;
        Ok(serde_json::from_slice::<Explained>(&json)?.plan)
    }
}

/// Says what went wrong in an evaluation.
pub(super) fn explain(origin: &str, timeout: Option<Duration>, error: &QueryEvaluationError) -> Error {
    let message = match (error, timeout) {
        (QueryEvaluationError::Cancelled, Some(timeout)) => {
            format!("no answer within {} s: give it more time, or ask for less", timeout.as_secs_f64())
        }
        (QueryEvaluationError::UnsupportedService(service), _) => {
            format!("SERVICE {service}: queries do not reach out to other servers")
        }
        _ => error.to_string(),
    };
    Error::Query { origin: origin.to_owned(), message }
}

/// Takes the graphs that FROM merges out of a query: the evaluator would chain them and repeat their common triples.
fn merged_graphs(prepared: &mut PreparedSparqlQuery) -> Option<Vec<GraphName>> {
    let dataset = prepared.dataset_mut();
    if dataset.is_default_dataset() {
        return None;
    }
    let graphs = dataset.default_graph_graphs()?.to_vec();
    dataset.set_default_graph(vec![GraphName::DefaultGraph]);
    Some(graphs)
}

/// The items up to and with the first error, which comes where they were cut off; holds the timer until then.
fn until_error<T>(
    mut items: impl Iterator<Item = Result<T>>,
    timer: Option<Timer>,
    cut_off: impl Fn() -> Option<Error>,
) -> impl Iterator<Item = Result<T>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        let _running = &timer;
        if ended {
            return None;
        }
        // What was gathered before gives rows without a look at the time; after the last, what was cut off is told.
        let item = cut_off().map(Err).or_else(|| items.next()).or_else(|| cut_off().map(Err));
        ended = !matches!(item, Some(Ok(_)));
        item
    })
}

/// Cancels a query after some time unless dropped before.
pub(super) struct Timer {
    /// Wakes the thread by its end.
    _done: mpsc::Sender<()>,
}

impl Timer {
    pub(super) fn start(timeout: Duration, cancellation: CancellationToken) -> Self {
        let (done, wait) = mpsc::channel::<()>();
        thread::spawn(move || {
            if wait.recv_timeout(timeout) == Err(mpsc::RecvTimeoutError::Timeout) {
                cancellation.cancel();
            }
        });
        Self { _done: done }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A product of what the query itself brings reads no quads, and ends all the same.
    #[test]
    fn rows_end_when_the_time_is_over() {
        let numbers: String = (0..1_000).map(|n| format!("{n} ")).collect();
        let product: String = ["a", "b", "c"].map(|v| format!("VALUES ?{v} {{ {numbers} }} ")).concat();
        let query = Query::parse(&format!("SELECT * {{ {product} }}"), "q").unwrap();
        let dataset = Dataset::default();
        let answer = query.with_timeout(Duration::from_millis(100)).run(&dataset);
        // On a busy machine the time is over before the first row.
        let error = match answer {
            Ok(Answer::Rows { mut rows, .. }) => {
                let error = rows.find_map(Result::err).unwrap();
                assert!(rows.next().is_none());
                error
            }
            Ok(_) => panic!("no rows"),
            Err(error) => error,
        };
        assert!(error.to_string().starts_with("q: no answer within 0.1 s"), "{error}");
    }
}
