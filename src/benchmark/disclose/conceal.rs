//! What could be worked back: totals that contain a hidden figure, and differences that are small figures themselves.

use super::cover::{All, Place};
use super::stretches::Stretches;
use super::wholes::is_same;
use super::{Decision, Rule, rounded, worked_back};
use crate::benchmark::measure::Measure;
use crate::benchmark::read::{Cell, Table, ValueKind};
use crate::benchmark::released::Hidden;
use crate::benchmark::when::When;

/// The sums that a total is made anew from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Covered {
    /// Of what is counted.
    pub(super) top: f64,
    /// Of how many.
    pub(super) base: f64,
}

/// Adds what must be hidden beside what the rule hides by itself.
pub(super) fn decide(tables: &[Table], measure: &Measure, rule: &Rule, decisions: &mut [Vec<Decision>]) {
    let all = All::new(tables, measure, rule);
    if !rounded::before(tables, measure, rule) {
        all.hide_small_differences(decisions);
    }
    if decisions.iter().flatten().any(|decision| decision.hides_top || decision.hides_base) {
        all.hide_totals(decisions);
    }
    worked_back::mark(&all, decisions);
}

/// Of each subject, stretches of time, each with a weight.
pub(super) type Periods = Vec<Vec<(When, f64)>>;

/// The hidden figures that rows of one subject may contain.
struct Within {
    own: Stretches,
    of_members: Stretches,
}

impl Within {
    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.of_members.is_empty()
    }

    /// Whether a hidden figure is part of that of a stretch, or is the same one in another table.
    fn any_within(&self, when: &When) -> bool {
        self.own.any_within(when) || self.of_members.any_within(when)
    }

    /// Whether a hidden figure is part of that of a stretch, and not the same one.
    fn any_in(&self, when: &When) -> bool {
        self.own.any_shorter_within(when) || self.of_members.any_within(when)
    }

    fn weight_from(&self, when: &When) -> f64 {
        self.own.weight_from(when) + self.of_members.weight_from(when)
    }
}

impl Decision {
    /// A small total of small figures does not say that it is small: its parts could be narrowed down by it.
    fn forget_that_it_is_small(&mut self, in_top: bool, in_base: bool) {
        let forget = |reason: &mut Option<Hidden>| {
            if matches!(reason, Some(Hidden::Small(_) | Hidden::RestsOnFew(_) | Hidden::AllBut(_))) {
                *reason = Some(Hidden::WouldReveal);
            }
        };
        if in_top {
            forget(&mut self.numerator);
        }
        if in_base {
            forget(&mut self.denominator);
        }
        forget(&mut self.value);
    }
}

