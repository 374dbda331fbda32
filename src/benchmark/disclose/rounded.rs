//! Tables that were made safe before: what looks like a small difference or a sum in them may be rounding.

use super::{Rule, is_standardised};
use crate::benchmark::measure::Measure;
use crate::benchmark::read::{Cell, Table, ValueKind};

/// Whether the tables were made safe before, so that a difference of two figures may be nothing but their rounding. A
/// table with a single small figure never counts: what is decided must not depend on it.
pub(super) fn before(tables: &[Table], measure: &Measure, rule: &Rule) -> bool {
    let step = f64::from(rule.round_to.max(1));
    let is_rounded =
        |cell: Cell| cell.figure().is_none_or(|figure| figure % step == 0.0 && !rule.is_small(figure));
    step > 1.0
        && tables.iter().all(|table| {
            let counts_base = !is_standardised(table, measure);
            table.rows.iter().all(|row| {
                is_rounded(row.numerator)
                    && (!counts_base || is_rounded(row.denominator))
                    && (table.kind != ValueKind::Count || is_rounded(row.value))
            })
        })
}
