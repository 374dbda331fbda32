//! The same as text: an empty file with its headings, and what they mean. Both begin with a byte order mark, without
//! which Excel takes UTF-8 for something else.

use super::Collection;
use crate::text::spreadsheet_text;

/// The headings and nothing below them.
pub fn blank(collection: &Collection) -> Vec<u8> {
    rows(&[collection.columns.iter().map(|column| column.name.clone()).collect()])
}

/// A row for each column: what it means and takes.
pub fn definitions(collection: &Collection) -> Vec<u8> {
    let head =
        ["Column", "What it means", "Takes", "Choices", "Unit", "Required", "Example"].map(String::from);
    let mut all = vec![head.to_vec()];
    all.extend(collection.columns.iter().map(|column| {
        vec![
            column.name.clone(),
            column.means.clone(),
            column.kind.in_words().to_string(),
            column.kind.choices().join("; "),
            column.unit.clone().unwrap_or_default(),
            if column.is_required { "Yes" } else { "No" }.to_string(),
            column.example.clone().unwrap_or_default(),
        ]
    }));
    rows(&all)
}

fn rows(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let cell = spreadsheet_text(cell);
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
