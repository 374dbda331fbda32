//! Disclosure: all tables of one benchmark in, what may be seen of them out.
//!
//! What is guaranteed: take any figure that the rule hides as small and put any other number of the hidden range in
//! its place, with totals of it changed alike: what is released stays the same, to the byte. So nobody who sees all of it
//! can tell the numbers of the range apart. It holds because nothing that contains a hidden figure is shown: such a
//! total is made anew from the figures that are shown, or is hidden too. Totals are found by their names ("Total",
//! "England"), by [`Aggregate`](super::measure::Aggregate), by their sums, and by their periods.

mod atoms;
mod conceal;
mod cover;
mod primary;
mod receipt;
mod rounded;
mod stretches;
mod suppress;
mod wholes;
mod worked_back;

#[cfg(test)]
mod attacker;
#[cfg(test)]
mod committed_tests;
#[cfg(test)]
mod tests;

pub use receipt::{InFile, Receipt, Withheld};
pub use suppress::{Safe, suppress};

use self::conceal::Covered;
use super::measure::{Counts, Level, Measure};
use super::read::{Row, Table, ValueKind};
use super::released::{Hidden, How, Kind, Released, ReleasedRow, Shown};
use crate::diagnostic::Diagnostic;

/// A rule for small numbers, below national level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the configuration: `patients`.
    pub name: String,
    /// Where it comes from, for readers.
    pub source: String,
    /// Counts from 1 to this number are hidden, and rates and means that rest on so few.
    pub hide_to: u32,
    /// Other counts are rounded to the nearest multiple of this; 0 or 1 for no rounding.
    pub round_to: u32,
}

impl Rule {
    /// Counts of patients from 1 to 7 are hidden, others are rounded to the nearest 5: the rule for Hospital Episode
    /// Statistics since September 2018.
    pub fn patients() -> Self {
        Self {
            name: "patients".to_string(),
            source: "Disclosure control for Hospital Episode Statistics, NHS Digital, September 2018"
                .to_string(),
            hide_to: 7,
            round_to: 5,
        }
    }

    /// Counts of staff from 1 to 4 are hidden. A local policy.
    pub fn staff() -> Self {
        Self { name: "staff".to_string(), source: "Local policy".to_string(), hide_to: 4, round_to: 0 }
    }

    /// The rule for what is counted; none for activity, money and organisations, which are exempt.
    pub fn of(counts: Counts) -> Option<Self> {
        match counts {
            Counts::Patients => Some(Self::patients()),
            Counts::Staff => Some(Self::staff()),
            Counts::Activity | Counts::Organisations | Counts::Money | Counts::Other => None,
        }
    }

    /// Whether a figure is small: more than nothing, and no more than is hidden. Parts of a person count as one.
    fn is_small(&self, figure: f64) -> bool {
        figure != 0.0 && figure.abs() < f64::from(self.hide_to) + 1.0
    }

    fn rounded(&self, figure: f64) -> f64 {
        if self.round_to > 1 {
            let step = f64::from(self.round_to);
            let rounded = (figure / step).round() * step;
            // A figure that is not hidden never becomes one that would be, nor nothing.
            let most = f64::from(self.hide_to);
            if figure > most && rounded <= most { ((most / step).floor() + 1.0) * step } else { rounded }
        } else {
            figure
        }
    }

    /// What the rule does, in a sentence for readers.
    pub fn words(&self) -> String {
        let rounding = match self.round_to {
            0 | 1 => "others are not rounded".to_string(),
            step => format!("others are rounded to the nearest {step}"),
        };
        format!("Counts from 1 to {} are hidden and {rounding}.", self.hide_to)
    }
}

/// What may be seen of the tables of one benchmark.
#[derive(Debug)]
pub struct Release {
    /// The tables, in the order in which they were given.
    pub tables: Vec<Released>,
    /// What was hidden, and why.
    pub receipt: Receipt,
    /// What the writer should know of it.
    pub problems: Vec<Diagnostic>,
}

/// Decides for all tables of a benchmark (its files and snapshots) at once: what one of them hides, no other may
/// reveal. Without a rule everything is shown.
pub fn release(tables: &[Table], measure: &Measure, rule: Option<&Rule>) -> Release {
    let mut receipt = Receipt::new(rule);
    let mut problems = Vec::new();
    let mut hidden: Vec<Vec<Decision>> =
        tables.iter().map(|table| vec![Decision::default(); table.rows.len()]).collect();
    if let Some(rule) = rule {
        let own_level = own_level(tables, measure, &mut problems);
        let measure = &own_level;
        for (table, decisions) in tables.iter().zip(&mut hidden) {
            primary::decide(table, measure, rule, decisions, &mut problems);
        }
        conceal::decide(tables, measure, rule, &mut hidden);
    }
    let tables = tables
        .iter()
        .zip(&hidden)
        .map(|(table, decisions)| {
            let released = released(table, measure, rule, decisions);
            receipt.add(&released, table, decisions);
            released
        })
        .collect();
    Release { tables, receipt, problems }
}

