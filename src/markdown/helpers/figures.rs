//! `[!FIGURES]`: key figures. Two columns are a figure and what it counts; three are a measure before and after.

use std::fmt::Write as _;

use super::Marker;
use crate::markdown::html::push_clean_escaped;
use crate::markdown::tables::{Cell, Grid};
use crate::markdown::writer::Writer;

const EXAMPLE: &str = "> | Figure | What it counts |\n> | --- | --- |\n> | 22 | bids received |\n\nor, with three columns:\n\
                       > | Measure | Before | After |\n> | --- | --- | --- |\n> | Turnaround | 7 days | 1 day |";

impl Writer<'_> {
    pub(super) fn write_figures(&mut self, marker: Marker<'_>) {
        let Some((grid, after)) = self.table_of(marker) else {
            return self.refuse(marker, "a table of two or three columns", EXAMPLE);
        };
        if !matches!(grid.columns.len(), 2 | 3) || grid.rows.is_empty() {
            return self.refuse(marker, "a table of two or three columns with at least one row", EXAMPLE);
        }
        self.out.push("<dl class=\"figures\">\n");
        for row in &grid.rows {
            if self.is_full(grid.start) {
                break;
            }
            match row[..] {
                [figure, counted] => self.write_figure_row(figure, counted),
                [measure, before, later] => self.write_change_row(&grid, measure, before, later),
                _ => {}
            }
        }
        self.out.push("</dl>\n");
        self.write_rest(marker, after);
    }

    fn write_figure_row(&mut self, figure: Cell, counted: Cell) {
        self.out.push("<div class=\"figure-item\"><dt>");
        self.write_range(counted.from, counted.to);
        self.out.push("</dt><dd>");
        self.write_range(figure.from, figure.to);
        self.out.push("</dd></div>\n");
    }

    fn write_change_row(&mut self, grid: &Grid, measure: Cell, before: Cell, after: Cell) {
        self.out.push("<div class=\"figure-item figure-change\"><dt>");
        self.write_range(measure.from, measure.to);
        self.out.push("</dt>");
        for (cell, word, class, column) in
            [(before, self.phrases.before, "before", 1), (after, self.phrases.after, "after", 2)]
        {
            let header = &grid.columns[column].name;
            let mut open = format!("<dd class=\"{class}\"><span class=\"figure-when\">");
            if self.ours.is_empty() {
                open.push_str(word);
            } else {
                let _ = write!(open, "<span{}>{word}</span>", self.ours);
            }
            // A header such as "2016" says when that was.
            if !header.is_empty() && !header.eq_ignore_ascii_case(word) {
                open.push_str(", ");
                push_clean_escaped(&mut open, header);
            }
            // On screen the label stands apart; heard or copied, it needs its colon.
            open.push_str("<span class=\"unseen\">:</span></span> ");
            self.out.push(&open);
            self.write_range(cell.from, cell.to);
            self.out.push("</dd>");
        }
        self.out.push("</div>\n");
    }
}
