//! `[!OPTIONS]`: a table of options scored against weighted criteria, with their totals, their places and a sentence on
//! how firm the result is.

use std::collections::BTreeSet;

use super::Marker;
use crate::appraisal::{Appraisal, Criterion, Scored};
use crate::diagnostic::Diagnostic;
use crate::markdown::tables::{Cell, Grid};
use crate::markdown::writer::Writer;
use crate::text::Phrases;

const EXAMPLE: &str = "> | Option | Quality (60) | Cost (40) |\n> | --- | --- | --- |\n> | Keep as it is | 2 | 5 |\n> | Share one system | 4 | 3 |";

/// Weights and scores above this are slips.
const MAX_NUMBER: u32 = 1_000_000;

impl Writer<'_> {
    pub(super) fn write_options(&mut self, marker: Marker<'_>) {
        let table =
            self.table_of(marker).filter(|(grid, _)| grid.columns.len() >= 2 && !grid.rows.is_empty());
        let Some((mut grid, after)) = table else {
            self.report_shape(marker, "a table of options and weighted criteria", EXAMPLE);
            if !self.write_withheld() {
                self.write_as_quote(marker);
            }
            return;
        };
        let appraisal = self.appraise(&grid);
        if self.write_withheld() {
            return;
        }
        let Phrases { weighted_total, rank: rank_word, .. } = *self.phrases;
        let added: &[&str] = if appraisal.is_some() { &[weighted_total, rank_word] } else { &[] };
        grid.align_figures();
        self.open_table(&grid, "options stack");
        self.write_header(&grid, added);
        for (position, row) in grid.rows.iter().enumerate() {
            if self.is_full(grid.start) {
                break;
            }
            let place = appraisal.as_ref().and_then(|appraisal| appraisal.place(position));
            self.out.push(if place.is_some_and(|place| place.number == 1) {
                "<tr role=\"row\" class=\"best\">"
            } else {
                "<tr role=\"row\">"
            });
            for (column_index, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
                if column_index == 0 {
                    self.write_row_header(*cell);
                } else {
                    self.write_cell(column, *cell, Some("short"));
                }
            }
            if let (Some(appraisal), Some(place)) = (&appraisal, place) {
                let total = appraisal.total(position).unwrap_or_default();
                let rank = self.phrases.place(place.number, place.is_shared);
                let mark = &self.ours;
                self.out.push(&format!(
                    "<td role=\"cell\" class=\"right short\" data-label=\"{weighted_total}\"{mark}>{total}</td><td role=\"cell\" class=\"right short\" data-label=\"{rank_word}\"{mark}>{rank}</td>"
                ));
            }
            self.out.push("</tr>\n");
        }
        self.close_table();
        self.write_result(appraisal.as_ref());
        self.write_rest(marker, after);
    }

    /// What the table says; none where a number is missing, which is reported.
    fn appraise(&mut self, grid: &Grid) -> Option<Appraisal> {
        let mut is_whole = true;
        let mut criteria = Vec::new();
        for column in &grid.columns[1..] {
            let weight = weight_of(&column.name);
            if weight.is_none() {
                self.report_weight(&column.name, column.cell);
                is_whole = false;
            }
            criteria.push(Criterion { name: bare(&column.name).to_string(), weight: weight.unwrap_or(0) });
        }
        let mut options = Vec::new();
        for row in &grid.rows {
            let mut texts = row.iter().map(|cell| self.events.plain_text(cell.from, cell.to));
            let name = texts.next().unwrap_or_default();
            let scores: Vec<(String, Option<u32>)> = texts
                .map(|text| {
                    let score = text.parse().ok().filter(|score| *score <= MAX_NUMBER);
                    (text, score)
                })
                .collect();
            for (position, (text, score)) in scores.iter().enumerate() {
                if score.is_none() {
                    self.report_score(text, &grid.columns[position + 1].name, row[position + 1]);
                    is_whole = false;
                }
            }
            options.push(Scored { name, scores: scores.into_iter().map(|(_, score)| score).collect() });
        }
        let of_columns = criteria.iter().zip(&grid.columns[1..]);
        self.report_same(
            "criteria",
            of_columns.map(|(criterion, column)| (criterion.name.as_str(), column.cell)),
        );
        let of_rows = options.iter().zip(&grid.rows);
        self.report_same(
            "options",
            of_rows.filter_map(|(option, row)| Some((option.name.as_str(), *row.first()?))),
        );
        if let ([only], Some(cell)) = (&options[..], grid.rows[0].first()) {
            self.problems.add(
                Diagnostic::warning(
                    "one-option",
                    format!("`{}` is the only option, so there is nothing to weigh it against", only.name),
                )
                .at(cell.span)
                .help("add a row for each other option, if only to keep things as they are"),
            );
        }
        is_whole.then(|| Appraisal::new(criteria, options))
    }

    fn report_same<'n>(&mut self, many: &str, names: impl Iterator<Item = (&'n str, Cell)>) {
        let mut seen = BTreeSet::new();
        for (name, cell) in names {
            if !name.is_empty() && !seen.insert(name.to_lowercase()) {
                let problem = Diagnostic::error(
                    "same-option",
                    format!("two {many} are called `{name}`, so readers could not tell them apart"),
                );
                self.problems.add(problem.at(cell.span).help("give each a name of its own"));
            }
        }
    }

    fn report_weight(&mut self, name: &str, cell: Cell) {
        let name = if name.is_empty() { "Criterion" } else { name };
        let problem = Diagnostic::error(
            "option-weight",
            format!("the criterion `{name}` has no weight, so readers could not check the totals"),
        );
        self.problems.add(
            problem.at(cell.span).help(format!("write the weight after the name: `{} (40)`", bare(name))),
        );
    }

    fn report_score(&mut self, text: &str, criterion: &str, cell: Cell) {
        let what = if text.is_empty() {
            "a score is missing".to_string()
        } else {
            format!("`{text}` is not a score")
        };
        let problem =
            Diagnostic::error("option-score", format!("{what}, so the options cannot be ranked for readers"));
        let help = format!("write a whole number for `{}`, 0 for the worst", bare(criterion));
        self.problems.add(problem.at(cell.span).help(help));
    }

    /// Says which option is best, and what would change that.
    fn write_result(&mut self, appraisal: Option<&Appraisal>) {
        let Some(appraisal) = appraisal else { return };
        self.out.push(&format!("<p class=\"options-result\"{}>", self.ours));
        let sentences = appraisal.sentences(self.phrases);
        self.write_words(&sentences.join(" "));
        self.out.push("</p>\n");
    }
}

/// The number in brackets at the end of a header: `Quality (40)`, `Cost (40%)`.
fn weight_of(name: &str) -> Option<u32> {
    let inner = name.trim().strip_suffix(')')?.rsplit_once('(')?.1;
    let weight: u32 = inner.trim().trim_end_matches('%').trim().parse().ok()?;
    (1..=MAX_NUMBER).contains(&weight).then_some(weight)
}

/// A criterion's name without the brackets after it.
fn bare(name: &str) -> &str {
    name.rsplit_once('(').map_or(name, |(name, _)| name).trim()
}
