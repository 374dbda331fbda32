//! What was hidden, under which rule and why, without the figures: for those who answer for a publication.

use serde::Serialize;

use super::{Decision, Rule};
use crate::benchmark::read::Table;
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
    /// What the file itself gives away with it.
    #[serde(skip)]
    pub in_file: InFile,
}

/// What a figure that is not shown gives away where it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InFile {
    /// Nothing: it is hidden there as well, or is not small.
    Nothing,
    /// It is a number so small itself.
    Small,
    /// A number so small, or one that is hidden there, can be worked out from it.
    Telling,
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

    pub(super) fn add(&mut self, released: &Released, table: &Table, decisions: &[Decision]) {
        for ((row, true_row), decision) in released.rows.iter().zip(&table.rows).zip(decisions) {
            let cells = [
                ("value", row.value, true_row.value),
                ("numerator", row.numerator, true_row.numerator),
                ("denominator", row.denominator, true_row.denominator),
            ];
            for (column, shown, written) in cells {
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
                let tells = if column == "denominator" { decision.tells_base } else { decision.tells_top };
                let in_file = match (written.figure(), shown) {
                    (Some(_), Shown::Hidden(Hidden::Small(_))) => InFile::Small,
                    (Some(_), _) if tells => InFile::Telling,
                    _ => InFile::Nothing,
                };
                self.withheld.push(Withheld {
                    path: released.path.as_str().to_string(),
                    row: true_row.line,
                    column,
                    period: row.when.code(),
                    organisation: released.organisation_of(row).map(|organisation| organisation.code.clone()),
                    category: released.category_of(row).map(str::to_string),
                    reason,
                    in_file,
                });
            }
        }
    }
}
