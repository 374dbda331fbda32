//! Organisations side by side in one period, from the lowest value to the highest, with quartile bands. The order is
//! for the eye: nothing here says who is the 14th of 32, because most neighbours differ by chance.

use std::collections::BTreeMap;

use super::quantile::quantile;
use crate::benchmark::measure::PeerMedian;
use crate::benchmark::released::{Series, Snapshot};

/// One organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedPoint {
    /// What readers see.
    pub name: String,
    /// Its code.
    pub code: String,
    /// In the measure's unit.
    pub value: f64,
    /// Quarter of the organisations that it belongs to: 1 holds the lowest values, 4 the highest.
    pub quarter: u8,
    /// Its values in earlier periods, the earliest first, and this one last; none where one is not shown.
    pub history: Vec<Option<f64>>,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// From the lowest value to the highest, then by name.
    pub points: Vec<RankedPoint>,
    /// Names of those whose figure is hidden or not given.
    pub without_figure: Vec<String>,
    /// The lower quartile (type 7).
    pub lower_quartile: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile (type 7).
    pub upper_quartile: f64,
    /// With whom they are compared, where those shown are of one group: "Shelford Group".
    pub peer_group: Option<String>,
    /// The median of a group that need not hold those shown.
    pub peer_median: Option<PeerMedian>,
}

/// At most this many earlier periods are kept for each organisation.
const HISTORY: usize = 24;

impl Ranked {
    /// The organisations (or categories) of one period, without totals; none where fewer than two have a figure.
    pub fn of(snapshot: &Snapshot<'_>) -> Option<Self> {
        let released = snapshot.released();
        let mut points: Vec<RankedPoint> = Vec::new();
        let mut without_figure = Vec::new();
        let mut periods: Vec<_> =
            released.periods().into_iter().filter(|when| *when <= snapshot.when).collect();
        periods.drain(..periods.len().saturating_sub(HISTORY));
        let histories: BTreeMap<usize, Series<'_>> = released
            .series()
            .into_iter()
            .filter_map(|series| Some((series.rows.first()?.subject, series)))
            .collect();
        for row in &snapshot.rows {
            let (name, code) = snapshot.named(row);
            let Some(value) = row.value.figure() else {
                without_figure.push(name.to_string());
                continue;
            };
            let own = histories.get(&row.subject);
            let history = periods
                .iter()
                .map(|when| {
                    let place = own?.rows.binary_search_by_key(when, |row| row.when).ok()?;
                    own?.rows[place].value.figure()
                })
                .collect();
            points.push(RankedPoint {
                name: name.to_string(),
                code: code.to_string(),
                value,
                quarter: 0,
                history,
            });
        }
        if points.len() < 2 {
            return None;
        }
        points.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.name.cmp(&b.name)));
        let values: Vec<f64> = points.iter().map(|point| point.value).collect();
        let [lower_quartile, median, upper_quartile] =
            [0.25, 0.5, 0.75].map(|p| quantile(&values, p).unwrap_or_default());
        for point in &mut points {
            let edges = [lower_quartile, median, upper_quartile];
            point.quarter = 1 + edges.iter().filter(|edge| point.value > **edge).count() as u8;
        }
        let measure = released.measure();
        let (peer_group, peer_median) = (measure.peer_group.clone(), measure.peer_median.clone());
        Some(Self { points, without_figure, lower_quartile, median, upper_quartile, peer_group, peer_median })
    }
}
