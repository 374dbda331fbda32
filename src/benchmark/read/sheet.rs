//! The bytes of a CSV file as rows of cells that know where they stand: encoding, separator, header, and cells that
//! a stray quotation mark or comma has run together.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::problems::Problems;
use crate::source::Span;
use crate::text::{counted, list_words, thousands};

/// More rows than this are no benchmark.
const MAX_ROWS: usize = 200_000;

/// A column that a benchmark can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Period,
    Value,
    Organisation,
    Category,
    Numerator,
    Denominator,
    Note,
}

impl Column {
    pub(super) const ALL: [Self; 7] = [
        Self::Period,
        Self::Value,
        Self::Organisation,
        Self::Category,
        Self::Numerator,
        Self::Denominator,
        Self::Note,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Value => "value",
            Self::Organisation => "organisation",
            Self::Category => "category",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Note => "note",
        }
    }

    /// Names under which people often have the column.
    fn often_called(self) -> &'static [&'static str] {
        match self {
            Self::Period => &["date", "month", "year", "quarter", "week", "reporting period"],
            Self::Value => &["percent", "percentage", "rate", "figure", "count", "number", "result"],
            Self::Organisation => {
                &["org", "trust", "provider", "org_code", "ods", "ods code", "site", "network"]
            }
            Self::Category | Self::Numerator | Self::Denominator | Self::Note => &[],
        }
    }
}

/// One row.
pub(super) struct Record {
    /// Its line in the file, from 1.
    pub(super) line: u32,
    /// Where it begins.
    start: u32,
    cells: StringRecord,
}

/// A file as rows.
pub(super) struct Sheet<'a> {
    text: &'a str,
    delimiter: u8,
    /// Which cell of a row holds what.
    places: BTreeMap<Column, usize>,
    header: Vec<String>,
    pub(super) records: Vec<Record>,
}

impl Sheet<'_> {
    pub(super) fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }

    /// The cell of a column; empty where the row ends before it.
    pub(super) fn cell<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        self.places.get(&column).and_then(|place| record.cells.get(*place)).unwrap_or("")
    }

    /// What the file calls a column.
    pub(super) fn called(&self, column: Column) -> &str {
        self.places
            .get(&column)
            .and_then(|place| self.header.get(*place))
            .map_or(column.name(), String::as_str)
    }

    /// Where a cell stands in the file.
    pub(super) fn span(&self, record: &Record, column: Column) -> Span {
        self.places.get(&column).map_or(Span::new(record.start as usize, record.start as usize), |place| {
            cell_span(self.text, record.start as usize, *place, self.delimiter)
        })
    }
}

/// The cell number `place` of the row that begins at `start`.
fn cell_span(text: &str, start: usize, place: usize, delimiter: u8) -> Span {
    let bytes = text.as_bytes();
    let (mut at, mut cell, mut quoted) = (start, 0, false);
    let mut begins = start;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'"' {
            quoted = !quoted;
        } else if !quoted && (byte == delimiter || byte == b'\n' || byte == b'\r') {
            if cell == place || byte != delimiter {
                break;
            }
            cell += 1;
            begins = at + 1;
        }
        at += 1;
    }
    let written = text.get(begins..at).unwrap_or("");
    let before = written.len() - written.trim_start().len();
    Span::new(begins + before, begins + before + written.trim().len())
}

/// The file as text, or why it cannot be read.
pub(super) fn decode<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    let unreadable = |problems: &mut Problems, message: &str, help: &str| {
        problems.error("data-encoding", || (None, message.to_string(), help.to_string()));
        None
    };
    let save_as = "save it from Excel as `CSV UTF-8 (comma delimited)`";
    if bytes.starts_with(b"PK\x03\x04") {
        return unreadable(problems, "this is an Excel workbook and no CSV file", save_as);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return unreadable(problems, "this file is in UTF-16 (`Unicode text`), which is not read", save_as);
    }
    if u32::try_from(bytes.len()).is_err() {
        return unreadable(
            problems,
            "this file is too large to be the data of a benchmark",
            "leave out old rows",
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].split(|byte| *byte == b'\n').count();
            problems.error("data-encoding", || {
                let byte = bytes.get(at).copied().unwrap_or_default();
                let likely = windows_1252(byte).map_or(String::new(), |c| format!(" (probably {c})"));
                let message = format!("row {}: the byte 0x{byte:02X}{likely} is not UTF-8", thousands(line));
                (Some(Span::new(at, at + 1)), message, save_as.to_string())
            });
            None
        }
    }
}

/// The character that old Windows programs mean by a byte, for those that people notice.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('€'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xa0 => Some('\u{a0}'),
        0xa1..=0xff => Some(char::from(byte)),
        _ => None,
    }
    .filter(|c| !c.is_whitespace())
}

