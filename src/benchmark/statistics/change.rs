//! Two snapshots side by side: who rose, who fell, and who is in one of them only.

use std::collections::{BTreeMap, BTreeSet};

use super::quantile::median;
use crate::benchmark::measure::Direction;
use crate::benchmark::released::Snapshot;
use crate::benchmark::when::When;

/// One organisation that is in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What readers see.
    pub name: String,
    /// Its code.
    pub code: String,
    /// In the earlier snapshot.
    pub before: f64,
    /// In the later one.
    pub after: f64,
}

impl Changed {
    /// After − before, in the measure's unit.
    pub fn difference(&self) -> f64 {
        self.after - self.before
    }
}

/// A change between two snapshots.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The earlier period.
    pub before: When,
    /// The later period.
    pub after: When,
    /// Those with a figure in both, in the order of the later file.
    pub points: Vec<Changed>,
    /// Names of those with a figure in one of the two only.
    pub in_one_only: Vec<String>,
    /// Medians of those that are in both, before and after.
    pub medians: (f64, f64),
    /// Which direction is better.
    pub direction: Direction,
}

impl Change {
    /// Two snapshots of one benchmark, from the same file or from two; none where no organisation is in both.
    pub fn between(one: &Snapshot<'_>, other: &Snapshot<'_>) -> Option<Self> {
        let (before, after) = if one.when <= other.when { (one, other) } else { (other, one) };
        let figures = |snapshot: &Snapshot<'_>| -> Vec<(String, String, f64)> {
            let named = snapshot.rows.iter().filter_map(|row| {
                let (name, code) = snapshot.named(row);
                Some((code.to_string(), name.to_string(), row.value.figure()?))
            });
            named.collect()
        };
        let earlier = figures(before);
        let later = figures(after);
        let by_code: BTreeMap<&str, f64> =
            earlier.iter().map(|(code, _, figure)| (code.as_str(), *figure)).collect();
        let mut points = Vec::new();
        let mut in_one_only = Vec::new();
        for (code, name, figure) in &later {
            match by_code.get(code.as_str()) {
                Some(before) => points.push(Changed {
                    name: name.clone(),
                    code: code.clone(),
                    before: *before,
                    after: *figure,
                }),
                None => in_one_only.push(name.clone()),
            }
        }
        let in_both: BTreeSet<&str> = points.iter().map(|point| point.code.as_str()).collect();
        let gone = earlier.iter().filter(|(code, _, _)| !in_both.contains(code.as_str()));
        in_one_only.extend(gone.map(|(_, name, _)| name.clone()));
        let medians = (
            median(&points.iter().map(|point| point.before).collect::<Vec<_>>())?,
            median(&points.iter().map(|point| point.after).collect::<Vec<_>>())?,
        );
        let direction = after.released().measure().direction;
        Some(Self { before: before.when, after: after.when, points, in_one_only, medians, direction })
    }
}
