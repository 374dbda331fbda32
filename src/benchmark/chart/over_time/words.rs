//! The words within a chart over time: the latest figure, what lies beyond the axis, what happened when, special causes.

use super::Plot;
use crate::benchmark::chart::letters::{self, LINE};
use crate::benchmark::chart::scene::{Anchor, Candidate, Rect, Spot, Style};
use crate::text::counted;

impl Plot<'_> {
    /// Why figures are hidden, beside their column where it is free.
    pub(super) fn say_hidden(&mut self, words: &str, left: f64, right: f64) {
        let plot = self.scene.plot;
        let lines = letters::wrap(words, 96.0, false, 3);
        let half = LINE * lines.len() as f64 / 2.0;
        let mut candidates = Vec::new();
        for (x, anchor, more) in [(right + 5.0, Anchor::Start, 0.0), (left - 5.0, Anchor::End, 0.3)] {
            for (number, away) in [3.0, 22.0, 41.0].into_iter().enumerate() {
                let cost = more + number as f64 * 0.2;
                candidates.push(Candidate { x, middle: plot.top + half + away, anchor, cost });
                candidates.push(Candidate { x, middle: plot.bottom - half - away, anchor, cost: cost + 0.1 });
            }
        }
        if let Some((at, _)) = self.scene.best(&lines, false, &candidates, &plot, 2.0) {
            self.scene.lines(&lines, at.x, at.middle, at.anchor, Style { halo: true, ..Style::QUIET });
        }
    }

    /// Names the figures that lie beyond the axis: they would be misread otherwise.
    pub(super) fn name_beyond(&mut self) {
        let beyond: Vec<usize> =
            (0..self.values.len()).filter(|point| self.axis.is_beyond(self.values[*point])).take(4).collect();
        for point in beyond {
            let (when, figure) = (self.whens[point].short(), self.figures.value(self.values[point]));
            let lines = if self.options.is_wide() {
                vec![format!("{when}: {figure}")]
            } else {
                vec![format!("{when}:"), figure]
            };
            self.say(
                &lines,
                &[self.spots[point]],
                self.values[point] > self.axis.high,
                Style::OVER_BOLD,
                40.0,
            );
        }
    }

    /// The last figure, which readers look for first.
    pub(in crate::benchmark::chart) fn say_last(&mut self) {
        let (Some(last), Some(value)) = (self.spots.last().copied(), self.values.last().copied()) else {
            return;
        };
        if self.axis.is_beyond(value) || self.values.len() < 2 {
            return;
        }
        let (when, figure) = (self.whens[self.whens.len() - 1].short(), self.figures.value(value));
        let lines = vec![format!("{when}: {figure}")];
        let before = self.spots[self.spots.len() - 2];
        self.say(
            &lines,
            &[last],
            before.1 > last.1,
            Style::OVER_BOLD,
            if self.options.is_wide() { 26.0 } else { 20.0 },
        );
    }

    /// Words for some points, above or below them; false where there is no room.
    pub(in crate::benchmark::chart) fn say(
        &mut self,
        lines: &[String],
        points: &[Spot],
        is_above: bool,
        style: Style,
        most: f64,
    ) -> bool {
        let Some(first) = points.first() else { return false };
        let left = points.iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
        let right = points.iter().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
        let top = points.iter().copied().fold(*first, |a, b| if b.1 < a.1 { b } else { a });
        let bottom = points.iter().copied().fold(*first, |a, b| if b.1 > a.1 { b } else { a });
        let half = LINE * lines.len() as f64 / 2.0;
        let plot = self.scene.plot;
        let frame = Rect {
            left: plot.left + 3.0,
            top: plot.top - 13.0,
            right: plot.right + 4.0,
            bottom: plot.bottom - 2.0,
        };
        let mut candidates = Vec::with_capacity(80);
        for upwards in [is_above, !is_above] {
            let turned = if upwards == is_above { 0.0 } else { 3.5 };
            for (number, away) in
                [7.0, 14.0, 24.0, 36.0, 50.0, 66.0, 84.0, 104.0, 130.0, 160.0].into_iter().enumerate()
            {
                let middle = if upwards { top.1 - away - half } else { bottom.1 + away + half };
                let cost = turned + number as f64 * if self.options.is_wide() { 0.8 } else { 1.5 };
                let peak = if upwards { top.0 } else { bottom.0 };
                for (x, anchor, more) in [
                    (f64::midpoint(left, right), Anchor::Middle, 0.0),
                    (peak + 5.0, Anchor::End, 0.4),
                    (peak - 5.0, Anchor::Start, 0.4),
                    (peak - 10.0, Anchor::End, 1.0),
                    (peak + 10.0, Anchor::Start, 1.0),
                    (frame.right - 1.0, Anchor::End, 2.5),
                    (frame.left + 1.0, Anchor::Start, 2.5),
                ] {
                    let far = (x - peak).abs() * 0.05;
                    candidates.push(Candidate { x, middle, anchor, cost: cost + more + far });
                }
            }
        }
        let Some((at, rect)) = self.scene.best(lines, style.bold, &candidates, &frame, most) else {
            return false;
        };
        let target = if rect.bottom <= top.1 { top } else { bottom };
        let (near, end) = if rect.bottom <= top.1 {
            (rect.bottom - 2.0, target.1 - 8.0)
        } else {
            (rect.top + 3.0, target.1 + 8.0)
        };
        let x = target.0.clamp(rect.left + 3.0, rect.right - 3.0);
        let is_far = (near - end).abs() > 12.0 || (x - target.0).abs() > 16.0;
        if is_far && (near < end) == (rect.bottom <= top.1) {
            self.scene.line("when", (x, near), (target.0, end));
            self.scene.avoid((x, near), (target.0, end), 5.0);
        }
        self.scene.lines(lines, at.x, at.middle, at.anchor, style);
        true
    }

    /// Words at a time, beside a thin upright line.
    pub(in crate::benchmark::chart) fn mark_time(&mut self, x: f64, words: &str) {
        let plot = self.scene.plot;
        self.scene.line("when", (x, plot.top), (x, plot.bottom));
        self.scene.avoid((x, plot.top), (x, plot.bottom), 5.0);
        let lines = letters::wrap(words, if self.options.is_wide() { 170.0 } else { 120.0 }, false, 3);
        let half = LINE * lines.len() as f64 / 2.0;
        let mut candidates = Vec::new();
        for (x, anchor) in [(x + 6.0, Anchor::Start), (x - 6.0, Anchor::End)] {
            for number in 0..6 {
                let away = half + f64::from(number) * 14.0;
                let cost = f64::from(number) * 0.7;
                candidates.push(Candidate { x, anchor, middle: plot.bottom - away - 1.0, cost });
                candidates.push(Candidate { x, anchor, middle: plot.top + away + 1.0, cost: cost + 0.3 });
            }
        }
        if let Some((at, _)) = self.scene.best(&lines, false, &candidates, &plot, 60.0) {
            self.scene.lines(&lines, at.x, at.middle, at.anchor, Style::OVER);
        }
    }

    /// How many figures there are, from when to when, and what is not shown.
    pub(in crate::benchmark::chart) fn told(&self, chart: &str) -> String {
        let count = self.values.len();
        let span = match (self.whens.first(), self.whens.last()) {
            (Some(first), Some(last)) if first != last => format!(", {} to {}", first.short(), last.short()),
            (Some(first), _) => format!(", {}", first.short()),
            _ => String::new(),
        };
        let hidden = self.moments.iter().filter(|moment| moment.value.is_hidden()).count();
        let hidden = match hidden {
            0 => String::new(),
            _ => format!(" {} hidden.", counted(hidden, "figure is", "figures are")),
        };
        let last = match (self.values.last(), self.values.len()) {
            (Some(value), 2..) => format!(" The latest is {}.", self.figures.value(*value)),
            (Some(value), _) => format!(" It is {}.", self.figures.value(*value)),
            _ => String::new(),
        };
        format!("{chart} of {}{span}.{last}{hidden}", counted(count, "figure", "figures"))
    }
}
