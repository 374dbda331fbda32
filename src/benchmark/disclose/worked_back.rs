//! Whether files give away what they hide. Each total that contains a hidden figure is a sum that bounds it; bounds are
//! narrowed until nothing changes, as somebody would who has the files and a pencil.

use std::collections::BTreeMap;

use super::Decision;
use super::cover::{All, BUDGET, Place};
use crate::benchmark::read::{Cell, ValueKind};
use crate::benchmark::released::Hidden;
use crate::benchmark::when::When;

/// So often bounds are narrowed by one another; a chain of sums that is longer is not followed.
const ROUNDS: usize = 8;

/// A figure that the files hide, by its subject and period.
type Key = (usize, When);

/// What is known of a hidden figure.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
    /// Numbers among which it may not be told apart; none where it is hidden for the sake of another.
    guarded: Option<(f64, f64)>,
}

impl Bounds {
    /// Whether what is left excludes numbers that it ought to leave open. Where figures are rounded, sums tell no
    /// more than the rule allows until a single number is left.
    fn are_telling(&self, is_rounded: bool) -> bool {
        let Some((low, high)) = self.guarded else { return false };
        let (from, to) = (self.low.max(low), self.high.min(high));
        let is_consistent = from <= to + 1e-6;
        let is_narrower = from > low + 1e-6 || to < high - 1e-6;
        is_consistent && is_narrower && (!is_rounded || to - from < 1.0)
    }
}

/// A total that stands in a file, and the hidden figures that it contains.
struct Sum {
    of: Place,
    hidden: Vec<Key>,
    /// What the hidden figures add up to, at least and at most.
    low: f64,
    high: f64,
    is_rounded: bool,
}

impl Sum {
    /// Narrows the bounds of each hidden figure by what the others leave for it; whether one became narrower.
    fn narrow(&self, bounds: &mut BTreeMap<Key, Bounds>) -> bool {
        let (mut low, mut high, mut boundless) = (0.0, 0.0, 0);
        for key in &self.hidden {
            low += bounds[key].low;
            boundless += usize::from(bounds[key].high.is_infinite());
            high += if bounds[key].high.is_infinite() { 0.0 } else { bounds[key].high };
        }
        // A total that holds others as well, or was put right since, tells nothing of its parts.
        if self.high < low - 1e-6 || (boundless == 0 && self.low > high + 1e-6) {
            return false;
        }
        let mut has_changed = false;
        for key in &self.hidden {
            let own = bounds.get_mut(key).expect("every hidden figure of a sum has bounds");
            let most = self.high - (low - own.low);
            let least = match boundless - usize::from(own.high.is_infinite()) {
                0 => self.low - (high - if own.high.is_infinite() { 0.0 } else { own.high }),
                _ => f64::NEG_INFINITY,
            };
            has_changed |= most < own.high - 1e-6 || least > own.low + 1e-6;
            *own = Bounds { low: own.low.max(least), high: own.high.min(most), ..*own };
        }
        has_changed
    }
}

