//! The best way to pair the rows of a table with its columns.

/// The largest sum of cells such that no row and no column gives more than one (the Hungarian method, Jonker and Volgenant's
/// form of it). All rows must be of one length; cells must not be negative.
///
/// Takes time in the cube of the smaller side.
#[must_use]
pub fn best_sum(table: &[Vec<f64>]) -> f64 {
    let columns = table.first().map_or(0, Vec::len);
    if table.len() <= columns {
        return best_sum_wide(table.len(), columns, |row, column| table[row][column]);
    }
    best_sum_wide(columns, table.len(), |row, column| table[column][row])
}

/// [`best_sum`] of a table that is at least as wide as high. Row and column 0 stand for none.
fn best_sum_wide(rows: usize, columns: usize, cell: impl Fn(usize, usize) -> f64) -> f64 {
    let mut row_price = vec![0.0; rows + 1];
    let mut column_price = vec![0.0; columns + 1];
    let mut row_of = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut cheapest = vec![f64::INFINITY; columns + 1];
        let mut came_from = vec![0; columns + 1];
        let mut used = vec![false; columns + 1];
        let mut at = 0;
        while row_of[at] != 0 {
            used[at] = true;
            let here = row_of[at];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=columns {
                if used[column] {
                    continue;
                }
                let cost = -cell(here - 1, column - 1) - row_price[here] - column_price[column];
                if cost < cheapest[column] {
                    (cheapest[column], came_from[column]) = (cost, at);
                }
                if cheapest[column] < step {
                    (step, next) = (cheapest[column], column);
                }
            }
            for column in 0..=columns {
                if used[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else {
                    cheapest[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[came_from[at]];
            at = came_from[at];
        }
    }
    (1..=columns).filter(|&column| row_of[column] != 0).map(|column| cell(row_of[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::best_sum;

    #[test]
    fn taking_the_largest_cell_first_is_not_always_best() {
        assert_eq!(best_sum(&[vec![9.0, 8.0], vec![8.0, 1.0]]), 16.0);
        assert_eq!(best_sum(&[vec![9.0], vec![10.0]]), 10.0);
        assert_eq!(best_sum(&[]), 0.0);
    }

    /// Tries every way.
    fn every_way(table: &[Vec<f64>], free: &mut Vec<bool>) -> f64 {
        let Some((row, rest)) = table.split_first() else { return 0.0 };
        let mut best = every_way(rest, free);
        for column in 0..row.len() {
            if std::mem::take(&mut free[column]) {
                best = best.max(row[column] + every_way(rest, free));
                free[column] = true;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_way_is_better(
            table in (1_usize..5, 1_usize..5).prop_flat_map(|(rows, columns)| {
                prop::collection::vec(prop::collection::vec(0.0..1.0, columns), rows)
            })
        ) {
            let best = every_way(&table, &mut vec![true; table[0].len()]);
            prop_assert!((best_sum(&table) - best).abs() < 1e-9);
        }
    }
}
