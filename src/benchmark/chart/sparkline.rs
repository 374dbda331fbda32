//! Earlier periods as a line without axes, beside each organisation: all to one scale, each around its own middle, so
//! that a change of the same size looks the same in every row.

use std::fmt::Write as _;

use super::figures::sound;
use super::scene::{At, Rect, Scene};
use crate::benchmark::statistics::ranked::RankedPoint;

/// So many periods are shown at most.
const MOST: usize = 12;

/// How sparklines are scaled.
pub(super) struct Sparklines {
    /// Half the range of the widest.
    reach: f64,
    /// Periods of the longest.
    pub(super) periods: usize,
}

impl Sparklines {
    /// None where no organisation has three periods.
    pub(super) fn of(points: &[RankedPoint]) -> Option<Self> {
        let has_line = |point: &&RankedPoint| point.history.iter().flatten().count() >= 3;
        let periods = points.iter().filter(has_line).map(|point| point.history.len()).max()?.min(MOST);
        let reach = points.iter().filter_map(ends).map(|(low, high)| high / 2.0 - low / 2.0);
        Some(Self { reach: reach.fold(0.0, f64::max), periods })
    }

    pub(super) fn trace(&self, traces: &mut Traces, point: &RankedPoint, room: Rect) {
        let Some((low, high)) = ends(point) else { return };
        let middle = low / 2.0 + high / 2.0;
        let own = &point.history[point.history.len().saturating_sub(self.periods)..];
        let last = self.periods.saturating_sub(1).max(1) as f64;
        let late = self.periods - own.len();
        let mut before: Option<(i64, i64)> = None;
        for (place, figure) in own.iter().enumerate() {
            let Some(figure) = figure else {
                before = None;
                continue;
            };
            let rise = if self.reach > 0.0 { (sound(*figure) - middle) / self.reach } else { 0.0 };
            let x = room.left + 2.0 + (room.width() - 6.0) * (place + late) as f64 / last;
            let y =
                f64::midpoint(room.top, room.bottom) - rise.clamp(-1.0, 1.0) * (room.height() / 2.0 - 2.0);
            let at = ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
            let tenths = |tenths: i64| At(tenths as f64 / 10.0);
            match before {
                // Relative steps are the shortest, and steps of rounded places never drift.
                Some((x, y)) => _ = write!(traces.lines, "l{} {}", tenths(at.0 - x), tenths(at.1 - y)),
                None => _ = write!(traces.lines, "M{} {}", tenths(at.0), tenths(at.1)),
            }
            if place + 1 == own.len() {
                let _ = write!(traces.ends, "M{} {}h.1", tenths(at.0), tenths(at.1));
            }
            before = Some(at);
        }
    }
}

/// The sparklines of all rows, as one path and one for their last points.
#[derive(Default)]
pub(super) struct Traces {
    lines: String,
    ends: String,
}

impl Traces {
    pub(super) fn draw(&self, scene: &mut Scene) {
        for (class, path) in [("spark", &self.lines), ("dots small", &self.ends)] {
            if !path.is_empty() {
                scene.draw(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
            }
        }
    }
}

fn ends(point: &RankedPoint) -> Option<(f64, f64)> {
    let figures = || point.history.iter().flatten().copied().map(sound);
    (figures().count() >= 3)
        .then(|| (figures().fold(f64::INFINITY, f64::min), figures().fold(f64::NEG_INFINITY, f64::max)))
}
