//! Rows of cells in aligned columns, without lines around them.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table that a person reads and a line tool can cut: two spaces between columns, none at the end of a line.
pub(super) struct Columns {
    table: Table,
    indent: &'static str,
}

impl Columns {
    /// An empty table, each of whose lines begins with `indent`. Given a width, long cells are wrapped to fit it.
    pub(super) fn new(indent: &'static str, width: Option<usize>) -> Self {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Disabled);
        if let Some(width) = width.and_then(|width| u16::try_from(width.saturating_sub(indent.len())).ok()) {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        Self { table, indent }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.table.add_row(cells);
    }

    /// Sets the numbers of these columns under one another by their last digit.
    pub(super) fn align_right(&mut self, columns: &[usize]) {
        for &column in columns {
            if let Some(column) = self.table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }

    /// The finished lines, each ending in a line feed; nothing when there are no rows.
    pub(super) fn lines(mut self) -> String {
        if self.table.is_empty() {
            return String::new();
        }
        let columns = self.table.column_count();
        for (i, column) in self.table.column_iter_mut().enumerate() {
            column.set_padding((0, if i + 1 == columns { 0 } else { 2 }));
        }
        self.table.lines().map(|line| format!("{}{}\n", self.indent, line.trim_end())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn cells_stand_under_one_another_whatever_their_script() {
        let mut columns = Columns::new("  ", None);
        columns.row(["1", "李雷", "Person"].map(String::from));
        columns.row(["12", "Zoë Ng", ""].map(String::from));
        columns.align_right(&[0]);
        assert_eq!(columns.lines(), "   1  李雷    Person\n  12  Zoë Ng\n");
    }

    #[test]
    fn long_cells_are_wrapped_to_the_width_of_the_terminal() {
        let mut columns = Columns::new("", Some(20));
        columns.row(["1", "one two three four five"].map(String::from));
        assert_eq!(columns.lines(), "1  one two three\n   four five\n");
    }
}