/// One of the two columns that add up: what is counted, or of how many.
#[derive(Clone, Copy)]
struct Side {
    figure: fn(&All<'_>, Place) -> Option<f64>,
    hides: fn(&Decision) -> bool,
    is_top: bool,
}

/// Marks rows whose figures let a figure be worked out that the files hide.
pub(super) fn mark(all: &All<'_>, decisions: &mut [Vec<Decision>]) {
    let hides_before = |row: &crate::benchmark::read::Row| {
        [row.value, row.numerator, row.denominator].contains(&Cell::HiddenBefore)
    };
    if !all.tables.iter().flat_map(|table| &table.rows).any(hides_before) {
        return;
    }
    let top =
        Side { figure: |all, place| all.top(place), hides: |decision| decision.hides_top, is_top: true };
    let base =
        Side { figure: |all, place| all.base(place), hides: |decision| decision.hides_base, is_top: false };
    for side in [top, base] {
        for place in telling(all, side, decisions) {
            let decision = &mut decisions[place.0][place.1];
            decision.tells_top |= side.is_top;
            decision.tells_base |= !side.is_top;
        }
    }
}

fn telling(all: &All<'_>, side: Side, decisions: &[Vec<Decision>]) -> Vec<Place> {
    let mut bounds = BTreeMap::new();
    let sums = sums(all, side, decisions, &mut bounds);
    for _ in 0..ROUNDS {
        let mut has_changed = false;
        for sum in &sums {
            has_changed |= sum.narrow(&mut bounds);
        }
        if !has_changed {
            break;
        }
    }
    let tells = |sum: &&Sum| sum.hidden.iter().any(|key| bounds[key].are_telling(sum.is_rounded));
    sums.iter().filter(tells).map(|sum| sum.of).collect()
}

/// Totals in the files that the release withholds because they contain something hidden.
fn sums(
    all: &All<'_>,
    side: Side,
    decisions: &[Vec<Decision>],
    bounds: &mut BTreeMap<Key, Bounds>,
) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut steps = 0;
    for (subject, rows) in all.rows.iter().enumerate() {
        for place in rows {
            let decision = &decisions[place.0][place.1];
            let Some(whole) = (side.figure)(all, *place) else { continue };
            if !(side.hides)(decision) || all.row(*place).is_total_of_shown {
                continue;
            }
            steps += 3 * all.members_of(subject).len() + if all.tables.len() > 1 { rows.len() } else { 0 };
            if steps > BUDGET {
                return sums;
            }
            let alone: Vec<Place> = all
                .parts_of(subject, *place)
                .filter(|part| all.members_of(all.subject_of(*part)).is_empty())
                .collect();
            let own = all.leaves_of(subject, *place, place.0).collect();
            let of_all = match all.tables.len() {
                1 => Vec::new(),
                tables => all.leaves_of(subject, *place, tables).collect(),
            };
            // The same figure in another table.
            let again = rows
                .iter()
                .filter(|other| {
                    all.tables.len() > 1 && *other != place && all.row(**other).when == all.row(*place).when
                })
                .copied()
                .collect();
            for parts in [own, of_all, alone, again] {
                steps += parts.len();
                sums.extend(sum(all, side, *place, whole, &parts, bounds));
            }
        }
    }
    sums
}

fn sum(
    all: &All<'_>,
    side: Side,
    of: Place,
    whole: f64,
    parts: &[Place],
    bounds: &mut BTreeMap<Key, Bounds>,
) -> Option<Sum> {
    let slack = |place: Place| {
        let step = if all.is_rounded[place.0] { f64::from(all.rule.round_to) / 2.0 } else { 0.0 };
        step + if side.is_top { all.inexactness(place) } else { 0.0 }
    };
    let (mut rest, mut off, mut hidden, mut is_whole) = (whole, slack(of), Vec::new(), true);
    for part in parts {
        let key = (all.subject_of(*part), all.row(*part).when);
        match ((side.figure)(all, *part), bounds_of(all, side, *part)) {
            (Some(figure), _) => {
                rest -= figure;
                off += slack(*part);
            }
            (None, Some(own)) => {
                bounds.entry(key).or_insert(own);
                hidden.push(key);
            }
            (None, None) => is_whole = false,
        }
    }
    hidden.sort_unstable();
    hidden.dedup();
    let low = if is_whole { rest - off } else { f64::NEG_INFINITY };
    (!hidden.is_empty()).then_some(Sum { of, hidden, low, high: rest + off, is_rounded: off > 0.0 })
}

/// What anybody knows of a figure that its file hides; none where the file gives none.
fn bounds_of(all: &All<'_>, side: Side, place: Place) -> Option<Bounds> {
    let (row, table) = (all.row(place), &all.tables[place.0]);
    let [value, numerator, denominator] = row.hidden_before;
    let reason = match (side.is_top, row.numerator, row.value, row.denominator) {
        (true, Cell::HiddenBefore, ..) => numerator,
        (true, Cell::Absent, Cell::HiddenBefore, _) => value,
        (true, _, Cell::HiddenBefore, _) if table.kind == ValueKind::Count => value,
        (false, .., Cell::HiddenBefore) => denominator,
        _ => return None,
    };
    let most = f64::from(all.rule.hide_to);
    // Parts of a person count as one.
    let is_whole = table.decimals == [0; 3] || !matches!(table.kind, ValueKind::Count);
    let small = if is_whole { (1.0, most) } else { (0.01, most + 0.99) };
    Some(match (reason, row.denominator.figure()) {
        (Hidden::AllBut(_), Some(base)) => {
            let guarded = (base - small.1, base - small.0);
            Bounds { low: guarded.0, high: guarded.1, guarded: Some(guarded) }
        }
        (Hidden::WouldReveal | Hidden::AllBut(_) | Hidden::BaseUnknown, _) => {
            Bounds { low: 0.0, high: f64::INFINITY, guarded: None }
        }
        (Hidden::Small(_) | Hidden::RestsOnFew(_), _) => {
            Bounds { low: small.0, high: small.1, guarded: Some(small) }
        }
        (Hidden::Before, _) => Bounds { low: 0.0, high: f64::INFINITY, guarded: Some(small) },
    })
}
