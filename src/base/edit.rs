//! Edits what is stored of an article, where a forced update asks for it in the names of the base.

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::packed::{Damage, Packed};
use super::renaming::Renaming;
use crate::vocab::{rdfs, skos};

/// Why an article cannot be edited as asked.
pub(super) enum EditError {
    Damaged(Damage),
    /// The triple would come back, or come otherwise: identity makes it from all articles.
    WorkedOut(Box<Triple>),
}

/// The stored triples that read as asked once identity has renamed them: without `removed` and with `added`, which use the
/// names of the base.
///
/// The article's own names are found for those of the base, and the result is read back: what identity alone says (the label
/// of a thing, say) cannot be edited.
pub(super) fn edit(
    stored: &Packed,
    renamings: &[Renaming],
    removed: &[Triple],
    added: &[Triple],
) -> Result<Vec<Triple>, EditError> {
    let mut triples: HashSet<Triple> = stored.triples().map_err(EditError::Damaged)?.into_iter().collect();
    let mut wanted = seen(&triples, renamings)?;
    for triple in removed {
        wanted.remove(&triple.to_string());
        for origin in origins(triple, renamings) {
            triples.remove(&origin);
        }
    }
    for triple in added {
        wanted.insert(triple.to_string());
        triples.extend(origins(triple, renamings).into_iter().next());
    }
    let found = seen(&triples, renamings)?;
    let differs = |triple: &&Triple| found.contains(&triple.to_string()) != wanted.contains(&triple.to_string());
    match removed.iter().chain(added).find(differs) {
        Some(triple) => Err(EditError::WorkedOut(Box::new(triple.clone()))),
        None => Ok(triples.into_iter().collect()),
    }
}

/// What readers of the base see of stored triples.
fn seen(triples: &HashSet<Triple>, renamings: &[Renaming]) -> Result<BTreeSet<String>, EditError> {
    let packed = Packed::new(triples.iter().map(Triple::as_ref));
    let packed = if renamings.is_empty() { packed } else { packed.renamed(renamings) };
    Ok(packed.triples().map_err(EditError::Damaged)?.iter().map(ToString::to_string).collect())
}

/// The stored triples that may read as this one, the likeliest first.
fn origins(triple: &Triple, renamings: &[Renaming]) -> Vec<Triple> {
    let mut predicates = vec![triple.predicate.clone()];
    if triple.predicate == skos::ALT_LABEL {
        // A label of the article that is not the one of the base is read as another name.
        predicates.push(rdfs::LABEL.into_owned());
    }
    let subjects: Vec<NamedOrBlankNode> = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => names(node, renamings).into_iter().map(Into::into).collect(),
        blank => vec![blank.clone()],
    };
    let objects: Vec<Term> = match &triple.object {
        Term::NamedNode(node) => names(node, renamings).into_iter().map(Into::into).collect(),
        other => vec![other.clone()],
    };
    let mut origins = Vec::new();
    for subject in &subjects {
        for predicate in &predicates {
            for object in &objects {
                origins.push(Triple::new(subject.clone(), predicate.clone(), object.clone()));
            }
        }
    }
    origins
}

/// What an article calls a thing of the base, then its name in the base.
fn names(node: &NamedNode, renamings: &[Renaming]) -> Vec<NamedNode> {
    let locals = renamings.iter().filter(|renaming| renaming.iri == node.as_str());
    let locals = locals.map(|renaming| NamedNode::new_unchecked(renaming.local.as_str()));
    locals.chain([node.clone()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str) -> NamedNode {
        NamedNode::new(format!("https://a.example/{name}")).unwrap()
    }

    fn says(subject: &str, predicate: &str, object: &str) -> Triple {
        Triple::new(node(subject), node(predicate), node(object))
    }

    /// The article calls Jane Roe "roe", and says that she owns a boat.
    fn article() -> (Packed, Vec<Renaming>) {
        let label = |subject: &str, name: &str| {
            Triple::new(node(subject), rdfs::LABEL, oxigraph::model::Literal::new_simple_literal(name))
        };
        let triples = [says("roe", "owns", "boat"), label("roe", "Roe")];
        let renaming = Renaming {
            local: node("roe").into_string(),
            iri: node("jane-roe").into_string(),
            label: "Jane Roe".to_owned(),
        };
        (Packed::new(triples.iter().map(Triple::as_ref)), vec![renaming])
    }

    fn lines(triples: &[Triple]) -> Vec<String> {
        let mut lines: Vec<String> = triples
            .iter()
            .map(|triple| triple.to_string().replace("https://a.example/", "").replace(rdfs::LABEL.as_str(), "label"))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn names_of_the_base_become_those_of_the_article() {
        let (stored, renamings) = article();
        let edited =
            edit(&stored, &renamings, &[says("jane-roe", "owns", "boat")], &[says("jane-roe", "owns", "yacht")]);
        let Ok(edited) = edited else { panic!("not edited") };
        assert_eq!(lines(&edited), ["<roe> <label> \"Roe\"", "<roe> <owns> <yacht>"]);
    }

    #[test]
    fn another_name_that_is_the_label_of_the_article_goes() {
        let (stored, renamings) = article();
        let other = Triple::new(node("jane-roe"), skos::ALT_LABEL, oxigraph::model::Literal::new_simple_literal("Roe"));
        let Ok(edited) = edit(&stored, &renamings, &[other], &[]) else { panic!("not edited") };
        assert_eq!(lines(&edited), ["<roe> <owns> <boat>"]);
    }

    #[test]
    fn what_identity_says_cannot_be_edited() {
        let (stored, renamings) = article();
        let label =
            Triple::new(node("jane-roe"), rdfs::LABEL, oxigraph::model::Literal::new_simple_literal("Jane Roe"));
        assert!(matches!(edit(&stored, &renamings, &[label], &[]), Err(EditError::WorkedOut(_))));
        let local = says("roe", "owns", "car");
        assert!(matches!(edit(&stored, &renamings, &[], &[local]), Err(EditError::WorkedOut(_))));
    }
}
