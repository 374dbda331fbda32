//! Which organisations and categories are totals of which others: by their names, as the page declares, or because
//! their figures are the sum of others'.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rule, rounded};
use crate::benchmark::measure::Measure;
use crate::benchmark::read::{Cell, Row, Table, ValueKind};
use crate::benchmark::when::When;

/// What a total consists of.
#[derive(Debug, Clone)]
pub(super) enum Members {
    /// Of all others.
    All,
    /// Of these.
    Some(BTreeSet<usize>),
}

/// An organisation or category of any of the tables.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) members: Option<Members>,
    /// That it is a total is only concluded from its figures.
    pub(super) is_guess: bool,
}

impl Part {
    /// Whether it is the whole country, whose figures hold far more than the organisations of a table.
    pub(super) fn is_country(&self) -> bool {
        matches!(self.name.trim().to_lowercase().as_str(), "england" | "nhs england" | "national")
    }
}

/// Organisations and categories of all tables together: the same one has the same number everywhere.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) organisations: Vec<Part>,
    pub(super) categories: Vec<Part>,
    /// For each table, the numbers of its own organisations and categories.
    pub(super) numbers: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Parts {
    pub(super) fn of(tables: &[Table], measure: &Measure, rule: &Rule) -> Self {
        let mut parts = Self::default();
        let mut by_code = BTreeMap::<String, usize>::new();
        let mut by_category = BTreeMap::<String, usize>::new();
        let mut by_any_name = BTreeMap::<String, usize>::new();
        for table in tables {
            let mut organisations = Vec::new();
            for organisation in &table.organisations {
                let number = *by_code.entry(organisation.code.clone()).or_insert_with(|| {
                    let members = organisation.is_total.then_some(Members::All);
                    parts.organisations.push(Part {
                        name: organisation.written.clone(),
                        members,
                        is_guess: false,
                    });
                    parts.organisations.len() - 1
                });
                if !measure.aggregates.is_empty() {
                    for name in [&organisation.written, &organisation.code, &organisation.name] {
                        by_any_name.insert(name.to_lowercase(), number);
                    }
                }
                organisations.push(number);
            }
            let mut categories = Vec::new();
            for (name, is_total) in &table.categories {
                categories.push(*by_category.entry(name.to_lowercase()).or_insert_with(|| {
                    let members = is_total.then_some(Members::All);
                    parts.categories.push(Part { name: name.clone(), members, is_guess: false });
                    parts.categories.len() - 1
                }));
            }
            parts.numbers.push((organisations, categories));
        }
        for aggregate in &measure.aggregates {
            let Some(whole) = by_any_name.get(&aggregate.organisation.to_lowercase()) else { continue };
            let members =
                aggregate.members.iter().filter_map(|member| by_any_name.get(&member.to_lowercase()));
            parts.organisations[*whole].members = Some(Members::Some(members.copied().collect()));
        }
        if !rounded::before(tables, measure, rule) {
            for (number, table) in tables.iter().enumerate() {
                parts.guess(number, table);
            }
        }
        parts
    }

    /// Finds organisations and categories whose figures are everywhere the sum of all others', and organisations
    /// whose figures are everywhere the sum of those written next to them.
    fn guess(&mut self, number: usize, table: &Table) {
        let (organisations, categories) = self.numbers[number].clone();
        let by_organisation = Columns::new(table, true);
        for (place, found) in by_organisation.sums_of_others(&|place| self.is_total(&organisations, place)) {
            note(&mut self.organisations[organisations[place]], found, &organisations);
        }
        let found = by_organisation.sums_of_neighbours(&|place| self.is_total(&organisations, place));
        for (place, found) in found {
            note(&mut self.organisations[organisations[place]], Some(found), &organisations);
        }
        let is_total = |place: usize| self.categories[categories[place]].members.is_some();
        for (place, found) in Columns::new(table, false).sums_of_others(&is_total) {
            note(&mut self.categories[categories[place]], found, &categories);
        }
    }

    fn is_total(&self, organisations: &[usize], place: usize) -> bool {
        self.organisations[organisations[place]].members.is_some()
    }
}

fn note(part: &mut Part, found: Option<Vec<usize>>, numbers: &[usize]) {
    if part.members.is_none() {
        part.is_guess = true;
        part.members = Some(match found {
            None => Members::All,
            Some(places) => Members::Some(places.into_iter().map(|place| numbers[place]).collect()),
        });
    }
}

/// What a row counts: the figure that adds up over organisations and periods.
pub(super) fn top(row: &Row, kind: ValueKind) -> Option<f64> {
    match kind {
        ValueKind::Count => row.value.figure().or(row.numerator.figure()),
        ValueKind::Ratio { scale } => row.numerator.figure().or_else(|| {
            let denominator = row.denominator.figure()?;
            Some((row.value.figure()? * denominator / scale).round())
        }),
        ValueKind::Other => row.numerator.figure(),
    }
}

/// How much work the search for sums may be; beyond, candidates count as found.
const BUDGET: usize = 4_000_000;

/// The figures of a table in columns of one period (and one of the other dimension), in the order of the file.
struct Columns {
    /// For each column, part and figure.
    columns: Vec<Vec<(usize, f64)>>,
    /// For each column, whether a figure in it was hidden before: then the others are not all there are.
    have_hidden: Vec<bool>,
}

