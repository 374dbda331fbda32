//! Stretches of time that can be asked which of them lie within another.

use jiff::civil::Date;

use crate::benchmark::when::When;

/// Stretches sorted by their first and last days, each with a weight.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    sorted: Vec<(Date, Date)>,
    /// For each, the earliest last day of it and of those after it.
    least_end: Vec<Date>,
    /// For each, the sum of the weights before it; one more at the end.
    weights: Vec<f64>,
}

impl Stretches {
    pub(super) fn new(stretches: impl Iterator<Item = (When, f64)>) -> Self {
        let mut pairs: Vec<(Date, Date, f64)> =
            stretches.map(|(when, weight)| (when.start, when.end, weight)).collect();
        pairs.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let sorted: Vec<(Date, Date)> = pairs.iter().map(|(start, end, _)| (*start, *end)).collect();
        let mut least_end: Vec<Date> = sorted.iter().map(|(_, end)| *end).collect();
        for place in (0..least_end.len().saturating_sub(1)).rev() {
            least_end[place] = least_end[place].min(least_end[place + 1]);
        }
        let mut weights = vec![0.0];
        for (_, _, weight) in &pairs {
            weights.push(weights.last().copied().unwrap_or_default() + weight);
        }
        Self { sorted, least_end, weights }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether one of them lies within `when`, or is it.
    pub(super) fn any_within(&self, when: &When) -> bool {
        let from = self.sorted.partition_point(|(start, _)| *start < when.start);
        self.least_end.get(from).is_some_and(|end| *end <= when.end)
    }

    /// Whether one of them lies within `when` and is shorter.
    pub(super) fn any_shorter_within(&self, when: &When) -> bool {
        let from = self.sorted.partition_point(|(start, _)| *start < when.start);
        let after = self.sorted.partition_point(|(start, _)| *start <= when.start);
        self.sorted.get(from).is_some_and(|(start, end)| *start == when.start && *end < when.end)
            || self.least_end.get(after).is_some_and(|end| *end <= when.end)
    }

    /// The weights of all that begin in `when`, and so at least of all that lie within it.
    pub(super) fn weight_from(&self, when: &When) -> f64 {
        let from = self.sorted.partition_point(|(start, _)| *start < when.start);
        let to = self.sorted.partition_point(|(start, _)| *start <= when.end);
        self.weights[to.max(from)] - self.weights[from]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    fn stretch((start, days): (i64, i64)) -> When {
        let start = date(2024, 1, 1).checked_add(start.days()).unwrap();
        When::new(start, start.checked_add(days.days()).unwrap())
    }

    proptest::proptest! {
        #[test]
        fn the_quick_answer_is_the_plain_one(
            all in proptest::collection::vec((0_i64..30, 0_i64..12), 0..12),
            asked in (0_i64..30, 0_i64..12),
        ) {
            let all: Vec<When> = all.into_iter().map(stretch).collect();
            let asked = stretch(asked);
            let stretches = Stretches::new(all.iter().map(|when| (*when, 1.0)));
            let within = all.iter().filter(|when| asked.contains(when));
            proptest::prop_assert_eq!(stretches.any_within(&asked), within.clone().next().is_some());
            proptest::prop_assert_eq!(
                stretches.any_shorter_within(&asked),
                within.clone().any(|when| *when != asked)
            );
            proptest::prop_assert!(stretches.weight_from(&asked) >= within.map(|_| 1.0).sum());
        }
    }
}