/// The measure with the level that its figures have: a total of the country beside organisations gives theirs away.
fn own_level(tables: &[Table], measure: &Measure, problems: &mut Vec<Diagnostic>) -> Measure {
    let names_some = |table: &&Table| table.organisations.iter().any(|organisation| !organisation.is_total);
    let mut own = measure.clone();
    if measure.level == Level::National {
        for table in tables.iter().filter(names_some) {
            own.level = Level::SubNational;
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
    own
}

/// What is decided for one row: why its value, numerator and denominator are hidden.
#[derive(Debug, Clone, Copy, Default)]
struct Decision {
    value: Option<Hidden>,
    numerator: Option<Hidden>,
    denominator: Option<Hidden>,
    /// The row is of national figures, which no rule concerns.
    is_exempt: bool,
    /// What is counted is hidden, so a total that contains it may not be shown.
    hides_top: bool,
    /// Of how many is hidden.
    hides_base: bool,
    /// A total that is made anew: from which figures.
    total_of_shown: Option<Covered>,
    /// What is counted, as the file has it, lets a small or hidden number be worked out.
    tells_top: bool,
    /// Of how many, as the file has it, lets one be worked out.
    tells_base: bool,
}

impl Decision {
    fn hides_any(&self) -> bool {
        self.value.is_some() || self.numerator.is_some() || self.denominator.is_some()
    }
}

fn released(table: &Table, measure: &Measure, rule: Option<&Rule>, decisions: &[Decision]) -> Released {
    let is_standardised = is_standardised(table, measure);
    let rows = table
        .rows
        .iter()
        .zip(decisions)
        .map(|(row, decision)| {
            let rule = rule.filter(|_| !decision.is_exempt);
            released_row(row, table.kind, is_standardised, rule, decision, table.decimals[0])
        })
        .collect::<Vec<_>>();
    let is_within = rows.iter().all(|row| match (row.numerator.figure(), row.denominator.figure()) {
        (Some(numerator), Some(denominator)) => numerator <= denominator,
        _ => true,
    });
    Released {
        path: table.path.clone(),
        rows,
        organisations: table.organisations.clone(),
        categories: table.categories.clone(),
        subjects: table.subjects.clone(),
        measure: measure.clone(),
        kind: Kind::of(table.kind, measure, table.decimals[2] > 0, is_within),
        decimals: table.decimals,
    }
}

/// Whether denominators are expected numbers, which are no counts of people and are not rounded.
fn is_standardised(table: &Table, measure: &Measure) -> bool {
    measure.unit_is_ratio() || table.decimals[2] > 0
}

fn released_row(
    row: &Row,
    kind: ValueKind,
    is_standardised: bool,
    rule: Option<&Rule>,
    decision: &Decision,
    decimals: u8,
) -> ReleasedRow {
    use super::read::Cell;
    let (numerator_cell, denominator_cell, value_cell) = match decision.total_of_shown {
        None => (row.numerator, row.denominator, row.value),
        Some(total) => {
            let anew =
                |cell: Cell, figure: f64| if cell.figure().is_some() { Cell::Figure(figure) } else { cell };
            let value = if kind == ValueKind::Count { anew(row.value, total.top) } else { row.value };
            (anew(row.numerator, total.top), anew(row.denominator, total.base), value)
        }
    };
    let how = match (decision.total_of_shown, rule) {
        (Some(_), _) => How::TotalOfShown,
        (None, _) if row.is_total_of_shown => How::TotalOfShown,
        (None, Some(rule)) if rule.round_to > 1 => How::Rounded,
        (None, _) => How::AsGiven,
    };
    let [value_before, numerator_before, denominator_before] = row.hidden_before;
    let count = |cell: Cell, hidden: Option<Hidden>, before: Hidden, is_rounded: bool| match (hidden, cell) {
        (Some(hidden), _) => Shown::Hidden(hidden),
        (None, Cell::Absent) => Shown::Absent,
        (None, Cell::Missing) => Shown::NotGiven,
        (None, Cell::HiddenBefore) => Shown::Hidden(before),
        (None, Cell::Figure(figure)) => match rule.filter(|_| is_rounded) {
            Some(rule) => Shown::Figure { figure: rule.rounded(figure), how },
            None if decision.total_of_shown.is_some() => Shown::Figure { figure, how },
            None => Shown::Figure { figure, how: How::AsGiven },
        },
    };
    let numerator = count(numerator_cell, decision.numerator, numerator_before, true);
    let denominator = count(denominator_cell, decision.denominator, denominator_before, !is_standardised);
    let value = match kind {
        ValueKind::Count => count(value_cell, decision.value, value_before, true),
        ValueKind::Ratio { scale } => {
            let of_total =
                decision.total_of_shown.map(|total| rule.map_or(total.top, |rule| rule.rounded(total.top)));
            let worked_out = match (numerator.figure().or(of_total), denominator.figure()) {
                (Some(numerator), Some(denominator)) if denominator != 0.0 => {
                    Some(round_to(numerator / denominator * scale, decimals))
                }
                _ => None,
            };
            let is_changed = decision.total_of_shown.is_some()
                || (!is_standardised && rule.is_some_and(|rule| rule.round_to > 1));
            match (count(value_cell, decision.value, value_before, false), worked_out) {
                (Shown::Figure { .. }, Some(figure)) if is_changed => Shown::Figure { figure, how },
                (shown, _) => shown,
            }
        }
        ValueKind::Other => count(value_cell, decision.value, value_before, false),
    };
    ReleasedRow { when: row.when, value, numerator, denominator, subject: row.subject }
}

/// A figure with so many decimals.
fn round_to(figure: f64, decimals: u8) -> f64 {
    let shift = 10_f64.powi(i32::from(decimals));
    (figure * shift).round() / shift
}

/// Whether a rule leaves a row alone: figures of the whole country.
fn is_national(table: &Table, row: &Row, measure: &Measure) -> bool {
    if measure.level != Level::National {
        return false;
    }
    match table.subjects[row.subject].organisation {
        None => true,
        Some(organisation) => table.organisations[organisation].is_total,
    }
}
