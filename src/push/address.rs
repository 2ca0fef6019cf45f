//! Where a store listens: one address from the user, and what the usual stores make of it.

use std::fmt;

use url::Url;

use crate::error::{Error, Result};

/// The stores whose addresses are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// OpenLink Virtuoso.
    Virtuoso,
    /// Oxigraph's server.
    Oxigraph,
    /// Apache Jena Fuseki; the address is that of the dataset.
    Fuseki,
    /// Ontotext GraphDB and Eclipse RDF4J; the address is that of the repository.
    GraphDb,
    /// QLever.
    Qlever,
    /// Amazon Neptune.
    Neptune,
    /// Any other: one address answers queries, updates and the Graph Store Protocol.
    Generic,
}

/// The paths below the address at which a kind of store listens.
struct Layout {
    query: &'static str,
    update: &'static str,
    graph_store: &'static str,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Virtuoso, Self::Oxigraph, Self::Fuseki, Self::GraphDb, Self::Qlever, Self::Neptune, Self::Generic];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Virtuoso => "virtuoso",
            Self::Oxigraph => "oxigraph",
            Self::Fuseki => "fuseki",
            Self::GraphDb => "graphdb",
            Self::Qlever => "qlever",
            Self::Neptune => "neptune",
            Self::Generic => "generic",
        }
    }

    fn layout(self) -> Layout {
        let (query, update, graph_store) = match self {
            Self::Virtuoso => ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
            Self::Oxigraph => ("/query", "/update", "/store"),
            Self::Fuseki => ("/query", "/update", "/data"),
            Self::GraphDb => ("", "/statements", "/rdf-graphs/service"),
            Self::Neptune => ("/sparql", "/sparql", "/sparql/gsp/"),
            Self::Qlever | Self::Generic => ("", "", ""),
        };
        Layout { query, update, graph_store }
    }

    /// What kind of store answered at an address, by what it says of itself.
    pub(super) fn recognise(url: &Url, server: &str, is_fuseki: bool) -> Self {
        let server = server.to_ascii_lowercase();
        match () {
            () if server.contains("virtuoso") => Self::Virtuoso,
            () if server.contains("oxigraph") => Self::Oxigraph,
            () if is_fuseki || server.contains("fuseki") => Self::Fuseki,
            () if url.path().contains("/repositories/") => Self::GraphDb,
            () if url.host_str().is_some_and(|host| host.ends_with(".neptune.amazonaws.com")) => Self::Neptune,
            () => Self::Generic,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The addresses of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// SPARQL queries.
    pub query: Url,
    /// SPARQL updates.
    pub update: Url,
    /// Graph Store Protocol, to which `?graph=IRI` is added.
    pub graph_store: Url,
}

impl Endpoints {
    /// The addresses of a kind of store below the user's address, which may also be that of its queries or updates.
    #[must_use]
    pub fn of(kind: Kind, address: &Url) -> Self {
        let layout = kind.layout();
        let path = address.path().trim_end_matches('/');
        let mut ends = [layout.update, layout.query, layout.graph_store].into_iter().filter(|end| !end.is_empty());
        let root = ends.find_map(|end| path.strip_suffix(end.trim_end_matches('/'))).unwrap_or(path).to_owned();
        let at = |end: &str| {
            let mut url = address.clone();
            url.set_path(&format!("{root}{end}"));
            url
        };
        Self { query: at(layout.query), update: at(layout.update), graph_store: at(layout.graph_store) }
    }

    /// The addresses at which queries may be answered, for a store of unknown kind.
    pub(super) fn candidates(address: &Url) -> Vec<Url> {
        let path = address.path().trim_end_matches('/').to_owned();
        let at = |end: &str| {
            let mut url = address.clone();
            url.set_path(&format!("{path}{end}"));
            url
        };
        vec![address.clone(), at("/query"), at("/sparql")]
    }
}

/// Reads the address of a store.
///
/// # Errors
/// When it is no http or https address, or holds a user name or password: those belong in the environment.
pub fn address(text: &str) -> Result<Url> {
    // What does not parse may still hold a password, so it is not repeated.
    let url = Url::parse(text).map_err(|error| Error::Setting(format!("the store's address is no URL: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Setting(
            "the store's address holds a user name or password, which others on this machine can see: set \
             NEWSGRAPH_PUSH_USER and NEWSGRAPH_PUSH_PASSWORD instead"
                .to_owned(),
        ));
    }
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(Error::Setting(format!("{url} is no http or https address")));
    }
    let mut url = url;
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoints(kind: Kind, url: &str) -> [String; 3] {
        let Endpoints { query, update, graph_store } = Endpoints::of(kind, &address(url).unwrap());
        [query, update, graph_store].map(|url| url.to_string().replace("http://s.example", ""))
    }

    #[test]
    fn one_address_gives_all() {
        let virtuoso = ["/sparql", "/sparql-auth", "/sparql-graph-crud-auth"].map(String::from);
        for given in
            ["http://s.example", "http://s.example/", "http://s.example/sparql", "http://s.example/sparql-auth"]
        {
            assert_eq!(endpoints(Kind::Virtuoso, given), virtuoso, "{given}");
        }
        let fuseki = ["/news/query", "/news/update", "/news/data"];
        assert_eq!(endpoints(Kind::Fuseki, "http://s.example/news"), fuseki);
        assert_eq!(endpoints(Kind::Fuseki, "http://s.example/news/query"), fuseki);
        let graphdb = ["/repositories/n", "/repositories/n/statements", "/repositories/n/rdf-graphs/service"];
        assert_eq!(endpoints(Kind::GraphDb, "http://s.example/repositories/n"), graphdb);
        assert_eq!(endpoints(Kind::Neptune, "http://s.example"), ["/sparql", "/sparql", "/sparql/gsp/"]);
    }

    #[test]
    fn secrets_in_the_address_are_refused_and_not_repeated() {
        for url in ["http://ann:hunter2@s.example/", "http://hunter2@s.example/", "http://ann:hunter2@[bad/"] {
            let message = address(url).unwrap_err().to_string();
            assert!(!message.contains("hunter2"), "{message}");
        }
        assert!(address("ftp://s.example/").unwrap_err().to_string().contains("no http or https"));
    }
}