impl All<'_> {
    /// A total that exceeds its parts by a small number, or a longer period that exceeds a shorter one that begins or
    /// ends on the same day, tells a small figure that no row has.
    fn hide_small_differences(&self, decisions: &mut [Vec<Decision>]) {
        let tops = self.hidden(decisions, Self::top, |decision| decision.hides_top);
        let bases = self.hidden(decisions, Self::base, |decision| decision.hides_base);
        for (subject, rows) in self.rows.iter().enumerate() {
            // A row that contains a hidden figure is not asked: the answer would depend on that figure.
            let (top, base) = (self.within(subject, &tops), self.within(subject, &bases));
            let is_asked = |place: &&Place, decisions: &[Vec<Decision>]| {
                let row = self.row(**place);
                !decisions[place.0][place.1].is_exempt
                    && !row.is_total_of_shown
                    && !top.any_in(&row.when)
                    && !base.any_in(&row.when)
            };
            let rows: Vec<Place> = rows.iter().filter(|place| is_asked(place, decisions)).copied().collect();
            for place in &rows {
                let decision = &mut decisions[place.0][place.1];
                let mut differences = vec![self.exceeds(*place, self.leaves_of(subject, *place, place.0))];
                if self.tables.len() > 1 {
                    let all = self.tables.len();
                    differences.push(self.exceeds(*place, self.leaves_of(subject, *place, all)));
                }
                differences.push(self.exceeds(*place, self.parts_of(subject, *place)));
                let (tells_top, tells_base) = differences[0];
                for (in_top, in_base) in differences {
                    decision.hides_top |= in_top;
                    decision.hides_base |= in_base;
                }
                // Another round may differ because it was put right.
                decision.tells_top |= tells_top && self.is_exact(place.0);
                decision.tells_base |= tells_base && self.is_exact(place.0);
                self.hide(*place, decision);
            }
            let mut in_order = rows.clone();
            in_order.sort_by_key(|place| (place.0, self.row(*place).when));
            self.hide_small_growth(&in_order, |a, b| a.start == b.start, decisions);
            in_order.sort_by_key(|place| {
                let when = self.row(*place).when;
                (place.0, when.end, std::cmp::Reverse(when.start))
            });
            self.hide_small_growth(&in_order, |a, b| a.end == b.end, decisions);
        }
    }

    fn hide_small_growth(
        &self,
        rows: &[Place],
        is_nested: fn(&When, &When) -> bool,
        decisions: &mut [Vec<Decision>],
    ) {
        let mut before: Option<Place> = None;
        for place in rows {
            let nested = before.filter(|before| {
                let (a, b) = (self.row(*before).when, self.row(*place).when);
                before.0 == place.0 && a != b && is_nested(&a, &b)
            });
            let decision = &mut decisions[place.0][place.1];
            if let Some(before) = nested {
                let grows_little = |longer: Option<f64>, shorter: Option<f64>| {
                    longer.zip(shorter).is_some_and(|(longer, shorter)| self.rule.is_small(longer - shorter))
                };
                let in_top = grows_little(self.top(*place), self.top(before));
                let in_base = grows_little(self.base(*place), self.base(before));
                decision.hides_top |= in_top;
                decision.hides_base |= in_base;
                decision.tells_top |= in_top && self.is_exact(place.0);
                decision.tells_base |= in_base && self.is_exact(place.0);
                self.hide(*place, decision);
            }
            let is_shown = !decision.hides_top && !decision.hides_base;
            if nested.is_none() || is_shown {
                before = Some(*place);
            }
        }
    }

    /// Hides in a row what the decision says and what is not hidden yet.
    fn hide(&self, place: Place, decision: &mut Decision) {
        let row = self.row(place);
        let hide = |reason: &mut Option<Hidden>, cell: Cell| {
            if cell.figure().is_some() && reason.is_none() {
                *reason = Some(Hidden::WouldReveal);
            }
        };
        if decision.hides_top {
            hide(&mut decision.numerator, row.numerator);
        }
        if decision.hides_base {
            hide(&mut decision.denominator, row.denominator);
        }
        let is_count = self.tables[place.0].kind == ValueKind::Count;
        if decision.hides_top || (decision.hides_base && !is_count) {
            hide(&mut decision.value, row.value);
        }
    }

    /// The periods of a subject in which something is hidden, over all tables; the weight is twice the most that can
    /// be hidden in one.
    fn hidden(
        &self,
        decisions: &[Vec<Decision>],
        figure: fn(&Self, Place) -> Option<f64>,
        hides: fn(&Decision) -> bool,
    ) -> Periods {
        let least = 2.0 * f64::from(self.rule.hide_to);
        let of_row = |place: &Place| {
            let weight = least.max(2.0 * figure(self, *place).unwrap_or(0.0).abs());
            hides(&decisions[place.0][place.1]).then(|| (self.row(*place).when, weight))
        };
        self.rows.iter().map(|rows| rows.iter().filter_map(of_row).collect()).collect()
    }

    fn hide_totals(&self, decisions: &mut [Vec<Decision>]) {
        let tops = self.hidden(decisions, Self::top, |decision| decision.hides_top);
        let bases = self.hidden(decisions, Self::base, |decision| decision.hides_base);
        let (Some(top_atoms), Some(base_atoms)) = (self.with_atoms(&tops), self.with_atoms(&bases)) else {
            self.hide_all(decisions);
            return;
        };
        let mut tainted: Vec<(usize, Place)> = Vec::new();
        for (subject, rows) in self.rows.iter().enumerate() {
            let is_unasked = self.members.is_none() && self.is_whole(self.subjects[subject]);
            // What is small may contain what is small; what is shown may not even touch where a figure could lie.
            let (small_top, small_base) = (self.within(subject, &tops), self.within(subject, &bases));
            let (top, base) = (self.within(subject, &top_atoms), self.within(subject, &base_atoms));
            if top.is_empty() && base.is_empty() && !is_unasked {
                continue;
            }
            let country = self.is_country(subject).then(|| self.shown(subject, decisions));
            for place in rows {
                let (row, decision) = (self.row(*place), decisions[place.0][place.1]);
                if row.is_total_of_shown {
                    continue;
                }
                let is_far_more = |whole: Option<f64>, hidden: &Within, of: usize| {
                    country.as_ref().zip(whole).is_some_and(|(shown, whole)| {
                        whole - shown[of].weight_from(&row.when) > hidden.weight_from(&row.when)
                    })
                };
                let holds = (small_top.any_in(&row.when), small_base.any_in(&row.when));
                if !decision.is_exempt && (holds.0 || holds.1) {
                    decisions[place.0][place.1].forget_that_it_is_small(holds.0, holds.1);
                }
                let decision = &decisions[place.0][place.1];
                let hides_top = !decision.hides_top
                    && (is_unasked || top.any_within(&row.when))
                    && !is_far_more(self.top(*place), &top, 0);
                let hides_base = !decision.hides_base
                    && (is_unasked || base.any_within(&row.when))
                    && !is_far_more(self.base(*place), &base, 1);
                if (hides_top || hides_base) && !decision.is_exempt {
                    tainted.push((subject, *place));
                    let decision = &mut decisions[place.0][place.1];
                    decision.hides_top |= hides_top;
                    decision.hides_base |= hides_base;
                    self.hide(*place, decision);
                }
            }
        }
        for (subject, place) in tainted {
            if let Some(total) = self.total_of_shown(subject, place, decisions) {
                let is_other = self.tables[place.0].kind == ValueKind::Other;
                let decision = &mut decisions[place.0][place.1];
                decision.total_of_shown = Some(total);
                (decision.numerator, decision.denominator) = (None, None);
                if !is_other {
                    decision.value = None;
                }
            }
        }
    }

    /// The last resort where there is too much to compare.
    fn hide_all(&self, decisions: &mut [Vec<Decision>]) {
        for place in self.rows.iter().flatten() {
            let decision = &mut decisions[place.0][place.1];
            if !decision.is_exempt {
                (decision.hides_top, decision.hides_base) = (true, true);
                self.hide(*place, decision);
            }
        }
    }

    fn within(&self, subject: usize, hidden: &[Vec<(When, f64)>]) -> Within {
        let members = self.members_of(subject).iter().flat_map(|part| hidden[*part].iter().copied());
        Within { own: Stretches::new(hidden[subject].iter().copied()), of_members: Stretches::new(members) }
    }

    fn is_country(&self, subject: usize) -> bool {
        let (organisation, category) = self.subjects[subject];
        category.is_none() && organisation.is_some_and(|part| self.parts.organisations[part].is_country())
    }

    /// All figures of the parts of a subject that are shown, of every grain and table: at least what can be taken
    /// from its total.
    fn shown(&self, subject: usize, decisions: &[Vec<Decision>]) -> [Stretches; 2] {
        let of = |figure: fn(&Self, Place) -> Option<f64>, hides: fn(&Decision) -> bool| {
            let rows = self.members_of(subject).iter().flat_map(|part| &self.rows[*part]);
            let shown = rows.filter(|place| !hides(&decisions[place.0][place.1]));
            Stretches::new(shown.map(|place| (self.row(*place).when, figure(self, *place).unwrap_or(0.0))))
        };
        [of(Self::top, |decision| decision.hides_top), of(Self::base, |decision| decision.hides_base)]
    }

    /// The total anew, from rows that hide nothing; none where the parts do not add up to the total that was given,
    /// so that nobody knows what it is a total of, or where nothing is left.
    fn total_of_shown(&self, subject: usize, place: Place, decisions: &[Vec<Decision>]) -> Option<Covered> {
        let (organisation, category) = self.subjects[subject];
        let is_guess = organisation.is_some_and(|part| self.parts.organisations[part].is_guess)
            || category.is_some_and(|part| self.parts.categories[part].is_guess);
        let own = &decisions[place.0][place.1];
        let is_small = [own.value, own.numerator, own.denominator]
            .iter()
            .any(|reason| reason.is_some_and(|reason| reason != Hidden::WouldReveal));
        if is_guess || is_small || self.members.is_none() {
            return None;
        }
        let mut all = Covered { top: 0.0, base: 0.0 };
        let mut shown = all;
        for leaf in self.leaves_of(subject, place, place.0) {
            let (top, base) = (self.top(leaf).unwrap_or(0.0), self.base(leaf).unwrap_or(0.0));
            all = Covered { top: all.top + top, base: all.base + base };
            if !decisions[leaf.0][leaf.1].hides_any() {
                shown = Covered { top: shown.top + top, base: shown.base + base };
            }
        }
        let adds_up = |whole: Option<f64>, sum: f64| whole.is_none_or(|whole| is_same(whole, sum));
        let something_is_left = shown.top != 0.0 || (self.top(place).is_none() && shown.base != 0.0);
        (something_is_left && adds_up(self.top(place), all.top) && adds_up(self.base(place), all.base))
            .then_some(shown)
    }
}
