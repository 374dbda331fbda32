//! `XmR` charts as in NHS England's Making Data Count: mean ± 2.66 × the mean moving range, and four special causes.

use super::icons::{Assurance, Variation};
use crate::benchmark::measure::Direction;

/// Limits lie this many mean moving ranges from the mean: 3 ÷ 1.128 (Wheeler).
const LIMIT: f64 = 2.66;
/// Moving ranges of this many times their mean, or more, are screened out.
const SCREEN: f64 = 3.267;
/// With fewer points, limits are trial limits.
const TRIAL: usize = 12;
/// So many points in a row make a run or a trend.
const RUN: usize = 7;

/// How limits are worked out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Leave out moving ranges of 3.267 times their mean or more, once.
    pub is_screened: bool,
    /// Places of points (from 0) from which limits are worked out anew, in any order.
    pub recalculate_from: Vec<usize>,
    /// Which direction is better.
    pub direction: Direction,
    /// The figure to reach.
    pub target: Option<f64>,
}

/// Why a point is more than chance, in the order in which the causes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecialCause {
    /// Above the upper or below the lower limit.
    Outside,
    /// One of 7 or more points that rise or fall strictly.
    Trend,
    /// One of 2 close to the same limit among 3 on one side of the mean.
    NearLimit,
    /// One of 7 or more on one side of the mean.
    Run,
}

/// Which way a special cause points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// High or rising.
    Up,
    /// Low or falling.
    Down,
}

/// What a special cause means by the measure's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// In the better direction.
    Improvement,
    /// In the worse direction.
    Concern,
    /// Neither direction is better.
    Neither,
}

/// A special cause at one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// The first of the causes that hold.
    pub cause: SpecialCause,
    /// High or rising, low or falling.
    pub way: Way,
    /// Better or worse.
    pub meaning: Meaning,
}

/// Points with common limits: all, or those from one recalculation to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Its first point, from 0.
    pub from: usize,
    /// The point after its last.
    pub to: usize,
    /// The mean of its points.
    pub mean: f64,
    /// The mean of its moving ranges, without those screened out.
    pub mean_moving_range: f64,
    /// mean − 2.66 × mean moving range.
    pub lower: f64,
    /// mean + 2.66 × mean moving range.
    pub upper: f64,
    /// Two thirds of the way from the mean to the lower limit.
    pub near_lower: f64,
    /// Two thirds of the way from the mean to the upper limit.
    pub near_upper: f64,
    /// How many moving ranges were screened out.
    pub screened: usize,
    /// Under 12 points: "trial limits".
    pub is_trial: bool,
}

/// One point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Its value.
    pub value: f64,
    /// Which of the phases it belongs to.
    pub phase: usize,
    /// Its special cause, if it has one.
    pub flag: Option<Flag>,
}

/// A series with its limits and special causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Xmr {
    /// In order of time.
    pub points: Vec<Point>,
    /// At least one where there are points.
    pub phases: Vec<Phase>,
    /// The icon for variation; none for a single point.
    pub variation: Option<Variation>,
    /// The icon for assurance; none without a target, without a better direction, or for a single point.
    pub assurance: Option<Assurance>,
    /// The figure to reach.
    pub target: Option<f64>,
}

impl Xmr {
    /// Values in order of time. What is missing is left out, as neighbours are those that are known.
    pub fn new(values: &[f64], options: &Options) -> Self {
        let mut starts: Vec<usize> = options
            .recalculate_from
            .iter()
            .copied()
            .filter(|start| (1..values.len()).contains(start))
            .collect();
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let (mut points, mut phases) = (Vec::with_capacity(values.len()), Vec::new());
        for (number, from) in starts.iter().enumerate() {
            let to = starts.get(number + 1).copied().unwrap_or(values.len());
            let own = &values[*from..to];
            if own.is_empty() {
                continue;
            }
            let phase = Phase::new(own, *from, options.is_screened);
            let flags = Judged::new(own, &phase).flags(options.direction);
            points.extend(own.iter().zip(flags).map(|(value, flag)| Point {
                value: *value,
                phase: number,
                flag,
            }));
            phases.push(phase);
        }
        let is_series = points.len() > 1;
        let variation = points.last().filter(|_| is_series).map(|last| Variation::of(last.flag));
        let assurance = phases
            .last()
            .filter(|_| is_series)
            .and_then(|phase| Assurance::of(options.target?, phase.lower, phase.upper, options.direction));
        Self { points, phases, variation, assurance, target: options.target }
    }

    /// The limits that hold for the last point.
    pub fn last_phase(&self) -> Option<&Phase> {
        self.phases.last()
    }

    /// Places (from 0) of points with a special cause.
    pub fn flagged(&self) -> impl Iterator<Item = (usize, Flag)> {
        self.points.iter().enumerate().filter_map(|(place, point)| Some((place, point.flag?)))
    }
}

