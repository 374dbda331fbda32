//! Which rows are parts of which others, over all tables: of other organisations, of other categories, of shorter
//! periods.

use std::collections::{BTreeMap, HashMap};

use super::stretches::Stretches;
use super::wholes::{Members, Part, Parts, is_same, top};
use super::{Rule, rounded};
use crate::benchmark::measure::Measure;
use crate::benchmark::read::{Row, Table, ValueKind};
use crate::benchmark::when::When;

/// Comparing totals with their members may cost this many steps; beyond, totals are hidden unasked.
pub(super) const BUDGET: usize = 20_000_000;

/// An organisation and a category, by their numbers over all tables.
pub(super) type Subject = (Option<usize>, Option<usize>);

/// A row: its table and its place in it.
pub(super) type Place = (usize, usize);

pub(super) struct All<'a> {
    pub(super) tables: &'a [Table],
    pub(super) rule: &'a Rule,
    /// For each table, whether it was made safe before, so that its figures are only about right.
    pub(super) is_rounded: Vec<bool>,
    pub(super) parts: Parts,
    pub(super) subjects: Vec<Subject>,
    /// For each table, the numbers of its own subjects.
    subject_numbers: Vec<Vec<usize>>,
    /// Rows of each subject.
    pub(super) rows: Vec<Vec<Place>>,
    /// For each subject the others that it is a total of; none where there are too many to ask.
    pub(super) members: Option<Vec<Vec<usize>>>,
    /// For each table, and at the end for all together, the leaves of each subject in order of time: rows that no
    /// other row is a part of.
    pub(super) leaves: Vec<Vec<Vec<Place>>>,
    /// One row of each subject and stretch, of any table.
    pub(super) by_stretch: HashMap<(usize, When), Place>,
}

impl<'a> All<'a> {
    pub(super) fn new(tables: &'a [Table], measure: &Measure, rule: &'a Rule) -> Self {
        let parts = Parts::of(tables, measure, rule);
        let mut numbers = BTreeMap::<Subject, usize>::new();
        let (mut subjects, mut rows) = (Vec::new(), Vec::<Vec<Place>>::new());
        let mut subject_numbers = Vec::new();
        for (table_number, table) in tables.iter().enumerate() {
            let (organisations, categories) = &parts.numbers[table_number];
            let of_table: Vec<usize> = table
                .subjects
                .iter()
                .map(|subject| {
                    let subject = (
                        subject.organisation.map(|place| organisations[place]),
                        subject.category.map(|place| categories[place]),
                    );
                    *numbers.entry(subject).or_insert_with(|| {
                        subjects.push(subject);
                        rows.push(Vec::new());
                        subjects.len() - 1
                    })
                })
                .collect();
            for (place, row) in table.rows.iter().enumerate() {
                rows[of_table[row.subject]].push((table_number, place));
            }
            subject_numbers.push(of_table);
        }
        let is_rounded =
            tables.iter().map(|table| rounded::before(std::slice::from_ref(table), measure, rule)).collect();
        let mut all = Self {
            tables,
            rule,
            is_rounded,
            parts,
            subjects,
            subject_numbers,
            rows,
            members: None,
            leaves: Vec::new(),
            by_stretch: HashMap::new(),
        };
        all.members = all.find_members();
        all.leaves = (0..tables.len()).map(|table| all.find_leaves(&|place| place.0 == table)).collect();
        if tables.len() > 1 {
            all.leaves.push(all.find_leaves(&|_| true));
        }
        for (subject, rows) in all.rows.iter().enumerate() {
            for place in rows {
                all.by_stretch.entry((subject, all.row(*place).when)).or_insert(*place);
            }
        }
        all
    }

