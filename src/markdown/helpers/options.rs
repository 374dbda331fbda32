//! `[!OPTIONS]`: options scored against weighted criteria. The total of an option is the sum of weight × score over
//! the sum of weights; equal totals share a rank.

use super::Marker;
use crate::diagnostic::Diagnostic;
use crate::markdown::tables::{Cell, Grid};
use crate::markdown::writer::Writer;
use crate::text::Phrases;

const EXAMPLE: &str = "> | Option | Quality (60) | Cost (40) |\n> | --- | --- | --- |\n> | Keep as it is | 2 | 5 |\n> | Share one system | 4 | 3 |";

/// Weights and scores above this are slips, and sums of those below are exact.
const MAX_NUMBER: u64 = 1_000_000;

/// An option’s weighted total and its place among the others.
struct Scored {
    total: String,
    rank: String,
    is_best: bool,
}

impl Writer<'_> {
    pub(super) fn write_options(&mut self, marker: Marker<'_>) {
        let table =
            self.table_of(marker).filter(|(grid, _)| grid.columns.len() >= 2 && !grid.rows.is_empty());
        let Some((grid, after)) = table else {
            self.report_shape(marker, "a table of options and weighted criteria", EXAMPLE);
            if !self.write_withheld() {
                self.write_as_quote(marker);
            }
            return;
        };
        let scored = self.score(&grid);
        if self.write_withheld() {
            return;
        }
        let Phrases { weighted_total, rank: rank_word, .. } = *self.phrases;
        let added: &[&str] = if scored.is_empty() { &[] } else { &[weighted_total, rank_word] };
        self.open_table(&grid, "options");
        self.write_header(&grid, added);
        for (position, row) in grid.rows.iter().enumerate() {
            if self.is_full(grid.start) {
                break;
            }
            let scored = scored.get(position);
            self.out.push(if scored.is_some_and(|scored| scored.is_best) {
                "<tr role=\"row\" class=\"best\">"
            } else {
                "<tr role=\"row\">"
            });
            for (column_index, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
                if column_index == 0 {
                    self.write_row_header(*cell);
                } else {
                    self.write_cell(column, *cell, None);
                }
            }
            if let Some(Scored { total, rank, .. }) = scored {
                let mark = &self.ours;
                self.out.push(&format!(
                    "<td role=\"cell\" class=\"right\" data-label=\"{weighted_total}\"{mark}>{total}</td><td role=\"cell\" class=\"right\" data-label=\"{rank_word}\"{mark}>{rank}</td>"
                ));
            }
            self.out.push("</tr>\n");
        }
        self.close_table();
        self.write_result(&grid, &scored);
        self.write_rest(marker, after);
    }

    /// The options' totals in the order of the rows; none where a number is missing, which is reported.
    fn score(&mut self, grid: &Grid) -> Vec<Scored> {
        let weights: Vec<Option<u64>> = grid.columns[1..]
            .iter()
            .map(|column| {
                let weight = weight_of(&column.name);
                if weight.is_none() {
                    self.report_weight(&column.name, column.cell);
                }
                weight
            })
            .collect();
        let mut sums: Vec<Option<u64>> = Vec::new();
        for row in &grid.rows {
            let mut sum = Some(0);
            for (position, cell) in row.iter().enumerate().skip(1) {
                let text = self.events.plain_text(cell.from, cell.to);
                let score = text.parse::<u64>().ok().filter(|score| *score <= MAX_NUMBER);
                if score.is_none() {
                    self.report_score(&text, &grid.columns[position].name, *cell);
                }
                let weighted = score
                    .zip(weights.get(position - 1).copied().flatten())
                    .map(|(score, weight)| score * weight);
                sum = sum.zip(weighted).map(|(sum, weighted): (u64, u64)| sum.saturating_add(weighted));
            }
            sums.push(sum);
        }
        let total_weight: u64 = weights.iter().flatten().sum();
        let all: Option<Vec<u64>> = sums.into_iter().collect();
        match all {
            Some(sums) if total_weight > 0 => ranked(&sums, total_weight, self.phrases),
            _ => Vec::new(),
        }
    }

    fn report_weight(&mut self, name: &str, cell: Cell) {
        let name = if name.is_empty() { "Criterion" } else { name };
        let problem = Diagnostic::error(
            "option-weight",
            format!("the criterion `{name}` has no weight, so readers could not check the totals"),
        );
        let bare = name.split('(').next().unwrap_or(name).trim();
        self.problems
            .add(problem.at(cell.span).help(format!("write the weight after the name: `{bare} (40)`")));
    }

    fn report_score(&mut self, text: &str, criterion: &str, cell: Cell) {
        let what = if text.is_empty() {
            "a score is missing".to_string()
        } else {
            format!("`{text}` is not a score")
        };
        let problem =
            Diagnostic::error("option-score", format!("{what}, so the options cannot be ranked for readers"));
        let bare = criterion.split('(').next().unwrap_or(criterion).trim();
        self.problems
            .add(problem.at(cell.span).help(format!("write a whole number for `{bare}`, 0 for the worst")));
    }

    /// Says in a sentence which option is best.
    fn write_result(&mut self, grid: &Grid, scored: &[Scored]) {
        let best: Vec<String> = grid
            .rows
            .iter()
            .zip(scored)
            .filter(|(_, scored)| scored.is_best)
            .filter_map(|(row, _)| row.first())
            .map(|cell| self.events.plain_text(cell.from, cell.to))
            .collect();
        let Some(total) = scored.iter().find(|scored| scored.is_best).map(|scored| &scored.total) else {
            return;
        };
        let sentence = self.phrases.highest(&best, total);
        self.out.push(&format!("<p class=\"options-result\"{}>", self.ours));
        self.write_words(&sentence);
        self.out.push("</p>\n");
    }
}

/// The number in brackets at the end of a header: `Quality (40)`, `Cost (40%)`.
fn weight_of(name: &str) -> Option<u64> {
    let inner = name.trim().strip_suffix(')')?.rsplit_once('(')?.1;
    let weight: u64 = inner.trim().trim_end_matches('%').trim().parse().ok()?;
    (1..=MAX_NUMBER).contains(&weight).then_some(weight)
}

fn ranked(sums: &[u64], total_weight: u64, phrases: &Phrases) -> Vec<Scored> {
    let mut order: Vec<u64> = sums.to_vec();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let decimals = if shows_apart(&order, total_weight, 1) { 1 } else { 2 };
    let best = order.first().copied().unwrap_or(0);
    sums.iter()
        .map(|sum| {
            let place = order.partition_point(|other| other > sum) + 1;
            let shared = order.partition_point(|other| other >= sum) > place;
            let rank = phrases.place(place, shared);
            Scored { total: shown(*sum, total_weight, decimals), rank, is_best: *sum == best }
        })
        .collect()
}

/// Whether totals that differ look different with so many decimals.
fn shows_apart(order: &[u64], total_weight: u64, decimals: usize) -> bool {
    order.windows(2).all(|pair| {
        pair[0] == pair[1] || shown(pair[0], total_weight, decimals) != shown(pair[1], total_weight, decimals)
    })
}

/// `sum / total_weight`, rounded half up, without the surprises of binary fractions.
fn shown(sum: u64, total_weight: u64, decimals: usize) -> String {
    let scale = 10_u128.pow(decimals as u32);
    let (sum, weight) = (u128::from(sum), u128::from(total_weight));
    let rounded = (sum * scale * 2 + weight) / (weight * 2);
    format!("{}.{:0decimals$}", rounded / scale, rounded % scale)
}
