//! The terms that newsgraph writes, generated from `ontology/news.ttl`.
