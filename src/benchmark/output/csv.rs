//! The file that readers download: what is shown and nothing else. It is read back as the same table.

use crate::benchmark::output::number::shortest;
use crate::benchmark::read::TOTAL_OF_SHOWN;
use crate::benchmark::released::{How, Released, ReleasedRow, Shown};
use crate::text::spreadsheet_text;

/// What the file says where a figure is hidden.
const HIDDEN: &str = "*";

/// The table as CSV with a header, lines ended as Excel ends them.
pub fn text(released: &Released) -> String {
    let rows = released.rows();
    let has = |cell: fn(&ReleasedRow) -> Shown| rows.iter().any(|row| cell(row) != Shown::Absent);
    let (has_numerator, has_denominator) = (has(|row| row.numerator), has(|row| row.denominator));
    let notes: Vec<String> = rows.iter().map(note).collect();
    let has_notes = notes.iter().any(|note| !note.is_empty());
    let mut header = vec!["period", "value"];
    let columns = [
        (!released.organisations.is_empty(), "organisation"),
        (!released.categories.is_empty(), "category"),
        (has_numerator, "numerator"),
        (has_denominator, "denominator"),
        (has_notes, "note"),
    ];
    header.extend(columns.iter().filter(|(is_there, _)| *is_there).map(|(_, name)| *name));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |cells: &[String]| writer.write_record(cells).unwrap_or_default();
    write(&header.iter().map(ToString::to_string).collect::<Vec<_>>());
    for (row, note) in rows.iter().zip(notes) {
        let mut cells = vec![row.when.code(), cell(row.value, released.decimals[0])];
        if let Some(organisation) = released.organisation_of(row) {
            cells.push(spreadsheet_text(&organisation.code));
        }
        if let Some(category) = released.category_of(row) {
            cells.push(spreadsheet_text(category));
        }
        if has_numerator {
            cells.push(cell(row.numerator, released.decimals[1]));
        }
        if has_denominator {
            cells.push(cell(row.denominator, released.decimals[2]));
        }
        if has_notes {
            cells.push(note);
        }
        write(&cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cell(shown: Shown, decimals: u8) -> String {
    match shown {
        Shown::Absent | Shown::NotGiven => "-".to_string(),
        Shown::Figure { figure, .. } => shortest(figure, decimals.max(2)),
        Shown::Hidden(_) => HIDDEN.to_string(),
    }
}

fn note(row: &ReleasedRow) -> String {
    let cells = [("value", row.value), ("numerator", row.numerator), ("denominator", row.denominator)];
    let mut notes: Vec<String> = Vec::new();
    let is_anew = |shown: &Shown| matches!(shown, Shown::Figure { how: How::TotalOfShown, .. });
    if cells.iter().any(|(_, shown)| is_anew(shown)) {
        notes.push(TOTAL_OF_SHOWN.to_string());
    }
    for (column, shown) in cells {
        if let Shown::Hidden(hidden) = shown {
            // Without commas, so that a reader of the bare file sees no quotation marks.
            notes.push(format!("{column} {}", hidden.words().replace(", ", ": ")));
        }
    }
    notes.join("; ")
}
