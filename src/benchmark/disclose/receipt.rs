//! What was hidden, under which rule and why, without the figures: for those who answer for a publication.

use serde::Serialize;

use super::Rule;
use crate::benchmark::read::{Row, Table, ValueKind};
use crate::benchmark::released::{Hidden, How, Released, Shown};

/// One figure that is not shown, or not as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// The file.
    pub path: String,
    /// Its line in the file, from 1.
    pub row: u32,
    /// `value`, `numerator` or `denominator`.
    pub column: &'static str,
    /// The period, as files write it.
    pub period: String,
    /// The organisation's code, if the file has organisations.
    pub organisation: Option<String>,
    /// The category, if the file has categories.
    pub category: Option<String>,
    /// Why: `hidden, 1 to 7`.
    pub reason: String,
    /// Whether the file itself has a number so small.
    #[serde(skip)]
    pub is_small_in_file: bool,
}

/// All of one benchmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The rule's name; none where what is counted is exempt.
    pub rule: Option<String>,
    /// What the rule does, and where it comes from.
    pub rule_says: Option<String>,
    /// How many figures the files have.
    pub figures: usize,
    /// How many of them are shown rounded.
    pub rounded: usize,
    /// Those that are not shown, and totals that were made anew.
    pub withheld: Vec<Withheld>,
}

impl Receipt {
    pub(super) fn new(rule: Option<&Rule>) -> Self {
        Self {
            rule: rule.map(|rule| rule.name.clone()),
            rule_says: rule.map(|rule| format!("{} Source: {}.", rule.words(), rule.source)),
            figures: 0,
            rounded: 0,
            withheld: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, released: &Released, table: &Table, rule: Option<&Rule>) {
        for (row, true_row) in released.rows.iter().zip(&table.rows) {
            let cells =
                [("value", row.value), ("numerator", row.numerator), ("denominator", row.denominator)];
            for (column, shown) in cells {
                let reason = match shown {
                    Shown::Absent | Shown::NotGiven => continue,
                    Shown::Figure { how, .. } => {
                        self.figures += 1;
                        self.rounded += usize::from(how == How::Rounded);
                        if how != How::TotalOfShown || true_row.is_total_of_shown {
                            continue;
                        }
                        crate::benchmark::read::TOTAL_OF_SHOWN.to_string()
                    }
                    Shown::Hidden(hidden) => {
                        self.figures += 1;
                        hidden.words()
                    }
                };
                let written = match column {
                    "numerator" => true_row.numerator,
                    "denominator" => true_row.denominator,
                    _ => true_row.value,
                };
                let is_small_in_file = match shown {
                    Shown::Hidden(Hidden::Small(_)) => written.figure().is_some(),
                    Shown::Hidden(Hidden::RestsOnFew(_)) => {
                        rule.is_some_and(|rule| tells_a_small_number(true_row, table.kind, rule))
                    }
                    _ => false,
                };
                self.withheld.push(Withheld {
                    path: released.path.as_str().to_string(),
                    row: true_row.line,
                    column,
                    period: row.when.code(),
                    organisation: released.organisation_of(row).map(|organisation| organisation.code.clone()),
                    category: released.category_of(row).map(str::to_string),
                    reason,
                    is_small_in_file,
                });
            }
        }
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
