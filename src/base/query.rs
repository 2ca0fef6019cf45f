//! SPARQL queries over a [`Dataset`].

use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryResults, SparqlEvaluator};

use super::Dataset;
use crate::error::{Error, Result};

/// A parsed query.
pub struct Query {
    prepared: PreparedSparqlQuery,
    cancellation: CancellationToken,
    origin: String,
}

/// What a query answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryKind {
    /// Rows.
    Select,
}

impl Query {
    /// x
    /// # Errors
    /// x
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        let cancellation = CancellationToken::new();
        let evaluator = SparqlEvaluator::new()
            .with_cancellation_token(cancellation.clone())
            .with_prefix("schema", "https://schema.org/")
            .unwrap()
            .with_prefix("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
            .unwrap()
            .with_prefix("itsrdf", "http://www.w3.org/2005/11/its/rdf#")
            .unwrap()
            .with_prefix("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
            .unwrap();
        let prepared = evaluator
            .parse_query(text)
            .map_err(|error| Error::Query { origin: origin.to_owned(), message: error.to_string() })?;
        Ok(Self { prepared, cancellation, origin: origin.to_owned() })
    }

    /// x
    /// # Errors
    /// x
    pub fn run<'a>(self, dataset: &'a Dataset) -> Result<QueryResults<'a>> {
        self.prepared
            .on_queryable_dataset(dataset)
            .execute()
            .map_err(|error| Error::Query { origin: self.origin, message: error.to_string() })
    }

    /// x
    /// # Errors
    /// x
    pub fn ask(self, dataset: &Dataset) -> Result<bool> {
        match self.run(dataset)? {
            QueryResults::Boolean(answer) => Ok(answer),
            _ => Err(Error::Setting("not an ASK query".to_owned())),
        }
    }
}
