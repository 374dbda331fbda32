//! What is wrong between the rows of a table and between the figures of one row.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::problems::Problems;
use super::sheet::{Column, Record, Sheet};
use super::table::{Cell, Row, ValueKind};
use super::{InOrder, Table};
use crate::benchmark::measure::Measure;
use crate::benchmark::when::Grain;
use crate::source::Span;
use crate::text::counted;

/// The place, message and help of a problem with one cell.
pub(super) fn at(
    sheet: &Sheet<'_>,
    record: &Record,
    column: Column,
    message: &str,
    help: &str,
) -> (Option<Span>, String, String) {
    let message = format!("row {}, column `{}`: {message}", record.line, sheet.called(column));
    (Some(sheet.span(record, column)), message, help.to_string())
}

/// Whether a value is numerator ÷ denominator × scale, as far as its decimals tell.
pub(super) fn agrees((value, numerator, denominator): (f64, f64, f64), scale: f64, decimals: u8) -> bool {
    let tolerance = 0.5 * 10_f64.powi(-i32::from(decimals));
    let exact = numerator / denominator * scale;
    (value - exact).abs() <= tolerance * 1.001 + exact.abs() * 1e-9
}

/// All checks, each over the whole table.
pub(super) fn all(read: &InOrder, sheet: &Sheet<'_>, measure: &Measure, problems: &mut Problems) {
    let checker = Checker { read, sheet, measure };
    checker.units(problems);
    checker.figures(problems);
    checker.subjects(problems);
    checker.grains(problems);
    checker.comparison(problems);
}

struct Checker<'a> {
    read: &'a InOrder,
    sheet: &'a Sheet<'a>,
    measure: &'a Measure,
}

