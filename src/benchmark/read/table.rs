//! The true figures of one file. Nobody outside this library can read a figure out of a [`Table`]: that is what
//! [`release`](crate::benchmark::release) is for.

use super::Standing;
use crate::benchmark::released::Hidden;
use crate::benchmark::when::When;
use crate::source::{SitePath, Span};

/// A figure as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::benchmark) enum Cell {
    /// The file has no such column.
    #[default]
    Absent,
    /// The file says that there is no figure.
    Missing,
    /// The file hides a small figure already.
    HiddenBefore,
    /// The figure.
    Figure(f64),
}

impl Cell {
    pub(in crate::benchmark) fn figure(self) -> Option<f64> {
        match self {
            Self::Figure(figure) => Some(figure),
            _ => None,
        }
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(in crate::benchmark) struct Row {
    /// Its line in the file, from 1.
    pub(in crate::benchmark) line: u32,
    pub(in crate::benchmark) when: When,
    /// Which of the table's subjects it is about.
    pub(in crate::benchmark) subject: usize,
    pub(in crate::benchmark) value: Cell,
    pub(in crate::benchmark) numerator: Cell,
    pub(in crate::benchmark) denominator: Cell,
    /// Why its value, numerator and denominator were hidden before, where they were.
    pub(in crate::benchmark) hidden_before: [Hidden; 3],
    /// Its note says that it is a total of figures that could be shown, made when others were hidden.
    pub(in crate::benchmark) is_total_of_shown: bool,
}

/// How the column `value` comes about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::benchmark) enum ValueKind {
    /// A count, or an amount: those of parts add up to that of the whole.
    Count,
    /// Numerator ÷ denominator × scale.
    Ratio { scale: f64 },
    /// A mean, a median, an adjusted rate: it cannot be worked out from the other columns.
    Other,
}

/// An organisation of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// As the file writes it.
    pub written: String,
    /// The code, where it is known; otherwise as the file writes it.
    pub code: String,
    /// What readers see.
    pub name: String,
    /// Whether it is known.
    pub standing: Standing,
    /// Whether the name says that it is the total of the others.
    pub is_total: bool,
    /// Where it is named first.
    pub span: Span,
}

/// What a row is about: an organisation, a category, both or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::benchmark) struct Subject {
    pub(in crate::benchmark) organisation: Option<usize>,
    pub(in crate::benchmark) category: Option<usize>,
}

/// The rows of one file, in the order of their subjects and periods.
#[derive(Debug, Clone)]
pub struct Table {
    pub(in crate::benchmark) path: SitePath,
    pub(in crate::benchmark) rows: Vec<Row>,
    pub(in crate::benchmark) organisations: Vec<Organisation>,
    /// In the order of the file, with whether the name says that it is a total.
    pub(in crate::benchmark) categories: Vec<(String, bool)>,
    pub(in crate::benchmark) subjects: Vec<Subject>,
    pub(in crate::benchmark) kind: ValueKind,
    /// Decimals that the file writes, at most, in `value`, numerators and denominators.
    pub(in crate::benchmark) decimals: [u8; 3],
}

impl Table {
    /// The file.
    pub fn path(&self) -> &SitePath {
        &self.path
    }

    /// How many rows it has.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Its organisations, in the order of the file.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// Its stretches of time, each once, the earliest first.
    pub fn periods(&self) -> Vec<When> {
        let mut periods: Vec<When> = self.rows.iter().map(|row| row.when).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}

/// Whether a name says that it stands for all the others: "Total", "All trusts", "England".
pub(super) fn names_a_total(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let first = name.split_whitespace().next().unwrap_or("");
    matches!(
        first.trim_end_matches(':'),
        "total" | "totals" | "all" | "overall" | "sum" | "subtotal" | "sub-total"
    ) || name.ends_with(" total")
        || matches!(name.as_str(), "grand total" | "england" | "national" | "nhs england" | "whole network")
}
