//! The knowledge base: a durable log of article graphs, and the store that answers queries.