    pub(super) fn row(&self, (table, row): Place) -> &'a Row {
        &self.tables[table].rows[row]
    }

    pub(super) fn subject_of(&self, place: Place) -> usize {
        self.subject_numbers[place.0][self.row(place).subject]
    }

    /// How far off what is counted may be: a rate with few decimals and its denominator tell it only about.
    pub(super) fn inexactness(&self, place: Place) -> f64 {
        let (row, table) = (self.row(place), &self.tables[place.0]);
        match (table.kind, row.numerator.figure(), row.denominator.figure()) {
            (ValueKind::Ratio { scale }, None, Some(denominator)) => {
                let off = 0.5 * 10_f64.powi(-i32::from(table.decimals[0])) * denominator / scale;
                if off < 0.5 { 0.0 } else { off }
            }
            _ => 0.0,
        }
    }

    /// Whether a small difference of figures of a table is one of whole people, not of rounding.
    pub(super) fn is_exact(&self, table: usize) -> bool {
        let [of_value, of_numerator, of_denominator] = self.tables[table].decimals;
        let of_value = if self.tables[table].kind == ValueKind::Count { of_value } else { 0 };
        !self.is_rounded[table] && of_value + of_numerator + of_denominator == 0
    }

    pub(super) fn top(&self, place: Place) -> Option<f64> {
        top(self.row(place), self.tables[place.0].kind)
    }

    pub(super) fn base(&self, place: Place) -> Option<f64> {
        self.row(place).denominator.figure()
    }

    pub(super) fn is_whole(&self, subject: Subject) -> bool {
        let is_total = |part: Option<usize>, parts: &[Part]| match part {
            None => !parts.is_empty(),
            Some(part) => parts[part].members.is_some(),
        };
        is_total(subject.0, &self.parts.organisations) || is_total(subject.1, &self.parts.categories)
    }

    fn covers(&self, whole: Subject, part: Subject) -> bool {
        let of = |whole: Option<usize>, part: Option<usize>, parts: &[Part]| match (whole, part) {
            (None, _) => true,
            (Some(whole), None) => matches!(parts[whole].members, Some(Members::All)),
            (Some(whole), Some(part)) => {
                whole == part
                    || match &parts[whole].members {
                        Some(Members::All) => true,
                        Some(Members::Some(members)) => members.contains(&part),
                        None => false,
                    }
            }
        };
        whole != part
            && of(whole.0, part.0, &self.parts.organisations)
            && of(whole.1, part.1, &self.parts.categories)
    }

    fn find_members(&self) -> Option<Vec<Vec<usize>>> {
        let wholes: Vec<usize> =
            (0..self.subjects.len()).filter(|subject| self.is_whole(self.subjects[*subject])).collect();
        let row_count: usize = wholes.iter().map(|whole| self.rows[*whole].len().max(1)).sum();
        if row_count.saturating_mul(self.subjects.len()) > BUDGET {
            return None;
        }
        let mut members = vec![Vec::new(); self.subjects.len()];
        for whole in wholes {
            members[whole] = (0..self.subjects.len())
                .filter(|part| self.covers(self.subjects[whole], self.subjects[*part]))
                .collect();
        }
        Some(members)
    }

    pub(super) fn members_of(&self, subject: usize) -> &[usize] {
        self.members.as_ref().map_or(&[], |members| &members[subject])
    }

    /// Among the rows that `is_in` chooses, each stretch once.
    fn find_leaves(&self, is_in: &dyn Fn(&Place) -> bool) -> Vec<Vec<Place>> {
        let chosen: Vec<Vec<Place>> = self
            .rows
            .iter()
            .map(|rows| rows.iter().filter(|place| is_in(place)).copied().collect())
            .collect();
        let stretches: Vec<Stretches> = chosen
            .iter()
            .map(|rows| Stretches::new(rows.iter().map(|place| (self.row(*place).when, 0.0))))
            .collect();
        let is_leaf = |subject: usize, when: &When| {
            let members = self.members_of(subject);
            !stretches[subject].any_shorter_within(when)
                && !members.iter().any(|member| stretches[*member].any_within(when))
        };
        let leaves_of = |(subject, rows): (usize, &Vec<Place>)| {
            let mut leaves: Vec<Place> =
                rows.iter().filter(|place| is_leaf(subject, &self.row(**place).when)).copied().collect();
            leaves.sort_by_key(|place| (self.row(*place).when, *place));
            leaves.dedup_by_key(|place| self.row(*place).when);
            leaves
        };
        chosen.iter().enumerate().map(leaves_of).collect()
    }

    /// The leaves that lie within a row, of its own table or of all.
    pub(super) fn leaves_of(
        &self,
        subject: usize,
        place: Place,
        of: usize,
    ) -> impl Iterator<Item = Place> + '_ {
        let when = self.row(place).when;
        std::iter::once(subject).chain(self.members_of(subject).iter().copied()).flat_map(move |part| {
            let leaves = &self.leaves[of][part];
            // No leaf lies within another, so both their first and their last days rise.
            let from = leaves.partition_point(|leaf| self.row(*leaf).when.start < when.start);
            let to = leaves.partition_point(|leaf| self.row(*leaf).when.end <= when.end);
            let is_same_cell = move |leaf: &Place| part == subject && self.row(*leaf).when == when;
            leaves[from.min(to)..to].iter().copied().filter(move |leaf| !is_same_cell(leaf))
        })
    }

    /// The figures of the same stretch of all that a subject is a total of, of any table.
    pub(super) fn parts_of(&self, subject: usize, place: Place) -> impl Iterator<Item = Place> + '_ {
        let when = self.row(place).when;
        let members = self.members_of(subject).iter();
        members.filter_map(move |member| self.by_stretch.get(&(*member, when)).copied())
    }

    /// Whether a row exceeds others by a small figure: in what is counted, and in how many.
    pub(super) fn exceeds(&self, place: Place, others: impl Iterator<Item = Place>) -> (bool, bool) {
        let (mut top, mut base, mut count) = (0.0, 0.0, 0);
        for other in others {
            top += self.top(other).unwrap_or(0.0);
            base += self.base(other).unwrap_or(0.0);
            count += 1;
        }
        let exceeds = |whole: Option<f64>, sum: f64| {
            count > 0 && whole.is_some_and(|whole| self.rule.is_small(whole - sum) && !is_same(whole, sum))
        };
        (exceeds(self.top(place), top), exceeds(self.base(place), base))
    }
}
