//! `[!MATRIX]`: which supplier offers which function. Cells that say yes, no or partly get a class; the words stay.

use super::Marker;
use crate::markdown::writer::Writer;

const EXAMPLE: &str =
    "> | Function | Supplier A | Supplier B |\n> | --- | --- | --- |\n> | Shared worklist | yes | partly |";

impl Writer<'_> {
    pub(super) fn write_matrix(&mut self, marker: Marker<'_>) {
        let table =
            self.table_of(marker).filter(|(grid, _)| grid.columns.len() >= 2 && !grid.rows.is_empty());
        let Some((grid, after)) = table else {
            self.report_shape(marker, "a table of functions and suppliers", EXAMPLE);
            if !self.write_withheld() {
                self.write_as_quote(marker);
            }
            return;
        };
        if self.write_withheld() {
            return;
        }
        self.check_header(&grid);
        self.open_table(&grid, "matrix");
        self.write_header(&grid, &[]);
        for row in &grid.rows {
            if self.is_full(grid.start) {
                break;
            }
            self.out.push("<tr role=\"row\">");
            for (position, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
                if position == 0 {
                    self.write_row_header(*cell);
                } else {
                    let class = answer_class(&self.events.plain_text(cell.from, cell.to));
                    self.write_cell(column, *cell, class);
                }
            }
            self.out.push("</tr>\n");
        }
        self.close_table();
        self.write_rest(marker, after);
    }
}

/// The class of a cell by its first word.
fn answer_class(text: &str) -> Option<&'static str> {
    let word = text.split(|character: char| !character.is_alphanumeric()).next().unwrap_or("");
    match word.to_lowercase().as_str() {
        "yes" | "y" => Some("yes"),
        "no" | "n" => Some("no"),
        "partly" | "partial" | "partially" => Some("partly"),
        _ => None,
    }
}
