//! Where the names, figures and small lines of a ranked plot stand: beside the plot, or on phones above each dot.

use crate::benchmark::chart::Options;
use crate::benchmark::chart::axis::Axis;
use crate::benchmark::chart::figures::{Figures, sound};
use crate::benchmark::chart::letters::{self, LINE, short_name};
use crate::benchmark::chart::scene::{Anchor, Scene, Style};
use crate::benchmark::statistics::Ranked;
use crate::benchmark::statistics::ranked::RankedPoint;

/// Where names, figures and small lines stand.
pub(super) struct Layout {
    pub(super) is_wide: bool,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) row: f64,
    /// Room for names beside the plot.
    pub(super) name: f64,
    /// The right edge of the figures.
    pub(super) figure: f64,
    pub(super) spark: f64,
}

impl Layout {
    pub(super) fn new(
        scene: &Scene,
        ranked: &Ranked,
        axis: &Axis,
        figures: &Figures,
        has_sparklines: bool,
        lines_across: usize,
        options: &Options<'_>,
    ) -> Self {
        let is_wide = options.is_wide();
        let names = ranked.points.iter().map(|point| (point.name.as_str(), point.code.as_str()));
        let names = names.chain(ranked.without_figure.iter().map(|name| (name.as_str(), "")));
        let name = names
            .map(|(name, code)| letters::width(short_name(name), options.picks(name, code)))
            .fold(0.0, f64::max)
            .min(300.0);
        let figure =
            ranked.points.iter().map(|point| letters::width(&figures.value(sound(point.value)), true));
        let figure = figure.fold(0.0, f64::max);
        let spark = match (has_sparklines, is_wide) {
            (false, _) => 0.0,
            (true, true) => 110.0,
            (true, false) => 76.0,
        };
        let end = scene.width - if spark > 0.0 { spark + 14.0 } else { 0.0 };
        // Below the plot, the first and the last name of the axis stand half outside.
        let half = letters::width(&figures.tick(axis.high, axis.step, axis.largest()), false) / 2.0;
        let (left, right, row) = if is_wide {
            let row = if ranked.points.len() > 24 { 20.0 } else { 24.0 };
            (name + 14.0, end - figure - 14.0, row)
        } else {
            (half + 2.0, end - 2.0 - if spark > 0.0 { 0.0 } else { half }, 42.0)
        };
        let top = scene.height + 23.0f64.mul_add(lines_across as f64, 30.0);
        Self { is_wide, left, right: right.max(left + 80.0), top, row, name, figure: end, spark }
    }

    /// From the top of a row to its dot.
    pub(super) fn middle(&self) -> f64 {
        if self.is_wide { self.row / 2.0 } else { 30.0 }
    }

    /// Name and figure of a row; the height at which its dot stands.
    pub(super) fn names(
        &self,
        scene: &mut Scene,
        point: &RankedPoint,
        figures: &Figures,
        top: f64,
        style: Style,
    ) -> f64 {
        let figure = figures.value(sound(point.value));
        let name = short_name(&point.name);
        if self.is_wide {
            let middle = top + self.middle();
            scene.text(
                &letters::cut(name, self.name + 0.5, style.bold),
                self.left - 12.0,
                middle,
                Anchor::End,
                style,
            );
            scene.text(&figure, self.figure, middle, Anchor::End, style);
            return middle;
        }
        let room = scene.width - letters::width(&figure, true) - 10.0;
        let middle = top + LINE / 2.0 + 2.0;
        let halo = Style { halo: true, ..style };
        scene.text(&letters::cut(name, room, style.bold), 0.0, middle, Anchor::Start, halo);
        scene.text(&figure, scene.width, middle, Anchor::End, Style { halo: true, ..Style::BOLD });
        top + self.middle()
    }

    pub(super) fn without(&self, scene: &mut Scene, name: &str, top: f64) {
        let words = "hidden or not given";
        let name = short_name(name);
        if self.is_wide {
            let middle = top + self.row / 2.0;
            scene.text(
                &letters::cut(name, self.name + 0.5, false),
                self.left - 12.0,
                middle,
                Anchor::End,
                Style::QUIET,
            );
            let style = Style { halo: true, ..Style::QUIET };
            scene.text(
                &letters::cut(words, self.right - self.left, false),
                self.left + 6.0,
                middle,
                Anchor::Start,
                style,
            );
        } else {
            let style = Style { halo: true, ..Style::QUIET };
            scene.text(&letters::cut(name, scene.width, false), 0.0, top + 11.0, Anchor::Start, style);
            scene.text(words, self.left, top + 30.0, Anchor::Start, style);
        }
    }
}