impl Columns {
    fn new(table: &Table, of_organisations: bool) -> Self {
        let mut columns = BTreeMap::<(When, Option<usize>), Vec<(u32, usize, f64)>>::new();
        let mut with_hidden = BTreeSet::new();
        for row in &table.rows {
            let subject = table.subjects[row.subject];
            let (part, other) = if of_organisations {
                (subject.organisation, subject.category)
            } else {
                (subject.category, subject.organisation)
            };
            let figure = top(row, table.kind).filter(|_| !matches!(row.value, Cell::HiddenBefore));
            if let (Some(part), Some(figure)) = (part, figure) {
                columns.entry((row.when, other)).or_default().push((row.line, part, figure));
            }
            if part.is_some() && [row.value, row.numerator].contains(&Cell::HiddenBefore) {
                with_hidden.insert((row.when, other));
            }
        }
        let have_hidden = columns.keys().map(|column| with_hidden.contains(column)).collect();
        let in_order = |mut column: Vec<(u32, usize, f64)>| {
            column.sort_by_key(|(line, part, _)| (*line, *part));
            column.into_iter().map(|(_, part, figure)| (part, figure)).collect()
        };
        Self { columns: columns.into_values().map(in_order).collect(), have_hidden }
    }

    /// Parts that are in every column the sum of all others that are no totals.
    fn sums_of_others(&self, is_total: &dyn Fn(usize) -> bool) -> Vec<(usize, Option<Vec<usize>>)> {
        let mut holds = BTreeMap::<usize, bool>::new();
        for (column, has_hidden) in self.columns.iter().zip(&self.have_hidden) {
            let parts: Vec<&(usize, f64)> = column.iter().filter(|(part, _)| !is_total(*part)).collect();
            let sum: f64 = parts.iter().map(|(_, figure)| figure).sum();
            for (part, figure) in &parts {
                let is_sum =
                    !has_hidden && parts.len() > 2 && *figure > 0.0 && is_same(sum - figure, *figure);
                let all = holds.entry(*part).or_insert(true);
                *all &= is_sum;
            }
        }
        holds.into_iter().filter(|(_, holds)| *holds).map(|(part, _)| (part, None)).collect()
    }

    /// Parts that are in every column the sum of two or more that stand next to them in the first column;
    /// one column is evidence only where there are three or more.
    fn sums_of_neighbours(&self, is_total: &dyn Fn(usize) -> bool) -> Vec<(usize, Vec<usize>)> {
        let without_totals = |column: &Vec<(usize, f64)>| -> Vec<(usize, f64)> {
            column.iter().filter(|(part, _)| !is_total(*part)).copied().collect()
        };
        let columns: Vec<Vec<(usize, f64)>> = self.columns.iter().map(without_totals).collect();
        let mut candidates = BTreeMap::<usize, Vec<Vec<usize>>>::new();
        let mut is_known = BTreeSet::new();
        for column in &columns {
            let new: BTreeSet<usize> =
                column.iter().map(|(part, _)| *part).filter(|part| is_known.insert(*part)).collect();
            if new.is_empty() {
                continue;
            }
            let mut backwards: Vec<(usize, f64)> = column.clone();
            backwards.reverse();
            for column in [column, &backwards] {
                for (part, block) in blocks_before(column) {
                    if new.contains(&part) {
                        candidates.entry(part).or_default().push(block);
                    }
                }
            }
        }
        let mut budget = BUDGET;
        let mut holds = |part: usize, block: &[usize]| {
            let mut agreeing = 0;
            for column in &columns {
                let cost = column.len();
                if budget < cost {
                    return true;
                }
                budget -= cost;
                let Some((_, whole)) = column.iter().find(|(other, _)| *other == part) else { continue };
                let members = || column.iter().filter(|(other, _)| block.contains(other));
                if !is_same(members().map(|(_, figure)| figure).sum(), *whole) {
                    return false;
                }
                agreeing += usize::from(members().filter(|(_, figure)| *figure != 0.0).count() > 1);
            }
            // That one figure is the sum of two others happens by accident.
            agreeing > 1 || (agreeing == 1 && block.len() > 2)
        };
        candidates
            .into_iter()
            .filter_map(|(part, blocks)| Some((part, blocks.into_iter().find(|block| holds(part, block))?)))
            .collect()
    }
}

/// For each part the shortest run of at least two parts right before it whose figures add up to its own. A part
/// without a figure of its own (0) is no total.
fn blocks_before(column: &[(usize, f64)]) -> Vec<(usize, Vec<usize>)> {
    /// Sums are looked up as thousandths.
    fn key(sum: f64) -> i64 {
        (sum * 1000.0).round() as i64
    }
    let mut found = Vec::new();
    let mut last_place_of_sum = BTreeMap::<i64, usize>::new();
    let mut sums = vec![0.0];
    for (place, (part, figure)) in column.iter().enumerate() {
        let sum = sums[place];
        if *figure > 0.0
            && let Some(from) = last_place_of_sum.get(&key(sum - figure))
            && (2..=60).contains(&(place - from))
        {
            found.push((*part, column[*from..place].iter().map(|(part, _)| *part).collect()));
        }
        last_place_of_sum.insert(key(sum), place);
        sums.push(sum + figure);
    }
    found
}

/// Whether two sums are the same but for the last digits of floating point.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}
