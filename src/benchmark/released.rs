//! What may be seen: the only figures that charts, tables, statistics and files are made from. Nothing but
//! [`release`](crate::benchmark::release) makes a [`Released`], and no true figure can be reached from it.

use super::measure::Measure;
use super::read::{Organisation, Subject, ValueKind};
use super::when::{Grain, When};
use crate::source::SitePath;

/// Why a figure is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// It is from 1 to this number.
    Small(u32),
    /// The file had hidden it already.
    Before,
    /// It is a rate, mean or median of so few that it is not shown; the number is the most that counts as few.
    RestsOnFew(u32),
    /// It counts all but so few, from 1 to this number, or is a rate of all but so few.
    AllBut(u32),
    /// Nobody can tell of how many it is a rate or mean, because there is no denominator.
    BaseUnknown,
    /// A hidden figure could be worked out from it.
    WouldReveal,
}

impl Hidden {
    /// What is read out in its place: `hidden, 1 to 7`.
    pub fn words(self) -> String {
        match self {
            Self::Small(most) => format!("hidden, 1 to {most}"),
            Self::Before => "hidden by its source".to_string(),
            Self::RestsOnFew(most) => format!("hidden, rests on {most} or fewer"),
            Self::AllBut(most) => format!("hidden, all but 1 to {most}"),
            Self::BaseUnknown => "hidden, of how many is not known".to_string(),
            Self::WouldReveal => "hidden, to protect another figure".to_string(),
        }
    }

    /// The reason that a file gives after the word `hidden`, as [`Self::words`] has it.
    pub(super) fn from_words(words: &str) -> Option<Self> {
        let words = words.trim_start_matches([',', ':', ' ']).trim_end();
        let number = |text: &str| text.parse().ok();
        match words {
            "to protect another figure" => Some(Self::WouldReveal),
            "of how many is not known" => Some(Self::BaseUnknown),
            _ => {
                let small = words.strip_prefix("1 to ").and_then(number).map(Self::Small);
                let few = || words.strip_prefix("rests on ")?.strip_suffix(" or fewer").and_then(number);
                let all_but = || words.strip_prefix("all but 1 to ").and_then(number).map(Self::AllBut);
                small.or_else(|| few().map(Self::RestsOnFew)).or_else(all_but)
            }
        }
    }
}

/// How a figure that is shown came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As the file has it.
    AsGiven,
    /// Rounded, or worked out from rounded figures.
    Rounded,
    /// The total of those figures that are shown, and less than the true total.
    TotalOfShown,
}

/// One figure as it may be seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// The file has no such column.
    Absent,
    /// The file gives none.
    NotGiven,
    /// A figure.
    Figure {
        /// It.
        figure: f64,
        /// How it came about.
        how: How,
    },
    /// There is one, and it is not shown.
    Hidden(Hidden),
}

impl Shown {
    /// The figure, if there is one and it is shown.
    pub fn figure(self) -> Option<f64> {
        match self {
            Self::Figure { figure, .. } => Some(figure),
            _ => None,
        }
    }

    /// Whether there is a figure that is not shown.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Hidden(_))
    }
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReleasedRow {
    /// What time it covers.
    pub when: When,
    /// The figure that the benchmark is about, in the measure's unit.
    pub value: Shown,
    /// What is counted.
    pub numerator: Shown,
    /// Out of how many.
    pub denominator: Shown,
    pub(super) subject: usize,
}

/// How a value relates to its numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A count or an amount.
    Count,
    /// Numerator ÷ denominator × scale, of a whole: at most `scale`.
    Proportion {
        /// 100 for percentages, 1,000 for "per 1,000".
        scale: f64,
    },
    /// Observed ÷ expected × scale.
    StandardisedRatio {
        /// 1 or 100.
        scale: f64,
    },
    /// Anything else: means, medians, adjusted rates.
    Other,
}

