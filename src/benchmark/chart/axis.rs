//! The axis of figures: from where to where, and nice steps between. One outlier does not flatten all others: it may
//! lie beyond the axis, and the drawing says so.

use super::figures::sound;

/// What an axis must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Lengths are compared: it holds zero.
    Zero,
    /// Places are compared: it begins where the figures do.
    Figures,
}

/// An axis.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
    pub(super) step: f64,
}

/// A series or comparison of fewer has no outlier.
const ENOUGH: usize = 8;
/// An outlier makes the axis so much longer.
const LONGER: f64 = 3.0;

impl Axis {
    /// An axis with about so many steps, for figures (which may hold outliers) and for lines that must be on it.
    pub(super) fn new(figures: &[f64], lines: &[f64], from: From, is_percent: bool, steps: usize) -> Self {
        let mut sorted: Vec<f64> = figures.iter().copied().map(sound).collect();
        sorted.sort_by(f64::total_cmp);
        let lines: Vec<f64> = lines.iter().copied().map(sound).collect();
        let kept = match from {
            From::Figures => without_outliers(&sorted, &lines),
            From::Zero => sorted.as_slice(),
        };
        let all = || kept.iter().chain(&lines).copied();
        let mut low = all().fold(f64::INFINITY, f64::min);
        let mut high = all().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let (least, most) = (low, high);
        if from == From::Zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        let size = low.abs().max(high.abs());
        let is_nothing = size < 1e-290;
        if is_nothing {
            (low, high) = (0.0, 1.0);
        } else if high - low <= size * 1e-9 {
            // All alike: the line stands in the middle, with room that its size gives.
            (low, high) = (low - size * 0.1, high + size * 0.1);
        }
        if from == From::Figures && !is_nothing {
            let room = (high - low) * 0.06;
            low -= room;
            high += room;
            // Zero is nice to see where it is near, and below it is nothing.
            if least >= 0.0 && low < (high - low) * 0.15 {
                low = 0.0;
            }
            if most <= 0.0 && high > (low - high) * 0.15 && low < 0.0 {
                high = 0.0;
            }
        }
        let step = nice_step((high - low) / steps.max(1) as f64);
        let mut first = (low / step).floor();
        let mut last = (high / step).ceil();
        if is_percent && (0.0..=100.0).contains(&least) && (0.0..=100.0).contains(&most) {
            first = first.max(0.0);
            last = last.min((100.0 / step).ceil());
        }
        let within = sorted.first().is_some_and(|least| *least >= 0.0)
            && sorted.last().is_some_and(|most| *most <= 100.0);
        let count = (last - first).clamp(1.0, 40.0) as usize;
        let ticks = (0..=count)
            .map(|number| (first + number as f64) * step)
            // Limits may lie beyond what a percentage can be; no figure does.
            .filter(|tick| !(is_percent && within) || (-1e-9..=100.000_001).contains(tick))
            .collect();
        Self { low: first * step, high: (first + count as f64) * step, ticks, step }
    }

    /// Where a figure stands: 0 at the low end, 1 at the high end, and at an end where it lies beyond.
    pub(super) fn share(&self, figure: f64) -> f64 {
        let range = self.high / 2.0 - self.low / 2.0;
        if range > 0.0 { ((figure / 2.0 - self.low / 2.0) / range).clamp(0.0, 1.0) } else { 0.5 }
    }

    /// Whether a figure lies beyond the axis.
    pub(super) fn is_beyond(&self, figure: f64) -> bool {
        let figure = sound(figure);
        let slack = self.step * 1e-9;
        figure < self.low - slack || figure > self.high + slack
    }

    /// The largest figure on it, whatever its sign.
    pub(super) fn largest(&self) -> f64 {
        self.low.abs().max(self.high.abs())
    }
}

/// The sorted figures without those few that make the axis many times as long.
fn without_outliers<'a>(sorted: &'a [f64], lines: &[f64]) -> &'a [f64] {
    let count = sorted.len();
    if count < ENOUGH {
        return sorted;
    }
    let reach = |figures: &[f64]| {
        let all = || figures.iter().chain(lines);
        all().copied().fold(f64::NEG_INFINITY, f64::max) / 2.0
            - all().copied().fold(f64::INFINITY, f64::min) / 2.0
    };
    let median = sorted[count / 2];
    let whole = reach(sorted);
    let mut kept = sorted;
    for _ in 0..(count / 10).clamp(1, 3) {
        let is_low = median / 2.0 - kept[0] / 2.0 > kept[kept.len() - 1] / 2.0 - median / 2.0;
        kept = if is_low { &kept[1..] } else { &kept[..kept.len() - 1] };
        let rest = reach(kept);
        if rest > 0.0 && rest > whole * 1e-12 && whole > rest * LONGER {
            return kept;
        }
    }
    sorted
}

/// The nicest step that is no shorter.
fn nice_step(at_least: f64) -> f64 {
    let power = 10_f64.powf(at_least.log10().floor());
    if !(power.is_finite() && power > 0.0) {
        return if at_least > 1.0 { 1e300 } else { 1e-300 };
    }
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|factor| power * factor >= at_least * 0.999_999);
    power * factor.unwrap_or(10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_nice() {
        for (at_least, step) in [(0.9, 1.0), (1.1, 2.0), (2.2, 2.5), (3.0, 5.0), (60.0, 100.0), (0.012, 0.02)]
        {
            assert!((nice_step(at_least) - step).abs() < 1e-12, "{at_least}");
        }
    }

    #[test]
    fn an_outlier_lies_beyond_the_axis_and_its_neighbours_do_not() {
        let figures = [10.0, 11.0, 12.0, 9.0, 10.5, 11.5, 10.0, 9.5, 400.0];
        let axis = Axis::new(&figures, &[], From::Figures, false, 5);
        assert!(axis.is_beyond(400.0) && !axis.is_beyond(12.0) && axis.high < 20.0);
        assert!(!Axis::new(&figures, &[], From::Zero, false, 5).is_beyond(400.0));
    }

    #[test]
    fn percentages_end_at_a_hundred() {
        let axis = Axis::new(&[97.0, 98.5, 99.9, 100.0], &[], From::Figures, true, 5);
        assert!(axis.high <= 100.0 && axis.ticks.iter().all(|tick| *tick <= 100.0));
        let axis = Axis::new(&[0.0, 0.4], &[], From::Figures, true, 5);
        assert!(axis.low >= 0.0);
    }
}