impl Phase {
    fn new(values: &[f64], from: usize, is_screened: bool) -> Self {
        // Differences from the first value keep their last digits where all values are large.
        let first = values[0];
        let count = values.len() as f64;
        let mean = first + values.iter().map(|value| value - first).sum::<f64>() / count;
        let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let mean_of = |ranges: &[f64]| {
            if ranges.is_empty() { 0.0 } else { ranges.iter().sum::<f64>() / ranges.len() as f64 }
        };
        let all = mean_of(&ranges);
        let kept: Vec<f64> = if is_screened && all > 0.0 {
            ranges.iter().copied().filter(|range| *range < SCREEN * all).collect()
        } else {
            ranges.clone()
        };
        let mean_moving_range = mean_of(&kept);
        let reach = LIMIT * mean_moving_range;
        Self {
            from,
            to: from + values.len(),
            mean,
            mean_moving_range,
            lower: mean - reach,
            upper: mean + reach,
            near_lower: mean - reach * 2.0 / 3.0,
            near_upper: mean + reach * 2.0 / 3.0,
            screened: ranges.len() - kept.len(),
            is_trial: values.len() < TRIAL,
        }
    }
}

/// The points of a phase, each judged against its mean and limits.
struct Judged {
    /// Above (1), on (0) or below (−1) the mean.
    sides: Vec<i8>,
    /// Beyond a limit.
    outside: Vec<bool>,
    /// Between a near limit and its limit.
    near: Vec<bool>,
    /// From each point to the next: rises (1), falls (−1) or stays (0).
    steps: Vec<i8>,
}

impl Judged {
    fn new(values: &[f64], phase: &Phase) -> Self {
        // A value that differs from a limit in its last binary digits only lies on it.
        let first = values[0];
        let spread = values.iter().map(|value| (value - first).abs()).fold(0.0, f64::max);
        let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let slack = spread * 1e-9 + largest * 1e-14;
        let compare = |a: f64, b: f64| {
            if a - b > slack {
                1
            } else if b - a > slack {
                -1
            } else {
                0
            }
        };
        let is_outside = |value: &f64| compare(*value, phase.upper) > 0 || compare(*value, phase.lower) < 0;
        let is_far =
            |value: &f64| compare(*value, phase.near_upper) > 0 || compare(*value, phase.near_lower) < 0;
        Self {
            sides: values.iter().map(|value| compare(*value, phase.mean)).collect(),
            outside: values.iter().map(is_outside).collect(),
            near: values.iter().map(|value| is_far(value) && !is_outside(value)).collect(),
            steps: values.windows(2).map(|pair| compare(pair[1], pair[0])).collect(),
        }
    }

    fn flags(&self, direction: Direction) -> Vec<Option<Flag>> {
        let (trend, near, run) = (self.trends(), self.two_of_three(), self.runs());
        let way = |side: i8| match side {
            1 => Some(Way::Up),
            -1 => Some(Way::Down),
            _ => None,
        };
        (0..self.sides.len())
            .map(|place| {
                let side = way(self.sides[place]);
                let found = [
                    (SpecialCause::Outside, side.filter(|_| self.outside[place])),
                    (SpecialCause::Trend, way(trend[place])),
                    (SpecialCause::NearLimit, side.filter(|_| near[place])),
                    (SpecialCause::Run, side.filter(|_| run[place])),
                ];
                let (cause, way) = found.into_iter().find_map(|(cause, way)| Some((cause, way?)))?;
                let meaning = match (direction, way) {
                    (Direction::Neutral, _) => Meaning::Neither,
                    (Direction::Higher, Way::Up) | (Direction::Lower, Way::Down) => Meaning::Improvement,
                    (Direction::Higher, Way::Down) | (Direction::Lower, Way::Up) => Meaning::Concern,
                };
                Some(Flag { cause, way, meaning })
            })
            .collect()
    }

    /// For each point the way of a trend that it belongs to: 7 points that rise or fall strictly.
    fn trends(&self) -> Vec<i8> {
        let mut of_point = vec![0; self.sides.len()];
        for (from, to, way) in stretches(&self.steps) {
            if way != 0 && to - from + 1 >= RUN {
                of_point[from..=to].fill(way);
            }
        }
        of_point
    }

    fn runs(&self) -> Vec<bool> {
        let mut of_point = vec![false; self.sides.len()];
        for (from, to, side) in stretches(&self.sides) {
            if side != 0 && to - from >= RUN {
                of_point[from..to].fill(true);
            }
        }
        of_point
    }

    /// Those near a limit, where 2 or more of 3 in a row are and all 3 lie on one side of the mean.
    fn two_of_three(&self) -> Vec<bool> {
        let mut of_point = vec![false; self.sides.len()];
        for from in 0..self.sides.len().saturating_sub(2) {
            let sides = &self.sides[from..from + 3];
            let near = &self.near[from..from + 3];
            if sides[0] != 0
                && sides.iter().all(|side| *side == sides[0])
                && near.iter().filter(|near| **near).count() >= 2
            {
                for (place, near) in near.iter().enumerate() {
                    of_point[from + place] |= *near;
                }
            }
        }
        of_point
    }
}

/// Stretches of equal neighbours: from, to (not included), and what is equal.
fn stretches(of: &[i8]) -> Vec<(usize, usize, i8)> {
    let mut found: Vec<(usize, usize, i8)> = Vec::new();
    for (place, what) in of.iter().enumerate() {
        match found.last_mut() {
            Some((_, to, same)) if same == what => *to = place + 1,
            _ => found.push((place, place + 1, *what)),
        }
    }
    found
}

#[cfg(test)]
#[path = "xmr_tests.rs"]
mod tests;
