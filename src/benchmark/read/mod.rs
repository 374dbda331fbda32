//! Reading: the bytes of a tidy CSV file into a [`Table`], and every problem of it with its row and column.

mod check;
mod number;
pub(in crate::benchmark) mod period;
mod problems;
mod quantity;
mod sheet;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

pub use quantity::{Quantity, quantity};
pub(in crate::benchmark) use table::{Cell, Row, Subject, ValueKind};
pub use table::{Organisation, Table};

use self::number::Written;
use self::period::Habits;
use self::problems::Problems;
use self::sheet::{Column, Record, Sheet};
use super::measure::Measure;
use super::released::Hidden;
use super::when::When;
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// The note of a row that holds a total of shown figures, in files that were made safe before.
pub(in crate::benchmark) const TOTAL_OF_SHOWN: &str = "total of the figures shown";

/// What a site knows of an organisation that a file names by its code or name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A real organisation.
    Known {
        /// Its code.
        code: String,
        /// Its name today.
        name: String,
    },
    /// An invented one, for examples.
    Fictional {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
    /// The site has no such organisation.
    Unknown {
        /// What was probably meant.
        nearest: Option<String>,
    },
}

/// What was read, and what is wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The table, with what could be understood; none where nothing could. Where [`Reading::is_sound`] is false it is
    /// good for finding further problems and not for publication.
    pub table: Option<Table>,
    /// Every problem, at most 20 of a kind.
    pub problems: Vec<Diagnostic>,
}

impl Reading {
    /// Whether all was understood, so that it may be drawn.
    pub fn is_sound(&self) -> bool {
        self.table.is_some() && !self.problems.iter().any(Diagnostic::is_error)
    }
}

/// Reads a file. `columns` gives the file's own names of columns by their usual ones (`period`, `value`,
/// `organisation`, `category`, `numerator`, `denominator`); `standing` says what is known of an organisation and is
/// asked once for each.
pub fn read(
    path: &SitePath,
    bytes: &[u8],
    columns: &BTreeMap<String, String>,
    measure: &Measure,
    standing: &dyn Fn(&str) -> Standing,
) -> Reading {
    let mut problems = Problems::new(path, measure.counts.is_of_people());
    let sheet =
        sheet::decode(bytes, &mut problems).and_then(|text| sheet::read(text, columns, &mut problems));
    let table = sheet.map(|sheet| {
        let table = Reader::new(&sheet, measure, standing).table(path, &mut problems);
        check::all(&table, &sheet, measure, &mut problems);
        let mut table = table.table;
        table.rows.sort_by_key(|row| (row.subject, row.when, row.line));
        table
    });
    Reading { table, problems: problems.into_diagnostics() }
}

/// A table whose rows are still in the order of the file, and the record of each.
struct InOrder {
    table: Table,
    /// For each row of the table, its place among the sheet's records.
    records: Vec<usize>,
    /// Signs of unit in the column `value`, each with the record that has it first and with how many have it.
    signs: BTreeMap<Option<char>, (usize, usize)>,
}

struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    measure: &'a Measure,
    standing: &'a dyn Fn(&str) -> Standing,
    organisations: Vec<Organisation>,
    organisation_by_text: HashMap<&'a str, usize>,
    organisation_by_code: HashMap<String, usize>,
    categories: Vec<(String, bool)>,
    category_by_text: HashMap<&'a str, usize>,
    subjects: Vec<Subject>,
    subject_numbers: HashMap<Subject, usize>,
    decimals: [u8; 3],
    signs: BTreeMap<Option<char>, (usize, usize)>,
}

impl<'a> Reader<'a> {
    fn new(sheet: &'a Sheet<'a>, measure: &'a Measure, standing: &'a dyn Fn(&str) -> Standing) -> Self {
        Self {
            sheet,
            measure,
            standing,
            organisations: Vec::new(),
            organisation_by_text: HashMap::new(),
            organisation_by_code: HashMap::new(),
            categories: Vec::new(),
            category_by_text: HashMap::new(),
            subjects: Vec::new(),
            subject_numbers: HashMap::new(),
            decimals: [0; 3],
            signs: BTreeMap::new(),
        }
    }

