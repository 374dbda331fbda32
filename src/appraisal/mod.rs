//! Options weighed by criteria. Names, weights and scores come in; weighted totals, places, what would change the first
//! place, sentences about it and a file go out. Everything is worked out in whole numbers, so two options tie only
//! where they do.

mod file;
#[cfg(test)]
mod tests;
mod tipping;
mod words;

pub use tipping::{Direction, Fraction, Tipping};

/// What options are judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// How much it counts beside the others; 0 leaves it out.
    pub weight: u32,
}

/// An option as it was scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Its name.
    pub name: String,
    /// Its score for each criterion, in their order; none where nobody gave one.
    pub scores: Vec<Option<u32>>,
}

/// Options weighed by criteria.
///
/// The total of an option is the sum of weight × score over the sum of the weights, so it lies on the scale of the
/// scores. Sums are below 2⁶⁴ times the number of criteria, so `i128` holds them and their products with a score.
#[derive(Debug, Clone)]
pub struct Appraisal {
    criteria: Vec<Criterion>,
    options: Vec<Scored>,
    /// The sum of weight × score; none for an option that is not ranked.
    sums: Vec<Option<i128>>,
    /// The sums of ranked options, the greatest first.
    order: Vec<i128>,
    total_weight: i128,
    decimals: usize,
}

/// A place among the options that are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub number: usize,
    /// Whether another option has the same total.
    pub is_shared: bool,
}

impl Appraisal {
    /// Weighs options. Only those with a score for every criterion are ranked, and none where no criterion counts.
    pub fn new(criteria: Vec<Criterion>, mut options: Vec<Scored>) -> Self {
        let total_weight: i128 = criteria.iter().map(|criterion| i128::from(criterion.weight)).sum();
        for option in &mut options {
            option.scores.resize(criteria.len(), None);
        }
        let sum = |option: &Scored| -> Option<i128> {
            let weighted = |(criterion, score): (&Criterion, &Option<u32>)| {
                score.map(|score| i128::from(criterion.weight) * i128::from(score))
            };
            criteria.iter().zip(&option.scores).map(weighted).sum()
        };
        let sums: Vec<Option<i128>> =
            options.iter().map(|option| sum(option).filter(|_| total_weight > 0)).collect();
        let mut order: Vec<i128> = sums.iter().copied().flatten().collect();
        order.sort_unstable_by(|one, other| other.cmp(one));
        let mut appraisal = Self { criteria, options, sums, order, total_weight, decimals: 1 };
        appraisal.decimals = if appraisal.looks_apart() { 1 } else { 2 };
        appraisal
    }

    /// The criteria, as they came.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The options, as they came; each has as many scores as there are criteria.
    pub fn options(&self) -> &[Scored] {
        &self.options
    }

    /// The weighted total of an option as it is shown: with one decimal, or two where only those tell totals apart.
    pub fn total(&self, option: usize) -> Option<String> {
        self.sums[option].map(|sum| self.shown(sum, self.decimals))
    }

    /// The place of an option; none where it is not ranked.
    pub fn place(&self, option: usize) -> Option<Place> {
        let sum = self.sums[option]?;
        let number = self.order.partition_point(|other| *other > sum) + 1;
        let is_shared = self.order.partition_point(|other| *other >= sum) > number;
        Some(Place { number, is_shared })
    }

    /// The options with the highest total, in their order.
    pub fn winners(&self) -> Vec<usize> {
        self.first_by(|_, sum| sum)
    }

    /// The criteria that an option has no score for.
    pub fn missing(&self, option: usize) -> Vec<usize> {
        let scores = self.options[option].scores.iter().enumerate();
        scores.filter(|(_, score)| score.is_none()).map(|(criterion, _)| criterion).collect()
    }

    /// Whether one option has a score at least as high as another's for every criterion, and a higher one for some.
    pub fn dominates(&self, one: usize, other: usize) -> bool {
        let pairs = || self.options[one].scores.iter().zip(&self.options[other].scores);
        self.sums[one].is_some()
            && self.sums[other].is_some()
            && pairs().all(|(one, other)| one >= other)
            && pairs().any(|(one, other)| one > other)
    }

    /// A weight as a share of all weights: `35%`, `less than 1%`.
    pub fn share(&self, criterion: usize) -> String {
        percent(i128::from(self.criteria[criterion].weight), self.total_weight)
    }

    /// The share of all weights that a criterion would have at its tipping point, the others as they are.
    pub fn share_at(&self, tipping: &Tipping) -> String {
        let weight = i128::try_from(tipping.weight).unwrap_or(i128::MAX);
        let others = self.total_weight - i128::from(self.criteria[tipping.criterion].weight);
        percent(weight, others.saturating_add(weight))
    }

    /// Whether weights add up to 100, so that they are their own shares.
    pub fn is_of_hundred(&self) -> bool {
        self.total_weight == 100
    }

    /// Ranked options with their sums.
    fn ranked(&self) -> impl Iterator<Item = (usize, i128)> {
        self.sums.iter().enumerate().filter_map(|(option, sum)| Some((option, (*sum)?)))
    }

    /// The ranked options for which a measure of theirs is greatest, in their order.
    fn first_by<T: Ord>(&self, measure: impl Fn(usize, i128) -> T) -> Vec<usize> {
        let mut best: Option<T> = None;
        let mut first = Vec::new();
        for (option, sum) in self.ranked() {
            let own = measure(option, sum);
            match best.as_ref().map(|best| own.cmp(best)) {
                Some(std::cmp::Ordering::Less) => continue,
                Some(std::cmp::Ordering::Equal) => {}
                Some(std::cmp::Ordering::Greater) | None => {
                    first.clear();
                    best = Some(own);
                }
            }
            first.push(option);
        }
        first
    }

    /// A score of a ranked option.
    fn score(&self, option: usize, criterion: usize) -> i128 {
        self.options[option].scores[criterion].map_or(0, i128::from)
    }

    /// Whether totals that differ look different with one decimal.
    fn looks_apart(&self) -> bool {
        let is_apart = |pair: &[i128]| pair[0] == pair[1] || self.shown(pair[0], 1) != self.shown(pair[1], 1);
        self.order.windows(2).all(is_apart)
    }

    /// A sum over all weights, rounded half up, without the surprises of binary fractions.
    fn shown(&self, sum: i128, decimals: usize) -> String {
        let scale = 10_i128.pow(decimals as u32);
        let rounded = (sum * scale * 2 + self.total_weight) / (self.total_weight * 2);
        format!("{}.{:0decimals$}", rounded / scale, rounded % scale)
    }
}

/// A part of a whole in whole per cent.
fn percent(part: i128, whole: i128) -> String {
    match part.saturating_mul(200).saturating_add(whole).checked_div(whole.saturating_mul(2)) {
        None => "0%".to_string(),
        Some(0) if part > 0 => "less than 1%".to_string(),
        Some(hundredths) => format!("{hundredths}%"),
    }
}
