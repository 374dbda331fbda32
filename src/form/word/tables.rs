//! Tables: a header row that stands again on every page, rows that do not break, columns as wide as what they hold.

use std::fmt::Write;
use std::ops::Range;

use super::super::{Cell, Row};
use super::frame::TEXT_WIDTH;
use super::writer::Writer;
use super::xml;
use crate::text::{counted, widths};

/// As many columns as Word opens in a table.
const MOST_COLUMNS: usize = 63;

impl Writer<'_> {
    /// A table; one with more columns than Word opens becomes several.
    pub(super) fn table(&mut self, head: &[Cell], rows: &[Row]) -> String {
        let column_count = head.len().max(rows.iter().map(|row| row.cells.len()).max().unwrap_or_default());
        (0..column_count)
            .step_by(MOST_COLUMNS)
            .map(|start| self.columns(head, rows, start..column_count.min(start + MOST_COLUMNS)))
            .collect()
    }

    fn columns(&mut self, head: &[Cell], rows: &[Row], columns: Range<usize>) -> String {
        self.table_count += 1;
        let widths = self.widths(head, rows, columns.clone());
        let mut table =
            format!("<w:tbl>{}<w:tblGrid>", self.table_properties(head, rows.len(), columns.clone()));
        for width in &widths {
            let _ = write!(table, r#"<w:gridCol w:w="{width}"/>"#);
        }
        table.push_str("</w:tblGrid>");
        table.push_str(&self.row(head, &widths, columns.clone(), RowKind::Head));
        for row in rows {
            let cells = self.row(&row.cells, &widths, columns.clone(), RowKind::Body);
            table.push_str(&match row.repeats {
                Some(gap) => self.repeated(gap, &cells),
                None => cells,
            });
        }
        // Word joins tables that follow each other without a paragraph between them.
        table.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>"#);
        table
    }

    fn table_properties(&self, head: &[Cell], row_count: usize, columns: Range<usize>) -> String {
        let names: Vec<String> =
            columns.filter_map(|column| head.get(column)).map(|cell| self.plain(cell)).collect();
        let heading = if self.heading.is_empty() { String::new() } else { format!(": {}", self.heading) };
        let caption = xml::attribute(&format!("Table {}{heading}", self.table_count), 255);
        let description = xml::attribute(
            &format!(
                "{} below a header row. Columns: {}.",
                counted(row_count, "row", "rows"),
                names.join(", ")
            ),
            255,
        );
        format!(
            r#"<w:tblPr><w:tblStyle w:val="NetworkTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{description}"/></w:tblPr>"#
        )
    }

    fn row(&mut self, cells: &[Cell], widths: &[u32], columns: Range<usize>, kind: RowKind) -> String {
        let (properties, style) = match kind {
            RowKind::Head => ("<w:cantSplit/><w:tblHeader/>", "TableHeading"),
            RowKind::Body => ("<w:cantSplit/>", "TableText"),
        };
        let mut row = format!("<w:tr><w:trPr>{properties}</w:trPr>");
        for (column, width) in columns.zip(widths) {
            let words = cells.get(column).map(Vec::as_slice).unwrap_or_default();
            let paragraph = self.paragraph(style, "", "", words);
            let _ = write!(
                row,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>"#
            );
        }
        row.push_str("</w:tr>");
        row
    }

    /// The widths of columns, which together are the width of the text: room for the longest word, and the rest shared
    /// by how much stands in each.
    fn widths(&self, head: &[Cell], rows: &[Row], columns: Range<usize>) -> Vec<u32> {
        let mut wishes = Vec::new();
        for column in columns.clone() {
            let mut longest_word: f64 = 0.0;
            let mut most: f64 = 0.0;
            let cells = std::iter::once(head.get(column)).chain(rows.iter().map(|row| row.cells.get(column)));
            for (index, cell) in cells.enumerate() {
                let text = cell.map_or(String::new(), |cell| self.plain(cell));
                // What stands further on changes nothing, and a value may be very long.
                let text: String = text.chars().take(400).collect();
                let measured = |text: &str| widths::width(text, FONT_SIZE, index == 0) * TWENTIETHS;
                most = most.max(measured(&text));
                longest_word = text.split_whitespace().map(measured).fold(longest_word, f64::max);
            }
            wishes.push((longest_word.min(WIDEST_WORD) + PADDING, most.min(WIDEST_COLUMN) + PADDING));
        }
        shared(&wishes)
    }
}

#[derive(Debug, Clone, Copy)]
enum RowKind {
    Head,
    Body,
}

/// The size of letters in tables, in points, and how many twentieths of a point a point has.
const FONT_SIZE: f64 = 10.5;
const TWENTIETHS: f64 = 20.0;
/// The space beside the text of a cell, both sides and a little to spare.
const PADDING: f64 = 260.0;
/// Words that are longer are broken.
const WIDEST_WORD: f64 = 2600.0;
/// What is longer than this is set on several lines anyway.
const WIDEST_COLUMN: f64 = 5200.0;

/// The width of the text shared by columns that each want at least the first and at most the second.
fn shared(wishes: &[(f64, f64)]) -> Vec<u32> {
    let width = f64::from(TEXT_WIDTH);
    let least: f64 = wishes.iter().map(|wish| wish.0).sum();
    let most: f64 = wishes.iter().map(|wish| wish.1).sum();
    let exact: Vec<f64> = if least >= width {
        wishes.iter().map(|wish| wish.0 * width / least).collect()
    } else if most <= least {
        wishes.iter().map(|wish| wish.0 * width / least).collect()
    } else {
        // Beyond what all want, each grows by its share.
        let share = (width - least) / (most - least);
        wishes.iter().map(|(least, most)| least + (most - least) * share).collect()
    };
    #[expect(clippy::cast_sign_loss, reason = "widths are sums of what is above nothing")]
    let mut widths: Vec<u32> = exact.iter().map(|width| width.floor().max(1.0) as u32).collect();
    let rest = TEXT_WIDTH.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