/// One file as it may be seen. Rows are sorted by organisation and category in the order of the file, then by time.
#[derive(Debug, Clone)]
pub struct Released {
    pub(super) path: SitePath,
    pub(super) rows: Vec<ReleasedRow>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) categories: Vec<(String, bool)>,
    pub(super) subjects: Vec<Subject>,
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    pub(super) decimals: [u8; 3],
}

impl Released {
    /// The file.
    pub fn path(&self) -> &SitePath {
        &self.path
    }

    /// What the page says of the figures.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Every row.
    pub fn rows(&self) -> &[ReleasedRow] {
        &self.rows
    }

    /// How values come about.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Decimals of the column `value`.
    pub fn decimals(&self) -> u8 {
        self.decimals[0]
    }

    /// Organisations in the order of the file, totals included.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// Categories (age bands, professions) in the order of the file; empty where it has none.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|(name, _)| name.as_str())
    }

    /// The organisation that a row is about, if the file has organisations.
    pub fn organisation_of(&self, row: &ReleasedRow) -> Option<&Organisation> {
        self.organisations.get(self.subjects.get(row.subject)?.organisation?)
    }

    /// The category that a row is about, if the file has categories.
    pub fn category_of(&self, row: &ReleasedRow) -> Option<&str> {
        self.categories.get(self.subjects.get(row.subject)?.category?).map(|(name, _)| name.as_str())
    }

    /// Whether a row is about all others together ("Total").
    pub fn is_total(&self, row: &ReleasedRow) -> bool {
        let Some(subject) = self.subjects.get(row.subject) else { return false };
        subject.organisation.is_some_and(|number| self.organisations[number].is_total)
            || subject.category.is_some_and(|number| self.categories[number].1)
    }

    /// How long most rows are: charts leave out the others.
    pub fn usual_grain(&self) -> Option<Grain> {
        let mut counts = std::collections::BTreeMap::<Grain, usize>::new();
        for row in &self.rows {
            *counts.entry(row.when.grain).or_default() += 1;
        }
        counts
            .into_iter()
            .max_by_key(|(grain, count)| (*count, std::cmp::Reverse(*grain)))
            .map(|(grain, _)| grain)
    }

    /// One series for each organisation or category, in the order of the file, in rows of the usual grain.
    pub fn series(&self) -> Vec<Series<'_>> {
        let Some(grain) = self.usual_grain() else { return Vec::new() };
        self.rows
            .chunk_by(|a, b| a.subject == b.subject)
            .filter_map(|rows| {
                let rows: Vec<&ReleasedRow> = rows.iter().filter(|row| row.when.grain == grain).collect();
                let first = *rows.first()?;
                Some(Series {
                    organisation: self.organisation_of(first),
                    category: self.category_of(first),
                    is_total: self.is_total(first),
                    rows,
                })
            })
            .collect()
    }

    /// Periods of the usual grain, the earliest first.
    pub fn periods(&self) -> Vec<When> {
        let Some(grain) = self.usual_grain() else { return Vec::new() };
        let mut periods: Vec<When> =
            self.rows.iter().map(|row| row.when).filter(|when| when.grain == grain).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// All rows of one period that are not totals, in the order of the file.
    pub fn snapshot(&self, when: When) -> Snapshot<'_> {
        let rows = self.rows.iter().filter(|row| row.when == when && !self.is_total(row)).collect();
        Snapshot { when, released: self, rows }
    }

    /// The latest period in which more than one organisation or category has a figure; where there is none, the latest.
    pub fn latest(&self) -> Option<Snapshot<'_>> {
        let periods = self.periods();
        let compared = periods.iter().rev().find(|when| self.snapshot(**when).figures().count() > 1);
        compared.or(periods.last()).map(|when| self.snapshot(*when))
    }

    /// How many figures are hidden.
    pub fn hidden_count(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| [row.value, row.numerator, row.denominator]);
        cells.filter(|cell| cell.is_hidden()).count()
    }
}

