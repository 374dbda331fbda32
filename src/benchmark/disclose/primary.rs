//! What the rule hides by itself: small counts, and rates and means that rest on few.

use super::{Decision, Rule, is_national};
use crate::benchmark::measure::{Level, Measure};
use crate::benchmark::read::{Cell, Row, Table, ValueKind};
use crate::benchmark::released::Hidden;
use crate::diagnostic::Diagnostic;
use crate::text::counted;

/// Decides for each row of a table by itself.
pub(super) fn decide(
    table: &Table,
    measure: &Measure,
    rule: &Rule,
    decisions: &mut [Decision],
    problems: &mut Vec<Diagnostic>,
) {
    let mut without_base = 0;
    for (row, decision) in table.rows.iter().zip(decisions) {
        decision.is_exempt = is_national(table, row, measure);
        if !decision.is_exempt {
            decide_row(row, table.kind, rule, decision);
            without_base += usize::from(decision.value == Some(Hidden::BaseUnknown));
        }
    }
    if without_base > 0 {
        let are = counted(without_base, "figure is", "figures are");
        problems.push(
            Diagnostic::warning(
                "no-denominator",
                format!("{are} hidden, because nobody can tell on how many {} they rest", rule.name),
            )
            .in_file(&table.path)
            .help("add the columns `numerator` and `denominator` to the file"),
        );
    }
    let names_organisations = table.organisations.iter().any(|organisation| !organisation.is_total);
    if measure.level == Level::National && names_organisations {
        problems.push(
            Diagnostic::warning(
                "not-national",
                "the page says `level: national` and its figures name organisations; their small numbers are hidden",
            )
            .in_file(&table.path)
            .help("write `level: sub-national`, or leave the organisations out"),
        );
    }
}

fn decide_row(row: &Row, kind: ValueKind, rule: &Rule, decision: &mut Decision) {
    let small = Hidden::Small(rule.hide_to);
    let [value_before, numerator_before, denominator_before] = row.hidden_before;
    let hide = |cell: Cell, before: Hidden| match cell {
        Cell::HiddenBefore => Some(before),
        Cell::Figure(figure) if rule.is_small(figure) => Some(small),
        _ => None,
    };
    decision.numerator = hide(row.numerator, numerator_before);
    decision.denominator = hide(row.denominator, denominator_before);
    decision.hides_top = decision.numerator.is_some();
    decision.hides_base = decision.denominator.is_some();
    if kind == ValueKind::Count {
        decision.value = hide(row.value, value_before);
        if decision.value.is_some() || decision.numerator.is_some() {
            // Both columns give the same count.
            decision.hides_top = true;
            decision.value = decision.value.or(Some(small)).filter(|_| row.value != Cell::Absent);
            if row.numerator.figure().is_some() {
                decision.numerator = decision.numerator.or(Some(small));
            }
        }
        return;
    }
    let value = match row.value {
        Cell::Figure(value) => value,
        Cell::HiddenBefore => {
            decision.value = Some(value_before);
            // What was hidden may have been hidden for its numerator.
            decision.hides_top |= row.numerator.figure().is_none();
            return;
        }
        Cell::Absent | Cell::Missing => return,
    };
    if decision.numerator.is_some() || decision.denominator.is_some() {
        decision.value = Some(Hidden::RestsOnFew(rule.hide_to));
        return;
    }
    match (kind, row.numerator.figure(), row.denominator.figure()) {
        (_, _, Some(0.0)) => decision.value = Some(Hidden::BaseUnknown),
        (_, Some(_), Some(_)) | (ValueKind::Other, None, Some(_)) => {}
        (ValueKind::Ratio { scale }, None, Some(denominator)) => {
            // Rate × denominator gives the numerator.
            let numerator = (value * denominator / scale).round();
            if rule.is_small(numerator) || (numerator == 0.0 && value != 0.0) {
                decision.value = Some(Hidden::RestsOnFew(rule.hide_to));
                decision.hides_top = true;
            }
        }
        _ => decision.value = Some(Hidden::BaseUnknown),
    }
}