    fn table(mut self, path: &SitePath, problems: &mut Problems) -> InOrder {
        let sheet = self.sheet;
        let whens = self.whens(problems);
        let (mut rows, mut records) = (Vec::with_capacity(whens.len()), Vec::with_capacity(whens.len()));
        for (place, (record, when)) in sheet.records.iter().zip(whens).enumerate() {
            let subject = self.subject(record, problems);
            let value = self.figure(place, Column::Value, problems);
            let numerator = self.figure(place, Column::Numerator, problems);
            let denominator = self.figure(place, Column::Denominator, problems);
            let (Some(when), Some(subject)) = (when, subject) else { continue };
            let note = sheet.cell(record, Column::Note);
            let hidden_before = [Column::Value, Column::Numerator, Column::Denominator]
                .map(|column| reason_in(note, column.name()));
            let is_total_of_shown = note.contains(TOTAL_OF_SHOWN);
            rows.push(Row {
                line: record.line,
                when,
                subject,
                value,
                numerator,
                denominator,
                hidden_before,
                is_total_of_shown,
            });
            records.push(place);
        }
        let mut whens: Vec<&mut When> = rows.iter_mut().map(|row| &mut row.when).collect();
        period::first_days_are_months(&mut whens);
        let kind = value_kind(&rows, self.measure, self.decimals[0]);
        let table = Table {
            path: path.clone(),
            rows,
            organisations: self.organisations,
            categories: self.categories,
            subjects: self.subjects,
            kind,
            decimals: self.decimals,
        };
        InOrder { table, records, signs: self.signs }
    }

    fn whens(&self, problems: &mut Problems) -> Vec<Option<When>> {
        let sheet = self.sheet;
        let cell = |record: &'a Record| sheet.cell(record, Column::Period);
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut texts: Vec<&str> = Vec::new();
        let numbers: Vec<usize> = sheet
            .records
            .iter()
            .map(|record| {
                *places.entry(cell(record)).or_insert_with(|| {
                    texts.push(cell(record));
                    texts.len() - 1
                })
            })
            .collect();
        let habits = Habits::of(texts.iter().copied());
        let read: Vec<_> = texts.iter().map(|text| period::parse(text, habits)).collect();
        let mut whens = Vec::with_capacity(numbers.len());
        for (record, number) in sheet.records.iter().zip(numbers) {
            whens.push(match &read[number] {
                Ok(when) => Some(*when),
                Err(problem) => {
                    let text = cell(record);
                    let message = match text {
                        "" => "no period is given".to_string(),
                        _ if problems.quotable_name(text) == text => problem.message.clone(),
                        _ => problems.quotable(&problem.message),
                    };
                    problems.error("unreadable-period", || {
                        check::at(sheet, record, Column::Period, &message, &problem.help)
                    });
                    None
                }
            });
        }
        whens
    }

    fn figure(&mut self, place: usize, column: Column, problems: &mut Problems) -> Cell {
        if !self.sheet.has(column) {
            return Cell::Absent;
        }
        let record = &self.sheet.records[place];
        match number::parse(self.sheet.cell(record, column)) {
            Ok(Written::Missing) => Cell::Missing,
            Ok(Written::Hidden) => Cell::HiddenBefore,
            Ok(Written::Figure { number, decimals, sign }) => {
                let place_of_column = match column {
                    Column::Numerator => 1,
                    Column::Denominator => 2,
                    _ => 0,
                };
                let most = &mut self.decimals[place_of_column];
                *most = (*most).max(decimals);
                if column == Column::Value {
                    self.signs.entry(sign).or_insert((place, 0)).1 += 1;
                }
                Cell::Figure(number)
            }
            Err(problem) => {
                let (message, help) = (problems.quotable(&problem.message), problems.quotable(&problem.help));
                problems.error("not-a-number", || check::at(self.sheet, record, column, &message, &help));
                Cell::Missing
            }
        }
    }

    fn subject(&mut self, record: &'a Record, problems: &mut Problems) -> Option<usize> {
        let organisation = if self.sheet.has(Column::Organisation) {
            Some(self.organisation(record, problems)?)
        } else {
            None
        };
        let category =
            if self.sheet.has(Column::Category) { Some(self.category(record, problems)?) } else { None };
        let subject = Subject { organisation, category };
        let subjects = &mut self.subjects;
        Some(*self.subject_numbers.entry(subject).or_insert_with(|| {
            subjects.push(subject);
            subjects.len() - 1
        }))
    }

