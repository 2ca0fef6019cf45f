//! The things that the text speaks of, and the phrases for them.

use std::fmt::Write;

use super::Layers;
use crate::cli::columns::Columns;
use crate::document::{Document, Entity, Link};

impl Layers<'_> {
    pub(super) fn entities(&self) -> String {
        let Document { entities, mentions, .. } = self.document;
        let mut columns = Columns::new("  ", self.width);
        for (id, entity) in entities.iter().enumerate() {
            let times = mentions.iter().filter(|mention| mention.entity == id).count();
            let others = entity.other_names.join("; ");
            let others = if others.is_empty() { others } else { format!("also {others}") };
            columns.row([
                (id + 1).to_string(),
                entity.class.map_or(entity.kind.name(), |class| class.name()).to_owned(),
                format!("{times}×"),
                entity.name.clone(),
                [known(entity), others].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            ]);
        }
        columns.align_right(&[0, 2]);
        columns.lines()
    }

    pub(super) fn chains(&self) -> String {
        let mut shown = String::new();
        for (i, chain) in self.document.chains.iter().enumerate() {
            let name = chain.entity.map_or_else(|| "nothing named".to_owned(), |entity| self.name(entity));
            let _ = writeln!(shown, "{:>3}  {name}", i + 1);
            let phrases = chain.references.iter().map(|reference| {
                let doubt = if reference.is_sure { "" } else { "?" };
                format!("\"{}\"{doubt} {}", self.words(reference.span), self.place(reference.span))
            });
            let _ = writeln!(shown, "     {}", phrases.collect::<Vec<_>>().join(", "));
        }
        shown
    }
}

/// The known thing that an entity is, with a question mark where that is only likely.
fn known(entity: &Entity) -> String {
    let sure = |link: &Link| if link.confidence >= Link::SAME_AS { "=" } else { "=?" };
    entity.link.as_ref().map_or_else(String::new, |link| format!("{} {}", sure(link), link.qid().unwrap_or(&link.iri)))
}
