//! The terms that newsgraph writes, generated from `ontology/news.ttl`.
#[allow(missing_docs)]
pub mod news {
    use oxigraph::model::NamedNodeRef;
    pub const CLAIM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Claim");
    pub const STATEMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Statement");
}
#[allow(missing_docs)]
pub mod schema {
    use oxigraph::model::NamedNodeRef;
    pub const QUOTATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Quotation");
}