impl Checker<'_> {
    fn table(&self) -> &Table {
        &self.read.table
    }

    fn record(&self, row: usize) -> &Record {
        &self.sheet.records[self.read.records[row]]
    }

    /// Percentages among plain numbers, pounds among percentages.
    fn units(&self, problems: &mut Problems) {
        let signs = &self.read.signs;
        let usual = signs.iter().max_by_key(|(_, (_, count))| *count).map(|(sign, _)| *sign);
        let named = |sign: &Option<char>| sign.map_or("no sign".to_string(), |sign| format!("`{sign}`"));
        for (sign, (place, count)) in signs {
            let Some(usual) = usual.filter(|usual| usual != sign) else { continue };
            problems.error("mixed-units", || {
                let message = format!(
                    "{} with {} among others with {}",
                    counted(*count, "figure stands", "figures stand"),
                    named(sign),
                    named(&usual)
                );
                at(
                    self.sheet,
                    &self.sheet.records[*place],
                    Column::Value,
                    &message,
                    "write all in the same unit",
                )
            });
        }
        let unit = &self.measure.unit;
        let contradicted = match usual.flatten() {
            Some('%') => !unit.contains('%') && !unit.to_lowercase().contains("percent"),
            Some('£') => !unit.contains('£'),
            _ => false,
        };
        if let (true, Some(Some(sign)), Some((place, _))) = (contradicted, usual, signs.get(&usual.flatten()))
        {
            problems.error("mixed-units", || {
                let message = match unit.as_str() {
                    "" => format!("the figures have `{sign}`, and no unit is given"),
                    unit => format!("the figures have `{sign}`, and the unit is `{unit}`"),
                };
                at(self.sheet, &self.sheet.records[*place], Column::Value, &message, "make the two agree")
            });
        }
    }

    /// Each row by itself.
    fn figures(&self, problems: &mut Problems) {
        let table = self.table();
        let mut differing = 0;
        for (number, row) in table.rows.iter().enumerate() {
            let record = self.record(number);
            let negative = |cell: Cell| cell.figure().is_some_and(|figure| figure < 0.0);
            let counts = [
                (
                    Column::Value,
                    table.kind == ValueKind::Count && self.measure.unit_is_count() && negative(row.value),
                ),
                (Column::Numerator, negative(row.numerator)),
                (Column::Denominator, negative(row.denominator)),
            ];
            for (column, _) in counts.iter().filter(|(_, is_wrong)| *is_wrong) {
                problems.error("negative-count", || {
                    at(
                        self.sheet,
                        record,
                        *column,
                        "a count is negative",
                        "check it; write `-` if it is not known",
                    )
                });
            }
            self.share(row, record, problems);
            let full = (row.value.figure(), row.numerator.figure(), row.denominator.figure());
            if let (ValueKind::Ratio { scale }, (Some(value), Some(numerator), Some(denominator))) =
                (table.kind, full)
                && denominator > 0.0
                && !agrees((value, numerator, denominator), scale, table.decimals[0])
            {
                let is_discreet = problems.is_discreet;
                problems.error("value-differs", || {
                    let exact = numerator / denominator * scale;
                    let decimals = usize::from(table.decimals[0]);
                    let message = if is_discreet {
                        "the value is not numerator ÷ denominator".to_string()
                    } else {
                        format!("{value} is not numerator ÷ denominator, which gives {exact:.decimals$}")
                    };
                    at(self.sheet, record, Column::Value, &message, "check the three figures of this row")
                });
            }
            if table.kind == ValueKind::Other && full.0.is_some() && full.1.is_some() && full.2.is_some() {
                differing += 1;
            }
        }
        if differing > 0 {
            problems.warning("value-differs", || {
                let message = "most values are not numerator ÷ denominator".to_string();
                let help =
                    "check the columns; if the figures are adjusted or standardised, say so in `definition`"
                        .to_string();
                (None, message, help)
            });
        }
    }

    fn share(&self, row: &Row, record: &Record, problems: &mut Problems) {
        if row.denominator == Cell::Figure(0.0) {
            let help = "write `-` as the value where nothing could be counted";
            if row.value.figure().is_some() {
                problems.error("zero-denominator", || {
                    at(
                        self.sheet,
                        record,
                        Column::Denominator,
                        "nothing can be divided by a denominator of 0",
                        help,
                    )
                });
            }
            return;
        }
        let is_percentage = self.measure.unit_scale() == Some(100.0) && !self.measure.unit_is_ratio();
        if let (Some(numerator), Some(denominator), true) =
            (row.numerator.figure(), row.denominator.figure(), is_percentage)
            && numerator > denominator
        {
            problems.error("numerator-too-large", || {
                let message =
                    "the numerator is larger than the denominator, which no percentage of a whole can be";
                at(
                    self.sheet,
                    record,
                    Column::Numerator,
                    message,
                    "check whether the two columns are exchanged",
                )
            });
        }
    }

    /// Rows of one organisation or category: twice the same, out of order, left out.
    fn subjects(&self, problems: &mut Problems) {
        let table = self.table();
        let mut rows: Vec<usize> = (0..table.rows.len()).collect();
        rows.sort_by_key(|row| (table.rows[*row].subject, table.rows[*row].when, *row));
        for of_subject in rows.chunk_by(|a, b| table.rows[*a].subject == table.rows[*b].subject) {
            for pair in of_subject.windows(2) {
                let (first, second) = (&table.rows[pair[0]], &table.rows[pair[1]]);
                if first.when == second.when {
                    problems.error("duplicate-row", || {
                        let message = format!("{}{} is given twice", self.about(second), second.when.words());
                        let help = format!("keep this row or row {}, whichever is right", first.line);
                        at(self.sheet, self.record(pair[1]), Column::Period, &message, &help)
                    });
                    let place = self.sheet.span(self.record(pair[0]), Column::Period);
                    problems.label("duplicate-row", place, "first given here");
                } else if let Some(left_out) = first.when.next()
                    && left_out.grain == second.when.grain
                    && left_out.start < second.when.start
                {
                    problems.warning("missing-row", || {
                        let message = format!(
                            "{}there is no row from {} until {}",
                            self.about(second),
                            left_out.words(),
                            second.when.words()
                        );
                        let help = "add the rows that are missing, with `-` where there is no figure";
                        at(self.sheet, self.record(pair[1]), Column::Period, &message, help)
                    });
                }
            }
            self.order(of_subject, problems);
        }
    }

    /// Newest first is as good as oldest first; neither is a sign of a mistake.
    fn order(&self, of_subject: &[usize], problems: &mut Problems) {
        let table = self.table();
        let mut in_file = of_subject.to_vec();
        in_file.sort_unstable();
        let when = |row: usize| table.rows[row].when;
        let rises = in_file.windows(2).filter(|pair| when(pair[0]) < when(pair[1])).count();
        let falls = in_file.windows(2).filter(|pair| when(pair[0]) > when(pair[1])).count();
        if rises == 0 || falls == 0 {
            return;
        }
        let is_turn = |pair: &[usize]| {
            if rises >= falls { when(pair[0]) > when(pair[1]) } else { when(pair[0]) < when(pair[1]) }
        };
        if let Some(pair) = in_file.windows(2).find(|pair| is_turn(pair)) {
            let (before, row) = (&table.rows[pair[0]], &table.rows[pair[1]]);
            problems.warning("rows-out-of-order", || {
                let message = format!(
                    "{}{} stands after {}; the rows are put in order of time",
                    self.about(row),
                    row.when.words(),
                    before.when.words()
                );
                at(
                    self.sheet,
                    self.record(pair[1]),
                    Column::Period,
                    &message,
                    "check that the periods are right",
                )
            });
        }
    }

    fn about(&self, row: &Row) -> String {
        let table = self.table();
        let subject = table.subjects[row.subject];
        let mut words = String::new();
        if let Some(organisation) = subject.organisation {
            let _ = write!(words, "{}, ", table.organisations[organisation].written);
        }
        if let Some(category) = subject.category {
            let _ = write!(words, "{}, ", table.categories[category].0);
        }
        words
    }

    /// Months among years: a chart over time can only show one of them.
    fn grains(&self, problems: &mut Problems) {
        let table = self.table();
        let mut grains: BTreeMap<Grain, (usize, usize)> = BTreeMap::new();
        for (number, row) in table.rows.iter().enumerate() {
            grains.entry(row.when.grain).or_insert((number, 0)).1 += 1;
        }
        let Some(usual) = grains.iter().max_by_key(|(_, (_, count))| *count).map(|(grain, _)| *grain) else {
            return;
        };
        for (grain, (first, count)) in grains.iter().filter(|(grain, _)| **grain != usual) {
            problems.warning("mixed-periods", || {
                let message = format!(
                    "{} a {} among others that cover a {}; charts leave out the fewer",
                    counted(*count, "row covers", "rows cover"),
                    grain.name(),
                    usual.name()
                );
                let help = "put them into a file of their own, or check how the period is written";
                at(self.sheet, self.record(*first), Column::Period, &message, help)
            });
        }
    }

    /// One figure of one organisation: nothing to compare it with.
    fn comparison(&self, problems: &mut Problems) {
        let table = self.table();
        let others = table.organisations.iter().filter(|organisation| !organisation.is_total).count();
        if self.sheet.has(Column::Organisation) && others == 1 && table.periods().len() == 1 {
            problems.warning("one-organisation", || {
                let message =
                    "only one organisation and one period are given, so there is nothing to compare";
                let help =
                    "add other organisations or earlier periods, or leave out the chart with `chart: none`";
                at(self.sheet, self.record(0), Column::Organisation, message, help)
            });
        }
    }
}