/// Splits a text into rows. `own_names` says what the file calls a column, by its usual name.
pub(super) fn read<'a>(
    text: &'a str,
    own_names: &BTreeMap<String, String>,
    problems: &mut Problems,
) -> Option<Sheet<'a>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = text.len() - body.len();
    let delimiter = delimiter(body);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut sheet =
        Sheet { text, delimiter, places: BTreeMap::new(), header: Vec::new(), records: Vec::new() };
    let mut cells = StringRecord::new();
    let mut has_header = false;
    while reader.read_record(&mut cells).unwrap_or(false) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let position =
            cells.position().map_or((0, 1), |position| (position.byte() as usize, position.line()));
        let record = Record {
            line: u32::try_from(position.1).unwrap_or(u32::MAX),
            start: (base + position.0) as u32,
            cells: cells.clone(),
        };
        if !has_header {
            has_header = true;
            if !sheet.take_header(&record, own_names, problems) {
                return None;
            }
            continue;
        }
        if sheet.records.len() == MAX_ROWS {
            problems.error("too-many-rows", || {
                let message = format!("this file has more than {} rows", thousands(MAX_ROWS));
                (None, message, "leave out what the benchmark does not show".to_string())
            });
            return None;
        }
        sheet.check_cells(&record, problems);
        sheet.records.push(record);
    }
    if sheet.records.is_empty() {
        problems.error("no-rows", || {
            let message = "this file has no rows of figures".to_string();
            (None, message, "write a header row with `period,value` and a row for each figure".to_string())
        });
        return None;
    }
    Some(sheet)
}

/// What parts the cells of the first line: Excel writes semicolons where the decimal point is a comma.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    if first.contains(',') {
        b','
    } else if first.contains(';') {
        b';'
    } else if first.contains('\t') {
        b'\t'
    } else {
        b','
    }
}

impl Sheet<'_> {
    /// Finds the columns; false where one that is needed is missing.
    fn take_header(
        &mut self,
        record: &Record,
        own_names: &BTreeMap<String, String>,
        problems: &mut Problems,
    ) -> bool {
        let tidy = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.header = record.cells.iter().map(|name| name.trim().to_string()).collect();
        let names: Vec<String> = self.header.iter().map(|name| tidy(name)).collect();
        let span = cell_span(self.text, record.start as usize, 0, self.delimiter);
        for column in Column::ALL {
            let own = own_names.get(column.name()).map(|own| tidy(own));
            let wanted = own.as_deref().unwrap_or(column.name());
            let mut places = (0..names.len()).filter(|place| names[*place] == wanted);
            let found = places.next();
            if places.next().is_some() {
                problems.error("duplicate-column", || {
                    let message = format!("two columns are called `{wanted}`");
                    (Some(span), message, "rename or delete one of them".to_string())
                });
            }
            match found {
                Some(place) => {
                    self.places.insert(column, place);
                }
                None if own.is_some() || matches!(column, Column::Period | Column::Value) => {
                    let help = self.how_to_name(column, &names);
                    let there = self.header.iter().filter(|name| !name.is_empty());
                    // A file without a header begins with figures.
                    let has: Vec<String> =
                        there.map(|name| format!("`{}`", problems.quotable_name(name))).collect();
                    problems.error("missing-column", || {
                        let message = format!(
                            "there is no column `{wanted}`; the first row has {}",
                            list_words(&has, "and")
                        );
                        (Some(span), message, help)
                    });
                }
                None => {}
            }
        }
        self.has(Column::Period) && self.has(Column::Value)
    }

    fn how_to_name(&self, column: Column, names: &[String]) -> String {
        let likely =
            column.often_called().iter().find_map(|often| names.iter().position(|name| name == often));
        match likely.and_then(|place| self.header.get(place)) {
            Some(name) => format!("write `columns: {{ {}: {name} }}` on the page", column.name()),
            None => format!(
                "the first row of the file must name its columns: call this one `{0}`, or write `columns: {{ {0}: … }}` on the page with the name that the file uses",
                column.name()
            ),
        }
    }

    fn check_cells(&self, record: &Record, problems: &mut Problems) {
        let last = (0..record.cells.len()).rev().find(|cell| !record.cells[*cell].is_empty()).unwrap_or(0);
        let span = Some(cell_span(self.text, record.start as usize, last, self.delimiter));
        if last >= self.header.len() {
            problems.error("too-many-cells", || {
                let message = format!(
                    "row {}: {} stand under {}",
                    record.line,
                    counted(last + 1, "cell", "cells"),
                    counted(self.header.len(), "column", "columns")
                );
                (
                    span,
                    message,
                    "put quotation marks around a number or name with a comma: \"1,204\"".to_string(),
                )
            });
        }
        if record.cells.iter().any(|cell| cell.contains('\n')) {
            problems.error("open-quotation", || {
                let message = format!("row {}: a cell runs over several lines", record.line);
                let help = "close the quotation mark that is open in this row, or delete it".to_string();
                (Some(cell_span(self.text, record.start as usize, 0, self.delimiter)), message, help)
            });
        }
    }
}
