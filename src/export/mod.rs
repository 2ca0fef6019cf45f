//! Ways out of a knowledge base besides one RDF file: for people without SPARQL, for other tools, and for publication.

pub mod canonical;
pub mod description;
pub mod nif;
pub mod property_graph;
pub mod rebase;
pub mod split;
pub mod tables;
mod view;
