//! How far the two sides of a comparison agree: its cells as a table of
//! ratings.

use crate::model::{Coded, Comparison};
use crate::reliability::{Cell, Options, Reliability, Table, Value, measure};

/// Measures the cells of a comparison. An element is scored under the first
/// side's code, an agreement once, however many entries it has.
///
/// # Panics
///
/// Never: a comparison has two sides, and each of its cells two values.
#[must_use]
pub fn scores(comparison: &Comparison, options: &Options) -> Reliability {
    let mut table = Table::new(["left", "right"]).expect("two sides");
    let value = |coded: &Option<Coded>| coded.as_ref().and_then(|coded| Value::of(coded.status));
    for cell in &comparison.cells {
        let cell = Cell {
            agreement: cell.agreement.to_string(),
            element: cell.element.to_string(),
            category: comparison.elements[cell.pair].category.clone(),
            values: vec![value(&cell.left), value(&cell.right)],
        };
        table.push(cell).expect("two values");
    }
    measure(&table, options)
}
