//! Tables: read into cells, so that helpers can look at them, and written so that they scroll on their own, keep
//! their columns' names on a narrow screen, and carry no inline style.

use std::borrow::Cow;
use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Tag};

use super::gaps::repeated_for;
use super::html::push_clean_escaped;
use super::limits::shortened;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A cell: the events in it, and its place.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) span: Span,
}

/// A table's cells; every row has as many as the header.
pub(super) struct Grid {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) span: Span,
    /// The index of the table's start.
    pub(super) start: usize,
}

impl Grid {
    /// Sets columns of figures, all but the first, to the right, unless their writer set them elsewhere.
    pub(super) fn align_figures(&mut self) {
        for column in self.columns.iter_mut().skip(1) {
            column.align = column.align.or(Some("right"));
        }
    }

    /// The columns' names, for a table that has no better name.
    fn names(&self) -> String {
        let names = self.columns.iter().map(|column| column.name.as_str()).filter(|name| !name.is_empty());
        names.take(8).collect::<Vec<_>>().join(", ")
    }
}

/// A column's header.
pub(super) struct Column {
    pub(super) cell: Cell,
    pub(super) name: String,
    align: Option<&'static str>,
    /// ` data-label="…"`, or nothing.
    label: String,
}

impl Writer<'_> {
    /// Reads the table that starts at `index`.
    pub(super) fn read_table(&self, index: usize) -> Grid {
        let events = self.events;
        let cells = |row: usize| -> Vec<Cell> {
            events
                .siblings(row + 1, events.end_of(row))
                .map(|cell| Cell { from: cell + 1, to: events.end_of(cell), span: events.span(cell) })
                .collect()
        };
        let alignments: &[Alignment] = match events.tag(index) {
            Some(Tag::Table(alignments)) => alignments,
            _ => &[],
        };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut header = Vec::new();
        for row in events.siblings(index + 1, events.end_of(index)) {
            match events.tag(row) {
                Some(Tag::TableHead) => header = cells(row),
                _ => rows.push(cells(row)),
            }
        }
        let columns = header
            .into_iter()
            .enumerate()
            .map(|(position, cell)| {
                let name = events.plain_text(cell.from, cell.to);
                let mut label = String::new();
                if !name.is_empty() {
                    label.push_str(" data-label=\"");
                    push_clean_escaped(&mut label, &shortened(&name));
                    label.push('"');
                }
                let align = match alignments.get(position) {
                    Some(Alignment::Left) => Some("left"),
                    Some(Alignment::Center) => Some("center"),
                    Some(Alignment::Right) => Some("right"),
                    _ => None,
                };
                Column { cell, name, align, label }
            })
            .collect();
        Grid { columns, rows, span: events.span(index), start: index }
    }

    /// Writes an ordinary table.
    pub(super) fn write_plain_table(&mut self, index: usize) {
        let grid = self.read_table(index);
        self.check_header(&grid);
        self.open_table(&grid, "");
        self.write_header(&grid, &[]);
        for row in &grid.rows {
            if self.is_full(index) {
                break;
            }
            let repeated = self.settings.gaps.and_then(|gaps| {
                row.iter()
                    .find_map(|cell| repeated_for(self.events, gaps, cell.from, cell.to))
                    .map(|gap| (gaps, gap))
            });
            let Some((gaps, gap)) = repeated else {
                self.out.push("<tr role=\"row\">");
                self.write_plain_row(&grid, row);
                continue;
            };
            let mut open = String::from("<tr role=\"row\" data-rows=\"");
            push_clean_escaped(&mut open, &gaps[gap].key);
            open.push_str("\">");
            self.repeat(gap, |writer| {
                writer.out.push(&open);
                writer.write_plain_row(&grid, row);
            });
        }
        self.close_table();
    }

    /// Writes the cells of a row and its end.
    fn write_plain_row(&mut self, grid: &Grid, row: &[Cell]) {
        for (position, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
            // A first column without a name of its own names the rows.
            if position == 0 && column.name.is_empty() && grid.columns.len() > 1 {
                self.write_row_header(*cell);
            } else {
                self.write_cell(column, *cell, None);
            }
        }
        self.out.push("</tr>\n");
    }

    pub(super) fn check_header(&mut self, grid: &Grid) {
        if grid.columns.iter().all(|column| column.name.is_empty()) {
            let problem = Diagnostic::warning(
                "table-header",
                "this table's header row is empty, so a reader who hears the cells cannot tell what they mean",
            );
            let line = self.events.first_line(grid.span);
            self.problems
                .add(problem.at(line).help("name every column in the first row: `| Network | Trusts |`"));
        }
    }

    /// Opens a table in a region that can be scrolled by keyboard.
    pub(super) fn open_table(&mut self, grid: &Grid, class: &str) {
        self.table_count += 1;
        let of_grid = grid.names();
        let name = shortened(self.headings.last().map_or(of_grid.as_str(), |heading| &heading.text));
        // A label is read in the language of the table: a word of another has no place in it, unless nothing else has.
        let word = if self.ours.is_empty() || name.is_empty() { self.phrases.table } else { "" };
        let number = if self.table_count > 1 { self.table_count.to_string() } else { String::new() };
        let label = [word, &number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let mut html = String::from("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
        html.push_str(&label);
        if !label.is_empty() && !name.is_empty() {
            html.push_str(": ");
        }
        push_clean_escaped(&mut html, &name);
        // Tables that become blocks on a phone name their roles, which `display` takes from them in some browsers.
        html.push_str("\"><table role=\"table\"");
        if !class.is_empty() {
            let _ = write!(html, " class=\"{class}\"");
        }
        html.push_str(">\n");
        self.out.push(&html);
    }

    /// Writes the header row, with `added` columns after the table's own, and begins the body.
    pub(super) fn write_header(&mut self, grid: &Grid, added: &[&str]) {
        self.out.push("<thead role=\"rowgroup\"><tr role=\"row\">");
        self.in_table_header = true;
        for column in &grid.columns {
            let (open, close) = if column.name.is_empty() {
                ("<td role=\"cell\"", "</td>")
            } else {
                ("<th role=\"columnheader\" scope=\"col\"", "</th>")
            };
            self.out.push(&format!("{open}{}>", class_attribute(column.align, None)));
            self.write_range(column.cell.from, column.cell.to);
            self.out.push(close);
        }
        self.in_table_header = false;
        for name in added {
            let mark = &self.ours;
            self.out
                .push(&format!("<th role=\"columnheader\" scope=\"col\" class=\"right\"{mark}>{name}</th>"));
        }
        self.out.push("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    }

    pub(super) fn write_cell(&mut self, column: &Column, cell: Cell, class: Option<&str>) {
        self.out.push("<td role=\"cell\"");
        self.out.push(&class_attribute(column.align, class));
        self.out.push(&column.label);
        self.out.push(">");
        self.write_range(cell.from, cell.to);
        self.out.push("</td>");
    }

    /// Writes a cell that names its row.
    pub(super) fn write_row_header(&mut self, cell: Cell) {
        self.out.push("<th role=\"rowheader\" scope=\"row\">");
        self.write_range(cell.from, cell.to);
        self.out.push("</th>");
    }

    pub(super) fn close_table(&mut self) {
        self.out.push("</tbody></table></div>\n");
    }
}

fn class_attribute(align: Option<&str>, class: Option<&str>) -> Cow<'static, str> {
    match (align, class) {
        (None, None) => "".into(),
        (Some(one), None) | (None, Some(one)) => format!(" class=\"{one}\"").into(),
        (Some(align), Some(class)) => format!(" class=\"{align} {class}\"").into(),
    }
}