    fn organisation(&mut self, record: &'a Record, problems: &mut Problems) -> Option<usize> {
        let text = self.sheet.cell(record, Column::Organisation);
        if let Some(known) = self.organisation_by_text.get(text) {
            return Some(*known);
        }
        if text.is_empty() {
            self.report_nameless(record, Column::Organisation, problems);
            return None;
        }
        let span = self.sheet.span(record, Column::Organisation);
        let is_total = table::names_a_total(text);
        let standing = if is_total { Standing::Unknown { nearest: None } } else { (self.standing)(text) };
        let (code, name) = match &standing {
            Standing::Known { code, name } | Standing::Fictional { code, name } => {
                (code.clone(), name.clone())
            }
            Standing::Unknown { nearest } => {
                let is_aggregate =
                    self.measure.aggregates.iter().any(|aggregate| aggregate.organisation == text);
                if !is_total && !is_aggregate {
                    let shown = problems.quotable_name(text);
                    problems.warning("unknown-organisation", || {
                        let message =
                            format!("`{shown}` has no line in organisations.csv, so readers see it bare");
                        let help = nearest.as_ref().map_or_else(
                            || format!("add a line with {shown} and its name to content/organisations.csv"),
                            |nearest| format!("did you mean `{nearest}`?"),
                        );
                        check::at(self.sheet, record, Column::Organisation, &message, &help)
                    });
                }
                (text.to_string(), text.to_string())
            }
        };
        let number = *self.organisation_by_code.entry(code.clone()).or_insert_with(|| {
            let written = text.to_string();
            self.organisations.push(Organisation { written, code, name, standing, is_total, span });
            self.organisations.len() - 1
        });
        self.organisation_by_text.insert(text, number);
        Some(number)
    }

    fn category(&mut self, record: &'a Record, problems: &mut Problems) -> Option<usize> {
        let text = self.sheet.cell(record, Column::Category);
        if text.is_empty() {
            self.report_nameless(record, Column::Category, problems);
            return None;
        }
        let categories = &mut self.categories;
        Some(*self.category_by_text.entry(text).or_insert_with(|| {
            categories.push((text.to_string(), table::names_a_total(text)));
            categories.len() - 1
        }))
    }

    fn report_nameless(&self, record: &Record, column: Column, problems: &mut Problems) {
        problems.error("nameless-row", || {
            let message = format!("the row does not say which {} it is about", column.name());
            check::at(self.sheet, record, column, &message, "write its name, or delete the row")
        });
    }
}

/// Why a figure is hidden, as the note of a file that was made safe says it.
fn reason_in(note: &str, column: &str) -> Hidden {
    let reasons = note.split(';').filter_map(|part| {
        Hidden::from_words(part.trim_start().strip_prefix(column)?.trim_start().strip_prefix("hidden")?)
    });
    reasons.into_iter().next().unwrap_or(Hidden::Before)
}

/// How `value` comes about, told by the unit and by the rows that have all three figures.
fn value_kind(rows: &[Row], measure: &Measure, decimals: u8) -> ValueKind {
    let full: Vec<(f64, f64, f64)> = rows
        .iter()
        .filter_map(|row| Some((row.value.figure()?, row.numerator.figure()?, row.denominator.figure()?)))
        .filter(|(_, _, denominator)| *denominator > 0.0)
        .collect();
    if !full.is_empty() {
        let candidates = [1.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0];
        for scale in measure.unit_scale().into_iter().chain(candidates) {
            let fitting = full.iter().filter(|figures| check::agrees(**figures, scale, decimals)).count();
            if fitting * 2 > full.len() {
                return ValueKind::Ratio { scale };
            }
        }
        let is_numerator = |(value, numerator, _): &(f64, f64, f64)| (value - numerator).abs() < 1e-9;
        let repeats = full.iter().filter(|figures| is_numerator(figures)).count();
        return if repeats * 2 > full.len() { ValueKind::Count } else { ValueKind::Other };
    }
    let has_base = rows.iter().any(|row| row.denominator != Cell::Absent);
    if let (true, Some(scale)) = (has_base, measure.unit_scale()) {
        return ValueKind::Ratio { scale };
    }
    let is_amount = measure.unit.contains('£') && measure.unit.to_lowercase().find(" per ").is_none();
    if measure.unit_is_count() || is_amount { ValueKind::Count } else { ValueKind::Other }
}
