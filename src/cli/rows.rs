//! Answers of a query as a table that fits the terminal.

use std::borrow::Cow;

use comfy_table::{CellAlignment, ContentArrangement, Row, Table, presets};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Variable};
use oxigraph::sparql::QuerySolution;

use crate::base;

/// The most lines that one row takes; longer cells end in an ellipsis.
const HEIGHT: usize = 4;

/// Rows under the names of their columns.
pub(super) struct Rows {
    table: Table,
}

impl Rows {
    pub(super) fn new(variables: &[Variable], width: usize) -> Self {
        let mut table = Table::new();
        let style = presets::NOTHING.header_separator(comfy_table::LineStyle::none().fill('─').junction(' '));
        table
            .load_style(style)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX))
            .set_truncation_indicator("…")
            .set_header(variables.iter().map(Variable::as_str));
        Self { table }
    }

    pub(super) fn add(&mut self, row: &QuerySolution) {
        let cells = row.values().iter().map(|value| value.as_ref().map(show).unwrap_or_default());
        self.table.add_row(Row::from(cells.collect::<Vec<_>>()).max_height(HEIGHT).clone());
        for (index, value) in row.values().iter().enumerate() {
            let number = matches!(value, Some(Term::Literal(literal)) if is_number(literal));
            if let (Some(column), true) = (self.table.column_mut(index), number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }

    /// The lines, each ending in a line feed.
    pub(super) fn lines(mut self) -> String {
        let columns = self.table.column_count();
        for (index, column) in self.table.column_iter_mut().enumerate() {
            column.set_padding((0, u16::from(index + 1 < columns)));
        }
        self.table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }
}

/// A term as people read it: IRIs by their prefix where one fits, literals without type and language.
pub(super) fn show(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => shortened(node.as_str()).into_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Triple(triple) => {
            let [s, p, o] = [triple.subject.clone().into(), triple.predicate.clone().into(), triple.object.clone()];
            format!("<<( {} {} {} )>>", show(&s), show(&p), show(&o))
        }
        Term::Literal(literal) => literal.value().split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// `schema:Person` for an IRI of a known prefix whose rest is a plain name, else the IRI itself.
pub(super) fn shortened(iri: &str) -> Cow<'_, str> {
    let plain = |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let short = base::prefixes().find_map(|(prefix, namespace)| {
        let rest = iri.strip_prefix(namespace).filter(|rest| plain(rest))?;
        Some(format!("{prefix}:{rest}"))
    });
    short.map_or(Cow::Borrowed(iri), Cow::Owned)
}

fn is_number(literal: &Literal) -> bool {
    [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT, xsd::NON_NEGATIVE_INTEGER].contains(&literal.datatype())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use oxigraph::model::NamedNode;

    use super::*;

    fn lines(rows: &[[Option<Term>; 3]], width: usize) -> String {
        let variables: Arc<[Variable]> = ["who", "class", "n"].map(Variable::new_unchecked).into();
        let mut table = Rows::new(&variables, width);
        for row in rows {
            table.add(&QuerySolution::from((Arc::clone(&variables), row.to_vec())));
        }
        table.lines()
    }

    fn iri(iri: &str) -> Option<Term> {
        Some(NamedNode::new(iri).unwrap().into())
    }

    #[test]
    fn iris_are_shortened_and_numbers_stand_under_one_another() {
        let rows = [
            [Some(Literal::from("Zoë 李").into()), iri("https://schema.org/Person"), Some(Literal::from(7).into())],
            [None, iri("https://kb.example/a"), Some(Literal::from(1200).into())],
        ];
        assert_eq!(
            lines(&rows, 60),
            "\
who     class                    n
─────── ───────────────────── ────
Zoë 李  schema:Person            7
        https://kb.example/a  1200
"
        );
    }

    #[test]
    fn long_cells_are_wrapped_and_cut() {
        let long = Literal::new_language_tagged_literal("word ".repeat(40), "en").unwrap();
        let table = lines(&[[Some(long.into()), iri("https://schema.org/Person"), None]], 40);
        assert!(table.lines().all(|line| line.chars().count() <= 40), "{table}");
        assert_eq!(table.lines().count(), 2 + HEIGHT, "{table}");
        assert!(table.contains('…'), "{table}");
    }
}
