//! What the rule hides by itself: small counts, and rates and means that rest on few.

use super::wholes::top;
use super::{Decision, Rule, is_national, rounded};
use crate::benchmark::measure::Measure;
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
    let is_rounded = rounded::before(std::slice::from_ref(table), measure, rule);
    for (row, decision) in table.rows.iter().zip(decisions) {
        decision.is_exempt = is_national(table, row, measure);
        if !decision.is_exempt {
            decide_row(row, table.kind, rule, decision);
            if !decision.hides_base && has_few_others(row, table.kind, measure, rule) {
                hide_all_but_few(row, rule, decision);
                decision.tells_top |= !is_rounded;
            }
            decision.tells_top |= tells_a_small_number(row, table.kind, rule);
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

/// Whether all but so few are counted: of 50 reports 49 in time tells that 1 was late. Asked only where what is counted
/// is a part of what it is counted of; where figures are rounded, the difference that is left may not look small either.
fn has_few_others(row: &Row, kind: ValueKind, measure: &Measure, rule: &Rule) -> bool {
    let is_part = match kind {
        ValueKind::Count => true,
        ValueKind::Ratio { scale } => scale <= 100.0,
        ValueKind::Other => measure.unit_scale() == Some(100.0),
    };
    if !is_part || measure.unit_is_ratio() || row.is_total_of_shown {
        return false;
    }
    top(row, kind).zip(row.denominator.figure()).is_some_and(|(counted, base)| {
        counted < base
            && (rule.is_small(base - counted) || rule.is_small(rule.rounded(base) - rule.rounded(counted)))
    })
}

fn hide_all_but_few(row: &Row, rule: &Rule, decision: &mut Decision) {
    let reason = Hidden::AllBut(rule.hide_to);
    decision.hides_top = true;
    if row.numerator.figure().is_some() {
        decision.numerator = decision.numerator.or(Some(reason));
    }
    if row.value.figure().is_some() {
        decision.value = decision.value.or(Some(reason));
    }
}

/// Whether a rate and its denominator give a small number away. A denominator that was rounded before may stand for
/// one that is half a step larger, so that files that were made safe do not count.
fn tells_a_small_number(row: &Row, kind: ValueKind, rule: &Rule) -> bool {
    let (ValueKind::Ratio { scale }, None) = (kind, row.numerator.figure()) else { return false };
    let (Some(value), Some(denominator)) = (row.value.figure(), row.denominator.figure()) else {
        return false;
    };
    let step = if rule.round_to > 1 { f64::from(rule.round_to) } else { 0.0 };
    let most = value * (denominator + step / 2.0) / scale;
    value != 0.0 && most < f64::from(rule.hide_to) + 0.5
}