/// One organisation or category over time.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// Whose figures they are, if the file has organisations.
    pub organisation: Option<&'a Organisation>,
    /// Of which category, if the file has categories.
    pub category: Option<&'a str>,
    /// Whether it is the total of the others.
    pub is_total: bool,
    /// The earliest first.
    pub rows: Vec<&'a ReleasedRow>,
}

impl Series<'_> {
    /// Periods and values that are shown, the earliest first.
    pub fn points(&self) -> Vec<(When, f64)> {
        self.rows.iter().filter_map(|row| Some((row.when, row.value.figure()?))).collect()
    }

    /// The organisation and the category, where the file has both.
    pub fn full_name(&self) -> String {
        match (self.organisation, self.category) {
            (Some(organisation), Some(category)) => format!("{}, {category}", organisation.name),
            _ => self.name().to_string(),
        }
    }

    /// The name that readers see; empty where the file has neither organisations nor categories.
    pub fn name(&self) -> &str {
        self.organisation.map(|organisation| organisation.name.as_str()).or(self.category).unwrap_or("")
    }
}

/// All organisations or categories in one period.
#[derive(Debug, Clone)]
pub struct Snapshot<'a> {
    /// The period.
    pub when: When,
    /// Its rows, in the order of the file, without totals.
    pub rows: Vec<&'a ReleasedRow>,
    released: &'a Released,
}

impl<'a> Snapshot<'a> {
    /// The name and code of a row's organisation or category; both empty where it has neither.
    pub fn named(&self, row: &ReleasedRow) -> (&'a str, &'a str) {
        match (self.released.organisation_of(row), self.released.category_of(row)) {
            (Some(organisation), _) => (&organisation.name, &organisation.code),
            (None, Some(category)) => (category, category),
            (None, None) => ("", ""),
        }
    }

    /// The categories of each organisation by themselves, where the file has both; else all of it, without a name.
    pub fn by_organisation(&self) -> Vec<(&'a str, Self)> {
        self.split(|row| self.released.organisation_of(row).map(|organisation| organisation.name.as_str()))
    }

    /// The organisations in each category by themselves, where the file has both; else all of it, without a name.
    pub fn by_category(&self) -> Vec<(&'a str, Self)> {
        self.split(|row| self.released.category_of(row))
    }

    fn split(&self, name: impl Fn(&ReleasedRow) -> Option<&'a str>) -> Vec<(&'a str, Self)> {
        if self.released.organisations.is_empty() || self.released.categories.is_empty() {
            return vec![("", self.clone())];
        }
        let mut places = std::collections::BTreeMap::new();
        let mut parts: Vec<(&'a str, Self)> = Vec::new();
        for row in &self.rows {
            let name = name(row).unwrap_or_default();
            let place = *places.entry(name).or_insert(parts.len());
            if place == parts.len() {
                parts.push((name, Self { when: self.when, rows: Vec::new(), released: self.released }));
            }
            parts[place].1.rows.push(row);
        }
        parts
    }

    /// Names with the values that are shown.
    pub fn figures(&self) -> impl Iterator<Item = (&'a str, f64)> {
        self.rows.iter().filter_map(|row| Some((self.named(row).0, row.value.figure()?)))
    }

    /// The file that it is taken from.
    pub fn released(&self) -> &'a Released {
        self.released
    }
}

impl Kind {
    /// How the values of a table come about, for those who only see what is released.
    pub(super) fn of(
        kind: ValueKind,
        measure: &Measure,
        denominators_have_decimals: bool,
        is_within: bool,
    ) -> Self {
        match kind {
            ValueKind::Count => Self::Count,
            ValueKind::Ratio { scale } if measure.unit_is_ratio() || denominators_have_decimals => {
                Self::StandardisedRatio { scale }
            }
            ValueKind::Ratio { scale } if is_within => Self::Proportion { scale },
            ValueKind::Ratio { .. } | ValueKind::Other => Self::Other,
        }
    }
}
