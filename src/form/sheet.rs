//! How a gap stands on the page of its document until somebody fills it in.

use std::fmt::Write as _;

use super::{Gap, Place};
use crate::text::{escape_html, list_words, upper_first};

impl Gap {
    /// Its name in brackets, with the column that is meant: `[network name]`, `[members: role]`.
    pub fn in_brackets(&self, column: Option<usize>) -> String {
        match column.and_then(|column| self.columns().get(column)) {
            Some(column) => format!("[{}: {}]", self.name, column.to_lowercase()),
            None => format!("[{}]", self.name),
        }
    }

    /// The start of its element and the words in it, not yet escaped: its example, or its name in brackets. `row` is the
    /// line of the example where that is repeated.
    pub fn on_sheet(&self, place: Place, row: Option<usize>) -> (String, String) {
        let column = place.column.unwrap_or(0);
        let rows = self.example_rows();
        let example = if let Some(row) = row {
            rows.get(row).and_then(|cells| cells.get(column)).cloned().unwrap_or_default()
        } else {
            let cells: Vec<&str> =
                rows.iter().filter_map(|cells| cells.get(column)).map(String::as_str).collect();
            list_words(&cells, "and")
        };
        let (class, words) = match (example.is_empty(), place.is_capital) {
            (true, _) => ("gap empty", self.in_brackets(place.column)),
            (false, true) => ("gap", upper_first(&example)),
            (false, false) => ("gap", example),
        };
        let mut open = format!("<span class=\"{class}\" data-gap=\"{}\"", escape_html(&self.key));
        if let Some(column) = place.column {
            let _ = write!(open, " data-column=\"{column}\"");
        }
        open.push_str(if place.is_capital { " data-capital>" } else { ">" });
        (open, words)
    }
}
